"""nbgrader's database, through nbgrader's own models: read what an assignment asks, record one submission in one transaction.

nbgrader's API commits after every small change; here a submission's scores appear together or not at all.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.utils import compute_checksum, determine_grade
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Query, Session, sessionmaker
from traitlets.config import Config

from autograder.course_dir import BadInput
from autograder.grading.repair import unanswered
from autograder.grading.template import Template, TemplateCell
from autograder.publish.tidy import KERNELSPEC, read_notebook

PATIENCE = 60.0  # seconds to wait for a database that is locked or gone


@dataclass(frozen=True)
class Scored:
    """What one submission earned: marked notebooks by name (None: not handed in, or unreadable)."""

    student: str
    assignment: str
    timestamp: datetime | None
    notebooks: dict[str, NotebookNode | None]


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

    def __init__(self, db_url: str, course_id: str = "default_course", settings: Config | None = None):
        if db_url.startswith("sqlite:///") and not Path(db_url.removeprefix("sqlite:///")).exists():
            raise BadInput(
                f"there is no gradebook ({db_url}). Run `nbgrader generate_assignment` first, for each chapter."
            )
        self._gradebook = patiently(lambda: Gradebook(db_url, course_id))
        # One writer holds what it has read: `commit` need not throw it away.
        self._session = sessionmaker(bind=self._gradebook.engine, expire_on_commit=False)()
        self._settings = settings or Config()
        self._known: dict[str, tuple[Assignment, list[_Asked]]] = {}
        self._rows = _Rows()

    def templates(self, assignment: str, source: Path | None = None) -> list[Template]:
        """What nbgrader knows of each notebook of an assignment; BadInput if it knows no such assignment.

        source : the assignment's folder in `source/`, which has the cells that nbgrader does not know.
        """
        return [_template(notebook, source) for notebook in self._find(assignment).notebooks]

    def take_corrections(self, assignment: str, folder: Path) -> list[str]:
        """Take test cells that were corrected in `source/` since the release, so that released work is graded by them.

        Only what a student never sees may change this way: the cells, their points and their kinds must be as they were.
        """
        corrected = []
        for notebook in self._find(assignment).notebooks:
            path = folder / f"{notebook.name}.ipynb"
            if not path.exists():
                continue
            points = {cell.name: cell.max_score for cell in notebook.grade_cells}
            stored = {cell.name: cell for cell in notebook.source_cells}
            now = {name: cell for cell in read_notebook(path).cells if (name := _graded_name(cell))}
            if {name: float(cell.metadata.nbgrader.points) for name, cell in now.items()} != points:
                raise BadInput(
                    f"{path} and the gradebook do not agree on cells and points. Run `nbgrader generate_assignment {assignment}`."
                )
            for name, cell in now.items():
                if stored[name].locked and stored[name].source != cell.source:
                    stored[name].source, stored[name].checksum = cell.source, compute_checksum(cell)
                    corrected.append(name)
        patiently(self._session.commit)
        return corrected

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

    def record(self, scored: Scored) -> dict[str, float]:
        """Write one submission in one transaction; its score by notebook. Manual scores are never touched."""

        def write() -> dict[str, float]:
            try:
                marks = self._write(scored)
                self._session.commit()
                return marks
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

    def _write(self, scored: Scored) -> dict[str, float]:
        submission, copies = self._submission(scored)
        marks = {}
        for _, name, grades, comments in copies:
            handed_in = scored.notebooks.get(name)
            if handed_in is None:
                for grade in grades.values():
                    grade.auto_score, grade.needs_manual_grade = 0, False
            else:
                _record_grades(grades, handed_in)
                _record_comments(comments, handed_in)
            marks[name] = float(sum(_score(grade) for grade in grades.values()))
        if submission not in self._session:
            # New rows, a table at a time: adding them to the session one by one takes three times as long.
            below = [
                row for copy, _, grades, comments in copies for row in (copy, *grades.values(), *comments.values())
            ]
            self._session.bulk_save_objects([submission, *below], preserve_order=False)
        if self._known[scored.assignment][0].duedate is not None:
            self._record_lateness(submission.id, scored)
        return marks

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

    def _record_lateness(self, submission_id: str, scored: Scored) -> None:
        """The late penalty of the course's own plugin, as nbgrader's preprocessor asks for it."""
        # With all of nbconvert: only a course with due dates waits for it.
        from nbgrader.preprocessors import AssignLatePenalties

        self._session.flush()
        submission = self._session.get(SubmittedAssignment, submission_id)
        for notebook in self._session.query(SubmittedNotebook).filter_by(assignment_id=submission_id):
            if scored.notebooks.get(notebook.notebook.name) is None:
                continue
            notebook.late_submission_penalty = None
            if submission.total_seconds_late <= 0:
                continue
            self._session.flush()
            self._session.refresh(notebook)
            step = AssignLatePenalties(config=self._settings)
            step.init_plugin()
            penalty = step.plugin_inst.late_submission_penalty(
                scored.student, notebook.score, submission.total_seconds_late
            )
            if penalty is not None:
                notebook.late_submission_penalty = step._check_late_penalty(notebook, penalty)


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


def _graded_name(cell: NotebookNode) -> str | None:
    told = cell.metadata.get("nbgrader", {})
    return told.get("grade_id") if told.get("grade") else None


def _template(notebook: Notebook, source: Path | None) -> Template:
    base: dict[str, BaseCell] = {}
    for group in (notebook.grade_cells, notebook.solution_cells, notebook.task_cells):
        for cell in group:
            base.setdefault(cell.name, cell)
    graded = {cell.name: cell.max_score for cell in [*notebook.grade_cells, *notebook.task_cells]}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    cells = tuple(
        TemplateCell(
            name=cell.name,
            cell_type=cell.cell_type,
            source=cell.source,
            checksum=cell.checksum,
            locked=bool(cell.locked),
            grade=cell.name in graded and cell.name not in tasks,
            solution=cell.name in solutions,
            task=cell.name in tasks,
            points=graded.get(cell.name),
        )
        for cell in notebook.source_cells
    )
    kernelspec = json.loads(notebook.kernelspec or "{}")
    kernelspec = kernelspec if kernelspec.get("name") else KERNELSPEC
    known = {cell.name for cell in cells}
    order, free = _around(source / f"{notebook.name}.ipynb", known) if source else ((), {})
    return Template(notebook.name, cells, kernelspec, free, order if known <= set(order) else ())


def _around(path: Path, known: set[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The names of all cells of a source notebook in their order, and the text of those that nbgrader does not know."""
    try:
        cells = read_notebook(path).cells
    except BadInput:  # hand-ins can be graded without
        return (), {}
    named = [(_grade_id(cell) or cell.get("id", ""), cell) for cell in cells]
    free = {name: cell.source for name, cell in named if name not in known}
    return tuple(dict.fromkeys(name for name, _ in named)), free


def _grade_id(cell: NotebookNode) -> str | None:
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def patiently(action):
    """Do it; if the database is locked or gone for a while, try again for up to `PATIENCE` seconds."""
    deadline, pause = time.monotonic() + PATIENCE, 0.05
    while True:
        try:
            return action()
        except OperationalError as error:
            if time.monotonic() > deadline or "full" in str(error.orig):
                raise BadInput(
                    f"the gradebook cannot be used: {error.orig}. Nothing is lost; run the command again."
                ) from None
            time.sleep(pause)
            pause = min(2 * pause, 2.0)
