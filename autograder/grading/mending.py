"""A notebook while it is mended, and its known cells made what the course has them to be: metadata, type, locked text."""

from __future__ import annotations

from dataclasses import dataclass, field

import nbformat
from nbformat import NotebookNode

from autograder.grading.nodes import as_node
from autograder.grading.template import Template, TemplateCell, defined_names, layout_free
from autograder.grading.words import listed


@dataclass
class Mending:
    """The notebook while it is mended. `names` is parallel to `cells`: the course's name of each, or None."""

    template: Template
    cells: list[NotebookNode]
    names: list[str | None]
    notes: list[str] = field(default_factory=list)

    def at(self, name: str) -> int | None:
        return self.names.index(name) if name in self.names else None

    def insert(self, place: int, cell: NotebookNode, name: str | None) -> None:
        self.cells.insert(place, cell)
        self.names.insert(place, name)

    def move(self, place: int, to: int) -> None:
        """Move one cell behind another that stands after it."""
        self.cells.insert(to, self.cells.pop(place))
        self.names.insert(to, self.names.pop(place))

    def known(self, number: int) -> TemplateCell | None:
        return self.template.by_name.get(self.names[number] or "")


def restore_known(mending: Mending) -> None:
    """Give every known cell its true metadata, type and, if locked, source."""
    lost: list[str] = []
    counted: list[str] = []
    for cell, name in list(zip(mending.cells, mending.names, strict=True)):
        cell.metadata.pop("id", None)
        stated = cell.metadata.pop("nbgrader", {})
        wanted = mending.template.by_name.get(name or "")
        if name:
            cell["id"] = name
        if wanted is None:
            continue
        cell.metadata["nbgrader"] = as_node(_metadata(wanted))
        _restore_type(cell, wanted, mending)
        true = (wanted.grade, wanted.solution, wanted.locked)
        if tuple(stated.get(key) for key in ("grade", "solution", "locked")) != true:
            lost.append(wanted.name)
        elif wanted.points is not None and stated.get("points") != wanted.points:
            counted.append(f"{wanted.name} {wanted.points:g} (in the notebook: {stated.get('points')})")
        _restore_source(cell, wanted, mending)
    if lost:
        mending.notes.append(
            f"nbgrader's metadata of {len(lost)} cells was not there as handed out, and is filled in: {listed(lost)}"
        )
    if counted:
        mending.notes.append(f"points count as the course has them now: {listed(counted)}")


def _restore_type(cell: NotebookNode, wanted: TemplateCell, mending: Mending) -> None:
    if cell.cell_type == wanted.cell_type:
        return
    mending.notes.append(f"{wanted.name}: was a {cell.cell_type} cell, should be {wanted.cell_type}")
    cell.cell_type = wanted.cell_type
    if wanted.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
        cell.pop("attachments", None)
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


def _restore_source(cell: NotebookNode, wanted: TemplateCell, mending: Mending) -> None:
    """What is locked as the instructor has it; what else stood there stays: code in a cell before it, text in one after it."""
    if not wanted.locked:
        if layout_free(cell.source) == wanted.layout_free:  # a formatter passed over it
            cell.source = wanted.source
        return
    # What a release shows lacks the hidden tests, so only what a student wrote besides is looked for.
    more = _written_into(cell.source, wanted, mending.template)
    cell.source = wanted.source
    if more:
        code = wanted.cell_type == "code"
        kept = {"id": "", "cell_type": wanted.cell_type, "metadata": {}, "source": more}
        kept |= {"outputs": [], "execution_count": None} if code else {}
        if "attachments" in cell:
            kept["attachments"] = cell.pop("attachments")
        mending.insert(mending.at(wanted.name) + (not code), as_node(kept), None)
        mending.notes.append(
            f"{wanted.name}: more stood in this cell than was handed out; it is kept in a cell of its own"
        )


def _written_into(source: str, wanted: TemplateCell, template: Template) -> str:
    """What a student wrote into a locked cell: all of code that defines an answer; of text what stands around the question."""
    if source == wanted.released:
        return ""
    if wanted.cell_type == "code":
        answers = {name for one in template.cells for name in one.defines}
        return source if defined_names(source) & answers else ""
    packed = layout_free(source)
    if packed in (wanted.layout_free, layout_free(wanted.source)) or wanted.layout_free not in packed:
        return ""
    if wanted.released.strip() in source:
        return source.replace(wanted.released.strip(), "", 1).strip()
    return source


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


def new_cell(wanted: TemplateCell) -> NotebookNode:
    make = nbformat.v4.new_code_cell if wanted.cell_type == "code" else nbformat.v4.new_markdown_cell
    cell = make(wanted.source, metadata={"nbgrader": _metadata(wanted)})
    cell["id"] = wanted.name
    return cell
