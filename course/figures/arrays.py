"""Figures of lesson 13: copies that send their gradients back together, and what the brackets of a chain of tables cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from ipywidgets import ValueWidget

from course.picture import ACCENT, FORWARD, GRADIENT, INK, QUIET, SOFT, TIMES, Canvas, Picture, number
from course.playing import choice, slider

CELL, HIGH = 62, 40  # a box of the grids
SHAPES = {"(1, 3)": (1, 3), "(4, 1)": (4, 1), "(3,)": (3,), "(1, 1)": (1, 1), "()": ()}
LONGEST = 360  # pixels of the longer bar of multiplications


def as_table(shape: Sequence[int]) -> tuple[int, int]:
    """A shape of at most two axes with missing ones put in front, as numpy does."""
    return (1,) * (2 - len(shape)) + tuple(shape)


def stretch_and_add(upstream: Sequence[Sequence[float]]) -> Callable[[str, float], Picture]:
    """For `play`: a small array that is copied over a table, and the upstream gradients that slide back together.

    upstream: a row a list, in the shape to which the small array is stretched. Its sums show once the first is right.
    """
    tall, wide = len(upstream), len(upstream[0])

    def draw(shape: str, yours: float) -> Picture:
        small = as_table(SHAPES[shape])
        sums = [[0.0] * small[1] for _ in range(small[0])]
        for n, row in enumerate(upstream):
            for m, value in enumerate(row):
                sums[min(n, small[0] - 1)][min(m, small[1] - 1)] += value
        return _stretched(upstream, shape, small, sums, yours, (tall, wide))

    return draw


def stretch_controls(start: str = "(1, 3)", yours: float = 0) -> dict[str, ValueWidget]:
    """Which shape was stretched, and what the reader takes its first sum for."""
    return {
        "shape": choice("shape that is stretched", list(SHAPES), start=start),
        "yours": slider("your sum for its first entry", -5, 15, step=1, start=yours),
    }


def _stretched(upstream, shape: str, small, sums, yours: float, size: tuple[int, int]) -> Picture:
    tall, wide = size
    right = yours == sums[0][0]
    described = "; ".join(" ".join(number(one) for one in row) for row in upstream)
    verdict = (
        f"The sums are {'; '.join(' '.join(number(one) for one in row) for row in sums)}."
        if right
        else f"{number(yours)} is not yet the sum of what comes back to its first entry."
    )
    alt = (
        f"An array of shape {shape} is copied to ({tall}, {wide}). Upstream gradients, row by row: {described}. Those that "
        f"come back to one entry lie in one frame, and are added. {verdict}"
    )
    left, middle, end, top = 24, 270, 560, 78
    canvas = Canvas(end + CELL * wide + 30, top + HIGH * tall + 66, alt)
    for x, words in ((left, f"forward: {shape}"), (middle, f"copied to ({tall}, {wide})"), (end, f"backward: {shape}")):
        canvas.text(x, 34, words, anchor="start", bold=True)
    for n in range(small[0]):
        for m in range(small[1]):
            _entry(canvas, left + m * CELL, top + n * HIGH, f"{'abcd'[n]}{m}", FORWARD, SOFT["green"])
    canvas.text(left, top - 14, "values", anchor="start", size=12, colour=QUIET)
    canvas.text(middle, top - 14, "copies, and what each sends back", anchor="start", size=12, colour=QUIET)
    for n, row in enumerate(upstream):
        for m, value in enumerate(row):
            x, y = middle + m * (CELL + 6), top + n * HIGH
            canvas.box(x, y, CELL, HIGH - 4, fill=SOFT["green"], colour=FORWARD, line=1, radius=3)
            canvas.forward(x + 15, y + 15, f"{'abcd'[min(n, small[0] - 1)]}{min(m, small[1] - 1)}", size=11)
            canvas.gradient(x + CELL - 20, y + 27, value, size=15)
    _frames(canvas, middle, top, small, size)
    canvas.line(left + CELL * small[1] + 8, top + HIGH / 2, middle - 12, top + HIGH / 2, colour=FORWARD, arrow=True)
    across = middle + wide * (CELL + 6) + 4
    canvas.line(across, top + HIGH / 2, end - 10, top + HIGH / 2, colour=GRADIENT, arrow=True)
    for n in range(small[0]):
        for m in range(small[1]):
            words = number(sums[n][m]) if right else number(yours) + "?" if n == m == 0 else "?"
            _entry(
                canvas,
                end + m * CELL,
                top + n * HIGH,
                words,
                GRADIENT if right else QUIET,
                SOFT["red"],
                underline=right,
            )
    foot = "right: what was copied is added" if right else "first entry: add up what lies in its frame"
    canvas.text(left, top + HIGH * tall + 36, foot, anchor="start", size=15, bold=right, colour=INK)
    return canvas.picture()


def _entry(canvas: Canvas, x: float, y: float, words: str, colour: str, fill: str, underline: bool = False) -> None:
    canvas.box(x, y, CELL - 6, HIGH - 4, fill=fill, colour=colour, radius=3)
    canvas.text(x + (CELL - 6) / 2, y + 24, words, size=15, colour=colour, underline=underline)


def _frames(canvas: Canvas, left: float, top: float, small, size: tuple[int, int]) -> None:
    """A frame round all copies of one entry."""
    tall, wide = size
    high, broad = tall // small[0], wide // small[1]
    for n in range(small[0]):
        for m in range(small[1]):
            x, y = left + m * broad * (CELL + 6) - 3, top + n * high * HIGH - 4
            canvas.box(
                x, y, broad * (CELL + 6), high * HIGH + 2, fill="none", colour=GRADIENT, line=2, radius=6, dashed=True
            )


def multiplications(outputs: int, second: int, third: int, inputs: int) -> tuple[int, int]:
    """What a product of three tables costs: bracketed from the left (walking back), and from the right (going forward).

    The tables are (outputs, second), (second, third), (third, inputs).
    """
    back = outputs * second * third + outputs * third * inputs
    forward = second * third * inputs + outputs * second * inputs
    return back, forward


def _from_to(inputs: int, outputs: int) -> str:
    """How many go in and come out, in words."""
    return f"from {inputs} input{'s' * (inputs != 1)} to {outputs} output{'s' * (outputs != 1)}"


def where_to_bracket(outputs: float, second: float, third: float, inputs: float) -> Picture:
    """For `play`: three tables of slopes as tiles, and the multiplications of both brackets as bars."""
    lengths = [int(one) for one in (outputs, second, third, inputs)]
    back, forward = multiplications(*lengths)
    cheap = "walking back" if back < forward else "going forward"
    verdict = "both cost the same" if back == forward else f"{cheap} is cheaper"
    tiles = list(pairwise(lengths))
    shown = f" {TIMES} ".join(f"({a}, {b})" for a, b in tiles)
    alt = (
        f"Three tables of slopes, {shown}, {_from_to(lengths[3], lengths[0])}. Multiplications: from the left, "
        f"walking back, {back}; from the right, going forward, {forward}; {verdict}."
    )
    canvas = Canvas(650, 360, alt)
    canvas.text(24, 32, "outputs on the left, inputs on the right", anchor="start", size=13, colour=QUIET)
    x, unit, middle = 40.0, 13, 118
    for place, (rows, columns) in enumerate(tiles):
        width, height = 22 + unit * columns, 22 + unit * rows
        canvas.box(x, middle - height / 2, width, height, fill=SOFT["blue"], colour=ACCENT)
        canvas.text(x + width / 2, middle + 5, f"{rows} {TIMES} {columns}", size=14, bold=True)
        x += width + 34
        if place < 2:
            canvas.text(x - 17, middle + 6, TIMES, size=20, colour=QUIET)
    for place, (words, cost) in enumerate(
        (("from the left: walk back", back), ("from the right: go forward", forward))
    ):
        y = 216 + 56 * place
        cheaper = cost == min(back, forward)
        canvas.text(24, y + 19, words, anchor="start", size=14, bold=cheaper)
        bar = LONGEST * cost / max(back, forward)
        canvas.box(
            226,
            y,
            bar,
            28,
            fill=SOFT["green"] if cheaper else SOFT["grey"],
            colour=FORWARD if cheaper else QUIET,
            radius=3,
        )
        canvas.text(266, y + 19, cost, anchor="start", size=14, bold=True)
    canvas.text(24, 340, verdict, anchor="start", size=15, bold=True)
    return canvas.picture()


def bracket_controls(starts: Mapping[str, int]) -> dict[str, ValueWidget]:
    """A slider for each length, 1 to 8; starts: by the arguments of `where_to_bracket`."""
    words = {
        "outputs": "outputs",
        "second": "length between, left",
        "third": "length between, right",
        "inputs": "inputs",
    }
    controls = {name: slider(label, 1, 8, step=1, start=starts[name]) for name, label in words.items()}
    for control in controls.values():
        control.style.description_width = "11em"  # one below the other, in line
    return controls
