"""The fuzzers of interp/tests/fuzz: every input of corpus/ and of crashes/ runs once (not in quick runs);
then each fuzzer looks for new ones: for 30 seconds, always in the same order, or with --soak for five
minutes in another one each time."""
import threading

from harness import ROOT, Case, Skip, run, tail

FOLDER = ROOT / "interp" / "tests" / "fuzz"
SECONDS, SOAK_SECONDS = 30, 300
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
        if context.may_build:
            return f"the preset fuzz does not build fuzz_{target}"
        raise Skip("the preset fuzz is not built")
    command = [ROOT / "tools" / "fuzz", target, "--no-build"]
    inputs = [path for kind in ("crashes", "corpus") for path in sorted((FOLDER / kind / target).glob("*"))]
    result = run([*command, *(f"--input={path}" for path in inputs)], timeout=900)
    if result.code == 0:
        soak = context.mode == "soak"
        seconds = SOAK_SECONDS if soak else SECONDS
        result = run([*command, f"--seconds={seconds}", *([] if soak else ["--seed=1"])], timeout=seconds + 300)
    return None if result.code == 0 else f"{result.describe()}\n{tail(result.out, 40)}"


def cases(context):
    for source in sorted(FOLDER.glob("fuzz_*.c")):
        target = source.stem.removeprefix("fuzz_")
        if context.mode != "quick":
            yield Case("fuzz", target, lambda target=target: run_fuzzer(context, target))
