"""The picture in README: what one lesson and its exercise look like, on one page.

python -m course.figures.lesson     writes course/figures/lesson.svg again
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from course import cases
from course.figures.neuron import neuron_graph
from course.hint import wrap
from course.picture import ACCENT, EDGE, FORWARD, GRADIENT, INK, QUIET, SOFT, Canvas, Picture

STORED = Path(__file__).with_name("lesson.svg")
CHAPTER, EXERCISE, PART, MISTAKE = "03-neuron", "neuron_backward", "dw", "x-and-w-exchanged"

WIDTH, MARGIN, LINE = 860, 34, 20  # of the page; of a line of text
LARGEST = 0.88  # of its own size: how a drawing is set
DEFS = re.compile(r"<defs>.*?</defs>\n?", re.DOTALL)
CARD_RECT = re.compile(r'<rect x="0\.5" y="0\.5"[^>]*/>\n?')


def lesson_page(
    heading: str,
    question: Sequence[str],
    graph: Picture,
    formula: Sequence[str],
    stub: Sequence[str],
    hint: Sequence[str],
    passed: str,
) -> Picture:
    """A lesson from top to bottom: heading, question, drawing, formula; then the exercise: stub, a hint, and a pass.

    question, stub, hint: their lines, code indented by leading spaces. formula: formulas, set side by side.
    """
    drawing_width, drawing_height = _size(graph)
    scale = min(LARGEST, (WIDTH - 2 * MARGIN) / drawing_width)
    drawing_top = 58 + 26 * len(question)
    formula_top = drawing_top + scale * drawing_height + 24
    stub_top = formula_top + 28
    stub_height = LINE * len(stub) + 22
    hint_top = stub_top + stub_height + 12
    hint_height = LINE * len(hint) + 18
    passed_top = hint_top + hint_height + 12
    alt = (
        f"A lesson. {heading}. {' '.join(question)} Below it a drawing. {graph.alt} Then the formulas "
        f"{'; '.join(formula)}. Then an exercise: the stub {' '.join(line.strip() for line in stub)}. "
        f"A first try earns a hint: {' '.join(hint)} A second one: {passed}."
    )
    canvas = Canvas(WIDTH, passed_top + 34 + MARGIN - 8, alt)
    canvas.text(MARGIN, 40, heading, anchor="start", size=13, colour=QUIET, bold=True)
    for i, line in enumerate(question):
        canvas.text(MARGIN, 72 + 26 * i, line, anchor="start", size=19, bold=True)
    inner, left = WIDTH - 2 * MARGIN, MARGIN + 16
    for i, words in enumerate(formula):
        canvas.text(MARGIN + inner * (i + 0.5) / len(formula), formula_top, words, size=16, colour=ACCENT)
    canvas.box(MARGIN, stub_top, inner, stub_height, fill=SOFT["grey"], colour=EDGE)
    _lines(canvas, left, stub_top + 26, stub, INK, code=True)
    canvas.box(MARGIN, hint_top, inner, hint_height, fill=SOFT["red"], colour=GRADIENT)
    _lines(canvas, left, hint_top + 24, hint, GRADIENT)
    canvas.box(MARGIN, passed_top, inner, 34, fill=SOFT["green"], colour=FORWARD)
    _lines(canvas, left, passed_top + 22, [passed], FORWARD)
    for top, words in ((stub_top, "you write"), (hint_top, "first try"), (passed_top, "second try")):
        canvas.text(WIDTH - MARGIN - 14, top + 22, words, size=12, anchor="end", colour=QUIET, italic=True)
    page = canvas.picture()
    return Picture(_with(page.svg, graph.svg, (WIDTH - scale * drawing_width) / 2, drawing_top, scale), alt)


def readme_picture() -> Picture:
    """Lesson 03 on its own numbers, with the words that `check` says to a first wrong try."""
    known = next(one for one in cases.public(CHAPTER, EXERCISE).mistakes if one.name == MISTAKE)
    title = MISTAKE.replace("-", " ")
    said = [f'{EXERCISE}: this looks like a known mistake, "{title}".', known.hints[0]]
    return lesson_page(
        heading="Lesson 03: one neuron",
        question=[
            "This neuron says 6. You may turn one knob by 0.01 to bring it down.",
            "Which one, which way, and how far will it fall?",
        ],
        graph=neuron_graph([1.0, -2.0, 3.0], [-3.0, -1.0, 2.0], 1.0),
        formula=["dx = dvalue [z > 0] w", "dw = dvalue [z > 0] x", "db = dvalue [z > 0]"],
        stub=[
            f"def {EXERCISE}(dvalue, x, w, z):",
            "    # how much of dvalue gets back through the ReLU?",
            "    # in the product x_i w_i, what is the slope for x_i, and what for w_i?",
            "    # how far does z move when b rises by one?",
            "    # your answer here",
            f'check({EXERCISE}, "{PART}")',
        ],
        hint=[part for line in said for part in wrap(line)],
        passed=f"passed: {EXERCISE}, {PART}",
    )


def _lines(canvas: Canvas, x: float, y: float, lines: Sequence[str], colour: str, code: bool = False) -> None:
    """Lines of text from x on; SVG drops leading spaces, so an indent moves the line instead."""
    for i, words in enumerate(lines):
        indent = 8.4 * (len(words) - len(words.lstrip()))
        canvas.text(x + indent, y + LINE * i, words.lstrip(), anchor="start", colour=colour, code=code)


def _size(picture: Picture) -> tuple[float, float]:
    """Width and height of a drawing."""
    _, _, width, height = re.search(r'viewBox="([^"]+)"', picture.svg).group(1).split()
    return float(width), float(height)


def _with(page: str, drawing: str, x: float, y: float, scale: float) -> str:
    """The page with a drawing in it, without the drawing's card and definitions: the page has its own."""
    start, end = drawing.index(">") + 1, drawing.rindex("</svg>")
    marks = CARD_RECT.sub("", DEFS.sub("", drawing[start:end]), count=1).strip()
    place = f'<g transform="translate({x:.1f} {y:.1f}) scale({scale:.3f})">\n{marks}\n</g>'
    return page.replace("\n</svg>", f"\n{place}\n</svg>")


if __name__ == "__main__":
    STORED.write_text(readme_picture().svg, encoding="utf-8", newline="\n")
    print(f"wrote {STORED.name}")
