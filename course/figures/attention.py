"""Figures of lesson 15: whom a query listens to, and whom the places of a word look at while a net learns to say it backward.

The net's numbers are stored, since training takes longer than a reader waits; the instructor's side works them out again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from course.picture import FORWARD, GRADIENT, INK, QUIET, SOFT, Canvas, Picture, number, signed

STORED = Path(__file__).parent.parent / "static" / "speaker.json"
CELL = 34


@cache
def speaker() -> dict:
    """What was noted of the net that says words backward: how trainings went, and its maps."""
    return json.loads(STORED.read_text(encoding="utf-8"))


def map_picture(weights: Sequence[Sequence[float]], word: str, says: str, title: str) -> Picture:
    """Whom each place from the separator on looks at.

    weights : (8, 16), a row a place, rows adding up to 1. word : what is read. says : what the net says with its own letters.
    """
    read = [*word, "|", *word[::-1][:-1]]
    rows = ["|", *word[::-1][:-1]]
    strongest = [max(range(len(row)), key=row.__getitem__) for row in weights]
    described = "; ".join(
        f"saying letter {place + 1}: place {best} ({read[best]}), {number(row[best], 2)}"
        for place, (row, best) in enumerate(zip(weights, strongest, strict=True))
    )
    alt = f"{title}. It reads {word} and says {says}. Rows look most at: {described}."
    canvas = Canvas(150 + CELL * len(read), 150 + CELL * len(rows), alt)
    canvas.text(24, 32, title, anchor="start", bold=True, size=17)
    left, top = 110, 92
    canvas.text(left - 12, top - 12, "looks at", anchor="end", size=13, colour=QUIET)
    for column, letter in enumerate(read):
        canvas.text(
            left + CELL * (column + 0.5), top - 12, letter, size=17, code=True, colour=INK if column < 8 else QUIET
        )
    for place, (row, best) in enumerate(zip(weights, strongest, strict=True)):
        y = top + CELL * place
        canvas.text(left - 40, y + 23, rows[place], size=17, code=True, colour=QUIET)
        canvas.text(left - 18, y + 23, "\N{RIGHTWARDS ARROW}", size=14, colour=QUIET)
        for column, weight in enumerate(row):
            x = left + CELL * column
            canvas.box(x, y, CELL, CELL, fill=_tint(weight), radius=0, line=1)
            if weight >= 0.1:
                colour = "#ffffff" if weight > 0.55 else INK
                canvas.text(
                    x + CELL / 2,
                    y + 22,
                    number(weight, 2).removeprefix("0"),
                    size=11,
                    colour=colour,
                    bold=column == best,
                )
        right = says[place] == word[::-1][place]
        canvas.text(left + CELL * len(read) + 20, y + 23, says[place], size=17, code=True, bold=True, underline=not right,
                    colour=FORWARD if right else GRADIENT)  # fmt: skip
    canvas.text(24, top + CELL * len(rows) + 36, f"reads {word}, says {says}", anchor="start", size=15)
    return canvas.picture()


def _tint(weight: float) -> str:
    """From the card's own colour to a dark blue."""
    ends = (255, 253, 248), (29, 95, 168)
    return "#" + "".join(f"{round(a + (b - a) * weight):02x}" for a, b in zip(*ends, strict=True))


def stored_maps() -> Callable[[float, str, str], Picture]:
    """The map of a word after so many steps, with or without a mask in training: what `play` draws."""

    def draw(step: float, word: str, mask: str) -> Picture:
        film = speaker()["film"]["mask" if mask == "on" else "no mask"]
        frame = round(step / 10)
        one = film["frames"][word][frame]
        return map_picture(
            one["weights"],
            word,
            one["says"],
            f"mask {mask}, after {10 * frame} steps: loss {film['losses'][frame]:.3f}",
        )

    return draw


def film_words() -> list[str]:
    """The words of which there are maps."""
    return list(speaker()["film"]["mask"]["frames"])


# ---------------------------------------------------------------- one row


def one_row(shares: Callable[[Sequence[Sequence[float]]], object]) -> Callable[..., Picture]:
    """Three keys whose scores and values are moved: what `play` draws. shares: rows of scores to rows of weights."""

    def draw(**moved: float) -> Picture:
        scores, values = ([moved[f"{what}_{key}"] for key in range(3)] for what in ("score", "value"))
        weights = [float(one) for one in shares([scores])[0]]
        return row_picture(scores, values, weights)

    return draw


def row_picture(scores: Sequence[float], values: Sequence[float], weights: Sequence[float]) -> Picture:
    """One query's three keys: weights as the widths of bars as high as their values, the mean as a line, pushes as arrows."""
    mean = sum(w * v for w, v in zip(weights, values, strict=True))
    pushes = [w * (v - mean) for w, v in zip(weights, values, strict=True)]
    described = "; ".join(
        f"key {key}: score {number(s, 2)}, weight {number(w, 3)}, value {number(v, 2)}, push {number(p, 3)}"
        for key, (s, w, v, p) in enumerate(zip(scores, weights, values, pushes, strict=True))
    )
    alt = f"One query and three keys. {described}. The output is the weighted mean, {number(mean, 3)}; pushes add up to 0."
    canvas = Canvas(760, 420, alt)
    left, width, floor, unit = 50.0, 400.0, 260.0, 36.0

    def height(value):
        return floor - unit * value

    x = left
    for key, (w, v) in enumerate(zip(weights, values, strict=True)):
        wide = width * w
        canvas.box(
            x,
            min(height(v), floor),
            wide,
            max(abs(height(v) - floor), 1),
            fill=SOFT[("blue", "green", "yellow")[key]],
            radius=0,
        )
        if wide > 24:
            canvas.text(x + wide / 2, floor + 18 if v >= 0 else floor - 8, number(v, 2), size=14)
        x += wide
    canvas.line(left - 10, floor, left + width + 10, floor, colour=QUIET)
    canvas.line(left - 10, height(mean), left + width + 10, height(mean), dashed=True, colour=FORWARD)
    canvas.text(left + width + 14, height(mean) + 5, f"mean {number(mean, 3)}", anchor="start", colour=FORWARD, size=14)
    canvas.text(left, 32, "width: weight, height: value", anchor="start", size=14, colour=QUIET)
    for key, (s, w, p) in enumerate(zip(scores, weights, pushes, strict=True)):
        row = 330 + 28 * key
        canvas.box(left, row - 13, 16, 16, fill=SOFT[("blue", "green", "yellow")[key]], radius=0, line=1)
        canvas.text(left + 26, row, f"key {key}: score {number(s, 2)}, weight", anchor="start", size=14)
        canvas.text(left + 212, row, number(w, 3), anchor="start", size=14, colour=FORWARD, bold=True)
        canvas.text(left + 300, row, "score hears", anchor="start", size=14)
        canvas.text(
            left + 396, row, signed(round(p, 3)), anchor="start", size=14, colour=GRADIENT, bold=True, underline=True
        )
        middle = 620.0
        if abs(p) > 0.004:
            canvas.line(
                middle,
                row - 5,
                middle + max(-110.0, min(110.0, 90 * p)),
                row - 5,
                colour=GRADIENT,
                width=2.5,
                arrow=True,
            )
        canvas.line(middle, row - 14, middle, row + 4, colour=QUIET)
    return canvas.picture()
