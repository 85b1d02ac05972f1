"""Figures of lesson 04: a loss behind the neuron, descents on its curve and on a map, who hears which sample.

Those that one plays with are in `descent.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.ticker import MaxNLocator

from course.figures.graphs import draw_or_step
from course.graph import OPERATIONS, Graph
from course.picture import ACCENT, EDGE, FORWARD, INK, MINUS, QUIET, SOFT, Picture, coordinates, number, show

HALF_SQUARE = "\N{VULGAR FRACTION ONE HALF}( )\N{SUPERSCRIPT TWO}"


def loss_graph(
    x: Sequence[float],
    w: Sequence[float],
    b: float,
    target: float,
    *,
    shown: int | None = None,
    ask: bool = False,
    digits: int = 4,
    stepping: bool = False,
) -> Picture:
    """One ReLU neuron with a half squared error behind it: pairs are multiplied, summed with b, go through ReLU to y.

    Then the target is taken away, and what is left is squared and halved. The gradients are found by nudging the wires.
    stepping: begin with `shown` gradients, and let the reader go on step by step.
    """
    pairs = range(len(x))
    inputs = {name: value for i in pairs for name, value in ((f"x{i}", x[i]), (f"w{i}", w[i]))} | {"b": b}
    products = {f"x{i}w{i}": ("*", f"x{i}", f"w{i}") for i in pairs}
    minus = f"( ){MINUS}{number(target)}"
    nodes = {
        **products,
        "z": ("sum", *products, "b"),
        "y": ("relu", "z"),
        "error": (minus, "y"),
        "L": (HALF_SQUARE, "error"),
    }
    middle = len(x) - 0.5
    at = {f"x{i}": (0.0, 2.0 * i) for i in pairs} | {f"w{i}": (0.7, 2.0 * i + 1) for i in pairs}
    at |= {f"x{i}w{i}": (1.7, 2.0 * i + 0.5) for i in pairs} | {"b": (0.7, 2.0 * len(x))}
    at |= {"z": (2.75, middle), "y": (3.9, middle), "error": (4.9, middle), "L": (5.85, middle)}
    menu = {**OPERATIONS, minus: lambda value: value - target, HALF_SQUARE: lambda value: value * value / 2}
    looks = {"at": at, "named": ("z", "y", "L"), "digits": digits}
    return draw_or_step(Graph(inputs, nodes, menu), stepping, shown=shown, ask=ask, **looks)


def side_by_side(paths: Mapping[str, Sequence[float]], loss: Callable[[float], float]) -> Picture:
    """One column for each path of pre-activations z: the path on the curve of the loss above, the loss by step below.

    loss: the loss as a function of z. Every panel has a scale of its own; where z <= 0 it is hatched.
    """
    fig, axes = plt.subplots(2, len(paths), figsize=(3.4 * len(paths), 5.4), squeeze=False)
    for (title, path), above, below in zip(paths.items(), axes[0], axes[1], strict=True):
        heights = [loss(one) for one in path]
        spread = 0.35 + 0.12 * (max(path) - min(path))
        z = np.linspace(min(path) - 2 * spread, max(path) + spread, 81)
        if z[0] < 0:
            above.axvspan(z[0], 0, facecolor=SOFT["grey"], hatch="//", edgecolor=EDGE, linewidth=0)
            above.text(z[0] / 2, 0.5, "off", ha="center", color=INK)
        above.plot(z, [loss(one) for one in z], color=QUIET, linewidth=2)
        above.plot(path, heights, "o--", color=ACCENT, linewidth=1, markersize=5)
        above.plot(path[0], heights[0], "o", color="white", markeredgecolor=INK, markersize=8)
        above.set(title=title, xlabel="z", xlim=(z[0], z[-1]))
        below.plot(range(len(path)), heights, "o-", color=ACCENT, markersize=4)
        below.set(xlabel="step", ylim=(-0.05 * max(heights), 1.08 * max(heights)))
        below.xaxis.set_major_locator(MaxNLocator(integer=True))
    for row in axes:
        row[0].set_ylabel("loss")
    _bare(axes)
    fig.tight_layout()
    described = "; ".join(
        f"{title}: z goes {', '.join(number(one, 2) for one in path[:4])} and so on to {number(path[-1], 2)}, the loss "
        f"ends at {number(loss(path[-1]), 2)}"
        for title, path in paths.items()
    )
    return show(
        fig,
        f"Loss against z, a bowl whose left side ends in a flat ledge for z below 0, with the path of each rate, and "
        f"below it the loss step by step. {described}.",
    )


def loss_surface(
    z: Callable[[np.ndarray, np.ndarray], np.ndarray],
    loss: Callable[[np.ndarray], np.ndarray],
    paths: Mapping[str, Sequence[tuple[float, float]]],
    names: tuple[str, str],
    *,
    levels: Sequence[float] = (0.05, 0.5, 2, 4.5, 8, 18),
) -> Picture:
    """The loss over two weights as a map with contour lines, one panel for each descent on it.

    z: of two grids of weights; loss: of z. Where z <= 0 the map is hatched. paths: name of a descent to its points.
    """
    points = np.array([point for path in paths.values() for point in path])
    margin = 0.2 * np.ptp(points, axis=0).max()
    (left, bottom), (right, top) = points.min(axis=0) - margin, points.max(axis=0) + margin
    across, up = np.meshgrid(np.linspace(left, right, 49), np.linspace(bottom, top, 49))
    field = z(across, up)
    height = np.where(field > 0, loss(field), np.nan)
    fig, axes = plt.subplots(1, len(paths), figsize=(3.5 * len(paths), 4.6), squeeze=False, sharex=True, sharey=True)
    for (name, path), axis in zip(paths.items(), axes[0], strict=True):
        _hatch(axis, across, up, field)
        _label_at_the_rim(axis, axis.contour(across, up, height, levels=levels, colors=QUIET, linewidths=1))
        axis.plot(*np.array(path).T, "o-", color=ACCENT, linewidth=1.3, markersize=5)
        axis.plot(*path[0], "o", color="white", markeredgecolor=INK, markersize=8)
        axis.set(title=name, xlabel=names[0], xlim=(left, right), ylim=(bottom, top), aspect="equal")
    axes[0, 0].set_ylabel(names[1])
    _bare(axes)
    fig.tight_layout()
    ends = "; ".join(
        f"{name}: {len(path) - 1} steps from {coordinates(path[0])} to {coordinates(path[-1])}"
        for name, path in paths.items()
    )
    return show(
        fig,
        f"Contour map of the loss over {names[0]} and {names[1]}: a straight valley, and beyond its far side a hatched "
        f"flat part where the neuron is off. The paths run straight across the valley. {ends}.",
    )


def who_hears(
    X: Sequence[Sequence[float]],
    neurons: Mapping[str, tuple[Sequence[float], float]],
    *,
    reach: float | None = None,
) -> Picture:
    """Samples in the plane of their two inputs, one panel for each neuron: where it is off, z <= 0, is hatched.

    neurons: what to write above the panel, to (w, b). A sample is a full disc where the neuron hears it, else a ring.
    """
    X = np.asarray(X, dtype=float)
    reach = float(np.abs(X).max()) * 1.4 if reach is None else reach
    across, up = np.meshgrid(np.linspace(-reach, reach, 9), np.linspace(-reach, reach, 9))
    fig, axes = plt.subplots(1, len(neurons), figsize=(3.1 * len(neurons), 3.6), squeeze=False)
    described = []
    for axis, (title, (w, b)) in zip(axes[0], neurons.items(), strict=True):
        field = w[0] * across + w[1] * up + b
        _hatch(axis, across, up, field)
        heard = [n for n, row in enumerate(X) if w[0] * row[0] + w[1] * row[1] > -b]
        for n, row in enumerate(X):
            axis.plot(*row, "o", color=FORWARD if n in heard else "white", markeredgecolor=INK, markersize=9)
            axis.annotate(str(n), row, xytext=(7, 5), textcoords="offset points", fontsize=9, color=INK)
        axis.set(
            title=title, xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal", xticks=[], yticks=[], xlabel="x0"
        )
        box = {"facecolor": SOFT["grey"], "linewidth": 0, "pad": 2}
        if (spot := _roomiest(X, w, b, reach)) is not None:
            axis.text(*spot, "off", ha="center", va="center", color=INK, bbox=box)
        described.append(f"{title}: " + (f"hears samples {', '.join(map(str, heard))}" if heard else "hears no sample"))
    axes[0, 0].set_ylabel("x1")
    fig.tight_layout()
    return show(
        fig,
        f"{len(X)} samples in the plane, x0 across and x1 up, and the side on which each neuron is on. {'; '.join(described)}.",
    )


def _roomiest(X: np.ndarray, w: Sequence[float], b: float, reach: float) -> np.ndarray | None:
    """The spot on the side where the neuron is off that is farthest from samples, border and frame; None without one."""
    ticks = np.linspace(-reach, reach, 41)
    spots = np.array([(across, up) for across in ticks for up in ticks])
    off = -(spots @ np.asarray(w) + b) / max(np.hypot(*w), 1e-12)  # distance from the border, positive on this side
    samples = np.linalg.norm(spots[:, None] - X[None], axis=2).min(axis=1)
    room = np.min([off, samples, reach - np.abs(spots).max(axis=1)], axis=0)
    return spots[room.argmax()] if room.max() > 0 else None


def _hatch(axis, across: np.ndarray, up: np.ndarray, z: np.ndarray) -> None:
    """Hatch the part of a plane where the neuron is off, and draw its border."""
    off = axis.contourf(across, up, z, levels=[-1e9, 0], colors=[SOFT["grey"]], hatches=["//"])
    off.set_edgecolor(EDGE)
    off.set_linewidth(0)
    axis.contour(across, up, z, levels=[0], colors=INK, linewidths=1.5)


def _label_at_the_rim(axis, lines) -> None:
    """Write every level at the right end of its contour lines, where no path goes."""
    for level, pieces in zip(lines.levels, lines.allsegs, strict=True):
        for piece in pieces:
            looks = {"xytext": (2, 0), "textcoords": "offset points", "fontsize": 9, "color": QUIET, "va": "center"}
            axis.annotate(f"{level:g}", max(map(tuple, piece)), **looks)


def _bare(axes: np.ndarray) -> None:
    for axis in axes.flat:
        axis.spines[["top", "right"]].set_visible(False)
