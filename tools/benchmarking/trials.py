"""Trials of the gate itself: whole small comparisons whose answer is known.

A trial is a `tools/compare --quick` of 6 opcodes and 2 programs at test size. In an A/A trial both arms are the
same commit under the same layout, in folders of their own: whatever is called a change is false. In an
injection trial arm B executes calibrator instructions (SPIN8...) before one opcode of one row: that row has
changed by a known amount. The same-code rule is off: the statistics alone are on trial.
"""

import dataclasses
import math
import statistics
import time

from benchmarking import comparison, environment, micro, paired, verdicts
from benchmarking.paired import AGAIN, BASE, HEAD

# Bodies that take long: of short ones, where their code lies makes more than the 5 % that a trial injects (up to
# 13 % of BINARY_OP.add_str), and no gate that takes layout for noise can see them. Likewise programs whose
# processes of 10 ms, half of it start-up, differ least from each other.
MICRO = (
    "FOR_ITER.range_ten_items RAISE_VARARGS.raise_and_catch RERAISE.two_through_a_finally "
    "SEND.ten_items_through_yield_from WITH_EXCEPT_START.exception_in_a_with YIELD_VALUE.ten_items"
).split()
MACRO = ("mandelbrot", "sort_records")
ROUNDS = 14
TRIALS = "trial,kind,target,inject,layout_seed,seed,seconds,rows,regressed,improved,same,inconclusive,target_ratio,target_verdict,confirmed".split(",")
TARGETS = "suite,bench,engine,opcode,layout,inject,wanted,measured".split(",")
SPINS = (32, 16, 8)
MOST_SPINS = 200  # of each kind; krait takes 255
CALIBRATION_ROUNDS = 16
TRIES = 6


class MemoryParts:
    """What runs.Parts does, for a trial that is not worth keeping in pieces."""

    def __init__(self):
        self.finished = {}

    def __contains__(self, name):
        return name in self.finished

    def add(self, name, rows):
        self.finished[name] = [{key: str(value) for key, value in row.items()} for row in rows]

    def rows(self):
        for name in sorted(self.finished):
            yield from self.finished[name]


@dataclasses.dataclass
class Bench:
    """What trials run on: builds[i] are three copies (A, B, A2) of one layout; A2 has the next layout."""

    layouts: list
    engine: str
    suite: object
    cpu: int | None
    history: object
    form: str = "tuned"

    def rows(self):
        """The rows that the builds have."""
        have = set(micro.names(self.layouts[0][0].microbench, self.form))
        chosen = [("micro", name) for name in MICRO if name in have] + [("macro", name) for name in MACRO if name in self.suite.sizes]
        return [paired.Row(suite, bench, self.engine) for suite, bench in chosen]

    def arms(self, number, inject=""):
        """The arms of a trial, and the layout seed of A and B."""
        one, two, _ = self.layouts[number % len(self.layouts)]
        again = self.layouts[(number + 1) % len(self.layouts)][2]
        return [paired.Arm(BASE, [one]), paired.Arm(HEAD, [two], inject=inject), paired.Arm(AGAIN, [again])], one.seed


def spins_text(opcode, cycles):
    """The option that spends so many cycles (a multiple of 8) before each instruction of an opcode."""
    words, left = [], cycles
    for kind in SPINS:
        words += [f"SPIN{kind}"] * min(left // kind, MOST_SPINS)
        left -= kind * min(left // kind, MOST_SPINS)
    return f"--inject={opcode}=" + "+".join(words)


@dataclasses.dataclass
class Target:
    """A row and the opcode of it that is slowed down; inject: what makes it slower by `wanted`; measured: by
    how much it then was. `layout`: of the arms; the same additions cost 3 % in one and 8 % in another."""

    row: paired.Row
    opcode: str
    layout: int = 0
    inject: str = ""
    wanted: float = 0.0
    measured: float = 0.0

    def cells(self):
        cells = (self.row.suite, self.row.bench, self.row.engine, self.opcode, self.layout, self.inject, self.wanted, f"{self.measured:.4f}")
        return dict(zip(TARGETS, cells))

    @classmethod
    def read(cls, cells):
        row = paired.Row(cells["suite"], cells["bench"], cells["engine"])
        return cls(row, cells["opcode"], int(cells["layout"]), cells["inject"], float(cells["wanted"]), float(cells["measured"]))


def effect(bench, target, inject, seed):
    """By what share the injection slows a target's row down: median of a few paired rounds, in the company that
    the row has in a trial (opcodes share a process)."""
    row, arms = target.row, bench.arms(target.layout, inject)[0][:2]
    rows = [other for other in bench.rows() if other == row or other.suite == row.suite == "micro"]
    settings = paired.Settings(seed, bench.cpu, form=bench.form)
    measurer = paired.Measurer(rows, arms, settings, bench.suite)
    measurer.pilot()
    samples = [sample for number in range(CALIBRATION_ROUNDS) for sample in measurer.round("calibration", number)]
    rounds = verdicts.collect(samples, ["calibration"])[row.bench, row.engine]
    return math.expm1(statistics.median(rounds.differences()))


def calibrate(target, share, measure, say=lambda text: None):
    """The target with an injection that slows its row down by at least `share`, and by little more; None if the
    least is far more, or if no effect is seen. `measure(inject)` gives the effect of an injection. The first guess comes from a large
    dose; part of a small one hides behind other work of the processor, so the amount is then corrected."""
    dose = 256
    large = measure(spins_text(target.opcode, dose))
    while large < 4 * share and dose < 4096:
        dose *= 4
        large = measure(spins_text(target.opcode, dose))
    if large < 2 * share:
        return None
    tried = {}
    cycles = max(8, 8 * round(share / large * dose / 8))
    for _ in range(TRIES):
        if cycles not in tried:
            tried[cycles] = measure(spins_text(target.opcode, cycles))
            say(f"{target.row.bench}: {spins_text(target.opcode, cycles)}: {100 * tried[cycles]:.1f} %")
        if share <= tried[cycles] <= 1.2 * share:
            break
        step = 8 * max(1, round(abs(1.1 * share - tried[cycles]) / large * dose / 8))
        following = max(8, cycles + (step if tried[cycles] < share else -step))
        if following in tried:
            break
        cycles = following
    fit = [key for key in tried if share <= tried[key] <= 1.4 * share]
    if not fit:
        return None
    best = min(fit, key=tried.get)
    return dataclasses.replace(target, inject=spins_text(target.opcode, best), wanted=share, measured=tried[best])


def candidates(rows, program_opcodes, layouts=1):
    """[Target]: micro rows with the opcode they are named for, programs with those that the table names; the
    layouts in turn."""
    pairs = [(row, opcode) for row in rows for opcode in ((row.bench.split(".")[0],) if row.suite == "micro" else program_opcodes.get(row.bench, ()))]
    return [Target(row, opcode, number % layouts) for number, (row, opcode) in enumerate(pairs)]


def run(bench, number, kind, seed, target=None, quiet=True):
    """One trial: its row of trials.csv."""
    start = time.monotonic()
    arms, layout = bench.arms(target.layout, target.inject) if target else bench.arms(number)
    settings = paired.Settings(seed + number, bench.cpu, form=bench.form)
    rows = bench.rows()
    measurer = paired.Measurer(rows, arms, settings, bench.suite)
    trial = comparison.Comparison(measurer, verdicts.Rule(), MemoryParts(), bench.history, ROUNDS, 1, quiet)
    trial.plan(MemoryParts())
    results = trial.run(same_code_rule=False)
    bench.history.add(rows, trial.collected(comparison.FIRST), environment.timestamp())
    found = [result.verdict for result in results]
    cells = {
        "trial": number, "kind": kind, "layout_seed": layout, "seed": seed + number, "rows": len(rows),
        "seconds": f"{time.monotonic() - start:.1f}",
        "regressed": found.count(verdicts.REGRESSED), "improved": found.count(verdicts.IMPROVED),
        "same": found.count(verdicts.SAME), "inconclusive": found.count(verdicts.INCONCLUSIVE),
    }  # fmt: skip
    if target:
        hit = next(result for result in results if result.row == target.row)
        confirmed = "" if hit.confirmed_ratio is None else f"{hit.confirmed_ratio:.4f}"
        cells.update(target=target.row.bench, inject=target.inject, target_ratio=f"{hit.ratio:.4f}", target_verdict=hit.verdict, confirmed=confirmed)
    return {column: cells.get(column, "") for column in TRIALS}


def is_false(row):
    """Whether an A/A trial called a change."""
    return int(row["regressed"]) + int(row["improved"]) > 0


def is_found(row):
    """Whether an injection trial called its row's change."""
    return row["target_verdict"] == verdicts.REGRESSED

