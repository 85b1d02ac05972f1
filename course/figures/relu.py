"""Pictures of chapter 07: ReLU as four grids, and what one closed gate changes in a layer."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from ipywidgets import FloatSlider

from course.picture import ACCENT, QUIET, SOFT, TIMES, Canvas, Picture, number
from course.playing import slider

CELL = 42  # width and height of a cell of the four grids
WIDE, HIGH = 64, 34  # the same, of the closed-gate picture


def relu_grids(z, dvalues, result, selected: tuple[int, int] | None = None) -> Picture:
    """ReLU's backward pass as four grids of one shape: z, its gate (open, or hatched if closed), dvalues, result.

    z, dvalues, result : arrays of one shape (N, M); result is drawn as given.
    selected : (row, column) of a cell to outline in all four, with a sentence about it below.
    """
    z, dvalues, result = (np.asarray(one) for one in (z, dvalues, result))
    rows, columns = z.shape
    gap, left, top = 34, 22, 58
    width, height = columns * CELL, rows * CELL
    sentence = _sentence(z, dvalues, selected)
    alt = (
        f"Four grids of shape ({rows}, {columns}). z: {_rows(z)}. Gate, 1 for open: {_rows((z > 0).astype(int))}. "
        f"dvalues: {_rows(dvalues)}. Result: {_rows(result)}.{' Outlined: ' + sentence + '.' if sentence else ''}"
    )
    canvas = Canvas(2 * left + 4 * width + 3 * gap, top + height + (52 if sentence else 22), alt)
    for place, (title, note) in enumerate(
        [("z", "forward"), ("gate", "z > 0"), ("dvalues", "upstream"), ("result", "passes on")]
    ):
        x = left + place * (width + gap)
        canvas.text(x + width / 2, 26, title, bold=True)
        canvas.text(x + width / 2, 44, note, size=11, colour=QUIET)
        if place:
            canvas.text(
                x - gap / 2,
                top + height / 2 + 6,
                ("\N{RIGHTWARDS ARROW}", TIMES, "=")[place - 1],
                size=18,
            )
        for row, column in np.ndindex(rows, columns):
            corner = (x + column * CELL, top + row * CELL)
            _grid_cell(canvas, corner, title, z[row, column], (dvalues if title == "dvalues" else result)[row, column])
        if selected:
            row, column = selected
            canvas.box(x + column * CELL, top + row * CELL, CELL, CELL, fill="none", colour=ACCENT, line=3.5, radius=2)
    if sentence:
        canvas.text(canvas.width / 2, top + height + 34, sentence, size=15, colour=ACCENT, bold=True)
    return canvas.picture()


def one_gate_moved(z, dvalues, result) -> Callable[..., Picture]:
    """For `play`: the four grids, with one cell outlined and its z in the reader's hand (`gate_controls`).

    The other cells are drawn as given, in z, dvalues and result, all of one shape (N, M).
    """
    z, dvalues, result = (np.array(one, dtype=float) for one in (z, dvalues, result))

    def draw(sample: float, neuron: float, value: float) -> Picture:
        at = int(sample), int(neuron)
        moved, passed = z.copy(), result.copy()
        moved[at] = value
        passed[at] = dvalues[at] if value > 0 else 0.0
        return relu_grids(moved, dvalues, passed, selected=at)

    return draw


def gate_controls(z, at: tuple[int, int] = (0, 0), reach: float = 3.0) -> dict[str, FloatSlider]:
    """Which cell is outlined, and its z; whoever goes on to another cell finds that one's own z in the last slider."""
    z = np.array(z, dtype=float)
    rows, columns = z.shape
    sample = slider("sample (row)", 0, rows - 1, step=1, start=at[0])
    neuron = slider("neuron (column)", 0, columns - 1, step=1, start=at[1])
    value = slider("z of the outlined cell", -reach, reach, step=0.5, start=float(z[at]))

    def fetch(_change: object) -> None:
        value.value = float(z[int(sample.value), int(neuron.value)])

    for control in (sample, neuron):
        control.observe(fetch, names="value")
    return {"sample": sample, "neuron": neuron, "value": value}


def closed_gates(z, dinputs, dweights, dbiases) -> Picture:
    """Z of a dense layer with its closed gates hatched, and arrows to the row and the column of gradients each changes.

    z : (N, M), drawn between dinputs (N, D) on its right, whose rows are Z's rows, and dbiases (1, M) above it and
    dweights (D, M) below it, whose columns are Z's columns. Every arrow starts at Z.
    """
    z, dinputs, dweights, dbiases = (np.asarray(one) for one in (z, dinputs, dweights, dbiases))
    closed = z <= 0
    closed_rows, closed_columns = np.flatnonzero(closed.any(axis=1)), np.flatnonzero(closed.any(axis=0))
    (samples, neurons), features = z.shape, dinputs.shape[1]
    left, above, gap = 104, 34, 62  # above: where dbiases begins
    right = left + neurons * WIDE + gap  # where dinputs begins
    top = above + HIGH + gap  # where Z begins
    last = top + samples * HIGH + gap  # where dweights begins
    where = " and ".join(f"sample {row}, neuron {column}" for row, column in np.argwhere(closed))
    alt = (
        f"Z, shape {z.shape}, with no gate closed, beside dinputs, dbiases and dweights: nothing is marked."
        if not closed.any()
        else f"Z, shape {z.shape}, with the gate of {where} closed and hatched. Arrows lead from Z along its row to "
        f"row {_list(closed_rows)} of dinputs, {_rows(dinputs[closed_rows])}, and from Z's column up to column "
        f"{_list(closed_columns)} of dbiases, {_rows(dbiases[:, closed_columns])}, and down to that of dweights, "
        f"{_rows(dweights[:, closed_columns].T)}. No other row or column is marked."
    )
    canvas = Canvas(right + features * WIDE + 24, last + features * HIGH + 24, alt)

    for row, column in np.ndindex(z.shape):
        x, y = left + column * WIDE, top + row * HIGH
        canvas.box(x, y, WIDE, HIGH, fill="hatch" if closed[row, column] else "white", radius=0)
        if closed[row, column]:
            canvas.box(x + 7, y + 7, WIDE - 14, HIGH - 14, fill="white", colour="none", radius=3)
        canvas.forward(x + WIDE / 2, y + HIGH / 2 + 5, number(z[row, column], 3))
    for row in range(samples):
        canvas.text(left - 10, top + row * HIGH + HIGH / 2 + 5, f"sample {row}", size=12, anchor="end", colour=QUIET)
    for column in range(neurons):
        canvas.text(left + column * WIDE + WIDE / 2, above - 10, f"neuron {column}", size=12, colour=QUIET)

    canvas.text(right + features * WIDE / 2, top - 24, "dinputs", bold=True)
    canvas.text(right + features * WIDE / 2, top - 8, str(dinputs.shape), size=11, colour=QUIET)
    _gradients(canvas, right, top, dinputs, closed_rows, ())
    _gradients(canvas, left, above, dbiases, (), closed_columns)
    _gradients(canvas, left, last, dweights, (), closed_columns)
    for name, shape, y in (
        ("dbiases", dbiases.shape, above + HIGH / 2),
        ("Z", z.shape, top - 21),
        ("dweights", dweights.shape, last + features * HIGH / 2),
    ):
        canvas.text(left - 10, y - 3, name, anchor="end", bold=True)
        canvas.text(left - 10, y + 13, str(shape), anchor="end", size=11, colour=QUIET)

    for row in closed_rows:
        y = top + row * HIGH + HIGH / 2
        canvas.line(left + neurons * WIDE + 5, y, right - 5, y, colour=ACCENT, width=2.5, arrow=True)
    for column in closed_columns:
        x = left + column * WIDE + WIDE / 2
        canvas.line(x, top - 5, x, above + HIGH + 5, colour=ACCENT, width=2.5, arrow=True)
        canvas.line(x, top + samples * HIGH + 5, x, last - 5, colour=ACCENT, width=2.5, arrow=True)
    for row, column in np.argwhere(closed):
        canvas.box(left + column * WIDE, top + row * HIGH, WIDE, HIGH, fill="none", colour=ACCENT, line=3.5, radius=2)

    x, y = right + 30, last + 16
    canvas.box(x, y - 14, 30, 20, fill="hatch", radius=2)
    canvas.text(x + 42, y, "a closed gate", size=13, anchor="start")
    canvas.box(x, y + 16, 30, 20, fill=SOFT["yellow"], colour=ACCENT, line=2, radius=2)
    canvas.text(x + 42, y + 30, "the gradients it changes", size=13, anchor="start")
    return canvas.picture()


def _sentence(z, dvalues, selected) -> str:
    """What happens at the selected cell, in words."""
    if selected is None:
        return ""
    before, upstream = z[selected], number(dvalues[selected])
    happens = f"open, so {upstream} passes" if before > 0 else f"closed, so {upstream} stops"
    return f"row {selected[0]}, column {selected[1]}: z = {number(before)}, {happens}"


def _grid_cell(canvas: Canvas, corner, title: str, before, gradient) -> None:
    x, y = corner
    is_open = before > 0
    canvas.box(x, y, CELL, CELL, fill="hatch" if title == "gate" and not is_open else "white", radius=0)
    middle, baseline = x + CELL / 2, y + CELL / 2 + 5
    if title == "z":
        canvas.forward(middle, baseline, before)
    elif title == "gate":
        if is_open:
            canvas.text(middle, baseline - 1, "open", size=12)
    else:
        canvas.gradient(middle, baseline, gradient)


def _gradients(canvas: Canvas, x, y, values, marked_rows, marked_columns) -> None:
    """A grid of gradients; marked rows and columns have a ground of their own and an outline."""
    rows, columns = values.shape
    for row, column in np.ndindex(values.shape):
        marked = row in marked_rows or column in marked_columns
        fill = SOFT["yellow"] if marked else "white"
        canvas.box(x + column * WIDE, y + row * HIGH, WIDE, HIGH, fill=fill, radius=0)
        canvas.gradient(x + column * WIDE + WIDE / 2, y + row * HIGH + HIGH / 2 + 5, number(values[row, column], 2))
    for row in marked_rows:
        canvas.box(x, y + row * HIGH, columns * WIDE, HIGH, fill="none", colour=ACCENT, line=2.5, radius=2)
    for column in marked_columns:
        canvas.box(x + column * WIDE, y, WIDE, rows * HIGH, fill="none", colour=ACCENT, line=2.5, radius=2)


def _rows(array) -> str:
    return "; ".join(" ".join(number(value, 2) for value in row) for row in array)


def _list(places) -> str:
    return " and ".join(str(place) for place in places)
