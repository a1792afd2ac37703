"""Layouts and instruction counts: what is kept is found again, what changes is made anew. Nothing is built."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import instructions, layouts  # noqa: E402


class Folder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = pathlib.Path(holder.name)
        (self.root / "interp" / "tests").mkdir(parents=True)
        (self.root / "interp" / "a.c").write_text("int a;\n")
        (self.root / "CMakeLists.txt").write_text("project(x)\n")


class LayoutsTest(Folder):
    def fake_run(self, command, root):
        """Stands for cmake: leaves what a build leaves."""
        self.commands.append(command)
        if "--build" in command:
            work = pathlib.Path(command[2])
            (work / "generated").mkdir(parents=True, exist_ok=True)
            for name in layouts.COPIED:
                (work / name).write_text("made")

    def build(self, seed, *definitions):
        self.commands = []
        with mock.patch.object(layouts, "_run", self.fake_run):
            return pathlib.Path(layouts.build(str(self.root), seed, definitions))

    def test_built_once(self):
        first = self.build(3)
        self.assertEqual(sorted(path.name for path in first.iterdir()), ["CMakeCache.txt", "generated", "krait", "krait-microbench"])
        self.assertTrue(any("-DKRAIT_LAYOUT_SEED=3" in command for command in self.commands))
        self.assertEqual(self.build(3), first)
        self.assertEqual(self.commands, [])
        self.assertNotEqual(self.build(4), first)
        self.assertNotEqual(self.build(3, "-DX=1"), first)

    def test_other_sources_are_another_build(self):
        first = self.build(1)
        (self.root / "interp" / "tests" / "test.py").write_text("pass\n")
        self.assertEqual(self.build(1), first)
        (self.root / "interp" / "a.c").write_text("int b;\n")
        self.assertNotEqual(self.build(1), first)

    def test_old_ones_go(self):
        kept = [self.build(seed) for seed in range(layouts.KEPT_FOLDERS + 3)]
        for age, folder in enumerate(kept):
            if folder.exists():
                os.utime(folder, (1000 + age, 1000 + age))
        (kept[-1].parent / "killed-1.part").mkdir()
        last = self.build(99)
        left = {path.name for path in last.parent.iterdir()} - {"work"}
        self.assertEqual(len(left), layouts.KEPT_FOLDERS + 1)
        self.assertIn(last.name, left)
        self.assertNotIn("killed-1.part", left)

    def test_a_failed_build_leaves_nothing(self):
        with mock.patch.object(layouts, "_run", side_effect=layouts.BuildFailed("no")), self.assertRaises(layouts.BuildFailed):
            layouts.build(str(self.root), 7)
        self.assertFalse(os.path.exists(layouts.path_of(str(self.root), 7)))

    def test_orders_of_cmake(self):
        """The real shuffling: the handlers' files are all there, in an order that the seed decides."""
        orders = {}
        for seed in (1, 2, 1):
            script = self.root / "script.cmake"
            script.write_text(
                f'set(PROJECT_SOURCE_DIR "{ROOT}")\nset(PROJECT_BINARY_DIR "{self.root}/build")\n'
                f'set(krait_include_directories "")\ninclude("{ROOT}/interp/cmake/layout.cmake")\n'
                'set(words c b a d)\nkrait_shuffle(words)\nmessage("words ${words}")\nkrait_layout_handlers()\n'
            )
            done = subprocess.run(["cmake", f"-DKRAIT_LAYOUT_SEED={seed}", "-P", script], capture_output=True, text=True, check=True)
            made = (self.root / "build" / "generated" / "layout" / "vm" / "handlers.inc").read_text()
            files = re.findall(r'^#include "(vm/handlers/\w+\.inc)"$', made, re.M)
            self.assertEqual(sorted(files), sorted(re.findall(r'"(vm/handlers/\w+\.inc)"', (ROOT / "interp/vm/handlers.inc").read_text())))
            words = re.search(r"words (.*)", done.stderr)[1].split(";")
            self.assertEqual(sorted(words), ["a", "b", "c", "d"])
            self.assertIn(orders.setdefault(seed, (files, words)), [(files, words)])
        self.assertNotEqual(orders[1], orders[2])


class Engine:
    name, technique, compiler = "direct:gcc", "direct", "gcc"


class InstructionsTest(Folder):
    def collect(self, **options):
        return instructions.collect(str(self.root), str(self.root / "CMakeLists.txt"), [Engine], ["plain"], **options)

    def test_kept_by_build(self):
        rows = [{"bench": "NOP.plain", "body": "body", "instructions": "4.0000"}, {"bench": "NOP.plain", "body": "baseline", "instructions": "0.0000"}]
        key = ("NOP.plain", "plain", "direct", "gcc")
        with mock.patch.object(instructions.shutil, "which", return_value="/usr/bin/valgrind"), mock.patch.object(instructions, "count", return_value=rows) as count:
            for _ in range(2):
                found = self.collect()
                self.assertEqual((found.text(*key), found.source(*key)), ("4.00", "callgrind"))
            self.assertEqual(count.call_count, 1)
            (self.root / "CMakeLists.txt").write_text("another build")
            self.collect()
            self.assertEqual(count.call_count, 2)

    def test_hardware(self):
        """The processor's counters serve where callgrind does not run; an empty cell has a reason."""
        key = {"form": "plain", "context": "mono", "technique": "direct", "engine_compiler": "gcc", "layout_seed": "0", "process": "0", "arm": "A"}
        rows = [
            dict(key, bench="NOP.plain", body=body, copies=str(copies), baseline="NOP.plain", hw_instructions=str(70 + slope * copies))
            for body, slope in (("body", 5), ("baseline", 1)) for copies in (100, 200, 400)
        ]
        found = instructions.Counters("not counted")
        found.add_hardware(rows)
        name = ("NOP.plain", "plain", "direct", "gcc")
        self.assertEqual((found.text(*name), found.source(*name)), ("4.00", "perf_event"))
        self.assertEqual(found.source("other"), "not counted")
        self.assertEqual(instructions.hardware_reason(rows), "")
        self.assertTrue(instructions.hardware_reason([dict(row, hw_instructions="") for row in rows]))

    def test_reasons(self):
        key = ("NOP.plain", "plain", "direct", "gcc")
        with mock.patch.object(instructions.shutil, "which", return_value=None):
            found = self.collect()
        self.assertEqual((found.text(*key), found.source(*key)), ("", "valgrind is not installed"))
        self.assertEqual(self.collect(only_known=True).source(*key), "not counted")
        failed = subprocess.CalledProcessError(1, ["valgrind"])
        with mock.patch.object(instructions.shutil, "which", return_value="/usr/bin/valgrind"), mock.patch.object(instructions, "count", side_effect=failed):
            self.assertIn("callgrind failed", self.collect().source(*key))


if __name__ == "__main__":
    unittest.main()
