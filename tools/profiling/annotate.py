"""`perf annotate` and `perf report` by opcode, under every technique.

An engine that is one function has one symbol. A copy of the executable gets a symbol for each piece of a
handler instead (op_NAME, op_NAME.1, ...; dispatch; shared_NAME), made from the line table. perf finds the
copy by --symfs, and then shows each handler like a function.
"""

import os
import re
import subprocess

from benchmarking.command import CommandError

NAMES = {"opcode": "op_{}", "shared": "shared_{}", "dispatch": "{}"}


def piece_symbols(engine):
    """[(symbol, address)] for the pieces of an EngineMap."""
    seen, found = {}, []
    for start, _, (kind, name) in engine.pieces():
        base = NAMES[kind].format(name.removeprefix("shared:"))
        number = seen[base] = seen.get(base, -1) + 1
        found.append((f"{base}.{number}" if number else base, start))
    return found


def has(engine, name):
    """Whether an EngineMap has a handler, a shared tail or a dispatch of this name."""
    return any(symbol in (f"op_{name}", f"shared_{name}", name) for symbol, _ in piece_symbols(engine))


def sections(binary):
    """[(name, address, size)] of the executable's code sections."""
    text = subprocess.run(["readelf", "-SW", binary], capture_output=True, text=True, check=True).stdout
    rows = re.findall(r"^ +\[ *\d+\] (\S+) +PROGBITS +([0-9a-f]+) [0-9a-f]+ ([0-9a-f]+) \S+ +AX", text, re.M)
    return [(name, int(address, 16), int(size, 16)) for name, address, size in rows]


def make_symfs(engine, folder):
    """Writes the copy below `folder`, which perf takes as --symfs; the symbols in it."""
    copy = folder + os.path.realpath(engine.binary)
    os.makedirs(os.path.dirname(copy), exist_ok=True)
    placed, symbols = sections(engine.binary), piece_symbols(engine)
    line = ["objcopy"] + [f"--strip-symbol={name}" for _, _, name in engine.functions]
    for symbol, address in symbols:
        section, start = next((name, start) for name, start, size in placed if start <= address < start + size)
        line.append(f"--add-symbol={symbol}={section}:{address - start:#x},function,local")
    listed = os.path.join(folder, "objcopy.options")
    with open(listed, "w", encoding="utf-8") as file:
        file.write("\n".join(line[1:]))
    done = subprocess.run(["objcopy", f"@{listed}", engine.binary, copy], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CommandError(f"objcopy failed: {done.stderr.strip()[-300:]}")
    return [symbol for symbol, _ in symbols]


def command(data, symfs, symbol):
    """The perf command line for one symbol."""
    return ["perf", "annotate", "-i", data, "--symfs", symfs, "--stdio", "-s", symbol]


def print_annotated(data, symfs, symbols, opcode):
    """Prints every piece of an opcode's handler that was sampled; False if none was."""
    shown = False
    for symbol in symbols:
        if not re.fullmatch(rf"(op_|shared_)?{re.escape(opcode)}(\.\d+)?", symbol):
            continue
        done = subprocess.run(command(data, symfs, symbol), capture_output=True, text=True, errors="replace", check=False)
        if done.returncode == 0 and re.search(r"^ +[\d.]+ +:", done.stdout, re.M):
            print(done.stdout.rstrip("\n"))
            shown = True
    return shown
