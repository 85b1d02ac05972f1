"""Figures of lesson 14: a skip, the size of gradients in twenty layers, and the circle on which normalised numbers live."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ipywidgets import Checkbox, ValueWidget

from course.picture import ACCENT, EDGE, FORWARD, GRADIENT, INK, QUIET, SOFT, TIMES, Canvas, Picture, number
from course.playing import LABELS, choice, slider
from course.twenty_layers import DEPTH, NORMS, twenty_layers

POWERS = 14  # the axis of the bars ends at 10 to this power, and at its inverse
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
RADIUS, ARROW = 104, 92  # pixels of the circle, and of an upstream of length 1
UPSTREAMS = {"[1, 0, 0]": (1, 0, 0), "[0, 1, 0]": (0, 1, 0), "[0, 0, 1]": (0, 0, 1), "[1, 1, 1]": (1, 1, 1)}
OUTWARDS = "x-hat itself"

Three = tuple[float, float, float]


# A skip ---------------------------------------------------------------------------------------------------------------


def skip_fork(slope: float) -> Picture:
    """y = x + f(x) as a graph: the upstream 1 goes back both ways, and adds up to 1 + slope at x."""
    total = number(1 + slope)
    canvas = Canvas(
        640,
        200,
        f"y = x + f(x). x goes two ways, straight to a plus, and through f, whose slope is {number(slope)}. Going back, the "
        f"upstream 1 at y comes along the straight way as 1 and through f as {number(slope)}; at x they add up to {total}.",
    )
    canvas.line(60, 74, 130, 74)
    canvas.path("M130 74 C170 74 150 40 200 40 L420 40 C460 40 450 68 478 72", arrow=True)
    canvas.path("M130 74 C170 74 160 128 196 128 L250 128", arrow=True)
    canvas.path("M350 128 L420 128 C460 128 450 84 478 79", arrow=True)
    canvas.line(506, 74, 590, 74, arrow=True)
    canvas.circle(130, 74, 4, fill=INK)
    canvas.box(250, 106, 100, 44, fill=SOFT["blue"], colour=ACCENT)
    canvas.text(300, 133, "f", size=17, italic=True)
    canvas.circle(492, 75, 15)
    canvas.text(492, 81, "+", size=18)
    canvas.text(300, 30, "the skip", size=13, colour=QUIET)
    canvas.text(300, 168, f"slope {number(slope)}", size=13, colour=QUIET)
    canvas.forward(80, 66, "x")
    canvas.forward(552, 66, "y")
    canvas.gradient(552, 96, 1)
    canvas.gradient(300, 60, 1)
    canvas.gradient(216, 150, slope)
    canvas.gradient(384, 150, 1)
    canvas.gradient(72, 96, f"1 + {number(slope)} = {total}")
    return canvas.picture()


# Twenty bars ----------------------------------------------------------------------------------------------------------


def power_of_ten(value: float) -> str:
    """A positive number to two digits, with its power of ten where it is far from 1."""
    if 0.01 <= value < 1000:
        return number(value, 2 if value < 10 else 1 if value < 100 else 0)
    exponent = math.floor(math.log10(value))
    digits = f"{value / 10**exponent:.1f}"
    if digits == "10.0":
        digits, exponent = "1.0", exponent + 1
    return f"{digits} {TIMES} 10{str(exponent).translate(SUPERSCRIPTS)}"


def twenty_bars(size: float, skip: bool, norm: str) -> Picture:
    """For `play`: how large the gradient is before each of twenty layers, on an axis of powers of ten."""
    sizes = twenty_layers(size, skip=skip, norm=norm)["gradient"]
    kind = f"{'skips' if skip else 'no skips'}, {'no norm' if norm == 'none' else norm + ' norm'}"
    first = power_of_ten(sizes[0])
    fate = "lives" if 0.01 < sizes[0] < 100 else "has faded" if sizes[0] < 1 else "has exploded"
    alt = (
        f"Twenty layers, weights {number(size)} times He's size, {kind}. The upstream at the end has size 1; before layer 15 the "
        f"gradient has size {power_of_ten(sizes[15])}, before layer 10 {power_of_ten(sizes[10])}, before layer 5 "
        f"{power_of_ten(sizes[5])}, and before the first, layer 0, {first}: it {fate}."
    )
    left, top, step, high = 84, 50, 28, 260
    canvas = Canvas(left + step * (DEPTH + 1) + 34, top + high + 66, alt)
    middle, unit = top + high / 2, high / 2 / POWERS
    canvas.text(left, 28, f"size of the gradient before each layer: {kind}", anchor="start", bold=True)
    for power in range(-12, 13, 4):
        y = middle - power * unit
        canvas.line(left, y, left + step * (DEPTH + 1), y, colour=INK if power == 0 else EDGE, width=1)
        words = "1" if power == 0 else f"10{str(power).translate(SUPERSCRIPTS)}"
        canvas.text(left - 10, y + 5, words, size=13, anchor="end", colour=QUIET)
    for layer, one in enumerate(sizes):
        _bar(canvas, left + step * layer + 5, middle, step - 10, math.log10(one) * unit, last=layer == DEPTH)
        if layer % 5 == 0:
            canvas.text(left + step * (layer + 0.5), top + high + 20, layer, size=13, colour=QUIET)
    canvas.text(left, top + high + 48, f"before layer 0: {first}, it {fate}", anchor="start", size=15, bold=True)
    canvas.text(left + step * (DEPTH + 1), top + high + 48, "the upstream: 1", anchor="end", size=13, colour=QUIET)
    return canvas.picture()


def _bar(canvas: Canvas, x: float, middle: float, wide: float, rise: float, *, last: bool) -> None:
    rise = max(-140.0, min(140.0, rise))
    high = max(abs(rise), 2.0)
    y = middle - high if rise > 0 else middle
    canvas.box(x, y, wide, high, fill=SOFT["grey" if last else "red"], colour=QUIET if last else GRADIENT, radius=2)


def bar_controls(size: float = 0.5) -> dict[str, ValueWidget]:
    """The weights' size against He's, whether there are skips, and which norm."""
    return {
        "size": slider("weights, times He's size", 0.25, 4, step=0.25, start=size),
        "skip": Checkbox(value=False, description="skips", indent=False, style=LABELS),
        "norm": choice("norm", list(NORMS), start="none"),
    }


# The circle -----------------------------------------------------------------------------------------------------------


def parted(x: Three, upstream: Three) -> tuple[Three, Three, Three, Three] | None:
    """x-hat (eps 0), and the upstream in three parts: across the plane, along the radius, along the circle.

    The three directions are (1, 1, 1), x-hat, and what is at right angles to both. None if x is one number thrice.
    """
    mean = sum(x) / 3
    centred = [one - mean for one in x]
    length = math.hypot(*centred)
    if length < 1e-9:
        return None
    out = [one / length for one in centred]
    up = [1 / math.sqrt(3)] * 3
    along = [up[i - 2] * out[i - 1] - up[i - 1] * out[i - 2] for i in range(3)]
    x_hat = tuple(one * math.sqrt(3) for one in out)
    return x_hat, *(_part(upstream, direction) for direction in (up, out, along))


def _part(vector: Sequence[float], direction: Sequence[float]) -> Three:
    share = sum(a * b for a, b in zip(vector, direction, strict=True))
    return tuple(share * one for one in direction)


def on_the_circle(x0: float, x1: float, x2: float, upstream: str) -> Picture:
    """For `play`: x-hat of three numbers on its circle, the upstream in three parts, and the one that is left."""
    x = (x0, x1, x2)
    found = parted(x, UPSTREAMS.get(upstream, x))
    if found is None:
        words = f"x = {_list(x)}: three equal numbers, deviation 0. With eps 0 they have no place on the circle."
        canvas = Canvas(730, 330, f"{words} The upstream {upstream} is not drawn.")
        _ring(canvas)
        canvas.text(360, 60, f"x = {_list(x)}", anchor="start", bold=True)
        canvas.text(360, 90, "three equal numbers: no place on the circle", anchor="start")
        return canvas.picture()
    if upstream == OUTWARDS:
        found = parted(x, found[0])
    x_hat, across, radial, left = found
    deviation = math.sqrt(sum((one - sum(x) / 3) ** 2 for one in x) / 3)
    given = tuple(a + b + c for a, b, c in zip(across, radial, left, strict=True))
    back = tuple(one / deviation for one in left)
    verdict = "nothing is left" if math.hypot(*left) < 1e-9 else "divided by the deviation, it is dX"
    canvas = Canvas(
        730,
        330,
        f"x = {_list(x)}, its deviation {number(deviation, 3)}, x-hat = {_list(x_hat)}, a point on a circle. "
        f"Upstream {_list(given)}: across the plane {_list(across)}, lost; along the radius {_list(radial)}, lost; "
        f"along the circle {_list(left)}: {verdict}. dX = {_list(back)}.",
    )
    _ring(canvas)
    _arrows(canvas, x_hat, radial, left)
    rows = [
        (f"x = {_list(x)}", FORWARD, False),
        (f"deviation {number(deviation, 3)},  x-hat = {_list(x_hat)}", FORWARD, False),
        (f"upstream {_list(given)}, in three parts:", GRADIENT, False),
        (f"across the plane  {_list(across)}   lost", QUIET, False),
        (f"along the radius  {_list(radial)}   lost", QUIET, False),
        (f"along the circle  {_list(left)}   stays", GRADIENT, True),
        (verdict, INK, False),
        (f"dX = {_list(back)}", GRADIENT, True),
    ]
    for place, (words, colour, bold) in enumerate(rows):
        canvas.text(340, 56 + 32 * place, words, anchor="start", size=14, colour=colour, bold=bold)
    return canvas.picture()


def _list(vector: Sequence[float]) -> str:
    return f"[{', '.join(number(one, 3) for one in vector)}]"


def _flat(vector: Sequence[float]) -> tuple[float, float]:
    """Where a vector of three lies in the plane in which they add up to 0; y points down, as on a canvas."""
    a, b, c = vector
    return (a - b) / math.sqrt(2), (2 * c - a - b) / math.sqrt(6)


def _ring(canvas: Canvas) -> None:
    canvas.circle(168, 166, RADIUS, fill="none", colour=FORWARD, line=2)
    canvas.circle(168, 166, 2.5, fill=INK)
    canvas.text(168, 316, "the plane in which the three add up to 0", size=12, colour=QUIET)
    for place in range(3):
        tip = _flat([2 / 3 if i == place else -1 / 3 for i in range(3)])
        x, y = (at + 150 * one for at, one in zip((168, 166), tip, strict=True))
        canvas.line(168, 166, x, y, colour=EDGE, width=1)
        canvas.text(x + 6 * tip[0], y + 6 * tip[1] + 4, f"x{place}", size=12, colour=QUIET)


def _arrows(canvas: Canvas, x_hat: Three, radial: Three, left: Three) -> None:
    """x-hat as a dot on the circle; from there the part along the radius, and the one along the circle."""
    across, down = _flat(x_hat)
    unit = RADIUS / math.sqrt(3)
    x, y = 168 + across * unit, 166 + down * unit
    canvas.line(168, 166, x, y, colour=FORWARD, width=1.2, dashed=True)
    for vector, colour, width, dashed in ((radial, QUIET, 2, True), (left, GRADIENT, 3, False)):
        dx, dy = _flat(vector)
        if math.hypot(dx, dy) > 0.01:
            reach = min(ARROW, 110 / math.hypot(dx, dy))
            canvas.line(x, y, x + dx * reach, y + dy * reach, colour=colour, width=width, dashed=dashed, arrow=True)
    canvas.circle(x, y, 6, fill=SOFT["green"], colour=FORWARD, line=2)


def circle_controls(x: Three = (1, 1, 4), upstream: str = "[1, 0, 0]") -> dict[str, ValueWidget]:
    """The three numbers, and the upstream of x-hat."""
    numbers = {f"x{at}": slider(f"x{at}", -4, 4, step=0.5, start=one) for at, one in enumerate(x)}
    return {**numbers, "upstream": choice("upstream", [*UPSTREAMS, OUTWARDS], start=upstream)}
