"""tools/export: a run in the format of another tool."""

import json
import sys

from benchmarking import command, whole
from benchmarking.command import EXIT_OK, EXIT_USAGE, CommandError
from ledger import exporters, store

EXAMPLES = (
    ("tools/export latest --format bmf > bencher.json", ""),
    ("tools/export latest --format markdown >> $GITHUB_STEP_SUMMARY", ""),
    ("tools/export latest --format junit --out junit.xml", ""),
    ("tools/export latest --format pyperf --suite macro --out krait.json", "then: pyperf compare_to other.json krait.json"),
    ("tools/export --list", "the formats"),
)


def parser():
    top = command.parser(
        "export", "Writes a run in the format of another tool.", EXAMPLES, [EXIT_USAGE],
        epilog="formats:\n" + "\n".join(f"  {name:24} {about}" for name, (_, about) in exporters.FORMATS.items()),
    )
    top.add_argument("run", metavar="RUN", nargs="?", default="latest", help="a folder, a RUN_ID or its beginning, latest, baseline (default: latest)")
    top.add_argument("--format", metavar="FORMAT", choices=exporters.FORMATS, help="one of those below")
    top.add_argument("--suite", choices=("micro", "macro", "imported"), default="", help="only opcodes, programs, or other tools' figures")
    command.add(top, "only")
    top.add_argument("--out", metavar="FILE", help="instead of standard output")
    top.add_argument("--list", action="store_true", help="print the formats and stop")
    command.add(top, "json", json={"help": "with --list: as JSON"})
    top.add_argument("--results", metavar="DIR", default=store.RESULTS, help="the ledger (default results/)")
    return top


def main(argv):
    top = parser()
    arguments = top.parse_args(argv)
    if arguments.list:
        return list_formats(arguments.json)
    if not arguments.format:
        top.error("--format is wanted: one of " + ", ".join(exporters.FORMATS))
    export = exporters.Export(store.Ledger(arguments.results).find(arguments.run), arguments.suite, arguments.only or "")
    if not export.rows and not export.verdicts and not export.wrong:
        raise CommandError(f"{export.run.label}: nothing to export")
    if not export.rows and arguments.format not in exporters.OF_VERDICTS:
        raise CommandError(f"{export.run.label}: no figures, only verdicts; {' and '.join(exporters.OF_VERDICTS)} take those")
    document = exporters.FORMATS[arguments.format][0](export)
    for note in export.notes:
        print(f"tools/export: {note}", file=sys.stderr)
    if arguments.out:
        with whole.writing(arguments.out) as file:
            file.write(document)
    else:
        sys.stdout.write(document)
    return EXIT_OK


def list_formats(as_json):
    if as_json:
        print(json.dumps([{"format": name, "for": about} for name, (_, about) in exporters.FORMATS.items()], indent=1))
    else:
        for name, (_, about) in exporters.FORMATS.items():
            print(f"{name:24} {about}")
    return EXIT_OK
