"""Whole programs, timed by hyperfine in rounds that are shuffled and balanced.

An arm is an engine of Krait, one with knobs off, or a peer. In each round every program runs once under
every arm: programs in a random order, arms in the order of a Latin square, so that a machine whose speed
drifts and a place in the order treat all alike. Krait's arms run a copy of its executable, another one for each
program of each round (copies.py). hyperfine times each run as a whole process (-N: no shell).
Every run's output is compared with macrobench/expected.csv; an arm whose output is wrong for a program is
not timed with it again, and none of its times count.

`empty` is a program too, one that does nothing: its time is start-up (several processes a round, their
median: it takes milliseconds). It has no row in macro.csv.

Memory and pauses come from runs of their own, which nobody times: krait-rusage for the peak, --stats for
the collections (it counts instructions, which slows the run but not the collector).
"""

import copy
import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import tempfile
import time

from benchmarking import copies, environment, figures, schedule, tables
from benchmarking.command import CommandError, matches

EMPTY = "empty"
# A part: one program in one round, a row an arm.
COLUMNS = "ts_utc,program,size,arm,technique,engine_compiler,peer,round,position,runs,seconds,user_s,system_s,problem".split(",")
USED = "ts_utc,program,size,arm,technique,engine_compiler,peer,round,position,peak_rss_kb,floor_kb,collections,pause_total_ns,pause_max_ns,problem".split(",")
STARTUP_RUNS = 10  # processes of `empty` a round
ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}


class Arm:
    """What runs a program: `command` is the argument vector in front of the program's path."""

    def __init__(self, label, command, engine=None, peer=""):
        self.label, self.command, self.engine, self.peer = label, command, engine, peer
        self.version = environment.output(command + ["--version"]) if peer else ""

    def running(self, copied):
        """This arm with another executable: `copied` maps paths to those of copies."""
        arm = copy.copy(self)
        arm.command = [copied.get(self.command[0], self.command[0]), *self.command[1:]]
        return arm

    def keys(self):
        """The cells that say which arm a row is of."""
        return {
            "arm": self.label,
            "technique": self.engine.technique if self.engine else "",
            "engine_compiler": self.engine.compiler if self.engine else "",
            "peer": self.peer,
        }


def krait_arm(krait, engine, label="", options=()):
    """An engine of the build under test, with further options of krait."""
    return Arm(label or engine.name, [krait, f"--dispatch={engine.name}", *options], engine=engine)


def peer_arm(text):
    """Another interpreter, as --peer gives it: a path or a command line."""
    try:
        command = shlex.split(text)
    except ValueError as problem:
        raise CommandError(f"--peer {text}: {problem}") from None
    path = shutil.which(command[0]) if command else None
    if not path:
        raise CommandError(f"--peer {text}: no such command")
    return Arm(text, [path, *command[1:]], peer=text)


def peer_facts(arm):
    """(key, value) rows of env.csv about a peer: what was run, and how it was built, as far as it says."""
    question = "import sys, sysconfig; print(' '.join(sys.version.split()), '|', sysconfig.get_config_var('CONFIG_ARGS'))"
    yield f"peer_command {arm.peer}", shlex.join(arm.command)
    yield f"peer_file {arm.peer}", os.path.realpath(arm.command[0])
    yield f"peer_version {arm.peer}", arm.version
    yield f"peer_build {arm.peer}", environment.output(arm.command + ["-c", question])


class WrongOutput(Exception):
    """A program printed another checksum than the one recorded."""


class Suite:
    """The programs that `only` (globs, or None) picks, at their test or bench size."""

    def __init__(self, root, only, size):
        folder = os.path.join(root, "macrobench")
        self.root, self.folder = folder, os.path.join(folder, "programs")
        column = f"{size}_size"
        rows = tables.read(os.path.join(folder, "manifest.csv"))
        self.sizes = {row["program"]: row[column] for row in rows if matches(row["program"], only)}
        self.has_empty = matches(EMPTY, only)
        self.expected = {
            (row["program"], row["size"]): row["checksum"] for row in tables.read(os.path.join(folder, "expected.csv"))
        }

    def blocks(self):
        """What a round consists of."""
        return list(self.sizes) + [EMPTY] * self.has_empty

    def argv(self, arm, program):
        """The command line of one run."""
        if program == EMPTY:
            return [*arm.command, os.path.join(self.root, "empty.py")]
        return [*arm.command, os.path.join(self.folder, f"{program}.py"), self.sizes[program]]

    def shown(self, arm, program):
        """The command line as typed in the project's folder: where that lies says nothing to others."""
        inside = os.path.join(os.path.dirname(os.path.abspath(self.root)), "")
        return shlex.join(word.removeprefix(inside) for word in self.argv(arm, program))

    def check(self, program, arm, text):
        """Raises WrongOutput unless the last line is the recorded checksum."""
        lines = text.strip().splitlines()
        wanted = "" if program == EMPTY else self.expected.get((program, self.sizes[program]), "a recorded checksum")
        got = lines[-1] if lines else ""
        if got != wanted:
            raise WrongOutput(f"{program} under {arm.label}: printed {got!r}, expected {wanted!r}")


def time_process(suite, arm, program, prefix):
    """One hyperfine call: cells of COLUMNS. The output is checked."""
    runs = STARTUP_RUNS if program == EMPTY else 1
    with tempfile.TemporaryDirectory(prefix="krait-bench-") as folder:
        export, printed = os.path.join(folder, "result.json"), os.path.join(folder, "output")
        command = [*prefix, "hyperfine", "-N", "--runs", str(runs), "--style", "none", "--export-json", export]
        command += ["--warmup", "1"] * (runs > 1) + ["--output", printed, shlex.join(suite.argv(arm, program))]
        done = subprocess.run(command, capture_output=True, text=True, env=os.environ | ENVIRONMENT, check=False)
        if done.returncode != 0:
            raise WrongOutput(f"{program} under {arm.label}: {failure(done.stderr)}")
        with open(printed, encoding="utf-8", errors="replace") as file:
            suite.check(program, arm, file.read())
        with open(export, encoding="utf-8") as file:
            result = json.load(file)["results"][0]
    return {"runs": runs, "seconds": statistics.median(result["times"]), "user_s": result["user"], "system_s": result["system"]}


def failure(text):
    """The line of an error output that says most."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1].strip() if lines else "failed"


class Measurement:
    """Programs under arms, in rounds; what is finished lies in `parts` (a runs.Parts of the kind that
    `observe(arm, program)` fills: it returns cells, or raises WrongOutput). With `copied`, Krait's arms run a new copy of
    their executable, one for all of them, for each program of each round."""

    def __init__(self, suite, arms, seed, parts, observe, copied=False):
        self.suite, self.arms, self.seed, self.parts, self.observe, self.copied = suite, arms, seed, parts, observe, copied
        self.wrong = {(row["program"], row["arm"]): row["problem"] for row in parts.rows() if row["problem"]}

    def pieces(self, number):
        """(name of the part, program) of a round, in their order."""
        for program in schedule.shuffled(self.suite.blocks(), self.seed, "round", number):
            yield f"{number:04}-{program}", program

    def left(self, rounds):
        """How many processes are still to be run."""
        missing = [name for number in range(rounds) for name, _ in self.pieces(number) if name not in self.parts]
        return len(missing) * len(self.arms)

    def run(self, rounds, progress, deadline=None):
        """Measures what is missing. With a deadline (time.monotonic), no round from the fourth on is begun
        that would probably end after it."""
        longest = 0.0
        for number in range(rounds):
            started = time.monotonic()
            pieces = [piece for piece in self.pieces(number) if piece[0] not in self.parts]
            if deadline and number >= 3 and pieces and started + longest > deadline:
                break
            for name, program in pieces:
                self.parts.add(name, self.block(number, program, progress))
            longest = max(longest, time.monotonic() - started)

    def block(self, number, program, progress):
        """The rows of one program in one round."""
        with copies.made(arm.command[0] for arm in self.arms if self.copied and arm.engine) as copied:
            return list(self.rows(number, program, progress, copied))

    def rows(self, number, program, progress, copied):
        """The rows of a block; `copied` maps executables to what is run instead."""
        for position, arm in enumerate(schedule.order(self.arms, number, self.seed, "arms", program)):
            row = dict(arm.keys(), ts_utc=environment.timestamp(), program=program, size=self.suite.sizes.get(program, ""))
            row.update(round=number, position=position, problem=self.wrong.get((program, arm.label), ""))
            if not row["problem"]:
                try:
                    row.update(self.observe(arm.running(copied), program))
                except WrongOutput as problem:
                    row["problem"] = self.wrong[program, arm.label] = str(problem)
            progress.step(f"{program} under {arm.label}")
            yield row


def timing(suite, arms, seed, cpu, parts):
    """The measurement of time."""
    prefix = environment.pinned(cpu)
    return Measurement(suite, arms, seed, parts, lambda arm, program: time_process(suite, arm, program, prefix), copied=True)


def samples(rows):
    """{arm: {program: [seconds of each round]}} of rows with COLUMNS, without programs that an arm once got
    wrong."""
    wrong = {(row["arm"], row["program"]) for row in rows if row["problem"]}
    found = {}
    for row in sorted(rows, key=lambda row: int(row["round"])):
        if (row["arm"], row["program"]) not in wrong:
            found.setdefault(row["arm"], {}).setdefault(row["program"], []).append(float(row["seconds"]))
    return found


def times(arms, rows):
    """({(technique, compiler): {program: [seconds of each round]}}, the same by peer), `empty` left out."""
    engines, peers = {}, {}
    of = samples(rows)
    for arm in arms:
        seconds = {program: values for program, values in of.get(arm.label, {}).items() if program != EMPTY}
        if arm.engine:
            engines[arm.engine.technique, arm.engine.compiler] = seconds
        else:
            peers[arm.peer] = seconds
    return engines, peers


def summary(suite, arms, rows, run_id, commit):
    """The rows of macro.csv: one a program and arm, in seconds, processes as the unit."""
    of = samples(rows)
    measured = {(row["program"], row["arm"]): [] for row in rows}
    for row in rows:
        measured[row["program"], row["arm"]].append(row)
    for program, size in suite.sizes.items():
        for arm in arms:
            seconds = of.get(arm.label, {}).get(program, [])
            row = {
                "command": suite.shown(arm, program),
                "parameter_bench": program,
                "parameter_size": size,
                "parameter_technique": arm.engine.technique if arm.engine else "",
                "parameter_engine_compiler": arm.engine.compiler if arm.engine else "",
                "engine_flags": arm.engine.flags if arm.engine else "",
                "peer": arm.peer,
                "peer_version": arm.version,
                "commit": commit,
                "run_id": run_id,
                "checksum_ok": int(bool(seconds)),
            }
            if seconds:
                of_arm = measured[program, arm.label]
                row.update(
                    mean=statistics.fmean(seconds),
                    stddev=statistics.stdev(seconds) if len(seconds) > 1 else 0.0,
                    median=statistics.median(seconds),
                    user=statistics.fmean(float(run["user_s"]) for run in of_arm),
                    system=statistics.fmean(float(run["system_s"]) for run in of_arm),
                    min=min(seconds),
                    max=max(seconds),
                )
            yield row


def raw_rows(rows, arms, run_id, commit, dirty, build_id):
    """The rows of raw.csv: one a process that was timed."""
    flags = {arm.label: arm.engine.flags for arm in arms if arm.engine}
    for row in rows:
        if row["problem"] or row["program"] == EMPTY:
            continue
        of_krait = row["arm"] in flags
        yield {
            "schema": tables.SCHEMA,
            "run_id": run_id,
            "suite": "macro",
            "bench": row["program"],
            "form": "tuned" if of_krait else "",
            "engine_flags": flags.get(row["arm"], ""),
            "commit": commit if of_krait else "",
            "dirty": int(dirty) if of_krait else "",
            "build_id": build_id if of_krait else "",
            "layout_seed": 0 if of_krait else "",
            "arm": row["peer"] or "A",
            "block": row["round"],
            "process": row["round"],
            "body": "run",
            "median_ns": f"{float(row['seconds']) * 1e9:.0f}",
            **{key: row[key] for key in ("ts_utc", "technique", "engine_compiler", "round", "position")},
        }


class Resources:
    """Peak memory and collections of one untimed run of each program and arm."""

    def __init__(self, suite, build):
        self.suite, self.rusage = suite, os.path.join(build, "krait-rusage")

    def missing(self):
        """Why there is no peak memory; '' if there is."""
        return "" if os.access(self.rusage, os.X_OK) else "this build has no krait-rusage"

    def process(self, command):
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", env=os.environ | ENVIRONMENT, check=False)
        return done.returncode, done.stdout, done.stderr

    def observe(self, arm, program):
        """Cells of USED."""
        cells = {}
        if not self.missing():
            with tempfile.TemporaryDirectory(prefix="krait-bench-") as folder:
                path = os.path.join(folder, "usage.json")
                code, out, err = self.process([self.rusage, path, *self.suite.argv(arm, program)])
                if code != 0:
                    raise WrongOutput(f"{program} under {arm.label}: {failure(err)}")
                self.suite.check(program, arm, out)
                with open(path, encoding="utf-8") as file:
                    usage = json.load(file)
            cells.update(peak_rss_kb=usage["peak_rss_kb"], floor_kb=usage["floor_kb"])
        if arm.engine:
            counting = Arm(arm.label, [*arm.command, "--stats", "--json"], engine=arm.engine)
            code, out, err = self.process(self.suite.argv(counting, program))
            found = re.search(r"^\{$.*", err, re.M | re.S)
            if code != 0 or not found:
                raise WrongOutput(f"{program} under {arm.label} --stats: {failure(err)}")
            self.suite.check(program, arm, out)
            counted = json.loads(found.group())
            cells.update((key, counted[key]) for key in ("collections", "pause_total_ns", "pause_max_ns"))
        return cells

    def measurement(self, arms, seed, parts):
        return Measurement(self.suite, arms, seed, parts, self.observe)


def _median(rows, key):
    """Of the cells that are there; '' if none is."""
    values = [float(row[key]) for row in rows if row[key] != ""]
    return statistics.median(values) if values else ""


def _milliseconds(nanoseconds):
    return "" if nanoseconds == "" else f"{nanoseconds / 1e6:.3f}"


def _whole(value):
    return "" if value == "" else round(value)


def resources(suite, arms, rounds, used, run_id, commit):
    """The rows of resources.csv: `rounds` have COLUMNS (for start-up), `used` have USED."""
    startup = {label: of[EMPTY] for label, of in samples(rounds).items() if EMPTY in of}
    for program in suite.blocks():
        for arm in arms:
            rows = [row for row in used if (row["program"], row["arm"]) == (program, arm.label) and not row["problem"]]
            row = dict(arm.keys(), schema=tables.SCHEMA, run_id=run_id, program=program, size=suite.sizes.get(program, ""))
            row.update(engine_flags=arm.engine.flags if arm.engine else "", peer_version=arm.version, commit=commit if arm.engine else "", processes=len(rows))
            if program == EMPTY and arm.label in startup:
                seconds = startup[arm.label]
                low, high = figures.bootstrap_interval(seconds)
                row.update(startup_rounds=len(seconds), startup_s=f"{statistics.median(seconds):.6f}")
                if low == low:
                    row.update(startup_ci_lo_s=f"{low:.6f}", startup_ci_hi_s=f"{high:.6f}")
            if rows:
                row.update(peak_rss_kb=_whole(_median(rows, "peak_rss_kb")), peak_rss_floor_kb=_whole(_median(rows, "floor_kb")))
                row.update(gc_collections=_whole(_median(rows, "collections")))
                row.update(gc_pause_total_ms=_milliseconds(_median(rows, "pause_total_ns")), gc_pause_max_ms=_milliseconds(_median(rows, "pause_max_ns")))
            yield row
