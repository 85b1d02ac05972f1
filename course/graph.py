"""Computational graphs: declare one, run it forward, nudge it, draw it.

    graph = Graph({"x": -2, "y": 5, "z": -4}, {"q": ("+", "x", "y"), "f": ("*", "q", "z")})
    draw(graph)

Every wire carries its forward value above it in green and its gradient below it in red, underlined. Nothing here knows
a derivative: a gradient is what nudging that one wire does to the last number, or what the caller hands in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from course.picture import (
    ACCENT,
    CARD,
    EDGE,
    GRADIENT,
    INK,
    MINUS,
    QUIET,
    SOFT,
    SUBSCRIPT,
    TIMES,
    Canvas,
    Picture,
    number,
)

STEP = 1e-5  # of a nudge, each way
COLUMN, ROW = 124, 64  # pixels from node to node
APART = 1.25  # rows between two inputs, if nobody says where they stand
RADIUS = 20
BOW = 52  # between two wires from one node to the same other
FRAMED = 9  # from what is in a frame to the frame
LABEL = 14  # size of the numbers on the wires

OPERATIONS: Mapping[str, Callable[..., float]] = {
    "+": lambda *terms: math.fsum(terms),
    "sum": lambda *terms: math.fsum(terms),
    "*": lambda *factors: math.prod(factors),
    "max": max,
    "relu": lambda value: max(value, 0.0),
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "1/x": lambda value: 1 / value,
    "*-1": lambda value: -value,
    "+1": lambda value: value + 1,
}
SIGNS = {
    "*": TIMES,
    "sum": "\N{GREEK CAPITAL LETTER SIGMA}",
    "relu": "ReLU",
    "*-1": f"{TIMES}{MINUS}1",
}

Point = tuple[float, float]


@dataclass(frozen=True)
class Wire:
    """From a node or input to the `slot`-th argument of a node; the wire that carries the result has no target."""

    source: str
    target: str | None
    slot: int = 0


@dataclass(frozen=True)
class Graph:
    """inputs: name to number. nodes: name to (operation, source, ...), in an order in which they can be computed.

    The last node is the result. `operations` may be replaced by a larger menu.
    """

    inputs: Mapping[str, float]
    nodes: Mapping[str, tuple[str, ...]]
    operations: Mapping[str, Callable[..., float]] = field(default_factory=lambda: OPERATIONS)

    def _repr_mimebundle_(self, include=None, exclude=None):
        """As the last line of a cell: drawn, with its values and no gradient yet."""
        return draw(self, shown=0)._repr_mimebundle_(include, exclude)

    @property
    def result(self) -> str:
        """The name of the last node."""
        return next(reversed(self.nodes))

    def depth(self) -> dict[str, int]:
        """The column of every name: 0 for inputs, for a node one more than its deepest source."""
        depth = dict.fromkeys(self.inputs, 0)
        for name, (_, *sources) in self.nodes.items():
            depth[name] = 1 + max(depth[source] for source in sources)
        return depth

    def wires(self) -> list[Wire]:
        """All wires from right to left: the order in which a backward pass learns their gradients."""
        depth = self.depth()
        backward = sorted(self.nodes, key=lambda name: -depth[name])  # stable: nodes of one column stay in order
        return [Wire(self.result, None)] + [
            Wire(source, name, slot) for name in backward for slot, source in enumerate(self.nodes[name][1:])
        ]

    def values(self, nudged: Wire | None = None, by: float = 0.0) -> dict[str, float]:
        """The forward pass: every name's value, if what travels along one wire is changed by a little."""
        values = {name: float(value) for name, value in self.inputs.items()}
        for name, (operation, *sources) in self.nodes.items():
            arrived = [
                values[one] + (by if Wire(one, name, slot) == nudged else 0.0) for slot, one in enumerate(sources)
            ]
            values[name] = float(self.operations[operation](*arrived))
        if nudged == Wire(self.result, None):
            values[self.result] += by
        return values

    def gradients(self, upstream: float = 1.0) -> dict[Wire, float]:
        """How far the final number moves for each wire's unit, if it moves by `upstream` for a unit of the result.

        Central differences: exact to many digits, except at a corner, where they give the mean of the two slopes.
        """
        found = {}
        for wire in self.wires():
            high, low = (self.values(wire, by)[self.result] for by in (STEP, -STEP))
            found[wire] = upstream * (high - low) / (STEP + STEP)
        return found


@dataclass(frozen=True)
class Frame:
    """A dashed frame round some inputs or nodes, with words above it (or below)."""

    words: str
    names: Sequence[str]
    fill: str = "none"
    below: bool = False


def draw(
    graph: Graph,
    *,
    gradients: Mapping[Wire, float] | None = None,
    upstream: float = 1.0,
    shown: int | None = None,
    ask: int = 0,
    at: Mapping[str, Point] | None = None,
    named: Sequence[str] = (),
    frames: Sequence[Frame] = (),
    digits: int = 4,
    alt: str | None = None,
) -> Picture:
    """The graph from left to right, with forward values in green above the wires and gradients in red below.

    gradients: by wire; nudged numerically where none are given (`upstream` is what the result's own wire gets).
    shown: draw only the first so many, from right to left; the wire reached last is thick. ask: a "?" on so many of the
    next wires (True is one); where it stands on several, no wire is thick.
    at: (column, row) of names that should not stand where the layout puts them. named: results written with their name.
    """
    wires = graph.wires()
    gradients = graph.gradients(upstream) if gradients is None else gradients
    shown = len(wires) if shown is None else max(0, min(shown, len(wires)))
    values = graph.values()
    last = _value_words(graph.result, values, named, digits)
    clear = 2 * FRAMED if any(graph.result in frame.names for frame in frames) else 0  # its number beyond the frame
    place = _Place(graph, at or {}, bool(frames), end=max(64, 8.4 * len(last) + 14) + clear)
    canvas = Canvas(place.width, place.height, alt or describe(graph, gradients, shown, digits))
    for frame in frames:
        _draw_frame(canvas, place, frame)
    paths = {wire: place.path(wire) for wire in wires}
    for i, wire in enumerate(wires):
        _draw_wire(canvas, paths[wire], reached=i == shown - 1 and shown < len(wires) and ask < 2)
    for name in [*graph.inputs, *graph.nodes]:
        _draw_node(canvas, place, name)
    canvas.text(
        place.end[0] + 8, place.end[1] + 5, graph.result.translate(SUBSCRIPT), anchor="start", bold=True, size=15
    )
    forks = {name for name in values if sum(wire.source == name for wire in wires) > 1}
    for i, wire in enumerate(wires):
        value = _value_words(wire.source, values, named, digits)
        late = 0.8 - 0.25 * (wire.slot % 2) if wire.source in forks else None
        x, y = _beside(paths[wire], value, above=True, late=late)
        canvas.forward(x, y, value, size=LABEL)
        if i < shown:
            red = number(gradients[wire], digits)
            canvas.gradient(*_beside(paths[wire], red, above=False, late=late), red, size=LABEL)
        elif i < shown + ask:
            _draw_question(canvas, *_beside(paths[wire], "?", above=False, late=late))
    return canvas.picture()


def draw_or_step(graph: Graph, stepping: bool, *, shown: int | None = None, ask: int = 0, **looks):
    """The graph as `draw` shows it, or, with `stepping`, to step through from there (see course/stepping.py)."""
    if not stepping:
        return draw(graph, shown=shown, ask=ask, **looks)
    from course.stepping import step  # only now: a picture that stands still does without widgets

    return step(graph, shown=shown or 0, **looks)


def describe(graph: Graph, gradients: Mapping[Wire, float], shown: int | None = None, digits: int = 4) -> str:
    """The graph in words: what is computed from what, every value, and the gradients shown so far."""
    values = graph.values()
    wires = graph.wires()[:shown]
    inputs = ", ".join(f"{name} = {number(value, digits)}" for name, value in graph.inputs.items())
    steps = "; ".join(
        f"{name} = {operation}({', '.join(sources)}) = {number(values[name], digits)}"
        for name, (operation, *sources) in graph.nodes.items()
    )
    words = f"Computational graph. Inputs: {inputs}. Forward, left to right: {steps}."
    if not wires:
        return f"{words} No gradient is shown yet."
    red = ", ".join(
        f"{wire.source}{f' into {wire.target}' if wire.target else ''} {number(gradients[wire], digits)}"
        for wire in wires
    )
    return f"{words} Gradients, right to left: {red}."


class _Place:
    """Where everything stands, in pixels."""

    def __init__(self, graph: Graph, at: Mapping[str, Point], framed: bool, end: float):
        self.graph = graph
        grid = _layout(graph, at)
        self.half = {name: (_half_width(self.words(name)), RADIUS if name in graph.nodes else 15) for name in grid}
        left, top = min(column for column, _ in grid.values()), min(row for _, row in grid.values())
        margin_x, margin_y = (58, 66) if framed else (44, 44)
        self.centre = {
            name: (margin_x + (column - left) * COLUMN, margin_y + (row - top) * ROW)
            for name, (column, row) in grid.items()
        }
        bends = [y for wire in graph.wires() if wire.target for _, y in self.path(wire)]
        lower = max(0, margin_y - 8 - min(bends))  # a bowed wire may run above all nodes
        self.centre = {name: (x, y + lower) for name, (x, y) in self.centre.items()}
        x, y = self.centre[graph.result]
        self.end = (x + self.half[graph.result][0] + end, y)
        self.width = (
            max(self.end[0] + 12 + 10 * len(graph.result), max(x for x, _ in self.centre.values()) + margin_x) + 12
        )
        deepest = max(max(y for _, y in self.centre.values()), max(bends) + lower - 8)
        self.height = deepest + margin_y - (8 if framed else 4)

    def words(self, name: str) -> str:
        """What is written in a node or an input."""
        if name in self.graph.inputs:
            return name.translate(SUBSCRIPT)
        operation = self.graph.nodes[name][0]
        return SIGNS.get(operation, operation)

    def path(self, wire: Wire) -> list[Point]:
        """The corners of a wire: straight, or round what it would run through or along."""
        start = self.centre[wire.source]
        if wire.target is None:
            return [(start[0] + self.half[wire.source][0], start[1]), self.end]
        end = self.centre[wire.target]
        twins = [slot for slot, name in enumerate(self.graph.nodes[wire.target][1:]) if name == wire.source]
        if len(twins) > 1:
            return self._bowed(wire, BOW * (twins.index(wire.slot) - (len(twins) - 1) / 2))
        if self._blocked(wire.source, wire.target):
            if abs(start[1] - end[1]) < 1:
                return self._bowed(wire, -BOW)
            edge = self.half[wire.target][1] * (1 if start[1] > end[1] else -1)
            return [(start[0] + self.half[wire.source][0], start[1]), (end[0], start[1]), (end[0], end[1] + edge)]
        return [self._edge(wire.source, end), self._edge(wire.target, start)]

    def _bowed(self, wire: Wire, by: float) -> list[Point]:
        """Out, along so many pixels further down, and in again."""
        (x1, y1), (x2, y2) = self.centre[wire.source], self.centre[wire.target]
        out, into = (x1 + self.half[wire.source][0] + 14, y1 + by), (x2 - self.half[wire.target][0] - 14, y2 + by)
        return [self._edge(wire.source, out), out, into, self._edge(wire.target, into)]

    def _edge(self, name: str, toward: Point) -> Point:
        """Where a straight line from the centre of `name` leaves its outline."""
        (x, y), (half_x, half_y) = self.centre[name], self.half[name]
        dx, dy = toward[0] - x, toward[1] - y
        if name in self.graph.inputs:  # wires leave a box in the middle of its side
            return (x + half_x, y)
        scale = 1 / math.hypot(dx / half_x, dy / half_y)
        return (x + dx * scale, y + dy * scale)

    def _blocked(self, source: str, target: str) -> bool:
        (x1, y1), (x2, y2) = self.centre[source], self.centre[target]
        others = [name for name in self.centre if name not in (source, target)]
        return any(
            abs(x1 + (x2 - x1) * i / 40 - self.centre[name][0]) < self.half[name][0] + 6
            and abs(y1 + (y2 - y1) * i / 40 - self.centre[name][1]) < self.half[name][1] + 6
            for i in range(41)
            for name in others
        )


def _layout(graph: Graph, at: Mapping[str, Point]) -> dict[str, Point]:
    """(column, row) of every name: inputs under one another, a node level with the middle of its sources."""
    grid = {name: at.get(name, (0.0, APART * row)) for row, name in enumerate(graph.inputs)}
    depth = graph.depth()
    reach = {
        name: max([depth[node] for node, (_, *sources) in graph.nodes.items() if name in sources], default=0)
        for name in depth
    }
    for name, (_, *sources) in graph.nodes.items():
        row = sum(grid[source][1] for source in sources) / len(sources)
        here = depth[name]  # other nodes of this column, and wires that run past it
        taken = [
            grid[one][1]
            for one in grid
            if depth[one] == here or (depth[one] < here < reach[one] and one not in sources)
        ]
        while any(abs(row - other) < 1.2 for other in taken):
            row += 0.2
        grid[name] = at.get(name, (float(depth[name]), row))
    return grid


def _draw_frame(canvas: Canvas, place: _Place, frame: Frame) -> None:
    boxes = [(*place.centre[name], *place.half[name]) for name in frame.names]
    left, right = min(x - w for x, _, w, _ in boxes) - FRAMED, max(x + w for x, _, w, _ in boxes) + FRAMED
    top, bottom = min(y - h for _, y, _, h in boxes) - FRAMED, max(y + h for _, y, _, h in boxes) + FRAMED
    canvas.box(left, top, right - left, bottom - top, fill=SOFT.get(frame.fill, frame.fill), colour=ACCENT, dashed=True)
    canvas.text(
        (left + right) / 2, bottom + 18 if frame.below else top - 7, frame.words, size=13, bold=True, colour=ACCENT
    )


def _draw_wire(canvas: Canvas, path: Sequence[Point], reached: bool = False) -> None:
    steps = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in path)
    if reached:
        canvas.path(steps, colour=SOFT["red"], width=9)
    canvas.path(steps, colour=GRADIENT if reached else QUIET, arrow=True)


def _draw_question(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x - 10, y - 15, 20, 20, radius=10, fill=SOFT["yellow"], colour=GRADIENT)
    canvas.text(x, y, "?", size=LABEL, bold=True, colour=GRADIENT)


def _draw_node(canvas: Canvas, place: _Place, name: str) -> None:
    (x, y), (half_x, half_y), words = place.centre[name], place.half[name], place.words(name)
    if name in place.graph.inputs:
        canvas.box(x - half_x, y - half_y, 2 * half_x, 2 * half_y, colour=EDGE, fill=CARD)
        canvas.text(x, y + 5, words, size=15, bold=True)
    elif half_x > RADIUS:
        canvas.box(x - half_x, y - half_y, 2 * half_x, 2 * half_y, radius=RADIUS)
        canvas.text(x, y + 5, words, size=14, bold=True)
    else:
        canvas.circle(x, y, RADIUS)
        canvas.text(x, y + 7, words, size=20, colour=INK)


def _beside(path: Sequence[Point], words: str, *, above: bool, late: float | None) -> Point:
    """The middle of the words' baseline, beside the first stretch of a wire (the middle one, if it is bowed).

    Close to it, and clear of it. Near its beginning, so that wires that meet keep their numbers apart; at the fraction
    `late` of it at forks.
    """
    (x1, y1), (x2, y2) = path[1:3] if len(path) == 4 else path[:2]
    if len(path) == 4:
        late = None
    length = math.hypot(x2 - x1, y2 - y1)
    along = min(length / 2, max(28, 4.2 * len(words) + 12)) if late is None else late * length
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    nx, ny = (uy, -ux) if above else (-uy, ux)
    away = 4 + abs(nx) * 4.2 * len(words) + abs(ny) * 8
    return x1 + ux * along + nx * away, y1 + uy * along + ny * away + 5


def _value_words(name: str, values: Mapping[str, float], named: Sequence[str], digits: int) -> str:
    value = number(values[name], digits)
    return f"{name.translate(SUBSCRIPT)} = {value}" if name in named else value


def _half_width(words: str) -> float:
    return RADIUS if len(words) <= 2 else 8 + 4.6 * len(words)
