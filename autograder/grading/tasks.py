"""A grading run, and what is passed on in it: submissions to be graded, who computes them, what came of them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from autograder.course_dir import CourseDir
from autograder.examination.test_cell import read_test_cell
from autograder.grading.gradebook import CourseGradebook
from autograder.grading.hand_in import HandIn
from autograder.grading.job import Graded
from autograder.grading.repair import NEEDS_A_PERSON
from autograder.grading.template import Template
from autograder.sandbox.limits import Limits
from autograder.wording import Wording


@dataclass(frozen=True)
class Task:
    """A submission to be graded."""

    student: str
    assignment: str
    folder: Path


@dataclass
class Outcome:
    """How the grading of one submission ended.

    state : "graded", "unchanged" or "not graded" (a note says why). score : what it counts in the gradebook.
    changes : marks that the gradebook had before and that are others now: cell, before, now.
    """

    student: str
    assignment: str
    state: str
    score: float | None = None
    notes: list[str] = field(default_factory=list)
    changes: list[tuple[str, float, float]] = field(default_factory=list)

    @property
    def needs_a_person(self) -> bool:
        return any(note.startswith(NEEDS_A_PERSON) for note in self.notes)


class Lost(Exception):
    """A job that nobody could compute, however often it was tried; the words say why."""


@dataclass(frozen=True)
class Workers:
    """Who computes the jobs: a pool on this machine, or a cluster. `ahead`: jobs that may be under way, by now."""

    executor: Executor
    ahead: Callable[[], int]
    isolation: str
    limits: Limits


@dataclass(frozen=True)
class Ready:
    """A graded submission, before it is recorded."""

    task: Task
    hand_in: HandIn
    graded: Graded

    @property
    def size(self) -> int:
        """Bytes that are held for it."""
        return sum(map(len, self.hand_in.files.values())) + sum(
            len(one.content) for one in self.graded.notebooks.values()
        )


@dataclass
class Run:
    """One grading run of a course: what is the same for every submission.

    students : those whose work is graded; all if empty. dry : nothing is kept. changes : what changed in the source, a line each.
    refused : the chapters that cannot be graded, and why. identities : what tells this gradebook from others, by assignment.
    wordings : in which words hints are given, by assignment.
    """

    course: CourseDir
    workers: Workers
    force: bool
    seed: str
    gradebook: CourseGradebook
    coursedir: CourseDirectory
    templates: dict[str, list[Template]]
    source_files: dict[str, dict[str, bytes]]
    students: frozenset[str] = frozenset()
    dry: bool = False
    changes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    identities: dict[str, str] = field(default_factory=dict)
    wordings: dict[str, Wording] = field(default_factory=dict)

    def less_protected(self) -> dict[str, list[str]]:
        """Test cells with asserts of the instructor's own, by assignment: these run beside the submission, in its reach."""
        found = {
            assignment: [
                cell.name
                for template in templates
                for cell in template.cells
                if cell.grade
                and not cell.solution
                and cell.cell_type == "code"
                and read_test_cell(cell.name, cell.source).plain
            ]
            for assignment, templates in self.templates.items()
        }
        return {assignment: names for assignment, names in found.items() if names}

    def autograded(self, task: Task) -> Path:
        return Path(self.coursedir.root) / self.coursedir.autograded_directory / task.student / task.assignment


def not_graded(task: Task, *notes: str) -> Outcome:
    """The outcome of what could not be graded, and why."""
    return Outcome(task.student, task.assignment, "not graded", notes=list(notes))
