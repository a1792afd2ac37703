"""What tools/export writes is what the other tools read; tools/import reads what they write."""
import json
import math
import os
import pathlib
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as xml

import made_run
from ledger import export, exporters, import_, importers, measured, results, store

NUMBER, TEXT = {"type": "number"}, {"type": "string"}
INTEGER = {"type": "integer"}
# The formats as their makers describe them: Bencher's page of its metric format, the README of
# github-action-benchmark, hyperfine's and Google Benchmark's documents of their JSON, pyperf's API.
SCHEMAS = {
    "bmf": {"values": {"values": {"properties": {"value": NUMBER, "lower_value": NUMBER, "upper_value": NUMBER}, "required": ["value"], "closed": True}}},
    "github-action-benchmark": {"items": {"properties": {"name": TEXT, "unit": TEXT, "value": NUMBER, "range": TEXT, "extra": TEXT}, "required": ["name", "unit", "value"], "closed": True}},
    "hyperfine": {"properties": {"results": {"items": {
        "properties": {
            "command": TEXT, "mean": NUMBER, "stddev": {"type": ["number", "null"]}, "median": NUMBER, "user": NUMBER, "system": NUMBER,
            "min": NUMBER, "max": NUMBER, "times": {"items": NUMBER}, "exit_codes": {"items": INTEGER}, "parameters": {"values": TEXT},
        },
        "required": ["command", "mean", "median", "user", "system", "min", "max"], "closed": True,
    }}}, "required": ["results"], "closed": True},
    "google-benchmark": {"properties": {
        "context": {"properties": {"date": TEXT, "num_cpus": INTEGER, "load_avg": {"items": NUMBER}}, "required": ["date", "host_name", "executable", "num_cpus", "mhz_per_cpu", "cpu_scaling_enabled", "caches", "library_build_type"]},
        "benchmarks": {"items": {
            "properties": {"name": TEXT, "run_name": TEXT, "run_type": TEXT, "repetitions": INTEGER, "threads": INTEGER, "iterations": INTEGER, "real_time": NUMBER, "cpu_time": NUMBER, "time_unit": TEXT},
            "required": ["name", "run_name", "run_type", "repetitions", "threads", "iterations", "real_time", "cpu_time", "time_unit"],
        }},
    }, "required": ["context", "benchmarks"]},
    "pyperf": {"properties": {
        "version": TEXT, "metadata": {"values": {"type": ["string", "number"]}},
        "benchmarks": {"items": {"properties": {"metadata": {"properties": {"name": TEXT, "unit": TEXT}, "required": ["name"]}, "runs": {"items": {"properties": {"values": {"items": NUMBER}}, "required": ["values"]}}}, "required": ["runs"]}},
    }, "required": ["version", "benchmarks"], "closed": True},
}
KINDS = {"string": str, "number": (int, float), "integer": int, "null": type(None)}


def problems(schema, value, path="$"):
    """What in a document is not as a schema says: as JSON Schema, with `values` for every member."""
    kinds = schema.get("type", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if kinds and (isinstance(value, bool) or not any(isinstance(value, KINDS[kind]) for kind in kinds)):
        yield f"{path}: {value!r} is no {' or '.join(kinds)}"
    if "items" in schema:
        if not isinstance(value, list):
            yield f"{path}: no array"
            return
        for number, item in enumerate(value):
            yield from problems(schema["items"], item, f"{path}[{number}]")
    if "properties" in schema or "values" in schema:
        if not isinstance(value, dict):
            yield f"{path}: no object"
            return
        known = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in value:
                yield f"{path}: no {name}"
        for name, member in value.items():
            if name in known or "values" in schema:
                yield from problems(known.get(name) or schema["values"], member, f"{path}.{name}")
            elif schema.get("closed"):
                yield f"{path}: {name} is not known"


class FormatTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.results = pathlib.Path(holder.name)
        self.folder = made_run.write_run(self.results / "runs" / "20261122T184500Z-1a2b3c4")

    def export(self, kind, *words, code=0):
        done = made_run.called("export", export.main, self.folder, "--format", kind, *words)
        self.assertEqual(done.returncode, code, done.stderr)
        return done.stdout

    def imported(self, *words, stdin="", code=0):
        done = made_run.called("import", import_.main, "--results", self.results, *words, stdin=stdin)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done

    def measured(self):
        return {one.name: one for one in measured.of(store.Run(str(self.folder)))}


class ExportTest(FormatTest):
    def test_schemas(self):
        for kind, schema in SCHEMAS.items():
            with self.subTest(kind):
                document = json.loads(self.export(kind))
                self.assertEqual(list(problems(schema, document)), [])
                self.assertNotEqual(list(problems(schema, {"x": 1} if kind == "github-action-benchmark" else [])), [])

    def test_bmf(self):
        document = json.loads(self.export("bmf"))
        one = self.measured()["BINARY_OP.add_int/plain/mono/direct:gcc"]
        self.assertEqual(document[one.name], {"latency": {"value": one.median, "lower_value": one.low, "upper_value": one.high}, "instructions": {"value": 12.5}})
        self.assertAlmostEqual(document["fib/direct:gcc"]["latency"]["value"], 0.2e9)
        self.assertEqual(len(document), 17)

    def test_github_action(self):
        rows = {row["name"]: row for row in json.loads(self.export("github-action-benchmark"))}
        self.assertEqual((rows["fib/direct:gcc"]["unit"], round(rows["fib/direct:gcc"]["value"], 6)), ("s", 0.2))
        self.assertEqual(rows["BINARY_OP.add_int/plain/mono/direct:gcc"]["unit"], "ns/op")
        self.assertRegex(rows["fib/direct:gcc"]["range"], r"^± [0-9.]+$")

    def test_pyperf(self):
        document = json.loads(self.export("pyperf", "--suite", "macro"))
        (fib,) = [bench for bench in document["benchmarks"] if bench["metadata"]["name"] == "fib/direct:gcc"]
        self.assertEqual(len(fib["runs"]), 10)
        self.assertAlmostEqual(sum(run["values"][0] for run in fib["runs"]) / 10, 0.2)
        self.assertTrue(all(value > 0 for run in fib["runs"] for value in run["values"]))
        self.assertTrue(all("\n" not in str(value) and value != "" for value in document["metadata"].values()))
        self.assertIsInstance(document["metadata"]["cpu_count"], int)

    def test_costs_not_above_zero_are_left_out_and_said(self):
        text = (self.folder / "raw.csv").read_text()
        rows = text.splitlines()
        for number, row in enumerate(rows):
            if ",BINARY_OP.add_int," in row and ",body," in row and ",direct," in row:
                rows[number] = re.sub(r"(,body,(\d+),5,0,)[^,]*", r"\g<1>50", row)
        (self.folder / "raw.csv").write_text("\n".join(rows) + "\n")
        done = made_run.called("export", export.main, self.folder, "--format", "pyperf")
        self.assertIn("left out 1 benchmark, with a process whose cost is not above 0: BINARY_OP.add_int", done.stderr)
        self.assertNotIn("BINARY_OP.add_int/plain/mono/direct", done.stdout)

    def test_google_benchmark(self):
        rows = json.loads(self.export("google-benchmark"))["benchmarks"]
        fib = [row for row in rows if row["run_name"] == "fib/direct:gcc"]
        self.assertEqual([row["repetition_index"] for row in fib if row["run_type"] == "iteration"], list(range(10)))
        self.assertEqual([row["aggregate_name"] for row in fib if row["run_type"] == "aggregate"], ["mean", "median", "stddev", "cv"])

    def test_hyperfine(self):
        rows = {row["parameters"]["bench"]: row for row in json.loads(self.export("hyperfine", "--suite", "macro"))["results"]}
        row = rows["fib/direct:gcc"]
        self.assertEqual((len(row["times"]), row["command"], row["exit_codes"]), (10, "krait fib.py 10", [0] * 10))
        self.assertTrue(math.isclose(sum(row["times"]) / 10, row["mean"], rel_tol=1e-9))

    def test_junit_of_verdicts(self):
        made_run.add_comparison(self.folder)
        suite = xml.fromstring(self.export("junit").encode()).find("testsuite")
        self.assertEqual({key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")}, {"tests": "5", "failures": "1", "errors": "0", "skipped": "1"})
        cases = {case.get("name"): case for case in suite}
        self.assertIn("1.250 [1.225, 1.275]", cases["fib"].find("failure").get("message"))
        self.assertIsNotNone(cases["LOAD_ATTR.slot/plain"].find("skipped"))
        for name in ("tak", "BINARY_OP.add_int/plain", "UNPACK_SEQUENCE.<two|of>/plain"):
            self.assertEqual([child.tag for child in cases[name]], ["system-out"])

    def test_junit_of_figures(self):
        text = (self.folder / "macro.csv").read_text().splitlines()
        cells = text[1].split(",")
        text[1] = ",".join([cells[0], *[""] * 7, *cells[8:-1], "0"])
        (self.folder / "macro.csv").write_text("\n".join(text) + "\n")
        suite = xml.fromstring(self.export("junit").encode()).find("testsuite")
        self.assertEqual((suite.get("tests"), suite.get("failures"), suite.get("errors")), ("17", "0", "1"))

    def test_markdown(self):
        text = self.export("markdown")
        self.assertIn("| fib/direct:gcc | 200 ms |", text)
        self.assertIn("UNPACK_SEQUENCE.&lt;two\\|of>", text)
        made_run.add_comparison(self.folder)
        text = self.export("markdown")
        self.assertLess(text.index("REGRESSED"), text.index("IMPROVED"))
        self.assertIn("| fib | direct:gcc | 1.250 [1.225, 1.275] | 0.002 | 3.1 % |", text)
        for line in text.splitlines():
            if line.startswith("| "):
                self.assertIn(len(re.findall(r"(?<!\\)\|", line)), (3, 6), line)

    def test_a_comparison_alone(self):
        for name in ("raw.csv", "summary.csv", "macro.csv"):
            (self.folder / name).unlink()
        made_run.add_comparison(self.folder)
        counts = [xml.fromstring(self.export("junit", *words).encode()).find("testsuite").get("tests") for words in ([], ["--suite", "micro"], ["--suite", "macro"], ["--only", "f*"])]
        self.assertEqual(counts, ["5", "3", "2", "1"])
        self.assertIn("REGRESSED", self.export("markdown"))
        self.export("bmf", code=2)

    def test_command(self):
        self.assertEqual(made_run.called("export", export.main, self.folder).returncode, 2)
        self.assertEqual(made_run.called("export", export.main, self.folder, "--format", "no").returncode, 2)
        self.export("bmf", "--only", "no_such", code=2)
        self.assertIn("bmf", made_run.called("export", export.main, "--list").stdout)
        listed = json.loads(made_run.called("export", export.main, "--list", "--json").stdout)
        self.assertEqual([row["format"] for row in listed], list(exporters.FORMATS))
        path = self.results / "x.json"
        self.assertEqual(self.export("bmf", "--out", path), "")
        self.assertEqual(path.read_text(), self.export("bmf"))
        done = subprocess.run([made_run.ROOT / "tools" / "export", "--help"], capture_output=True, text=True, timeout=60, check=False)
        self.assertIn("examples:", done.stdout)


class ImportTest(FormatTest):
    def test_round_trips(self):
        before = {name: one for name, one in self.measured().items()}
        for kind in importers.FORMATS:
            with self.subTest(kind):
                path = self.results / f"{kind}.json"
                self.export(kind, "--out", path)
                self.imported(path, "--name", kind)
                after = {one.bench: one for one in measured.of(store.Run(str(self.results / "runs" / kind)))}
                self.assertEqual(set(after), set(before))
                for name, one in after.items():
                    self.assertEqual(len(one.samples), 10)
                    self.assertTrue(all(math.isclose(x, y * before[name].seconds * 1e9, rel_tol=1e-6) for x, y in zip(one.samples, before[name].samples)), name)
                self.assertEqual(made_run.called("results", results.main, "--results", self.results, "validate", kind).returncode, 0)

    def test_pyperf_of_others(self):
        document = {
            "version": "1.0", "metadata": {"cpu_model_name": "Some CPU", "cpu_count": 8, "aslr": "Full randomization", "cpu_config": "0-7=driver:intel_pstate, governor:performance", "name": "telco", "unit": "second"},
            "benchmarks": [{"runs": [
                {"metadata": {"calibrate_loops": 8, "date": "2026-01-02 03:04:05.6"}, "warmups": [[8, 0.1]]},
                {"metadata": {"date": "2026-01-02 03:04:06.7"}, "warmups": [[1, 0.1]], "values": [0.010, 0.011, 0.012]}, {"values": [0.02, 0.02, 0.02]},
            ]}],
        }
        self.imported("-", "--name", "telco", stdin=json.dumps(document))
        run = store.Run(str(self.results / "runs" / "telco"))
        (one,) = measured.of(run)
        self.assertEqual((one.bench, [round(value) for value in one.samples]), ("telco", [11_000_000, 20_000_000]))
        for key, value in (("cpu_model_name", "Some CPU"), ("cpu_governor", "performance"), ("aslr", "2"), ("date_utc", "2026-01-02T03:04:05Z"), ("imported_from", "pyperf")):
            self.assertEqual(run.environment[key], value)

    def test_google_benchmark_of_others(self):
        def row(name, value, **more):
            return {"name": name, "run_name": name, "run_type": "iteration", "real_time": value, "cpu_time": value, "time_unit": "us"} | more

        document = {"context": {"date": "2026-01-02T03:04:05+01:00", "num_cpus": 4, "library_build_type": "release"}, "benchmarks": [
            row("a", 2), row("a", 3), row("a_mean", 2.5, run_name="a", run_type="aggregate", aggregate_name="mean"),
            row("b_mean", 7, run_name="b", run_type="aggregate", aggregate_name="mean"), row("b_median", 6, run_name="b", run_type="aggregate", aggregate_name="median"),
            row("b_cv", 0.1, run_name="b", run_type="aggregate", aggregate_name="cv"), {"name": "c", "run_name": "c", "error_occurred": True},
        ]}
        samples, environment, _ = importers.read(document)
        self.assertEqual(samples, {"a": [2000, 3000], "b": [6000]})
        self.assertEqual(environment["cpu_count"], "4")

    def test_hyperfine_of_others(self):
        samples, _, kind = importers.read({"results": [{"command": "sleep 0.1", "median": 0.1}, {"command": "true", "times": [0.001, 0.002], "exit_codes": [0, 0]}]})
        self.assertEqual((kind, {name: [round(value) for value in values] for name, values in samples.items()}), ("hyperfine", {"sleep 0.1": [100_000_000], "true": [1_000_000, 2_000_000]}))

    def test_imported_runs_compare(self):
        for name, factor in (("base", 1.0), ("head", 1.5)):
            document = {"results": [{"command": "work", "times": [factor * noise for noise in made_run.NOISE]}]}
            self.imported("-", "--name", name, stdin=json.dumps(document))
        compare = ["--results", self.results, "compare", "base", "head", "--json"]
        self.assertEqual(made_run.called("results", results.main, *compare).returncode, 2)
        done = made_run.called("results", results.main, *compare, "--force")
        self.assertEqual(done.returncode, 1)
        self.assertEqual([row["verdict"] for row in json.loads(done.stdout)["rows"]], ["REGRESSED"])

    def test_facts(self):
        document = json.dumps({"results": [{"command": "work", "times": [1.0, 1.1]}]})
        made = json.loads(self.imported("-", "--name", "here", "--here", "--env", "cpu_governor=performance", "--json", stdin=document).stdout)
        self.assertEqual((made["benchmarks"], made["samples"], made["format"]), (1, 2, "hyperfine"))
        run = store.Run(made["folder"])
        self.assertEqual((run.environment["cpu_governor"], run.environment["cpu_count"]), ("performance", str(os.cpu_count())))
        self.assertIn("holds a run already", self.imported("-", "--name", "here", stdin=document, code=2).stderr)
        self.assertIn("wants KEY=VALUE, not 'novalue'", self.imported("-", "--env", "novalue", stdin=document, code=2).stderr)

    def test_refusals(self):
        for text, message in (
            ("{", "not JSON"), ("[]", "not a JSON object"), ("{}", "neither pyperf's"), ('{"results": []}', "no benchmark in it"),
            ('{"version": "2.0", "benchmarks": []}', "version '2.0'"), ('{"results": [{"command": "x", "times": ["a"]}]}', "'a' is no number"),
            ('{"results": [{"command": "x", "times": [1], "exit_codes": [3]}]}', "exit code 3"), ('{"results": [7]}', "not hyperfine's JSON"),
            ('{"context": {}, "benchmarks": [{"name": "x", "real_time": 1, "time_unit": "weeks"}]}', "'weeks' is not known"),
            ('{"version": "1.0", "benchmarks": [{"metadata": {"name": "m", "unit": "byte"}, "runs": []}]}', "only times"),
        ):
            with self.subTest(text):
                done = self.imported("-", stdin=text, code=2)
                self.assertIn(message, done.stderr)
                self.assertNotIn("Traceback", done.stderr)


if __name__ == "__main__":
    unittest.main()
