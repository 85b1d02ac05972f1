"""Figures of lesson 04 that one plays with: a descent on the curve of a loss, and on a map of it.

They are drawn by hand: matplotlib takes a hundred times as long, and a slider waits for the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from course.picture import ACCENT, FORWARD, INK, OFF, QUIET, SOFT, Canvas, Picture, coordinates, number, polyline


def one_descent(
    rate: float,
    path: Sequence[float],
    loss: Callable[[float], float],
    target: float,
    zones: Mapping[str, tuple[float, float]],
    *,
    window: tuple[float, float] = (-3.0, 14.0),
) -> Picture:
    """A descent of one neuron: pre-activations z on the curve of the loss, and its output step by step.

    path : z before any step, and after each. loss : of z. target : the output wanted.
    zones : what rates do, to the lowest and the highest of them; a ruler below shows where this rate lies.
    """
    fate = _fate(path, target)
    ends = f"z goes {', '.join(number(z, 2) for z in path[:4])} and so on to {number(path[-1], 2)}"
    ruler = "; ".join(f"{name} from {number(low, 3)} to {number(high, 3)}" for name, (low, high) in zones.items())
    alt = (
        f"Rate {number(rate, 3)}: {fate}. On the left the loss against z, a bowl with a flat, hatched ledge where z is"
        f" below 0, and the path on it: {ends}. On the right the output y step by step, beside the target"
        f" {number(target)}. Below, the rates: {ruler}."
    )
    canvas = Canvas(800, 470, alt)
    canvas.text(28, 34, f"rate {number(rate, 3)}: {fate}", anchor="start", bold=True, size=17)

    bowl = _Frame((60, 70, 330, 270), window, (0.0, loss(window[1])))
    _draw_off(canvas, bowl)
    ticks = sorted([*np.linspace(*window, 61).tolist(), 0.0])  # with the corner
    canvas.path(polyline([bowl.at(z, loss(z)) for z in ticks]), colour=QUIET, width=2.5)
    _trail(canvas, [bowl.at(min(max(z, window[0]), window[1]), min(loss(z), bowl.top)) for z in path])
    bowl.edges(canvas, "z", "loss")

    output = _Frame((460, 70, 310, 270), (0.0, float(len(path) - 1)), (0.0, window[1]))
    across, level = output.at(0, target)
    canvas.line(across, level, output.right, level, dashed=True, colour=FORWARD)
    canvas.text(output.right - 6, level - 8, f"target {number(target)}", anchor="end", size=13, colour=FORWARD)
    _trail(canvas, [output.at(step, min(max(z, 0.0), output.top)) for step, z in enumerate(path)])
    output.edges(canvas, "step", "y")

    left, width, top = 60.0, 710.0, 412.0
    first, last = min(low for low, _ in zones.values()), max(high for _, high in zones.values())
    for i, (name, (low, high)) in enumerate(zones.items()):
        start, end = (left + (one - first) / (last - first) * width for one in (low, high))
        canvas.box(start, top, end - start, 26, fill=SOFT[("blue", "green", "yellow", "grey")[i % 4]], radius=0, line=1)
        canvas.text((start + end) / 2, top + 18, name, size=13)
        canvas.text(end, top + 44, number(high, 3), size=13, colour=QUIET)
    here = left + (min(max(rate, first), last) - first) / (last - first) * width
    canvas.path(f"M{here:.1f} {top}l-8 -14h16Z", fill=INK, colour=INK)
    return canvas.picture()


def path_on_map(
    plane: tuple[float, float, float],
    loss: Callable[[float], float],
    path: Sequence[tuple[float, float]],
    names: tuple[str, str],
    window: tuple[tuple[float, float], tuple[float, float]],
    *,
    title: str,
    most: int,
    levels: Sequence[float] = (0.05, 0.5, 2, 4.5, 8, 18),
) -> Picture:
    """One descent on the loss over two weights, and beside it the loss after each step.

    plane : (p, q, r), with z = p times one weight + q times the other + r. loss : of z.
    path : the two weights before any step, and after each; there is room for `most` steps. window : the ends of both axes.
    """
    heights = [loss(_height(plane, point)) for point in path]
    last_z = _height(plane, path[-1])
    end = f"z = {number(last_z, 2)}, loss {number(heights[-1], 3)}" + ("" if last_z > 0 else ": the neuron is off")
    alt = (
        f"{title}. Map of the loss over {names[0]} and {names[1]}, seen from above: a straight valley, and beyond its far"
        f" side a hatched flat part where the neuron is off. The path runs straight across the valley, from"
        f" {coordinates(path[0])} to {coordinates(path[-1])}, where {end}. Beside it the loss after each step:"
        f" {', '.join(number(height, 2) for height in heights)}."
    )
    canvas = Canvas(800, 500, alt)
    canvas.text(28, 34, f"{title}: {end}", anchor="start", bold=True, size=17)
    (left, right), (bottom, top) = window
    unit = min(340 / (right - left), 370 / (top - bottom))
    here = _Frame((60, 66, unit * (right - left), unit * (top - bottom)), *window)

    corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
    shut = _below(plane, corners)
    if shut:
        for fill in OFF:
            canvas.path(polyline([here.at(*corner) for corner in shut]) + "Z", fill=fill, width=0)
    for level in levels:
        for z in _places_of(level, loss, [_height(plane, corner) for corner in corners]):
            ends = _line_in(plane, z, corners)
            canvas.line(*here.at(*ends[0]), *here.at(*ends[1]), width=1)
            x, y = here.at(*max(ends))  # the right end, where no path goes
            canvas.text(x + 4, y + 4, f"{level:g}", size=11, anchor="start", colour=QUIET)
    if len(border := _line_in(plane, 0.0, corners)) == 2:
        canvas.line(*here.at(*border[0]), *here.at(*border[1]), colour=INK, width=2)
    if (valley := min(shut, key=lambda corner: _height(plane, corner), default=None)) is not None:
        x, y = here.at(*valley)
        canvas.text(x - 22 if x > here.middle else x + 22, y - 14 if y > here.centre else y + 24, "off", bold=True)
    held = [(min(max(one, left), right), min(max(other, bottom), top)) for one, other in path]
    _trail(canvas, [here.at(*point) for point in held])
    here.edges(canvas, *names)

    aside = _Frame((here.right + 110, 66, 740 - here.right - 80, here.height), (0.0, float(most)), (0.0, 26.0))
    _trail(canvas, [aside.at(step, min(height, aside.top)) for step, height in enumerate(heights)])
    aside.edges(canvas, "step", "loss")
    return canvas.picture()


class _Frame:
    """A box with an axis along its lower edge and one along its left: where do two numbers lie?"""

    def __init__(self, box: tuple[float, float, float, float], across: tuple[float, float], up: tuple[float, float]):
        self.left, self.roof, self.width, self.height = box
        self.across, self.up = across, up
        self.right, self.ground, self.top = self.left + self.width, self.roof + self.height, up[1]
        self.middle, self.centre = self.left + self.width / 2, self.roof + self.height / 2

    def at(self, across: float, up: float) -> tuple[float, float]:
        (left, right), (bottom, top) = self.across, self.up
        x = self.left + (across - left) / (right - left) * self.width
        return x, self.roof + (top - up) / (top - bottom) * self.height

    def edges(self, canvas: Canvas, across: str, up: str) -> None:
        """The two axes, their names, and a few numbers on each."""
        canvas.line(self.left, self.ground, self.right, self.ground, colour=INK)
        canvas.line(self.left, self.roof, self.left, self.ground, colour=INK)
        for one in _round_numbers(*self.across):
            x, _ = self.at(one, self.up[0])
            canvas.line(x, self.ground, x, self.ground + 5, colour=INK)
            canvas.text(x, self.ground + 20, number(one), size=12)
        for one in _round_numbers(*self.up):
            _, y = self.at(self.across[0], one)
            canvas.line(self.left - 5, y, self.left, y, colour=INK)
            canvas.text(self.left - 9, y + 4, number(one), size=12, anchor="end")
        canvas.text(self.right, self.ground + 38, across, anchor="end", bold=True, size=13)
        canvas.text(self.left - 8, self.roof - 10, up, bold=True, size=13)


def _round_numbers(low: float, high: float) -> list[float]:
    """Three to seven round numbers between two others."""
    steps = (0.5, 1, 2, 5, 10, 20, 50, 100)
    step = next((one for one in steps if (high - low) / one <= 7), (high - low) / 4)
    return [step * i for i in range(-int(-low // step), int(high // step) + 1)]


def _fate(path: Sequence[float], target: float) -> str:
    """What became of a descent, in a few words."""
    errors = [max(z, 0.0) - target for z in path]
    off = next((step for step, z in enumerate(path) if z <= 0), None)
    if off is not None:
        return f"off from step {off} on, no gradient any more"
    if abs(errors[1]) < 0.01 * abs(errors[0]):
        return "lands in one step"
    if errors[1] * errors[0] > 0:
        return f"creeps, every error {number(errors[1] / errors[0], 3)} times the last"
    grows = abs(errors[1]) - abs(errors[0])
    if abs(grows) < 1e-9:
        return "swings, as wide as ever"
    factor = number(errors[1] / errors[0], 3)
    return f"swings {'wider' if grows > 0 else 'closer'}, every error {factor} times the last"


def _draw_off(canvas: Canvas, frame: _Frame) -> None:
    """Hatch the part of a frame where z, which goes across, is not above 0."""
    x, _ = frame.at(0, 0)
    if x > frame.left:
        for fill in OFF:
            canvas.box(frame.left, frame.roof, x - frame.left, frame.height, fill=fill, radius=0, line=0)
        canvas.text((frame.left + x) / 2, frame.roof + 18, "off", size=13, bold=True)


def _trail(canvas: Canvas, points: Sequence[tuple[float, float]]) -> None:
    """Dots in a row: a white one at the start, a large dark one at the end."""
    canvas.path(polyline(points), colour=ACCENT, width=1.5)
    for point in points[1:]:
        canvas.circle(*point, 3.2, fill=ACCENT, colour=ACCENT)
    canvas.circle(*points[-1], 5.5, fill=ACCENT, line=2)
    canvas.circle(*points[0], 5.5, line=1.6)


def _height(plane: tuple[float, float, float], point: tuple[float, float]) -> float:
    """z at two weights."""
    (p, q, r), (one, other) = plane, point
    return r + p * one + q * other


def _between(one: tuple[float, float], other: tuple[float, float], part: float) -> tuple[float, float]:
    """The point so far on the way from one to the other: 0 is at the one, 1 at the other."""
    return one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])


def _sides(corners: Sequence[tuple[float, float]]):
    """The sides of a shape, each as its two corners."""
    return zip(corners, [*corners[1:], corners[0]], strict=True)


def _line_in(plane, z: float, corners) -> list[tuple[float, float]]:
    """The two ends of the line on which the plane has height z, within a convex shape; nothing if it misses it."""
    ends = []
    for one, other in _sides(corners):
        here, there = _height(plane, one) - z, _height(plane, other) - z
        if (here < 0) != (there < 0):
            ends.append(_between(one, other, here / (here - there)))
    return ends


def _below(plane, corners) -> list[tuple[float, float]]:
    """The part of a convex shape in which the plane is not above 0: its corners."""
    kept = []
    for one, other in _sides(corners):
        here, there = _height(plane, one), _height(plane, other)
        if here <= 0:
            kept.append(one)
        if (here <= 0) != (there <= 0):
            kept.append(_between(one, other, here / (here - there)))
    return kept


def _places_of(level: float, loss: Callable[[float], float], heights: Sequence[float]) -> list[float]:
    """The z above 0, within reach, at which the loss passes a level."""
    ticks = np.linspace(1e-6, max(heights), 401).tolist()
    values = [loss(z) - level for z in ticks]
    return [
        z + (after - z) * one / (one - other)
        for z, after, one, other in zip(ticks, ticks[1:], values, values[1:], strict=False)
        if (one < 0) != (other < 0)
    ]
