"""matplotlib's pictures as SVG that follows the page: colours are names that the page's style resolves (light
or dark), text is text in the page's own type, and marks carry their figures as data attributes.

A colour is drawn as one of a few reserved values and becomes var(--NAME) afterwards; a mark is drawn with a
group id that becomes its attributes. A picture stands twice in a page, wide and narrow; CSS shows one.
"""

import html
import io
import itertools
import re

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402 (the choice of the backend comes first)

# Reserved values for the names of colours; style.css says what they are in light and in dark.
NAMES = ("ink", "muted", "rule", "page", "accent", "c0", "c1", "c2", "c3", "c4", "c5", "good", "bad", "unsure")
COLOURS = {name: f"#0a0b{number:02x}" for number, name in enumerate(NAMES)}
PIXELS = 72  # an SVG user unit is a point to matplotlib and a pixel to the page
MARKERS = ("o", "s", "D", "^", "v", "P")
_serial = itertools.count()

matplotlib.rcParams.update({
    "svg.fonttype": "none",
    "font.size": 12,
    "axes.linewidth": 1,
    "xtick.color": COLOURS["muted"],
    "ytick.color": COLOURS["muted"],
    "text.color": COLOURS["ink"],
    "axes.edgecolor": COLOURS["rule"],
    "axes.labelcolor": COLOURS["muted"],
})


class Picture:
    """A figure of so many pixels with one set of axes that fills it but for the margins (pixels)."""

    def __init__(self, width, height, left=8, right=8, top=8, bottom=40):
        self.width, self.height = width, height
        self.figure = pyplot.figure(figsize=(width / PIXELS, height / PIXELS), facecolor="none")
        self.axes = self.panel(left, right, top, bottom)
        self.marks = {}

    def panel(self, left, right, top, bottom):
        """More axes, by their margins."""
        box = (left / self.width, bottom / self.height, (self.width - left - right) / self.width, (self.height - top - bottom) / self.height)
        axes = self.figure.add_axes(box, facecolor="none")
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0, labelsize=11)
        return axes

    def mark(self, artist, tip, **attributes):
        """Gives what is drawn its figures: data attributes, and the words that are shown when it is pointed at."""
        name = f"mark{len(self.marks)}"
        artist.set_gid(name)
        words = "".join(f' data-{key.replace("_", "-")}="{html.escape(str(value))}"' for key, value in attributes.items())
        self.marks[name] = f'class="mark" tabindex="0" role="img" aria-label="{html.escape(tip)}" data-tip="{html.escape(tip)}"{words}'

    def svg(self, label, kind=""):
        """The <svg> element; `kind` (wide, narrow) becomes its class."""
        with matplotlib.rc_context({"svg.hashsalt": f"krait{next(_serial)}"}):  # ids of two pictures never meet
            out = io.StringIO()
            self.figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}, transparent=True)
        pyplot.close(self.figure)
        text = out.getvalue()
        text = text[text.index("<svg") :]
        text = re.sub(r"\s*<metadata>.*?</metadata>", "", text, flags=re.S)
        text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.S)
        text = re.sub(r'<g id="([^"]*)"', lambda found: f"<g {self.marks[found[1]]}" if found[1] in self.marks else "<g", text)
        for name, value in COLOURS.items():
            text = text.replace(value, f"var(--{name})")
        text = re.sub(r"font: ?((?:bold|\d{3}) )?([\d.]+)px [^;\"]*", lambda found: f"font-size: {found[2]}px" + ("; font-weight: 600" if found[1] else ""), text)
        text = re.sub(r"\s*\n\s*", " ", text)
        head = f'<svg class="{kind}" viewBox="0 0 {self.width:g} {self.height:g}" role="figure" aria-label="{html.escape(label)}" style="max-width: {self.width:g}px">'
        return re.sub(r"<svg [^>]*>", lambda _: head, text, count=1).strip()
