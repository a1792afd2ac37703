"""What code an executable holds, function by function, so that two builds can be called the same.

A function's hash leaves out where it lies: its own jumps count as offsets, calls by the callee's name,
other addresses not at all. A text that grew moves all that follows, and changes no hash. Functions of an
engine (names ending in _TECHNIQUE_COMPILER) are told apart, because a row runs only one of them.
"""

import hashlib
import re
import shutil
import subprocess

_SYMBOL = re.compile(r"^([0-9a-f]+) <([^>]+)>:$")
_TARGET = re.compile(r"\b[0-9a-f]{5,} <([^>+]+)(\+0x[0-9a-f]+)?>")
_ADDRESS = re.compile(r"0x[0-9a-f]{6,}\b")
_COMMENT = re.compile(r"\s+# [0-9a-f]+.*$")
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
    text = _COMMENT.sub("", text)
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
    dumped = subprocess.run(["objdump", "-s", "-j", ".rodata", "-j", ".data", executable], capture_output=True, check=False)
    lines = dumped.stdout.split(b"\n", 3)
    return Code(parse(done.stdout.splitlines()), hashlib.sha256(lines[-1]).hexdigest()[:16])


def differing(base, head, engine=None):
    """Names of functions that are not the same in both, sorted; `engine`: among those that it may run."""
    first = base.of_engine(engine) if engine else base.functions
    second = head.of_engine(engine) if engine else head.functions
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def is_same(base, head, engine=None):
    """Whether both run the same code and data under an engine; None where that is not known."""
    if base is None or head is None:
        return None
    return base.data == head.data and not differing(base, head, engine)
