"""Figures of lesson 02: one gate close up, three gates and their manners, the circuits, a curve with its slope."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from course.figures.graphs import draw_or_step
from course.graph import OPERATIONS, STEP, Frame, Graph, draw
from course.graph_layout import SIGNS
from course.picture import ACCENT, CARD, EDGE, INK, QUIET, SOFT, TIMES, Canvas, Picture, factor, number

SIGMOID = "\N{GREEK SMALL LETTER SIGMA}"


def circuit_graph(
    x: float,
    y: float,
    z: float,
    *,
    upstream: float = 1.0,
    shown: int | None = None,
    ask: int = 0,
    stepping: bool = False,
) -> Picture:
    """f = (x + y) z. `shown` draws only the first so many gradients, from right to left; `ask`: so many "?" next.

    stepping: begin there, and let the reader go on step by step.
    """
    graph = Graph({"x": x, "y": y, "z": z}, {"q": ("+", "x", "y"), "f": ("*", "q", "z")})
    at = {"x": (0.0, 0.0), "y": (0.0, 1.1), "z": (0.0, 2.2), "q": (1.5, 0.55), "f": (3.0, 1.3)}
    return draw_or_step(graph, stepping, upstream=upstream, shown=shown, ask=ask, at=at, named=("q", "f"))


def fork_graph(x: float, y: float, *, shown: int | None = None, ask: bool = False) -> Picture:
    """f = (x + y) x: two wires leave x, and each brings a gradient of its own back."""
    graph = Graph({"x": x, "y": y}, {"q": ("+", "x", "y"), "f": ("*", "q", "x")})
    at = {"x": (0.0, 0.0), "y": (0.0, 2.2), "q": (1.6, 1.6), "f": (3.2, 0.7)}
    return draw(graph, shown=shown, ask=ask, at=at, named=("q", "f"))


def perceptron_graph(
    w: Sequence[float],
    x: Sequence[float],
    *,
    shown: int | None = None,
    ask: bool = False,
    framed: bool = False,
    one_gate: bool = False,
    stepping: bool = False,
) -> Picture:
    """1 / (1 + e**-(w0 x0 + w1 x1 + w2)), in gates, rounded to two digits where it is drawn.

    stepping: begin with `shown` gradients, and let the reader go on step by step.
    framed: a frame round the four gates that make the sigmoid. one_gate: the sigmoid as a single gate in their place.
    """
    inputs = {"w0": w[0], "x0": x[0], "w1": w[1], "x1": x[1], "w2": w[2]}
    nodes = {"p0": ("*", "w0", "x0"), "p1": ("*", "w1", "x1"), "p": ("+", "p0", "p1"), "z": ("+", "p", "w2")}
    at = {"w0": (0.0, 0.0), "x0": (0.0, 1.2), "w1": (0.0, 2.4), "x1": (0.0, 3.6), "w2": (0.0, 4.8)}
    at |= {"p0": (1.1, 0.6), "p1": (1.1, 3.0), "p": (2.05, 1.8), "z": (2.95, 2.4)}
    if one_gate:
        sigmoid = {SIGMOID: lambda z: 1 / (1 + OPERATIONS["exp"](-z))}
        return draw_or_step(
            Graph(inputs, nodes | {"s": (SIGMOID, "z")}, {**OPERATIONS, **sigmoid}),
            stepping,
            shown=shown,
            ask=ask,
            at=at | {"s": (3.95, 2.4)},
            digits=2,
        )
    nodes |= {"n": ("*-1", "z"), "e": ("exp", "n"), "d": ("+1", "e"), "s": ("1/x", "d")}
    at |= {name: (3.95 + 0.95 * i, 2.4) for i, name in enumerate("neds")}
    frames = [Frame("sigmoid", list("neds"), "blue")] if framed else ()
    return draw_or_step(Graph(inputs, nodes), stepping, shown=shown, ask=ask, at=at, digits=2, frames=frames)


def one_gate(sign: str, inputs: Mapping[str, float], out: float, upstream: float, slopes: Sequence[float]) -> Picture:
    """A gate with two inputs close up: what it sees going forward, and what it does to the upstream gradient.

    slopes: its local slope for each input; what goes back along that wire is the upstream times it.
    """
    names, values = list(inputs), list(inputs.values())
    described = "; ".join(
        f"to {name} goes {number(upstream)} times {number(slope)} = {number(upstream * slope)}"
        for name, slope in zip(names, slopes, strict=True)
    )
    given = ", ".join(f"{name} = {number(value)}" for name, value in inputs.items())
    canvas = Canvas(
        690,
        270,
        f"One gate close up. In: {given}. Out: {number(out)}. Upstream {number(upstream)} comes back; {described}.",
    )
    x, y = 380, 138
    for row, (name, value, slope) in enumerate(zip(names, values, slopes, strict=True)):
        level = 62 + 152 * row
        canvas.box(22, level - 15, 34, 30, fill=CARD, colour=EDGE)
        canvas.text(39, level + 5, name, bold=True, size=15)
        canvas.path(f"M56 {level} L290 {level} L{x - 38} {y + (-22 if row == 0 else 22)}", arrow=True)
        canvas.forward(120, level - 9, value, size=16)
        canvas.gradient(120, level + 22, upstream * slope, size=16)
        words = f"= {number(upstream)} {TIMES} {factor(slope)}"
        canvas.text(140, level + 22, words, size=13, anchor="start", colour=QUIET)
        canvas.text(250, level - 9, f"local slope {number(slope)}", size=12, colour=ACCENT)
    canvas.circle(x, y, 42, fill=SOFT["blue"], line=1.8)
    canvas.text(x, y + 10, SIGNS.get(sign, sign), size=30)
    canvas.line(x + 42, y, 640, y, arrow=True)
    canvas.forward(520, y - 10, out, size=16)
    canvas.gradient(520, y + 24, upstream, size=16)
    canvas.text(520, y + 44, "upstream", size=12, colour=QUIET)
    return canvas.picture()


def gate_manners(rows: Sequence[tuple[str, str, str]], x: float, y: float, upstream: float) -> Picture:
    """Several gates with the same two inputs and the same upstream, side by side: what each hands back.

    rows: (operation, title, sentence). The gradients are found by nudging.
    """
    width, described = 232, []
    canvas_width = width * len(rows) + 16
    drawings = []
    for operation, title, sentence in rows:
        graph = Graph({"x": x, "y": y}, {"out": (operation, "x", "y")})
        found = {wire.source: slope for wire, slope in graph.gradients(upstream).items()}
        drawings.append((operation, title, sentence, graph.values()["out"], found))
        described.append(
            f"{title}: out {number(graph.values()['out'])}, back to x {number(found['x'])}, to y {number(found['y'])}"
        )
    given = f"x = {number(x)}, y = {number(y)}, upstream {number(upstream)}"
    canvas = Canvas(canvas_width, 250, f"The same numbers through several gates: {given}. {'. '.join(described)}.")
    for i, (operation, title, sentence, out, found) in enumerate(drawings):
        left = 8 + i * width
        if i:
            canvas.line(left, 24, left, 226, colour=EDGE)
        canvas.text(left + width / 2, 34, title, bold=True, colour=ACCENT, size=15)
        for name, value, level in (("x", x, 82), ("y", y, 164)):
            canvas.text(left + 20, level + 5, name, bold=True)
            canvas.path(
                f"M{left + 30} {level} L{left + 88} {level} L{left + 118} {123 + (level - 123) * 0.38}", arrow=True
            )
            canvas.forward(left + 58, level - 8, value)
            canvas.gradient(left + 58, level + 20, found[name])
        canvas.circle(left + 138, 123, 23)
        canvas.text(left + 138, 130, SIGNS.get(operation, operation), size=20 if len(operation) == 1 else 14)
        canvas.line(left + 161, 123, left + 222, 123, arrow=True)
        canvas.forward(left + 190, 115, out)
        canvas.gradient(left + 190, 143, found["out"])
        canvas.text(left + width / 2, 220, sentence, size=13, colour=INK)
    return canvas.picture()


def curve_and_slope(f: Callable[[float], float], low: float, high: float, name: str, ceiling: float) -> Picture:
    """A curve, and below it how steep it is: the slope is found by nudging. The dashed line stands at `ceiling`."""
    left, width, points = 70, 520, 121
    steps = [low + (high - low) * i / (points - 1) for i in range(points)]
    slopes = [(f(one + STEP) - f(one - STEP)) / (STEP + STEP) for one in steps]
    steepest = max(slopes)
    at = steps[slopes.index(steepest)]
    alt = (
        f"Above, {name} from z = {number(low)} to {number(high)}: it climbs from {number(f(low), 2)} to "
        f"{number(f(high), 2)}. Below, its slope: highest at z = {number(at, 2)} with {number(steepest, 2)}, and "
        f"{number(slopes[0], 2)} and {number(slopes[-1], 2)} at the two ends."
    )
    canvas = Canvas(left + width + 70, 330, alt)

    def place(z: float, value: float, ground: float) -> str:
        return f"{left + width * (z - low) / (high - low):.1f} {ground - 110 * value:.1f}"

    for ground, values, title in ((150, [f(one) for one in steps], name), (300, slopes, "its slope")):
        canvas.line(left - 10, ground, left + width + 20, ground, arrow=True)
        canvas.text(left + width + 32, ground + 5, "z", bold=True)
        canvas.path(
            "M" + " L".join(place(z, value, ground) for z, value in zip(steps, values, strict=True)),
            colour=ACCENT,
            width=3,
        )
        canvas.line(left - 10, ground, left - 10, ground - 118, arrow=True)
        for value in (0, 1):
            canvas.text(left - 18, ground - 110 * value + 4, value, size=12, anchor="end", colour=QUIET)
        canvas.text(left + 8, ground - 96, title, bold=True, colour=ACCENT, anchor="start")
        for z in (low, 0, high):
            canvas.text(left + width * (z - low) / (high - low), ground + 18, number(z), size=12, colour=QUIET)
    level = 300 - 110 * ceiling
    canvas.line(left, level, left + width, level, dashed=True)
    canvas.text(left + width + 8, level + 5, number(ceiling), size=13, anchor="start", bold=True)
    return canvas.picture()
