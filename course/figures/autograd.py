"""Figures of lesson 12: values and the wires between them, messages against wires, an island and its ring of water."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from course.picture import ACCENT, GRADIENT, INK, SOFT, TIMES, Canvas, Picture, number, show

COLUMN, ROW = 128, 78  # pixels from value to value
WIDTH, HEIGHT = 46, 34


def value_graph(
    values: Mapping[str, float],
    wires: Mapping[str, Sequence[tuple[str, float]]],
    at: Mapping[str, tuple[float, float]],
    *,
    grads: Mapping[str, float] | None = None,
    doubts: Mapping[str, float] | None = None,
    order: Sequence[str] = (),
    title: str = "",
) -> Picture:
    """Values as boxes, with what they say above in green and their gradient below in red; wires with their local slope.

    wires: for each value its (source, slope) pairs; at: (column, row) of each value. order: values as they were visited,
    numbered in circles (a value may stand in it more than once). doubts: what a nudge says, where it says something else.
    """
    grads, doubts = grads or {}, doubts or {}
    left, top = min(x for x, _ in at.values()), min(y for _, y in at.values())
    head = 36 if title else 0
    place = {name: (60 + (x - left) * COLUMN, 58 + head + (y - top) * ROW) for name, (x, y) in at.items()}
    canvas = Canvas(
        max(x for x, _ in place.values()) + 60,
        max(y for _, y in place.values()) + (70 if doubts else 52),
        _in_words(values, wires, grads, order, title, doubts),
    )
    if title:
        canvas.text(20, 28, title, anchor="start", bold=True, colour=ACCENT)
    for user, sources in wires.items():
        for i, (source, slope) in enumerate(sources):
            alike = [j for j, (other, _) in enumerate(sources) if other == source]
            _draw_wire(canvas, place[source], place[user], slope, alike.index(i) - (len(alike) - 1) / 2)
    for name, (x, y) in place.items():
        canvas.box(x - WIDTH / 2, y - HEIGHT / 2, WIDTH, HEIGHT, fill=SOFT["red"] if name in doubts else "white")
        canvas.text(x, y + 6, name, bold=True, size=16)
        canvas.forward(x, y - HEIGHT / 2 - 7, values[name])
        if name in grads:
            canvas.gradient(x, y + HEIGHT / 2 + 18, grads[name])
        if name in doubts:
            canvas.text(x, y + HEIGHT / 2 + 34, f"a nudge: {number(doubts[name])}", size=12, colour=INK)
        visits = [i for i, one in enumerate(order, start=1) if one == name]
        for i, visit in enumerate(visits):
            canvas.circle(x + WIDTH / 2 + 2 + 21 * i, y - HEIGHT / 2 - 4, 9.5, fill=SOFT["yellow"], line=1)
            canvas.text(x + WIDTH / 2 + 2 + 21 * i, y - HEIGHT / 2 + 0.5, visit, size=12)
    return canvas.picture()


def _draw_wire(canvas: Canvas, start: tuple[float, float], end: tuple[float, float], slope: float, bend: float) -> None:
    """From the right side of a box to the left side of another; wires between the same two are bent apart."""
    (x1, y1), (x2, y2) = (start[0] + WIDTH / 2, start[1]), (end[0] - WIDTH / 2 - 2, end[1])
    middle = ((x1 + x2) / 2, (y1 + y2) / 2 + 56 * bend)
    aside = max(-8.0, min(8.0, 0.2 * (y1 - y2)))  # who comes from above ends above, so that heads do not meet
    y1, y2 = y1 + 10 * bend, y2 + 10 * bend + aside
    canvas.path(f"M{x1:.1f} {y1:.1f} Q{middle[0]:.1f} {middle[1]:.1f} {x2:.1f} {y2:.1f}", arrow=True)
    x, y = (x1 + 2 * middle[0] + x2) / 4, (y1 + 2 * middle[1] + y2) / 4
    words = TIMES + number(slope, 2)
    half = 4 + 4.2 * len(words)
    canvas.box(x - half, y - 10, 2 * half, 20, fill=SOFT["grey"], colour="none", radius=9)
    canvas.text(x, y + 4.5, words, size=13, colour=INK)


def _in_words(values, wires, grads, order, title, doubts) -> str:
    """The picture as a sentence."""
    made = "; ".join(
        f"{user} = {number(values[user])}, wires from {' and '.join(f'{one} with slope {number(k)}' for one, k in sources)}"
        for user, sources in wires.items()
        if sources
    )
    given = ", ".join(f"{name} = {number(values[name])}" for name in values if not wires.get(name))
    words = f"{title + ': ' if title else ''}values and wires. Given: {given}. Made: {made}."
    if order:
        words += f" Visited: {', '.join(order)}."
    if grads:
        words += f" Gradients: {', '.join(f'{name} {number(grad)}' for name, grad in grads.items())}."
    if doubts:
        words += f" A nudge says otherwise: {', '.join(f'{name} {number(slope)}' for name, slope in doubts.items())}."
    return words


def messages_and_wires(messages: Sequence[int], wires: Sequence[int]) -> Picture:
    """Work against the number of diamonds in a row, from one on: every message by itself, and once along each wire."""
    from matplotlib import pyplot as plt

    diamonds = range(1, len(messages) + 1)
    fig, ax = plt.subplots(figsize=(6.4, 3.1))
    ax.semilogy(diamonds, messages, "o-", color=GRADIENT, markersize=4)
    ax.semilogy(diamonds, wires, "s-", color=ACCENT, markersize=4)
    middle = 2 * len(messages) // 3
    ax.text(middle - 1, messages[middle] * 4, "every message handed on by itself", ha="right", color=GRADIENT)
    ax.text(len(wires), wires[-1] * 2.2, "once along each wire", ha="right", color=ACCENT)
    ax.set_xlabel("diamonds in a row")
    ax.set_ylabel("payments")
    ax.spines[["top", "right"]].set_visible(False)
    last = f"{messages[-1]:,} against {wires[-1]:,}"
    return show(
        fig,
        alt=f"Payments against diamonds in a row, on a logarithmic scale: handing on every message by itself doubles with each "
        f"diamond, once along each wire grows evenly. At {len(messages)} diamonds it is {last}.",
    )


def island_map(
    points: np.ndarray, targets: Sequence[float], says: Callable[[list[float]], float], side: int = 33
) -> Picture:
    """What a classifier says over the plane (above 0 is one class), with the points it was trained on.

    points: shape (N, 2). targets: one number for each, below 0 for circles, above 0 for squares.
    """
    from matplotlib import pyplot as plt

    targets = np.asarray(targets, dtype=float)
    reach = math.ceil(10 * np.abs(points).max() + 2) / 10
    axis = np.linspace(-reach, reach, side)
    heights = np.array([[says([x, y]) for x in axis.tolist()] for y in axis.tolist()])
    fig, ax = plt.subplots(figsize=(4.6, 4.2))
    ax.contourf(axis, axis, heights, levels=[-np.inf, 0, np.inf], colors=[SOFT["yellow"], SOFT["blue"]])
    ax.contour(axis, axis, heights, levels=[0], colors=[INK], linewidths=1.5)
    ax.scatter(*points[targets < 0].T, marker="o", c="#8a6d00", label="target below 0")
    ax.scatter(*points[targets > 0].T, marker="s", c=ACCENT, label="target above 0")
    ax.set_aspect("equal")
    ax.set_xlabel("first input")
    ax.set_ylabel("second input")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, 1.14), ncols=2, frameon=False, fontsize=9)
    right = sum((says(point) > 0) == (t > 0) for point, t in zip(points.tolist(), targets, strict=True))
    return show(
        fig,
        alt=f"A map of what the classifier says: {np.mean(heights < 0):.0%} of the square is below 0. Of the {len(targets)} "
        f"points {right} lie on their own side of the boundary.",
    )
