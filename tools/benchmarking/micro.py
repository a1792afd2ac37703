"""Opcodes: many processes of krait-microbench, engines in shuffled order, and their summary."""

import fnmatch
import os
import random
import re
import statistics
import subprocess
import tempfile

from benchmarking import environment, figures, tables


class MicrobenchFailed(Exception):
    """krait-microbench ended with an error."""


def names(microbench, form):
    """The names (OPCODE.variant) that it measures in a form."""
    done = subprocess.run([microbench, "--opcodes", f"--form={form}"], capture_output=True, text=True, check=True)
    rows = [line.split(",", 2) for line in done.stdout.splitlines()[1:]]
    return [f"{opcode}.{variant}" for opcode, variant, _ in rows if variant]


def filter_of(microbench, form, only):
    """The --benchmark_filter of a glob over OPCODE.variant; None: nothing matches."""
    if not only:
        return "."
    chosen = [name for name in names(microbench, form) if fnmatch.fnmatch(name, only)]
    return "^(" + "|".join(re.escape(name) for name in chosen) + ")/" if chosen else None


def run_process(microbench, engine, settings, cpu, seed):
    """One process: the rows that it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        raw = os.path.join(folder, "raw.csv")
        command = environment.pinned(cpu) + [
            microbench,
            f"--dispatch={engine.name}",
            f"--form={settings.form}",
            f"--segments={settings.segments}",
            f"--copies={settings.copies}",
            f"--seed={seed}",
            f"--raw={raw}",
            f"--benchmark_filter={settings.filter}",
            "--benchmark_format=csv",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            lines = [line for line in done.stdout.splitlines() if ",true," in line] + done.stderr.splitlines()[-3:]
            raise MicrobenchFailed(f"{engine.name}: " + "\n  ".join(lines or [f"exit code {done.returncode}"]))
        return tables.read(raw, tables.PROCESS)


class Settings:
    """How krait-microbench is called."""

    def __init__(self, form, segments, copies, benchmark_filter):
        self.form, self.segments, self.copies, self.filter = form, segments, copies, benchmark_filter


def measure(microbench, engines, forms, processes, seed, cpu, progress):
    """All rows, with the columns `process` and `round`: in each round every engine and form once."""
    order = random.Random(seed)
    rows = []
    for number in range(processes):
        arms = [(engine, settings) for engine in engines for settings in forms]
        order.shuffle(arms)
        for engine, settings in arms:
            process_seed = order.randrange(1, 2**31 - 1)
            for row in run_process(microbench, engine, settings, cpu, process_seed):
                rows.append(dict(row, process=number, round=number))
            progress.step(f"{engine.name}, {settings.form}")
    return rows


def process_slopes(rows):
    """{(bench, form, technique, compiler): [(ns a copy of the body, ns a copy of the baseline)]}, one a
    process, in the order of the rounds."""
    points = {}
    for row in rows:
        key = (row["bench"], row["form"], row["technique"], row["engine_compiler"])
        bodies = points.setdefault((key, row["process"]), {"body": [], "baseline": []})
        bodies[row["body"]].append((int(row["copies"]), float(row["median_ns"])))
    slopes = {}
    for (key, _), bodies in points.items():
        if len(bodies["body"]) > 1 and len(bodies["baseline"]) > 1:
            slopes.setdefault(key, []).append((figures.slope(bodies["body"]), figures.slope(bodies["baseline"])))
    return slopes


def process_costs(rows):
    """{(bench, form, technique, compiler): [cost in ns, one a process]}: what a copy of the body takes
    longer than one of the baseline."""
    return {key: [body - baseline for body, baseline in slopes] for key, slopes in process_slopes(rows).items()}


def body_times(rows, form):
    """{(technique, compiler): {bench: [ns a copy of the body, one a round]}}. Techniques are compared by
    whole bodies: an opcode's own cost is a difference, which for the cheapest is little more than noise."""
    times = {}
    for (bench, of, technique, compiler), slopes in process_slopes(rows).items():
        bodies = [body for body, _ in slopes]
        if of == form and min(bodies) > 0:
            times.setdefault((technique, compiler), {})[bench] = bodies
    return times


def instructions(rows):
    """{(bench, form): the instruction that its bodies ran}: the opcode, or what specialisation or fusion
    made of it; what most processes saw."""
    seen = {}
    for row in rows:
        if row["body"] == "body":
            seen.setdefault((row["bench"], row["form"]), []).append(row["opcode"])
    return {key: statistics.mode(opcodes) for key, opcodes in seen.items()}


def summary(rows, run_id, commit):
    """The rows of summary.csv."""
    ran = instructions(rows)
    flags = {(row["technique"], row["engine_compiler"]): row["engine_flags"] for row in rows}
    for (bench, form, technique, compiler), costs in sorted(process_costs(rows).items()):
        described = figures.describe(costs).items()
        cells = {f"{key}_ns": "" if value != value else f"{value:.4f}" for key, value in described}
        yield dict(
            cells,
            schema=tables.SCHEMA,
            run_id=run_id,
            suite="micro",
            bench=bench,
            opcode=ran[bench, form],
            variant=bench.split(".", 1)[1],
            context="mono",
            form=form,
            technique=technique,
            engine_compiler=compiler,
            engine_flags=flags[technique, compiler],
            commit=commit,
            processes=len(costs),
        )


def raw_rows(rows, run_id, commit, dirty, build):
    """The rows of raw.csv: what the processes wrote, with what only the driver knows."""
    known = dict(
        schema=tables.SCHEMA,
        run_id=run_id,
        suite="micro",
        commit=commit,
        dirty=int(dirty),
        build_id=environment.build_id(os.path.join(build, "krait-microbench")),
        layout_seed=0,
        arm="A",
        block=0,
    )
    for row in rows:
        yield dict(row, **known)
