"""Hand-ins made from a release notebook: what students fill in, filled in. Pure: notebooks in, notebooks out."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from nbformat import NotebookNode
from nbgrader.utils import is_solution

MARKERS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN MARK SCHEME", "END MARK SCHEME")


def fill_in(release: NotebookNode, answers: Mapping[str, str]) -> NotebookNode:
    """A copy of a release notebook in which solution cells hold the given sources; the others stay as released.

    answers : cell id to the whole new source of that cell.
    Raises KeyError for an id that is not that of a solution cell: whoever calls this means a cell that is there.
    """
    filled = copy.deepcopy(release)
    blanks = _solution_cells(filled)
    for cell_id, source in answers.items():
        if cell_id not in blanks:
            raise KeyError(f"no solution cell {cell_id!r}; there are {', '.join(blanks)}")
        blanks[cell_id].source = source.strip("\n")
    return filled


def model_answers(source: NotebookNode) -> dict[str, str]:
    """Cell id to source of every solution cell of a source notebook, as a student would have written it: no markers."""
    return {cell_id: _without_markers(cell.source) for cell_id, cell in _solution_cells(source).items()}


def _solution_cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    return {cell.id: cell for cell in notebook.cells if is_solution(cell)}


def _without_markers(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not any(marker in line for marker in MARKERS))
