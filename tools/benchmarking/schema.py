"""results/schema.csv: what stands in each file of a run, and whether a file is as it says.

The table is the one source: `tables.py` takes its columns from it, every reader checks by it, and
results/README.md shows it. A column that was added later is not required, so files written before it stay
readable; an unknown column is an error, since nobody could say what it means.
"""

import csv
import math
import os
import re

from benchmarking.command import CommandError

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
PATH = os.path.join(ROOT, "results", "schema.csv")
RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
COMMIT = re.compile(r"[0-9a-f]{7,40}|[A-Za-z0-9][\w./~^-]*")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


class Invalid(CommandError):
    """A file is not what the schema says; the text names file, row and column."""


def _number(text):
    value = float(text)
    if not math.isfinite(value) or text != text.strip() or "_" in text:
        raise ValueError
    return value


def _is(convert, holds=lambda value: True):
    def check(text):
        try:
            return holds(convert(text))
        except ValueError:
            return False

    return check


# Every type: what its cells must be, in words for messages, and the check.
TYPES = {
    "text": ("text", lambda text: True),
    "run_id": ("a run id (letters, digits and . _ + -)", RUN_ID.fullmatch),
    "commit": ("a commit", COMMIT.fullmatch),
    "time": ("a time like 2026-11-22T18:45:00Z", TIME.fullmatch),
    "integer": ("an integer", re.compile(r"-?\d+").fullmatch),
    "count": ("an integer of at least 0", re.compile(r"\d+").fullmatch),
    "flag": ("0 or 1", re.compile(r"[01]").fullmatch),
    "number": ("a number with a decimal point", _is(_number)),
    "positive": ("a number above 0", _is(_number, lambda value: value > 0)),
    "share": ("a number from 0 to 1", _is(_number, lambda value: 0 <= value <= 1)),
}


class Column:
    """One column: its name, what its cells may be, and what they mean."""

    def __init__(self, row):
        self.name, self.type, self.unit, self.meaning = row["column"], row["type"], row["unit"], row["meaning"]
        self.required = row["required"] == "yes"
        kind, _, words = self.type.partition(":")
        self.words = words.split()
        if kind == "word":
            self.wanted, self.check = "one of " + ", ".join(self.words), self.words.__contains__
        else:
            self.wanted, self.check = TYPES[kind]

    def problem(self, text):
        """What is wrong with a cell, or None."""
        if not text:
            return "is empty, which this column does not allow" if self.required else None
        return None if self.check(text) else f"holds {text[:60]!r}, not {self.wanted}"


class File:
    """One kind of file: what its rows are, and its columns in order."""

    def __init__(self, name, row_is):
        self.name, self.row_is, self.columns = name, row_is, {}

    @property
    def names(self):
        return list(self.columns)


def load(path=PATH):
    """{file name: File} of a schema."""
    files = {}
    with open(path, encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            if not row["column"]:
                files[row["file"]] = File(row["file"], row["meaning"])
            else:
                files[row["file"]].columns[row["column"]] = Column(row)
    return files


FILES = load()


def check_header(kind, header, path):
    """Raises Invalid unless the header has the columns of the file, in any order."""
    unknown = [name for name in header if name not in kind.columns]
    if unknown:
        raise Invalid(f"{path}: row 1: column '{unknown[0]}' is not in results/schema.csv")
    doubled = [name for name in header if header.count(name) > 1]
    if doubled:
        raise Invalid(f"{path}: row 1: column '{doubled[0]}' stands there twice")
    missing = [column.name for column in kind.columns.values() if column.required and column.name not in header]
    if missing:
        raise Invalid(f"{path}: row 1: column '{missing[0]}' is missing")


def _checked(path, kind, reader, header, first):
    """Yields the rows of an opened file; `first` is the number of the next one."""
    columns = [kind.columns[name] for name in header]
    seen = [set() for _ in header]  # good cells: most columns hold few values
    for number, cells in enumerate(reader, first):
        if len(cells) != len(header):
            raise Invalid(f"{path}: row {number}: {len(cells)} cells under {len(header)} columns")
        for column, cell, good in zip(columns, cells, seen):
            if cell not in good:
                problem = column.problem(cell)
                if problem:
                    raise Invalid(f"{path}: row {number}: column '{column.name}' {problem}")
                good.add(cell)
        yield dict(zip(header, cells))


def rows(path, kind, header=None):
    """Yields the rows of a file as dicts, each checked; raises Invalid at the first problem. Rows are counted
    from 1, the header. With `header` the file has none, and its rows have no more than those cells; else a
    column that the file does not have yet is read as empty cells."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            if header is not None:
                yield from _checked(path, kind, reader, header, 1)
                return
            header = next(reader, None)
            if header is None:
                raise Invalid(f"{path}: the file is empty, without even a header")
            check_header(kind, header, path)
            absent = {name: "" for name in kind.columns if name not in header}
            for row in _checked(path, kind, reader, header, 2):
                yield {**row, **absent}
    except (csv.Error, UnicodeDecodeError) as problem:
        raise Invalid(f"{path}: not CSV in UTF-8: {problem}") from None


def markdown(files=None):
    """The table of results/README.md."""
    yield "| file | one row is | columns (* never empty) |"
    yield "| --- | --- | --- |"
    for kind in (files or FILES).values():
        names = ", ".join(column.name + "*" * column.required for column in kind.columns.values())
        yield f"| {kind.name} | {kind.row_is} | {names} |"
