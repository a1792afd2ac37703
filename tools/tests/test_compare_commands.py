"""The commands tools/compare, bisect and selfcheck on stand-ins for krait that print recorded numbers
(fake_build/); with KRAIT_MODE=soak also on a real commit that slows one handler down."""
import json
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FAKE = pathlib.Path(__file__).resolve().parent / "fake_build"
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import schema, tables, trials  # noqa: E402

ANSWERS = {
    "engines": {"direct:gcc": 1.0, "switch:gcc": 1.2},
    "micro": {"BINARY_OP.add_int": 2.0, "LOAD_ATTR.instance": 3.0, "CALL.builtin_len": 9.0},
    "noise": 0.004,
    "inject": {},
    "seconds": {},
    "checksums": {"fib 18": "2584", "tak 12": "2781827971"},
}


class CommandTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)
        self.out = self.folder / "out"

    def build(self, name, **changes):
        """A stand-in for a build; `changes` replace parts of ANSWERS."""
        folder = self.folder / name
        shutil.copytree(FAKE, folder)
        for program in ("krait", "krait-microbench"):  # rounds run copies of them elsewhere
            path = folder / program
            path.write_text(path.read_text().replace("os.path.dirname(os.path.abspath(__file__))", repr(str(folder))))
        (folder / "answers.json").write_text(json.dumps({**ANSWERS, **changes}))
        return folder

    def tool(self, name, *arguments, timeout=120):
        command = [ROOT / "tools" / name, "--no-setup", "--quiet", *arguments]
        return subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=timeout, check=False)

    def compare(self, base, head, *arguments):
        if "--only" not in arguments:
            arguments = ("--only", "micro", *arguments)
        return self.tool("compare", "--base-build", base, "--head-build", head, "--quick", "--rounds", 9, "--seed", 1, "--size", "test", "--out", self.out, *arguments)

    def rows(self):
        return {(row["bench"], row["technique"]): row for row in tables.read(self.out / "compare.csv")}

    def slow(self, factor, bench="LOAD_ATTR.instance"):
        return {**ANSWERS["micro"], bench: ANSWERS["micro"][bench] * factor}

    def test_regression(self):
        done = self.compare(self.build("base"), self.build("head", micro=self.slow(1.1)))
        self.assertEqual(done.returncode, 1, done.stderr + done.stdout)
        rows = self.rows()
        self.assertEqual({bench: row["verdict"] for (bench, _), row in rows.items()},
                         {"BINARY_OP.add_int": "SAME", "LOAD_ATTR.instance": "REGRESSED", "CALL.builtin_len": "SAME"})  # fmt: skip
        row = rows["LOAD_ATTR.instance", "direct"]
        self.assertTrue(1.08 < float(row["ci_lo"]) < float(row["ratio"]) < float(row["ci_hi"]) < 1.12)
        self.assertEqual((row["n_rounds"], row["code_same"], row["base"], row["head"]), ("9", "", "base", "head"))
        self.assertIn("REGRESSED", done.stdout)
        self.assertRegex(done.stdout, r"confirmed by 1\.(09|10)")
        self.assertEqual(sorted(path.name for path in self.out.glob("*.csv")), ["compare.csv", "env.csv", "raw.csv"])
        raw = tables.read(self.out / "raw.csv")
        self.assertEqual({row["arm"] for row in raw}, {"A", "B", "A2"})
        self.assertEqual(len(raw), 9 * 3 * 3 + 20 * 2)  # and the confirmation of one row
        for path in self.out.glob("*.csv"):
            list(schema.rows(path, schema.FILES[path.name]))

    def test_equal_builds(self):
        done = self.compare(self.build("base"), self.build("head"), "--json")
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        found = json.loads(done.stdout)
        self.assertEqual({row["verdict"] for row in found["rows"]}, {"SAME"})
        self.assertEqual((found["exit_code"], found["self_test"]["flagged"]), (0, 0))
        self.assertTrue(0.99 < found["geometric_means"]["micro"]["ratio"] < 1.01)

    def test_noise_is_inconclusive(self):
        done = self.compare(self.build("base", noise=0.2), self.build("head", noise=0.2))
        self.assertEqual(done.returncode, 3, done.stderr + done.stdout)
        self.assertIn("INCONCLUSIVE", done.stdout)
        shutil.rmtree(self.out)
        self.assertEqual(self.compare(self.folder / "base", self.folder / "head", "--strict").returncode, 1)

    def test_wrong_result(self):
        done = self.compare(self.build("base"), self.build("head", checksums={"fib 18": "2585"}), "--only", "fib")
        self.assertEqual(done.returncode, 4, done.stderr + done.stdout)
        self.assertIn("fib under head direct:gcc: printed '2585', expected '2584'", done.stderr)
        self.assertFalse((self.out / "compare.csv").exists())

    def test_programs(self):
        done = self.compare(self.build("base", seconds={"fib": 0.1}), self.build("head", seconds={"fib": 0.2}), "--only", "fib")
        self.assertEqual(done.returncode, 1, done.stderr + done.stdout)
        row = self.rows()["fib", "direct"]
        self.assertTrue(row["verdict"] == "REGRESSED" and 1.5 < float(row["ratio"]) < 2.5, done.stdout)

    def test_failures_are_no_regressions(self):
        base = self.build("base")
        for name, head, arguments in (
            ("a build that fails", self.build("broken", fails=True), ()),
            ("nothing matches", base, ("--only", "no_such_row")),
            ("too few rounds", base, ("--rounds", 3)),
            ("too little time", base, ("--budget", "0.2s")),
            ("no such engine", base, ("--dispatch", "tail")),
            ("no such option", base, ("--no-such-option",)),
            ("both", base, ("--technique", "direct", "switch", "--dispatch", "direct")),
        ):
            with self.subTest(name):
                shutil.rmtree(self.out, ignore_errors=True)
                done = self.compare(base, head, *arguments)
                self.assertEqual(done.returncode, 2, done.stderr + done.stdout)
                self.assertNotIn("Traceback", done.stderr)
                self.assertFalse(self.out.exists(), "a run without results stays")
        self.assertEqual(self.tool("compare").returncode, 2)
        self.assertEqual(self.tool("compare", "no-such-commit").returncode, 2)
        said = self.tool("compare", "HEAD", "--dispatch", "direct,driect").stderr
        self.assertTrue("no technique is named 'driect'" in said and "build" not in said.splitlines()[-1], said)  # said before anything is built

    def test_matrix(self):
        done = self.compare(self.build("base"), self.build("head", engines={"direct:gcc": 1.0, "switch:gcc": 1.5}), "--dispatch", "direct,switch")
        self.assertEqual(done.returncode, 1, done.stderr + done.stdout)
        self.assertIn("interactions", done.stdout)
        self.assertRegex(done.stdout, r"BINARY_OP.add_int: switch:gcc against direct:gcc 1\.2\d+ .* differs")
        self.assertEqual({technique: row["verdict"] for (bench, technique), row in self.rows().items() if bench == "CALL.builtin_len"},
                         {"direct": "SAME", "switch": "REGRESSED"})  # fmt: skip

    def test_techniques(self):
        done = self.compare(self.build("base"), self.folder / "base", "--technique", "direct", "switch")
        self.assertEqual(done.returncode, 1, done.stderr + done.stdout)
        row = self.rows()["BINARY_OP.add_int", "switch"]
        self.assertEqual((row["base"], row["head"]), ("base/direct:gcc", "head/switch:gcc"))
        self.assertAlmostEqual(float(row["ratio"]), 1.2, delta=0.01)

    def test_resume(self):
        """Killed at any moment, a run leaves whole files and goes on to what it would have found."""
        base, head = self.build("base"), self.build("head", micro=self.slow(1.1))
        whole = self.compare(base, head)
        expected = (self.out / "compare.csv").read_text()
        self.out = self.folder / "stopped"
        command = [ROOT / "tools/compare", "--no-setup", "--base-build", base, "--head-build", head, "--quick", "--rounds", 9, "--seed", 1,
                   "--size", "test", "--out", self.out, "--only", "micro"]  # fmt: skip
        for how in (signal.SIGINT, signal.SIGKILL):
            process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            self.addCleanup(process.kill)
            samples = self.out / "parts" / "samples"
            before = len(list(samples.glob("*.csv"))) if samples.exists() else 0
            while process.poll() is None and not (samples.exists() and len(list(samples.glob("*.csv"))) > before + 2):
                time.sleep(0.01)
            process.send_signal(how)
            _, err = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130 if how == signal.SIGINT else -9, err)
            if how == signal.SIGINT:
                self.assertIn(f"tools/compare --resume {self.out}", err)
            self.assertFalse((self.out / "compare.csv").exists())
            command = [ROOT / "tools/compare", "--no-setup", "--resume", self.out]
        done = self.tool("compare", "--resume", self.out)
        self.assertEqual(done.returncode, whole.returncode, done.stderr)
        found = (self.out / "compare.csv").read_text()
        self.assertEqual(found.replace(self.run_id(self.out), ""), expected.replace(self.run_id(self.folder / "out"), ""))
        self.assertEqual(self.tool("compare", "--resume", self.out).returncode, 2)  # it is finished

    @staticmethod
    def run_id(folder):
        return json.loads((folder / "plan.json").read_text())["run_id"]

    def test_selfcheck_trials(self):
        micro = dict.fromkeys(trials.MICRO, 100.0)
        build = self.build("base", micro=micro, seconds=dict.fromkeys(trials.MACRO, 0.1), checksums=self.checksums())
        done = self.tool("selfcheck", "--aa", 1, "--build", build, "--seed", 1, "--out", self.out)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        self.assertIn("0 of 1 trials: 0 %, 95 % interval [0.0 %, 97.5 %] (Clopper-Pearson)", done.stdout)
        rows = tables.read(self.out / "trials.csv")
        self.assertEqual([row["trial"] for row in rows], ["0"])
        self.assertEqual({row["rows"] for row in rows}, {str(len(trials.MICRO) + len(trials.MACRO))})
        for alone in (["--other-layout"], ["--trials", 3], ["--aa", 1, "--trials", 3]):
            self.assertEqual(self.tool("selfcheck", *alone).returncode, 2, alone)

    @staticmethod
    def checksums():
        rows = tables.read(ROOT / "macrobench" / "expected.csv")
        return {f"{row['program']} {row['size']}": row["checksum"] for row in rows}

    def test_help(self):
        for name in ("compare", "bisect", "selfcheck"):
            done = self.tool(name, "--help")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("examples:", done.stdout)
            self.assertIn("exit codes:", done.stdout)


if __name__ == "__main__":
    unittest.main()
