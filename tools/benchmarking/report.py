"""The table at the end of a run: techniques side by side, the same compiler in a row.

`times` maps an arm to {benchmark: [time of each round]}. Ratios are made within a round, whose runs lie
close together, so that a machine whose speed drifts treats all arms alike; the median over the rounds and
its interval are printed.
"""

import math
import statistics

from benchmarking import figures
from benchmarking.engines import TECHNIQUES


def _layout(title, columns, rows):
    widths = [max(len(row[i]) for row in [columns] + rows) for i in range(len(columns))]
    yield title
    for row in [columns] + rows:
        yield "  " + "  ".join(cell.ljust(width) if i == 0 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths)))


def _cell(values, digits=3):
    """Median [low, high] of the values of the rounds."""
    if not values:
        return "-"
    low, high = figures.bootstrap_interval(values)
    interval = "" if math.isnan(low) else f" [{low:.{digits}f}, {high:.{digits}f}]"
    return f"{statistics.median(values):.{digits}f}{interval}"


def _techniques(title, times):
    """Each compiler a row, each technique a column, relative to `direct` by the same compiler."""
    present = [technique for technique in TECHNIQUES if any(engine[0] == technique for engine in times)]
    compilers = sorted({engine[1] for engine in times}, reverse=True)
    rows = []
    for compiler in compilers:
        reference = times.get(("direct", compiler), {})
        ratios = [figures.paired_ratios(times.get((technique, compiler), {}), reference) for technique in present]
        rows.append([compiler] + [_cell(ratio) for ratio in ratios])
    return _layout(title, ["compiler"] + present, rows)


def _is_resolved(row):
    """Whether the interval of an opcode's cost lies above 0."""
    return float(row["ci_lo_ns"] or row["median_ns"]) > 0


def _cost(row):
    interval = f" [{float(row['ci_lo_ns']):.2f}, {float(row['ci_hi_ns']):.2f}]" if row["ci_lo_ns"] else ""
    return f"{row['bench']} {float(row['median_ns']):.2f}{interval}"


def micro(times, summary, form):
    """Lines about opcodes in one form: the techniques, the cheapest and the dearest."""
    chosen = [row for row in summary if row["form"] == form]
    if not chosen:
        return
    yield from _techniques(f"opcodes with their companions, time relative to direct by the same compiler ({form} form):", times)
    engine = max(times, key=lambda engine: (engine[0] == "direct", engine[1] == "gcc"))
    measured = [row for row in chosen if (row["technique"], row["engine_compiler"]) == engine]
    ranked = sorted(filter(_is_resolved, measured), key=lambda row: float(row["median_ns"]))
    for title, rows in (("cheapest", ranked[:5]), ("dearest", ranked[-5:][::-1])):
        yield f"{title} under {':'.join(engine)}, ns: " + ", ".join(map(_cost, rows))
    if len(ranked) < len(measured):
        yield f"not told from 0 by {measured[0]['processes']} processes: {len(measured) - len(ranked)} of {len(measured)}"


def macro(engines, peers):
    """Lines about programs: the techniques, then seconds by arm. `engines` and `peers` map arms to times."""
    programs = sorted({program for arm in [*engines.values(), *peers.values()] for program in arm})
    if not programs:
        return
    if engines:
        yield from _techniques("programs, time relative to direct by the same compiler:", engines)
    columns = [":".join(engine) for engine in engines] + list(peers)
    arms = [*engines.values(), *peers.values()]
    table = [[program] + [f"{statistics.median(arm[program]):.3f}" if program in arm else "-" for arm in arms] for program in programs]
    yield from _layout("programs, median seconds:", ["program"] + columns, table)
    direct = next((engine for engine in engines if engine[0] == "direct"), None)
    for peer, seconds in peers.items() if direct else ():
        common = [program for program in seconds if program in engines[direct]]
        speeds = {program: figures.paired_ratios({program: seconds[program]}, engines[direct]) for program in common}
        if not common:
            continue
        least = min(common, key=lambda program: statistics.median(speeds[program]))
        yield (
            f"Krait ({':'.join(direct)}) is {_cell(figures.paired_ratios(seconds, engines[direct]), 2)} times as fast as {peer} "
            f"(geometric mean); least on {least}: {_cell(speeds[least], 2)}"
        )


def _figure(rows, key, scale=1.0, digits=1):
    """Geometric mean over the programs and the largest, with its program."""
    found = {row["program"]: scale * float(row[key]) for row in rows if row[key] not in ("", None)}
    if not found:
        return "-"
    most = max(found, key=found.get)
    return f"{figures.geometric_mean(list(found.values())):.{digits}f}, most {found[most]:.{digits}f} ({most})"


def _pauses(rows):
    counted = [row for row in rows if row.get("gc_collections") not in ("", None)]
    if not counted:
        return ["-", "-", "-"]
    collections = sum(int(row["gc_collections"]) for row in counted)
    if not collections:
        return ["0", "-", "-"]
    longest = max(counted, key=lambda row: float(row["gc_pause_max_ms"]))
    total = sum(float(row["gc_pause_total_ms"]) for row in counted)
    return [str(collections), f"{total:.1f}", f"{float(longest['gc_pause_max_ms']):.2f} ({longest['program']})"]


def resources(rows):
    """Lines about start-up, memory and pauses, of the rows of resources.csv."""
    table = []
    for arm in dict.fromkeys(row["arm"] for row in rows):
        of_arm = [dict.fromkeys(["startup_s", "startup_ci_lo_s", "peak_rss_kb"], "") | row for row in rows if row["arm"] == arm]
        empty = next((row for row in of_arm if row["startup_s"]), None)
        startup = "-"
        if empty:
            low, high = (empty.get(f"startup_ci_{end}_s") for end in ("lo", "hi"))
            startup = f"{1e3 * float(empty['startup_s']):.2f}" + (f" [{1e3 * float(low):.2f}, {1e3 * float(high):.2f}]" if low else "")
        memory = _figure([row for row in of_arm if row["program"] == "empty"], "peak_rss_kb", 1 / 1024).split(",")[0]
        programs = [row for row in of_arm if row["program"] != "empty"]
        table.append([arm, startup, memory, _figure(programs, "peak_rss_kb", 1 / 1024), *_pauses(programs)])
    if table:
        columns = ["", "start-up, ms", "memory of it, MiB", "of programs, MiB", "collections", "pauses, ms", "longest, ms"]
        yield from _layout("start-up, peak memory and collections (one untimed run a program):", columns, table)


def startup_share(samples):
    """A line that says how much of the times at test size is start-up: {arm: {program: [seconds]}}."""
    shares = []
    for arm, seconds in samples.items():
        if "empty" in seconds and len(seconds) > 1:
            empty = statistics.median(seconds["empty"])
            share = statistics.median(empty / statistics.median(times) for program, times in seconds.items() if program != "empty")
            shares.append(f"{min(100 * share, 100):.0f} % under {arm}")
    if shares:
        yield f"test sizes: of the time of a program, start-up is (median) {', '.join(shares)}; compare speeds at bench size"


def peers(arms):
    """Lines that say what each peer was."""
    for arm in arms:
        if arm.peer:
            yield f"peer: {' '.join(arm.command)} ({arm.version})"


def _effect(row):
    """Ratio [low, high] of a row of ablation.csv."""
    interval = f" [{float(row['ci_lo']):.3f}, {float(row['ci_hi']):.3f}]" if row.get("ci_lo") else ""
    return f"{float(row['ratio']):.3f}{interval}"


def ablation(rows):
    """Lines about what each knob is worth: all programs together, then the program that needs it most and
    the one that needs it least."""
    for engine in dict.fromkeys((row["technique"], row["engine_compiler"]) for row in rows):
        of_engine = [row for row in rows if (row["technique"], row["engine_compiler"]) == engine]
        table = []
        for knob in dict.fromkeys(row["knob"] for row in of_engine):
            of_knob = [row for row in of_engine if row["knob"] == knob]
            together = next((row for row in of_knob if row["program"] == "*"), None)
            single = sorted((row for row in of_knob if row["program"] not in ("*", "empty")), key=lambda row: float(row["ratio"]))
            cells = [f"{row['program']} {_effect(row)}" for row in (single[-1:] + single[:1] if len(single) > 1 else single)]
            table.append((float(together["ratio"]) if together else 0, [knob, _effect(together) if together else "-", *cells, *["-"] * (2 - len(cells))]))
        table = [cells for _, cells in sorted(table, key=lambda pair: -pair[0])]
        yield from _layout(f"time without, relative to everything on ({':'.join(engine)}):", ["off", "geometric mean", "most", "least"], table)
