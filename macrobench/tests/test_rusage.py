"""krait-rusage: the peak memory of a command, its time, how it ended."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ.get("KRAIT_BUILD", ROOT / "build" / "release")) / "krait-rusage"
if not PROGRAM.exists():
    print(f"{PROGRAM} is not built")
    raise SystemExit(77)
MEBIBYTE = 1024  # kB
# AddressSanitizer makes every process large.
IS_CHECKED = "CMAKE_BUILD_TYPE:STRING=Checked" in (PROGRAM.parent / "CMakeCache.txt").read_text()


class RusageTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.path = pathlib.Path(holder.name) / "usage.json"

    def run_command(self, *command):
        result = subprocess.run([PROGRAM, self.path, *command], capture_output=True, text=True, timeout=60)
        return result, json.loads(self.path.read_text()) if self.path.exists() else None

    def python(self, text):
        return self.run_command(sys.executable, "-S", "-c", text)

    def test_memory(self):
        _, small = self.python("pass")
        _, large = self.python("b'x' * 64_000_000")
        self.assertGreater(large["peak_rss_kb"] - small["peak_rss_kb"], 55 * MEBIBYTE)
        self.assertLess(large["peak_rss_kb"] - small["peak_rss_kb"], 70 * MEBIBYTE)

    @unittest.skipIf(IS_CHECKED, "the checked build is large itself")
    def test_the_parent_does_not_count(self):
        held = b"x" * 100_000_000
        _, usage = self.run_command("true")
        self.assertLess(usage["peak_rss_kb"], 5 * MEBIBYTE)
        self.assertLess(usage["floor_kb"], 5 * MEBIBYTE)
        self.assertEqual(len(held), 100_000_000)

    def test_time(self):
        _, usage = self.python("import time; time.sleep(0.2)")
        self.assertGreaterEqual(usage["seconds"], 0.2)
        self.assertLess(usage["user_s"] + usage["system_s"], usage["seconds"])

    def test_output_and_exit_code(self):
        result, usage = self.python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
        self.assertEqual((result.returncode, usage["exit_code"]), (3, 3))
        self.assertEqual((result.stdout, result.stderr), ("out\n", "err\n"))

    def test_signal(self):
        result, usage = self.python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
        self.assertEqual((result.returncode, usage["exit_code"]), (128 + signal.SIGKILL,) * 2)

    def test_no_such_command(self):
        result, _ = self.run_command("/no/such/command")
        self.assertEqual(result.returncode, 127)
        self.assertIn("/no/such/command: No such file", result.stderr)

    def test_wrong_usage(self):
        result = subprocess.run([PROGRAM, self.path], capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 2)
        self.assertIn("usage: krait-rusage", result.stderr)
        result = subprocess.run([PROGRAM, "/no/such/folder/x", "true"], capture_output=True, text=True, timeout=60)
        self.assertEqual(result.returncode, 127)


if __name__ == "__main__":
    unittest.main()
