"""The files that the rules look at, and C text made easy to search: comments and literals blanked,
functions found. Everything keeps its line and column."""
import functools
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("interp", "microbench", "macrobench", "tools")
C_SUFFIXES = {".c", ".h", ".inc", ".def", ".cc"}
TEXT_SUFFIXES = C_SUFFIXES | {".py", ".md", ".sh", ".cmake", ".csv", ".txt", ".json", ""}

LEXEMES = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.S
)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\.|\\\n)*", re.M | re.S)


def blank(match):
    """As many blanks as the text has characters; line ends stay."""
    text = match[0]
    if text[0] in "\"'":
        return text[0] + re.sub(r"[^\n]", " ", text[1:-1]) + text[-1]
    return re.sub(r"[^\n]", " ", text)


class Function:
    """A function or HANDLER(...) body: name, first line, line of `{`, last line, and its text."""

    def __init__(self, name, first, opening, last, text):
        self.name, self.first, self.opening, self.last, self.text = name, first, opening, last, text

    @property
    def line_count(self):
        return self.last - self.first + 1


class File:
    def __init__(self, root, path):
        self.path = path.relative_to(root).as_posix()
        self.suffix = path.suffix
        self.text = path.read_text(errors="replace")

    @functools.cached_property
    def lines(self):
        return self.text.splitlines()

    @functools.cached_property
    def code(self):
        """The text without comments and without the insides of literals."""
        return LEXEMES.sub(blank, self.text)

    @functools.cached_property
    def plain(self):
        """`code` without preprocessor lines."""
        return DIRECTIVE.sub(blank, self.code)

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1

    @functools.cached_property
    def functions(self):
        return list(find_functions(self.plain))


def find_functions(text):
    """The Functions of C text whose comments, literals and directives are blanked."""
    depth, start, opening, head = 0, 0, 0, ""
    line = 1
    for match in re.finditer(r"[{};\n]", text):
        token = match[0]
        if token == "\n":
            line += 1
        elif token == "{":
            if depth == 0:
                head, opening, body = text[start : match.start()], line, match.start()
            depth += 1
        elif token == "}":
            depth = max(depth - 1, 0)
            if depth == 0:
                name = function_name(head)
                if name:
                    first = opening - head.strip().count("\n") - trailing_lines(head)
                    yield Function(name, first, opening, line, text[body : match.end()])
                start = match.end()
        elif depth == 0:
            start = match.end()


def trailing_lines(head):
    return len(head) - len(head.rstrip()) and head[len(head.rstrip()) :].count("\n")


def function_name(head):
    """The function that this text in front of a `{` declares, or None."""
    if "(" not in head or re.search(r"=\s*$|\b(?:struct|union|enum)\s+\w*\s*$", head.rstrip() + " "):
        return None
    if "=" in re.sub(r"\(.*?\)", "", head, flags=re.S):
        return None
    macro = re.match(r"\s*(?:HANDLER|SHARED)\s*\(\s*(\w+)\s*\)", head)
    if macro:
        return macro[1]
    cleaned = re.sub(r"__attribute__\s*\(\(.*?\)\)", "", head, flags=re.S)
    name = re.search(r"(\w+)\s*\(", cleaned)
    return name[1] if name else None


class Tree:
    """The checked files of the project, read once."""

    def __init__(self, root=ROOT):
        self.root = pathlib.Path(root).resolve()
        self.files = [File(self.root, path) for path in sorted(self.paths())]

    def paths(self):
        for folder in FOLDERS:
            for path in (self.root / folder).rglob("*"):
                parts = path.relative_to(self.root).parts
                if path.is_file() and path.suffix in TEXT_SUFFIXES and "__pycache__" not in parts:
                    yield path

    def select(self, suffixes, *prefixes):
        """Files with one of these suffixes whose path begins with one of the prefixes."""
        return [f for f in self.files if f.suffix in suffixes and f.path.startswith(prefixes or ("",))]

    def find(self, path):
        return next((file for file in self.files if file.path == path), None)
