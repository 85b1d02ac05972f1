"""One submission's marks, as a function between plain values that can be pickled: for any process that has this code.

No path, no database, no lock and no open file goes in or out. The sandbox and the examiner come from caches of the process.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache

from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from autograder.grading.examiner import Examiner
from autograder.grading.mark import Marked, mark
from autograder.grading.notebook_file import Unreadable, read_hand_in
from autograder.grading.repair import blank_notebook, repair, unanswered
from autograder.grading.sandboxes import sandbox
from autograder.grading.surroundings import of_surroundings
from autograder.grading.template import Template
from autograder.grading.verdicts import of_notebook
from autograder.sandbox.isolation import SandboxError
from autograder.sandbox.limits import Limits
from autograder.wording import ENGLISH, Wording


@dataclass(frozen=True)
class Job:
    """A submission, and all that its marks depend on beside the code. Equal jobs have equal marks.

    notebooks : what was handed in, by the notebook's name; None for one that was not.
    files : what stands beside the notebooks when they run, by relative path.
    hand_in_notes : what was noted while the folder was read.
    recorded : what else is to stand in a marked notebook's metadata, such as the digest of all that the marks depend on.
    wording : in which words hints are given; no mark depends on it.
    """

    templates: tuple[Template, ...]
    notebooks: dict[str, bytes | None]
    files: dict[str, bytes]
    seed: str
    isolation: str
    limits: Limits = field(default_factory=Limits)
    hand_in_notes: tuple[str, ...] = ()
    recorded: dict[str, str] = field(default_factory=dict)
    wording: Wording = ENGLISH


@dataclass(frozen=True)
class MarkedNotebook:
    """A notebook as it is to stand in `autograded/`, and what nbgrader's database keeps of it, by `grade_id`.

    scores : the automatic score of each graded cell; None where a person has to mark it.
    answered : for each cell that a student fills in, whether anything was.
    """

    content: bytes
    scores: dict[str, float | None]
    answered: dict[str, bool]


@dataclass(frozen=True)
class Graded:
    """What became of a job. There is a blank notebook for one that was not handed in, or cannot be read."""

    notebooks: dict[str, MarkedNotebook]
    blank: dict[str, bytes]
    notes: tuple[str, ...]


def grade_job(job: Job) -> Graded:
    """Repair, run and judge every notebook of a submission.

    Raises SandboxError if there is no sandbox to be had here, OSError and MemoryError if this machine cannot go on: no fault of the
    submission's. All else that goes wrong is a note.
    """
    notes: list[str] = []
    notebooks, blank = {}, {}
    for template in job.templates:
        raw = job.notebooks[template.notebook]
        if raw is None:
            blank[template.notebook] = notebook_bytes(blank_notebook(template, list(job.hand_in_notes), job.recorded))
            continue
        try:
            marked = _marked(job, raw, template)
        except Unreadable as why:
            notes.append(f"{template.notebook}.ipynb cannot be read: {why}")
            said = [*job.hand_in_notes, notes[-1]]
            blank[template.notebook] = notebook_bytes(blank_notebook(template, said, job.recorded))
            continue
        except (SandboxError, OSError, MemoryError):
            raise
        except Exception as fault:  # of ours, and no reason that nobody else gets a grade
            notes.append(
                f"{template.notebook}.ipynb could not be graded, by a fault of the grader ({fault!r}): mark it"
            )
            continue
        notes += marked.notes
        notebooks[template.notebook] = as_recorded(marked.notebook)
    return Graded(notebooks, blank, tuple(notes))


def _marked(job: Job, raw: bytes, template: Template) -> Marked:
    notebook, repairs = repair(read_hand_in(raw), template)
    with sandbox(job.isolation, job.limits) as one:
        marked = mark(notebook, one, _examiner(job.seed, job.wording), job.files)
    marked.notes[:0] = repairs
    marked.notes += of_surroundings(marked.notebook)
    record = {"isolation": job.isolation, "notes": marked.notes, "seed": job.seed}
    record |= {"hand_in_notes": list(job.hand_in_notes)} | job.recorded
    marked.notebook.metadata["autograder"] = record | of_notebook(marked.notebook, marked.verdicts, marked.notes)
    return marked


def as_recorded(notebook: NotebookNode) -> MarkedNotebook:
    """What is kept of a marked notebook."""
    scores, answered = {}, {}
    for cell in notebook.cells:
        stated = cell.metadata.get("nbgrader")
        if not stated:
            continue
        if stated.get("grade"):
            scores[stated["grade_id"]] = readable_score(cell)
        if stated.get("solution"):
            answered[stated["grade_id"]] = not unanswered(cell)
    return MarkedNotebook(notebook_bytes(notebook), scores, answered)


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """The notebook as a file. `nbformat.writes` would check it against a schema once more and take ten times as long."""
    return json.dumps(notebook, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def readable_score(cell: NotebookNode) -> float | None:
    """nbgrader's score of a cell; 0 where nbgrader itself gives up, at an output without text or above what can be earned."""
    try:
        score, _ = determine_grade(cell, _Quiet)
        return score
    except Exception:  # no output of a submission is a reason to stop
        return 0.0


class _Quiet:
    """A log that says nothing."""

    @staticmethod
    def warning(*_):
        pass


@lru_cache(maxsize=4)
def _examiner(seed: str, wording: Wording) -> Examiner:
    """Hidden cases and what known mistakes do on them are worked out once a process and seed."""
    return Examiner(seed, wording)
