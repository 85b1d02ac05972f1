"""Figures of lesson 03: the neuron as a graph, what each knob does, a knob's forecast, ReLU's two slopes, shares of a fall."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from course.figures.graphs import draw_or_step
from course.graph import Frame, Graph
from course.picture import (
    ACCENT,
    CARD,
    FORWARD,
    GRADIENT,
    INK,
    OFF,
    QUIET,
    SOFT,
    TIMES,
    Canvas,
    Picture,
    diamond,
    factor,
    number,
    polyline,
    signed,
)


def neuron_graph(
    x: Sequence[float],
    w: Sequence[float],
    b: float,
    *,
    upstream: float = 1.0,
    shown: int | None = None,
    ask: bool = False,
    stepping: bool = False,
) -> Picture:
    """One ReLU neuron from left to right: pairs (x_i, w_i) are multiplied, summed with b, and go through ReLU to y.

    The gradients are found by nudging the wires (at the corner, z = 0, that gives halves). `shown` draws only the first
    so many, from right to left, and `ask` puts a "?" on the next one; with `stepping` the reader goes on from there step by
    step. The complete picture also frames what the gradients are for: those of w and b update the neuron, those of x are
    passed on.
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
    return draw_or_step(
        Graph(inputs, nodes),
        stepping,
        upstream=upstream,
        shown=shown,
        ask=ask,
        at=at,
        named=("z", "y"),
        frames=frames if shown is None and not stepping else (),
    )


def knob_bars(changes: Mapping[str, float], step: float) -> Picture:
    """How far the output moves when one knob after the other is raised by `step`: one bar a knob, up or down.

    changes: knob to the change of the output.
    """
    width, gap, middle, reach = 46, 30, 150, 92
    largest = max(abs(change) for change in changes.values()) or 1.0
    described = ", ".join(f"{name} {number(change)}" for name, change in changes.items())
    canvas = Canvas(
        70 + len(changes) * (width + gap), 290, f"Bars: change of y when one knob rises by {step:g}: {described}."
    )
    canvas.text(24, 28, f"change of y when the knob rises by {step:g}", anchor="start", size=13, colour=QUIET)
    canvas.line(24, middle, canvas.width - 24, middle)
    for i, (name, change) in enumerate(changes.items()):
        left, height = 44 + i * (width + gap), reach * abs(change) / largest
        top = middle - height if change > 0 else middle
        canvas.box(left, top, width, height, fill=SOFT["blue" if change > 0 else "grey"], colour=INK, radius=2)
        canvas.forward(left + width / 2, top - 6 if change > 0 else top + height + 17, signed(change))
        canvas.text(left + width / 2, 280, name, bold=True, size=15)
    return canvas.picture()


def forecast(
    knob: str,
    value: float,
    change: float,
    output: Callable[[float], float],
    slope: float,
    *,
    reach: float,
    steepest: float,
) -> Picture:
    """One knob turned by `change`: how far the output moves, beside what its gradient foretells, slope times change.

    value : where the knob stood. output : the output, given the change of this knob; never below 0.
    reach : how far the knob can be turned either way. steepest : the largest slope of any knob, which sets the scale, so
    that knobs can be compared.
    """
    start, now = output(0.0), output(change)
    moved, foretold = now - start, slope * change
    apart = abs(moved - foretold) > 1e-9
    sum_ = f"{factor(slope)} {TIMES} {factor(change)} = {signed(foretold)}"
    verdict = (
        f"They part by {number(abs(moved - foretold))}: the ReLU has shut, y cannot fall below 0."
        if apart
        else "They agree."
    )
    alt = (
        f"{knob} goes from {number(value)} to {number(value + change)}, y from {number(start)} to {number(now)}. y moved by "
        f"{signed(moved)}; gradient times change is {sum_}. {verdict} A line shows y against the change of {knob}: straight "
        f"with slope {number(slope)}, and flat where it would fall below 0. A dashed line, the forecast, goes straight on."
    )
    left, roof, width, height = 62.0, 44.0, 380.0, 336.0
    canvas = Canvas(800, roof + height + 96, alt)
    low, high = start - steepest * reach, start + steepest * reach

    def at(by: float, y: float) -> tuple[float, float]:
        return left + (by + reach) / (2 * reach) * width, roof + (high - y) / (high - low) * height

    shut = -start / slope if slope else reach  # the change at which a straight line would meet 0
    if abs(shut) < reach:
        first, last = sorted((at(shut, 0)[0], at(-reach if shut < 0 else reach, 0)[0]))
        for fill in OFF:
            canvas.box(first, roof, last - first, height, fill=fill, line=0, radius=0)
        if last - first > 90:
            canvas.box((first + last) / 2 - 38, roof + 8, 76, 22, fill=CARD, line=0)
            canvas.text((first + last) / 2, roof + 24, "ReLU shut", size=13)
    for y in range(10 * math.ceil(low / 10), math.floor(high) + 1, 10):
        canvas.line(left - 5, at(0, y)[1], left, at(0, y)[1], width=1)
        canvas.text(left - 9, at(0, y)[1] + 5, number(y), size=13, anchor="end")
    ground = at(0, 0)[1]
    canvas.line(left, ground, left + width, ground, width=1)
    canvas.box(left, roof, width, height, fill="none", colour=QUIET, radius=0, line=1)
    canvas.text(left, roof - 14, f"y against the change of {knob}", anchor="start", bold=True)
    for by in (-reach, 0, reach):
        canvas.text(at(by, 0)[0], roof + height + 20, signed(by), size=13)

    ends = [at(by, start + slope * by) for by in (-reach, reach)]
    canvas.line(*ends[0], *ends[1], colour=GRADIENT, width=2, dashed=True)
    bends = sorted({-reach, reach, *((shut,) if abs(shut) < reach else ())})
    canvas.path(polyline(at(by, output(by)) for by in bends), colour=FORWARD, width=3)

    base, here, there = at(0, start), at(change, now), at(change, start + foretold)
    bars = {"y moved by": (left + width + 92, here), f"gradient {TIMES} change": (left + width + 232, there)}
    canvas.line(*base, canvas.width - 30, base[1], width=1)
    for middle, mark in bars.values():
        canvas.path(f"M{mark[0]:.1f} {mark[1]:.1f}H{middle:.1f}", width=1, dashed=True)
    if apart:
        canvas.line(*here, *there, colour=INK, width=3)
    canvas.circle(*base, 4, fill=INK)
    canvas.path(diamond(*there, 8), colour=GRADIENT, width=2.5, fill="white")
    canvas.circle(*here, 5.5, fill=FORWARD, colour="white")
    for name, (middle, (_, end)) in bars.items():
        own = name.startswith("y")
        canvas.box(
            middle - 24,
            min(end, base[1]),
            48,
            max(abs(end - base[1]), 1.0),
            fill=SOFT["green" if own else "red"],
            colour=FORWARD if own else GRADIENT,
            radius=0,
            line=2,
            dashed=not own,
        )
        canvas.text(middle, roof - 14, name, bold=True)
        below = end + 19 if end >= base[1] else end - 8
        (canvas.forward if own else canvas.gradient)(middle, below, signed(moved if own else foretold), size=17)

    row = roof + height + 50
    canvas.text(
        left, row, f"{knob}: {number(value)} \N{RIGHTWARDS ARROW} {number(value + change)}", anchor="start", bold=True
    )
    canvas.text(
        left + 190,
        row,
        f"y: {number(start)} \N{RIGHTWARDS ARROW} {number(now)}",
        anchor="start",
        colour=FORWARD,
        bold=True,
    )
    canvas.gradient(left + 380, row, sum_, anchor="start")
    canvas.text(left, row + 28, verdict, anchor="start", bold=apart, size=15)
    return canvas.picture()


def relu_slopes(z: Sequence[float]) -> Picture:
    """ReLU over a few values of z: flat to the left of 0, slope 1 to the right, a corner at 0."""
    unit, left, ground = 34, 60, 240
    low, high = min(-3.0, *z), max(3.0, *z)

    def place(value: float) -> tuple[float, float]:
        return left + (value - low) * unit, ground - (value if value > 0 else 0.0) * unit * 0.9

    described = ", ".join(number(value) for value in z)
    alt = (
        f"ReLU against z: zero with slope 0 for negative z, y = z with slope 1 for positive z. Dots at z = {described}."
    )
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
    described = ", ".join(f"{name} {number(share)}" for name, share in shares.items())
    canvas = Canvas(width + 2 * left, 150, f"One bar of length {number(total)}, made of the shares {described}.")
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
