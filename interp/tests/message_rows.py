"""The rows of messages/messages.csv: sources, and what CPython says about them.

A source stands in its cell as text with the escapes `\\n`, `\\t`, `\\r`, `\\\\` and `\\xNN` (a byte, for what
is not UTF-8 or not visible), or, behind a `=`, as a Python expression that gives it (`='(' * 201`).
"""
import csv
import pathlib
import re

PATH = pathlib.Path(__file__).resolve().parent / "messages" / "messages.csv"
WRITTEN = ["topic", "way", "options", "source"]
ATTRIBUTES = ["lineno", "offset", "end_lineno", "end_offset", "text"]
RECORDED = ["type", "message", *ATTRIBUTES, "printed"]
COLUMNS = WRITTEN + RECORDED

NAMED = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
BYTES = {escape[1]: character.encode() for character, escape in NAMED.items()}


def escape(text):
    """The text as a cell shows it; the surrogates U+DC80 to U+DCFF are bytes that are not UTF-8."""

    def replace(match):
        character = match.group()
        if character in NAMED:
            return NAMED[character]
        data = character.encode("utf-8", "surrogateescape" if character >= "\udc80" else "strict")
        return "".join(f"\\x{byte:02x}" for byte in data)

    text = re.sub(r"[\\\x00-\x1f\x7f-\xa0\u2028\u2029\udc80-\udcff]", replace, text)
    return "\\x3d" + text[1:] if text.startswith("=") else text


def unescape(cell):
    """The bytes that a cell of text stands for."""
    parts = re.split(r"\\(x[0-9a-f]{2}|.)", cell)
    for index, part in enumerate(parts):
        if index % 2 == 0:
            parts[index] = part.encode()
        else:
            parts[index] = bytes.fromhex(part[1:]) if part[0] == "x" else BYTES[part]
    return b"".join(parts)


def source_bytes(row):
    cell = row["source"]
    if not cell.startswith("="):
        return unescape(cell)
    source = eval(cell[1:], {})
    return source if isinstance(source, bytes) else source.encode()


def options(row):
    """The options in a row, one element each: `-W error -W ignore::Warning`."""
    return row["options"].split("|") if row["options"] else []


def cell(value):
    """How a recorded attribute stands in the table."""
    return escape(value) if isinstance(value, str) else str(value)


def read():
    with open(PATH, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(rows):
    with open(PATH, "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n", extrasaction="raise")
        table.writeheader()
        table.writerows(rows)
