"""Paired rounds: the same rows under several arms at the same time.

An arm is a build (one for each layout) under an engine; a row is a body of krait-microbench or a program of
macrobench/. In a round every row runs once under every arm. The arms of a row are started together on one
processor, in the order that a shuffled balanced Latin square gives, and take turns of half a millisecond:
whatever makes the processor slow meets all of them alike. (A busy sibling thread of the processor slows it by
half for some milliseconds at a time. Pairs of 50 ms then differ by 10 to 25 % when they run one after the other,
by 3 to 5 % with the kernel's turns of 3 ms, by 1 % with turns of half a millisecond.) What counts is the processor
time of a process, in which its rivals' turns do not count. `apart` runs the arms one after the other instead,
which the wall clock needs.

One number is one process; for programs shorter than 160 ms, several in a row; micro rows of an engine share
processes. Where the arms do many pieces in turn (segments of opcodes, processes of short programs), their ratio
is one of neighbours: the mean of the middle half of ln(piece / the base's piece of the same number). (Between equal
processes that of opcodes spreads by 0.2 to 0.6 %, the ratio of their whole times by 1 to 5 %.) Each round runs new
copies of the executables: the pages of memory that hold a file are a layout of their own, and identical files were
seen to differ by 4 % for as long as they lay there. The order follows from the seed alone, so that an interrupted run can be taken up.
"""

import concurrent.futures
import contextlib
import csv
import dataclasses
import functools
import json
import math
import os
import re
import signal
import statistics
import subprocess
import tempfile
import threading
import time

from benchmarking import copies, environment, inference, macro, schedule

SAMPLES = (
    "ts_utc,stage,round,position,layout_seed,arm,suite,bench,technique,engine_compiler,"
    "value_ns,processes,steal_ticks,nivcsw,majflt"
).split(",")
BASE, HEAD, AGAIN = "A", "B", "A2"
CALLING = {"RESUME", "RETURN_VALUE", "RETURN_CONST"}  # what calls of a body execute besides
GROUP = 8  # micro rows that share a process
TURN_SECONDS = 0.0005
SHORT_NS = 160_000_000  # programs below are run several times for one number
MOST_PROCESSES = 16
MOST_PADDING = 4096  # a page: further, the stack lies as before
PADDING_STRIDE = 2531  # so that processes of one number spread over the page (its golden section)
CPU_COUNTER, WALL_COUNTER = "cpu_ns_per_call", "ns_per_call"  # builds before processor time was counted


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
    """How processes are run. A micro row is repeated so often in its process, each time so many segments of a
    function made anew. `processes`: {program: processes for one number};
    counter: which figure of krait-microbench counts."""

    seed: int
    cpu: int | None = None
    segments: int = 60
    repetitions: int = 4
    copies: int = 25
    form: str = "tuned"
    clock: str = "cpu"
    together: bool = True
    counter: str = CPU_COUNTER
    processes: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Finished:
    """One process that has ended; times in ns. segments: {bench: [ns of a call]} of processes that took turns
    by segments."""

    code: int
    out: str
    err: str
    wall_ns: int
    cpu_ns: int
    nivcsw: int
    majflt: int
    segments: dict = dataclasses.field(default_factory=dict)


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


class Running:
    """The processes that run at the moment. Once `kill` was called, none goes on and none is let in."""

    def __init__(self):
        self._processes, self._lock, self._killed = [], threading.Lock(), False

    def add(self, process):
        with self._lock:
            self._processes.append(process)
            if self._killed:
                process.kill()

    def remove(self, process):
        with self._lock:
            self._processes.remove(process)

    def now(self):
        with self._lock:
            return list(self._processes)

    def kill(self):
        with self._lock:
            self._killed = True
            for process in self._processes:
                process.kill()


def run_process(command, cpu, padding=0, running=None):
    """Runs a command on a processor, its environment grown by `padding` bytes (where the stack starts moves
    with it); a Finished. `running`: a Running that holds the process while it runs."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith(("KRAIT_", "BENCHMARK_"))}
    environ.update(macro.ENVIRONMENT, KRAIT_PADDING="x" * padding)
    running = Running() if running is None else running
    allowed = os.sched_getaffinity(0)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        if cpu is not None:
            os.sched_setaffinity(0, {cpu})  # of this thread; inherited, so that nothing runs between fork and exec
        try:
            start = time.perf_counter_ns()
            # in a group of its own: if this command is killed, the kernel ends a process that waits for its turn
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, env=environ, process_group=0)
        finally:
            os.sched_setaffinity(0, allowed)
        running.add(process)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        wall = time.perf_counter_ns() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        running.remove(process)
        out.seek(0)
        err.seek(0)
        texts = [file.read().decode(errors="replace") for file in (out, err)]
    cpu_ns = round((usage.ru_utime + usage.ru_stime) * 1e9)
    return Finished(process.returncode, *texts, wall, cpu_ns, usage.ru_nivcsw, usage.ru_majflt)


class Turns(threading.Thread):
    """Lets the processes of a Running take turns on their processor: all but one are stopped."""

    def __init__(self, running, cpu):
        super().__init__(daemon=True)
        self.running, self.cpu = running, cpu
        self.ended = threading.Event()

    def run(self):
        others = os.sched_getaffinity(0) - {self.cpu}
        if self.cpu is None or not others:
            return  # the kernel's turns must do
        os.sched_setaffinity(0, others)  # of this thread
        turn, stopped = 0, set()
        while not self.ended.is_set():
            waiting = self.running.now()
            turn += 1
            for number, process in enumerate(waiting):
                has_turn = number == turn % len(waiting)
                if has_turn == (process in stopped):
                    self._signal(process, signal.SIGCONT if has_turn else signal.SIGSTOP)
                    (stopped.discard if has_turn else stopped.add)(process)
            time.sleep(TURN_SECONDS)

    @staticmethod
    def _signal(process, number):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, number)

    def end(self):
        self.ended.set()
        if self.ident is not None:
            self.join()


def run_lanes(lanes, cpu, together, with_turns=True):
    """[[Finished]]: each lane is a list of (command, padding) that run one after the other; the lanes start
    in their order, `together` or one after the other: then the first processes of all lanes, then the second ones.
    A lane ends with its first process that fails.
    with_turns: False where the processes see to turns themselves."""

    def run(lane):
        finished = []
        for command, padding in lane:
            with contextlib.suppress(threading.BrokenBarrierError):  # a lane has ended
                step.wait()
            if interrupted.is_set():
                break
            finished.append(run_process(command, cpu, padding, running))
            if finished[-1].code != 0:
                break
        step.abort()
        return finished

    running, step, interrupted = Running(), threading.Barrier(len(lanes) if together else 1), threading.Event()
    if not together or len(lanes) == 1:
        return [run(lane) for lane in lanes]
    turns = Turns(running, cpu)
    with concurrent.futures.ThreadPoolExecutor(len(lanes)) as pool:
        try:
            futures = [pool.submit(run, lane) for lane in lanes]
            if with_turns:
                turns.start()
            return [future.result() for future in futures]
        except BaseException:
            interrupted.set()
            step.abort()
            running.kill()
            raise
        finally:
            turns.end()


@functools.cache
def takes_turns(microbench):
    """Whether a build's krait-microbench can take turns of segments with others."""
    text = subprocess.run([microbench, "--help"], capture_output=True, text=True, check=False).stdout
    return "--turns=" in text and "--keep-segments=" in text


def read_segments(path):
    """{bench: [ns of a call]} of its bodies, from what krait-microbench --keep-segments wrote."""
    found = {}
    with open(path, encoding="utf-8", newline="") as file:
        for bench, _, body, _, _, ns, _ in csv.reader(file):
            if body == "body":
                found.setdefault(bench, []).append(float(ns))
    return found


def neighbours_ratio(base, other):
    """How many times longer `other` took than `base`, by pieces that ran in turn: what disturbs one of a pair
    alone lies outside the middle half."""
    return math.exp(inference.middle_mean([math.log(b / a) for a, b in zip(base, other)]))


def micro_values(finished, what, counter):
    """{bench: ns a call of its largest body, mean of its repetitions} from the JSON that krait-microbench
    printed; `counter` names the figure. (A middle half would not do: what disturbs comes and goes, and the middle
    of two humps jumps. The arms' means are disturbed alike.)"""
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
        if "body" in parts and counter in item and item.get("run_type", "iteration") == "iteration":
            found.setdefault(parts[0], {}).setdefault(float(item["copies"]), []).append(float(item[counter]))
    return {bench: statistics.fmean(times[max(times)]) for bench, times in found.items()}


class Measurer:
    """Runs rounds. `suite` finds and checks programs (macro.Suite), `test_suite` has them at the size at which
    instructions are counted; None if there are only micro rows."""

    def __init__(self, rows, arms, settings, suite=None, test_suite=None):
        self.rows, self.arms, self.settings = rows, arms, settings
        self.suite, self.test_suite = suite, test_suite
        self.layouts = len(arms[0].builds)
        self.copies = {}  # of the round: {arm: Build}

    def pilot(self):
        """Sets how many processes make one number of each program, by a run of each under the base, and the
        figure that all builds of krait-microbench print; how many ns a round will take. Also warms the page
        cache up: every executable is started."""
        for arm in self.arms:
            for build in arm.builds:
                run_process([build.krait, "--version"], self.settings.cpu)
        took = 0
        for unit in self._units("pilot"):
            row, start = unit[0], time.perf_counter_ns()
            if row.suite == "macro":
                self.settings.processes[row.bench] = 1
                (finished,) = self._run_unit(unit, self.arms[:1], 0, [0], 1)[0]
                wanted = min(-(-SHORT_NS // max(finished.cpu_ns, 1)), MOST_PROCESSES)
                self.settings.processes[row.bench] = wanted
                took += (time.perf_counter_ns() - start) * wanted * len(self.arms)
            else:
                for arm, (finished,) in zip(self.arms, self._run_unit(unit, self.arms, 0, [0] * len(self.arms), 1)):
                    if not micro_values(finished, f"{arm.builds[0].label} under {arm.engine_of(row)}", CPU_COUNTER):
                        self.settings.counter = WALL_COUNTER
                took += time.perf_counter_ns() - start
        return took

    def round(self, stage, number):
        """The samples of one round (dicts with the columns of SAMPLES)."""
        seed = self.settings.seed
        generator = schedule.generator(seed, stage, number)
        layout = schedule.order(range(self.layouts), number, seed, stage, "layouts")[0]
        samples = []
        with self._copied(layout):
            for unit in schedule.shuffled(self._units(stage), seed, stage, "rows", number):
                arms = schedule.order(self.arms, number, seed, stage, unit[0].name)
                paddings = [generator.randrange(MOST_PADDING) for _ in arms]
                samples += self._samples(unit, arms, layout, paddings, generator.randrange(1, 2**31 - 1))
        for position, sample in enumerate(samples):
            sample.update(stage=stage, round=number, position=position)
        return samples

    @contextlib.contextmanager
    def _copied(self, layout):
        """While this lasts, the arms run copies of their executables."""
        beside = os.path.dirname(self.arms[0].builds[layout].folder)
        with copies.folder(beside) as folder:
            self.copies = {arm.label: arm.builds[layout].copied_to(os.path.join(folder, str(lane))) for lane, arm in enumerate(self.arms)}
            try:
                yield
            finally:
                self.copies = {}

    def _units(self, stage):
        """Lists of rows that are run by one process: programs alone, micro rows of an engine in groups."""
        units = [[row] for row in self.rows if row.suite == "macro"]
        for engine in dict.fromkeys(row.engine for row in self.rows):
            micro = [row for row in self.rows if row.suite == "micro" and row.engine == engine]
            micro = schedule.shuffled(micro, self.settings.seed, stage, engine)
            count = -(-len(micro) // GROUP)
            units += [micro[start::count] for start in range(count)]
        return units

    def _samples(self, unit, arms, layout, paddings, seed):
        """The samples of some rows under all arms."""
        before = steal_ticks(self.settings.cpu)
        lanes = self._run_unit(unit, arms, layout, paddings, seed)
        stolen, now = steal_ticks(self.settings.cpu) - before, environment.timestamp()
        found = {arm.label: self._values(unit, arm, layout, processes) for arm, processes in zip(arms, lanes)}
        pieces = {arm.label: self._pieces(unit, processes) for arm, processes in zip(arms, lanes)}
        for arm, processes in zip(arms, lanes):
            values = found[arm.label]
            for bench, neighbours in pieces[BASE].items() if arm.label != BASE else ():
                values[bench] = found[BASE][bench] * neighbours_ratio(neighbours, pieces[arm.label][bench])
            for row in unit:
                technique, _, compiler = row.engine.partition(":")
                yield {
                    "ts_utc": now,
                    "layout_seed": arm.builds[layout].seed,
                    "arm": arm.label,
                    "suite": row.suite,
                    "bench": row.bench,
                    "technique": technique,
                    "engine_compiler": compiler,
                    "value_ns": round(values[row.bench], 3),
                    "processes": len(processes),
                    "steal_ticks": stolen,
                    "nivcsw": sum(run.nivcsw for run in processes),
                    "majflt": sum(run.majflt for run in processes),
                }

    def _run_unit(self, unit, arms, layout, paddings, seed):
        """[[Finished]], a list for each arm."""
        is_micro = unit[0].suite == "micro"
        count = 1 if is_micro else self.settings.processes.get(unit[0].bench, 1)
        commands = [self._command(unit, arm, layout, seed) for arm in arms]
        own_turns = is_micro and self.settings.together and len(arms) > 1 and all(takes_turns(arm.builds[layout].microbench) for arm in arms)
        with tempfile.TemporaryDirectory() as folder:
            paths = [f"{folder}/segments-{lane}" for lane in range(len(arms))]
            if own_turns:
                options = [[f"--turns={folder}/turns:{lane}:{len(arms)}", f"--keep-segments={path}"] for lane, path in enumerate(paths)]
                commands = [command + more for command, more in zip(commands, options)]
            lanes = [[(command, (padding + number * PADDING_STRIDE) % MOST_PADDING) for number in range(count)] for command, padding in zip(commands, paddings)]
            lanes = run_lanes(lanes, self.settings.cpu, self.settings.together, not own_turns)
            if own_turns:
                for (process, *_), path in zip(lanes, paths):
                    if process.code == 0:
                        process.segments = read_segments(path)
            return lanes

    def _command(self, unit, arm, layout, seed):
        row, settings, build = unit[0], self.settings, self.copies.get(arm.label, arm.builds[layout])
        if row.suite == "macro":
            return self.suite.argv(self.runner(arm, row, layout), row.bench)
        names = "|".join(re.escape(row.bench) for row in unit)
        command = [build.microbench, f"--dispatch={arm.engine_of(row)}", f"--form={settings.form}"]
        command += [f"--segments={settings.segments}", f"--copies={settings.copies}", f"--seed={seed}"]
        command += [arm.inject] if arm.inject else []
        command += [f"--benchmark_repetitions={settings.repetitions}"]
        return command + [f"--benchmark_filter=^({names})/.*/body/{4 * settings.copies}(/|$)", "--benchmark_format=json"]

    def instructions(self, arm, row):
        """Names of the threaded instructions that a row executes; None where that cannot be told."""
        build, engine = arm.builds[0], arm.engine_of(row)
        try:
            if row.suite == "micro":
                line = [build.microbench, "--counts", f"--dispatch={engine}", f"--form={self.settings.form}"]
                done = subprocess.run(line, capture_output=True, text=True, check=True)
                cells = [text.split(",") for text in done.stdout.splitlines()]
                return {words[2] for words in cells if words[:2] == [row.bench, "body"]} | CALLING
            program = self.suite.argv(macro.Arm("", [build.krait, f"--dispatch={engine}", "--stats", "--json"]), row.bench)
            done = subprocess.run(program, capture_output=True, text=True, check=True)
            return set(json.loads(done.stderr[done.stderr.index("{") :])["opcodes"])
        except (OSError, ValueError, KeyError, subprocess.CalledProcessError):
            return None

    def runner(self, arm, row, layout):
        """What runs a program under an arm."""
        build, engine = self.copies.get(arm.label, arm.builds[layout]), arm.engine_of(row)
        return macro.Arm(f"{build.label} {engine}", [build.krait, f"--dispatch={engine}"] + [arm.inject] * bool(arm.inject))

    def _values(self, unit, arm, layout, processes):
        """{bench: ns} of what one arm's processes did."""
        what = f"{arm.builds[layout].label} under {arm.engine_of(unit[0])}"
        if unit[0].suite == "micro":
            values = micro_values(processes[0], what, self.settings.counter)
            missing = [row.bench for row in unit if row.bench not in values]
            if missing:
                raise MeasuringFailed(f"{what}: krait-microbench does not time {', '.join(missing)}")
            return values
        bench = unit[0].bench
        for finished in processes:
            self._check(bench, self.runner(arm, unit[0], layout), finished)
        return {bench: statistics.fmean(self._times(processes))}

    def _times(self, processes):
        return [finished.wall_ns if self.settings.clock == "wall" else finished.cpu_ns for finished in processes]

    def _pieces(self, unit, processes):
        """{bench: [ns]}: what the arms did in turn; empty if there is but one piece."""
        if unit[0].suite == "micro":
            return processes[0].segments
        return {unit[0].bench: self._times(processes)} if self.settings.together and len(processes) > 1 else {}

    def _check(self, bench, runner, finished):
        if finished.code != 0:
            lines = finished.err.strip().splitlines()[-1:] or [f"exit code {finished.code}"]
            raise WrongResult(f"{bench} under {runner.label}: {lines[0]}")
        try:
            self.suite.check(bench, runner, finished.out)
        except macro.WrongOutput as problem:
            raise WrongResult(str(problem)) from None
