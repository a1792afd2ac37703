"""What code an executable holds, function by function, so that two builds can be called the same.

A function's hash leaves out where it lies: its own jumps count as offsets, calls by the callee's name,
other addresses not at all. A text that grew moves all that follows, and changes no hash. Functions of an
engine (names ending in _TECHNIQUE_COMPILER) are told apart, because a row runs only one of them.

Most engines are one function for all handlers, which any changed handler changes. Which handlers those are is
told by the engines with a function for each (call, tail): so a row that executes none of the changed ones runs
the same code, though compilers may have placed it anew.
"""

import array
import hashlib
import re
import shutil
import subprocess
import tempfile

_SYMBOL = re.compile(r"^([0-9a-f]+) <([^>]+)>:$")
_TARGET = re.compile(r"\b[0-9a-f]{5,} <([^>+]+)(\+0x[0-9a-f]+)?>")
_ADDRESS = re.compile(r"0x[0-9a-f]{6,}\b")
_COMMENT = re.compile(r"\s+# [0-9a-f]+(?: <([^>]+)>)?.*$")
_RELATIVE = re.compile(r"-?0x[0-9a-f]+(?=\(%rip\))")
_HANDLER = re.compile(r"^op_(\w+?)_(?:call|tail)_(?:gcc|clang_19|clang)(?:\.|$)")
_SECTION = re.compile(r"^\s*\d+ \S+\s+([0-9a-f]{8}) +([0-9a-f]{16})", re.M)
_ENGINE = re.compile(r"_(switch|call|token|direct|tail)_(gcc|clang_19|clang)(\.|$)")


class Code:
    """functions: {name: hash}; data: hash of the constants and initial values."""

    def __init__(self, functions, data):
        self.functions, self.data = functions, data

    def of_engine(self, engine):
        """The functions that a run under an engine ("direct:gcc") may execute: all but the other engines'."""
        return {name: found for name, found in self.functions.items() if _engine(name) in (None, engine)}


def _engine(name):
    found = _ENGINE.search(name)
    return f"{found[1]}:{found[2].replace('_', '-')}" if found else None


def parse(lines):
    """{name: hash} of a disassembly (objdump -d --no-show-raw-insn)."""
    functions, name, current = {}, None, None
    for line in lines:
        head = _SYMBOL.match(line)
        if head:
            if name:
                _add(functions, name, current)
            name, current = head[2], hashlib.sha256()
        elif name and "\t" in line:
            current.update(_normal(line.split("\t", 1)[1].rstrip(), name).encode())
    if name:
        _add(functions, name, current)
    return functions


def _add(functions, name, current):
    """Static functions of one name in several files become one entry."""
    digest = current.hexdigest()[:16]
    functions[name] = hashlib.sha256((functions[name] + digest).encode()).hexdigest()[:16] if name in functions else digest


def _normal(text, name):
    """An instruction without addresses."""
    if text.startswith(("nop", "data16", "cs nop", "xchg   %ax,%ax")):
        return ""  # padding
    comment = _COMMENT.search(text)  # what an address relative to the instruction means
    symbol = comment[1] if comment and comment[1] and "+" not in comment[1] else "ADDRESS"
    text = _RELATIVE.sub(lambda _: symbol, _COMMENT.sub("", text))
    text = _TARGET.sub(lambda found: f"self{found[2] or ''}" if found[1] == name else found[1], text)
    return _ADDRESS.sub("ADDRESS", text) + "\n"


def read(executable):
    """The Code of an executable; None where binutils are missing or it is no such file."""
    if not shutil.which("objdump"):
        return None
    command = ["objdump", "-d", "--no-show-raw-insn", "-j", ".text", executable]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode != 0:
        return None
    return Code(parse(done.stdout.splitlines()), _data(executable))


def _data(executable):
    """Hash of constants and initial values without the words that are addresses in the executable, or, in jump
    tables, distances back to its code."""
    headers = subprocess.run(["objdump", "-h", executable], capture_output=True, text=True, check=False).stdout
    places = [(int(address, 16), int(size, 16)) for size, address in _SECTION.findall(headers) if int(address, 16)]
    first, last = min(start for start, _ in places), max(start + size for start, size in places)
    digest = hashlib.sha256()
    for section in (".rodata", ".data.rel.ro", ".data"):
        with tempfile.NamedTemporaryFile() as file:
            subprocess.run(["objcopy", "-O", "binary", "-j", section, executable, file.name], capture_output=True, check=False)
            words = array.array("I", _whole_words(file.name))
        kept = (0 if first <= word < last or word > 2**32 - (last - first) else word for word in words)
        digest.update(array.array("I", kept).tobytes())
    return digest.hexdigest()[:16]


def _whole_words(path):
    with open(path, "rb") as file:
        text = file.read()
    return text[: len(text) // 4 * 4]


def differing(base, head, engine=None):
    """Names of functions that are not the same in both, sorted; `engine`: among those that it may run."""
    first = base.of_engine(engine) if engine else base.functions
    second = head.of_engine(engine) if engine else head.functions
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def changed_handlers(base, head):
    """Names of the instructions whose handlers are not the same; None if no engine tells."""
    names = [name for name in differing(base, head) if _engine(name)]
    told = any(_HANDLER.match(name) for name in base.functions)
    shared = [name for name in names if name.startswith("shared_")]
    return None if shared or not told else {found[1] for found in map(_HANDLER.match, names) if found}


def described(base, head, engine):
    """What differs under an engine, in words for people: handlers by their instruction, then functions."""
    names = differing(base, head, engine)
    handlers = changed_handlers(base, head)
    if not handlers:
        return names
    return sorted(handlers) + [name for name in names if _engine(name) is None]


def is_same(base, head, engine=None, instructions=None, functions=None):
    """Whether both run the same code and data under an engine; `instructions`: for what executes only these;
    `functions`: for what executes only these beside the engine's own, and as often in both, whatever their data
    are. None where that is not known."""
    if base is None or head is None:
        return None
    if functions is None and base.data != head.data:
        return False
    names = [name for name in differing(base, head, engine) if functions is None or _engine(name) or name in functions]
    if not names:
        return True
    handlers = changed_handlers(base, head)
    if instructions is None or not handlers or any(_engine(name) is None for name in names):
        return False
    return not handlers & set(instructions)
