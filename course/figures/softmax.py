"""Pictures of chapter 09: pushes on scores, the slopes of softmax, and two ways back from the loss."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from course.graph import Graph, draw
from course.picture import (
    ACCENT,
    FORWARD,
    GRADIENT,
    INK,
    MINUS,
    QUIET,
    SOFT,
    TIMES,
    Canvas,
    Picture,
    number,
    show,
    signed,
)

WIDE, HIGH = 92, 44  # a cell of the Jacobian's table
UNIT = 170  # pixels from probability 0 to probability 1


def pushes(
    p: Sequence[float], t: Sequence[float], gradient: Sequence[float], scores: Sequence[float] | None = None
) -> Picture:
    """One sample: a bar for each class's probability, a mark at its target, an arrow from one to the other.

    p, t, gradient: C numbers each. The gradient of the class's score stands below its bar; above it the score, and below
    all of them the loss, if scores are given.
    """
    step, left, top = 150, 74, 56
    bottom = top + UNIT
    low = bottom + (50 if scores is None else 76)  # where the gradients stand
    described = "; ".join(
        f"class {k}: {'' if scores is None else f'score {number(scores[k])}, '}p {number(p[k])}, "
        f"target {number(t[k])}, gradient {number(gradient[k])}"
        for k in range(len(p))
    )
    lost = "" if scores is None else f"loss: {MINUS}ln {number(p[_right(t)])} = {number(-math.log(p[_right(t)]), 2)}"
    alt = f"One bar a class, with an arrow to its target. {described}.{' ' + lost.capitalize() + '.' if lost else ''}"
    canvas = Canvas(left + step * len(p) + 110, low + (68 if lost else 32), alt)
    for share in (0, 0.5, 1):
        y = bottom - share * UNIT
        canvas.line(left - 8, y, left + step * len(p), y, colour="#e4dfd2")
        canvas.text(left - 16, y + 5, number(share), size=12, anchor="end", colour=QUIET)
    for k, (share, target) in enumerate(zip(p, t, strict=True)):
        x, y, goal = left + step * k + 26, bottom - share * UNIT, bottom - target * UNIT
        canvas.box(x, y, 52, bottom - y, fill=SOFT["green"], colour=FORWARD, radius=2)
        crossed = 3 < y - goal < 24  # the target's line would run through the number above the bar
        canvas.forward(x + 26, y + (18 if crossed else -8), share)
        canvas.line(x - 8, goal, x + 98, goal, width=3, colour=INK, dashed=True)
        if abs(goal - y) > 4:  # else there is no room, and hardly a push
            canvas.line(x + 78, y, x + 78, goal - math.copysign(3, goal - y), colour=ACCENT, width=3, arrow=True)
        canvas.text(x + 40, bottom + 24, f"class {k}", size=13, bold=target > 0)
        if scores is not None:
            canvas.forward(x + 40, low - 26, scores[k], size=16)
        canvas.gradient(x + 40, low, gradient[k], size=16)
    end = left + step * len(p)
    canvas.text(end + 6, bottom + 24, "dashed: target", size=12, anchor="start", colour=QUIET)
    if scores is not None:
        canvas.text(left - 16, low - 26, "score", size=12, anchor="end", colour=QUIET)
    canvas.text(left - 16, low, "gradient", size=12, anchor="end", colour=QUIET)
    canvas.text(
        left - 8,
        28,
        "probability of each class, and an arrow from there to its target",
        size=13,
        anchor="start",
        colour=QUIET,
    )
    if lost:
        canvas.text(left - 8, low + 40, lost, size=15, anchor="start", bold=True)
    return canvas.picture()


def score_turned(
    scores: Sequence[float], turned: int, shares: Callable[[list[list[float]]], Sequence[Sequence[float]]]
) -> Callable[[float, str], Picture]:
    """For `play`: one sample's pushes, while one of its scores is turned and any class may be the right one.

    shares: from rows of scores to rows of probabilities.
    """

    def draw(score: float, right: str) -> Picture:
        now = [score if k == turned else one for k, one in enumerate(scores)]
        p = [float(one) for one in shares([now])[0]]
        t = [int(f"class {k}" == right) for k in range(len(p))]
        rows = (p, t, [claimed - true for claimed, true in zip(p, t, strict=True)], now)
        return pushes(*([round(one, 3) for one in row] for row in rows))

    return draw


def slopes_table(p: Sequence[float], slopes) -> Picture:
    """The table of all slopes of one row of softmax, with the sums of its rows and columns.

    p: C probabilities. slopes: (C, C), entry [j, k] is how far p[j] moves when score k is raised.
    """
    slopes = np.asarray(slopes)
    count, left, top = len(p), 150, 92
    right, bottom = left + count * WIDE, top + count * HIGH
    rows = "; ".join(" ".join(number(one) for one in row) for row in slopes)
    alt = (
        f"Table of slopes, row j for p[j], column k for score k: {rows}. Row sums "
        f"{' '.join(number(one) for one in slopes.sum(axis=1))}, column sums "
        f"{' '.join(number(one) for one in slopes.sum(axis=0))}. Positive on the diagonal, negative elsewhere."
    )
    canvas = Canvas(right + 128, bottom + 66, alt)
    canvas.text(left + count * WIDE / 2, 30, "this score is raised", size=13, colour=QUIET)
    canvas.text(left - 20, top - 14, "this p moves", size=13, anchor="end", colour=QUIET)
    for k in range(count):
        canvas.text(left + (k + 0.5) * WIDE, top - 34, f"z[{k}]", code=True, bold=True)
        canvas.line(left + (k + 0.5) * WIDE, top - 26, left + (k + 0.5) * WIDE, top - 6, colour=ACCENT, arrow=True)
        canvas.text(left + (k + 0.5) * WIDE, bottom + 28, number(slopes[:, k].sum()), size=15, bold=True)
    for j in range(count):
        y = top + (j + 0.5) * HIGH + 5
        canvas.text(24, y, f"p[{j}] =", code=True, bold=True, anchor="start")
        canvas.forward(left - 20, y, p[j], anchor="end")
        for k in range(count):
            fill = SOFT["green"] if slopes[j, k] > 0 else SOFT["red"]
            canvas.box(left + k * WIDE, top + j * HIGH, WIDE, HIGH, fill=fill, radius=0, line=2.4 if j == k else 0.8)
            canvas.text(left + (k + 0.5) * WIDE, y, signed(slopes[j, k]), size=15, bold=j == k)
        canvas.text(right + 34, y, number(slopes[j].sum()), size=15, bold=True)
    canvas.text(right + 34, top - 14, "row sum", size=12, colour=QUIET)
    canvas.text(left - 20, bottom + 28, "column sum", size=12, anchor="end", colour=QUIET)
    canvas.text(left, bottom + 52, "thick frame: its own score", size=12, anchor="start", colour=QUIET)
    return canvas.picture()


def share_graph(scores: Sequence[float], which: int) -> Picture:
    """How one probability is made of all scores: its exponential times 1 over the sum. Gradients are found by nudging.

    The class `which` stands at the bottom; its exponential goes two ways, straight on and into the sum.
    """
    order = [k for k in range(len(scores)) if k != which] + [which]
    inputs = {f"z{k}": scores[k] for k in order}
    nodes = {f"e{k}": ("exp", f"z{k}") for k in order}
    nodes |= {"S": ("sum", *(f"e{k}" for k in order)), "r": ("1/x", "S"), f"p{which}": ("*", "r", f"e{which}")}
    row = {k: 1.25 * place for place, k in enumerate(order)}
    middle = row[order[-1]] / 2 - 0.3
    at = {f"z{k}": (0.0, row[k]) for k in order} | {f"e{k}": (1.15, row[k]) for k in order}
    at |= {"S": (2.6, middle), "r": (3.8, middle), f"p{which}": (5.0, row[which])}
    return draw(Graph(inputs, nodes), at=at, named=(f"p{which}",), digits=3)


def two_ways_back(
    scores: Sequence[float], p: Sequence[float], label: int, dvalues: Sequence[float], gradient: Sequence[float]
) -> Picture:
    """One sample from its scores to its loss, and back: in two steps, in which p of the right class cancels, or in one.

    dvalues: C numbers, the loss's gradient for p; gradient: C numbers, that for the scores.
    """
    lost = number(-math.log(p[label]), 3)
    alt = (
        f"Forward: scores {_listed(scores)}, softmax, p = {_listed(p)}, minus the log of p[{label}], loss {lost}. "
        f"Back in two steps: from the loss to p {_listed(dvalues)}, as -1/p of the right class; through "
        f"softmax times p of the right class times a bracket. The two p cancel, and {_listed(gradient)} arrives at the "
        "scores. Back in one step: p minus T, the same numbers."
    )
    canvas = Canvas(880, 300, alt)
    boxes = ((40, "scores z"), (350, "probabilities p"), (668, "loss"))
    for x, words in boxes:
        canvas.box(x, 62, 168, 46, fill=SOFT["blue"])
        canvas.text(x + 84, 90, words, size=15, bold=True)
    canvas.forward(124, 48, _listed(scores))
    canvas.forward(434, 48, _listed(p))
    canvas.forward(752, 48, lost)
    for x1, x2, words in ((212, 346, "softmax"), (522, 664, f"{MINUS}ln p[{label}]")):
        canvas.line(x1, 76, x2, 76, arrow=True)
        canvas.text((x1 + x2) / 2, 68, words, size=13)
    canvas.line(664, 98, 522, 98, colour=GRADIENT, arrow=True)
    canvas.line(346, 98, 212, 98, colour=GRADIENT, arrow=True)
    canvas.gradient(434, 134, _listed(dvalues))
    canvas.gradient(124, 134, _listed(gradient))
    canvas.gradient(752, 134, "1")

    _fraction(canvas, 593, 152)
    canvas.text(262, 168, "p", size=17, italic=True)
    canvas.text(270, 173, "t", size=11, italic=True)
    canvas.text(280, 168, f"([k = t] {MINUS} p", size=16, anchor="start")
    canvas.text(376, 173, "k", size=11, italic=True)
    canvas.text(381, 168, ")", size=16, anchor="start")
    canvas.text(470, 168, TIMES, size=18)
    for x, y in ((254, 174), (586, 184)):
        canvas.line(x, y, x + 24, y - 20, colour=ACCENT, width=2.4)
    canvas.text(470, 204, "the two cancel", size=13, colour=ACCENT, bold=True)

    canvas.path("M740 146C720 262 640 262 440 262S160 262 134 148", colour=GRADIENT, width=2.2, arrow=True)
    canvas.text(440, 250, f"in one step:  p {MINUS} T", size=16, bold=True)
    canvas.text(440, 284, "no p below a line, nothing to clip", size=13, colour=QUIET)
    return canvas.picture()


def surviving_gradients(scores: Sequence[float], ways: Mapping[str, Sequence[float]]) -> Picture:
    """The gradient that reaches the right class's score against that score, one curve a way; nan breaks a curve off."""
    from matplotlib import pyplot as plt

    fig, ax = plt.subplots(figsize=(7.2, 3.3))
    styles = (("-", 6.0, "#9dc3a9"), ("--", 2.0, GRADIENT), (":", 2.6, INK), ("-.", 1.6, ACCENT))
    for (name, values), (style, width, colour) in zip(ways.items(), styles, strict=False):
        ax.plot(scores, values, style, linewidth=width, color=colour, label=name)
    ax.set_xlabel("score of the right class (the other score is 0)")
    ax.set_ylabel("gradient of that score")
    ax.set_ylim(-1.12, 0.12)
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(0.0, 0.42))
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    described = [f"{name}: {_ends(scores, values)}" for name, values in ways.items()]
    return show(fig, alt=f"Gradient of the right class's score against that score. {'; '.join(described)}.")


def _ends(scores: Sequence[float], values: Sequence[float]) -> str:
    """A curve in words: what it is at either end, and from where on it is missing."""
    missing = [score for score, value in zip(scores, values, strict=True) if not math.isfinite(value)]
    first = f"missing below {number(max(missing))}" if missing else f"{number(values[0], 2)} at {number(scores[0])}"
    return f"{first}, {number(values[-1], 2)} at {number(scores[-1])}"


def _right(t: Sequence[float]) -> int:
    """The class of a one-hot row."""
    return max(range(len(t)), key=t.__getitem__)


def _fraction(canvas: Canvas, x: float, y: float) -> None:
    """Minus one over p of the right class."""
    canvas.text(x - 22, y + 16, MINUS, size=17)
    canvas.text(x + 2, y + 6, "1", size=16)
    canvas.line(x - 12, y + 12, x + 16, y + 12, colour=INK)
    canvas.text(x, y + 28, "p", size=17, italic=True)
    canvas.text(x + 9, y + 33, "t", size=11, italic=True)


def _listed(values: Sequence[float]) -> str:
    return f"[{', '.join(number(one, 3) for one in values)}]"
