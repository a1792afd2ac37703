"""The covering array covers, and is small."""
import itertools
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "tools" / "tests")]
import run_pairwise  # noqa: E402


class CoveringArrayTest(unittest.TestCase):
    def test_every_pair_occurs(self):
        for sizes in ([9, 3, 3, 2, 2, 2, 2, 2, 2], [2, 2], [1, 4, 2], [3] * 5):
            rows = run_pairwise.covering_array(sizes)
            covered = set().union(*map(run_pairwise.pairs_of, rows))
            for (left, a), (right, b) in itertools.combinations(enumerate(sizes), 2):
                for pair in itertools.product(range(a), range(b)):
                    self.assertIn(((left, pair[0]), (right, pair[1])), covered, sizes)
            self.assertTrue(all(0 <= setting < size for row in rows for setting, size in zip(row, sizes)))

    def test_few_rows(self):
        self.assertLess(len(run_pairwise.covering_array([9, 3, 3, 2, 2, 2, 2, 2, 2])), 36)

    def test_knobs_are_one_option(self):
        self.assertEqual(run_pairwise.merge_knobs(["--knobs-off=a", "--x", "--knobs-off=b"]), ["--x", "--knobs-off=a,b"])


if __name__ == "__main__":
    unittest.main()
