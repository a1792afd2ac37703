"""results/schema.csv is whole, its README shows it, and every file is checked by it."""
import csv
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
from benchmarking import schema, tables  # noqa: E402

GOOD = {
    "env.csv": {"run_id": "r", "key": "commit", "value": "abc"},
    "ablation.csv": {"schema": "1", "run_id": "r", "knob": "fusion", "program": "fib", "ratio": "1.25"},
}
# (file, column, cell, what the message says)
BAD = [
    ("env.csv", "run_id", "", "is empty"),
    ("env.csv", "run_id", "two words", "not a run id"),
    ("ablation.csv", "schema", "one", "not an integer"),
    ("ablation.csv", "ratio", "fast", "not a number above 0"),
    ("ablation.csv", "ratio", "0", "not a number above 0"),
    ("ablation.csv", "ratio", "nan", "not a number above 0"),
    ("ablation.csv", "ratio", "1_000", "not a number above 0"),
    ("ablation.csv", "ci_lo", "1,25", "not a number above 0"),
    ("ablation.csv", "rounds", "-3", "not an integer of at least 0"),
]


class SchemaTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def refusal(self, name, text):
        with self.assertRaises(schema.Invalid) as raised:
            tables.read(self.write(name, text))
        return str(raised.exception)

    def test_schema(self):
        with open(schema.PATH, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        self.assertTrue(all(None not in row and None not in row.values() for row in rows), "a row has too many or too few cells")
        places = [(row["file"], row["column"]) for row in rows]
        self.assertEqual(len(places), len(set(places)))
        for row in rows:
            self.assertTrue(row["meaning"], row)
            if row["column"]:
                self.assertIn(row["required"], ("yes", "no"), row)
                self.assertIn(row["type"].split(":")[0], {*schema.TYPES, "word"}, row)

    def test_readme_shows_the_schema(self):
        text = (ROOT / "results" / "README.md").read_text(encoding="utf-8")
        self.assertIn("\n".join(schema.markdown()), text, "results/README.md: put there what `tools/results schema --markdown` prints")

    def test_environment_keys(self):
        with open(ROOT / "results" / "environment.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        self.assertTrue(all(None not in row and None not in row.values() for row in rows), "a row has too many or too few cells")
        self.assertEqual(len(rows), len({row["key"] for row in rows}))
        self.assertLessEqual({row["fingerprint"] for row in rows}, {"", "same", "kernel"})
        self.assertTrue(all(row["meaning"] for row in rows))

    def test_every_key_that_a_run_writes_is_explained(self):
        from benchmarking import environment

        with open(ROOT / "results" / "environment.csv", encoding="utf-8", newline="") as file:
            known = {row["key"] for row in csv.DictReader(file)}
        self.assertLessEqual({key for key, _ in environment.fingerprint(ROOT, "/nothing")}, known)

    def test_good_files(self):
        for name, row in GOOD.items():
            path = self.folder / name
            tables.write(path, schema.FILES[name].names, [row, row])
            expected = {column: row.get(column, "") for column in schema.FILES[name].names}
            self.assertEqual(tables.read(path), [expected, expected])

    def test_bad_cells(self):
        for name, column, cell, message in BAD:
            with self.subTest(column=column, cell=cell):
                path = self.folder / name
                tables.write(path, schema.FILES[name].names, [GOOD[name], {**GOOD[name], column: cell}])
                with self.assertRaises(schema.Invalid) as raised:
                    tables.read(path)
                self.assertIn(f"{path}: row 3: column '{column}'", str(raised.exception))
                self.assertIn(message, str(raised.exception))

    def test_words(self):
        column = schema.FILES["compare.csv"].columns["verdict"]
        self.assertIsNone(column.problem("REGRESSED"))
        self.assertIn("one of REGRESSED", column.problem("WORSE"))

    def test_bad_headers(self):
        self.assertIn("row 1: column 'value2' is not in results/schema.csv", self.refusal("env.csv", "run_id,key,value2\n"))
        self.assertIn("row 1: column 'key' is missing", self.refusal("env.csv", "run_id,value\n"))
        self.assertIn("row 1: column 'key' stands there twice", self.refusal("env.csv", "run_id,key,key\n"))
        self.assertIn("empty, without even a header", self.refusal("env.csv", ""))

    def test_ragged_rows(self):
        self.assertIn("row 2: 2 cells under 3 columns", self.refusal("env.csv", "run_id,key,value\nr,k\n"))

    def test_not_csv(self):
        self.assertIn("not CSV", self.refusal("env.csv", 'run_id,key,value\nr,"k,v\n'))
        path = self.folder / "env.csv"
        path.write_bytes(b"run_id,key,value\nr,k,\xff\n")
        with self.assertRaises(schema.Invalid):
            tables.read(path)

    def test_a_column_added_later_is_read_as_empty(self):
        path = self.write("ablation.csv", "schema,run_id,knob,program,ratio\n1,r,fusion,fib,1.1\n")
        self.assertEqual(tables.read(path)[0]["engine_compiler"], "")

    def test_file_without_header(self):
        path = self.write("raw.csv", "BINARY_OP.add_int,12.5\n")
        self.assertEqual(tables.read(path, ["bench", "median_ns"]), [{"bench": "BINARY_OP.add_int", "median_ns": "12.5"}])
        path.write_text("BINARY_OP.add_int,twelve\n")
        with self.assertRaisesRegex(schema.Invalid, "row 1: column 'median_ns'"):
            tables.read(path, ["bench", "median_ns"])

    def test_other_files_are_not_checked(self):
        path = self.write("manifest.csv", "a,b\n1,\n")
        self.assertEqual(tables.read(path), [{"a": "1", "b": ""}])


if __name__ == "__main__":
    unittest.main()
