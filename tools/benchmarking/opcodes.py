"""What was measured of the opcodes: the files raw, summary, fits and costs, the facts of env.csv, the lines of
the report."""

import math
import statistics

from benchmarking import command, environment, estimate, instructions, micro, report, tables

CALIBRATED = 0.05  # how far from one cycle the SPINs' additions may be


def count_instructions(run, arms):
    """Counters of the run's engines; --quick takes what is known from before."""
    engines = list({arm.engine.name: arm.engine for arm in arms}.values())
    forms = list(dict.fromkeys(arm.form for arm in arms))
    shown = run.progress("instructions", len(engines) * len(forms)) if arms else None
    few = run.arguments.quick or run.only("micro") is not None
    found = instructions.collect(command.ROOT, run.microbench, engines, forms, shown, only_known=few)
    if shown:
        shown.close()
    return found


def _cell(value):
    return "" if math.isnan(value) else f"{value:.4f}"


class Opcodes:
    """All that follows from the rows that the processes wrote."""

    def __init__(self, run, arms, builds, rows, counters=None):
        self.run, self.arms, self.rows, self.counters = run, arms, rows, counters or instructions.Counters()
        self.build_ids = {seed: environment.build_id(f"{folder}/krait-microbench") for seed, folder in builds.items()}
        self.counters.add_hardware(rows)
        self.slopes = estimate.Slopes(rows)
        self.estimates = list(estimate.opcodes(self.slopes))
        self.summary = list(micro.summary(rows, run.run_id, run.commit.short, self.counters, self.estimates))
        self.ghz = statistics.median(float(row["canary_ghz"]) for row in rows) if rows else math.nan
        self.calibration = {key: statistics.median(values) for key, values in estimate.calibration(rows, self.slopes).items()}
        self.again = estimate.again(self.slopes)
        self.facts = list(self._facts()) if rows else []
        self.lines = [*self._lines(), *(self.text() if run.arguments.verbose else ())] if rows else []

    def raw(self):
        """The rows of raw.csv."""
        return micro.raw_rows(self.rows, self.run.run_id, self.run.commit.short, self.run.commit.dirty, self.build_ids)

    @property
    def uncalibrated(self):
        """The engines whose calibrators do not take one cycle an addition."""
        return [":".join(key) for key, cycles in self.calibration.items() if abs(cycles - 1) > CALIBRATED]

    def _agreeing(self):
        """How many of the bodies that were measured twice agree within their interval."""
        return sum(low <= 0 <= high for _, _, low, high in self.again if low == low), sum(low == low for _, _, low, _ in self.again)

    def _facts(self):
        size = self.run.micro_size
        yield "micro_protocol", "micro-v1"
        yield "micro_size", f"K{len(self.build_ids)} P{size.processes} S{size.segments} N{size.copies},{2 * size.copies},{4 * size.copies}"
        for seed, build_id in self.build_ids.items():
            yield f"layout_build_id {seed}", build_id
        yield "canary_ghz", f"{self.ghz:.4f}"
        if self.calibration:
            yield "calibrated", int(not self.uncalibrated)
        for key, cycles in self.calibration.items():
            yield f"calibration {':'.join(key)}", f"{cycles:.4f}"
        agree, pairs = self._agreeing()
        if pairs:
            yield "again_pairs", pairs
            yield "again_agree", agree
        yield "tainted_rows", sum(row["tainted"] == row["segments"] for row in self.rows)
        reason = instructions.hardware_reason(self.rows)
        if reason:
            yield "hardware_counters_missing", reason

    def _lines(self):
        form = self.arms[0].form
        yield from report.micro(micro.body_times(self.rows, form), [row for row in self.summary if row["context"] == "mix"], form)
        nonlinear = sum(found.nonlinear for found in self.estimates)
        yield f"opcodes: {len(self.estimates)} estimates, {nonlinear} nonlinear; rows tainted: {100 * sum(row['tainted'] == row['segments'] for row in self.rows) / len(self.rows):.1f} %"
        agree, pairs = self._agreeing()
        if pairs:
            yield f"the same body measured twice: {agree} of {pairs} pairs agree within their intervals"
        for engine in self.uncalibrated:
            cycles = self.calibration[tuple(engine.split(":"))]
            yield f"UNCALIBRATED: an addition of SPIN takes {cycles:.3f} cycles of the canary under {engine} (1 \u00b1 {CALIBRATED} wanted)"

    def _keys(self, key):
        bench, form, context, technique, compiler = key
        return dict(
            schema=tables.SCHEMA, run_id=self.run.run_id, bench=bench, form=form, context=context, technique=technique, engine_compiler=compiler
        )

    def fits(self):
        """The rows of fits.csv."""
        for found in self.estimates:
            yield dict(
                self._keys(found.key),
                layouts=found.layouts,
                processes=len(found.values),
                cost_ns=_cell(found.middle),
                ci_lo_ns=_cell(found.low),
                ci_hi_ns=_cell(found.high),
                est_cycles=_cell(found.middle * self.ghz),
                body_ns=_cell(found.body),
                baseline_ns=_cell(found.baseline),
                layout_sd_ns=_cell(found.layout_sd),
                process_sd_ns=_cell(found.process_sd),
                segment_sd_ns=_cell(found.segment_sd),
                curvature=_cell(found.curvature),
                curvature_lo=_cell(found.curvature_low),
                curvature_hi=_cell(found.curvature_high),
                nonlinear=int(found.nonlinear),
                tainted=_cell(found.tainted),
            )

    def costs(self):
        """The rows of costs.csv: a regression for each arm that measured all rows of its form."""
        counts = {}
        for arm in self.arms:
            if self.run.arguments.only and arm.filter != ".":
                continue
            if arm.form not in counts:
                counts[arm.form] = {}
                for row in micro.listing(self.run.microbench, "--counts", f"--form={arm.form}"):
                    counts[arm.form].setdefault((row["bench"], row["body"]), {})[row["instruction"]] = int(row["count"])
                for bench in micro.names(self.run.microbench, arm.form):  # empty baselines execute nothing
                    counts[arm.form].setdefault((bench, "baseline"), {})
            where = (arm.form, arm.context, arm.engine.technique, arm.engine.compiler)
            solved = estimate.Regression(self.slopes, where, counts[arm.form])
            for name, cost, group, group_cost, low, high in solved.results():
                keys = self._keys((name, *where))
                del keys["bench"]
                yield dict(
                    keys, instruction=name, cost_ns=_cell(cost), group=group, group_ns=_cell(group_cost), ci_lo_ns=_cell(low), ci_hi_ns=_cell(high)
                )

    def text(self):
        """What --verbose prints: everything about each row."""
        for found in self.estimates:
            bench, form, _, technique, compiler = found.key
            yield estimate.line(found, self.ghz, self.counters.text(bench, form, technique, compiler))

    def write(self):
        """All files but raw.csv."""
        self.run.write("summary.csv", tables.SUMMARY, self.summary)
        self.run.write("fits.csv", tables.FITS, self.fits())
        self.run.write("costs.csv", tables.COSTS, self.costs())
