"""`autograder lms marks`: a file for each chapter that the LMS imports as it is. README.md has the rules and their sources.

A mark is written only for who has one: in Canvas and in Moodle's gradebook a blank cell takes a mark away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.classroom.lms import store
from autograder.classroom.lms.formats import COLUMN, ROWS, Marks
from autograder.classroom.lms.rosters import Roster
from autograder.classroom.records import Classroom, HandIn
from autograder.course_dir import BadInput, CourseDir


@dataclass
class Written:
    """A file of marks: how many stand in it, who is left out and why, and what to know before it is imported."""

    path: Path
    marks: int
    left_out: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def write_marks(
    course: CourseDir,
    classroom: Classroom,
    chapter: str,
    lms: str,
    roster: Roster,
    column: str | None,
    scale: bool,
    zero: bool,
) -> Written:
    """Write one chapter's file. column : the LMS's heading for it, where the chapter's name does not find it. scale : convert
    to the LMS's maximum. zero : 0 for who handed nothing in."""
    pairs = store.students_of(course, roster)
    left_out: dict[str, list[str]] = {}
    ready = _ready(classroom, chapter, zero, left_out)
    heading, maximum = COLUMN[lms](roster.table, chapter, column)
    ours = classroom.chapters[chapter].maximum
    if maximum is not None and maximum != ours and not scale:
        raise BadInput(
            f"{chapter} has {ours:g} points here and {maximum:g} in the LMS ({heading}). Change it there and "
            f"export again, or convert "
            f"the marks with --scale."
        )
    factor = maximum / ours if maximum is not None and scale and ours else 1.0
    listed = {student for _, student in pairs}
    left_out["not in the class list"] = sorted(set(ready) - listed)
    marks = {student: round(mark * factor, 2) for student, mark in ready.items() if student in listed}
    late = sum(bool(one.penalty) for one in classroom.of_chapter(chapter) if one.student in marks)
    graded = Marks(chapter, marks, maximum if maximum is not None else ours, late)
    content, notes = ROWS[lms](roster, pairs, graded, heading)
    if not marks:
        raise BadInput(
            f"{chapter}: nobody of the class list ({roster.table.name}) has a mark yet, so no file is written."
        )
    path = store.write(course.root / store.FOLDER / f"marks-{lms}-{chapter}.csv", content)
    return Written(path, len(marks), {why: who for why, who in left_out.items() if who}, notes)


def _ready(classroom: Classroom, chapter: str, zero: bool, left_out: dict[str, list[str]]) -> dict[str, float]:
    """Marks that are final, by student: not those that wait for a person."""
    ready: dict[str, float] = {}
    waiting = []
    for one in classroom.of_chapter(chapter):
        if one.waiting:
            waiting.append(one.student)
        else:
            ready[one.student] = one.mark
    ungraded = sorted(student for student, name in classroom.ungraded if name == chapter)
    if zero:
        absent = set(classroom.persons) - set(ready) - set(waiting) - set(ungraded)
        ready |= dict.fromkeys(sorted(absent), 0.0)
    left_out["wait for a mark by hand"] = waiting
    left_out["handed in, not graded"] = ungraded
    return ready


def released(course: CourseDir, feedback: Path, hand_ins: Sequence[HandIn]) -> bool:
    """Whether a chapter's feedback is written: then marks may go out."""
    return any((feedback / one.student / one.chapter).is_dir() for one in hand_ins)
