"""tools/selfcheck: is this machine fit to measure on, and does tools/compare keep its word here?"""

import argparse
import json
import os
import sys
import time

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from benchmarking import builds, command, compare, environment, fitness, inference, macro, paired, selection, session, tables, trials, verdicts  # noqa: E402
from benchmarking.command import EXIT_FOUND, EXIT_OK, EXIT_UNDECIDED, EXIT_USAGE, ROOT, CommandError  # noqa: E402
from benchmarking.progress import Progress  # noqa: E402

NAME = "selfcheck"
EXAMPLES = (
    ("tools/selfcheck", "what disturbs measurements here"),
    ("sudo tools/selfcheck --tune", "set what root can set; --untune puts it back"),
    ("tools/selfcheck --aa 50", "how often equal code is called slower or faster"),
    ("tools/selfcheck --inject 5% --trials 20", "how often a real slowdown is found"),
    ("tools/selfcheck --resume latest", "go on after Ctrl-C"),
)
CODES = (
    (EXIT_FOUND, "the gate errs more often than it promises"),
    EXIT_USAGE,
    (EXIT_UNDECIDED, "the machine is unfit"),
)
LAYOUTS = 3
# At least so many of the trials must go well: --aa 50: 45 without a false alarm; --inject 5%: 18 of 20.
LEAST_RIGHT = 0.9
LEAST_JUDGED = 0.05  # injections below are reported, not judged
# Opcodes of the programs that are slowed down.
PROGRAM_OPCODES = {"mandelbrot": ("COMPARE_OP", "COPY"), "sort_records": ("BINARY_SUBSCR", "BUILD_TUPLE")}


def make_parser():
    parser = command.parser(NAME, "Looks whether this machine is fit to measure on; tries the gate of tools/compare out.", EXAMPLES, CODES)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--tune", action="store_true", help="as root: set governor, turbo, ASLR, watchdog, sampling; what was there is written down")
    what.add_argument("--untune", action="store_true", help="as root: put back what --tune changed")
    what.add_argument("--aa", metavar="N", type=command.positive, help="N comparisons of equal code: the rate of false alarms")
    what.add_argument("--inject", metavar="SHARE", type=compare.share, help="comparisons in which one row is slower by this share: the power")
    parser.add_argument("--trials", metavar="N", type=command.positive, default=20, help="how many with --inject (default 20)")
    parser.add_argument("--other-layout", action="store_true", help="--aa: both arms of different layouts, as after a change elsewhere")
    parser.add_argument("--system", metavar="DIR", default="/", help=argparse.SUPPRESS)
    command.add(parser, "dispatch", "build", "seed", "out", "resume", "json", "jobs", "quiet", "no-setup", dispatch={"metavar": "NAME", "help": "technique, or TECHNIQUE:COMPILER, of the trials"})
    return parser


def check_machine(arguments):
    """The exit code; prints the findings."""
    system = fitness.System(arguments.system)
    cpu = fitness.quietest_cpu(system)
    findings = list(fitness.settings(system)) + list(fitness.activity(system, cpu))
    unfit = any(found.verdict == fitness.UNFIT for found in findings)
    if arguments.json:
        print(json.dumps({"fit": not unfit, "cpu": cpu, "findings": [vars(found) for found in findings]}, indent=1))
        return EXIT_UNDECIDED if unfit else EXIT_OK
    for found in findings:
        print(f"{found.key:12} {found.value:24} {found.verdict:6} {found.advice}".rstrip())
    print(f"the machine is {'unfit' if unfit else 'fit'}; measurements go to processor {cpu if cpu is not None else '(any)'}")
    return EXIT_UNDECIDED if unfit else EXIT_OK


def change_settings(arguments):
    """--tune and --untune."""
    system = fitness.System(arguments.system)
    if arguments.system == "/" and os.geteuid() != 0:
        raise CommandError(f"--{'tune' if arguments.tune else 'untune'} wants root")
    lines = list(fitness.tune(system) if arguments.tune else fitness.untune(system))
    print("\n".join(lines) or "nothing to change")
    return EXIT_OK


def make_layouts(arguments, builder):
    """Lists [A, B, A2] of the same code, one for each layout."""
    if arguments.build:
        return [[builds.Build(arguments.build, "build")] * 3]
    head = builds.revision(ROOT, None)
    seeds = list(range(1, LAYOUTS + 1))
    return [list(three) for three in zip(*(builder.build(head, seeds, number) for number in (1, 2, 3)))]


class Run:
    """A series of trials that can be taken up."""

    def __init__(self, arguments, plan):
        self.arguments, self.plan = arguments, plan
        say = (lambda text: None) if arguments.quiet else None
        layouts = make_layouts(arguments, builds.Builder(ROOT, arguments.jobs, say=say))
        if arguments.other_layout and len(layouts) > 1:
            layouts = [[three[0], other[1], three[2]] for three, other in zip(layouts, layouts[1:] + layouts[:1])]
        build = layouts[0][0]
        engine = selection.common_engines(build, build, [arguments.dispatch] if arguments.dispatch else None)[0]
        history = verdicts.History(plan.path("again.csv"), compare.machine())
        self.bench = trials.Bench(layouts, engine, macro.Suite(ROOT, None, "test"), plan.facts["cpu"], history)
        self.parts = plan.parts("trials", trials.TRIALS)
        self.seed = plan.facts["seed"]

    def say(self, text):
        if not self.arguments.quiet:
            print(text, file=sys.stderr, flush=True)

    def targets(self):
        """Calibrated targets, kept for a run that goes on."""
        kept = self.plan.parts("targets", trials.TARGETS)
        for number, target in enumerate(trials.candidates(self.bench.rows(), PROGRAM_OPCODES, len(self.bench.layouts))):
            name = f"{number:03d}"
            if name not in kept:
                found = trials.calibrate(target, self.arguments.inject, lambda inject, of=target: trials.effect(self.bench, of, inject, self.seed), self.say)
                kept.add(name, [found.cells()] if found else [])
        found = [trials.Target.read(cells) for cells in kept.rows()]
        if not found:
            raise CommandError("no row can be slowed down by that little: try a larger share", EXIT_UNDECIDED)
        return found

    def measure(self):
        """The rows of trials.csv."""
        tables.write(self.plan.path("env.csv"), tables.ENV, self.environment())
        targets = self.targets() if self.arguments.inject else [None]
        kind = f"inject {self.arguments.inject:g}" if self.arguments.inject else "aa"
        count = self.arguments.trials if self.arguments.inject else self.arguments.aa
        missing = [number for number in range(count) if f"{number:04d}" not in self.parts]
        shown = Progress("trials", len(missing), quiet=self.arguments.quiet)
        for number in missing:
            row = trials.run(self.bench, number, kind, self.seed, targets[number % len(targets)])
            self.parts.add(f"{number:04d}", [row])
            tables.write(self.plan.path("trials.csv"), trials.TRIALS, self.parts.rows())
            shown.step(f"trial {number + 1} of {count}")
        return list(self.parts.rows())

    def environment(self):
        facts = dict(environment.fingerprint(ROOT, self.bench.layouts[0][0].folder), seed=self.seed, arguments=self.plan.facts["command"])
        facts["pinned_cpu"] = "" if self.bench.cpu is None else self.bench.cpu
        return [{"run_id": self.plan.run_id, "key": key, "value": value} for key, value in facts.items()]


def summary(rows, share=None):
    """(document, lines, exit code) of all trials."""
    hits = sum(map(trials.is_found if share else trials.is_false, rows))
    low, high = inference.clopper_pearson(hits, len(rows))
    document = {"trials": len(rows), "hits": hits, "rate": hits / len(rows), "ci_lo": low, "ci_hi": high}
    bound = f"{100 * hits / len(rows):.0f} %, 95 % interval [{100 * low:.1f} %, {100 * high:.1f} %] (Clopper-Pearson)"
    if share:
        ratios = sorted(float(row["target_ratio"]) for row in rows)
        document["median_ratio"] = ratios[len(ratios) // 2]
        lines = [f"{row['target']}: {row['inject']}: {row['target_ratio']}, {row['target_verdict']}" for row in rows if not trials.is_found(row)]
        lines.append(f"a slowdown of {100 * share:g} % was found in {hits} of {len(rows)} trials: {bound}; measured: {document['median_ratio']:.3f}")
        right = hits >= LEAST_RIGHT * len(rows) or share < LEAST_JUDGED
    else:
        lines = [f"equal code was called changed in {hits} of {len(rows)} trials: {bound}"]
        right = len(rows) - hits >= LEAST_RIGHT * len(rows)
    lines.append(f"median trial: {sorted(float(row['seconds']) for row in rows)[len(rows) // 2]:.0f} s; rows without an answer: {sum(int(row['inconclusive']) for row in rows)} of {sum(int(row['rows']) for row in rows)}")
    return document, lines, EXIT_OK if right else EXIT_FOUND


def start(arguments, argv):
    seed = arguments.seed if arguments.seed is not None else time.time_ns() % 2**31
    facts = {"seed": seed, "cpu": fitness.quietest_cpu(), "command": " ".join(argv)}
    return session.start(NAME, arguments, environment.Commit(ROOT), facts)


def try_out(arguments, plan):
    """--aa and --inject."""
    try:
        rows = Run(arguments, plan).measure()
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"go on with tools/selfcheck --resume {plan.folder}") from None
    document, lines, code = summary(rows, arguments.inject)
    plan.finish()
    if arguments.json:
        print(json.dumps(dict(document, folder=plan.folder, exit_code=code), indent=1))
    else:
        print("\n".join([*lines, f"files: {plan.folder}"]))
    return code


def main(argv):
    parser = make_parser()
    arguments, plan = session.parse(parser, NAME, argv)
    if arguments.other_layout and not arguments.aa:
        parser.error("--other-layout goes with --aa")
    if arguments.trials != parser.get_default("trials") and not arguments.inject:
        parser.error("--trials goes with --inject; --aa N has its own number")
    try:
        if arguments.tune or arguments.untune:
            return change_settings(arguments)
        if arguments.aa or arguments.inject:
            return try_out(arguments, plan or start(arguments, argv))
        return check_machine(arguments)
    except (paired.WrongResult, *compare.MEASURED) as problem:
        raise CommandError(str(problem)) from None


if __name__ == "__main__":
    command.run(NAME, main)
