"""tools/bench: builds, times opcodes and programs under every dispatch technique, writes CSV files."""

import argparse
import os
import subprocess
import sys
import time

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from benchmarking import engines, environment, macro, micro, progress, report, tables  # noqa: E402

ROOT = os.path.dirname(sys.path[0])
EXIT_USAGE, EXIT_WRONG_RESULTS = 2, 4
EXAMPLES = """\
examples:
  tools/bench --quick                        a first look: under 5 minutes after the build
  tools/bench --only 'nbody' --peer /usr/bin/python3
  tools/bench --only 'BINARY_OP.*' --dispatch direct,tail
  tools/bench --peer /usr/bin/python3 --peer pypy3 --out /tmp/run

exit codes: 0; 2 wrong usage or a failed build; 4 a program printed a wrong result
"""


def parse_arguments(argv):
    parser = argparse.ArgumentParser(
        prog="tools/bench",
        description="Times every opcode and the programs of macrobench/ under the dispatch techniques.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true", help="test sizes, 3 processes, one engine a technique")
    parser.add_argument("--only", metavar="GLOB", help="programs and opcode benchmarks (OPCODE.variant) that match; 'micro' or 'macro': one half")
    parser.add_argument("--dispatch", metavar="LIST", help="techniques, or TECHNIQUE:COMPILER, separated by commas")
    parser.add_argument("--peer", metavar="CMD", action="append", default=[], help="another interpreter to time the programs with (repeatable)")
    parser.add_argument("--out", metavar="DIR", help="where the files go (default results/runs/RUN_ID)")
    parser.add_argument("--processes", metavar="N", type=int, help="processes an engine and opcode, rounds of the programs (default 10, --quick 3)")
    parser.add_argument("--seed", metavar="N", type=int, default=None, help="of all shuffling (default: the clock; recorded in env.csv)")
    parser.add_argument("--build", metavar="DIR", help="a finished build to measure instead of building")
    parser.add_argument("--no-setup", action="store_true", help="do not run tools/setup")
    arguments = parser.parse_args(argv)
    if arguments.processes is not None and arguments.processes < 1:
        parser.error("--processes wants a positive number")
    return arguments


def build_release():
    """Configures and builds the release preset; its folder."""
    for command in (["cmake", "--preset", "release"], ["cmake", "--build", "--preset", "release"]):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.stderr.write(done.stdout[-4000:] + done.stderr[-4000:])
            raise SystemExit(EXIT_USAGE)
    return os.path.join(ROOT, "build", "release")


class Run:
    """One run: what is measured, where its files go."""

    def __init__(self, arguments, build):
        self.arguments, self.build = arguments, build
        self.krait, self.microbench = os.path.join(build, "krait"), os.path.join(build, "krait-microbench")
        self.commit = environment.Commit(ROOT)
        self.run_id = self.commit.run_id()
        self.folder = arguments.out or os.path.join(ROOT, "results", "runs", self.run_id)
        self.seed = arguments.seed if arguments.seed is not None else time.time_ns() % 2**31
        self.processes = arguments.processes or (3 if arguments.quick else 10)
        self.cpu = environment.quiet_cpu()
        names = arguments.dispatch.split(",") if arguments.dispatch else []
        self.engines = engines.choose(engines.built(self.krait), names, arguments.quick)
        os.makedirs(self.folder, exist_ok=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write_environment(self, arms):
        rows = list(environment.fingerprint(ROOT, self.build))
        rows += [("seed", self.seed), ("processes", self.processes), ("pinned_cpu", "" if self.cpu is None else self.cpu)]
        rows += [("arguments", " ".join(sys.argv[1:]))]
        rows += [(f"peer_version {arm.peer}", arm.version) for arm in arms if arm.peer]
        tables.write(self.path("env.csv"), tables.ENV, [{"run_id": self.run_id, "key": key, "value": value} for key, value in rows])

    def run_macro(self):
        """The lines of the report and the messages about wrong output."""
        only = self.arguments.only
        suite = macro.Suite(ROOT, None if only == "macro" else only, "test" if self.arguments.quick else "bench")
        arms = [macro.krait_arm(self.krait, engine) for engine in self.engines]
        arms += [macro.peer_arm(peer) for peer in self.arguments.peer]
        self.write_environment(arms)
        rows, results, wrong = [], {}, {}
        if only != "micro" and suite.sizes:
            steps = len(suite.sizes) * len(arms) * self.processes
            results, wrong = macro.measure(suite, arms, self.processes, self.seed, self.cpu, progress.Progress("programs", steps))
            rows = list(macro.rows(suite, arms, results, wrong, self.run_id, self.commit.short))
        tables.write(self.path("macro.csv"), tables.MACRO, rows)
        return list(report.macro(*macro.times(arms, results))), list(wrong.values())

    def run_micro(self):
        """The lines of the report."""
        only, quick = self.arguments.only, self.arguments.quick
        glob = None if only == "micro" else only
        filters = {} if only == "macro" else {form: micro.filter_of(self.microbench, form, glob) for form in ("plain", "tuned")}
        forms = [micro.Settings(form, 5 if quick else 20, 100, chosen) for form, chosen in filters.items() if chosen]
        if quick:
            forms = forms[:1]  # plain, unless only the tuned form has what is asked for
        rows = []
        if forms:
            steps = len(self.engines) * len(forms) * self.processes
            rows = micro.measure(self.microbench, self.engines, forms, self.processes, self.seed, self.cpu, progress.Progress("opcodes", steps))
        summary = list(micro.summary(rows, self.run_id, self.commit.short))
        tables.write(self.path("raw.csv"), tables.RAW, micro.raw_rows(rows, self.run_id, self.commit.short, self.commit.dirty, self.build))
        tables.write(self.path("summary.csv"), tables.SUMMARY, summary)
        form = forms[0].form if forms else ""
        return list(report.micro(micro.body_times(rows, form), summary, form))


def main(argv):
    arguments = parse_arguments(argv)
    build = arguments.build or build_release()
    try:
        run = Run(arguments, build)
        programs, wrong = run.run_macro()
        opcodes = run.run_micro()
    except (engines.UnknownEngine, macro.UnknownPeer, micro.MicrobenchFailed, OSError) as problem:
        print(f"tools/bench: {problem}", file=sys.stderr)
        return EXIT_USAGE
    if arguments.only and not programs and not opcodes and not wrong:
        print(f"tools/bench: nothing matches '{arguments.only}'", file=sys.stderr)
        return EXIT_USAGE
    for line in opcodes + programs:
        print(line)
    print(f"files: {run.folder}/{{raw,summary,macro,env}}.csv")
    for message in wrong:
        print(f"wrong result: {message}", file=sys.stderr)
    return EXIT_WRONG_RESULTS if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
