"""The course's own notebooks: read, their model answers, and the text in which they are stored."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import is_solution

from autograder.course_dir import BadInput

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
MARKERS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN MARK SCHEME", "END MARK SCHEME")


def read_notebook(path: Path) -> NotebookNode:
    """A notebook as nbformat 4.5; BadInput if it is none."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise BadInput(f"{path} does not exist.") from None
    except Exception as error:
        raise BadInput(f"{path} is not a notebook: {(str(error) or type(error).__name__).splitlines()[0]}") from None
    return notebook


def stored_text(notebook: NotebookNode) -> str:
    """The bytes nbgrader itself would write, as text."""
    return nbformat.writes(notebook) + "\n"


def model_answers(source: NotebookNode) -> dict[str, str]:
    """Cell id to source of every solution cell of a source notebook, as a student would have written it: no markers."""
    return {cell_id: _without_markers(cell.source) for cell_id, cell in solution_cells(source).items()}


def solution_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """Cell id to cell, of what students fill in."""
    return {cell.id: cell for cell in notebook.cells if is_solution(cell)}


def _without_markers(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not any(marker in line for marker in MARKERS))
