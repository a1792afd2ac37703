"""tools/oracle compile-speed at a small size: what it counts, leaves out and refuses."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import types
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from oracle_files import compile_speed  # noqa: E402

SOURCES = {
    "good.py": "def f(x):\n    return x + 1\n",
    "package/unended.py": "# one line\nanswer = 42",
    "bad.py": "this is no Python\n",
}


class CommandTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        for name, text in SOURCES.items():
            path = self.folder / "sources" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def run_command(self, *arguments):
        command = [str(ROOT / "tools" / "oracle"), "compile-speed", "--sources", str(self.folder / "sources"),
                   "--krait", os.environ["KRAIT"], "--rounds", "3", *arguments]
        return subprocess.run(command, capture_output=True, text=True)

    def test_report(self):
        target = self.folder / "report.json"
        done = self.run_command("--peer", sys.executable, "--json", str(target))
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0], "4 lines of 2 files, 3 rounds")
        self.assertIn("1 (bad.py)", lines[1])
        self.assertEqual(len(lines), 3 + 2 * 2)
        report = json.loads(target.read_text())
        self.assertEqual((report["lines"], report["left_out"]), (4, ["bad.py"]))
        krait, peer = report["interpreters"]
        self.assertTrue(krait["version"].startswith("krait 3.12"))
        self.assertTrue(peer["version"].startswith("cpython 3."))
        for interpreter in (krait, peer):
            self.assertTrue(interpreter["refused"]["bad.py"].startswith("SyntaxError: invalid syntax"))
            self.assertEqual(len(interpreter["gc on"]["seconds"]), 3)
            self.assertEqual(len(interpreter["gc off"]["seconds"]), 3)
        self.assertEqual(krait["gc on"]["ratio"], 1)

    def test_peer_that_ends(self):
        done = self.run_command("--peer", "false")
        self.assertEqual((done.returncode, done.stderr), (2, "tools/oracle: false ended with exit code 1\n"))

    def test_peer_that_is_not_there(self):
        done = self.run_command("--peer", "/nonexistent/python")
        self.assertEqual(done.returncode, 2)
        self.assertIn("/nonexistent/python: No such file or directory", done.stderr)


class FiguresTest(unittest.TestCase):
    def test_ratio_is_of_the_rounds(self):
        """One slow round of both leaves the ratio alone."""
        first = types.SimpleNamespace(times={True: [1.0, 10.0, 1.0]})
        peer = types.SimpleNamespace(command="p", version="v", refused={}, times={True: [3.0, 30.0, 3.5]})
        figures = compile_speed.figures(peer, first, 700)["gc on"]
        self.assertEqual((figures["best"], figures["median"], figures["ratio"]), (3.0, 3.5, 3.0))
        self.assertEqual(figures["lines_per_second"], 200)


if __name__ == "__main__":
    unittest.main()
