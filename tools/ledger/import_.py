"""tools/import: other tools' figures as a run of the ledger."""

import argparse
import json
import os
import re
import sys
import time

from benchmarking import command, environment, figures, tables
from benchmarking.command import EXIT_OK, EXIT_USAGE, CommandError
from ledger import importers, store, text

EXAMPLES = (
    ("tools/import pyperf.json", "into results/runs/; the format is recognised"),
    ("tools/import base.json --name base && tools/import head.json --name head", ""),
    ("tools/results compare base head --force", "with the statistics of Krait's own runs"),
    ("tools/import gbench.json --here", "measured on this machine with its compilers"),
    ("hyperfine -N --export-json h.json 'sleep 0.1' && tools/import h.json", ""),
)


def fact(words):
    key, equals, value = words.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError(f"wants KEY=VALUE, not '{words}'")
    return key, value


def parser():
    top = command.parser("import", "Makes a run of the JSON that pyperf, Google Benchmark or hyperfine wrote.", EXAMPLES, [EXIT_USAGE])
    top.add_argument("file", metavar="FILE", help="- reads standard input")
    top.add_argument("--format", metavar="FORMAT", choices=importers.FORMATS, default="", help="one of " + ", ".join(importers.FORMATS) + " (default: recognised)")
    top.add_argument("--name", metavar="NAME", default="", help="the run's name (default: its time and the file's name)")
    command.add(top, "out", out={"help": "where the files go (default results/runs/NAME)"})
    top.add_argument("--here", action="store_true", help="it was measured on this machine with its compilers: take the fingerprint from here")
    top.add_argument("--env", metavar="KEY=VALUE", type=fact, action="append", default=[], help="a fact for env.csv (repeatable)")
    command.add(top, "json", json={"help": "print what was made as JSON"})
    top.add_argument("--results", metavar="DIR", default=store.RESULTS, help="the ledger (default results/)")
    return top


def load(path):
    try:
        if path == "-":
            return json.load(sys.stdin)
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except ValueError as problem:
        raise CommandError(f"{path}: not JSON: {problem}") from None


def name_of(arguments, facts):
    """RUN_ID of an imported run: the time it was measured (or now), then the file's name."""
    if arguments.name:
        return arguments.name
    stamp = re.sub(r"[-:]", "", facts.get("date_utc", "")) or time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    stem = os.path.splitext(os.path.basename(arguments.file))[0]
    return "-".join(filter(None, [stamp, re.sub(r"[^A-Za-z0-9._+]+", "_", stem).strip("_") or "imported"]))


def rows(samples, known):
    """(rows of raw.csv, rows of summary.csv)."""
    raw, summary = [], []
    for bench, values in samples.items():
        cells = dict(known, schema=tables.SCHEMA, suite="imported", bench=bench)
        for process, value in enumerate(values):
            raw.append(dict(cells, process=process, round=process, body="run", copies=1, median_ns=repr(value)))
        described = figures.describe(values)
        summary.append(dict(cells, processes=len(values), **{f"{key}_ns": "" if value != value else repr(value) for key, value in described.items()}))
    return raw, summary


def main(argv):
    arguments = parser().parse_args(argv)
    try:
        samples, facts, kind = importers.read(load(arguments.file), arguments.format)
    except importers.NotThat as problem:
        raise CommandError(f"{arguments.file}: {problem}") from None
    if arguments.here:
        here = dict(environment.fingerprint(command.ROOT, os.path.join(command.ROOT, "build", "release")))
        facts = {key: value for key, value in here.items() if key not in ("commit", "dirty", "date_utc", "build_id", "load_avg_1min")} | facts
    facts |= dict(arguments.env)
    facts |= {"imported_from": kind, "processes": max(map(len, samples.values()))}
    run_id = name_of(arguments, facts)
    if not store.schema.RUN_ID.fullmatch(run_id):
        raise CommandError(f"--name {run_id}: letters, digits and . _ + - are allowed")
    folder = arguments.out or os.path.join(arguments.results, "runs", run_id)
    if os.path.exists(os.path.join(folder, "env.csv")):
        raise CommandError(f"{folder} holds a run already; choose another --name or --out")
    raw, summary = rows(samples, {"run_id": run_id, "commit": facts.get("commit", "")})
    os.makedirs(folder, exist_ok=True)
    tables.write(os.path.join(folder, "raw.csv"), tables.RAW, raw)
    tables.write(os.path.join(folder, "summary.csv"), tables.SUMMARY, summary)
    tables.write(os.path.join(folder, "env.csv"), tables.ENV, [{"run_id": run_id, "key": key, "value": value} for key, value in facts.items()])
    if arguments.json:
        print(json.dumps({"run_id": run_id, "folder": folder, "format": kind, "benchmarks": len(samples), "samples": len(raw)}, indent=1))
    else:
        print(f"{folder}: {text.plural(len(samples), 'benchmark')}, {text.plural(len(raw), 'sample')} from {kind}")
    return EXIT_OK
