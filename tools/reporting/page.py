"""The page: one HTML file that needs nothing else. Style and script stand in it; no network, no fonts, no libraries
in the browser; the pictures are SVG that matplotlib drew."""

import math
import os

from ledger import fingerprint, text
from reporting import sections
from reporting.parts import e

FOLDER = os.path.dirname(os.path.abspath(__file__))


def _read(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


def tiles(report):
    """(what, figure, its interval or scope): the few figures to remember."""
    for peer, over, _ in report.peers():
        interval = "" if math.isnan(over.low) else f"[{over.low:.2f}, {over.high:.2f}], "
        yield f"speed relative to {peer}", f"{over.value:.2f} ×", f"{interval}{text.plural(over.keys['benchmarks'], 'program')}, {':'.join(report.engine())}"
    for title, ratios in report.techniques():
        slowest = max(ratios, key=lambda ratio: ratio.value)
        yield f"{slowest.keys['technique']} over direct, {title}", f"{slowest.value:.2f} ×", f"{'' if math.isnan(slowest.low) else f'[{slowest.low:.2f}, {slowest.high:.2f}] '}time, {slowest.keys['compiler']}"
    if report.opcodes:
        names = {one.bench for one in report.opcodes}
        yield "opcode variants measured", str(len(names)), f"{len({one.engine for one in report.opcodes})} engines, {len(report.opcodes)} rows"
    for verdict in ("REGRESSED", "IMPROVED"):
        count = sum(row["verdict"] == verdict for row in report.verdicts())
        if report.verdicts():
            yield f"benchmarks {verdict.lower()}", str(count), f"of {len(report.verdicts())} compared"


def notes(report):
    """(class, words): what a reader must know before believing the figures."""
    environment = report.run.environment
    for one in report.wrong:
        yield "bad", f"{one.bench} under {one.engine} printed a wrong result; it was not timed."
    if not report.run.is_finished:
        yield "", "This run did not come to its end."
    if environment.get("dirty") == "1":
        yield "", "Measured with uncommitted changes: the commit does not say what ran."
    for suite, named in (("micro", "opcode"), ("macro", "program"), ("imported", "benchmark")):
        fewest = min((one.processes for one in report.measured if one.suite == suite and one.processes), default=0)
        if 0 < fewest < 6:
            yield "", f"Only {fewest} processes for each {named}: a first look; intervals are as wide as they seem."
    if environment.get("imported_from"):
        yield "", f"Figures of another tool, imported from {environment['imported_from']}."
    if environment.get("calibrated") == "0":
        yield "bad", "Uncalibrated: instructions of known cost did not take it on this machine; figures of opcodes are not to be trusted."
    pairs, agree = int(environment.get("again_pairs") or 0), int(environment.get("again_agree") or 0)
    if pairs and agree < 0.93 * pairs:
        yield "", f"Of {pairs} bodies that were measured twice only {agree} agree within their intervals: this machine is less steady than the intervals say."
    raw = report.run.table("raw.csv")
    segments = sum(int(row["segments"] or 0) for row in raw)
    tainted = sum(int(row["tainted"] or 0) for row in raw)
    if segments and tainted / segments > 0.1:
        yield "", f"{text.share(tainted / segments)} of the timed passes were disturbed by others on this machine."


def headline(report):
    environment = report.run.environment
    machine = ", ".join(filter(None, [
        environment.get("cpu_model_name", "machine not known"), f"{environment['cpu_count']} processors" if environment.get("cpu_count") else "",
        fingerprint.kernel(environment.get("platform", "")),
    ]))
    when = report.run.date.replace("T", " ").replace("Z", " UTC")
    return f"commit <code>{e(report.run.commit or '-')}</code> · {e(when)} · {e(machine)}<br>run <code>{e(report.run.label)}</code>"


def page(report):
    """The whole document."""
    found = [section for section in (make(report) for make in sections.SECTIONS) if section]
    links = "".join(f'<a href="#{anchor}-section">{title}</a>' for anchor, title, _ in found)
    figures = "".join(f"<div><dt>{e(what)}</dt><dd>{e(figure)}<small>{e(about)}</small></dd></div>" for what, figure, about in tiles(report))
    warnings = "".join(f"<li{f' class={css}' if css else ''}>{e(words)}</li>" for css, words in notes(report))
    body = "".join(f'<section id="{anchor}-section"><h2>{title}</h2>{content}</section>' for anchor, title, content in found)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Krait benchmarks, {e(report.run.label)}</title>
<link rel="icon" href="data:,">
<style>
{_read("style.css")}</style>
</head>
<body>
<header>
<h1>Krait benchmarks</h1>
<p class="about">{headline(report)}</p>
{f'<dl class="tiles">{figures}</dl>' if figures else ''}
{f'<ul class="notes">{warnings}</ul>' if warnings else ''}
</header>
<nav aria-label="sections"><div>{links}</div></nav>
<main>{body}</main>
<footer><p>Medians over processes; 95 % intervals by bootstrap over processes. Two rows differ when the interval of their ratio leaves out 1, not when their figures differ. Files and columns: results/README.md.</p></footer>
<div id="tip" role="tooltip" hidden></div>
<script>
{_read("page.js")}</script>
</body>
</html>
"""
