"""nbgrader's database, through nbgrader's own models: read what an assignment asks, record one submission in one transaction.

nbgrader's API commits after every small change; here a submission's scores appear together or not at all.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from nbformat import NotebookNode
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
from nbgrader.utils import determine_grade
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Query, Session, sessionmaker
from traitlets.config import Config

from autograder.course_dir import BadInput
from autograder.grading.corrections import take_corrections
from autograder.grading.database import open_gradebook, patiently
from autograder.grading.known_cells import template_of
from autograder.grading.lateness import has_penalty, penalize
from autograder.grading.repair import unanswered
from autograder.grading.template import Template


@dataclass(frozen=True)
class Scored:
    """What one submission earned: marked notebooks by name (None: not handed in, or unreadable).

    needs_a_person : true if it cannot be told which file was meant, so that somebody looks before 0 points stand.
    """

    student: str
    assignment: str
    timestamp: datetime | None
    notebooks: dict[str, NotebookNode | None]
    needs_a_person: bool = False


@dataclass(frozen=True)
class Recorded:
    """What was written of one submission.

    marks : points by notebook. score : what the submission counts, penalties taken off. changes : cell, mark before and mark
    now, for each mark that the gradebook had before and that is another now.
    """

    marks: dict[str, float]
    score: float
    changes: list[tuple[str, float, float]]


# A submitted notebook's row, its name, and its grades and comments by the names of their cells.
_Copy = tuple[SubmittedNotebook, str, dict[str, Grade], dict[str, Comment]]


@dataclass(frozen=True)
class _Asked:
    """A notebook of an assignment: the ids of the cells that get a grade, and of those that get a comment, by their names."""

    id: str
    name: str
    grades: dict[str, str]
    comments: dict[str, str]

    @classmethod
    def of(cls, notebook: Notebook) -> _Asked:
        tasks = {cell.name: cell.id for cell in notebook.task_cells}
        return cls(
            notebook.id,
            notebook.name,
            {cell.name: cell.id for cell in notebook.grade_cells} | tasks,
            {cell.name: cell.id for cell in notebook.solution_cells} | tasks,
        )

    def rows_for(self, submission: SubmittedAssignment) -> _Copy:
        """New rows of one submission. Their ids are given here, so that they can be written in one go."""
        copy = SubmittedNotebook(id=new_uuid(), notebook_id=self.id, assignment_id=submission.id)
        grades = {name: Grade(cell_id=cell, notebook_id=copy.id) for name, cell in self.grades.items()}
        comments = {name: Comment(cell_id=cell, notebook_id=copy.id) for name, cell in self.comments.items()}
        return copy, self.name, grades, comments


@dataclass
class _Rows:
    """Who is in the gradebook, and whose submission, read once: asking for each takes longer than writing what is new.

    fresh: true if all of it was read for the submission that is written now: nobody can have changed it since.
    """

    students: set[str] = field(default_factory=set)
    submissions: dict[str, dict[str, str]] = field(default_factory=dict)
    fresh: bool = True

    def read(self, session: Session, assignment_id: str) -> _Rows:
        """Itself, with the ids of an assignment's submissions by student."""
        self.fresh = not self.submissions
        if self.fresh:
            self.students = {student for (student,) in session.query(Student.id)}
        if assignment_id not in self.submissions:
            those = session.query(SubmittedAssignment.student_id, SubmittedAssignment.id)
            self.submissions[assignment_id] = dict(those.filter_by(assignment_id=assignment_id).all())
        return self


class Book:
    """An open gradebook."""

    def __init__(
        self, db_url: str, course_id: str = "default_course", settings: Config | None = None, dry: bool = False
    ):
        """dry : nothing that is written here is kept once the book is closed."""
        self._dry = dry
        self._gradebook = open_gradebook(db_url, course_id)
        # One writer holds what it has read: `commit` need not throw it away.
        self._session = sessionmaker(bind=self._gradebook.engine, expire_on_commit=False)()
        self._settings = settings or Config()
        self._known: dict[str, tuple[Assignment, list[_Asked]]] = {}
        self._rows = _Rows()

    def templates(self, assignment: str, source: Path | None = None) -> list[Template]:
        """What nbgrader knows of each notebook of an assignment; BadInput if it knows no such assignment.

        source : the assignment's folder in `source/`, which has the cells that nbgrader does not know.
        """
        return [template_of(notebook, source) for notebook in self._find(assignment).notebooks]

    def take_corrections(self, assignment: str, folder: Path) -> list[str]:
        """Take test cells that were corrected in `source/` since the release, so that released work is graded by them.

        A line for each change that a person should know.
        """
        lines = take_corrections(self._session, self._find(assignment).notebooks, assignment, folder)
        patiently(self._session.flush if self._dry else self._session.commit)
        return lines

    def students(self) -> set[str]:
        """Everyone who is in the gradebook."""
        return {student for (student,) in self._session.query(Student.id)}

    def identity(self, assignment: str) -> str:
        """A word that another gradebook with the same assignment does not have."""
        return self._find(assignment).id

    def scores(self, assignment: str) -> dict[str, float]:
        """What each submission counts, by student: marks given by hand and penalties included, as `nbgrader export` has it."""
        rows = self._session.query(
            SubmittedAssignment.student_id, SubmittedAssignment.score, SubmittedAssignment.late_submission_penalty
        ).filter(SubmittedAssignment.assignment_id == self._find(assignment).id)
        return {student: max(0.0, (score or 0.0) - (penalty or 0.0)) for student, score, penalty in rows}

    def update_lateness(self, assignment: str) -> dict[str, tuple[float, float]]:
        """Work out every penalty anew: a due date or an extension may have changed. Old and new penalty, where they differ."""
        of_it = self._find(assignment)
        rows = self._session.query(SubmittedAssignment).filter_by(assignment_id=of_it.id)
        changed = {}

        def update() -> None:
            for submission in rows if of_it.duedate is not None else rows.filter(has_penalty()):
                before, after = penalize(self._session, self._settings, submission)
                if before != after:
                    changed[submission.student_id] = before, after
            self._session.flush() if self._dry else self._session.commit()

        patiently(update)
        return changed

    def _find(self, assignment: str) -> Assignment:
        found = self._session.query(Assignment).filter(Assignment.name == assignment).one_or_none()
        if found is None:
            raise BadInput(
                f"the gradebook knows no assignment {assignment!r}. Run `nbgrader generate_assignment {assignment}` first."
            )
        return found

    def query(self, *columns) -> Query:
        """A query of nbgrader's models, for whoever only reads."""
        return self._session.query(*columns)

    def assignments(self) -> list[str]:
        """The assignments nbgrader knows, by name."""
        return sorted(name for (name,) in self._session.query(Assignment.name))

    def name_students(self, told: dict[str, dict[str, str]]) -> None:
        """Add students, and fill in what the gradebook does not know of them: id to first_name, last_name, email, lms_user_id.

        All of them in one transaction. What is there already stays, but for an id in the LMS, which is the roster's to say.
        """

        def write() -> None:
            for student_id, fields in told.items():
                student = self._session.get(Student, student_id)
                if student is None:
                    student = Student(id=student_id)
                    self._session.add(student)
                for name, value in fields.items():
                    if value and (name == "lms_user_id" or not getattr(student, name)):
                        setattr(student, name, value)
            self._session.commit()

        patiently(write)

    def set_extensions(self, extensions: dict[str, timedelta | None]) -> dict[str, tuple[float, float]]:
        """Give submissions, by their rows' ids, more time than the due date: their penalties before and after, where these differ.

        All of them in one transaction.
        """
        changed: dict[str, tuple[float, float]] = {}

        def write() -> None:
            for number, extension in extensions.items():
                submission = self._session.get(SubmittedAssignment, number)
                submission.extension = extension
                before, after = penalize(self._session, self._settings, submission)
                if before != after:
                    changed[number] = before, after
            self._session.commit()

        patiently(write)
        return changed

    def is_recorded(self, assignment: str, student: str) -> bool:
        """True if every score of the submission that the autograder gives is there."""
        grades = (
            self._session.query(Grade)
            .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
            .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
            .filter(Assignment.name == assignment, SubmittedAssignment.student_id == student)
            .all()
        )
        return bool(grades) and all(
            one.auto_score is not None or one.manual_score is not None or one.needs_manual_grade for one in grades
        )

    def record(self, scored: Scored) -> Recorded:
        """Write one submission in one transaction. Manual scores are never touched."""

        def write() -> Recorded:
            try:
                recorded = self._write(scored)
                self._session.flush() if self._dry else self._session.commit()
                return recorded
            except BaseException as error:
                self._session.rollback()
                known, self._rows = self._rows, _Rows()  # what is remembered of the rows may not be so any more
                if isinstance(error, IntegrityError) and not known.fresh:
                    return write()
                raise

        return patiently(write)

    def close(self) -> None:
        self._session.close()
        self._gradebook.close()

    def _write(self, scored: Scored) -> Recorded:
        submission, copies = self._submission(scored)
        is_new = submission not in self._session
        before = {} if is_new else {cell: _score(grade) for *_, grades, _ in copies for cell, grade in grades.items()}
        marks = {}
        for _, name, grades, comments in copies:
            handed_in = scored.notebooks.get(name)
            if handed_in is None:
                for grade in grades.values():
                    grade.auto_score, grade.needs_manual_grade = 0, scored.needs_a_person
            else:
                _record_grades(grades, handed_in)
                _record_comments(comments, handed_in)
            marks[name] = float(sum(_score(grade) for grade in grades.values()))
        if is_new:
            # New rows, a table at a time: adding them to the session one by one takes three times as long.
            below = [
                row for copy, _, grades, comments in copies for row in (copy, *grades.values(), *comments.values())
            ]
            self._session.bulk_save_objects([submission, *below], preserve_order=False)
        after = {cell: _score(grade) for *_, grades, _ in copies for cell, grade in grades.items()}
        changes = [(cell, mark, after[cell]) for cell, mark in before.items() if mark != after[cell]]
        penalty = 0.0
        if self._known[scored.assignment][0].duedate is not None or any(
            copy.late_submission_penalty for copy, *_ in copies
        ):
            self._session.flush()
            _, penalty = penalize(self._session, self._settings, self._session.get(SubmittedAssignment, submission.id))
        return Recorded(marks, max(0.0, sum(marks.values()) - penalty), changes)

    def _by_cell(self, kind: type[Grade] | type[Comment], notebook: SubmittedNotebook) -> dict:
        """A notebook's grades or comments by the names of their cells, in one query (`grade.cell` would make one each)."""
        rows = self._session.query(BaseCell.name, kind).join(BaseCell, kind.cell_id == BaseCell.id)
        return dict(rows.filter(kind.notebook_id == notebook.id).all())

    def _submission(self, scored: Scored) -> tuple[SubmittedAssignment, list[_Copy]]:
        """The submission's row and those below it: the ones that are there, or new ones, as nbgrader's API makes them."""
        session = self._session
        if scored.assignment not in self._known:
            assignment = self._find(scored.assignment)
            self._known[scored.assignment] = assignment, [_Asked.of(notebook) for notebook in assignment.notebooks]
        assignment, asked = self._known[scored.assignment]
        rows = self._rows.read(session, assignment.id)
        if scored.student not in rows.students:
            session.add(Student(id=scored.student))
            rows.students.add(scored.student)
        found = rows.submissions[assignment.id].get(scored.student)
        submission = session.get(SubmittedAssignment, found) if found else None
        if submission is not None:
            copies = session.query(SubmittedNotebook).filter_by(assignment_id=submission.id).all()
            written = [
                (copy, copy.notebook.name, self._by_cell(Grade, copy), self._by_cell(Comment, copy)) for copy in copies
            ]
        else:
            submission = SubmittedAssignment(id=new_uuid(), assignment_id=assignment.id, student_id=scored.student)
            written = [notebook.rows_for(submission) for notebook in asked]
            rows.submissions[assignment.id][scored.student] = submission.id
        if scored.timestamp is not None:
            submission.timestamp = scored.timestamp
        return submission, written


def all_scores(path: Path) -> list[tuple]:
    """Every score of a gradebook file: student, cell, automatic and manual score, and whether a person has to look."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(
            "select s.student_id, b.name, g.auto_score, g.manual_score, g.needs_manual_grade from grade g "
            "join submitted_notebook n on g.notebook_id = n.id join submitted_assignment s on n.assignment_id = s.id "
            "join base_cell b on b.id = g.cell_id order by s.student_id, b.name"
        ).fetchall()


def _score(grade: Grade) -> float:
    """What the cell counts: the manual score where there is one (`grade.score` is a query of its own)."""
    given = grade.auto_score if grade.manual_score is None else grade.manual_score
    return (given or 0.0) + (grade.extra_credit or 0.0)


def _record_grades(grades: dict[str, Grade], notebook: NotebookNode) -> None:
    """The rule of nbgrader's SaveAutoGrades; a score it cannot read is no score."""
    for cell in notebook.cells:
        grade = grades.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if grade is None or not cell.metadata.nbgrader.get("grade"):
            continue
        grade.auto_score = readable_score(cell)
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None


def readable_score(cell: NotebookNode) -> float | None:
    """nbgrader's score of a cell; 0 where nbgrader itself gives up, at an output without text or above what can be earned."""
    try:
        score, _ = determine_grade(cell, _Quiet)
        return score
    except Exception:  # no output of a submission is a reason to stop
        return 0.0


def _record_comments(comments: dict[str, Comment], notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        told = cell.metadata.get("nbgrader", {})
        comment = comments.get(told.get("grade_id"))
        if comment is not None and told.get("solution"):
            comment.auto_comment = "No response." if unanswered(cell) else None


class _Quiet:
    """A log that says nothing."""

    @staticmethod
    def warning(*_):
        pass
