"""Figures of lesson 10: points and the classes a network sees around them, loss curves, paths down a narrow valley."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
from matplotlib import pyplot as plt

from course.picture import (
    ACCENT,
    CARD,
    EDGE,
    FORWARD,
    GRADIENT,
    INK,
    QUIET,
    SOFT,
    Canvas,
    Picture,
    coordinates,
    number,
    show,
)

TINTS = (SOFT["blue"], SOFT["green"], SOFT["red"], SOFT["yellow"])
COLOURS = (ACCENT, FORWARD, GRADIENT, "#8a5a00")
SHAPES = ("disc", "triangle", "square", "diamond")
OUTLINES = {  # from the middle of the mark
    "disc": "m-2.6 0a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0",
    "triangle": "m0 -3.4l3.1 5.8h-6.2z",
    "square": "m-2.4 -2.4h4.8v4.8h-4.8z",
    "diamond": "m0 -3.4l3.4 3.4l-3.4 3.4l-3.4 -3.4z",
}
DASHES = ("-", (0, (6, 2)), (0, (2, 2)), (0, (8, 2, 2, 2)))
SIDE, GAP = 262, 22  # of a panel, in pixels; between panels
CELLS = 88  # of the grid on which a network is asked, in each direction

Classify = Callable[[np.ndarray], np.ndarray]


def decision_boundary(
    X: np.ndarray, t: Sequence[int], panels: Mapping[str, Classify | None], *, reach: float | None = None
) -> Picture:
    """Points in the plane, one panel for each network: tinted by the class that it sees there, wrong points ringed.

    X (N, 2), t (N,). panels: title to a function from points (G, 2) to scores (G, C); None for the points alone.
    """
    X, t = np.asarray(X, dtype=float), np.asarray(t)
    reach = 1.12 * float(np.abs(X).max()) if reach is None else reach
    described = [f"{title}: {_described(X, t, classify)}" if classify else title for title, classify in panels.items()]
    arms = ", ".join(f"class {c} as {SHAPES[c]}s" for c in range(int(t.max()) + 1))
    canvas = Canvas(
        len(panels) * (SIDE + GAP) + GAP, SIDE + GAP + 40, f"{len(X)} points, {arms}. " + "; ".join(described) + "."
    )
    for place, (title, classify) in enumerate(panels.items()):
        _ground(canvas, GAP + place * (SIDE + GAP), X, t, classify, reach, title)
    return canvas.picture()


def moment(
    X: np.ndarray,
    t: Sequence[int],
    classify: Classify,
    losses: Sequence[float],
    step: int,
    *,
    steps: int | None = None,
    chance: float | None = None,
    reach: float | None = None,
) -> Picture:
    """A network in the midst of training: the ground of each class after `step` steps, and the losses on the way there.

    X (N, 2), t (N,), points that stand on this ground; classify: points (G, 2) to scores (G, C). losses: one a step; those
    after `step` are drawn faint. steps: where the axis ends, the last of `losses` if not given. chance: the loss of a guess.
    """
    X, t = np.asarray(X, dtype=float), np.asarray(t)
    reach = 1.12 * float(np.abs(X).max()) if reach is None else reach
    last = len(losses) - 1 if steps is None else steps
    described = _described(X, t, classify)
    canvas = Canvas(
        2 * (SIDE + GAP) + GAP + 66,
        SIDE + GAP + 62,
        f"After {step} of {last} steps: the loss is {losses[step]:.2f}, and {described}. Left the plane, tinted by class, with "
        f"{len(X)} points; right the loss against the step.",
    )
    _ground(canvas, GAP, X, t, classify, reach, f"after {step} steps")
    left, top, wide, high = GAP + SIDE + 66, 40, SIDE, SIDE
    highest = 1.25 * max(losses[0], chance or 0.0)

    def at(where: float, loss: float) -> tuple[float, float]:
        return left + wide * where / (last or 1), top + high * (1 - min(loss, highest) / highest)

    def curve(first: int, end: int) -> str:
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (at(k, losses[k]) for k in range(first, end + 1)))

    canvas.box(left, top, wide, high, colour=EDGE, radius=0)
    canvas.text(left + wide / 2, 26, f"loss {losses[step]:.2f}", bold=True)
    if chance is not None:
        canvas.line(*at(0, chance), *at(last, chance), colour=QUIET, dashed=True)
        canvas.text(
            left + wide - 6, at(0, chance)[1] - 6, f"a guess, {chance:.2f}", size=12, anchor="end", colour=QUIET
        )
    for value in np.arange(0, highest, 0.5):
        canvas.text(left - 8, at(0, value)[1] + 4, number(value, 1), size=12, anchor="end", colour=QUIET)
    for where in (0, last / 2, last):
        canvas.text(at(where, 0)[0], top + high + 18, number(where, 1), size=12, colour=QUIET)
    canvas.text(left + wide / 2, top + high + 36, "step", size=12, colour=QUIET)
    if step + 1 < len(losses):
        canvas.path(curve(step, len(losses) - 1), colour=ACCENT, width=1, dashed=True)
    if step:
        canvas.path(curve(0, step), colour=ACCENT, width=2.4)
    canvas.circle(*at(step, losses[step]), 6, fill=SOFT["yellow"], colour=INK, line=1.6)
    canvas.text(
        GAP + SIDE / 2, top + high + 26, described.replace(" stand on their", " on their"), size=12, colour=QUIET
    )
    return canvas.picture()


def moments(
    X: np.ndarray,
    t: Sequence[int],
    classifies: Sequence[Classify],
    losses: Sequence[float],
    *,
    chance: float | None = None,
) -> Callable[[float], Picture]:
    """For `play`: the moment after a number of steps. classifies, losses: one a step, from the first on."""
    X, t, classifies, losses = np.array(X), np.array(t), list(classifies), list(losses)

    def draw(step: float) -> Picture:
        return moment(X, t, classifies[int(step)], losses, int(step), chance=chance)

    return draw


def _described(X, t, classify) -> str:
    right = int((classify(X).argmax(axis=1) == t).sum())
    return f"{right} of {len(t)} points stand on their own class's ground"


def _ground(canvas: Canvas, left: float, X, t, classify: Classify | None, reach: float, title: str) -> None:
    """One panel of the plane: tinted by the class that `classify` sees there, with the points; wrong ones are ringed."""
    canvas.text(left + SIDE / 2, 26, title, bold=True)
    if classify:
        _tint(canvas, left, 40, classify, reach)
    canvas.box(left, 40, SIDE, SIDE, fill="none", colour=EDGE, radius=0)
    seen = classify(X).argmax(axis=1) if classify else t
    places = np.stack([left + SIDE * (X[:, 0] / reach + 1) / 2, 40 + SIDE * (1 - X[:, 1] / reach) / 2], axis=1)
    for x, y in places[seen != t]:
        canvas.circle(float(x), float(y), 5.5, fill="none", colour=INK, line=1.4)
    for c in range(int(t.max()) + 1):
        marks = "".join(f"M{x:.1f} {y:.1f}{OUTLINES[SHAPES[c]]}" for x, y in places[t == c])
        canvas.path(marks, fill=COLOURS[c], colour="white", width=0.5)


def _tint(canvas: Canvas, left: float, top: float, classify: Classify, reach: float) -> None:
    """The ground of each class: one path a class, made of the runs of equal cells in each row of a grid."""
    middles = (np.arange(CELLS) + 0.5) / CELLS * 2 - 1
    across, up = np.meshgrid(middles * reach, -middles * reach)
    classes = classify(np.stack([across.ravel(), up.ravel()], axis=1)).argmax(axis=1).reshape(CELLS, CELLS)
    size, paths = SIDE / CELLS, {}
    for row, cells in enumerate(classes):
        edges = [0, *(np.flatnonzero(np.diff(cells)) + 1).tolist(), CELLS]
        for start, end in pairwise(edges):
            corner = f"M{left + start * size:.1f} {top + row * size:.1f}"
            run = f"{corner}h{(end - start) * size:.1f}v{size + 0.2:.1f}h{(start - end) * size:.1f}z"
            paths.setdefault(int(cells[start]), []).append(run)
    for c, runs in sorted(paths.items()):
        canvas.path("".join(runs), fill=TINTS[c], colour="none", width=0)


def loss_curves(
    curves: Mapping[str, Sequence[float]], *, chance: float | None = None, top: float | None = None, per: str = "epoch"
) -> Picture:
    """Losses against the epoch, one line each with its name at its end; `chance` is marked, `top` cuts the axis."""
    fig, axis = plt.subplots(figsize=(7.2, 3.7))
    ends = {}
    for (name, losses), colour, dash in zip(curves.items(), COLOURS, DASHES, strict=False):
        heights = np.round(losses, 4)
        axis.plot(np.arange(len(heights)), heights, color=colour, linestyle=dash, linewidth=1.8)
        ends[name] = (len(heights) - 1, float(heights[-1]), colour)
    if chance is not None:
        axis.axhline(chance, color=QUIET, linewidth=1, linestyle=":")
        ends[f"chance {number(chance)}"] = (1, float(chance), QUIET)
    highest = top or max(float(np.max(losses)) for losses in curves.values()) * 1.05
    axis.set(
        xlabel=per, ylabel="loss", facecolor=CARD, ylim=(0, highest), xlim=(0, max(x for x, _, _ in ends.values()))
    )
    for y, name in _apart({name: min(y, highest) for name, (_, y, _) in ends.items()}, highest / 14):
        axis.annotate(name, (1, y), xycoords=("axes fraction", "data"), xytext=(6, 0), textcoords="offset points",
                      va="center", color=ends[name][2], annotation_clip=False)  # fmt: skip
    axis.spines[["top", "right"]].set_visible(False)
    described = "; ".join(
        f"{name}: from {number(losses[0], 2)} to {number(losses[-1], 2)} in {len(losses)}"
        for name, losses in curves.items()
    )
    return show(fig, f"Loss against the {per}. {described}.")


def _apart(heights: Mapping[str, float], least: float) -> list[tuple[float, str]]:
    """Heights for labels, from below, so that no two are closer than `least`."""
    placed: list[tuple[float, str]] = []
    for name, y in sorted(heights.items(), key=lambda one: one[1]):
        placed.append((max(y, placed[-1][0] + least) if placed else y, name))
    return placed


def valley(paths: Mapping[str, Sequence[tuple[float, float]]], steepness: tuple[float, float]) -> Picture:
    """Paths down L = (k0 a^2 + k1 b^2) / 2, one panel each, on a map of contour lines. steepness: (k0, k1)."""
    points = np.array([point for path in paths.values() for point in path])
    wide, high = 1.15 * np.abs(points).max(axis=0)
    a, b = np.meshgrid(np.linspace(-wide, wide, 81), np.linspace(-high, high, 81))
    height = (steepness[0] * a**2 + steepness[1] * b**2) / 2
    start = next(iter(paths.values()))[0]
    whole = (steepness[0] * start[0] ** 2 + steepness[1] * start[1] ** 2) / 2
    fig, axes = plt.subplots(len(paths), 1, figsize=(7.2, 2.3 * len(paths)), squeeze=False, sharex=True)
    for axis, (title, path) in zip(axes[:, 0], paths.items(), strict=True):
        axis.contour(
            a, b, height, levels=whole * np.array([0.02, 0.1, 0.25, 0.5, 1.0, 1.6]), colors=QUIET, linewidths=1
        )
        axis.plot(*np.array(path).T, "o-", color=ACCENT, linewidth=1.2, markersize=4)
        axis.plot(*path[0], "o", color="white", markeredgecolor=INK, markersize=8)
        axis.plot(0, 0, "+", color=INK, markersize=10)
        axis.set(ylabel="b", xlim=(-wide, wide), ylim=(-high, high), facecolor=CARD)
        axis.set_title(title, loc="left", fontsize=10.5)
        axis.spines[["top", "right"]].set_visible(False)
    axes[-1, 0].set_xlabel("a")
    fig.tight_layout()
    described = "; ".join(
        f"{title}: {len(path) - 1} steps from {coordinates(path[0])} to {coordinates(path[-1])}"
        for title, path in paths.items()
    )
    return show(fig, f"Contour map of a long narrow valley with its lowest point in the middle, marked +. {described}.")
