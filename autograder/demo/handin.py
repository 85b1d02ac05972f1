"""Hand-ins made from a release notebook: what students fill in, filled in. Pure: notebooks in, notebooks out."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from nbformat import NotebookNode

from autograder.notebooks import model_answers, solution_cells

__all__ = ["fill_in", "model_answers"]


def fill_in(release: NotebookNode, answers: Mapping[str, str]) -> NotebookNode:
    """A copy of a release notebook in which solution cells hold the given sources; the others stay as released.

    answers : cell id to the whole new source of that cell.
    Raises KeyError for an id that is not that of a solution cell: whoever calls this means a cell that is there.
    """
    filled = copy.deepcopy(release)
    blanks = solution_cells(filled)
    for cell_id, source in answers.items():
        if cell_id not in blanks:
            raise KeyError(f"no solution cell {cell_id!r}; there are {', '.join(blanks)}")
        blanks[cell_id].source = source.strip("\n")
    return filled
