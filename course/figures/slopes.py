"""Figures of lesson 01: a curve with its chords, and the error of a measured slope against the nudge."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from course.picture import ACCENT, INK, QUIET, SUPERSCRIPT, TIMES, Canvas, Picture, diamond, number, polyline

COLOURS = (ACCENT, "#9a5b00", INK, "#6b3fa0")  # red and green are for gradients and forward values
GRID = "#e8e3d6"


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
    described = "; ".join(
        f"{name}, from {_place(a, unit)} to {_place(b, unit)}, slope {number(slopes[name])}"
        for name, (a, b) in drawn.items()
    )
    alt = f"A curve from {axis} = {_place(low, unit)} to {_place(high, unit)} with chords: {described}."
    if tangent:
        alt += f" Dashed, the tangent at {number(tangent[0])}{unit}, slope {number(tangent[1])}."
    longest = max(len(f"{name}: slope {number(slope)}") for name, slope in slopes.items())
    canvas = Canvas(left + width + 90 + 8.6 * max(longest, 27), roof + height + 50, alt)

    ground = roof + height
    canvas.line(left - 12, ground, left + width + 16, ground, arrow=True)
    canvas.text(left + width + 26, ground + 5, axis, bold=True, anchor="start")
    canvas.path(polyline(at(*point) for point in zip(places, heights, strict=True)), colour=QUIET, width=3)

    def through(x: float, y: float, slope: float, ends: tuple[float, float], **style) -> None:
        """The part of a straight line between two places that lies within the frame."""
        reach = sorted((bottom - y) / slope + x for bottom in (bottom, top)) if slope else (low, high)
        first, last = max(ends[0], low, reach[0]), min(ends[1], high, reach[1])
        canvas.line(*at(first, y + slope * (first - x)), *at(last, y + slope * (last - x)), **style)

    row = roof + 30
    if tangent:
        x, slope = tangent
        through(x, f(x), slope, (low, high), colour=INK, width=2, dashed=True)
    for i, (name, (a, b)) in enumerate(drawn.items()):
        colour, over = COLOURS[i % len(COLOURS)], 0.12 * (high - low)
        through(a, f(a), slopes[name], (min(a, b) - over, max(a, b) + over), colour=colour, width=2.5)
        for foot in (a, b):
            later = sum(foot in feet for feet in list(drawn.values())[i + 1 :])
            _mark(canvas, *at(foot, f(foot)), i, colour, radius=5 + 3.5 * later)  # those drawn over it leave a rim
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
    named = [*(foot for feet in drawn.values() for foot in feet), *([0] if low < 0 < high else [])]
    for place in dict.fromkeys(named):
        x, _ = at(place, 0.0)
        canvas.line(x, ground, x, ground + 6)
        canvas.text(x, ground + 24, _place(place, unit), size=13)
    return canvas.picture()


def error_against_h(h: Sequence[float], errors: Mapping[str, Sequence[float]]) -> Picture:
    """Errors of measured slopes against the nudge h, both on scales where each step is a factor of ten.

    errors : name of a way of measuring to its errors, one for each h. An error of 0 has no place on such a scale and is
    left out. Each curve's name stands in a list, with its smallest error and where it lies.
    """
    best = {
        name: min((error, step) for error, step in zip(row, h, strict=True) if error > 0)
        for name, row in errors.items()
    }
    described = "; ".join(
        f"{name} is best near h = {step:.0e}, with an error of {error:.0e}" for name, (error, step) in best.items()
    )
    alt = (
        f"Error of the measured slope against h, both axes in powers of ten, h falling to the right. {described}. As h"
        " falls, each curve first falls along a straight line, then rises again, in jumps: a V."
    )
    frame = _TenByTen(h, [error for row in errors.values() for error in row], left=74.0, width=500.0, height=330.0)
    canvas = Canvas(frame.right + 270, frame.ground + 62, alt)
    frame.draw(canvas)
    row_at = frame.roof + 24
    for i, (name, row) in enumerate(errors.items()):
        colour = COLOURS[i % len(COLOURS)]
        points = [frame.at(step, error) for step, error in zip(h, row, strict=True) if error > 0]
        canvas.path(polyline(points), colour=colour, width=1.2)
        for x, y in points:
            _mark(canvas, x, y, i, colour, radius=3)
        error, step = best[name]
        _mark(canvas, frame.right + 22, row_at - 5, i, colour)
        canvas.text(frame.right + 38, row_at, name, anchor="start", colour=colour, bold=True)
        canvas.text(
            frame.right + 38,
            row_at + 20,
            f"at best {_rough(error)}, at h = {_rough(step)}",
            anchor="start",
            size=12,
            colour=QUIET,
        )
        row_at += 60
    return canvas.picture()


def which_leg(
    h: Sequence[float],
    slopes: Sequence[float],
    right: float,
    legs: Mapping[str, Sequence[float]],
    subtracted: Mapping[str, Sequence[float]],
    chosen: int,
) -> Picture:
    """A walk along the V: the error of the measured slope at one h, the digits it is made of, and which leg rules there.

    slopes : as measured, one for each h; `right` is the true one. legs : what makes the error, to its size for each h;
    the larger one rules. subtracted : name to the values for each h whose difference the slope was made of.
    chosen : which h is looked at.
    """
    errors = [abs(slope - right) for slope in slopes]
    step, error = h[chosen], errors[chosen]
    ruler = max(legs, key=lambda name: legs[name][chosen])
    rows = {name: f"{values[chosen]:.16f}" for name, values in subtracted.items()}
    found, kept = f"{slopes[chosen]:.12f}", _digits_kept(slopes[chosen], right)
    size = _rough(error) if error else "0"
    alt = (
        f"Error against h, a V with straight dashed legs, {' and '.join(legs)}. The mark is at h = {step:.0e}, where"
        f" {ruler} rules: the slope is {found}, off by {error:.0e}. {'; '.join(f'{n} = {v}' for n, v in rows.items())}."
    )
    frame = _TenByTen(h, errors, left=62.0, width=350.0, height=300.0)
    canvas = Canvas(frame.right + 366, frame.ground + 62, alt)
    frame.draw(canvas)
    looks = {name: {"colour": QUIET, "width": 1.5, "dashed": True} for name in legs}
    looks[ruler] = {"colour": COLOURS[1], "width": 4, "dashed": False}
    for name, sizes in legs.items():
        seen = [frame.at(one, size) for one, size in zip(h, sizes, strict=True) if frame.holds(size)]
        canvas.path(polyline(seen), **looks[name])
    points = [frame.at(one, size) for one, size in zip(h, errors, strict=True) if size > 0]
    canvas.path(polyline(points), colour=ACCENT, width=1.2)
    for x, y in points:
        _mark(canvas, x, y, 0, ACCENT, radius=2.5)
    x, y = frame.at(step, error) if error else (frame.at(step, frame.lowest)[0], frame.ground)
    canvas.line(x, y, x, frame.ground, dashed=True, colour=INK)
    canvas.circle(x, y, 8, fill="none", line=2.5)

    aside, row = frame.right + 28, frame.roof + 14
    canvas.text(aside, row, f"h = {_rough(step)}", anchor="start", size=18, bold=True)
    for name, value in rows.items():
        row += 30
        canvas.text(aside, row, name, anchor="start", size=13, colour=QUIET)
        canvas.text(aside + 84, row, value, anchor="start", code=True)
    row += 44
    canvas.text(aside, row, "slope", anchor="start", size=13, colour=QUIET)
    canvas.text(aside + 84, row, found[:kept], anchor="start", code=True, bold=True, size=16)
    canvas.text(aside + 84 + 9.63 * kept, row, found[kept:], anchor="start", code=True, size=16, colour=QUIET)
    row += 22
    canvas.text(aside + 84, row, "bold: right, once rounded", anchor="start", size=12, colour=QUIET)
    row += 30
    canvas.text(aside, row, "error", anchor="start", size=13, colour=QUIET)
    canvas.text(aside + 84, row, size, anchor="start", bold=True, colour=ACCENT, size=16)
    row += 24
    for name, sizes in legs.items():
        row += 26
        words = f"{name}, about {_rough(sizes[chosen])}" + (": rules here" if name == ruler else "")
        canvas.line(aside, row - 5, aside + 22, row - 5, **looks[name])
        canvas.text(aside + 32, row, words, anchor="start", bold=name == ruler)
    return canvas.picture()


class _TenByTen:
    """A frame in which both axes go in powers of ten, the lower one falling to the right."""

    def __init__(self, across: Sequence[float], up: Sequence[float], *, left: float, width: float, height: float):
        self.left, self.width, self.height, self.roof = left, width, height, 30.0
        shown = [math.log10(one) for one in up if one > 0]
        self._low, self._high = math.floor(math.log10(min(across))), math.ceil(math.log10(max(across)))
        self._bottom, self._top = math.floor(min(shown)), math.ceil(max(shown))
        self.right, self.ground, self.lowest = left + width, self.roof + height, 10.0**self._bottom

    def holds(self, up: float) -> bool:
        """Is it between the lower and the upper edge?"""
        return self._bottom <= math.log10(up) <= self._top

    def at(self, across: float, up: float) -> tuple[float, float]:
        """The place of two positive numbers."""
        return self._place(math.log10(across), math.log10(up))

    def _place(self, across: float, up: float) -> tuple[float, float]:
        x = self.left + (self._high - across) / (self._high - self._low) * self.width
        return x, self.roof + (self._top - up) / (self._top - self._bottom) * self.height

    def draw(self, canvas: Canvas) -> None:
        """Grid, edges and words."""
        for power in range(self._low, self._high + 1):
            x, _ = self._place(power, self._top)
            canvas.line(x, self.roof, x, self.ground, colour=GRID, width=1)
            if (self._high - power) % 2 == 0:
                canvas.text(x, self.ground + 22, _ten(power), size=13)
        for power in range(self._bottom, self._top + 1):
            _, y = self._place(self._high, power)
            canvas.line(self.left, y, self.right, y, colour=GRID, width=1)
            if (power - self._bottom) % 2 == 0:
                canvas.text(self.left - 10, y + 5, _ten(power), size=13, anchor="end")
        canvas.box(self.left, self.roof, self.width, self.height, fill="none", radius=0)
        canvas.text(self.left + self.width / 2, self.ground + 48, "h, smaller to the right", colour=QUIET)
        canvas.text(self.left, self.roof - 10, "error", colour=QUIET)


def _digits_kept(found: float, right: float) -> int:
    """How many characters of a number, written with 12 decimals, are right: it is off by less than half the last one."""
    error, whole = abs(found - right), len(f"{found:.0f}")
    places = sum(error < 0.5 * 10.0**-place for place in range(13))
    return 0 if places == 0 else whole if places == 1 else whole + places


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
        canvas.path(diamond(x, y, 1.3 * radius), colour=colour)


def _ten(power: int) -> str:
    return "10" + str(power).translate(SUPERSCRIPT)


def _rough(value: float) -> str:
    """One digit and a power of ten."""
    digit, power = f"{value:.0e}".split("e")
    return _ten(int(power)) if digit == "1" else f"{digit} {TIMES} {_ten(int(power))}"
