"""`progress()`: which checks pass so far, read from what the notebooks in your folder have saved. It runs nothing."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from course.checksums import checksum
from course.exchange import EXCHANGE, EXERCISES
from course.hint import ON_GREEN, Hint
from course.picture import INK, SOFT
from course.probes import CHAPTERS, chapters_here

FOLDERS = (EXERCISES, "work")  # a student's own copies: in the student edition, in the instructor's
PASSED, FAILED, TO_DO = "passed", "not yet right", "to do"
SIGNS = {PASSED: "\N{CHECK MARK}", FAILED: "\N{BALLOT X}", TO_DO: "\N{MIDDLE DOT}"}  # readable without colour
FILLS = {PASSED: SOFT["green"], FAILED: SOFT["red"], TO_DO: SOFT["grey"]}
EMPTY = ("not filled in yet", "not answered yet")  # what `check` says of a cell that nobody has written in
UNWRITTEN = "NotImplementedError"  # what a stub raises that nbgrader wrote
CHECKED = re.compile(r"\bcheck\(")
UNCHECKED = ("paste-your-own",)  # cells for answers that have their checks in a chapter before
FETCH = "menu Nbgrader, Assignment List, Fetch"
SAVED = "Read from the saved notebooks: run the checks and save (Ctrl+S) first."


@dataclass(frozen=True)
class Check:
    """One test cell: its name without "test-", its points, and its verdict as last saved."""

    name: str
    points: float
    verdict: str


@dataclass(frozen=True)
class Chapter:
    """The checks of one notebook; `trouble` if it is missing or cannot be read."""

    name: str
    path: Path
    checks: tuple[Check, ...] = ()
    written: float = 0  # points of written answers, which a person marks
    missing: tuple[str, ...] = ()  # answers whose test cell is gone
    untouched: bool = False  # every answer is as it was handed out
    trouble: str = ""

    def count(self, verdict: str) -> int:
        return sum(check.verdict == verdict for check in self.checks)

    @property
    def points(self) -> float:
        return sum(check.points for check in self.checks if check.verdict == PASSED)

    @property
    def possible(self) -> float:
        return sum(check.points for check in self.checks)

    @property
    def begun(self) -> bool:
        return self.count(TO_DO) < len(self.checks)

    @property
    def finished(self) -> bool:
        return self.count(PASSED) == len(self.checks) and not self.missing


@dataclass(frozen=True)
class Progress:
    """All chapters of a folder. Shows itself as a table; `print` gives it as text."""

    folder: Path
    chapters: tuple[Chapter, ...]

    @property
    def next(self) -> Chapter | None:
        """The chapter to go on with: one that is begun, else the one after the last that is done, else the first left."""
        left = [chapter for chapter in self.chapters if chapter.checks and not chapter.finished]
        begun = [chapter for chapter in left if chapter.begun]
        done = [chapter.name for chapter in self.chapters if chapter.checks and chapter.finished]
        later = [chapter for chapter in left if done and chapter.name > done[-1]]
        return next(iter(begun or later or left), None)

    def __str__(self) -> str:
        rows = [self._row(chapter) for chapter in self.chapters]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        return "\n".join([*lines, _legend(), self._advice(), *self._corrected, SAVED])

    def _repr_mimebundle_(self, include=None, exclude=None):
        head = "".join(_cell("th", html.escape(title)) for title in ("chapter", "checks", "", "points"))
        body = ""
        for chapter in self.chapters:
            name, _, counted, points = (html.escape(cell) for cell in self._row(chapter))
            cells = (name, _boxes(chapter), counted, points)
            body += f"<tr>{''.join(_cell('td', cell) for cell in cells)}</tr>"
        text = "<br>".join(html.escape(line) for line in (_legend(), self._advice(), *self._corrected, SAVED))
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{text}</p>"
        return {"text/html": table, "text/plain": str(self)}

    @cached_property
    def _corrected(self) -> list[str]:
        """A line for each copy that is made from an earlier release."""
        from course.corrected import corrections, handed_out  # which looks for the folder as this module does

        found = corrections(self.folder, handed_out(from_exchange=EXCHANGE in os.environ))
        how = ["To carry your answers into the new one, close it and run in a terminal: python -m course.corrected"]
        return [*map(str, found), *(how if found else [])]

    def _row(self, chapter: Chapter) -> tuple[str, str, str, str]:
        bar = "".join(SIGNS[check.verdict] for check in chapter.checks)
        if chapter.trouble:
            return chapter.name, bar, chapter.trouble, ""
        written = f", and {chapter.written:g} for a written answer" if chapter.written else ""
        counted = "untouched" if chapter.untouched else f"{chapter.count(PASSED)} of {len(chapter.checks)} pass"
        missing = f"; no check for {', '.join(chapter.missing)}" if chapter.missing else ""
        return (
            chapter.name,
            bar,
            f"{counted}{missing}",
            f"{chapter.points:g} of {chapter.possible:g} points{written}"
            if chapter.possible
            else "points are not known here",
        )

    def _advice(self) -> str:
        chapter = self.next
        if chapter is None:
            return "Every check here passes."
        check = next((check for check in chapter.checks if check.verdict != PASSED), None)
        if check is None:
            where = _shown(chapter.path, self.folder)
            return f"In {where} the check of {chapter.missing[0]} was deleted: take the cell from a fresh copy."
        return f"Go on with {chapter.name}: the next check is {check.name}, in {_shown(chapter.path, self.folder)}."


def progress(folder: str | Path | None = None) -> Progress:
    """Which checks pass so far, chapter by chapter, and where to go on.

    folder : where your copies are; without it, `exercises` or `work` in this folder or in one above it.
    """
    found = find_folder(Path.cwd()) if folder is None else Path(folder)
    if found is None and os.environ.get(EXCHANGE):
        raise Hint(f"progress: no exercise is fetched yet ({FETCH}).")
    if found is None or not found.is_dir():
        what = "no folder with your exercises here or above" if folder is None else f"no folder {folder}"
        raise Hint(f'progress: there is {what}. Name the folder with your copies, as in progress("exercises").')
    chapters = tuple(read_chapter(name, found) for name in chapters_here())
    if not any(chapter.path.exists() for chapter in chapters):
        first = notebook_name(chapters_here()[0])
        raise Hint(f"progress: no notebook of this course is in {found}. The first would be {found / first}.")
    return Progress(found, (*chapters, *own_assignments(found)))


def find_folder(start: Path) -> Path | None:
    """The nearest folder of exercises, from `start` upwards."""
    for above in (start, *start.parents):
        for name in FOLDERS:
            if any((above / name / notebook_name(chapter)).is_file() for chapter in CHAPTERS):
                return above / name
    return None


def notebook_name(chapter: str) -> str:
    """06-batch/batch.ipynb."""
    return f"{chapter}/{chapter.split('-', 1)[1]}.ipynb"


def own_assignments(folder: Path) -> Iterator[Chapter]:
    """What else a teacher handed out beside the chapters: the notebooks with cells that nbgrader marks, by their folders' names."""
    for path in sorted(folder.glob("*/*.ipynb")):
        if path.parent.name not in CHAPTERS:
            alone = len(list(path.parent.glob("*.ipynb"))) == 1
            found = read_notebook(path.parent.name if alone else f"{path.parent.name}/{path.stem}", path)
            if found.checks or found.written:
                yield replace(
                    found, missing=(), trouble=""
                )  # how answers and checks are named there is the teacher's affair


def read_chapter(name: str, folder: Path) -> Chapter:
    """What the notebook of a chapter says."""
    return read_notebook(name, folder / notebook_name(name))


def read_notebook(name: str, path: Path) -> Chapter:
    """What one notebook says; whatever is wrong with the file ends up in `trouble`."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        graded = list(_graded_cells(notebook))
    except FileNotFoundError:
        return Chapter(name, path, trouble="not fetched yet" if os.environ.get(EXCHANGE) else "not here")
    except (OSError, ValueError, RecursionError):
        return Chapter(name, path, trouble="cannot be read")
    checks = tuple(
        Check(cell_id.removeprefix("test-"), points, verdict(cell))
        for cell_id, points, cell in graded
        if cell.get("cell_type") == "code"
    )
    written = sum(points for _, points, cell in graded if cell.get("cell_type") == "markdown")
    missing = tuple(_unchecked(notebook, [check.name for check in checks]))
    return Chapter(name, path, checks, written, missing, _untouched(notebook), "" if checks else "no checks in it")


def verdict(cell: dict) -> str:
    """What a test cell said when it was run last."""
    outputs = [output for output in _list(cell.get("outputs")) if isinstance(output, dict)]
    errors = [output for output in outputs if output.get("output_type") == "error"]
    if errors:
        empty = any(text in str(errors[-1].get("evalue")) for text in EMPTY) or errors[-1].get("ename") == UNWRITTEN
        return TO_DO if empty else FAILED
    if not CHECKED.search(_text(cell.get("source"))):  # asserts of a teacher's own say nothing where they hold
        return PASSED if cell.get("execution_count") else TO_DO
    said = "".join(_text(output.get("text")) for output in outputs if output.get("output_type") == "stream")
    return PASSED if any(line.removeprefix(ON_GREEN).startswith("passed: ") for line in said.splitlines()) else TO_DO


def _graded_cells(notebook) -> Iterator[tuple[str, float, dict]]:
    """(id, points, cell) of the cells that nbgrader marks, as far as the file makes sense."""
    for mark, cell in _known_cells(notebook):
        if mark.get("grade"):
            yield str(mark.get("grade_id", "")), _number(mark.get("points")), cell


def _unchecked(notebook, checks: list[str]) -> Iterator[str]:
    """The answers to which no check belongs: `dense-backward` has the check `dense-backward` or `dense-backward-dw`."""
    for mark, cell in _known_cells(notebook):
        answer = str(mark.get("grade_id", ""))
        asked = mark.get("solution") and not mark.get("grade") and cell.get("cell_type") == "code"
        checked = any(check == answer or check.startswith(f"{answer}-") for check in checks)
        if asked and not checked and answer not in UNCHECKED:
            yield answer


def _untouched(notebook) -> bool:
    """True if every answer still has the checksum with which nbgrader handed it out."""
    answers = [
        mark.get("checksum") == checksum(cell, mark)
        for mark, cell in _known_cells(notebook)
        if mark.get("solution") and mark.get("grade_id") not in UNCHECKED
    ]
    return bool(answers) and all(answers)


def _known_cells(notebook) -> Iterator[tuple[dict, dict]]:
    """(nbgrader's metadata, cell) of the cells that have any."""
    for cell in _list(notebook.get("cells") if isinstance(notebook, dict) else None):
        metadata = cell.get("metadata") if isinstance(cell, dict) else None
        mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
        name = cell.get("id") if isinstance(cell, dict) else None
        if isinstance(mark, dict):
            yield mark, cell
        elif isinstance(name, str) and name.startswith("test-"):
            yield {"grade": True, "grade_id": name}, cell  # a tool took the metadata; grading knows the cell by its id


def _number(value) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _list(value) -> list:
    return value if isinstance(value, list) else []


def _text(value) -> str:
    """A notebook stores text as one string or as a list of lines."""
    return "".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _shown(path: Path, folder: Path) -> str:
    return path.relative_to(folder.parent).as_posix()


def _legend() -> str:
    return "   ".join(f"{sign} {kind}" for kind, sign in SIGNS.items())


def _cell(tag: str, content: str) -> str:
    return f"<{tag} style='text-align:left'>{content}</{tag}>"


def _boxes(chapter: Chapter) -> str:
    """One box a check, with a sign in it; the boxes bring their own background and ink, for light and dark themes."""
    counts = ", ".join(f"{chapter.count(kind)} {kind}" for kind in SIGNS)
    boxes = "".join(
        f"<span title='{html.escape(check.name)}: {check.verdict}' style='display:inline-block;width:1.4em;"
        f"text-align:center;margin-right:2px;border-radius:3px;color:{INK};background:{FILLS[check.verdict]}'>"
        f"{SIGNS[check.verdict]}</span>"
        for check in chapter.checks
    )
    return f"<span role='img' aria-label='{counts}' style='white-space:nowrap'>{boxes}</span>" if boxes else ""
