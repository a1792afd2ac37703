"""What a run measured: one Measured a benchmark and engine, from whichever files the run has.

Its figures are those of summary.csv and macro.csv; its samples, one a process, come from raw.csv where the
run has it. Times are nanoseconds for opcodes, seconds for programs, as in the files.
"""

import math

from benchmarking import figures
from benchmarking.command import matches

NS = 1e-9


class Measured:
    """The figures of one benchmark under one engine. `low` and `high` are the 95 % interval of the median, nan
    where it is not known; `samples` are in the order of the processes."""

    def __init__(self, suite, bench, unit, **keys):
        self.suite, self.bench, self.unit = suite, bench, unit
        self.form, self.context = keys.get("form", ""), keys.get("context", "")
        self.technique, self.compiler = keys.get("technique", ""), keys.get("compiler", "")
        self.peer, self.peer_version = keys.get("peer", ""), keys.get("peer_version", "")
        self.command, self.size, self.flags = keys.get("command", ""), keys.get("size", ""), keys.get("flags", "")
        self.samples, self.processes, self.is_right = [], 0, True
        self.median = self.mean = self.stddev = self.min = self.max = self.low = self.high = math.nan
        self.user = self.system = self.instructions = math.nan

    @property
    def engine(self):
        """TECHNIQUE:COMPILER, or the peer, or nothing."""
        return self.peer or ":".join(filter(None, [self.technique, self.compiler]))

    @property
    def key(self):
        """Equal for what compares between runs."""
        return (self.suite, self.bench, self.size, self.form, self.context, self.technique, self.compiler, self.peer, self.peer_version)

    @property
    def name(self):
        """The key in one word for other tools: BINARY_OP.add_int/plain/mono/direct:gcc, fib/direct:gcc."""
        return "/".join(filter(None, [self.bench, self.form, self.context, self.engine.strip("/")]))

    @property
    def seconds(self):
        """What a figure is multiplied with to be seconds."""
        return NS if self.unit == "ns" else 1.0

    def describe(self, samples):
        """Takes all figures from samples."""
        self.samples, self.processes = samples, len(samples)
        described = figures.describe(samples)
        self.median, self.mean, self.stddev = described["median"], described["mean"], described["stddev"]
        self.min, self.max = described["min"], described["max"]
        self.low, self.high = described["ci_lo"], described["ci_hi"]

    def half_width(self):
        """Half the interval; nan if there is none."""
        return (self.high - self.low) / 2


def _number(cell):
    return float(cell) if cell else math.nan


def _points(row):
    return int(row["copies"] or 1), float(row["median_ns"])


def _micro_key(row):
    return (row["suite"], row["bench"], row["form"], row["context"], row["technique"], row["engine_compiler"])


def _slopes(rows):
    """{key: {process: {body: slope}}} of opcodes; of other tools' figures {"run": value}. A baseline that several
    benchmarks share stands with each of them. Rows of another arm than A are another commit's, or the same once
    more; rows whose every segment was disturbed count only where no others are."""
    points, owners, slopes = {}, {}, {}
    for row in rows:
        if row["suite"] != "macro" and row["arm"] in ("", "A"):
            key, process = _micro_key(row), (int(row["layout_seed"] or 0), int(row["process"]))
            is_clean = not row["tainted"] or row["tainted"] != row["segments"]
            points.setdefault((key, process, row["body"]), []).append((is_clean, _points(row)))
            if row["body"] == "body":
                owners[key, process] = (key[0], row.get("baseline") or key[1], *key[2:])
    found = {}
    for place, of in points.items():
        clean = [point for is_clean, point in of if is_clean]
        chosen = clean if len({x for x, _ in clean}) > 1 else [point for _, point in of]
        if place[2] == "run":
            slopes[place] = chosen[0][1]
        elif len({x for x, _ in chosen}) > 1:
            slopes[place] = figures.slope(chosen)
    for (key, process, body), slope in slopes.items():
        if body != "baseline":
            found.setdefault(key, {}).setdefault(process, {})[body] = slope
    for (key, process), owner in owners.items():
        baseline = slopes.get((owner, process, "baseline"))
        if baseline is not None and process in found.get(key, {}):
            found[key][process]["baseline"] = baseline
    return found


def micro_samples(rows):
    """{key: [cost in ns, one a process]}: the slope of the body less that of its baseline; of other tools'
    figures the values themselves."""
    samples = {}
    for key, processes in _slopes(rows).items():
        for _, of in sorted(processes.items()):
            if "run" in of:
                samples.setdefault(key, []).append(of["run"])
            elif "body" in of and "baseline" in of:
                samples.setdefault(key, []).append(of["body"] - of["baseline"])
    return samples


def body_times(run):
    """{(form, context): {(technique, compiler): {bench: [ns a copy of the body, one a process]}}}. Techniques are
    compared by whole bodies: an opcode's own cost is a difference, which for the cheapest is mostly noise."""
    times = {}
    for (suite, bench, form, context, technique, compiler), processes in _slopes(run.table("raw.csv")).items():
        slopes = [of["body"] for _, of in sorted(processes.items()) if "body" in of]
        if suite == "micro" and slopes and min(slopes) > 0:
            times.setdefault((form, context), {}).setdefault((technique, compiler), {})[bench] = slopes
    return times


def macro_samples(rows):
    """{(program, technique, compiler, peer): [seconds, one a run]}: rows of raw.csv whose body is `run`; a
    peer's name stands in their column `arm`, other arms than A are another commit's."""
    samples = {}
    for row in sorted((row for row in rows if row["suite"] == "macro" and (row["arm"] in ("", "A") or not row["technique"])), key=lambda row: int(row["round"] or row["process"])):
        key = (row["bench"], row["technique"], row["engine_compiler"], "" if row["technique"] else row["arm"])
        samples.setdefault(key, []).append(float(row["median_ns"]) * NS)
    return samples


def opcodes(run):
    """A Measured for every row of summary.csv that has figures."""
    samples = micro_samples(run.table("raw.csv"))
    for row in run.table("summary.csv"):
        found = Measured(
            row["suite"], row["bench"], "ns", form=row["form"], context=row["context"], technique=row["technique"],
            compiler=row["engine_compiler"], flags=row["engine_flags"],
        )
        found.processes, found.instructions = int(row["processes"]), _number(row["instr_per_op"])
        found.median, found.mean, found.stddev = (_number(row[f"{key}_ns"]) for key in ("median", "mean", "stddev"))
        found.min, found.max = _number(row["min_ns"]), _number(row["max_ns"])
        found.low, found.high = _number(row["ci_lo_ns"]), _number(row["ci_hi_ns"])
        found.samples = samples.get(_micro_key(row), [])
        if not math.isnan(found.median):
            yield found


def mean_interval(mean, stddev, count):
    """The 95 % interval of a mean by Student's t, where nothing else is known; (nan, nan) for one value."""
    if count < 2 or math.isnan(mean):
        return math.nan, math.nan
    from scipy import stats  # late: most commands do without

    width = float(stats.t.ppf(0.975, count - 1)) * stddev / math.sqrt(count)
    return mean - width, mean + width


def programs(run):
    """A Measured for every row of macro.csv; one whose output was wrong has no figures."""
    samples = macro_samples(run.table("raw.csv"))
    rounds = int(run.environment.get("processes") or 0)
    for row in run.table("macro.csv"):
        found = Measured(
            "macro", row["parameter_bench"], "s", technique=row["parameter_technique"], compiler=row["parameter_engine_compiler"],
            peer=row["peer"], peer_version=row["peer_version"], command=row["command"], size=row["parameter_size"], flags=row["engine_flags"],
        )
        found.is_right = row["checksum_ok"] != "0"
        if row["median"]:
            known = samples.get((found.bench, found.technique, found.compiler, found.peer), [])
            if known:
                found.describe(known)
            else:
                found.processes = rounds
                found.low, found.high = mean_interval(_number(row["mean"]), _number(row["stddev"]), rounds)
            found.median, found.mean, found.stddev = (_number(row[key]) for key in ("median", "mean", "stddev"))
            found.min, found.max, found.user, found.system = (_number(row[key]) for key in ("min", "max", "user", "system"))
        yield found


def of(run, suite="", only=""):
    """All that a run measured, in the order of its files; `suite` and the globs `only` choose."""
    found = []
    if suite != "macro":
        found += opcodes(run)
    if suite in ("", "macro"):
        found += programs(run)
    return [one for one in found if suite in ("", one.suite) and matches(one.bench, only)]
