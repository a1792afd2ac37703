"""The cost model: what opcodes cost (a run of krait-microbench) times how often they run (krait --stats)
predicts what a program takes.

    seconds = start-up + sum over instructions of count * cost + pauses of the collector

What an instruction costs stands in summary.csv: the difference between a body and its baseline, divided by
how often a copy executes the instruction. (costs.csv does not serve: what it solves is determined up to a
shift from what pushes to what pops, another one in each form.) Instructions that are the same in both forms
may have rows in the plain form alone. Several rows of one instruction (a CALL of a
function, of a class, of a builtin) are weighed alike: their median is taken, since counts do not tell them
apart. An instruction without a row has the cost of its family's rows, or of its opcode's. What the model
leaves out stands in the residual: C functions that take longer than in the benchmark's case (a sort, a big
integer), caches, and branches that are predicted worse than in a loop of one opcode.
"""

import collections
import json
import math
import os
import statistics
import subprocess

from benchmarking import tables
from benchmarking.command import ROOT, CommandError

# The first that a run has: where programs loop, branches are predicted as in a body that repeats.
CONTEXTS = ("mono", "mix", "fresh", "")


class Cost:
    """Nanoseconds of one execution with a 95 % interval; `source` says what it was taken from."""

    __slots__ = ("ns", "low", "high", "source")

    def __init__(self, ns, low, high, source):
        self.ns, self.low, self.high, self.source = ns, low, high, source

    @property
    def deviation(self):
        """Standard deviation, from the interval; 0 where there is none."""
        return (self.high - self.low) / 3.92 if self.high > self.low else 0.0


def _number(text):
    return float(text) if text else math.nan


def _cost(ns, low, high, source):
    ns = max(ns, 0.0)  # what cannot be told from nothing may come out below it
    known = not (math.isnan(low) or math.isnan(high))
    return Cost(ns, max(low, 0.0) if known else ns, max(high, 0.0) if known else ns, source)


def _middle(costs, source):
    """Of several rows: the median of each figure."""
    return Cost(*(statistics.median(values) for values in zip(*((cost.ns, cost.low, cost.high) for cost in costs))), source)


class Costs:
    """The costs that a run holds for one engine and form. `repeats` says how often a copy of a body executes
    its instruction, {(form, bench): times} (1 where it is silent)."""

    def __init__(self, folder, technique, compiler, form="tuned", repeats=None):
        self.folder, self.engine, self.form, self.repeats = folder, (technique, compiler), form, repeats or {}
        self.context, self.by_instruction = "", {}
        for wanted in dict.fromkeys((form, "plain")):
            for name, cost in self._form(wanted).items():
                self.by_instruction.setdefault(name, cost)
        if not self.by_instruction:
            raise CommandError(f"{folder}: no costs of opcodes for {technique}:{compiler} in {form} form (summary.csv has no such row)")

    def _rows(self, name, form):
        """The rows of a file for this engine and form, in the first context of CONTEXTS that it has."""
        path = os.path.join(self.folder, name)
        rows = tables.read(path) if os.path.isfile(path) else []
        rows = [row for row in rows if ((row["technique"], row["engine_compiler"]), row["form"]) == (self.engine, form)]
        context = next((context for context in CONTEXTS if any(row["context"] == context for row in rows)), "")
        return context, [row for row in rows if row["context"] == context]

    def _form(self, form):
        """{instruction: Cost} of one form."""
        context, rows = self._rows("summary.csv", form)
        self.context = self.context or context
        found = collections.defaultdict(list)
        for row in rows:
            if row["median_ns"]:
                times = max(self.repeats.get((form, row["bench"]), 1), 1)
                figures = (float(row["median_ns"]), _number(row["ci_lo_ns"]), _number(row["ci_hi_ns"]))
                found[row["opcode"]].append(_cost(*(figure / times for figure in figures), "own"))
        return {name: _middle(costs, "own") for name, costs in found.items()}

    def of(self, instruction):
        """The Cost of an instruction; of its family or of all rows if it has none of its own."""
        if instruction in self.by_instruction:
            return self.by_instruction[instruction]
        family = [cost for name, cost in self.by_instruction.items() if name.startswith(f"{instruction}_") or instruction.startswith(f"{name}_")]
        if family:
            return _middle(family, "family")
        return _middle(list(self.by_instruction.values()), "all")


class Counts:
    """What one run of a program executed: {instruction: times}, and the collector's pauses in seconds."""

    def __init__(self, executed, pauses=0.0):
        self.executed, self.pauses = executed, pauses


def count(krait, engine, arguments):
    """Runs a program with --stats: Counts."""
    line = [krait, f"--dispatch={engine}", "--stats", "--json", *arguments]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", env=dict(os.environ, PYTHONHASHSEED="0"), check=False)
    start = done.stderr.find('{\n  "technique"')
    if done.returncode != 0 or start < 0:
        raise CommandError(f"{' '.join(line)} failed:\n  " + "\n  ".join(done.stderr.strip().splitlines()[-5:]))
    document = json.loads(done.stderr[start:])
    return Counts(document["opcodes"], document["pause_total_ns"] / 1e9)


def read_counts(folder):
    """{(program, arguments): Counts} of a run's counts.csv; pauses are not known there."""
    path = os.path.join(folder, "counts.csv")
    found = {}
    for row in tables.read(path) if os.path.isfile(path) else ():
        found.setdefault((row["program"], row["arguments"]), Counts({})).executed[row["opcode"]] = int(row["executed"])
    return found


def read_pauses(folder):
    """{(program, size): seconds} of a run's resources.csv, and its start-up in seconds (nan: not there)."""
    path = os.path.join(folder, "resources.csv")
    pauses, startup = {}, math.nan
    for row in tables.read(path) if os.path.isfile(path) else ():
        if row.get("gc_pause_total_ms"):
            pauses[row["program"], row["size"]] = float(row["gc_pause_total_ms"]) / 1e3
        if row.get("startup_s") and row.get("technique"):
            startup = float(row["startup_s"])
    return pauses, startup


class Prediction:
    """One program: `parts` maps instructions to seconds; `measured` may be nan."""

    def __init__(self, program, size, counts, costs, startup, measured):
        self.program, self.size, self.counts, self.measured = program, size, counts, measured
        self.startup, self.pauses = startup, counts.pauses
        self.parts = {name: times * costs.of(name).ns / 1e9 for name, times in counts.executed.items()}
        variance = sum((times * costs.of(name).deviation / 1e9) ** 2 for name, times in counts.executed.items())
        self.half = 1.96 * math.sqrt(variance)  # of its 95 % interval
        self.guessed = sum(seconds for name, seconds in self.parts.items() if costs.of(name).source in ("family", "all"))

    @property
    def opcodes(self):
        return sum(self.parts.values())

    @property
    def seconds(self):
        return self.startup + self.opcodes + self.pauses

    @property
    def residual(self):
        """What was measured less what was predicted, in seconds."""
        return self.measured - self.seconds

    @property
    def error(self):
        """Of the prediction, relative to what was measured."""
        return self.seconds / self.measured - 1 if self.measured else math.nan


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
    """[Difference], the largest first: counts * cost of head less those of base. Costs are independent."""
    found = []
    for name in dict.fromkeys([*base_counts.executed, *head_counts.executed]):
        before, after = base_counts.executed.get(name, 0), head_counts.executed.get(name, 0)
        old, new = base_costs.of(name), head_costs.of(name)
        seconds = (after * new.ns - before * old.ns) / 1e9
        half = 1.96 * math.hypot(after * new.deviation, before * old.deviation) / 1e9
        found.append(Difference(name, after, new.ns - old.ns, seconds, half))
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
