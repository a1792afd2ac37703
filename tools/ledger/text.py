"""Figures for people: with as many digits as their interval carries, and tables that line up."""

import math


def layout(columns, rows, left=1):
    """Lines of a table; the first `left` columns stand left, figures right."""
    table = [list(columns)] + [list(map(str, row)) for row in rows]
    widths = [max(len(row[i]) for row in table) for i in range(len(columns))]
    for row in table:
        cells = [cell.ljust(width) if i < left else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        yield "  ".join(cells).rstrip()


def figure(value, digits=3):
    """With so many significant digits, never in exponents; '-' for what is not known."""
    if math.isnan(value):
        return "-"
    if value == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:.{min(places, 6)}f}"


def time(value, unit):
    """A time in the unit that reads best: 831 ns, 5.98 ms, 2.40 s."""
    if math.isnan(value):
        return "-"
    nanoseconds = value * (1e9 if unit == "s" else 1)
    for factor, name in ((1e9, "s"), (1e6, "ms"), (1e3, "µs")):
        if abs(nanoseconds) >= factor:
            return f"{figure(nanoseconds / factor)} {name}"
    return f"{nanoseconds:.2f} ns" if abs(nanoseconds) < 10 else f"{figure(nanoseconds)} ns"


def ratio(value, low=math.nan, high=math.nan):
    """1.234 [1.200, 1.250]."""
    if math.isnan(value):
        return "-"
    interval = "" if math.isnan(low) else f" [{low:.3f}, {high:.3f}]"
    return f"{value:.3f}{interval}"


def share(value):
    """0.0213 as 2.1 %; what is beyond all use as such."""
    if math.isnan(value):
        return "-"
    return "> 1000 %" if value > 10 else f"{100 * value:.1f} %"


def plural(count, noun):
    return f"{count} {noun}" + ("" if count == 1 else "es" if noun.endswith("s") else "s")
