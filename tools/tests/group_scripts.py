"""Test programs of the tools and harnesses: every test_*.py of the folders below is one case. It is
run by /usr/bin/python3 from the project's root with KRAIT (the command), KRAIT_BUILD (its build
folder) and KRAIT_MODE (quick, default, soak) set, and passes with exit code 0; with 77 it is
skipped, and its last line says why. Those named test_soak_*.py run with --soak only. TMPDIR is a folder of
their own: some kill commands, which cannot take away what they leave there."""
import tempfile

from harness import ROOT, Case, Skip, environment, run, tail

FOLDERS = ("tools/tests", "interp/tests", "microbench/tests", "macrobench/tests")
SKIPPED = 77


def run_script(context, path):
    preset = context.release() or (context.presets[0] if context.presets else None)
    settings = {"KRAIT_MODE": context.mode}
    if preset:
        settings.update(KRAIT=str(context.krait(preset)), KRAIT_BUILD=str(context.folder(preset)))
    with tempfile.TemporaryDirectory(prefix="krait-test-") as scratch:
        result = run(["/usr/bin/python3", "-B", path], cwd=ROOT, timeout=600, env=environment(**settings, TMPDIR=scratch))
    if result.code == SKIPPED:
        raise Skip((result.out.strip().splitlines() or ["no reason given"])[-1])
    if result.code != 0:
        return f"{result.describe()}\n{tail(result.out)}\n{tail(result.err, 30)}"
    return None


def cases(context):
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).glob("test_*.py")):
            if path.name.startswith("test_soak_") and context.mode != "soak":
                continue
            name = str(path.relative_to(ROOT))
            yield Case("scripts", name, lambda path=path: run_script(context, path))
