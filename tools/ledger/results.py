"""tools/results: the ledger's command. Each subcommand is a function that takes the parsed arguments and
returns the exit code."""

import json
import math
import os
import shutil
import sys

from benchmarking import command, schema, tables
from benchmarking.command import EXIT_FOUND, EXIT_OK, EXIT_UNDECIDED, EXIT_USAGE, CommandError
from ledger import fingerprint, measured, store, text

BASELINE_FILES = ("env.csv", "summary.csv", "macro.csv")
RUN_HELP = "a folder, a RUN_ID or its beginning, a commit, latest, latest~1, baseline, baseline/NAME"
EXAMPLES = (
    ("tools/results list", "runs and baselines"),
    ("tools/results show latest", "machine, commit, what was measured"),
    ("tools/results validate", "every file of every run, by results/schema.csv"),
    ("tools/results compare latest~1 latest --only 'BINARY_OP.*'", ""),
    ("tools/results baseline set latest", "copied to results/baseline/, to be committed"),
    ("tools/results baseline compare", "the latest run with its machine's baseline"),
    ("tools/results prune --keep 10", "shows which runs it would remove; --yes removes them"),
)


def _print_json(document):
    print(json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False))


def _number(value):
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _described(run):
    """What `list` says of a run."""
    counts = {name: len(run.table(name)) for name in run.files() if name not in ("env.csv", "raw.csv")}
    return {
        "run_id": run.run_id,
        "label": run.label,
        "date": run.date,
        "commit": run.commit,
        "dirty": run.environment.get("dirty", "") == "1",
        "fingerprint": fingerprint.name(run.fingerprint),
        "finished": run.is_finished,
        "imported_from": run.environment.get("imported_from", ""),
        "rows": counts,
        "folder": run.folder,
    }


def _all(ledger):
    """Every run and baseline that can be read, and what is wrong with the others."""
    good, bad = [], []
    for name in [*ledger.names(), *(f"baseline/{name}" for name in ledger.baselines())]:
        try:
            run = ledger.find(name) if name.startswith("baseline/") else ledger.open(name)
            good.append((run, _described(run)))
        except CommandError as problem:
            bad.append(str(problem))
    return good, bad


def list_runs(arguments, ledger):
    good, bad = _all(ledger)
    if arguments.json:
        _print_json([described for _, described in good])
    else:
        rows = []
        for _, described in good:
            counts = ", ".join(f"{count} in {name}" for name, count in described["rows"].items() if count)
            state = counts or "nothing measured"
            rows.append((described["label"], described["fingerprint"], state if described["finished"] else f"{state} (not finished)"))
        print("\n".join(text.layout(("run", "fingerprint", "rows"), rows, left=3)) if rows else f"no runs in {ledger.results} (tools/bench makes one)")
    for problem in bad:
        print(f"tools/results: {problem}", file=sys.stderr)
    return EXIT_USAGE if bad else EXIT_OK


def show(arguments, ledger):
    run = ledger.find(arguments.run)
    found = measured.of(run, arguments.suite, arguments.only or "")
    if arguments.json:
        rows = [
            {"name": one.name, "suite": one.suite, "unit": one.unit, "processes": one.processes}
            | {key: _number(getattr(one, key)) for key in ("median", "low", "high", "min", "max", "instructions")}
            for one in found
        ]
        _print_json(_described(run) | {"environment": run.environment, "files": run.files(), "measured": rows})
        return EXIT_OK
    print(f"run          {run.label}\nfolder       {run.folder}\nfiles        {' '.join([*run.files(), *run.flame_graphs()])}")
    print(f"fingerprint  {fingerprint.name(run.fingerprint)}")
    for line in text.layout(("key", "value"), [pair for pair in run.environment.items() if pair[1]], left=2):
        print(f"  {line}")
    shown = found if arguments.only or arguments.all else found[:20]
    rows = [(one.name, text.time(one.median, one.unit), f"[{text.time(one.low, one.unit)}, {text.time(one.high, one.unit)}]", one.processes) for one in shown]
    if rows:
        print("\n".join(text.layout(("benchmark", "median", "95 % interval", "processes"), rows)))
    if len(shown) < len(found):
        print(f"... {len(found) - len(shown)} more (--all, or --only GLOB)")
    return EXIT_OK


def validate(arguments, ledger):
    """Checks whole files; goes on after a problem so that each bad file is named."""
    folders = [ledger.find(word).folder if not os.path.isfile(word) else word for word in arguments.run]
    if not arguments.run:
        folders = [os.path.join(ledger.runs_folder, name) for name in ledger.names()]
        folders += [os.path.join(ledger.baseline_folder, name) for name in ledger.baselines()]
    files, problems, rows = [], [], 0
    for folder in folders:
        files += [folder] if os.path.isfile(folder) else [os.path.join(folder, name) for name in schema.FILES if os.path.exists(os.path.join(folder, name))]
    for path in files:
        kind = schema.FILES.get(os.path.basename(path))
        if not kind:
            problems.append(f"{path}: results/schema.csv knows no file of this name")
            continue
        try:
            rows += sum(1 for _ in schema.rows(path, kind))
        except schema.Invalid as problem:
            problems.append(str(problem))
    if arguments.json:
        _print_json({"files": len(files), "rows": rows, "problems": problems})
    else:
        print("\n".join([*problems, f"{text.plural(len(files), 'file')}, {text.plural(rows, 'row')}, {text.plural(len(problems), 'problem')}"]))
    return EXIT_FOUND if problems else EXIT_OK


def _verdict_code(comparison):
    if comparison.count("REGRESSED"):
        return EXIT_FOUND
    return EXIT_UNDECIDED if comparison.count("INCONCLUSIVE") else EXIT_OK


def compare(arguments, ledger):
    from ledger import comparison as statistics  # late: scipy takes its time to load

    base, head = ledger.find(arguments.base), ledger.find(arguments.head)
    differences = fingerprint.require_same([base, head], arguments.force)
    floor = arguments.floor / 100
    only = arguments.only or ""
    found = statistics.Comparison(measured.of(base, arguments.suite, only), measured.of(head, arguments.suite, only), floor)
    if not found.rows:
        raise CommandError(f"{base.label} and {head.label} have no benchmark in common" + (f" that matches '{only}'" if only else ""))
    cells = [row.cells(base, head) for row in found.rows]
    if arguments.out:
        os.makedirs(arguments.out, exist_ok=True)
        tables.write(os.path.join(arguments.out, "env.csv"), tables.ENV, [{"run_id": head.run_id, "key": key, "value": value} for key, value in head.environment.items()])
        tables.write(os.path.join(arguments.out, "compare.csv"), tables.COMPARE, cells)
    if arguments.json:
        _print_json({"base": base.run_id, "head": head.run_id, "floor": floor, "differences": differences, "rows": cells,
                     "only_base": found.only_base, "only_head": found.only_head})
        return _verdict_code(found)
    for line in differences:
        print(f"compared by force: {line}")
    order = ("REGRESSED", "IMPROVED", "INCONCLUSIVE", "SAME")
    ranked = sorted(found.rows, key=lambda row: (order.index(row.verdict), -abs(math.log(row.ratio)) if row.ratio == row.ratio else 0))
    shown = [row for row in ranked if arguments.all or row.verdict in order[:2]] or ranked[:10]
    lines = [(row.head.name, text.ratio(row.ratio, row.low, row.high), text.figure(row.p_holm, 2), text.share(row.mde), row.rounds, row.verdict) for row in shown]
    print(f"{head.label} over {base.label}: time of one over the other, 95 % interval; floor {text.share(floor)}")
    print("\n".join(text.layout(("benchmark", "ratio", "p (Holm)", "detectable", "n", "verdict"), lines)))
    if len(shown) < len(ranked):
        print(f"... {len(ranked) - len(shown)} more (--all shows them)")
    print(", ".join(f"{found.count(verdict)} {verdict}" for verdict in order))
    for label, names in ((base.label, found.only_base), (head.label, found.only_head)):
        if names:
            print(f"only in {label}: {len(names)}, {names[0]}{' and others' if len(names) > 1 else ''}")
    return _verdict_code(found)


def baseline(arguments, ledger):
    if arguments.action == "compare":
        arguments.head = arguments.run or "latest"
        head = ledger.find(arguments.head)
        arguments.base = f"baseline/{fingerprint.name(head.fingerprint)}"
        return compare(arguments, ledger)
    if arguments.action == "list":
        good = [described for run, described in _all(ledger)[0] if run.label.startswith("baseline/")]
        if arguments.json:
            _print_json(good)
        else:
            print("\n".join(f"{described['label']}  {described['run_id']}" for described in good) or "no baselines")
        return EXIT_OK
    run = ledger.find(arguments.run or "latest")
    if not fingerprint.is_known(run.fingerprint) and not arguments.force:
        raise fingerprint.Different(f"{run.label}: its machine is not known; --force keeps it all the same")
    if run.environment.get("dirty") == "1" and not arguments.force:
        raise CommandError(f"{run.label}: measured with uncommitted changes; --force keeps it all the same")
    kept = [name for name in BASELINE_FILES if run.has(name)]
    for name in kept:
        run.table(name)  # nothing that cannot be read becomes a baseline
    if not any(run.table(name) for name in kept if name != "env.csv"):
        raise CommandError(f"{run.label}: nothing was measured that a baseline keeps")
    folder = os.path.join(ledger.baseline_folder, fingerprint.name(run.fingerprint))
    os.makedirs(folder, exist_ok=True)
    for name in BASELINE_FILES:
        path = os.path.join(folder, name)
        if name in kept:
            shutil.copyfile(run.path(name), f"{path}.part")
            os.replace(f"{path}.part", path)
        elif os.path.exists(path):
            os.remove(path)
    print(f"{folder}: {', '.join(kept)} of {run.run_id}")
    return EXIT_OK


def prune(arguments, ledger):
    """Removes runs that are neither among the newest nor named; only folders that hold a run are touched."""
    names = ledger.names()
    kept = set(names[-arguments.keep :] if arguments.keep else [])
    kept |= {os.path.basename(ledger.find(word).folder) for word in arguments.except_}
    doomed = [name for name in names if name not in kept]
    freed = 0
    for name in doomed:
        folder = os.path.join(ledger.runs_folder, name)
        freed += sum(os.path.getsize(os.path.join(place, file)) for place, _, files in os.walk(folder) for file in files)
        if arguments.yes:
            shutil.rmtree(folder)
    if arguments.json:
        _print_json({"removed" if arguments.yes else "would_remove": doomed, "bytes": freed})
    else:
        print("\n".join([*doomed, f"{'removed' if arguments.yes else 'would remove'} {text.plural(len(doomed), 'run')}, {freed / 1e6:.1f} MB" + (" (--yes does it)" if doomed and not arguments.yes else "")]))
    return EXIT_OK


def show_schema(arguments, _):
    files = {name: kind for name, kind in schema.FILES.items() if arguments.file in ("", name)}
    if not files:
        raise CommandError(f"no file '{arguments.file}' (there are: {', '.join(schema.FILES)})")
    if arguments.markdown:
        print("\n".join(schema.markdown(files)))
    elif arguments.json:
        _print_json({
            name: {"row": kind.row_is, "columns": [
                {"name": column.name, "type": column.type, "unit": column.unit, "required": column.required, "meaning": column.meaning}
                for column in kind.columns.values()
            ]}
            for name, kind in files.items()
        })
    else:
        for kind in files.values():
            print(f"{kind.name}: one row is {kind.row_is}")
            rows = [(column.name, column.type.partition(":")[0], column.unit, "" if column.required else "may be empty", column.meaning) for column in kind.columns.values()]
            print("\n".join(f"  {line}" for line in text.layout(("column", "type", "unit", "", "meaning"), rows, left=5)))
    return EXIT_OK


def _comparing(parser):
    command.add(parser, "only", "json")
    parser.add_argument("--suite", choices=("micro", "macro", "imported"), default="", help="only opcodes, programs, or other tools' figures")
    parser.add_argument("--floor", metavar="PERCENT", type=float, default=5.0, help="differences of two times that mean nothing (default 5)")
    parser.add_argument("--force", action="store_true", help="even if the machines or compilers differ")
    parser.add_argument("--all", action="store_true", help="every row, not only those that changed")
    command.add(parser, "out", out={"help": "also write compare.csv there, for tools/report and tools/export"})


def parser():
    top = command.parser(
        "results", "Lists, shows, checks and compares the runs in results/, and keeps baselines.", EXAMPLES,
        [(EXIT_FOUND, "a regression (compare), a bad file (validate)"), EXIT_USAGE, (EXIT_UNDECIDED, "compare: no regression, but something is inconclusive")],
        epilog=f"RUN is {RUN_HELP}.",
    )
    top.add_argument("--results", metavar="DIR", default=store.RESULTS, help="the ledger (default results/)")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name, function, about):
        one = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.", allow_abbrev=False, epilog=f"RUN is {RUN_HELP}.")
        one.set_defaults(function=function)
        return one

    command.add(add("list", list_runs, "the runs and baselines"), "json")
    one = add("show", show, "what a run measured, and where")
    one.add_argument("run", metavar="RUN", nargs="?", default="latest")
    command.add(one, "only", "json")
    one.add_argument("--suite", choices=("micro", "macro", "imported"), default="", help="only opcodes, programs, or other tools' figures")
    one.add_argument("--all", action="store_true", help="every row")
    one = add("validate", validate, "check files by results/schema.csv")
    one.add_argument("run", metavar="RUN|FILE", nargs="*", help="(default: all runs and baselines)")
    command.add(one, "json")
    one = add("compare", compare, "two runs of different times: ratio, interval, verdict")
    one.add_argument("base", metavar="BASE")
    one.add_argument("head", metavar="HEAD", nargs="?", default="latest")
    _comparing(one)
    one = add("baseline", baseline, "list, set or compare with the figures kept for a kind of machine")
    one.add_argument("action", choices=("list", "set", "compare"))
    one.add_argument("run", metavar="RUN", nargs="?", default="", help="(default: latest)")
    _comparing(one)
    one = add("prune", prune, "remove old runs (never baselines)")
    one.add_argument("--keep", metavar="N", type=int, default=10, help="the newest N stay (default 10)")
    one.add_argument("--except", dest="except_", metavar="RUN", action="append", default=[], help="this one stays (repeatable)")
    one.add_argument("--yes", action="store_true", help="do it; without it only say what would be removed")
    command.add(one, "json")
    one = add("schema", show_schema, "the columns of every file")
    one.add_argument("file", metavar="FILE", nargs="?", default="")
    one.add_argument("--markdown", action="store_true", help="as the table of results/README.md")
    command.add(one, "json")
    return top


def main(argv):
    arguments = parser().parse_args(argv)
    if getattr(arguments, "floor", 0) < 0 or getattr(arguments, "keep", 0) < 0:
        raise CommandError("--floor and --keep want a number of at least 0")
    return arguments.function(arguments, store.Ledger(arguments.results))
