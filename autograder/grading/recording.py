"""Write marks into nbgrader's database: any number of submissions in one transaction, each of them whole or not at all.

Rows are written a table at a time, through nbgrader's tables and past SQLAlchemy's objects, which take longer; in the order in
which one refers to the other, which SQLite does not ask for and PostgreSQL does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from traitlets.config import Config

from autograder.grading.database import patiently
from autograder.grading.job import MarkedNotebook
from autograder.grading.lateness import penalize

NO_RESPONSE = "No response."  # nbgrader's own word in a comment
TABLES = (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)  # each refers to those before it
STEP = 500  # ids that are asked for at once


@dataclass(frozen=True)
class Scored:
    """What one submission earned: marked notebooks by name (None: not handed in, or unreadable).

    needs_a_person : true if it cannot be told which file was meant, so that somebody looks before 0 points stand.
    """

    student: str
    assignment: str
    timestamp: datetime | None
    notebooks: dict[str, MarkedNotebook | None]
    needs_a_person: bool = False


@dataclass(frozen=True)
class Recorded:
    """What was written of one submission.

    score : what the submission counts, penalties taken off. changes : cell, mark before and mark now, for each mark that the
    gradebook had before and that is another now.
    """

    score: float
    changes: list[tuple[str, float, float]]


@dataclass(frozen=True)
class _NotebookRow:
    """A notebook of an assignment: the ids of the cells that get a grade, and of those that get a comment, by their names."""

    id: str
    name: str
    grades: dict[str, str]
    comments: dict[str, str]

    @classmethod
    def of(cls, notebook: Notebook) -> _NotebookRow:
        tasks = {cell.name: cell.id for cell in notebook.task_cells}
        return cls(
            notebook.id,
            notebook.name,
            {cell.name: cell.id for cell in notebook.grade_cells} | tasks,
            {cell.name: cell.id for cell in notebook.solution_cells} | tasks,
        )


@dataclass(frozen=True)
class _Known:
    """An assignment: its id, whether it has a due date, its notebooks, and whose submission has which id."""

    id: str
    due: bool
    notebooks: tuple[_NotebookRow, ...]
    submissions: dict[str, str]


@dataclass
class _Changes:
    """Rows to be written: new ones by table, and changes of those that are there."""

    new: dict[type, list[dict]] = field(default_factory=lambda: {table: [] for table in TABLES})
    timestamps: list[dict] = field(default_factory=list)
    grades: list[dict] = field(default_factory=list)
    comments: list[dict] = field(default_factory=list)


class Recorder:
    """The one writer. It remembers who is in the database: to ask for each takes longer than to write what is new."""

    def __init__(self, session: Session, settings: Config, dry: bool = False):
        """dry : nothing is kept once the session is closed."""
        self._session, self._settings, self._dry = session, settings, dry
        self._forget()

    def record(self, batch: Sequence[Scored]) -> list[Recorded]:
        """Write submissions in one transaction. Manual scores are never touched."""

        def write() -> list[Recorded]:
            remembered = bool(self._known)
            try:
                recorded = self._write(batch)
                self._session.flush() if self._dry else self._session.commit()
                return recorded
            except BaseException as error:
                self._session.rollback()
                self._forget()  # what is remembered of the rows may not be so any more
                if isinstance(error, IntegrityError) and remembered:
                    return write()
                raise

        return patiently(write)

    def _forget(self) -> None:
        self._known: dict[str, _Known] = {}
        self._students: set[str] = set()

    def _assignment(self, name: str) -> _Known:
        if name not in self._known:
            session = self._session
            if not self._known:
                self._students = set(session.execute(select(Student.id)).scalars())
            assignment = session.query(Assignment).filter(Assignment.name == name).one()
            those = select(SubmittedAssignment.student_id, SubmittedAssignment.id)
            submissions = dict(session.execute(those.where(SubmittedAssignment.assignment_id == assignment.id)).all())
            notebooks = tuple(_NotebookRow.of(notebook) for notebook in assignment.notebooks)
            self._known[name] = _Known(assignment.id, assignment.duedate is not None, notebooks, submissions)
        return self._known[name]

    def _write(self, batch: Sequence[Scored]) -> list[Recorded]:
        changes, marks = _Changes(), []
        there = self._rows_of(batch)
        for scored in batch:
            known = self._assignment(scored.assignment)
            found = known.submissions.get(scored.student)
            if found is None:
                marks.append((self._add(scored, known, changes), []))
            else:
                marks.append(_change(scored, found, there[found], changes))
        self._execute(changes)
        penalties = self._penalties(batch)
        return [
            Recorded(max(0.0, earned - penalty), changed)
            for (earned, changed), penalty in zip(marks, penalties, strict=True)
        ]

    def _add(self, scored: Scored, known: _Known, changes: _Changes) -> float:
        """The rows of a first submission, as nbgrader's API makes them; what it has earned."""
        if scored.student not in self._students:
            self._students.add(scored.student)
            changes.new[Student].append({"id": scored.student})
        submission = new_uuid()
        known.submissions[scored.student] = submission
        changes.new[SubmittedAssignment].append(
            {
                "id": submission,
                "assignment_id": known.id,
                "student_id": scored.student,
                "timestamp": scored.timestamp,
            }
        )
        total = 0.0
        for notebook_row in known.notebooks:
            copy, marked = new_uuid(), scored.notebooks.get(notebook_row.name)
            changes.new[SubmittedNotebook].append(
                {"id": copy, "notebook_id": notebook_row.id, "assignment_id": submission}
            )
            for name, cell in notebook_row.grades.items():
                score, look = _grade(scored, notebook_row.name, name, None)
                total += score or 0.0
                row = {"auto_score": score, "needs_manual_grade": look}
                changes.new[Grade].append({"id": new_uuid(), "cell_id": cell, "notebook_id": copy, **row})
            for name, cell in notebook_row.comments.items():
                row = {"id": new_uuid(), "cell_id": cell, "notebook_id": copy, "auto_comment": _comment(marked, name)}
                changes.new[Comment].append(row)
        return total

    def _rows_of(self, batch: Sequence[Scored]) -> dict[str, dict[type, list]]:
        """Grades and comments of the submissions that are there already, by submission."""
        ids = [self._assignment(one.assignment).submissions.get(one.student) for one in batch]
        found: dict[str, dict[type, list]] = defaultdict(lambda: {Grade: [], Comment: []})
        for start in range(0, len(ids), STEP):
            part = [one for one in ids[start : start + STEP] if one]
            for table in (Grade, Comment) if part else ():
                score = (table.auto_score, table.manual_score, table.extra_credit) if table is Grade else ()
                rows = (
                    select(SubmittedNotebook.assignment_id, Notebook.name, BaseCell.name, table.id, *score)
                    .select_from(table)
                    .join(SubmittedNotebook, table.notebook_id == SubmittedNotebook.id)
                    .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
                    .join(BaseCell, table.cell_id == BaseCell.id)
                    .where(SubmittedNotebook.assignment_id.in_(part))
                )
                for submission, *row in self._session.execute(rows):
                    found[submission][table].append(row)
        return found

    def _execute(self, changes: _Changes) -> None:
        execute = self._session.execute
        for table, rows in changes.new.items():
            if rows:
                execute(insert(table.__table__), rows)
        for table, rows in (
            (SubmittedAssignment, changes.timestamps),
            (Grade, changes.grades),
            (Comment, changes.comments),
        ):
            if rows:
                columns = {name: bindparam(name) for name in rows[0] if name != "row"}
                rows_with = update(table.__table__).where(table.__table__.c.id == bindparam("row")).values(columns)
                self._session.connection().execute(rows_with, rows)

    def _penalties(self, batch: Sequence[Scored]) -> list[float]:
        """The late penalties, worked out anew where there is a due date, or was one."""
        ids = [self._known[one.assignment].submissions[one.student] for one in batch]
        had = select(SubmittedNotebook.assignment_id).where(
            SubmittedNotebook.assignment_id.in_(ids), SubmittedNotebook.late_submission_penalty > 0
        )
        penalized = set(self._session.execute(had).scalars())
        which = [self._known[one.assignment].due or id_ in penalized for one, id_ in zip(batch, ids, strict=True)]
        if any(which):
            self._session.expire_all()  # the objects know nothing of what was written past them
        return [
            penalize(self._session, self._settings, self._session.get(SubmittedAssignment, id_))[1] if late else 0.0
            for id_, late in zip(ids, which, strict=True)
        ]


def _change(
    scored: Scored, submission: str, there: dict[type, list], changes: _Changes
) -> tuple[float, list[tuple[str, float, float]]]:
    """The changes of a submission that was recorded before; what it has earned by now, and which marks are others than before."""
    if scored.timestamp is not None:
        changes.timestamps.append({"row": submission, "timestamp": scored.timestamp})
    total, changed = 0.0, []
    for notebook, cell, row, automatic, manual, extra in there[Grade]:
        score, look = _grade(scored, notebook, cell, manual)
        changes.grades.append({"row": row, "auto_score": score, "needs_manual_grade": look})
        before, now = (((one if manual is None else manual) or 0.0) + (extra or 0.0) for one in (automatic, score))
        total += now
        if before != now:
            changed.append((cell, before, now))
    for notebook, cell, row in there[Comment]:
        marked = scored.notebooks.get(notebook)
        if marked is not None and cell in marked.answered:
            changes.comments.append({"row": row, "auto_comment": _comment(marked, cell)})
    return total, changed


def _grade(scored: Scored, notebook: str, cell: str, manual: float | None) -> tuple[float | None, bool]:
    """The automatic score, and whether a person has to look: the rule of nbgrader's SaveAutoGrades."""
    marked = scored.notebooks.get(notebook)
    if marked is None:
        return 0.0, scored.needs_a_person
    score = marked.scores.get(cell)
    return score, manual is not None or score is None


def _comment(marked: MarkedNotebook | None, cell: str) -> str | None:
    return NO_RESPONSE if marked is not None and marked.answered.get(cell) is False else None
