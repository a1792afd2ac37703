"""What paired measurements allow to be said: the statistics of the protocol cmp-v1.

A difference d is the logarithm of head's time over base's within one round; one process gives one
number. Under "no change" the sign of each d is a coin toss, whatever the distribution of the noise:
all tests rest on that alone. Everything is deterministic; what draws at random takes a seed.

Sources: sign-flip test (Fisher 1935); interval of the median by order statistics (Thompson 1936);
Holm 1979; Benjamini and Hochberg 1995; Clopper and Pearson 1934 (scipy.stats.binomtest); equivalence by
inclusion of the interval (Schuirmann 1987); ratios of times: Kalibera and Jones 2013.
"""

import functools
import math

import numpy

ENUMERATED = 16  # up to so many differences, all 2^n sign patterns are tried
DRAWS = 100_000


@functools.lru_cache(maxsize=8)
def _signs(count, seed):
    """Sign patterns as rows of +-1: all of them, or DRAWS seeded ones."""
    if count <= ENUMERATED:
        codes = numpy.arange(2**count, dtype=numpy.int64)[:, None]
        return (1 - 2 * ((codes >> numpy.arange(count)) & 1)).astype(numpy.float32)
    generator = numpy.random.default_rng(seed)
    return (1 - 2 * generator.integers(0, 2, (DRAWS, count), dtype=numpy.int8)).astype(numpy.float32)


def _stats():
    """scipy.stats, loaded late: it takes half a second that --help need not wait for."""
    from scipy import stats

    return stats


def sign_flip_p(differences, shift=0.0, alternative="two-sided", seed=1):
    """p of the sign-flip test of "the differences lie symmetrically around `shift`".

    `alternative`: "greater", "less" (than shift) or "two-sided". Exact for up to 16 differences; beyond,
    100,000 seeded patterns and (hits + 1) / (draws + 1). The statistic is the sum of the differences,
    each capped at the median of their sizes: a process that is slow all through does not decide.
    The cap depends on sizes only, so the test stays exact. 1.0 where there is nothing to test."""
    moved = numpy.asarray(differences, dtype=float) - shift
    if alternative == "less":
        return sign_flip_p(-moved, 0.0, "greater", seed)
    if moved.size == 0 or not numpy.any(moved):
        return 1.0
    sizes = numpy.abs(moved)
    sizes = numpy.minimum(sizes, float(numpy.median(sizes)) or float(sizes.max()))
    sums = _signs(moved.size, seed) @ (sizes / sizes.sum()).astype(numpy.float32)
    observed = float((numpy.sign(moved) * sizes).sum() / sizes.sum())
    slack = 1e-5  # sums that are equal but for rounding count as hits
    if alternative == "greater":
        hits = int((sums >= observed - slack).sum())
    elif alternative == "two-sided":
        hits = int((numpy.abs(sums) >= abs(observed) - slack).sum())
    else:
        raise ValueError(f"no such alternative: {alternative}")
    exact = moved.size <= ENUMERATED
    return hits / len(sums) if exact else (hits + 1) / (len(sums) + 1)


def drift_p(differences):
    """p of "the first half of the differences and the second come from one distribution" (Mann and Whitney 1947)."""
    half = len(differences) // 2
    return float(_stats().mannwhitneyu(differences[:half], differences[half:]).pvalue) if half else 1.0


def median_ranks(count, confidence=0.95):
    """(low rank, high rank, coverage), 1-based: the narrowest pair of order statistics of `count` values
    between which the median lies with at least this probability; None where there is none."""
    low = 0
    while low + 1 <= count // 2 and 1 - 2 * _stats().binom.cdf(low, count, 0.5) >= confidence:
        low += 1
    if low == 0:
        return None
    return low, count + 1 - low, float(1 - 2 * _stats().binom.cdf(low - 1, count, 0.5))


def median_interval(values, confidence=0.95):
    """Interval of the median by order statistics, free of any assumption about the distribution;
    (-inf, inf) where there are too few values (fewer than 6 for 95 %)."""
    ranks = median_ranks(len(values), confidence)
    if ranks is None:
        return -math.inf, math.inf
    ordered = sorted(values)
    return ordered[ranks[0] - 1], ordered[ranks[1] - 1]


def bootstrap_ratio(base, head, groups=None, draws=10_000, confidence=0.95, seed=1):
    """Percentile interval of median(head) / median(base), whose values are paired by round.

    Rounds are drawn with replacement within each group (the layout of the round; None: one group).
    (nan, nan) for fewer than 3 rounds."""
    base, head = numpy.asarray(base, dtype=float), numpy.asarray(head, dtype=float)
    if base.size < 3:
        return math.nan, math.nan
    chosen = _drawn_rounds(base.size, groups, draws, seed)
    ratios = numpy.median(head[chosen], axis=1) / numpy.median(base[chosen], axis=1)
    return _percentiles(ratios, confidence)


def bootstrap_geomean(differences, groups=None, draws=10_000, confidence=0.95, seed=1):
    """Interval of exp(mean over benchmarks of the median difference): a table of benchmarks × rounds, whose
    rounds are drawn jointly, because what disturbs a round disturbs all benchmarks."""
    table = numpy.asarray(differences, dtype=float)
    if table.ndim != 2 or table.shape[1] < 3:
        return math.nan, math.nan
    chosen = _drawn_rounds(table.shape[1], groups, draws, seed)
    means = numpy.mean([numpy.median(row[chosen], axis=1) for row in table], axis=0)
    return _percentiles(numpy.exp(means), confidence)


def _drawn_rounds(count, groups, draws, seed):
    """draws × count indices of rounds, drawn with replacement within each group."""
    generator = numpy.random.default_rng(seed)
    labels = numpy.zeros(count, dtype=int) if groups is None else numpy.unique(groups, return_inverse=True)[1]
    parts = []
    for label in range(labels.max() + 1):
        members = numpy.flatnonzero(labels == label)
        parts.append(members[generator.integers(0, members.size, (draws, members.size))])
    return numpy.concatenate(parts, axis=1)


def _percentiles(values, confidence):
    tail = 100 * (1 - confidence) / 2
    low, high = numpy.percentile(values, [tail, 100 - tail])
    return float(low), float(high)


def holm(p_values):
    """Holm's adjusted p, in the order given: those below alpha reject with a family-wise error below alpha."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted, largest = [0.0] * len(p_values), 0.0
    for rank, index in enumerate(order):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = largest
    return adjusted


def benjamini_hochberg(p_values):
    """q values in the order given: of those below q, at most a share q is false on average."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__, reverse=True)
    adjusted, least = [0.0] * len(p_values), 1.0
    for position, index in enumerate(order):
        least = min(least, p_values[index] * len(p_values) / (len(p_values) - position))
        adjusted[index] = least
    return adjusted


def least_rounds(tests, alpha=0.05):
    """Rounds below which no row can pass Holm among so many two-sided tests: ceil(log2(2 tests / alpha))."""
    return max(6, math.ceil(math.log2(2 * tests / alpha)))


def middle_mean(values):
    """Mean of the middle half."""
    return float(_stats().trim_mean(values, 0.25))


def spread(differences):
    """Standard deviation of one difference, by the median absolute deviation; 0 for fewer than 2."""
    if len(differences) < 2:
        return 0.0
    return float(_stats().median_abs_deviation(differences, scale="normal"))


def minimum_detectable(differences, floor, alpha=0.05, power=0.8):
    """The smallest ratio above 1 that a run with this noise calls a regression with probability `power`:
    `alpha` is what one row may use (0.05 over the number of rows), `floor` what a change must exceed."""
    if len(differences) < 2:
        return math.inf
    error = math.sqrt(math.pi / 2) * spread(differences) / math.sqrt(len(differences))
    quantiles = _stats().norm.ppf(1 - alpha / 2) + _stats().norm.ppf(power)
    return float((1 + floor) * math.exp(quantiles * error))


def is_equivalent(low, high, floor):
    """Whether an interval of the ratio lies within 1 / (1 + floor) and 1 + floor."""
    return 1 / (1 + floor) <= low and high <= 1 + floor


def clopper_pearson(hits, trials, confidence=0.95):
    """Exact interval of a probability from hits in trials."""
    interval = _stats().binomtest(hits, trials).proportion_ci(confidence, method="exact")
    return float(interval.low), float(interval.high)


def too_many_small(p_values, threshold=0.05, confidence=0.99):
    """Whether more of the p fall below the threshold than chance explains with this probability."""
    hits = sum(p < threshold for p in p_values)
    return bool(p_values) and bool(hits > _stats().binom.ppf(confidence, len(p_values), threshold))

