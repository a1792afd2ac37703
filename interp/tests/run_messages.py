"""Messages about sources: Krait says of every source in messages/messages.csv what CPython 3.12.7 said.

The attributes of the exceptions are compared in one process a topic (messages/say.py); what is printed
about files, warnings too, by `krait [OPTIONS] row.py`, each source in a folder of its own. A row of the
table is one topic's; a case is a topic under one build."""
import ast
import itertools
import pathlib
import tempfile

import message_rows
from harness import ROOT, Case, run

SAY = ROOT / "interp" / "tests" / "messages" / "say.py"
FIELDS = message_rows.RECORDED


def said_in_one_process(krait, rows, folder):
    """What say.py answers for each row, as cells; None where options are needed."""
    asked = [row for row in rows if not row["options"]]
    lines = [
        f"{row['way']} {row['name']} {message_rows.source_bytes(row).hex()}\n" for row in asked
    ]
    result = run([krait, SAY], cwd=folder, timeout=240, stdin="".join(lines).encode())
    answers = result.out.splitlines()
    if result.code != 0 or len(answers) != len(asked):
        return f"say.py: {result.describe()}, {len(answers)} of {len(asked)} answers\n{result.err[-600:]}"
    for row, line in zip(asked, answers):
        values = [v.replace(row["name"], "row.py") if isinstance(v, str) else v for v in ast.literal_eval(line)]
        row["said"] = dict(zip(FIELDS, map(message_rows.cell, values)))
    return None


def printed_by_command(krait, row, folder):
    path = pathlib.Path(folder) / row["name"]
    result = run([krait, *message_rows.options(row), "row.py"], cwd=path.parent)
    wanted = 1 if row["type"] else 0
    problem = None if result.code == wanted else f"{result.describe()}; {wanted} expected"
    return message_rows.escape(result.err), problem


def complaints(krait, row, folder):
    """The differences of one row."""
    said = dict(row.get("said", {}))
    if row["way"] == "file":
        said["printed"], problem = printed_by_command(krait, row, folder)
        if problem:
            yield problem
    for field, value in said.items():
        if value != row[field]:
            yield f"{field}: {value[:400]}\n  expected {row[field][:400]}"


def run_topic(krait, rows):
    rows = [dict(row) for row in rows]
    with tempfile.TemporaryDirectory() as folder:
        for number, row in enumerate(rows):
            row["name"] = f"{number}/row.py"
            if row["way"] == "file":
                path = pathlib.Path(folder) / row["name"]
                path.parent.mkdir()
                path.write_bytes(message_rows.source_bytes(row))
        problem = said_in_one_process(krait, rows, folder)
        if problem:
            return problem
        found = []
        for row in rows:
            differences = list(complaints(krait, row, folder))
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
            yield Case("messages", f"{topic} [{preset}]",
                       lambda k=context.krait(preset), r=rows: run_topic(k, r))
