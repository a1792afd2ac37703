"""The sections of the page. Each is a function of a findings.Report that returns (anchor, title, HTML), or None
where the run has nothing for it; SECTIONS is their order."""

import html
import math
import re

from ledger import text
from reporting import charts, findings
from reporting.charts import ForestRow, Heading
from reporting.findings import REFERENCE
from reporting.parts import Scale, Shares, attributes, breakable, e, number, pictures, table

SERIES = {"direct": 0, "switch": 1, "call": 2, "token": 3, "tail": 4}
TIME_TICKS = (0.01, 0.1, 1, 10, 100, 1000, 10000, 100000)
RATIO_TICKS = (1, 0.9, 1.1, 0.8, 1.25, 0.95, 1.05, 0.5, 2, 0.97, 1.03, 0.25, 4, 0.1, 10)  # the most wanted first
FLAME_BYTES = 2_500_000  # of all flame graphs together: the page stays below 5 MB


def _ratio_row(label, ratio, tip, **more):
    data = {"ratio": f"{ratio.value:.6g}", "lo": _cell(ratio.low), "hi": _cell(ratio.high)}
    return ForestRow(label, ratio.value, ratio.low, ratio.high, ratio.text, tip=tip, **{**more, "attributes": {**data, **more.get("attributes", {})}})


def _engine(row):
    return ":".join(filter(None, [row["technique"], row["engine_compiler"]]))


def _cell(value):
    return "" if math.isnan(value) else f"{value:.6g}"


def _many(ratio):
    return f"{text.plural(ratio.keys['benchmarks'], 'benchmark')}, {text.plural(ratio.keys['rounds'], 'round')}"


def techniques(report):
    """Suites as a whole: techniques within a compiler, then compilers within a technique."""
    found = report.techniques()
    if not found:
        return None
    rows = []
    for title, ratios in found:
        rows.append(Heading(f"{title}: {_many(ratios[0])}"))
        for ratio in ratios:
            name = f"{ratio.keys['technique']}, {ratio.keys['compiler']}"
            data = {"kind": "technique", "suite": title, "technique": ratio.keys["technique"], "compiler": ratio.keys["compiler"]}
            rows.append(_ratio_row(name, ratio, f"{name} takes {ratio.text} times as long as {REFERENCE} by the same compiler: {title}, {_many(ratio)}", series=SERIES[ratio.keys["technique"]], attributes=data))
    body = pictures(
        charts.forest, rows, "Dispatch techniques, time relative to direct",
        f"Geometric mean over the benchmarks of each suite, median over the rounds, 95 % interval. Each technique is compared with "
        f"<b>{REFERENCE}</b> built by the same compiler, so the compiler is not in the figure. Left of 1 is faster. Opcodes are timed "
        "with the instructions that they need around them.",
        f"time relative to {REFERENCE} by the same compiler (1 = equal)",
    )
    compilers = report.compilers()
    if compilers:
        rows = []
        for ratio in compilers:
            if not rows or rows[-1].attributes["suite"] != ratio.keys["suite"]:
                rows.append(Heading(ratio.keys["suite"]))
            data = {"kind": "compiler", "suite": ratio.keys["suite"], "technique": ratio.keys["technique"], "compiler": ratio.keys["compiler"]}
            rows.append(_ratio_row(ratio.keys["technique"], ratio, f"{ratio.keys['technique']}: {ratio.keys['compiler']} takes {ratio.text} times as long as {ratio.keys['base']}", series=SERIES[ratio.keys["technique"]], attributes=data))
        names = compilers[0].keys
        body += "<h3>What the compiler alone makes</h3>" + pictures(
            charts.forest, rows, "Compilers, time relative to each other", f"The same technique by {e(names['compiler'])} and by {e(names['base'])}, in one executable.",
            f"time by {names['compiler']} relative to {names['base']} (1 = equal)",
        )
    return "techniques", "Techniques", body


def _peer_chart(peer, over, each):
    rows = [_ratio_row("geometric mean", over, f"{peer} takes {over.text} times as long: geometric mean, {_many(over)}", strong=True, attributes={"kind": "peer", "peer": peer, "bench": ""})]
    for ratio in reversed(each):
        program = ratio.keys["program"]
        rows.append(_ratio_row(program, ratio, f"{program}: {peer} takes {ratio.text} times as long", series=0, attributes={"kind": "peer", "peer": peer, "bench": program}))
    return rows


def programs(report):
    """Programs against peers, then every arm's seconds."""
    measured = [one for one in report.programs if not math.isnan(one.median)]
    if not measured:
        return None
    body, engine = "", ":".join(report.engine() or ())
    for peer, over, each in report.peers():
        body += f"<h3>Krait’s speed relative to <code>{e(peer)}</code></h3>" + pictures(
            charts.forest, _peer_chart(peer, over, each), f"Speed relative to {peer}",
            f"How many times as fast as {e(peer)} Krait ({e(engine)}) runs each program, 95 % interval. Right of 1 Krait is faster.", "times as fast (1 = equal)",
        )
    arms = list(dict.fromkeys(one.engine for one in report.programs))
    cells = {(one.bench, one.engine): one for one in report.programs}
    rows = []
    for program in dict.fromkeys(one.bench for one in report.programs):
        row = f"<td>{e(program)}</td>"
        for arm in arms:
            one = cells.get((program, arm))
            if one is None:
                row += "<td>-</td>"
                continue
            data = attributes(file="macro.csv", bench=program, engine=arm, median=_exact(one.median), min=_exact(one.min), max=_exact(one.max))
            if math.isnan(one.median):
                row += f'<td class="REGRESSED"{data}>wrong result</td>'
            else:
                tip = f"{program} under {arm}: {text.time(one.median, 's')} [{text.time(one.low, 's')}, {text.time(one.high, 's')}], {text.plural(one.processes, 'process')}"
                row += f'<td{data} data-tip="{e(tip)}">{text.figure(one.median * 1000)}</td>'
        rows.append(f"<tr>{row}</tr>")
    body += "<h3>Milliseconds</h3><p class=about>Median of the whole process, from start to exit; point at a cell for its interval.</p>"
    body += table([("program", "", "")] + [(arm, "", "") for arm in arms], rows, "programs-table")
    per_technique = report.programs_by_technique()
    for compiler, of in per_technique:
        rows = []
        for program, ratios in of:
            rows.append(Heading(program))
            for ratio in ratios:
                technique = ratio.keys["technique"]
                data = {"kind": "program", "bench": program, "technique": technique, "compiler": compiler}
                rows.append(_ratio_row(technique, ratio, f"{program}: {technique} by {compiler} takes {ratio.text} times as long as {REFERENCE}", series=SERIES[technique], attributes=data))
        body += f"<details><summary>Each program under each technique, by {e(compiler)}</summary>" + pictures(
            charts.forest, rows, f"Programs under techniques by {compiler}", f"Time relative to {REFERENCE} by {e(compiler)}, 95 % interval.", f"time relative to {REFERENCE} (1 = equal)") + "</details>"
    return "programs", "Programs", body


def _exact(value):
    """A figure as the file has it, to the last digit."""
    return "" if math.isnan(value) else repr(value)


def _options(name, label, values, chosen=""):
    if len(values) < 2:
        return ""
    options = "".join(f'<option value="{e(value)}"{" selected" if value == chosen else ""}>{e(value)}</option>' for value in values)
    return f'<label>{label}<select name="{name}"><option value="">all</option>{options}</select></label>'


def opcodes(report):
    """The table of costs: every row of summary.csv, sorted and filtered in the browser."""
    measured = report.opcodes
    if not measured:
        return None
    summary = {(row["bench"], row["form"], row["context"], row["technique"], row["engine_compiler"], row["suite"]): row for row in report.run.table("summary.csv")}
    scale = Scale([one.median for one in measured if not one.low <= 0])
    has_instructions = any(not math.isnan(one.instructions) for one in measured)
    engines, forms = list(dict.fromkeys(one.engine for one in measured)), list(dict.fromkeys(one.form for one in measured))
    contexts = list(dict.fromkeys(one.context for one in measured))
    engine = ":".join(report.engine() or ())
    engine = engine if engine in engines else engines[0]
    form = forms[0]
    context = findings.context_of(measured, engine, form)
    fits = {(row["bench"], row["form"], row["context"], row["technique"], row["engine_compiler"]): row for row in report.run.table("fits.csv")}
    rows = []
    for one in sorted(measured, key=lambda one: one.bench):
        row = summary[one.bench, one.form, one.context, one.technique, one.compiler, one.suite]
        is_hidden = (one.engine, one.form, one.context) != (engine, form, context)
        fit = fits.get((one.bench, one.form, one.context, one.technique, one.compiler))
        rows.append(_opcode_row(one, row, fit, scale, is_hidden, has_instructions))
    filters = (
        '<div class="filters" data-filters="opcodes"><label>search<input name="words" type="search" placeholder="BINARY_OP int" autocomplete="off"></label>'
        + _options("engine", "engine", engines, engine) + _options("form", "form", forms, form) + _options("context", "context", contexts, context)
        + "<output></output></div>"
    )
    columns = [("opcode.variant", "words", ""), ("ns", "median", ""), (scale.axis(TIME_TICKS), "", "left"), ("95 % interval", "", "roomy")]
    if has_instructions:
        columns.append(("instructions", "instr", "roomy"))
    least, most = min(one.processes for one in measured), max(one.processes for one in measured)
    about = (
        "What one execution costs, in nanoseconds: the slope over many copies less that of a body without the opcode; median of "
        f"{least if least == most else f'{least} to {most}'} processes and its 95 % interval, on a logarithmic axis. Costs whose interval reaches 0 are not told from nothing and stand grey."
    )
    return "opcodes", "Opcodes", f"<p class=about>{about}</p>{filters}" + table(columns, rows, "opcodes", "sortable")


def _fit_words(fit):
    """What fits.csv says of a row, for whoever points at it."""
    parts = [f"{text.figure(number(fit['est_cycles']))} cycles (estimated)"] if fit["est_cycles"] else []
    scale = number(fit["body_ns"])
    for name in ("layout", "process", "segment"):
        if fit[f"{name}_sd_ns"] and scale > 0:
            parts.append(f"{name} sd {text.share(number(fit[f'{name}_sd_ns']) / scale)}")
    parts.append(f"{text.plural(int(fit['layouts']), 'layout')}, {text.plural(int(fit['processes']), 'process')}")
    parts += ["a copy does not cost the same among more of them (nonlinear)"] * (fit["nonlinear"] == "1")
    return "; ".join(parts)


def _opcode_row(one, row, fit, scale, is_hidden, has_instructions):
    is_resolved = not one.low <= 0 and one.median > 0
    ran = f' <span class="faint">{e(row["opcode"])}</span>' if row["opcode"] and not one.bench.startswith(row["opcode"] + ".") else ""
    cost = text.figure(one.median) if is_resolved else (f"&lt; {text.figure(one.high)}" if one.high > 0 else "≈ 0")
    interval = f"[{text.figure(one.low)}, {text.figure(one.high)}]" if not math.isnan(one.low) else ""
    words = " ".join([one.bench, row["opcode"], one.form, one.engine]).lower()
    data = attributes(
        file="summary.csv", bench=one.bench, engine=one.engine, form=one.form, context=one.context, median=row["median_ns"], lo=row["ci_lo_ns"],
        hi=row["ci_hi_ns"], instr=row["instr_per_op"], words=words,
    )
    faint = "" if is_resolved else ' class="faint"'
    instructions = f'<td class="roomy">{text.figure(one.instructions)}</td>' if has_instructions else ""
    return (
        f'<tr{data}{" hidden" if is_hidden else ""}{faint}><td>{breakable(one.bench)}{ran}</td><td>{cost}</td><td>{scale.mark(one.median, one.low, one.high, _fit_words(fit) if fit else "")}</td>'
        f'<td class="roomy">{interval}</td>{instructions}</tr>'
    )


def verdicts(report):
    """compare.csv: what the gate said."""
    rows = report.verdicts()
    if not rows:
        return None
    scale = Scale([number(row[key]) for row in rows for key in ("ratio", "ci_lo", "ci_hi")] + [1.0], reference=1.0)
    counts = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in dict.fromkeys(row["verdict"] for row in rows)}
    engines = {_engine(row) for row in rows}
    lines = []
    for row in rows:
        ratio, low, high = (number(row[key]) for key in ("ratio", "ci_lo", "ci_hi"))
        engine = _engine(row)
        data = attributes(file="compare.csv", words=f"{row['bench']} {engine}".lower(), bench=row["bench"], engine=engine, ratio=row["ratio"], lo=row["ci_lo"], hi=row["ci_hi"], verdict=row["verdict"], mde=row["mde"])
        name = breakable(row["bench"]) + (f' <span class="faint">{e(engine)}</span>' if len(engines) > 1 else "")
        interval = "" if math.isnan(low) else f"[{low:.3f}, {high:.3f}]"
        tip = f"{row['bench']} under {engine}: {text.ratio(ratio, low, high)}, {row['verdict']}; {row['n_rounds']} rounds"
        lines.append(
            f'<tr{data}><td>{name}</td><td>{"-" if math.isnan(ratio) else f"{ratio:.3f}"}</td><td>{scale.mark(ratio, low, high, tip)}</td>'
            f'<td class="verdict {row["verdict"]}">{row["verdict"]}</td><td class=roomy>{interval}</td><td class="roomy">{e(row["p_holm"] or "-")}</td>'
            f'<td class="roomy">{text.share(number(row["floor_aa"]))}</td><td class="roomy">{text.share(number(row["mde"]))}</td></tr>'
        )
    columns = [
        ("benchmark", "words", ""), ("ratio", "ratio", ""), (scale.axis(RATIO_TICKS), "", "left"), ("verdict", "verdict", ""), ("95 % interval", "", "roomy"),
        ("p (Holm)", "", "roomy"), ("floor", "", "roomy"), ("detectable", "mde", "roomy"),
    ]
    said = ", ".join(f'{count} <span class="verdict {verdict}">{verdict}</span>' for verdict, count in counts.items())
    where = f" under {e(next(iter(engines)))}" if len(engines) == 1 and "" not in engines else ""
    about = f"<p>{e(rows[0]['head'])} over {e(rows[0]['base'])}{where}: {said}.</p><p class=about>Time of the one over the other; left of 1 it became faster. <i>Detectable</i> is the least change that this run could have found.</p>"
    return "compare", "Comparison", about + table(columns, lines, "compare-table", "sortable")


def _ablation_cells(row):
    return {"file": "ablation.csv", "knob": row["knob"], "bench": row["program"], "engine": _engine(row), "ratio": row["ratio"], "lo": row["ci_lo"], "hi": row["ci_hi"]}


def ablation(report):
    """What each knob is worth."""
    found = report.ablation()
    if not found:
        return None
    over = []
    for knob, ratio, each in found:
        data = {"kind": "knob", "knob": knob} | (_ablation_cells(ratio.keys["row"]) if "row" in ratio.keys else {})
        over.append(_ratio_row(knob, ratio, f"{knob} off: {ratio.text} times as long, geometric mean of {text.plural(len(each), 'program')}", attributes=data))
    body = pictures(
        charts.forest, over, "What each knob is worth", "Time with one technique of the interpreter switched off over time with all on: geometric mean over the programs, "
        "95 % interval. Right of 1 the technique pays. <b>none</b> is everything on once more: what chance does; <b>all</b> is everything off.",
        "time with the knob off (1 = it makes no difference)",
    )
    for knob, _, each in found:
        rows = []
        for ratio in sorted(each, key=lambda ratio: -ratio.value):
            row = ratio.keys["row"]
            data = _ablation_cells(row)
            rows.append(ForestRow(row["program"], ratio.value, ratio.low, ratio.high, ratio.text, tip=f"{row['program']} without {knob}: {ratio.text} times as long", attributes=data))
        body += f"<details><summary>{e(knob)}, each program</summary>" + pictures(charts.forest, rows, f"{knob}, each program", "Time with it off, 95 % interval.", "time with the knob off") + "</details>"
    return "ablation", "Ablation", body


def history(report):
    """Suites over the runs, then what changed."""
    found = report.history()
    courses = list(found.suites()) if found else []
    if not courses:
        return None
    engine = ":".join(report.engine() or ())
    chosen = [course for course in courses if course.label.endswith(engine)] or courses
    body = _course_figure(found, chosen, "Suites over the runs", "Geometric mean over the benchmarks that all runs have, relative to the first run, with 95 % intervals. Bands are the levels between detected steps; lower is faster.")
    changed = found.changed()
    if changed:
        rows = []
        for course in changed[:60]:
            for position, ratio in course.changes():
                kind = "REGRESSED" if ratio > 1 else "IMPROVED"
                data = attributes(kind="step", bench=course.label, commit=found.names[position], ratio=f"{ratio:.6g}")
                rows.append(f'<tr{data}><td>{breakable(course.label)}</td><td>{e(found.names[position])}</td><td class="{kind}">{"+" if ratio > 1 else "−"}{text.share(abs(ratio - 1))}</td></tr>')
        body += f"<h3>Steps</h3><p class=about>Benchmarks whose level changed for at least two runs, the largest change first.</p>"
        body += table([("benchmark", "", ""), ("from commit", "", ""), ("time", "", "")], rows, "steps")
        largest = {}  # one engine a benchmark, ours if it changed there
        for course in sorted(changed, key=lambda course: not course.label.endswith(engine)):
            largest.setdefault(course.label.removesuffix(course.engine), course)
        largest = [course for course in changed if course in largest.values()][:6]
        body += _course_figure(found, largest, "The largest changes", "Time relative to the first run.")
    else:
        body += "<p class=about>No step was detected" + (": there are too few runs to tell one (four at least)." if len(found.runs) < 4 else ".") + "</p>"
    others = [course for course in courses if course not in chosen]
    if others:
        body += "<details><summary>Other engines</summary>" + _course_figure(found, others, "Suites over the runs, other engines", "Time relative to the first run.") + "</details>"
    return "history", "History", body


def _course_figure(found, chosen, label, caption):
    panels = []
    for course in chosen:
        tips, data = [], []
        for position, value, low, high in zip(course.positions, course.values, course.lows, course.highs):
            interval = "" if math.isnan(low) else f" [{low:.3f}, {high:.3f}]"
            tips.append(f"{course.label}: {value:.3f}{interval} times the first run; {found.names[position]}, {found.runs[position].date}")
            data.append({"kind": "history", "bench": course.label, "run": found.runs[position].run_id, "ratio": f"{value:.6g}"})
        title = course.label + (f" ({text.plural(course.benchmarks, 'benchmark')})" if course.benchmarks > 1 else "")
        panels.append(charts.Series(title, course.positions, course.values, course.lows, course.highs, tips, course.levels() if len(course.pieces) > 1 else (), data))
    return pictures(lambda rows, width, words: charts.courses(rows, found.names, width, words), panels, label, caption)


def resources(report):
    """Start-up, memory, pauses."""
    found = report.resources()
    if not found:
        return None
    rows = []
    arms = list(dict.fromkeys(row["arm"] for row in found))
    startup = [row for row in found if row["startup_s"]]
    body = ""
    if startup:
        base = [ForestRow(row["arm"], number(row["startup_s"]) * 1e3, number(row["startup_ci_lo_s"]) * 1e3, number(row["startup_ci_hi_s"]) * 1e3,
                          f"{text.figure(number(row['startup_s']) * 1e3)} ms [{text.figure(number(row['startup_ci_lo_s']) * 1e3)}, {text.figure(number(row['startup_ci_hi_s']) * 1e3)}]",
                          series=SERIES.get(row["technique"], 5), attributes={"file": "resources.csv", "engine": row["arm"], "bench": row["program"], "startup": row["startup_s"]}) for row in startup]
        body += "<h3>Start-up</h3>" + pictures(charts.forest, base, "Start-up time", "A program that does nothing, from start to exit; median of the rounds and 95 % interval.", "milliseconds", min(row.value for row in base))
    programs = list(dict.fromkeys(row["program"] for row in found))
    cells = {(row["program"], row["arm"]): row for row in found}
    for program in programs:
        line = f"<td>{e(program)}</td>"
        for arm in arms:
            row = cells.get((program, arm))
            if row is None or not row["peak_rss_kb"]:
                line += "<td>-</td>"
                continue
            data = attributes(file="resources.csv", bench=program, engine=arm, peak=row["peak_rss_kb"], pauses=row["gc_pause_total_ms"])
            pauses = f"{program} under {arm}: {row['gc_collections']} collections, {row['gc_pause_total_ms']} ms in all, the longest {row['gc_pause_max_ms']} ms" if row["gc_collections"] else f"{program} under {arm}"
            line += f'<td{data} data-tip="{e(pauses)}">{number(row["peak_rss_kb"]) / 1024:.1f}</td>'
        rows.append(f"<tr>{line}</tr>")
    body += "<h3>Peak memory, MiB</h3><p class=about>The most that the process held; point at a cell for the pauses of the collector.</p>"
    body += table([("program", "", "")] + [(arm, "", "") for arm in arms], rows, "resources-table")
    return "resources", "Start-up, memory", body


def model(report):
    """model.csv: what opcodes explain of each program's time."""
    error, found = report.model()
    if not found:
        return None
    rows, lines = [], []
    for row, ratio in found:
        name, engine = row["program"], _engine(row)
        data = {"file": "model.csv", "bench": name, "engine": engine, "predicted": row["predicted_s"], "measured": row["measured_s"]}
        rows.append(_ratio_row(name, ratio, f"{name}: predicted {text.time(number(row['predicted_s']), 's')}, measured {text.time(number(row['measured_s']), 's')}", attributes=data))
        figures = [row[key] for key in ("startup_s", "opcodes_s", "in_place_s", "long_s", "predicted_s", "measured_s")]
        cells = "".join(f"<td>{text.figure(number(figure) * 1000)}</td>" for figure in figures)
        lines.append(f"<tr><td>{e(name)}</td>{cells}</tr>")
    engine = _engine(found[0][0])
    body = pictures(
        charts.forest, rows, "Predicted over measured time",
        f"How often each instruction runs on operands of each kind, times what that costs by itself; C functions are clocked. {e(engine)}, {e(found[0][0]['form'])} form. "
        f"Median absolute error <b>{text.share(error)}</b>. Left of 1 the program is slower than its opcodes: caches, branches that were not foreseen.",
        "predicted over measured time (1 = all explained)",
    )
    columns = [(name, "", "") for name in ("program", "start-up", "opcodes", "of them clocked", "C functions", "predicted", "measured")]
    return "model", "Cost model", body + "<details><summary>Milliseconds</summary>" + table(columns, lines, "model-table") + "</details>"


KINDS = {"opcode": "opcodes", "function": "Python functions", "line": "lines", "helper": "C functions"}
PROFILE_ROWS = 25


def profile(report):
    """profile.csv: where the time of a program goes, by opcode, function and line."""
    found = report.profile()
    if not found:
        return None
    body = "<p class=about>Shares of all samples, with 95 % intervals. Time in C is counted to the opcode that called it.</p>"
    for number, ((program, technique, compiler, event), kinds) in enumerate(found.items()):
        engine = [row for kind in ("opcode", "dispatch", "shared", "outside", "unattributed") for row in kinds.get(kind, ())]
        tables = [("opcodes and what handlers share", sorted(engine, key=lambda row: -float(row["share"])))]
        tables += [(title, kinds[kind]) for kind, title in KINDS.items() if kind in kinds and kind != "opcode"]
        inner = "".join(f"<h3>{title}</h3>" + _profile_table(rows[:PROFILE_ROWS], f"{technique}:{compiler}") for title, rows in tables if rows)
        body += f"<details{' open' if number == 0 else ''}><summary>{e(program)} under {e(technique)}:{e(compiler)}, samples by {e(event)}</summary>{inner}</details>"
    return "profile", "Profile", body


def _profile_table(rows, engine):
    has_times = any(row["ns"] for row in rows)
    shares, lines = Shares(max(number(row["ci_hi"] or row["share"]) for row in rows)), []
    for row in rows:
        share, low, high = (number(row[key]) for key in ("share", "ci_lo", "ci_hi"))
        data = attributes(file="profile.csv", bench=row["program"], engine=engine, event=row["event"], kind=row["kind"], name=row["name"], share=row["share"], executed=row["executed"], ns=row["ns"])
        executed = f"{int(row['executed']):,}" if row["executed"] else ""
        more = f"<td class=roomy>{executed}</td><td>{text.figure(number(row['ns'])) if row['ns'] else ''}</td>" if has_times else ""
        lines.append(f"<tr{data}><td>{breakable(row['name'])}</td><td>{text.share(share)}</td><td>{shares.mark(share, low, high)}</td>{more}</tr>")
    columns = [("name", "", ""), ("share", "", ""), (shares.axis(), "", "left")] + ([("executed", "", "roomy"), ("ns each", "", "")] if has_times else [])
    return table(columns, lines, css="wrap")


def flames(report):
    """The run's flame graphs, each in a frame of its own: their scripts and styles do not meet the page's."""
    names, body, left = report.run.flame_graphs(), "", FLAME_BYTES
    for name in names:
        with open(report.run.path(name), encoding="utf-8") as file:
            picture = file.read()
        picture = picture[max(picture.find("<svg"), 0) :]
        left -= len(picture)
        if left < 0:
            body += f"<p class=about>{e(name)} is too large for this page; it stands beside the run’s files.</p>"
            continue
        box = re.search(r'viewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"', picture)
        shape = f"{box[1]} / {box[2]}" if box else "2 / 1"
        inner = f"<!DOCTYPE html><meta charset=utf-8><style>body{{margin:0}}svg{{display:block;width:100%;min-width:640px;height:auto}}</style>{picture}"
        body += (
            f'<h3>{e(name.removesuffix(".svg"))}</h3><iframe title="{e(name)}" data-file="{e(name)}" sandbox="allow-scripts" '
            f'style="aspect-ratio: {shape}" srcdoc="{html.escape(inner)}"></iframe>'
        )
    return ("flames", "Flame graphs", body) if names else None


def environment(report):
    """Everything that env.csv says."""
    rows = [f'<tr{attributes(file="env.csv", key=key, value=value)}><td>{e(key)}</td><td class=left><code>{e(value)}</code></td></tr>' for key, value in report.run.environment.items() if value]
    return "machine", "Machine", '<details><summary>all that is known of the run</summary>' + table([("key", "", ""), ("value", "", "left")], rows, "environment") + "</details>"


SECTIONS = (verdicts, techniques, programs, opcodes, model, ablation, history, resources, profile, flames, environment)
