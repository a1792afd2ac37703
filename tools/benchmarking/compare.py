"""tools/compare: is one commit slower than another? Builds both, measures in pairs, answers by exit code."""

import argparse
import dataclasses
import json
import math
import os
import sys
import time

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from benchmarking import builds, command, comparison, engines, environment, fitness, macro, micro, paired, runs, selection, session, tables, verdicts  # noqa: E402
from benchmarking.command import EXIT_FOUND, EXIT_OK, EXIT_UNDECIDED, EXIT_USAGE, EXIT_WRONG_RESULTS, ROOT, CommandError  # noqa: E402

NAME = "compare"
EXAMPLES = (
    ("tools/compare main", "what is checked out (changes included) against main"),
    ("tools/compare --quick v1 v2", "one layout, 14 rounds: at most 5 minutes once both are built"),
    ("tools/compare main --only 'BINARY_OP.*,nbody'", "these rows"),
    ("tools/compare main --dispatch direct,tail", "a matrix, with interactions"),
    ("tools/compare --technique switch direct", "two techniques at one commit"),
    ("tools/compare main --budget 10m --json", "as many rounds as fit"),
    ("tools/compare --resume latest", "go on after Ctrl-C"),
)
CODES = (EXIT_FOUND, EXIT_USAGE, EXIT_UNDECIDED, EXIT_WRONG_RESULTS)
EPILOG = """\
Never call it through `make`, which turns every failure into its own exit code 2.
What the verdicts mean: tools/benchmarking/comparing.md; the columns of its files: tools/results schema."""
ROUNDS = {"quick": 14, "default": 20, "full": 30}
HISTORY = "again.csv"
RAW_KEPT = "ts_utc suite bench technique engine_compiler layout_seed arm round position steal_ticks nivcsw majflt".split()
MEASURED = (paired.MeasuringFailed, builds.BuildFailed, builds.UnknownRevision, engines.UnknownEngine,
            selection.NothingMatches, comparison.TooLittleTime, micro.MicrobenchFailed)  # fmt: skip


def share(text):
    """An argument that is a small share: 2%, 0.02."""
    try:
        value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        value = -1
    if not 0 < value < 1:
        raise argparse.ArgumentTypeError(f"wants a share like 2%, not '{text}'")
    return value


def make_parser():
    parser = command.parser(NAME, "Says whether HEAD is slower than BASE, row by row, and how sure that is.", EXAMPLES, CODES, EPILOG)
    parser.add_argument("commits", metavar="BASE [HEAD]", nargs="*", default=[], help="commits; without HEAD: what is checked out, with its changes")
    parser.add_argument("--technique", metavar=("A", "B"), nargs=2, type=command.engine_names, help="compare two techniques (or TECHNIQUE:COMPILER) at one commit")
    size = parser.add_mutually_exclusive_group()
    command.add(size, "quick", "full", quick={"help": "1 layout, 14 rounds, one stage, 6 programs"}, full={"help": "every opcode and program, 30 rounds"})
    command.add(parser, "only", "dispatch", "budget", "rounds", only={"help": "only rows that match: programs, OPCODE.variant; several by commas; 'micro', 'macro': one half"})
    parser.add_argument("--size", choices=["test", "bench"], default="bench", help="of the programs (default bench)")
    parser.add_argument("--layouts", metavar="N", type=command.positive, help="placements of the code: builds with so many layout seeds (default 3, --quick 1)")
    parser.add_argument("--form", choices=["tuned", "plain"], default="tuned", help="of the opcodes; plain: all knobs off (default tuned)")
    parser.add_argument("--clock", choices=["cpu", "wall"], default="cpu", help="programs: time on the processor (default), or by the wall (implies --apart)")
    parser.add_argument("--apart", action="store_true", help="run the arms one after the other, not side by side on one processor")
    parser.add_argument("--min-effect", metavar="SHARE", type=share, help="the least change that matters (default 2%% for programs, 3%% for opcodes)")
    parser.add_argument("--strict", action="store_true", help="exit code 1 instead of 3")
    parser.add_argument("--even-if-same", action="store_true", help="measure although both commits build the same code")
    parser.add_argument("--base-build", metavar="DIR", type=command.folder, help="a finished build instead of BASE")
    parser.add_argument("--head-build", metavar="DIR", type=command.folder, help="a finished build instead of HEAD")
    parser.add_argument("--build-only", action="store_true", help="build both, as for a cache, and stop")
    command.add(parser, "seed", "out", "resume", "json", "jobs", "quiet", "no-setup")
    return parser


def check_usage(parser, arguments):
    """Ends with EXIT_USAGE where options do not go together."""
    if bool(arguments.base_build) != bool(arguments.head_build):
        parser.error("--base-build and --head-build go together")
    most = 0 if arguments.base_build else 1 if arguments.technique else 2
    least = 0 if arguments.base_build or arguments.technique else 1
    if not least <= len(arguments.commits) <= most:
        parser.error(f"wants {least} to {most} commits, not {len(arguments.commits)}" if most else "builds and commits do not go together")
    if arguments.technique and arguments.dispatch:
        parser.error("--technique and --dispatch do not go together")


def make_builds(arguments, builder):
    """([base builds], [head builds], [builds of the base again], the commits of base and head), one a layout."""
    count = arguments.layouts or (1 if arguments.quick else 3)
    if arguments.base_build:
        base, head = builds.Build(arguments.base_build, "base"), builds.Build(arguments.head_build, "head")
        return [base], [head], [base], ("", "")
    seeds = list(range(1, count + 1))
    names = arguments.commits + [None]
    base = builds.revision(ROOT, names[0])
    head = base if arguments.technique else builds.revision(ROOT, names[1])
    again = seeds[1:] + seeds[:1] if count > 1 else [count + 1]
    made = [builder.build(rev, wanted, number) for rev, wanted, number in ((base, seeds, 1), (base, again, 3), (head, seeds, 2))]
    return made[0], made[2], made[1], (base.commit, head.commit)


def make_arms(arguments, base, head, again):
    """[Arm] A, B, A2, the labels of base and head, and the names of the rows' engines."""
    if not arguments.technique:
        names = arguments.dispatch.split(",") if arguments.dispatch else None
        engine_names = selection.common_engines(base[0], head[0], names)
        labels = base[0].label, head[0].label
        arms = [paired.Arm(label, of) for label, of in ((paired.BASE, base), (paired.HEAD, head), (paired.AGAIN, again))]
        return arms, labels, engine_names
    one, other = (selection.one_engine(base[0], name) for name in arguments.technique)
    arms = [paired.Arm(paired.BASE, base, one), paired.Arm(paired.HEAD, head, other), paired.Arm(paired.AGAIN, again, one)]
    return arms, (f"{base[0].label}/{one}", f"{head[0].label}/{other}"), [other]


class Run:
    """One run of the command: what is compared, where its files go."""

    def __init__(self, arguments, plan):
        self.arguments, self.plan = arguments, plan
        say = (lambda text: None) if arguments.quiet else None
        self.builder = builds.Builder(ROOT, arguments.jobs, say=say)
        facts = plan.facts
        if facts["base"]:
            arguments.commits = [facts["base"], facts["head"]][: 1 if arguments.technique else 2]
        base, head, again, _ = make_builds(arguments, self.builder)
        if facts["base"]:
            for of, label in ((base, facts["base_label"]), (again, facts["base_label"]), (head, facts["head_label"])):
                for build in of:
                    build.label = label
        self.arms, self.labels, engine_names = make_arms(arguments, base, head, again)
        suite = macro.Suite(ROOT, None, arguments.size)
        self.rows, self.alone = selection.rows(
            base[0], head[0], engine_names, suite.sizes, arguments.only, arguments.form, arguments.quick, arguments.full
        )
        settings = paired.Settings(facts["seed"], facts["cpu"], form=arguments.form, clock=arguments.clock)
        settings.together = not arguments.apart and arguments.clock == "cpu"
        self.measurer = paired.Measurer(self.rows, self.arms, settings, suite, macro.Suite(ROOT, None, "test"))
        self.rule = verdicts.Rule()
        if arguments.min_effect:
            self.rule.least_effects = dict.fromkeys(self.rule.least_effects, arguments.min_effect)
        path = None if arguments.base_build else os.path.join(runs.RUNS, HISTORY)  # whose builds those are is not known
        self.history = verdicts.History(path, machine())
        kind = "quick" if arguments.quick else "full" if arguments.full else "default"
        parts = plan.parts("samples", paired.SAMPLES)
        stages = 1 if arguments.quick else 2
        self.comparison = comparison.Comparison(
            self.measurer, self.rule, parts, self.history, arguments.rounds or ROUNDS[kind], stages, arguments.quiet
        )

    def is_same_code(self):
        base, head = self.arms[0], self.arms[1]
        return all(comparison.same_code(base, head, row) for row in self.rows)

    def measure(self):
        """[Result]; Raises TooLittleTime, WrongResult."""
        self.write_environment()
        self.comparison.plan(self.plan.parts("pilot", comparison.PILOT), self.arguments.budget)
        self.write_environment()
        least = self.comparison.least_rounds()
        if self.comparison.rounds < least:
            raise CommandError(f"{self.comparison.rounds} rounds cannot decide about {len(self.rows)} rows: at least {least} (or fewer rows: --only)")
        results = self.comparison.run()
        tables.write(self.plan.path("raw.csv"), tables.RAW, self.raw_rows())
        return results

    def raw_rows(self):
        """The rows of raw.csv: one a process, benchmark and arm; `block` is the stage."""
        names = {paired.BASE: self.labels[0], paired.HEAD: self.labels[1], paired.AGAIN: self.labels[0]}
        stages = (comparison.FIRST, comparison.SECOND, comparison.CONFIRM)
        for sample in self.comparison.samples():
            is_micro = sample["suite"] == "micro"
            yield {
                "schema": tables.SCHEMA,
                "run_id": self.plan.run_id,
                "variant": sample["bench"].partition(".")[2],
                "form": self.arguments.form if is_micro else "tuned",
                "commit": names[sample["arm"]].split("/")[0],
                "block": stages.index(sample["stage"]),
                "process": sample["round"],
                "body": "body" if is_micro else "run",
                "copies": 4 * self.measurer.settings.copies if is_micro else "",
                "segments": self.measurer.settings.segments * self.measurer.settings.repetitions if is_micro else "",
                "median_ns": sample["value_ns"],
                **{key: sample[key] for key in RAW_KEPT},
            }

    def write_environment(self):
        facts = dict(environment.fingerprint(ROOT, self.arms[1].builds[0].folder))
        facts.update(
            commit=self.labels[1].split("/")[0].removesuffix("-dirty"),
            seed=self.plan.facts["seed"],
            pinned_cpu="" if self.plan.facts["cpu"] is None else self.plan.facts["cpu"],
            arguments=self.plan.facts["command"],
            base=self.labels[0],
            head=self.labels[1],
            rounds=self.comparison.rounds,
            layouts=" ".join(str(build.seed) for build in self.arms[0].builds),
            layouts_known=int(all(build.knows_layouts for arm in self.arms for build in arm.builds)),
            form=self.arguments.form,
            clock=self.arguments.clock,
            together=int(self.measurer.settings.together),
        )
        rows = [{"run_id": self.plan.run_id, "key": key, "value": value} for key, value in facts.items()]
        tables.write(self.plan.path("env.csv"), tables.ENV, rows)

    def write_results(self, results):
        tables.write(self.plan.path("compare.csv"), tables.COMPARE, verdicts.csv_rows(results, self.plan.run_id, *self.labels))

    def unmeasured(self):
        """Results of rows whose code is the same: nothing is measured."""
        known = {field.name: math.nan for field in dataclasses.fields(verdicts.Result) if field.default is dataclasses.MISSING}
        for row in self.rows:
            known.update(row=row, n_rounds=0)
            yield verdicts.Result(**known, verdict=verdicts.SAME, code_same=True)


def machine():
    """What tells this machine from others, for the history of deviations."""
    facts = (environment.first_match("/proc/cpuinfo", r"^model name\s*:\s*(.*)$"), os.cpu_count(), environment.output(["gcc", "--version"]))
    return ", ".join(map(str, facts))


def exit_code(results, test, strict):
    """4 is decided elsewhere: wrong results are never timed."""
    undecided = EXIT_FOUND if strict else EXIT_UNDECIDED
    if test and test.is_unfit:
        return undecided
    found = {result.verdict for result in results}
    if verdicts.REGRESSED in found:
        return EXIT_FOUND
    return undecided if verdicts.INCONCLUSIVE in found else EXIT_OK


def _percent(value):
    return f"{100 * value:.1f} %" if math.isfinite(value) else "-"


def table(results):
    """Lines: what is flagged first, then by name."""
    order = [verdicts.REGRESSED, verdicts.IMPROVED, verdicts.CAPPED, verdicts.INCONCLUSIVE, verdicts.SAME]
    lines = [["benchmark", "engine", "rounds", "ratio", "95 % interval", "p (Holm)", "floor", "could see", "verdict"]]
    for result in sorted(results, key=lambda item: (order.index(item.verdict), item.row.suite, item.row.bench)):
        lines.append([
            result.row.bench, result.row.engine, str(result.n_rounds), f"{result.ratio:.3f}", f"[{result.low:.3f}, {result.high:.3f}]",
            f"{result.p_holm:.2g}", _percent(result.floor), _percent(result.mde), result.verdict,
        ])  # fmt: skip
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        yield "  ".join(cell.ljust(width) if column in (0, 1, 8) else cell.rjust(width) for column, (cell, width) in enumerate(zip(line, widths))).rstrip()


def matrix(interactions):
    """Lines about engines that a change does not treat alike."""
    yield "interactions (ratio under an engine over the ratio under the first):"
    for item in sorted(interactions, key=lambda found: found.p_holm):
        mark = "  differs" if item.p_holm < 0.05 else ""
        yield f"  {item.bench}: {item.engine} against {item.reference} {item.ratio:.3f} [{item.low:.3f}, {item.high:.3f}], p (Holm) {item.p_holm:.2g}{mark}"


def explain(results):
    """Lines about rows that are flagged: confirmation, code, instructions."""
    for result in results:
        if not (result.is_flagged or result.verdict == verdicts.CAPPED):
            continue
        facts = [f"confirmed by {result.confirmed_ratio:.3f}"] if result.confirmed_ratio else []
        facts += [f"instructions x {result.instr_ratio:.4f}"] if result.instr_ratio else []
        facts += ["both run the same code"] if result.code_same else []
        if result.changed:
            more = f" and {len(result.changed) - 4} more" if len(result.changed) > 4 else ""
            facts.append("changed: " + ", ".join(result.changed[:4]) + more)
        yield f"  {result.row.name}: " + "; ".join(facts)


def report(run, results):
    """The document of --json, and the lines for people."""
    collected = run.comparison.collected(comparison.FIRST, comparison.SECOND)
    test = verdicts.self_test(run.rows, run.comparison.collected(comparison.FIRST), run.rule)
    means = {suite: verdicts.geometric_mean(results, collected, suite) for suite in ("micro", "macro")}
    interactions = verdicts.interactions(run.rows, collected)
    document = {
        "run_id": run.plan.run_id, "base": run.labels[0], "head": run.labels[1], "folder": run.plan.folder,
        "rows": verdicts.as_json(results), "self_test": test and dataclasses.asdict(test),
        "geometric_means": {suite: mean and dict(zip(("ratio", "ci_lo", "ci_hi"), mean)) for suite, mean in means.items()},
        "interactions": [dataclasses.asdict(item) for item in interactions], "only_in_one": run.alone,
    }  # fmt: skip
    lines = [f"{run.labels[1]} against {run.labels[0]}: time of head over base", *table(results), *explain(results)]
    lines += [f"geometric mean, {suite}: {mean[0]:.3f} [{mean[1]:.3f}, {mean[2]:.3f}]" for suite, mean in means.items() if mean]
    lines += matrix(interactions) if interactions else []
    lines += [f"not in both builds: {', '.join(run.alone)}"] if run.alone else []
    if test:
        fit = "unfit: the machine disturbs too much" if test.is_unfit else "fit"
        lines.append(f"base against itself in another layout: {test.flagged} of {test.rows} rows flagged, {test.drifted} drifted (p < 0.05): {fit}")
    counts = {verdict: sum(result.verdict == verdict for result in results) for verdict in dict.fromkeys(item.verdict for item in results)}
    lines.append("verdict: " + ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())))
    return document, lines, test


def start(arguments, argv):
    """The plan of a new run."""
    commits = ("", "", "", "")
    if not arguments.base_build:
        names = arguments.commits + [None]
        base = builds.revision(ROOT, names[0])
        head = base if arguments.technique else builds.revision(ROOT, names[1])
        commits = base.commit, head.commit, base.label, head.label
    seed = arguments.seed if arguments.seed is not None else time.time_ns() % 2**31
    facts = dict(zip(("base", "head", "base_label", "head_label"), commits), seed=seed, cpu=fitness.quietest_cpu(), command=" ".join(argv))
    return session.start(NAME, arguments, environment.Commit(ROOT), facts)


def finish(run, results, measured):
    """Writes the files, prints, and returns the exit code."""
    run.write_results(results)
    if measured:
        document, lines, test = report(run, results)
        run.history.add(run.rows, run.comparison.collected(comparison.FIRST), environment.timestamp())
    else:
        document = {"run_id": run.plan.run_id, "base": run.labels[0], "head": run.labels[1], "rows": verdicts.as_json(results)}
        test, lines = None, [f"{run.labels[0]} and {run.labels[1]} build the same code: nothing to measure (--even-if-same)"]
    run.plan.finish()
    code = exit_code(results, test, run.arguments.strict)
    if run.arguments.json:
        print(json.dumps(dict(document, exit_code=code), indent=1))
    else:
        print("\n".join([*lines, f"files: {run.plan.folder}"]))
    return code


def main(argv):
    parser = make_parser()
    arguments, plan = session.parse(parser, NAME, argv)
    check_usage(parser, arguments)
    try:
        if plan and plan.is_finished():
            raise CommandError(f"--resume {arguments.resume}: the run is finished: {plan.path('compare.csv')}")
        if arguments.build_only:
            make_builds(arguments, builds.Builder(ROOT, arguments.jobs))
            return EXIT_OK
        is_new, plan = not plan, plan or start(arguments, argv)
        try:
            run = Run(arguments, plan)
            if not arguments.even_if_same and run.is_same_code():
                run.write_environment()
                return finish(run, list(run.unmeasured()), False)
            return finish(run, run.measure(), True)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"go on with tools/compare --resume {plan.folder}") from None
        except (CommandError, *MEASURED):
            if is_new and plan.lacks("samples"):
                plan.discard()
            raise
    except paired.WrongResult as problem:
        raise CommandError(f"wrong result: {problem}", EXIT_WRONG_RESULTS) from None
    except MEASURED as problem:
        raise CommandError(str(problem)) from None


if __name__ == "__main__":
    command.run(NAME, main)
