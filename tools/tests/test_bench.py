"""tools/bench measures, writes four well-formed files, and refuses nonsense: no timing is judged."""
import csv
import io
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import types
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("KRAIT_BUILD", ROOT / "build" / "release"))
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import bench as made, tables  # noqa: E402

FILES = {
    "raw.csv": tables.RAW, "summary.csv": tables.SUMMARY, "fits.csv": tables.FITS, "costs.csv": tables.COSTS, "macro.csv": tables.MACRO, "resources.csv": tables.RESOURCES,
    "env.csv": tables.ENV,
}
TEXTS = {
    "raw.csv": "run_id ts_utc suite bench opcode variant context form technique engine_compiler engine_flags commit "
               "build_id arm body taint baseline",
    "summary.csv": "run_id suite bench opcode variant context form technique engine_compiler engine_flags commit "
                   "counters_source",
    "fits.csv": "run_id bench context form technique engine_compiler",
    "costs.csv": "run_id context form technique engine_compiler instruction group",
    "macro.csv": "command parameter_bench parameter_technique parameter_engine_compiler engine_flags peer "
                 "peer_version commit run_id",
    "resources.csv": "run_id program arm technique engine_compiler engine_flags peer peer_version commit",
    "env.csv": "run_id key value",
}


def bench(*arguments, root=ROOT):
    command = [root / "tools" / "bench", "--no-setup", *arguments]
    return subprocess.run([str(word) for word in command], cwd=root, capture_output=True, text=True, timeout=300)


def quick(folder, *arguments, root=ROOT):
    return bench("--build", BUILD, "--quick", "--processes", 1, "--seed", 1, "--out", folder, *arguments, root=root)


class BenchTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def rows(self, name):
        with open(self.folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def check_files(self):
        """RFC 4180, header first, constant width, numbers in the cells that are no texts."""
        self.assertEqual(sorted(path.name for path in self.folder.iterdir() if path.is_file()), sorted([*FILES, "plan.json"]))
        for name, columns in FILES.items():
            data = (self.folder / name).read_bytes()
            self.assertTrue(data.endswith(b"\n"), name)
            self.assertNotIn(b"\r", data, name)
            self.assertFalse(data.startswith(b"\xef\xbb\xbf"), name)
            rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))
            self.assertEqual(rows[0], columns, name)
            self.assertTrue(all(rows[0]), name)
            texts = TEXTS[name].split()
            for row in rows[1:]:
                self.assertEqual(len(row), len(columns), f"{name}: {row}")
                for column, cell in zip(columns, row):
                    if cell and column not in texts:
                        self.assertRegex(cell, r"^-?\d+(\.\d+)?(e-?\d+)?$", f"{name}: {column}")

    def test_opcodes(self):
        result = quick(self.folder, "--only", "BINARY_OP.add_*", "--dispatch", "switch,direct:gcc")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.check_files()
        self.assertIn("time relative to direct", result.stdout)
        self.assertNotIn("programs", result.stdout)
        summary = self.rows("summary.csv")
        self.assertTrue({"BINARY_OP.add_int", "BINARY_OP.add_float"} <= {row["bench"] for row in summary})
        self.assertEqual({row["technique"] for row in summary}, {"switch", "direct"})
        self.assertTrue(all(row["opcode"] == "BINARY_OP" and row["form"] == "plain" for row in summary))
        raw = self.rows("raw.csv")
        engines = {(row["technique"], row["engine_compiler"]) for row in raw}
        benches = {row["bench"] for row in raw}
        cells = {(row["technique"], row["engine_compiler"], row["context"], row["bench"], row["copies"]) for row in raw if row["body"] == "body" and row["arm"] == "A"}
        self.assertEqual(len(cells), (len(engines) + 2) * len(benches) * 3)  # mono and fresh for direct only
        self.assertEqual(len({(row["bench"], row["context"], row["technique"], row["engine_compiler"]) for row in summary}), len(summary))
        self.assertEqual(len(self.rows("fits.csv")), len(summary))
        self.assertTrue({row["baseline"] or row["bench"] for row in raw} <= {row["bench"] for row in raw if row["body"] == "baseline"})
        self.assertTrue(all(row["counters_source"] for row in summary))
        self.assertEqual(self.rows("macro.csv"), [])

    def test_internal_instruction(self):
        result = quick(self.folder, "--only", "LOAD_FAST_LOAD_FAST.*", "--dispatch", "direct:gcc")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.check_files()
        self.assertEqual({row["opcode"] for row in self.rows("summary.csv")}, {"LOAD_FAST_LOAD_FAST"})
        self.assertEqual({row["context"] for row in self.rows("summary.csv")}, {"mono", "mix", "fresh"})
        self.assertEqual({row["form"] for row in self.rows("raw.csv")}, {"tuned"})

    def test_calibrators(self):
        """The controls of a run: their figures stand in env.csv; whether a busy machine is calibrated is its
        own affair, but what is not is said."""
        result = quick(self.folder, "--only", "SPIN*", "--dispatch", "direct:gcc")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.check_files()
        facts = {row["key"]: row["value"] for row in self.rows("env.csv")}
        self.assertGreater(float(facts["calibration direct:gcc"]), 0)
        self.assertEqual(facts["calibrated"] == "0", "UNCALIBRATED" in result.stdout)
        self.assertEqual({row["context"] for row in self.rows("summary.csv")}, {"mono"})

    def test_programs(self):
        result = quick(self.folder, "--only", "fib", "--dispatch", "direct:gcc,switch:gcc", "--peer", sys.executable)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.check_files()
        self.assertIn("programs, median seconds", result.stdout)
        rows = self.rows("macro.csv")
        self.assertEqual([row["parameter_bench"] for row in rows], ["fib"] * 3)
        self.assertEqual({row["checksum_ok"] for row in rows}, {"1"})
        self.assertEqual([row["peer"] for row in rows], ["", "", sys.executable])
        self.assertTrue(all(float(row["median"]) > 0 for row in rows))
        krait = pathlib.Path(os.path.abspath(BUILD)) / "krait"
        krait = krait.relative_to(ROOT) if krait.is_relative_to(ROOT) else krait
        self.assertTrue(rows[0]["command"].startswith(f"{krait} --dispatch=direct:gcc macrobench/programs/fib.py "), rows[0]["command"])
        self.assertEqual(self.rows("summary.csv"), [])
        raw = self.rows("raw.csv")
        self.assertEqual({(row["suite"], row["bench"], row["arm"]) for row in raw}, {("macro", "fib", "A"), ("macro", "fib", sys.executable)})
        facts = {row["key"]: row["value"] for row in self.rows("env.csv")}
        self.assertTrue({"commit", "seed", "processes", "arguments", "rounds"} <= set(facts))
        self.assertEqual(facts[f"peer_command {sys.executable}"], sys.executable)
        self.assertIn("Python 3", facts[f"peer_version {sys.executable}"])

    def test_resources(self):
        result = quick(self.folder, "--only", "[eb][mi]*", "--dispatch", "direct:gcc", "--peer", sys.executable)  # empty, binary_trees
        self.assertEqual(result.returncode, 0, result.stderr)
        self.check_files()
        rows = {(row["program"], row["peer"]): row for row in self.rows("resources.csv")}
        self.assertEqual(set(rows), {(program, peer) for program in ("empty", "binary_trees") for peer in ("", sys.executable)})
        for (program, peer), row in rows.items():
            self.assertEqual(bool(row["startup_s"]), program == "empty")
            self.assertEqual(bool(row["gc_collections"]), not peer)
            self.assertGreater(int(row["peak_rss_kb"]), int(row["peak_rss_floor_kb"]))
        if "CMAKE_BUILD_TYPE:STRING=Release" in (BUILD / "CMakeCache.txt").read_text():
            self.assertLess(int(rows["empty", ""]["peak_rss_kb"]), 8 * 1024)  # less than what a Python parent would hand on
        self.assertEqual([row["parameter_bench"] for row in self.rows("macro.csv")], ["binary_trees"] * 2)
        self.assertIn("start-up, peak memory and collections", result.stdout)

    def test_wrong_checksum(self):
        root = self.folder / "tree"
        (root / "macrobench").mkdir(parents=True)
        for link in ("tools", "results", "macrobench/programs", "macrobench/manifest.csv", "macrobench/empty.py"):
            (root / link).symlink_to(ROOT / link)
        expected = (ROOT / "macrobench" / "expected.csv").read_text()
        doctored = re.sub(r"^(fib,.*,).*$", r"\1wrong", expected, flags=re.M)
        self.assertNotEqual(doctored, expected)
        (root / "macrobench" / "expected.csv").write_text(doctored)
        result = quick(self.folder, "--only", "[ft]*", "--dispatch", "direct:gcc", root=root)
        self.assertEqual(result.returncode, 4, result.stderr)
        self.assertIn("wrong result: fib under direct:gcc", result.stderr)
        self.check_files()
        rows = {row["parameter_bench"]: row for row in self.rows("macro.csv")}
        self.assertEqual((rows["fib"]["checksum_ok"], rows["fib"]["median"]), ("0", ""))
        self.assertEqual(rows["tak"]["checksum_ok"], "1")

    def start(self, *arguments):
        command = [ROOT / "tools" / "bench", "--no-setup", "--build", BUILD, "--out", self.folder, *arguments]
        return subprocess.Popen([str(word) for word in command], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)

    def parts(self):
        return sorted(self.folder.glob("parts/*/*.csv"))

    def test_a_stopped_run_goes_on(self):
        arguments = ["--quick", "--only", "[et]*", "--dispatch", "direct:gcc", "--processes", "1000", "--seed", "5"]
        for number in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM):
            with self.subTest(number.name):
                self.folder = self.folder / number.name
                process = self.start(*arguments)
                while process.poll() is None and len(self.parts()) < 3:
                    time.sleep(0.05)
                os.killpg(process.pid, number)
                _, err = process.communicate(timeout=60)
                self.assertEqual(process.returncode, -9 if number == signal.SIGKILL else 130, err)
                self.assertNotIn("Traceback", err)
                kept = {path: path.read_bytes() for path in self.parts()}
                self.assertGreaterEqual(len(kept), 3)
                for path in kept:
                    self.assertEqual(len(tables.read(path)), 1)
                for path in (path for path in self.folder.rglob("*") if path.is_file() and path.suffix != ".json"):
                    text = path.read_text()  # whole, whatever its name is
                    self.assertTrue(text.endswith("\n") and text.count("\n") >= 2, path)
                # Less is left to do than the plan says, so that the test ends.
                plan = json.loads((self.folder / "plan.json").read_text())
                rounds = max(int(path.name[:4]) for path in kept) + 1
                plan["facts"]["processes"] = rounds
                (self.folder / "plan.json").write_text(json.dumps(plan))
                result = bench("--resume", self.folder, "--build", BUILD, "--json")
                self.assertEqual(result.returncode, 0, result.stderr)
                self.check_files()
                self.assertEqual(json.loads(result.stdout)["run_id"], plan["run_id"])
                raw = self.rows("raw.csv")
                programs = {row["bench"] for row in raw}
                self.assertEqual(len(raw), rounds * len(programs))
                measured = {(row["bench"], row["round"], row["ts_utc"]) for row in raw}
                for text in kept.values():
                    (row,) = csv.DictReader(io.StringIO(text.decode()))
                    if row["program"] != "empty":
                        self.assertIn((row["program"], row["round"], row["ts_utc"]), measured)
                self.assertIn("is finished", bench("--resume", self.folder, "--build", BUILD).stdout)

    def test_stopped_opcodes_go_on(self):
        """Every process of krait-microbench is a part, and what is finished is not measured again."""
        process = self.start("--quick", "--only", "SPIN*", "--dispatch", "direct", "--processes", "6", "--seed", "5")
        while process.poll() is None and len(self.parts()) < 3:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        kept = {path.name: path.read_bytes() for path in self.parts()}
        self.assertGreaterEqual(len(kept), 3)
        result = bench("--resume", self.folder)  # the plan knows the build
        self.assertEqual(result.returncode, 0, result.stderr)
        self.check_files()
        raw = self.rows("raw.csv")
        engines = {(row["technique"], row["engine_compiler"]) for row in raw}
        processes = {(row["technique"], row["engine_compiler"], row["process"], row["round"]) for row in raw}
        self.assertEqual(len(processes), 6 * len(engines))
        measured = {(row["bench"], row["ts_utc"], row["median_ns"], row["copies"]) for row in raw}
        for text in kept.values():
            for row in csv.DictReader(io.StringIO(text.decode())):
                self.assertIn((row["bench"], row["ts_utc"], row["median_ns"], row["copies"]), measured)

    def test_resume_refuses(self):
        for text, arguments in (("no run there", [self.folder]), ("no run there", ["no-such-run"]), ("takes --seed from the run", [self.folder, "--seed", "3"])):
            result = bench("--build", BUILD, "--resume", *arguments)
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn(text, result.stderr)
        (self.folder / "parts").mkdir()
        plan = {"tool": "bench", "run_id": "r", "arguments": {name: None for name in "only dispatch processes budget seed out quick full".split()}, "facts": {}}
        plan["arguments"]["peer"] = []
        plan["facts"] = {"seed": 1, "processes": 1, "cpu": None, "build_id": "another"}
        for change, text in (({}, "another build"), ({"tool": "ablate"}, "a run of tools/ablate"), ({"facts": None, "tool": 3}, "a run of tools/3")):
            (self.folder / "plan.json").write_text(json.dumps(plan | change))
            result = bench("--build", BUILD, "--resume", self.folder)
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn(text, result.stderr)
        result = quick(self.folder)
        self.assertIn("holds a run already", result.stderr)
        (self.folder / "plan.json").rename(self.folder / "env.csv")  # as of a profile, or of an imported run
        self.assertIn("holds a run already", quick(self.folder).stderr)

    def test_several_globs(self):
        """As everywhere: commas separate globs, over both halves."""
        result = quick(self.folder, "--only", "fi[b],ta*,NOP.plain,SPIN8.*", "--dispatch", "direct:gcc")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual({row["parameter_bench"] for row in self.rows("macro.csv")}, {"fib", "tak"})
        self.assertLessEqual({"NOP.plain", "SPIN8.before_SPIN64"}, {row["bench"] for row in self.rows("summary.csv")})
        for only, halves in ((None, (None, None)), ("micro", (None, "")), ("macro,NOP.*", ("NOP.*", None)), ("fib,N*", ("fib,N*", "fib,N*"))):
            run = types.SimpleNamespace(arguments=types.SimpleNamespace(only=only))
            self.assertEqual(tuple(made.Run.only(run, half) for half in ("micro", "macro")), halves, only)

    def test_nothing_matches(self):
        result = quick(self.folder, "--only", "no_such_thing")
        self.assertEqual(result.returncode, 2, result.stdout)
        self.assertIn("nothing matches 'no_such_thing'", result.stderr)
        self.assertFalse(self.folder.exists())

    def test_the_folder_may_be_somebodys(self):
        """Whatever stood in the folder of --out before is there behind a run without results."""
        (self.folder / "thesis.txt").write_text("a\n")
        quick(self.folder, "--only", "no_such_thing")
        self.assertEqual([path.name for path in self.folder.iterdir()], ["thesis.txt"])
        (self.folder / "parts").mkdir()
        result = quick(self.folder, "--only", "no_such_thing")
        self.assertEqual(result.returncode, 2, result.stdout)
        self.assertIn("is there already", result.stderr)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["parts", "thesis.txt"])

    def test_wrong_usage(self):
        usage = {
            "unknown option": ["--no-such-option"],
            "unknown technique": ["--dispatch", "threaded"],
            "unknown compiler": ["--dispatch", "direct:no-such-compiler"],
            "no processes": ["--processes", "0"],
            "no build": ["--build", self.folder / "nothing"],
            "no peer": ["--peer", self.folder / "nothing", "--only", "fib", "--dispatch", "direct:gcc"],
        }
        for name, arguments in usage.items():
            with self.subTest(name):
                result = quick(self.folder, *arguments)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertNotIn("Traceback", result.stderr)
                self.assertTrue(result.stderr)

    def test_help(self):
        result = bench("--help")
        self.assertEqual(result.returncode, 0, result.stderr)
        for option in ("--quick", "--only", "--dispatch", "--peer", "--out", "--build", "--processes", "--seed"):
            self.assertIn(option, result.stdout)


if __name__ == "__main__":
    unittest.main()
