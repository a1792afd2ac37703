"""Source text taken apart: `krait --tokens` and `krait --ast` print what CPython 3.12's tokenize module and
ast.dump print.

dumps/NAME.py has its recorded tokens (`python -m tokenize -e`) in NAME.tokens and its tree
(`ast.dump(ast.parse(source), indent=2)`) in NAME.ast."""
from harness import ROOT, Case, difference, run, tail

FOLDER = ROOT / "interp" / "tests" / "dumps"


def run_dump(context, preset, source, kind):
    result = run([context.krait(preset), f"--{kind}", source.name], cwd=source.parent, timeout=60)
    if result.code != 0:
        return f"{result.describe()}\n{tail(result.err)}"
    return difference(source.with_suffix(f".{kind}").read_text(), result.out, "output")


def cases(context):
    for source in sorted(FOLDER.glob("*.py")):
        for kind in ("tokens", "ast"):
            for preset in context.presets:
                yield Case("dumps", f"{source.stem} {kind} [{preset}]",
                           lambda p=preset, s=source, k=kind: run_dump(context, p, s, k))
