"""Figures of lesson 01: a curve with its chords, and the error of a measured slope against the nudge."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from course.picture import ACCENT, INK, QUIET, Canvas, Picture, number

COLOURS = (ACCENT, "#9a5b00", INK, "#6b3fa0")  # red and green are for gradients and forward values
GRID = "#e8e3d6"
SUPERSCRIPTS = str.maketrans("-0123456789", "\N{SUPERSCRIPT MINUS}\N{SUPERSCRIPT ZERO}¹²³⁴⁵⁶⁷⁸⁹")


def chords(
    f: Callable[[float], float],
    low: float,
    high: float,
    drawn: Mapping[str, tuple[float, float]],
    tangent: tuple[float, float] | None = None,
    unit: str = "",
    axis: str = "x",
) -> Picture:
    """The curve of f from `low` to `high`, with straight lines through two of its points each, and their slopes.

    drawn : name of a chord to the places (x) of its two feet. tangent : a place and the slope there, drawn dashed.
    unit : what one step along the axis is, where it is not 1, such as "h". axis : the name of what goes along it.
    """
    places = [low + (high - low) * i / 120 for i in range(121)]
    heights = [f(x) for x in places]
    bottom, top = min(heights), max(heights)
    width, height, left, roof = 430.0, 300.0, 44.0, 28.0

    def at(x: float, y: float) -> tuple[float, float]:
        return left + (x - low) / (high - low) * width, roof + (top - y) / (top - bottom) * height

    slopes = {name: (f(b) - f(a)) / (b - a) for name, (a, b) in drawn.items()}
    told = "; ".join(
        f"{name}, from {_place(a, unit)} to {_place(b, unit)}, slope {number(slopes[name])}"
        for name, (a, b) in drawn.items()
    )
    alt = f"A curve from {axis} = {_place(low, unit)} to {_place(high, unit)} with chords: {told}."
    if tangent:
        alt += f" Dashed, the tangent at {number(tangent[0])}{unit}, slope {number(tangent[1])}."
    longest = max(len(f"{name}: slope {number(slope)}") for name, slope in slopes.items())
    canvas = Canvas(left + width + 90 + 8.6 * max(longest, 20), roof + height + 50, alt)

    ground = roof + height
    canvas.line(left - 12, ground, left + width + 16, ground, arrow=True)
    canvas.text(left + width + 26, ground + 5, axis, bold=True, anchor="start")
    curve = "L".join(f"{x:.1f} {y:.1f} " for x, y in (at(*point) for point in zip(places, heights, strict=True)))
    canvas.path(f"M{curve}", colour=QUIET, width=3)

    def through(x: float, y: float, slope: float, ends: tuple[float, float], **style) -> None:
        """The part of a straight line between two places that lies within the frame."""
        reach = sorted((bottom - y) / slope + x for bottom in (bottom, top)) if slope else (low, high)
        first, last = max(ends[0], low, reach[0]), min(ends[1], high, reach[1])
        canvas.line(*at(first, y + slope * (first - x)), *at(last, y + slope * (last - x)), **style)

    row = roof + 30
    if tangent:
        x, slope = tangent
        through(x, f(x), slope, (low, high), colour=INK, width=2, dashed=True)
    feet = {}
    for i, (name, (a, b)) in enumerate(drawn.items()):
        colour, over = COLOURS[i % len(COLOURS)], 0.12 * (high - low)
        through(a, f(a), slopes[name], (min(a, b) - over, max(a, b) + over), colour=colour, width=2.5)
        for foot in (a, b):
            later = sum(foot in feet_of for feet_of in list(drawn.values())[i + 1 :])
            _mark(canvas, *at(foot, f(foot)), i, colour, radius=5 + 3.5 * later)  # those drawn over it leave a rim
            feet[foot] = f(foot)
        _mark(canvas, left + width + 44, row - 5, i, colour)
        canvas.text(left + width + 60, row, f"{name}: slope {number(slopes[name])}", anchor="start", colour=colour)
        row += 30
    if tangent:
        canvas.line(left + width + 34, row - 5, left + width + 54, row - 5, colour=INK, width=2, dashed=True)
        canvas.text(
            left + width + 60,
            row,
            f"the slope wanted, at {number(tangent[0])}{unit}: {number(tangent[1])}",
            anchor="start",
        )
    if low < 0 < high:
        feet[0] = f(0)
    for foot in feet:
        x, _ = at(foot, 0.0)
        canvas.line(x, ground, x, ground + 6)
        canvas.text(x, ground + 24, _place(foot, unit), size=13)
    return canvas.picture()


def error_against_h(h: Sequence[float], errors: Mapping[str, Sequence[float]]) -> Picture:
    """Errors of measured slopes against the nudge h, both on scales where each step is a factor of ten.

    errors : name of a way of measuring to its errors, one for each h. An error of 0 has no place on such a scale and is
    left out. Each curve's name stands in a list, with its smallest error and where it lies.
    """
    tens = [math.log10(one) for one in h]
    shown = [math.log10(error) for row in errors.values() for error in row if error > 0]
    left, roof, width, height = 74.0, 30.0, 500.0, 330.0
    low, high = math.floor(min(tens)), math.ceil(max(tens))
    bottom, top = math.floor(min(shown)), math.ceil(max(shown))

    def at(power: float, error: float) -> tuple[float, float]:
        return left + (high - power) / (high - low) * width, roof + (top - error) / (top - bottom) * height

    best = {
        name: min((error, step) for error, step in zip(row, h, strict=True) if error > 0)
        for name, row in errors.items()
    }
    told = "; ".join(
        f"{name} is best near h = {step:.0e}, with an error of {error:.0e}" for name, (error, step) in best.items()
    )
    alt = (
        f"Error of the measured slope against h, both axes in powers of ten, h falling to the right. {told}. As h"
        " falls, each curve first falls along a straight line, then rises again, in jumps: a V."
    )
    canvas = Canvas(left + width + 270, roof + height + 62, alt)
    for power in range(low, high + 1):
        x, _ = at(power, top)
        canvas.line(x, roof, x, roof + height, colour=GRID, width=1)
        if (high - power) % 2 == 0:
            canvas.text(x, roof + height + 22, _ten(power), size=13)
    for power in range(bottom, top + 1):
        _, y = at(high, power)
        canvas.line(left, y, left + width, y, colour=GRID, width=1)
        if (power - bottom) % 2 == 0:
            canvas.text(left - 10, y + 5, _ten(power), size=13, anchor="end")
    canvas.box(left, roof, width, height, fill="none", radius=0)
    canvas.text(left + width / 2, roof + height + 48, "h, smaller to the right", colour=QUIET)
    canvas.text(left, roof - 10, "error", colour=QUIET)
    row_at = roof + 24
    for i, (name, row) in enumerate(errors.items()):
        colour = COLOURS[i % len(COLOURS)]
        points = [at(power, math.log10(error)) for power, error in zip(tens, row, strict=True) if error > 0]
        canvas.path("M" + "L".join(f"{x:.1f} {y:.1f} " for x, y in points), colour=colour, width=1.2)
        for x, y in points:
            _mark(canvas, x, y, i, colour, radius=3)
        error, step = best[name]
        _mark(canvas, left + width + 22, row_at - 5, i, colour)
        canvas.text(left + width + 38, row_at, name, anchor="start", colour=colour, bold=True)
        canvas.text(
            left + width + 38,
            row_at + 20,
            f"at best {_rough(error)}, at h = {_rough(step)}",
            anchor="start",
            size=12,
            colour=QUIET,
        )
        row_at += 60
    return canvas.picture()


def _place(x: float, unit: str) -> str:
    """A place on the axis: 1.5, or −h, 0, 1.5h."""
    if not unit or x == 0:
        return number(x)
    return number(x).removesuffix("1") + unit if abs(x) == 1 else number(x) + unit


def _mark(canvas: Canvas, x: float, y: float, i: int, colour: str, radius: float = 5) -> None:
    """A dot, a square, a ring or a diamond: curves are told apart without their colours."""
    if i % 4 == 0:
        canvas.circle(x, y, radius, fill=colour, colour=colour)
    elif i % 4 == 1:
        canvas.box(x - radius, y - radius, 2 * radius, 2 * radius, fill=colour, colour=colour, radius=0)
    elif i % 4 == 2:
        canvas.circle(x, y, radius, colour=colour, line=1.6)
    else:
        r = radius * 1.3
        canvas.path(f"M{x - r:.1f} {y:.1f}L{x:.1f} {y - r:.1f}L{x + r:.1f} {y:.1f}L{x:.1f} {y + r:.1f}Z", colour=colour)


def _ten(power: int) -> str:
    return "10" + str(power).translate(SUPERSCRIPTS)


def _rough(value: float) -> str:
    """One digit and a power of ten."""
    digit, power = f"{value:.0e}".split("e")
    return _ten(int(power)) if digit == "1" else f"{digit} \N{MULTIPLICATION SIGN} {_ten(int(power))}"
