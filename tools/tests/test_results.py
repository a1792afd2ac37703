"""tools/results finds, shows, checks and compares runs, keeps baselines, and refuses what does not compare."""
import json
import math
import os
import pathlib
import subprocess
import tempfile
import unittest

import made_run
from ledger import comparison, fingerprint, measured, results, store

ROOT = pathlib.Path(__file__).resolve().parents[2]
BASE, HEAD = "20261122T184500Z-1a2b3c4", "20261123T184500Z-5d6e7f8"


class LedgerTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.results = pathlib.Path(holder.name)

    def run_folder(self, run_id):
        return self.results / "runs" / run_id

    def write(self, run_id, **more):
        return made_run.write_run(self.run_folder(run_id), run_id, **more)

    def command(self, *words):
        return made_run.called("results", results.main, "--results", self.results, *words)

    def json(self, *words, code=0):
        done = self.command(*words, "--json")
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)


class FindTest(LedgerTest):
    def test_words_that_mean_a_run(self):
        self.write(BASE)
        self.write(HEAD)
        ledger = store.Ledger(str(self.results))
        for word, run_id in (("latest", HEAD), ("latest~1", BASE), ("20261122", BASE), ("5d6e7f8", HEAD), (HEAD, HEAD), (str(self.run_folder(BASE)), BASE)):
            self.assertEqual(ledger.find(word).run_id, run_id, word)
        for word in ("latest~2", "latest~x", "2026", "nothing", "baseline", "baseline/none", str(self.results)):
            with self.assertRaises(store.NoRun):
                ledger.find(word)

    def test_a_run_with_a_name_is_as_old_as_its_files(self):
        """What was imported as --name base is not the latest for ever."""
        self.write(BASE)
        os.utime(self.write("base-1a2b3c4") / "env.csv", (0, 0))
        ledger = store.Ledger(str(self.results))
        self.assertEqual([ledger.find(word).run_id for word in ("latest", "latest~1")], [BASE, "base-1a2b3c4"])

    def test_an_unfinished_run_is_not_the_latest(self):
        self.write(BASE)
        (self.write(HEAD) / "parts").mkdir()
        self.assertEqual(store.Ledger(str(self.results)).find("latest").run_id, BASE)
        self.assertIn("(not finished)", self.command("list").stdout)

    def test_empty_ledger(self):
        self.assertIn("no runs", self.command("list").stdout)
        done = self.command("show")
        self.assertEqual(done.returncode, 2)
        self.assertIn("there are 0 finished runs", done.stderr)


class CommandTest(LedgerTest):
    def test_list_and_show(self):
        self.write(BASE)
        (row,) = self.json("list")
        self.assertEqual((row["run_id"], row["commit"], row["dirty"], row["rows"]), (BASE, "1a2b3c4", False, {"summary.csv": 9, "macro.csv": 8}))
        shown = self.json("show", "--only", "fib")
        self.assertEqual([one["name"] for one in shown["measured"]], ["fib/direct:gcc", "fib/switch:gcc", "fib/tail:clang-19", "fib/python3"])
        self.assertAlmostEqual(shown["measured"][0]["median"], 0.2)
        text = self.command("show", "latest", "--all").stdout
        for words in ("Example CPU 9000", "BINARY_OP.add_int/plain/mono/direct:gcc", "200 ms"):
            self.assertIn(words, text)

    def test_validate(self):
        folder = self.write(BASE)
        self.assertRegex(self.command("validate").stdout, r"4 files, \d+ rows, 0 problems")
        text = (folder / "summary.csv").read_text().replace(",plain,", ",fancy,", 1)
        (folder / "summary.csv").write_text(text)
        done = self.command("validate", BASE)
        self.assertEqual(done.returncode, 1)
        self.assertIn("summary.csv: row 2: column 'form' holds 'fancy', not one of plain, tuned", done.stdout)
        done = self.command("show")  # every tool refuses it, not only validate
        self.assertEqual(done.returncode, 2)
        self.assertIn("row 2: column 'form'", done.stderr)

    def test_prune(self):
        for run_id in (BASE, HEAD, "20261124T184500Z-9a9a9a9"):
            self.write(run_id)
        self.assertEqual(self.json("prune", "--keep", "1")["would_remove"], [BASE, HEAD])
        self.assertEqual(len(self.json("list")), 3)
        self.assertEqual(self.json("prune", "--keep", "1", "--except", "1a2b3c4", "--yes")["removed"], [HEAD])
        self.assertEqual([row["run_id"] for row in self.json("list")], [BASE, "20261124T184500Z-9a9a9a9"])

    def test_schema(self):
        self.assertEqual(self.json("schema", "env.csv")["env.csv"]["columns"][0]["name"], "run_id")
        self.assertIn("probability", self.command("schema", "compare.csv").stdout)
        self.assertEqual(self.command("schema", "no.csv").returncode, 2)

    def test_wrong_usage(self):
        for words in ([], ["nothing"], ["compare"], ["prune", "--keep", "-1"], ["compare", "a", "b", "--floor", "x"]):
            done = self.command(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertNotIn("Traceback", done.stderr)

    def test_help(self):
        done = subprocess.run([ROOT / "tools" / "results", "--help"], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("examples:", done.stdout)


class CompareTest(LedgerTest):
    def test_verdicts(self):
        self.write(BASE)
        self.write(HEAD, scale={"fib": 1.3, "BINARY_OP.add_int": 0.7})
        found = self.json("compare", BASE, HEAD, code=1)
        verdicts = {}
        for row in found["rows"]:
            verdicts.setdefault(row["bench"], set()).add(row["verdict"])
        self.assertEqual(verdicts["fib"], {"REGRESSED", "SAME"})  # the peer's did not change
        self.assertEqual(verdicts["BINARY_OP.add_int/plain/mono"], {"IMPROVED"})
        self.assertEqual(verdicts["tak"], {"SAME"})
        fib = next(row for row in found["rows"] if row["bench"] == "fib" and row["technique"] == "direct")
        self.assertAlmostEqual(float(fib["ratio"]), 1.3, places=3)
        self.assertTrue(float(fib["ci_lo"]) <= 1.3 <= float(fib["ci_hi"]))

    def test_equal_runs(self):
        self.write(BASE)
        self.write(HEAD)
        self.assertEqual({row["verdict"] for row in self.json("compare", BASE, HEAD)["rows"]}, {"SAME"})

    def test_few_processes_decide_nothing(self):
        self.write(BASE, processes=3)
        self.write(HEAD, processes=3, scale={"fib": 2.0})
        found = self.json("compare", BASE, HEAD, "--only", "fib", "--suite", "macro", code=3)
        self.assertEqual({row["verdict"] for row in found["rows"] if row["technique"]}, {"INCONCLUSIVE"})

    def test_without_samples_the_intervals_decide(self):
        self.write(BASE, samples=False)
        self.write(HEAD, samples=False, scale={"LOAD_ATTR.slot": 1.4})
        rows = self.json("compare", BASE, HEAD, "--suite", "micro", code=1)["rows"]
        self.assertEqual({row["verdict"] for row in rows if row["bench"].startswith("LOAD_ATTR")}, {"REGRESSED"})
        self.assertEqual({row["verdict"] for row in rows if row["bench"].startswith("BINARY_OP")}, {"SAME"})

    def test_other_machines_are_refused(self):
        self.write(BASE)
        self.write(HEAD, machine=dict(made_run.MACHINE, cpu_model_name="Other CPU", **{"compiler_gcc": "gcc 13.1.0"}))
        done = self.command("compare", BASE, HEAD)
        self.assertEqual(done.returncode, 2)
        for words in ("--force", "cpu_model_name: Example CPU 9000", "Other CPU", "compiler_gcc"):
            self.assertIn(words, done.stderr)
        self.assertEqual(self.json("compare", BASE, HEAD, "--force")["differences"][0].split(":")[0], "cpu_model_name")

    def test_unknown_machines_are_refused(self):
        self.write(BASE, machine={})
        self.write(HEAD, machine={})
        done = self.command("compare", BASE, HEAD)
        self.assertEqual(done.returncode, 2)
        self.assertIn("its machine is not known", done.stderr)

    def test_written_comparison_is_a_run(self):
        self.write(BASE)
        self.write(HEAD)
        out = self.results / "compared"
        self.assertEqual(self.command("compare", BASE, HEAD, "--out", out).returncode, 0)
        self.assertEqual(len(store.Run(str(out)).table("compare.csv")), 17)

    def test_nothing_in_common(self):
        self.write(BASE)
        self.write(HEAD)
        done = self.command("compare", BASE, HEAD, "--only", "no_such")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no benchmark in common that matches 'no_such'", done.stderr)


class BaselineTest(LedgerTest):
    def test_set_list_compare(self):
        self.write(BASE)
        done = self.command("baseline", "set")
        self.assertEqual(done.returncode, 0, done.stderr)
        (row,) = self.json("baseline", "list")
        self.assertEqual(row["label"], "baseline/" + row["fingerprint"])
        self.assertRegex(row["fingerprint"], r"^example-9000-2cpu-linux6\.1-gcc12-clang19-[0-9a-f]{6}$")
        self.write(HEAD, scale={"tak": 1.5})
        found = self.json("baseline", "compare", code=1)
        self.assertEqual({row["bench"] for row in found["rows"] if row["verdict"] == "REGRESSED"}, {"tak"})

    def test_dirty_and_unknown_are_refused(self):
        self.write(BASE, machine=dict(made_run.MACHINE, dirty="1"))
        self.assertIn("uncommitted changes", self.command("baseline", "set").stderr)
        self.write(HEAD, machine={})
        self.assertIn("its machine is not known", self.command("baseline", "set").stderr)
        self.assertEqual(self.command("baseline", "set", "--force").returncode, 0)

    def test_a_run_without_figures_is_no_baseline(self):
        folder = self.write(HEAD)
        for name in ("summary.csv", "macro.csv"):
            path = folder / name
            path.write_text(path.read_text().splitlines(keepends=True)[0])
        done = self.command("baseline", "set")
        self.assertEqual(done.returncode, 2)
        self.assertIn("nothing was measured that a baseline keeps", done.stderr)
        self.assertEqual(self.json("baseline", "list"), [])

    def test_no_baseline_for_this_machine(self):
        self.write(BASE)
        done = self.command("baseline", "compare")
        self.assertEqual(done.returncode, 2)
        self.assertIn("no baseline", done.stderr)


class MeasuredTest(LedgerTest):
    def test_samples_are_those_of_the_files(self):
        for one in measured.of(store.Run(str(self.write(BASE)))):
            self.assertEqual(len(one.samples), 10, one.name)
            self.assertTrue(math.isclose(sorted(one.samples)[4] + sorted(one.samples)[5], 2 * one.median, rel_tol=1e-3), one.name)
            self.assertTrue(one.low <= one.median <= one.high, one.name)

    def rows(self, bench, body, slope, **more):
        keys = dict.fromkeys(("layout_seed", "technique", "engine_compiler", "context", "form"), "")
        return [{**keys, "suite": "micro", "bench": bench, "arm": "A", "process": "0", "body": body, "copies": str(copies), "segments": "5", "tainted": "0", "median_ns": str(7 + slope * copies), **more} for copies in (100, 200, 400)]

    def test_a_shared_baseline(self):
        rows = self.rows("A.x", "body", 5) + self.rows("A.x", "baseline", 2) + self.rows("B.y", "body", 9, baseline="A.x")
        found = {key[1]: [round(cost, 6) for cost in costs] for key, costs in measured.micro_samples(rows).items()}
        self.assertEqual(found, {"A.x": [3.0], "B.y": [7.0]})

    def test_the_same_body_once_more_is_no_sample(self):
        rows = self.rows("A.x", "body", 5) + self.rows("A.x", "baseline", 2) + self.rows("A.x", "body", 8, arm="A2")
        self.assertEqual([len(costs) for costs in measured.micro_samples(rows).values()], [1])

    def test_disturbed_rows_count_only_where_no_others_are(self):
        disturbed = self.rows("A.x", "body", 50, tainted="5")[2:]
        rows = self.rows("A.x", "body", 5)[:2] + disturbed + self.rows("A.x", "baseline", 2, tainted="5")
        self.assertEqual([[round(cost, 6) for cost in costs] for costs in measured.micro_samples(rows).values()], [[3.0]])

    def test_interval_without_samples(self):
        self.assertEqual([round(end, 4) for end in measured.mean_interval(10.0, 1.0, 4)], [8.4088, 11.5912])
        self.assertTrue(all(math.isnan(end) for end in measured.mean_interval(10.0, 0.0, 1)))

    def test_kernel(self):
        self.assertEqual(fingerprint.kernel("Linux-6.1.0-28-amd64-x86_64-with-glibc2.36"), "Linux 6.1 x86_64")
        self.assertEqual(fingerprint.kernel("macOS-14.2-arm64"), "macOS 14.2 arm64")
        self.assertEqual(fingerprint.kernel(""), "")

    def test_costs_around_zero_compare_as_inconclusive(self):
        one, other = measured.Measured("micro", "NOP", "ns"), measured.Measured("micro", "NOP", "ns")
        one.describe([-1.0, 0.5, 1.0, 0.2])
        other.describe([0.5, 0.6, 0.7, 0.8])
        (row,) = comparison.Comparison([one], [other]).rows
        self.assertEqual(row.verdict, "INCONCLUSIVE")


if __name__ == "__main__":
    unittest.main()
