"""Two runs of different times, benchmark by benchmark: ratio, interval, verdict.

The runs were not interleaved, so nothing pairs their processes; and what changed between the two times (other
guests of the machine, temperature, where code and data happened to lie) is in the ratio too. The floor says
how much of that is assumed; a gate that measures it pairs its rounds (tools/compare). Samples are compared
where both runs have them, else the intervals of their medians.

Sources: Mann and Whitney 1947; bootstrap of both samples (Efron 1979); Holm 1979; Benjamini and Hochberg 1995.
"""

import math

import numpy
from scipy import stats

from benchmarking import inference, tables

FLOOR = 0.05
LEAST_SAMPLES = 3
DRAWS = 4000


class Row:
    """One benchmark of both runs; figures are nan where they cannot be had."""

    def __init__(self, base, head, floor):
        self.base, self.head, self.floor = base, head, floor
        self.ratio = self.low = self.high = self.p = self.mde = math.nan
        self.p_holm = self.q_bh = math.nan
        self.has_samples = min(len(base.samples), len(head.samples)) >= LEAST_SAMPLES
        self.rounds = min(len(base.samples), len(head.samples)) if self.has_samples else min(base.processes, head.processes)
        if base.median > 0 and head.median > 0:
            self.ratio = head.median / base.median
            if self.has_samples:
                self._from_samples()
            else:
                self._from_intervals()

    def _from_samples(self):
        base, head = numpy.asarray(self.base.samples), numpy.asarray(self.head.samples)
        generator = numpy.random.default_rng(1)
        medians = [numpy.median(generator.choice(values, (DRAWS, values.size)), axis=1) for values in (base, head)]
        if (medians[0] > 0).all() and (medians[1] > 0).all():
            low, high = numpy.percentile(medians[1] / medians[0], [2.5, 97.5])
            self.low, self.high = float(low), float(high)
        self.p = float(stats.mannwhitneyu(base, head).pvalue)
        if math.isnan(self.p):  # all equal
            self.p = 1.0
        errors = [inference.spread(list(values)) / abs(float(numpy.median(values))) / math.sqrt(values.size) for values in (base, head)]
        self._detectable(math.sqrt(math.pi / 2) * math.hypot(*errors))

    def _from_intervals(self):
        ends = (self.base.low, self.base.high, self.head.low, self.head.high)
        if all(end > 0 for end in ends):
            widths = [math.log(ends[1] / ends[0]), math.log(ends[3] / ends[2])]
            error = math.hypot(*widths) / (2 * 1.96)
            self.low, self.high = self.ratio * math.exp(-1.96 * error), self.ratio * math.exp(1.96 * error)
            z = abs(math.log(self.ratio)) / error if error else math.inf * abs(math.log(self.ratio)) if self.ratio != 1 else 0.0
            self.p = float(2 * stats.norm.sf(z))
            self._detectable(error)

    def _detectable(self, error):
        self.mde = (1 + self.floor) * math.exp((1.96 + 0.84) * error) - 1

    @property
    def verdict(self):
        if math.isnan(self.low):
            return "INCONCLUSIVE"
        if self.p_holm < 0.05 and self.low > 1 + self.floor:
            return "REGRESSED"
        if self.p_holm < 0.05 and self.high < 1 / (1 + self.floor):
            return "IMPROVED"
        return "SAME" if inference.is_equivalent(self.low, self.high, self.floor) else "INCONCLUSIVE"

    def cells(self, base, head):
        """The row of compare.csv."""
        texts = {
            "ratio": self.ratio, "ci_lo": self.low, "ci_hi": self.high, "p": self.p, "p_holm": self.p_holm,
            "q_bh": self.q_bh, "mde": self.mde, "floor_aa": self.floor,
            "instr_ratio": self.head.instructions / self.base.instructions if self.base.instructions else math.nan,
        }
        return {
            "schema": tables.SCHEMA, "run_id": head.run_id, "bench": self.head.name.removesuffix("/" + self.head.engine),
            "technique": self.head.technique, "engine_compiler": self.head.compiler, "base": base.run_id, "head": head.run_id,
            "n_rounds": self.rounds, "verdict": self.verdict,
            **{key: "" if math.isnan(value) else f"{value:.6g}" for key, value in texts.items()},
        }


class Comparison:
    """All rows that both runs have; `only_base` and `only_head` are the names of the others."""

    def __init__(self, base, head, floor=FLOOR):
        """`base` and `head`: lists of Measured."""
        bases = {one.key: one for one in base if not math.isnan(one.median)}
        heads = {one.key: one for one in head if not math.isnan(one.median)}
        self.rows = [Row(bases[key], one, floor) for key, one in heads.items() if key in bases]
        self.only_base = [one.name for key, one in bases.items() if key not in heads]
        self.only_head = [one.name for key, one in heads.items() if key not in bases]
        tested = [row for row in self.rows if not math.isnan(row.p)]
        p_values = [row.p for row in tested]
        for row, holm, q in zip(tested, inference.holm(p_values), inference.benjamini_hochberg(p_values)):
            row.p_holm, row.q_bh = holm, q

    def count(self, verdict):
        return sum(row.verdict == verdict for row in self.rows)
