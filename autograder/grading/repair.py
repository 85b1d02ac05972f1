"""Mend a hand-in before it is graded: most damage is innocent. Pure: cells and a template in, a new notebook and notes out.

The student's file is never changed, nor the cells given here. What is locked comes from the instructor's source; what the
student wrote is kept as it is, in the order in which it stands. Nothing is guessed: what can be read in more than one way is
left to a person, and the notes say what was found. Students read them too: they say what is so, and suspect nobody.
"""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.utils import compute_checksum

from autograder.grading.matching import BY_DEFINITION, BY_TEXT, Matching, match
from autograder.grading.mending import Mending, new_cell, restore_known
from autograder.grading.nodes import as_node
from autograder.grading.template import Template, TemplateCell, defined_names, layout_free
from autograder.grading.words import listed

NEEDS_A_PERSON = "needs a person: "
UNTOUCHED = "every answer is as it was handed out"
NOT_THERE = "*(The cell of this answer is not in the notebook that was handed in. Whoever marks it looks at the cells around it.)*"
LOOK_AROUND = "*(Nothing stands in this cell. Text stands beside it, and whoever marks this looks at that.)*"


def repair(cells: list[NotebookNode], template: Template) -> tuple[NotebookNode, list[str]]:
    """The notebook that is graded, and a note for everything that was mended."""
    matching = match(cells, template)
    copies = as_node(cells)
    mending = Mending(template, copies, list(matching.names))
    mending.notes += [f"{NEEDS_A_PERSON}{doubt}" for doubt in matching.doubts]
    _tell_guesses(matching, mending)
    _gather_pieces(matching, mending)
    restore_known(mending)
    if untouched := _is_untouched(mending):
        mending.notes.append(f"{template.notebook}.ipynb is untouched: {UNTOUCHED}")
    _put_back(mending)
    _tests_after_work(mending)
    if not untouched:
        _ask_about_neighbours(mending)
    _name_all(mending.cells)
    # Not `nbformat.v4.new_notebook`: it validates, which takes longer than all the rest. The tests do.
    whole = {"cells": [], "metadata": {"kernelspec": dict(template.kernelspec)}, "nbformat": 4, "nbformat_minor": 5}
    notebook = as_node(whole)
    notebook.cells = mending.cells
    return notebook, mending.notes


def blank_notebook(template: Template, why: list[str], recorded: dict[str, str] | None = None) -> NotebookNode:
    """The notebook of somebody whose own is missing or cannot be read: nothing in it was run, and its notes say why.

    recorded : what else its metadata hold, such as the digest by which the next run knows that nothing has changed.
    """
    mending = Mending(template, [], [])
    for wanted in template.cells:
        cell = new_cell(wanted)
        if wanted.is_test:
            error = {
                "output_type": "error",
                "ename": "NotRun",
                "evalue": why[-1] if why else "Not handed in.",
                "traceback": [],
            }
            cell.outputs = [as_node(error | {"traceback": [error["evalue"]]})]
        mending.insert(len(mending.cells), cell, wanted.name)
    whole = {"cells": [], "metadata": {"kernelspec": dict(template.kernelspec)}, "nbformat": 4, "nbformat_minor": 5}
    notebook = as_node(whole)
    notebook.cells = mending.cells
    notebook.metadata["autograder"] = as_node({"notes": why, "blank": True} | (recorded or {}))
    return notebook


def is_untouched(cells: list[NotebookNode], template: Template) -> bool:
    """True if a notebook is one of the course's, and no answer in it is more than what was handed out."""
    matching = match(cells, template)
    return _is_untouched(Mending(template, list(cells), list(matching.names)))


def _tell_guesses(matching: Matching, mending: Mending) -> None:
    """A hand-in whose cells bear no names any more is also shown to a person."""
    known = mending.template.by_name
    for sign, how in ((BY_TEXT, "their text"), (BY_DEFINITION, "what they define")):
        names = [name for name, how in matching.how.items() if how == sign and name in known]
        if names:
            mending.notes.append(
                f"{NEEDS_A_PERSON}{len(names)} cells have no ids any more, as some programs leave them, and were found by {how}: "
                f"{listed(names)}"
            )


def _gather_pieces(matching: Matching, mending: Mending) -> None:
    """Of cells with one name, one counts; a written answer is all of its pieces in one cell."""
    gone: set[int] = set()
    for name, spare in matching.spare.items():
        wanted = mending.template.by_name.get(name)
        if wanted is None:
            continue
        mending.notes.append(f"{name}: the notebook holds this cell {len(spare) + 1} times; one of them counts")
        if wanted.is_written:
            chosen = mending.cells[matching.at(name)]
            pieces = [mending.cells[number] for number in sorted([*spare, matching.at(name)])]
            texts = [one.source for one in pieces if layout_free(one.source) not in ("", wanted.layout_free)]
            chosen.source = "\n\n".join(dict.fromkeys(texts)) or wanted.source
            pictures = {key: value for one in pieces for key, value in one.get("attachments", {}).items()}
            if pictures:
                chosen["attachments"] = pictures
            gone |= set(spare)
        for number in set(spare) - gone:
            mending.cells[number]["id"] = ""
    mending.names = [name for number, name in enumerate(mending.names) if number not in gone]
    mending.cells = [cell for number, cell in enumerate(mending.cells) if number not in gone]


def _is_untouched(mending: Mending) -> bool:
    """True if all answers that are there are as handed out, and none stands anywhere else."""
    answers = [one for one in mending.template.cells if one.solution]
    there = {name: cell for name, cell in zip(mending.names, mending.cells, strict=True) if name}
    found = [one for one in answers if one.name in there]
    if not found or any(layout_free(there[one.name].source) != one.layout_free for one in found):
        return False
    wanted_names = {name for one in answers for name in one.defines}
    for cell, name in zip(mending.cells, mending.names, strict=True):
        if name is None and cell.cell_type == "code" and defined_names(cell.source) & wanted_names:
            return False
    if any(one.is_written and one.name not in there for one in answers):  # its text may stand in any cell
        return False
    return not any(_unknown_around(mending, one) for one in found if one.is_written)


def _put_back(mending: Mending) -> None:
    """Add missing graded cells: before the next cell that is there, or at the end."""
    places = mending.template.places
    back: list[str] = []
    for wanted in mending.template.cells:
        if wanted.name in mending.names or not (wanted.grade or wanted.task):
            continue
        later = [i for i, name in enumerate(mending.names) if name and places.get(name, -1) > places[wanted.name]]
        cell = new_cell(wanted)
        if wanted.is_written:
            cell.source = NOT_THERE  # not what was handed out, so that nbgrader, too, leaves it to a person
            near = _unknown_near(mending, later[0] if later else len(mending.cells))
            what = f"; near it stands: {near!r}" if near else ""
            mending.notes.append(f"{NEEDS_A_PERSON}{wanted.name}: this answer's cell is missing{what}")
        else:
            back.append(wanted.name)
        mending.insert(later[0] if later else len(mending.cells), cell, wanted.name)
    if back:
        what = (
            "this cell was missing, and is put back" if len(back) == 1 else "these cells were missing, and are put back"
        )
        mending.notes.append(f"{', '.join(back)}: {what}")


def _tests_after_work(mending: Mending) -> None:
    """Move a test cell that stands before the work it tests to the place after it."""
    work: set[str] = set()
    for wanted in mending.template.cells:
        if wanted.solution:
            work.add(wanted.name)
        if not wanted.grade or wanted.solution:
            continue
        at = mending.at(wanted.name)
        last = max((i for i, name in enumerate(mending.names) if name in work), default=-1)
        last = max(last, _defined_at(mending, wanted, at))
        if at < last:
            mending.move(at, last)
            mending.notes.append(f"{wanted.name}: this cell stood before the work it tests, and is moved")


def _defined_at(mending: Mending, test: TemplateCell, at: int) -> int:
    """Where the one cell stands that defines what a test examines, if the course's own cell for it does not; else -1."""
    if not test.asks or _answered_above(mending, test, at):
        return -1
    below = [
        number
        for number in range(at + 1, len(mending.cells))
        if _may_answer(mending, number) and defined_names(mending.cells[number].source) & test.asks
    ]
    if len(below) > 1:
        numbers = ", ".join(str(number + 1) for number in below)
        mending.notes.append(
            f"{NEEDS_A_PERSON}{test.name}: {listed(sorted(test.asks))} is defined below it, in cells {numbers}; which is meant?"
        )
    return below[0] if len(below) == 1 else -1


def _answered_above(mending: Mending, test: TemplateCell, at: int) -> bool:
    """True if something above a test defines what it examines, and is more than what was handed out."""
    return any(
        _may_answer(mending, number) and defined_names(mending.cells[number].source) & test.asks for number in range(at)
    )


def _may_answer(mending: Mending, number: int) -> bool:
    """True for a code cell that is neither one of the course's own around the answers nor an answer left as handed out."""
    name, wanted = mending.names[number], mending.known(number)
    if mending.cells[number].cell_type != "code" or (name and wanted is None):
        return False
    if wanted is None:
        return True
    return wanted.solution and layout_free(mending.cells[number].source) != wanted.layout_free


def _ask_about_neighbours(mending: Mending) -> None:
    """A written answer that is empty, with text beside it that nobody handed out, is left to a person."""
    for wanted in mending.template.cells:
        if not wanted.is_written or mending.at(wanted.name) is None:
            continue
        cell = mending.cells[mending.at(wanted.name)]
        empty = layout_free(cell.source) in ("", wanted.layout_free)
        neighbour = _unknown_around(mending, wanted) if empty else _unknown_beside(mending, wanted)
        if not neighbour or cell.source == NOT_THERE:
            continue
        if empty:
            cell.source = LOOK_AROUND
        mending.notes.append(f"{NEEDS_A_PERSON}{wanted.name}: beside this answer stands {neighbour!r}")


def _unknown_around(mending: Mending, wanted: TemplateCell) -> str:
    """The beginning of text that is not the course's, wherever it stands between the tests before and after an answer in words, or
    of code directly beside it: some write their answer there. "" if there is none."""
    if near := _unknown_beside(mending, wanted):
        return near
    at = mending.at(wanted.name)
    tests = [number for number in range(len(mending.cells)) if (one := mending.known(number)) and one.is_test]
    first = max((number for number in tests if number < at), default=-1)
    last = min((number for number in tests if number > at), default=len(mending.cells))
    for number in range(first + 1, last):
        cell, beside = mending.cells[number], abs(number - at) == 1
        if mending.names[number] is None and cell.source.strip() and (beside or cell.cell_type != "code"):
            return " ".join(cell.source.split())[:60]
    return ""


def _unknown_beside(mending: Mending, wanted: TemplateCell) -> str:
    """The beginning of text beside a cell that is not the course's; "" if there is none."""
    at = mending.at(wanted.name)
    return _unknown_near(mending, at) or _unknown_near(mending, at + 1)


def _unknown_near(mending: Mending, place: int) -> str:
    """The beginning of the text that stands directly before or after a place and is not the course's."""
    for numbers in (range(place - 1, -1, -1), range(place, len(mending.cells))):
        for number in numbers:
            if mending.known(number) is not None:
                break
            cell, name = mending.cells[number], mending.names[number]
            released = mending.template.free.get(name or "")
            own = released is not None and layout_free(released) == layout_free(cell.source)
            if not own and cell.cell_type != "code" and cell.source.strip() and mending.template.free:
                return " ".join(cell.source.split())[:60]
            if own:
                break
    return ""


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
