"""Mend a hand-in before it is graded: most damage is innocent. Pure: bytes and a template in, notebook and notes out.

The student's file is never changed. Cells are matched by `grade_id`, and by cell id where that is lost (they are the same word in
this course); what is locked comes from the instructor's source; what the student wrote is kept as it is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

SIZE_LIMIT = 50 * 2**20
CELL_LIMIT = 3_000
PARTS_LIMIT = 1_000_000  # lists, tables and entries: their number, not the size, is what takes time to read


class Unreadable(Exception):
    """A hand-in that is no notebook; the words say why."""


@dataclass(frozen=True)
class TemplateCell:
    """A cell that nbgrader knows: as the gradebook keeps it, hidden tests included."""

    name: str
    cell_type: str
    source: str
    checksum: str
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None


@dataclass(frozen=True)
class Template:
    """The known cells of one notebook, in the order of the instructor's source."""

    notebook: str
    cells: tuple[TemplateCell, ...]
    kernelspec: dict

    @cached_property
    def digest(self) -> bytes:
        """Changes with the tests and the points."""
        told = [[cell.name, cell.source, cell.points, cell.locked] for cell in self.cells]
        return hashlib.sha256(json.dumps(told).encode()).digest()


def read_hand_in(raw: bytes) -> list[NotebookNode]:
    """The cells of a hand-in, reduced to what a student can mean by them; Unreadable if there are none."""
    if len(raw) > SIZE_LIMIT:
        raise Unreadable(f"the file is larger than {SIZE_LIMIT // 2**20} MB")
    if not raw.strip():
        raise Unreadable("the file is empty")
    parts = sum(raw.count(mark) for mark in (b"[", b"{", b":"))
    if parts > PARTS_LIMIT:
        raise Unreadable(f"the file has {parts} lists, tables and entries, more than a notebook may have")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    try:
        stored = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"the file is not JSON ({str(error)[:80]})") from None
    if not isinstance(stored, dict):
        raise Unreadable("the file is JSON, but not a notebook")
    cells = stored.get("cells")
    if cells is None and isinstance(stored.get("worksheets"), list):  # nbformat 3
        cells = [cell for sheet in stored["worksheets"] if isinstance(sheet, dict) for cell in sheet.get("cells", [])]
    if not isinstance(cells, list):
        raise Unreadable("the file has no list of cells")
    if len(cells) > CELL_LIMIT:
        raise Unreadable(f"the notebook has {len(cells)} cells")
    return [read for cell in cells if (read := _cell(cell)) is not None]


def _cell(cell) -> NotebookNode | None:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw", "heading"):
        return None
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return None
    source = _plain(source)
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    known = {"nbgrader": _told(metadata.get("nbgrader")), "tags": _tags(metadata.get("tags"))}
    kind = cell["cell_type"] if cell["cell_type"] in ("code", "raw") else "markdown"
    return nbformat.from_dict(
        {
            "id": cell["id"] if isinstance(cell.get("id"), str) else "",
            "cell_type": kind,
            "metadata": {key: value for key, value in known.items() if value},
            "source": source,
            **({"outputs": [], "execution_count": None} if kind == "code" else {}),
        }
    )


def _told(stated) -> dict:
    """What of nbgrader's metadata is looked at: plain values, whatever else stands there."""
    if not isinstance(stated, dict):
        return {}
    plain = {key: stated.get(key) for key in ("grade_id", "grade", "solution", "locked", "points")}
    return {key: value for key, value in plain.items() if isinstance(value, (str, bool, int, float))}


def _tags(stated) -> list[str]:
    """Tags that a notebook may have: words without commas, each once."""
    stated = stated if isinstance(stated, list) else []
    words = (_plain(tag) for tag in stated if isinstance(tag, str))
    return list(dict.fromkeys(word for word in words if word and "," not in word))


def _plain(text: str) -> str:
    """Lone surrogates cannot be written."""
    return text.encode("utf-8", "replace").decode()


def matches(cells: list[NotebookNode], template: Template) -> bool:
    """True if most of the template's cells are among these: it is that notebook, whatever its file is called."""
    names = {one.name for one in template.cells}
    found = {_name_of(cell, names) for cell in cells} - {None}
    return len(found) > len(template.cells) / 2


def repair(cells: list[NotebookNode], template: Template) -> tuple[NotebookNode, list[str]]:
    """The notebook that is graded, and a note for everything that was mended."""
    notes: list[str] = []
    cells = [cell.copy() for cell in cells]
    found = _match(cells, template, notes)
    _put_back(cells, template, found, notes)
    _reorder(cells, template, notes)
    _name_all(cells)
    # Not `nbformat.v4.new_notebook`: it validates, which takes longer than all the rest. The tests do.
    whole = {"cells": [], "metadata": {"kernelspec": template.kernelspec}, "nbformat": 4, "nbformat_minor": 5}
    notebook = nbformat.from_dict(whole)
    notebook.cells = cells
    return notebook, notes


def _name_of(cell: NotebookNode, names: Collection[str]) -> str | None:
    for name in (cell.metadata.get("nbgrader", {}).get("grade_id"), cell.get("id")):
        if isinstance(name, str) and name in names:
            return name
    return None


def _match(cells: list[NotebookNode], template: Template, notes: list[str]) -> set[str]:
    """Give every known cell its true metadata, type and, if locked, source; the names that were found."""
    known = {one.name: one for one in template.cells}
    by_name: dict[str, list[NotebookNode]] = {}
    for cell in cells:
        name = _name_of(cell, known)
        if name is None:
            cell.metadata.pop("nbgrader", None)
        else:
            by_name.setdefault(name, []).append(cell)
    for name, same in by_name.items():
        cell, wanted = _chosen(same, known[name]), known[name]
        for other in same:
            if other is not cell:
                other.metadata.pop("nbgrader", None)
                other["id"] = ""
        if len(same) > 1:
            notes.append(f"{name}: the notebook holds this cell {len(same)} times; one of them counts")
            if wanted.grade and wanted.solution:  # a written answer in pieces
                cell.source = "\n\n".join(one.source for one in same)
        _restore(cell, wanted, notes)
    return set(by_name)


def _chosen(same: list[NotebookNode], wanted: TemplateCell) -> NotebookNode:
    """Of several cells with one name: the last of a solution (its `def` stands last), the first of a test."""
    return same[0] if wanted.locked or wanted.grade else same[-1]


def _restore(cell: NotebookNode, wanted: TemplateCell, notes: list[str]) -> None:
    if cell.cell_type != wanted.cell_type:
        notes.append(f"{wanted.name}: was a {cell.cell_type} cell, should be {wanted.cell_type}")
        cell.cell_type = wanted.cell_type
        if wanted.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        else:
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
    before = dict(cell.metadata.get("nbgrader", {}))
    cell.metadata["nbgrader"] = nbformat.from_dict(_metadata(wanted))
    told = {key: before.get(key) for key in ("grade", "solution", "locked", "points")}
    true = {key: cell.metadata.nbgrader.get(key) for key in told}
    if told != true:
        notes.append(f"{wanted.name}: nbgrader's metadata was changed or lost, and is restored")
    cell["id"] = wanted.name
    if wanted.locked:  # what a release shows lacks the hidden tests, so a difference here is no sign of tampering
        cell.source = wanted.source


def _metadata(wanted: TemplateCell) -> dict:
    metadata = {
        "grade": wanted.grade,
        "grade_id": wanted.name,
        "locked": wanted.locked,
        "schema_version": 3,
        "solution": wanted.solution,
        "task": wanted.task,
        "cell_type": wanted.cell_type,
        "checksum": wanted.checksum,
    }
    return metadata | ({"points": wanted.points} if wanted.points is not None else {})


def _new_cell(wanted: TemplateCell) -> NotebookNode:
    make = nbformat.v4.new_code_cell if wanted.cell_type == "code" else nbformat.v4.new_markdown_cell
    cell = make(wanted.source, metadata={"nbgrader": _metadata(wanted)})
    cell["id"] = wanted.name
    return cell


def _put_back(cells: list[NotebookNode], template: Template, found: set[str], notes: list[str]) -> None:
    """Add missing graded cells after the cell that stands before them in the source."""
    for number, wanted in enumerate(template.cells):
        if wanted.name in found or not (wanted.grade or wanted.task):
            continue
        before = {one.name for one in template.cells[:number]}
        at = max((i for i, name in enumerate(_names(cells)) if name in before), default=-1)
        cells.insert(at + 1, _new_cell(wanted))
        notes.append(f"{wanted.name}: this cell was missing, and is put back")


def _reorder(cells: list[NotebookNode], template: Template, notes: list[str]) -> None:
    """Move a test cell that stands before the work it tests to the place after it."""
    names = _names(cells)
    work: set[str] = set()
    for wanted in template.cells:
        if wanted.solution:
            work.add(wanted.name)
        if not wanted.grade or wanted.solution:
            continue
        at = names.index(wanted.name)
        last = max((i for i, name in enumerate(names) if name in work), default=-1)
        if at < last:
            cells.insert(last, cells.pop(at))
            names.insert(last, names.pop(at))
            notes.append(f"{wanted.name}: this cell stood before the work it tests, and is moved")


def _names(cells: list[NotebookNode]) -> list[str | None]:
    """The `grade_id` of each cell, once metadata is restored."""
    return [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]


def _name_all(cells: list[NotebookNode]) -> None:
    """Every cell has an id of its own."""
    taken = set()
    for number, cell in enumerate(cells):
        name = cell.get("id") or f"cell-{number}"
        fits = name.replace("-", "").replace("_", "").isalnum() and name.isascii() and len(name) <= 64
        while not fits or name in taken:
            name, fits, number = f"cell-{number}", True, number + len(cells)
        cell["id"] = name
        taken.add(name)


def unanswered(cell: NotebookNode) -> bool:
    """True if a solution cell is still what the release gave."""
    return cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
