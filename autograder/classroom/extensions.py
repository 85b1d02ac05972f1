"""Extensions and late days, from `extensions.csv` in the course directory: applied at every run, without grading anything again.

The columns are student, chapter, due, days, reason. A row gives one student (or everybody, `*`) a new due date in a chapter (`due`,
such as `2026-12-01 18:00 UTC`), or `days` more. A row without a chapter gives late days to spend: whole ones, in the order of the
due dates, on a hand-in that they cover; one that is later than the days that are left spends none. The reason is for you: no page
of a student's shows it.

nbgrader keeps one extension a hand-in. What was given there by hand (`Gradebook.grant_extension`) is left as it is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader.api import Assignment, Student, SubmittedAssignment
from nbgrader.utils import parse_utc

from autograder.classroom.lms.table import Table, read_table
from autograder.course_dir import BadInput, CourseDir
from autograder.grading.folders import write_whole
from autograder.grading.gradebook import CourseGradebook

FILE = "extensions.csv"
STATE_FILE = ".autograder-extensions.json"  # what was applied, so that it is told from what was given by hand
EVERYBODY = "*"
DAY = 86_400  # seconds
MOST_DAYS = 3650


@dataclass(frozen=True)
class Rules:
    """What the file says. due, days : by (student, chapter), for everybody under EVERYBODY. late_days : by student."""

    due: dict[tuple[str, str], datetime] = field(default_factory=dict)
    days: dict[tuple[str, str], float] = field(default_factory=dict)
    late_days: dict[str, int] = field(default_factory=dict)

    def granted(self, student: str, chapter: str, due: datetime) -> timedelta:
        """How much longer a student has in a chapter: their own row counts, else everybody's."""
        for who in (student, EVERYBODY):
            if (who, chapter) in self.due:
                return max(timedelta(), self.due[who, chapter] - due)
            if (who, chapter) in self.days:
                return timedelta(days=self.days[who, chapter])
        return timedelta()


@dataclass(frozen=True)
class Late:
    """A hand-in with a due date. extension : what the gradebook has for it."""

    student: str
    chapter: str
    due: datetime
    time: datetime | None
    extension: timedelta | None = None


@dataclass(frozen=True)
class Applied:
    """What counts for one hand-in now. spent : late days. by_hand : the gradebook's own extension was left."""

    student: str
    chapter: str
    extension: timedelta
    spent: int = 0
    by_hand: bool = False


def read_rules(path: Path, chapters: Iterable[str], students: Iterable[str]) -> Rules:
    """Read the file; no rules if there is none. BadInput, in one line, for a row that means nothing."""
    if not path.is_file():
        return Rules()
    table, rules = read_table(path), Rules()
    if missing := [one for one in ("student", "chapter", "days") if table.column(one) is None]:
        raise BadInput(
            f"{path.name} has no column {missing[0]!r}. Its columns are student, chapter, due, days, reason."
        )
    known, chapters = set(students) | {EVERYBODY}, list(chapters)
    for number, row in enumerate(table.rows, 2):
        where = f"{path.name}, row {number}"
        student, chapter = table.cell(row, "student"), _chapter(table.cell(row, "chapter"), chapters, where)
        if student not in known:
            raise BadInput(f"{where}: the gradebook knows no student {student!r}. (`{EVERYBODY}` is everybody.)")
        _take(rules, student, chapter, table, row, where)
    return rules


def _chapter(name: str, chapters: list[str], where: str) -> str:
    found = [one for one in chapters if name in (one, *one.split("-", 1))]
    if name and not found:
        raise BadInput(f"{where}: the gradebook knows no chapter {name!r}. It knows {', '.join(chapters)}.")
    return found[0] if found else ""


def _take(rules: Rules, student: str, chapter: str, table: Table, row: tuple[str, ...], where: str) -> None:
    due, days = table.cell(row, "due"), table.cell(row, "days")
    if bool(due) == bool(days):
        raise BadInput(f"{where}: give either a new due date or a number of days.")
    if (
        (student, chapter) in rules.due
        or (student, chapter) in rules.days
        or (not chapter and student in rules.late_days)
    ):
        raise BadInput(f"{where}: {student} has a row for {chapter or 'late days'} already. Keep one.")
    if due:
        if not chapter:
            raise BadInput(f"{where}: a due date needs its chapter.")
        try:
            rules.due[student, chapter] = parse_utc(due)
        except Exception:  # whatever a parser makes of it
            raise BadInput(f"{where}: {due!r} is no date. Write it like 2026-12-01 18:00 UTC.") from None
        return
    try:
        number = float(days)
    except ValueError:
        number = -1.0
    if not 0 <= number <= MOST_DAYS or (not chapter and number != int(number)):
        raise BadInput(f"{where}: {days!r} is no number of days" + ("." if chapter else "; late days are whole."))
    if chapter:
        rules.days[student, chapter] = number
    else:
        rules.late_days[student] = int(number)


def work_out(rules: Rules, hand_ins: Iterable[Late], ours: Mapping[str, float]) -> list[Applied]:
    """The extension of every hand-in. ours : "student/chapter" to seconds, of what was applied before. Pure."""
    applied, left = [], {}
    for one in sorted(hand_ins, key=lambda one: (one.student, one.due, one.chapter)):
        before = ours.get(f"{one.student}/{one.chapter}")
        if one.extension and one.extension.total_seconds() != before:
            applied.append(Applied(one.student, one.chapter, one.extension, by_hand=True))
            continue
        extension, spent = rules.granted(one.student, one.chapter, one.due), 0
        days = left.setdefault(one.student, rules.late_days.get(one.student, rules.late_days.get(EVERYBODY, 0)))
        late = (one.time - one.due - extension).total_seconds() if one.time else 0.0
        if 0 < late <= days * DAY:
            spent = math.ceil(late / DAY)
            left[one.student] -= spent
        applied.append(Applied(one.student, one.chapter, extension + timedelta(days=spent), spent))
    return applied


@dataclass(frozen=True)
class Followed:
    """What was done: every extension that counts now, and penalties that changed: (student, chapter, before, now)."""

    applied: list[Applied]
    penalties: list[tuple[str, str, float, float]]


def concerned(course: CourseDir) -> bool:
    """Whether there are extensions to follow, or were."""
    return (course.root / FILE).is_file() or (course.root / STATE_FILE).is_file()


def follow(course: CourseDir) -> Followed:
    """Bring the gradebook's extensions and penalties in line with the file, and grade nothing."""
    from autograder.classroom.records import gradebook_of

    gradebook = gradebook_of(course)
    try:
        return _apply(course, gradebook)
    finally:
        gradebook.close()


def _apply(course: CourseDir, gradebook: CourseGradebook) -> Followed:
    """Change the extensions that are not what they should be, and their penalties, in one transaction."""
    dates = dict(gradebook.query(Assignment.name, Assignment.duedate).all())
    rows = gradebook.query(
        SubmittedAssignment.id, SubmittedAssignment.student_id, Assignment.name, SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
    ).join(Assignment, SubmittedAssignment.assignment_id == Assignment.id).all()  # fmt: skip
    rules = read_rules(course.root / FILE, sorted(dates), [student for (student,) in gradebook.query(Student.id)])
    ours = _read_ours(course.root)
    late = [
        Late(student, name, dates[name], time, extension) for _, student, name, time, extension in rows if dates[name]
    ]
    applied = {(one.student, one.chapter): one for one in work_out(rules, late, ours)}
    wanted = {key: one.extension or None for key, one in applied.items() if not one.by_hand}
    who = {number: (student, name) for number, student, name, *_ in rows}
    changes = {
        number: wanted[who[number]] for number, *_, extension in rows if wanted.get(who[number], extension) != extension
    }
    penalties = [(*who[number], *pair) for number, pair in gradebook.set_extensions(changes).items()]
    stored = {f"{student}/{name}": value.total_seconds() for (student, name), value in wanted.items() if value}
    if stored != ours:
        write_whole(course.root / STATE_FILE, json.dumps(stored, sort_keys=True).encode())
    return Followed([one for one in applied.values() if one.extension], sorted(penalties))


def _read_ours(root: Path) -> dict[str, float]:
    with suppress(OSError, ValueError):
        return json.loads((root / STATE_FILE).read_text(encoding="utf-8"))
    return {}


def lines(followed: Followed) -> list[str]:
    """What people read, a line each."""
    lines = []
    for one in sorted(followed.applied, key=lambda one: (one.chapter, one.student)):
        days = one.extension.total_seconds() / DAY
        how = "given in the gradebook" if one.by_hand else f"{one.spent} of them late days" if one.spent else ""
        lines.append(f"{one.student}, {one.chapter}: {days:.4g} days more" + (f" ({how})" if how else ""))
    lines += [
        f"{student}, {chapter}: penalty {before:g} -> {now:g}" for student, chapter, before, now in followed.penalties
    ]
    return lines
