"""The pages of the book, made of the stored lessons: nothing is run, and of the course only its lessons and scripts are read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from nbformat import NotebookNode

from course.book.chosen import HEART, Chosen, chosen_course, glossary, lesson_names, reach
from course.book.stepping import bring_to_life, steps_of
from course.figures.start_here import course_map, parts_of
from course.probes import chapters_here
from course.progress_table import notebook_name

HERE = Path(__file__).parent
LESSONS = HERE.parent / "lessons"
# The exercises need a kernel, so they are not in the book: their links lead to the page that says how to get them.
EXERCISE_LINK = re.compile(r"\]\((?:\.\./)+work/[^)\s]*\)")
FOLDED = {"outputs_hidden": "hide-output", "source_hidden": "hide-input"}  # JupyterLab's mark, myst-nb's tag
OPEN_CODE = {
    "code_prompt_show": "Show the code",
    "code_prompt_hide": "Hide the code",
}  # conf.py has the words for outputs
ALIVE = ("play",)  # what shows a picture with controls that need a kernel; its stored output is a still one
STILL = (
    '<p class="still">A still picture. In JupyterLab it has controls: <a href="exercises.html">how to get it</a>.</p>'
)


@dataclass(frozen=True)
class Row:
    """A line of the map in lesson 00: the lesson's link, what one takes from it, and minutes."""

    lesson: str
    takes: str
    minutes: str

    @property
    def page(self) -> str:
        """The file the lesson's link names, without its ending: 06-batch."""
        return re.search(r"\(([^)]+)\.ipynb\)", self.lesson).group(1)


@dataclass(frozen=True)
class Part:
    """A part of the course with its rows of the map."""

    title: str
    rows: list[Row]


def write_pages(into: Path) -> None:
    """Every page of the book as Sphinx is to read it: the lessons, the start page, and how to get the exercises."""
    course, lessons = lessons_of(LESSONS, chapters_here())
    for name, lesson in lessons.items():
        nbformat.write(page(lesson), into / f"{name}.ipynb")
    exercises = {chapter: notebook_name(chapter) for chapter in course.names}
    texts = Environment(loader=FileSystemLoader(HERE), undefined=StrictUndefined, trim_blocks=True)
    values = {
        "parts": parts(lessons["00-start-here"], course.names),
        "exercises": exercises,
        "reach": reach(course.names),
        "short": set(HEART) < set(course.names),
    }
    for name in ("index.md", "exercises.md"):
        (into / name).write_text(texts.get_template(f"{name}.jinja").render(values), encoding="utf-8")


def lessons_of(folder: Path, names: Iterable[str]) -> tuple[Chosen, dict[str, NotebookNode]]:
    """The lessons and pages of a course of these chapters, by name, without what is about the others; and the course."""
    start = nbformat.read(folder / "00-start-here.ipynb", as_version=4)
    course = chosen_course(names, map_table(start))
    lessons = {name: nbformat.read(folder / f"{name}.ipynb", as_version=4) for name in lesson_names(course.names)}
    if not course.left_out:
        return course, lessons
    prose = {
        name: "\n".join(course.text(name, one.source) for one in _markdown(lessons[name])) for name in course.names
    }
    for name, lesson in lessons.items():
        for cell in _markdown(lesson):
            source = glossary(cell.source, course, prose) if name == "glossary" else cell.source
            cell.source = course.text(name, source)
        lesson.cells = [cell for cell in lesson.cells if cell.source.strip()]
    drawn = next(cell for cell in lessons["00-start-here"].cells if cell.id == "draw-course-map")
    for output in drawn.outputs:
        output.data = nbformat.from_dict(course_map(chapters=course.names)._repr_mimebundle_())
    return course, lessons


def _markdown(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def page(notebook: NotebookNode) -> NotebookNode:
    """A lesson as it stands in the book: what is folded stays folded, still pictures say so, no link leads out of it.

    A graph that steps does so here, too.
    """
    bring_to_life([output for cell in notebook.cells for output in steps_of(cell)])
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = EXERCISE_LINK.sub("](exercises.md)", cell.source)
            continue
        for output in cell.outputs if shows_controls(cell.source) else []:
            if "text/html" in output.get("data", {}):
                output.data["text/html"] += STILL
        folded = [tag for hidden, tag in FOLDED.items() if cell.metadata.get("jupyter", {}).get(hidden)]
        if folded:
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), *folded]
        if FOLDED["source_hidden"] in folded:
            cell.metadata["mystnb"] = OPEN_CODE
    return notebook


def shows_controls(source: str) -> bool:
    """Does the cell end in a picture whose controls need a kernel?"""
    last = ast.parse(source).body[-1:]
    call = last[0].value if last and isinstance(last[0], ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ALIVE


def parts(start: NotebookNode, names: Iterable[str]) -> list[Part]:
    """The parts of a course of these chapters, each with its rows of the map in lesson 00."""
    rows = list(map_rows(map_table(start)))
    return [Part(title, [row for row in rows if row.page[:2] in numbers]) for title, numbers in parts_of(names)]


def map_table(start: NotebookNode) -> str:
    """The cell of lesson 00 with the table of lessons."""
    return next(cell.source for cell in start.cells if cell.id == "map-table")


def map_rows(text: str) -> Iterator[Row]:
    """The rows of the table of lessons."""
    for line in text.splitlines():
        if line.startswith("| ["):
            yield Row(*(cell.strip() for cell in line.strip("|").split("|")[:3]))


def heading_anchor(title: str) -> str:
    """The anchor JupyterLab gives a heading, so that one link serves a notebook and the book."""
    return title.replace(" ", "-")
