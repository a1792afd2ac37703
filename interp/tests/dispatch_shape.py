#!/usr/bin/python3
"""Dispatch-shape test: does the final binary dispatch as each technique promises?

Compilers like to merge the jumps of a threaded interpreter into one, which silently turns one
technique into another. This test disassembles the binary with the line table, gives every indirect
jump or call to the HANDLER whose lines in interp/vm/handlers/*.inc it comes from, and checks:

    token, direct, tail   every HANDLER that contains a NEXT owns at least one indirect jump
    switch                at most 4 indirect jumps in all
    call                  exactly one indirect call in its loop, no indirect jump

usage: dispatch_shape.py BINARY ENGINES.DEF     (a table of what was found; exit code 1 on failure)
"""
import collections
import pathlib
import re
import subprocess
import sys

HANDLERS = pathlib.Path(__file__).resolve().parents[1] / "vm" / "handlers"
THREADED = ("token", "direct", "tail")
SWITCH_LIMIT = 4

HANDLER_HEAD = re.compile(r"^(HANDLER|SHARED)\((\w+)\)")
# Words that end a handler by dispatching; ceval_macros.h builds them all on NEXT.
DISPATCHING = re.compile(r"\b(NEXT|NEXT_PAST|NEXT_\w+|JUMP_BY|JUMP_TO|DISPATCH\w*)\s*\(")
SYMBOL = re.compile(r"^[0-9a-f]+ <([^>]+)>:$")
LINE = re.compile(r"^(\S.*):(\d+)(?: \(discriminator \d+\))?$")
INDIRECT = re.compile(r"\t(?:notrack |bnd )*(jmp|call)q? +\*")


def read_handlers(folder=HANDLERS):
    """{file name: [(first line, last line, name, dispatches)]} of the HANDLERs of every .inc."""
    table = {}
    for path in sorted(folder.glob("*.inc")):
        rows, start, name, kind = [], 0, None, None
        lines = path.read_text().splitlines()
        for number, line in enumerate([*lines, "HANDLER(end)"], 1):
            head = HANDLER_HEAD.match(line)
            if not head:
                continue
            if kind == "HANDLER":
                body = re.sub(r"//.*", "", "\n".join(lines[start - 1 : number - 1]))
                rows.append((start, number - 1, name, bool(DISPATCHING.search(body))))
            kind, name, start = head[1], head[2], number
        table[path.name] = rows
    return table


def read_engines(path):
    """[(technique, compiler)] of the engines that the build has."""
    return re.findall(r"^ENGINE\((\w+), (\w+)\)", pathlib.Path(path).read_text(), re.M)


def engine_of(symbol, engines):
    """The engine whose function this is: its name contains technique_compiler."""
    for technique, compiler in engines:
        if re.search(rf"_{technique}_{compiler}(\.|$)", symbol):
            return technique, compiler
    return None


def scan(binary, engines, handlers):
    """{engine: (Counter of indirect jumps by handler, number of jumps, number of calls)}.

    Calls of function pointers inside a handler are its own business; for `call` only calls outside
    the handlers' functions count, which is the loop."""
    found = {engine: (collections.Counter(), [0], [0]) for engine in engines}
    command = ["objdump", "-d", "-l", "--no-show-raw-insn", str(binary)]
    disassembly = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    engine, symbol, place = None, "", None
    for text in disassembly.splitlines():
        if text.startswith("0"):
            match = SYMBOL.match(text)
            if match:
                symbol, place = match[1], None
                engine = engine_of(symbol, engines)
            continue
        if engine is None or not text:
            continue
        if text[0] != " ":
            # Code inlined from a header belongs to the handler around it, and so does what follows
            # without a line of its own.
            match = LINE.match(text)
            if match and not match[1].endswith(".h"):
                place = (match[1].rsplit("/", 1)[-1], int(match[2]))
            continue
        match = INDIRECT.search(text)
        if not match:
            continue
        owners, jumps, calls = found[engine]
        if match[1] == "call":
            calls[0] += not symbol.startswith(("op_", "shared_"))
            continue
        jumps[0] += 1
        owner = owner_of(symbol, place, engine, handlers)
        if owner:
            owners[owner] += 1
    return found


def owner_of(symbol, place, engine, handlers):
    """The handler that an indirect jump belongs to: by symbol where a handler is a function."""
    if engine[0] in ("tail", "call"):
        match = re.match(rf"op_(\w+)_{engine[0]}_{engine[1]}", symbol)
        return match[1] if match else None
    if place:
        for first, last, name, _ in handlers.get(place[0], ()):
            if first <= place[1] <= last:
                return name
    return None


def judge(engine, result, handlers):
    """None when the engine has its shape, else what is wrong with it."""
    owners, (jumps,), (calls,) = result
    technique = engine[0]
    if technique == "switch":
        return None if 1 <= jumps <= SWITCH_LIMIT else f"{jumps} indirect jumps; 1 to {SWITCH_LIMIT} expected"
    if technique == "call":
        if calls != 1:
            return f"{calls} indirect calls in the loop; 1 expected"
        return f"{jumps} indirect jumps; none expected" if jumps else None
    dispatching = [name for rows in handlers.values() for _, _, name, next_ in rows if next_]
    without = [name for name in dispatching if not owners[name]]
    if not dispatching:
        return "no handler contains a NEXT"
    if without:
        return f"{len(without)} of {len(dispatching)} handlers own no jump: {' '.join(without[:12])}"
    return None


def check(binary, rows_file):
    """[(technique, compiler, jumps, calls, complaint or None)] for every engine of the build."""
    engines, handlers = read_engines(rows_file), read_handlers()
    found = scan(binary, engines, handlers)
    return [
        (*engine, result[1][0], result[2][0], judge(engine, result, handlers))
        for engine, result in found.items()
    ]


def cases(context):
    """For tools/test: one case an engine and optimised build."""
    from harness import Case

    for preset in context.presets:
        if preset == "checked":  # the sanitizers' code has jumps of its own
            continue
        table, rows_file = {}, context.folder(preset) / "generated" / "engines.def"

        def result(engine, preset=preset, table=table, rows_file=rows_file):
            if not table:
                table.update({row[:2]: row[4] for row in check(context.krait(preset), rows_file)})
            return table[engine]

        for engine in read_engines(rows_file):
            name = f"{preset} {engine[0]}:{engine[1].replace('_', '-')}"
            yield Case("shape", name, lambda engine=engine, result=result: result(engine))


def main():
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    failed = False
    for technique, compiler, jumps, calls, complaint in check(*sys.argv[1:]):
        failed |= complaint is not None
        print(f"{technique:7} {compiler:9} {jumps:5} jumps {calls:3} calls  {complaint or 'ok'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
