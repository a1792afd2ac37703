"""Paired rounds: the same rows under several arms, close together, in balanced random order.

An arm is a build (one for each layout) under an engine; a row is a body of krait-microbench or a program of
macrobench/. In a round every row is run once under every arm, back to back, in the order that a shuffled
balanced Latin square gives. One process gives one number: micro rows (a few share a process) the time of a
call of the largest body, programs the processor time of the process (or, for programs shorter than
100 ms, the median of several processes). The order follows from the seed alone, so that an interrupted run
can be taken up.
"""

import dataclasses
import json
import os
import re
import statistics
import subprocess
import tempfile
import time

from benchmarking import environment, macro, schedule

SAMPLES = (
    "ts_utc,stage,round,position,layout_seed,arm,suite,bench,technique,engine_compiler,"
    "value_ns,processes,steal_ticks,nivcsw,majflt"
).split(",")
BASE, HEAD, AGAIN = "A", "B", "A2"
GROUP = 8  # micro rows that share a process
SHORT_NS = 100_000_000  # programs below are run several times for one number
MOST_PROCESSES = 8


class MeasuringFailed(Exception):
    """A process under measurement ended with an error."""


class WrongResult(Exception):
    """A program printed another checksum than the one recorded."""


@dataclasses.dataclass(frozen=True)
class Row:
    """suite: "micro" or "macro"; engine: "TECHNIQUE:COMPILER" of the head (and of the base, unless the arm
    says otherwise)."""

    suite: str
    bench: str
    engine: str

    @property
    def name(self):
        return f"{self.bench} {self.engine}"


@dataclasses.dataclass
class Arm:
    """builds: one for each layout; engine: overrides the row's; inject: an argument for the interpreter."""

    label: str
    builds: list
    engine: str = ""
    inject: str = ""

    def engine_of(self, row):
        return self.engine or row.engine


@dataclasses.dataclass
class Settings:
    """How processes are run. `processes`: {program: processes for one number}."""

    seed: int
    cpu: int | None = None
    segments: int = 20
    copies: int = 100
    form: str = "tuned"
    clock: str = "cpu"
    processes: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Finished:
    """One process that has ended; times in ns."""

    code: int
    out: str
    err: str
    wall_ns: int
    cpu_ns: int
    nivcsw: int
    majflt: int


def steal_ticks(cpu):
    """Time taken away by the host so far, in ticks: of a processor, or of all."""
    try:
        with open("/proc/stat", encoding="ascii") as file:
            for line in file:
                words = line.split()
                if words[0] == ("cpu" if cpu is None else f"cpu{cpu}"):
                    return int(words[8])
    except (OSError, IndexError, ValueError):
        pass
    return 0


def run_process(command, cpu, padding=0):
    """Runs a command on a processor, its environment grown by `padding` bytes (where the stack starts moves
    with it); a Finished."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("KRAIT_", "BENCHMARK_"))}
    environ.update(macro.ENVIRONMENT, KRAIT_PADDING="x" * padding)
    allowed = os.sched_getaffinity(0)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        if cpu is not None:
            os.sched_setaffinity(0, {cpu})  # inherited, so that nothing runs between fork and exec
        try:
            start = time.perf_counter_ns()
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environ)
        finally:
            os.sched_setaffinity(0, allowed)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        wall = time.perf_counter_ns() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        texts = [file.read().decode(errors="replace") for file in (out, err)]
    cpu_ns = round((usage.ru_utime + usage.ru_stime) * 1e9)
    return Finished(process.returncode, *texts, wall, cpu_ns, usage.ru_nivcsw, usage.ru_majflt)


def micro_values(finished, what):
    """{bench: ns a call of its largest body} from the JSON that krait-microbench printed."""
    try:
        benchmarks = json.loads(finished.out)["benchmarks"] if finished.code == 0 else None
    except (ValueError, KeyError):
        benchmarks = None
    if benchmarks is None:
        lines = finished.err.strip().splitlines()[-3:] or [f"exit code {finished.code}"]
        raise MeasuringFailed(f"{what}: " + "\n  ".join(lines))
    found = {}
    for item in benchmarks:
        if item.get("error_occurred"):
            raise MeasuringFailed(f"{what}: {item['name']}: {item.get('error_message', '')}")
        parts = item["name"].split("/")
        if "body" in parts and item.get("run_type", "iteration") == "iteration":
            found.setdefault(parts[0], {})[float(item["copies"])] = float(item["ns_per_call"])
    return {bench: times[max(times)] for bench, times in found.items()}


class Measurer:
    """Runs rounds. `suite` finds and checks programs (macro.Suite), `test_suite` has them at the size at which
    instructions are counted; None if there are only micro rows."""

    def __init__(self, rows, arms, settings, suite=None, test_suite=None):
        self.rows, self.arms, self.settings = rows, arms, settings
        self.suite, self.test_suite = suite, test_suite
        self.layouts = len(arms[0].builds)

    def pilot(self):
        """Sets how many processes make one number of each program, by a run of each under the base; how many
        ns a round will take. Also warms the page cache up: every executable is started."""
        for arm in self.arms:
            for build in arm.builds:
                run_process([build.krait, "--version"], self.settings.cpu)
        took = 0
        for unit in self._units("pilot"):
            row, start = unit[0], time.perf_counter_ns()
            if row.suite == "macro":
                finished = self._run_program(row, self.arms[0], 0, 0)
                wanted = min(-(-SHORT_NS // max(finished.cpu_ns, 1)), MOST_PROCESSES)
                self.settings.processes[row.bench] = max(self.settings.processes.get(row.bench, 1), wanted)
                took += (time.perf_counter_ns() - start) * self.settings.processes[row.bench]
            else:
                self._run_micro(unit, self.arms[0], 0, 0, 1)
                took += time.perf_counter_ns() - start
        return took * len(self.arms)

    def round(self, stage, number):
        """The samples of one round (dicts with the columns of SAMPLES)."""
        seed = self.settings.seed
        generator = schedule.generator(seed, stage, number)
        layout = schedule.order(range(self.layouts), number, seed, stage, "layouts")
        samples = []
        for unit in schedule.shuffled(self._units(stage), seed, stage, "rows", number):
            for arm in schedule.order(self.arms, number, seed, stage, unit[0].name):
                samples += self._sample(unit, arm, layout[0], generator.randrange(4096), generator.randrange(1, 2**31 - 1))
        for position, sample in enumerate(samples):
            sample.update(stage=stage, round=number, position=position)
        return samples

    def _units(self, stage):
        """Lists of rows that are run by one process: programs alone, micro rows of an engine in groups."""
        units = [[row] for row in self.rows if row.suite == "macro"]
        for engine in dict.fromkeys(row.engine for row in self.rows):
            micro = [row for row in self.rows if row.suite == "micro" and row.engine == engine]
            micro = schedule.shuffled(micro, self.settings.seed, stage, engine)
            count = -(-len(micro) // GROUP)
            units += [micro[start::count] for start in range(count)]
        return units

    def _sample(self, unit, arm, layout, padding, seed):
        before = steal_ticks(self.settings.cpu)
        if unit[0].suite == "micro":
            processes, values = self._run_micro(unit, arm, layout, padding, seed)
        else:
            wanted = self.settings.processes.get(unit[0].bench, 1)
            processes = [self._run_program(unit[0], arm, layout, padding) for _ in range(wanted)]
            times = [run.wall_ns if self.settings.clock == "wall" else run.cpu_ns for run in processes]
            values = {unit[0].bench: statistics.median(times)}
        known = {
            "ts_utc": environment.timestamp(),
            "layout_seed": arm.builds[layout].seed,
            "arm": arm.label,
            "suite": unit[0].suite,
            "processes": len(processes),
            "steal_ticks": steal_ticks(self.settings.cpu) - before,
            "nivcsw": sum(run.nivcsw for run in processes),
            "majflt": sum(run.majflt for run in processes),
        }
        for row in unit:
            technique, _, compiler = row.engine.partition(":")
            value = round(values[row.bench], 3)
            yield dict(known, bench=row.bench, technique=technique, engine_compiler=compiler, value_ns=value)

    def _run_micro(self, unit, arm, layout, padding, seed):
        settings, engine = self.settings, arm.engine_of(unit[0])
        names = "|".join(re.escape(row.bench) for row in unit)
        command = [arm.builds[layout].microbench, f"--dispatch={engine}", f"--form={settings.form}"]
        command += [f"--segments={settings.segments}", f"--copies={settings.copies}", f"--seed={seed}"]
        command += [arm.inject] if arm.inject else []
        command += [f"--benchmark_filter=^({names})/.*/body/{4 * settings.copies}(/|$)", "--benchmark_format=json"]
        finished = run_process(command, settings.cpu, padding)
        values = micro_values(finished, f"{arm.builds[layout].label} under {engine}")
        missing = [row.bench for row in unit if row.bench not in values]
        if missing:
            raise MeasuringFailed(f"{arm.builds[layout].label} under {engine}: krait-microbench has no {', '.join(missing)}")
        return [finished], values

    @staticmethod
    def runner(arm, row, layout):
        """What runs a program under an arm."""
        build, engine = arm.builds[layout], arm.engine_of(row)
        return macro.Arm(f"{build.label} {engine}", [build.krait, f"--dispatch={engine}"] + [arm.inject] * bool(arm.inject))

    def _run_program(self, row, arm, layout, padding):
        runner = self.runner(arm, row, layout)
        finished = run_process(self.suite.argv(runner, row.bench), self.settings.cpu, padding)
        if finished.code != 0:
            lines = finished.err.strip().splitlines()[-1:] or [f"exit code {finished.code}"]
            raise WrongResult(f"{row.bench} under {runner.label}: {lines[0]}")
        try:
            self.suite.check(row.bench, runner, finished.out)
        except macro.WrongOutput as problem:
            raise WrongResult(str(problem)) from None
        return finished
