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

from course.graph_layout import RADIUS, Place, Point, beside_wire, named_by_sign
from course.picture import (
    ACCENT,
    CARD,
    EDGE,
    GRADIENT,
    INK,
    QUIET,
    SOFT,
    SUBSCRIPT,
    Canvas,
    Picture,
    number,
)
from course.wiring import Wire, Wiring

STEP = 1e-5  # of a nudge, each way
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


@dataclass(frozen=True)
class Graph(Wiring):
    """Inputs, nodes and wires that carry numbers. `operations` may be replaced by a larger menu."""

    operations: Mapping[str, Callable[..., float]] = field(default_factory=lambda: OPERATIONS)

    def _repr_mimebundle_(self, include=None, exclude=None):
        """As the last line of a cell: drawn, with its values and no gradient yet."""
        return draw(self, shown=0)._repr_mimebundle_(include, exclude)

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

    label: str
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
    next wires (True is one); where it stands on several, no wire is thick. Then gates have names that a question can use.
    at: (column, row) of names that should not stand where the layout puts them. named: results written with their name.
    """
    wires = graph.wires()
    gradients = graph.gradients(upstream) if gradients is None else gradients
    shown = len(wires) if shown is None else max(0, min(shown, len(wires)))
    values = graph.values()
    last = _value_words(graph.result, values, named, digits)
    clear = 2 * FRAMED if any(graph.result in frame.names for frame in frames) else 0  # its number beyond the frame
    place = Place(graph, at or {}, bool(frames), end=max(64, 8.4 * len(last) + 14) + clear)
    canvas = Canvas(place.width, place.height, alt or describe(graph, gradients, shown, digits))
    for frame in frames:
        _draw_frame(canvas, place, frame)
    paths = {wire: place.path(wire) for wire in wires}
    for i, wire in enumerate(wires):
        _draw_wire(canvas, paths[wire], reached=i == shown - 1 and shown < len(wires) and ask < 2)
    for name in [*graph.inputs, *graph.nodes]:
        _draw_node(canvas, place, name)
        if ask and name in graph.nodes and not named_by_sign(graph, name):
            _name_gate(canvas, place, name)
    canvas.text(
        place.end[0] + 8, place.end[1] + 5, graph.result.translate(SUBSCRIPT), anchor="start", bold=True, size=15
    )
    forks = {name for name in values if sum(wire.source == name for wire in wires) > 1}
    for i, wire in enumerate(wires):
        value = _value_words(wire.source, values, named, digits)
        late = 0.8 - 0.25 * (wire.slot % 2) if wire.source in forks else None
        x, y = beside_wire(paths[wire], value, above=True, late=late)
        canvas.forward(x, y, value, size=LABEL)
        if i < shown:
            red = number(gradients[wire], digits)
            canvas.gradient(*beside_wire(paths[wire], red, above=False, late=late), red, size=LABEL)
        elif i < shown + ask:
            _draw_question(canvas, *beside_wire(paths[wire], "?", above=False, late=late))
    return canvas.picture()


def describe(graph: Graph, gradients: Mapping[Wire, float], shown: int | None = None, digits: int = 4) -> str:
    """The graph in words: what is computed from what, every value, and the gradients shown so far."""
    values = graph.values()
    wires = graph.wires()[:shown]
    inputs = ", ".join(f"{name} = {number(value, digits)}" for name, value in graph.inputs.items())
    steps = "; ".join(
        f"{name} = {operation}({', '.join(sources)}) = {number(values[name], digits)}"
        for name, (operation, *sources) in graph.nodes.items()
    )
    text = f"Computational graph. Inputs: {inputs}. Forward, left to right: {steps}."
    if not wires:
        return f"{text} No gradient is shown yet."
    red = ", ".join(
        f"{wire.source}{f' into {wire.target}' if wire.target else ''} {number(gradients[wire], digits)}"
        for wire in wires
    )
    return f"{text} Gradients, right to left: {red}."


def _draw_frame(canvas: Canvas, place: Place, frame: Frame) -> None:
    boxes = [(*place.centre[name], *place.half[name]) for name in frame.names]
    left, right = min(x - w for x, _, w, _ in boxes) - FRAMED, max(x + w for x, _, w, _ in boxes) + FRAMED
    top, bottom = min(y - h for _, y, _, h in boxes) - FRAMED, max(y + h for _, y, _, h in boxes) + FRAMED
    canvas.box(left, top, right - left, bottom - top, fill=SOFT.get(frame.fill, frame.fill), colour=ACCENT, dashed=True)
    canvas.text(
        (left + right) / 2, bottom + 18 if frame.below else top - 7, frame.label, size=13, bold=True, colour=ACCENT
    )


def _draw_wire(canvas: Canvas, path: Sequence[Point], reached: bool = False) -> None:
    steps = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in path)
    if reached:
        canvas.path(steps, colour=SOFT["red"], width=9)
    canvas.path(steps, colour=GRADIENT if reached else QUIET, arrow=True)


def _draw_question(canvas: Canvas, x: float, y: float) -> None:
    canvas.box(x - 10, y - 15, 20, 20, radius=10, fill=SOFT["yellow"], colour=GRADIENT)
    canvas.text(x, y, "?", size=LABEL, bold=True, colour=GRADIENT)


def _draw_node(canvas: Canvas, place: Place, name: str) -> None:
    (x, y), (half_x, half_y), text = place.centre[name], place.half[name], place.label(name)
    if name in place.graph.inputs:
        canvas.box(x - half_x, y - half_y, 2 * half_x, 2 * half_y, colour=EDGE, fill=CARD)
        canvas.text(x, y + 5, text, size=15, bold=True)
    elif half_x > RADIUS:
        canvas.box(x - half_x, y - half_y, 2 * half_x, 2 * half_y, radius=RADIUS)
        canvas.text(x, y + 5, text, size=14, bold=True)
    else:
        canvas.circle(x, y, RADIUS)
        canvas.text(x, y + 7, text, size=20, colour=INK)


def _name_gate(canvas: Canvas, place: Place, name: str) -> None:
    x, y = place.centre[name]
    canvas.text(x, y - RADIUS - 6, name.translate(SUBSCRIPT), size=13, italic=True)


def _value_words(name: str, values: Mapping[str, float], named: Sequence[str], digits: int) -> str:
    value = number(values[name], digits)
    return f"{name.translate(SUBSCRIPT)} = {value}" if name in named else value
