"""tools/report: the page holds every figure of the files, needs nothing else, and its parts say what is so."""
import html.parser
import json
import math
import pathlib
import random
import re
import tempfile
import unittest
import xml.etree.ElementTree as xml

import made_run
from ledger import measured, store

try:
    from reporting import charts, findings, parts, report, steps, terminal
except ImportError as problem:
    print(f"{problem}: tools/setup installs it")
    raise SystemExit(77) from None


class Elements(html.parser.HTMLParser):
    """Every element of a page with its attributes, and whether tags close as they open."""

    VOID = {"meta", "link", "input", "br", "wbr", "img"}

    def __init__(self, text):
        super().__init__()
        self.found, self.open, self.problems = [], [], []
        self.feed(text)
        self.problems += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> at {self.getpos()}")

    def of_file(self, name):
        """Attributes (without data-) of what shows a row of a file."""
        return [{key.removeprefix("data-"): value for key, value in attrs.items() if key.startswith("data-")} for _, attrs in self.found if attrs.get("data-file") == name]

    def of_kind(self, kind):
        return [{key.removeprefix("data-"): value for key, value in attrs.items()} for _, attrs in self.found if attrs.get("data-kind") == kind]


class PageTest(unittest.TestCase):
    """One page of a run that has every file."""

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.results = pathlib.Path(cls.holder.name)
        for number in range(6):
            made_run.write_run(cls.results / "runs" / f"2026112{number}T184500Z-1a2b3c{number}", f"2026112{number}T184500Z-1a2b3c{number}", scale={"tak": 1.4} if number >= 3 else {})
        cls.folder = cls.results / "runs" / "20261125T184500Z-1a2b3c5"
        made_run.add_comparison(cls.folder)
        made_run.add_ablation(cls.folder)
        made_run.add_model(cls.folder)
        made_run.add_resources(cls.folder)
        made_run.add_profile(cls.folder)
        (cls.folder / "fib.svg").write_text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 100"><text>main;"fib"</text></svg>')
        cls.made = store.Run(str(cls.folder))
        done = made_run.called("report", report.main, "--results", cls.results)
        assert done.returncode == 0, done.stderr
        cls.text = (cls.folder / "report.html").read_text(encoding="utf-8")
        cls.page = Elements(cls.text)

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def test_few_processes_are_said_of_what_has_few(self):
        self.assertNotIn("a first look", self.text)
        with tempfile.TemporaryDirectory() as folder:
            made_run.write_run(pathlib.Path(folder) / "runs" / "20261120T184500Z-1a2b3c4", "20261120T184500Z-1a2b3c4", processes=3)
            made_run.called("report", report.main, "--results", folder, "--out", f"{folder}/few.html")
            text = pathlib.Path(folder, "few.html").read_text(encoding="utf-8")
        self.assertTrue("Only 3 processes for each opcode" in text and "Only 3 processes for each program" in text)

    def test_well_formed(self):
        self.assertEqual(self.page.problems, [])
        names = [attrs["id"] for _, attrs in self.page.found if "id" in attrs]
        self.assertEqual(len(names), len(set(names)))
        self.assertLess(len(self.text), 5_000_000)

    def test_needs_nothing_else(self):
        for tag, attrs in self.page.found:
            for name in ("src", "href", "xlink:href", "action"):
                self.assertRegex(attrs.get(name) or "#", r"^(#|data:)", f"<{tag} {name}={attrs.get(name)}>")
        self.assertNotRegex(self.text, r"@import|url\((?!#)|fetch\(|XMLHttpRequest")

    def test_links_lead_somewhere(self):
        names = {attrs.get("id") for _, attrs in self.page.found}
        used = [attrs[key][1:] for _, attrs in self.page.found for key in ("href", "xlink:href") if attrs.get(key, "").startswith("#")]
        self.assertTrue(used)
        self.assertLessEqual(set(used), names)

    def test_summary(self):
        shown = {(row["bench"], row["form"], row["context"], row["engine"]): (row["median"], row["lo"], row["hi"], row["instr"]) for row in self.page.of_file("summary.csv")}
        rows = self.made.table("summary.csv")
        self.assertEqual(len(shown), len(rows))
        for row in rows:
            key = (row["bench"], row["form"], row["context"], f"{row['technique']}:{row['engine_compiler']}")
            self.assertEqual(shown[key], (row["median_ns"], row["ci_lo_ns"], row["ci_hi_ns"], row["instr_per_op"]))

    def test_macro(self):
        shown = {(row["bench"], row["engine"]): [float(row[key]) for key in ("median", "min", "max")] for row in self.page.of_file("macro.csv")}
        rows = self.made.table("macro.csv")
        self.assertEqual(len(shown), len(rows))
        for row in rows:
            engine = row["peer"] or f"{row['parameter_technique']}:{row['parameter_engine_compiler']}"
            self.assertEqual(shown[row["parameter_bench"], engine], [float(row[key]) for key in ("median", "min", "max")])

    def test_compare(self):
        shown = {row["bench"]: (row["ratio"], row["lo"], row["hi"], row["verdict"], row["mde"]) for row in self.page.of_file("compare.csv")}
        self.assertEqual(shown, {row["bench"]: (row["ratio"], row["ci_lo"], row["ci_hi"], row["verdict"], row["mde"]) for row in self.made.table("compare.csv")})

    def test_ablation(self):
        shown = self.page.of_file("ablation.csv")
        rows = self.made.table("ablation.csv")
        self.assertEqual(len(shown), 2 * len(rows))  # the wide picture and the narrow one
        wanted = {(row["knob"], row["program"], row["ratio"], row["ci_lo"], row["ci_hi"]) for row in rows}
        self.assertEqual({(row["knob"], row["bench"], row["ratio"], row["lo"], row["hi"]) for row in shown}, wanted)
        over = {row["knob"]: float(row["ratio"]) for row in self.page.of_kind("knob")}
        self.assertEqual(over["fusion"], 1.15)  # the file's
        self.assertAlmostEqual(over["cache_attributes"], math.sqrt(1.5), places=4)
        self.assertAlmostEqual(next(ratio.value for knob, ratio, _ in findings.Report(self.made, only="fib").ablation() if knob == "fusion"), 1.2)

    def test_model(self):
        shown = {(row["bench"], row["predicted"], row["measured"], f"{float(row['ratio']):.4f}") for row in self.page.of_file("model.csv")}
        rows = self.made.table("model.csv")
        self.assertEqual(shown, {(row["program"], row["predicted_s"], row["measured_s"], f"{float(row['predicted_s']) / float(row['measured_s']):.4f}") for row in rows})
        error, found = findings.Report(self.made).model()
        self.assertAlmostEqual(error, 0.15)
        self.assertEqual([row["program"] for row, _ in found], ["fib", "tak"])
        self.assertRegex(self.text, "Median absolute error <b>15")

    def test_resources_and_environment(self):
        shown = {(row["bench"], row["engine"], row["peak"]) for row in self.page.of_file("resources.csv") if "peak" in row}
        self.assertEqual(shown, {(row["program"], row["arm"], row["peak_rss_kb"]) for row in self.made.table("resources.csv") if row["peak_rss_kb"]})
        self.assertEqual({row["key"]: row["value"] for row in self.page.of_file("env.csv")}, {key: value for key, value in self.made.environment.items() if value})

    def test_techniques(self):
        shown = {(row["suite"], row["technique"]): float(row["ratio"]) for row in self.page.of_kind("technique")}
        self.assertEqual(set(shown), {("opcodes, plain form", "switch"), ("programs", "switch")})  # tail has no direct by clang
        self.assertAlmostEqual(shown["programs", "switch"], 1.5, places=5)
        (over,) = {row["ratio"] for row in self.page.of_kind("peer") if row["bench"] == ""}
        self.assertAlmostEqual(float(over), 3 / math.sqrt(1.4), places=4)

    def test_history(self):
        shown = {(row["bench"], row["run"]): float(row["ratio"]) for row in self.page.of_kind("history")}
        self.assertEqual(shown["tak/direct:gcc", "20261120T184500Z-1a2b3c0"], 1.0)
        self.assertAlmostEqual(shown["tak/direct:gcc", "20261125T184500Z-1a2b3c5"], 1.4, places=4)
        found = {(row["bench"], row["commit"], round(float(row["ratio"]), 2)) for row in self.page.of_kind("step")}
        self.assertEqual(found, {(f"tak/{technique}:{compiler}", "1a2b3c3", 1.4) for technique, compiler in made_run.ENGINES})

    def test_profile(self):
        shown = {(row["kind"], row["name"], row["share"], row["executed"], row["ns"]) for row in self.page.of_file("profile.csv")}
        self.assertEqual(shown, {(row["kind"], row["name"], row["share"], row["executed"], row["ns"]) for row in self.made.table("profile.csv")})

    def test_flame_graph(self):
        (frame,) = [attrs for tag, attrs in self.page.found if tag == "iframe"]
        self.assertIn('<text>main;"fib"</text>', frame["srcdoc"])
        self.assertNotIn("allow-same-origin", frame["sandbox"])

    def test_names_are_escaped(self):
        self.assertNotIn("<two|of>", self.text)
        self.assertIn("&lt;two|of&gt;", self.text)

    def test_pictures(self):
        done = made_run.called("report", report.main, "--results", self.results, "--format", "svg", "--out", self.results / "pictures", "--json")
        files = json.loads(done.stdout)["files"]
        self.assertIn("dispatch-techniques-time-relative-to-direct.svg", [pathlib.Path(name).name for name in files])
        for name in files:
            text = pathlib.Path(name).read_text()
            xml.fromstring(text)
            self.assertIn("prefers-color-scheme: dark", text)
            for colour in re.findall(r"var\(--(\w+)\)", text):
                self.assertIn(f"--{colour}:", text)

    def test_text(self):
        done = made_run.called("report", report.main, "--results", self.results, "--format", "text")
        self.assertEqual(done.returncode, 0, done.stderr)
        for words in ("switch:gcc", "REGRESSED", "speed of Krait (direct:gcc) relative to python3", "tak/direct:gcc", "+40.0 %", "UNPACK_SEQUENCE", "fib under direct:gcc, share of the samples by cpu-clock"):
            self.assertIn(words, done.stdout)
        self.assertNotIn("nan", done.stdout)


class CommandTest(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.results = pathlib.Path(holder.name)

    def report(self, *words):
        return made_run.called("report", report.main, "--results", self.results, *words)

    def write(self, run_id, **more):
        return made_run.write_run(self.results / "runs" / run_id, run_id, **more)

    def test_refusals(self):
        self.assertEqual(self.report().returncode, 2)
        one, other = self.write("20261120T184500Z-1a2b3c4"), self.write("20261121T184500Z-5d6e7f8", machine=dict(made_run.MACHINE, cpu_model_name="Other"))
        done = self.report(one, other)
        self.assertEqual(done.returncode, 2)
        self.assertIn("cpu_model_name", done.stderr)
        self.assertEqual(self.report(one, other, "--force", "--format", "text").returncode, 0)
        done = self.report("--only", "no_such")
        self.assertIn("nothing was measured that matches 'no_such'", done.stderr)
        (other / "macro.csv").write_text("command\n")
        self.assertIn("is missing", self.report().stderr)

    def test_runs_of_other_machines_are_no_history(self):
        self.write("20261120T184500Z-1a2b3c4", machine=dict(made_run.MACHINE, cpu_model_name="Other"))
        self.write("20261121T184500Z-5d6e7f8")
        self.assertEqual(json.loads(self.report("--json").stdout)["runs"], 1)

    def test_runs_that_are_profiles_or_comparisons_alone(self):
        folder = self.write("20261120T184500Z-1a2b3c4")
        for name in ("raw.csv", "summary.csv", "macro.csv"):
            (folder / name).unlink()
        self.assertIn("nothing was measured", self.report().stderr)
        made_run.add_profile(folder)
        self.assertEqual(self.report().returncode, 0)
        self.write("20261121T184500Z-5d6e7f8")
        self.assertEqual(self.report().returncode, 0)
        page = Elements((self.results / "runs" / "20261121T184500Z-5d6e7f8" / "report.html").read_text())
        self.assertEqual(page.of_kind("history"), [])  # nothing to compare with

    def test_a_run_without_samples_and_engines(self):
        """A baseline, and other people's figures, make pages too."""
        self.write("20261120T184500Z-1a2b3c4", samples=False)
        self.assertEqual(self.report().returncode, 0)
        text = self.report("--format", "text").stdout
        self.assertIn("1.50", text)
        from ledger import import_

        document = json.dumps({"results": [{"command": "work <b>", "times": [1.0, 1.1, 1.2]}]})
        self.assertEqual(made_run.called("import", import_.main, "--results", self.results, "-", "--name", "work", stdin=document).returncode, 0)
        self.assertEqual(self.report("work", "--out", self.results / "work.html").returncode, 0)
        text = (self.results / "work.html").read_text()
        self.assertIn("Only 3 processes for each benchmark", text)
        page = Elements(text)
        self.assertEqual(([row["bench"] for row in page.of_file("summary.csv")], page.problems), (["work <b>"], []))
        self.assertEqual(self.report("work", "--format", "text").returncode, 0)


class StepsTest(unittest.TestCase):
    def test_a_step(self):
        values = [0.0, 0.01, -0.01, 0.0, 0.2, 0.21, 0.19, 0.2]
        self.assertEqual([(first, last, round(level, 2)) for first, last, level in steps.pieces(values)], [(0, 3, 0.0), (4, 7, 0.2)])

    def test_one_wild_run_is_no_step(self):
        for position in range(8):
            values = [0.0, 0.01, -0.01, 0.0, 0.01, 0.0, -0.01, 0.0]
            values[position] = 1.0
            self.assertEqual(len(steps.pieces(values)), 1, position)

    def test_noise_makes_few_steps(self):
        generator = random.Random(5)
        false = sum(len(steps.pieces([generator.gauss(0, 0.01) for _ in range(20)])) > 1 for _ in range(200))
        self.assertLess(false, 20)
        found = sum(len(steps.pieces([generator.gauss(0.03 * (number > 11), 0.01) for number in range(20)])) == 2 for _ in range(100))
        self.assertGreater(found, 75)

    def test_what_the_runs_say_of_themselves_counts(self):
        values = [0.0, 0.0, 0.0, 0.05, 0.05, 0.05]
        self.assertEqual(len(steps.pieces(values, [0.005] * 6)), 2)
        self.assertEqual(len(steps.pieces(values, [0.05] * 6)), 1)

    def test_short_courses(self):
        self.assertEqual(steps.pieces([]), [])
        self.assertEqual(steps.pieces([1.0, 2.0, 3.0]), [(0, 2, 2.0)])


class FindingsTest(unittest.TestCase):
    def test_context_of(self):
        def measure(context):
            return measured.Measured("micro", "NOP.x", "ns", technique="direct", compiler="gcc", form="plain", context=context)

        self.assertEqual(findings.context_of([measure("fresh"), measure("mix"), measure("mono")], "direct:gcc", "plain"), "mix")
        self.assertEqual(findings.context_of([measure("fresh"), measure("mono")], "direct:gcc", "plain"), "mono")
        self.assertEqual(findings.context_of([measure("mono")], "tail:gcc", "plain"), "")

    def test_calibrators_belong_to_no_suite(self):
        with tempfile.TemporaryDirectory() as folder:
            made = store.Run(str(made_run.write_run(folder)))
            rows = [dict(row, bench="SPIN8.x", copies=row["copies"]) for row in made.table("raw.csv") if row["bench"] == "LOAD_ATTR.slot"]
            before = [ratio.keys["benchmarks"] for _, ratios in findings.Report(made).techniques() for ratio in ratios]
            made.table("raw.csv").extend(rows)
            self.assertEqual([ratio.keys["benchmarks"] for _, ratios in findings.Report(made).techniques() for ratio in ratios], before)


class PartsTest(unittest.TestCase):
    def test_scale(self):
        scale = parts.Scale([1.0, 100.0])
        self.assertAlmostEqual(scale.place(10.0), 50.0)
        self.assertEqual((scale.place(-1.0), scale.place(0.0), scale.place(1e9)), (0.0, 0.0, 100.0))
        self.assertIn("--m:50.0", scale.mark(10.0, 5.0, 20.0))
        self.assertIn("interval none", scale.mark(10.0, math.nan, math.nan))
        self.assertEqual(scale.axis((1, 10, 100, 11)).count("<span style"), 1)  # the ends stand too far out, 11 too near

    def test_headings_of_narrow_pictures(self):
        """A heading that is wider than its picture becomes lines of it, none of them lost."""
        words = "opcodes, plain form, mix: 168 benchmarks, 15 rounds"
        row = charts.ForestRow("call, gcc", 1.6, 1.5, 1.9, "1.60 [1.50, 1.90]")
        for width, lines in ((charts.WIDE, 1), (charts.NARROW, 2)):
            picture = charts.forest([charts.Heading(words), row], width, "ratios", "time")
            texts = re.findall(r"<text[^>]*>([^<]+)</text>", picture)
            found = [text for text in texts if len(text) > 5 and text in words]
            self.assertEqual((len(found), " ".join(found)), (lines, words))

    def test_shares(self):
        shares = parts.Shares(0.5)
        self.assertIn("--a:20.0;--b:60.0;--m:40.0", shares.mark(0.2, 0.1, 0.3))
        self.assertIn("50&nbsp;%", shares.axis())

    def test_bar(self):
        self.assertEqual(terminal.bar(2.0, 1.5, 3.0, 1.0, 4.0), "│       ├─────●──────┤      ")
        self.assertEqual(len(terminal.bar(1.0, math.nan, math.nan, 1.0, 1.0)), terminal.WIDTH)

    def test_ratio_without_anything_in_common(self):
        self.assertIsNone(findings.ratio_of_rounds({"a": [1.0]}, {"b": [1.0]}))

    def test_samples_match(self):
        with tempfile.TemporaryDirectory() as folder:
            run = store.Run(str(made_run.write_run(folder)))
            self.assertEqual(set(measured.body_times(run)), {("plain", "mono")})


if __name__ == "__main__":
    unittest.main()
