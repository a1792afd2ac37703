"""The parts of tools/compare, bisect and selfcheck: the rule on made-up rounds, code, processes, searching,
calibrating, tuning a machine that is a folder."""
import concurrent.futures
import json
import math
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("KRAIT_BUILD", ROOT / "build" / "release"))
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import bisection, builds, code, compare, counting, fitness, instructions, paired, selfcheck, trials, verdicts  # noqa: E402

ENGINE = "direct:gcc"
def rounds(changes, count=20, spread=0.004, seed=1, again=0.0, layouts=2):
    """{(bench, engine): Rounds}: head differs by the logarithms in `changes`, base from itself by `again`."""
    found = {}
    for bench, change in changes.items():
        generator = random.Random(f"{seed} {bench}")
        base = [math.exp(generator.gauss(0, 0.2)) for _ in range(count)]
        values = {arm: [value * math.exp(generator.gauss(off, spread)) for value in base] for arm, off in (("B", change), ("A2", again))}
        found[bench, ENGINE] = verdicts.Rounds(dict(values, A=base), [str(number % layouts) for number in range(count)])
    return found


def rows_of(changes, suite="micro"):
    return [paired.Row(suite, bench, ENGINE) for bench in changes]


def judged(changes, **settings):
    rule, rows = verdicts.Rule(), rows_of(changes)
    collected = rounds(changes, **settings)
    floors = {row: verdicts.floor_of(row, collected[row.bench, row.engine], rule) for row in rows}
    return {result.row.bench: result for result in verdicts.judge(rows, collected, rule, floors)}


class VerdictTest(unittest.TestCase):
    def test_verdicts(self):
        found = judged({"slower": 0.08, "faster": -0.08, "same": 0.0, "small": 0.03})
        self.assertEqual({bench: result.verdict for bench, result in found.items()}, {
            "slower": verdicts.REGRESSED, "faster": verdicts.IMPROVED, "same": verdicts.SAME, "small": verdicts.INCONCLUSIVE,
        })  # fmt: skip
        slower = found["slower"]
        self.assertTrue(1.07 < slower.low < slower.ratio < slower.high < 1.10)
        self.assertTrue(slower.boot_low < slower.ratio < slower.boot_high)
        self.assertLess(slower.p, 0.001)
        self.assertTrue(0.03 < slower.mde < 0.05)

    def test_noise_is_inconclusive(self):
        self.assertEqual(judged({"noisy": 0.04}, spread=0.15)["noisy"].verdict, verdicts.INCONCLUSIVE)

    def test_what_equal_code_does_raises_the_floor(self):
        found = judged({"row": 0.08}, again=0.1)["row"]
        self.assertGreater(found.floor, 0.09)
        self.assertNotEqual(found.verdict, verdicts.REGRESSED)

    def test_history_raises_the_floor(self):
        (row,) = rows_of({"row": 0})
        collected = rounds({"row": 0})["row", ENGINE]
        self.assertEqual(verdicts.floor_of(row, collected, verdicts.Rule()), 0.03)
        self.assertAlmostEqual(verdicts.floor_of(row, collected, verdicts.Rule(), [0.2] * 40), math.expm1(0.2))
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "runs", "again.csv")
            for number in range(30):
                verdicts.History(path, "here").add([row], rounds({"row": 0}, seed=number, again=0.1), "2026-11-22T00:00:00Z")
            kept = verdicts.History(path, "here").of(row)
            self.assertEqual(len(kept), verdicts.HISTORY_LENGTH)
            self.assertTrue(all(0.09 < deviation < 0.11 for deviation in kept))
            self.assertEqual(verdicts.History(path, "elsewhere").of(row), [])

    def test_confirmation(self):
        for second, verdict in ((0.08, verdicts.REGRESSED), (0.0, verdicts.INCONCLUSIVE)):
            results = list(judged({"row": 0.08}).values())
            again = list(judged({"row": second}, seed=2).values())
            verdicts.confirm(results, again)
            self.assertEqual(results[0].verdict, verdict)
            self.assertAlmostEqual(results[0].confirmed_ratio, math.exp(second), delta=0.01)

    def test_same_code_is_never_a_regression(self):
        results = list(judged({"row": 0.08, "other": 0.0}).values())
        for result in results:
            result.code_same = True
        verdicts.cap(results)
        self.assertEqual([result.verdict for result in results], [verdicts.CAPPED, verdicts.SAME])

    def test_self_test(self):
        changes = {f"row{number}": 0.0 for number in range(12)}
        good = verdicts.self_test(rows_of(changes), rounds(changes), verdicts.Rule())
        self.assertEqual((good.rows, good.flagged, good.is_unfit), (12, 0, False))
        other_layout = verdicts.self_test(rows_of(changes), rounds(changes, again=0.1), verdicts.Rule())
        self.assertEqual((other_layout.flagged, other_layout.is_unfit), (12, False))
        drifting = rounds(changes)
        for values in drifting.values():
            values.values["A2"][10:] = [value * 1.02 for value in values.values["A2"][10:]]
        bad = verdicts.self_test(rows_of(changes), drifting, verdicts.Rule())
        self.assertTrue(bad.is_unfit)
        self.assertGreater(bad.drifted, 8)

    def test_interactions(self):
        collected = rounds({"row": 0.02})
        collected["row", "tail:gcc"] = rounds({"row": 0.12}, seed=5)["row", ENGINE]
        rows = rows_of({"row": 0}) + [paired.Row("micro", "row", "tail:gcc")]
        (found,) = verdicts.interactions(rows, collected)
        self.assertAlmostEqual(found.ratio, math.exp(0.1), delta=0.01)
        self.assertLess(found.p_holm, 0.01)
        self.assertEqual(verdicts.interactions(rows[:1], collected), [])

    def test_geometric_mean(self):
        changes = {"one": 0.1, "two": 0.3}
        ratio, low, high = verdicts.geometric_mean(list(judged(changes).values()), rounds(changes), "micro")
        self.assertTrue(low < ratio < high)
        self.assertAlmostEqual(ratio, math.exp(0.2), delta=0.01)
        self.assertIsNone(verdicts.geometric_mean(list(judged(changes).values()), rounds(changes), "macro"))

    def test_collect(self):
        def sample(number, arm, value, stage="first"):
            return {"stage": stage, "round": str(number), "bench": "b", "technique": "direct", "engine_compiler": "gcc",
                    "arm": arm, "value_ns": str(value), "layout_seed": "7"}  # fmt: skip

        samples = [sample(1, "A", 3), sample(1, "B", 4), sample(0, "B", 2), sample(0, "A", 1), sample(2, "A", 9)]
        samples += [sample(0, "A", 5, "second"), sample(0, "B", 6, "second"), sample(0, "A", 0, "confirm")]
        found = verdicts.collect(samples, ["first", "second"])["b", ENGINE]
        self.assertEqual(found.values, {"A": [1, 3, 5], "B": [2, 4, 6]})  # round 2 has no B
        self.assertEqual(found.layouts, ["7"] * 3)

    def test_exit_codes(self):
        def code_of(*names, unfit=False, strict=False):
            results = [type("Result", (), {"verdict": name}) for name in names]
            return compare.exit_code(results, verdicts.SelfTest(1, 0, 0, unfit), strict)

        self.assertEqual(code_of("SAME", "IMPROVED", "LAYOUT-OR-HOST"), 0)
        self.assertEqual(code_of("SAME", "REGRESSED", "INCONCLUSIVE"), 1)
        self.assertEqual(code_of("SAME", "INCONCLUSIVE"), 3)
        self.assertEqual(code_of("REGRESSED", unfit=True), 3)
        self.assertEqual(code_of("INCONCLUSIVE", strict=True), 1)


class CodeTest(unittest.TestCase):
    TEXT = """
0000000000401000 <add>:
  401000:\tmov    %rdi,%rax
  401003:\tcall   405000 <helper>
  401008:\tjmp    401000 <add>
  40100a:\tnopw   0x0(%rax,%rax,1)

0000000000401010 <op_NOP_tail_clang_19>:
  401010:\tmov    0x4a2000,%rax        # 4a2000 <table>
"""

    def parse(self, text):
        return code.Code(code.parse(text.splitlines()), "data")

    def test_moved_code_is_the_same(self):
        moved = self.TEXT.replace("401", "402").replace("405000", "407010").replace("4a2000", "4b3000").replace("nopw   0x0(%rax,%rax,1)", "nop")
        self.assertEqual(self.parse(self.TEXT).functions, self.parse(moved).functions)
        self.assertTrue(code.is_same(self.parse(self.TEXT), self.parse(moved)))

    def test_changed_code_is_named(self):
        changed = self.parse(self.TEXT.replace("<helper>", "<other>"))
        self.assertEqual(code.differing(self.parse(self.TEXT), changed), ["add"])
        self.assertFalse(code.is_same(self.parse(self.TEXT), changed))

    def test_other_engines_do_not_count(self):
        changed = self.parse(self.TEXT.replace("0x4a2000,%rax", "0x4a2000,%rbx"))
        self.assertEqual(code.differing(self.parse(self.TEXT), changed, "tail:clang-19"), ["op_NOP_tail_clang_19"])
        self.assertTrue(code.is_same(self.parse(self.TEXT), changed, "direct:gcc"))

    def test_rows_without_a_changed_handler(self):
        text = "".join(f"\n{name}:\n  401000:\tmov    {value},%rax\n" for name, value in (
            ("0000000000401000 <run_direct_gcc>", "$0x1"), ("0000000000402000 <op_NOP_call_gcc>", "$0x2"), ("0000000000403000 <op_CALL_call_gcc>", "$0x3"),
        ))  # fmt: skip
        base, head = self.parse(text), self.parse(text.replace("$0x1", "$0x7").replace("$0x2", "$0x7"))
        self.assertEqual(code.changed_handlers(base, head), {"NOP"})
        self.assertEqual(code.described(base, head, ENGINE), ["NOP"])
        self.assertTrue(code.is_same(base, head, ENGINE, {"CALL"}))
        self.assertFalse(code.is_same(base, head, ENGINE, {"CALL", "NOP"}))
        self.assertFalse(code.is_same(base, head, ENGINE))
        other = self.parse(text.replace("op_NOP_call_gcc", "helper").replace("$0x2", "$0x7"))
        self.assertFalse(code.is_same(self.parse(text.replace("op_NOP_call_gcc", "helper")), other, ENGINE, {"CALL"}))

    def test_rows_without_a_changed_function(self):
        head = code.Code(code.parse(self.TEXT.replace("<helper>", "<other>").splitlines()), "other data")
        for functions, wanted in (({"helper"}, True), ({"add"}, False), (None, False)):
            self.assertEqual(code.is_same(self.parse(self.TEXT), head, ENGINE, {"CALL"}, functions), wanted)
        head = self.parse(self.TEXT.replace("0x4a2000,%rax", "0x4a2000,%rbx"))
        self.assertFalse(code.is_same(self.parse(self.TEXT), head, "tail:clang-19", {"NOP"}, {"helper"}), "handlers count by their instructions")

    def test_functions_of_a_row(self):
        """Those of both arms, where they execute as many instructions."""
        arms = [type("Arm", (), {"builds": [builds.Build(f"/{name}", name)], "engine_of": lambda self, row: ENGINE})() for name in ("base", "head", "longer")]
        found = {"/base": (1000, {"f"}), "/head": (1001, {"g"}), "/longer": (1002, {"f"})}
        measurer = type("Measurer", (), {"settings": type("Settings", (), {"form": "tuned"})})
        row = paired.Row("micro", "NOP.plain", ENGINE)
        counting._executed.cache_clear()
        with mock.patch.object(counting.instructions, "executed", lambda path, engine, form: {"NOP.plain": found[os.path.dirname(path)]}):
            self.assertEqual(counting.functions(row, arms[0], arms[1], measurer), {"f", "g"})
            self.assertIsNone(counting.functions(row, arms[0], arms[2], measurer))
            self.assertIsNone(counting.functions(paired.Row("micro", "CALL.gone", ENGINE), arms[0], arms[1], measurer))
            self.assertIsNone(counting.functions(paired.Row("macro", "fib", ENGINE), arms[0], arms[1], measurer))
        counting._executed.cache_clear()
        with mock.patch.object(counting.instructions, "executed", side_effect=FileNotFoundError("valgrind")):
            self.assertIsNone(counting.functions(row, arms[0], arms[1], measurer))
        counting._executed.cache_clear()

    def test_what_callgrind_saw(self):
        if not shutil.which("valgrind"):
            self.skipTest("valgrind is not installed")
        if os.environ.get("KRAIT_MODE", "quick") == "quick":
            self.skipTest("takes 10 s: not with --quick")
        found = instructions.executed(str(BUILD / "krait-microbench"), ENGINE, "tuned")
        self.assertLess(found["NOP.plain"][0], found["BINARY_OP.add_int"][0])
        self.assertIn("run_direct_gcc", found["NOP.plain"][1])
        self.assertNotIn("main", found["NOP.plain"][1])  # on the stack only
        self.assertIn("list_append_slow", found["LIST_APPEND.with_BUILD_LIST"][1])

    def test_not_known(self):
        self.assertIsNone(code.read(__file__))
        self.assertIsNone(code.is_same(None, self.parse(self.TEXT)))


class RevisionTest(unittest.TestCase):
    def test_revisions(self):
        with tempfile.TemporaryDirectory() as folder:
            def git(*words):
                return builds.git(folder, "-c", "user.name=n", "-c", "user.email=e", *words)

            git("init", "-q")
            path = pathlib.Path(folder) / "file"
            path.write_text("one")
            git("add", "file")
            git("commit", "-qm", "first")
            first = builds.revision(folder, None)
            self.assertEqual(first.commit, git("rev-parse", "HEAD"))
            self.assertEqual(first.label, first.commit[:7])
            path.write_text("two")
            environ = dict(os.environ)
            os.environ.update(GIT_AUTHOR_NAME="n", GIT_AUTHOR_EMAIL="e", GIT_COMMITTER_NAME="n", GIT_COMMITTER_EMAIL="e")
            try:
                changed = builds.revision(folder, None)
            finally:
                os.environ.clear()
                os.environ.update(environ)
            self.assertEqual(changed.label, first.label + "-dirty")
            self.assertEqual(git("show", f"{changed.commit}:file"), "two")
            self.assertEqual(path.read_text(), "two")
            with self.assertRaises(builds.UnknownRevision):
                builds.revision(folder, "no-such-commit")


class WorktreeTest(unittest.TestCase):
    """The one worktree in which all commits are built."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = pathlib.Path(holder.name) / "clone"
        self.root.mkdir()
        self.git("init", "-q")
        (self.root / ".gitignore").write_text("/build/\n")
        self.commits = []
        for text in ("one", "two"):
            (self.root / "changes").write_text(text)
            (self.root / "stays").write_text("same")
            self.git("add", ".")
            self.git("commit", "-qm", text)
            self.commits.append(builds.revision(str(self.root), "HEAD"))
        self.tree = self.root / "build/compare/tree"

    def git(self, *words):
        return builds.git(str(self.root), "-c", "user.name=n", "-c", "user.email=e", *words)

    def check_out(self, commit):
        builder = builds.Builder(str(self.root))
        os.makedirs(builder.folder, exist_ok=True)
        builder._check_out(commit)
        self.assertEqual(builds.git(str(self.tree), "rev-parse", "HEAD"), commit.commit)
        self.assertEqual(builds.git(str(self.tree), "status", "--porcelain"), "")
        self.assertEqual(builds.git(str(self.root), "status", "--porcelain"), "")

    def test_commits_in_turn(self):
        for commit, text in zip(self.commits * 2, ("one", "two") * 2):
            self.check_out(commit)
            self.assertEqual((self.tree / "changes").read_text(), text)

    def test_tree_of_another_clone(self):
        """As a cache of CI leaves it: its .git names a clone that is gone, or is missing. Builds stay, and files that do not differ are not touched."""
        for left in ("gitdir: /another/clone/.git/worktrees/tree\n", None):
            with self.subTest(left=left):
                self.check_out(self.commits[0])
                (self.tree / "build").mkdir(exist_ok=True)
                (self.tree / "build/krait").write_text("binary")
                os.utime(self.tree / "stays", (1, 1))
                (self.tree / ".git").unlink()
                if left:
                    (self.tree / ".git").write_text(left)
                self.check_out(self.commits[1])
                self.assertEqual((self.tree / "changes").read_text(), "two")
                self.assertEqual((self.tree / "build/krait").read_text(), "binary")
                self.assertEqual((self.tree / "stays").stat().st_mtime, 1)
        self.assertEqual((self.root / "changes").read_text(), "two")


class LanesTest(unittest.TestCase):
    def test_lanes(self):
        def lane(text, count):
            return [(["/bin/sh", "-c", f"echo {text}; printf %s \"$KRAIT_PADDING\" | wc -c"], 5)] * count

        for together in (True, False):
            found = paired.run_lanes([lane("a", 2), lane("b", 1)], None, together)
            self.assertEqual([[finished.out.split() for finished in part] for part in found], [[["a", "5"]] * 2, [["b", "5"]]])
        failing = [(["/bin/sh", "-c", "exit 3"], 0)] * 2
        self.assertEqual([[finished.code for finished in part] for part in paired.run_lanes([failing, lane("c", 1)], None, True)], [[3], [0]])

    def test_turns(self):
        """Only one of the processes runs at a time, all get their turns, and none stays stopped."""
        processors = sorted(os.sched_getaffinity(0))
        if len(processors) < 2:
            self.skipTest("turns are given from another processor")
        source = "import signal, time\ngot = []\nsignal.signal(signal.SIGCONT, lambda *_: got.append(1))\nend = time.monotonic() + 0.4\nwhile time.monotonic() < end: pass\nprint(len(got))"
        lanes = [[(["/usr/bin/python3", "-S", "-c", source], 0)]] * 2
        turns = [int(part[0].out) for part in paired.run_lanes(lanes, processors[-1], True)]
        self.assertGreater(min(turns), 5)  # some 400 where nothing else runs
        paths = [(["/bin/sh", "-c", "exit 3"], 0)] * 3, [(["/bin/true"], 0)] * 3
        self.assertEqual([[part.code for part in lane] for lane in paired.run_lanes(paths, processors[-1], True)], [[3], [0, 0, 0]])

    def test_steps(self):
        """The second processes of all lanes start when all first ones have ended."""
        with tempfile.TemporaryDirectory() as folder:
            def lane(seconds):
                return [(["/bin/sh", "-c", f"sleep {seconds}; ls {folder} | wc -l; touch {folder}/{seconds}"], 0), (["/bin/sh", "-c", f"ls {folder} | wc -l"], 0)]

            found = paired.run_lanes([lane(0.01), lane(0.3)], None, True)
            self.assertEqual([[int(part.out) for part in lane] for lane in found], [[0, 2], [1, 2]])

    def test_interrupted_while_lanes_start(self):
        """No lane waits for one that never came."""
        submit, lanes, caught = concurrent.futures.ThreadPoolExecutor.submit, [], []

        def interrupted(*arguments):
            lanes.append(arguments)
            if len(lanes) == 3:
                raise KeyboardInterrupt
            return submit(*arguments)

        def measure():
            try:
                paired.run_lanes([[(["/bin/true"], 0)]] * 3, None, True)
            except KeyboardInterrupt as problem:
                caught.append(problem)

        with mock.patch.object(concurrent.futures.ThreadPoolExecutor, "submit", interrupted):
            thread = threading.Thread(target=measure, daemon=True)
            thread.start()
            thread.join(30)
        self.assertTrue(caught)

    def test_none_runs_after_a_kill(self):
        running = paired.Running()
        for early in (True, False):
            process = subprocess.Popen(["/bin/sleep", "60"])
            self.addCleanup(process.kill)
            if early:
                running.add(process)
                running.kill()
            else:
                running.add(process)
            self.assertEqual(process.wait(timeout=30), -9)

    def test_processor_time(self):
        (asleep,), (busy,) = paired.run_lanes([[(["/bin/sleep", "0.2"], 0)], [(["/usr/bin/python3", "-S", "-c", "for i in range(3000000): pass"], 0)]], None, True)
        self.assertGreater(asleep.wall_ns, 190e6)
        self.assertLess(asleep.cpu_ns, 50e6)
        self.assertGreater(busy.cpu_ns, asleep.cpu_ns)

    def test_segments(self):
        """What slows a neighbour alone down does not count, what slows both down cancels."""
        base = [100.0, 150.0, 100.0, 100.0, 300.0, 100.0, 100.0, 100.0]
        other = [105.0, 157.5, 105.0, 210.0, 315.0, 105.0, 50.0, 105.0]
        self.assertAlmostEqual(paired.neighbours_ratio(base, other), 1.05)
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write("A.b,A,body,400,0,2.5,\nA.b,A,body,400,1,3.5,switch\nA.b,A,baseline,400,0,1.0,\n")
            file.flush()
            self.assertEqual(paired.read_segments(file.name), {"A.b": [2.5, 3.5]})

    def test_micro_values(self):
        def finished(*items, code=0):
            return paired.Finished(code, json.dumps({"benchmarks": items}), "why\n", 0, 0, 0, 0)

        def item(copies, value, **more):
            return {"name": f"A.b/mono/body/{copies}", "copies": copies, "cpu_ns_per_call": value, "run_type": "iteration", **more}

        items = [item(400, value) for value in (9, 1, 5, 6)] + [item(100, 3), item(400, 70, run_type="aggregate")]
        self.assertEqual(paired.micro_values(finished(*items), "w", paired.CPU_COUNTER), {"A.b": 5.25})
        self.assertEqual(paired.micro_values(finished(*items), "w", "other"), {})
        for wrong in (finished(code=1), finished(item(1, 1, error_occurred=True, error_message="no"))):
            with self.assertRaises(paired.MeasuringFailed):
                paired.micro_values(wrong, "w", paired.CPU_COUNTER)


class BisectTest(unittest.TestCase):
    COMMITS = list("abcdefgh")

    def search(self, first_bad, skipped=""):
        asked = []

        def decide(commit):
            asked.append(commit)
            return bisection.SKIP if commit in skipped else bisection.BAD if commit >= first_bad else bisection.GOOD

        return bisection.search(self.COMMITS, decide), asked

    def test_search(self):
        for first in self.COMMITS:
            found, asked = self.search(first)
            self.assertEqual(found, [first])
            self.assertLessEqual(len(asked), 4)
            self.assertEqual(len(asked), len(set(asked)))

    def test_skipped_commits(self):
        self.assertEqual(self.search("c", "d")[0], ["c"])
        self.assertEqual(self.search("d", "cd")[0], ["c", "d", "e"])
        self.assertEqual(self.search("h", "abcdefg")[0], self.COMMITS)

    def decide(self, place, spread, slowdown=0.1):
        generator = random.Random(3)

        def measure_round(_):
            base = math.exp(generator.gauss(0, 0.3))
            offs = {bisection.GOOD: 0, bisection.BAD: slowdown, bisection.MIDDLE: place * slowdown}
            return {label: base * math.exp(off + generator.gauss(0, spread)) for label, off in offs.items()}

        return bisection.Decider().decide(measure_round)

    def test_decider(self):
        decision, count, place = self.decide(1, 0.005)
        self.assertEqual((decision, count), (bisection.BAD, 8))
        self.assertAlmostEqual(place, 1, delta=0.2)
        self.assertEqual(self.decide(0, 0.005)[:2], (bisection.GOOD, 8))
        self.assertIn(self.decide(0, 0.08)[:2], [(bisection.GOOD, 16), (bisection.GOOD, 32), (bisection.GOOD, 64)])
        self.assertEqual(self.decide(0.5, 0.05)[:2], (bisection.SKIP, 64))


class TrialsTest(unittest.TestCase):
    TARGET = trials.Target(paired.Row("micro", "CALL.x", ENGINE), "CALL")

    def test_spins(self):
        self.assertEqual(trials.spins_text("CALL", 8), "--inject=CALL=SPIN8")
        self.assertEqual(trials.spins_text("CALL", 88), "--inject=CALL=SPIN32+SPIN32+SPIN16+SPIN8")

    @staticmethod
    def cycles(inject):
        return sum(int(word[4:]) for word in inject.split("=")[2].split("+"))

    def test_calibration(self):
        """Part of a small dose hides: the amount grows until the effect is right."""
        found = trials.calibrate(self.TARGET, 0.05, lambda inject: max(0, self.cycles(inject) - 24) * 0.001)
        self.assertAlmostEqual(found.measured, 0.05, delta=0.01)
        self.assertEqual(found.wanted, 0.05)
        self.assertEqual(trials.Target.read({key: str(value) for key, value in found.cells().items()}).inject, found.inject)

    def test_candidates(self):
        """Every row with its opcodes, on the layouts in turn; a target survives its file."""
        rows = [paired.Row("micro", "CALL.x", ENGINE), paired.Row("macro", "life", ENGINE), paired.Row("macro", "fib", ENGINE)]
        found = trials.candidates(rows, {"life": ("CALL", "CONTAINS_OP")}, 2)
        self.assertEqual([(one.row.bench, one.opcode, one.layout) for one in found], [("CALL.x", "CALL", 0), ("life", "CALL", 1), ("life", "CONTAINS_OP", 0)])
        cells = {key: str(value) for key, value in found[1].cells().items()}
        self.assertEqual(list(cells), trials.TARGETS)
        self.assertEqual(trials.Target.read(cells), found[1])

    def test_what_cannot_be_calibrated(self):
        self.assertIsNone(trials.calibrate(self.TARGET, 0.05, lambda inject: 0.0))
        self.assertIsNone(trials.calibrate(self.TARGET, 0.05, lambda inject: self.cycles(inject) * 0.1))  # the least is 80 %

    def test_summary(self):
        def row(**cells):
            return {"regressed": "0", "improved": "0", "seconds": "20", "rows": "8", "inconclusive": "1", "target": "t", "inject": "i",
                    "target_ratio": "1.05", "target_verdict": "INCONCLUSIVE", **cells}  # fmt: skip

        document, lines, result = selfcheck.summary([row()] * 45 + [row(improved="1")] * 5)
        self.assertEqual((document["hits"], result), (5, 0))
        self.assertAlmostEqual(document["ci_hi"], 0.2181, places=3)
        self.assertEqual(selfcheck.summary([row()] * 44 + [row(regressed="2")] * 6)[2], 1)
        self.assertEqual(selfcheck.summary([row(target_verdict="REGRESSED")] * 18 + [row()] * 2, 0.05)[2], 0)
        self.assertEqual(selfcheck.summary([row(target_verdict="REGRESSED")] * 17 + [row()] * 3, 0.05)[2], 1)
        self.assertEqual(selfcheck.summary([row()] * 3, 0.02)[2], 0)  # reported, not judged
        self.assertTrue(any("t: i: 1.05" in line for line in selfcheck.summary([row()], 0.05)[1]))


class FitnessTest(unittest.TestCase):
    FILES = {
        "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": "powersave",
        "/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor": "performance",
        "/sys/devices/system/cpu/intel_pstate/no_turbo": "0",
        "/sys/devices/system/cpu/smt/active": "1",
        "/proc/sys/kernel/randomize_va_space": "1",
        "/sys/devices/system/clocksource/clocksource0/current_clocksource": "hpet",
        "/proc/stat": "cpu 100 0 0 100 0 0 0 50\ncpu0 50 0 0 50 0 0 0 40\ncpu1 50 0 0 50 0 0 0 10",
        "/proc/loadavg": "0.5 0.4 0.3 1/100 1",
    }

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.system = fitness.System(holder.name)
        for name, text in self.FILES.items():
            os.makedirs(os.path.dirname(self.system.path(name)), exist_ok=True)
            self.system.write(name, text + "\n")

    def test_settings(self):
        found = {finding.key: finding for finding in fitness.settings(self.system)}
        self.assertEqual({key for key, finding in found.items() if finding.verdict == fitness.NOTE and key != "processors"},
                         {"governor", "turbo", "aslr", "smt", "clock", "counters"})  # fmt: skip
        self.assertEqual((found["governor"].value, found["turbo"].value), ("performance powersave", "on"))

    def test_processor_times(self):
        self.assertEqual(fitness.processor_times(self.system), (100, 50, 250))
        self.assertEqual(fitness.processor_times(self.system, 1), (50, 10, 110))

    def test_tune_and_untune(self):
        before = {name: self.system.read(name) for name in self.FILES}
        self.assertEqual(len(list(fitness.tune(self.system))), 3)
        self.assertEqual(self.system.read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"), "performance")
        self.assertEqual(self.system.read("/sys/devices/system/cpu/intel_pstate/no_turbo"), "1")
        self.assertEqual(list(fitness.tune(self.system)), [])
        self.system.write("/proc/sys/kernel/randomize_va_space", "0")  # somebody else's change
        list(fitness.tune(self.system))  # what was there first stays known
        self.assertEqual(len(list(fitness.untune(self.system))), 3)
        self.assertEqual({name: self.system.read(name) for name in self.FILES}, before)
        self.assertEqual(self.system.read(fitness.STATE), "")
        self.assertEqual(list(fitness.untune(self.system)), [])

    def test_lost_share(self):
        self.assertTrue(0 <= fitness.lost_share(None, 0.05) < 1)


if __name__ == "__main__":
    unittest.main()
