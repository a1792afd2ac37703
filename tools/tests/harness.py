"""What every test group is written with: Case, Context, running a program, showing a difference.

A group is a module with `cases(context)`, which yields Cases. A case's `run` returns None when it
passed and a text that says why when it failed, or raises Skip(reason). Cases share nothing and run
in parallel threads; whatever takes time is a child process.
"""
import difflib
import os
import pathlib
import re
import signal
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Skip(Exception):
    """Raised by a case that cannot run here; it is counted and named."""


class Case:
    def __init__(self, group, name, run):
        self.group, self.name, self.run = group, name, run

    def __str__(self):
        return f"{self.group}: {self.name}"


class Engine:
    """One row of engines.def; `option` is what --dispatch takes."""

    def __init__(self, technique, compiler):
        self.technique, self.compiler = technique, compiler
        self.option = f"{technique}:{compiler}"


class Context:
    """What the groups know of this run: which builds there are, and how much is wanted."""

    def __init__(self, presets, mode, may_build=False):
        self.presets = presets  # names of the presets that are built
        self.may_build = may_build  # groups that need another build may make it
        self.mode = mode  # "quick", "default" or "soak"

    def folder(self, preset):
        return ROOT / "build" / preset

    def has(self, preset):
        return preset in self.presets

    def krait(self, preset):
        return self.folder(preset) / "krait"

    def release(self):
        """The preset whose binary is tested under every engine."""
        return next((p for p in self.presets if p != "checked"), None)

    def engines(self, preset):
        """The engines that the build has, from the table it was compiled with."""
        rows = (self.folder(preset) / "generated" / "engines.def").read_text()
        found = re.findall(r"^ENGINE\((\w+), (\w+)\)", rows, re.M)
        return [Engine(technique, compiler.replace("_", "-")) for technique, compiler in found]

    def missing_engines(self, preset):
        rows = (self.folder(preset) / "generated" / "engines.def").read_text()
        return re.findall(r'^ENGINE_MISSING\((\w+), "([^"]*)", "([^"]*)"\)', rows, re.M)


class Result:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def describe(self):
        """How the process ended, in words."""
        if self.code is None:
            return "ran into its time limit"
        if self.code < 0:
            return f"was ended by signal {signal.Signals(-self.code).name}"
        return f"exit code {self.code}"


def environment(**more):
    """An environment in which two runs print the same: no settings of the user reach a test."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KRAIT_", "PYTHON", "BENCHMARK_"))}
    kept.update(
        PYTHONHASHSEED="0",
        PYTHONDONTWRITEBYTECODE="1",
        LC_ALL="C.UTF-8",
        TZ="UTC",
        ASAN_OPTIONS="detect_leaks=0:allocator_may_return_null=1",
        UBSAN_OPTIONS="print_stacktrace=1",
    )
    kept.update(more)
    return kept


def run(command, cwd=None, timeout=60, stdin=b"", env=None):
    """Runs a command in a process group of its own, which is ended when its time is over."""
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env or environment(),
        start_new_session=True,
    )
    try:
        out, err = process.communicate(stdin, timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        return Result(None, out.decode(errors="replace"), err.decode(errors="replace"))
    return Result(process.returncode, out.decode(errors="replace"), err.decode(errors="replace"))


def difference(expected, found, what, limit=16):
    """The first lines of a unified diff, or None when the texts are equal."""
    if expected == found:
        return None
    lines = difflib.unified_diff(
        expected.splitlines(), found.splitlines(), f"expected {what}", f"found {what}", "", "", 1, ""
    )
    text = [line[:200] for line in lines]
    if not text:
        return f"{what} differs in its line ends only"
    if len(text) > limit:
        text[limit:] = [f"... {len(text) - limit} more lines"]
    return "\n".join(text)


def tail(text, lines=12):
    return "\n".join(line[:200] for line in text.splitlines()[-lines:])
