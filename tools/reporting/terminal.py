"""The report for a terminal: the same findings as lines of text, with intervals drawn in characters."""

import math
import shutil

from ledger import text
from reporting import findings
from reporting.findings import REFERENCE

WIDTH = 28


def bar(value, low, high, least, greatest):
    """An interval on a logarithmic axis of WIDTH characters: ├──●──┤, with │ at 1."""
    def place(at):
        return round((WIDTH - 1) * (math.log(at / least)) / math.log(greatest / least)) if least < greatest else 0

    cells = [" "] * WIDTH
    if least <= 1 <= greatest:
        cells[place(1)] = "│"
    if not math.isnan(low):
        first, last = place(max(low, least)), place(min(high, greatest))
        cells[first : last + 1] = ["─"] * (last + 1 - first)
        cells[first], cells[last] = "├", "┤"
    cells[place(min(max(value, least), greatest))] = "●"
    return "".join(cells)


def _ratios(title, pairs):
    """Lines of (label, Ratio) pairs over one axis."""
    ends = [1.0] + [end for _, ratio in pairs for end in (ratio.value, ratio.low, ratio.high) if end > 0]
    least, greatest = min(ends), max(ends)
    yield title
    width = max(len(label) for label, _ in pairs)
    for label, ratio in pairs:
        yield f"  {label:{width}}  {bar(ratio.value, ratio.low, ratio.high, least, greatest)}  {ratio.text}"
    yield ""


def lines(report, notes, rows=0):
    """The whole report; `rows` limits the lists (0: what the terminal's height suggests)."""
    rows = rows or max(10, shutil.get_terminal_size((80, 40)).lines // 3)
    environment = report.run.environment
    yield f"Krait benchmarks: {report.run.label}, commit {report.run.commit or '-'}, {report.run.date}"
    yield f"{environment.get('cpu_model_name', 'machine not known')}, {environment.get('cpu_count', '?')} processors"
    for _, words in notes:
        yield f"note: {words}"
    yield ""
    verdicts = report.verdicts()
    if verdicts:
        yield f"{verdicts[0]['head']} over {verdicts[0]['base']}:"
        shown = [(row["bench"], f"{row['technique']}:{row['engine_compiler']}", text.ratio(*(float(row[key] or "nan") for key in ("ratio", "ci_lo", "ci_hi"))), row["verdict"]) for row in verdicts[:rows]]
        yield from (f"  {line}" for line in text.layout(("benchmark", "engine", "ratio", "verdict"), shown, left=2))
        yield ""
    for title, ratios in report.techniques():
        yield from _ratios(f"{title}, time relative to {REFERENCE} by the same compiler:", [(f"{ratio.keys['technique']}:{ratio.keys['compiler']}", ratio) for ratio in ratios])
    for peer, over, each in report.peers():
        pairs = [("geometric mean", over)] + [(ratio.keys["program"], ratio) for ratio in reversed(each)]
        yield from _ratios(f"speed of Krait ({':'.join(report.engine())}) relative to {peer}:", pairs)
    yield from _opcodes(report, rows)
    found = report.ablation()
    if found:
        yield from _ratios("time with a knob off:", [(knob, ratio) for knob, ratio, _ in found])
    error, predicted = report.model()
    if predicted:
        yield from _ratios(f"predicted over measured time, median absolute error {text.share(error)}:", [(row["program"], ratio) for row, ratio in predicted])
    for (program, technique, compiler, event), kinds in report.profile().items():
        yield f"{program} under {technique}:{compiler}, share of the samples by {event}:"
        largest = sorted((row for kind in ("opcode", "dispatch", "shared", "outside") for row in kinds.get(kind, ())), key=lambda row: -float(row["share"]))
        shown = [(row["name"], text.share(float(row["share"])), f"[{text.share(float(row['ci_lo']))}, {text.share(float(row['ci_hi']))}]") for row in largest[:rows]]
        yield from (f"  {line}" for line in text.layout(("opcode", "share", "95 % interval"), shown))
        yield ""
    yield from _history(report, rows)


def _opcodes(report, rows):
    engine = ":".join(report.engine() or ())
    measured = [one for one in report.opcodes if one.engine == engine] or report.opcodes
    form = measured[0].form if measured else ""
    context = findings.context_of(measured, measured[0].engine, form) if measured else ""
    known = sorted((one for one in measured if (one.form, one.context) == (form, context) and not one.low <= 0 and one.median > 0), key=lambda one: -one.median)
    if known:
        yield f"dearest of {len(known)} opcode variants ({', '.join(filter(None, [form and f'{form} form', context, engine]))}):"
        shown = [(one.bench, text.time(one.median, "ns"), f"[{text.time(one.low, 'ns')}, {text.time(one.high, 'ns')}]") for one in known[:rows]]
        yield from (f"  {line}" for line in text.layout(("opcode.variant", "median", "95 % interval"), shown))
        yield ""


def _history(report, rows):
    history = report.history()
    if history:
        yield f"{len(history.runs)} runs, time relative to the first:"
        courses = []
        for course in history.suites():
            values = dict(zip(course.positions, course.values))
            courses.append((course.label, *(f"{values[position]:.2f}" if position in values else "-" for position in range(len(history.runs)))))
        yield from (f"  {line}" for line in text.layout(("suite", *history.names), courses))
        steps = [(course.label, history.names[position], f"{'+' if ratio > 1 else '-'}{text.share(abs(ratio - 1))}") for course in history.changed() for position, ratio in course.changes()]
        if steps:
            yield from (f"  {line}" for line in text.layout(("step", "from commit", "time"), steps[:rows], left=2))
