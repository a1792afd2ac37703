"""The C unit tests: every interp/tests/unit/NAME.c (or test_NAME.c) is a program test_NAME that ends with
exit code 0 and the line "N passed, 0 failed"."""
import re

from harness import ROOT, Case, run, tail

LAST_LINE = re.compile(r"^([1-9]\d*) passed, 0 failed$")


def run_unit(context, preset, name):
    program = context.folder(preset) / f"test_{name}"
    if not program.exists():
        return f"{program.relative_to(ROOT)} was not built"
    result = run([program], cwd=ROOT / "interp" / "tests" / "unit", timeout=300)
    lines = result.out.splitlines() or [""]
    if result.code == 0 and LAST_LINE.match(lines[-1]):
        return None
    return f"{result.describe()}\n{tail(result.out)}\n{tail(result.err)}"


def cases(context):
    for preset in context.presets:
        for source in sorted((ROOT / "interp" / "tests" / "unit").glob("*.c")):
            name = source.stem.removeprefix("test_")
            yield Case("unit", f"{name} [{preset}]",
                       lambda preset=preset, name=name: run_unit(context, preset, name))
