"""tools/profile: where a program's time goes: opcode handlers, C functions, Python functions."""

import json
import math
import os
import shlex
import sys
import tempfile
import time

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

from benchmarking import command, engines, environment, runs, tables  # noqa: E402 (the path above comes first)
from benchmarking.command import CommandError  # noqa: E402
from benchmarking.progress import Progress  # noqa: E402
from profiling import annotate, attribution, difference, engine_map, flame, perf, python_side  # noqa: E402

EXAMPLES = (
    ("tools/profile raytracer", "a program of macrobench/, under the default engine"),
    ("tools/profile my.py -- 100 --fast", "any Python program, with its arguments"),
    ("tools/profile fib --dispatch all", "every technique and compiler, side by side"),
    ("tools/profile nbody --annotate BINARY_OP_ADD_FLOAT", "machine code of one handler, with samples"),
    ("tools/profile nbody --folded | flamegraph.pl > f.svg", "for other tools"),
    ("tools/profile --diff RUN RUN@tail", "what grew, from one run or engine to another"),
)
EPILOG = """\
Opcodes are told apart by the line table of interp/vm/handlers/*.inc. `dispatch` is the jump that handlers
share (switch, call), `shared:NAME` a tail that they share. `total` has the C functions that an opcode calls,
`self` does not. Files: profile.csv, counts.csv, env.csv, flame-ENGINE.svg, stacks-ENGINE.folded; with
--keep also perf's recordings and, for `perf report` by opcode, a copy of the executable (--symfs)."""
HZ = 1999  # no divisor of a round number
SECONDS = 2.0
RUN_LIMIT = 30


def parse_arguments(argv):
    parser = command.parser("profile", __doc__.split(": ", 1)[1], EXAMPLES, (command.EXIT_USAGE, command.EXIT_INTERRUPTED), EPILOG)
    parser.add_argument("program", nargs="*", metavar="PROGRAM", help="a Python file or a program of macrobench/; behind -- its arguments")
    command.add(parser, "dispatch", dispatch={"help": "techniques, or TECHNIQUE:COMPILER, separated by commas, or 'all' (default: the default engine)"})
    parser.add_argument("--seconds", metavar="S", type=command.seconds, default=SECONDS, help=f"run again until so much time was sampled (default {SECONDS:g})")
    parser.add_argument("--hz", metavar="N", type=command.positive, default=HZ, help=f"samples a second (default {HZ})")
    parser.add_argument("--size", choices=["test", "bench"], default="bench", help="of a program of macrobench/ without arguments")
    parser.add_argument("--option", metavar="OPTION", action="append", default=[], help="another option for krait: --option=--knobs-off=all (repeatable)")
    parser.add_argument("--no-perf", action="store_true", help="Krait's own sampler alone: Python functions, lines, opcodes")
    parser.add_argument("--no-python", action="store_true", help="perf alone: opcodes and C functions")
    parser.add_argument("--no-counts", action="store_true", help="do not count how often each opcode runs")
    parser.add_argument("--annotate", metavar="OPCODE", help="also print the machine code of a handler with its samples (perf annotate)")
    parser.add_argument("--folded", action="store_true", help="print folded stacks instead of tables: `function;OPCODE;C function microseconds`")
    parser.add_argument("--top", metavar="N", type=command.positive, default=20, help="rows of each table (default 20)")
    parser.add_argument("--keep", action="store_true", help="keep perf's recordings and the copy of the executable for --symfs")
    parser.add_argument("--diff", action="store_true", help="compare two profiles: RUN or RUN@ENGINE, twice; RUN as tools/results takes it")
    command.add(parser, "out", "json", "quiet", "build", "no-setup", "no-build")
    behind = argv.index("--") if "--" in argv else len(argv)
    arguments = parser.parse_args(argv[:behind])
    arguments.program += argv[behind + 1 :]
    if arguments.diff and len(arguments.program) != 2:
        parser.error("--diff wants two runs")
    if not arguments.program:
        parser.error("which program?")
    if arguments.no_perf and arguments.no_python:
        parser.error("--no-perf and --no-python leave nothing")
    if arguments.no_perf and arguments.annotate:
        parser.error("--annotate wants perf")
    return arguments


class Program:
    """What is profiled: a file and its arguments."""

    def __init__(self, words, size):
        name, self.arguments = words[0], words[1:]
        macro = os.path.join(command.ROOT, "macrobench")
        path = os.path.join(macro, "programs", f"{name}.py")
        if os.path.isfile(name):
            self.path, self.name = name, os.path.basename(name).removesuffix(".py")
        elif os.path.isfile(path) and os.sep not in name:
            self.path, self.name = path, name
            sizes = {row["program"]: row[f"{size}_size"] for row in tables.read(os.path.join(macro, "manifest.csv"))}
            self.arguments = self.arguments or [sizes[name]]
        else:
            known = sorted(entry.removesuffix(".py") for entry in os.listdir(os.path.join(macro, "programs")) if entry.endswith(".py"))
            raise CommandError(f"no file and no program of macrobench/ is named '{name}' (there are {', '.join(known)})")

    def command(self):
        return [self.path, *self.arguments]


class Result:
    """What is known of one engine's run."""

    def __init__(self, engine):
        self.engine = engine
        self.profile = self.samples = self.resolver = self.spread = None
        self.event, self.runs, self.folded = "", 0, {}

    def seconds(self):
        """Of one run."""
        if self.profile:
            return self.profile.total * self.profile.seconds_each
        return self.samples.taken / self.samples.hz / self.runs


class Job:
    """One run of the command."""

    def __init__(self, arguments, build, scratch):
        self.arguments, self.scratch = arguments, scratch
        self.krait = os.path.join(build, "krait")
        self.program = Program(arguments.program, arguments.size)
        self.build = build
        self.engines = self._engines()
        self.commit = environment.Commit(command.ROOT)
        self.run_id = self.commit.run_id() if arguments.out else runs.new_run_id(self.commit)
        self.folder = arguments.out or os.path.join(runs.RUNS, self.run_id)
        runs.refuse_used(self.folder)
        self.environment = dict(os.environ, PYTHONHASHSEED="0")
        self.symbols = None
        self.counts = {}

    def _engines(self):
        available = engines.built(self.krait)
        wanted = self.arguments.dispatch
        if not wanted:
            return [next(engine for engine in available if engine.technique == "direct")]
        return engines.choose(available, [] if wanted == "all" else wanted.split(","), False)

    def command(self, engine):
        return [self.krait, f"--dispatch={engine.name}", *self.arguments.option, *self.program.command()]

    def run(self):
        """The Results, one an engine."""
        parts = 2 * (not self.arguments.no_perf) + (not self.arguments.no_python)
        steps = parts * len(self.engines) + (not self.arguments.no_counts)
        stream = open(os.devnull, "w", encoding="utf-8") if self.arguments.quiet else sys.stderr  # pylint: disable=consider-using-with
        progress = Progress(f"profile of {self.program.name}", steps, stream)
        if not self.arguments.no_counts:
            self.counts = python_side.counts(self.krait, [f"--dispatch={self.engines[0].name}", *self.arguments.option, *self.program.command()], self.environment)
            progress.step("counted")
        return [self._engine(engine, progress) for engine in self.engines]

    def _engine(self, engine, progress):
        result = Result(engine)
        try:
            self.symbols = self.symbols or engine_map.Symbols(self.krait)
            result.resolver = attribution.Resolver(self.krait, engine.technique, engine.compiler, self.symbols)
        except engine_map.NoLineTable as problem:
            if not self.arguments.no_perf:
                raise CommandError(str(problem)) from None
        opcode = self.arguments.annotate
        if opcode and not annotate.has(result.resolver.map, opcode):
            raise CommandError(f"no handler is named '{opcode}'")
        if not self.arguments.no_perf:
            self._perf(result, progress)
        if not self.arguments.no_python:
            self._python(result)
            progress.step(f"{engine.name}, Python side")
        if result.profile:
            result.spread = python_side.Spread(result.samples, result.resolver) if result.samples else None
            result.folded = python_side.fold(result.profile, result.spread)
        else:
            result.folded = python_side.fold_samples(result.samples)
        return result

    def data(self, engine, number):
        return os.path.join(self.scratch, f"perf-{file_name(engine)}.data" + (f".{number}" if number else ""))

    def _perf(self, result, progress):
        result.event = perf.choose_event()
        recordings, sampled = [], 0.0
        while not result.runs or (sampled < self.arguments.seconds and result.runs < RUN_LIMIT):
            data = self.data(result.engine, result.runs)
            perf.record(self.command(result.engine), data, result.event, self.arguments.hz, self.environment)
            found = list(perf.samples(perf.script(data)))
            recordings += found
            result.runs += 1
            sampled += max(len(found), 1) / self.arguments.hz
            if result.runs == 1:
                progress.step(f"{result.engine.name}, perf")
        if not recordings:
            raise CommandError(f"perf took no sample of {' '.join(self.program.command())}: it is too short; --hz and --seconds take more")
        result.profile = attribution.Profile.read(recordings, result.resolver, result.runs)
        if not result.event.startswith("cpu-clock"):  # periods are cycles, not nanoseconds
            result.profile.seconds_each = 1 / self.arguments.hz / result.runs
        progress.step(f"{result.engine.name}, read")

    def _python(self, result):
        runs, path = 0, os.path.join(self.scratch, "samples.json")
        hz = min(self.arguments.hz, 10000)
        started = time.monotonic()
        while runs == 0 or (time.monotonic() - started < self.arguments.seconds and runs < RUN_LIMIT):
            arguments = self.command(result.engine)[1:]
            samples = python_side.record(self.krait, arguments, path, hz, self.environment)
            if result.samples:
                result.samples.add(samples)
            else:
                result.samples = samples
            runs += 1
        if not result.profile:
            result.runs = runs
        result.samples.runs = runs

    def rows(self, results):
        """The rows of profile.csv."""
        for result in results:
            if result.profile:
                event = {"event": result.event, "hz": self.arguments.hz}
                owners = result.profile.owners()
                for name in self.counts:
                    owners.setdefault(("opcode", name), [0, 0])
                total, each = result.profile.total, result.profile.seconds_each
                yield from self._rows(result, {**owners, **result.profile.helpers()}, total, each, event)
            if result.samples:
                samples = result.samples
                event = {"event": "timer", "hz": samples.hz}
                each = 1 / samples.hz / samples.runs
                found = {**samples.functions(), **samples.lines()}
                if not result.profile:
                    found = {**self._opcodes(samples), **found}
                yield from self._rows(result, found, samples.taken, each, event)

    def _opcodes(self, samples):
        found = {("opcode", name): [0, 0] for name in self.counts}
        for stack in samples.stacks:
            key = ("opcode", stack.opcode) if stack.opcode else attribution.OUTSIDE
            found.setdefault(key, [0, 0])[1] += stack.count
        return found

    def _rows(self, result, found, total, each, event):
        for (kind, name), (own, whole) in sorted(found.items(), key=lambda item: (-item[1][1], item[0])):
            share, low, high = attribution.interval(whole, total)
            executed = self.counts.get(name, 0) if kind == "opcode" and self.counts else None
            known = not math.isnan(share)
            yield dict(
                event,
                schema=tables.SCHEMA,
                run_id=self.run_id,
                program=self.program.name,
                arguments=shlex.join(self.program.arguments),
                technique=result.engine.technique,
                engine_compiler=result.engine.compiler,
                engine_flags=result.engine.flags,
                commit=self.commit.short,
                kind=kind,
                name=name,
                self=own,
                total=whole,
                share=f"{share:.6f}" if known else "",
                ci_lo=f"{low:.6f}" if known else "",
                ci_hi=f"{high:.6f}" if known else "",
                seconds=f"{whole * each:.6f}",
                executed="" if executed is None else executed,
                ns=f"{whole * each * 1e9 / executed:.3f}" if executed and whole else "",
            )

    def count_rows(self):
        known = {"schema": tables.SCHEMA, "run_id": self.run_id, "program": self.program.name, "arguments": shlex.join(self.program.arguments), "commit": self.commit.short}
        for name, executed in sorted(self.counts.items(), key=lambda item: -item[1]):
            yield dict(known, opcode=name, executed=executed)

    def write(self, results, rows):
        """All files of the run."""
        os.makedirs(self.folder, exist_ok=True)
        path = lambda name: os.path.join(self.folder, name)  # noqa: E731
        tables.write(path("profile.csv"), tables.PROFILE, rows)
        tables.write(path("counts.csv"), tables.COUNTS, list(self.count_rows()))
        facts = [*environment.fingerprint(command.ROOT, self.build), ("pinned_cpu", ""), ("arguments", shlex.join(sys.argv[1:]))]
        tables.write(path("env.csv"), tables.ENV, [{"run_id": self.run_id, "key": key, "value": value} for key, value in facts])
        for result in results:
            name = file_name(result.engine)
            title = f"{self.program.name} {shlex.join(self.program.arguments)} under {result.engine.name}"
            subtitle = f"{1e3 * result.seconds():,.0f} ms a run; Python function; opcode; C function"
            write_text(path(f"stacks-{name}.folded"), "".join(f"{line}\n" for line in python_side.folded_lines(result.folded)))
            write_text(path(f"flame-{name}.svg"), flame.svg(result.folded, title, subtitle))

    def annotate(self, result, folder):
        """Prints a handler's machine code with its samples."""
        symfs = os.path.join(folder, f"symfs-{file_name(result.engine)}")
        symbols = annotate.make_symfs(result.resolver.map, symfs)
        opcode = self.arguments.annotate
        if opcode and not annotate.print_annotated(self.data(result.engine, 0), symfs, symbols, opcode):
            print(f"{result.engine.name}: no sample hit {opcode}")


def file_name(engine):
    return f"{engine.technique}-{engine.compiler}"


def write_text(path, text):
    """So that the file is whole or not there."""
    with open(f"{path}.part", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(f"{path}.part", path)


def percent(text):
    return f"{100 * float(text):6.2f}" if text else "     -"


def table_lines(result, rows, top):
    """The tables of one engine."""
    mine = [row for row in rows if (row["technique"], row["engine_compiler"]) == (result.engine.technique, result.engine.compiler)]
    yield ""
    if result.profile:
        owners = result.profile.owners()
        total = result.profile.total
        inside = sum(count for (kind, _), (_, count) in owners.items() if kind in ("opcode", "dispatch", "shared"))
        own = result.profile.engine_samples()
        outside, lost = owners.get(attribution.OUTSIDE, (0, 0))[1], owners.get(attribution.UNATTRIBUTED, (0, 0))[1]
        yield (
            f"{result.engine.name}: {total} samples ({result.event}) of {result.runs} runs of {1e3 * result.seconds():.0f} ms: engine {100 * own / total:.1f} %, "
            f"C functions called from it {100 * (inside - own) / total:.1f} %, outside {100 * outside / total:.1f} %, unattributed {100 * lost / total:.1f} %"
        )
    else:
        yield f"{result.engine.name}: {result.samples.taken} samples (timer) of {result.runs} runs of {1e3 * result.seconds():.0f} ms, {result.samples.dropped} dropped"
    sections = (
        ("opcode", ("opcode", "dispatch", "shared"), "total %  [95 %]            self %       executed  ns each"),
        ("C function", ("helper",), "total %  [95 %]            self %"),
        ("Python function", ("function",), "total %  [95 %]            self %"),
        ("Python line", ("line",), "total %  [95 %]            self %"),
    )
    for title, kinds, head in sections:
        chosen = [row for row in mine if row["kind"] in kinds and row["total"]]
        if not chosen:
            continue
        yield f"\n  {head}  {title}"
        for row in chosen[:top]:
            counted = f"  {row['executed']:>13} {row['ns'] or '-':>8}" if title == "opcode" else ""
            own = f"{100 * row['self'] / max(1, total_of(result, row)):6.2f}" if row["event"] != "timer" or kinds != ("opcode", "dispatch", "shared") else "     -"
            yield f"   {percent(row['share'])}  [{percent(row['ci_lo']).strip():>5}, {percent(row['ci_hi']).strip():>5}]        {own}{counted}  {row['name']}"
        if len(chosen) > top:
            yield f"   and {len(chosen) - top} more"


def total_of(result, row):
    return result.samples.taken if row["event"] == "timer" else result.profile.total


def matrix_lines(results, rows, top):
    """Opcodes by engine, milliseconds of a run."""
    cells, sums = {}, {}
    for row in rows:
        if row["kind"] in ("opcode", "dispatch", "shared"):
            engine = f"{row['technique']}:{row['engine_compiler']}"
            cells[row["name"], engine] = 1e3 * float(row["seconds"])
            sums[row["name"]] = sums.get(row["name"], 0.0) + 1e3 * float(row["seconds"])
    names = [result.engine.name for result in results]
    width = max(len(name) for name in names)
    yield "\nms of a run, C functions included"
    yield "  " + " ".join(f"{name:>{width}}" for name in names)
    for name in sorted(sums, key=lambda name: -sums[name])[:top]:
        yield "  " + " ".join(f"{cells.get((name, engine), 0.0):{width}.2f}" for engine in names) + f"  {name}"


def show(job, results, rows):
    arguments = job.arguments
    if arguments.folded:
        for result in results:
            for line in python_side.folded_lines(result.folded):
                print(line)
        return
    if arguments.json:
        shown = [{key: row[key] for key in tables.PROFILE if key in row} for row in rows]
        json.dump({"run_id": job.run_id, "folder": job.folder, "program": job.program.name, "rows": shown}, sys.stdout, indent=1)
        print()
        return
    for result in results:
        for line in table_lines(result, rows, arguments.top):
            print(line)
    if len(results) > 1:
        for line in matrix_lines(results, rows, arguments.top):
            print(line)
    print(f"\nfiles: {job.folder}/{{profile.csv,counts.csv,env.csv,flame-*.svg,stacks-*.folded}}")


def profile(arguments):
    build = arguments.build or (os.path.join(command.ROOT, "build", "release") if arguments.no_build else command.build_release())
    if not os.access(os.path.join(build, "krait"), os.X_OK):
        raise CommandError(f"{build} holds no krait command")
    with tempfile.TemporaryDirectory(prefix="krait-profile-") as scratch:
        try:
            job = Job(arguments, build, scratch)
        except engines.UnknownEngine as problem:
            raise CommandError(str(problem)) from None
        if not arguments.no_perf:
            perf.require()
        if arguments.keep:
            os.makedirs(job.folder, exist_ok=True)
            job.scratch = job.folder
        results = job.run()
        rows = list(job.rows(results))
        job.write(results, rows)
        show(job, results, rows)
        for result in results if (arguments.annotate or arguments.keep) and not arguments.no_perf else ():
            job.annotate(result, job.scratch)
    return command.EXIT_OK


def diff(arguments):
    base, head = (difference.Side(text) for text in arguments.program)
    if arguments.json:
        keys = ("kind", "name", "base_seconds", "head_seconds", "change_seconds", "half_interval_seconds")
        json.dump([dict(zip(keys, row)) for row in difference.compare(base, head)], sys.stdout, indent=1)
        print()
    else:
        for line in difference.lines(base, head, arguments.top):
            print(line)
    return command.EXIT_OK


def main(argv):
    arguments = parse_arguments(argv)
    return diff(arguments) if arguments.diff else profile(arguments)


if __name__ == "__main__":
    command.run("profile", main)
