"""A run in the formats of other tools. FORMATS names them; each writer takes an Export and returns text.

What a format cannot hold is left out and counted in `export.notes`: pyperf, for one, takes no cost that is
not above 0, and the cheapest opcodes' are sometimes measured so.
"""

import json
import math
import re
import statistics
import xml.etree.ElementTree as xml

from benchmarking.command import matches
from ledger import fingerprint, measured, text

LONGEST = 1000  # rows of a Markdown table: CI services show a page of 1 MB at most
BAD_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Export:
    """What is exported: a run's benchmarks and, if it has one, its comparison."""

    def __init__(self, run, suite="", only=""):
        self.run = run
        everything = measured.of(run, suite, only)
        self.rows = [one for one in everything if not math.isnan(one.median)]
        self.wrong = [one for one in everything if not one.is_right]
        self.verdicts = [row for row in run.table("compare.csv") if self._is_wanted(row["bench"], suite, only)]
        self.notes = []

    @staticmethod
    def _is_wanted(bench, suite, only):
        """Whether a row of compare.csv is chosen; opcodes are known by OPCODE.variant."""
        is_opcode = re.match(r"[A-Z][A-Z0-9_]*\.", bench)
        return suite in ("", "micro" if is_opcode else "macro") and matches(bench.split("/")[0], only)

    def leave_out(self, rows, why):
        if rows:
            self.notes.append(f"left out {text.plural(len(rows), 'benchmark')}, {why}: {rows[0].name}{' and others' if len(rows) > 1 else ''}")

    def with_samples(self, positive):
        """The rows whose single processes are known; others are left out."""
        good = [one for one in self.rows if one.samples and not (positive and min(one.samples) <= 0)]
        self.leave_out([one for one in self.rows if not one.samples], "whose single processes this run does not hold")
        self.leave_out([one for one in self.rows if one.samples and positive and min(one.samples) <= 0], "with a process whose cost is not above 0")
        return good


def _json(document):
    return json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def bmf(export):
    """Bencher Metric Format: latency in nanoseconds with its interval, instructions where counted."""
    document = {}
    for one in export.rows:
        factor = one.seconds * 1e9
        latency = {"value": one.median * factor}
        if not math.isnan(one.low):
            latency |= {"lower_value": one.low * factor, "upper_value": one.high * factor}
        document[one.name] = {"latency": latency}
        if not math.isnan(one.instructions):
            document[one.name]["instructions"] = {"value": one.instructions}
    return _json(document)


def github_action(export):
    """github-action-benchmark, tool customSmallerIsBetter."""
    document = []
    for one in export.rows:
        unit = "ns/op" if one.unit == "ns" else "s"
        row = {"name": one.name, "unit": unit, "value": one.median}
        if not math.isnan(one.low):
            row["range"] = f"± {text.figure(one.half_width())}"
        row["extra"] = f"{one.processes} processes\ncommit {export.run.commit}\n{fingerprint.name(export.run.fingerprint)}"
        document.append(row)
    return _json(document)


def _clean(words):
    return BAD_XML.sub("?", words)


def _verdict_case(suite, row):
    engine = ":".join(filter(None, [row["technique"], row["engine_compiler"]]))
    case = xml.SubElement(suite, "testcase", classname=_clean(f"compare.{engine or 'all'}"), name=_clean(row["bench"]), time="0")
    ratio = text.ratio(*(float(row[key]) if row[key] else math.nan for key in ("ratio", "ci_lo", "ci_hi")))
    about = f"{row['verdict']}: {row['head']} takes {ratio} times {row['base']}"
    if row["verdict"] == "REGRESSED":
        xml.SubElement(case, "failure", type="REGRESSED", message=_clean(about)).text = _clean(f"{about}; p (Holm) {row['p_holm'] or 'not known'}, {row['n_rounds']} rounds")
    elif row["verdict"] == "INCONCLUSIVE":
        xml.SubElement(case, "skipped", message=_clean(about))
    else:
        xml.SubElement(case, "system-out").text = _clean(about)


def junit(export):
    """One testcase a row: of compare.csv if the run has it (a failure is a regression, skipped is
    inconclusive), else of what was measured. A wrong output is an error."""
    root = xml.Element("testsuites", name="krait")
    suite = xml.SubElement(root, "testsuite", name=_clean(export.run.run_id), timestamp=export.run.date.rstrip("Z") or "1970-01-01T00:00:00")
    for row in export.verdicts:
        _verdict_case(suite, row)
    for one in () if export.verdicts else export.rows:
        seconds = max(one.median * one.seconds, 0)
        case = xml.SubElement(suite, "testcase", classname=_clean(f"{one.suite}.{one.engine or 'all'}"), name=_clean(one.name), time=f"{seconds:.9f}")
        xml.SubElement(case, "system-out").text = f"{text.time(one.median, one.unit)} [{text.time(one.low, one.unit)}, {text.time(one.high, one.unit)}]"
    for one in export.wrong:
        case = xml.SubElement(suite, "testcase", classname=_clean(f"{one.suite}.{one.engine}"), name=_clean(one.name), time="0")
        xml.SubElement(case, "error", type="wrong result", message="the program printed a wrong result; nothing was timed")
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f".//{tag}"))))
    xml.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, encoding="unicode") + "\n"


def _escape(words):
    return words.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _table(columns, rows):
    yield "| " + " | ".join(columns) + " |"
    yield "| " + " | ".join("---" if number == 0 else "---:" for number in range(len(columns))) + " |"
    for row in rows[:LONGEST]:
        yield "| " + " | ".join(map(_escape, row)) + " |"
    if len(rows) > LONGEST:
        yield f"\n... {len(rows) - LONGEST} more"


def _markdown_verdicts(rows):
    marks = {"REGRESSED": "🔴", "IMPROVED": "🟢", "SAME": "⚪", "INCONCLUSIVE": "🟡", "LAYOUT-OR-HOST": "🔵"}
    counts = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in marks}
    yield f"**{rows[0]['head']}** over **{rows[0]['base']}**: " + ", ".join(f"{count} {marks[verdict]} {verdict}" for verdict, count in counts.items() if count)
    for verdict, mark in marks.items():
        found = [row for row in rows if row["verdict"] == verdict]
        if not found:
            continue
        lines = []
        for row in sorted(found, key=lambda row: -abs(math.log(float(row["ratio"]))) if row["ratio"] else 0):
            ratio = text.ratio(*(float(row[key]) if row[key] else math.nan for key in ("ratio", "ci_lo", "ci_hi")))
            engine = ":".join(filter(None, [row["technique"], row["engine_compiler"]]))
            lines.append((row["bench"], engine, ratio, row["p_holm"] or "-", text.share(float(row["mde"] or "nan"))))
        table = list(_table(("benchmark", "engine", "ratio [95 %]", "p (Holm)", "detectable"), lines))
        is_open = verdict in ("REGRESSED", "IMPROVED")
        yield ""
        yield f"### {mark} {verdict}" if is_open else f"<details><summary>{mark} {verdict}: {len(found)}</summary>"
        yield ""
        yield from table
        if not is_open:
            yield "\n</details>"


def markdown(export):
    """For the summary page of a CI job: verdicts if the run has them, else its figures, the long ones folded."""
    run = export.run
    lines = [f"## Krait benchmarks: {_escape(run.run_id)}", ""]
    if export.verdicts:
        lines += _markdown_verdicts(export.verdicts)
    groups = {} if export.verdicts else {"programs": [one for one in export.rows if one.suite == "macro"], "opcodes": [one for one in export.rows if one.suite != "macro"]}
    for title, rows in groups.items():
        if rows:
            figures = [(one.name, text.time(one.median, one.unit), f"[{text.time(one.low, one.unit)}, {text.time(one.high, one.unit)}]", str(one.processes)) for one in rows]
            lines += [f"<details{' open' if len(rows) <= 40 else ''}><summary>{title}: {len(rows)}</summary>", ""]
            lines += [*_table(("benchmark", "median", "95 % interval", "processes"), figures), "", "</details>", ""]
    if export.wrong:
        lines += ["", "### ❌ wrong results", "", *_table(("program",), [(one.name,) for one in export.wrong])]
    known = {key: value for key, value in run.fingerprint.items() if value}
    lines += ["", "<details><summary>machine</summary>", "", *_table(("key", "value"), list(known.items())), "", "</details>"]
    return "\n".join(lines) + "\n"


def _metadata(run):
    """pyperf's: single lines, not empty, numbers where it wants them."""
    found = {}
    for key, value in run.environment.items():
        value = " ".join(value.split())
        if value:
            found[key] = value
    for key, convert in (("cpu_count", int), ("load_avg_1min", float)):
        if key in found:
            found[key] = convert(found[key])
    if found.get("aslr"):
        found["aslr"] = {"0": "No randomization", "1": "Conservative randomization", "2": "Full randomization"}.get(found["aslr"], found["aslr"])
    return found


def pyperf(export):
    """pyperf's JSON, version 1.0: one run a process with one value, in seconds."""
    benchmarks = []
    for one in export.with_samples(positive=True):
        runs = [{"metadata": {"loops": 1}, "values": [sample * one.seconds]} for sample in one.samples]
        benchmarks.append({"metadata": {"name": one.name, "unit": "second"}, "runs": runs})
    return _json({"version": "1.0", "metadata": _metadata(export.run), "benchmarks": benchmarks})


def _gbench_row(one, family, name, index, value, **more):
    return {
        "name": name,
        "family_index": family,
        "per_family_instance_index": 0,
        "run_name": one.name,
        "run_type": "iteration",
        "repetitions": len(one.samples),
        "repetition_index": index,
        "threads": 1,
        "iterations": 1,
        "real_time": value,
        "cpu_time": value,
        "time_unit": one.unit,
    } | more


def google_benchmark(export):
    """Google Benchmark's JSON: one repetition a process, then the aggregates it would print itself."""
    environment, rows = export.run.environment, []
    for family, one in enumerate(export.with_samples(positive=False)):
        for index, sample in enumerate(one.samples):
            rows.append(_gbench_row(one, family, one.name, index, sample))
        mean = statistics.fmean(one.samples)
        deviation = statistics.stdev(one.samples) if len(one.samples) > 1 else 0.0
        aggregates = {"mean": mean, "median": statistics.median(one.samples), "stddev": deviation, "cv": deviation / mean if mean else 0.0}
        for name, value in aggregates.items() if len(one.samples) > 1 else ():
            unit = "percentage" if name == "cv" else "time"
            row = _gbench_row(one, family, f"{one.name}_{name}", 0, value, run_type="aggregate", aggregate_name=name, aggregate_unit=unit, iterations=len(one.samples))
            del row["repetition_index"]
            rows.append(row)
    load = environment.get("load_avg_1min")
    context = {
        "date": export.run.date,
        "host_name": "",
        "executable": "krait-microbench",
        "num_cpus": int(environment.get("cpu_count") or 1),
        "mhz_per_cpu": 0,
        "cpu_scaling_enabled": environment.get("cpu_governor", "") not in ("", "performance"),
        "caches": [],
        "load_avg": [float(load)] if load else [],
        "library_build_type": "release",
    }
    context |= {key: environment[key] for key in ("commit", "cpu_model_name", "platform") if environment.get(key)}
    return _json({"context": context, "benchmarks": rows})


def hyperfine(export):
    """hyperfine's JSON: one result a benchmark, seconds; times of the single runs where they are known."""
    results = []
    for one in export.rows:
        factor = one.seconds
        row = {
            "command": one.command or one.name,
            "mean": one.mean * factor,
            "stddev": one.stddev * factor if one.processes > 1 else None,
            "median": one.median * factor,
            "user": 0.0 if math.isnan(one.user) else one.user,
            "system": 0.0 if math.isnan(one.system) else one.system,
            "min": one.min * factor,
            "max": one.max * factor,
        }
        if one.samples:
            row["times"] = [sample * factor for sample in one.samples]
            row["exit_codes"] = [0] * len(one.samples)
        row["parameters"] = {key: value for key, value in (("bench", one.name), ("technique", one.technique), ("engine_compiler", one.compiler), ("size", one.size), ("peer", one.peer)) if value}
        results.append(row)
    return _json({"results": results})


OF_VERDICTS = ("junit", "markdown")  # the others hold figures alone
# name: (writer, what it is for)
FORMATS = {
    "bmf": (bmf, "Bencher Metric Format (adapter json)"),
    "github-action-benchmark": (github_action, "github-action-benchmark, tool customSmallerIsBetter"),
    "junit": (junit, "JUnit XML: failed = regressed, skipped = inconclusive"),
    "markdown": (markdown, "for $GITHUB_STEP_SUMMARY"),
    "pyperf": (pyperf, "pyperf compare_to, hist, stats, ..."),
    "google-benchmark": (google_benchmark, "Google Benchmark's compare.py"),
    "hyperfine": (hyperfine, "hyperfine's scripts"),
}
