"""The folder of a run, and what of it is already measured, so that a run that was stopped can go on.

    results/runs/RUN_ID/plan.json             what is measured and how: written before anything else
    results/runs/RUN_ID/parts/KIND/NAME.csv   one finished piece: a round of one program, of one opcode, ...
    results/runs/RUN_ID/*.csv                 the files of results/README.md, made of the parts at the end

Every file appears whole, by a rename, and a part is never changed; so whatever ends a run leaves only
whole files. A schedule is a function of the plan's seed and the piece's name, not of what was measured
before, so that a run that goes on follows the order it would have had.
"""

import contextlib
import fcntl
import json
import os
import shutil
import time

from benchmarking import tables, whole
from benchmarking.command import ROOT, CommandError

RUNS = os.path.join(ROOT, "results", "runs")


class Parts:
    """The finished pieces of one kind, each a CSV file with the same columns."""

    def __init__(self, folder, kind, columns):
        self.folder, self.columns = os.path.join(folder, "parts", kind), columns
        os.makedirs(self.folder, exist_ok=True)
        self.finished = {os.path.splitext(name)[0] for name in os.listdir(self.folder) if name.endswith(".csv")}

    def __contains__(self, name):
        return name in self.finished

    def add(self, name, rows):
        """A piece is measured: puts it on disk."""
        tables.write(os.path.join(self.folder, f"{name}.csv"), self.columns, rows)
        self.finished.add(name)

    def rows(self):
        """The rows of all pieces, in the order of their names."""
        for name in sorted(self.finished):
            yield from tables.read(os.path.join(self.folder, f"{name}.csv"))


class Plan:
    """What a run measures: `tool`, `run_id`, `arguments` (as parsed, by name) and `facts` that must hold
    when it goes on (build_id, ...) or that were drawn (seed)."""

    def __init__(self, folder, document):
        self.folder = folder
        self.tool, self.run_id = document["tool"], document["run_id"]
        self.arguments, self.facts = document["arguments"], document["facts"]
        self.lock = os.open(os.path.join(folder, "plan.json"), os.O_RDONLY)
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError(f"{folder}: another process is at this run") from None

    def parts(self, kind, columns):
        return Parts(self.folder, kind, columns)

    def path(self, name):
        return os.path.join(self.folder, name)

    def finish(self):
        """All files are written: the parts are not needed any more. A rename decides, so that a run which is
        stopped here is either unfinished with all its parts or finished."""
        os.rename(self.path("parts"), self.path(".finished"))
        shutil.rmtree(self.path(".finished"), ignore_errors=True)

    def discard(self):
        """Nothing was measured: takes away what the run has written, and the folder if it held nothing else."""
        shutil.rmtree(self.path("parts"), ignore_errors=True)
        for name in ("env.csv", "plan.json"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(self.path(name))
        with contextlib.suppress(OSError):  # --out may be a folder with files of its owner
            os.rmdir(self.folder)

    def lacks(self, kind):
        """No piece of this kind is finished yet."""
        folder = self.path(os.path.join("parts", kind))
        return not os.path.isdir(folder) or not os.listdir(folder)

    def is_finished(self):
        return not os.path.exists(self.path("parts"))


def new_run_id(commit):
    """A RUN_ID without a folder: two runs that begin in one second get different names."""
    run_id = commit.run_id()
    while os.path.exists(os.path.join(RUNS, run_id)):
        time.sleep(0.05)
        run_id = commit.run_id()
    return run_id


def refuse_used(folder):
    """Raises CommandError if the folder holds a run, of whatever command."""
    if any(os.path.exists(os.path.join(folder, name)) for name in ("plan.json", "env.csv")):
        raise CommandError(f"{folder} holds a run already; choose another --out (a run that was stopped goes on with --resume)")


def start(folder, tool, run_id, arguments, facts):
    """Makes the folder of a new run and its plan; refuses one that holds another run."""
    refuse_used(folder)
    os.makedirs(folder, exist_ok=True)
    path, parts = os.path.join(folder, "plan.json"), os.path.join(folder, "parts")
    if os.path.exists(parts):  # its end would remove them
        raise CommandError(f"{parts} is there already: choose another --out")
    os.makedirs(parts)
    document = {"schema": tables.SCHEMA, "tool": tool, "run_id": run_id, "arguments": arguments, "facts": facts}
    with whole.writing(path) as file:
        json.dump(document, file, indent=1)
        file.write("\n")
    return Plan(folder, document)


def find(run, tool):
    """The folder that --resume means: a folder, a RUN_ID, or 'latest' (of this tool)."""
    if run == "latest":
        known = sorted(os.listdir(RUNS), reverse=True) if os.path.isdir(RUNS) else []
        for name in known:
            document = _read(os.path.join(RUNS, name))
            if document and document["tool"] == tool:
                return os.path.join(RUNS, name)
        raise CommandError(f"--resume latest: no run of tools/{tool} in {RUNS}")
    return run if os.path.isdir(run) else os.path.join(RUNS, run)


def _read(folder):
    """The plan in a folder; None if there is none that can be read."""
    try:
        with open(os.path.join(folder, "plan.json"), encoding="utf-8") as file:
            document = json.load(file)
        return document if {"tool", "run_id", "arguments", "facts"} <= set(document) else None
    except (OSError, ValueError, TypeError):
        return None


def resume(run, tool):
    """The plan of a run that was stopped."""
    folder = find(run, tool)
    document = _read(folder)
    if not document:
        raise CommandError(f"--resume {run}: no run there (no plan.json that can be read)")
    if document["tool"] != tool:
        raise CommandError(f"--resume {run}: a run of tools/{document['tool']}, not of tools/{tool}")
    unfinished = [os.path.join(path, name) for path, _, names in os.walk(os.path.join(folder, "parts")) for name in names]
    for path in [*unfinished, *(os.path.join(folder, name) for name in os.listdir(folder))]:
        if path.endswith(".part"):
            os.remove(path)
    return Plan(folder, document)
