"""Estimates of opcodes from rows whose truth is known: slopes, taints, levels, lack of fit, regression."""
import pathlib
import random
import statistics
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import estimate  # noqa: E402

ARM = ("plain", "mix", "direct", "gcc")


def row(bench, body, copies, ns, **changes):
    cells = {
        "bench": bench, "opcode": bench.split(".", 1)[0], "form": ARM[0], "context": ARM[1], "technique": ARM[2], "engine_compiler": ARM[3],
        "arm": "A", "body": body, "copies": str(copies), "segments": "20", "tainted": "0", "median_ns": f"{ns:.6f}", "mad_ns": "1.0",
        "canary_ghz": "3.0", "layout_seed": "0", "process": "0", "baseline": "",
    }
    return cells | {name: str(value) for name, value in changes.items()}


def measured(bench, cost, base=3.0, layouts=3, processes=5, layout_sd=0.0, process_sd=0.0, bend=0.0, seed=1, **changes):
    """Rows of all processes of a bench that costs so much."""
    generator = random.Random(f"{seed} {bench}")
    for layout in range(layouts):
        shift = generator.gauss(0, layout_sd)
        for process in range(processes):
            slope = base + cost + shift + generator.gauss(0, process_sd)
            for copies in (100, 200, 400):
                where = dict(changes, layout_seed=layout, process=process)
                yield row(bench, "body", copies, 50 + slope * copies * (1 + bend * (copies > 200)), **where)
                yield row(bench, "baseline", copies, 50 + base * copies, **where)


def only(rows):
    (found,) = estimate.opcodes(list(rows))
    return found


class EstimateTest(unittest.TestCase):
    def test_exact(self):
        found = only(measured("NOP.plain", 1.5))
        self.assertEqual(found.key, ("NOP.plain", *ARM))
        self.assertEqual((found.layouts, len(found.values)), (3, 15))
        for value in (found.middle, found.low, found.high):
            self.assertAlmostEqual(value, 1.5)
        self.assertAlmostEqual(found.body, 4.5)
        self.assertFalse(found.nonlinear)
        self.assertEqual(found.tainted, 0)

    def test_interval_widens_with_layouts(self):
        """Code placement is a factor of its own: processes of one layout do not make up for it."""
        quiet = only(measured("NOP.plain", 1.5, process_sd=0.1, layouts=5, processes=10))
        placed = only(measured("NOP.plain", 1.5, process_sd=0.1, layouts=5, processes=10, layout_sd=1.0))
        self.assertGreater(placed.high - placed.low, 4 * (quiet.high - quiet.low))
        self.assertGreater(placed.layout_sd, 0.3)
        self.assertLess(quiet.layout_sd, 0.1)
        self.assertTrue(0.05 < quiet.process_sd < 0.2)

    def test_interval_covers_the_truth(self):
        """95 % intervals of 15 processes in 3 layouts, when layouts do not differ, and of few processes."""
        for layouts, processes in ((3, 5), (1, 3), (1, 5), (1, 6)):
            covered = 0
            for seed in range(100):
                found = only(measured("NOP.plain", 1.5, process_sd=0.5, layouts=layouts, processes=processes, seed=seed))
                covered += found.low <= 1.5 <= found.high
            with self.subTest(layouts=layouts, processes=processes):
                self.assertGreaterEqual(covered, 90)

    def test_few_processes(self):
        found = only(measured("NOP.plain", 1.5, layouts=1, processes=2))
        self.assertNotEqual(found.low, found.low)
        self.assertNotEqual(found.layout_sd, found.layout_sd)

    def test_lack_of_fit(self):
        self.assertTrue(only(measured("NOP.plain", 1.5, bend=0.3)).nonlinear)
        self.assertFalse(only(measured("NOP.plain", 1.5, bend=0.002)).nonlinear)
        self.assertFalse(only(measured("NOP.plain", 1.5, process_sd=0.5)).nonlinear)

    def test_tainted_rows_are_left_out(self):
        rows = list(measured("NOP.plain", 1.5))
        spoiled = [row("NOP.plain", "body", 400, 99999, layout_seed=layout, tainted="20") for layout in range(3)]
        clean = [one for one in rows if not (one["body"] == "body" and one["copies"] == "400" and one["process"] == "0")]
        found = only(clean + spoiled)
        self.assertAlmostEqual(found.middle, 1.5)
        self.assertEqual(found.tainted, 0)

    def test_nothing_but_tainted_rows(self):
        found = only(measured("NOP.plain", 1.5, tainted="20"))
        self.assertAlmostEqual(found.middle, 1.5)
        self.assertEqual(found.tainted, 1)

    def test_shared_baseline(self):
        rows = [one for one in measured("A.x", 1.0)] + [dict(one, baseline="A.x") for one in measured("B.x", 2.0) if one["body"] == "body"]
        found = {each.key[0]: each.middle for each in estimate.opcodes(rows)}
        self.assertEqual({name: round(cost, 6) for name, cost in found.items()}, {"A.x": 1.0, "B.x": 2.0})

    def test_half_a_measurement_gives_nothing(self):
        self.assertEqual(list(estimate.opcodes([one for one in measured("A.x", 1.0) if one["body"] == "body"])), [])

    def test_floor(self):
        self.assertEqual([estimate.text_ns(cost) for cost in (0.01, -3, 0.05, 1.234)], ["<0.05", "<0.05", "0.05", "1.23"])
        self.assertIn("<0.05 ns", estimate.line(only(measured("NOP.plain", 0.0))))
        line = estimate.line(only(measured("NOP.plain", 2.0)), 3.0, "4.00")
        for part in ("NOP.plain  direct:gcc plain mix  2.00 ns [2.00, 2.00]", "~6.0 cycles", "4.00 instructions", "base 3.00 ns", "linear"):
            self.assertIn(part, line)


class ControlsTest(unittest.TestCase):
    def test_again(self):
        """Bodies that are measured twice: equal ones agree, others do not."""
        rows = list(measured("A.x", 1.0, process_sd=0.2, seed=1))
        equal = [dict(one, arm="A2") for one in measured("A.x", 1.0, process_sd=0.2, seed=2) if one["body"] == "body"]
        other = [dict(one, arm="A2") for one in measured("A.x", 2.5, process_sd=0.2, seed=2) if one["body"] == "body"]
        (_, difference, low, high), = estimate.again(estimate.Slopes(rows + equal))
        self.assertTrue(low <= 0 <= high and abs(difference) < 0.3)
        (_, _, low, high), = estimate.again(estimate.Slopes(rows + other))
        self.assertGreater(low, 1)

    def test_calibration(self):
        """SPINs whose additions take one cycle at 3 GHz, and ones that take half more."""
        for factor in (1.0, 1.5):
            rows = [*measured("SPIN32.before_SPIN64", 40.0), *measured(estimate.CALIBRATOR, factor * 448 / 3.0)]
            (key, cycles), = estimate.calibration(rows, estimate.Slopes(rows)).items()
            self.assertEqual(key, ("direct", "gcc"))
            self.assertEqual(len(cycles), 15)
            self.assertAlmostEqual(statistics.median(cycles), factor, places=4)


class RegressionTest(unittest.TestCase):
    COSTS = {"LOAD_FAST": 1.0, "POP_TOP": 0.5, "NOP": 0.25, "UNARY_NOT": 2.0, "BINARY_OP": 5.0, "IS_OP": 0.75}
    BODIES = {
        "NOP.plain": ({"NOP": 1}, {}),
        "LOAD_FAST.x": ({"LOAD_FAST": 1, "POP_TOP": 1}, {}),
        "UNARY_NOT.bool": ({"LOAD_FAST": 1, "UNARY_NOT": 1, "POP_TOP": 1}, {"LOAD_FAST": 1, "POP_TOP": 1}),
        "IS_OP.is": ({"LOAD_FAST": 2, "IS_OP": 1, "POP_TOP": 1}, {"LOAD_FAST": 1, "POP_TOP": 1}),
        "BINARY_OP.add": ({"LOAD_FAST": 2, "BINARY_OP": 1, "POP_TOP": 1}, {"LOAD_FAST": 1, "POP_TOP": 1}),
        "BINARY_OP.mul": ({"LOAD_FAST": 2, "BINARY_OP": 1, "POP_TOP": 1}, {"LOAD_FAST": 1, "POP_TOP": 1}),
    }
    FILLERS = 4.0

    def setUp(self):
        self.solved = self.regression()
        self.results = {name: (cost, group, value) for name, cost, group, value, _, _ in self.solved.results()}

    def regression(self, layouts=2, processes=3, noise=0.0, seed=1):
        """The regression of bodies whose costs are known; `noise` is the spread of their processes."""
        counted, rows, generator = {}, [], random.Random(seed)
        for bench, bodies in self.BODIES.items():
            for body, counts in zip(("body", "baseline"), bodies):
                counted[bench, body] = counts
                cost = self.FILLERS + sum(self.COSTS[name] * times for name, times in counts.items()) + (1.0 if (bench, body) == ("BINARY_OP.mul", "body") else 0)
                for layout in range(layouts):
                    for process in range(processes):
                        slope = cost + generator.gauss(0, noise)
                        rows += [row(bench, body, copies, 9 + slope * copies, layout_seed=layout, process=process) for copies in (100, 200, 400)]
        return estimate.Regression(estimate.Slopes(rows), ARM, counted)

    def test_what_leaves_the_stack_alone_is_determined(self):
        for name in ("NOP", "UNARY_NOT"):
            cost, group, value = self.results[name]
            self.assertEqual(group, name)
            self.assertAlmostEqual(cost, self.COSTS[name], places=3)
            self.assertAlmostEqual(value, self.COSTS[name], places=3)
        self.assertAlmostEqual(self.results[estimate.FILLERS][0], self.FILLERS, places=3)

    def test_groups(self):
        self.assertEqual(self.results["LOAD_FAST"][1], "LOAD_FAST+POP_TOP")
        self.assertAlmostEqual(self.results["LOAD_FAST"][2], 1.5, places=3)
        self.assertEqual(self.results["BINARY_OP.add"][1], "BINARY_OP.add+LOAD_FAST")
        self.assertAlmostEqual(self.results["BINARY_OP.add"][2], 6.0, places=3)
        self.assertAlmostEqual(self.results["BINARY_OP.mul"][2], 7.0, places=3)

    def test_intervals_of_few_processes(self):
        covered = 0
        for seed in range(100):
            results = self.regression(layouts=1, processes=3, noise=0.1, seed=seed).results()
            (low, high), = [(low, high) for name, _, _, _, low, high in results if name == "UNARY_NOT"]
            covered += low <= self.COSTS["UNARY_NOT"] <= high
        self.assertGreaterEqual(covered, 90)

    def test_sums_over_whole_code_are_right(self):
        """The part that is not determined cancels out where code leaves the stack as it was."""
        code = {"LOAD_FAST": 3, "IS_OP": 1, "UNARY_NOT": 1, "POP_TOP": 2, "NOP": 4}
        self.assertAlmostEqual(sum(self.results[name][0] * times for name, times in code.items()), sum(self.COSTS[name] * times for name, times in code.items()), places=3)

    def test_rank(self):
        self.assertEqual(self.solved.rank, len(self.solved.unknowns) - 1)


if __name__ == "__main__":
    unittest.main()
