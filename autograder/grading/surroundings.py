"""Failures that may come from where a notebook is graded, not from what stands in it: told, so that a person looks."""

from __future__ import annotations

import builtins

from nbformat import NotebookNode

from autograder.grading.repair import NEEDS_A_PERSON
from autograder.grading.template import defined_names

# What libraries raise where there is no network, no file, no package, no screen; Python's own are found by their kind.
BY_LIBRARIES = frozenset({"URLError", "HTTPError", "gaierror", "herror", "UnsupportedOperation", "TclError"})
KINDS = (OSError, ImportError, MemoryError, EOFError)
WORDS = (
    "{name}: this cell ended with {error}. That may come from where it is graded, which has no network, no files but those that "
    "were handed in, and the packages of the student edition: if the cell runs elsewhere, mark what depends on it"
)


def of_surroundings(notebook: NotebookNode) -> list[str]:
    """A note on every cell of a marked notebook whose failure may be the sandbox's."""
    return [note for cell in notebook.cells if cell.cell_type == "code" and (note := only_here(cell))]


def only_here(cell: NotebookNode) -> str | None:
    """A note on a cell that failed, if the failure may be the sandbox's; None if not, or if no answer stands in the cell."""
    failed = [one.ename for one in cell.outputs if one.output_type == "error"]
    if not failed or not _is_of_surroundings(failed[0]):
        return None
    if not (cell.metadata.get("nbgrader", {}).get("solution") or defined_names(cell.source)):
        return None
    return NEEDS_A_PERSON + WORDS.format(name=cell.get("id", "a cell"), error=failed[0])


def _is_of_surroundings(name: str) -> bool:
    kind = getattr(builtins, name, None)
    return name in BY_LIBRARIES or (isinstance(kind, type) and issubclass(kind, KINDS))
