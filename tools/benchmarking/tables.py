"""The files of a run: their columns, and writing them as RFC 4180 CSV.

Columns and meanings stand in results/README.md. Every file starts with its header, has constant width,
no units in cells, empty cells for what is not known, and LF line ends.
"""

import csv
import os

SCHEMA = "1"
RAW = (
    "schema,run_id,ts_utc,suite,bench,opcode,variant,context,form,technique,engine_compiler,engine_flags,"
    "commit,dirty,build_id,layout_seed,arm,block,round,position,process,body,copies,segments,tainted,"
    "median_ns,min_ns,mad_ns,canary_ghz,steal_ticks,nivcsw,majflt"
).split(",")
SUMMARY = (
    "schema,run_id,suite,bench,opcode,variant,context,form,technique,engine_compiler,engine_flags,commit,"
    "processes,median_ns,mean_ns,stddev_ns,min_ns,max_ns,ci_lo_ns,ci_hi_ns,mad_ns,instr_per_op,"
    "counters_source"
).split(",")
MACRO = (
    "command,mean,stddev,median,user,system,min,max,parameter_bench,parameter_size,parameter_technique,"
    "parameter_engine_compiler,engine_flags,peer,peer_version,commit,run_id,checksum_ok"
).split(",")
ENV = "run_id,key,value".split(",")
# What krait-microbench appends to --raw: the columns of RAW that a process knows itself.
PROCESS = (
    "ts_utc,bench,opcode,variant,context,form,technique,engine_compiler,engine_flags,position,body,copies,"
    "segments,tainted,median_ns,min_ns,mad_ns,canary_ghz,steal_ticks,nivcsw,majflt"
).split(",")


def write(path, columns, rows):
    """Writes rows (dicts; missing keys are empty cells) so that the file is whole or not there."""
    temporary = f"{path}.part"
    with open(temporary, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n", extrasaction="raise")
        writer.writeheader()
        writer.writerows(rows)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def read(path, columns=None):
    """The rows of a file as dicts; `columns` names those of a file without header."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, columns))
