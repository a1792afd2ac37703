"""Other tools' JSON as runs: pyperf, Google Benchmark, hyperfine. FORMATS maps names to readers.

A reader takes the parsed document and returns (samples, environment): samples map a benchmark's name to
[ns, one a process], the environment has the keys of env.csv as far as the tool says them. pyperf's runs are
processes: the median of a run's values is its sample. Google Benchmark's repetitions and hyperfine's runs
are taken as they come; repetitions of one process are not independent, which widens no interval here.
"""

import re
import statistics

from benchmarking.command import CommandError

UNITS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}
ASLR = {"No randomization": "0", "Conservative randomization": "1", "Full randomization": "2"}


class NotThat(CommandError):
    """The document is not of the format; the text says where."""


def _need(holds, message):
    if not holds:
        raise NotThat(message)


def _number(value, where):
    _need(isinstance(value, (int, float)) and not isinstance(value, bool), f"{where}: {value!r} is no number")
    return float(value)


def pyperf(document):
    """pyperf's JSON of version 1.0, benchmarks with the unit second."""
    _need(str(document.get("version")) == "1.0", f"pyperf: version {document.get('version')!r}, not '1.0'")
    common, samples = dict(document.get("metadata") or {}), {}
    for number, bench in enumerate(document.get("benchmarks") or []):
        metadata = common | (bench.get("metadata") or {})
        name = metadata.get("name")
        _need(name, f"pyperf: benchmarks[{number}] has no name")
        _need(metadata.get("unit", "second") == "second", f"pyperf: {name}: unit {metadata.get('unit')!r}; only times can be imported")
        for run in bench.get("runs") or []:
            values = [_number(value, f"pyperf: {name}") for value in run.get("values") or []]
            if values:  # others are calibrations
                samples.setdefault(name, []).append(statistics.median(values) * 1e9)
    first = common
    for bench in (document.get("benchmarks") or [])[:1]:
        runs = bench.get("runs") or [{}]
        first = {**(runs[0].get("metadata") or {}), **(bench.get("metadata") or {}), **common}
    environment = {key: str(first[key]) for key in ("cpu_model_name", "cpu_count", "platform", "cpu_affinity") if first.get(key)}
    if first.get("aslr"):
        environment["aslr"] = ASLR.get(first["aslr"], str(first["aslr"]))
    governor = re.search(r"governor:(\w+)", str(first.get("cpu_config", "")))
    if governor:
        environment["cpu_governor"] = governor[1]
    if first.get("date"):
        environment["date_utc"] = str(first["date"])[:19].replace(" ", "T") + "Z"
    if first.get("python_version"):
        environment["python_version"] = str(first["python_version"])
    return samples, environment


def google_benchmark(document):
    """Repetitions; aggregates only of benchmarks that have none (--benchmark_report_aggregates_only: their
    median or mean is then the one sample). Skipped benchmarks are left out."""
    samples, aggregates = {}, {}
    for number, row in enumerate(document.get("benchmarks") or []):
        where = f"Google Benchmark: benchmarks[{number}]"
        name = row.get("run_name") or row.get("name")
        _need(name, f"{where} has no name")
        if row.get("error_occurred") or row.get("skipped") or "big_o" in row or "rms" in row:
            continue
        unit = UNITS.get(row.get("time_unit", "ns"))
        _need(unit, f"{where}: time_unit {row.get('time_unit')!r} is not known")
        if row.get("run_type", "iteration") == "iteration":
            samples.setdefault(name, []).append(_number(row.get("real_time"), where) * unit)
        elif row.get("aggregate_name") in ("median", "mean"):
            aggregates.setdefault(name, {})[row["aggregate_name"]] = _number(row.get("real_time"), where) * unit
    for name, found in aggregates.items():
        samples.setdefault(name, [found.get("median", found.get("mean"))])
    context, environment = document.get("context") or {}, {}
    if context.get("num_cpus"):
        environment["cpu_count"] = str(context["num_cpus"])
    for key in ("cpu_model_name", "platform", "commit"):
        if context.get(key):
            environment[key] = str(context[key])
    found = re.match(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)", str(context.get("date", "")))
    if found:
        environment["date_utc"] = found[1] + "Z"
    if context.get("library_build_type"):
        environment["gbench_build_type"] = str(context["library_build_type"])
    return samples, environment


def hyperfine(document):
    """Results with the times of their runs, or (from --export-json of old versions) their median alone."""
    samples = {}
    for number, row in enumerate(document.get("results") or []):
        where = f"hyperfine: results[{number}]"
        parameters = row.get("parameters") or {}
        name = parameters.get("bench") or row.get("command")
        _need(name, f"{where} has no command")
        codes = row.get("exit_codes") or []
        _need(not any(codes), f"{where}: {name!r} ended with exit code {next((code for code in codes if code), 0)}")
        times = row.get("times") or [row.get("median")]
        samples.setdefault(name, []).extend(_number(time, where) * 1e9 for time in times)
    return samples, {}


FORMATS = {"pyperf": pyperf, "google-benchmark": google_benchmark, "hyperfine": hyperfine}


def guess(document):
    """The name of a document's format; raises NotThat."""
    _need(isinstance(document, dict), "not a JSON object")
    if "results" in document:
        return "hyperfine"
    if "benchmarks" in document and "context" in document:
        return "google-benchmark"
    if "benchmarks" in document and "version" in document:
        return "pyperf"
    raise NotThat("neither pyperf's, Google Benchmark's nor hyperfine's JSON (--format says which it should be)")


def read(document, name=""):
    """(samples, environment, name of the format); raises NotThat, also where nothing is in it."""
    name = name or guess(document)
    try:
        samples, environment = FORMATS[name](document)
    except (AttributeError, TypeError, KeyError, IndexError) as problem:
        raise NotThat(f"not {name}'s JSON: {problem}") from None
    _need(samples, f"{name}: no benchmark in it")
    return samples, environment, name
