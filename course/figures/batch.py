"""Pictures of lesson 06: votes that add up, times tables that add up, and a board on which shapes dock."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from ipywidgets import Checkbox, ValueWidget

from course.picture import ACCENT, FORWARD, GRADIENT, INK, QUIET, SOFT, Canvas, Picture, number, signed
from course.playing import choice, slider

TILE, HEIGHT, TAB, GAP = 152, 56, 12, 52  # of a tile on the shape board: width, height, connector, gap of a misfit
ROW = 88
NOTHING = "?"  # chosen where no tile lies yet

Tile = tuple[str, Sequence[str]]  # a name and its axes: ("inputs", "ND"), ("dvalues", ("M",))
Row = tuple[Tile | None, Tile | None] | None


def shape_board(rows: Sequence[Row], wanted: Sequence[str], sizes: Mapping[str, int] | None = None) -> Picture:
    """Matrix products as tiles: the axes that meet must have one name; they dock and disappear, the others stay.

    rows: one pair of tiles a row, each a name and its axes, as in `(("inputs", "ND"), ("weights", "DM"))`; a tile may
    have a single axis, and a name a second line ("inputs, turned"). None in the place of a tile, or of a row, leaves it
    open, for the reader. wanted: the axes the product should have. sizes: axis to length; where two axes of different
    names have one length, numpy multiplies, and the board says so.
    """
    sizes = dict(sizes or {})
    forms = _connectors(rows, wanted)
    said = [_verdict(row, tuple(wanted), sizes) for row in rows]
    alt = f"Shape board{_sizes_in_words(sizes)}, wanted {_shape(wanted)}. " + " ".join(words for *_, words in said)
    canvas = Canvas(812, 48 + ROW * len(rows), alt)
    canvas.text(24, 32, f"wanted: {_shape(wanted)}{_lengths(wanted, sizes)}", anchor="start", bold=True, size=15)
    for place, (row, (state, left, head, detail, _)) in enumerate(zip(rows, said, strict=True)):
        y = 52 + ROW * place
        if state == "open":
            for x, tile, right in zip((24, 24 + TILE), row or (None, None), (False, True), strict=True):
                if tile:
                    _tile(canvas, x, y, tile[0], *_ends(tile[1], right), forms, sizes)
                else:
                    canvas.box(x, y, TILE, HEIGHT, fill="none", colour=QUIET, dashed=True)
                    canvas.text(x + TILE / 2, y + 8 + HEIGHT / 2, NOTHING, size=22, colour=QUIET)
            end = 24 + 2 * TILE
        else:
            (name, first), (other, second) = row
            _tile(canvas, 24, y, name, *_ends(first), forms, sizes, docked="right" if state == "docks" else "")
            start = 24 + TILE + (0 if state == "docks" else GAP)
            _tile(canvas, start, y, other, *_ends(second, right=True), forms, sizes, "left" if state == "docks" else "")
            if state != "docks":
                canvas.text(24 + TILE + TAB + 20, y + HEIGHT / 2 + 8, "\N{NOT EQUAL TO}", size=24, colour=GRADIENT)
            end = start + TILE
        canvas.line(end + 18, y + HEIGHT / 2, 24 + 2 * TILE + GAP + 50, y + HEIGHT / 2, arrow=True)
        x = 24 + 2 * TILE + GAP + 58
        if state == "gap":
            canvas.text(x + 30, y + HEIGHT / 2 + 9, "\N{MULTIPLICATION X}", size=26, colour=GRADIENT)
        else:
            axes = wanted if state == "open" else left
            good = SOFT["green"] if tuple(axes) == tuple(wanted) else SOFT["yellow"]
            fill = {"docks": good, "luck": "hatch", "open": "none"}[state]
            _result(canvas, x, y, axes, sizes, fill, dashed=fill != SOFT["green"])
        canvas.text(x + 112, y + HEIGHT / 2 - 4, head, anchor="start", size=14, bold=True)
        canvas.text(x + 112, y + HEIGHT / 2 + 16, detail, anchor="start", size=13, colour=QUIET)
    return canvas.picture()


def own_row(
    tiles: Mapping[str, Sequence[str]], wanted: Sequence[str], sizes: Mapping[str, int], above: Sequence[Row] = ()
) -> Callable[..., Picture]:
    """For `play`: a shape board whose last row is laid by the reader, with the controls of `tile_controls`.

    tiles: name to axes. above: rows that stay as they are.
    """

    def laid(name: str, turned: bool) -> Tile | None:
        if name == NOTHING:
            return None
        return (f"{name}, turned", tuple(tiles[name])[::-1]) if turned else (name, tiles[name])

    def draw(left: str, turn_left: bool, right: str, turn_right: bool, neurons: float) -> Picture:
        yours = laid(left, turn_left), laid(right, turn_right)
        return shape_board([*above, yours], wanted, {**sizes, "M": int(neurons)})

    return draw


def tile_controls(
    tiles: Mapping[str, Sequence[str]], left: str = NOTHING, right: str = NOTHING, neurons: int = 3
) -> dict[str, ValueWidget]:
    """Which tile lies on either side, whether it is turned, and how many neurons there are (M)."""

    def turn(side: str) -> Checkbox:
        return Checkbox(value=False, description=f"{side} tile turned")

    controls = {
        "left": choice("left tile", [NOTHING, *tiles], start=left),
        "turn_left": turn("left"),
        "right": choice("right tile", [NOTHING, *tiles], start=right),
        "turn_right": turn("right"),
        "neurons": slider("neurons, M", 2, 5, step=1, start=neurons),
    }
    for control in controls.values():
        control.style.description_width = "7em"  # one below the other, the controls in line
    for side in ("left", "right"):
        controls[side].layout.width = "20em"
    return controls


def vote_bars(votes: Sequence[float], total: float, what: str = "sample") -> Picture:
    """Contributions to one gradient, each bar starting where the one before ended, down to the total."""
    ends = [0.0]
    for vote in votes:
        ends.append(ends[-1] + vote)
    low, high = min(ends), max(ends)
    changes = [signed(vote) for vote in votes]
    alt = f"{len(votes)} bars, each from where the one before ended: {', '.join(changes)}; they end at {number(total)}."
    canvas = Canvas(620, 62 + 40 * (len(votes) + 1), alt)

    def at(value: float) -> float:
        return 150 + (value - low) / ((high - low) or 1) * 400

    bottom = 30 + 40 * (len(votes) + 1)
    for tick in range(math.floor(low), math.ceil(high) + 1):
        canvas.line(at(tick), 22, at(tick), bottom, colour=INK if tick == 0 else "#e4dfd2", width=1.2)
        canvas.text(at(tick), bottom + 18, number(tick), size=12, colour=QUIET)
    for place, (vote, words) in enumerate(zip(votes, changes, strict=True)):
        y = 30 + 40 * place
        x1, x2 = sorted((at(ends[place]), at(ends[place + 1])))
        canvas.text(24, y + 19, f"{what} {place}", anchor="start", size=14)
        canvas.box(x1, y, x2 - x1, 28, fill=SOFT["blue"], colour=ACCENT, radius=3)
        middle = (x1 + x2) / 2
        half = (x2 - x1) / 2 - 8
        step = half if vote > 0 else -half
        canvas.line(middle - step, y + 23, middle + step, y + 23, colour=ACCENT, arrow=True)
        canvas.gradient(middle, y + 16, words)
        end = at(ends[place + 1])
        canvas.line(end, y + 28, end, y + 40, colour=QUIET, dashed=True)
    y = 30 + 40 * len(votes)
    x1, x2 = sorted((at(0), at(total)))
    canvas.text(24, y + 19, "together", anchor="start", size=14, bold=True)
    canvas.box(x1, y, x2 - x1, 28, fill=SOFT["yellow"], radius=3, line=1.8)
    canvas.gradient(x2 + 10, y + 19, total, size=15, anchor="start")
    return canvas.picture()


def added_tables(tables, total, down, across, mark: tuple[int, int] = (0, 0)) -> Picture:
    """One times table a sample, and their sum beside them; one entry is outlined in all of them.

    tables (N, D, M) and total (D, M) are the numbers to show; down (N, D) are the inputs that stand beside each table,
    across (N, M) the upstream gradients that stand above it.
    """
    cell, high = 42, 26
    count, depth, width = len(tables), len(total), len(total[0])
    block = 46 + cell * width
    i, j = mark
    shown = [number(table[i][j], 2) for table in tables]
    alt = (
        f"{count} times tables, one a sample, with inputs down the side and upstream gradients across, added entry by "
        f"entry. The outlined entry [{i}, {j}] is {', '.join(shown)}, together {number(total[i][j], 2)}."
    )
    canvas = Canvas(24 + (count + 1) * (block + 26) - 12, 84 + high * depth, alt)
    middle = 66 + high * depth / 2
    for n in range(count + 1):
        x, last = 24 + n * (block + 26), n == count
        values = total if last else tables[n]
        left = x + 46
        canvas.text(left + cell * width / 2, 28, "together" if last else f"sample {n}", size=14, bold=last)
        for column in range(width):
            if not last:
                canvas.gradient(left + cell * (column + 0.5), 54, number(across[n][column], 2), size=13)
        for row in range(depth):
            y = 62 + high * row
            if not last:
                canvas.forward(left - 10, y + 18, number(down[n][row], 2), size=13, anchor="end")
            for column in range(width):
                outlined = (row, column) == mark
                fill = SOFT["yellow"] if outlined else "white"
                canvas.box(left + cell * column, y, cell, high, fill=fill, colour="#cfc9ba", radius=0, line=0.8)
                canvas.gradient(left + cell * (column + 0.5), y + 18, number(values[row][column], 2), size=13)
        canvas.box(left + cell * j, 62 + high * i, cell, high, fill="none", radius=0, line=2.4)
        if not last:
            sign = "=" if n == count - 1 else "+"
            canvas.text(left + cell * width + (36 if sign == "=" else 13), middle, sign, size=20)
    return canvas.picture()


def _verdict(row: Row, wanted: tuple[str, ...], sizes: Mapping[str, int]):
    """(state, axes left over, headline, detail, sentence for the alternative text)."""
    if row is None or None in row:
        lying = [f"{name} {_shape(axes)}" for name, axes in filter(None, row or ())]
        words = f"One row is left open{', with ' + lying[0] + ' in it' if lying else ''}."
        return "open", (), "yours to find", f"must leave {_shape(wanted)}", words
    (name, first), (other, second) = row
    first, second = tuple(first), tuple(second)
    left = first[:-1] + second[1:]
    meet, met = first[-1], second[0]
    who = f"{name} {_shape(first)} times {other} {_shape(second)}"
    if meet == met:
        if left == wanted:
            detail = f"leaves {_shape(left)}, as wanted"
        elif left == wanted[::-1]:
            detail = f"leaves {_shape(left)}: transposed"
        else:
            detail = f"leaves {_shape(left)}, not wanted"
        return "docks", left, f"{meet} docks", detail, f"{who}: {meet} docks and disappears, {detail}."
    head = f"{meet} meets {met}"
    if meet in sizes and sizes.get(meet) == sizes.get(met):
        length = sizes[meet]
        detail = f"{length} = {length}: numpy is silent"
        return "luck", left, head, detail, f"{who}: a gap, {head}, but {length} = {length}, so numpy says nothing."
    return "gap", (), head, "a gap: numpy raises", f"{who}: a gap, {head}."


def _connectors(rows, wanted) -> dict[str, str]:
    """A form of connector for each axis name, so that the board reads without its letters and without colour."""
    known = {"N": "round", "D": "square", "M": "point"}
    tiles = [tile for row in rows if row for tile in row if tile]
    names = [axis for _, axes in tiles for axis in axes] + list(wanted)
    spare = iter(("round", "square", "point") * 8)
    return {axis: known.get(axis) or next(spare) for axis in dict.fromkeys(names)}


def _ends(axes: Sequence[str], right: bool = False) -> tuple[str, str]:
    """The axis at the left and at the right edge of a tile; a single axis sits on the edge that docks."""
    if len(axes) == 1:
        return (axes[0], "") if right else ("", axes[0])
    return axes[0], axes[1]


def _tile(canvas: Canvas, x, y, name, left, right, forms, sizes, docked: str = "") -> None:
    """One matrix: its row axis on the left edge (a notch), its column axis on the right edge (a tab)."""
    edge = _edge(forms.get(right, ""), x + TILE, y, +1) + f"V{y + HEIGHT}H{x}" + _edge(forms.get(left, ""), x, y, -1)
    canvas.path(f"M{x} {y}H{x + TILE}{edge}Z", colour=INK, width=1.4, fill=SOFT["blue"])
    name, _, turned = name.partition(", ")
    canvas.text(x + TILE / 2 + 4, y + HEIGHT / 2 + (-2 if turned else 5), name, size=13)
    canvas.text(x + TILE / 2 + 4, y + HEIGHT / 2 + 15, turned, size=12, italic=True, colour=QUIET)
    for axis, at, side in ((left, x + 24, "left"), (right, x + TILE - 12, "right")):
        if not axis:
            continue
        gone = side == docked
        canvas.text(at, y + HEIGHT / 2 + 1, axis, size=17, bold=True, colour=QUIET if gone else INK)
        if axis in sizes:
            canvas.text(at, y + HEIGHT / 2 + 18, sizes[axis], size=12, colour=QUIET)
        if gone:
            canvas.line(at - 9, y + HEIGHT / 2 + 2, at + 9, y + HEIGHT / 2 - 13, colour=QUIET, width=1.8)


def _edge(form: str, x, y, way: int) -> str:
    """The path along an edge with its connector: downwards on the right (way +1), upwards on the left (way -1)."""
    a, b = y + HEIGHT / 2 - way * TAB, y + HEIGHT / 2 + way * TAB
    if form == "round":
        return f"V{a:g}A{TAB} {TAB} 0 0 {1 if way > 0 else 0} {x} {b:g}"
    if form == "square":
        return f"V{a + way * 3:g}H{x + TAB}V{b - way * 3:g}H{x}"
    if form == "point":
        return f"V{a:g}L{x + TAB} {y + HEIGHT / 2:g}L{x} {b:g}"
    return ""


def _result(canvas: Canvas, x, y, axes: Sequence[str], sizes, fill: str, dashed: bool) -> None:
    """What is left of a product: a plain card with the remaining axes."""
    canvas.box(x, y, 92, HEIGHT, fill=fill, colour=FORWARD if not dashed else QUIET, line=1.6, dashed=dashed)
    if fill == "hatch":
        canvas.box(x + 10, y + 3, 72, HEIGHT - 6, fill="white", colour="none", line=0)
    canvas.text(x + 46, y + HEIGHT / 2 + 1, _shape(axes), size=15, bold=True)
    if all(axis in sizes for axis in axes):
        canvas.text(x + 46, y + HEIGHT / 2 + 19, _shape([sizes[axis] for axis in axes]), size=12, colour=QUIET)


def _shape(axes: Sequence[object]) -> str:
    """A shape as numpy writes it."""
    return f"({', '.join(map(str, axes))}{',' if len(axes) == 1 else ''})"


def _sizes_in_words(sizes: Mapping[str, int]) -> str:
    return f" with {', '.join(f'{axis} = {length}' for axis, length in sizes.items())}" if sizes else ""


def _lengths(axes: Sequence[str], sizes: Mapping[str, int]) -> str:
    return f" = {_shape([sizes[axis] for axis in axes])}" if all(axis in sizes for axis in axes) else ""
