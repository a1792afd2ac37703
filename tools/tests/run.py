"""The test runner behind tools/test: builds, collects the cases of every group, runs them.

Its last line is "N passed, N failed", with ", N skipped" if any; exit code 1 if one failed.
"""
import argparse
import concurrent.futures
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

from harness import ROOT, Case, Context, Skip, tail

sys.path.insert(1, str(ROOT / "tools"))
from benchmarking import command  # noqa: E402 (the path above comes first)
from benchmarking.progress import Progress  # noqa: E402

# Quick and sure groups first; each is a module with cases(context).
GROUPS = {
    "check": "tools/tests/group_check.py",
    "shape": "interp/tests/dispatch_shape.py",
    "unit": "interp/tests/run_unit.py",
    "command": "interp/tests/run_command.py",
    "listings": "interp/tests/run_listings.py",
    "stdlib": "interp/tests/run_stdlib.py",
    "messages": "interp/tests/run_messages.py",
    "dumps": "interp/tests/run_dumps.py",
    "text": "interp/tests/run_text_form.py",
    "language": "interp/tests/run_language.py",
    "pairwise": "interp/tests/run_pairwise.py",
    "opcodes": "interp/tests/opcode_coverage.py",
    "programs": "interp/tests/run_programs.py",
    "fuzz": "interp/tests/run_fuzz.py",
    "bytecode": "interp/tests/run_bytecode.py",
    "install": "tools/tests/group_install.py",
    "scripts": "tools/tests/group_scripts.py",
}
MODE_PRESETS = {"quick": ["release"], "default": ["release", "checked"]}
MODE_PRESETS["soak"] = ["release", "release-clang", "checked"]


EXAMPLES = [
    ("tools/test --quick", "the working loop"),
    ("tools/test --no-build -k '^language: calls'", "one group's cases, with what is built"),
    "tools/test --soak",
]


def pattern(text):
    """An argument that is a regular expression."""
    try:
        return re.compile(text)
    except re.error as problem:
        raise argparse.ArgumentTypeError(f"'{text}' is no regular expression: {problem}") from None


def make_parser():
    codes = [(command.EXIT_FOUND, "a case failed"), (command.EXIT_USAGE, "wrong usage, or nothing matches"), command.EXIT_INTERRUPTED]
    parser = command.parser("test", "Sets up, builds and tests Krait.", EXAMPLES, codes, "groups: " + ", ".join(GROUPS))
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="release only, fewer engines: at most 3 minutes")
    size.add_argument("--soak", action="store_true", help="every case under every engine and build")
    presets = json.loads((ROOT / "CMakePresets.json").read_text())["buildPresets"]
    parser.add_argument("--preset", action="append", metavar="NAME", choices=[p["name"] for p in presets],
                        help="build and test this preset only (may be repeated)")
    parser.add_argument("-k", metavar="PATTERN", type=pattern, action="append", default=[],
                        help="only cases whose `group: name` matches this regular expression")
    command.add(parser, "jobs", "no-setup", "no-build", jobs={"default": min(os.cpu_count() or 2, 8)})
    parser.add_argument("--list", action="store_true", help="print the cases and stop")
    parser.add_argument("--opcode-coverage", action="store_true",
                        help="show which instructions the language tests execute, and stop")
    command.add(parser, "verbose", "json", verbose={"help": "print every case"}, json={"help": "print the result as JSON; progress on stderr"})
    return parser


def say(text):
    print(text, flush=True, file=say.stream)


say.stream = sys.stdout  # stderr where stdout is to hold JSON


def configure(preset):
    """The configure command; the checked build falls back to gcc where clang-19 cannot be had."""
    line = ["cmake", "--preset", preset]
    if preset == "checked" and not shutil.which("clang-19"):
        say("checked: clang-19 is not installed; building it with gcc")
        line += ["-DCMAKE_C_COMPILER=gcc", "-DCMAKE_CXX_COMPILER=g++"]
    return line


def build(preset, jobs):
    """Configures and builds one preset: None, or why it failed, or a Skip."""
    if preset == "release-clang" and not shutil.which("clang-19"):
        return Skip("clang-19 is not installed")
    started = time.monotonic()
    for line in (configure(preset), ["cmake", "--build", "--preset", preset, "--parallel", str(jobs)]):
        process = subprocess.Popen(line, cwd=ROOT, text=True, errors="replace",
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output, shown = [], time.monotonic()
        for text in process.stdout:
            output.append(text)
            if text.startswith("[") and time.monotonic() - shown > 10:
                shown = time.monotonic()
                say(f"  {preset} {text.strip()}")
        if process.wait() != 0:
            errors = [line for line in output if re.search(r"error|undefined reference|FAILED", line)]
            return f"{' '.join(line)} failed\n" + "".join(errors[:12]) + tail("".join(output), 15)
        warnings = [line for line in output if "warning:" in line]
        if warnings:
            return f"{len(warnings)} compiler warnings\n" + "".join(warnings[:12])
    if not (ROOT / "build" / preset / "krait").exists():
        return "the build made no krait command"
    say(f"built {preset} in {time.monotonic() - started:.0f} s")
    return None


def outcome_of(reason):
    """What the case of a build returns or raises, once it is known."""
    if isinstance(reason, Skip):
        raise reason
    return reason


def load(path):
    """The group module at this path, or None where it does not exist (yet)."""
    path = ROOT / path
    if not path.exists():
        return None
    name = "krait_tests_" + "_".join(path.relative_to(ROOT).with_suffix("").parts)
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def collect(context, patterns):
    """All cases that match the patterns, in the order of GROUPS."""
    collected = []
    for group, path in GROUPS.items():
        try:
            module = load(path)
            found = list(module.cases(context)) if module else []
        except Exception as error:  # a broken group is a failure, not an empty group
            reason = f"{path}: {type(error).__name__}: {error}"
            found = [Case(group, "collect", lambda reason=reason: reason)]
        collected += [case for case in found if all(pattern.search(str(case)) for pattern in patterns)]
    return collected


class Report:
    """Counts results and prints failures at once; progress on stderr."""

    def __init__(self, total, verbose):
        self.verbose, self.progress = verbose, Progress("tests", total)
        self.passed, self.failed, self.skipped, self.reasons = 0, [], [], {}
        self.lock = threading.Lock()

    def add(self, case, outcome, seconds):
        with self.lock:
            if outcome is None:
                self.passed += 1
            elif isinstance(outcome, Skip):
                self.skipped.append(f"{case}: {outcome}")
            else:
                self.failed.append(str(case))
                self.progress.clear()
                self.reasons[str(case)] = outcome
                say(f"FAILED {case}")
                say("    " + outcome.rstrip().replace("\n", "\n    "))
            if self.verbose:
                self.progress.clear()
                say(f"{'ok' if outcome is None else '--'} {case} ({seconds:.2f} s)")
            failed = f"{len(self.failed)} failed, " if self.failed else ""
            self.progress.step(f"{failed}{case}")

    def finish(self, as_json):
        for line in self.skipped:
            say(f"skipped {line}")
        if len(self.failed) > 5:
            say("failed:\n  " + "\n  ".join(self.failed[:60]))
        skipped = f", {len(self.skipped)} skipped" if self.skipped else ""
        say(f"{self.passed} passed, {len(self.failed)} failed{skipped}")
        if as_json:
            failed = [{"case": case, "reason": self.reasons[case]} for case in self.failed]
            print(json.dumps({"passed": self.passed, "failed": failed, "skipped": self.skipped}, indent=1))
        return command.EXIT_FOUND if self.failed else command.EXIT_OK


def perform(case, report):
    started = time.monotonic()
    try:
        outcome = case.run()
    except Skip as reason:
        outcome = reason
    except Exception as error:
        outcome = f"{type(error).__name__}: {error}"
    report.add(case, outcome, time.monotonic() - started)


def main(argv):
    options = make_parser().parse_args(argv)
    say.stream = sys.stderr if options.json else sys.stdout
    # A shell starts what runs in the background with interrupts ignored, and tests would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    mode = "quick" if options.quick else "soak" if options.soak else "default"
    presets = options.preset or MODE_PRESETS["quick" if options.opcode_coverage else mode]
    built, builds = [], []
    for preset in presets:
        reason = None if options.no_build or options.list else build(preset, options.jobs)
        has_command = (ROOT / "build" / preset / "krait").exists()
        if options.no_build and not has_command:
            reason = "there is no build"
        builds.append(Case("build", preset, lambda reason=reason: outcome_of(reason)))
        if has_command and (reason is None or "compiler warnings" in str(reason)):
            built.append(preset)
    context = Context(built, mode)
    if options.opcode_coverage:
        return load(GROUPS["opcodes"]).report(context, max(options.jobs, 1), say)
    context = Context(built, mode, not (options.no_build or options.list))
    cases = builds + collect(context, options.k)
    if options.list:
        say("\n".join(map(str, cases)))
        return 0
    if len(cases) == len(builds) and options.k:
        say(f"no case matches {' '.join(pattern.pattern for pattern in options.k)}")
        return command.EXIT_USAGE
    report = Report(len(cases), options.verbose)
    try:
        with concurrent.futures.ThreadPoolExecutor(max(options.jobs, 1)) as pool:
            for case in cases:
                pool.submit(perform, case, report)
    except KeyboardInterrupt:
        report.progress.clear()
        say("interrupted")
        os._exit(command.EXIT_INTERRUPTED)  # the pool would go on with what waits in it
    return report.finish(options.json)


if __name__ == "__main__":
    command.run("test", main)
