"""The runs of the ledger: finding one by name, and reading its files, each checked by the schema."""

import os
import re
import time

from benchmarking import schema, tables
from benchmarking.command import CommandError
from ledger import fingerprint

RESULTS = os.path.join(schema.ROOT, "results")


class NoRun(CommandError):
    """No run has that name, or several have."""


class Run:
    """A folder with the files of results/README.md; they are read when they are asked for."""

    def __init__(self, folder, label=""):
        self.folder = os.path.abspath(folder)
        self._tables = {}
        path = os.path.join(self.folder, "env.csv")
        if not os.path.exists(path):
            raise NoRun(f"{folder}: not a run: it has no env.csv")
        rows = tables.read(path)
        self.environment = {row["key"]: row["value"] for row in rows}
        self.run_id = rows[0]["run_id"] if rows else os.path.basename(self.folder)
        self.label = label or self.run_id
        self.fingerprint = fingerprint.of(self.environment)

    def path(self, name):
        return os.path.join(self.folder, name)

    def has(self, name):
        return os.path.exists(self.path(name))

    def table(self, name):
        """The rows of a file, [] if the run does not have it."""
        if name not in self._tables:
            self._tables[name] = tables.read(self.path(name)) if self.has(name) else []
        return self._tables[name]

    def files(self):
        """The names of the files that the schema describes and the run has."""
        return [name for name in schema.FILES if self.has(name)]

    def flame_graphs(self):
        """The names of the run's pictures."""
        return sorted(name for name in os.listdir(self.folder) if name.endswith(".svg"))

    @property
    def is_finished(self):
        """Whether the measurement came to its end (pieces of one that did not lie in parts/)."""
        return not os.path.isdir(self.path("parts"))

    @property
    def commit(self):
        return self.environment.get("commit", "")

    @property
    def date(self):
        return self.environment.get("date_utc", "")


class Ledger:
    """A results folder: runs/ with what was measured here, baseline/ with what is kept."""

    def __init__(self, results=RESULTS):
        self.results = results
        self.runs_folder = os.path.join(results, "runs")
        self.baseline_folder = os.path.join(results, "baseline")

    def names(self):
        """Names of all runs, oldest first: a run's name begins with its time; one that --name chose is as old as its files."""
        return sorted(self._folders(self.runs_folder), key=self._age)

    def _age(self, name):
        if re.match(r"\d{8}T\d{6}Z", name):
            return name
        written = os.path.getmtime(os.path.join(self.runs_folder, name, "env.csv"))
        return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(written))

    def baselines(self):
        """Names of the committed baselines."""
        return self._folders(self.baseline_folder)

    @staticmethod
    def _folders(folder):
        if not os.path.isdir(folder):
            return []
        return sorted(name for name in os.listdir(folder) if os.path.exists(os.path.join(folder, name, "env.csv")))

    def find(self, text):
        """The run that a word means: a folder; `latest` (that is finished), `latest~2` (two before it); `baseline` (that of the
        latest run's machine) or `baseline/NAME`; a run id or the beginning of just one; a commit."""
        if os.path.isdir(text):
            return Run(text)
        if text == "baseline" or text.startswith("baseline/"):
            return self._baseline(text.partition("/")[2])
        names = self.names()
        if text == "latest" or text.startswith("latest~"):
            back = text[len("latest~") :] or "0"
            finished = [name for name in names if not os.path.isdir(os.path.join(self.runs_folder, name, "parts"))]
            if not back.isdigit():
                raise NoRun(f"{text}: behind 'latest~' stands a number")
            if int(back) >= len(finished):
                raise NoRun(f"{text}: there are {len(finished)} finished runs in {self.runs_folder}")
            return self.open(finished[-1 - int(back)])
        found = [name for name in names if name == text] or [name for name in names if name.startswith(text)]
        found = found or [name for name in names if text in name.split("-")[1:]][-1:]
        if len(found) != 1:
            raise NoRun(f"{text}: " + (f"{len(found)} runs begin so: {', '.join(found[:4])}" if found else "no such run or folder (tools/results list shows them)"))
        return self.open(found[0])

    def open(self, name):
        return Run(os.path.join(self.runs_folder, name))

    def _baseline(self, name):
        if not name:
            latest = self.find("latest")
            name = fingerprint.name(latest.fingerprint)
        folder = os.path.join(self.baseline_folder, name)
        if not os.path.isdir(folder):
            raise NoRun(f"no baseline '{name}' (there are: {', '.join(self.baselines()) or 'none'})")
        return Run(folder, label=f"baseline/{name}")
