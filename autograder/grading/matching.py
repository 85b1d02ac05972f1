"""Which cell of a hand-in is which cell of the course: what other tools left of it decides.

In this order: nbgrader's `grade_id`, the cell's id, an id among its metadata (an old Colab), its text as it was handed out,
and what it defines. A weaker sign counts only where no cell bears a stronger one. Where two cells could be meant, neither is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograder.grading.template import Template, TemplateCell, defined_names, layout_free

BY_TEXT, BY_DEFINITION = "its text", "what it defines"


@dataclass
class Matching:
    """names : for each cell of the hand-in the name of the course's cell that it is, or None.

    spare : further cells that bear a name already given, by that name, in order. how : the sign by which a name was found.
    doubts : what could be read in more than one way.
    """

    names: list[str | None]
    spare: dict[str, list[int]] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)

    def at(self, name: str) -> int | None:
        """The number of the cell that has this name."""
        return self.names.index(name) if name in self.how else None

    def loose(self) -> list[int]:
        """The numbers of the cells without a name."""
        others = {number for same in self.spare.values() for number in same}
        return [number for number, name in enumerate(self.names) if name is None and number not in others]


def match(cells: list[NotebookNode], template: Template) -> Matching:
    """Find the course's cells, known and free ones, among those of a hand-in."""
    matching = Matching([None] * len(cells))
    for sign, stated in (("grade_id", _grade_id), ("its id", _id), ("the id in its metadata", _id_in_metadata)):
        _by_word(cells, template, matching, sign, stated)
    _by_text(cells, template, matching)
    _by_definition(cells, template, matching)
    return matching


def is_this_notebook(cells: list[NotebookNode], template: Template) -> bool:
    """True if most of the course's cells, or of its answers, are among these, whatever the file is called."""
    found = set(match(cells, template).how)
    answers = [one.name for one in template.cells if one.defines]
    return (
        2 * len(found & set(template.by_name)) > len(template.cells) or 2 * len(found & set(answers)) > len(answers) > 0
    )


def _grade_id(cell: NotebookNode):
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def _id(cell: NotebookNode):
    return cell.get("id")


def _id_in_metadata(cell: NotebookNode):
    return cell.metadata.get("id")


def _by_word(
    cells: list[NotebookNode],
    template: Template,
    matching: Matching,
    sign: str,
    stated: Callable[[NotebookNode], object],
) -> None:
    """Cells that state the name of one that is still looked for."""
    wanted = set(template.places) - set(matching.how)
    claims: dict[str, list[int]] = defaultdict(list)
    for number in matching.loose():
        name = stated(cells[number])
        if isinstance(name, str) and name in wanted:
            claims[name].append(number)
    for name, numbers in claims.items():
        _give(cells, template, matching, name, numbers, sign)


def _give(
    cells: list[NotebookNode], template: Template, matching: Matching, name: str, numbers: list[int], sign: str
) -> None:
    """One of the cells gets the name; the others are spare."""
    chosen = _chosen(cells, template.by_name.get(name), numbers)
    matching.names[chosen] = name
    matching.how[name] = sign
    if others := [number for number in numbers if number != chosen]:
        matching.spare[name] = others


def _chosen(cells: list[NotebookNode], wanted: TemplateCell | None, numbers: list[int]) -> int:
    """Of several cells with one name: the last that defines what is asked, of an answer, and is more than what was handed out;
    else the first."""
    if wanted is None or wanted.locked or wanted.grade:
        return numbers[0]
    defining = [number for number in numbers if defined_names(cells[number].source) & wanted.defines]
    filled = [number for number in defining if layout_free(cells[number].source) != wanted.layout_free]
    return (filled or defining or numbers)[-1]


def _by_text(cells: list[NotebookNode], template: Template, matching: Matching) -> None:
    """Cells that stand as they were handed out, whatever their layout; of the same text as many as the course has, in its order."""
    released = {name: one.layout_free for name, one in template.by_name.items()}
    released |= {name: layout_free(text) for name, text in template.free.items()}
    wanted: dict[str, list[str]] = defaultdict(list)
    for name in template.places:
        if name not in matching.how and released[name]:
            wanted[released[name]].append(name)
    if not wanted:
        return
    found: dict[str, list[int]] = defaultdict(list)
    for number in matching.loose():
        if (text := layout_free(cells[number].source)) in wanted:
            found[text].append(number)
    for text, numbers in found.items():
        names = wanted[text]
        if len(names) == 1:
            _give(cells, template, matching, names[0], numbers, BY_TEXT)
        elif len(names) == len(numbers):
            for name, number in zip(names, numbers, strict=True):
                _give(cells, template, matching, name, [number], BY_TEXT)


def _by_definition(cells: list[NotebookNode], template: Template, matching: Matching) -> None:
    """Cells that define what an answer defines; none where several do, or where one cell holds several answers."""
    wanted = [one for one in template.cells if one.defines and one.name not in matching.how]
    if not wanted:
        return
    candidates = {}
    for number in matching.loose():
        if cells[number].cell_type == "code" and (names := defined_names(cells[number].source)):
            candidates[number] = names
    by_cell: dict[int, list[str]] = defaultdict(list)
    for one in wanted:
        defining = [number for number, names in candidates.items() if names & one.defines]
        if len(defining) > 1:
            matching.doubts.append(
                f"{one.name}: {_cells(defining)} define {_words(one.defines)}; which of them is the answer?"
            )
        for number in defining if len(defining) == 1 else []:
            by_cell[number].append(one.name)
    for number, names in by_cell.items():
        if len(names) == 1:
            _give(cells, template, matching, names[0], [number], BY_DEFINITION)


def _cells(numbers: list[int]) -> str:
    """`cells 4 and 9`, counted from 1 as a reader does."""
    counted = [str(number + 1) for number in numbers]
    return f"cells {', '.join(counted[:-1])} and {counted[-1]}"


def _words(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
