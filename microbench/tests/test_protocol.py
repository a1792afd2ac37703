"""What krait-microbench promises of its contexts, controls and raw rows: counts and forms, no timing."""
import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("KRAIT_BUILD", ROOT / "build" / "release"))
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import tables  # noqa: E402

TAINTS = {"switch", "fault", "far", "steal", "drift"}


def run(*arguments):
    return subprocess.run([BUILD / "krait-microbench", *arguments], capture_output=True, text=True, timeout=300)


class RawTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))

    def measure(self, *arguments, only="^(NOP.plain|BINARY_OP.add_int|UNARY_NOT.int|COPY.with_POP_TOP|LOAD_NAME.with_POP_TOP)/"):
        raw = self.folder / "raw.csv"
        raw.unlink(missing_ok=True)
        result = run("--segments=3", f"--raw={raw}", f"--benchmark_filter={only}", *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return tables.read(raw, tables.PROCESS)

    def test_rows(self):
        for context in ("mono", "mix", "fresh"):
            rows = self.measure(f"--context={context}")
            self.assertEqual(len(rows), 5 * 2 * 3)
            self.assertEqual({row["context"] for row in rows}, {context})
            positions = [int(row["position"]) for row in rows]
            self.assertEqual(positions, sorted(set(positions)))
            for row in rows:
                self.assertEqual(row["segments"], "3")
                self.assertLessEqual(int(row["tainted"]), 3)
                self.assertLessEqual(set(row["taint"].split()), TAINTS)
                self.assertEqual(bool(row["taint"]), row["tainted"] != "0")
                self.assertEqual(row["baseline"], "")  # its own
                self.assertTrue(0 < float(row["min_ns"]) <= float(row["median_ns"]))

    def test_shared_baselines(self):
        rows = self.measure("--share-baselines")
        owners = {row["bench"]: row["baseline"] or row["bench"] for row in rows if row["body"] == "body"}
        self.assertEqual(owners["BINARY_OP.add_int"], owners["UNARY_NOT.int"])
        self.assertEqual(owners["BINARY_OP.add_int"], owners["COPY.with_POP_TOP"])
        self.assertEqual(owners["LOAD_NAME.with_POP_TOP"], "LOAD_NAME.with_POP_TOP")
        self.assertEqual({row["bench"] for row in rows if row["body"] == "baseline"}, set(owners.values()))

    def test_a_filter_leaves_a_baseline(self):
        rows = self.measure("--share-baselines", only="^BINARY_OP.add_int/")
        self.assertEqual({row["baseline"] for row in rows}, {""})
        self.assertEqual(len(rows), 6)

    def test_order(self):
        """A row's cells stand together, in an order that the seed decides."""
        orders = {}
        for seed in ("3", "3", "4"):
            rows = self.measure(f"--seed={seed}")
            order = [(row["bench"], row["body"], row["copies"]) for row in rows]
            self.assertEqual(orders.setdefault(seed, order), order)
            benches = [bench for bench, _, _ in order]
            self.assertEqual(sum(a != b for a, b in zip(benches, benches[1:])), len(set(benches)) - 1)
        self.assertNotEqual(orders["3"], orders["4"])

    def test_again(self):
        rows = self.measure("--again", only="^[A-E]")
        twice = {row["bench"] for row in rows if row["arm"] == "A2"}
        self.assertGreater(len(twice), 5)
        self.assertEqual({row["body"] for row in rows if row["arm"] == "A2"}, {"body"})
        self.assertLess(twice, {row["bench"] for row in rows if row["arm"] == "A"})

    def test_calibrators_stand_alone(self):
        rows = self.measure("--context=fresh", only="^SPIN")
        self.assertEqual({row["context"] for row in rows}, {"mono"})
        self.assertEqual({row["opcode"] for row in rows if row["body"] == "body"}, {"SPIN8", "SPIN16", "SPIN32", "SPIN512"})

    def test_tuned_form_in_a_mix(self):
        """Fillers do not fuse with what is measured."""
        rows = self.measure("--form=tuned", "--context=mix", only="^(LOAD_FAST_LOAD_FAST|STORE_FAST_LOAD_FAST|BINARY_OP|STORE_FAST)[.]")
        ran = {row["bench"]: row["opcode"] for row in rows if row["body"] == "body"}
        self.assertEqual(ran["STORE_FAST_LOAD_FAST.local"], "STORE_FAST_LOAD_FAST")
        self.assertEqual(ran["STORE_FAST.with_LOAD_FAST"], "STORE_FAST")
        self.assertEqual(ran["BINARY_OP.add_int"], "BINARY_OP_ADD_INT")

    def test_segments(self):
        path = self.folder / "segments.csv"
        self.measure(f"--keep-segments={path}", only="^NOP.plain/")
        rows = list(csv.reader(path.read_text().splitlines()))
        self.assertEqual(len(rows), 6 * 3)
        self.assertEqual({len(row) for row in rows}, {7})


class TurnsTest(unittest.TestCase):
    """Processes that take turns by segments."""

    def start(self, lane, lanes, *more, path=None):
        line = [BUILD / "krait-microbench", "--benchmark_filter=^NOP.plain/.*/body/400(/|$)", "--segments=40", "--benchmark_repetitions=3", "--benchmark_format=json"]
        return subprocess.Popen([*line, f"--turns={path}:{lane}:{lanes}", *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def test_in_turn(self):
        """Their segments alternate: by the time one has ended, so has the other, whenever they started."""
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/turns"
            first = self.start(0, 2, path=path)
            time.sleep(0.5)
            self.assertIsNone(first.poll())  # it waits for the other
            second = self.start(1, 2, path=path)
            for process in (first, second):
                out, err = process.communicate(timeout=60)
                self.assertEqual(process.returncode, 0, err)
                self.assertEqual(len([row for row in json.loads(out)["benchmarks"] if row["run_type"] == "iteration"]), 3)

    def test_a_rival_that_dies(self):
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/turns"
            first, second = self.start(0, 2, path=path), self.start(1, 2, "--segments=100000", path=path)
            time.sleep(0.5)
            second.kill()
            second.communicate()
            self.assertEqual(first.wait(60), 0)
            first.communicate()

    def test_wrong_option(self):
        for text in ("x", "x:0", "x:2:2", "x:0:9", "/no/such/folder/x:0:2"):
            self.assertEqual(run(f"--turns={text}").returncode, 2, text)


class CountTest(unittest.TestCase):
    def counts(self, *arguments):
        result = run("--counts", *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        table = {}
        for row in csv.DictReader(result.stdout.splitlines()):
            table.setdefault((row["bench"], row["body"]), {})[row["instruction"]] = int(row["count"])
        return table

    def test_counts(self):
        table = self.counts()
        self.assertEqual(table["BINARY_OP.add_int", "body"], {"LOAD_FAST": 2, "BINARY_OP": 1, "POP_TOP": 1})
        self.assertEqual(table["BINARY_OP.add_int", "baseline"], {"LOAD_FAST": 1, "POP_TOP": 1})
        self.assertEqual(table["SPIN8.before_SPIN64", "body"], {"NOP": 1, "SPIN8": 1, "SPIN64": 1})
        self.assertNotIn(("NOP.plain", "baseline"), table)  # it executes nothing
        tuned = self.counts("--form=tuned")
        self.assertEqual(tuned["BINARY_OP.add_int", "body"], {"LOAD_FAST_LOAD_FAST": 1, "BINARY_OP_ADD_INT": 1, "POP_TOP": 1})

    def test_kinds(self):
        """The same counts by what instructions work on."""
        for form in ("plain", "tuned"):
            result = run("--kinds", f"--form={form}")
            self.assertEqual(result.returncode, 0, result.stderr)
            table, kinds = {}, {}
            for row in csv.DictReader(result.stdout.splitlines()):
                executed = table.setdefault((row["bench"], row["body"]), {})
                executed[row["instruction"]] = executed.get(row["instruction"], 0) + int(row["count"])
                kinds.setdefault(row["bench"], set()).add(row["kinds"])
            self.assertEqual(table, self.counts(f"--form={form}"))
            self.assertIn("+ str str", kinds["BINARY_OP.add_str"])
            self.assertIn("+ bigint bigint", kinds["BINARY_OP.add_bigint"])
            self.assertIn("len", kinds["CALL.builtin_len"])

    def test_injection(self):
        table = self.counts("--inject=BINARY_OP=SPIN16+SPIN16")
        self.assertEqual(table["BINARY_OP.add_int", "body"]["SPIN16"], 2)
        self.assertNotIn("SPIN16", table["BINARY_OP.add_int", "baseline"])
        self.assertEqual(run("--counts", "--inject=BINARY_OP=SPIN9").returncode, 2)

    def test_once(self):
        result = run("--once", "--copies=3")
        self.assertEqual(result.returncode, 0, result.stderr)
        rows = list(csv.DictReader(result.stdout.splitlines()))
        self.assertEqual([row["copies"] for row in rows[:4]], ["3", "6", "3", "6"])
        listed = [row for row in csv.DictReader(run("--opcodes").stdout.splitlines()) if row["variant"]]
        self.assertEqual(len(rows), 4 * len(listed))


class PairsTest(unittest.TestCase):
    def test_fillers_are_known_pairs(self):
        """The table of pairs and the fillers name opcodes that exist, and the fillers' own pairs occur."""
        opcodes = set(re.findall(r"^OPCODE\((\w+)", (ROOT / "interp" / "bytecode" / "opcodes.def").read_text(), re.M))
        pairs = re.findall(r"^PAIR\((\w+), (\w+), (\d+)\)", (ROOT / "microbench" / "pairs.def").read_text(), re.M)
        self.assertGreater(len(pairs), 100)
        self.assertLessEqual({name for first, second, _ in pairs for name in (first, second)}, opcodes)
        for text in re.findall(r'^FILLER\("([^"]+)"', (ROOT / "microbench" / "mix.def").read_text(), re.M):
            names = re.findall(r"[A-Z][A-Z_]+", text)
            self.assertLessEqual(set(names), opcodes)


if __name__ == "__main__":
    unittest.main()
