"""The files of a run: writing and reading them as RFC 4180 CSV.

Their columns stand in results/schema.csv. Every file starts with its header, has constant width, no units
in cells, empty cells for what is not known, and LF line ends.
"""

import csv
import os

from benchmarking import schema, whole

SCHEMA = "1"
RAW = schema.FILES["raw.csv"].names
SUMMARY = schema.FILES["summary.csv"].names
MACRO = schema.FILES["macro.csv"].names
ENV = schema.FILES["env.csv"].names
COMPARE = schema.FILES["compare.csv"].names
RESOURCES = schema.FILES["resources.csv"].names
FITS = schema.FILES["fits.csv"].names
COSTS = schema.FILES["costs.csv"].names
ABLATION = schema.FILES["ablation.csv"].names
PROFILE = schema.FILES["profile.csv"].names
COUNTS = schema.FILES["counts.csv"].names
OPERANDS = schema.FILES["operands.csv"].names
MODEL = schema.FILES["model.csv"].names
# What krait-microbench appends to --raw: the columns of RAW that a process knows itself.
PROCESS = (
    "ts_utc,bench,opcode,variant,context,form,technique,engine_compiler,engine_flags,arm,position,body,copies,"
    "segments,tainted,median_ns,min_ns,mad_ns,canary_ghz,steal_ticks,nivcsw,majflt,taint,canary_after_ghz,"
    "canary_throughput,baseline,hw_instructions,hw_cycles"
).split(",")


def write(path, columns, rows):
    """Writes rows (dicts; missing keys are empty cells) so that the file is whole or not there."""
    with whole.writing(path) as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n", extrasaction="raise")
        writer.writeheader()
        writer.writerows(rows)


def read(path, columns=None):
    """The rows of a file as dicts. A file of a run (known by its name) is checked by the schema, which
    raises schema.Invalid; `columns` names those of a file without header."""
    kind = schema.FILES.get(os.path.basename(path))
    if kind:
        return list(schema.rows(path, kind, columns))
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, columns))
