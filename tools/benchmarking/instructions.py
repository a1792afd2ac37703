"""Exact instructions of the machine per opcode, by callgrind: noise does not reach them.

krait-microbench --once calls every body with N and with 2N copies; the difference is what N copies execute.
Such counts depend on the executable alone, so they are kept in build/instructions/BUILD_ID/. Where valgrind
is missing the cells stay empty and counters_source says so.
"""

import concurrent.futures
import csv
import glob
import os
import re
import shutil
import statistics
import subprocess
import tempfile

from benchmarking import environment, figures, tables

COPIES = 20
COLUMNS = ["bench", "body", "instructions"]
SOURCE, HARDWARE = "callgrind", "perf_event"
TOTALS = re.compile(rb"^totals: (\d+)$", re.MULTILINE)
KEPT_BUILDS = 8


def hardware_reason(rows):
    """Why rows of raw.csv have no hardware counts; '' where they have."""
    if not rows or any(row.get("hw_instructions") for row in rows):
        return ""
    if not glob.glob("/sys/bus/event_source/devices/cpu*"):
        return "the kernel shows no performance monitoring unit (PMU)"
    return "the kernel refuses them: see /proc/sys/kernel/perf_event_paranoid"


def _read_total(path):
    with open(path, "rb") as file:
        return int(TOTALS.search(file.read())[1])


def _read_functions(path):
    """Names of the functions with instructions of their own: not of those that are on the stack only."""
    found, name, is_call = set(), "", False
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith("fn="):
                name = line[len("fn=") :].strip()
            elif line[:1].isdigit() or line[:1] in ("+", "-", "*"):
                if not is_call:  # the line behind "calls=" is what the callee took
                    found.add(name)
            is_call = line.startswith("calls=")
    return found


def _call_once(microbench, engine, form, folder, cpu=None):
    """Calls every body with N and with 2N copies under callgrind: [(bench, body, its output file)] in that order.
    OSError or CalledProcessError where callgrind does not run."""
    # valgrind 3.19 gives up over the debug information of newer compilers
    program = os.path.join(folder, "krait-microbench")
    subprocess.run(["objcopy", "--strip-debug", microbench, program], check=True)
    command = environment.pinned(cpu) + [
        "valgrind", "--tool=callgrind", "--toggle-collect=measured_call", "--dump-after=measured_call", "--compress-strings=no",
        f"--callgrind-out-file={folder}/out", program, "--once", f"--copies={COPIES}", f"--dispatch={engine}", f"--form={form}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": "0"})
    rows = csv.DictReader(done.stdout.splitlines())
    return [(row["bench"], row["body"], f"{folder}/out.{number}") for number, row in enumerate(rows, 1)]


def count(microbench, engine, form, cpu=None):
    """[{bench, body, instructions}]: what one copy executes under an engine, instructions a decimal number.
    OSError or CalledProcessError where callgrind does not run."""
    with tempfile.TemporaryDirectory() as folder:
        totals = {}
        for bench, body, path in _call_once(microbench, engine.name, form, folder, cpu):
            totals.setdefault((bench, body), []).append(_read_total(path))
        return [{"bench": bench, "body": body, "instructions": f"{(twice - once) / COPIES:.4f}"} for (bench, body), (once, twice) in totals.items()]


def executed(microbench, engine, form):
    """{bench: (instructions of a call, names of the functions that it executes)} of all bodies under an engine
    ("direct:gcc"). OSError or CalledProcessError where callgrind does not run."""
    with tempfile.TemporaryDirectory() as folder:
        called = _call_once(microbench, engine, form, folder)
        return {bench: (_read_total(path), _read_functions(path)) for bench, body, path in called if body == "body"}


class Counters:
    """Instructions an opcode, by (bench, form, technique, compiler); empty where nothing counted."""

    def __init__(self, reason=""):
        self.counts, self.sources, self.reason = {}, {}, reason

    def add(self, form, engine, rows):
        table = {(row["bench"], row["body"]): float(row["instructions"]) for row in rows}
        for bench, body in table:
            if body == "body" and (bench, "baseline") in table:
                self.counts[bench, form, engine.technique, engine.compiler] = table[bench, "body"] - table[bench, "baseline"]

    def add_hardware(self, rows):
        """Takes what the processor counted (rows of raw.csv), where callgrind did not: the difference of the slopes
        over the copies, median of the processes."""
        lines, owners = {}, {}
        for row in rows:
            if row.get("hw_instructions") and row["arm"] == "A" and row["context"] == "mono":
                where = (row["form"], row["technique"], row["engine_compiler"], row["layout_seed"], row["process"])
                lines.setdefault((row["bench"], row["body"], *where), []).append((int(row["copies"]), float(row["hw_instructions"])))
                if row["body"] == "body":
                    owners[row["bench"], where] = row["baseline"] or row["bench"]
        costs = {}
        for (bench, where), owner in owners.items():
            body, baseline = lines[(bench, "body", *where)], lines.get((owner, "baseline", *where), [])
            if len(body) > 1 and len(baseline) > 1:
                costs.setdefault((bench, *where[:3]), []).append(figures.slope(body) - figures.slope(baseline))
        for key, values in costs.items():
            if key not in self.counts:
                self.counts[key] = statistics.median(values)
                self.sources[key] = HARDWARE

    def text(self, *key):
        """The cell instr_per_op."""
        return f"{self.counts[key]:.2f}" if key in self.counts else ""

    def source(self, *key):
        """The cell counters_source: what counted, or why nothing did."""
        return self.sources.get(key, SOURCE) if key in self.counts else self.reason


def _prune(folder):
    builds = [os.path.join(folder, name) for name in os.listdir(folder)]
    for old in sorted(builds, key=os.path.getmtime, reverse=True)[KEPT_BUILDS:]:
        shutil.rmtree(old, ignore_errors=True)


def collect(root, microbench, engines, forms, progress=None, only_known=False):
    """Counters of all engines and forms, on all processors side by side. `only_known` counts nothing anew."""
    counters = Counters("not counted")
    folder = os.path.join(root, "build", "instructions", environment.build_id(microbench))
    cells = [(engine, form, os.path.join(folder, f"{engine.name.replace(':', '-')}-{form}.csv")) for engine in engines for form in forms]
    missing = [cell for cell in cells if not os.path.exists(cell[2])]
    if missing and not only_known:
        if shutil.which("valgrind"):
            os.makedirs(folder, exist_ok=True)
            _prune(os.path.dirname(folder))
            _count_all(microbench, missing, counters, progress)
        else:
            counters.reason = "valgrind is not installed"
    for engine, form, path in cells:
        if os.path.exists(path):
            counters.add(form, engine, tables.read(path))
    return counters


def _count_all(microbench, cells, counters, progress):
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        running = {pool.submit(count, microbench, engine, form): (engine, form, path) for engine, form, path in cells}
        for done in concurrent.futures.as_completed(running):
            engine, form, path = running[done]
            try:
                tables.write(path, COLUMNS, done.result())
            except (OSError, subprocess.CalledProcessError) as problem:
                counters.reason = f"callgrind failed: {str(problem)[:100]}"
            if progress:
                progress.step(f"{engine.name}, {form}")
