"""The pages of the book, made of the stored lessons: nothing is run, and nothing but course/lessons/ is read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from nbformat import NotebookNode

from course.figures.start_here import PARTS
from course.probes import CHAPTERS
from course.progress import notebook_name

HERE = Path(__file__).parent
LESSONS = HERE.parent / "lessons"
# The exercises need a kernel, so they are not in the book: their links lead to the page that says how to get them.
EXERCISE_LINK = re.compile(r"\]\((?:\.\./)+work/[^)\s]*\)")
FOLDED = "hide-output"  # myst-nb's tag
ALIVE = ("play", "step")  # what shows a picture with controls; its stored output is a still one
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
    for path in sorted(LESSONS.glob("*.ipynb")):
        nbformat.write(page(nbformat.read(path, as_version=4)), into / path.name)
    start = nbformat.read(LESSONS / "00-start-here.ipynb", as_version=4)
    exercises = {chapter: notebook_name(chapter) for chapter in CHAPTERS}
    texts = Environment(loader=FileSystemLoader(HERE), undefined=StrictUndefined, trim_blocks=True)
    for name in ("index.md", "exercises.md"):
        text = texts.get_template(f"{name}.jinja").render(parts=parts(start), exercises=exercises)
        (into / name).write_text(text, encoding="utf-8")


def page(notebook: NotebookNode) -> NotebookNode:
    """A lesson as it stands in the book: what is folded stays folded, still pictures say so, no link leads out of it."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = EXERCISE_LINK.sub("](exercises.md)", cell.source)
            continue
        for output in cell.outputs if shows_controls(cell.source) else []:
            if "text/html" in output.get("data", {}):
                output.data["text/html"] += STILL
        if cell.metadata.get("jupyter", {}).get("outputs_hidden"):
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), FOLDED]
    return notebook


def shows_controls(source: str) -> bool:
    """Does the cell end in a picture with controls?"""
    last = ast.parse(source).body[-1:]
    call = last[0].value if last and isinstance(last[0], ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ALIVE


def parts(start: NotebookNode) -> list[Part]:
    """The parts of the course, each with its rows of the map in lesson 00."""
    rows = list(map_rows(next(cell.source for cell in start.cells if cell.id == "map-table")))
    return [Part(title, [row for row in rows if row.page[:2] in numbers]) for title, numbers in PARTS]


def map_rows(text: str) -> Iterator[Row]:
    """The rows of the table of lessons."""
    for line in text.splitlines():
        if line.startswith("| ["):
            yield Row(*(cell.strip() for cell in line.strip("|").split("|")[:3]))


def heading_anchor(title: str) -> str:
    """The anchor JupyterLab gives a heading, so that one link serves a notebook and the book."""
    return title.replace(" ", "-")
