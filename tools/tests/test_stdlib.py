"""The comparison with the standard library counts what differs, whatever way it differs."""
import json
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from oracle_files import stdlib  # noqa: E402

CODES = [{"qualname": "<module>", "firstlineno": 1, "instrs": [[0, "RESUME", 0]]}, {"qualname": "f", "firstlineno": 2, "instrs": []}]


class ComparisonTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name) / "library"
        (self.folder / "email").mkdir(parents=True)
        for name in ("abc.py", "email/message.py"):
            (self.folder / name).write_text(f"# {name}\n")
        patch = mock.patch.object(stdlib, "TABLE", pathlib.Path(holder.name) / "table.csv")
        patch.start()
        self.addCleanup(patch.stop)
        stdlib.write_table(self.folder, {name: {"codes": CODES} for name in stdlib.names(self.folder)})

    def compare(self, codes):
        """Against a krait that lists such code objects for every file."""
        krait = self.folder.parent / "krait"
        lines = [json.dumps({"file": name, "codes": codes}) for name in stdlib.names(self.folder)]
        krait.write_text("#!/bin/sh\ncat <<'END'\n" + "\n".join(lines) + "\nEND\n")
        krait.chmod(0o755)
        return stdlib.Comparison(krait, self.folder)

    def test_identical(self):
        reordered = [dict(reversed(code.items())) for code in CODES]
        comparison = self.compare(reordered)
        self.assertEqual((str(comparison), comparison.differing), ("identical 4 of 4", {}))

    def test_one_field_differs(self):
        comparison = self.compare([CODES[0], dict(CODES[1], firstlineno=3)])
        self.assertEqual(str(comparison), "identical 2 of 4")
        self.assertEqual([index for index, _ in comparison.differing["abc.py"]], [1])

    def test_another_number_of_code_objects(self):
        comparison = self.compare(CODES[:1])
        self.assertEqual(comparison.identical, 0)
        self.assertEqual(comparison.differing["abc.py"], "1 code objects instead of 2")

    def test_another_source(self):
        (self.folder / "abc.py").write_text("# changed\n")
        comparison = self.compare(CODES)
        self.assertEqual((comparison.identical, list(comparison.differing)), (2, ["abc.py"]))

    def test_krait_fails(self):
        krait = self.folder.parent / "krait"
        krait.write_text("#!/bin/sh\necho why >&2\nexit 3\n")
        krait.chmod(0o755)
        comparison = stdlib.Comparison(krait, self.folder)
        self.assertEqual(comparison.differing["abc.py"], "krait --listing: exit code 3\nwhy\n")

    def test_a_file_that_does_not_compile(self):
        krait = self.folder.parent / "krait"
        krait.write_text("#!/bin/sh\necho '" + json.dumps({"file": "abc.py", "error": ["SyntaxError", "bad", 1, 1]}) + "'\nexit 1\n")
        krait.chmod(0o755)
        comparison = stdlib.Comparison(krait, self.folder)
        self.assertEqual(comparison.differing["abc.py"], "does not compile: ['SyntaxError', 'bad', 1, 1]")
        self.assertEqual(comparison.differing["email/message.py"], "not listed")


if __name__ == "__main__":
    unittest.main()
