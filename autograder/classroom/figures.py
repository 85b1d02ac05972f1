"""What the class did, in numbers. Pure: records in, counts out.

An exercise counts once a student, however many test cells ask about it: it is right if all its parts are, empty if all are.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from autograder.classroom.records import Chapter, Classroom, HandIn
from autograder.examination.test_cell import read_test_cell
from autograder.grading import verdicts
from autograder.grading.repair import TemplateCell

ENOUGH = 20  # students: below, how well a question tells strong from weak is chance
HALF = 0.5  # of a chapter's points: with less somebody is in trouble
SEVERAL = 2  # chapters
UNRECORDED = "not recorded"  # points were lost, and the hand-in was graded before reasons were kept


@dataclass
class Question:
    """What the class did with one exercise, or with one prediction (then `letters` counts, not `mistakes`).

    cells : the test cells that ask about it. discrimination : from ENOUGH hand-ins on, the correlation of "right" with the marks in
        the rest of the chapter (the corrected item-total correlation, from -1 to 1); None where it is not defined.
    holders : finding to the students who have it, for choosing an example.
    """

    name: str
    kind: str  # "exercise" or "prediction"
    cells: tuple[str, ...]
    handed_in: int = 0
    right: int = 0
    empty: int = 0
    mistakes: Counter = field(default_factory=Counter)
    differences: Counter = field(default_factory=Counter)
    letters: Counter = field(default_factory=Counter)
    others: Counter = field(default_factory=Counter)  # interrupted, not reached, own asserts, not recorded
    discrimination: float | None = None
    holders: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def share(self) -> float:
        """Right answers among all hand-ins, 0 to 1."""
        return self.right / self.handed_in if self.handed_in else 0.0


@dataclass
class Written:
    """A written answer: how many stand, are empty, and wait for a person."""

    name: str
    handed_in: int = 0
    empty: int = 0
    waiting: int = 0
    mean: float = 0.0
    maximum: float = 0.0


@dataclass
class ChapterFigures:
    """A chapter: its marks, its questions in the notebook's order, and who needs attention, by student."""

    name: str
    maximum: float
    marks: dict[str, float]
    questions: list[Question]
    written: list[Written]
    untouched: list[str]
    not_handed_in: list[str]
    late: dict[str, float]  # seconds
    extended: dict[str, float]  # seconds more than everybody has
    needs_person: dict[str, list[str]]  # why

    @property
    def exercises(self) -> list[Question]:
        return [one for one in self.questions if one.kind == "exercise"]

    @property
    def predictions(self) -> list[Question]:
        return [one for one in self.questions if one.kind == "prediction"]


@dataclass(frozen=True)
class Shared:
    """A mistake, and what share of a chapter's hand-ins made it."""

    chapter: str
    exercise: str
    mistake: str
    count: int
    handed_in: int


def class_figures(classroom: Classroom, named: Iterable[str] = ()) -> dict[str, ChapterFigures]:
    """The figures of every chapter in which something was handed in, and of those that were asked for by name."""
    worked_on = {chapter for _, chapter in [*classroom.hand_ins, *classroom.ungraded]} | set(named)
    return {name: chapter_figures(classroom, one) for name, one in classroom.chapters.items() if name in worked_on}


def chapter_figures(classroom: Classroom, chapter: Chapter) -> ChapterFigures:
    """The figures of one chapter."""
    hand_ins = classroom.of_chapter(chapter.name)
    points = {cell.name: cell.points or 0.0 for template in chapter.templates for cell in template.cells if cell.grade}
    questions = [_counted(one, hand_ins, points) for one in questions_in(chapter)]
    there = {one.student for one in hand_ins}
    ungraded = [student for student, name in classroom.ungraded if name == chapter.name]
    needs = {one.student: _reasons(one) for one in hand_ins if _reasons(one)}
    needs |= {student: ["something was handed in, and no notebook of it is graded"] for student in ungraded}
    return ChapterFigures(
        name=chapter.name,
        maximum=chapter.maximum,
        marks={one.student: one.mark for one in hand_ins},
        questions=questions,
        written=[_written(cell, hand_ins) for cell in _written_cells(chapter)],
        untouched=[one.student for one in hand_ins if one.untouched],
        not_handed_in=sorted(set(classroom.persons) - there - set(ungraded)),
        late={one.student: one.seconds_late for one in hand_ins if one.seconds_late},
        extended={one.student: one.extension.total_seconds() for one in hand_ins if one.extension},
        needs_person=dict(sorted(needs.items())),
    )


def questions_in(chapter: Chapter) -> list[Question]:
    """Every exercise and prediction of a chapter in the notebook's order, not counted yet. A test cell of plain asserts is an
    exercise of its own name."""
    cells: dict[tuple[str, str], list[str]] = {}
    for template in chapter.templates:
        for cell in template.cells:
            if not cell.grade or cell.solution or cell.cell_type != "code":
                continue
            records = [verdicts.question_record(one) for one in read_test_cell(cell.name, cell.source).questions]
            for record in records or [{"exercise": cell.name.removeprefix("test-")}]:
                kind = "prediction" if "prediction" in record else "exercise"
                cells.setdefault((kind, str(record[kind])), []).append(cell.name)
    return [Question(name, kind, tuple(dict.fromkeys(names))) for (kind, name), names in cells.items()]


def _counted(question: Question, hand_ins: Sequence[HandIn], points: dict[str, float]) -> Question:
    right = []
    for one in hand_ins:
        records = [_record(one, cell, points) for cell in question.cells]
        kinds = [record["found"] for record in records]
        question.handed_in += 1
        question.right += all(kind == verdicts.RIGHT for kind in kinds)
        question.empty += all(kind == verdicts.EMPTY for kind in kinds)
        right.append(float(all(kind == verdicts.RIGHT for kind in kinds)))
        for kind, name in sorted({(record["found"], str(record.get("name", ""))) for record in records}):
            counter = {
                verdicts.MISTAKE: question.mistakes,
                verdicts.DIFFERENCE: question.differences,
                verdicts.LETTER: question.letters,
            }.get(kind)
            if counter is not None:
                counter[name] += 1
                question.holders[name].append(one.student)
            elif kind not in (verdicts.RIGHT, verdicts.EMPTY):
                question.others[kind] += 1
    if len(hand_ins) >= ENOUGH:
        rest = [one.score - sum(one.points.get(cell, 0.0) for cell in question.cells) for one in hand_ins]
        question.discrimination = correlation(right, rest)
    return question


def _record(hand_in: HandIn, cell: str, points: dict[str, float]) -> dict:
    """What was found in a cell. Where nothing was recorded, full points are right, and others are lost for a reason unknown."""
    if hand_in.verdicts is not None and cell in hand_in.verdicts:
        return hand_in.verdicts[cell]
    full = hand_in.points.get(cell, 0.0) >= points.get(cell, math.inf)
    return {"found": verdicts.RIGHT if full else UNRECORDED}


def _reasons(hand_in: HandIn) -> list[str]:
    """Why a person should look at a hand-in; [] if nobody need."""
    waiting = [f"{cell}: to be marked by hand" for cell in hand_in.waiting]
    said = [note for note in hand_in.notes if not (hand_in.untouched and "is untouched" in note)]  # listed by itself
    return waiting + list(dict.fromkeys(said))


def _written_cells(chapter: Chapter) -> list[TemplateCell]:
    return [cell for one in chapter.templates for cell in one.cells if (cell.grade and cell.solution) or cell.task]


def _written(cell: TemplateCell, hand_ins: Sequence[HandIn]) -> Written:
    empty = sum((one.verdicts or {}).get(cell.name, {}).get("found") == verdicts.EMPTY for one in hand_ins)
    marked = [one.points.get(cell.name, 0.0) for one in hand_ins if cell.name not in one.waiting]
    waiting = sum(cell.name in one.waiting for one in hand_ins)
    return Written(cell.name, len(hand_ins), empty, waiting, fmean(marked) if marked else 0.0, cell.points or 0.0)


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's correlation; None where one of the two does not vary."""
    means = fmean(first), fmean(second)
    pairs = [(a - means[0], b - means[1]) for a, b in zip(first, second, strict=True)]
    scale = math.sqrt(sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs))
    return sum(a * b for a, b in pairs) / scale if scale > 1e-12 else None


def most_shared(chapters: dict[str, ChapterFigures], count: int = 3) -> list[Shared]:
    """The mistakes that the largest shares of their chapter's hand-ins made, each by two students at least."""
    found = [
        Shared(chapter.name, question.name, mistake, number, question.handed_in)
        for chapter in chapters.values()
        for question in chapter.exercises
        for mistake, number in question.mistakes.items()
        if number > 1
    ]
    found.sort(key=lambda one: (-one.count / one.handed_in, -one.count, one.chapter, one.exercise, one.mistake))
    return found[:count]


def in_trouble(chapters: dict[str, ChapterFigures]) -> dict[str, list[str]]:
    """Who has less than half of the points, or handed nothing in, in several chapters: student to these chapters, worst first."""
    found: dict[str, list[str]] = defaultdict(list)
    for chapter in chapters.values():
        for student in chapter.not_handed_in:
            found[student].append(chapter.name)
        for student, mark in chapter.marks.items():
            if chapter.maximum and mark < HALF * chapter.maximum:
                found[student].append(chapter.name)
    several = {student: sorted(names) for student, names in found.items() if len(names) >= SEVERAL}
    return dict(sorted(several.items(), key=lambda pair: (-len(pair[1]), pair[0])))
