"""Figures of 00-start-here: the cells of an exercise, and the map of the course."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from course.picture import ACCENT, FORWARD, GRADIENT, INK, QUIET, SOFT, Canvas, Picture
from course.probes import CHAPTERS, chapters_here

ALL_PARTS = (
    ("One number at a time", ("00", "01", "02", "03", "04")),
    ("Many at once", ("05", "06", "07")),
    ("A network that learns", ("08", "09", "10")),
    ("Mend it, then automate it", ("11", "12")),
    ("Going on: arrays, depth, attention", ("13", "14", "15")),
)
PART_OF = {("11",): "Mend it", ("12",): "Automate it"}  # what a part is called that lacks some of its chapters
TITLES = {
    "00": ("start here", "how this works"),
    "01": ("slopes", "nudge and look"),
    "02": ("gates", "the chain rule, drawn"),
    "03": ("neuron", "forward and back"),
    "04": ("loss", "how wrong, and down"),
    "05": ("layer", "several neurons"),
    "06": ("batch", "many samples"),
    "07": ("relu", "gates on a grid"),
    "08": ("network", "layers that remember"),
    "09": ("softmax", "scores into a loss"),
    "10": ("training", "the whole loop"),
    "11": ("clinic", "find the wrong line"),
    "12": ("autograd", "let the machine do it"),
    "13": ("arrays", "whole arrays at once"),
    "14": ("deep", "skips and norms"),
    "15": ("attention", "rows look at rows"),
}


def parts_of(chapters: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The parts of a course of these chapters, each with its chapters' numbers; a part without any is none."""
    here, declared = {name[:2] for name in chapters}, {name[:2] for name in CHAPTERS}
    found = []
    for title, numbers in ALL_PARTS:
        if own := tuple(one for one in numbers if one in here):
            whole = set(own) == declared & set(numbers)
            found.append((title if whole else PART_OF.get(own, title.split(":")[0]), own))
    return found


def exercise_cells(
    prompt: str, stub: Sequence[str], free: str, check: str, passed: str, hint: Sequence[str]
) -> Picture:
    """The four cells of an exercise and the verdict, stacked; an arrow from stub to check, one from the hint back.

    prompt, free, check, passed: the text of that cell. stub, hint: their lines; code is indented by leading spaces.
    """
    left, right, line = 158, 558, 20  # edges of the cells, height of a line of text
    alt = (
        "Four cells of an exercise and a verdict, from top to bottom. Prompt: what is wanted. Stub: you fill it in. "
        "Free cell: try anything. Check: you run it. Verdict: passed, or a hint. An arrow leads from the stub to the check, and "
        "another from the hint back to the stub."
    )
    rows = [
        ("prompt", "says what is wanted", [prompt], False),
        ("stub", "you fill it in", list(stub), True),
        ("free cell", "try anything here", [free], True),
        ("check", "run it, leave it as it is", [check], True),
    ]
    canvas = Canvas(816, 20 + sum(len(row[2]) * line + 36 for row in rows) + line * len(hint) + 90, alt)
    y, middle = 20.0, {}
    for name, role, lines, code in rows:
        height = len(lines) * line + 22
        _label(canvas, name, role, y + height / 2)
        canvas.box(left, y, right - left, height, fill=SOFT["grey"] if code else "white", colour=INK)
        _lines(canvas, left + 16, y + 27, lines, line, code=code)
        middle[name] = y + height / 2
        y += height + 14
    _label(canvas, "verdict", "passed, or one hint", y + (line * len(hint) + 64) / 2)
    canvas.box(left, y, right - left, 34, fill=SOFT["green"], colour=FORWARD)
    _lines(canvas, left + 16, y + 22, [passed], line, colour=FORWARD)
    y += 44
    height = len(hint) * line + 20
    canvas.box(left, y, right - left, height, fill=SOFT["red"], colour=GRADIENT)
    _lines(canvas, left + 16, y + 26, hint, line, colour=GRADIENT)

    check_in, hint_out = middle["check"], y + height / 2
    inner, outer = right + 34, right + 130
    canvas.path(_detour(right, middle["stub"] + 12, inner, check_in), colour=ACCENT, width=2, arrow=True)
    _lines(canvas, inner + 8, (middle["stub"] + check_in) / 2 + 8, ["your", "function"], 16, colour=ACCENT, size=13)
    canvas.path(_detour(right, hint_out, outer, middle["stub"] - 12), colour=GRADIENT, width=2, dashed=True, arrow=True)
    words = ["think again,", "mend the stub,", "run both"]
    _lines(canvas, outer + 8, (middle["stub"] + hint_out) / 2 - 8, words, 16, colour=GRADIENT, size=13)
    return canvas.picture()


def course_map(ready: Collection[str] | None = None, chapters: Collection[str] | None = None) -> Picture:
    """The chapters in their parts; those in `ready` drawn solid, the others dashed and marked "to come".

    chapters : of the course, by folder name ("06-batch"); by default those this copy of the course has.
    ready : by number or folder name; by default all of them.
    """
    chapters = chapters_here() if chapters is None else chapters
    numbers = {name[:2] for name in (chapters if ready is None else ready)}
    parts = parts_of(chapters)
    width, height, gap, row_height = 138, 68, 22, 112
    everything = [number for _, within in parts for number in within]
    here = [f"{number} {TITLES[number][0]}" for number in everything if number in numbers]
    later = [f"{number} {TITLES[number][0]}" for number in everything if number not in numbers]
    alt = f"Map of the course, {len(everything)} chapters in {len(parts)} parts. Here now: {', '.join(here)}."
    if later:
        alt += f" Still to come: {', '.join(later)}."
    canvas = Canvas(40 + 5 * width + 4 * gap, 16 + row_height * len(parts), alt)
    for row, (heading, within) in enumerate(parts):
        y = 16 + row * row_height
        canvas.text(20, y + 16, heading, size=14, anchor="start", bold=True)
        for column, number in enumerate(within):
            x = 20 + column * (width + gap)
            _card(canvas, x, y + 26, width, height, number, number in numbers)
            if column:
                canvas.line(x - gap + 3, y + 26 + height / 2, x - 3, y + 26 + height / 2, arrow=True)
    return canvas.picture()


def _card(canvas: Canvas, x: float, y: float, width: float, height: float, number: str, ready: bool) -> None:
    title, about = TITLES[number]
    canvas.box(
        x,
        y,
        width,
        height,
        fill=SOFT["blue"] if ready else "none",
        colour=ACCENT if ready else QUIET,
        line=2 if ready else 1.2,
        dashed=not ready,
    )
    canvas.text(x + 10, y + 24, f"{number} {title}", anchor="start", bold=ready, colour=INK if ready else QUIET)
    canvas.text(x + 10, y + 43, about, size=11, anchor="start", colour=INK if ready else QUIET)
    if not ready:
        canvas.text(x + 10, y + 59, "to come", size=11, anchor="start", colour=QUIET, italic=True)


def _label(canvas: Canvas, name: str, role: str, y: float) -> None:
    canvas.text(146, y - 2, name, anchor="end", bold=True)
    canvas.text(146, y + 14, role, size=11, anchor="end", colour=QUIET)


def _lines(canvas: Canvas, x, y, lines: Sequence[str], step, *, code=False, colour=INK, size=14) -> None:
    """Lines of text from x on; SVG drops leading spaces, so an indent moves the line instead."""
    for number, words in enumerate(lines):
        indent = (len(words) - len(words.lstrip())) * 0.6 * size
        canvas.text(x + indent, y + number * step, words.lstrip(), anchor="start", code=code, colour=colour, size=size)


def _detour(x, start, far, end) -> str:
    """A path from (x, start) out to `far` and back to (x, end), with round corners."""
    r = 10 if end > start else -10
    return f"M{x} {start}H{far - 10}Q{far} {start} {far} {start + r}V{end - r}Q{far} {end} {far - 10} {end}H{x + 2}"
