"""How many lines a second Krait compiles, next to other Pythons: the same work by the same script.

Each interpreter is one process, which holds all texts and is asked for one round after the other: with the
collector on and off, by turns with the others, so that a busy moment of the machine hits all of them alike.
What one of them cannot compile is left out for all. A ratio is the median of the rounds' ratios.
"""

import contextlib
import pathlib
import shlex
import statistics
import subprocess

ROUNDS = pathlib.Path(__file__).resolve().parent / "compile_rounds.py"


class Failure(Exception):
    """An interpreter did not answer; says which and why."""


class Interpreter:
    def __init__(self, command, folder):
        self.command = command
        self.times = {True: [], False: []}  # by whether the collector is on
        try:
            self.process = subprocess.Popen([*shlex.split(command), "-W", "ignore", str(ROUNDS), str(folder)],
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        except OSError as error:
            raise Failure(f"{command}: {error.strerror}") from error

    def send(self, lines):
        with contextlib.suppress(BrokenPipeError):  # the answer will be missing
            self.process.stdin.writelines(f"{line}\n" for line in lines)
            self.process.stdin.flush()

    def receive(self):
        line = self.process.stdout.readline()
        if not line:
            raise Failure(f"{self.command} ended with exit code {self.process.wait()}")
        return line.rstrip("\n")

    def start(self, names):
        self.send([*names, ""])
        self.version = self.receive()
        refusals = iter(self.receive, "")
        self.refused = dict(line.split("\t", 1) for line in refusals)

    def time(self, collector):
        self.send(["gc on" if collector else "gc off"])
        self.times[collector].append(float(self.receive()))

    def end(self):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def line_count(path):
    data = path.read_bytes()
    return data.count(b"\n") + (not data.endswith(b"\n") and data != b"")


def figures(interpreter, first, lines):
    """One interpreter's part of the report; `first` is what it is compared with."""
    result = {"command": interpreter.command, "version": interpreter.version, "refused": interpreter.refused}
    for collector, times in interpreter.times.items():
        ratios = [time / other for time, other in zip(times, first.times[collector])]
        result["gc on" if collector else "gc off"] = {
            "seconds": times,
            "best": min(times),
            "median": statistics.median(times),
            "lines_per_second": lines / statistics.median(times),
            "ratio": statistics.median(ratios),
        }
    return result


def measure(krait, peers, folder, names, rounds):
    """The report: the sizes of the work, and the figures of Krait and then each peer."""
    interpreters = []
    try:
        for command in [krait, *peers]:
            interpreters.append(Interpreter(command, folder))
            interpreters[-1].start(names)
        refused = set().union(*(interpreter.refused for interpreter in interpreters))
        files = [name for name in names if name not in refused]
        for interpreter in interpreters:
            interpreter.send([*files, ""])
        for _ in range(rounds):
            for collector in (True, False):
                for interpreter in interpreters:
                    interpreter.time(collector)
    finally:
        for interpreter in interpreters:
            interpreter.end()
    lines = sum(line_count(folder / name) for name in files)
    return {
        "files": len(files),
        "left_out": sorted(refused),
        "lines": lines,
        "rounds": rounds,
        "interpreters": [figures(interpreter, interpreters[0], lines) for interpreter in interpreters],
    }


def table(report):
    """The report as text."""
    left_out = report["left_out"]
    yield f"{report['lines']} lines of {report['files']} files, {report['rounds']} rounds"
    if left_out:
        yield f"left out, since one of them does not compile it: {len(left_out)} ({', '.join(left_out)})"
    yield f"{'':24} {'collector':9} {'best s':>8} {'median s':>8} {'lines/s':>10} {'Krait is':>9}"
    for figures in report["interpreters"]:
        for collector in ("gc on", "gc off"):
            row = figures[collector]
            yield (
                f"{figures['version']:24} {collector:9} {row['best']:8.4f} {row['median']:8.4f} "
                f"{row['lines_per_second']:10,.0f} {row['ratio']:8.2f}x"
            )
