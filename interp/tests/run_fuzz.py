"""The fuzzers of interp/tests/fuzz: each runs from its committed corpus for 30 seconds (not in quick runs),
and every input of the corpus and of crashes/ runs once."""
import threading

from harness import ROOT, Case, Skip, run, tail

FOLDER = ROOT / "interp" / "tests" / "fuzz"
SECONDS = 30
build_lock = threading.Lock()
built = []


def build(context):
    """Builds once: None, or why it failed."""
    with build_lock:
        if not built:
            command = ["cmake", "--build", "--preset", "fuzz", "--parallel", "2"]
            configured = run(["cmake", "--preset", "fuzz"], cwd=ROOT, timeout=300)
            result = configured if configured.code != 0 else run(command, cwd=ROOT, timeout=3600)
            built.append(None if result.code == 0 else f"the fuzzers do not build\n{tail(result.out, 20)}")
        return built[0]


def run_fuzzer(context, target):
    if context.may_build:
        reason = build(context)
        if reason:
            return reason
    if not (ROOT / "build" / "fuzz" / f"fuzz_{target}").exists():
        raise Skip("the preset fuzz is not built")
    command = [ROOT / "tools" / "fuzz", target, "--no-build"]
    crashes = sorted((FOLDER / "crashes" / target).glob("*"))
    if crashes:
        result = run([*command, *(f"--input={path}" for path in crashes)], timeout=600)
        if result.code != 0:
            return f"{result.describe()}\n{tail(result.out, 40)}"
    result = run([*command, f"--seconds={SECONDS}"], timeout=SECONDS + 300)
    return None if result.code == 0 else f"{result.describe()}\n{tail(result.out, 40)}"


def cases(context):
    for source in sorted(FOLDER.glob("fuzz_*.c")):
        target = source.stem.removeprefix("fuzz_")
        if context.mode != "quick":
            yield Case("fuzz", target, lambda target=target: run_fuzzer(context, target))
