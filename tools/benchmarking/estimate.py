"""From raw rows to what an opcode costs, and how sure that is (protocol micro-v1).

1. A process and a body give a slope over the numbers of copies (Theil-Sen); rows whose every segment was
   tainted are left out while others are there. The process's value is the body's slope less the baseline's.
2. Values stand in two levels, layouts (builds that differ in code placement) and processes within them. The
   estimate is the mean over layouts of the medians of their processes; its interval comes from the
   hierarchical bootstrap: layouts are drawn with replacement, then processes within each (percentiles of
   DRAWS draws, expanded for few processes; Davison and Hinkley 1997, section 3.8). Draws never leave the
   range of the values, which for fewer than FEW misses the median more often than 95 % allow (3 values: one
   time in 4): their interval is Student's. One layout says nothing about placement: the interval is then of
   processes alone.
3. Lack of fit: a straight line has equal slopes from N to 2N and from 2N to 4N copies. Where the interval of
   their relative difference over the processes excludes 0 by more than CURVATURE, a row is `nonlinear`.
4. Regression: what single instructions cost is solved from all bodies together, weighted least squares on
   the matrix of how often a copy executes each. Every body leaves the stack as it was, so one degree of
   freedom is never determined: an instruction that pushes could cost more and all that pop less. Groups such
   as LOAD_FAST+POP_TOP are determined; single ones are reported as if LOAD_FAST and POP_TOP cost the same.
"""

import functools
import math

import numpy

from benchmarking import figures

DRAWS = 2000
FEW = 6  # the range of so many values holds the median with 97 %
REGRESSION_DRAWS = 300
CURVATURE = 0.02
FLOOR_NS = 0.05  # less cannot be told from nothing: printed as <0.05
# What leaves the stack differently from run to run, or not in order.
UNBALANCED = (
    "FOR_ITER", "SEND", "END_FOR", "END_ASYNC_FOR", "YIELD_VALUE", "RETURN_GENERATOR", "RAISE_VARARGS", "RERAISE", "PUSH_EXC_INFO",
    "POP_EXCEPT", "CHECK_EXC_MATCH", "CHECK_EG_MATCH", "WITH_EXCEPT_START", "CLEANUP_THROW",
)
# What takes or leaves as much as its operand says: an unknown of its own in each bench.
BY_OPERAND = ("BUILD_", "CALL", "UNPACK_", "LOAD_ATTR", "LOAD_GLOBAL", "LOAD_SUPER_ATTR", "MAKE_FUNCTION", "FORMAT_VALUE")
CALIBRATOR, ADDITIONS = "SPIN512.over_SPIN64", 512 - 64
FILLERS = "FILLERS"  # the two fillers of a copy in the contexts mix and fresh
TO_DEVIATION = 1.4826  # of a median absolute deviation to a standard deviation, for normal noise
MEDIAN_NOISE = 1.2533  # standard error of a median over that of a mean, likewise


@functools.cache
def _expanded_tail(count, confidence):
    """The share of draws to cut off at each end: percentile intervals of few values are too narrow as they
    are (Hesterberg 2015, section 5.1)."""
    from scipy import stats  # late: it takes half a second to load

    width = math.sqrt(count / (count - 1)) * stats.t.ppf((1 + confidence) / 2, count - 1)
    return float(stats.norm.sf(width))


def _student(values, confidence=0.95):
    """Half the width of the interval of the median of a few values that stand for a normal distribution."""
    from scipy import stats

    error = MEDIAN_NOISE * numpy.std(values, ddof=1) / math.sqrt(len(values))
    return float(stats.t.ppf((1 + confidence) / 2, len(values) - 1) * error)


class Slope:
    """A line through the times of one body in one process: (copies, ns, standard error) points."""

    def __init__(self, points):
        self.points = sorted(points)
        self.slope = figures.slope([point[:2] for point in self.points])

    def noise(self):
        """Standard error of the slope as far as the segments tell."""
        mean = sum(x for x, _, _ in self.points) / len(self.points)
        spread = sum((x - mean) ** 2 for x, _, _ in self.points)
        return math.sqrt(sum(((x - mean) / spread * error) ** 2 for x, _, error in self.points))

    def curvature(self):
        """How much steeper the second half is than the first, relative to the slope; nan for two points."""
        places = {}
        for x, y, _ in self.points:
            places.setdefault(x, []).append(y)
        if len(places) < 3 or not self.slope:
            return math.nan
        line = [(x, sum(values) / len(values)) for x, values in places.items()]
        (x1, y1), (x2, y2), (x3, y3) = line[0], line[len(line) // 2], line[-1]
        return ((y3 - y2) / (x3 - x2) - (y2 - y1) / (x2 - x1)) / abs(self.slope)


def _is_tainted(row):
    return row["tainted"] == row["segments"]


def _point(row):
    segments = max(int(row["segments"]) - int(row["tainted"]), 1)
    error = MEDIAN_NOISE * TO_DEVIATION * float(row["mad_ns"]) / math.sqrt(segments)
    return int(row["copies"]), float(row["median_ns"]), error


class Slopes:
    """Every slope that rows of raw.csv hold."""

    def __init__(self, rows):
        clean, every, self.baseline = {}, {}, {}
        for row in rows:
            arm = (row["form"], row["context"], row["technique"], row["engine_compiler"])
            process = (int(row["layout_seed"]), int(row["process"]))
            key = (row["bench"], row["body"], row["arm"] or "A", arm, process)
            every.setdefault(key, []).append(_point(row))
            if not _is_tainted(row):
                clean.setdefault(key, []).append(_point(row))
            if row["body"] == "body":
                self.baseline[row["bench"], arm, process] = row["baseline"] or row["bench"]
        # Two good points make a line; with fewer, all of them are better than none, and it is said.
        self.tainted = {key for key in every if len(clean.get(key, ())) < 2}
        chosen = {key: every[key] if key in self.tainted else clean[key] for key in every}
        self.of = {key: Slope(points) for key, points in chosen.items() if len({x for x, _, _ in points}) > 1}

    def costs(self, copy="A"):
        """{(bench, form, context, technique, compiler): {(layout, process): (Slope of the body, of the
        baseline)}}, sorted."""
        found = {}
        for (bench, body, arm, where, process), slope in sorted(self.of.items(), key=lambda item: item[0]):
            if body != "body" or arm != copy:
                continue
            owner = self.baseline[bench, where, process]
            baseline = self.of.get((owner, "baseline", "A", where, process))
            if baseline:
                found.setdefault((bench, *where), {})[process] = (slope, baseline)
        return found

    def is_tainted(self, bench, where, process):
        return (bench, "body", "A", where, process) in self.tainted


class Levels:
    """Values of processes in layouts: {(layout, process): value}."""

    def __init__(self, values):
        grouped = {}
        for (layout, _), value in sorted(values.items()):
            grouped.setdefault(layout, []).append(value)
        self.groups = [numpy.array(group) for group in grouped.values()]

    def middle(self):
        return float(numpy.mean([numpy.median(group) for group in self.groups]))

    def interval(self, confidence=0.95, draws=DRAWS, seed=1):
        """Hierarchical bootstrap, for fewer than FEW values Student's; (nan, nan) for fewer than 3."""
        values = numpy.concatenate(self.groups)
        if values.size < 3:
            return math.nan, math.nan
        if values.size < FEW:
            return self.middle() - _student(values, confidence), self.middle() + _student(values, confidence)
        generator = numpy.random.default_rng(seed)
        medians = numpy.empty((len(self.groups), len(self.groups), draws))
        for i, group in enumerate(self.groups):  # a layout may be drawn up to as often as there are layouts
            picked = generator.integers(len(group), size=(len(self.groups), draws, len(group)))
            medians[i] = numpy.median(group[picked], axis=2)
        layouts = generator.integers(len(self.groups), size=(len(self.groups), draws))
        drawn = medians[layouts, numpy.arange(len(self.groups))[:, None], numpy.arange(draws)].mean(axis=0)
        tail = 100 * _expanded_tail(values.size, confidence)
        low, high = numpy.percentile(drawn, [tail, 100 - tail])
        return float(low), float(high)

    def deviations(self, noise):
        """Standard deviations (layout, process) without what comes from below; nan where one value is all.
        `noise` is the standard error of one value."""
        sizes = [len(group) for group in self.groups]
        within = [float(numpy.var(group, ddof=1)) for group in self.groups if len(group) > 1]
        inside = sum(within) / len(within) if within else math.nan
        process = math.sqrt(max(inside - noise**2, 0)) if within else math.nan
        if len(sizes) < 2 or not within:
            return math.nan, process
        between = float(numpy.var([numpy.mean(group) for group in self.groups], ddof=1))
        return math.sqrt(max(between - inside / (sum(sizes) / len(sizes)), 0)), process


class Estimate:
    """What one row costs in one arm: `key` (bench, form, context, technique, compiler), `values` of the processes
    in ns, `middle`, `low`, `high`, standard deviations of each level, `nonlinear`, share of tainted processes."""

    def __init__(self, key, processes, tainted):
        self.key = key
        costs = {process: body.slope - baseline.slope for process, (body, baseline) in processes.items()}
        self.values = list(costs.values())
        levels = Levels(costs)
        self.layouts = len(levels.groups)
        self.middle = levels.middle()
        self.low, self.high = levels.interval()
        noise = [math.hypot(body.noise(), baseline.noise()) for body, baseline in processes.values()]
        self.segment_sd = float(numpy.median(noise))
        self.layout_sd, self.process_sd = levels.deviations(self.segment_sd)
        self.body = float(numpy.median([body.slope for body, _ in processes.values()]))
        self.baseline = float(numpy.median([baseline.slope for _, baseline in processes.values()]))
        curvatures = {process: body.curvature() for process, (body, _) in processes.items()}
        curvatures = {process: value for process, value in curvatures.items() if value == value}
        self.curvature, self.curvature_low, self.curvature_high = math.nan, math.nan, math.nan
        if curvatures:
            bent = Levels(curvatures)
            self.curvature = bent.middle()
            self.curvature_low, self.curvature_high = bent.interval()
        self.nonlinear = self.curvature_low > CURVATURE or self.curvature_high < -CURVATURE
        self.tainted = tainted / len(processes)


def opcodes(rows_or_slopes):
    """An Estimate for every row and arm, sorted by key."""
    slopes = rows_or_slopes if isinstance(rows_or_slopes, Slopes) else Slopes(rows_or_slopes)
    for key, processes in sorted(slopes.costs().items()):
        tainted = sum(slopes.is_tainted(key[0], key[1:], process) for process in processes)
        yield Estimate(key, processes, tainted)


def text_ns(value):
    """A cost for people: what is below the resolution says so."""
    return f"{value:.2f}" if value != value or value >= FLOOR_NS else f"<{FLOOR_NS}"


def line(found, ghz=math.nan, instructions=""):
    """One line that tells all of an estimate."""
    bench, form, context, technique, compiler = found.key
    scale = found.body or math.nan
    deviations = [
        f"{name} sd {100 * value / scale:.1f} %"
        for name, value in (("layout", found.layout_sd), ("process", found.process_sd), ("segment", found.segment_sd))
        if value == value
    ]
    parts = [f"{bench}  {technique}:{compiler} {form} {context}  {text_ns(found.middle)} ns"]
    if found.low == found.low:
        parts[0] += f" [{found.low:.2f}, {found.high:.2f}]"
    parts[0] += f"  ~{found.middle * ghz:.1f} cycles" * (ghz == ghz) + f"  {instructions} instructions" * bool(instructions)
    parts += [", ".join(deviations)] * bool(deviations)
    parts += [f"base {found.baseline:.2f} ns", "nonlinear" if found.nonlinear else "linear", f"tainted {100 * found.tainted:.0f} %"]
    return " | ".join(parts)


def again(slopes):
    """A/A: [(key, difference of the second body, low, high)] of the rows that were measured twice, in ns."""
    first, second = slopes.costs(), slopes.costs("A2")
    found = []
    for key, processes in second.items():
        both = {process: bodies[0].slope - first[key][process][0].slope for process, bodies in processes.items() if process in first.get(key, {})}
        if both:
            levels = Levels(both)
            found.append((key, levels.middle(), *levels.interval()))
    return found


def calibration(rows, slopes):
    """{(technique, compiler): [cycles of the canary an addition takes, one a process]}: what SPIN512 costs more
    than SPIN64, for each of the 448 additions. 1 is right. (The smaller SPINs would do where the jump behind a
    SPIN is always foreseen.)"""
    ghz = {}
    for row in rows:
        if row["bench"] == CALIBRATOR and row["body"] == "body":
            where = (row["form"], row["context"], row["technique"], row["engine_compiler"])
            ghz.setdefault((where, int(row["layout_seed"]), int(row["process"])), []).append(float(row["canary_ghz"]))
    found = {}
    for (bench, *where), processes in slopes.costs().items():
        for process, (body, baseline) in processes.items() if bench == CALIBRATOR else ():
            cycles = (body.slope - baseline.slope) * float(numpy.median(ghz[(tuple(where), *process)]))
            found.setdefault((where[2], where[3]), []).append(cycles / ADDITIONS)
    return found


class Regression:
    """The costs of single instructions of one arm, from its bodies and baselines.

    `counts` maps (bench, body) to {instruction: how often a copy executes it}. A measured opcode with several
    variants is as many unknowns; `unknowns` names them: INSTRUCTION or BENCH."""

    def __init__(self, slopes, arm, counts):
        self.rows, values = [], {}
        self.owners = {bench: owner for (bench, where, _), owner in slopes.baseline.items() if where == arm}
        for (bench, body, copy, where, process), slope in slopes.of.items():
            if where == arm and copy == "A" and (bench, body) in counts and self._is_usable(bench, body, counts):
                values.setdefault((bench, body), {})[process] = slope.slope
        self.rows = sorted(values)
        self.processes = sorted({process for each in values.values() for process in each})
        self.unknowns, self.matrix = self._matrix(counts, arm[1] != "mono")
        table = numpy.array([[values[row].get(process, math.nan) for process in self.processes] for row in self.rows])
        self.times = table.reshape(len(self.rows), len(self.processes))
        spread = numpy.nanstd(self.times, axis=1) / math.sqrt(max(len(self.processes), 1))
        self.weights = 1 / numpy.hypot(spread, 0.01 * numpy.nanmean(self.times, axis=1) + FLOOR_NS / 5)
        weighted = self.matrix * self.weights[:, None]
        self.projection = numpy.linalg.pinv(weighted, rcond=1e-9) @ weighted  # onto what is determined
        even = numpy.zeros((1, len(self.unknowns)))  # of what is not: LOAD_FAST and POP_TOP cost the same
        if {"LOAD_FAST", "POP_TOP"} <= set(self.unknowns):
            even[0, self.unknowns.index("LOAD_FAST")], even[0, self.unknowns.index("POP_TOP")] = 1, -1
        self.solver = numpy.linalg.pinv(numpy.vstack([weighted, even]), rcond=1e-9)[:, :-1] * self.weights
        self.rank = int(numpy.linalg.matrix_rank(weighted, tol=None))

    def _matrix(self, counts, has_fillers):
        """(unknowns, rows × unknowns). The opcode of a bench is an unknown of its own if it has several."""
        benches = {}
        for bench, body in self.rows:
            if body == "body":
                benches.setdefault(self._own(bench, counts), []).append(bench)
        index, cells = {}, []
        for bench, body in self.rows:
            row = {}
            own = self._own(bench, counts) if body == "body" else None
            for instruction, count in counts[bench, body].items():
                alone = len(benches.get(own, ())) == 1 and not own.startswith(UNBALANCED + BY_OPERAND)
                name = bench if instruction == own and not alone else instruction
                if name == instruction and instruction.startswith(BY_OPERAND):
                    name = f"{instruction} in {self.owners.get(bench, bench)}"
                row[index.setdefault(name, len(index))] = count
            if has_fillers and not bench.startswith("SPIN"):
                row[index.setdefault(FILLERS, len(index))] = 1
            cells.append(row)
        matrix = numpy.zeros((len(cells), len(index)))
        for number, row in enumerate(cells):
            for column, count in row.items():
                matrix[number, column] = count
        return list(index), matrix

    def _is_usable(self, bench, body, counts):
        """Loops, generators and handlers of exceptions take from the stack what no instruction says; such code
        would seem to determine what nothing does. It is used where it tells of its own opcode alone."""
        odd = [name for name in counts[bench, body] if name.startswith(UNBALANCED)]
        return not odd or (body == "body" and odd == [self._own(bench, counts)])

    @staticmethod
    def _own(bench, counts):
        """The instruction that a bench is about: of its opcode's family, what its body runs oftenest beyond
        the baseline."""
        opcode = bench.split(".", 1)[0]
        family = {name: count for name, count in counts[bench, "body"].items() if name == opcode or name.startswith(f"{opcode}_")}
        return max(family, key=lambda name: family[name] - counts.get((bench, "baseline"), {}).get(name, 0), default=opcode)

    def solve(self, times):
        return self.solver @ times

    def _solve_known(self, times, otherwise):
        return self.solve(numpy.where(numpy.isnan(times), otherwise, times))

    def groups(self):
        """{unknown: {unknown: times}} of what is determined: itself if it is alone, else with the fewest
        LOAD_FASTs or POP_TOPs that make it so; {} if they do not."""
        found = {}
        for column, name in enumerate(self.unknowns):
            found[name] = {}
            for other, times in [(name, 0)] + [(helper, times) for times in (1, 2, 3, -1, -2) for helper in ("LOAD_FAST", "POP_TOP") if helper in self.unknowns]:
                combination = numpy.zeros(len(self.unknowns))
                combination[column] = 1
                combination[self.unknowns.index(other)] += times
                if numpy.allclose(combination @ self.projection, combination, atol=1e-6) and combination.any():
                    found[name] = {name: 1, other: times} if times else {name: 1}
                    break
        return found

    def results(self, seed=1):
        """One (unknown, cost, group text, cost of the group, low, high) for each; nan where nothing is known."""
        middle = numpy.nanmedian(self.times, axis=1)
        middle = numpy.where(numpy.isnan(middle), 0, middle)
        solution = self.solve(middle)
        generator = numpy.random.default_rng(seed)
        layouts = {}
        for column, (layout, _) in enumerate(self.processes):
            layouts.setdefault(layout, []).append(column)
        is_few = len(self.processes) < FEW
        drawn = [self._solve_known(times, middle) for times in self.times.T] if is_few else []
        for _ in range(0 if is_few else REGRESSION_DRAWS):
            picked = []
            for layout in generator.choice(list(layouts), size=len(layouts)):
                picked += list(generator.choice(layouts[layout], size=len(layouts[layout])))
            drawn.append(self._solve_known(numpy.nanmedian(self.times[:, picked], axis=1), middle))
        drawn = numpy.array(drawn)
        for column, (name, group) in enumerate((name, group) for name, group in self.groups().items()):
            combination = numpy.zeros(len(self.unknowns))
            for part, times in group.items():
                combination[self.unknowns.index(part)] += times
            cost, low, high = math.nan, math.nan, math.nan
            if group:
                cost = float(combination @ solution)
            if group and is_few and len(drawn) > 2:
                low, high = cost - _student(drawn @ combination), cost + _student(drawn @ combination)
            elif group and not is_few:
                low, high = numpy.percentile(drawn @ combination, [2.5, 97.5])
            text = "".join(f"{'-' if times < 0 else '+' * bool(i)}{f'{abs(times)}*' * (abs(times) != 1)}{part}" for i, (part, times) in enumerate(group.items()))
            yield name, float(solution[column]), text, cost, float(low), float(high)
