"""Failures that may come from where a notebook is graded, not from what stands in it: told, so that a person looks."""

from __future__ import annotations

import builtins
import re

from nbformat import NotebookNode

from autograder.grading.repair import NEEDS_A_PERSON
from autograder.grading.template import defined_names

# What libraries raise where there is no network, no file, no package, no screen; Python's own are found by their kind.
BY_LIBRARIES = frozenset({"URLError", "HTTPError", "gaierror", "herror", "UnsupportedOperation", "TclError"})
IMPORTS = re.compile(r"^(?:import|from)\s", re.MULTILINE)
KINDS = (OSError, ImportError, MemoryError, EOFError)
WORDS = (
    "{name}: this cell ended with {error}. That may come from where it is graded, which has no network, no files but those that "
    "were handed in, and the packages of the student edition: if the cell runs elsewhere, mark what depends on it"
)


def of_surroundings(notebook: NotebookNode) -> list[str]:
    """A note on every cell of a marked notebook whose failure may be the sandbox's."""
    points_lost = any(cell.metadata.get("nbgrader", {}).get("grade") and _failures(cell) for cell in notebook.cells)
    return [note for cell in notebook.cells if cell.cell_type == "code" and (note := only_here(cell, points_lost))]


def only_here(cell: NotebookNode, points_lost: bool = False) -> str | None:
    """A note on a cell that failed, if the failure may be the sandbox's; None if not, or if no answer stands in the cell.

    points_lost : then cells that import count, too: what they would have imported after the line that failed, answers may need.
    """
    failed = _failures(cell)
    if not failed or not _is_of_surroundings(failed[0]):
        return None
    matters = cell.metadata.get("nbgrader", {}).get("solution") or defined_names(cell.source)
    if not matters and not (points_lost and IMPORTS.search(cell.source)):
        return None
    return NEEDS_A_PERSON + WORDS.format(name=cell.get("id", "a cell"), error=failed[0])


def _failures(cell: NotebookNode) -> list[str]:
    return [one.ename for one in cell.get("outputs", []) if one.output_type == "error"]


def _is_of_surroundings(name: str) -> bool:
    kind = getattr(builtins, name, None)
    return name in BY_LIBRARIES or (isinstance(kind, type) and issubclass(kind, KINDS))
