"""The table at the end of a run: techniques side by side, the same compiler in a row."""

from benchmarking import figures

TECHNIQUES = ["switch", "call", "token", "direct", "tail"]


def _layout(title, columns, rows):
    widths = [max(len(row[i]) for row in [columns] + rows) for i in range(len(columns))]
    yield title
    for row in [columns] + rows:
        yield "  " + "  ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths)))


def _cell(value, digits=3):
    return f"{value:.{digits}f}" if value == value else "-"


def _ratios(times, reference):
    """Geometric mean of time over reference time, over what both have."""
    common = [key for key in times if key in reference and times[key] > 0 and reference[key] > 0]
    return figures.geometric_mean([times[key] / reference[key] for key in common])


def _by_engine(rows, key, value):
    times = {}
    for row in rows:
        times.setdefault((row["technique"], row["engine_compiler"]), {})[key(row)] = value(row)
    return times


def _techniques(title, times):
    """Each compiler a row, each technique a column, relative to `direct` by the same compiler."""
    present = [technique for technique in TECHNIQUES if any(engine[0] == technique for engine in times)]
    compilers = sorted({engine[1] for engine in times}, reverse=True)
    rows = []
    for compiler in compilers:
        reference = times.get(("direct", compiler), {})
        cells = [_cell(_ratios(times.get((technique, compiler), {}), reference)) for technique in present]
        rows.append([compiler] + cells)
    return _layout(title, ["compiler"] + present, rows)


def micro(summary):
    """Lines about opcodes: the techniques, the cheapest and the dearest; in plain form unless only the
    tuned one was measured."""
    form = "plain" if any(row["form"] == "plain" for row in summary) else "tuned"
    chosen = [row for row in summary if row["form"] == form and float(row["median_ns"]) > 0]
    if not chosen:
        return
    times = _by_engine(chosen, lambda row: row["bench"], lambda row: float(row["median_ns"]))
    yield from _techniques(f"opcodes, time relative to direct by the same compiler (geometric mean, {form} form):", times)
    engine = next((engine for engine in times if engine[0] == "direct"), next(iter(times)))
    ranked = sorted(times[engine].items(), key=lambda item: item[1])
    for title, items in (("cheapest", ranked[:5]), ("dearest", ranked[-5:][::-1])):
        yield f"{title} under {':'.join(engine)}: " + ", ".join(f"{bench} {_cell(time, 2)} ns" for bench, time in items)


def macro(rows):
    """Lines about programs: the techniques, then seconds by arm."""
    done = [row for row in rows if row.get("median")]
    if not done:
        return
    engines = [
        dict(row, technique=row["parameter_technique"], engine_compiler=row["parameter_engine_compiler"])
        for row in done
        if not row["peer"]
    ]
    times = _by_engine(engines, lambda row: row["parameter_bench"], lambda row: row["median"])
    if times:
        yield from _techniques("programs, time relative to direct by the same compiler (geometric mean):", times)
    reference = times.get(next((engine for engine in times if engine[0] == "direct"), None), {})
    peers = {}
    for row in done:
        if row["peer"]:
            peers.setdefault(row["peer"], {})[row["parameter_bench"]] = row["median"]
    programs = sorted({row["parameter_bench"] for row in done})
    columns = [":".join(engine) for engine in times] + list(peers)
    arms = list(times.values()) + list(peers.values())
    table = [[program] + [_cell(arm.get(program, float("nan"))) for arm in arms] for program in programs]
    yield from _layout("programs, median seconds:", ["program"] + columns, table)
    for peer, seconds in peers.items():
        ratio = _ratios(seconds, reference)
        if ratio == ratio:
            slowest = min((seconds[key] / reference[key], key) for key in seconds if key in reference)
            yield f"Krait (direct) is {ratio:.2f} times as fast as {peer} (geometric mean); least on {slowest[1]}: {slowest[0]:.2f}"
