"""Functions have at most 60 lines, files at most 1,200, blocks nest at most 4 deep; READMEs have at
most 40 lines. size_exceptions.csv lists what may be longer, up to which size, and why."""
import csv
import pathlib
import re

FUNCTION_LINES, FILE_LINES, NESTING, README_LINES = 60, 1200, 4, 40
EXCEPTIONS = pathlib.Path(__file__).with_name("size_exceptions.csv")


def exceptions():
    """{(path, function or "" for the file): lines}; the nesting of a listed function is free."""
    with open(EXCEPTIONS, newline="") as file:
        return {(row["path"], row["function"]): int(row["lines"]) for row in csv.DictReader(file)}


def nesting(function):
    """How deep blocks nest below the function's own; initialisers count as blocks."""
    depth = deepest = 0
    for match in re.finditer(r"[{}]|\bswitch\b", function.text):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        deepest = max(deepest, depth)
    return deepest - 1


def problems(tree):
    allowed = exceptions()
    for file in tree.select({".c", ".h", ".inc", ".cc"}, "interp/", "microbench/"):
        limit = allowed.get((file.path, ""), FILE_LINES)
        if len(file.lines) > limit:
            yield file.path, limit, f"the file has {len(file.lines)} lines; {limit} allowed"
        for function in file.functions:
            listed = allowed.get((file.path, function.name))
            limit = listed or FUNCTION_LINES
            if function.line_count > limit:
                yield (file.path, function.first,
                       f"{function.name} has {function.line_count} lines; {limit} allowed")
            if listed is None and nesting(function) > NESTING:
                yield file.path, function.first, f"{function.name} nests {nesting(function)} deep"
    for file in tree.select({".py"}, "tools/", "interp/tests/", "microbench/", "macrobench/"):
        if len(file.lines) > FILE_LINES:
            yield file.path, FILE_LINES, f"the file has {len(file.lines)} lines; {FILE_LINES} allowed"
    for file in tree.select({".md"}):
        if file.path.endswith("/README.md"):
            if len(file.lines) > README_LINES:
                yield file.path, README_LINES, f"{len(file.lines)} lines; {README_LINES} allowed"
