"""Model hand-ins opened, worked on and saved in a browser, then graded: `python tests/front_ends.py [ROUTE or CHAPTER ...]`.

Not collected by `make test`: it needs Chromium, and installs front ends in environments of their own, at the versions below. Every
chapter's model notebook gets a cell and is saved by each front end; in each, the first answer in code, and the first in words, are
split, merged, copied and changed in JupyterLab. Exit status 0 if every hand-in earns what its answers earn by `autograder grade`
and by nbgrader's own `autograde`, or is shown to a person.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from autograder.course_dir import CourseDir  # noqa: E402
from autograder.demo.handin import fill_in, model_answers  # noqa: E402
from course.probes import CHAPTERS  # noqa: E402
from tests.support import browser  # noqa: E402
from tests.support.front_ends import FRONT_ENDS, Cells, install, served  # noqa: E402
from tests.support.grading import autograder_grade, exported_scores, nbgrader, scratch_course  # noqa: E402

MARK = "# saved by a front end"
MORE = "attempts = 3"
WORDS = "And this was added below."
DEFINES = re.compile(r"^(def|class) ", re.MULTILINE)
Edit = Callable[[Cells, int], None]


def merge_written(cells: Cells, at: int) -> None:
    cells.write_below(at, WORDS, markdown=True)
    cells.keys(at + 1, "Control+Backspace")


# What is done to the cell of an exercise, whose place is given; and what stands in that cell, or above it, to begin with.
# The third: how many cells there are more then, so that no lost key goes for an edit.
EDITS: dict[str, tuple[str, Edit, int]] = {
    "split-below": ("below", lambda cells, at: cells.split(at, MORE), 1),
    "split-above": ("above", lambda cells, at: cells.split(at, DEFINES), 1),
    "merge-above": ("a cell above", lambda cells, at: cells.keys(at, "Control+Backspace"), -1),
    "merge-below": ("", lambda cells, at: cells.keys(at, "Control+Shift+M"), -1),
    "copy-paste": ("", lambda cells, at: cells.keys(at, "c", "v"), 1),
    "cut-paste": ("", lambda cells, at: cells.keys(at, "x", "v"), 1),
    "moved-up": ("", lambda cells, at: cells.keys(at, "Control+Shift+ArrowUp"), 0),
    "markdown-and-back": ("", lambda cells, at: cells.keys(at, "m", "y"), 0),
    "left-markdown": ("", lambda cells, at: cells.keys(at, "m"), 0),
    "left-raw": ("", lambda cells, at: cells.keys(at, "r"), 0),
}
WRITTEN_EDITS: dict[str, tuple[str, Edit, int]] = {
    "written-merge": ("", merge_written, 0),
    "written-code": ("", lambda cells, at: cells.keys(at, "y"), 0),
    "written-code-and-back": ("", lambda cells, at: cells.keys(at, "y", "m"), 0),
    "written-copy-paste": ("", lambda cells, at: cells.keys(at, "c", "v"), 1),
}


@dataclass(frozen=True)
class Job:
    """A hand-in to be made: by which route, of which chapter, how it begins, what is done to which cell, and what that adds."""

    route: str
    chapter: str
    edit: Edit
    where: Callable[[nbformat.NotebookNode], int]
    begin: str = ""
    more: int = 0

    def asked(self, only: tuple[str, ...]) -> bool:
        return not only or not {self.route, self.chapter, f"{self.route}/{self.chapter}"}.isdisjoint(only)


def jobs(name: str, only: tuple[str, ...]) -> list[Job]:
    """All that is done with a front end, and asked for."""
    found = [
        Job(f"{name}-save", chapter, lambda cells, at: cells.write_below(0, MARK), lambda _: 0, more=1)
        for chapter in CHAPTERS
    ]
    if name == "lab":
        for chapter in CHAPTERS:
            kinds = [(coded, EDITS), *[(written, WRITTEN_EDITS)] * has_words(chapter)]
            found += [
                Job(f"lab-{route}", chapter, edit, where, begin, more)
                for where, edits in kinds
                for route, (begin, edit, more) in edits.items()
            ]
    return [one for one in found if one.asked(only)]


def has_words(chapter: str) -> bool:
    """Whether a chapter asks for an answer in words."""
    return written(nbformat.read(CourseDir(ROOT).source_notebook(chapter), as_version=4)) is not None


def filled(course: Path, chapter: str, begin: str = "") -> tuple[nbformat.NotebookNode, str]:
    """A chapter's model notebook, and its name. begin : what stands in the cell of its first answer in code, or above it."""
    source = CourseDir(course).source_notebook(chapter)
    release = nbformat.read(ROOT / "release" / source.relative_to(course / "source"), as_version=4)
    notebook = fill_in(release, model_answers(nbformat.read(source, as_version=4)))
    if begin:
        at = coded(notebook)
        cell = notebook.cells[at]
        if begin == "a cell above":
            notebook.cells.insert(at, nbformat.v4.new_code_cell(MORE, id="of-my-own"))
        else:
            cell.source = f"{cell.source}\n\n{MORE}" if begin == "below" else f"{MORE}\n\n{cell.source}"
    return notebook, source.name


def coded(notebook: nbformat.NotebookNode) -> int:
    """Where the first answer stands that is a function or a class, brought from no other chapter."""
    answers = [at for at, cell in enumerate(notebook.cells) if is_answer(cell) and "bring(" not in cell.source]
    return next(at for at in answers if DEFINES.search(notebook.cells[at].source))


def written(notebook: nbformat.NotebookNode) -> int | None:
    """Where the first written answer stands; None: there is none."""
    cells = enumerate(notebook.cells)
    return next((at for at, cell in cells if is_answer(cell) and cell.cell_type == "markdown"), None)


def is_answer(cell: nbformat.NotebookNode) -> bool:
    return cell.metadata.get("nbgrader", {}).get("solution", False)


def save(page: Page, path: Path, before: bytes, text: str = "") -> None:
    """Ctrl+S until the file has changed and holds the text; the page may be busy with itself, a collaboration saves on its own."""
    for _ in range(3 * browser.PATIENCE):
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1_000)
        stored = path.read_bytes()
        if stored not in (b"", before) and text.encode() in stored:
            page.wait_for_timeout(1_000)
            return
    raise RuntimeError(f"{path.name} was not saved")


def in_lab(page: Page, path: Path, job: Job) -> None:
    before, cells = path.read_bytes(), Cells(page)
    notebook = nbformat.reads(before, as_version=4)
    expect(cells.all).to_have_count(len(notebook.cells), timeout=4 * browser.PATIENCE * 1000)
    job.edit(cells, job.where(notebook))
    expect(cells.all).to_have_count(len(notebook.cells) + job.more)
    save(page, path, before, MARK if job.route.endswith("-save") else "")


def in_notebook_6(page: Page, path: Path) -> None:
    before = path.read_bytes()
    cells = page.locator("#notebook-container .cell")
    count = len(json.loads(before)["cells"])
    expect(cells).to_have_count(count, timeout=4 * browser.PATIENCE * 1000)
    expect(page.locator("#kernel_indicator_icon.kernel_idle_icon")).to_have_count(
        1, timeout=4 * browser.PATIENCE * 1000
    )
    cells.nth(0).locator(".prompt").click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(cells).to_have_count(count + 1)
    page.keyboard.press("Enter")
    page.keyboard.type(MARK)
    save(page, path, before, MARK)


def work(name: str, course: Path, own: Path, todo: list[Job]) -> list[str]:
    """Make the hand-ins of one front end; a line for each that could not be made."""
    if why := install(name, own):
        print(f"{name} could not be installed: {why}")
        return []
    troubles, folder = [], own / "work"
    folder.mkdir()
    with browser.chromium() as chromium, served(name, folder, own) as address:
        for job in todo:
            for attempt in ("first", "second"):  # a page that is still busy with itself may lose a key
                notebook, file = filled(course, job.chapter, job.begin)
                path = folder / job.route / attempt / file
                path.parent.mkdir(parents=True, exist_ok=True)
                nbformat.write(notebook, path)
                page = chromium.contexts[0].new_page()
                try:
                    page.goto(address(path.relative_to(folder).as_posix()))
                    in_notebook_6(page, path) if name == "notebook-6" else in_lab(page, path, job)
                    handed_in = course / "submitted" / job.route / job.chapter
                    handed_in.mkdir(parents=True)
                    shutil.copy(path, handed_in)
                    break
                except Exception as fault:
                    print(f"{attempt} attempt: {job.route}, {job.chapter}: {str(fault).splitlines()[0]}")
                    page.screenshot(path=own / f"{job.route}-{job.chapter}-{attempt}.png")
                finally:
                    browser.end_kernels(page, address(""))  # two hundred are more than most machines hold
                    browser.forget(page.context)
            else:
                troubles.append(f"{job.route}, {job.chapter}: no hand-in was made")
    return troubles


def compared(scores: dict[tuple[str, str], float], asked: set[tuple[str, str]], by: str) -> list[str]:
    """A line for every hand-in that earned less than its answers do and is shown to nobody."""
    lost = []
    for (route, chapter), score in sorted(scores.items()):
        wanted = scores["as-it-is", chapter]
        if score != wanted:
            shown = (route, chapter) in asked
            print(f"{by}: {route}, {chapter}: {score} of {wanted} points{', shown to a person' if shown else ''}")
            lost += [] if shown else [f"{by}: {route}, {chapter}: {score} of {wanted} points, and nobody is asked"]
    return lost


def words_lost(course: Path) -> list[str]:
    """A line for each written answer that no person would see, or not whole."""
    lost = []
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        for path in sorted(course.glob("autograded/lab-written-*/*/*.ipynb")):
            route, chapter = path.parts[-3:-1]
            notebook, _ = filled(course, chapter)
            text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
            words = [notebook.cells[written(notebook)].source, *[WORDS] * (route == "lab-written-merge")]
            whole = all(one in text for one in words)
            asked = book.find_submission(chapter, route).needs_manual_grade
            if not (whole and asked):
                said = f"the answer is {'not ' * (not whole)}whole, a person is asked: {asked}"
                lost.append(f"{route}, {chapter}: {said}")
    return lost


def hand_in_models(course: Path, chapters: set[str]) -> None:
    """The same answers as no browser has seen them."""
    for chapter in sorted(chapters):
        nbgrader("generate_assignment", chapter, cwd=course)
        notebook, file = filled(course, chapter)
        (course / "submitted/as-it-is" / chapter).mkdir(parents=True)
        nbformat.write(notebook, course / "submitted/as-it-is" / chapter / file)


def graded(course: Path, chapters: set[str]) -> list[str]:
    """By both graders; a line for whatever was lost."""
    found = autograder_grade(course, "--workers", "2")["submissions"]
    asked = {(one["student"], one["assignment"]) for one in found if one["needs_a_person"]}
    scores = {(one["student"], one["assignment"]): one["score"] for one in found}
    for one in found:
        for note in one["notes"]:
            print(f"{one['student']}, {one['assignment']}: {note}")
    lost = compared(scores, asked, "autograder grade") + words_lost(course)
    for chapter in sorted(chapters):  # a second opinion costs a second a hand-in
        nbgrader("autograde", chapter, "--force", cwd=course)
    again = {one: score for one, score in exported_scores(course).items() if one in scores}
    lost += compared(again, asked, "nbgrader autograde") + words_lost(course)
    print(f"{len(scores)} hand-ins, {len(asked)} shown to a person: {len(lost)} lost something")
    return lost


def main(*only: str) -> int:
    with tempfile.TemporaryDirectory(prefix="front-ends-") as scratch:
        course = scratch_course(Path(scratch) / "course")
        todo = {name: found for name in FRONT_ENDS if (found := jobs(name, only))}
        chapters = {job.chapter for found in todo.values() for job in found}
        hand_in_models(course, chapters)
        troubles = [line for name in todo for line in work(name, course, Path(scratch) / name, todo[name])]
        lost = [*troubles, *graded(course, chapters)]
        if keep := os.environ.get("KEEP"):
            shutil.copytree(scratch, keep, ignore=shutil.ignore_patterns("environment"))
    for line in lost:
        print(line)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
