"""tools/profile --diff: what takes more time in one profile than in another."""

import math
import os

from benchmarking import tables
from benchmarking.command import CommandError
from ledger import store

KINDS = ("opcode", "dispatch", "shared", "helper", "function", "outside", "unattributed")


class Side:
    """One engine's rows of a profile.csv: RUN, or RUN@TECHNIQUE[:COMPILER]."""

    def __init__(self, text):
        folder, _, engine = text.partition("@")
        if not os.path.exists(folder):
            folder = store.Ledger().find(folder).folder
        path = os.path.join(folder, "profile.csv") if os.path.isdir(folder) else folder
        if not os.path.isfile(path):
            raise CommandError(f"{folder}: no profile there (no profile.csv)")
        rows = tables.read(path)
        engines = list(dict.fromkeys((row["technique"], row["engine_compiler"]) for row in rows))
        chosen = [pair for pair in engines if not engine or engine in (pair[0], ":".join(pair))]
        if not chosen:
            raise CommandError(f"{folder}: no engine '{engine}' in this profile (it has {', '.join(':'.join(pair) for pair in engines)})")
        if not engine and len(chosen) > 1:
            names = ", ".join(":".join(pair) for pair in chosen)
            raise CommandError(f"{folder}: has several engines ({names}); say which: {folder}@{':'.join(chosen[0])}")
        self.engine = ":".join(chosen[0])
        self.rows = {(row["kind"], row["name"]): row for row in rows if (row["technique"], row["engine_compiler"]) == chosen[0]}
        self.program = next(iter(self.rows.values()))["program"] if self.rows else ""

    def seconds(self, key):
        """(seconds of a run, their standard deviation): samples are counts."""
        row = self.rows.get(key)
        if not row:
            return 0.0, 0.0
        seconds, total = float(row["seconds"]), int(row["total"])
        return seconds, seconds / math.sqrt(total) if total else 0.0


def compare(base, head):
    """[(kind, name, base seconds, head seconds, difference, half of its 95 % interval)], the largest
    difference first."""
    found = []
    for key in dict.fromkeys([*base.rows, *head.rows]):
        if key[0] not in KINDS:
            continue
        (before, error_before), (after, error_after) = base.seconds(key), head.seconds(key)
        found.append((*key, before, after, after - before, 1.96 * math.hypot(error_before, error_after)))
    return sorted(found, key=lambda row: -abs(row[4]))


def lines(base, head, top):
    """The tables, one a kind of row: differences beyond their interval are marked."""
    rows = compare(base, head)
    yield f"ms of a run: {base.program} {base.engine} -> {head.program} {head.engine}; * beyond the 95 % interval of sampling"
    for title, kinds in (("opcodes", KINDS[:3]), ("C functions (with what they call)", ("helper",)), ("Python functions (with what they call)", ("function",)), ("the rest", KINDS[5:])):
        chosen = [row for row in rows if row[0] in kinds][:top]
        if not chosen:
            continue
        yield f"\n  {'base':>9} {'head':>9} {'change':>9}   {'interval':19}   {title}"
        for _, name, before, after, change, half in chosen:
            mark = "*" if abs(change) > half else " "
            bounds = f"[{1e3 * (change - half):+.2f}, {1e3 * (change + half):+.2f}]"
            yield f"  {1e3 * before:9.2f} {1e3 * after:9.2f} {1e3 * change:+9.2f} {mark} {bounds:19}   {name}"
