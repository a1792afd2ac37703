"""The kinds of picture: forest plots of ratios, and courses over runs. Each takes plain rows and a width, and
returns SVG; what is drawn is what the rows say, nothing is computed here but places."""

import math
import textwrap

from matplotlib import ticker

from reporting.svg import COLOURS, MARKERS, Picture

TICKS = (0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50)
WIDE, NARROW = 950, 360
CHARACTER = 6.7  # pixels of one character in labels, at most
BOLD, LINE = 7.6, 15  # of one in headings; from one line of a heading to the next


class ForestRow:
    """One interval. `low` and `high` may be nan; `series` chooses colour and marker; `attributes` are its figures."""

    def __init__(self, label, value, low, high, text, series=0, tip="", attributes=None, strong=False):
        self.label, self.value, self.low, self.high, self.text = label, value, low, high, text
        self.series, self.tip, self.attributes, self.strong = series, tip or f"{label}: {text}", attributes or {}, strong


class Heading:
    """A line between rows, or several where the picture is too narrow for it."""

    def __init__(self, label):
        self.label = label

    def lines(self, width):
        return textwrap.wrap(self.label, int(width / BOLD))


def _limits(rows, reference):
    ends = [reference] + [end for row in rows if isinstance(row, ForestRow) for end in (row.value, row.low, row.high) if end > 0]
    # One endless interval must not squeeze all others: beyond three times the outermost value it is cut.
    values = [reference] + [row.value for row in rows if isinstance(row, ForestRow)]
    low, high = max(min(ends), min(values) / 1.6), min(max(ends), max(values) * 1.6)
    return min(low, reference) / 1.04, max(high, reference) * 1.04


def _ticks(low, high, pixels):
    """Round ratios at least 44 pixels apart; 1 is always among them."""
    scale = pixels / math.log(high / low)
    chosen = [1.0] if low <= 1 <= high else []
    for tick in sorted(TICKS, key=lambda tick: (-(tick in (0.5, 2, 5, 10)), abs(math.log(tick)))):
        if low <= tick <= high and all(abs(math.log(tick / other)) * scale >= 44 for other in chosen):
            chosen.append(tick)
    return sorted(chosen)


def _axis(axes, low, high, pixels, label):
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.xaxis.set_minor_locator(ticker.NullLocator())
    ticks = _ticks(low, high, pixels)
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.grid(axis="x", color=COLOURS["rule"], linewidth=1)
    axes.set_axisbelow(True)
    axes.set_xlabel(label, fontsize=11, labelpad=6)
    axes.set_yticks([])


def forest(rows, width, label, axis_label, reference=1.0):
    """A line a row, interval and median on a logarithmic axis with a line at the reference. Wide: label, plot,
    figures in columns; narrow: label and figures above the interval."""
    is_narrow = width < 600
    heights = [(40 if is_narrow else 22) if isinstance(row, ForestRow) else 17 + LINE * len(row.lines(width)) for row in rows]
    labels = max((len(row.label) for row in rows if isinstance(row, ForestRow)), default=8)
    texts = max((len(row.text) for row in rows if isinstance(row, ForestRow)), default=8)
    left, right = (10, 10) if is_narrow else (24 + CHARACTER * labels, 16 + CHARACTER * texts)
    total = sum(heights)
    picture = Picture(width, total + 52, left=left, right=right, top=4, bottom=48)
    axes = picture.axes
    low, high = _limits(rows, reference)
    _axis(axes, low, high, width - left - right, axis_label)
    axes.set_ylim(total, 0)
    axes.axvline(reference, color=COLOURS["muted"], linewidth=1.2, zorder=1.5)
    left_edge, right_edge = -left / (width - left - right), 1 + right / (width - left - right)
    top = 0
    for row, height in zip(rows, heights):
        across = axes.get_yaxis_transform()
        if isinstance(row, Heading):
            for number, line in enumerate(row.lines(width)):
                axes.text(left_edge + 2 / width, top + 23 + LINE * number, line, transform=across, fontsize=12, fontweight="bold", va="baseline",
                          bbox={"facecolor": COLOURS["page"], "edgecolor": "none", "pad": 2})
        else:
            middle = top + (height - 15 if is_narrow else height / 2)
            words = top + 15 if is_narrow else middle + 4
            weight = "bold" if row.strong else "normal"
            if is_narrow:
                axes.text(0, words, row.label, transform=across, fontsize=12, fontweight=weight)
                axes.text(1, words, row.text, transform=across, fontsize=12, ha="right", color=COLOURS["ink"])
            else:
                axes.text(left_edge + 10 / width, words, row.label, transform=across, fontsize=12, fontweight=weight)
                axes.text(right_edge - 6 / width, words, row.text, transform=across, fontsize=12, ha="right")
            _interval(picture, axes, row, middle, low, high)
        top += height
    return picture.svg(label, "narrow" if is_narrow else "wide")


def _interval(picture, axes, row, middle, low, high):
    colour = COLOURS[f"c{row.series % 6}"]
    if not math.isnan(row.low):
        axes.plot([max(row.low, low), min(row.high, high)], [middle, middle], color=colour, linewidth=3.4 if row.strong else 2.4, solid_capstyle="butt", zorder=2)
        for end, is_cut, marker in ((low, row.low < low, "<"), (high, row.high > high, ">")):
            if is_cut:
                axes.plot([end], [middle], marker=marker, color=colour, markersize=5, clip_on=False, zorder=2)
    (point,) = axes.plot([row.value], [middle], marker=MARKERS[row.series % 6], color=colour, markersize=9 if row.strong else 7.5,
                         markeredgecolor=COLOURS["page"], markeredgewidth=1, linestyle="none", zorder=3)
    picture.mark(point, row.tip, **row.attributes)


class Series:
    """One course: values over positions, with intervals; `steps` are (first, last, level) of its pieces."""

    def __init__(self, label, positions, values, lows, highs, tips, steps=(), attributes=()):
        self.label, self.positions, self.values, self.lows, self.highs = label, positions, values, lows, highs
        self.tips, self.steps, self.attributes = tips, steps, attributes or [{} for _ in values]


def courses(panels, names, width, label):
    """Small multiples, one below the other, over the same runs (`names` at the bottom): value relative to the
    first run with its interval, and a line at the level of each piece between steps."""
    height, gap, foot = 96, 26, 64
    total = len(panels) * (height + gap) + foot
    left, right = 46, 14
    picture = Picture(width, total, left=left, right=right, top=gap, bottom=total - gap - height)
    for number, series in enumerate(panels):
        top = number * (height + gap) + gap
        axes = picture.axes if number == 0 else picture.panel(left, right, top, total - top - height)
        _course(picture, axes, series)
        axes.set_xlim(-0.5, len(names) - 0.5)
        axes.text(0, 1.07, series.label.partition(" (")[0] if width < 600 else series.label, transform=axes.transAxes, fontsize=12, fontweight="bold")
        axes.set_xticks([])
    every = max(1, math.ceil(len(names) * 58 / (width - left - right)))
    shown = [number for number in range(len(names)) if (len(names) - 1 - number) % every == 0]
    axes.set_xticks(shown, [names[number] for number in shown], fontsize=10)
    axes.set_xlabel("commit, oldest run first", fontsize=11, labelpad=6)
    return picture.svg(label, "narrow" if width < 600 else "wide")


def _course(picture, axes, series):
    ends = [end for ends in (series.values, series.lows, series.highs) for end in ends if not math.isnan(end)]
    spread = max(max(ends) - min(ends), 0.04)
    axes.set_ylim(min(ends) - 0.12 * spread, max(ends) + 0.12 * spread)
    axes.locator_params(axis="y", nbins=4)
    axes.grid(axis="y", color=COLOURS["rule"], linewidth=1)
    axes.set_axisbelow(True)
    axes.yaxis.set_major_formatter("{x:.2f}")
    for first, last, level in series.steps:
        axes.plot([first - 0.4, last + 0.4], [level, level], color=COLOURS["accent"], linewidth=6, alpha=0.35, solid_capstyle="butt", zorder=1.5)
    for position, value, low, high, tip, attributes in zip(series.positions, series.values, series.lows, series.highs, series.tips, series.attributes):
        if not math.isnan(low):
            axes.plot([position, position], [low, high], color=COLOURS["c0"], linewidth=2, zorder=2)
        (point,) = axes.plot([position], [value], marker="o", color=COLOURS["c0"], markersize=7.5, markeredgecolor=COLOURS["page"], linestyle="none", zorder=3)
        picture.mark(point, tip, **attributes)
