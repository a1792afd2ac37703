"""Every opcode and every internal instruction is executed by the language tests, in each technique.

`krait --stats --json` counts the instructions of a run; each test runs as it is and with all knobs
off, since only then the plain forms of fused and specialised instructions run. The programs of
language/opcodes/ reach everything by themselves: the cases of a normal run use those alone, on one
engine a technique. `tools/test --opcode-coverage` runs all language tests on one engine, then on
every other one the few that together reach what the first has executed, and prints a table.
"""
import concurrent.futures
import json
import re

from harness import ROOT, Case, run

FOLDER = ROOT / "interp" / "tests" / "language"
OPCODES = ROOT / "interp" / "bytecode" / "opcodes.def"
INSTRUCTIONS = ROOT / "interp" / "vm" / "instructions.def"
NEVER_RUN = {
    "INTERPRETER_EXIT": "no compiler emits it",
    "END_FOR": "FOR_ITER jumps past it when its iterator is exhausted",
    "COUNT_NEXT": "it counts the others",
    "TRACE_NEXT": "it counts the others while a thread traces",
    "DIVERT": "it leads to TRACE_NEXT",
    "SPIN8": "only --inject puts it into code",
    "SPIN16": "only --inject puts it into code",
    "SPIN32": "only --inject puts it into code",
    "SPIN64": "only --inject puts it into code",
    "SPIN512": "only --inject puts it into code",
}
KNOBS = ([], ["--knobs-off=all"])


def instructions():
    """The names that must be executed, in the order of the two tables."""
    public = re.findall(r"^OPCODE\((\w+)", OPCODES.read_text(), re.M)
    own = re.findall(r"^(?:ADAPTIVE|SPECIALIZED|FUSED|VARIANT)\((\w+)", INSTRUCTIONS.read_text(), re.M)
    return [name for name in public + own if name not in NEVER_RUN]


def executed(context, preset, engine, path):
    """The names of the instructions that a test executes; a test that fails may have counted none."""
    found = set()
    for knobs in KNOBS:
        options = [f"--dispatch={engine.option}", "--stats", "--json", *knobs]
        given = path.with_suffix(".in")
        result = run([context.krait(preset), *options, path.name], cwd=path.parent,
                     stdin=given.read_bytes() if given.exists() else b"")
        start = ("\n" + result.err).rfind("\n{\n")
        try:
            found |= set(json.loads(result.err[start:])["opcodes"]) if start >= 0 else set()
        except ValueError:
            pass
    return found


def programs(folder):
    return sorted(path for path in folder.rglob("*.py") if not path.name.startswith("_"))


def reached(context, preset, engine, paths, jobs):
    """{path: names} of these tests under one engine."""
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        found = pool.map(lambda path: executed(context, preset, engine, path), paths)
        return dict(zip(paths, found))


def cover(table):
    """A few of the paths that together reach what all reach: the greedy choice."""
    left, chosen = set().union(*table.values()), []
    while left:
        best = max(table, key=lambda path: len(table[path] & left))
        chosen.append(best)
        left -= table[best]
    return chosen


def check_engine(context, preset, engine):
    found = reached(context, preset, engine, programs(FOLDER / "opcodes"), 1)
    missing = [name for name in instructions() if name not in set().union(*found.values())]
    return f"not executed by language/opcodes: {' '.join(missing)}" if missing else None


def cases(context):
    preset = context.release()
    engines = context.engines(preset) if preset else []
    for engine in {engine.technique: engine for engine in engines}.values():
        yield Case("opcodes", f"every instruction runs [{engine.option}]",
                   lambda engine=engine: check_engine(context, preset, engine))


def report(context, jobs, say):
    """The table of tools/test --opcode-coverage: 1 if an engine leaves an instruction out."""
    preset = context.release()
    if not preset:
        say("opcode coverage needs a release build")
        return 1
    engines, names, missing = context.engines(preset), instructions(), {}
    paths = programs(FOLDER)
    for number, engine in enumerate(engines):
        table = reached(context, preset, engine, paths, jobs)
        found = set().union(*table.values())
        if number == 0:
            paths = cover(table)
            say(f"{len(table)} tests; these reach everything that they execute:")
            say("\n".join(f"  {path.relative_to(FOLDER)}" for path in paths))
        left_out = [name for name in names if name not in found]
        say(f"{engine.option:16} {len(names) - len(left_out)} of {len(names)} instructions")
        for name in left_out:
            missing.setdefault(name, []).append(engine.option)
    for name, options in missing.items():
        say(f"  {name:32} not executed under {', '.join(options)}")
    for name, reason in NEVER_RUN.items():
        say(f"  {name:32} left out: {reason}")
    return 1 if missing else 0
