"""Messages about sources: Krait says of every source in messages/messages.csv what CPython 3.12.7 said.

A file is compiled by `krait [OPTIONS] --listing row.py`, which tells of an error in both forms; what
reaches the compiler in another way (a str, bytes, eval, a prompt), by messages/say.py, which Krait runs
once a topic: such rows of a topic share their options. A case is a topic under one build."""
import ast
import itertools
import json
import pathlib
import tempfile

import message_rows
from harness import ROOT, Case, run

SAY = ROOT / "interp" / "tests" / "messages" / "say.py"
FIELDS = message_rows.RECORDED


def said_in_one_process(krait, rows, folder):
    """Fills in row["said"] for the rows that are no files, as cells; None, or what went wrong."""
    asked = [row for row in rows if row["way"] != "file"]
    lines = [f"{row['way']} {message_rows.source_bytes(row).hex()}\n" for row in asked]
    filters = {option for row in asked for option in message_rows.options(row)}
    result = run([krait, *filters, SAY], cwd=folder, timeout=240, stdin="".join(lines).encode())
    answers = result.out.splitlines()
    if result.code != 0 or len(answers) != len(asked):
        return f"say.py: {result.describe()}, {len(answers)} of {len(asked)} answers\n{result.err[-600:]}"
    for row, line in zip(asked, answers):
        row["said"] = dict(zip(FIELDS, map(message_rows.cell, ast.literal_eval(line))))
    return None


def said_of_file(krait, row, path):
    """Compiles a file without running it; what was said, as cells, and what else is wrong."""
    result = run([krait, *message_rows.options(row), "--listing", path.name], cwd=path.parent)
    said = dict.fromkeys(FIELDS, "")
    said["printed"] = message_rows.escape(result.err)
    wanted = 1 if row["type"] else 0
    if result.code != wanted:
        return said, f"{result.describe()}; {wanted} expected"
    said.update(zip(FIELDS, map(message_rows.cell, json.loads(result.out).get("error", ()))))
    return said, None


def complaints(krait, row, path):
    """The differences of one row."""
    if row["way"] == "file":
        row["said"], problem = said_of_file(krait, row, path)
        if problem:
            yield problem
    for field, value in row["said"].items():
        if value != row[field]:
            yield f"{field}: {value[:400]}\n  expected {row[field][:400]}"


def run_topic(krait, rows):
    rows = [dict(row) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "row.py"
        problem = said_in_one_process(krait, rows, folder)
        if problem:
            return problem
        found = []
        for row in rows:
            if row["way"] == "file":
                path.write_bytes(message_rows.source_bytes(row))
            differences = list(complaints(krait, row, path))
            if differences:
                head = f"{row['way']} {row['options']} {row['source'][:200]}"
                found.append(head + "".join("\n  " + text for text in differences))
    if found:
        return f"{len(found)} of {len(rows)} rows differ\n" + "\n".join(found[:20])
    return None


def cases(context):
    table = message_rows.read()
    for topic, rows in itertools.groupby(table, key=lambda row: row["topic"]):
        rows = list(rows)
        for preset in context.presets:
            if preset == "checked" and context.mode != "soak" and context.release():
                continue  # thousands of processes
            yield Case("messages", f"{topic} [{preset}]",
                       lambda k=context.krait(preset), r=rows: run_topic(k, r))
