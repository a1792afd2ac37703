"""Whole programs, timed by hyperfine in interleaved shuffled rounds.

An arm is an engine of Krait or a peer. In each round every program is run once under every arm, programs
and arms in a fresh random order, so that a machine whose speed drifts treats all alike. hyperfine times
each run as a whole process (-N: no shell); every run's output is compared with macrobench/expected.csv,
and an arm whose output is wrong for a program is never timed with it.
"""

import fnmatch
import json
import os
import random
import shlex
import shutil
import statistics
import subprocess
import tempfile

from benchmarking import environment, tables


class Arm:
    """What runs a program: `command` is the argument vector in front of the program's path."""

    def __init__(self, label, command, engine=None, peer=""):
        self.label, self.command, self.engine, self.peer = label, command, engine, peer
        self.version = environment.output(command + ["--version"]) if peer else ""


def krait_arm(krait, engine):
    """An engine of the build under test."""
    return Arm(engine.name, [krait, f"--dispatch={engine.name}"], engine=engine)


class UnknownPeer(Exception):
    """--peer names no command that can be run."""


def peer_arm(text):
    """Another interpreter, as --peer gives it: a path or a command line."""
    try:
        command = shlex.split(text)
    except ValueError as problem:
        raise UnknownPeer(f"--peer {text}: {problem}") from None
    if not command or not shutil.which(command[0]):
        raise UnknownPeer(f"--peer {text}: no such command")
    return Arm(text, command, peer=text)


class WrongOutput(Exception):
    """A program printed another checksum than the one recorded."""


class Suite:
    """The programs that `only` (a glob, or None) picks, at their test or bench size."""

    def __init__(self, root, only, size):
        folder = os.path.join(root, "macrobench")
        self.folder = os.path.join(folder, "programs")
        column = f"{size}_size"
        rows = tables.read(os.path.join(folder, "manifest.csv"))
        self.sizes = {row["program"]: row[column] for row in rows if not only or fnmatch.fnmatch(row["program"], only)}
        self.expected = {
            (row["program"], row["size"]): row["checksum"] for row in tables.read(os.path.join(folder, "expected.csv"))
        }

    def argv(self, arm, program):
        """The command line of one run."""
        return arm.command + [os.path.join(self.folder, f"{program}.py"), self.sizes[program]]

    def check(self, program, arm, text):
        """Raises WrongOutput unless the last line is the recorded checksum."""
        lines = text.strip().splitlines()
        wanted = self.expected[program, self.sizes[program]]
        if not lines or lines[-1] != wanted:
            got = lines[-1] if lines else "nothing"
            raise WrongOutput(f"{program} under {arm.label}: printed {got!r}, expected {wanted!r}")


def run_once(suite, program, arm, prefix):
    """One hyperfine run: its JSON result. The output is checked."""
    environ = dict(os.environ, PYTHONHASHSEED="0")
    with tempfile.TemporaryDirectory() as folder:
        export, printed = os.path.join(folder, "result.json"), os.path.join(folder, "output")
        command = prefix + ["hyperfine", "-N", "--runs", "1", "--style", "none", "--export-json", export]
        command += ["--output", printed, shlex.join(suite.argv(arm, program))]
        done = subprocess.run(command, capture_output=True, text=True, env=environ, check=False)
        if done.returncode != 0:
            raise WrongOutput(f"{program} under {arm.label}: {done.stderr.strip() or 'failed'}")
        with open(printed, encoding="utf-8", errors="replace") as file:
            suite.check(program, arm, file.read())
        with open(export, encoding="utf-8") as file:
            return json.load(file)["results"][0]


def measure(suite, arms, rounds, seed, cpu, progress):
    """({(program, arm label): [hyperfine results]}, [messages about wrong output])."""
    order = random.Random(seed)
    prefix = environment.pinned(cpu)
    results, wrong = {}, {}
    for _ in range(rounds):
        programs = list(suite.sizes)
        order.shuffle(programs)
        for program in programs:
            shuffled = list(arms)
            order.shuffle(shuffled)
            for arm in shuffled:
                key = (program, arm.label)
                if key not in wrong:
                    try:
                        results.setdefault(key, []).append(run_once(suite, program, arm, prefix))
                    except WrongOutput as problem:
                        wrong[key] = str(problem)
                        results.pop(key, None)
                progress.step(f"{program} under {arm.label}")
    return results, wrong


def times(arms, results):
    """({(technique, compiler): {program: [seconds of each round]}}, the same by peer)."""
    engines, peers = {}, {}
    for arm in arms:
        seconds = {program: [run["times"][0] for run in runs] for (program, label), runs in results.items() if label == arm.label}
        if arm.engine:
            engines[arm.engine.technique, arm.engine.compiler] = seconds
        else:
            peers[arm.peer] = seconds
    return engines, peers


def rows(suite, arms, results, wrong, run_id, commit):
    """The rows of macro.csv: one a program and arm, in seconds, processes as the unit."""
    for program, size in suite.sizes.items():
        for arm in arms:
            key = (program, arm.label)
            row = {
                "command": shlex.join(suite.argv(arm, program)),
                "parameter_bench": program,
                "parameter_size": size,
                "parameter_technique": arm.engine.technique if arm.engine else "",
                "parameter_engine_compiler": arm.engine.compiler if arm.engine else "",
                "engine_flags": arm.engine.flags if arm.engine else "",
                "peer": arm.peer,
                "peer_version": arm.version,
                "commit": commit,
                "run_id": run_id,
                "checksum_ok": int(key not in wrong),
            }
            if key in results:
                times = [time for result in results[key] for time in result["times"]]
                row.update(
                    mean=statistics.fmean(times),
                    stddev=statistics.stdev(times) if len(times) > 1 else 0.0,
                    median=statistics.median(times),
                    user=statistics.fmean(result["user"] for result in results[key]),
                    system=statistics.fmean(result["system"] for result in results[key]),
                    min=min(times),
                    max=max(times),
                )
            yield row
