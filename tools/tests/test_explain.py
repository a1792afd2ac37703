"""The cost model: costs and counts make predictions and differences; tools/explain on made runs."""
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("KRAIT_BUILD", ROOT / "build" / "release"))
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import command, cost_model, tables  # noqa: E402

ENGINE = {"technique": "direct", "engine_compiler": "gcc"}


def summary(bench, opcode, ns, half=0.1, form="tuned", context="mix"):
    return dict(ENGINE, schema=1, run_id="r", suite="micro", bench=bench, opcode=opcode, variant=bench.split(".")[1], context=context, form=form,
                processes=5, median_ns=f"{ns:.4f}", ci_lo_ns=f"{ns - half:.4f}", ci_hi_ns=f"{ns + half:.4f}")


def macro(program, seconds, size="10"):
    return {"command": "krait", "median": seconds, "min": seconds / 2, "user": seconds / 3, "system": 0, "parameter_bench": program, "parameter_size": size,
            "parameter_technique": "direct", "parameter_engine_compiler": "gcc", "run_id": "r", "checksum_ok": 1}


class FolderTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def make_run(self, name, rows, programs=(), counts=None):
        folder = self.folder / name
        folder.mkdir()
        tables.write(str(folder / "summary.csv"), tables.SUMMARY, rows)
        tables.write(str(folder / "macro.csv"), tables.MACRO, programs)
        if counts:
            cost_model.write_counts(str(folder), {pair: cells(**executed) for pair, executed in counts.items()})
        return str(folder)


class CostsTest(FolderTest):
    def test_costs(self):
        """Rows whose bodies are unknown execute their opcode once; the tuned form first, the plain one for the rest."""
        folder = self.make_run("a", [
            summary("CALL.python", "CALL", 5), summary("CALL.builtin", "CALL", 9), summary("CALL.python", "CALL", 500, context="fresh"),
            summary("BINARY_OP.add_int", "BINARY_OP_ADD_INT", 1), summary("BINARY_OP.add_int", "BINARY_OP", 3, form="plain"),
            summary("NOP.plain", "NOP", -0.2, form="plain"),
        ])
        costs = cost_model.Costs(folder, "direct", "gcc")
        self.assertEqual(costs.context, "mix")
        self.assertTrue(5 < costs.guess("CALL") < 9)  # both rows
        self.assertAlmostEqual(costs.guess("BINARY_OP_ADD_INT"), 1, places=5)
        self.assertAlmostEqual(costs.guess("BINARY_OP"), 3, places=5)
        self.assertEqual(costs.guess("NOP"), 0)  # never below
        self.assertAlmostEqual(costs.guess("BINARY_OP_ADD_FLOAT"), 3, places=5)  # its family
        self.assertAlmostEqual(costs.guess("UNARY_NOT"), statistics.median(costs.ns))
        with self.assertRaises(command.CommandError):
            cost_model.Costs(folder, "tail", "gcc")

    def test_cells(self):
        """What companions in a body cost is not counted twice."""
        bodies = {
            ("tuned", "LOAD_FAST.with_POP_TOP"): {("LOAD_FAST", ""): 1, ("POP_TOP", ""): 1},
            ("tuned", "COMPARE_OP.int"): {("LOAD_FAST", ""): 2, ("COMPARE_OP", "int int"): 1, ("POP_TOP", ""): 1},
            ("tuned", "COMPARE_OP.str"): {("LOAD_FAST", ""): 2, ("COMPARE_OP", "str str"): 1, ("POP_TOP", ""): 1},
            ("tuned", "FOR_ITER.ten"): {("FOR_ITER_LIST", "list_iterator"): 10, ("STORE_FAST", ""): 10},
            ("tuned", "STORE_FAST.local"): {("LOAD_FAST", ""): 1, ("STORE_FAST", ""): 1},
        }
        folder = self.make_run("a", [summary("LOAD_FAST.with_POP_TOP", "LOAD_FAST", 2, half=0.001), summary("COMPARE_OP.int", "COMPARE_OP", 4, half=0.001),
                                     summary("COMPARE_OP.str", "COMPARE_OP", 24, half=0.001), summary("FOR_ITER.ten", "FOR_ITER_LIST", 50, half=0.001),
                                     summary("STORE_FAST.local", "STORE_FAST", 2, half=0.001)])
        costs = cost_model.Costs(folder, "direct", "gcc", bodies=bodies)

        def total(executed):
            return sum(costs.ns[costs.column(cell)] * times for cell, times in executed.items())

        self.assertAlmostEqual(total({("LOAD_FAST", ""): 2, ("COMPARE_OP", "str str"): 1, ("POP_TOP", ""): 1}), 24, places=3)
        self.assertAlmostEqual(total({("FOR_ITER_LIST", "list_iterator"): 1, ("STORE_FAST", ""): 1}), 5, places=3)
        self.assertIsNone(costs.column(("COMPARE_OP", "float float")))


def cells(**executed):
    return cost_model.Counts({(name, ""): cost_model.Cell(times) for name, times in executed.items()})


class PredictionTest(FolderTest):
    def costs(self, name="a", ns=2.0):
        return cost_model.Costs(self.make_run(name, [summary("NOP.plain", "NOP", ns), summary("CALL.python", "CALL", 10)]), "direct", "gcc")

    def test_prediction(self):
        found = cost_model.Prediction("p", "1", cells(NOP=10**8, CALL=10**7), self.costs(), 0.001, 0.5)
        self.assertAlmostEqual(found.opcodes, 0.3, places=5)
        self.assertAlmostEqual(found.seconds, 0.301, places=5)
        self.assertAlmostEqual(found.residual, 0.199, places=5)
        self.assertAlmostEqual(found.error, 0.301 / 0.5 - 1, places=5)
        expected = 1.96 * math.hypot(1e8 * 0.2 / 3.92, 1e7 * 0.2 / 3.92) / 1e9
        self.assertTrue(0.8 * expected < found.half < 1.25 * expected, found.half)  # drawn
        self.assertEqual((found.clocked, found.explained.guessed), (0, 0))
        self.assertAlmostEqual(cost_model.median_error([found]), 0.398, places=5)

    def test_clock(self):
        """Cells without a row, and long executions, have the time of the counting run less what counting takes."""
        counts = cost_model.Counts({
            ("NOP", ""): cost_model.Cell(10**6, 22e6),  # 2 ns each: counting takes 20
            ("CALL", "str.join"): cost_model.Cell(10**6, 120e6),
            ("CALL", ""): cost_model.Cell(10**6 + 10, 31e6 + 5e6, 10, 5e6),
        })
        found = cost_model.Prediction("p", "1", counts, self.costs(), 0.0, 0.2)
        self.assertAlmostEqual(found.explained.in_place, 0.1, places=5)
        self.assertAlmostEqual(found.explained.long, 0.005)
        self.assertAlmostEqual(found.seconds, 0.002 + 0.1 + 0.01 + 0.005, places=5)
        self.assertAlmostEqual(found.half, 1.96 * 0.01, delta=0.001)

    def test_differences(self):
        counts = cells(NOP=10**6, CALL=10**6)
        first, second = cost_model.differences(counts, counts, self.costs(), self.costs("b", 7.0))
        self.assertEqual((first.instruction, round(first.seconds, 6), first.is_sure), ("NOP", 0.005, True))
        self.assertEqual((second.instruction, round(second.seconds, 6), second.is_sure), ("CALL", 0, False))

    def test_changes(self):
        """What arm B is dearer by, from paired rounds."""
        rows = []
        for number in range(15):
            for arm, more in (("A", 0), ("B", 400)):
                rows.append({"suite": "micro", "bench": "NOP.plain", "arm": arm, "block": "0", "round": str(number), "process": str(number), "copies": "400", "median_ns": str(1000 * number + more)})
        self.assertEqual(cost_model.changes(rows, {}), {"NOP": (1.0, 0.0)})
        self.assertEqual(cost_model.changes(rows, {"NOP.plain": ("NOP_TWICE", 2)}), {"NOP_TWICE": (0.5, 0.0)})


class CommandTest(FolderTest):
    def explain(self, *arguments):
        line = [ROOT / "tools" / "explain", "--no-setup", "--build", BUILD, "-q", *arguments]
        return subprocess.run([str(word) for word in line], cwd=ROOT, capture_output=True, text=True, timeout=300)

    def counted(self, *names):
        return {(name, "10"): {"NOP": 10**8, "CALL": 10**6} for name in names}

    def test_model(self):
        run = self.make_run("a", [summary("NOP.plain", "NOP", 2), summary("CALL.python", "CALL", 10)], [macro("fib", 0.25), macro("tak", 0.5)], self.counted("fib", "tak"))
        result = self.explain(run)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stdout, r"fib +0\.2\d\d +\[.*\] +0\.000 +0\.250")
        self.assertIn("over 2 programs", result.stdout)
        kept = tables.read(os.path.join(run, "model.csv"))
        self.assertEqual([(row["program"], row["technique"], row["measured_s"]) for row in kept], [("fib", "direct", "0.250000"), ("tak", "direct", "0.500000")])
        self.assertAlmostEqual(float(kept[0]["opcodes_s"]), 0.21, delta=0.005)
        document = json.loads(self.explain(run, "--json", "--only", "f*", "--clock", "min").stdout)
        (row,) = document["programs"]
        self.assertEqual((row["program"], row["measured_s"]), ("fib", 0.125))
        self.assertAlmostEqual(row["parts_s"]["NOP"], 0.2, places=5)
        self.assertAlmostEqual(document["median_absolute_error"], abs(row["error"]))

    def test_counts_are_made_and_kept(self):
        run = self.make_run("a", [summary("CALL.python", "CALL", 10)], [macro("fib", 0.1, size="12")])
        result = self.explain(run)
        self.assertEqual(result.returncode, 0, result.stderr)
        counts = cost_model.read_counts(run)["fib", "12"].executed
        self.assertGreater(counts["CALL"], 400)
        kept = pathlib.Path(run, "operands.csv").read_bytes()
        self.assertEqual(self.explain(run).returncode, 0)
        self.assertEqual(pathlib.Path(run, "operands.csv").read_bytes(), kept)

    def test_two_runs(self):
        programs = [macro("fib", 0.25)]
        base = self.make_run("a", [summary("NOP.plain", "NOP", 2), summary("CALL.python", "CALL", 10)], programs, self.counted("fib"))
        head = self.make_run("b", [summary("NOP.plain", "NOP", 2), summary("CALL.python", "CALL", 60)], programs, self.counted("fib"))
        result = self.explain(base, head)
        self.assertEqual(result.returncode, 0, result.stderr)
        first = result.stdout.splitlines()[2]
        self.assertRegex(first, r"^ +\+50\.000 \* \[.*\] +100\.0 % +\+50\.000 +1000000 +CALL$")
        overall = json.loads(self.explain(base, head, "--json").stdout)["overall"]
        self.assertEqual((overall[0]["instruction"], overall[0]["sure"]), ("CALL", True))
        other = self.make_run("c", [], programs, {("fib", "10"): {"NOP": 10**8, "CALL": 2 * 10**6}})
        self.assertEqual(self.explain(base, other).returncode, 2)  # no costs
        overall = json.loads(self.explain(base, other, "--costs", head, "--json").stdout)["overall"]
        self.assertEqual(overall[0]["instruction"], "CALL")
        self.assertAlmostEqual(overall[0]["seconds"], 0.06, places=4)

    def make_comparison(self):
        run = self.make_run("c", [])
        rows = []
        for number in range(15):
            for arm, more in (("A", 0.0), ("B", 12000.0)):
                for bench, slower in (("BINARY_OP.add_int", more), ("NOP.plain", 0.0)):
                    rows.append(dict(ENGINE, schema=1, run_id="r", suite="micro", bench=bench, form="tuned", arm=arm, block=0, round=number, process=number, body="body", copies=400, median_ns=10000 + slower + number % 3))
        tables.write(os.path.join(run, "raw.csv"), tables.RAW, rows)
        compared = dict(ENGINE, schema=1, run_id="r", bench="BINARY_OP.add_int", base="1111111", head="2222222", n_rounds=15, ratio=2.2, verdict="REGRESSED")
        tables.write(os.path.join(run, "compare.csv"), tables.COMPARE, [compared])
        return run

    def test_comparison(self):
        """The opcode that was slowed down is named."""
        result = self.explain(self.make_comparison(), "--only", "fib")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("BINARY_OP.add_int: REGRESSED, ratio 2.200", result.stdout)
        ranked = [line for line in result.stdout.splitlines() if " * [" in line]
        self.assertTrue(ranked and ranked[0].endswith("BINARY_OP_ADD_INT"), result.stdout)

    def test_errors(self):
        run = self.make_run("a", [summary("CALL.python", "CALL", 10)], [macro("no_such", 0.1)])
        empty = self.make_run("b", [])
        wrong = {"no run": [], "three runs": [run] * 3, "unknown run": ["no-such-run"], "unknown engine": [run, "--dispatch", "tail"],
                 "nothing measured": [empty], "unknown program": [run], "nothing matches": [run, "--only", "x"]}
        for name, arguments in wrong.items():
            with self.subTest(name):
                result = self.explain(*arguments)
                self.assertEqual((result.returncode, "Traceback" in result.stderr), (2, False), result.stderr)
                self.assertTrue(result.stderr.strip())


if __name__ == "__main__":
    unittest.main()
