"""The test runner counts, names and prints what failed, and ends with the line that CI reads."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]

# A stand-in for the command: the options that the variants use, then Python itself.
COMMAND = """#!/bin/sh
while :; do
    case $1 in
    --*) shift ;;
    *) break ;;
    esac
done
exec /usr/bin/python3 "$@"
"""


class RunnerTest(unittest.TestCase):
    def run_tests(self, files, *options):
        """Exit code and output of tools/test in a tree with these language tests."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for part in ("tools/test", "tools/tests", "tools/benchmarking", "interp/tests/run_language.py", "interp/bytecode/opcodes.def", "CMakePresets.json"):
                (folder / part).parent.mkdir(parents=True, exist_ok=True)
                copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
                copy(ROOT / part, folder / part)
            build = folder / "build" / "release"
            (build / "generated").mkdir(parents=True)
            (build / "generated" / "engines.def").write_text("ENGINE(direct, gcc)\nENGINE(tail, clang_19)\n")
            (build / "krait").write_text(COMMAND)
            (build / "krait").chmod(0o755)
            for path, text in files.items():
                target = folder / "interp/tests/language" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text)
            command = [folder / "tools/test", "--no-setup", "--no-build", "--preset", "release",
                       "-k", "^language", *options]
            result = subprocess.run(command, capture_output=True, text=True, timeout=60)
            self.err = result.stderr
            return result.returncode, result.stdout

    def test_pass(self):
        files = {"a.py": "import helper\nprint(input())\n", "a.in": "x\n", "a.out": "x\n", "helper.py": ""}
        code, output = self.run_tests(files)
        self.assertEqual((code, output.splitlines()[-1]), (0, "6 passed, 0 failed"))

    def test_error_output_and_exit_code(self):
        error = ('Traceback (most recent call last):\n  File "e.py", line 1, in <module>\n    raise KeyError\n'
                 "KeyError\n")
        files = {"e.py": "raise KeyError\n", "e.err": error, "x.py": "raise SystemExit(3)\n", "x.exit": "3\n"}
        code, output = self.run_tests(files)
        self.assertEqual((code, output.splitlines()[-1]), (0, "11 passed, 0 failed"))

    def test_failures_are_shown(self):
        files = {"wrong.py": "print(1)\n", "wrong.out": "2\n", "silent.py": "print(1)\n"}
        code, output = self.run_tests(files)
        self.assertEqual((code, output.splitlines()[-1]), (1, "1 passed, 6 failed"))
        self.assertIn("FAILED language: wrong [release direct:gcc]", output)
        self.assertIn("    -2\n    +1\n", output)
        self.assertIn("FAILED language: silent", output)

    def test_json(self):
        code, output = self.run_tests({"wrong.py": "print(1)\n", "wrong.out": "2\n"}, "--json")
        found = json.loads(output)
        self.assertEqual((code, found["skipped"]), (1, []))
        self.assertIn(f"{found['passed']} passed, {len(found['failed'])} failed", self.err)
        self.assertIn("language: wrong [release direct:gcc]", [row["case"] for row in found["failed"]])
        self.assertIn("+1", found["failed"][0]["reason"])

    def test_skips_are_named(self):
        files = {"deep.py": "# test: no-gc-stress\nprint(1)\n", "deep.out": "1\n"}
        code, output = self.run_tests(files)
        self.assertEqual((code, output.splitlines()[-1]), (0, "5 passed, 0 failed, 1 skipped"))
        self.assertIn("skipped language: deep [release gc-stress]: marked no-gc-stress", output)

    def test_pattern_without_match(self):
        self.assertEqual(self.run_tests({}, "-k", "no such case")[0], 2)


if __name__ == "__main__":
    unittest.main()
