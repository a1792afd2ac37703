"""Every opcode has a benchmark that really runs it, so has every internal instruction, and what cannot
be measured says why. Counts only: no timing is judged."""
import csv
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("KRAIT_BUILD", ROOT / "build" / "release"))
FORMS = ("plain", "tuned")
# Rows whose copy runs the opcode more than once; their variants say so.
SEVERAL = {"ten_items": {10, 11}, "two_through": {2}}


def run(*arguments):
    return subprocess.run([BUILD / "krait-microbench", *arguments], capture_output=True, text=True, timeout=300)


def table(*arguments):
    result = run(*arguments)
    if result.returncode != 0:
        raise AssertionError(f"{arguments}: exit code {result.returncode}\n{result.stderr}")
    return list(csv.DictReader(result.stdout.splitlines()))


def rows_of(path, macros):
    return re.findall(rf"^(?:{macros})\((\w+)", (ROOT / "interp" / path).read_text(), re.M)


class BodiesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.listed = table("--opcodes", "--form=tuned")
        cls.executed = {form: table("--executed", f"--form={form}") for form in FORMS}
        cls.reasons = {row["opcode"]: row["reason"] for row in cls.listed if not row["variant"]}

    def test_every_opcode_has_a_body_or_a_reason(self):
        measured = {row["opcode"] for row in self.listed if row["variant"]}
        for opcode in rows_of("bytecode/opcodes.def", "OPCODE|UNIT_OPCODE"):
            with self.subTest(opcode):
                self.assertIn(opcode, measured | set(self.reasons))
                self.assertFalse(opcode in measured and opcode in self.reasons, "a body and a reason")

    def test_every_internal_instruction_runs_or_has_a_reason(self):
        ran = {row["instruction"] for rows in self.executed.values() for row in rows}
        for name in rows_of("vm/instructions.def", "ADAPTIVE|SPECIALIZED|FUSED|VARIANT"):
            with self.subTest(name):
                self.assertIn(name, ran | set(self.reasons))

    def test_reasons_are_given_and_needed(self):
        names = set(rows_of("bytecode/opcodes.def", r"\w*OPCODE"))
        names |= set(rows_of("vm/instructions.def", "ADAPTIVE|SPECIALIZED|FUSED|VARIANT"))
        for name, reason in self.reasons.items():
            with self.subTest(name):
                self.assertIn(name, names)
                self.assertTrue(reason)

    def test_bodies_run_what_they_name(self):
        for form, rows in self.executed.items():
            for row in rows:
                bench = f"{row['opcode']}.{row['variant']}"
                with self.subTest(bench, form=form):
                    several = [counts for words, counts in SEVERAL.items() if words in row["variant"]]
                    cost = int(row["executed"]) - int(row["baseline"])
                    self.assertIn(cost, several[0] if several else {1}, "runs of the opcode that are paid for")

    def test_plain_form_runs_the_opcode_itself(self):
        for row in self.executed["plain"]:
            self.assertEqual(row["instruction"], row["opcode"])

    def test_names_are_unique(self):
        names = [(row["opcode"], row["variant"]) for row in self.listed]
        self.assertEqual(len(names), len(set(names)))


class CommandTest(unittest.TestCase):
    def test_lists_benchmarks(self):
        result = run("--benchmark_list_tests")
        self.assertEqual(result.returncode, 0, result.stderr)
        names = result.stdout.split()
        bodies = [row for row in table("--opcodes") if row["variant"]]
        self.assertEqual(len(names), len(bodies) * 2 * 3)  # body and baseline, three numbers of copies
        self.assertTrue(all(re.match(r"\w+\.\w+/mono/plain/\w+:[\w-]+/(body|baseline)/\d+", name) for name in names))

    def test_filter(self):
        result = run("--benchmark_filter=^NOP[.]plain/", "--segments=2", "--benchmark_format=csv")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(len(re.findall(r"^\"NOP\.plain/", result.stdout, re.M)), 6)

    def test_filter_without_match(self):
        self.assertEqual(run("--benchmark_filter=^no_such_benchmark$").returncode, 2)

    def test_wrong_usage(self):
        for argument in ("--no-such-option", "--form=other", "--copies=0", "--segments=x", "--dispatch=nothing"):
            with self.subTest(argument):
                result = run(argument)
                self.assertEqual(result.returncode, 2)
                self.assertTrue(result.stderr)

    def test_tuned_rows_name_the_instruction(self):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        raw = folder / "raw.csv"
        result = run("--form=tuned", "--segments=1", f"--raw={raw}", "--benchmark_filter=^BINARY_OP.add_int/")
        self.assertEqual(result.returncode, 0, result.stderr)
        rows = list(csv.reader(raw.read_text().splitlines()))
        self.assertEqual({row[2] for row in rows if row[11] == "body"}, {"BINARY_OP_ADD_INT"})
        self.assertEqual({row[2] for row in rows if row[11] == "baseline"}, {"BINARY_OP"})


if __name__ == "__main__":
    unittest.main()
