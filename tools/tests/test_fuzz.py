"""tools/fuzz says what the fuzzer found, and ends with it; the fuzzer is a stand-in."""
import json
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
STAND_IN = """#!/bin/sh
echo "$$" > pid
echo "$*" > arguments
{body}
echo "stat::number_of_executed_units: 1234"
"""


class FuzzTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = pathlib.Path(holder.name)
        shutil.copytree(ROOT / "tools" / "benchmarking", self.root / "tools" / "benchmarking", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "tools" / "fuzz", self.root / "tools" / "fuzz")
        self.folder = self.root / "interp" / "tests" / "fuzz"
        (self.folder / "corpus" / "text").mkdir(parents=True)
        (self.folder / "fuzz_text.c").touch()
        (self.root / "build" / "fuzz").mkdir(parents=True)

    def start(self, body, *arguments):
        program = self.root / "build" / "fuzz" / "fuzz_text"
        program.write_text(STAND_IN.format(body=body))
        program.chmod(0o755)
        line = [self.root / "tools" / "fuzz", "text", "--no-build", *map(str, arguments)]
        return subprocess.Popen(line, cwd=self.root, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def fuzz(self, body, *arguments):
        process = self.start(body, *arguments)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def arguments(self):
        return (self.folder / "arguments").read_text()

    def test_nothing_found(self):
        self.assertEqual(self.fuzz(":", "--seconds", 7, "--quiet"), (0, "fuzz_text: 1234 inputs, no failure\n", ""))
        self.assertIn("-max_total_time=7 ", self.arguments())

    def test_failure(self):
        code, out, _ = self.fuzz("echo ERROR: AddressSanitizer; exit 77")
        self.assertEqual(code, 1)
        self.assertIn("ERROR: AddressSanitizer", out)
        self.assertIn("the input is in build/fuzz/artifacts/text", out)

    def test_json(self):
        found = json.loads(self.fuzz("echo bad; exit 1", "--json")[1])
        self.assertEqual((found["target"], found["failed"], found["output"]), ("text", True, "bad\n"))
        found = json.loads(self.fuzz(":", "--json")[1])
        self.assertEqual((found["inputs"], found["failed"], found["output"]), (1234, False, ""))

    def test_one_input(self):
        (self.root / "input").write_text("x")
        self.assertEqual(self.fuzz(":", "--input", "input")[0], 0)  # from where the user stands
        self.assertIn(f" {(self.root / 'input').resolve()}", self.arguments())
        code, _, err = self.fuzz(":", "--input", "nothing")
        self.assertEqual((code, err), (2, "tools/fuzz: no such file: nothing\n"))

    def test_corpus(self):
        self.assertEqual(self.fuzz(":", "--corpus", "kept", "--quiet")[0], 0)
        self.assertTrue((self.root / "kept").is_dir())
        self.assertIn(f" {(self.root / 'kept').resolve()} ", self.arguments())

    def test_interruption(self):
        process = self.start("exec sleep 60")
        deadline = time.monotonic() + 30
        while not (self.folder / "pid").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 130, err)
        fuzzer = int((self.folder / "pid").read_text())
        self.assertFalse(pathlib.Path(f"/proc/{fuzzer}").exists())


if __name__ == "__main__":
    unittest.main()
