"""The language corpus: interp/tests/language/**/NAME.py, run as `krait NAME.py` in its own folder.

Beside a test lie NAME.out (standard output), NAME.err (standard error), NAME.exit (exit code),
NAME.in (standard input), NAME.args (one argument a line); what is missing is empty, and the exit
code is 0, or 1 if there is a NAME.err. Folders that begin with an underscore hold what tests import.
Any other .py file with none of them must be imported by a
neighbour, else it is reported: a test without expectation tests nothing.

A line `# test: no-gc-stress` or `# test: no-checked` in the first five lines leaves that variant
out (deep recursion, long loops); it is counted as skipped.
"""
import re

from harness import ROOT, Case, Skip, difference, run, tail

FOLDER = ROOT / "interp" / "tests" / "language"
GC_STRESS = ["--gc-stress=997", "--check-leaks"]
EXPECTATIONS = (".out", ".err", ".exit")


class Variant:
    """One way to run every test: a build, options, and the time one test may take."""

    def __init__(self, name, preset, options, timeout, mark=None):
        self.name, self.preset, self.options = name, preset, options
        self.timeout, self.mark = timeout, mark


def everywhere(spin):
    """The list for --inject that puts an instruction before every opcode."""
    opcodes = re.findall(r"^OPCODE\((\w+)", (ROOT / "interp" / "bytecode" / "opcodes.def").read_text(), re.M)
    return ",".join(f"{opcode}={spin}" for opcode in opcodes if opcode not in ("CACHE", "EXTENDED_ARG"))


def variants(context):
    """The variants of this run; the first one is the plain run that others add to."""
    found, release = [], context.release()
    if release:
        engines = sorted(context.engines(release), key=lambda engine: engine.technique != "direct")
        if context.mode == "quick":  # one engine a technique
            engines = list({engine.technique: engine for engine in reversed(engines)}.values())[::-1]
        for engine in engines:
            options = [f"--dispatch={engine.option}"]
            found.append(Variant(f"{release} {engine.option}", release, options, 60))
        found.append(Variant(f"{release} gc-stress", release, GC_STRESS, 180, "no-gc-stress"))
        if context.mode == "soak":
            for name in ("jemalloc-direct", "libc"):
                found.append(Variant(f"{release} allocator {name}", release, [f"--allocator={name}"], 120))
        found.append(Variant(f"{release} knobs off", release, ["--knobs-off=all"], 60))
        if context.mode != "quick":
            found.append(Variant(f"{release} injected", release, ["--inject=" + everywhere("SPIN8")], 60))
    if context.has("checked"):
        found.append(Variant("checked", "checked", ["--gc-verify", "--check-leaks"], 240, "no-checked"))
        if context.mode == "soak":
            found.append(Variant("checked gc-stress", "checked", ["--gc-stress=97"], 900, "no-gc-stress"))
            for engine in context.engines("checked"):
                options = [f"--dispatch={engine.option}"]
                found.append(Variant(f"checked {engine.option}", "checked", options, 300, "no-checked"))
    return found


def text(path, default=""):
    return path.read_text(errors="replace") if path.exists() else default


def is_imported(path):
    """Does a neighbour name this module in an import? (A package's files belong to the package.)"""
    if (path.parent / "__init__.py").exists():
        return True
    pattern = re.compile(rf"^\s*(?:import|from)\b.*\b{re.escape(path.stem)}\b", re.M)
    pattern_call = re.compile(rf"(?:__import__|import_module)\(['\"]{re.escape(path.stem)}\b")
    for other in path.parent.glob("*.py"):
        if other != path:
            source = text(other)
            if pattern.search(source) or pattern_call.search(source):
                return True
    return False


def run_test(context, path, variant):
    head = "".join(text(path).splitlines(True)[:5])
    if variant.mark and f"# test: {variant.mark}" in head:
        raise Skip(f"marked {variant.mark}")
    error_path = path.with_suffix(".err")
    expected_code = int(text(path.with_suffix(".exit"), "1" if error_path.exists() else "0"))
    arguments = text(path.with_suffix(".args")).splitlines()
    result = run(
        [context.krait(variant.preset), *variant.options, path.name, *arguments],
        cwd=path.parent,
        timeout=variant.timeout,
        stdin=text(path.with_suffix(".in")).encode(),
    )
    folder = f"{path.parent}/"  # expected files name no place on this machine
    complaints = [
        difference(text(path.with_suffix(".out")), result.out.replace(folder, ""), "output"),
        difference(text(error_path), result.err.replace(folder, ""), "error output"),
    ]
    if result.code != expected_code:
        complaints.append(f"{result.describe()}; {expected_code} expected")
        if result.code is None or result.code < 0:
            complaints = [complaints[-1], tail(result.err, 20)]
    complaints = [complaint for complaint in complaints if complaint]
    return "\n".join(complaints) or None


def cases(context):
    all_variants = variants(context)
    for path in sorted(FOLDER.rglob("*.py")):
        name = path.relative_to(FOLDER).with_suffix("")
        if any(part.startswith("_") for part in name.parts[:-1]):
            continue  # what tests import
        if not any(path.with_suffix(suffix).exists() for suffix in EXPECTATIONS):
            if not is_imported(path):
                yield Case("language", str(name), lambda: "has neither .out, .err nor .exit beside it")
            continue
        for variant in all_variants:
            yield Case("language", f"{name} [{variant.name}]",
                       lambda path=path, variant=variant: run_test(context, path, variant))
