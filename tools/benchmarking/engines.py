"""The engines of a build, and which of them a run measures."""

import json
import subprocess


TECHNIQUES = ("switch", "call", "token", "direct", "tail")  # of dispatch, as reports order them


class Engine:
    """One technique by one compiler."""

    def __init__(self, row):
        self.technique, self.compiler, self.flags = row["technique"], row["compiler"], row["flags"]

    @property
    def name(self):
        """What --dispatch takes."""
        return f"{self.technique}:{self.compiler}"


class UnknownEngine(Exception):
    """--dispatch names an engine that this build does not have."""


def built(krait):
    """Every engine of the build, in its order."""
    done = subprocess.run([krait, "--dispatch=list", "--json"], capture_output=True, text=True, check=True)
    return [Engine(row) for row in json.loads(done.stdout) if row["built"]]


def choose(available, names, quick):
    """Those that --dispatch names (a technique means all its compilers); else all; --quick: `direct` by
    every compiler and one engine of each other technique."""
    if names:
        chosen = [engine for name in names for engine in available if name in (engine.technique, engine.name)]
        for name in names:
            if not any(name in (engine.technique, engine.name) for engine in available):
                have = ", ".join(engine.name for engine in available)
                raise UnknownEngine(f"no engine '{name}' in this build (it has {have})")
        return list(dict.fromkeys(chosen))
    if not quick:
        return available
    seen = set()
    chosen = []
    for engine in available:
        if engine.technique == "direct" or engine.technique not in seen:
            chosen.append(engine)
        seen.add(engine.technique)
    return chosen
