"""tools/bench: builds, times opcodes and programs under every dispatch technique, writes CSV files."""

import itertools
import os
import sys

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from benchmarking import command, layouts, macro, micro, opcodes, report, session, tables  # noqa: E402
from benchmarking.command import CommandError  # noqa: E402

EXAMPLES = [
    ("tools/bench --quick", "a first look: under 5 minutes after the build"),
    "tools/bench --only nbody --peer /usr/bin/python3",
    "tools/bench --only 'BINARY_OP.*' --dispatch direct,tail",
    "tools/bench --peer /usr/bin/python3 --peer 'pypy3 --jit off' --out /tmp/run",
    ("tools/bench --resume latest", "go on with a run that was stopped"),
]
HALVES = ("micro", "macro")
FILES = ["raw.csv", "summary.csv", "fits.csv", "costs.csv", "macro.csv", "resources.csv", "env.csv"]


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
        only={"help": "programs ('empty': start-up) and opcode benchmarks (OPCODE.variant) that match; several by commas; 'micro' or 'macro': one half"},
    )
    parser.add_argument("--peer", metavar="CMD", action="append", default=[], help="another interpreter to time the programs with (repeatable)")
    parser.add_argument(
        "--processes", "--rounds", metavar="N", type=command.positive,
        help="processes an engine and opcode in all layouts (default 15, --quick 3, --full 50), rounds of the programs (default 10, 3, 30)",
    )
    parser.add_argument("--layouts", metavar="K", type=command.positive, help="placements of code that opcodes are measured in (default 3, --quick 1, --full 5)")
    command.add(parser, "budget", budget={"help": "end the rounds of the programs in time (at least 3): 90s, 5m, 1h"})
    command.add(parser, "seed", "out", "build", "no-setup", "resume", "json", "quiet", "verbose")
    return parser


class Run(session.Session):
    """One run: both halves of the suite."""

    @property
    def microbench(self):
        return os.path.join(self.build, "krait-microbench")

    @property
    def processes(self):
        return self.facts["processes"]

    @property
    def micro_size(self):
        """How much of the opcodes is measured: --processes counts those of all layouts."""
        name = "quick" if self.arguments.quick else "full" if self.arguments.full else "default"
        count, processes, segments = micro.SIZES[name]
        count = self.arguments.layouts or count
        if self.arguments.processes:
            processes = -(-self.arguments.processes // count)
        return micro.Settings(count, processes, segments)

    def only(self, half):
        """The globs of a half, None for all of it, "" for nothing."""
        globs = (self.arguments.only or half).split(",")
        return None if half in globs else ",".join(glob for glob in globs if glob not in HALVES)

    def deadline(self):
        """When the programs should be through; None without a budget. The opcodes get the other half."""
        if not self.arguments.budget:
            return None
        share = 1 if self.only("micro") == "" else 0.5
        return self.started + share * self.arguments.budget

    def run_macro(self):
        """Measures the programs: a Programs."""
        suite = self.suite(self.only("macro"))
        if self.only("macro") == "":
            suite.sizes, suite.has_empty = {}, False
        arms = [macro.krait_arm(self.krait, engine) for engine in self.engines] + self.peers
        timing, used = self.timing(suite, arms), macro.Resources(suite, self.build)
        resources = used.measurement(arms, self.seed, self.plan.parts("resources", macro.USED))
        once = 3 if self.arguments.full else 1
        if suite.blocks():
            shown = self.progress("programs", timing.left(self.processes) + resources.left(once))
            timing.run(self.processes, shown, self.deadline())
            resources.run(once, shown)
            shown.close()
        return Programs(self, suite, arms, timing, resources, used.missing())

    def layouts(self, size):
        """{seed: folder of a build}: the build itself is layout 0, others are made of the same sources. A build
        that was given stands alone."""
        folders = {0: self.build}
        if not self.arguments.build and size.layouts > 1:
            folders |= layouts.build_all(command.ROOT, range(1, size.layouts))
        return folders

    def run_micro(self):
        """Measures the opcodes: an Opcodes."""
        arguments, size = self.arguments, self.micro_size
        if self.only("micro") == "":
            return opcodes.Opcodes(self, [], {}, [])
        arms = list(micro.arms_of(self.microbench, self.engines, self.only("micro"), arguments.quick, arguments.full))
        builds = self.layouts(size) if arms else {}
        measurement = micro.Measurement(builds, arms, size, self.seed, self.cpu, self.plan.parts("opcodes", micro.COLUMNS))
        counters = opcodes.count_instructions(self, arms)
        shown = self.progress("opcodes", measurement.left())
        measurement.run(shown)
        shown.close()
        return opcodes.Opcodes(self, arms, builds, list(measurement.parts.rows()), counters)


class Programs:
    """What was measured of the programs: the rows of the files, the lines of the report."""

    def __init__(self, run, suite, arms, timing, resources, no_memory):
        rows = list(timing.parts.rows())
        self.wrong = list({**timing.wrong, **resources.wrong}.values())
        self.rounds = 1 + max((int(row["round"]) for row in rows), default=-1)
        self.facts = [("rounds", self.rounds)] + [("peak_rss_missing", no_memory)] * bool(no_memory)
        self.macro, self.raw, self.resources = [], [], []
        if suite.blocks():
            commit = run.commit
            self.macro = list(macro.summary(suite, arms, rows, run.run_id, commit.short))
            self.raw = list(macro.raw_rows(rows, arms, run.run_id, commit.short, commit.dirty, run.build_id))
            self.resources = list(macro.resources(suite, arms, rows, list(resources.parts.rows()), run.run_id, commit.short))
        self.lines = list(report.startup_share(macro.samples(rows))) if run.arguments.quick else []
        self.lines += list(report.macro(*macro.times(arms, rows))) + list(report.resources(self.resources))
        self.lines += report.peers(arms)


def measure(run):
    """Both halves, their files, and what is printed; the exit code."""
    facts = [("processes", run.processes)]
    run.write_environment(facts)
    programs = run.run_macro()
    measured = run.run_micro()
    if run.arguments.only and not programs.rounds and not measured.rows:
        run.plan.discard()
        raise CommandError(f"nothing matches '{run.arguments.only}'")
    run.write("raw.csv", tables.RAW, itertools.chain(measured.raw(), programs.raw))
    measured.write()
    run.write("macro.csv", tables.MACRO, programs.macro)
    run.write("resources.csv", tables.RESOURCES, programs.resources)
    run.write_environment(facts + programs.facts + measured.facts)
    run.plan.finish()
    code = command.EXIT_WRONG_RESULTS if programs.wrong else command.EXIT_OK
    found = {"wrong": programs.wrong, "opcodes": measured.summary, "programs": programs.macro, "resources": programs.resources}
    run.print_result(FILES, code, found, measured.lines + programs.lines)
    for message in programs.wrong:
        print(f"wrong result: {message}", file=sys.stderr)
    return code


def main(argv):
    arguments, plan = session.parse(make_parser(), "bench", argv)
    if plan and plan.is_finished():
        print(f"tools/bench: {plan.run_id} is finished; its files are in {plan.folder}")
        return command.EXIT_OK
    processes = arguments.processes or (3 if arguments.quick else 30 if arguments.full else 10)
    with Run("bench", arguments, plan, processes=processes) as run:
        try:
            return measure(run)
        except micro.MicrobenchFailed as problem:
            raise CommandError(str(problem)) from None


if __name__ == "__main__":
    command.run("bench", main)
