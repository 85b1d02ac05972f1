"""What changed in `source/` since a chapter was handed out: released work is graded by what the source says now.

Tests, texts that are locked, and points are taken over. Cells that came or went are not, once there are hand-ins: nbgrader cannot.
Each change is told once for the chapter; no student is asked about it.
"""

from __future__ import annotations

import math
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Grade, Notebook
from nbgrader.utils import compute_checksum
from sqlalchemy.orm import Session

from autograder.course_dir import BadInput
from autograder.notebooks import read_notebook


def take_corrections(session: Session, notebooks: list[Notebook], assignment: str, folder: Path) -> list[str]:
    """Bring the gradebook's cells to what the source says, without a commit; a line for every change that a person should know."""
    lines = []
    for notebook in notebooks:
        path = folder / f"{notebook.name}.ipynb"
        try:
            cells = read_notebook(path).cells if path.exists() else None
        except BadInput as why:
            lines.append(f"{assignment}: {why} Graded by the tests that the gradebook has.")
            continue
        if cells is not None:
            now = {name: cell for cell in cells if (name := _name(cell))}
            lines += _cells_that_came_or_went(notebook, now, assignment)
            lines += _take_points(session, notebook, now, assignment, path)
            _take_texts(notebook, now)
    return lines


def _name(cell: NotebookNode) -> str | None:
    stated = cell.metadata.get("nbgrader")
    return stated.get("grade_id") if isinstance(stated, dict) else None


def _is_graded(cell: NotebookNode) -> bool:
    return bool(cell.metadata.nbgrader.get("grade"))


def _cells_that_came_or_went(notebook: Notebook, now: dict[str, NotebookNode], assignment: str) -> list[str]:
    before = {cell.name for cell in notebook.grade_cells}
    graded = {name for name, cell in now.items() if _is_graded(cell)}
    changes = [f"{name} is new" for name in sorted(graded - before)] + [
        f"{name} is gone" for name in sorted(before - graded)
    ]
    if not changes:
        return []
    what = f"{assignment}: graded cells of the source differ from the gradebook's: {', '.join(changes)}. "
    if notebook.submissions:
        return [
            f"{what}nbgrader cannot change them once there are hand-ins, so all are graded by the gradebook's cells."
        ]
    return [f"{what}Run `nbgrader generate_assignment {assignment} --force`."]


def _take_points(
    session: Session, notebook: Notebook, now: dict[str, NotebookNode], assignment: str, path: Path
) -> list[str]:
    lines = []
    for graded in notebook.grade_cells:
        cell = now.get(graded.name)
        if cell is None or not _is_graded(cell):
            continue
        points = cell.metadata.nbgrader.get("points")
        if (
            isinstance(points, bool)
            or not isinstance(points, (int, float))
            or not (math.isfinite(points) and points >= 0)
        ):
            lines.append(
                f"{assignment}: {path}, cell {graded.name}: points are {points!r}, not a number of 0 or more; "
                f"the {graded.max_score:g} of the gradebook count."
            )
        elif points != graded.max_score:
            by_hand = session.query(Grade).filter(Grade.cell_id == graded.id, Grade.manual_score.isnot(None)).count()
            stays = f"; {by_hand} marks given by hand stay as they are" if by_hand else ""
            lines.append(f"{assignment}: {graded.name} is worth {points:g} now, and was {graded.max_score:g}{stays}.")
            graded.max_score = float(points)
            stored = next((one for one in notebook.source_cells if one.name == graded.name), None)
            if stored is not None:  # an empty answer is known by a checksum that counts the points
                stored.checksum = _checksum(cell, stored.source)
    return lines


def _take_texts(notebook: Notebook, now: dict[str, NotebookNode]) -> None:
    """Tests and locked texts: what a student may not change, an instructor may."""
    for stored in notebook.source_cells:
        cell = now.get(stored.name)
        if cell is not None and stored.locked and stored.source != cell.source and cell.cell_type == stored.cell_type:
            stored.source, stored.checksum = cell.source, compute_checksum(cell)


def _checksum(cell: NotebookNode, source: str) -> str:
    """nbgrader's checksum of a cell that holds another text."""
    other = cell.copy()
    other["source"] = source
    return compute_checksum(other)
