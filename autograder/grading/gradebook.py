"""nbgrader's database, through nbgrader's own models: what an assignment asks, and what is recorded (written by `recording`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from nbgrader.api import (
    Assignment,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy.orm import Query, sessionmaker
from traitlets.config import Config

from autograder.course_dir import BadInput
from autograder.grading.by_hand import share_by_hand
from autograder.grading.corrections import take_corrections
from autograder.grading.database import open_gradebook, patiently
from autograder.grading.known_cells import template_of
from autograder.grading.lateness import has_penalty, penalize
from autograder.grading.recording import Recorded, Recorder, Scored
from autograder.grading.template import Template


class CourseGradebook:
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
        self._recorder = Recorder(self._session, self._settings, dry)
        self.before_writing: Callable[[], None] = lambda: None  # raises BadInput if another grader has taken over

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

    def name_students(self, names: dict[str, dict[str, str]]) -> None:
        """Add students, and fill in what the gradebook does not know of them: id to first_name, last_name, email, lms_user_id.

        All of them in one transaction. What is there already stays, but for an id in the LMS, which is the roster's to say.
        """

        def write() -> None:
            for student_id, fields in names.items():
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

    def share_marks_by_hand(self, assignment: str, one: str, other: str) -> tuple[list[str], list[str]]:
        """Give marks and comments that a person gave one of two students to the other, where that one has none.

        The cells in which something was given, and those in which the two have other marks.
        """

        def write() -> tuple[list[str], list[str]]:
            done = share_by_hand(self._session, assignment, one, other)
            self._session.commit()
            return done

        return patiently(write)

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

    def record(self, batch: Sequence[Scored]) -> list[Recorded]:
        """Write submissions in one transaction. Manual scores are never touched."""
        self.before_writing()
        return self._recorder.record(batch)

    def close(self) -> None:
        self._session.close()
        self._gradebook.close()


def all_scores(path: Path) -> list[tuple]:
    """Every score of a gradebook file: student, cell, automatic and manual score, and whether a person has to look."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(
            "select s.student_id, b.name, g.auto_score, g.manual_score, g.needs_manual_grade from grade g "
            "join submitted_notebook n on g.notebook_id = n.id join submitted_assignment s on n.assignment_id = s.id "
            "join base_cell b on b.id = g.cell_id order by s.student_id, b.name"
        ).fetchall()
