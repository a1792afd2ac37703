"""The interactive prompt: from a pipe, and at a (pseudo) terminal with editing, history and Ctrl-C."""
import ctypes.util
import os
import pathlib
import pty
import select
import signal
import subprocess
import tempfile
import time
import unittest

KRAIT = os.environ["KRAIT"]


def pipe(text, *options):
    return subprocess.run([KRAIT, "-i", "-q", *options], input=text, capture_output=True, text=True, timeout=60)


class PipeTest(unittest.TestCase):
    def out(self, text):
        return pipe(text).stdout.splitlines()

    def test_results(self):
        self.assertEqual(self.out("1 + 1\n_ * 2\nNone\n'x'\n"), ["2", "4", "'x'"])

    def test_simple_statements_end_with_their_line(self):
        self.assertEqual(self.out("(1,\n2)\n'''a\nb'''\nx = 3 +\\\n4\nx\n{1:\n2}\nmatch = 5\nmatch\n"), ["(1, 2)", "'a\\nb'", "7", "{1: 2}", "5"])

    def test_compound_statements_end_with_a_blank_line(self):
        text = "if 0: 1\nelse:\n 2\n\ntry:\n 3\nfinally:\n 4\n\n@staticmethod\n@staticmethod\ndef f(): pass\n\nmatch 6:\n case x: x\n\n"
        self.assertEqual(self.out(text), ["2", "3", "4", "6"])

    def test_an_error_that_no_line_can_mend_is_told_at_once(self):
        result = pipe("for i in (1, 2):\n i = = 3\n7\n")
        self.assertIn("SyntaxError: invalid syntax", result.stderr)
        self.assertEqual(result.stdout, "7\n")

    def test_exceptions_do_not_end_it(self):
        result = pipe("1 / 0\n3\n")
        self.assertEqual((result.stdout, result.returncode), ("3\n", 0))
        self.assertIn('  File "<stdin>", line 1, in <module>\nZeroDivisionError: division by zero\n', result.stderr)

    def test_leaving(self):
        self.assertEqual(pipe("exit(3)\n1\n").returncode, 3)
        self.assertEqual(self.out("exit\nquit\n"), ["Use exit() or Ctrl-D (i.e. EOF) to exit", "Use quit() or Ctrl-D (i.e. EOF) to exit"])

    def test_prompts(self):
        self.assertEqual(pipe("import sys\nsys.ps1 = '? '\nsys.ps2 = '! '\nif 1:\n 2\n\n").stderr, ">>> >>> ? ? ! ! ? \n")

    def test_after_a_program(self):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / "program.py"
            program.write_text("x = 5\nprint('ran')\n")
            self.assertEqual(pipe("x\n", str(program)).stdout, "ran\n5\n")


class TerminalTest(unittest.TestCase):
    """What is typed at a terminal, key by key."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.history = pathlib.Path(holder.name) / "history"

    def start(self):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            environment = dict(os.environ, TERM="xterm", KRAIT_HISTORY=str(self.history))
            os.execve(KRAIT, [KRAIT, "-q"], environment)
        self.seen = ""
        self.wait_for(">>> ")

    def wait_for(self, text, keys=""):
        """Reads until the text comes; `keys` are typed again and again meanwhile, for those that are the
        terminal's own, and lost, when they come before the line editor listens."""
        deadline = time.monotonic() + 60
        while text not in self.seen:
            if time.monotonic() > deadline:
                self.fail(f"{text!r} did not come; seen: {self.seen!r}")
            self.keys(keys)
            ready, _, _ = select.select([self.terminal], [], [], 0.5)
            try:
                self.seen += os.read(self.terminal, 4096).decode() if ready else ""
            except OSError:
                self.fail(f"ended before {text!r}; seen: {self.seen!r}")
        self.seen = self.seen.partition(text)[2]

    def keys(self, text):
        os.write(self.terminal, text.encode())

    def end(self):
        """Leaves by exit(7), on a line of its own (Ctrl-U empties it); the exit code."""
        for _ in range(60):
            try:
                self.keys("\x15exit(7)\r")
            except OSError:
                pass  # it has ended
            for _ in range(50):
                ended, status = os.waitpid(self.pid, os.WNOHANG)
                if ended:
                    os.close(self.terminal)
                    return os.waitstatus_to_exitcode(status)
                time.sleep(0.02)
        os.kill(self.pid, signal.SIGKILL)
        self.fail("exit() did not end it")

    def test_statements(self):
        self.start()
        self.keys("6 * 7\r")
        self.wait_for("42")
        self.keys("for i in range(2):\r")
        self.wait_for("... ")
        self.keys("  print('line', i + 70)\r\r")
        self.wait_for("line 71")
        self.assertEqual(self.end(), 7)

    def test_interrupt_drops_the_line(self):
        self.start()
        self.keys("(1,\r")
        self.wait_for("... ")
        self.wait_for("KeyboardInterrupt", keys="\x03")
        self.wait_for(">>> ")
        self.wait_for("still here", keys="\x15'still ' + 'here'\r")
        self.assertEqual(self.end(), 7)

    def test_interrupt_of_a_loop(self):
        self.start()
        self.keys("print('now', 'on')\rwhile True: pass\r\r")
        self.wait_for("now on")
        self.wait_for("... ")
        time.sleep(0.5)
        self.wait_for("KeyboardInterrupt", keys="\x03")
        self.wait_for("23", keys="\x151 + 22\r")
        self.assertEqual(self.end(), 7)

    def test_editing_and_history(self):
        if not ctypes.util.find_library("edit"):
            self.skipTest("libedit is not installed")
        self.start()
        self.keys("11\x01500 + \r")  # Ctrl-A: to the start of the line
        self.wait_for("511")
        self.assertEqual(self.end(), 7)
        self.assertIn("500", self.history.read_text())
        self.start()
        self.keys("\x1b[A\x1b[A\x05 + 1000\r")  # twice up: the last session's line before exit(7)
        self.wait_for("1511")
        self.assertEqual(self.end(), 7)


if __name__ == "__main__":
    unittest.main()
