"""Every command of tools/ behaves like the others: help with examples, exit code 2 and no traceback for
whatever is wrong, completions that are up to date."""
import concurrent.futures
import functools
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = ROOT / "tools"
COMMANDS = sorted(path for path in TOOLS.iterdir() if path.is_file() and os.access(path, os.X_OK) and "." not in path.name)
BUILD = pathlib.Path(os.environ.get("KRAIT_BUILD", ROOT / "build" / "release"))
# Options whose values can be wrong, wherever they occur, and wrong values.
WRONG = {
    "--seed": ["x", ""], "--rounds": ["0", "many"], "--processes": ["0"], "--budget": ["never", "-5m"], "--jobs": ["0"],
    "--build": ["/no/such/folder"], "--resume": ["no-such-run"], "--seconds": ["0"], "--root": ["/no/such/folder"],
}


def run(*line, **options):
    return subprocess.run([str(word) for word in line], capture_output=True, text=True, timeout=120, **options)


@functools.cache
def described(path):
    return json.loads(run(path, env=os.environ | {"KRAIT_DESCRIBE_COMMAND": "1"}).stdout)


class CommandsTest(unittest.TestCase):
    def check_refusals(self, lines):
        """Each of the command lines ends with exit code 2 and a message."""
        with concurrent.futures.ThreadPoolExecutor(min(os.cpu_count() or 1, 4)) as pool:
            for line, result in zip(lines, pool.map(lambda line: run(*line), lines)):
                with self.subTest(" ".join(map(str, line))):
                    self.assertEqual(result.returncode, 2, result.stdout[-2000:] + result.stderr[-2000:])
                    self.assertNotIn("Traceback", result.stderr)
                    self.assertTrue(result.stderr.strip())

    def test_there_are_commands(self):
        self.assertLessEqual({"ablate", "bench", "check", "fuzz", "oracle", "setup", "test"}, {path.name for path in COMMANDS})

    def test_help(self):
        for path in COMMANDS:
            with self.subTest(path.name):
                result = run(path, "--help")
                self.assertEqual((result.returncode, result.stderr), (0, ""))
                self.assertIn(f"usage: tools/{path.name}", result.stdout)
                self.assertIn("examples:\n  ", result.stdout)
                self.assertIn(f"tools/{path.name}", result.stdout.split("examples:")[1])
                self.assertIn("exit codes: 0; ", result.stdout)
                self.assertNotIn("\x1b", result.stdout)

    def test_unknown_option(self):
        self.check_refusals([[path, "--no-such-option"] for path in COMMANDS])

    def test_wrong_values(self):
        lines = []
        for path in COMMANDS:
            if path.name == "setup":
                continue
            names = {name for option in described(path)["options"] for name in option["names"]}
            always = ["--no-setup"] * ("--no-setup" in names)
            for option in names & set(WRONG):
                building = ["--build", BUILD] if "--build" in names and option != "--build" else []
                lines += [[path, *always, *building, option, value] for value in WRONG[option]]
        self.check_refusals(lines)

    def test_options_without_their_value(self):
        lines = []
        for path in COMMANDS:
            if path.name != "setup":
                lines += [[path, option["names"][-1]] for option in described(path)["options"] if option["names"] and option["takes"]][:2]
        self.check_refusals(lines)

    def test_shared_options_mean_the_same(self):
        sys.path.insert(0, str(TOOLS))
        from benchmarking import command

        for path in COMMANDS:
            if path.name == "setup":
                continue
            for option in described(path)["options"]:
                for name in option["names"]:
                    shared = command.OPTIONS.get(name.removeprefix("--"))
                    if shared and path.name != "check":  # whose --only names rules
                        self.assertEqual(bool(option["takes"]), "metavar" in shared, f"{path.name} {name}")

    def test_completions_are_up_to_date(self):
        result = run(TOOLS / "completion" / "generate", "--check")
        self.assertEqual((result.returncode, result.stdout), (0, ""), result.stderr)


class CompletionTest(unittest.TestCase):
    QUESTIONS = {
        "tools/bench --qu": {"--quick", "--quiet"},
        "tools/bench --only nb": {"nbody"},
        "tools/bench --resume la": {"latest"},
        "tools/results show lat": {"latest"},
        "tools/ablate --dispatch d": {"direct"},
        "tools/check --only lay": {"layers", "layout"},
        "tools/oracle record-l": {"record-listings", "record-language"},
        "tools/oracle listing --opt": {"--optimize"},
        "tools/setup --ch": {"--check"},
    }

    def need(self, shell):
        path = shutil.which(shell)
        if not path:
            self.skipTest(f"{shell} is not installed")
        return path

    def test_bash(self):
        bash = self.need("bash")
        for line, wanted in self.QUESTIONS.items():
            words = line.split()
            script = f". tools/completion/krait.bash; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; "
            script += f"_krait_{words[0].removeprefix('tools/')} 2>/dev/null; printf '%s\\n' \"${{COMPREPLY[@]}}\"; complete -p {words[0]} >/dev/null"
            result = run(bash, "--norc", "-c", script, cwd=ROOT)
            self.assertEqual((result.returncode, set(result.stdout.split())), (0, wanted), f"{line}\n{result.stderr}")

    def test_fish(self):
        fish = self.need("fish")
        for line, wanted in self.QUESTIONS.items():
            result = run(fish, "-c", f"source tools/completion/krait.fish; complete -C '{line}'", cwd=ROOT)
            found = {row.split("\t")[0] for row in result.stdout.splitlines()}
            self.assertEqual((result.stderr, found), ("", wanted), line)

    def test_zsh(self):
        result = run(self.need("zsh"), "-f", "-c", "compdef() { print $2 }; . tools/completion/krait.zsh", cwd=ROOT)
        self.assertEqual(result.stderr, "")
        self.assertEqual(set(result.stdout.split()), {f"tools/{path.name}" for path in COMMANDS})


class EndTest(unittest.TestCase):
    """command.run ends a process alike, whatever happens in it."""

    def start(self, body, *arguments, **options):
        program = f"import os, sys, time\nsys.path.insert(0, {str(TOOLS)!r})\nfrom benchmarking import command\n"
        program += "def main(argv):\n" + textwrap.indent(textwrap.dedent(body), "    ") + "\ncommand.run('example', main)\n"
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        return subprocess.Popen([sys.executable, "-B", "-c", program, *arguments], text=True, **streams)

    def end(self, body, *arguments):
        process = self.start(body, *arguments)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def test_ends(self):
        for body, wanted in {
            "return 0": (0, "", ""),
            "print(argv); return 3": (3, "['a', 'b']\n", ""),
            "raise command.CommandError('no such thing')": (2, "", "tools/example: no such thing\n"),
            "raise command.CommandError('wrong', command.EXIT_WRONG_RESULTS)": (4, "", "tools/example: wrong\n"),
            "raise KeyboardInterrupt": (130, "", "\ntools/example: interrupted\n"),
            "raise KeyboardInterrupt('go on by X')": (130, "", "\ntools/example: interrupted; go on by X\n"),
            "open('/no/such/file')": (2, "", "tools/example: /no/such/file: No such file or directory\n"),
        }.items():
            self.assertEqual(self.end(body, "a", "b"), wanted, body)

    def test_a_defect_is_no_regression(self):
        code, _, err = self.end("return 1 // 0")
        self.assertEqual(code, 2)
        self.assertIn("ZeroDivisionError", err)

    def test_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.start("print('ready', flush=True)\ntime.sleep(60)")
            process.stdout.readline()
            started = time.monotonic()
            process.send_signal(number)
            _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130, err)
            self.assertIn("interrupted", err)
            self.assertNotIn("Traceback", err)
            self.assertLess(time.monotonic() - started, 30)

    def test_closed_pipe(self):
        reading, writing = os.pipe()
        process = self.start("for i in range(100000): print(i)\nreturn 0", stdout=writing)
        os.close(writing)
        os.read(reading, 10)
        os.close(reading)
        _, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, err), (0, ""))

    def test_arguments(self):
        sys.path.insert(0, str(TOOLS))
        import argparse

        from benchmarking import command, progress

        self.assertEqual([command.seconds(text) for text in ("90", "90s", "5m", "1.5h")], [90, 90, 300, 5400])
        self.assertEqual(command.positive("7"), 7)
        picked = [name for name in ("fib", "tak", "NOP.plain") if command.matches(name, "f*,NOP.*")]
        self.assertEqual(picked, ["fib", "NOP.plain"])
        self.assertTrue(command.matches("fib", None) and command.matches("fib", ""))
        for function, texts in ((command.seconds, ("", "m", "0", "-1s", "inf", "nan", "5d")), (command.positive, ("0", "-3"))):
            for text in texts:
                with self.assertRaises(argparse.ArgumentTypeError, msg=text):
                    function(text)
        self.assertEqual([progress.duration(seconds) for seconds in (3, 200, 3900)], ["3 s", "3:20 min", "1:05 h"])


class ProgressTest(unittest.TestCase):
    class Stream:
        def __init__(self, terminal):
            self.text, self.terminal = "", terminal

        def isatty(self):
            return self.terminal

        def write(self, text):
            self.text += text

        def flush(self):
            pass

    def test_forms(self):
        sys.path.insert(0, str(TOOLS))
        from benchmarking.progress import Progress

        for terminal, wanted in ((False, "work: 100 %, 0 s left, b\n"), (True, "\x1b[K")):
            stream = self.Stream(terminal)
            shown = Progress("work", 2, stream)
            shown.step("a")
            shown.step("b")
            shown.close()
            self.assertIn(wanted, stream.text)
            self.assertTrue(stream.text.endswith("\n"))
        stream = self.Stream(True)
        shown = Progress("work", 9, stream)
        shown.last = -1
        shown.step("a")
        shown.close()  # stopped early: the line is ended
        self.assertTrue(stream.text.endswith("\n"))
        shown.last = -1
        shown.step("a")
        shown.clear()
        self.assertTrue(stream.text.endswith("\r\x1b[K"))
        quiet = self.Stream(True)
        Progress("work", 1, quiet, quiet=True).step("a")
        self.assertEqual(quiet.text, "")


if __name__ == "__main__":
    unittest.main()
