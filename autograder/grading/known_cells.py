"""The template of each notebook: nbgrader's cells from the gradebook, those around them from `source/`."""

from __future__ import annotations

import json
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import BaseCell, Notebook

from autograder.course_dir import BadInput
from autograder.grading.template import Template, TemplateCell
from autograder.notebooks import KERNELSPEC, read_notebook


def template_of(notebook: Notebook, source: Path | None) -> Template:
    base: dict[str, BaseCell] = {}
    for group in (notebook.grade_cells, notebook.solution_cells, notebook.task_cells):
        for cell in group:
            base.setdefault(cell.name, cell)
    graded = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    cells = tuple(
        TemplateCell(
            name=cell.name,
            cell_type=cell.cell_type,
            source=cell.source,
            checksum=cell.checksum,
            locked=bool(cell.locked),
            grade=cell.name in graded and cell.name not in tasks,
            solution=cell.name in solutions,
            task=cell.name in tasks,
            points=graded.get(cell.name),
        )
        for cell in notebook.source_cells
    )
    kernelspec = json.loads(notebook.kernelspec or "{}")
    kernelspec = kernelspec if kernelspec.get("name") else KERNELSPEC
    known = {cell.name for cell in cells}
    order, free = _around(source / f"{notebook.name}.ipynb", known) if source else ((), {})
    return Template(notebook.name, cells, kernelspec, free, order if known <= set(order) else ())


def _around(path: Path, known: set[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The names of all cells of a source notebook in their order, and the text of those that nbgrader does not know."""
    try:
        cells = read_notebook(path).cells
    except BadInput:  # hand-ins can be graded without
        return (), {}
    named = [(_grade_id(cell) or cell.get("id", ""), cell) for cell in cells]
    free = {name: cell.source for name, cell in named if name not in known}
    return tuple(dict.fromkeys(name for name, _ in named)), free


def _grade_id(cell: NotebookNode) -> str | None:
    return cell.metadata.get("nbgrader", {}).get("grade_id")
