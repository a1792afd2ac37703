"""Pieces of HTML: escaped text, tables, intervals within cells, pictures in two widths."""

import html
import math
import re

from reporting import charts


def e(words):
    """Text for HTML."""
    return html.escape(str(words))


def breakable(words):
    """Text that may be broken behind dots, underlines and strokes."""
    return re.sub(r"([._/])", r"\1<wbr>", e(words))


def attributes(**data):
    """data-* attributes; the values are the cells of the files, unchanged."""
    return "".join(f' data-{key.replace("_", "-")}="{e(value)}"' for key, value in data.items())


def number(cell):
    """The number in a cell of a file; nan if it is empty."""
    return float(cell) if cell not in ("", None) else math.nan


def pictures(draw, rows, label, caption, *more):
    """A figure with a wide and a narrow picture; draw(rows, width, label, ...) makes one."""
    both = "".join(draw(rows, width, label, *more) for width in (charts.WIDE, charts.NARROW))
    return f"<figure><figcaption>{caption}</figcaption>{both}</figure>"


class Scale:
    """A logarithmic axis for intervals within a table, from the values that it must show."""

    def __init__(self, values, reference=None):
        good = [value for value in values if value > 0 and math.isfinite(value)] or [1.0]
        self.low, self.high, self.reference = math.log(min(good)), math.log(max(good)), reference
        space = max(self.high - self.low, 0.2) * 0.04
        self.low, self.high = self.low - space, self.high + space

    def place(self, value):
        """Percent of the width; values not above 0 stand at the left end."""
        if not value > 0:
            return 0.0
        return min(100.0, max(0.0, 100 * (math.log(value) - self.low) / (self.high - self.low)))

    def mark(self, value, low, high, tip=""):
        """The element of one interval."""
        known = not math.isnan(low)
        ends = (self.place(low), self.place(high)) if known else (0, 0)
        style = f"--a:{ends[0]:.1f};--b:{ends[1]:.1f};--m:{self.place(value):.1f}"
        line = f'<b style="--r:{self.place(self.reference):.1f}"></b>' if self.reference else ""
        words = f' data-tip="{e(tip)}"' if tip else ""
        return f'<span class="interval{"" if known else " none"}" style="{style}"{words}>{line}</span>'

    def axis(self, ticks):
        """The head of the column: of the ticks, the most wanted first, those that stand far enough apart."""
        places = {}
        for tick in ticks:
            place = self.place(tick) if self.low <= math.log(tick) <= self.high else -1
            if 6 <= place <= 94 and all(abs(place - other) >= 24 for other in places.values()):
                places[tick] = place
        return '<span class="axis">' + "".join(f'<span style="left:{place:.1f}%">{tick:g}</span>' for tick, place in places.items()) + "</span>"


class Shares:
    """A linear axis from 0 for shares within a table, as far as its greatest."""

    def __init__(self, greatest):
        self.greatest = greatest or 1.0

    def mark(self, value, low, high):
        """The element of one interval."""
        known = not math.isnan(low)
        ends = [min(100 * end / self.greatest, 100) for end in ((low, high) if known else (0, 0))]
        return f'<span class="interval{"" if known else " none"}" style="--a:{ends[0]:.1f};--b:{ends[1]:.1f};--m:{100 * value / self.greatest:.1f}"></span>'

    def axis(self):
        """The head of the column."""
        tick = max(tick for tick in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if tick <= self.greatest or tick == 0.001)
        return f'<span class="axis"><span style="left:{100 * tick / self.greatest:.1f}%">{100 * tick:g}&nbsp;%</span></span>'


def table(columns, rows, name="", css=""):
    """`columns`: (title, data key to sort by or "", class); `rows`: finished <tr> elements."""
    heads = []
    for title, key, css_class in columns:
        words = title if title.startswith("<") else e(title)
        words = f"<button>{words}</button>" if key else words
        heads.append(f"<th{f' class={chr(34)}{css_class}{chr(34)}' if css_class else ''}{f' data-sort={key}' if key else ''}>{words}</th>")
    identity = f' id="{name}"' if name else ""
    return f'<div class="scroll"><table{identity}{f" class={chr(34)}{css}{chr(34)}" if css else ""}><thead><tr>{"".join(heads)}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
