"""The same programs as .pyc files: those that Krait writes, and those that CPython 3.12.7 wrote
(bytecode/, recorded by tools/oracle). Both print what the source prints, under every engine, and
hold equal code objects."""
import _imp
import csv
import pathlib
import tempfile

from harness import ROOT, Case, difference, environment, run, tail
from run_language import FOLDER, variants

RECORDED = ROOT / "interp" / "tests" / "bytecode"
MACROBENCH = ROOT / "macrobench"
HEADER_SIZE = 16

# Prints where two .pyc files differ. Sets have no order, so their members are compared as sorted.
COMPARE = """
import marshal, sys

def fields(code):
    for name in ("argcount", "posonlyargcount", "kwonlyargcount", "stacksize", "flags", "firstlineno",
                 "code", "names", "varnames", "cellvars", "freevars", "name", "qualname", "linetable",
                 "exceptiontable"):
        yield name, getattr(code, "co_" + name)

def constant(value):
    if isinstance(value, tuple):
        return ["tuple"] + [constant(item) for item in value]
    if isinstance(value, frozenset):
        return ["frozenset"] + sorted(map(repr, value))
    return [type(value).__name__, repr(value)]

def compare(a, b, path):
    for (name, x), (_, y) in zip(fields(a), fields(b)):
        if x != y:
            print(path, name, x, y)
    if len(a.co_consts) != len(b.co_consts):
        print(path, "number of constants")
    for x, y in zip(a.co_consts, b.co_consts):
        if hasattr(x, "co_code") and hasattr(y, "co_code"):
            compare(x, y, path + "." + x.co_name)
        elif constant(x) != constant(y):
            print(path, "constant", constant(x), constant(y))

codes = []
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        file.seek(16)
        codes.append(marshal.load(file))
compare(*codes, "module")
"""


class Program:
    def __init__(self, name, source, arguments, expected):
        self.name, self.source, self.arguments, self.expected = name, source, arguments, expected
        self.recorded = RECORDED / f"{name}.pyc"


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def programs():
    for line in (RECORDED / "language.txt").read_text().split():
        source = FOLDER / f"{line}.py"
        yield Program(line.replace("/", "-"), source, [], source.with_suffix(".out").read_text())
    checksums = {(row["program"], row["size"]): row["checksum"] for row in rows(MACROBENCH / "expected.csv")}
    for row in rows(MACROBENCH / "manifest.csv"):
        name, size = row["program"], row["test_size"]
        source = MACROBENCH / "programs" / f"{name}.py"
        yield Program(name, source, [size], checksums[name, size] + "\n")


def run_bytecode(context, program, variant, path):
    command = [context.krait(variant.preset), *variant.options, path, *program.arguments]
    result = run(command, cwd=program.source.parent, timeout=variant.timeout)
    if result.code != 0:
        return f"{result.describe()}\n{tail(result.err)}"
    return difference(program.expected, result.out, "output")


def compile_bytecode(context, preset, program, folder):
    """The .pyc file that Krait makes of the source, below `folder`."""
    settings = environment(PYTHONPYCACHEPREFIX=folder)
    result = run([context.krait(preset), "--compile", program.source.name], cwd=program.source.parent,
                 env=settings)
    found = list(pathlib.Path(folder).rglob("*.pyc"))
    if result.code != 0 or len(found) != 1:
        return None, f"{result.describe()}, {len(found)} files\n{tail(result.err)}"
    return found[0], None


def run_own(context, program, variant):
    with tempfile.TemporaryDirectory() as folder:
        path, complaint = compile_bytecode(context, variant.preset, program, folder)
        return complaint or run_bytecode(context, program, variant, path)


def run_recorded(context, program, variant):
    return run_bytecode(context, program, variant, program.recorded)


def compare(context, preset, program):
    """Is the recorded file that of the source as it is, and Krait's file equal to it?"""
    data = program.recorded.read_bytes()
    key = int.from_bytes(data[:4], "little")
    if _imp.source_hash(key, program.source.read_bytes()) != data[8:HEADER_SIZE]:
        return "the source has changed: tools/oracle record-bytecode"
    with tempfile.TemporaryDirectory() as folder:
        path, complaint = compile_bytecode(context, preset, program, folder)
        if complaint:
            return complaint
        result = run([context.krait(preset), "-c", COMPARE, program.recorded, path])
    if result.code != 0:
        return f"{result.describe()}\n{tail(result.err)}"
    return difference("", result.out, "differences")


def cases(context):
    for program in programs():
        for preset in context.presets:
            yield Case("bytecode", f"{program.name} compared [{preset}]",
                       lambda c=context, q=preset, p=program: compare(c, q, p))
        for variant in variants(context):
            for kind, check in (("own", run_own), ("CPython's", run_recorded)):
                yield Case("bytecode", f"{program.name} {kind} [{variant.name}]",
                           lambda f=check, p=program, v=variant: f(context, p, v))
    known = {program.recorded for program in programs()}
    for path in sorted(RECORDED.glob("*.pyc")):
        if path not in known:
            yield Case("bytecode", path.name, lambda: "belongs to no program")
