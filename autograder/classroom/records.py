"""What is known of the class: nbgrader's gradebook, and what grading recorded in `autograded/`. Reads only."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory

from autograder.course_dir import BadInput, CourseDir
from autograder.grading.gradebook import CourseGradebook
from autograder.grading.repair import Template
from autograder.settings import nbgrader_settings

NO_WORK = {"timestamp.txt"}  # what stands in a folder in which nothing was handed in


@dataclass(frozen=True)
class Person:
    """A student, as the gradebook names them."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms_id: str = ""

    @property
    def name(self) -> str:
        """First and last name; the id where the gradebook has none."""
        return " ".join(filter(None, (self.first, self.last))) or self.id


@dataclass(frozen=True)
class Chapter:
    """An assignment: its points, its due date (UTC, or None), and its notebooks' cells."""

    name: str
    maximum: float
    due: datetime | None
    templates: tuple[Template, ...]


@dataclass(frozen=True)
class HandIn:
    """One graded hand-in.

    score : points without the penalty. penalty : what lateness costs. seconds_late : after the due date and any extension.
    verdicts : the records of grading/verdicts.py by grade_id; None if the hand-in was graded without recording them.
    waiting : cells that a person has to mark. notes : what grading noted (repairs, time limits).
    files : the marked notebooks.
    """

    student: str
    chapter: str
    score: float
    penalty: float = 0.0
    time: datetime | None = None
    extension: timedelta | None = None
    seconds_late: float = 0.0
    verdicts: dict[str, dict] | None = None
    untouched: bool = False
    waiting: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    seed: str = ""
    points: dict[str, float] = field(default_factory=dict)  # by graded cell

    @property
    def mark(self) -> float:
        """What counts: never below 0."""
        return max(0.0, self.score - self.penalty)


@dataclass(frozen=True)
class Classroom:
    """A class: who is in it, what was asked, what was handed in, and folders that hold something and no graded notebook."""

    course: CourseDir
    persons: dict[str, Person]
    chapters: dict[str, Chapter]
    hand_ins: dict[tuple[str, str], HandIn]
    ungraded: frozenset[tuple[str, str]]

    def of_chapter(self, chapter: str) -> list[HandIn]:
        """The hand-ins of a chapter, by student."""
        return [one for (_, name), one in sorted(self.hand_ins.items()) if name == chapter]


def folders(course: CourseDir) -> CourseDirectory:
    """Where nbgrader keeps this course's folders and gradebook."""
    settings = nbgrader_settings(course)
    settings.CourseDirectory.root = str(course.root)
    return CourseDirectory(config=settings)


def gradebook_of(course: CourseDir) -> CourseGradebook:
    """The course's gradebook; BadInput if there is none."""
    settings = nbgrader_settings(course)
    settings.CourseDirectory.root = str(course.root)
    where = CourseDirectory(config=settings)
    return CourseGradebook(where.db_url, where.course_id, settings)


def read_class(course: CourseDir, chosen: list[str] | None = None) -> Classroom:
    """Read the chapters that were chosen, or all that the gradebook knows. BadInput if there is nothing to read."""
    where, gradebook = folders(course), gradebook_of(course)
    try:
        known = gradebook.assignments()
        if unknown := [name for name in chosen or () if name not in known]:
            raise BadInput(
                f"the gradebook knows no assignment {unknown[0]!r}. Run `nbgrader generate_assignment {unknown[0]}` first."
            )
        names = chosen or [name for name in known if not course.is_left_out(name)]
        dates = {one.name: (one.max_score, one.duedate) for one in gradebook.query(Assignment)}
        chapters = {name: Chapter(name, *dates[name], tuple(gradebook.templates(name))) for name in names}
        persons = {row[0]: Person(*(value or "" for value in row)) for row in gradebook.query(*PERSON)}
        rows = _submissions(gradebook, names)
    finally:
        gradebook.close()
    root = Path(where.root)
    hand_ins, ungraded = {}, set()
    for name, chapter in chapters.items():
        for student in persons:
            key = (student, name)
            files = [
                root / where.autograded_directory / student / name / f"{one.notebook}.ipynb"
                for one in chapter.templates
            ]
            there = tuple(path for path in files if path.is_file())
            found = _hand_in(student, chapter, rows[key], there) if there and key in rows else None
            if found is not None:
                hand_ins[key] = found
            elif _holds_work(root / where.submitted_directory / student / name):
                ungraded.add(key)
    return Classroom(course, persons, chapters, hand_ins, frozenset(ungraded))


PERSON = (Student.id, Student.first_name, Student.last_name, Student.email, Student.lms_user_id)


@dataclass
class _Row:
    """What the gradebook has of one submission."""

    time: datetime | None
    extension: timedelta | None
    points: dict[str, float] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    penalty: float = 0.0


def _submissions(gradebook: CourseGradebook, names: list[str]) -> dict[tuple[str, str], _Row]:
    """Every submission of these assignments, by student and assignment: three queries for any number of them."""
    found: dict[str, _Row] = {}
    keys: dict[str, tuple[str, str]] = {}
    those = gradebook.query(
        SubmittedAssignment.id, SubmittedAssignment.student_id, Assignment.name, SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
    ).join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)  # fmt: skip
    for number, student, name, time, extension in those.filter(Assignment.name.in_(names)):
        keys[number], found[number] = (student, name), _Row(time, extension)
    grades = gradebook.query(
        SubmittedNotebook.assignment_id, BaseCell.name, Grade.auto_score, Grade.manual_score, Grade.extra_credit,
        Grade.needs_manual_grade,
    ).join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id).join(BaseCell, Grade.cell_id == BaseCell.id)  # fmt: skip
    for number, cell, automatic, manual, extra, waiting in grades:
        if number in found:
            found[number].points[cell] = ((automatic if manual is None else manual) or 0.0) + (extra or 0.0)
            found[number].waiting += [cell] * bool(waiting)
    for number, penalty in gradebook.query(SubmittedNotebook.assignment_id, SubmittedNotebook.late_submission_penalty):
        if number in found:
            found[number].penalty += penalty or 0.0
    return {keys[number]: row for number, row in found.items()}


def _hand_in(student: str, chapter: Chapter, row: _Row, files: tuple[Path, ...]) -> HandIn | None:
    """A hand-in; None if grading put blank notebooks there, since none was handed in that can be read."""
    verdicts: dict[str, dict] | None = {}
    notes: list[str] = []
    untouched, seed = True, ""
    recorded = {path: read_record(path) for path in files}
    files = tuple(path for path in files if not recorded[path].get("blank"))  # a page for feedback only
    read = {path: read_record(path) for path in files}
    files = tuple(path for path, record in read.items() if not record.get("blank"))
    if not files:
        return None
    for record in map(read.__getitem__, files):
        notes += [str(note) for note in record.get("notes", ())]
        untouched = untouched and bool(record.get("untouched"))
        seed = str(record.get("seed", seed))
        verdicts = None if verdicts is None or "verdicts" not in record else verdicts | record["verdicts"]
    late = 0.0
    if row.time is not None and chapter.due is not None:
        late = max(0.0, (row.time - chapter.due - (row.extension or timedelta())).total_seconds())
    return HandIn(
        student, chapter.name, sum(row.points.values()), row.penalty, row.time, row.extension, late, verdicts, untouched,
        tuple(row.waiting), tuple(notes), files, seed, row.points,
    )  # fmt: skip


def read_record(path: Path) -> dict:
    """What grading recorded in a marked notebook; {} where it recorded nothing, or nothing that can be read."""
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        record = json.loads(path.read_bytes())["metadata"]["autograder"]
        if isinstance(record, dict) and isinstance(record.get("notes", []), list):
            return record
    return {}


def _holds_work(folder: Path) -> bool:
    try:
        return any(path.name not in NO_WORK and path.name[0] != "." for path in folder.iterdir())
    except OSError:
        return False


def by_chapter(pairs: frozenset[tuple[str, str]]) -> dict[str, list[str]]:
    """Chapter to students, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for student, chapter in sorted(pairs):
        found[chapter].append(student)
    return found
