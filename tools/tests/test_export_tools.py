"""Exports are read by the other tools themselves, and what those write is imported, where they are installed.
What is missing makes the whole program a skipped case, which names it."""
import os
import pathlib
import subprocess
import sys
import unittest

import made_run
from ledger import measured, store
from test_export import FormatTest


class RealToolsTest(FormatTest):
    """The readers of the tools themselves, where Debian has them."""

    def test_google_benchmarks_compare(self):
        script = "/usr/share/benchmark/compare.py"
        if not os.path.exists(script):
            raise unittest.SkipTest("libbenchmark-tools is not installed")
        path = self.results / "gbench.json"
        self.export("google-benchmark", "--out", path)
        done = subprocess.run(["/usr/bin/python3", script, "benchmarks", path, path], capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"fib/direct:gcc .*\+0\.0000")
        self.assertIn("U Test, Repetitions: 10 vs 10", done.stdout)

    def test_import_of_what_hyperfine_writes(self):
        path = self.results / "hyperfine.json"
        try:
            subprocess.run(["hyperfine", "-N", "--runs", "3", "--style", "none", "--export-json", path, "true"], capture_output=True, timeout=60, check=True)
        except FileNotFoundError:
            raise unittest.SkipTest("hyperfine is not installed")
        self.imported(path, "--name", "true")
        (one,) = measured.of(store.Run(str(self.results / "runs" / "true")))
        self.assertEqual((one.bench, len(one.samples)), ("true", 3))

    def test_import_of_what_krait_microbench_writes(self):
        microbench = pathlib.Path(os.environ.get("KRAIT_BUILD", made_run.ROOT / "build" / "release")) / "krait-microbench"
        if not microbench.exists():
            raise unittest.SkipTest("there is no krait-microbench")
        command = [microbench, "--benchmark_filter=^BINARY_OP.add_int/", "--segments=3", "--benchmark_repetitions=2", "--benchmark_format=json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        self.imported("-", "--name", "opcodes", stdin=done.stdout)
        found = measured.of(store.Run(str(self.results / "runs" / "opcodes")))
        self.assertTrue(found and all(len(one.samples) == 2 for one in found), [one.name for one in found])

    def test_pandas_reads_every_file(self):
        try:
            import pandas
        except ImportError:
            raise unittest.SkipTest("python3-pandas is not installed")
        made_run.add_comparison(self.folder)
        made_run.add_ablation(self.folder)
        run = store.Run(str(self.folder))
        for name in run.files():
            frame = pandas.read_csv(run.path(name))
            self.assertEqual(len(frame), len(run.table(name)), name)
            self.assertEqual(list(frame.columns), list(store.schema.FILES[name].columns), name)
        summary = pandas.read_csv(run.path("summary.csv"))
        self.assertEqual(str(summary["median_ns"].dtype), "float64")
        self.assertEqual(str(summary["processes"].dtype), "int64")


if __name__ == "__main__":
    program = unittest.main(exit=False)
    if program.result.wasSuccessful() and program.result.skipped:
        print("; ".join(sorted({reason for _, reason in program.result.skipped})))
        sys.exit(77)
    sys.exit(not program.result.wasSuccessful())
