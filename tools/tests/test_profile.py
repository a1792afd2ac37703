"""tools/profile: reading perf's output, giving machine code to handlers, joining both sides; and real runs
under every engine, where perf can record: opcodes that do not run get no samples, calibrators get theirs."""
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("KRAIT_BUILD", ROOT / "build" / "release"))
KRAIT = BUILD / "krait"
QUICK = os.environ.get("KRAIT_MODE", "quick") == "quick"
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import engines, schema, tables  # noqa: E402
from profiling import annotate, attribution, difference, engine_map, flame, perf, python_side  # noqa: E402

RECORDED = pathlib.Path(__file__).resolve().parent / "perf_script.txt"
SPIN = """
def kernel(n):
    for i in range(n):
        pass
kernel(250000)
"""
WORK = """
import sys
class Point:
    def __init__(self, x): self.x = x
    def moved(self, by): return Point(self.x + by)
def inner(n):
    point, total = Point(1), 0.5
    for i in range(n):
        point = point.moved(i & 3)
        total = total * 0.5 + point.x % 7
    return total
def outer(n): return inner(n)
print(outer(int(sys.argv[1])))
"""

FLOATS = """
import sys
def multiply(n, x):
    for i in range(n):
        x = x * 1.25 * 0.8 * 1.25 * 0.8 * 1.25 * 0.8 * 1.25 * 0.8
    return x
print(multiply(int(sys.argv[1]), 1.5))
"""


def profile(*arguments, **options):
    command = [ROOT / "tools" / "profile", "--no-setup", *arguments]
    return subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, timeout=500, **options)


def need_perf(test):
    try:
        perf.require()
    except perf.NoPerf as problem:
        test.skipTest(str(problem))
    if not re.search(r"RELEASE|Release", (BUILD / "CMakeCache.txt").read_text()) or "CMAKE_BUILD_TYPE:STRING=Checked" in (BUILD / "CMakeCache.txt").read_text():
        test.skipTest("not a release build")


class FakeResolver(attribution.Resolver):
    """Engine code lies at 0x100000 to 0x200000: a handler every 0x1000."""

    OWNERS = [("opcode", "LOAD_FAST"), ("opcode", "CALL"), engine_map.DISPATCH, ("shared", "shared:raise")]

    def __init__(self):  # pylint: disable=super-init-not-called
        self.binary = "/build/krait"
        self.symbols = self.map = self

    def address(self, address):
        return address

    def owner(self, address):
        return self.OWNERS[address >> 12 & 3] if 0x100000 <= address < 0x200000 else None


class PerfTextTest(unittest.TestCase):
    def setUp(self):
        self.samples = list(perf.samples(RECORDED.read_text()))

    def test_samples(self):
        self.assertEqual(len(self.samples), 6)
        self.assertEqual({period for period, _ in self.samples}, {500250})
        self.assertEqual([len(frames) for _, frames in self.samples], [3, 4, 6, 3, 2, 1])

    def test_frames(self):
        _, frames = self.samples[1]
        self.assertEqual((frames[0].address, frames[0].symbol, frames[0].file), (0xb5000, "list_append", "/build/krait"))
        self.assertTrue(self.samples[2][1][0].is_kernel())
        self.assertFalse(frames[0].is_kernel())
        self.assertFalse(self.samples[5][1][0].is_kernel())  # [unknown]

    def test_attribution(self):
        found = attribution.Profile.read(self.samples, FakeResolver(), 2)
        self.assertEqual(found.total, 6)
        self.assertAlmostEqual(found.seconds_each, 500250e-9 / 2)
        owners = found.owners()
        self.assertEqual(owners["opcode", "LOAD_FAST"], [1, 1])
        self.assertEqual(owners["opcode", "CALL"], [0, 2])  # in a C function, and in the kernel below one
        self.assertEqual(owners[engine_map.DISPATCH], [1, 1])
        self.assertEqual(owners[attribution.OUTSIDE], [0, 1])
        self.assertEqual(owners[attribution.UNATTRIBUTED], [1, 1])
        helpers = found.helpers()
        self.assertEqual(helpers["helper", "list_append"], [1, 2])
        self.assertEqual(helpers["helper", "[kernel] exc_page_fault"], [1, 1])
        self.assertEqual(found.engine_samples(), 2)

    def test_nested_engine(self):
        """The innermost engine counts: a C function between two engines belongs to neither."""
        frames = [perf.Frame(0x100000, "run", "/build/krait"), perf.Frame(0x1, "sort", "/build/krait"), perf.Frame(0x101000, "run", "/build/krait")]
        sample = FakeResolver().stack(frames)
        self.assertEqual((sample.owner, sample.helpers), (("opcode", "LOAD_FAST"), ()))

    def test_interval(self):
        share, low, high = attribution.interval(50, 100)
        self.assertEqual(share, 0.5)
        self.assertAlmostEqual(low, 0.4038, 3)
        self.assertAlmostEqual(high, 0.5962, 3)
        self.assertEqual(attribution.interval(0, 100)[:2], (0, 0))
        self.assertGreater(attribution.interval(0, 100)[2], 0)
        self.assertTrue(math.isnan(attribution.interval(0, 0)[0]))


DOCUMENT = {
    "hz": 1000, "samples": 10, "dropped": 0,
    "locations": [["main", "/a/b.py", 3, 9, 20], ["C.f;g", "/a/b.py", 1, 2, 4]],
    "stacks": [[6, "LOAD_FAST", 0x100000, False, [0, 1]], [3, "CALL", 0x1, False, [0]], [1, None, 0x2, True, []]],
}


class JoinTest(unittest.TestCase):
    def test_functions(self):
        samples = python_side.Samples(DOCUMENT)
        self.assertEqual(samples.functions(), {("function", "main (b.py:3)"): [3, 9], ("function", "C.f:g (b.py:1)"): [6, 6], ("function", "..."): [1, 1]})
        self.assertEqual(samples.lines()["line", "b.py:2 C.f:g (b.py:1)"], [6, 6])

    def test_recursion_counts_once(self):
        document = dict(DOCUMENT, stacks=[[5, "CALL", 1, False, [0, 0, 0]]])
        self.assertEqual(python_side.Samples(document).functions(), {("function", "main (b.py:3)"): [5, 5]})

    def test_spread(self):
        """An opcode's time goes to the stacks in which the sampler met it."""
        class Resolver:
            def address(self, address):
                return (("opcode", "LOAD_FAST"), None) if address == 0x100000 else (None, "list_append")

        profiled = attribution.Profile({(("opcode", "LOAD_FAST"), ()): 4, (("opcode", "CALL"), ("list_append",)): 2, (attribution.OUTSIDE, ()): 1}, 0.001)
        folded = python_side.fold(profiled, python_side.Spread(python_side.Samples(DOCUMENT), Resolver()))
        self.assertEqual(
            {frames: round(micro) for frames, micro in folded.items()},
            {("main (b.py:3)", "C.f:g (b.py:1)", "LOAD_FAST"): 4000, ("main (b.py:3)", "CALL", "list_append"): 2000, ("outside the engine",): 1000},
        )
        self.assertEqual(list(python_side.folded_lines(folded))[0], "main (b.py:3);C.f:g (b.py:1);LOAD_FAST 4000")

    def test_flame_graph(self):
        folded = {("main (b.py:3)", "CALL", "<odd> & \"name\""): 3000.0, ("main (b.py:3)", "LOAD_FAST"): 1000.0}
        text = flame.svg(folded, "a & b", "c < d")
        root = xml.etree.ElementTree.fromstring(text)
        frames = {group.attrib["data-n"]: float(group.attrib["data-w"]) for group in root.iter("{http://www.w3.org/2000/svg}g")}
        self.assertEqual(frames, {"all": 1.0, "main (b.py:3)": 1.0, "CALL": 0.75, "<odd> & \"name\"": 0.75, "LOAD_FAST": 0.25})
        self.assertEqual(flame.kind("LOAD_FAST", 1), "opcode")
        self.assertEqual(flame.kind("list_append", 1), "helper")


class DifferenceTest(unittest.TestCase):
    def write(self, folder, seconds, total, technique="direct"):
        known = {"schema": 1, "run_id": "r", "program": "p", "technique": technique, "engine_compiler": "gcc", "event": "cpu-clock", "hz": 1999}
        rows = [dict(known, kind="opcode", name="CALL", self=1, total=total, seconds=f"{seconds:.6f}"), dict(known, kind="line", name="a", self=1, total=1, seconds="1.0")]
        os.makedirs(folder)
        tables.write(os.path.join(folder, "profile.csv"), tables.PROFILE, rows)
        return folder

    def test_difference(self):
        with tempfile.TemporaryDirectory() as folder:
            base = difference.Side(self.write(f"{folder}/a", 0.1, 400))
            head = difference.Side(self.write(f"{folder}/b", 0.2, 400) + "@direct")
            ((kind, name, before, after, change, half),) = difference.compare(base, head)
            self.assertEqual((kind, name, before, after, change), ("opcode", "CALL", 0.1, 0.2, 0.1))
            self.assertAlmostEqual(half, 1.96 * math.hypot(0.1 / 20, 0.2 / 20))
            self.assertIn("*", list(difference.lines(base, head, 5))[2])

    def test_command(self):
        with tempfile.TemporaryDirectory() as folder:
            base, head = self.write(f"{folder}/a", 0.1, 400), self.write(f"{folder}/b", 0.2, 400)
            result = profile("--diff", base, head)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertRegex(result.stdout, r"100\.00 +200\.00 +\+100\.00 \* \[.*\] +CALL")
            rows = json.loads(profile("--diff", base, head, "--json").stdout)
            self.assertAlmostEqual(rows[0]["change_seconds"], 0.1)
            for wrong in ([base, f"{head}@tail"], [base, folder], [base]):
                result = profile("--diff", *wrong)
                self.assertEqual((result.returncode, "Traceback" in result.stderr), (2, False), result.stderr)


class EngineMapTest(unittest.TestCase):
    """The line table of the real executable."""

    @classmethod
    def setUpClass(cls):
        cls.symbols = engine_map.Symbols(str(KRAIT))
        cls.engines = engines.built(str(KRAIT))

    def handlers(self):
        text = "\n".join(path.read_text() for path in (ROOT / "interp" / "vm" / "handlers").glob("*.inc"))
        bodies = re.findall(r"^HANDLER\((\w+)\) \{(.*?)\}$", text, re.M | re.S)
        return {name for name, body in bodies if not re.fullmatch(r"\s*GO_SHARED\(\w+\);\s*", body)}  # which is no code

    def test_every_handler_has_code(self):
        handlers = self.handlers()
        for engine in self.engines:
            with self.subTest(engine.name):
                owners = set(engine_map.EngineMap(str(KRAIT), self.symbols, engine.technique, engine.compiler).owners.values())
                found = {name for kind, name in owners if kind == "opcode"}
                # `switch` compiles equal handlers to one.
                self.assertGreaterEqual(len(found), len(handlers) * (0.85 if engine.technique == "switch" else 0.99), handlers - found)
                self.assertIn(engine_map.DISPATCH, owners)

    def test_pieces_cover_the_engine(self):
        engine = self.engines[0]
        found = engine_map.EngineMap(str(KRAIT), self.symbols, engine.technique, engine.compiler)
        pieces = found.pieces()
        self.assertEqual(sum(end - start for start, end, _ in pieces), sum(end - start for start, end, _ in found.functions))
        for start, end, owner in pieces[:50]:
            self.assertEqual((found.owner(start), found.owner(end - 1)), (owner, owner))
        self.assertIsNone(found.owner(found.functions[0][0] - 1))

    def test_addr2line_agrees(self):
        """Where llvm-symbolizer is missing, gcc's tables are read as well."""
        engine = next(engine for engine in self.engines if engine.compiler == "gcc" and engine.technique == "direct")
        found = engine_map.EngineMap(str(KRAIT), self.symbols, engine.technique, engine.compiler)
        whole = engine_map.symbolize
        engine_map.symbolize = engine_map._by_addr2line
        try:
            other = engine_map.EngineMap(str(KRAIT), self.symbols, engine.technique, engine.compiler)
        finally:
            engine_map.symbolize = whole
        same = sum(found.owners[address] == other.owners[address] for address in found.owners)
        self.assertGreater(same / len(found.owners), 0.98)

    def test_unknown_engine_and_stripped_file(self):
        with self.assertRaises(engine_map.NoLineTable):
            engine_map.EngineMap(str(KRAIT), self.symbols, "threaded", "gcc")
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(KRAIT, f"{folder}/krait")
            subprocess.run(["strip", f"{folder}/krait"], check=True)
            with self.assertRaises(engine_map.NoLineTable):
                engine_map.Symbols(f"{folder}/krait")


class CommandTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def write(self, text):
        path = self.folder / "program.py"
        path.write_text(text)
        return path

    def rows(self, *arguments):
        result = profile("--build", BUILD, "--json", "-q", "--out", self.folder / "run", *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        found = {}
        for row in json.loads(result.stdout)["rows"]:
            found.setdefault(f"{row['technique']}:{row['engine_compiler']}", []).append(row)
        return found

    def chosen(self):
        """All engines; with --quick one of each technique, by different compilers."""
        names = [engine.name for engine in engines.built(str(KRAIT))]
        return ",".join(name for name in names if not QUICK or name in ("switch:clang-19", "call:gcc", "token:gcc", "direct:gcc", "tail:clang-19"))

    def test_opcodes_that_do_not_run_get_no_samples(self):
        need_perf(self)
        for engine, rows in self.rows(self.write(WORK), "--dispatch", self.chosen(), "--no-python", "--seconds", 0.6, "--", 300000).items():
            with self.subTest(engine):
                places = [row for row in rows if row["kind"] not in ("helper", "function", "line")]
                total = sum(row["total"] for row in places)
                self.assertGreater(total, 300)
                idle = [(row["name"], row["total"]) for row in places if row["kind"] == "opcode" and row["executed"] == 0]
                self.assertLessEqual(sum(count for _, count in idle), 0.005 * total, idle)
                lost = sum(row["total"] for row in places if row["kind"] == "unattributed")
                self.assertLessEqual(lost, 0.05 * total)
                ran = {row["name"]: row for row in places if row["kind"] == "opcode" and row["executed"]}
                self.assertGreater(ran["CALL"]["total"], 0.01 * total)

    def test_calibrators_get_their_samples(self):
        need_perf(self)
        injected = "--option=--inject=JUMP_BACKWARD=" + "+".join(["SPIN32"] * 120)
        for engine, rows in self.rows(self.write(SPIN), "--dispatch", self.chosen(), "--no-python", "--no-counts", "--seconds", 0.3, injected).items():
            with self.subTest(engine):
                own = {row["name"]: row["self"] for row in rows if row["kind"] in ("opcode", "dispatch", "shared")}
                expected = ["SPIN32"]
                if engine.startswith(("switch", "call")):  # which jump in code that handlers share
                    expected += ["dispatch", "shared:merged"]
                share = sum(own.get(name, 0) for name in expected) / sum(own.values())
                self.assertGreaterEqual(share, 0.9, own)  # 0.95 and more on a machine that does nothing else
                self.assertGreater(own["SPIN32"], 0.5 * sum(own.values()))

    def test_files(self):
        need_perf(self)
        rows = self.rows(self.write(WORK), "--dispatch", "direct:gcc", "--seconds", 0.3, "--", 200000)["direct:gcc"]
        functions = {row["name"].split(" ")[0]: row for row in rows if row["kind"] == "function"}
        self.assertGreater(float(functions["inner"]["share"]), 0.5)
        self.assertGreater(float(functions["outer"]["share"]), 0.8)
        self.assertGreater(functions["Point.__init__"]["self"], 0)
        run = self.folder / "run"
        for name in ("profile.csv", "counts.csv", "env.csv"):
            self.assertTrue(list(schema.rows(str(run / name), schema.FILES[name])), name)
        folded = (run / "stacks-direct-gcc.folded").read_text().splitlines()
        self.assertTrue(all(re.fullmatch(r".+ \d+", line) for line in folded))
        self.assertTrue(any(line.startswith("<module> (program.py:1);outer (program.py:12);inner (program.py:6);") for line in folded), folded[:5])
        text = (run / "flame-direct-gcc.svg").read_text()
        xml.etree.ElementTree.fromstring(text)
        self.assertIn('data-n="Point.moved (program.py:5)"', text)
        self.assertEqual([path.name for path in run.iterdir() if path.name.endswith((".part", ".data"))], [])

    def test_annotate(self):
        """`perf annotate` shows the machine code of one handler, in an engine that is one function too."""
        need_perf(self)
        for name in ("direct:gcc", "tail:clang-19"):
            if name not in [engine.name for engine in engines.built(str(KRAIT))]:
                continue
            with self.subTest(name):
                result = profile("--build", BUILD, "-q", "--out", self.folder / name, "--no-python", "--no-counts", "--seconds", 0.3,
                                 "--dispatch", name, "--annotate", "BINARY_OP_MULTIPLY_FLOAT", "--keep", self.write(FLOATS), "--", 400000)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertIn("<op_BINARY_OP_MULTIPLY_FLOAT", result.stdout)
                self.assertIn("value_try_flonum", result.stdout)  # source lines among the machine code
                self.assertRegex(result.stdout, r"\n +[1-9]\d*\.\d+ +: +[0-9a-f]+:")
                data, symfs = self.folder / name / f"perf-{name.replace(':', '-')}.data", self.folder / name / f"symfs-{name.replace(':', '-')}"
                line = annotate.command(str(data), str(symfs), "op_BINARY_OP_MULTIPLY_FLOAT")
                self.assertIn("op_BINARY_OP_MULTIPLY_FLOAT", subprocess.run(line, capture_output=True, text=True, check=True).stdout)
        result = profile("--build", BUILD, "-q", "--out", self.folder / "x", "--no-python", "--no-counts", "--seconds", 0.1, "--annotate", "NO_SUCH", self.write(WORK), "--", 1000)
        self.assertEqual((result.returncode, "no handler is named 'NO_SUCH'" in result.stderr), (2, True), result.stderr)

    def test_without_perf(self):
        """Krait's own sampler needs nothing but a timer."""
        rows = self.rows(self.write(WORK), "--no-perf", "--seconds", 0.3, "--", 200000)["direct:gcc"]
        kinds = {row["kind"] for row in rows}
        self.assertLessEqual({"opcode", "function", "line"}, kinds)
        self.assertNotIn("helper", kinds)
        functions = {row["name"].split(" ")[0]: row for row in rows if row["kind"] == "function"}
        self.assertGreater(float(functions["outer"]["share"]), 0.8)
        folded = profile("--build", BUILD, "-q", "--out", self.folder / "run2", "--no-perf", "--folded", "--seconds", 0.2, self.write(WORK), "--", 100000).stdout
        self.assertRegex(folded, r"outer \(program\.py:12\);inner \(program\.py:6\);program\.py:9;\w+ \d+\n")
        again = profile("--build", BUILD, "-q", "--out", self.folder / "run", "--no-perf", self.write(WORK), "--", 100000)
        self.assertEqual((again.returncode, "holds a run already" in again.stderr), (2, True), again.stderr)

    def test_errors(self):
        good = self.write(WORK)
        wrong = {
            "no program": [], "unknown program": ["no_such_program"], "unknown engine": ["fib", "--dispatch", "threaded"],
            "nothing left": ["fib", "--no-perf", "--no-python"], "bad time": ["fib", "--seconds", "0"], "program fails": [good, "--", "x"],
            "no build": ["fib", "--build", self.folder / "nothing"], "no run": ["--diff", "no-such-run", "no-such-run"],
        }
        for name, arguments in wrong.items():
            with self.subTest(name):
                building = [] if "--build" in arguments else ["--build", BUILD]
                result = profile(*building, "-q", "--out", self.folder / "run", *arguments)
                self.assertEqual((result.returncode, result.stderr.startswith("Traceback")), (2, False), result.stderr)
                self.assertTrue(result.stderr.strip())

    def test_the_program_says_why_it_fails(self):
        for text, said in (("1 / 0\n", "ZeroDivisionError: division by zero\n"), ("raise SystemExit(3)\n", "ended with exit code 3\n")):
            for arguments in ([], ["--no-counts", "--no-perf"]):
                result = profile("--build", BUILD, "-q", "--out", self.folder / "run", "--no-perf", *arguments, self.write(text))
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertTrue(result.stderr.endswith(said), result.stderr)

    def with_fake_perf(self, script):
        """A run in which `perf` is this script, or missing if it is None."""
        tools = self.folder / "bin"
        tools.mkdir()
        for name in ("sh", "dirname", "git", "env", "sha256sum"):
            (tools / name).symlink_to(shutil.which(name))
        if script:
            (tools / "perf").write_text(f"#!/bin/sh\n{script}\n")
            (tools / "perf").chmod(0o755)
        return profile("--build", BUILD, "-q", "--no-counts", "--out", self.folder / "run", self.write(WORK), "--", 10, env=dict(os.environ, PATH=str(tools)))

    def test_perf_is_missing(self):
        result = self.with_fake_perf(None)
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn("linux-perf", result.stderr)
        self.assertIn("--no-perf", result.stderr)

    def test_perf_is_not_allowed(self):
        result = self.with_fake_perf("echo 'Error: Access limited: consider adjusting /proc/sys/kernel/perf_event_paranoid' >&2; exit 255")
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn("kernel.perf_event_paranoid=1", result.stderr)


if __name__ == "__main__":
    unittest.main()
