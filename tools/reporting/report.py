"""tools/report: the command."""

import json
import os
import re
import sys

from benchmarking import command, whole
from benchmarking.command import EXIT_OK, EXIT_USAGE, CommandError
from ledger import fingerprint, store, text

EXAMPLES = (
    ("tools/report", "the latest run, with the runs before it as history: results/runs/RUN_ID/report.html"),
    ("tools/report latest~2 latest~1 latest", "history over these runs; details of the last"),
    ("tools/report --format text", "on the terminal"),
    ("tools/report baseline latest --out /tmp/page.html", ""),
    ("tools/report --format svg --out /tmp/pictures", "each picture as a file of its own"),
)


def parser():
    top = command.parser("report", "Makes one page of what a run measured: it opens offline, on a laptop or a phone.", EXAMPLES, [EXIT_USAGE])
    top.add_argument("runs", metavar="RUN", nargs="*", help="a folder, a RUN_ID or its beginning, latest, latest~1, baseline; the last one is shown, all make the history (default: latest, and all runs of its machine)")
    top.add_argument("--format", choices=("html", "svg", "text"), default="html", help="a page, pictures, or lines for the terminal")
    command.add(top, "only", "json", json={"help": "print what was written as JSON"})
    top.add_argument("--out", metavar="PATH", help="the page (default RUN/report.html); with --format svg a folder (default RUN/pictures)")
    top.add_argument("--force", action="store_true", help="a history over different machines or compilers")
    top.add_argument("--results", metavar="DIR", default=store.RESULTS, help="the ledger (default results/)")
    return top


def runs_of(arguments, ledger):
    """(the run shown, earlier runs), all comparable."""
    if arguments.runs:
        runs = [ledger.find(word) for word in arguments.runs]
        if len(runs) > 1:
            fingerprint.require_same(runs, arguments.force)
        return runs[-1], runs[:-1]
    run = ledger.find("latest")
    earlier = [ledger.open(name) for name in ledger.names() if name < os.path.basename(run.folder)]
    return run, [one for one in earlier if one.is_finished and not fingerprint.differences(one.fingerprint, run.fingerprint)]


def write(path, document):
    """Whole or not there."""
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with whole.writing(path) as file:
        file.write(document)


def write_pictures(document, folder):
    """Every wide picture of a page as a file, with the page's colours in it."""
    from reporting import page  # late: matplotlib takes its time to load

    style = page._read("style.css")
    colours = "".join(re.findall(r"^(?::root|@media \(prefers-color-scheme: dark\)).*?^}\n", style, re.S | re.M))
    names = []
    for label, body in re.findall(r'<svg class="wide"[^>]*?aria-label="([^"]*)"[^>]*>(.*?)</svg>', document, re.S):
        opening = re.search(rf'<svg class="wide" viewBox="([^"]*)"[^>]*aria-label="{re.escape(label)}"', document)
        stem = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")
        width, height = opening[1].split()[2:]
        head = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{opening[1]}" width="{width}" height="{height}">'
        extra = "svg { background: var(--page); font-family: system-ui, 'DejaVu Sans', sans-serif }"
        names.append(os.path.join(folder, f"{stem}.svg"))
        write(names[-1], f"{head}<title>{label}</title><style>{colours}{extra}</style>{body}</svg>\n")
    return names


def main(argv):
    arguments = parser().parse_args(argv)
    run, earlier = runs_of(arguments, store.Ledger(arguments.results))
    try:
        from reporting import findings, page, terminal  # late: --help does without matplotlib
    except ImportError as problem:
        raise CommandError(f"{problem} (tools/setup installs it)") from None
    report = findings.Report(run, earlier, arguments.only or "")
    if report.is_empty():
        raise CommandError(f"{run.label}: nothing was measured" + (f" that matches '{arguments.only}'" if arguments.only else ""))
    if arguments.format == "text":
        print("\n".join(terminal.lines(report, list(page.notes(report)))))
        return EXIT_OK
    document = page.page(report)
    if arguments.format == "svg":
        names = write_pictures(document, arguments.out or run.path("pictures"))
    else:
        names = [arguments.out or run.path("report.html")]
        write(names[0], document)
    if arguments.json:
        print(json.dumps({"run_id": run.run_id, "runs": len(earlier) + 1, "files": names}, indent=1))
    else:
        for name in names:
            print(f"{name}: {os.path.getsize(name) / 1e3:,.0f} kB, {text.plural(len(earlier) + 1, 'run')}")
    return EXIT_OK
