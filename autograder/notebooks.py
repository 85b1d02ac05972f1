"""The course's own notebooks: read, their model answers, and the text in which they are stored."""

from __future__ import annotations

import json
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
        text = path.read_text(encoding="utf-8")
        if why := _misshapen(json.loads(text)):
            raise BadInput(f"{path} is not a notebook as nbformat has it: {why}")
        return nbformat.reads(text, as_version=4)
    except FileNotFoundError:
        raise BadInput(f"{path} does not exist.") from None
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(f"{path} is not a notebook: {(str(error) or type(error).__name__).splitlines()[0]}") from None


def _misshapen(stored) -> str:
    """What nbformat would take, and trip over later; "" if there is nothing of the kind."""
    if not isinstance(stored, dict) or not isinstance(stored.get("cells", []), list):
        return "it has no list of cells."
    ids: list[str] = []
    for number, cell in enumerate(stored.get("cells", []), 1):
        if not isinstance(cell, dict) or not isinstance(cell.get("metadata"), dict):
            return f"cell {number} has no metadata."
        lines = cell.get("source")
        if not (isinstance(lines, str) or (isinstance(lines, list) and all(isinstance(one, str) for one in lines))):
            return f"the source of cell {number} is no text."
        ids.append(cell.get("id"))
    if stored.get("nbformat_minor", 0) >= 5 and stored.get("nbformat") == 4:
        for number, name in enumerate(ids, 1):
            if not isinstance(name, str) or not name:
                return f"cell {number} has no id. Give it one, in words."
            if name in ids[: number - 1]:
                return f"cells {ids.index(name) + 1} and {number} have the same id, {name}. Give each its own."
    return ""


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
