"""The cost model: what opcodes cost (a run of krait-microbench) times how often they run (krait
--stats=operands) predicts what a program takes.

    seconds = start-up + sum over cells of count * cost + time of executions of 500 ns or more

A cell is an instruction with the kinds of its operands ("BINARY_OP + str str", "CALL list.append"). What it
costs is solved from all rows of summary.csv together: a row is what a copy of its body takes longer than one of
its baseline, and krait-microbench --kinds says how often that executes each cell. The solution is the least
squares one without negative costs. Bodies leave the stack as they found it, so one degree of freedom is open:
an instruction that pushes could cost more and all that pop less. Programs are balanced too, so it does not
matter to them; the smallest solution is taken.

A cell that no row executes (a sort, str.join) is measured in place, by the clock of the counting run, less what
counting adds there to cells whose cost is known. And an execution of 500 ns or more is no matter of its opcode
but of the C function behind it or of the collector: it counts with its own time everywhere. Both are
measurements, not predictions, and stand in columns of their own. What the model leaves out stands in the
residual: caches, and branches that are predicted worse than in a loop of one opcode.
"""

import collections
import json
import math
import os
import statistics
import subprocess

import numpy

from benchmarking import tables
from benchmarking.command import ROOT, CommandError

# The first that a run has: where programs loop, branches are predicted as in a body that repeats.
CONTEXTS = ("mono", "mix", "fresh", "")
DRAWS = 200  # of the rows within their intervals, for the intervals of predictions
RELATIVE_ERROR = 0.03  # of a row beyond its interval: instructions overlap
SMALLEST_NS = 0.1  # likewise
SMALLNESS = 1e-4  # weight of the wish for small costs, which decides only what the rows leave open
CLOCK_ERROR = 0.1  # standard deviation of what one counting run measured, relative
LONG = "executions of 500 ns or more"
FEW = 1000  # executions of a cell in a program that say what counting costs


def _number(text):
    return float(text) if text else math.nan


class Costs:
    """The costs that a run holds for one engine and form. `bodies` says what a row executes: {(form, bench):
    {(instruction, kinds): times a copy of the body executes it more than one of its baseline}}; a row that it
    lacks is taken to execute its opcode once."""

    def __init__(self, folder, technique, compiler, form="tuned", bodies=None):
        self.folder, self.engine, self.form = folder, (technique, compiler), form
        self.context, self.cells = "", {}
        rows, values, deviations = [], [], []
        for wanted in dict.fromkeys((form, "plain")):
            for row in self._rows("summary.csv", wanted):
                known = (bodies or {}).get((wanted, row["bench"])) or {(row["opcode"], ""): 1}
                rows.append({self.cells.setdefault(cell, len(self.cells)): times for cell, times in known.items()})
                values.append(float(row["median_ns"]))
                width = _number(row["ci_hi_ns"]) - _number(row["ci_lo_ns"])
                deviations.append(0.0 if math.isnan(width) else width / 3.92)
        if not rows:
            raise CommandError(f"{folder}: no costs of opcodes for {technique}:{compiler} in {form} form (summary.csv has no such row)")
        self._solve(rows, numpy.array(values), numpy.array(deviations))
        self.by_instruction = collections.defaultdict(list)
        for (instruction, _), column in self.cells.items():
            self.by_instruction[instruction].append(column)

    def _rows(self, name, form):
        """The rows of a file for this engine and form, in the first context of CONTEXTS that has half of them."""
        path = os.path.join(self.folder, name)
        rows = tables.read(path) if os.path.isfile(path) else []
        rows = [row for row in rows if ((row["technique"], row["engine_compiler"]), row["form"]) == (self.engine, form) and row["median_ns"]]
        known = collections.Counter(row["context"] for row in rows)
        context = next((context for context in CONTEXTS if known[context] and 2 * known[context] >= max(known.values())), "")
        self.context = self.context or context
        return [row for row in rows if row["context"] == context]

    def _solve(self, rows, values, deviations):
        """self.ns, the cost of each cell, and self.draws, the same for rows drawn within their intervals."""
        from scipy import optimize  # late: it takes half a second to load

        matrix = numpy.zeros((len(rows), len(self.cells)))
        for number, row in enumerate(rows):
            for column, times in row.items():
                matrix[number, column] = times
        weights = 1 / numpy.hypot(deviations, RELATIVE_ERROR * numpy.abs(values) + SMALLEST_NS)
        small = SMALLNESS * numpy.eye(len(self.cells))
        weighted = numpy.vstack([matrix * weights[:, None], small])

        def solve(times):
            return optimize.nnls(weighted, numpy.concatenate([times * weights, numpy.zeros(len(self.cells))]), maxiter=100 * len(self.cells))[0]

        generator = numpy.random.default_rng(1)
        self.ns = solve(values)
        self.draws = numpy.array([solve(values + deviations * generator.standard_normal(len(values))) for _ in range(DRAWS)])

    def column(self, cell):
        """Where a cell stands in `ns`; None if no row executes it."""
        return self.cells.get(cell)

    def guess(self, instruction):
        """ns of an instruction whose cell is unknown and was not timed: the median of its cells, of its family,
        of all."""
        columns = self.by_instruction.get(instruction)
        if not columns:
            family = [name for name in self.by_instruction if name.startswith(f"{instruction}_") or instruction.startswith(f"{name}_")]
            columns = [column for name in family for column in self.by_instruction[name]] or list(self.cells.values())
        return float(numpy.median(self.ns[columns]))


def _weighted_median(pairs):
    """Of (value, weight); 0 of none."""
    half, passed = sum(weight for _, weight in pairs) / 2, 0
    for value, weight in sorted(pairs):
        passed += weight
        if passed >= half:
            return value
    return 0.0


class Cell:
    """How often a cell was executed and how long, in ns; of these the executions of 500 ns or more. ns is nan
    where nobody looked at the clock."""

    __slots__ = ("executed", "ns", "executed_long", "ns_long")

    def __init__(self, executed, ns=math.nan, executed_long=0, ns_long=0.0):
        self.executed, self.ns, self.executed_long, self.ns_long = executed, ns, executed_long, ns_long

    @property
    def short(self):
        return self.executed - self.executed_long

    @property
    def short_ns(self):
        return self.ns - self.ns_long


class Counts:
    """What one run of a program executed: {(instruction, kinds): Cell}."""

    def __init__(self, cells):
        self.cells = cells

    @property
    def executed(self):
        """{instruction: times}"""
        found = collections.Counter()
        for (instruction, _), cell in self.cells.items():
            found[instruction] += cell.executed
        return found

    def _timed(self):
        return [(key, cell) for key, cell in self.cells.items() if cell.short >= FEW and not math.isnan(cell.ns)]

    def overhead(self, costs):
        """ns that counting adds to an execution: the median over those of cells whose cost is known."""
        known = [(cell.short_ns / cell.short - float(costs.ns[costs.column(key)]), cell.short) for key, cell in self._timed() if costs.column(key) is not None]
        return max(_weighted_median(known), 0.0)

    def long_seconds(self):
        """What executions of 500 ns or more took, less interrupts: these strike whatever runs, so their share
        of time is that of the typical execution, which is of an instruction that cannot take long."""
        share = _weighted_median([(cell.ns_long / cell.short_ns, cell.short) for _, cell in self._timed() if cell.short_ns])
        return sum(max(cell.ns_long - share * cell.short_ns, 0.0) for cell in self.cells.values() if cell.ns_long) / 1e9


def count(krait, engine, arguments):
    """Runs a program with --stats=operands: Counts."""
    line = [krait, f"--dispatch={engine}", "--stats=operands", "--json", *arguments]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", env=dict(os.environ, PYTHONHASHSEED="0"), check=False)
    start = done.stderr.find('{\n  "technique"')
    if done.returncode != 0 or start < 0:
        raise CommandError(f"{' '.join(line)} failed:\n  " + "\n  ".join(done.stderr.strip().splitlines()[-5:]))
    document = json.loads(done.stderr[start:])
    return Counts({(row["instruction"], row["kinds"]): Cell(row["executed"], row["ns"], row["executed_long"], row["ns_long"]) for row in document["operands"]})


def read_counts(folder):
    """{(program, arguments): Counts} of a run's operands.csv."""
    path = os.path.join(folder, "operands.csv")
    found = {}
    for row in tables.read(path) if os.path.isfile(path) else ():
        cells = found.setdefault((row["program"], row["arguments"]), Counts({})).cells
        cells[row["instruction"], row["kinds"]] = Cell(int(row["executed"]), _number(row["ns"]), int(row["executed_long"] or 0), float(row["ns_long"] or 0))
    return found


def write_counts(folder, known):
    """operands.csv of {(program, arguments): Counts}."""
    run_id = os.path.basename(os.path.abspath(folder))
    rows = []
    for (program, size), counts in known.items():
        for (instruction, kinds), cell in sorted(counts.cells.items(), key=lambda item: -item[1].executed):
            row = {"schema": tables.SCHEMA, "run_id": run_id, "program": program, "arguments": size, "instruction": instruction, "kinds": kinds, "executed": cell.executed}
            if not math.isnan(cell.ns):
                row.update(ns=f"{cell.ns:.0f}", executed_long=cell.executed_long, ns_long=f"{cell.ns_long:.0f}")
            rows.append(row)
    tables.write(os.path.join(folder, "operands.csv"), tables.OPERANDS, rows)


def read_startup(folder):
    """The start-up time of a run's resources.csv in seconds; nan: not there."""
    path = os.path.join(folder, "resources.csv")
    startup = math.nan
    for row in tables.read(path) if os.path.isfile(path) else ():
        if row.get("startup_s") and row.get("technique"):
            startup = float(row["startup_s"])
    return startup


class Explained:
    """Seconds of a program by instruction: `parts`, with `deviations`; of them `in_place` were measured in the
    counting run and `guessed` taken from like instructions; `long` seconds were no matter of opcodes."""

    def __init__(self, counts, costs):
        self.parts, self.deviations = collections.defaultdict(float), collections.defaultdict(float)
        self.in_place = self.guessed = 0.0
        overhead, drawn = counts.overhead(costs), collections.defaultdict(float)
        for (instruction, kinds), cell in counts.cells.items():
            column = costs.column((instruction, kinds))
            if column is not None:
                seconds = cell.short * float(costs.ns[column]) / 1e9
                drawn[instruction] = drawn[instruction] + cell.short * costs.draws[:, column] / 1e9
            elif math.isnan(cell.ns):
                seconds = cell.short * costs.guess(instruction) / 1e9
                self.guessed += seconds
            else:
                seconds = max(cell.short_ns - overhead * cell.short, 0.0) / 1e9
                self.in_place += seconds
                self.deviations[instruction] = math.hypot(self.deviations[instruction], CLOCK_ERROR * seconds)
            self.parts[instruction] += seconds
        self.long = counts.long_seconds()
        for name, values in drawn.items():
            self.deviations[name] = math.hypot(self.deviations[name], float(numpy.std(values)))
        of_costs = float(numpy.std(sum(drawn.values()))) if drawn else 0.0
        self.deviation = math.hypot(of_costs, CLOCK_ERROR * self.in_place, CLOCK_ERROR * self.long)


class Prediction:
    """One program: `parts` maps instructions to seconds; `measured` may be nan."""

    def __init__(self, program, size, counts, costs, startup, measured):
        self.program, self.size, self.counts, self.measured, self.startup = program, size, counts, measured, startup
        self.explained = Explained(counts, costs)
        self.half = 1.96 * self.explained.deviation  # of its 95 % interval

    @property
    def parts(self):
        return dict(self.explained.parts)

    @property
    def opcodes(self):
        return sum(self.explained.parts.values())

    @property
    def clocked(self):
        """Seconds that were measured in the counting run: C functions and the collector."""
        return self.explained.in_place + self.explained.long

    @property
    def seconds(self):
        return self.startup + self.opcodes + self.explained.long

    @property
    def residual(self):
        """What was measured less what was predicted, in seconds."""
        return self.measured - self.seconds

    @property
    def error(self):
        """Of the prediction, relative to what was measured."""
        return self.seconds / self.measured - 1 if self.measured else math.nan


def write_predictions(folder, costs, predictions):
    """model.csv of a run."""
    technique, compiler = costs.engine
    known = {"schema": tables.SCHEMA, "run_id": os.path.basename(os.path.abspath(folder)), "technique": technique, "engine_compiler": compiler, "form": costs.form, "context": costs.context}
    rows = []
    for item in predictions:
        figures = {
            "predicted_s": item.seconds, "ci_lo_s": item.seconds - item.half, "ci_hi_s": item.seconds + item.half, "startup_s": item.startup, "opcodes_s": item.opcodes,
            "in_place_s": item.explained.in_place, "long_s": item.explained.long, "measured_s": item.measured,
        }  # fmt: skip
        rows.append({**known, "program": item.program, "arguments": item.size, **{key: f"{value:.6f}" for key, value in figures.items()}})
    tables.write(os.path.join(folder, "model.csv"), tables.MODEL, rows)


def programs(folder, technique, compiler, clock="median"):
    """{(program, size): seconds} of a run's macro.csv for one engine; `clock` is a column: median, min, user."""
    path = os.path.join(folder, "macro.csv")
    found = {}
    for row in tables.read(path) if os.path.isfile(path) else ():
        if (row["parameter_technique"], row["parameter_engine_compiler"]) == (technique, compiler) and row[clock]:
            extra = float(row["system"] or 0) if clock == "user" else 0.0
            found[row["parameter_bench"], row["parameter_size"]] = float(row[clock]) + extra
    return found


def program_path(program):
    return os.path.join(ROOT, "macrobench", "programs", f"{program}.py")


def median_error(predictions):
    """Median of the absolute relative errors; nan if none is known."""
    errors = [abs(prediction.error) for prediction in predictions if not math.isnan(prediction.error)]
    return statistics.median(errors) if errors else math.nan


class Difference:
    """What one instruction contributes to the difference between two arms of a program."""

    __slots__ = ("instruction", "executed", "ns", "seconds", "half")

    def __init__(self, instruction, executed, ns, seconds, half):
        self.instruction, self.executed, self.ns, self.seconds, self.half = instruction, executed, ns, seconds, half

    @property
    def is_sure(self):
        """Whether its 95 % interval excludes 0."""
        return abs(self.seconds) > self.half


def differences(base_counts, head_counts, base_costs, head_costs):
    """[Difference], the largest first: what head's instructions take less what base's do. Costs of the two are
    independent."""
    base, head = Explained(base_counts, base_costs), Explained(head_counts, head_costs)
    before, after = base_counts.executed, head_counts.executed
    found = []
    for name in dict.fromkeys([*before, *after]):
        each = [explained.parts[name] / max(times[name], 1) for explained, times in ((base, before), (head, after))]
        half = 1.96 * math.hypot(base.deviations[name], head.deviations[name])
        found.append(Difference(name, after[name], 1e9 * (each[1] - each[0]), head.parts[name] - base.parts[name], half))
    if base.long or head.long:
        executed = sum(cell.executed_long for cell in head_counts.cells.values())
        half = 1.96 * CLOCK_ERROR * math.hypot(base.long, head.long)
        found.append(Difference(LONG, executed, math.nan, head.long - base.long, half))
    return sorted(found, key=lambda item: -abs(item.seconds))


def changes(rows, executed):
    """{instruction: (ns of one execution, half of the 95 % interval)} by which arm B is dearer than A in the
    micro rows of a comparison's raw.csv: paired by round; a body holds `copies` of its opcode. `executed`:
    {bench: (instruction, times a copy executes it)}."""
    pairs = collections.defaultdict(dict)
    for row in rows:
        if row["suite"] == "micro" and row["copies"] and row["arm"] in ("A", "B"):
            key = (row["bench"], row["block"], row["round"] or row["process"])
            pairs[key][row["arm"]] = float(row["median_ns"]) / int(row["copies"])
    by_bench = collections.defaultdict(list)
    for (bench, _, _), arms in pairs.items():
        if len(arms) == 2:
            by_bench[bench].append(arms["B"] - arms["A"])
    found = collections.defaultdict(list)
    for bench, values in by_bench.items():
        middle = statistics.median(values)
        spread = statistics.median(abs(value - middle) for value in values)
        half = 1.96 * 1.2533 * 1.4826 * spread / math.sqrt(len(values))  # of a median, from the median deviation
        name, times = executed.get(bench, (bench.split(".", 1)[0], 1))
        found[name].append((middle / max(times, 1), half / max(times, 1)))
    return {name: tuple(statistics.median(values) for values in zip(*known)) for name, known in found.items()}
