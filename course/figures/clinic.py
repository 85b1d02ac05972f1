"""Pictures of lesson 11: the chart of a gradient check, maps of differences, ratios on a line, the way back as a tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib import pyplot as plt

from course.picture import (
    ACCENT,
    CARD,
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
)
from course.tables import Table

AGREES = 1e-5  # of the larger of the two: nudges reach about 1e-8, a one-sided nudge only about this
Gradients = Mapping[str, np.ndarray]
Pair = tuple[np.ndarray, np.ndarray]
CELL, HIGH, SUMS = 58, 32, 62  # of a map: width and height of a cell, and room for the row sums
TOO_LARGE, TOO_SMALL = "#f6c9c2", "#c9ddf5"


def chart(own: Gradients, nudged: Gradients) -> Table:
    """A gradient check as a table: one row a gradient, how many entries are wrong, and own over nudged.

    own, nudged: gradients by name, numbers or arrays; nudged has the right shapes.
    """
    rows = []
    for name, right in nudged.items():
        claimed, right = np.asarray(own[name], dtype=float), np.asarray(right, dtype=float)
        if claimed.shape != right.shape:
            rows.append([name, str(claimed.shape), f"its shape: {right.shape} is wanted", ""])
            continue
        wrong = int((~close(claimed, right)).sum())
        verdict = f"{wrong} of {right.size} wrong" if wrong else "\N{CHECK MARK} agrees"
        rows.append([name, str(right.shape), verdict, ratio_words(claimed, right)])
    return Table(["gradient", "shape", "entries", "own / nudged"], rows)


def close(own: np.ndarray, nudged: np.ndarray) -> np.ndarray:
    """Which entries agree, as far as nudging can tell."""
    return np.isclose(own, nudged, rtol=AGREES, atol=1e-9 + 1e-9 * np.abs(nudged).max(initial=0.0))


def ratios(own: np.ndarray, nudged: np.ndarray) -> np.ndarray:
    """Own over nudged, where the nudges found any slope at all."""
    own, nudged = np.asarray(own, dtype=float).ravel(), np.asarray(nudged, dtype=float).ravel()
    moves = np.abs(nudged) > 1e-8
    return own[moves] / nudged[moves]


def ratio_words(own: np.ndarray, nudged: np.ndarray) -> str:
    """The ratios in a few words: one number if they are all the same, else from the smallest to the largest."""
    found = ratios(own, nudged)
    if not found.size:
        return "no slope anywhere" if close(own, nudged).all() else "slope 0 wanted"
    low, high = found.min(), found.max()
    if np.isclose(low, high, rtol=AGREES, atol=AGREES):
        return number(found.mean(), 3) + (" everywhere" if found.size > 1 else "")
    return f"{number(low, 3)} to {number(high, 3)}"


def difference_map(own, nudged, title: str = "own minus nudged", rows: str = "row", columns: str = "column") -> Picture:
    """Own minus nudged, entry by entry, as a heat map with the sums of its rows and columns.

    own, nudged: arrays of one shape, (rows, columns). rows, columns: what an index counts, such as "input" and "neuron".
    """
    return maps({title: (own, nudged)}, rows, columns)


def maps(groups: Mapping[str, Pair], rows: str = "row", columns: str = "column", across: int = 3) -> Picture:
    """Several such maps side by side: title to (own, nudged), all of one shape."""
    differences = {title: difference(*pair) for title, pair in groups.items()}
    height, width = next(iter(differences.values())).shape
    across = min(across, len(groups))
    down = -(-len(groups) // across)
    label = 26 + 7 * len(rows)
    panel = label + width * CELL + SUMS + 26, 62 + (height + 1) * HIGH + 30
    alt = "Maps of own minus nudged gradient. " if len(groups) > 1 else "Map of own minus nudged gradient. "
    alt += " ".join(f"{title}: {map_words(one, rows, columns)}" for title, one in differences.items())
    legend = f"+ too large, {MINUS} too small, white: right; outside: sums before rounding"
    whole = max(across * panel[0] + 20, 360)
    margin = (whole - across * panel[0] - 20) / 2
    canvas = Canvas(whole, down * panel[1] + 30, alt)
    for place, (title, one) in enumerate(differences.items()):
        x, y = 14 + margin + place % across * panel[0], 10 + place // across * panel[1]
        draw_map(canvas, x, y, label, title, one, rows, columns)
    canvas.text(16, down * panel[1] + 18, legend, size=12, anchor="start", colour=QUIET)
    return canvas.picture()


def patient_chosen(
    patients: Mapping[str, Gradients], nudged: Gradients, counts: Mapping[str, tuple[str, str]]
) -> Callable[[str], Picture]:
    """For `play`: the maps of all gradients of one patient, chosen by name."""
    patients = {title: {name: np.array(one) for name, one in own.items()} for title, own in patients.items()}
    nudged = {name: np.array(one) for name, one in nudged.items()}

    def draw(patient: str) -> Picture:
        return maps_of_all(patients[patient], nudged, counts, patient)

    return draw


def maps_of_all(own: Gradients, nudged: Gradients, counts: Mapping[str, tuple[str, str]], title: str = "") -> Picture:
    """Own minus nudged for every gradient of one backward pass, side by side, each with the sums of its rows and columns.

    own, nudged: gradients by name, two-dimensional. counts: name to what its rows and its columns count: ("input", "neuron").
    """
    differences = {name: difference(own[name], slopes) for name, slopes in nudged.items()}
    labels = {name: 26 + 7 * len(counts[name][0]) for name in differences}
    widths = [labels[name] + one.shape[1] * CELL + SUMS + 30 for name, one in differences.items()]
    tallest = max(one.shape[0] for one in differences.values())
    words = " ".join(f"{name}: {map_words(one, *counts[name])}" for name, one in differences.items())
    alt = f"Maps of own minus nudged gradient{', ' + title if title else ''}. {words}"
    canvas = Canvas(max(sum(widths) + 24, 400), 164 + tallest * HIGH, alt)
    canvas.text(22, 32, title, bold=True, size=16, anchor="start")
    x = 14.0
    for (name, one), width in zip(differences.items(), widths, strict=True):
        draw_map(canvas, x, 48, labels[name], name, one, *counts[name])
        x += width
    legend = f"own minus nudged: + too large, {MINUS} too small, white: right; outside: sums before rounding"
    canvas.text(22, canvas.height - 16, legend, size=12, anchor="start", colour=QUIET)
    return canvas.picture()


def difference(own, nudged) -> np.ndarray:
    """Own minus nudged, with exact zeros where they agree as far as nudging can tell."""
    own, nudged = np.asarray(own, dtype=float), np.asarray(nudged, dtype=float)
    return np.where(close(own, nudged), 0.0, np.round(own - nudged, 6))


def draw_map(canvas: Canvas, x, y, label, title, one, rows, columns) -> None:
    """One map with its top left corner at x, y."""
    height, width = one.shape
    left, top = x + label, y + 58
    canvas.text(left + width * CELL / 2, y + 20, title, bold=True, size=14)
    for j in range(width):
        canvas.text(left + (j + 0.5) * CELL, top - 8, f"{columns} {j}", size=11, colour=QUIET)
        total(canvas, left + (j + 0.5) * CELL, top + height * HIGH + 22, one[:, j], "middle")
    for i in range(height):
        canvas.text(left - 8, top + (i + 0.65) * HIGH, f"{rows} {i}", size=11, anchor="end", colour=QUIET)
        total(canvas, left + width * CELL + 12, top + (i + 0.68) * HIGH, one[i], "start")
    for (i, j), value in np.ndenumerate(one):
        fill = TOO_LARGE if value > 0 else TOO_SMALL if value < 0 else "white"
        canvas.box(left + j * CELL, top + i * HIGH, CELL, HIGH, fill=fill, colour=QUIET, line=0.8, radius=0)
        words = signed(value)
        canvas.text(left + (j + 0.5) * CELL, top + (i + 0.65) * HIGH, words, size=13, colour=INK if value else QUIET)
    total(canvas, left + width * CELL + 12, top + height * HIGH + 22, one, "start")
    canvas.box(left, top, width * CELL, height * HIGH, fill="none", line=1.4, radius=0)


def total(canvas: Canvas, x, y, entries: np.ndarray, anchor: str) -> None:
    """The sum of a row, a column or all; a 0 made of wrong entries is worth a second look and stands bold."""
    value = round(float(entries.sum()), 5)
    cancels = value == 0 and bool(entries.any())
    canvas.text(x, y, signed(value), size=12, anchor=anchor, bold=cancels, colour=ACCENT if cancels else QUIET)


def signed(value: float) -> str:
    """A difference with its sign, two digits behind the point, 0 for nothing."""
    return "0" if abs(value) < 0.005 else f"{value:+.2f}".replace("-", MINUS)


def map_words(one: np.ndarray, rows: str, columns: str) -> str:
    """A map in words: where it is wrong, and which sums vanish."""
    wrong = one != 0
    if not wrong.any():
        return "no difference."
    places = [f"{rows} {i}" for i in np.flatnonzero(wrong.any(axis=1))]
    lines = [f"{columns} {j}" for j in np.flatnonzero(wrong.any(axis=0))]
    words = f"{int(wrong.sum())} of {one.size} entries differ, in {', '.join(places)} and {', '.join(lines)}"
    for name, axis in (("row", 1), ("column", 0)):
        sums = np.abs(one.sum(axis=axis)[wrong.any(axis=axis)])
        if (sums < 1e-5).all():
            words += f"; all {name} sums of the difference are 0"
    return words + f"; together {signed(float(one.sum()))}."


def ratio_strip(groups: Mapping[str, Pair], between: tuple[float, float] = (-3.5, 3.5)) -> Picture:
    """Own over nudged, one mark an entry and one line a group; 1 is right. What lies beyond `between` is an arrow at the edge.

    groups: title to (own, nudged), arrays of any one shape.
    """
    low, high = between
    figure, axis = plt.subplots(figsize=(7.2, 0.55 + 0.42 * len(groups)), layout="constrained")
    figure.set_facecolor(CARD)
    axis.set_facecolor(CARD)
    axis.axvline(1, color=FORWARD, linewidth=1.2, linestyle="--")
    if low < 0 < high:
        axis.axvline(0, color=QUIET, linewidth=0.6)
    looks = {"color": ACCENT, "markersize": 5.5, "alpha": 0.65, "markeredgecolor": INK, "markeredgewidth": 0.4}
    words = []
    for line, (title, (own, nudged)) in enumerate(groups.items()):
        found = ratios(own, nudged).round(4)
        height = line + 0.22 * np.sin(2.4 * np.arange(len(found)))  # spread, so that equal ratios can be counted
        inside = (found >= low) & (found <= high)
        for mark, chosen in (("o", inside), (">", found > high), ("<", found < low)):
            axis.plot(np.clip(found[chosen], low, high), height[chosen], mark, **looks)
        words.append(f"{title}: {ratio_words(own, nudged)}")
    edge = 0.03 * (high - low)
    axis.set(xlim=(low - edge, high + edge), ylim=(len(groups) - 0.5, -0.5), xlabel="own / nudged")
    axis.set_yticks(range(len(groups)), list(groups))
    axis.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        axis.spines[side].set_visible(False)
    return show(figure, alt=f"Ratios of own to nudged gradient, one mark an entry. {'; '.join(words)}.")


def way_back(path: Mapping[str, str | None], findings: Mapping[str, Sequence[str]]) -> Picture:
    """The way back as a tree, once for every finding: what is wrong, and the step at which that must have begun.

    path: each gradient to the one it is made from (None for the first). findings: title to the names that are wrong, of the
    last gradients in the tree. A gradient that is used by nothing but wrong ones is a suspect.
    """
    depth: dict[str, int] = {}
    for name, before in path.items():
        depth[name] = 0 if before is None else depth[before] + 1
    leaves = [name for name in path if name not in path.values()]
    step, wide, gap = 118, 92, 46
    panel = (max(depth.values()) + 1) * step + 30
    alt, canvas = [], Canvas(len(findings) * panel + 20, 66 + len(leaves) * gap + 34, "")
    for place, (title, wrong) in enumerate(findings.items()):
        bad = {name for name in path if all(leaf in wrong for leaf in leaves if name in _line(path, leaf))}
        begun = [name for name in path if name in bad and path[name] not in bad and path[name] is not None]
        begun = begun or [name for name in path if path[name] in bad and path[path[name]] is None]
        x0 = 20 + place * panel
        canvas.text(x0 + panel / 2 - 15, 28, title, bold=True)
        height = {leaf: 62 + gap * (line + 0.5) for line, leaf in enumerate(leaves)}
        for name in sorted(path, key=lambda one: -depth[one]):
            if name not in height:
                children = [height[one] for one in path if path[one] == name]
                height[name] = sum(children) / len(children)
        right = {name: x0 + panel - 40 - depth[name] * step for name in path}
        for name, before in path.items():
            if before is not None:
                canvas.line(
                    right[before] - wide,
                    height[before],
                    right[name] + 3,
                    height[name],
                    colour=GRADIENT,
                    width=1.6,
                    arrow=True,
                )
        for name in path:
            suspect, ill = name in begun, name in wrong
            fill = SOFT["red"] if ill else SOFT["green"] if name in leaves else "white"
            canvas.box(right[name] - wide, height[name] - 16, wide, 32, fill=fill, line=3 if suspect else 1)
            mark = f" {TIMES}" if ill else " \N{CHECK MARK}" if name in leaves else ""
            canvas.text(right[name] - wide / 2, height[name] + 5, name + mark, size=13, bold=suspect)
        alt.append(f"{title}: wrong are {', '.join(wrong)}; it must have begun where {' or '.join(begun)} is made.")
    canvas.text(
        20,
        66 + len(leaves) * gap + 20,
        f"{TIMES} wrong;   \N{CHECK MARK} agrees;   thick frame: made by the line to read first",
        size=12,
        anchor="start",
        colour=QUIET,
    )
    canvas.alt = "The way back as a tree, from right to left. " + " ".join(alt)
    return canvas.picture()


def _line(path: Mapping[str, str | None], name: str) -> list[str]:
    """A gradient and everything it is made from."""
    found: list[str] = []
    while name is not None:
        found += [name]
        name = path[name]
    return found
