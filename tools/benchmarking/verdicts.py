"""From paired rounds to verdicts: the rule of the protocol cmp-v1 (results/README.md has it in words).

A row is REGRESSED if its slowdown beyond the floor passes Holm over all rows, its whole interval lies beyond
the floor, and a second set of rounds, made for this row alone and judged alone, says so again. IMPROVED
likewise. SAME: the interval lies within the floor. Else INCONCLUSIVE. The floor is how far equal code was seen
to differ here, at least the least change that the user cares about. A row whose arms run the same machine
code is never REGRESSED: LAYOUT-OR-HOST.
"""

import dataclasses
import json
import math
import os

import numpy

from benchmarking import inference, tables
from benchmarking.paired import AGAIN, BASE, HEAD

REGRESSED, IMPROVED, SAME, INCONCLUSIVE, CAPPED = "REGRESSED", "IMPROVED", "SAME", "INCONCLUSIVE", "LAYOUT-OR-HOST"
LEAST_EFFECTS = {"micro": 0.03, "macro": 0.02}
HISTORY_LENGTH = 40  # past deviations that count for a row's floor
HISTORY = "ts_utc,machine,suite,bench,technique,engine_compiler,layout_seed,deviation".split(",")


@dataclasses.dataclass
class Rule:
    """alpha: family-wise error of the verdicts; least_effects: by suite, what nobody cares about."""

    alpha: float = 0.05
    least_effects: dict = dataclasses.field(default_factory=lambda: dict(LEAST_EFFECTS))
    q: float = 0.05


@dataclasses.dataclass
class Result:
    """What is known of a row. Ratios are head over base; floor and mde are relative (0.02: 2 %)."""

    row: object
    n_rounds: int
    ratio: float
    low: float
    high: float
    boot_low: float
    boot_high: float
    p: float
    p_floor: float
    floor: float
    mde: float
    p_holm: float = 1.0
    q_bh: float = 1.0
    verdict: str = INCONCLUSIVE
    confirmed_ratio: float | None = None
    code_same: bool | None = None
    instr_ratio: float | None = None
    changed: list = dataclasses.field(default_factory=list)

    @property
    def is_flagged(self):
        return self.verdict in (REGRESSED, IMPROVED)


class Rounds:
    """The rounds of one row: {arm: [value of each round]}, and the layout of each."""

    def __init__(self, values, layouts):
        self.values, self.layouts = values, layouts

    def differences(self, head=HEAD, base=BASE):
        """ln(head / base) of each round."""
        return [math.log(b / a) for a, b in zip(self.values[base], self.values[head])]


def collect(samples, stages):
    """{(bench, engine): Rounds} of the samples (rows of samples.csv) of some stages. A round counts when it has
    all arms that the row's first round has."""
    found = {}
    for sample in samples:
        if sample["stage"] in stages:
            key = (sample["bench"], f"{sample['technique']}:{sample['engine_compiler']}")
            number = (stages.index(sample["stage"]), int(sample["round"]))
            found.setdefault(key, {}).setdefault(number, {})[sample["arm"]] = (float(sample["value_ns"]), sample["layout_seed"])
    result = {}
    for key, rounds in found.items():
        ordered = [rounds[number] for number in sorted(rounds)]
        arms = set(ordered[0])
        whole = [part for part in ordered if arms <= set(part)]
        values = {arm: [part[arm][0] for part in whole] for arm in sorted(arms)}
        result[key] = Rounds(values, [part[BASE][1] for part in whole])
    return result


def deviations(rounds):
    """{layout: |median of ln(A2 / A)|}: how far equal code differed, one value a layout."""
    if AGAIN not in rounds.values:
        return {}
    by_layout = {}
    for layout, difference in zip(rounds.layouts, rounds.differences(AGAIN)):
        by_layout.setdefault(layout, []).append(difference)
    return {layout: abs(float(numpy.median(values))) for layout, values in by_layout.items()}


def floor_of(row, rounds, rule, history=()):
    """What a change of this row must exceed: 95 % of all deviations of equal code stay below it."""
    seen = [*deviations(rounds).values(), *history]
    usual = math.expm1(float(numpy.percentile(seen, 95))) if seen else 0.0
    return max(rule.least_effects[row.suite], usual)


def _against_floor(differences, floor, seed):
    """p of "the ratio lies within the floor", for either direction."""
    limit = math.log1p(floor)
    if numpy.median(differences) >= 0:
        return min(1.0, 2 * inference.sign_flip_p(differences, limit, "greater", seed))
    return min(1.0, 2 * inference.sign_flip_p(differences, -limit, "less", seed))


def measure_row(row, rounds, floor, alpha, seed=1, head=HEAD):
    """The Result of a row on its own: no verdict yet. `alpha`: what this row may use."""
    differences = rounds.differences(head)
    low, high = inference.median_interval(differences)
    boot = inference.bootstrap_ratio(rounds.values[BASE], rounds.values[head], rounds.layouts, seed=seed)
    return Result(
        row=row,
        n_rounds=len(differences),
        ratio=math.exp(numpy.median(differences)),
        low=math.exp(low),
        high=math.exp(high),
        boot_low=boot[0],
        boot_high=boot[1],
        p=inference.sign_flip_p(differences, seed=seed),
        p_floor=_against_floor(differences, floor, seed),
        floor=floor,
        mde=inference.minimum_detectable(differences, floor, alpha) - 1,
    )


def judge(rows, collected, rule, floors, alpha=None, head=HEAD):
    """[Result] with verdicts by one set of rounds: Holm over exactly these rows."""
    alpha = rule.alpha if alpha is None else alpha
    results = []
    for row in rows:
        rounds = collected[row.bench, row.engine]
        results.append(measure_row(row, rounds, floors[row], alpha / len(rows), head=head))
    adjusted = inference.holm([result.p_floor for result in results])
    listed = inference.benjamini_hochberg([result.p for result in results])
    for result, p_holm, q_bh in zip(results, adjusted, listed):
        result.p_holm, result.q_bh = p_holm, q_bh
        result.verdict = _verdict(result, alpha)
    return results


def _verdict(result, alpha):
    if result.p_holm < alpha and result.low > 1 + result.floor:
        return REGRESSED
    if result.p_holm < alpha and result.high < 1 / (1 + result.floor):
        return IMPROVED
    return SAME if inference.is_equivalent(result.low, result.high, result.floor) else INCONCLUSIVE


def confirm(results, confirmations):
    """Flagged rows keep their verdict only if their own new rounds, judged alone, give the same."""
    again = {result.row: result for result in confirmations}
    for result in results:
        if result.is_flagged:
            new = again[result.row]
            result.confirmed_ratio = new.ratio
            if new.verdict != result.verdict:
                result.verdict = INCONCLUSIVE


def cap(results):
    """The same-code rule."""
    for result in results:
        if result.is_flagged and result.code_same:
            result.verdict = CAPPED


@dataclasses.dataclass
class SelfTest:
    """Base against itself in another layout: rows that the rule flags beyond the least effects (what layout alone
    does here; the floors know it), rows whose ratio drifted, is_unfit."""

    rows: int
    flagged: int
    drifted: int
    is_unfit: bool


def self_test(rows, collected, rule):
    """The rule on A2 against A, and whether their ratio stayed what it was: that another layout makes A2 slower or
    faster throughout is no fault of the machine, a change between the first half of the rounds and the second is.
    (The rows' floors would not do here: they are made of the same rounds.) None without a second base."""
    measured = [row for row in rows if AGAIN in collected[row.bench, row.engine].values]
    if not measured:
        return None
    results = judge(measured, collected, rule, {row: rule.least_effects[row.suite] for row in measured}, head=AGAIN)
    p_values = [inference.drift_p(collected[row.bench, row.engine].differences(AGAIN)) for row in measured]
    unfit = inference.too_many_small(p_values)
    return SelfTest(len(results), sum(result.is_flagged for result in results), sum(p < 0.05 for p in p_values), unfit)


def geometric_mean(results, collected, suite):
    """(ratio, low, high) over the rows of a suite: one test that is declared beforehand; None without rows."""
    chosen = [collected[result.row.bench, result.row.engine] for result in results if result.row.suite == suite]
    if not chosen:
        return None
    rounds = min(len(part.layouts) for part in chosen)
    table = [part.differences()[:rounds] for part in chosen]
    low, high = inference.bootstrap_geomean(table, chosen[0].layouts[:rounds])
    return math.exp(numpy.mean([numpy.median(row) for row in table])), low, high


@dataclasses.dataclass
class Interaction:
    """How much more (or less) the head changed a row under one engine than under the first."""

    bench: str
    engine: str
    reference: str
    ratio: float
    low: float
    high: float
    p: float
    p_holm: float = 1.0


def interactions(rows, collected):
    """[Interaction] of all benchmarks with more than one engine, Holm over them. Rounds are paired: both
    engines' ratios come from the same round."""
    found = []
    for bench in dict.fromkeys(row.bench for row in rows):
        engines = [row.engine for row in rows if row.bench == bench]
        reference = collected[bench, engines[0]].differences()
        for engine in engines[1:]:
            pairs = [b - a for a, b in zip(reference, collected[bench, engine].differences())]
            low, high = inference.median_interval(pairs)
            ratio, p = math.exp(numpy.median(pairs)), inference.sign_flip_p(pairs)
            found.append(Interaction(bench, engine, engines[0], ratio, math.exp(low), math.exp(high), p))
    for item, p_holm in zip(found, inference.holm([item.p for item in found])):
        item.p_holm = p_holm
    return found


class History:
    """Past deviations of equal code on this machine, by row: a file of results/runs/."""

    def __init__(self, path, machine):
        self.path, self.machine = path, machine
        self.rows = tables.read(path) if path and os.path.exists(path) else []

    @staticmethod
    def _key(row):
        return row["suite"], row["bench"], f"{row['technique']}:{row['engine_compiler']}", row["machine"]

    def of(self, row):
        """The latest deviations of a row."""
        wanted = (row.suite, row.bench, row.engine, self.machine)
        return [float(line["deviation"]) for line in self.rows if self._key(line) == wanted][-HISTORY_LENGTH:]

    def add(self, rows, collected, now):
        """Adds this run's deviations; writes the file, whole."""
        for row in rows:
            technique, _, compiler = row.engine.partition(":")
            for layout, deviation in deviations(collected[row.bench, row.engine]).items():
                cells = (now, self.machine, row.suite, row.bench, technique, compiler, layout, f"{deviation:.6f}")
                self.rows.append(dict(zip(HISTORY, cells)))
        kept, counts = [], {}
        for line in reversed(self.rows):
            counts[self._key(line)] = counts.get(self._key(line), 0) + 1
            if counts[self._key(line)] <= HISTORY_LENGTH:
                kept.append(line)
        self.rows = kept[::-1]
        if self.path:
            os.makedirs(os.path.dirname(self.path), exist_ok=True)
            tables.write(self.path, HISTORY, self.rows)


def _cell(value, digits=6):
    if value is None or isinstance(value, float) and not math.isfinite(value):
        return ""
    return str(int(value)) if isinstance(value, bool) else f"{value:.{digits}g}"


def csv_rows(results, run_id, base, head):
    """The rows of compare.csv."""
    for result in results:
        technique, _, compiler = result.row.engine.partition(":")
        yield {
            "schema": tables.SCHEMA,
            "run_id": run_id,
            "bench": result.row.bench,
            "technique": technique,
            "engine_compiler": compiler,
            "base": base,
            "head": head,
            "n_rounds": result.n_rounds,
            "ratio": _cell(result.ratio),
            "ci_lo": _cell(result.low),
            "ci_hi": _cell(result.high),
            "p": _cell(result.p),
            "p_holm": _cell(result.p_holm),
            "q_bh": _cell(result.q_bh),
            "floor_aa": _cell(result.floor),
            "mde": _cell(result.mde),
            "code_same": _cell(result.code_same),
            "instr_ratio": _cell(result.instr_ratio, 8),
            "verdict": result.verdict,
        }


def as_json(results):
    """Dicts for --json: numbers as numbers, unknown ones as null."""
    document = []
    for result in results:
        item = dataclasses.asdict(result)
        row = item.pop("row")
        item = {key: None if isinstance(value, float) and not math.isfinite(value) else value for key, value in item.items()}
        document.append({**row, **item})
    return json.loads(json.dumps(document, default=float))
