"""No words for unfinished work; every C and Python file opens with a comment that says what it is;
no banner lines; no trailing blanks, no tabs in C."""
import re

UNFINISHED = re.compile(r"\b(TO" r"DO|X" r"XX|FIX" r"ME|HA" r"CK)\b")
BANNER = re.compile(r"^\s*(?://|#)\s*[-=*#~_]{8,}\s*$", re.M)
CODE = {".c", ".h", ".inc", ".def", ".cc", ".py", ".cmake"}
DATA = re.compile(r"interp/tests/(language|listings|dumps|fuzz/corpus|fuzz/crashes)/|macrobench/listings/")


def problems(tree):
    for file in tree.files:
        if file.suffix not in CODE and file.suffix not in {"", ".sh"} or DATA.match(file.path):
            continue
        for pattern, message in ((UNFINISHED, "names unfinished work"), (BANNER, "a banner line")):
            for match in pattern.finditer(file.text):
                yield file.path, file.line_of(match.start()), f"{message}: {match[0].strip()}"
        if not opens_with_comment(file):
            yield file.path, 1, "does not open with a comment that says what the file is"
        for number, line in enumerate(file.lines, 1):
            if line != line.rstrip():
                yield file.path, number, "trailing blanks"
            elif "\t" in line and file.suffix in {".c", ".h", ".inc", ".cc"}:
                yield file.path, number, "a tab"


def opens_with_comment(file):
    lines = file.lines[1:] if file.text.startswith("#!") else file.lines
    first = next((line for line in lines if line.strip()), "")
    if file.suffix in {".c", ".h", ".inc", ".def", ".cc"}:
        return first.startswith("//")
    if file.path.endswith("__init__.py") and not first:
        return True
    return first.startswith(("#", '"""', 'r"""', "'''"))
