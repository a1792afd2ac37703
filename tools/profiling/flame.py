"""A flame graph as one SVG file: who calls whom from the bottom up, width is time, sides are alphabetical.

After Brendan Gregg's flame graphs. The file needs no other: it shows names in tooltips, zooms on a click and
marks what a regular expression finds; without scripts it is a plain picture.
"""

import hashlib
import html
import re

WIDTH, ROW, SIDE, TOP, BOTTOM = 1200, 17, 10, 44, 30
NARROWEST = 0.15  # pixels: what is narrower is left out
CHARACTER = 6.6  # pixels of one at font size 11
# Hue and saturation by kind of frame; lightness varies by name.
COLOURS = {"python": (205, 55), "opcode": (28, 85), "helper": (95, 35), "kernel": (275, 25), "root": (0, 0)}
OPCODE = re.compile(r"[A-Z][A-Z0-9_]*|dispatch|shared:\w+")


class Node:
    """A frame: its time, the frames on top of it."""

    __slots__ = ("name", "value", "children")

    def __init__(self, name):
        self.name, self.value, self.children = name, 0.0, {}


def tree(folded):
    """The root of {(frame, ...): microseconds}."""
    root = Node("all")
    for frames, value in folded.items():
        node = root
        node.value += value
        for name in frames:
            node = node.children.setdefault(name, Node(name))
            node.value += value
    return root


def kind(name, depth):
    if depth == 0:
        return "root"
    if name.startswith("[kernel]"):
        return "kernel"
    if OPCODE.fullmatch(name):
        return "opcode"
    return "python" if " (" in name or ".py:" in name else "helper"


def colour(name, depth):
    hue, saturation = COLOURS[kind(name, depth)]
    lightness = 68 + hashlib.sha256(name.encode()).digest()[0] % 14
    return f"hsl({hue},{saturation}%,{lightness}%)"


def boxes(root):
    """(depth, left, width, node), left and width as shares of the whole; narrow ones are left out."""
    found, waiting = [], [(root, 0, 0.0)]
    while waiting:
        node, depth, left = waiting.pop()
        width = node.value / root.value if root.value else 1.0
        if width * (WIDTH - 2 * SIDE) < NARROWEST:
            continue
        found.append((depth, left, width, node))
        for name in sorted(node.children):
            child = node.children[name]
            waiting.append((child, depth + 1, left))
            left += child.value / root.value
    return found


SCRIPT = """
(function () {
  var svg = document.currentScript.ownerSVGElement, frames = [].slice.call(svg.querySelectorAll('g.f'));
  var span = %(span)s, side = %(side)s, character = %(character)s, found = svg.querySelector('#found');
  function show(left, width) {
    frames.forEach(function (g) {
      var x = +g.dataset.x, w = +g.dataset.w, from = Math.max(x, left), to = Math.min(x + w, left + width);
      g.style.display = to - from > 1e-9 ? '' : 'none';
      var px = side + (from - left) / width * span, pw = Math.max(0, (to - from) / width * span);
      var rect = g.querySelector('rect'), text = g.querySelector('text');
      rect.setAttribute('x', px); rect.setAttribute('width', pw);
      text.setAttribute('x', px + 3);
      var room = Math.floor((pw - 6) / character), name = g.dataset.n;
      text.textContent = room < 3 ? '' : name.length <= room ? name : name.slice(0, room - 1) + '\\u2026';
    });
  }
  svg.addEventListener('click', function (event) {
    var g = event.target.closest('g.f');
    if (g) show(+g.dataset.x, +g.dataset.w);
    if (event.target.id === 'reset') show(0, 1);
    if (event.target.id === 'search') {
      var wanted = prompt('Mark frames whose name matches (regular expression):'), share = 0, pattern;
      try { pattern = wanted ? new RegExp(wanted) : null; } catch (problem) { alert(problem.message); return; }
      var marked = [];
      frames.forEach(function (g) {
        var hit = pattern && pattern.test(g.dataset.n);
        g.querySelector('rect').style.fill = hit ? '#d33682' : '';
        if (hit) marked.push([+g.dataset.x, +g.dataset.x + +g.dataset.w]);
      });
      marked.sort(function (a, b) { return a[0] - b[0]; });
      var end = 0;
      marked.forEach(function (m) { share += Math.max(0, m[1] - Math.max(m[0], end)); end = Math.max(end, m[1]); });
      found.textContent = pattern ? 'matched: ' + (100 * share).toFixed(1) + ' %%' : '';
    }
  });
})();
"""


def frame(depth, left, width, node, bottom, whole, unit):
    """One frame as SVG."""
    span = WIDTH - 2 * SIDE
    x, w, y = SIDE + left * span, width * span, bottom - (depth + 1) * ROW
    room = int((w - 6) / CHARACTER)
    text = "" if room < 3 else node.name if len(node.name) <= room else node.name[: room - 1] + "…"
    name = html.escape(node.name, quote=True)
    share = 100 * node.value / whole if whole else 0
    return (
        f'<g class="f" data-x="{left:.6f}" data-w="{width:.6f}" data-n="{name}"><title>{name}: {share:.2f} %, {node.value / 1e3:,.1f} {unit}</title>'
        f'<rect x="{x:.2f}" y="{y}" width="{w:.2f}" height="{ROW - 1}" rx="1.5" fill="{colour(node.name, depth)}"/>'
        f'<text x="{x + 3:.2f}" y="{y + 12}">{html.escape(text)}</text></g>'
    )


def svg(folded, title, subtitle="", unit="ms"):
    """The text of the file."""
    root = tree(folded)
    found = boxes(root)
    height = TOP + BOTTOM + ROW * (1 + max(depth for depth, *_ in found))
    bottom = height - BOTTOM
    legend = [("python", "Python"), ("opcode", "opcode"), ("helper", "C"), ("kernel", "kernel")]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" font-family="system-ui, sans-serif" font-size="11">',
        "<style>g.f{cursor:pointer} g.f:hover rect{stroke:#222;stroke-width:1} g.f text{pointer-events:none} .b{cursor:pointer;fill:#357}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{WIDTH / 2}" y="18" font-size="15" text-anchor="middle">{html.escape(title)}</text>',
        f'<text x="{WIDTH / 2}" y="34" text-anchor="middle" fill="#666">{html.escape(subtitle)}</text>',
        f'<text id="reset" class="b" x="{SIDE}" y="18">whole graph</text><text id="search" class="b" x="{WIDTH - SIDE}" y="18" text-anchor="end">search</text>',
        f'<text id="found" x="{WIDTH - SIDE}" y="{height - 10}" text-anchor="end"/>',
    ]
    for place, (name, text) in enumerate(legend):
        hue, saturation = COLOURS[name]
        x = SIDE + 90 * place
        lines.append(f'<rect x="{x}" y="{height - 20}" width="11" height="11" fill="hsl({hue},{saturation}%,75%)"/><text x="{x + 15}" y="{height - 10}">{text}</text>')
    lines += [frame(depth, left, width, node, bottom, root.value, unit) for depth, left, width, node in found]
    script = SCRIPT % {"span": WIDTH - 2 * SIDE, "side": SIDE, "character": CHARACTER}
    lines += [f"<script>//<![CDATA[{script}//]]></script>", "</svg>"]
    return "\n".join(lines) + "\n"
