"""The arithmetic behind tools/bench, and the files that it writes and reads."""
import csv
import filecmp
import math
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import copies, engines, figures, macro, micro, progress, report, runs, tables  # noqa: E402
from benchmarking.command import CommandError  # noqa: E402


class FiguresTest(unittest.TestCase):
    def test_slope(self):
        self.assertAlmostEqual(figures.slope([(100, 7 + 250), (200, 7 + 500), (400, 7 + 1000)]), 2.5)
        self.assertEqual(figures.slope([(0, 0), (1, 3)]), 3)
        self.assertAlmostEqual(figures.slope([(400, -4), (100, -1), (200, -2)]), -0.01)  # in any order

    def test_slope_stands_an_outlier(self):
        points = [(x, 2 * x) for x in range(1, 10)] + [(10, 1000)]
        self.assertEqual(figures.slope(points), 2)

    def test_slope_of_several_values_at_one_place(self):
        self.assertEqual(figures.slope([(1, 1), (1, 5), (3, 7)]), 2)  # slopes 3 and 1

    def test_median_deviation(self):
        self.assertEqual(figures.median_deviation([1, 1, 2, 2, 4, 6, 9]), 1)
        self.assertEqual(figures.median_deviation([5]), 0)

    def test_bootstrap(self):
        generator = random.Random(7)
        values = [generator.gauss(10, 1) for _ in range(40)]
        low, high = figures.bootstrap_interval(values)
        self.assertTrue(low < statistics.median(values) < high)
        self.assertLess(high - low, 1.5)
        self.assertEqual((low, high), figures.bootstrap_interval(values))  # the same each time
        wide_low, wide_high = figures.bootstrap_interval(values, confidence=0.99)
        self.assertTrue(wide_low <= low and high <= wide_high)
        self.assertEqual(figures.bootstrap_interval([3.0] * 5), (3.0, 3.0))
        self.assertTrue(all(math.isnan(end) for end in figures.bootstrap_interval([1, 2])))

    def test_bootstrap_covers_the_median(self):
        generator = random.Random(11)
        covered = 0
        for _ in range(100):
            low, high = figures.bootstrap_interval([generator.gauss(0, 1) for _ in range(15)], draws=200)
            covered += low <= 0 <= high
        self.assertGreater(covered, 85)

    def test_describe(self):
        found = figures.describe([1.0, 2.0, 3.0, 10.0])
        self.assertEqual((found["median"], found["mean"], found["min"], found["max"]), (2.5, 4.0, 1.0, 10.0))
        self.assertAlmostEqual(found["stddev"], statistics.stdev([1, 2, 3, 10]))
        self.assertEqual(found["mad"], 1.0)
        self.assertTrue(1.0 <= found["ci_lo"] <= 2.5 <= found["ci_hi"] <= 10.0)
        self.assertEqual(figures.describe([4.0])["stddev"], 0.0)

    def test_geometric_mean(self):
        self.assertAlmostEqual(figures.geometric_mean([1, 10, 100]), 10)
        self.assertAlmostEqual(figures.geometric_mean([0.5, 2, 0, -1]), 1)  # positive ones only
        self.assertTrue(math.isnan(figures.geometric_mean([])))


    def test_paired_ratios(self):
        ratios = figures.paired_ratios({"a": [2.0, 9.0], "b": [8.0, 4.0], "c": [1.0]}, {"a": [1.0, 1.0], "b": [1.0, 1.0]})
        self.assertEqual([round(ratio, 9) for ratio in ratios], [4.0, 6.0])
        self.assertEqual(figures.paired_ratios({"a": [1.0]}, {}), [])


class TablesTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.path = pathlib.Path(holder.name) / "table.csv"

    def test_columns(self):
        for columns in (tables.RAW, tables.SUMMARY, tables.MACRO, tables.ABLATION, tables.COMPARE, tables.ENV, tables.PROCESS):
            self.assertEqual(len(columns), len(set(columns)))
            self.assertTrue(all(columns))
        self.assertLessEqual(set(tables.PROCESS), set(tables.RAW))

    def test_round_trip(self):
        rows = [{"run_id": "r", "key": 'a "quoted", text', "value": "two\nlines"}, {"run_id": "r", "key": "ä", "value": ""}]
        tables.write(self.path, tables.ENV, rows)
        self.assertEqual(tables.read(self.path), rows)
        self.assertEqual(
            self.path.read_bytes().decode("utf-8"),
            'run_id,key,value\nr,"a ""quoted"", text","two\nlines"\nr,ä,\n',
        )

    def test_missing_cells_are_empty_and_unknown_ones_refused(self):
        tables.write(self.path, tables.ENV, [{"run_id": "r"}])
        self.assertEqual(self.path.read_text(), "run_id,key,value\nr,,\n")
        with self.assertRaises(ValueError):
            tables.write(self.path, tables.ENV, [{"other": 1}])

    def test_a_file_is_whole_or_not_there(self):
        def rows():
            yield {"run_id": "r"}
            raise RuntimeError

        with self.assertRaises(RuntimeError):
            tables.write(self.path, tables.ENV, rows())
        self.assertFalse(self.path.exists())

    def test_killed_while_writing(self):
        program = f"import sys, time; sys.path.insert(0, {str(ROOT / 'tools')!r})\nfrom benchmarking import whole\n"
        program += "for number in range(10**9):\n    with whole.writing(sys.argv[1]) as file:\n"
        program += "        for line in range(200): file.write(f'{number} {line}\\n'); file.flush()\n"
        for wait in (0.01, 0.02, 0.03, 0.05, 0.08):
            process = subprocess.Popen([sys.executable, "-B", "-c", program, self.path])
            deadline = time.monotonic() + 30
            while not self.path.exists() and time.monotonic() < deadline:
                time.sleep(0.005)
            time.sleep(wait)
            process.kill()
            process.wait()
            found = list(self.path.parent.iterdir())
            self.assertIn(self.path, found)
            for path in found:  # also the name that a file has for a moment
                lines = path.read_text().splitlines()
                self.assertEqual([line.split()[1] for line in lines], [str(number) for number in range(200)], path)
                self.assertEqual(len({line.split()[0] for line in lines}), 1)

    def test_empty_table(self):
        tables.write(self.path, tables.MACRO, [])
        self.assertEqual(list(csv.reader([self.path.read_text().rstrip("\n")])), [tables.MACRO])


def process_rows(process, cost, opcode="BINARY_OP_ADD_INT"):
    """What one process writes of one opcode that costs so much, over a baseline of 3 ns a copy."""
    for body, slope in (("body", 3 + cost), ("baseline", 3)):
        for copies in (100, 200, 400):
            yield {
                "bench": "BINARY_OP.add_int", "opcode": opcode if body == "body" else "BINARY_OP", "form": "tuned",
                "context": "mix", "technique": "direct", "engine_compiler": "gcc", "engine_flags": "-O2", "body": body,
                "copies": str(copies), "median_ns": f"{50 + slope * copies:.4f}", "mad_ns": "0.5", "segments": "20",
                "tainted": "0", "arm": "A", "baseline": "", "layout_seed": "0", "process": process,
            }


class MicroTest(unittest.TestCase):
    def test_summary(self):
        rows = [row for process, cost in enumerate((1.5, 2.0, 4.0)) for row in process_rows(process, cost)]
        (row,) = micro.summary(rows, "run", "abcdefg")
        self.assertEqual((row["processes"], row["median_ns"], row["min_ns"], row["max_ns"]), (3, "2.0000", "1.5000", "4.0000"))
        self.assertEqual((row["bench"], row["opcode"], row["variant"]), ("BINARY_OP.add_int", "BINARY_OP_ADD_INT", "add_int"))
        self.assertLessEqual(set(row), set(tables.SUMMARY))

    def test_summary_names_what_most_processes_ran(self):
        rows = [row for process, name in enumerate(("ODD", "USUAL", "USUAL")) for row in process_rows(process, 1, name)]
        self.assertEqual([row["opcode"] for row in micro.summary(rows, "run", "")], ["USUAL"])

    def test_body_times(self):
        rows = [row for process, cost in enumerate((1, 2)) for row in process_rows(process, cost)]
        times = micro.body_times(rows, "tuned")
        self.assertEqual({bench: [round(time, 6) for time in of] for bench, of in times["direct", "gcc"].items()}, {"BINARY_OP.add_int": [4.0, 5.0]})
        self.assertEqual(micro.body_times(rows, "plain"), {})

    def test_half_a_measurement_gives_no_row(self):
        rows = [row for row in process_rows(0, 1.0) if row["body"] == "body"]
        self.assertEqual(list(micro.summary(rows, "run", "")), [])


class ArmsTest(unittest.TestCase):
    BUILT = [
        engines.Engine({"technique": technique, "compiler": compiler, "flags": ""})
        for technique in ("switch", "direct", "tail")
        for compiler in ("gcc", "clang-19")
    ]

    def names(self, names, quick=False):
        return [engine.name for engine in engines.choose(self.BUILT, names, quick)]

    def test_choose(self):
        self.assertEqual(len(self.names([])), 6)
        self.assertEqual(self.names([], quick=True), ["switch:gcc", "direct:gcc", "direct:clang-19", "tail:gcc"])
        self.assertEqual(self.names(["tail", "tail:gcc"]), ["tail:gcc", "tail:clang-19"])
        with self.assertRaises(engines.UnknownEngine):
            self.names(["direct", "other"])

    def test_peer(self):
        self.assertEqual(macro.peer_arm(f"{sys.executable} -S").command, [sys.executable, "-S"])
        self.assertTrue(macro.peer_arm("sh").command[0].startswith("/"))  # what was run, whatever PATH says later
        for text in ("/no/such/command", "", "'open"):
            with self.assertRaises(CommandError):
                macro.peer_arm(text)


class CopiesTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name
        self.krait = os.path.join(self.folder, "krait")
        with open(self.krait, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\n")
        os.chmod(self.krait, 0o755)

    def test_made(self):
        with copies.made([self.krait, self.krait]) as copied:
            (path,) = copied.values()
            self.assertNotEqual(path, self.krait)
            self.assertTrue(path.startswith(self.folder) and os.access(path, os.X_OK))
            self.assertTrue(filecmp.cmp(path, self.krait, shallow=False))
        self.assertEqual(os.listdir(self.folder), ["krait"])

    def test_programs_run_copies(self):
        """All engines of a round run the same copy for a program, another one in the next round; peers run themselves."""
        arms = [macro.krait_arm(self.krait, engine) for engine in ArmsTest.BUILT[:2]] + [macro.peer_arm("sh")]
        suite = macro.Suite(str(ROOT), "fib", "test")
        seen = []

        def observe(arm, program):
            self.assertTrue(os.access(arm.command[0], os.X_OK))
            seen.append((arm.label, arm.command[0]))
            return {"runs": 1, "seconds": 1.0, "user_s": 1.0, "system_s": 0.0}

        parts = runs.Parts(self.folder, "programs", macro.COLUMNS)
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            macro.Measurement(suite, arms, 1, parts, observe, copied=True).run(2, progress.Progress("programs", 6, nowhere))
        ours = [command for label, command in seen if label != "sh"]
        self.assertEqual([len(set(ours[:2])), len(set(ours[2:])), len(set(ours)), self.krait in ours], [1, 1, 2, False])
        self.assertEqual({command for label, command in seen if label == "sh"}, {arms[2].command[0]})


class ReportTest(unittest.TestCase):
    def test_nothing_measured(self):
        self.assertEqual(list(report.micro({}, [], "plain")), [])
        self.assertEqual(list(report.macro({}, {})), [])
        self.assertEqual(list(report.macro({("direct", "gcc"): {}}, {"peer": {}})), [])

    def test_opcodes(self):
        rows = [row for process, cost in enumerate((2.8, 3, 3.2)) for row in process_rows(process, cost)]
        rows += [dict(row, technique="switch", median_ns=str(2 * float(row["median_ns"]))) for row in rows]
        lines = list(report.micro(micro.body_times(rows, "tuned"), list(micro.summary(rows, "run", "")), "tuned"))
        self.assertRegex(lines[2], r"^  gcc +2\.000 \[2\.000, 2\.000\] +1\.000 \[1\.000, 1\.000\]$")
        self.assertIn("cheapest under direct:gcc, ns: BINARY_OP.add_int 3.00 [2.38, 3.62]", lines[3])

    def test_costs_not_told_from_zero_are_not_ranked(self):
        rows = [row for process, cost in enumerate((-1, 3, 3)) for row in process_rows(process, cost)]
        lines = list(report.micro(micro.body_times(rows, "tuned"), list(micro.summary(rows, "run", "")), "tuned"))
        self.assertIn("not told from 0 by 3 processes: 1 of 1", lines)

    def test_startup_share(self):
        (line,) = report.startup_share({"direct:gcc": {"empty": [1.0, 1.0], "fib": [2.0, 2.0], "tak": [4.0, 4.0], "life": [10.0]}, "peer": {"fib": [1.0]}})
        self.assertIn("25 % under direct:gcc;", line)
        self.assertEqual(list(report.startup_share({"peer": {"fib": [1.0]}})), [])

    def test_resources(self):
        blank = dict.fromkeys(tables.RESOURCES, "")
        rows = [
            blank | {"arm": "direct:gcc", "program": "empty", "startup_s": "0.002", "startup_ci_lo_s": "0.001", "startup_ci_hi_s": "0.003", "peak_rss_kb": "5120", "gc_collections": "0", "gc_pause_total_ms": "0.000", "gc_pause_max_ms": "0.000"},
            blank | {"arm": "direct:gcc", "program": "fib", "peak_rss_kb": "10240", "gc_collections": "2", "gc_pause_total_ms": "3.000", "gc_pause_max_ms": "2.000"},
            blank | {"arm": "direct:gcc", "program": "tak", "peak_rss_kb": "40960", "gc_collections": "3", "gc_pause_total_ms": "4.000", "gc_pause_max_ms": "1.000"},
            blank | {"arm": "peer", "program": "fib"},
        ]
        lines = list(report.resources(rows))
        self.assertEqual(lines[2].split(), "direct:gcc 2.00 [1.00, 3.00] 5.0 20.0, most 40.0 (tak) 5 7.0 2.00 (fib)".split())
        self.assertEqual(lines[3].split(), ["peer"] + ["-"] * 6)
        self.assertEqual(list(report.resources([])), [])

    def test_programs(self):
        direct = {"fib": [1.0, 2.0, 1.0], "tak": [3.0, 3.0, 6.0]}
        slower = {program: [2 * time for time in times] for program, times in direct.items()}
        peer = {"fib": [4.0, 8.0, 4.0], "tak": [3.0, 3.0, 6.0]}
        lines = list(report.macro({("direct", "gcc"): direct, ("switch", "gcc"): slower}, {"peer": peer}))
        self.assertRegex(lines[2], r"^  gcc +2\.000 \[2\.000, 2\.000\] +1\.000 \[1\.000, 1\.000\]$")
        self.assertEqual(lines[5].split(), ["fib", "1.000", "2.000", "4.000"])
        self.assertIn("is 2.00 [2.00, 2.00] times as fast as peer (geometric mean); least on tak: 1.00 [1.00, 1.00]", lines[-1])


if __name__ == "__main__":
    unittest.main()
