"""Pictures that stand still: SVG on a drawn card, with alternative text.

A `Picture` shows itself as an HTML `<img>` whose source is the SVG itself. That form is shown in JupyterLab (trusted or
not, light or dark, since the card brings its own background), in exported HTML and in a book, without any request.
"""

from __future__ import annotations

import base64
import html
import io
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

INK = "#1f2933"  # text and outlines
QUIET = "#6b7785"  # secondary text, wires
CARD = "#fffdf8"  # the background every picture draws for itself
EDGE = "#d9d4c7"
FORWARD = "#0a6b2d"  # forward values stand above the wire, green
GRADIENT = "#b42318"  # gradients stand below it, red and underlined: readable without colour
ACCENT = "#1d5fa8"
SOFT = {"blue": "#e3eefb", "green": "#e2f3e6", "red": "#fbe6e3", "yellow": "#fff3cf", "grey": "#efece4"}
FONT = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif"
CODE_FONT = "DejaVu Sans Mono, Menlo, Consolas, monospace"
OFF = ("hatch", f"{CARD}99")  # filled with one over the other: paler than a closed gate, so that lines are seen on it
LEAST = 10  # pixels: words that are smaller cannot be read
# How the size of words stands in an SVG: in ours as it is; in matplotlib's, which draws letters, as a hundredth of it.
WORDS = re.compile(r'font-size="([\d.]+)"')
LETTERS = re.compile(r"scale\(([\d.]+) -\1\)")
MINUS, TIMES = "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPT = str.maketrans("0123456789-.", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻·")


@dataclass(frozen=True)
class Picture:
    """An SVG drawing and the sentence that replaces it for those who cannot see it."""

    svg: str
    alt: str

    @property
    def html(self) -> str:
        """The `<img>` element, complete in itself: as wide as its place, or scrolling there if its words were too small."""
        data = base64.b64encode(self.svg.encode("utf-8")).decode("ascii")
        looks = f"max-width:100%;min-width:{self.least_width}px;height:auto"
        image = f'<img alt="{html.escape(self.alt)}" style="{looks}" src="data:image/svg+xml;base64,{data}">'
        return f'<div style="overflow-x:auto">{image}</div>'

    @property
    def least_width(self) -> int:
        """The width, in pixels, at which the smallest words are still `LEAST` pixels high; 0 if there are none."""
        sizes = [float(size) for size in WORDS.findall(self.svg)]
        sizes += [100 * float(size) for size in LETTERS.findall(self.svg)]
        width = re.search(r'viewBox="0 0 ([\d.]+) ', self.svg)
        return math.ceil(LEAST * float(width[1]) / min(sizes)) if width and sizes else 0

    def __str__(self) -> str:
        return f"<Picture: {self.alt}>"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html, "text/plain": str(self)}


def number(value: float, digits: int = 4) -> str:
    """A number as a picture writes it: rounded, no trailing zeros, a true minus sign."""
    text = f"{round(float(value), digits) + 0.0:.{digits}f}".rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def signed(value: float) -> str:
    """A change, with its sign."""
    return ("+" if value > 0 else "") + number(value)


def factor(value: float) -> str:
    """A number as it stands in a product: a negative one in brackets."""
    return f"({number(value)})" if value < 0 else number(value)


def coordinates(point: tuple[float, float]) -> str:
    """A point in words, to two digits: (1.5, −2)."""
    return f"({number(point[0], 2)}, {number(point[1], 2)})"


def polyline(points: Iterable[tuple[float, float]]) -> str:
    """The SVG path from point to point."""
    return "M" + "L".join(f"{x:.1f} {y:.1f} " for x, y in points)


def diamond(x: float, y: float, radius: float) -> str:
    """The SVG path of a diamond round a point."""
    return f"M{x - radius:.1f} {y:.1f}L{x:.1f} {y - radius:.1f}L{x + radius:.1f} {y:.1f}L{x:.1f} {y + radius:.1f}Z"


class Canvas:
    """A small drawing surface in pixels, origin at the top left; every method returns nothing and adds one mark."""

    def __init__(self, width: float, height: float, alt: str):
        self.width, self.height, self.alt = width, height, alt
        self._marks: list[str] = []

    def _add(self, tag: str, content: str | None = None, **attributes) -> None:
        markup = "".join(
            f' {key.rstrip("_").replace("_", "-")}="{html.escape(_short(value))}"'
            for key, value in attributes.items()
            if value is not None
        )
        self._marks.append(f"<{tag}{markup}/>" if content is None else f"<{tag}{markup}>{html.escape(content)}</{tag}>")

    def text(
        self,
        x,
        y,
        content,
        *,
        size=14,
        anchor="middle",
        colour=INK,
        bold=False,
        italic=False,
        underline=False,
        code=False,
    ):
        """Words with their baseline at y; `anchor` is "start", "middle" or "end"; `code` sets them as code."""
        self._add(
            "text",
            str(content),
            x=x,
            y=y,
            font_size=size,
            text_anchor=anchor,
            fill=colour,
            font_weight="bold" if bold else None,
            font_style="italic" if italic else None,
            text_decoration="underline" if underline else None,
            font_family=CODE_FONT if code else None,
        )

    def forward(self, x, y, value, *, size=14, anchor="middle"):
        """A forward value: green. Stands above its wire."""
        self.text(x, y, value if isinstance(value, str) else number(value), size=size, anchor=anchor, colour=FORWARD)

    def gradient(self, x, y, value, *, size=14, anchor="middle"):
        """A gradient: red and underlined. Stands below its wire."""
        content = value if isinstance(value, str) else number(value)
        self.text(x, y, content, size=size, anchor=anchor, colour=GRADIENT, underline=True)

    def line(self, x1, y1, x2, y2, *, colour=QUIET, width=1.5, dashed=False, arrow=False):
        """A straight line, with an arrow head at its end if wanted."""
        self._add(
            "line",
            x1=x1,
            y1=y1,
            x2=x2,
            y2=y2,
            stroke=colour,
            stroke_width=width,
            stroke_dasharray="5 4" if dashed else None,
            marker_end="url(#arrow)" if arrow else None,
        )

    def path(self, d, *, colour=QUIET, width=1.5, fill="none", dashed=False, arrow=False):
        """Any SVG path, for curves and brackets; `fill` as that of a box."""
        self._add(
            "path",
            d=d,
            stroke=colour,
            stroke_width=width,
            fill=_paint(fill),
            stroke_dasharray="5 4" if dashed else None,
            marker_end="url(#arrow)" if arrow else None,
        )

    def box(self, x, y, width, height, *, fill="white", colour=INK, line=1.2, radius=6, dashed=False):
        """A rectangle; `fill="hatch"` draws diagonal lines, the sign of a closed gate."""
        self._add(
            "rect",
            x=x,
            y=y,
            width=width,
            height=height,
            rx=radius,
            fill=_paint(fill),
            stroke=colour,
            stroke_width=line,
            stroke_dasharray="5 4" if dashed else None,
        )

    def circle(self, x, y, radius, *, fill="white", colour=INK, line=1.2):
        """A circle: a node of a graph."""
        self._add("circle", cx=x, cy=y, r=radius, fill=fill, stroke=colour, stroke_width=line)

    def picture(self) -> Picture:
        """The finished drawing."""
        body = "\n".join(self._marks)
        w, h = _short(self.width), _short(self.height)
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" '
            f'font-family="{FONT}" role="img" aria-label="{html.escape(self.alt)}">\n'
            '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
            'orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="context-stroke"/></marker>'
            '<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="8" height="8" fill="{SOFT["grey"]}"/><path d="M0 0V8" stroke="{QUIET}" stroke-width="3"/>'
            "</pattern></defs>\n"
            f"{_card(self.width, self.height)}\n{body}\n</svg>\n"
        )
        return Picture(svg, self.alt)


def show(figure, alt: str) -> Picture:
    """A matplotlib figure as a `Picture`: same bytes on every run, with alternative text.

    The figure is closed, so the inline backend does not draw it a second time.
    """
    import matplotlib
    from matplotlib import pyplot as plt

    for axes in figure.axes:
        if axes.get_facecolor() == (1, 1, 1, 1):  # nobody chose a ground: the card's
            axes.set_facecolor("none")
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "course", "svg.fonttype": "path"}):
        looks = {"facecolor": "none", "bbox_inches": "tight", "pad_inches": 0.2}
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None}, **looks)
    plt.close(figure)
    return Picture(_on_a_card(buffer.getvalue()), alt)


def _on_a_card(svg: str) -> str:
    """matplotlib's drawing on the ground that all pictures have."""
    width, height = (float(size) for size in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    start = svg.index(">", svg.index("<svg")) + 1
    return f"{svg[:start]}\n{_card(width, height)}{svg[start:]}"


def _card(width: float, height: float) -> str:
    return (
        f'<rect x="0.5" y="0.5" width="{_short(width - 1)}" height="{_short(height - 1)}" rx="8" '
        f'fill="{CARD}" stroke="{EDGE}"/>'
    )


def _paint(fill: str) -> str:
    return "url(#hatch)" if fill == "hatch" else fill


def _short(value) -> str:
    """Coordinates without noise digits, so that stored pictures do not differ from machine to machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
