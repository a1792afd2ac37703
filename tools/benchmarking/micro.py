"""Opcodes by protocol micro-v1: many processes of krait-microbench, and what raw.csv and summary.csv say.

A run is layouts × processes × arms; an arm is an engine, a form and a context. Round after round every arm
of every layout has one process, in shuffled order, each of a new copy of its executable (copies.py); a process that has
ended is a part on disk, so that a run goes on where it was stopped. The statistics are estimate.py's.
"""

import csv
import os
import re
import statistics
import subprocess
import tempfile

from benchmarking import copies, environment, estimate, figures, instructions, schedule, tables
from benchmarking.command import matches

CONTEXTS = ("mono", "mix", "fresh")
COLUMNS = [*tables.PROCESS, "layout_seed", "round", "process", "block"]
# Of both sizes: layouts, processes a layout, segments a cell.
SIZES = {"quick": (1, 3, 5), "default": (3, 5, 20), "full": (5, 10, 50)}
COPIES = 100


class MicrobenchFailed(Exception):
    """krait-microbench ended with an error."""


def listing(microbench, *options):
    """What krait-microbench lists as CSV: a list of dicts."""
    done = subprocess.run([microbench, *options], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MicrobenchFailed(f"{' '.join(options)}: {done.stderr.strip()[-500:]}")
    return list(csv.DictReader(done.stdout.splitlines()))


def names(microbench, form):
    """The names (OPCODE.variant) that it measures in a form."""
    return [f"{row['opcode']}.{row['variant']}" for row in listing(microbench, "--opcodes", f"--form={form}") if row["variant"]]


def filter_of(microbench, form, only):
    """The --benchmark_filter of globs over OPCODE.variant; None: nothing matches."""
    if not only:
        return "."
    chosen = [name for name in names(microbench, form) if matches(name, only)]
    return any_of(chosen) if chosen else None


def any_of(chosen):
    """The --benchmark_filter of some names."""
    return "^(" + "|".join(re.escape(name) for name in chosen) + ")/"


def survivors(microbench):
    """The rows that run something else in the tuned form than in the plain one: what is worth measuring
    twice. Rows of calibrators are among them, so that each process has its own."""
    rows = listing(microbench, "--executed", "--form=tuned")
    return [f"{row['opcode']}.{row['variant']}" for row in rows if row["instruction"] != row["opcode"] or row["opcode"].startswith("SPIN")]


class Arm:
    """One way to start krait-microbench."""

    def __init__(self, engine, form, context, chosen, again=False):
        self.engine, self.form, self.context = engine, form, context
        self.filter, self.again = chosen, again

    @property
    def name(self):
        return f"{self.engine.name.replace(':', '-')}-{self.form}-{self.context}"


def arms_of(microbench, engines, only, quick, full):
    """The arms of a run. Every engine in the context mix; the default technique in all contexts. The tuned form
    is that of what survives in it, in the context mix, under the default technique in mono too, which the cost
    model takes (--full: everything everywhere); --quick leaves it out unless nothing else matches."""
    filters = {form: filter_of(microbench, form, only) for form in ("plain", "tuned")}
    if filters["tuned"] and not only and not full:
        filters["tuned"] = any_of(survivors(microbench))
    forms = [form for form in ("plain", "tuned") if filters[form]]
    if quick:
        forms = forms[:1]
    default = next((engine for engine in engines if engine.technique == "direct"), engines[0] if engines else None)
    for engine in engines:
        for form in forms:
            everywhere = engine is default and (full or form == forms[0])
            contexts = CONTEXTS if everywhere else ("mono", "mix") if engine is default else ("mix",)
            for context in contexts:
                yield Arm(engine, form, context, filters[form], again=everywhere)


class Settings:
    """How much is measured."""

    def __init__(self, layouts, processes, segments, copies=COPIES, inject=""):
        self.layouts, self.processes, self.segments = layouts, processes, segments
        self.copies, self.inject = copies, inject


def run_process(microbench, arm, settings, cpu, seed):
    """One process: the rows that it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        raw = os.path.join(folder, "raw.csv")
        command = environment.pinned(cpu) + [
            microbench,
            f"--dispatch={arm.engine.name}",
            f"--form={arm.form}",
            f"--context={arm.context}",
            f"--segments={settings.segments}",
            f"--copies={settings.copies}",
            f"--seed={seed}",
            f"--raw={raw}",
            f"--benchmark_filter={arm.filter}",
            "--benchmark_format=csv",
            "--share-baselines",
        ]
        command += ["--again"] * arm.again + [f"--inject={settings.inject}"] * bool(settings.inject)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            lines = [line for line in done.stdout.splitlines() if ",true," in line] + done.stderr.splitlines()[-3:]
            raise MicrobenchFailed(f"{arm.name}: " + "\n  ".join(lines or [f"exit code {done.returncode}"]))
        return tables.read(raw, tables.PROCESS)


class Measurement:
    """The processes of a run. `builds` maps layout seeds to folders with krait-microbench."""

    def __init__(self, builds, arms, settings, seed, cpu, parts):
        self.builds, self.arms, self.settings = builds, list(arms), settings
        self.seed, self.cpu, self.parts = seed, cpu, parts

    def steps(self):
        """(name of the part, round, layout seed, arm) in the order of the run."""
        cells = [(layout, arm) for layout in self.builds for arm in self.arms]
        for number in range(self.settings.processes):
            for layout, arm in schedule.shuffled(cells, self.seed, "micro", number):
                yield f"{number:03}-{layout}-{arm.name}", number, layout, arm

    def left(self):
        """How many processes are still to be run."""
        return sum(name not in self.parts for name, *_ in self.steps())

    def run(self, progress):
        for name, number, layout, arm in self.steps():
            if name in self.parts:
                continue
            microbench = os.path.join(self.builds[layout], "krait-microbench")
            seed = schedule.generator(self.seed, name).randrange(1, 2**31 - 1)
            with copies.made([microbench]) as copied:
                rows = run_process(copied[microbench], arm, self.settings, self.cpu, seed)
            known = {"layout_seed": layout, "round": number, "process": number, "block": number}
            self.parts.add(name, [dict(row, **known) for row in rows])
            progress.step(f"{arm.engine.name}, {arm.form}, {arm.context}, layout {layout}")


def process_slopes(rows):
    """{(bench, form, context, technique, compiler): [(ns a copy of the body, ns a copy of the baseline)]}, one
    a process, in the order of layouts and rounds."""
    found = estimate.Slopes(rows)
    slopes = {}
    for key, processes in found.costs().items():
        slopes[key] = [(body.slope, baseline.slope) for body, baseline in processes.values()]
    return slopes


def body_times(rows, form, context="mix"):
    """{(technique, compiler): {bench: [ns a copy of the body, one a process]}}. Techniques are compared by
    whole bodies: an opcode's own cost is a difference, which for the cheapest is little more than noise."""
    times = {}
    for (bench, of, around, technique, compiler), slopes in process_slopes(rows).items():
        bodies = [body for body, _ in slopes]
        if (of, around) == (form, context) and min(bodies) > 0:
            times.setdefault((technique, compiler), {})[bench] = bodies
    return times


def executed(rows):
    """{(bench, form): the instruction that its bodies ran}: the opcode, or what specialisation or fusion
    made of it; what most processes saw."""
    seen = {}
    for row in rows:
        if row["body"] == "body":
            seen.setdefault((row["bench"], row["form"]), []).append(row["opcode"])
    return {key: statistics.mode(opcodes) for key, opcodes in seen.items()}


def summary(rows, run_id, commit, counters=None, estimates=None):
    """The rows of summary.csv. `counters` are instructions.Counters."""
    counters = counters or instructions.Counters()
    ran = executed(rows)
    flags = {(row["technique"], row["engine_compiler"]): row["engine_flags"] for row in rows}
    for found in estimates if estimates is not None else estimate.opcodes(rows):
        bench, form, context, technique, compiler = found.key
        described = dict(figures.describe(found.values), ci_lo=found.low, ci_hi=found.high)
        cells = {f"{key}_ns": "" if value != value else f"{value:.4f}" for key, value in described.items()}
        yield dict(
            cells,
            schema=tables.SCHEMA,
            run_id=run_id,
            suite="micro",
            bench=bench,
            opcode=ran[bench, form],
            variant=bench.split(".", 1)[1],
            context=context,
            form=form,
            technique=technique,
            engine_compiler=compiler,
            engine_flags=flags[technique, compiler],
            commit=commit,
            processes=len(found.values),
            instr_per_op=counters.text(bench, form, technique, compiler),
            counters_source=counters.source(bench, form, technique, compiler),
        )


def raw_rows(rows, run_id, commit, dirty, build_ids):
    """The rows of raw.csv: what the processes wrote, with what only the driver knows. `build_ids` maps layout
    seeds to hashes of krait-microbench."""
    known = dict(schema=tables.SCHEMA, run_id=run_id, suite="micro", commit=commit, dirty=int(dirty))
    for row in rows:
        yield dict(row, **known, build_id=build_ids[int(row["layout_seed"])][:16])
