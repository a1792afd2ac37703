"""Handlers (interp/vm/handlers/*.inc) hold the fast path and nothing else:

- a body has at most 25 lines;
- every path ends in an exit word: NEXT, NEXT_PAST, DISPATCH, GO_SHARED, EXIT, or a word that interp/vm's
  headers define so that each of its paths ends in one;
- no loop, label, goto, break outside a switch, return, static variable or conditional compilation;
- a call of a function that RAISES stands within CALL_OUT(...), so that the frame knows where it is;
- no POP() within PUSH() or SET_TOP(), whose order C leaves open;
- the address of a local is not taken: the registers of the machine would move into memory."""
import re

BODY_LINES = 25
PRIMITIVE_EXITS = {"DISPATCH", "NEXT", "NEXT_PAST", "GO_SHARED", "EXIT", "UNREACHABLE"}
BANNED = re.compile(r"\b(for|while|goto|return|static|continue)\b")
TOKEN = re.compile(r"\w+|[{}();:?,]|[^\s\w]")
RAISING = re.compile(r"^(?:ALWAYS_INLINE\s+)?RAISES\s[^;({]*?\b(\w+)\s*\(", re.M)
HEAD = re.compile(r"^(HANDLER|SHARED)\((\w+)\)\s*", re.M)
DEFINE = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)(?:\([^)\n]*\))?[ \t]*((?:[^\n\\]|\\.|\\\n)*)", re.M)
DECLARED = re.compile(r"\b(?:[A-Z]\w*|\w+_t|int|bool|double|unsigned|char|long|size_t)\b[\s*]+(\w+)\s*(?==|;|,|\[)")


class Parser:
    """A statement parser just good enough to say whether control can reach the end of a text."""

    def __init__(self, text, exits):
        self.tokens = TOKEN.findall(text)
        self.position = 0
        self.exits = exits

    def peek(self):
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def take(self):
        token = self.peek()
        self.position += 1
        return token

    def group(self):
        """Skips a parenthesised group."""
        depth = 0
        while self.position < len(self.tokens):
            token = self.take()
            depth += {"(": 1, ")": -1}.get(token, 0)
            if depth == 0:
                return

    def statements(self, ends):
        """Does one of the statements up to a token of `ends` leave on every path?"""
        leaves = False
        while self.peek() not in ends and self.peek():
            leaves = self.statement() or leaves
        return leaves

    def statement(self):
        token = self.peek()
        if token == "{":
            self.take()
            leaves = self.statements({"}"})
            self.take()
            return leaves
        if token == "if":
            return self.if_statement()
        if token == "do":
            self.take()
            leaves = self.statement()
            self.take()  # while
            self.group()
            if self.peek() == ";":
                self.take()
            return leaves
        if token == "switch":
            return self.switch_statement()
        return self.expression()

    def if_statement(self):
        self.take()
        if self.peek() != "(":  # IF-like words of the preprocessor do not occur here
            self.take()
        self.group()
        leaves = self.statement()
        if self.peek() != "else":
            return False
        self.take()
        return self.statement() and leaves

    def switch_statement(self):
        """Leaves if there is a default, no break, and the last group leaves."""
        self.take()
        self.group()
        self.take()  # {
        leaves, has_default = False, False
        start = self.position
        while self.peek() not in ("}", ""):
            if self.peek() in ("case", "default"):
                has_default |= self.peek() == "default"
                while self.take() not in (":", ""):
                    pass
                leaves = False
            else:
                leaves = self.statement() or leaves
        has_break = "break" in self.tokens[start : self.position]
        self.take()
        return leaves and has_default and not has_break

    def expression(self):
        first, depth = self.peek(), 0
        while self.position < len(self.tokens):
            token = self.peek()
            if token == "}" and depth == 0:
                break
            self.take()
            depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token, 0)
            if token == ";" and depth == 0:
                break
        return first in self.exits


def always_leaves(text, exits):
    return Parser(text, exits).statements({""})


def exit_words(tree):
    """The primitive exit words, and every macro of vm/ whose replacement always leaves."""
    definitions = []
    for file in tree.select({".h", ".inc"}, "interp/vm/"):
        for name, body in DEFINE.findall(file.code):
            definitions.append((name, body.replace("\\\n", " ")))
    exits, size = set(PRIMITIVE_EXITS), 0
    while len(exits) != size:
        size = len(exits)
        exits |= {name for name, body in definitions if body.strip() and always_leaves(body, exits)}
    return exits


def local_names(body):
    return set(DECLARED.findall(body))


def inner_of(text, word):
    """The argument texts of every `word(...)`."""
    for match in re.finditer(rf"\b{word}\s*\(", text):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        yield match.start(), text[match.end() : end]


def raising_functions(tree):
    return {name for file in tree.select({".h"}, "interp/") for name in RAISING.findall(file.plain)}


def unannounced_calls(body, raising):
    """(offset, name) of the calls of raising functions that no CALL_OUT(...) encloses."""
    for match in re.finditer(r"\b(\w+)\s*\(", body):
        if match[1] in raising:
            around = body[max(body.rfind("CALL_OUT(", 0, match.start()), 0) : match.start()]
            if "CALL_OUT(" not in around or around.count("(") <= around.count(")"):
                yield match.start(), match[1]


def check_body(file, function, kind, exits, raising):
    body = function.text
    line = function.opening

    def at(offset):
        return line + body.count("\n", 0, offset)

    lines = max(function.last - function.opening - 1, 1)
    if kind == "HANDLER" and lines > BODY_LINES:
        yield line, f"{function.name} has {lines} lines; {BODY_LINES} allowed"
    if not always_leaves(body[1:-1], exits):
        yield function.last, f"a path of {function.name} ends without an exit word"
    without_do = re.sub(r"\bdo\s*\{[^{}]*\}\s*while\s*\(0\)", lambda m: " " * len(m[0]), body)
    for match in BANNED.finditer(without_do):
        yield at(match.start()), f"`{match[1]}` in {function.name}"
    if "switch" not in body:
        for match in re.finditer(r"\bbreak\b", body):
            yield at(match.start()), f"`break` in {function.name}"
        for match in re.finditer(r"(?<![?:\w])\s(\w+)\s*:(?!:)", body):
            if "?" not in body[body.rfind(";", 0, match.start()) + 1 : match.start()]:
                yield at(match.start()), f"label {match[1]} in {function.name}"
    for word in ("PUSH", "SET_TOP"):
        for offset, inner in inner_of(body, word):
            if re.search(r"\bPOP\s*\(", inner):
                yield at(offset), f"POP() within {word}() in {function.name}"
    for offset, name in unannounced_calls(body, raising) if kind == "HANDLER" else ():
        yield at(offset), f"{function.name} calls {name} outside CALL_OUT()"
    names = local_names(body)
    for match in re.finditer(r"(?:^|[(,=?:{!]|return|&&)\s*&\s*(\w+)\s*(->|\[|\.|\(|)", body):
        if match[1] in names and match[2] in ("", "."):
            yield at(match.start()), f"{function.name} takes the address of {match[1]}"


def problems(tree):
    exits, raising = exit_words(tree), raising_functions(tree)
    for file in tree.select({".inc"}, "interp/vm/handlers/"):
        kinds = {name: kind for kind, name in HEAD.findall(file.plain)}
        for function in file.functions:
            kind = kinds.get(function.name)
            if kind is None:
                yield file.path, function.first, f"{function.name} is neither HANDLER nor SHARED"
                continue
            for line, message in check_body(file, function, kind, exits, raising):
                yield file.path, line, message
        for match in re.finditer(r"^[ \t]*#[ \t]*(if|ifdef|ifndef|else|elif|define|undef)\b", file.code, re.M):
            yield file.path, file.line_of(match.start()), f"#{match[1]} among handlers"
