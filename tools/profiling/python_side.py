"""The Python side of a profile: what `krait --sample` saw, and joining it with perf's side.

perf knows opcodes and C functions, Krait's sampler knows functions, lines and opcodes. Both look at the same
program; so the time that perf found in an opcode (or in a C function called from it) is spread over the
Python stacks in which the sampler met that opcode (with that C function, if it met it at all).
"""

import json
import os
import subprocess

from benchmarking.command import CommandError


class Stack:
    """Samples with the same stack: function labels from the outermost in, the line, the opcode, the machine
    address, how many."""

    __slots__ = ("functions", "line", "opcode", "address", "count")

    def __init__(self, functions, line, opcode, address, count):
        self.functions, self.line, self.opcode, self.address, self.count = functions, line, opcode, address, count


def label(row):
    """How a function is named: its qualified name and where it begins."""
    qualified, path, first = row[0], row[1], row[2]
    return f"{qualified} ({os.path.basename(path)}:{first})".replace(";", ":")


class Samples:
    """What a run of `krait --sample --json` wrote."""

    def __init__(self, document):
        self.hz, self.taken, self.dropped = document["hz"], document["samples"], document["dropped"]
        labels = [label(row) for row in document["locations"]]
        lines = [f"{os.path.basename(row[1])}:{row[3]}" for row in document["locations"]]
        self.stacks = []
        for count, opcode, address, cut, places in document["stacks"]:
            functions = ("...",) * cut + tuple(labels[place] for place in places)
            self.stacks.append(Stack(functions, lines[places[-1]] if places else "", opcode, address, count))

    def add(self, other):
        self.taken, self.dropped = self.taken + other.taken, self.dropped + other.dropped
        self.stacks += other.stacks

    def functions(self):
        """{("function", label): [self, total]}: a recursive function counts once a sample."""
        found = {}
        for stack in self.stacks:
            for name in set(stack.functions):
                found.setdefault(("function", name), [0, 0])[1] += stack.count
            if stack.functions:
                found["function", stack.functions[-1]][0] += stack.count
        return found

    def lines(self):
        """{("line", label): [self, self]}."""
        found = {}
        for stack in self.stacks:
            if stack.line:
                row = found.setdefault(("line", f"{stack.line} {stack.functions[-1]}"), [0, 0])
                row[0] += stack.count
                row[1] += stack.count
        return found


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return Samples(json.load(file))


def failure(line, code, said):
    """What to say of a run that failed: the last lines of what the program itself said on stderr."""
    return CommandError(f"{' '.join(line)} ended with exit code {code}" + "".join(f"\n  {text}" for text in said.strip("\n").splitlines()[-8:]))


def record(krait, arguments, path, hz, environment):
    """Runs Krait with its sampler; its output goes nowhere."""
    line = [krait, f"--sample={hz}", "--json", f"--sample-output={path}", *arguments]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", env=environment, check=False)
    if done.returncode != 0:
        raise failure(line, done.returncode, done.stderr)
    return read(path)


def counts(krait, arguments, environment):
    """{instruction: how often it ran}: one run with krait --stats."""
    line = [krait, "--stats", "--json", *arguments]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", env=environment, check=False)
    start = done.stderr.find('{\n  "technique"')
    if done.returncode != 0 or start < 0:
        raise failure(line, done.returncode, done.stderr[:start] if start >= 0 else done.stderr)
    return json.loads(done.stderr[start:])["opcodes"]


class Spread:
    """For an opcode and a C function: the Python stacks in which they were met, with their shares."""

    def __init__(self, samples, resolver):
        self.by_key = {}
        for stack in samples.stacks:
            owner, symbol = resolver.address(stack.address)
            inside = None if owner else symbol
            for key in ((stack.opcode, inside), (stack.opcode, None, "any"), ("any",)):
                counted = self.by_key.setdefault(key, {})
                counted[stack.functions] = counted.get(stack.functions, 0) + stack.count
        self.shares = {}

    def stacks(self, owner, helpers):
        """[(functions, share)] for one group of perf's samples; [((), 1)] where nothing is known."""
        kind, name = owner
        if kind in ("outside", "unattributed"):
            return [((), 1.0)]
        innermost = next((helper for helper in reversed(helpers) if not helper.startswith("[kernel]")), None)
        opcode = name if kind == "opcode" else None
        for key in ((opcode, innermost), (opcode, None, "any"), ("any",)):
            if key in self.by_key and (opcode or key == ("any",)):
                return self._shares(key)
        return [((), 1.0)]

    def _shares(self, key):
        if key not in self.shares:
            counted = self.by_key[key]
            whole = sum(counted.values())
            self.shares[key] = [(functions, count / whole) for functions, count in counted.items()]
        return self.shares[key]


def fold(profile, spread):
    """{(frame, frame, ...): microseconds}: Python functions, the opcode, C functions."""
    folded = {}
    micro = profile.seconds_each * 1e6
    for (owner, helpers), count in profile.groups.items():
        for functions, share in spread.stacks(owner, helpers) if spread else [((), 1.0)]:
            key = functions + (owner[1],) + helpers
            folded[key] = folded.get(key, 0.0) + count * share * micro
    return folded


def fold_samples(samples):
    """The same without perf: Python functions, line, opcode."""
    folded = {}
    for stack in samples.stacks:
        key = stack.functions + ((stack.line,) if stack.line else ("(no function)",)) + ((stack.opcode,) if stack.opcode else ())
        folded[key] = folded.get(key, 0.0) + stack.count * 1e6 / samples.hz
    return folded


def folded_lines(folded):
    """The lines that flame graph tools read: `a;b;c 12`, in whole microseconds."""
    for frames, micro in sorted(folded.items()):
        if round(micro) > 0:
            yield ";".join(frame.replace(";", ":") for frame in frames) + f" {round(micro)}"
