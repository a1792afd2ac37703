"""What a report says, as plain rows: ratios between techniques, to peers, over runs. No pictures, no HTML.

Ratios are made within a round, whose runs lie close together; the median over the rounds and its bootstrap
interval are shown, as at the end of tools/bench. Where a run holds no single rounds (a baseline), ratios of
medians stand without an interval.
"""

import math
import statistics

from benchmarking import figures
from benchmarking.command import matches
from benchmarking.engines import TECHNIQUES
from ledger import measured
from reporting import steps

REFERENCE = "direct"
ALL_PROGRAMS = "*"  # in the column program of ablation.csv: their geometric mean


class Ratio:
    """A ratio of times, of one benchmark or the geometric mean over several, with its 95 % interval."""

    def __init__(self, value, low=math.nan, high=math.nan, **keys):
        self.value, self.low, self.high = value, low, high
        self.keys = keys

    @property
    def text(self):
        interval = "" if math.isnan(self.low) else f" [{self.low:.2f}, {self.high:.2f}]"
        return f"{self.value:.2f}{interval}"


def ratio_of_rounds(times, reference, **keys):
    """Of two {benchmark: [time of each round]}; None if they have nothing in common."""
    ratios = figures.paired_ratios(times, reference)
    if not ratios:
        return None
    low, high = figures.bootstrap_interval(ratios)
    common = sum(bench in reference for bench in times)
    return Ratio(statistics.median(ratios), low, high, benchmarks=common, rounds=len(ratios), **keys)


def context_of(opcodes, engine, form):
    """The context that stands for an engine and form: among other opcodes if it was measured so."""
    found = {one.context for one in opcodes if (one.engine, one.form) == (engine, form)}
    return max(found, key=lambda context: (context == "mix", context == "mono"), default="")


class Report:
    """One run, and the runs before it."""

    def __init__(self, run, earlier=(), only=""):
        self.run, self.earlier, self.only = run, list(earlier), only
        self.measured = [one for one in measured.of(run, only=only)]
        self.opcodes = [one for one in self.measured if one.suite != "macro"]
        self.programs = [one for one in self.measured if one.suite == "macro"]
        self.wrong = [one for one in self.programs if not one.is_right]

    # Programs

    def program_times(self):
        """{(technique, compiler) or (peer,): {program: [seconds of each round]}}: without rounds, one median."""
        times = {}
        for one in self.programs:
            if not math.isnan(one.median):
                arm = (one.peer,) if one.peer else (one.technique, one.compiler)
                times.setdefault(arm, {})[one.bench] = one.samples or [one.median]
        return times

    def _counts(self, bench):
        """Whether a benchmark belongs to its suite: calibrators do the same whatever dispatches them."""
        return not bench.startswith("SPIN") and matches(bench, self.only)

    def suites(self):
        """[(title, {(technique, compiler): {benchmark: [times]}})] of all that compares techniques."""
        found, groups = [], measured.body_times(self.run)
        contexts = {context for _, context in groups}
        for (form, context), times in sorted(groups.items()):
            chosen = {engine: {bench: of for bench, of in benches.items() if self._counts(bench)} for engine, benches in times.items()}
            where = f", {context}" if len(contexts) > 1 else ""
            found.append((f"opcodes, {form} form{where}", chosen))
        engines = {arm: times for arm, times in self.program_times().items() if len(arm) == 2}
        return found + ([("programs", engines)] if engines else [])

    def techniques(self):
        """[(title, [Ratio to direct by the same compiler])]; keys technique, compiler, benchmarks, rounds."""
        found = []
        for title, times in self.suites():
            ratios = []
            for compiler in sorted({engine[1] for engine in times}, reverse=True):
                reference = times.get((REFERENCE, compiler))
                for technique in TECHNIQUES if reference else ():
                    if technique != REFERENCE and (technique, compiler) in times:
                        ratio = ratio_of_rounds(times[technique, compiler], reference, technique=technique, compiler=compiler, suite=title)
                        ratios += [ratio] if ratio else []
            if ratios:
                found.append((title, ratios))
        return found

    def compilers(self):
        """[Ratio of clang's time to gcc's, one a technique]: what the compiler alone makes."""
        found = []
        for title, times in self.suites():
            for technique in TECHNIQUES:
                built = sorted(engine[1] for engine in times if engine[0] == technique)
                if len(built) == 2:
                    other, base = built  # clang before gcc
                    ratio = ratio_of_rounds(times[technique, other], times[technique, base], technique=technique, compiler=other, base=base, suite=title)
                    found += [ratio] if ratio else []
        return found

    def engine(self):
        """The engine that stands for Krait: direct by gcc where it was measured."""
        arms = [arm for arm in self.program_times() if len(arm) == 2] or [(one.technique, one.compiler) for one in self.opcodes if one.technique]
        return max(arms, key=lambda arm: (arm[0] == REFERENCE, arm[1] == "gcc"), default=None)

    def peers(self):
        """[(peer, Ratio of its time to Krait's over all programs, [one a program])], least first."""
        times, engine = self.program_times(), self.engine()
        found = []
        for arm, seconds in times.items() if engine in times else ():
            if len(arm) == 1:
                over = ratio_of_rounds(seconds, times[engine], peer=arm[0])
                each = [ratio_of_rounds({program: of}, times[engine], program=program, peer=arm[0]) for program, of in seconds.items()]
                each = sorted((ratio for ratio in each if ratio), key=lambda ratio: ratio.value)
                found += [(arm[0], over, each)] if over else []
        return found

    def programs_by_technique(self):
        """[(compiler, [(program, [Ratio to direct])])]."""
        times = {arm: of for arm, of in self.program_times().items() if len(arm) == 2}
        found = []
        for compiler in sorted({arm[1] for arm in times}, reverse=True):
            reference = times.get((REFERENCE, compiler), {})
            rows = []
            for program in reference:
                ratios = []
                for technique in TECHNIQUES:
                    of = times.get((technique, compiler), {}).get(program)
                    if of and technique != REFERENCE:
                        ratio = ratio_of_rounds({program: of}, {program: reference[program]}, program=program, technique=technique, compiler=compiler)
                        ratios += [ratio] if ratio else []
                rows += [(program, ratios)] if ratios else []
            found += [(compiler, rows)] if rows else []
        return found

    # Tables of the run, as they are

    def ablation(self):
        """[(knob, Ratio over the programs, [Ratio one a program])], the dearest first; with several engines the
        knob's name has the engine. The ratio over all programs is the file's (program `*`) where it has one that
        fits what is shown, else their geometric mean with an interval over the programs."""
        rows = [row for row in self.run.table("ablation.csv") if row["ratio"]]
        engines = {(row["technique"], row["engine_compiler"]) for row in rows}
        knobs = {}
        for row in rows:
            name = row["knob"] + (f", {row['technique']}:{row['engine_compiler']}" if len(engines) > 1 else "")
            ends = [float(row[key]) if row[key] else math.nan for key in ("ratio", "ci_lo", "ci_hi")]
            over, each = knobs.setdefault(name, ([], []))
            if row["program"] == ALL_PROGRAMS:
                over.extend([Ratio(*ends, row=row)] * (not self.only))
            elif matches(row["program"], self.only):
                each.append(Ratio(*ends, row=row))
        found = [(name, over[0] if over else self._over_programs(each), each) for name, (over, each) in knobs.items() if each]
        return sorted(found, key=lambda item: -item[1].value)

    @staticmethod
    def _over_programs(ratios):
        logs = [math.log(ratio.value) for ratio in ratios]
        low, high = (math.exp(end) for end in figures.bootstrap_interval(logs))
        return Ratio(figures.geometric_mean([ratio.value for ratio in ratios]), low, high)

    def model(self):
        """(median absolute error, [(row of model.csv, Ratio of predicted to measured time)], the lowest first)."""
        found = []
        for row in self.run.table("model.csv"):
            if float(row["measured_s"]) > 0 and matches(row["program"], self.only):
                found.append((row, Ratio(*(float(row[key]) / float(row["measured_s"]) for key in ("predicted_s", "ci_lo_s", "ci_hi_s")))))
        errors = [abs(ratio.value - 1) for _, ratio in found]
        return statistics.median(errors) if errors else math.nan, sorted(found, key=lambda item: item[1].value)

    def verdicts(self):
        order = ("REGRESSED", "IMPROVED", "INCONCLUSIVE", "LAYOUT-OR-HOST", "SAME")
        rows = [row for row in self.run.table("compare.csv") if matches(row["bench"], self.only)]
        return sorted(rows, key=lambda row: (order.index(row["verdict"]), -abs(math.log(float(row["ratio"]))) if row["ratio"] else 0))

    def resources(self):
        return [row for row in self.run.table("resources.csv") if matches(row["program"], self.only)]

    def profile(self):
        """{(program, technique, compiler, event): {kind: [row of profile.csv], the largest share first}}."""
        found = {}
        for row in self.run.table("profile.csv"):
            if row["share"] and matches(row["program"], self.only):
                where = (row["program"], row["technique"], row["engine_compiler"], row["event"])
                found.setdefault(where, {}).setdefault(row["kind"], []).append(row)
        for kinds in found.values():
            for rows in kinds.values():
                rows.sort(key=lambda row: -float(row["share"]))
        return found

    def is_empty(self):
        """Whether there is nothing to show of the run."""
        files = (self.verdicts(), self.ablation(), self.model()[1], self.resources(), self.profile(), self.run.flame_graphs())
        return not self.measured and not any(files)

    # Over runs

    def history(self):
        """History of all runs, oldest first; None with fewer than two."""
        runs = [run for run in self.earlier if run.table("summary.csv") or run.table("macro.csv")]
        return History([*runs, self.run], self.only) if runs and self.measured else None


class Course:
    """One benchmark or suite over the runs that have it: values relative to the first one."""

    def __init__(self, label, engine, positions, values, errors, benchmarks=1):
        self.label, self.engine, self.positions, self.benchmarks = label, engine, positions, benchmarks
        self.values = [value / values[0] for value in values]
        self.lows = [value * math.exp(-1.96 * error) if error == error else math.nan for value, error in zip(self.values, errors)]
        self.highs = [value * math.exp(1.96 * error) if error == error else math.nan for value, error in zip(self.values, errors)]
        self.pieces = steps.pieces([math.log(value) for value in self.values], errors)

    def levels(self):
        """[(first position, last position, level)] of the pieces."""
        return [(self.positions[first], self.positions[last], math.exp(level)) for first, last, level in self.pieces]

    def changes(self):
        """[(position where a new level begins, ratio to the level before)]."""
        levels = self.levels()
        return [(after[0], after[2] / before[2]) for before, after in zip(levels, levels[1:])]


def _error(one):
    """Standard error of the logarithm of a median, from its interval."""
    return math.log(one.high / one.low) / (2 * 1.96) if one.low > 0 else math.nan


class History:
    """Every benchmark under every engine over the runs, and the geometric means of suites."""

    def __init__(self, runs, only=""):
        self.runs = runs
        self.names = [(run.commit or run.run_id)[:10] for run in runs]
        self.series = {}  # key: {position: Measured}
        for position, run in enumerate(runs):
            for one in measured.of(run, only=only):
                if one.median > 0 and not one.peer:
                    self.series.setdefault(one.key, {})[position] = one

    def suites(self):
        """Courses of the geometric means: one a suite, form and engine, over what all of its runs have."""
        groups = {}
        for of in self.series.values():
            one = next(iter(of.values()))
            title = "programs" if one.suite == "macro" else ", ".join(filter(None, [f"opcodes, {one.form} form", one.context])) if one.form else one.suite
            groups.setdefault((title, one.engine), []).append(of)
        for (title, engine), members in sorted(groups.items()):
            everywhere = sorted(set.union(*(set(of) for of in members)))
            common = [of for of in members if len(of) == len(everywhere)]
            if len(everywhere) < 2 or not common:
                continue
            values = [figures.geometric_mean([of[position].median for of in common]) for position in everywhere]
            errors = [self._joint([_error(of[position]) for of in common]) for position in everywhere]
            yield Course(f"{title}, {engine}" if engine else title, engine, everywhere, values, errors, len(common))

    @staticmethod
    def _joint(errors):
        known = [error for error in errors if error == error]
        return math.sqrt(sum(error**2 for error in known)) / len(errors) if len(known) == len(errors) else math.nan

    def changed(self):
        """Courses of single benchmarks that have a step, the largest first."""
        found = []
        for of in self.series.values():
            positions = sorted(of)
            if len(positions) >= 2 * steps.LEAST:
                first = of[positions[0]]
                course = Course(first.name, first.engine, positions, [of[position].median for position in positions], [_error(of[position]) for position in positions])
                found += [course] if course.changes() else []
        return sorted(found, key=lambda course: -max(abs(math.log(ratio)) for _, ratio in course.changes()))
