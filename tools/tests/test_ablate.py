"""tools/ablate measures every knob and allocator that krait lists, and writes well-formed files."""
import csv
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("KRAIT_BUILD", ROOT / "build" / "release"))
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import ablate, report, tables  # noqa: E402


def command(*arguments):
    return [str(word) for word in (ROOT / "tools" / "ablate", "--no-setup", "--build", BUILD, *arguments)]


def run(*arguments):
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=300)


def listed(option):
    return json.loads(subprocess.run([BUILD / "krait", option, "--json"], capture_output=True, text=True, check=True).stdout)


class AblateTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def rows(self, name):
        with open(self.folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def test_everything_that_krait_lists(self):
        result = run("--quick", "--rounds", 3, "--only", "[ft][ia][bk]", "--seed", 1, "--out", self.folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        names = {row["name"] for row in listed("--knobs")} | {"none", "all"}
        names |= {f"allocator={row['name']}" for row in listed("--allocator=list") if not row["default"]}
        rows = self.rows("ablation.csv")
        self.assertEqual({(row["knob"], row["program"]) for row in rows}, {(name, program) for name in names for program in ("*", "fib", "tak")})
        for row in rows:
            self.assertEqual((row["technique"], row["engine_compiler"], row["rounds"]), ("direct", "gcc", "3"))
            self.assertLessEqual(float(row["ci_lo"]), float(row["ratio"]))
            self.assertLessEqual(float(row["ratio"]), float(row["ci_hi"]))
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), sorted([*ablate.FILES, "plan.json"]))
        # A ratio can be made again from the times.
        times = {(row["bench"], row["arm"], row["round"]): float(row["median_ns"]) for row in tables.read(self.folder / "raw.csv")}
        self.assertEqual(len(times), 2 * 3 * (len(names) + 1))
        ratios = sorted(times["fib", "all", f"{number}"] / times["fib", "A", f"{number}"] for number in range(3))
        (row,) = (row for row in rows if (row["knob"], row["program"]) == ("all", "fib"))
        self.assertAlmostEqual(float(row["ratio"]), ratios[1], 3)
        for name in names:
            self.assertIn(f"\n  {name} ", result.stdout)

    def test_some_knobs_as_json(self):
        result = run("--quick", "--rounds", 1, "--only", "fib", "--knob", "allocator=l*", "--dispatch", "switch:gcc", "--out", self.folder, "--json", "--quiet")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        found = json.loads(result.stdout)
        self.assertEqual([(row["knob"], row["program"], row["technique"]) for row in found["ablation"]], [("none", "fib", "switch"), ("allocator=libc", "fib", "switch")])
        self.assertEqual([row["ci_lo"] for row in self.rows("ablation.csv")], ["", ""])  # one round has no interval

    def test_goes_on(self):
        process = subprocess.Popen(command("--quick", "--rounds", 20, "--only", "[ft]*", "--knob", "all", "--out", self.folder), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
        while process.poll() is None and not list(self.folder.glob("parts/*/*.csv")):
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, err)
        self.assertIn(f"tools/ablate --resume {self.folder}", err)
        result = run("--resume", self.folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual({row["rounds"] for row in self.rows("ablation.csv")}, {"20"})

    def test_wrong_usage(self):
        for arguments, text in ((["--knob", "no_such_*"], "nothing matches 'no_such_*'"), (["--only", "nosuch"], "nothing matches 'nosuch'"),
                                (["--rounds", "0"], "positive"), (["--dispatch", "threaded"], "no technique is named 'threaded'"), (["--dispatch", "direct:tcc"], "no engine 'direct:tcc'"), (["--budget", "soon"], "wants a time")):
            result = run("--quick", "--out", self.folder / "run", *arguments)
            self.assertEqual(result.returncode, 2, result.stdout)
            self.assertIn(text, result.stderr)
            self.assertFalse((self.folder / "run").exists())

    def test_report(self):
        rows = [{"technique": "direct", "engine_compiler": "gcc", "knob": knob, "program": program, "ratio": ratio, "ci_lo": ratio, "ci_hi": ratio}
                for knob, ratios in (("little", (1.01, 1.0, 1.02)), ("much", (1.5, 1.2, 2.0))) for program, ratio in zip(("*", "fib", "tak"), ratios)]
        lines = list(report.ablation(rows))
        self.assertEqual([line.split()[0] for line in lines[2:]], ["much", "little"])  # what is worth most comes first
        self.assertIn("tak 2.000 [2.000, 2.000]", lines[2])
        self.assertEqual(list(report.ablation([])), [])


if __name__ == "__main__":
    unittest.main()
