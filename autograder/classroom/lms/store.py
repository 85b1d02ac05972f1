"""The folder `lms/` of a course: the class lists as they came, which zip each hand-in came from, and what goes back."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path

from autograder.classroom.lms.people import Known, Match, match
from autograder.classroom.lms.rosters import Roster, read_roster
from autograder.classroom.lms.table import read_table
from autograder.classroom.records import gradebook_of
from autograder.course_dir import BadInput, CourseDir
from autograder.grading.folders import write_whole
from autograder.grading.gradebook import CourseGradebook

FOLDER = "lms"
STUDENT_ID = re.compile(r"[^/\\\x00-\x1f.][^/\\\x00-\x1f]*")  # what can be a folder's name under submitted/


def roster_path(course: CourseDir, lms: str, chapter: str | None) -> Path:
    """Where a class list is kept; a worksheet of Moodle's with its chapter, whose numbers it holds."""
    name = f"{lms}-{chapter}" if chapter else lms
    return course.root / FOLDER / f"roster-{name}.csv"


def keep_roster(course: CourseDir, path: Path, chapter: str | None) -> tuple[Roster, Match]:
    """Read a class list, put its people into the gradebook, and keep the file as it came. Nothing is written if it is no good."""
    roster = read_roster(read_table(path))
    if roster.worksheet and not chapter:
        raise BadInput(
            f"{path.name} is a Moodle worksheet, whose numbers are those of one assignment. Say of which with --chapter."
        )
    gradebook = gradebook_of(course)
    try:
        found = match(roster.persons, known_students(gradebook), path.name)
        if odd := [student for _, student in found.students if not STUDENT_ID.fullmatch(student)]:
            raise BadInput(f"{path.name}: {odd[0]!r} cannot be a student's id: it has to be a folder's name.")
        fields = {student: _fields(person) for person, student in found.students}
        if roster.worksheet:  # its ids are one assignment's
            has_one = {one.id for one in known_students(gradebook) if one.lms_id}
            fields = {one: values | ({"lms_user_id": ""} if one in has_one else {}) for one, values in fields.items()}
        gradebook.name_students(fields)
    finally:
        gradebook.close()
    write(roster_path(course, roster.lms, chapter if roster.worksheet else None), path.read_bytes())
    return roster, found


def known_students(gradebook: CourseGradebook) -> list[Known]:
    """Everybody in the gradebook."""
    from autograder.classroom.records import PERSON

    return [Known(*(value or "" for value in row)) for row in gradebook.query(*PERSON)]


def _fields(person) -> dict[str, str]:
    return {
        "first_name": person.first,
        "last_name": person.last,
        "email": person.email,
        "lms_user_id": person.lms_id,
    }


def find_roster(course: CourseDir, lms: str, chapter: str | None = None) -> Roster | None:
    """The class list that was kept of this LMS: a worksheet of the chapter first; None if there is none."""
    for path in [roster_path(course, lms, chapter)] * bool(chapter) + [roster_path(course, lms, None)]:
        if path.is_file():
            return read_roster(read_table(path))
    return None


def students_of(course: CourseDir, roster: Roster) -> list[tuple]:
    """The persons of a class list with the ids of their students in the gradebook; who is not in it is left out."""
    gradebook = gradebook_of(course)
    try:
        known = known_students(gradebook)
    finally:
        gradebook.close()
    found = match(roster.persons, known, roster.table.name)
    return [(person, student) for person, student in found.students if student not in found.new]


def collected_path(course: CourseDir, chapter: str) -> Path:
    """Where it is kept which file of the download each student's notebook was."""
    return course.root / FOLDER / f"collected-{chapter}.json"


def read_collected(course: CourseDir, chapter: str) -> dict:
    """`{"lms": ..., "entries": {student: name in the zip}}`; empty if nothing was collected."""
    with suppress(OSError, ValueError):
        return json.loads(collected_path(course, chapter).read_text(encoding="utf-8"))
    return {}


def write(path: Path, content: bytes) -> Path:
    """Write a file of the folder, whole or not at all. BadInput if it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}.") from None
    return path
