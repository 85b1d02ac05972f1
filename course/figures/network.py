"""Pictures of lesson 08: layers in a row, gradients against nudges, neurons that stay alike, and a network that learns XOR."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import cycle

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from course.picture import ACCENT, CARD, EDGE, FORWARD, GRADIENT, INK, MINUS, QUIET, SOFT, Canvas, Picture, number, show

BOX, HIGH, GAP = 128, 60, 92  # of the row of layers: width and height of a box, and the wire between two
MARKS = "osD^vP"
FIELD = 330  # side of the square in which `scatter` draws
OUTLINES = (  # disc, square, triangle, diamond, from the middle of the mark
    "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0",
    "m-4 -4h8v8h-8z",
    "m0 -5.5l5 9h-10z",
    "m0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z",
)
FILLS = (ACCENT, "#e0a100", "#2a9d6f", "#c2577e")
Gradients = Mapping[str, np.ndarray]


def layer_row(layers: Sequence[tuple[str, Sequence[str]]], flows: Sequence[str]) -> Picture:
    """Layers in a row: what flows forward above the wires, gradients below them, what each layer keeps in its box.

    layers: a name, and the names of its parameters (none for ReLU). flows: the shapes on the wires, one more than layers.
    """
    count = len(layers)
    alt = (
        f"{count} layers in a row: {', '.join(name for name, _ in layers)}. Forward, above the wires, arrays of the shapes "
        f"{', '.join(flows)}; each layer keeps its inputs. Backward, below the wires and to the left, gradients of the same "
        "shapes: dvalues goes into the last layer, each layer's dinputs into the one before. "
        + " ".join(
            f"Layer {place} sets the gradients of its {' and '.join(parameters)}."
            for place, (_, parameters) in enumerate(layers)
            if parameters
        )
    )
    canvas = Canvas(48 + count * BOX + (count + 1) * GAP, 226, alt)
    top, y_forward, y_backward = 62, 78, 108
    for place, flow in enumerate(flows):
        x1 = 24 + place * (BOX + GAP)
        x2 = x1 + GAP
        canvas.line(x1 + 4, y_forward, x2 - 4, y_forward, colour=FORWARD, width=2, arrow=True)
        canvas.line(x2 - 4, y_backward, x1 + 4, y_backward, colour=GRADIENT, width=2, arrow=True)
        middle = (x1 + x2) / 2
        names = ("X", "dinputs") if place == 0 else ("outputs", "dvalues") if place == count else ("", "dinputs")
        canvas.forward(middle, y_forward - 26, names[0])
        canvas.forward(middle, y_forward - 9, flow)
        canvas.gradient(middle, y_backward + 18, flow)
        canvas.gradient(middle, y_backward + 36, names[1])
    for place, (name, parameters) in enumerate(layers):
        x = 24 + GAP + place * (BOX + GAP)
        canvas.box(x, top, BOX, HIGH, fill=SOFT["blue"] if parameters else SOFT["yellow"])
        canvas.text(x + BOX / 2, top + 26, name, bold=True, size=15)
        canvas.text(x + BOX / 2, top + 46, "keeps inputs", size=12, colour=FORWARD)
        canvas.text(x + BOX / 2, top - 30, f"layer {place}", size=12, colour=QUIET)
        if not parameters:
            canvas.text(x + BOX / 2, top + HIGH + 36, "no parameters", size=12, italic=True, colour=QUIET)
        for line, parameter in enumerate(parameters):
            canvas.gradient(x + BOX / 2, top + HIGH + 36 + 18 * line, f"d{parameter}", size=13)
        if parameters:
            canvas.line(x + BOX / 2, top + HIGH + 4, x + BOX / 2, top + HIGH + 20, colour=GRADIENT, arrow=True)
    caption = "what travels left is passed on; what hangs below a layer stays there, for the update"
    canvas.text(24, 212, caption, size=12, anchor="start", colour=QUIET)
    return canvas.picture()


def gradient_scatter(groups: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> Picture:
    """Own gradients across, slopes found by nudging up, one panel a group, with the line on which both are equal.

    groups: title to (own, nudged), arrays of any one shape.
    """
    figure, axes = _panels(len(groups), 2.5)
    words = []
    for axis, (title, (own, nudged)), mark in zip(axes, groups.items(), cycle(MARKS), strict=False):
        own, nudged = (np.ravel(one).round(4) for one in (own, nudged))
        reach = 1.15 * max(np.abs(own).max(), np.abs(nudged).max())
        axis.plot([-reach, reach], [-reach, reach], color=QUIET, linewidth=1, linestyle="--")
        axis.plot(own, nudged, mark, color=ACCENT, markersize=5, alpha=0.7, markeredgecolor=INK, markeredgewidth=0.4)
        axis.set(title=title, xlabel="own gradient", xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
        axis.axhline(0, color=QUIET, linewidth=0.5)
        axis.axvline(0, color=QUIET, linewidth=0.5)
        words.append(f"{title}: {_tendency(own, nudged)}")
    axes[0].set_ylabel("slope by nudging")
    return show(figure, alt=f"Scatter of {len(own)} slopes found by nudging against own gradients. {'; '.join(words)}.")


def one_of(claims: Mapping[str, Gradients], nudged: Gradients) -> Callable[[str], Picture]:
    """For `play`: the scatter of one claim, chosen by its title. claims: title to own gradients, by array."""
    claims = {title: {name: np.array(one) for name, one in own.items()} for title, own in claims.items()}
    nudged = {name: np.array(one) for name, one in nudged.items()}

    def draw(title: str) -> Picture:
        return scatter(title, claims[title], nudged)

    return draw


def scatter(title: str, own: Gradients, nudged: Gradients) -> Picture:
    """Own gradients across, slopes found by nudging up; each array has a mark of its own. Dashed: where both are equal.

    own, nudged: name of an array to its gradient; nudged has the right shapes, and all of it is in sight.
    """
    pairs = {name: (np.ravel(own[name]), np.ravel(slopes)) for name, slopes in nudged.items()}
    across, up = (np.concatenate([pair[side] for pair in pairs.values()]) for side in (0, 1))
    reach = 1.08 * max(float(np.abs(across).max()), float(np.abs(up).max()))
    off = {name: int((~_equal(*pair, up)).sum()) for name, pair in pairs.items()}
    tendency = _tendency(across.round(4), up.round(4))
    counts = ", ".join(f"{name} {off[name]} of {len(pair[0])}" for name, pair in pairs.items())
    left, top = 74, 56
    canvas = Canvas(
        FIELD + 330,
        FIELD + 110,
        f"Scatter of {len(up)} slopes found by nudging against own gradients, {title}: {tendency}. "
        f"Off the dashed line of equal gradients: {counts}.",
    )

    def at(x: float, y: float) -> tuple[float, float]:
        return left + FIELD * (x / reach + 1) / 2, top + FIELD * (1 - y / reach) / 2

    canvas.text(left, 26, title, bold=True, size=16, anchor="start")
    canvas.box(left, top, FIELD, FIELD, colour=EDGE, radius=0)
    canvas.line(*at(-reach, 0), *at(reach, 0), colour=EDGE)
    canvas.line(*at(0, -reach), *at(0, reach), colour=EDGE)
    canvas.line(*at(-reach, -reach), *at(reach, reach), colour=INK, width=1.3, dashed=True)
    for tick in (-_round_step(reach), 0, _round_step(reach)):
        canvas.text(at(tick, 0)[0], top + FIELD + 18, number(tick, 2), size=12, colour=QUIET)
        canvas.text(left - 8, at(0, tick)[1] + 4, number(tick, 2), size=12, colour=QUIET, anchor="end")
    canvas.text(left + FIELD / 2, top + FIELD + 40, "own gradient", size=13)
    canvas.text(left - 60, top - 8, "slope by nudging", size=13, anchor="start")
    x = left + FIELD + 30
    canvas.line(x - 9, top + 12, x + 11, top + 12, colour=INK, width=1.3, dashed=True)
    canvas.text(x + 20, top + 17, "both are equal", size=13, anchor="start")
    canvas.text(x - 9, top + 50, "entries off that line", size=13, anchor="start", colour=QUIET)
    for line, (name, (mine, slopes)) in enumerate(pairs.items()):
        places = [at(a, b) for a, b in zip(mine, slopes, strict=True)]
        canvas.path(_marks(places, line), fill=FILLS[line % 4], colour=INK, width=0.7)
        y = top + 76 + 26 * line
        canvas.path(_marks([(x, y)], line), fill=FILLS[line % 4], colour=INK, width=0.7)
        words = f"{name}: {off[name]} of {len(mine)}"
        canvas.text(x + 20, y + 5, words, size=13, anchor="start", bold=bool(off[name]))
    first, _, second = tendency.replace("-", MINUS).partition(" with ")
    canvas.text(x - 9, top + FIELD - 30, first, size=14, anchor="start", bold=True)
    canvas.text(x - 9, top + FIELD - 8, second and f"with {second}", size=14, anchor="start", bold=True)
    return canvas.picture()


def stays_alike(histories: Mapping[str, np.ndarray]) -> Picture:
    """One weight of each hidden neuron, step by step, one panel a way to start.

    histories: title to an array of shape (steps, neurons).
    """
    figure, axes = _panels(len(histories), 3.8, height=2.7)
    words = []
    for axis, (title, history) in zip(axes, histories.items(), strict=True):
        history = np.asarray(history).round(3)  # which machines agree on
        for path, line in zip(history.T, cycle(("-", "--", "-.", ":")), strict=False):
            axis.plot(path, color=ACCENT, linewidth=1.4, linestyle=line)
        different = len(np.unique(history[-1]))
        axis.set(title=title, xlabel="step")
        words.append(f"{title}: {different} different {'path' if different == 1 else 'paths'} of {history.shape[1]}")
    axes[0].set_ylabel("weight from input 0")
    return show(figure, alt=f"A weight of each hidden neuron against the step. {'; '.join(words)}.")


def output_surfaces(
    samples: np.ndarray,
    targets: np.ndarray,
    surfaces: Mapping[str, np.ndarray],
    side: np.ndarray,
    losses: Sequence[float],
) -> Picture:
    """What a network of two inputs says over a square, one panel a moment, with the samples on it; and the loss on the way.

    samples (N, 2) and targets (N, 1) or (N,). surfaces: title to the outputs at side x side, a row for each value of input 1.
    """
    samples, targets, side = np.asarray(samples), np.ravel(targets), np.asarray(side)
    figure, axes = _panels(len(surfaces) + 1, 3.0)
    words = []
    for axis, (title, surface) in zip(axes, surfaces.items(), strict=False):
        surface = np.asarray(surface).round(3)
        shades = axis.contourf(side, side, surface, levels=np.linspace(-0.5, 1.5, 17), cmap="cividis", extend="both")
        if surface.min() < 0.5 < surface.max():
            lines = axis.contour(side, side, surface, levels=[0.5], colors="white", linewidths=2)
            axis.clabel(lines, fmt="%.1f", fontsize=9)
        for place, target in zip(samples, targets, strict=True):
            badge = {"boxstyle": "circle", "facecolor": CARD, "edgecolor": INK}
            axis.text(*place, f"{target:g}", ha="center", va="center", fontsize=11, color=INK, bbox=badge)
        axis.set(title=title, xlabel="input 0", aspect="equal")
        rows, columns = (np.abs(side[:, None] - samples[:, one]).argmin(axis=0) for one in (1, 0))
        right = int(((surface[rows, columns] > 0.5) == (targets > 0.5)).sum())
        words.append(f"{title}: {right} of {len(targets)} samples on their target's side of 0.5")
    axes[0].set_ylabel("input 1")
    bar = figure.colorbar(shades, ax=axes[len(surfaces) - 1], fraction=0.046)
    bar.ax.set_xlabel("output", fontsize=9, loc="left", labelpad=6)
    axes[-1].plot(np.round(losses, 5), color=ACCENT)
    axes[-1].set(title="loss", xlabel="step", ylim=(0, None))
    axes[-1].set_box_aspect(1)
    return show(
        figure,
        alt=f"A network's output over a square as shades, with its samples marked by their targets. {'; '.join(words)}. "
        f"The loss goes from {losses[0]:.3f} to {losses[-1]:.3f} in {len(losses) - 1} steps.",
    )


def _panels(count: int, width: float, height: float | None = None) -> tuple[Figure, list]:
    """A row of axes in the course's colours."""
    figure, axes = plt.subplots(1, count, figsize=(width * count, height or width), layout="constrained", squeeze=False)
    figure.set_facecolor(CARD)
    for axis in axes[0]:
        axis.set_facecolor("white")
    return figure, list(axes[0])


def _tendency(own: np.ndarray, nudged: np.ndarray) -> str:
    """How nudged slopes go with own gradients, in words."""
    slope = float(own @ nudged / (own @ own)) if own.any() else 0.0
    straight = np.allclose(nudged, slope * own, atol=1e-3 * np.abs(nudged).max())
    return f"on a straight line through 0 with slope {slope:.2f}" if straight else "points off any one line"


def _equal(own: np.ndarray, nudged: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Which entries agree, as far as an eye on the whole picture can tell."""
    return np.abs(own - nudged) <= 1e-4 * np.abs(whole).max()


def _marks(places: Sequence[tuple[float, float]], which: int) -> str:
    return "".join(f"M{x:.1f} {y:.1f}{OUTLINES[which % len(OUTLINES)]}" for x, y in places)


def _round_step(reach: float) -> float:
    """A round number that fits in `reach`: 1, 2 or 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(reach))
    return float(max(step * power for step in (1, 2, 5) if step * power <= reach))
