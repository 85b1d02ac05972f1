"""The report's pictures: drawn by matplotlib as SVG that stands in the page and takes its colours, with a sentence for each."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Sequence

import matplotlib

matplotlib.use("svg")

from matplotlib.figure import Figure

from autograder.classroom.figures import ChapterFigures, Question

# What is drawn in these colours becomes the page's own: light, dark, or paper.
INK, SOFT = "#010203", "#020304"
RIGHT, MISTAKE, OTHER, EMPTY = "#030405", "#040506", "#050607", "#060708"
PAGE = {INK: "--ink", SOFT: "--soft", RIGHT: "--right", MISTAKE: "--mistake", OTHER: "--other", EMPTY: "--empty"}
BARS = 15  # at most, in a histogram
STYLE = {"svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10, "hatch.linewidth": 0.8}
UNUSED_ID = re.compile(r' id="[A-Za-z0-9.]+_\d+"')  # figure_1, patch_2: the same in every picture of a page
LABELS = ("right", "known mistake", "otherwise wrong", "empty")


def marks_histogram(chapter: ChapterFigures) -> str:
    """How many hand-ins have how many points."""
    marks, top = list(chapter.marks.values()), max(chapter.maximum, 1.0)
    step = max(1, round(top / BARS))
    edges = list(range(0, int(top) + step, step))
    counts = [sum(low <= mark < low + step for mark in marks) for low in edges]
    with matplotlib.rc_context(STYLE | {"svg.hashsalt": f"marks {chapter.name}"}):
        figure = Figure(figsize=(6.4, 2.3), layout="constrained")
        axes = figure.subplots()
        axes.bar(edges, counts, width=0.82 * step, color=RIGHT, edgecolor=INK, linewidth=0.6)
        for low, count in zip(edges, counts, strict=True):
            if count:
                axes.annotate(
                    str(count), (low, count), (0, 2), textcoords="offset points", ha="center", color=INK, fontsize=9
                )
        axes.set_xticks(edges, [_bin(low, step, top) for low in edges])
        axes.set_xlabel(f"points, of {chapter.maximum:g}", color=INK)
        axes.set_ylabel("hand-ins", color=INK)
        axes.set_ylim(0, max([*counts, 1]) * 1.18)
        _quiet(axes)
        described = ", ".join(
            f"{_bin(low, step, top)}: {count}" for low, count in zip(edges, counts, strict=True) if count
        )
        return _svg(figure, f"Histogram of the marks in {chapter.name}. Points and hand-ins: {described or 'none'}.")


def answers_chart(chapter: str, questions: Sequence[Question]) -> str:
    """What share of the hand-ins is right, a known mistake, otherwise wrong, or empty, exercise by exercise."""
    shares = [answer_counts(one) for one in questions]
    with matplotlib.rc_context(STYLE | {"svg.hashsalt": f"answers {chapter}"}):
        figure = Figure(figsize=(7.2, 0.85 + 0.33 * len(questions)), layout="constrained")
        axes = figure.subplots()
        left = [0.0] * len(questions)
        for part, (colour, hatch) in enumerate(((RIGHT, ""), (MISTAKE, "///"), (OTHER, "\\\\\\"), (EMPTY, ""))):
            widths = [100 * counts[part] / max(sum(counts), 1) for counts in shares]
            names = [one.name for one in questions]
            axes.barh(
                names, widths, left=left, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.6, height=0.7,
                label=LABELS[part],
            )  # fmt: skip
            left = [a + b for a, b in zip(left, widths, strict=True)]
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.set_xlabel("per cent of the hand-ins", color=INK)
        axes.set_yticks(range(len(questions)), [one.name for one in questions])
        _quiet(axes)
        figure.legend(loc="outside upper center", ncols=4, frameon=False, labelcolor=INK, fontsize=9)
        described = "; ".join(
            f"{one.name}: "
            + ", ".join(f"{count} {label}" for count, label in zip(counts, LABELS, strict=True) if count)
            for one, counts in zip(questions, shares, strict=True)
        )
        return _svg(figure, f"Bars of the answers in {chapter}. {described}.")


def answer_counts(question: Question) -> tuple[int, int, int, int]:
    """Hand-ins by what an exercise's answer was, each counted once: right, a known mistake, otherwise wrong, empty."""
    known = {student for name in question.mistakes for student in question.holders[name]}
    other = question.handed_in - question.right - question.empty - len(known)
    return question.right, len(known), other, question.empty


def _bin(low: int, step: int, top: float) -> str:
    high = min(low + step - 1, int(top))
    return f"{low}" if high <= low else f"{low}–{high}"


def _quiet(axes) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(SOFT)
    axes.tick_params(colors=INK, which="both")
    axes.yaxis.get_major_locator().set_params(integer=True) if axes.get_ylabel() else None


def _svg(figure: Figure, alt: str) -> str:
    """The figure as an element of the page, with its words for those who cannot see it."""
    text = io.StringIO()
    figure.savefig(text, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    drawn = text.getvalue()
    drawn = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>", "", drawn[drawn.index("<svg") :], flags=re.DOTALL)
    drawn = UNUSED_ID.sub("", drawn)
    for colour, name in PAGE.items():
        drawn = drawn.replace(colour, f"var({name})")
    return drawn.replace("<svg", f'<svg role="img" aria-label="{html.escape(alt, quote=True)}"', 1)
