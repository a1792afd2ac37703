"""macrobench/programs at test size: every program prints the checksum that CPython printed
(macrobench/expected.csv), under every engine, under gc-stress, with all knobs off, and in the
checked build."""
import csv

from harness import ROOT, Case, difference, run, tail
from run_language import variants

MACROBENCH = ROOT / "macrobench"


def rows(name):
    path = MACROBENCH / name
    if not path.exists():
        return []
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def run_program(context, program, size, checksum, variant):
    path = MACROBENCH / "programs" / f"{program}.py"
    command = [context.krait(variant.preset), *variant.options, path, size]
    result = run(command, cwd=MACROBENCH, timeout=variant.timeout)
    if result.code != 0:
        return f"{result.describe()}\n{tail(result.err)}"
    return difference(checksum + "\n", result.out, "checksum")


def cases(context):
    expected = {(row["program"], row["size"]): row["checksum"] for row in rows("expected.csv")}
    all_variants = variants(context)
    for row in rows("manifest.csv"):
        program, size = row["program"], row["test_size"]
        checksum = expected.get((program, size))
        if checksum is None:
            yield Case("programs", program, lambda: "expected.csv has no checksum for its test size")
            continue
        for variant in all_variants:
            yield Case("programs", f"{program} [{variant.name}]",
                       lambda p=program, s=size, c=checksum, v=variant: run_program(context, p, s, c, v))
    listed = {row["program"] for row in rows("manifest.csv")}
    for path in sorted((MACROBENCH / "programs").glob("*.py")):
        if listed and path.stem not in listed:
            yield Case("programs", path.stem, lambda: "is not in manifest.csv")
