"""The statistics of tools/compare: against scipy, against published values, and by simulation."""
import math
import pathlib
import random
import statistics
import sys
import unittest

import numpy
from scipy import stats

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from benchmarking import inference  # noqa: E402


def noise(generator, count, center=0.0, spread=0.01, slow=0.0):
    """Differences around a center; a share `slow` of them from processes that were slow all through."""
    return [center + generator.gauss(0, spread) + (generator.choice([-0.7, 0.7]) if generator.random() < slow else 0) for _ in range(count)]


class SignFlipTest(unittest.TestCase):
    def test_against_scipy(self):
        """The statistic is the mean of the capped differences, and scipy enumerates the same patterns."""
        generator = random.Random(1)
        for count in (5, 9, 12):
            values = [generator.uniform(0.4, 1.0) * generator.choice([1, 1, -1]) for _ in range(count)]
            for alternative in ("two-sided", "greater", "less"):
                sizes = numpy.minimum(numpy.abs(values), numpy.median(numpy.abs(values)))
                capped = numpy.sign(values) * sizes
                expected = stats.permutation_test((capped,), numpy.mean, permutation_type="samples", n_resamples=2**count, alternative=alternative)
                self.assertAlmostEqual(inference.sign_flip_p(values, alternative=alternative), expected.pvalue, places=9)

    def test_by_hand(self):
        self.assertEqual(inference.sign_flip_p([1, 2, 3], alternative="greater"), 1 / 8)
        self.assertEqual(inference.sign_flip_p([1, 2, 3]), 2 / 8)
        self.assertEqual(inference.sign_flip_p([1, 2, -3], alternative="greater"), 4 / 8)  # 1, 2, -2
        self.assertEqual(inference.sign_flip_p([-1, -2, -3], alternative="greater"), 1.0)
        self.assertEqual(inference.sign_flip_p([-1, -2, -3], alternative="less"), 1 / 8)

    def test_shift(self):
        values = [1.1, 1.2, 1.3, 1.15]
        self.assertEqual(inference.sign_flip_p(values, 1.0, "greater"), 1 / 16)
        self.assertEqual(inference.sign_flip_p(values, 2.0, "greater"), 1.0)

    def test_nothing_to_test(self):
        self.assertEqual(inference.sign_flip_p([]), 1.0)
        self.assertEqual(inference.sign_flip_p([0.0, 0.0]), 1.0)
        with self.assertRaises(ValueError):
            inference.sign_flip_p([1.0], alternative="other")

    def test_drawn_patterns_agree_with_all(self):
        generator = random.Random(2)
        values = noise(generator, 16, center=0.004)
        exact = inference.sign_flip_p(values)
        drawn = inference.sign_flip_p(values + [1e-12])  # 17 values, the last without weight
        self.assertAlmostEqual(exact, drawn, delta=0.005)
        self.assertEqual(drawn, inference.sign_flip_p(values + [1e-12]))  # seeded
        self.assertGreater(inference.sign_flip_p([1.0] * 40), 0)  # never 0

    def test_one_slow_process_does_not_decide(self):
        values = [0.05 + 0.001 * number for number in range(13)]
        self.assertLess(inference.sign_flip_p(values + [-0.7], alternative="greater"), 0.01)
        self.assertGreater(stats.permutation_test((values + [-0.7],), numpy.mean, permutation_type="samples", n_resamples=2**14, alternative="greater").pvalue, 0.3)

    def test_false_positives_stay_below_alpha(self):
        generator = random.Random(3)
        for slow in (0.0, 0.1):
            hits = sum(inference.sign_flip_p(noise(generator, 12, slow=slow)) < 0.05 for _ in range(600))
            self.assertLess(hits, stats.binom.ppf(0.999, 600, 0.05))
            self.assertGreater(hits, stats.binom.ppf(0.001, 600, 0.03))  # and the test is not idle

    def test_power(self):
        generator = random.Random(4)
        found = sum(inference.sign_flip_p(noise(generator, 14, 0.05, 0.01, 0.07), math.log(1.03), "greater") < 0.05 / 16 for _ in range(200))
        self.assertGreater(found, 170)


class IntervalTest(unittest.TestCase):
    def test_ranks(self):
        for count, low, high, coverage in ((12, 3, 10, 0.961), (20, 6, 15, 0.959), (30, 10, 21, 0.957), (6, 1, 6, 0.969)):
            found = inference.median_ranks(count)
            self.assertEqual(found[:2], (low, high))
            self.assertAlmostEqual(found[2], coverage, places=3)
        self.assertIsNone(inference.median_ranks(5))
        self.assertEqual(inference.median_ranks(5, 0.9)[:2], (1, 5))

    def test_interval(self):
        self.assertEqual(inference.median_interval(list(range(12, 0, -1))), (3, 10))
        self.assertEqual(inference.median_interval([1, 2, 3]), (-math.inf, math.inf))

    def test_coverage(self):
        generator = random.Random(5)
        covered = 0
        for _ in range(1000):
            low, high = inference.median_interval([generator.expovariate(1) for _ in range(14)])
            covered += low <= math.log(2) <= high
        self.assertGreater(covered, 940)

    def test_bootstrap_of_a_ratio(self):
        generator = random.Random(6)
        base = [100 * math.exp(generator.gauss(0, 0.02)) for _ in range(30)]
        head = [1.1 * value * math.exp(generator.gauss(0, 0.01)) for value in base]
        low, high = inference.bootstrap_ratio(base, head, [number % 3 for number in range(30)])
        self.assertTrue(1.08 < low < statistics.median(head) / statistics.median(base) < high < 1.12)
        self.assertEqual(inference.bootstrap_ratio(base, head, seed=9), inference.bootstrap_ratio(base, head, seed=9))
        self.assertTrue(math.isnan(inference.bootstrap_ratio([1, 2], [1, 2])[0]))

    def test_bootstrap_keeps_groups(self):
        """With one round in each group, there is nothing to draw."""
        low, high = inference.bootstrap_ratio([1, 2, 4], [2, 4, 8], [0, 1, 2])
        self.assertEqual((low, high), (2.0, 2.0))

    def test_bootstrap_of_a_geometric_mean(self):
        low, high = inference.bootstrap_geomean([[0.1] * 8, [0.3] * 8])
        self.assertAlmostEqual(low, math.exp(0.2))
        self.assertAlmostEqual(high, math.exp(0.2))
        self.assertTrue(math.isnan(inference.bootstrap_geomean([[0.1, 0.1]])[0]))


class MultiplicityTest(unittest.TestCase):
    P = [0.01, 0.04, 0.03, 0.005]

    def test_holm(self):
        for found, expected in zip(inference.holm(self.P), [0.03, 0.06, 0.06, 0.02]):
            self.assertAlmostEqual(found, expected)
        self.assertEqual(inference.holm([0.9, 0.8]), [1.0, 1.0])
        self.assertEqual(inference.holm([]), [])

    def test_benjamini_hochberg(self):
        for found, expected in zip(inference.benjamini_hochberg(self.P), [0.02, 0.04, 0.04, 0.02]):
            self.assertAlmostEqual(found, expected)
        self.assertEqual(inference.benjamini_hochberg([]), [])

    def test_families(self):
        """Of families without an effect, at most 5 % have a false positive after Holm."""
        generator = random.Random(7)
        families = 200
        wrong = sum(min(inference.holm([inference.sign_flip_p(noise(generator, 12)) for _ in range(6)])) < 0.05 for _ in range(families))
        self.assertLessEqual(wrong, stats.binom.ppf(0.999, families, 0.05))

    def test_least_rounds(self):
        self.assertEqual(inference.least_rounds(240), 14)
        self.assertEqual(inference.least_rounds(8), 9)
        self.assertEqual(inference.least_rounds(1), 6)  # fewer have no 95 % interval
        for tests in (8, 60, 240):  # with so many rounds, differences of one sign pass; with one less not
            rounds = inference.least_rounds(tests)
            self.assertLessEqual(2 * 0.5**rounds * tests, 0.05)
            self.assertGreater(2 * 0.5 ** (rounds - 1) * tests, 0.05)


class DecisionTest(unittest.TestCase):
    def test_equivalence(self):
        self.assertTrue(inference.is_equivalent(0.99, 1.01, 0.02))
        self.assertFalse(inference.is_equivalent(0.99, 1.03, 0.02))
        self.assertFalse(inference.is_equivalent(0.97, 1.01, 0.02))
        self.assertFalse(inference.is_equivalent(0, math.inf, 0.02))

    def test_spread(self):
        generator = random.Random(8)
        self.assertAlmostEqual(inference.spread(noise(generator, 4000, slow=0.02)), 0.01, delta=0.001)
        self.assertEqual(inference.spread([1.0]), 0.0)

    def test_minimum_detectable(self):
        """At the ratio that is called detectable, a row is found about four times in five."""
        generator = random.Random(9)
        alpha, floor, rounds = 0.05 / 8, 0.03, 20
        detectable = statistics.median(inference.minimum_detectable(noise(generator, rounds), floor, alpha) for _ in range(40))
        self.assertTrue(1.03 < detectable < 1.06)
        found = 0
        for _ in range(150):
            values = noise(generator, rounds, math.log(detectable))
            p = 2 * inference.sign_flip_p(values, math.log1p(floor), "greater")
            found += p < alpha and inference.median_interval(values)[0] > math.log1p(floor)
        self.assertTrue(0.65 < found / 150 < 0.98, found)
        self.assertEqual(inference.minimum_detectable([0.1], 0.03), math.inf)

    def test_clopper_pearson(self):
        low, high = inference.clopper_pearson(5, 50)
        self.assertAlmostEqual(low, 0.0333, places=3)
        self.assertAlmostEqual(high, 0.2181, places=3)
        self.assertEqual(inference.clopper_pearson(0, 20)[0], 0)
        self.assertAlmostEqual(inference.clopper_pearson(0, 20)[1], 1 - 0.025 ** (1 / 20))

    def test_too_many_small(self):
        self.assertFalse(inference.too_many_small([0.5] * 19 + [0.01]))
        self.assertTrue(inference.too_many_small([0.5] * 12 + [0.01] * 8))
        self.assertFalse(inference.too_many_small([]))


if __name__ == "__main__":
    unittest.main()
