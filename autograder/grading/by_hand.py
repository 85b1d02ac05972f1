"""Marks and comments that a person gave, for two students with one hand-in."""

from __future__ import annotations

from nbgrader.api import Assignment, Comment, Grade, SubmittedAssignment, SubmittedNotebook
from sqlalchemy.orm import Session


def share_by_hand(session: Session, assignment: str, one: str, other: str) -> tuple[list[str], list[str]]:
    """Give what a person gave one of two students to the other, where that one has nothing. Whoever calls this commits.

    The cells in which something was given, and those in which the two have other marks.
    """
    mine, theirs = (_by_hand(session, assignment, student) for student in (one, other))
    given, differ = set(), set()
    for key in mine.keys() & theirs.keys():
        pair = mine[key], theirs[key]
        if _give(*pair) or _give(*reversed(pair)):
            given.add(pair[0].cell.name)
        elif isinstance(pair[0], Grade) and pair[0].manual_score != pair[1].manual_score:
            differ.add(pair[0].cell.name)
    return sorted(given), sorted(differ)


def _by_hand(session: Session, assignment: str, student: str) -> dict[tuple[type, str], Grade | Comment]:
    """What a person may mark or write in a submission, by cell."""
    return {
        (kind, row.cell_id): row
        for kind in (Grade, Comment)
        for row in session.query(kind)
        .join(SubmittedNotebook, kind.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(Assignment.name == assignment, SubmittedAssignment.student_id == student)
    }


def _give(giver: Grade | Comment, taker: Grade | Comment) -> bool:
    """True if there was something to give, and nothing of that kind there."""
    if isinstance(giver, Comment):
        new = bool(giver.manual_comment) and not taker.manual_comment
        taker.manual_comment = giver.manual_comment if new else taker.manual_comment
        return new
    if giver.manual_score is None or taker.manual_score is not None:
        return False
    taker.manual_score, taker.extra_credit = giver.manual_score, giver.extra_credit
    taker.needs_manual_grade = giver.needs_manual_grade
    return True
