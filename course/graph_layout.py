"""Where the nodes, wires and numbers of a drawn graph stand, in pixels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from course.picture import MINUS, SUBSCRIPT, TIMES
from course.wiring import Wire, Wiring

COLUMN, ROW = 124, 64  # pixels from node to node
APART = 1.25  # rows between two inputs, if nobody says where they stand
RADIUS = 20
BOW = 52  # between two wires from one node to the same other

SIGNS = {
    "*": TIMES,
    "sum": "\N{GREEK CAPITAL LETTER SIGMA}",
    "relu": "ReLU",
    "*-1": f"{TIMES}{MINUS}1",
}

Point = tuple[float, float]


class Place:
    """Where everything stands, in pixels."""

    def __init__(self, graph: Wiring, at: Mapping[str, Point], framed: bool, end: float):
        self.graph = graph
        grid = layout(graph, at)
        self.half = {name: (half_width(self.label(name)), RADIUS if name in graph.nodes else 15) for name in grid}
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

    def label(self, name: str) -> str:
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


def named_by_sign(graph: Wiring, name: str) -> bool:
    """Is the sign of a gate enough to tell it from the others of its graph?"""
    signs = [SIGNS.get(operation, operation) for operation, *_ in graph.nodes.values()]
    operation = graph.nodes[name][0]
    return signs.count(SIGNS.get(operation, operation)) == 1


def layout(graph: Wiring, at: Mapping[str, Point]) -> dict[str, Point]:
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


def beside_wire(path: Sequence[Point], label: str, *, above: bool, late: float | None) -> Point:
    """The middle of the words' baseline, beside the first stretch of a wire (the middle one, if it is bowed).

    Close to it, and clear of it. Near its beginning, so that wires that meet keep their numbers apart; at the fraction
    `late` of it at forks.
    """
    (x1, y1), (x2, y2) = path[1:3] if len(path) == 4 else path[:2]
    if len(path) == 4:
        late = None
    length = math.hypot(x2 - x1, y2 - y1)
    along = min(length / 2, max(28, 4.2 * len(label) + 12)) if late is None else late * length
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    nx, ny = (uy, -ux) if above else (-uy, ux)
    away = 4 + abs(nx) * 4.2 * len(label) + abs(ny) * 8
    return x1 + ux * along + nx * away, y1 + uy * along + ny * away + 5


def half_width(label: str) -> float:
    """Half of what the outline of a node or an input takes for its words, in pixels."""
    return RADIUS if len(label) <= 2 else 8 + 4.6 * len(label)
