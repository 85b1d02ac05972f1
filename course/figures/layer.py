"""Figures of lesson 05: what comes back to one input, the times table of the weights, the shapes of the gradients."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from course.picture import CARD, EDGE, FORWARD, GRADIENT, INK, QUIET, SOFT, Canvas, Picture, factor, number

CELL = 26  # side of a small square in `layer_shapes`
SHAPE_PANELS = {  # name: room beside M squares, shapes, two lines below, words for who cannot see it
    "dinputs": (
        230,
        "(M,), (D, M) \N{RIGHTWARDS ARROW} (D,)",
        "M meets M: it is summed",
        "and gone. D is left.",
        "a strip of length M lies on a table of D rows and M columns; M meets M, is summed and vanishes; a column of "
        "length D is left.",
    ),
    "dweights": (
        200,
        "(M,), (D,) \N{RIGHTWARDS ARROW} (D, M)",
        "No letter meets its like:",
        "nothing is summed.",
        "a strip of length M and a column of length D share no letter; nothing is summed; they span a table of D rows "
        "and M columns.",
    ),
    "dbiases": (
        110,
        "(M,) \N{RIGHTWARDS ARROW} (M,)",
        "One bias, one neuron:",
        "M in, M out.",
        "a strip of length M gives a strip of length M.",
    ),
}


def blame(weights, dvalues, i: int = 0) -> Picture:
    """What the neurons of a layer send back to input i.

    weights: numbers, shape (D, M), one row for each input. dvalues: numbers, shape (M,), the upstream gradient.
    The wires of input i are drawn strong, with their weight above and what comes back along them below.
    """
    sent = [float(g) * float(w) for g, w in zip(dvalues, weights[i], strict=True)]
    n_inputs, n_neurons = len(weights), len(sent)
    words = "; ".join(
        f"neuron {j}, upstream {number(dvalues[j])}, weight {number(weights[i][j])}, sends {number(sent[j])}"
        for j in range(n_neurons)
    )
    total = number(sum(sent))
    height = 84 + 76 * max(n_inputs, n_neurons)
    canvas = Canvas(
        860,
        height,
        f"{n_inputs} inputs on the left, each wired to all {n_neurons} neurons on the right; the wires of x{i} are "
        f"bold. Going back along them: {words}. At x{i} these add up to {total}. "
        f"Beside it the weights, with row {i}, the wires of x{i}, lit.",
    )
    middle = height / 2 + 2
    left = [(226, middle + 74 * (row - (n_inputs - 1) / 2)) for row in range(n_inputs)]
    right = [(486, middle + 96 * (j - (n_neurons - 1) / 2)) for j in range(n_neurons)]
    for row, (x, y) in enumerate(left):
        for u, v in right if row != i else ():
            canvas.line(x + 20, y, u - 24, v, colour=EDGE, width=1.4)
    for u, v in right:
        start, end = _toward((u, v), left[i], 24), _toward(left[i], (u, v), 24)
        canvas.line(*start, *end, colour=GRADIENT, width=2.6, arrow=True)
    for j, (u, v) in enumerate(right):
        x, y = (left[i][0] + 0.64 * (u - left[i][0]), left[i][1] + 0.64 * (v - left[i][1]))
        canvas.box(x - 28, y - 20, 56, 40, fill=CARD, colour=EDGE)
        canvas.forward(x, y - 4, float(weights[i][j]))
        canvas.gradient(x, y + 14, sent[j])
    for row, (x, y) in enumerate(left):
        canvas.circle(x, y, 20, fill=SOFT["yellow"] if row == i else "white", line=2 if row == i else 1.2)
        canvas.text(x, y + 5, f"x{row}", bold=row == i)
    for j, (u, v) in enumerate(right):
        canvas.circle(u, v, 24)
        canvas.text(u, v + 5, f"z{j}")
        canvas.line(u + 104, v, u + 27, v, colour=GRADIENT, width=2, arrow=True)
        canvas.gradient(u + 72, v + 19, float(dvalues[j]))
    x, y = left[i]
    canvas.text(x - 32, y - 10, " + ".join(factor(value) for value in sent), anchor="end", size=13, colour=GRADIENT)
    canvas.gradient(x - 32, y + 16, f"= {total}", anchor="end", size=17)
    canvas.text(x, 28, "inputs", size=13, colour=QUIET)
    canvas.text(right[0][0], 28, "neurons", size=13, colour=QUIET)
    canvas.text(right[0][0] + 84, 28, "dvalues", size=13, colour=GRADIENT, underline=True)
    _weights(canvas, weights, i, 652, middle)
    canvas.forward(226, height - 16, "above: the weight of the wire", size=12, anchor="middle")
    canvas.gradient(486, height - 16, "below: what comes back along it", size=12, anchor="middle")
    return canvas.picture()


def blame_of(weights, dvalues) -> Callable[..., Picture]:
    """For `play`: the blame of an input, with the complaint of the last neuron in the reader's hand."""
    first, rows = list(dvalues)[:-1], [list(row) for row in weights]

    def draw(i: float, complaint: float) -> Picture:
        return blame(rows, [*first, complaint], int(i))

    return draw


def times_table(down, across, lit: tuple[int, int] | None = None, names: tuple[str, str] = ("x", "dvalues")) -> Picture:
    """A times table: `down` at the side, forward values; `across` on top, gradients; their products in the cells.

    lit: the cell (row, column) to point out, with the two numbers it comes from.
    """
    rows, columns = len(down), len(across)
    side, wide, high, top = 116, 88, 42, 84
    products = "; ".join(f"row {i}: " + ", ".join(number(v * g) for g in across) for i, v in enumerate(down))
    pointed = (
        f" Pointed out: row {lit[0]}, column {lit[1]}, where {number(down[lit[0]])} times {number(across[lit[1]])} is "
        f"{number(down[lit[0]] * across[lit[1]])}."
        if lit
        else ""
    )
    canvas = Canvas(
        side + wide * columns + 30,
        top + high * rows + 18,
        f"Times table with {names[0]} = {', '.join(map(number, down))} down the side and "
        f"{names[1]} = {', '.join(map(number, across))} across the top. Its {rows} rows: {products}.{pointed}",
    )
    canvas.text(side + wide * columns / 2, 28, names[1], colour=GRADIENT, underline=True, bold=True)
    canvas.text(32, top + high * rows / 2 + 2, names[0], colour=FORWARD, bold=True)
    lit_row, lit_column = lit or (None, None)
    for j, g in enumerate(across):
        x = side + wide * j
        on = j == lit_column
        canvas.box(x, 42, wide - 6, 34, fill=SOFT["yellow"] if on else SOFT["red"], colour=INK if on else EDGE)
        canvas.gradient(x + (wide - 6) / 2, 64, float(g), size=15)
    for i, v in enumerate(down):
        y = top + high * i
        on = i == lit_row
        canvas.box(54, y, 52, high - 6, fill=SOFT["yellow"] if on else SOFT["green"], colour=INK if on else EDGE)
        canvas.forward(80, y + 23, float(v), size=15)
        for j, g in enumerate(across):
            x = side + wide * j
            here = on and j == lit_column
            canvas.box(x, y, wide - 6, high - 6, fill=SOFT["yellow"] if here else "white", line=2.4 if here else 1)
            canvas.gradient(x + (wide - 6) / 2, y + 23, float(v * g), size=15)
    return canvas.picture()


def layer_shapes(*names: str, n_inputs: int = 4, n_neurons: int = 3) -> Picture:
    """The shapes of a layer's backward passes, to scale: D squares down, M squares across.

    names: which of "dinputs", "dweights", "dbiases" to draw; all three if none is named.
    """
    d, m = n_inputs * CELL, n_neurons * CELL
    panels = {name: panel for name, panel in SHAPE_PANELS.items() if not names or name in names}
    x, top = 28, 116
    canvas = Canvas(
        x + sum(m + room for room, *_ in panels.values()),
        top + d + 78,
        " ".join(f"{name}, {shapes}: {alt}" for name, (_, shapes, _, _, alt) in panels.items()),
    )
    for name, (room, shapes, first, second, _) in panels.items():
        canvas.text(x, 30, name, anchor="start", size=15, bold=True, colour=GRADIENT, underline=True)
        canvas.text(x, 50, shapes, anchor="start", size=14)
        canvas.text(x, top + d + 42, first, anchor="start", size=13)
        canvas.text(x, top + d + 60, second, anchor="start", size=13)
        strip = x + {"dinputs": 26, "dweights": 22 + CELL + 8, "dbiases": 0}[name]
        _grid(canvas, strip, top - CELL - 8, 1, n_neurons, GRADIENT, "dvalues", across="M")
        if name == "dinputs":
            _grid(canvas, strip, top, n_inputs, n_neurons, FORWARD, "weights", down="D")
            canvas.line(strip + m + 16, top + d / 2, strip + m + 56, top + d / 2, colour=INK, width=2, arrow=True)
            _grid(canvas, strip + m + 92, top, n_inputs, 1, GRADIENT, down="D")
        elif name == "dweights":
            _grid(canvas, strip - CELL - 8, top, n_inputs, 1, FORWARD, "x", down="D")
            _grid(canvas, strip, top, n_inputs, n_neurons, GRADIENT)
        else:
            canvas.line(strip + m / 2, top - 2, strip + m / 2, top + 34, colour=INK, width=2, arrow=True)
            _grid(canvas, strip, top + 42, 1, n_neurons, GRADIENT)
        x += m + room
    return canvas.picture()


def _weights(canvas: Canvas, weights: Sequence, lit: int, x: float, middle: float) -> None:
    """The table of weights with one row lit."""
    columns, high, wide = len(weights[0]), 34, 62
    top = middle - high * len(weights) / 2
    canvas.text(x + wide * columns / 2, top - 32, "W", bold=True, size=15)
    for j in range(columns):
        canvas.text(x + wide * (j + 0.5), top - 10, f"z{j}", size=12, colour=QUIET)
    canvas.box(x, top + high * lit, wide * columns, high, fill=SOFT["yellow"], line=2)
    for row, values in enumerate(weights):
        canvas.text(x - 8, top + high * row + 22, f"x{row}", size=12, anchor="end", colour=QUIET)
        for j, value in enumerate(values):
            canvas.forward(x + wide * (j + 0.5), top + high * row + 22, float(value))


def _grid(canvas: Canvas, x, y, rows, columns, colour, name=None, *, down=None, across=None) -> None:
    """Squares in rows and columns, their sides labelled, the name in the middle."""
    fill = SOFT["green"] if colour == FORWARD else SOFT["red"]
    for row in range(rows):
        for column in range(columns):
            canvas.box(x + CELL * column, y + CELL * row, CELL, CELL, fill=fill, colour="white", line=1.6, radius=0)
    canvas.box(x, y, CELL * columns, CELL * rows, fill="none", colour=colour, line=1.6, radius=2)
    if name:
        at = (x + CELL * columns / 2, y + CELL * rows / 2 + 5)
        canvas.text(*at, name, size=13, bold=True, colour=colour, underline=colour == GRADIENT)
    if across:
        canvas.text(x + CELL * columns / 2, y - 6, across, bold=True, size=14)
    if down:
        canvas.text(x - 8, y + CELL * rows / 2 + 5, down, bold=True, size=14, anchor="end")


def _toward(start: tuple[float, float], end: tuple[float, float], distance: float) -> tuple[float, float]:
    """The point at a distance from `start` on the way to `end`."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    share = distance / (dx * dx + dy * dy) ** 0.5
    return start[0] + share * dx, start[1] + share * dy
