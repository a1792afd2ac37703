"""One run of a measuring command: what is measured, by which build, where its files go.

    arguments, plan = session.parse(make_parser(), "bench", argv)
    with session.Session("bench", arguments, plan, rounds=10) as run: ...

A new run gets a plan from its arguments; --resume takes arguments, seed and facts from the plan that is
there, and refuses another build. Ctrl-C says how to go on.
"""

import argparse
import json
import os
import shlex
import sys
import time

from benchmarking import command, engines, environment, macro, progress, runs, tables
from benchmarking.command import ROOT, CommandError

KEPT = ["no_setup", "build", "json", "quiet", "resume"]  # what may stand beside --resume


def parse(parser, tool, argv):
    """The arguments, and the plan of the run that --resume goes on with (or None)."""
    arguments = parser.parse_args(argv)
    if not arguments.resume:
        return arguments, None
    for name, value in vars(arguments).items():
        if name not in KEPT and value != parser.get_default(name):
            parser.error(f"--resume takes --{name.replace('_', '-')} from the run")
    plan = runs.resume(arguments.resume, tool)
    known = {name: plan.arguments.get(name, parser.get_default(name)) for name in vars(arguments)}
    beside = {name: value for name, value in vars(arguments).items() if name in KEPT and (name != "build" or value)}
    return argparse.Namespace(**known | beside), plan


def start(tool, arguments, commit, facts):
    """The plan of a new run. A build that was given is in it, so that --resume finds it again."""
    kept = {name: value for name, value in vars(arguments).items() if name not in KEPT}
    if getattr(arguments, "build", None):
        kept["build"] = os.path.abspath(arguments.build)
    run_id = commit.run_id() if arguments.out else runs.new_run_id(commit)
    return runs.start(arguments.out or os.path.join(runs.RUNS, run_id), tool, run_id, kept, facts)


class Session:
    """`facts` (of a new run) must be the same when it goes on; the seed and the build are among them."""

    def __init__(self, tool, arguments, plan, **facts):
        self.tool, self.arguments = tool, arguments
        self.build = arguments.build or command.build_release()
        self.krait = os.path.join(self.build, "krait")
        self.commit = environment.Commit(ROOT)
        self.started = time.monotonic()
        self.engines = self.chosen_engines()
        self.peers = [macro.peer_arm(peer) for peer in getattr(arguments, "peer", [])]
        self.build_id = environment.build_id(self.krait)
        self.plan = plan or self.begin(facts)
        self.folder, self.run_id, self.facts = self.plan.folder, self.plan.run_id, self.plan.facts
        self.seed, self.cpu = self.facts["seed"], self.facts["cpu"]
        if self.facts["build_id"] != self.build_id:
            raise CommandError(f"{self.krait} is another build than the one this run began with (--build names the folder of that one)")

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is KeyboardInterrupt:
            raise KeyboardInterrupt(f"what is measured is kept; to go on: tools/{self.tool} --resume {self.folder}") from None

    def chosen_engines(self):
        """The engines that --dispatch names; all, or with --quick some, without it."""
        names = self.arguments.dispatch.split(",") if self.arguments.dispatch else []
        try:
            return engines.choose(engines.built(self.krait), names, self.arguments.quick)
        except engines.UnknownEngine as problem:
            raise CommandError(str(problem)) from None

    def begin(self, facts):
        """The plan of a new run."""
        arguments = self.arguments
        facts.update(build_id=self.build_id, cpu=environment.quiet_cpu(), seed=time.time_ns() % 2**31, words=shlex.join(sys.argv[1:]))
        if arguments.seed is not None:
            facts["seed"] = arguments.seed
        return start(self.tool, arguments, self.commit, facts)

    def suite(self, only):
        """The programs that a glob picks, at the size that --quick decides."""
        return macro.Suite(ROOT, only, "test" if self.arguments.quick else "bench")

    def timing(self, suite, arms):
        """The measurement of programs, in the parts `programs`."""
        return macro.timing(suite, arms, self.seed, self.cpu, self.plan.parts("programs", macro.COLUMNS))

    def progress(self, title, steps):
        return progress.Progress(title, steps, quiet=self.arguments.quiet)

    def write(self, name, columns, rows):
        tables.write(self.plan.path(name), columns, rows)

    def write_environment(self, more=()):
        """env.csv: the machine, the build, the peers, the run."""
        facts = list(environment.fingerprint(ROOT, self.build))
        facts += [("seed", self.seed), ("pinned_cpu", "" if self.cpu is None else self.cpu), ("arguments", self.facts["words"])]
        facts += [fact for peer in self.peers for fact in macro.peer_facts(peer)]
        rows = [{"run_id": self.run_id, "key": key, "value": value} for key, value in [*facts, *more]]
        self.write("env.csv", tables.ENV, rows)

    def print_result(self, files, code, found, lines):
        """What a finished run says: JSON with --json, else lines and where the files are."""
        if self.arguments.json:
            head = {"run_id": self.run_id, "folder": self.folder, "files": files, "exit_code": code}
            print(json.dumps(head | found, indent=1))
        else:
            for line in lines:
                print(line)
            print(f"files: {self.folder}/{{{','.join(name.removesuffix('.csv') for name in files)}}}.csv")
