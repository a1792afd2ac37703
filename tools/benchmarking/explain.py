"""tools/explain: which opcodes a program's time, or the difference between two runs, comes from."""

import csv
import json
import math
import os
import subprocess
import sys
import time

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from benchmarking import command, cost_model, engines, tables  # noqa: E402 (the path above comes first)
from benchmarking.command import ROOT, CommandError  # noqa: E402
from benchmarking.progress import Progress  # noqa: E402
from ledger import store  # noqa: E402

EXAMPLES = (
    ("tools/explain RUN", "predicted and measured time of each program of a run of tools/bench"),
    ("tools/explain RUN --profile", "and what else the time goes to where the prediction is off"),
    ("tools/explain RUN RUN", "which opcodes the difference between two runs comes from"),
    ("tools/explain RUN", "the same for a run of tools/compare"),
    ("tools/explain MACRO_RUN --costs MICRO_RUN --only 'n*'", "costs of opcodes from another run"),
)
EPILOG = """\
The model: start-up + how often each opcode runs on operands of each kind * what that costs + C functions. Costs
are solved from summary.csv, counts are those of operands.csv, which is written into the run when it is missing
(one run of each program with krait --stats=operands); model.csv keeps the predictions. The clock of that run measures what no row of summary.csv
executes, and executions of 500 ns or more: `clocked`. Intervals are those of the costs and 10 % of what was clocked."""
LARGE = 0.15  # errors beyond it are worth a look


def parse_arguments(argv):
    parser = command.parser("explain", __doc__.split(": ", 1)[1], EXAMPLES, (command.EXIT_USAGE, command.EXIT_INTERRUPTED), EPILOG)
    parser.add_argument("run", nargs="+", metavar="RUN", help="a folder, a RUN_ID or its beginning, latest, latest~1, baseline; two: what the second takes more or less")
    parser.add_argument("--costs", metavar="RUN", help="the run with the costs of opcodes, if RUN has none")
    command.add(parser, "dispatch", "only", dispatch={"type": str, "help": "the engine (default: direct, or what the run has)"}, only={"help": "only programs that match; several by commas"})
    parser.add_argument("--form", choices=["tuned", "plain"], default="tuned", help="of the opcodes' costs (default: tuned, as programs run)")
    parser.add_argument("--clock", choices=["median", "min", "user"], default="median", help="what of macro.csv is measured time; user: processor time (default: median)")
    parser.add_argument("--profile", action="store_true", help=f"profile programs whose prediction is off by more than {100 * LARGE:.0f} %%")
    parser.add_argument("--top", metavar="N", type=command.positive, default=15, help="rows of each table (default 15)")
    command.add(parser, "json", "quiet", "build", "no-setup", "no-build")
    arguments = parser.parse_args(argv)
    if len(arguments.run) > 2:
        parser.error("one run, or two")
    return arguments


def find(text):
    """The folder of a run."""
    return text if os.path.isdir(text) else store.Ledger().find(text).folder


def engine_of(folders, wanted):
    """(technique, compiler): what --dispatch names, else direct, else the first that the runs have."""
    for folder in folders:
        known = []
        for name, columns in (("macro.csv", ("parameter_technique", "parameter_engine_compiler")), ("summary.csv", ("technique", "engine_compiler")), ("compare.csv", ("technique", "engine_compiler"))):
            path = os.path.join(folder, name)
            for row in tables.read(path) if os.path.isfile(path) else ():
                if row[columns[0]]:
                    known.append((row[columns[0]], row[columns[1]]))
        known = list(dict.fromkeys(known))
        for pair in known:
            if wanted in (pair[0], ":".join(pair)) or (not wanted and pair[0] == "direct"):
                return pair
        if known and not wanted:
            return known[0]
    raise CommandError(f"no engine '{wanted}' in {', '.join(folders)}" if wanted else f"{folders[0]}: nothing was measured there")


def kept(what, write):
    """Writes a file into the run; a run that cannot be written stays as it is."""
    try:
        write()
    except OSError as problem:
        print(f"tools/explain: {what} are not kept: {problem}", file=sys.stderr)


class Counter:
    """Counts of programs: those that a run has, else counted now and written into it."""

    def __init__(self, arguments, engine):
        self.arguments, self.engine = arguments, engine
        self._krait = None

    def krait(self):
        if not self._krait:
            arguments = self.arguments
            build = arguments.build or (os.path.join(ROOT, "build", "release") if arguments.no_build else command.build_release())
            self._krait = os.path.join(build, "krait")
            if not os.access(self._krait, os.X_OK):
                raise CommandError(f"{build} holds no krait command")
        return self._krait

    def counts(self, folder, wanted):
        """{(program, size): Counts} for the pairs that are wanted."""
        known = cost_model.read_counts(folder)
        missing = [pair for pair in wanted if pair not in known]
        stream = open(os.devnull, "w", encoding="utf-8") if self.arguments.quiet else sys.stderr  # pylint: disable=consider-using-with
        progress = Progress("counting opcodes", max(len(missing), 1), stream)
        for program, size in missing:
            path = cost_model.program_path(program)
            if not os.path.isfile(path):
                raise CommandError(f"{folder}: macrobench/ has no program '{program}' any more")
            known[program, size] = cost_model.count(self.krait(), ":".join(self.engine), [path, size])
            progress.step(program)
        if missing:
            self._write(folder, known)
        return {pair: known[pair] for pair in wanted}

    @staticmethod
    def _write(folder, known):
        """operands.csv for the next time."""
        kept("counts", lambda: cost_model.write_counts(folder, known))

    def startup(self):
        """Seconds of a program that does nothing: the median of a few runs."""
        times = []
        for _ in range(7):
            started = time.perf_counter()
            subprocess.run([self.krait(), "-c", "pass"], check=True)
            times.append(time.perf_counter() - started)
        return sorted(times)[3]


def listing(counter, form, option):
    """What krait-microbench lists of its bodies in a form, as dicts; [] without it."""
    microbench = os.path.join(os.path.dirname(counter.krait()), "krait-microbench")
    done = subprocess.run([microbench, option, f"--form={form}"], capture_output=True, text=True, check=False) if os.path.exists(microbench) else None
    return list(csv.DictReader(done.stdout.splitlines())) if done and done.returncode == 0 else []


def executed(counter, form):
    """{bench: (instruction, times a copy executes it)}"""
    rows = listing(counter, form, "--executed")
    return {f"{row['opcode']}.{row['variant']}": (row["instruction"], int(row["executed"]) - int(row["baseline"])) for row in rows if row["instruction"]}


def costs_of(folder, engine, counter, form):
    """The Costs of a run."""
    bodies = {}
    for of in dict.fromkeys((form, "plain")):
        for row in listing(counter, of, "--kinds"):
            cells = bodies.setdefault((of, row["bench"]), {})
            cell = (row["instruction"], row["kinds"])
            cells[cell] = cells.get(cell, 0) + (1 if row["body"] == "body" else -1) * int(row["count"])
    return cost_model.Costs(folder, *engine, form, bodies)


def predictions(folder, costs, counter, arguments):
    """[Prediction] of the run's programs, by name."""
    technique, compiler = counter.engine
    measured = cost_model.programs(folder, technique, compiler, arguments.clock)
    measured = {pair: seconds for pair, seconds in measured.items() if command.matches(pair[0], arguments.only)}
    if not measured:
        raise CommandError(f"{folder}: no program was measured under {technique}:{compiler}" + (f" that matches '{arguments.only}'" if arguments.only else ""))
    counts = counter.counts(folder, measured)
    startup = cost_model.read_startup(folder)
    if math.isnan(startup):
        startup = counter.startup()
    return [cost_model.Prediction(program, size, counts[program, size], costs, startup, seconds) for (program, size), seconds in sorted(measured.items())]


def profiled(prediction, engine):
    """{part: share} of what is no opcode, from a profile; {} where that cannot be made."""
    line = [os.path.join(ROOT, "tools", "profile"), "--no-setup", "--no-build", "--no-python", "--no-counts", "--json", "-q", "--seconds", "0.5"]
    line += ["--dispatch", ":".join(engine), "--out", os.devnull + ".d", cost_model.program_path(prediction.program), "--", prediction.size]
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        line[line.index("--out") + 1] = folder
        done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return {}
    rows = json.loads(done.stdout)["rows"]
    places = [row for row in rows if row["kind"] not in ("helper", "function", "line")]
    total = sum(row["total"] for row in places) or 1
    inside = sum(row["total"] - row["self"] for row in places if row["kind"] in ("opcode", "shared", "dispatch"))
    found = {"C functions": inside / total, "outside the engine": sum(row["total"] for row in places if row["kind"] == "outside") / total}
    for row in sorted((row for row in rows if row["kind"] == "helper"), key=lambda row: -row["self"])[:3]:
        found[row["name"]] = row["self"] / total
    return found


def model(arguments, folder):
    """One run: predicted and measured."""
    costs_folder = find(arguments.costs) if arguments.costs else folder
    engine = engine_of([folder], arguments.dispatch)
    counter = Counter(arguments, engine)
    costs = costs_of(costs_folder, engine, counter, arguments.form)
    found = predictions(folder, costs, counter, arguments)
    error = cost_model.median_error(found)
    if not arguments.only:
        kept("predictions", lambda: cost_model.write_predictions(folder, costs, found))
    shares = {}
    for prediction in found:
        if arguments.profile and abs(prediction.error) > LARGE:
            shares[prediction.program] = profiled(prediction, engine)
    if arguments.json:
        rows = [
            {
                "program": item.program, "size": item.size, "predicted_s": item.seconds, "half_interval_s": item.half, "measured_s": item.measured,
                "residual_s": item.residual, "error": item.error, "startup_s": item.startup, "opcodes_s": item.opcodes, "long_s": item.explained.long,
                "in_place_s": item.explained.in_place, "guessed_s": item.explained.guessed, "parts_s": item.parts, "profile": shares.get(item.program, {}),
            }
            for item in found
        ]  # fmt: skip
        return {"engine": ":".join(engine), "form": arguments.form, "context": costs.context, "median_absolute_error": error, "programs": rows}, []
    lines = [f"{':'.join(engine)}, {arguments.form} form, costs of context '{costs.context}' ({costs_folder}), seconds:"]
    lines.append(f"  {'program':18} {'predicted':>9}  {'[95 %]':16} {'clocked':>8} {'measured':>8} {'residual':>8} {'error':>7}  {'largest parts'}")
    for item in found:
        largest = sorted([*item.parts.items(), (cost_model.LONG, item.explained.long)], key=lambda part: -part[1])[:3]
        parts = ", ".join(f"{name} {100 * seconds / item.seconds:.0f} %" for name, seconds in largest)
        bounds = f"[{item.seconds - item.half:.3f}, {item.seconds + item.half:.3f}]"
        lines.append(f"  {item.program:18} {item.seconds:9.3f}  {bounds:16} {item.clocked:8.3f} {item.measured:8.3f} {item.residual:+8.3f} {100 * item.error:+6.1f} %  {parts}")
        if shares.get(item.program):
            lines.append(f"  {'':18} profile: " + ", ".join(f"{name} {100 * share:.0f} %" for name, share in shares[item.program].items()))
    lines.append(f"median absolute error: {100 * error:.1f} % over {len(found)} programs")
    return None, lines


def difference_line(item, total):
    mark = "*" if item.is_sure else " "
    share = f"{100 * item.seconds / total:6.1f} %" if total else "      -"
    each = "-" if math.isnan(item.ns) else f"{item.ns:+.3f}"
    return f"  {1e3 * item.seconds:+10.3f} {mark} [{1e3 * (item.seconds - item.half):+.3f}, {1e3 * (item.seconds + item.half):+.3f}] {share}  {each:>9}  {item.executed:>13}  {item.instruction}"


HEAD = f"  {'ms':>10}   {'[95 %]':20} {'of all':>6}  {'ns each':>9}  {'executed':>13}  instruction"


def summed(by_program):
    """[Difference] over programs: the same instruction's seconds added up."""
    found = {}
    for items in by_program.values():
        for item in items:
            known = found.setdefault(item.instruction, cost_model.Difference(item.instruction, 0, item.ns, 0.0, 0.0))
            known.executed += item.executed
            known.seconds += item.seconds
            known.half += item.half  # one cost serves all programs: errors add up
    return sorted(found.values(), key=lambda item: -abs(item.seconds))


def as_json(by_program, overall):
    def row(item):
        return {"instruction": item.instruction, "executed": item.executed, "ns": item.ns, "seconds": item.seconds, "half_interval": item.half, "sure": item.is_sure}

    return {"overall": [row(item) for item in overall], "programs": {name: [row(item) for item in items] for name, items in by_program.items()}}


def ranking(by_program, measured, arguments):
    """The lines of a difference. `measured` maps programs to seconds (head less base), or lacks them."""
    overall = summed(by_program)
    total = sum(abs(item.seconds) for item in overall)
    yield HEAD
    for item in overall[: arguments.top]:
        yield difference_line(item, total)
    yield "\nby program: what the opcodes explain, what was measured, the largest parts (ms)"
    for program, items in sorted(by_program.items(), key=lambda pair: -abs(sum(item.seconds for item in pair[1]))):
        explained = sum(item.seconds for item in items)
        seen = f"{1e3 * measured[program]:+9.2f}" if program in measured else f"{'-':>9}"
        parts = ", ".join(f"{item.instruction} {1e3 * item.seconds:+.2f}" for item in items[:3] if item.seconds)
        yield f"  {program:18} {1e3 * explained:+9.2f} {seen}  {parts}"


def compare_runs(arguments, base, head):
    """Two runs of tools/bench."""
    engine = engine_of([head, base], arguments.dispatch)
    counter = Counter(arguments, engine)
    given = find(arguments.costs) if arguments.costs else None
    costs = [costs_of(given or folder, engine, counter, arguments.form) for folder in (base, head)]
    by_run = [{item.program: item for item in predictions(folder, cost, counter, arguments)} for folder, cost in zip((base, head), costs)]
    common = [program for program in by_run[0] if program in by_run[1]]
    if not common:
        raise CommandError(f"{base} and {head} have no program in common")
    by_program = {program: cost_model.differences(by_run[0][program].counts, by_run[1][program].counts, *costs) for program in common}
    measured = {program: by_run[1][program].measured - by_run[0][program].measured for program in common}
    if arguments.json:
        return dict(as_json(by_program, summed(by_program)), engine=":".join(engine), measured=measured), []
    return None, [f"{head} less {base}, {':'.join(engine)}; * beyond the 95 % interval", *ranking(by_program, measured, arguments)]


def explain_comparison(arguments, folder):
    """A run of tools/compare: what each opcode became dearer by, times how often programs execute it."""
    engine = engine_of([folder], arguments.dispatch)
    raw = os.path.join(folder, "raw.csv")
    rows = [row for row in (tables.read(raw) if os.path.isfile(raw) else ()) if (row["technique"], row["engine_compiler"]) == engine]
    counter = Counter(arguments, engine)
    form = next((row["form"] for row in rows if row["suite"] == "micro"), arguments.form)
    changed = cost_model.changes(rows, executed(counter, form))
    if not changed:
        raise CommandError(f"{folder}: no opcode was compared under {':'.join(engine)}; tools/compare without --only compares them too")
    sizes = {row["program"]: row["test_size"] for row in tables.read(os.path.join(ROOT, "macrobench", "manifest.csv"))}
    wanted = [(program, size) for program, size in sizes.items() if command.matches(program, arguments.only)]
    if not wanted:
        raise CommandError(f"no program matches '{arguments.only}'")
    by_program = {}
    for (program, _), counts in counter.counts(folder, wanted).items():
        items = []
        for name, (ns, half) in changed.items():
            times = counts.executed.get(name, 0)
            items.append(cost_model.Difference(name, times, ns, times * ns / 1e9, times * half / 1e9))
        by_program[program] = sorted(items, key=lambda item: -abs(item.seconds))
    if arguments.json:
        return dict(as_json(by_program, summed(by_program)), engine=":".join(engine)), []
    verdicts = [row for row in tables.read(os.path.join(folder, "compare.csv")) if row["verdict"] in ("REGRESSED", "IMPROVED") and (row["technique"], row["engine_compiler"]) == engine]
    lines = [f"{row['bench']}: {row['verdict']}, ratio {float(row['ratio']):.3f}" for row in verdicts]
    lines += [f"head less base, {':'.join(engine)}, {form} form, programs at test size; * beyond the 95 % interval"]
    return None, [*lines, *ranking(by_program, {}, arguments)]


def main(argv):
    arguments = parse_arguments(argv)
    folders = [find(text) for text in arguments.run]
    try:
        if len(folders) == 2:
            document, lines = compare_runs(arguments, *folders)
        elif os.path.isfile(os.path.join(folders[0], "compare.csv")):
            document, lines = explain_comparison(arguments, folders[0])
        else:
            document, lines = model(arguments, folders[0])
    except (engines.UnknownEngine, tables.schema.Invalid) as problem:
        raise CommandError(str(problem)) from None
    if document is not None:
        json.dump(document, sys.stdout, indent=1)
        print()
    for line in lines:
        print(line)
    return command.EXIT_OK


if __name__ == "__main__":
    command.run("explain", main)
