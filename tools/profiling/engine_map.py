"""Machine addresses of an engine -> the opcode handler that they belong to.

Handlers are text that every engine page includes (interp/vm/handlers/*.inc), so the line table of the
executable says for each machine instruction which HANDLER or SHARED tail it was compiled from; code inlined
from a header belongs to the handler that it was inlined into. What lies in an engine but in no handler
(the loop of `call`, the switch of `switch`, the entry of each) is the row `dispatch`.

clang gives no line to code that it made common to several handlers, even where it copied it back to each of
them later. Such code belongs to the handler from which alone the machine can come there; what several lead
to is `shared:merged`. Labels in the
assembler text would not do: compilers move blocks of a handler behind other handlers' labels.
"""

import bisect
import json
import os
import re
import shutil
import subprocess

HANDLER_HEAD = re.compile(r"^(HANDLER|SHARED)\((\w+)\)")
INSTRUCTION = re.compile(r"^ +([0-9a-f]+):\t(?:notrack |bnd )*(\w+) *(\*?)(?:([0-9a-f]+) <)?", re.M)
LEAVES = {"jmp", "ret", "retq", "ud2", "b", "br"}  # nothing falls through them
DISPATCH = ("dispatch", "dispatch")
MERGED = ("shared", "shared:merged")


class NoLineTable(Exception):
    """The executable has no symbols or no debug information, or the programs that read them are missing."""


def run(command, text=None):
    """What a program prints; NoLineTable if it cannot be run."""
    try:
        return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as problem:
        raise NoLineTable(f"{command[0]}: {getattr(problem, 'stderr', '') or problem}".strip()) from None


class Symbols:
    """The functions of an executable, and how its file offsets become addresses."""

    def __init__(self, binary):
        self.functions = []  # (start, end, name), sorted
        for line in run(["nm", "-S", "--defined-only", binary]).splitlines():
            words = line.split()
            if len(words) == 4 and words[2] in "tTwWi":
                start = int(words[0], 16)
                self.functions.append((start, start + int(words[1], 16), words[3]))
        if not self.functions:
            raise NoLineTable(f"{binary} has no symbols")
        self.functions.sort()
        self.starts = [start for start, _, _ in self.functions]
        self.segments = []  # (file offset, address, size) of what is executable
        for line in run(["readelf", "-lW", binary]).splitlines():
            words = line.split()
            if words[:1] == ["LOAD"] and "E" in words[6:-1]:
                self.segments.append((int(words[1], 16), int(words[2], 16), int(words[4], 16)))

    def find(self, address):
        """The (start, end, name) that an address lies in, or None."""
        place = bisect.bisect_right(self.starts, address) - 1
        if place < 0:
            return None
        start, end, name = self.functions[place]
        return (start, end, name) if address < max(end, start + 1) else None

    def name(self, address):
        """The function's name, without what compilers append to its parts; None if there is none."""
        found = self.find(address)
        return plain_name(found[2]) if found else None

    def address(self, offset):
        """The address at which a place of the file is loaded (the executable is not position-independent);
        what is an address already stays."""
        for start, address, size in self.segments:
            if start <= offset < start + size:
                return address + offset - start
        return offset


def plain_name(symbol):
    """A C function's name without .cold, .part.0, .constprop.0 and the like."""
    return symbol.split(".", 1)[0] or symbol


class Sources:
    """Which handler stands in which lines of the .inc files."""

    def __init__(self):
        self.heads = {}  # path: [(line, kind, name)]

    def owner(self, path, line):
        if path not in self.heads:
            try:
                with open(path, encoding="utf-8") as file:
                    lines = file.read().splitlines()
            except OSError:
                raise NoLineTable(f"{path}: the sources of the executable are not there") from None
            found = ((number, HANDLER_HEAD.match(text)) for number, text in enumerate(lines, 1))
            self.heads[path] = [(number, head[1], head[2]) for number, head in found if head]
        before = [head for head in self.heads[path] if head[0] <= line]
        if not before:
            return None
        _, kind, name = before[-1]
        return ("opcode", name) if kind == "HANDLER" else ("shared", f"shared:{name}")


def symbolize(binary, addresses):
    """{address: [(path, line), ...]}, the innermost inlined function first, by llvm-symbolizer, which reads
    the tables of both compilers, or else binutils' addr2line, which reads those of gcc."""
    for name in ("llvm-symbolizer-19", "llvm-symbolizer"):
        if shutil.which(name):
            return _by_llvm(name, binary, addresses)
    return _by_addr2line(binary, addresses)


def _by_llvm(program, binary, addresses):
    text = "\n".join(map(hex, addresses))
    chains = {}
    for line in run([program, "-e", binary, "--inlines", "--output-style=JSON"], text).splitlines():
        found = json.loads(line)
        chains[int(found["Address"], 16)] = [(frame["FileName"], frame["Line"]) for frame in found.get("Symbol", ())]
    return chains


def _by_addr2line(binary, addresses):
    chains, chain = {}, []
    lines = iter(run(["addr2line", "-e", binary, "-a", "-i"], "\n".join(map(hex, addresses))).splitlines())
    for line in lines:
        if re.fullmatch(r"0x[0-9a-f]+", line):
            chain = chains.setdefault(int(line, 16), [])
            continue
        path, _, number = re.sub(r" \(discriminator \d+\)$", "", line).rpartition(":")
        chain.append((path, int(number) if number.isdigit() else 0))
    return chains


class EngineMap:
    """The machine instructions of one engine and their owners: ("opcode", NAME), ("shared", "shared:NAME"),
    DISPATCH."""

    def __init__(self, binary, symbols, technique, compiler):
        self.binary, self.technique, self.compiler = binary, technique, compiler
        suffix = f"_{technique}_{compiler.replace('-', '_')}"
        self.own_symbol = re.compile(rf"^(run|op_(\w+)|shared_(\w+)){re.escape(suffix)}(\.|$)")
        self.functions = [function for function in symbols.functions if self.own_symbol.match(function[2])]
        if not self.functions:
            raise NoLineTable(f"{binary} has no engine {technique}:{compiler}")
        self.starts = [start for start, _, _ in self.functions]
        self.owners = {}
        self._fill(Sources())
        self.addresses = sorted(self.owners)

    def _instructions(self):
        """(address, whether the next instruction may follow it, where it jumps or None); functions that lie
        together are read together."""
        low, high, spans = None, None, []
        for start, end, _ in self.functions:
            if low is not None and start - high < 4096:
                high = max(high, end)
                continue
            if low is not None:
                spans.append((low, high))
            low, high = start, end
        spans.append((low, high))
        for low, high in spans:
            text = run(["objdump", "-d", "--no-show-raw-insn", f"--start-address={low}", f"--stop-address={high}", self.binary])
            for address, name, star, target in INSTRUCTION.findall(text):
                jumps = target and not star and (name.startswith("j") or name in ("b", "cbz", "cbnz", "tbz", "tbnz"))
                yield int(address, 16), name not in LEAVES, int(target, 16) if jumps else None

    def _fill(self, sources):
        instructions = [found for found in self._instructions() if self.function(found[0])]
        chains = symbolize(self.binary, [address for address, _, _ in instructions])
        for address, _, _ in instructions:
            self.owners[address] = self._owner(chains.get(address, ()), self.function(address), sources)
        for address, owner in self._reached(instructions).items():
            self.owners[address] = owner

    def _reached(self, instructions):
        """{address: owner} for the instructions without one: by where the machine can come from."""
        follows = {}  # address: where it leads
        for (address, falls, target), following in zip(instructions, instructions[1:] + [None]):
            near = following and self.function(following[0]) == self.function(address)
            follows[address] = ([following[0]] if falls and near else []) + ([target] if target in self.owners else [])
        unknown = {address for address, owner in self.owners.items() if owner is None}
        sources = {address: set() for address in unknown}
        waiting = [address for address in follows if self.owners[address]]
        while waiting:
            address = waiting.pop()
            found = {self.owners[address]} if self.owners[address] else sources[address]
            for target in follows[address]:
                if target in unknown and not found <= sources[target]:
                    sources[target] |= found
                    waiting.append(target)
        reached, ahead = {}, MERGED
        for address, falls, _ in reversed(instructions):  # entries, which jump tables lead to: as what follows
            ahead = ahead if falls else MERGED
            if address not in unknown:
                ahead = self.owners[address]
                continue
            handlers = sources[address] - {DISPATCH} or sources[address]
            reached[address] = ahead if not handlers else next(iter(handlers)) if len(handlers) == 1 else MERGED
        return reached

    def _owner(self, chain, function, sources):
        """None: the line table does not say."""
        for path, line in chain:
            if os.path.basename(os.path.dirname(path)) == "handlers" and path.endswith(".inc"):
                owner = sources.owner(path, line) if line else None
                if owner:
                    return owner
        named = self.own_symbol.match(function[2])
        if named[2]:
            return "opcode", named[2]
        if named[3]:
            return "shared", f"shared:{named[3]}"
        return DISPATCH if chain and chain[-1][1] and not chain[-1][0].endswith((".h", ".inc")) else None

    def function(self, address):
        """The engine's function that an address lies in, or None."""
        place = bisect.bisect_right(self.starts, address) - 1
        return self.functions[place] if place >= 0 and address < self.functions[place][1] else None

    def owner(self, address):
        """Of the instruction that an address lies in; None if that is not in the engine."""
        if not self.function(address):
            return None
        place = bisect.bisect_right(self.addresses, address) - 1
        return self.owners[self.addresses[place]] if place >= 0 else DISPATCH

    def pieces(self):
        """[(address, end, owner)]: the engine's code cut where the owner changes, or the function does."""
        found = []
        for address in self.addresses:
            function, owner = self.function(address), self.owners[address]
            if found and found[-1][3] == function and found[-1][2] == owner:
                continue
            if found:
                found[-1][1] = min(address, found[-1][3][1])
            found.append([address, function[1], owner, function])
        return [(start, end, owner) for start, end, owner, _ in found]
