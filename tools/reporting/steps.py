"""Steps in a course of measurements: the piecewise constant function that explains it best.

Each piece costs a penalty, so that a step is seen only where it explains more than noise would; sums of
absolute deviations are minimised exactly by dynamic programming, so single wild runs do not make a step. Like
the step detection of airspeed velocity; L1 fits with a penalty of order log n: Friedrich et al. 2008.
"""

import math
import statistics

LEAST = 2  # runs on either side: one run alone is an outlier
SMALLEST_NOISE = 0.005


def noise(values, errors):
    """Standard deviation of one value: from its neighbours, which steps hardly disturb, and never below what
    the runs say of themselves."""
    differences = [abs(one - other) for one, other in zip(values, values[1:])]
    spread = statistics.median(differences) / (0.6745 * math.sqrt(2)) if differences else 0.0
    known = [error for error in errors if error == error]
    return max(spread, statistics.median(known) if known else 0.0, SMALLEST_NOISE)


def pieces(values, errors=()):
    """[(first, last, level)] that cover the values: indices, and the median of the piece. `errors` are standard
    errors of the values, nan where not known."""
    count = len(values)
    if count < 2 * LEAST:
        return [(0, count - 1, statistics.median(values))] if values else []
    scale = noise(values, errors)
    penalty = 3 + 1.5 * math.log(count)
    best = [0.0] + [math.inf] * count  # best[n]: least cost of the first n values
    cut = [0] * (count + 1)
    for end in range(LEAST, count + 1):
        for start in [0, *range(LEAST, end - LEAST + 1)]:
            piece = values[start:end]
            middle = statistics.median(piece)
            cost = best[start] + sum(abs(value - middle) for value in piece) / scale + (penalty if start else 0.0)
            if cost < best[end]:
                best[end], cut[end] = cost, start
    found, end = [], count
    while end > 0:
        found.append((cut[end], end - 1, statistics.median(values[cut[end] : end])))
        end = cut[end]
    return found[::-1]
