"""The demo's made-up class with one chapter handed in, and what grading writes about it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

from autograder.course_dir import CourseDir
from autograder.demo.run import hand_in
from autograder.demo.students import CLASS
from autograder.grading.gradebook import all_scores
from tests.support import warm
from tests.support.grading import generate_release, scratch_course

CHAPTER, NOTEBOOK = "06-batch", "batch"
COMMENTS = """
    select s.student_id, b.name, c.auto_comment
    from comment c join submitted_notebook n on c.notebook_id = n.id
    join submitted_assignment s on n.assignment_id = s.id join base_cell b on b.id = c.cell_id
    order by s.student_id, b.name"""
LATENESS = """
    select s.student_id, s.timestamp, n.late_submission_penalty
    from submitted_notebook n join submitted_assignment s on n.assignment_id = s.id order by s.student_id"""


def handed_in(folder: Path) -> Path:
    """A course with the class's hand-ins, not graded."""
    course = scratch_course(folder)
    generate_release(course, CHAPTER)
    for student in CLASS:
        hand_in(student, CHAPTER, CourseDir(course))
    return course


def copy_of(course: Path, folder: Path) -> Path:
    """The same class with the same gradebook, not graded yet."""
    shutil.copytree(course, folder, ignore=shutil.ignore_patterns("autograded", ".autograder*"))
    return folder


def gradebook_rows(course: Path) -> list[list[tuple]]:
    """All that grading writes into the gradebook, in order: scores, comments, penalties."""
    path = course / "gradebook.db"
    with sqlite3.connect(path) as database:
        return [all_scores(path), *(database.execute(query).fetchall() for query in (COMMENTS, LATENESS))]


HELD = "held"  # a file of the course's scratch folder


def start_grading(course: Path, held: bool = False) -> warm.Started:
    """`autograder grade` at work in the background, recording three at a time: a kill then meets a class half recorded.

    held : after the first three it waits until `let_go`, however slow the machine is
    """
    words = ("grade", CHAPTER, "--json", "--course-dir", str(course))
    scratch = course / ".scratch"  # a grader that is killed leaves its scratch folders behind
    scratch.mkdir(exist_ok=True)
    environment = dict(os.environ, AUTOGRADER_SEED="same", TMPDIR=str(scratch), TEST_BATCH="3")
    if held:
        (scratch / HELD).touch()
        environment["TEST_HOLD"] = str(scratch / HELD)
    return warm.start("autograder", *words, env=environment)


def let_go(course: Path) -> None:
    """Let a grader that was held go on."""
    (course / ".scratch" / HELD).unlink()
