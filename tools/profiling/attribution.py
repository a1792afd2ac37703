"""Samples -> rows: how much time each opcode, shared tail, C function and Python function takes.

A sample belongs to the innermost engine function of its stack: in it (`self`), or in a C function that it
called. What lies between that function and the innermost one are the helpers. A stack without an engine is
time `outside` (start-up, compiling, the end) if it could be unwound to the program's start, and
`unattributed` if not.
"""

import math
import os

from profiling import engine_map

OUTSIDE = ("outside", "outside the engine")
UNATTRIBUTED = ("unattributed", "unattributed")
STARTS = {"_start", "main", "__libc_start_call_main", "_dl_start_user", "__libc_start_main", "entry_SYSCALL_64_after_hwframe"}


class Sample:
    """What is kept of one: its owner, and the C functions called from there, outermost first."""

    __slots__ = ("owner", "helpers")

    def __init__(self, owner, helpers):
        self.owner, self.helpers = owner, helpers

    def key(self):
        return self.owner, self.helpers


class Resolver:
    """Stacks of perf, or addresses of Krait's own sampler, for one engine of one executable."""

    def __init__(self, binary, technique, compiler, symbols=None):
        self.binary = os.path.realpath(binary)
        self.symbols = symbols or engine_map.Symbols(binary)
        self.map = engine_map.EngineMap(binary, self.symbols, technique, compiler)

    def stack(self, frames):
        """The Sample of a stack of perf.Frames."""
        helpers = []
        for frame in frames:
            own = os.path.realpath(frame.file) == self.binary if frame.file.startswith("/") else False
            owner = self.map.owner(self.symbols.address(frame.address)) if own else None
            if owner:
                return Sample(owner, tuple(reversed(helpers)))
            name = engine_map.plain_name(frame.symbol)
            if name != "[unknown]":
                helpers.append(f"[kernel] {name}" if frame.is_kernel() else name)
        whole = bool(frames) and (frames[-1].symbol.split("@")[0] in STARTS or frames[-1].is_kernel() or "ld-linux" in frames[-1].file)
        return Sample(OUTSIDE if whole else UNATTRIBUTED, tuple(reversed(helpers)))

    def address(self, address):
        """(owner or None, C function or None) of an address."""
        return self.map.owner(address), self.symbols.name(address)


class Profile:
    """Counted samples of one engine. `groups` maps (owner, helpers) to the number of samples; each stands
    for `seconds_each` seconds of one run of the program."""

    def __init__(self, groups, seconds_each):
        self.groups, self.seconds_each = groups, seconds_each
        self.total = sum(groups.values())

    @classmethod
    def read(cls, recordings, resolver, runs):
        """From the (period, frames) of all runs; `runs`: how many there were."""
        groups, periods = {}, 0
        for period, frames in recordings:
            key = resolver.stack(frames).key()
            groups[key] = groups.get(key, 0) + 1
            periods += period
        total = sum(groups.values())
        return cls(groups, periods / total / 1e9 / runs if total else 0.0)

    def owners(self):
        """{(kind, name): [self, total]} of opcodes, dispatch, shared tails, outside, unattributed."""
        found = {}
        for (owner, helpers), count in self.groups.items():
            row = found.setdefault(owner, [0, 0])
            row[0] += count if not helpers else 0
            row[1] += count
        return found

    def helpers(self):
        """{("helper", name): [self, total]} of the C functions called from the engine, and of those outside."""
        found = {}
        for (_, helpers), count in self.groups.items():
            for name in set(helpers):
                found.setdefault(("helper", name), [0, 0])[1] += count
            if helpers:
                found["helper", helpers[-1]][0] += count
        return found

    def engine_samples(self):
        """Samples in the engine's own code."""
        return sum(count for (owner, helpers), count in self.groups.items() if not helpers and owner not in (OUTSIDE, UNATTRIBUTED))


def interval(count, total):
    """The share of `count` of `total` samples, and its 95 % interval: samples are counts, whose standard
    deviation is the root of their expectation (Wilson 1927, which holds for small counts too)."""
    if not total:
        return math.nan, math.nan, math.nan
    z, share = 1.96, count / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return share, max(0.0, middle - half), min(1.0, middle + half)
