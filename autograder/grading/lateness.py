"""Late penalties follow due dates and extensions: worked out anew at every run, also for work that is graded already."""

from __future__ import annotations

from nbgrader.api import SubmittedAssignment, SubmittedNotebook
from sqlalchemy.orm import Session
from traitlets.config import Config


def penalize(session: Session, settings: Config, submission: SubmittedAssignment) -> tuple[float, float]:
    """The late penalty of the course's own plugin, as nbgrader's preprocessor asks for it: before, and now."""
    before = after = 0.0
    late = submission.total_seconds_late if submission.assignment.duedate is not None else 0.0
    for notebook in session.query(SubmittedNotebook).filter_by(assignment_id=submission.id):
        before += notebook.late_submission_penalty or 0.0
        penalty = _penalty(session, settings, submission.student_id, notebook, late) if late > 0 else None
        notebook.late_submission_penalty = penalty
        after += penalty or 0.0
    return before, after


def _penalty(
    session: Session, settings: Config, student: str, notebook: SubmittedNotebook, late: float
) -> float | None:
    # With all of nbconvert: only a course with due dates waits for it.
    from nbgrader.preprocessors import AssignLatePenalties

    session.flush()
    session.refresh(notebook)
    step = AssignLatePenalties(config=settings)
    step.init_plugin()
    penalty = step.plugin_inst.late_submission_penalty(student, notebook.score, late)
    return None if penalty is None else step._check_late_penalty(notebook, penalty)


def has_penalty():
    return SubmittedAssignment.notebooks.any(SubmittedNotebook.late_submission_penalty > 0)
