"""Orders of rounds: every arm stands at every place, and after every other one, equally often."""
import collections
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import schedule  # noqa: E402


class OrderTest(unittest.TestCase):
    def test_balance(self):
        for size in range(1, 12):
            arms = [f"arm{number}" for number in range(size)]
            orders = [schedule.order(arms, number, 7, "fib") for number in range(2 * size)]
            for order in orders:
                self.assertEqual(sorted(order), sorted(arms))
            for cycle in (orders[:size], orders[size:]):
                places = collections.Counter((arm, place) for order in cycle for place, arm in enumerate(order))
                self.assertEqual(set(places.values()), {1})
            follows = collections.Counter(pair for order in orders for pair in zip(order, order[1:]))
            self.assertEqual(len(follows), size * (size - 1))
            self.assertLessEqual(set(follows.values()), {2})

    def test_no_round_is_lopsided(self):
        orders = [schedule.order("ABCD", number, 1, "fib") for number in range(6)]
        for place in range(4):
            counts = collections.Counter(order[place] for order in orders)
            self.assertTrue(all(1 <= counts[arm] <= 2 for arm in "ABCD"))

    def test_depends_on_the_key_alone(self):
        self.assertEqual(schedule.order("ABCDE", 3, 1, "fib"), schedule.order("ABCDE", 3, 1, "fib"))
        by_seed = {tuple(schedule.order("ABCDE", 3, seed, "fib")) for seed in range(20)}
        by_name = {tuple(schedule.order("ABCDE", 3, 1, name)) for name in range(20)}
        self.assertGreater(min(len(by_seed), len(by_name)), 10)

    def test_nothing_and_one(self):
        self.assertEqual(schedule.order([], 5, 1), [])
        self.assertEqual([schedule.order(["A"], number, 1) for number in range(3)], [["A"]] * 3)

    def test_shuffled(self):
        self.assertEqual(sorted(schedule.shuffled(range(9), 1, "round", 0)), list(range(9)))
        self.assertNotEqual(schedule.shuffled(range(9), 1, "round", 0), schedule.shuffled(range(9), 1, "round", 1))


if __name__ == "__main__":
    unittest.main()
