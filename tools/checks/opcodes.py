"""Every row has a body, every body a row, every opcode an emitter:

- each row of bytecode/opcodes.def (but pseudo opcodes, prefixes, and those never in compiled code)
  and of vm/instructions.def has one HANDLER in vm/handlers/, and each HANDLER a row;
- each opcode that compiled code may contain is named (OP_NAME) in compiler/, or stands in
  unemitted.csv, with the reason."""
import csv
import pathlib
import re

ROW = re.compile(r"^[ \t]*([A-Z_]+)\(\s*([A-Z][A-Z0-9_]*)\s*,([^\n]*)", re.M)
HEAD = re.compile(r"^HANDLER\((\w+)\)", re.M)
UNEMITTED = pathlib.Path(__file__).with_name("unemitted.csv")


NO_ROW = {"WORDS"}  # names a family that has rows of its own
NO_BODY = re.compile(r"\bOPCODE_(PSEUDO|INTERNAL)\b|^\s*\d+,\s*PREFIX\b")
NO_EMITTER = re.compile(r"\bOPCODE_INTERNAL\b")


def rows(tree, path):
    """{name: (line, rest of the row)} of a table's rows."""
    file = tree.find(path)
    if file is None:
        return {}
    found = ROW.finditer(file.plain)
    return {m[2]: (file.line_of(m.start(2)), m[3]) for m in found if m[1] not in NO_ROW}


def unemitted():
    with open(UNEMITTED, newline="") as file:
        return {row["opcode"] for row in csv.DictReader(file)}


def problems(tree):
    public, private = rows(tree, "interp/bytecode/opcodes.def"), rows(tree, "interp/vm/instructions.def")
    bodies = {}
    for file in tree.select({".inc"}, "interp/vm/handlers/"):
        for match in HEAD.finditer(file.plain):
            line = file.line_of(match.start())
            if match[1] in bodies:
                yield file.path, line, f"a second HANDLER({match[1]})"
            bodies[match[1]] = (file.path, line)
    if not bodies:
        return
    for path, table in (("interp/bytecode/opcodes.def", public), ("interp/vm/instructions.def", private)):
        for name, (line, rest) in table.items():
            if name not in bodies and not NO_BODY.search(rest):
                yield path, line, f"no HANDLER({name})"
    for name, (path, line) in bodies.items():
        if name not in public and name not in private:
            yield path, line, f"HANDLER({name}) has no row"
    emitters = "\n".join(file.code for file in tree.select({".c", ".h", ".def"}, "interp/compiler/"))
    if not emitters.strip():
        return
    named, excused = set(re.findall(r"\bOP_(\w+)", emitters)), unemitted()
    for name, (line, rest) in public.items():
        if name not in named and name not in excused and not NO_EMITTER.search(rest):
            yield "interp/bytecode/opcodes.def", line, f"nothing in compiler/ names OP_{name}"
    for name in sorted(excused & named):
        yield "tools/checks/unemitted.csv", 1, f"OP_{name} has an emitter"
