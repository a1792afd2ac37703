"""tools/bench: builds, times opcodes and programs under every dispatch technique, writes CSV files."""

import argparse
import json
import os
import shutil
import sys
import time

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from benchmarking import command, engines, environment, macro, micro, progress, report, runs, tables  # noqa: E402
from benchmarking.command import ROOT, CommandError  # noqa: E402

EXAMPLES = [
    ("tools/bench --quick", "a first look: under 5 minutes after the build"),
    "tools/bench --only nbody --peer /usr/bin/python3",
    "tools/bench --only 'BINARY_OP.*' --dispatch direct,tail",
    "tools/bench --peer /usr/bin/python3 --peer 'pypy3 --jit off' --out /tmp/run",
    ("tools/bench --resume last", "go on with a run that was stopped"),
]
FILES = ["raw.csv", "summary.csv", "macro.csv", "resources.csv", "env.csv"]
KEPT = ["no_setup", "build", "json", "quiet", "resume"]  # what may stand beside --resume


def make_parser():
    parser = command.parser(
        "bench",
        "Times every opcode and the programs of macrobench/ under the dispatch techniques; start-up, memory and pauses too.",
        EXAMPLES,
        [command.EXIT_USAGE, command.EXIT_WRONG_RESULTS, command.EXIT_INTERRUPTED],
    )
    size = parser.add_mutually_exclusive_group()
    command.add(size, "quick", quick={"help": "test sizes, 3 processes, one engine a technique"})
    command.add(size, "full", full={"help": "three times as many processes as by default"})
    command.add(
        parser, "only", "dispatch",
        only={"help": "programs ('empty': start-up) and opcode benchmarks (OPCODE.variant) that match; 'micro' or 'macro': one half"},
    )
    parser.add_argument("--peer", metavar="CMD", action="append", default=[], help="another interpreter to time the programs with (repeatable)")
    parser.add_argument(
        "--processes", "--rounds", metavar="N", type=command.positive,
        help="processes an engine and opcode, rounds of the programs (default 10, --quick 3, --full 30)",
    )
    command.add(parser, "budget", "seed", "out", "build", "no-setup", "resume", "json", "quiet", budget={"help": "stop the rounds of the programs in time: 90s, 5m, 1h (at least 3 rounds)"})
    return parser


def parse_arguments(argv):
    """The arguments, and the plan of the run that --resume goes on with (or None)."""
    parser = make_parser()
    arguments = parser.parse_args(argv)
    if not arguments.resume:
        return arguments, None
    for name, value in vars(arguments).items():
        if name not in KEPT and value != parser.get_default(name):
            parser.error(f"--resume takes --{name.replace('_', '-')} from the run")
    plan = runs.resume(arguments.resume, "bench")
    return argparse.Namespace(**{**plan.arguments, **{name: getattr(arguments, name) for name in KEPT}}), plan


class Run:
    """One run: what is measured, where its files go."""

    def __init__(self, arguments, build, plan):
        self.arguments, self.build = arguments, build
        self.krait, self.microbench = os.path.join(build, "krait"), os.path.join(build, "krait-microbench")
        self.commit = environment.Commit(ROOT)
        self.started = time.monotonic()
        names = arguments.dispatch.split(",") if arguments.dispatch else []
        try:
            self.engines = engines.choose(engines.built(self.krait), names, arguments.quick)
        except engines.UnknownEngine as problem:
            raise CommandError(str(problem)) from None
        self.peers = [macro.peer_arm(peer) for peer in arguments.peer]
        self.build_id = environment.build_id(self.krait)
        self.plan = plan or self.begin()
        self.folder, self.run_id = self.plan.folder, self.plan.run_id
        self.seed, self.processes, self.cpu = (self.plan.facts[name] for name in ("seed", "processes", "cpu"))
        if self.plan.facts["build_id"] != self.build_id:
            raise CommandError(f"{self.krait} is another build than the one this run began with")

    def begin(self):
        """The plan of a new run."""
        arguments, run_id = self.arguments, self.commit.run_id()
        facts = {
            "seed": arguments.seed if arguments.seed is not None else time.time_ns() % 2**31,
            "processes": arguments.processes or (3 if arguments.quick else 30 if arguments.full else 10),
            "cpu": environment.quiet_cpu(),
            "build_id": self.build_id,
        }
        kept = {name: value for name, value in vars(arguments).items() if name not in KEPT}
        return runs.start(arguments.out or os.path.join(runs.RUNS, run_id), "bench", run_id, kept, facts)

    def only(self, half):
        """The glob of a half, None for all of it."""
        return None if self.arguments.only == half else self.arguments.only

    def deadline(self):
        """When the programs should be through; None without a budget. The opcodes get the other half."""
        if not self.arguments.budget:
            return None
        share = 1 if self.arguments.only == "macro" else 0.5
        return self.started + share * self.arguments.budget

    def progress(self, title, steps):
        return progress.Progress(title, steps, quiet=self.arguments.quiet)

    def write(self, name, columns, rows):
        tables.write(self.plan.path(name), columns, rows)

    def write_environment(self, more=()):
        rows = list(environment.fingerprint(ROOT, self.build))
        rows += [("seed", self.seed), ("processes", self.processes), ("pinned_cpu", "" if self.cpu is None else self.cpu)]
        words = [word for word in sys.argv[1:]] if not self.arguments.resume else ["--resume", self.run_id]
        rows += [("arguments", " ".join(words))]
        rows += [fact for peer in self.peers for fact in macro.peer_facts(peer)]
        rows += more
        self.write("env.csv", tables.ENV, [{"run_id": self.run_id, "key": key, "value": value} for key, value in rows])

    def run_macro(self):
        """Measures the programs: a Programs."""
        size = "test" if self.arguments.quick else "bench"
        suite = macro.Suite(ROOT, self.only("macro"), size)
        if self.arguments.only == "micro":
            suite.sizes, suite.has_empty = {}, False
        arms = [macro.krait_arm(self.krait, engine) for engine in self.engines] + self.peers
        timing = macro.timing(suite, arms, self.seed, self.cpu, self.plan.parts("programs", macro.COLUMNS))
        used = macro.Resources(suite, self.build)
        resources = used.measurement(arms, self.seed, self.plan.parts("resources", macro.USED))
        once = 3 if self.arguments.full else 1
        if suite.blocks():
            steps = timing.left(self.processes) + resources.left(once)
            shown = self.progress("programs", steps)
            timing.run(self.processes, shown, self.deadline())
            resources.run(once, shown)
            shown.close()
        return Programs(self, suite, arms, timing, resources, used.missing())

    def run_micro(self):
        """Measures the opcodes: the lines of the report, and the rows of raw.csv and of summary.csv."""
        quick = self.arguments.quick
        filters = {}
        if self.arguments.only != "macro":
            filters = {form: micro.filter_of(self.microbench, form, self.only("micro")) for form in ("plain", "tuned")}
        forms = [micro.Settings(form, 5 if quick else 20, 100, chosen) for form, chosen in filters.items() if chosen]
        if quick:
            forms = forms[:1]  # plain, unless only the tuned form has what is asked for
        rows = []
        if forms:
            steps = len(self.engines) * len(forms) * self.processes
            rows = micro.measure(self.microbench, self.engines, forms, self.processes, self.seed, self.cpu, self.progress("opcodes", steps))
        summary = list(micro.summary(rows, self.run_id, self.commit.short))
        raw = list(micro.raw_rows(rows, self.run_id, self.commit.short, self.commit.dirty, self.build))
        form = forms[0].form if forms else ""
        return list(report.micro(micro.body_times(rows, form), summary, form)), raw, summary


class Programs:
    """What was measured of the programs."""

    def __init__(self, run, suite, arms, timing, resources, no_memory):
        self.rows = list(timing.parts.rows())
        self.wrong = list({**timing.wrong, **resources.wrong}.values())
        self.rounds = 1 + max((int(row["round"]) for row in self.rows), default=-1)
        self.macro, self.raw, self.resources = [], [], []
        self.facts = [("rounds", self.rounds)] + [("peak_rss_missing", no_memory)] * bool(no_memory)
        if suite.blocks():
            commit = run.commit
            self.macro = list(macro.summary(suite, arms, self.rows, run.run_id, commit.short))
            self.raw = list(macro.raw_rows(self.rows, arms, run.run_id, commit.short, commit.dirty, run.build_id))
            self.resources = list(macro.resources(suite, arms, self.rows, list(resources.parts.rows()), run.run_id, commit.short))
        self.lines = list(report.macro(*macro.times(arms, self.rows))) + list(report.resources(self.resources)) + list(report.peers(arms))


def measure(run):
    """Both halves, their files, and what is printed; the exit code."""
    run.write_environment()
    programs = run.run_macro()
    opcodes, raw, summary = run.run_micro()
    if run.arguments.only and not programs.rows and not raw:
        shutil.rmtree(run.folder)
        raise CommandError(f"nothing matches '{run.arguments.only}'")
    run.write("raw.csv", tables.RAW, raw + programs.raw)
    run.write("summary.csv", tables.SUMMARY, summary)
    run.write("macro.csv", tables.MACRO, programs.macro)
    run.write("resources.csv", tables.RESOURCES, programs.resources)
    run.write_environment(programs.facts)
    run.plan.finish()
    code = command.EXIT_WRONG_RESULTS if programs.wrong else command.EXIT_OK
    if run.arguments.json:
        found = {"run_id": run.run_id, "folder": run.folder, "files": FILES, "exit_code": code, "wrong": programs.wrong}
        json.dump(dict(found, opcodes=summary, programs=programs.macro, resources=programs.resources), sys.stdout, indent=1)
        print()
    else:
        for line in opcodes + programs.lines:
            print(line)
        print(f"files: {run.folder}/{{{','.join(name.removesuffix('.csv') for name in FILES)}}}.csv")
    for message in programs.wrong:
        print(f"wrong result: {message}", file=sys.stderr)
    return code


def main(argv):
    arguments, plan = parse_arguments(argv)
    build = arguments.build or command.build_release()
    if plan and plan.is_finished():
        print(f"tools/bench: {plan.run_id} is finished; its files are in {plan.folder}")
        return command.EXIT_OK
    try:
        run = Run(arguments, build, plan)
        try:
            return measure(run)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"what is measured is kept; to go on: tools/bench --resume {run.folder}") from None
    except micro.MicrobenchFailed as problem:
        raise CommandError(str(problem)) from None


if __name__ == "__main__":
    command.run("bench", main)
