"""One comparison from its first round to its verdicts: stages, resuming, confirmation, the same-code rule.

Stages: `first` (all rows), `second` (rows that the first leaves open, as many rounds again; the error
allowed is split 0.02 and 0.03), `confirm` (rows that are flagged, new processes). What stage comes next
follows from what was measured alone, so a run that was stopped goes on where it was.
"""

from benchmarking import code, counting, inference, paired, verdicts
from benchmarking.paired import BASE, HEAD
from benchmarking.progress import Progress

FIRST, SECOND, CONFIRM = "first", "second", "confirm"
ALPHA_FIRST_SHARE = 0.4  # of the error allowed, where there are two stages
CONFIRM_ROUNDS = 20
PILOT = "program,processes,round_ns,counter".split(",")
CONFIRM_SHARE = 0.3  # of a budget: kept for the confirmation


class TooLittleTime(Exception):
    """A budget does not suffice for the least number of rounds."""


class Comparison:
    """measurer: what runs the rounds; parts: keeps them (runs.Parts); history: verdicts.History."""

    def __init__(self, measurer, rule, parts, history, rounds, stages=2, quiet=False):
        self.measurer, self.rule, self.parts, self.history = measurer, rule, parts, history
        self.rounds, self.stages, self.quiet = rounds, stages, quiet
        self.rows = list(measurer.rows)

    def least_rounds(self):
        """Rounds below which no row could pass Holm at the first stage."""
        return inference.least_rounds(len(self.rows), self._alphas()[0])

    def _alphas(self):
        alpha = self.rule.alpha
        return (alpha,) if self.stages == 1 else (alpha * ALPHA_FIRST_SHARE, alpha * (1 - ALPHA_FIRST_SHARE))

    def plan(self, pilot, budget=None):
        """How many processes make one number of a program, from a pilot run that is kept; with a budget in
        seconds, how many rounds fit. Raises TooLittleTime."""
        settings = self.measurer.settings
        if "pilot" not in pilot:
            took = self.measurer.pilot()
            rows = [{"program": name, "processes": count, "round_ns": "", "counter": ""} for name, count in settings.processes.items()]
            pilot.add("pilot", rows + [{"program": "", "processes": "", "round_ns": took, "counter": settings.counter}])
        rows = list(pilot.rows())
        settings.processes = {row["program"]: int(row["processes"]) for row in rows if row["program"]}
        settings.counter = rows[-1]["counter"]
        if budget:
            seconds = float(rows[-1]["round_ns"]) / 1e9
            fits = int(budget * (1 - CONFIRM_SHARE) / (seconds * self.stages))
            if fits < self.least_rounds():
                wanted = self.least_rounds() * seconds * self.stages / (1 - CONFIRM_SHARE)
                raise TooLittleTime(
                    f"{fits} rounds of {len(self.rows)} rows fit, {self.least_rounds()} are the least that can decide: "
                    f"{wanted:.0f} s, or fewer rows (--only)"
                )
            self.rounds = fits

    def samples(self):
        return list(self.parts.rows())

    def collected(self, *stages):
        return verdicts.collect(self.samples(), list(stages))

    def _measure(self, stage, rows, rounds, arms=None):
        """The rounds of a stage that are not there yet."""
        measurer = paired.Measurer(rows, arms or self.measurer.arms, self.measurer.settings, self.measurer.suite)
        missing = [number for number in range(rounds) if f"{stage}-{number:04d}" not in self.parts]
        shown = Progress(f"{stage}, {len(rows)} rows", len(missing), quiet=self.quiet)
        for number in missing:
            self.parts.add(f"{stage}-{number:04d}", measurer.round(stage, number))
            shown.step(f"round {number + 1} of {rounds}")

    def run(self, same_code_rule=True):
        """Measures what is missing; [Result] of all rows with their verdicts. No peeking: the number of
        rounds of each stage is fixed before it begins."""
        alphas = self._alphas()
        self._measure(FIRST, self.rows, self.rounds)
        collected = self.collected(FIRST)
        floors = {row: self._floor(row, collected) for row in self.rows}
        results = verdicts.judge(self.rows, collected, self.rule, floors, alphas[0])
        if self.stages == 2:
            results = self._second(results, floors, alphas[1])
        self._confirm(results, floors)
        if same_code_rule:
            self._compare_code(results)
            verdicts.cap(results)
        return results

    def _floor(self, row, collected):
        return verdicts.floor_of(row, collected[row.bench, row.engine], self.rule, self.history.of(row))

    def _second(self, results, floors, alpha):
        """Open rows get as many rounds again, and are judged by all theirs; Holm counts all rows of the run."""
        opened = [result.row for result in results if result.verdict == verdicts.INCONCLUSIVE]
        if not opened:
            return results
        self._measure(SECOND, opened, self.rounds)
        both = self.collected(FIRST, SECOND)
        again = {result.row: result for result in verdicts.judge(self.rows, both, self.rule, floors, alpha)}
        return [again[result.row] if result.row in opened else result for result in results]

    def _confirm(self, results, floors):
        flagged = [result.row for result in results if result.is_flagged]
        if flagged:
            arms = [arm for arm in self.measurer.arms if arm.label in (BASE, HEAD)]
            self._measure(CONFIRM, flagged, max(CONFIRM_ROUNDS, inference.least_rounds(len(flagged), self.rule.alpha)), arms)
            verdicts.confirm(results, verdicts.judge(flagged, self.collected(CONFIRM), self.rule, floors))

    def _compare_code(self, results):
        """Fills in whether a row's arms run the same code; flagged rows also get their instructions counted."""
        base, head = (next(arm for arm in self.measurer.arms if arm.label == label) for label in (BASE, HEAD))
        for result in results:
            result.code_same = same_code(base, head, result.row)
            if result.is_flagged and result.code_same is False:
                executed = counting.functions(result.row, base, head, self.measurer)
                result.code_same = same_code(base, head, result.row, self.measurer.instructions(base, result.row), executed)
            if result.is_flagged and not result.code_same:
                result.changed = changed_functions(base, head, result.row)
                result.instr_ratio = counting.ratio(result.row, base, head, self.measurer)


def same_code(base, head, row, instructions=None, functions=None):
    """Whether two arms run the same code for a row in every layout: True, False, None if that is not known.
    `instructions`, `functions`: what the row executes (code.is_same), if that is known."""
    if base.inject != head.inject or base.engine_of(row) != head.engine_of(row):
        return False
    answers = [code.is_same(one.code, other.code, row.engine, instructions, functions) for one, other in zip(base.builds, head.builds)]
    return None if None in answers else all(answers)


def changed_functions(base, head, row):
    """Names of handlers and functions that the head has changed, of those that the row may run."""
    one, other = base.builds[0].code, head.builds[0].code
    return code.described(one, other, row.engine) if one and other else []
