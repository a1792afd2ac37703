"""Compiler output over the 3.12 standard library: each of its code objects hashes as CPython 3.12.7's.

The sources come from npm (tools/oracle setup): without them, and with --quick when they are not yet there,
the case is skipped. `tools/oracle stdlib` shows a difference in full."""
import os
import pathlib
import shutil
import subprocess
import sys

from harness import ROOT, Case, Skip

sys.path.insert(0, str(ROOT / "tools"))
from oracle_files import stdlib  # noqa: E402


def cache():
    """As tools/oracle has it."""
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(base) / "krait" / "oracle"


def find_sources(context):
    folder = stdlib.sources(cache())
    if folder or context.mode == "quick":
        return folder
    if not shutil.which("npm") or not shutil.which("node"):
        raise Skip("npm and node are not installed")
    try:
        done = subprocess.run([ROOT / "tools" / "oracle", "setup"], capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        raise Skip("npm did not answer") from None
    if done.returncode != 0:
        raise Skip("npm gives no sources: " + (done.stderr.strip().splitlines() or ["no reason"])[-1])
    return stdlib.sources(cache())


def run_stdlib(context, preset):
    folder = find_sources(context)
    if not folder:
        raise Skip("the sources are not here (tools/oracle setup)")
    comparison = stdlib.Comparison(context.krait(preset), folder)
    if not comparison.differing:
        return None
    name, what = next(iter(comparison.differing.items()))
    if not isinstance(what, str):
        what = f"{what[0][1]['qualname']}, line {what[0][1]['firstlineno']}"
    return f"{comparison}; first {name}: {what}"


def cases(context):
    preset = context.release()
    if preset:
        yield Case("stdlib", f"identical code objects [{preset}]", lambda: run_stdlib(context, preset))
