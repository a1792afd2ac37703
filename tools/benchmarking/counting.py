"""Instructions that a row executes, counted by callgrind: exact where there are no hardware counters.

Programs are counted at their test size, as a whole process, opcodes by a call of their body. The two arms run one
layout of each: where code lies changes no count.
"""

import functools
import os
import re
import shutil
import subprocess
import tempfile

from benchmarking import instructions

LIMIT_SECONDS = 120
EQUAL = 0.001  # addresses decide a little: how much is copied at once, where a table has its keys


def count(command):
    """Instructions of a process in user space; None where callgrind is missing or the process fails."""
    if not shutil.which("valgrind"):
        return None
    environ = dict(os.environ, PYTHONHASHSEED="0")
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "callgrind.out")
        line = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *command]
        try:
            done = subprocess.run(line, capture_output=True, env=environ, timeout=LIMIT_SECONDS, check=False)
            if done.returncode != 0:
                return None
            with open(out, encoding="utf-8", errors="replace") as file:
                found = re.search(r"^(?:totals|summary): (\d+)", file.read(), re.M)
        except (OSError, subprocess.TimeoutExpired):
            return None
    return int(found[1]) if found else None


def ratio(row, base, head, measurer):
    """Instructions of the head over those of the base for a program; None where they cannot be counted."""
    if row.suite != "macro" or not measurer.test_suite:
        return None
    counts = []
    for arm in (base, head):
        runner = measurer.runner(arm, row, 0)
        counts.append(count(measurer.test_suite.argv(runner, row.bench)))
    return counts[1] / counts[0] if all(counts) else None


@functools.lru_cache
def _executed(microbench, engine, form):
    try:
        return instructions.executed(microbench, engine, form)
    except (OSError, subprocess.CalledProcessError):
        return {}


def functions(row, base, head, measurer):
    """Names of the functions that an opcode's body executes in either arm, if it executes as many instructions in
    both; None where it does not, or that cannot be told."""
    if row.suite != "micro":
        return None
    found = [_executed(arm.builds[0].microbench, arm.engine_of(row), measurer.settings.form).get(row.bench) for arm in (base, head)]
    if None in found:
        return None
    (first, one), (second, other) = found
    return one | other if abs(second - first) <= EQUAL * first else None
