"""Bytecode as text: what `krait --dis --text` writes of a program, `krait --assemble` reads back to equal
code objects; and text/NAME.kasm runs with the output NAME.out, or is refused with the message NAME.err."""
import json

from harness import ROOT, Case, difference, run, tail

FOLDER = ROOT / "interp" / "tests" / "text"
SOURCES = ("macrobench/programs", "interp/tests/language", "interp/tests/fuzz")


def run_round_trip(context, preset, source):
    krait = context.krait(preset)
    listing = run([krait, "--listing", source.name], cwd=source.parent, timeout=60)
    text = run([krait, "--dis", "--text", source.name], cwd=source.parent, timeout=60)
    if listing.code != 0 or text.code != 0:
        return None if listing.code == text.code else f"{text.describe()}\n{tail(text.err)}"
    again = run([krait, "--assemble", "--listing", "-"], cwd=source.parent, timeout=60,
                stdin=text.out.encode(errors="surrogateescape"))
    if again.code != 0:
        return f"{again.describe()}\n{tail(again.err)}"
    expected, found = json.loads(listing.out)["codes"], json.loads(again.out)["codes"]
    for left, right in zip(expected, found):
        for key, value in left.items():
            if value != right.get(key):
                return f"{left['qualname']}: {key}\n  expected {value}\n  found    {right.get(key)}"
    return None if len(expected) == len(found) else f"{len(found)} code objects; {len(expected)} expected"


def run_text(context, preset, path, options):
    result = run([context.krait(preset), *options, "--assemble", path.name], cwd=path.parent, timeout=60)
    expected_out, expected_err = path.with_suffix(".out"), path.with_suffix(".err")
    complaint = difference(expected_out.read_text() if expected_out.exists() else "", result.out, "output")
    complaint = complaint or difference(expected_err.read_text() if expected_err.exists() else "",
                                        result.err, "error output")
    if result.code != (1 if expected_err.exists() else 0):
        complaint = f"{result.describe()}\n{complaint}"
    return complaint


def cases(context):
    for preset in context.presets:
        for folder in SOURCES:
            for source in sorted((ROOT / folder).rglob("*.py")):
                name = source.relative_to(ROOT / folder)
                yield Case("text", f"{name} [{preset}]",
                           lambda p=preset, s=source: run_round_trip(context, p, s))
        for path in sorted(FOLDER.glob("*.kasm")):
            for options in ([], ["--knobs-off=all"]):
                yield Case("text", f"{' '.join([path.stem, *options])} [{preset}]",
                           lambda p=preset, t=path, o=options: run_text(context, p, t, o))
