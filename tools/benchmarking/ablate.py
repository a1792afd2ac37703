"""tools/ablate: switches each technique of the interpreter off in turn and shows what it is worth.

The arms of a round are: everything on (twice, which shows what a difference of nothing looks like), each
knob of `krait --knobs` off, all off, and each other allocator of `krait --allocator=list`. A ratio is the
time with the knob off over the time with everything on, in the same round; the median over the rounds and
its interval are printed. So 1.10 means: without it, the program takes 10 % longer.
"""

import json
import os
import statistics
import subprocess
import sys

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from benchmarking import command, figures, macro, report, session, tables  # noqa: E402
from benchmarking.command import CommandError  # noqa: E402

EXAMPLES = [
    ("tools/ablate --quick", "test sizes: a first look in a few minutes"),
    "tools/ablate --only 'nb*' --knob 'specialize_*'",
    ("tools/ablate --knob 'allocator=*' --dispatch direct,tail", "allocators, under two techniques"),
    ("tools/ablate --resume latest", "go on with a run that was stopped"),
]
FILES = ["ablation.csv", "raw.csv", "env.csv"]
NOTHING, EVERYTHING = "none", "all"  # arms that no knob is named like
GEOMETRIC_MEAN = "*"  # the program of the rows about all programs


def make_parser():
    parser = command.parser(
        "ablate",
        "Shows what each technique that krait can switch off is worth, per program, with intervals.",
        EXAMPLES,
        [command.EXIT_USAGE, command.EXIT_WRONG_RESULTS, command.EXIT_INTERRUPTED],
        "'none' is everything on once more: its interval shows what chance does. 'all' is all knobs off.\n"
        "At test size (--quick) a part of each time is start-up, which no knob changes: ratios are nearer to 1.\n"
        "By default 10 rounds of all programs at bench size: about half an hour an engine.",
    )
    size = parser.add_mutually_exclusive_group()
    command.add(size, "quick", quick={"help": "test sizes, 6 rounds"})
    command.add(size, "full", full={"help": "30 rounds"})
    command.add(parser, "only", only={"help": "programs that match; several by commas"})
    parser.add_argument("--knob", metavar="GLOB", help="knobs that match, several by commas; an allocator is 'allocator=NAME'")
    command.add(parser, "dispatch", dispatch={"help": "techniques, or TECHNIQUE:COMPILER, separated by commas (default: krait's own)"})
    command.add(parser, "rounds", rounds={"help": "rounds of all arms (default 10, --quick 6, --full 30)"})
    command.add(parser, "budget", budget={"help": "begin no round that would end later (at least 3): 90s, 5m, 1h"})
    command.add(parser, "seed", "out", "build", "no-setup", "resume", "json", "quiet")
    return parser


def listed(krait, option):
    """The rows of `krait OPTION --json`."""
    try:
        return json.loads(subprocess.run([krait, option, "--json"], capture_output=True, text=True, check=True).stdout)
    except (subprocess.CalledProcessError, ValueError):
        return []  # a krait that does not know the option


def knobs_of(krait, glob):
    """{name of an arm: options of krait} of everything that can be switched off."""
    found = {row["name"]: [f"--knobs-off={row['name']}"] for row in listed(krait, "--knobs") if row["default"]}
    found[EVERYTHING] = ["--knobs-off=all"]
    others = [row["name"] for row in listed(krait, "--allocator=list") if not row["default"]]
    found |= {f"allocator={name}": [f"--allocator={name}"] for name in others}
    return {name: options for name, options in found.items() if command.matches(name, glob)}


class Run(session.Session):
    """One ablation."""

    def chosen_engines(self):
        """Without --dispatch only the engine that krait takes by itself."""
        chosen = super().chosen_engines()
        return chosen if self.arguments.dispatch else [next(engine for engine in chosen if engine.technique == "direct")]

    def arms(self, knobs):
        """{(engine name, knob): arm}; the knob '' is everything on."""
        found = {}
        for engine in self.engines:
            for knob, options in {"": [], NOTHING: [], **knobs}.items():
                found[engine.name, knob] = macro.krait_arm(self.krait, engine, f"{engine.name} {knob}".strip(), options)
        return found


def effects(run, arms, samples):
    """Rows of ablation.csv with the ratios of the rounds: (row, ratios)."""
    for (engine, knob), arm in arms.items():
        if not knob:
            continue
        off, on = samples.get(arm.label, {}), samples.get(arms[engine, ""].label, {})
        programs = [program for program in off if program in on and program != macro.EMPTY]
        ratios = {GEOMETRIC_MEAN: figures.paired_ratios({program: off[program] for program in programs}, on)} if len(programs) > 1 else {}
        ratios |= {program: figures.paired_ratios({program: off[program]}, on) for program in sorted(off) if program in on}
        for program, values in ratios.items():
            low, high = figures.bootstrap_interval(values)
            row = {"schema": tables.SCHEMA, "run_id": run.run_id, "knob": knob, "program": program, "rounds": len(values)}
            row.update(technique=arm.engine.technique, engine_compiler=arm.engine.compiler, ratio=f"{statistics.median(values):.5f}")
            if low == low:
                row.update(ci_lo=f"{low:.5f}", ci_hi=f"{high:.5f}")
            yield row


def raw_rows(run, arms, rows):
    """raw.csv: `arm` is A for everything on, A' for the same once more, else what was off."""
    names = {arm.label: {"": "A", NOTHING: "A'"}.get(knob, knob) for (_, knob), arm in arms.items()}
    commit = run.commit
    for row in rows:
        for raw in macro.raw_rows([row], arms.values(), run.run_id, commit.short, commit.dirty, run.build_id):
            yield raw | {"arm": names[row["arm"]], "form": "plain" if names[row["arm"]] == EVERYTHING else "tuned"}


def measure(run):
    """The rounds, their files, and what is printed; the exit code."""
    suite, knobs = run.suite(run.arguments.only), knobs_of(run.krait, run.arguments.knob)
    for what, glob in ((suite.blocks(), run.arguments.only), (knobs, run.arguments.knob)):
        if not what:
            run.plan.discard()
            raise CommandError(f"nothing matches '{glob}'")
    run.write_environment()
    arms = run.arms(knobs)
    timing = run.timing(suite, list(arms.values()))
    rounds = run.facts["rounds"]
    shown = run.progress("ablation", timing.left(rounds))
    timing.run(rounds, shown, run.started + run.arguments.budget if run.arguments.budget else None)
    shown.close()
    rows = list(timing.parts.rows())
    found = list(effects(run, arms, macro.samples(rows)))
    run.write("raw.csv", tables.RAW, list(raw_rows(run, arms, rows)))
    run.write("ablation.csv", tables.ABLATION, found)
    run.write_environment([("rounds", 1 + max(int(row["round"]) for row in rows))])
    run.plan.finish()
    code = command.EXIT_WRONG_RESULTS if timing.wrong else command.EXIT_OK
    run.print_result(FILES, code, {"wrong": list(timing.wrong.values()), "ablation": found}, list(report.ablation(found)))
    for message in timing.wrong.values():
        print(f"wrong result: {message}", file=sys.stderr)
    return code


def main(argv):
    arguments, plan = session.parse(make_parser(), "ablate", argv)
    if plan and plan.is_finished():
        print(f"tools/ablate: {plan.run_id} is finished; its files are in {plan.folder}")
        return command.EXIT_OK
    rounds = arguments.rounds or (6 if arguments.quick else 30 if arguments.full else 10)
    with Run("ablate", arguments, plan, rounds=rounds) as run:
        return measure(run)


if __name__ == "__main__":
    command.run("ablate", main)
