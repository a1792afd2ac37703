"""The benchmark harnesses start, list what they have, and refuse nonsense: no timing is judged."""
import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("KRAIT_BUILD", ROOT / "build" / "release"))
BENCH = ROOT / "tools" / "bench"
MICROBENCH = BUILD / "krait-microbench"


def run(*command):
    return subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, timeout=300)


@unittest.skipUnless((ROOT / "microbench" / "gbench.cc").exists(), "there is no microbench")
class MicrobenchTest(unittest.TestCase):
    def test_lists_benchmarks(self):
        result = run(MICROBENCH, "--benchmark_list_tests")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertGreater(len(result.stdout.split()), 100)

    def test_filter_without_match(self):
        self.assertEqual(run(MICROBENCH, "--benchmark_filter=^no_such_benchmark$").returncode, 2)

    def test_unknown_option(self):
        self.assertNotEqual(run(MICROBENCH, "--no-such-option").returncode, 0)


@unittest.skipUnless(BENCH.exists(), "there is no tools/bench")
class BenchTest(unittest.TestCase):
    def test_help(self):
        result = run(BENCH, "--help")
        self.assertEqual(result.returncode, 0, result.stderr)
        for option in ("--quick", "--only", "--dispatch", "--peer", "--out"):
            self.assertIn(option, result.stdout)

    def test_unknown_option(self):
        self.assertEqual(run(BENCH, "--no-such-option").returncode, 2)


if __name__ == "__main__":
    unittest.main()
