"""From samples to figures. Processes are the unit: one number a process goes in everywhere.

Sources: Theil-Sen estimator (Sen 1968); percentile bootstrap (Efron 1979); measuring one process as one
sample: Georges et al. 2007, Kalibera and Jones 2013.
"""

import itertools
import math
import random
import statistics


def slope(points):
    """Theil-Sen: the median of the slopes between all pairs of (x, y) points."""
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in itertools.combinations(sorted(points), 2) if x1 != x2]
    return statistics.median(slopes)


def median_deviation(values):
    """Median absolute deviation from the median."""
    middle = statistics.median(values)
    return statistics.median(abs(value - middle) for value in values)


def bootstrap_interval(values, draws=2000, confidence=0.95, seed=1):
    """Percentile interval of the median over resampled processes; (nan, nan) for fewer than 3."""
    if len(values) < 3:
        return math.nan, math.nan
    generator = random.Random(seed)
    medians = sorted(statistics.median(generator.choices(values, k=len(values))) for _ in range(draws))
    tail = (1 - confidence) / 2
    return medians[int(tail * draws)], medians[int((1 - tail) * draws) - 1]


def describe(values):
    """The figures of a summary row, keyed without unit."""
    low, high = bootstrap_interval(values)
    return {
        "median": statistics.median(values),
        "mean": statistics.fmean(values),
        "stddev": statistics.stdev(values) if len(values) > 1 else 0.0,
        "min": min(values),
        "max": max(values),
        "ci_lo": low,
        "ci_hi": high,
        "mad": median_deviation(values),
    }


def geometric_mean(values):
    """Of positive values; nan if there are none."""
    logarithms = [math.log(value) for value in values if value > 0]
    return math.exp(statistics.fmean(logarithms)) if logarithms else math.nan


def paired_ratios(times, reference):
    """One ratio a round: the geometric mean of time over reference time over the benchmarks that both have.
    Both map benchmarks to [time of each round]; all positive."""
    common = [bench for bench in times if bench in reference]
    rounds = min((min(len(times[bench]), len(reference[bench])) for bench in common), default=0)
    return [geometric_mean([times[bench][number] / reference[bench][number] for bench in common]) for number in range(rounds)]
