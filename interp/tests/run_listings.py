"""Compiler output: `krait --listing FILE` equals the listing that CPython 3.12.7 made of the file.

A recorded listing (macrobench/listings/*.jsonl, interp/tests/listings/*.jsonl) has one JSON line a
source file; its "file" is looked for in macrobench/programs and beside the listing."""
import json

from harness import ROOT, Case, run, tail

FOLDERS = ("macrobench/listings", "interp/tests/listings")
SOURCES = ("macrobench/programs", "macrobench", "interp/tests/listings", ".")


def find_source(name):
    """The source file that a listing calls by this name."""
    for folder in SOURCES:
        for candidate in (ROOT / folder / name, ROOT / folder / name.rsplit("/", 1)[-1]):
            if candidate.is_file():
                return candidate
    return None


def instructions_differ(expected, found):
    """The first instruction that differs, in words, or None."""
    for index, (left, right) in enumerate(zip(expected, found)):
        if left != right:
            return f"instruction {index}\n  expected {left}\n  found    {right}"
    if len(expected) != len(found):
        return f"{len(found)} instructions; {len(expected)} expected"
    return None


def compare(expected, found):
    """The first difference of two listings of one file, or None."""
    if "error" in expected or "error" in found:
        left, right = expected.get("error"), found.get("error")
        return None if left == right else f"error {right!r}; {left!r} expected"
    if len(expected["codes"]) != len(found["codes"]):
        return f"{len(found['codes'])} code objects; {len(expected['codes'])} expected"
    for left, right in zip(expected["codes"], found["codes"]):
        where = f"{left.get('qualname')}, line {left.get('firstlineno')}: "
        for key, value in left.items():
            if value == right.get(key):
                continue
            if isinstance(value, list) and isinstance(right.get(key), list):
                return where + f"{key}: " + instructions_differ(value, right[key])
            return where + f"{key}\n  expected {str(value)[:300]}\n  found    {str(right.get(key))[:300]}"
    return None


def run_listing(context, preset, recorded):
    source = find_source(recorded["file"])
    if source is None:
        return f"no source file {recorded['file']}"
    result = run([context.krait(preset), "--listing", source.name], cwd=source.parent, timeout=120)
    if result.code != 0:
        return f"{result.describe()}\n{tail(result.err)}"
    return compare(recorded, json.loads(result.out))


def cases(context):
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).glob("*.jsonl")):
            for line in path.read_text().splitlines():
                recorded = json.loads(line)
                for preset in context.presets:
                    yield Case("listings", f"{recorded['file']} [{preset}]",
                               lambda p=preset, r=recorded: run_listing(context, p, r))
