"""A graph that steps: one gradient a click, from right to left, and a place to type the next one first.

    step(graph_of("(x + y) * z", x=-2, y=5, z=-4))

All that can be shown is made here and sent once: the drawings (which share most of their lines), and for every wire its
question, its gradient, how close is close enough, and what to say to numbers that come from a known slip. So stepping
is instant, and goes on when the kernel has gone. It is stored with the notebook, too: the book steps with it, where no
kernel ever was (course/book/stepping.py). The script is `static/step_graph.js` in both.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping

import anywidget
import traitlets

from course.graph import Graph, draw
from course.graph_layout import SIGNS, named_by_sign
from course.live import STATIC, display_live, script
from course.picture import SUBSCRIPT, Picture, number
from course.wiring import Wire

STEPS = "application/vnd.backprop-by-doing.steps"  # JSON text beside the still picture: all that stepping takes
TINY = 1e-7  # a nudge so small that the slopes on both sides of a point agree, unless it is a corner
MORE = {  # a step further, for whoever has read the first sentence and is still wrong
    "*": "A multiply gate hands on what arrives from the right, times the green numbers of its other wires.",
    "+": "An add gate hands on what arrives from the right, as it is, to each of its wires.",
    "sum": "An add gate hands on what arrives from the right, as it is, to each of its wires.",
    "max": "A max gate hands all that arrives from the right to its largest wire, and nothing to the others.",
    "relu": "A ReLU gate hands on what arrives from the right if the green number on this wire is above zero, else nothing.",
    "exp": "An exp gate hands on what arrives from the right, times its own result, in green.",
    "*-1": "This gate turns the sign of what arrives from the right.",
}
BY_HAND = (
    "Raise this wire's green number a little: how far does the gate's result move, for each unit? Times what arrives."
)
NEXT_TO = 0.005  # how far a typed number may be off, if two digits of it are right


class StepGraph(anywidget.AnyWidget):
    """The widget. `shown` is the number of gradients on view; the wire of that index is asked for next."""

    _esm = script("step_graph.js")
    _css = (STATIC / "step_graph.css").read_text(encoding="utf-8")

    lines = traitlets.List().tag(sync=True, kept=True)  # every line of SVG that occurs in a frame
    frames = traitlets.List().tag(sync=True, kept=True)  # for each number of gradients on view: its lines, by index
    alts = traitlets.List().tag(sync=True, kept=True)  # and its alternative text
    least_width = traitlets.Int().tag(sync=True, kept=True)  # in pixels: in a narrower place the picture scrolls
    questions = traitlets.List().tag(sync=True, kept=True)  # one for each wire, from right to left
    first = traitlets.Int().tag(sync=True, kept=True)  # 1 if the upstream is given: nobody could know it
    shown = traitlets.Int().tag(sync=True, kept=True)

    def __init__(self, graph: Graph, gradients: Mapping[Wire, float], shown: int, digits: int, **looks):
        wires = graph.wires()
        first = 0 if math.isclose(gradients[wires[0]], 1, rel_tol=1e-6) else 1
        pictures = [
            draw(graph, gradients=gradients, shown=k, ask=1, digits=digits, **looks) for k in range(len(wires) + 1)
        ]
        index: dict[str, int] = {}
        frames = [[index.setdefault(line, len(index)) for line in picture.svg.splitlines()] for picture in pictures]
        super().__init__(
            lines=list(index),
            frames=frames,
            alts=[picture.alt for picture in pictures],
            least_width=max(picture.least_width for picture in pictures),
            questions=[question(graph, gradients, wire, digits) for wire in wires],
            first=first,
            shown=max(first, min(shown, len(wires))),
        )
        self.still = pictures[self.shown]

    def picture(self, shown: int) -> Picture:
        """The drawing with so many gradients, put together as the script does it."""
        return Picture("\n".join(self.lines[i] for i in self.frames[shown]) + "\n", self.alts[shown])

    def _ipython_display_(self) -> None:
        kept = {name: getattr(self, name) for name in self.trait_names(kept=True)}
        display_live(self, self.still.html, str(self.still), {STEPS: json.dumps(kept, ensure_ascii=False)})


def step(
    graph: Graph,
    *,
    shown: int = 0,
    gradients: Mapping[Wire, float] | None = None,
    upstream: float = 1.0,
    digits: int = 4,
    **looks,
) -> StepGraph:
    """A graph to step through. It begins with `shown` gradients, and so does the picture kept where no kernel runs.

    The other arguments are those of `draw`. ValueError if the graph stands on a corner, where a nudge finds no slope.
    """
    if gradients is None:
        for wire in graph.wires():
            if _on_corner(graph, wire):
                raise ValueError(
                    f"At these numbers the graph stands on a corner, where no nudge can decide the slope ({place(graph, wire)}): "
                    "change an input a little, or hand in the gradients."
                )
        gradients = graph.gradients(upstream)
    return StepGraph(graph, gradients, shown, digits, **looks)


def question(graph: Graph, gradients: Mapping[Wire, float], wire: Wire, digits: int) -> dict:
    """What the script needs to ask for one wire's gradient, and to judge what is typed.

    slips: [number, what to say] for wrong numbers that tell how they were found. nudge: what to say to all others.
    more: what to say where the same would be said again.
    """
    answer = gradients[wire]
    close = tolerance(answer, digits)
    slips = [[value, words] for value, words in _slips(graph, gradients, wire) if abs(value - answer) > close]
    if wire.target is None:
        nudge = f"If {wire.source} moves by a little, how many times as far does {wire.source} move?"
        more = "A number moves exactly as far as it moves itself."
    else:
        more = MORE.get(graph.nodes[wire.target][0], BY_HAND)
        gate = gate_name(graph, wire.target)
        nudge = f"Take what arrives at {gate} from the right, times its local slope for this wire."
    return {
        "place": place(graph, wire),
        "answer": answer,
        "printed": number(answer, digits),
        "tolerance": close,
        "slips": slips,
        "nudge": nudge,
        "more": more,
    }


def tolerance(answer: float, digits: int) -> float:
    """How far off a typed number may be: what rounds to the number as printed, or to its first two digits."""
    printed = 0.5 * 10.0**-digits
    two_digits = 0.5 * 10.0 ** (math.floor(math.log10(abs(answer))) - 1) if answer else 0.0
    return max(printed, min(NEXT_TO, two_digits)) * (1 + 1e-6)


def place(graph: Graph, wire: Wire) -> str:
    """Where a wire runs, in words."""
    if wire.target is None:
        return f"the wire of {wire.source}, the final number"
    source = gate_name(graph, wire.source) if wire.source in graph.nodes else wire.source.translate(SUBSCRIPT)
    return f"the wire from {source} into {gate_name(graph, wire.target)}"


def gate_name(graph: Graph, name: str) -> str:
    """A gate by its sign, and by the name of its result as well, which the picture shows, if others have the same sign."""
    operation = graph.nodes[name][0]
    own = "" if named_by_sign(graph, name) else f" {name.translate(SUBSCRIPT)}"
    return f"the {SIGNS.get(operation, operation)} gate{own}"


def _slips(graph: Graph, gradients: Mapping[Wire, float], wire: Wire) -> Iterator[tuple[float, str]]:
    """Numbers that a learner reaches on a wrong way, the most telling first."""
    answer, value = gradients[wire], graph.values()[wire.source]
    yield -answer, "The size is right. Look at the sign again."
    if wire.target is None:
        yield value, "That is its forward value, in green. Asked is how fast it moves with itself."
        return
    gate = gate_name(graph, wire.target)
    upstream = sum(gradients[one] for one in graph.wires() if one.source == wire.target)
    if graph.nodes[wire.target][0] == "*":
        yield upstream * value, "You took this wire's own number. A multiply gate takes the other one."
    yield (
        upstream,
        f"That is what arrives at {gate} from the right. Multiply it by the gate's local slope for this wire.",
    )
    if upstream:
        yield answer / upstream, f"That is the local slope of {gate} alone. Multiply it by what arrives from the right."
    yield value, "That is the forward value of this wire, in green. Asked is the gradient that comes back."


def _on_corner(graph: Graph, wire: Wire) -> bool:
    below, at, above = (graph.values(wire, by)[graph.result] for by in (-TINY, 0.0, TINY))
    left, right = (at - below) / TINY, (above - at) / TINY
    return abs(right - left) > 1e-3 * max(1.0, abs(left), abs(right))
