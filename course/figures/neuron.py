"""Figures of lesson 03: the neuron as a graph, what each knob does, ReLU's two slopes, who makes the output fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from course.graph import Frame, Graph, draw
from course.picture import ACCENT, FORWARD, INK, QUIET, SOFT, Canvas, Picture, number


def neuron_graph(
    x: Sequence[float],
    w: Sequence[float],
    b: float,
    *,
    upstream: float = 1.0,
    shown: int | None = None,
    ask: bool = False,
) -> Picture:
    """One ReLU neuron from left to right: pairs (x_i, w_i) are multiplied, summed with b, and go through ReLU to y.

    The gradients are found by nudging the wires (at the corner, z = 0, that gives halves). `shown` draws only the first
    so many, from right to left, and `ask` puts a "?" on the next one. The complete picture also frames what the
    gradients are for: those of w and b update the neuron, those of x are passed on.
    """
    pairs = range(len(x))
    inputs = {name: value for i in pairs for name, value in ((f"x{i}", x[i]), (f"w{i}", w[i]))} | {"b": b}
    products = {f"x{i}w{i}": ("*", f"x{i}", f"w{i}") for i in pairs}
    nodes = {**products, "z": ("sum", *products, "b"), "y": ("relu", "z")}
    at = {f"x{i}": (0.0, 2.0 * i) for i in pairs} | {f"w{i}": (0.95, 2.0 * i + 1) for i in pairs}
    at |= {f"x{i}w{i}": (2.1, 2.0 * i + 0.5) for i in pairs} | {"b": (0.95, 2.0 * len(x))}
    at |= {"z": (3.35, len(x) - 0.5), "y": (4.6, len(x) - 0.5)}
    frames = [
        Frame("pass on", [f"x{i}" for i in pairs], "blue"),
        Frame("update", [*(f"w{i}" for i in pairs), "b"], "yellow", below=True),
    ]
    return draw(
        Graph(inputs, nodes),
        upstream=upstream,
        shown=shown,
        ask=ask,
        at=at,
        named=("z", "y"),
        frames=frames if shown is None else (),
    )


def knob_bars(changes: Mapping[str, float], step: float) -> Picture:
    """How far the output moves when one knob after the other is raised by `step`: one bar a knob, up or down.

    changes: knob to the change of the output.
    """
    width, gap, middle, reach = 46, 30, 150, 92
    largest = max(abs(change) for change in changes.values()) or 1.0
    told = ", ".join(f"{name} {number(change)}" for name, change in changes.items())
    canvas = Canvas(
        70 + len(changes) * (width + gap), 290, f"Bars: change of y when one knob rises by {step:g}: {told}."
    )
    canvas.text(24, 28, f"change of y when the knob rises by {step:g}", anchor="start", size=13, colour=QUIET)
    canvas.line(24, middle, canvas.width - 24, middle)
    for i, (name, change) in enumerate(changes.items()):
        left, height = 44 + i * (width + gap), reach * abs(change) / largest
        top = middle - height if change > 0 else middle
        canvas.box(left, top, width, height, fill=SOFT["blue" if change > 0 else "grey"], colour=INK, radius=2)
        canvas.forward(left + width / 2, top - 6 if change > 0 else top + height + 17, _signed(change))
        canvas.text(left + width / 2, 280, name, bold=True, size=15)
    return canvas.picture()


def relu_slopes(z: Sequence[float]) -> Picture:
    """ReLU over a few values of z: flat to the left of 0, slope 1 to the right, a corner at 0."""
    unit, left, ground = 34, 60, 240
    low, high = min(-3.0, *z), max(3.0, *z)

    def place(value: float) -> tuple[float, float]:
        return left + (value - low) * unit, ground - (value if value > 0 else 0.0) * unit * 0.9

    told = ", ".join(number(value) for value in z)
    alt = f"ReLU against z: zero with slope 0 for negative z, y = z with slope 1 for positive z. Dots at z = {told}."
    canvas = Canvas(left + (high - low) * unit + 130, 290, alt)
    (x0, y0), (x1, _), (x2, y2) = place(0.0), place(low), place(high)
    canvas.line(x1 - 20, ground, x2 + 30, ground, arrow=True)
    canvas.text(x2 + 42, ground + 5, "z", bold=True, anchor="start")
    canvas.line(x0, ground + 12, x0, y2 - 14, arrow=True)
    canvas.text(x0 - 14, y2 - 8, "y", bold=True)
    canvas.path(f"M{x1:.1f} {ground} L{x0:.1f} {y0} L{x2:.1f} {y2:.1f}", colour=ACCENT, width=3.5)
    canvas.text((x1 + x0) / 2, ground - 14, "slope 0", colour=ACCENT, bold=True)
    middle = place(high / 2)
    canvas.text(middle[0] + 12, middle[1] + 10, "slope 1", colour=ACCENT, bold=True, anchor="start")
    for value in z:
        at = place(value)
        canvas.circle(*at, 6, fill="white" if value <= 0 else INK, line=2)
        canvas.text(at[0], ground + 24, number(value), size=13)
    return canvas.picture()


def fall_shares(shares: Mapping[str, float]) -> Picture:
    """How much each knob adds to the fall of the output, side by side on one bar, in units of the rate."""
    total = sum(shares.values())
    width, left = 560, 40
    told = ", ".join(f"{name} {number(share)}" for name, share in shares.items())
    canvas = Canvas(width + 2 * left, 150, f"One bar of length {number(total)}, made of the shares {told}.")
    canvas.text(left, 30, "fall of y for one unit of learning rate", anchor="start", size=13, colour=QUIET)
    x = float(left)
    for i, (name, share) in enumerate(shares.items()):
        part = width * share / total
        canvas.box(x, 48, part, 44, fill=SOFT[("blue", "yellow", "green", "grey")[i % 4]], radius=0)
        canvas.text(x + part / 2, 75, number(share), bold=True, size=15, colour=FORWARD)
        canvas.text(x + part / 2, 112, name, bold=True)
        x += part
    canvas.text(left + width, 136, f"together {number(total)}", anchor="end", size=13, colour=QUIET)
    return canvas.picture()


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + number(value)
