"""tools/bisect: which commit made a benchmark slower?

A commit between GOOD and BAD is measured together with both, round by round, until the paired differences say
to which of them it belongs: sequential looks at 8, 16, 32 and 64 rounds, the error divided among them. A
commit that does not build, or that stays undecided, is skipped for its neighbour; one that builds the same
executable as an end needs no measuring.
"""

import math
import os
import sys
import time

import numpy

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from benchmarking import builds, command, compare, environment, fitness, inference, macro, paired, selection, session, tables, verdicts  # noqa: E402
from benchmarking.command import EXIT_OK, EXIT_UNDECIDED, EXIT_USAGE, EXIT_WRONG_RESULTS, ROOT, CommandError  # noqa: E402

NAME = "bisect"
EXAMPLES = (
    ("tools/bisect v1 main nbody", "which commit after v1 slowed nbody down"),
    ("tools/bisect v1 main LOAD_ATTR.instance --dispatch tail", "under one technique"),
    ("git bisect start main v1 && git bisect run tools/bisect --step v1 main nbody", "let git choose"),
)
CODES = (
    (EXIT_UNDECIDED, "no single commit: nothing is slower, or some could not be decided"),
    EXIT_USAGE,
    EXIT_WRONG_RESULTS,
    (125, "with --step: skip this commit (0 good, 1 bad, 128 stop)"),
)
LOOKS = (8, 16, 32, 64)  # rounds after which a commit may be decided
ALPHA = 0.05
GOOD, BAD, SKIP = "good", "bad", "skip"
STEP_CODES = {GOOD: 0, BAD: 1, SKIP: 125}
ABORT = 128
MIDDLE = "M"
STEPS = "commit,decision,rounds,place,reason".split(",")


class Decider:
    """Looks at samples as they come. place: where the commit lies from GOOD (0) to BAD (1)."""

    def __init__(self, looks=LOOKS, alpha=ALPHA):
        self.looks, self.alpha = looks, alpha / len(looks)

    def decide(self, measure_round):
        """(decision, rounds, place); measure_round(number) gives {arm label: value}."""
        rounds = []
        for number in range(self.looks[-1]):
            rounds.append(measure_round(number))
            if len(rounds) in self.looks:
                sides = [math.log(values[MIDDLE]) - (math.log(values[GOOD]) + math.log(values[BAD])) / 2 for values in rounds]
                if inference.sign_flip_p(sides) < self.alpha:
                    return (BAD if numpy.median(sides) > 0 else GOOD), len(rounds), self.place(rounds)
        return SKIP, len(rounds), self.place(rounds)

    @staticmethod
    def place(rounds):
        good, bad, middle = (numpy.median([math.log(values[label]) for values in rounds]) for label in (GOOD, BAD, MIDDLE))
        return float((middle - good) / (bad - good)) if bad != good else math.nan


def search(commits, decide, say=lambda text: None):
    """[commits of which one is the first bad one]: `commits` in order, the last known to be bad, what is
    before the first known to be good; decide(commit) gives good, bad or skip."""
    low, high = -1, len(commits) - 1  # commits[low] is good, commits[high] bad
    skipped = set()
    while True:
        untried = [index for index in range(low + 1, high) if index not in skipped]
        if not untried:
            return commits[low + 1 : high + 1]
        index = min(untried, key=lambda candidate: abs(candidate - (low + high) / 2))
        decision = decide(commits[index])
        say(f"{commits[index]}: {decision}")
        if decision == SKIP:
            skipped.add(index)
        elif decision == BAD:
            high = index
        else:
            low = index


def make_parser():
    parser = command.parser(NAME, "Finds the commit after GOOD, up to BAD, that made BENCH slower.", EXAMPLES, CODES)
    parser.add_argument("good", metavar="GOOD", nargs="?", help="a commit where BENCH is fast")
    parser.add_argument("bad", metavar="BAD", nargs="?", help="a later one where it is slow")
    parser.add_argument("bench", metavar="BENCH", nargs="?", help="a program, or OPCODE.variant")
    parser.add_argument("--step", action="store_true", help="judge what is checked out, for `git bisect run`")
    parser.add_argument("--layouts", metavar="N", type=command.positive, default=2, help="placements of the code (default 2)")
    parser.add_argument("--size", choices=["test", "bench"], default="bench", help="of the program (default bench)")
    parser.add_argument("--form", choices=["tuned", "plain"], default="tuned", help="of the opcode (default tuned)")
    command.add(parser, "dispatch", "seed", "out", "resume", "jobs", "quiet", "no-setup", dispatch={"metavar": "NAME", "help": "technique, or TECHNIQUE:COMPILER"})
    return parser


class Run:
    """One search: its ends are built, commits between them as they are needed."""

    def __init__(self, arguments, plan):
        self.arguments, self.plan = arguments, plan
        self.builder = builds.Builder(ROOT, arguments.jobs, say=self.say)
        self.seeds = list(range(1, arguments.layouts + 1))
        ends = {label: builds.Revision(plan.facts[label], plan.facts[label][:7]) for label in (GOOD, BAD)}
        self.ends = {label: self.builder.build(rev, self.seeds, number) for number, (label, rev) in enumerate(ends.items(), 1)}
        self.suite = macro.Suite(ROOT, None, arguments.size)
        good, bad = self.ends[GOOD][0], self.ends[BAD][0]
        engine = selection.common_engines(good, bad, [arguments.dispatch] if arguments.dispatch else None)[:1]
        found = selection.rows(good, bad, engine, self.suite.sizes, arguments.bench, arguments.form)[0]
        if len(found) > 1:
            raise CommandError(f"'{arguments.bench}' means {len(found)} benchmarks; one is wanted")
        self.row = found[0]
        self.settings = paired.Settings(plan.facts["seed"], plan.facts["cpu"], form=arguments.form)
        self.parts = plan.parts("steps", STEPS)
        paired.Measurer([self.row], [paired.Arm(GOOD, self.ends[GOOD])], self.settings, self.suite).pilot()

    def say(self, text):
        if not self.arguments.quiet:
            print(text, file=sys.stderr, flush=True)

    def decide(self, commit):
        """good, bad or skip; what was decided before an interruption holds."""
        if commit not in self.parts:
            decision, rounds, place, reason = self._decide(commit)
            cells = {"commit": commit, "decision": decision, "rounds": rounds, "place": f"{place:.3f}", "reason": reason}
            self.parts.add(commit, [cells])
        found = next(row for row in self.parts.rows() if row["commit"] == commit)
        self.say(f"{commit[:7]} {found['decision']}: {found['reason']}")
        return found["decision"]

    def _decide(self, commit):
        try:
            middle = self.builder.build(builds.Revision(commit, commit[:7]), self.seeds, 3)
        except builds.BuildFailed as problem:
            return SKIP, 0, math.nan, str(problem).splitlines()[0]
        for label, build in self.ends.items():
            if os.path.basename(build[0].folder).rsplit("-", 1)[0] == os.path.basename(middle[0].folder).rsplit("-", 1)[0]:
                return label, 0, math.nan, f"the same sources as {build[0].label}"
        try:
            return self._measure(commit, middle)
        except (paired.WrongResult, paired.MeasuringFailed) as problem:
            return SKIP, 0, math.nan, str(problem).splitlines()[0]

    def _measure(self, commit, middle):
        arms = [paired.Arm(GOOD, self.ends[GOOD]), paired.Arm(BAD, self.ends[BAD]), paired.Arm(MIDDLE, middle)]
        measurer = paired.Measurer([self.row], arms, self.settings, self.suite)

        def measure_round(number):
            return {sample["arm"]: sample["value_ns"] for sample in measurer.round(commit, number)}

        decision, rounds, place = Decider().decide(measure_round)
        return decision, rounds, place, f"{100 * place:.0f} % of the way from good to bad after {rounds} rounds"

    def difference(self):
        """The Result of BAD against GOOD."""
        arms = [paired.Arm(paired.BASE, self.ends[GOOD]), paired.Arm(paired.HEAD, self.ends[BAD])]
        measurer = paired.Measurer([self.row], arms, self.settings, self.suite)
        samples = [sample for number in range(2 * compare.ROUNDS["quick"]) for sample in measurer.round("ends", number)]
        rule = verdicts.Rule()
        floors = {self.row: rule.least_effects[self.row.suite]}
        return verdicts.judge([self.row], verdicts.collect(samples, ["ends"]), rule, floors)[0]


def start(arguments, argv):
    good, bad = (builds.revision(ROOT, name) for name in (arguments.good, arguments.bad))
    seed = arguments.seed if arguments.seed is not None else time.time_ns() % 2**31
    facts = {GOOD: good.commit, BAD: bad.commit, "seed": seed, "cpu": fitness.quietest_cpu(), "command": " ".join(argv)}
    return session.start(NAME, arguments, environment.Commit(ROOT), facts)


def between(good, bad):
    """The commits after `good` up to `bad`, oldest first."""
    names = builds.git(ROOT, "rev-list", "--reverse", "--topo-order", "--ancestry-path", "--first-parent", f"{good}..{bad}").split()
    if not names:
        raise CommandError(f"{bad[:7]} does not come after {good[:7]}")
    return names


def bisect(arguments, plan):
    """The search; its exit code."""
    try:
        run = Run(arguments, plan)
        commits = between(plan.facts[GOOD], plan.facts[BAD])
        result = run.difference()
        print(f"{run.row.name}: {result.ratio:.3f} [{result.low:.3f}, {result.high:.3f}] times the time of {commits[0][:7]}~1 at {commits[-1][:7]}")
        if result.verdict != verdicts.REGRESSED:
            print(f"{result.verdict}: no slowdown to look for")
            return EXIT_UNDECIDED
        found = search(commits, run.decide)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"go on with tools/bisect --resume {plan.folder}") from None
    tables.write(plan.path("steps.csv"), STEPS, run.parts.rows())
    plan.finish()
    print("the first slow commit is" + (" one of:" if len(found) > 1 else ":"))
    for name in found:
        print("  " + builds.git(ROOT, "log", "-1", "--format=%h %s", name))
    return EXIT_OK if len(found) == 1 else EXIT_UNDECIDED


def step(arguments, argv):
    """Judges what is checked out; git's codes."""
    try:
        commit = builds.revision(ROOT, None).commit
        plan = start(arguments, argv)
        return STEP_CODES[Run(arguments, plan).decide(commit)]
    except (CommandError, OSError, *compare.MEASURED) as problem:
        print(f"tools/{NAME}: {problem}", file=sys.stderr)
        return ABORT


def main(argv):
    parser = make_parser()
    arguments, plan = session.parse(parser, NAME, argv)
    if not arguments.bench:
        parser.error("wants GOOD, BAD and BENCH")
    try:
        return step(arguments, argv) if arguments.step else bisect(arguments, plan or start(arguments, argv))
    except compare.MEASURED as problem:
        raise CommandError(str(problem)) from None


if __name__ == "__main__":
    command.run(NAME, main)
