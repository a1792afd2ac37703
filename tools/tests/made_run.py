"""Runs with known figures, for the tests of the ledger's tools: no timing is involved."""
import contextlib
import io
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import command, figures, tables  # noqa: E402

MACHINE = {
    "platform": "Linux-6.1.0-28-amd64-x86_64-with-glibc2.36", "cpu_model_name": "Example CPU 9000", "cpu_family": "1 2 3",
    "cpu_count": "2", "aslr": "2", "load_avg_1min": "0.25", "compiler_gcc": "gcc (Debian 12.2.0-14) 12.2.0",
    "compiler_clang-19": "Debian clang version 19.1.7", "build_type": "Release", "c_flags": "-O2", "pythonhashseed": "0",
}
ENGINES = (("direct", "gcc"), ("switch", "gcc"), ("tail", "clang-19"))
NOISE = (1.0, 1.01, 0.99, 1.02, 0.98, 1.005, 0.995, 1.015, 0.985, 1.0)
OPCODES = {"BINARY_OP.add_int": 2.0, "LOAD_ATTR.slot": 8.0, "UNPACK_SEQUENCE.<two|of>": 20.0}
PROGRAMS = {"fib": 0.2, "tak": 0.4}
SPEED = {"direct": 1.0, "switch": 1.5, "tail": 0.9}


def called(name, main, *words, stdin=""):
    """What tools/NAME does with these arguments, within this process (libraries load once)."""
    out, err = io.StringIO(), io.StringIO()
    before = sys.argv, sys.stdin
    sys.argv, sys.stdin = [name, *map(str, words)], io.StringIO(stdin)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            command.run(name, main)
    except SystemExit as end:
        return subprocess.CompletedProcess(sys.argv, end.code, out.getvalue(), err.getvalue())
    finally:
        sys.argv, sys.stdin = before


def write_run(folder, run_id="20261122T184500Z-1a2b3c4", scale=None, machine=None, processes=10, samples=True):
    """Writes a run into a folder. `scale` maps benchmarks to factors of their time."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    scale = scale or {}
    known = {"schema": "1", "run_id": run_id, "commit": run_id.split("-")[1]}
    raw, summary, macro = [], [], []
    for technique, compiler in ENGINES:
        engine = {"technique": technique, "engine_compiler": compiler, "engine_flags": "-O2"}
        for bench, cost in OPCODES.items():
            keys = dict(known, **engine, suite="micro", bench=bench, opcode=bench.split(".")[0], variant=bench.split(".")[1], context="mono", form="plain")
            costs = [cost * scale.get(bench, 1) * SPEED[technique] * noise for noise in NOISE[:processes]]
            for process, one in enumerate(costs):
                for body, slope in (("body", 3 + one), ("baseline", 3)):
                    raw += [dict(keys, process=process, round=process, body=body, arm="A", copies=copies, segments=5, tainted=0, median_ns=repr(50 + slope * copies)) for copies in (100, 200, 400)]
            described = {f"{key}_ns": f"{value:.4f}" for key, value in figures.describe(costs).items()}
            summary.append(dict(keys, processes=processes, instr_per_op="12.5" if technique == "direct" else "", **described))
        for program, seconds in PROGRAMS.items():
            times = [seconds * scale.get(program, 1) * SPEED[technique] * noise for noise in NOISE[:processes]]
            macro.append(dict(program_row(program, times), parameter_technique=technique, parameter_engine_compiler=compiler, commit=known["commit"], run_id=run_id))
            raw += program_samples(dict(known, **engine, form="tuned", arm="A"), program, times)
    for program, seconds in PROGRAMS.items():
        times = [3 * seconds * noise for noise in NOISE[:processes]]
        macro.append(dict(program_row(program, times), peer="python3", peer_version="Python 3.12.0", run_id=run_id))
        raw += program_samples(dict(known, arm="python3", commit=""), program, times)
    environment = {"commit": known["commit"], "dirty": "0", "date_utc": "2026-11-22T18:45:00Z", "processes": processes, **(MACHINE if machine is None else machine)}
    if samples:
        tables.write(folder / "raw.csv", tables.RAW, raw)
    tables.write(folder / "summary.csv", tables.SUMMARY, summary)
    tables.write(folder / "macro.csv", tables.MACRO, macro)
    tables.write(folder / "env.csv", tables.ENV, [{"run_id": run_id, "key": key, "value": value} for key, value in environment.items()])
    return folder


def program_row(program, times):
    described = figures.describe(times)
    cells = {key: described[key] for key in ("mean", "stddev", "median", "min", "max")}
    return dict(cells, command=f"krait {program}.py 10", parameter_bench=program, parameter_size="10", user=0.1, system=0.01, checksum_ok="1")


def program_samples(known, program, times):
    return [dict(known, suite="macro", bench=program, process=number, round=number, body="run", median_ns=repr(time * 1e9)) for number, time in enumerate(times)]


VERDICTS = (
    ("fib", "REGRESSED", 1.25), ("tak", "IMPROVED", 0.8), ("BINARY_OP.add_int/plain", "SAME", 1.001),
    ("LOAD_ATTR.slot/plain", "INCONCLUSIVE", 1.06), ("UNPACK_SEQUENCE.<two|of>/plain", "LAYOUT-OR-HOST", 1.09),
)


def add_comparison(folder, run_id="20261122T184500Z-1a2b3c4"):
    """compare.csv with each verdict once."""
    rows = [
        {
            "schema": "1", "run_id": run_id, "bench": bench, "technique": "direct", "engine_compiler": "gcc", "base": "1a2b3c4",
            "head": "5d6e7f8", "n_rounds": 14, "ratio": ratio, "ci_lo": f"{ratio * 0.98:.4f}", "ci_hi": f"{ratio * 1.02:.4f}", "p": 0.0004,
            "p_holm": 0.002, "q_bh": 0.001, "floor_aa": 0.02, "mde": 0.031, "code_same": 0, "instr_ratio": 1.0, "verdict": verdict,
        }
        for bench, verdict, ratio in VERDICTS
    ]
    tables.write(os.path.join(folder, "compare.csv"), tables.COMPARE, rows)


def add_ablation(folder, run_id="20261122T184500Z-1a2b3c4"):
    """ablation.csv: two knobs, two programs; one knob with the mean over all."""
    rows = [
        {"schema": "1", "run_id": run_id, "knob": knob, "program": program, "technique": "direct", "engine_compiler": "gcc", "rounds": 10,
         "ratio": ratio, "ci_lo": f"{ratio * 0.99:.4f}", "ci_hi": f"{ratio * 1.01:.4f}"}
        for knob, program, ratio in (("fusion", "*", 1.15), ("fusion", "fib", 1.2), ("fusion", "tak", 1.1), ("cache_attributes", "fib", 1.0), ("cache_attributes", "tak", 1.5))
    ]
    tables.write(os.path.join(folder, "ablation.csv"), tables.ABLATION, rows)


def add_model(folder, run_id="20261122T184500Z-1a2b3c4"):
    """model.csv: one program is predicted too short by a tenth, one too long by a fifth."""
    rows = [
        {"schema": "1", "run_id": run_id, "program": program, "arguments": "10", "technique": "direct", "engine_compiler": "gcc", "form": "tuned", "context": "mono",
         "predicted_s": seconds * ratio, "ci_lo_s": seconds * ratio * 0.9, "ci_hi_s": seconds * ratio * 1.1, "startup_s": 0.002, "opcodes_s": 0.1, "in_place_s": 0.02,
         "long_s": 0.01, "measured_s": seconds}
        for (program, seconds), ratio in zip(PROGRAMS.items(), (0.9, 1.2))
    ]
    tables.write(os.path.join(folder, "model.csv"), tables.MODEL, rows)


def add_resources(folder, run_id="20261122T184500Z-1a2b3c4"):
    """resources.csv: start-up of `empty`, memory of every program and engine."""
    rows = []
    for technique, compiler in ENGINES:
        known = {"schema": "1", "run_id": run_id, "arm": f"{technique}:{compiler}", "technique": technique, "engine_compiler": compiler, "processes": 3}
        rows.append(dict(known, program="empty", startup_rounds=10, startup_s=0.01, startup_ci_lo_s=0.009, startup_ci_hi_s=0.011, peak_rss_kb=5000))
        rows += [dict(known, program=program, size="10", peak_rss_kb=6000, gc_collections=4, gc_pause_total_ms=1.5, gc_pause_max_ms=0.5) for program in PROGRAMS]
    tables.write(os.path.join(folder, "resources.csv"), tables.RESOURCES, rows)


PROFILE = "schema,run_id,program,arguments,technique,engine_compiler,engine_flags,commit,event,hz,kind,name,self,total,share,ci_lo,ci_hi,seconds,executed,ns".split(",")


def add_profile(folder, run_id="20261122T184500Z-1a2b3c4"):
    """profile.csv: shares of two opcodes, the dispatch and a function."""
    known = {"schema": "1", "run_id": run_id, "program": "fib", "technique": "direct", "engine_compiler": "gcc", "event": "cpu-clock", "hz": 1000, "self": 1, "seconds": 0.1}
    rows = [
        dict(known, kind=kind, name=name, total=int(1000 * share), share=share, ci_lo=round(share * 0.9, 4), ci_hi=min(round(share * 1.1, 4), 1), executed=executed, ns=ns)
        for kind, name, share, executed, ns in (
            ("opcode", "CALL", 0.4, 1000000, 40.0), ("opcode", "RETURN_VALUE", 0.1, 1000000, 10.0), ("dispatch", "dispatch", 0.05, "", ""),
            ("function", "fib (<fib>)", 0.95, "", ""),
        )
    ]
    tables.write(os.path.join(folder, "profile.csv"), PROFILE, rows)
