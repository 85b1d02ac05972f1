"""Grade what was handed in: workers compute, one writer records, and a run that was killed goes on where it stopped.

A submission is finished when its scores are in the gradebook and then its notebook, which names the digest of all that the marks
depend on, is in `autograded/`. In this order a run killed between the two does the last submission again, with the same seed, and
writes the same scores once more; in the other order it would take an unrecorded submission for a finished one.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from autograder.course_dir import BadInput, CourseDir
from autograder.examination.seed import VARIABLE
from autograder.examination.test_cell import read_test_cell
from autograder.grading.course_lock import lock_course
from autograder.grading.database_lock import lock_database
from autograder.grading.digests import hand_in_digest
from autograder.grading.folders import Closed, Prepared, prepare_folder, write_whole
from autograder.grading.gradebook import CourseGradebook
from autograder.grading.hand_in import HandIn, merged, read, students, support_files
from autograder.grading.job import Graded, Job, grade_job
from autograder.grading.recording import Recorded, Scored
from autograder.grading.repair import NEEDS_A_PERSON
from autograder.grading.template import Template
from autograder.sandbox.limits import Limits
from autograder.settings import nbgrader_settings
from autograder.translations import wording_of
from autograder.wording import Wording

RUN_FILE = ".autograder-run.json"
BATCH = 16  # submissions that are recorded in one transaction,
BATCH_BYTES = 8 * 2**20  # unless they are large,
BATCH_SECONDS = 0.3  # or the next ones take their time
UNDER_WAY_BYTES = 32 * 2**20  # of hand-ins, from which on no further one is read until another is done


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


@contextlib.contextmanager
def open_run(
    course: CourseDir,
    chapters: list[str] | None,
    workers: Workers,
    force: bool,
    only: Collection[str] = (),
    dry: bool = False,
) -> Iterator[Run]:
    """Lock the course, settle the seed, open the gradebook. The seed of a run that did not end is used again.

    only : the students whose work is graded; all if empty. dry : grade, say what would change, and keep nothing.
    """
    settings = nbgrader_settings(course)
    settings.CourseDirectory.root = str(course.root)
    coursedir = CourseDirectory(config=settings)
    with lock_course(course.root):
        gradebook = CourseGradebook(coursedir.db_url, coursedir.course_id, settings, dry)
        with contextlib.closing(gradebook), lock_database(coursedir.db_url, str(course.root)) as only_one:
            gradebook.before_writing = only_one.hold if only_one else gradebook.before_writing
            run = Run(course, workers, force, "", gradebook, coursedir, {}, {}, frozenset(only), dry)
            _take_chapters(run, chapters or [one for one in gradebook.assignments() if not course.is_left_out(one)])
            run.seed = settle_seed(course, keep=not dry)
            yield run
            if not dry:
                (course.root / RUN_FILE).unlink(missing_ok=True)  # the run is over: the next one draws a new seed


def _take_chapters(run: Run, chapters: list[str]) -> None:
    """Read what each chapter asks. A chapter with trouble of its own keeps no other from being graded."""
    for chapter in chapters:
        source = run.course.source / chapter
        try:
            run.changes += run.gradebook.take_corrections(chapter, source)
            run.wordings[chapter] = wording_of(run.course, chapter)
            run.templates[chapter] = run.gradebook.templates(chapter, source)
        except BadInput as why:
            if len(chapters) == 1:
                raise
            run.refused.append(f"{chapter}: {why}")
        else:
            run.identities[chapter] = run.gradebook.identity(chapter)
            run.source_files[chapter] = support_files(source)  # replace the student's, as in nbgrader


def settle_seed(course: CourseDir, keep: bool = True) -> str:
    """The seed of this run: of the run that was interrupted, of the environment, or a new one; stored before work starts."""
    path = course.root / RUN_FILE
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return str(json.loads(path.read_text(encoding="utf-8"))["seed"])
    seed = os.environ.get(VARIABLE) or secrets.token_hex(8)
    if keep:
        write_whole(path, json.dumps({"seed": seed}).encode())
    return seed


def grade(run: Run, on_progress: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Outcome]:
    """Grade everything that is new or changed, one outcome a submission, as they come."""
    submitted = run.course.root / run.coursedir.submitted_directory
    found = [
        (Task(student, assignment, folder), why)
        for assignment in run.templates
        for student, folder, why in students(submitted, assignment)
        if not run.students or student in run.students
    ]
    if missing := run.students - {task.student for task, _ in found}:
        raise BadInput(f"there is no hand-in of {', '.join(sorted(missing))} in {submitted}.")
    penalties = {assignment: run.gradebook.update_lateness(assignment) for assignment in run.templates}
    scores = {assignment: run.gradebook.scores(assignment) for assignment in run.templates}
    known = run.gradebook.students()
    todo = []
    for task, why in found:
        stored = _stored(run, task)
        if why:
            yield _not_graded(task, why)
        elif task.student not in known and _was_in(run, task, stored):
            yield _not_graded(
                task, "not in the gradebook any more; to grade this again, `nbgrader db student add` the name"
            )
        elif not run.force and (notes := _finished(run, task, stored)) is not None:
            score = scores[task.assignment].get(task.student)
            changed = penalties[task.assignment].get(task.student)
            changes = [("late penalty", *changed)] if changed else []
            yield Outcome(task.student, task.assignment, "unchanged", score, notes, changes)
        else:
            todo.append(task)
    on_progress(0, len(todo))
    yield from _outcomes(run, todo, on_progress)


def _outcomes(run: Run, todo: list[Task], on_progress: Callable[[int, int], None]) -> Iterator[Outcome]:
    """Hand out jobs, and record what comes back, several at a time. Only a few submissions are in memory at any moment."""
    waiting = iter(todo)
    running: dict[Future, tuple[Task, HandIn, int]] = {}
    ready: list[Ready] = []
    since, done = 0.0, 0
    while True:
        while (
            len(running) < run.workers.ahead()
            and sum(size for *_, size in running.values()) < UNDER_WAY_BYTES
            and (task := next(waiting, None)) is not None
        ):
            started = _start(run, task)
            if isinstance(started, Outcome):
                done += 1
                yield started
            else:
                future, hand_in, size = started
                running[future] = task, hand_in, size
        if not running:
            break
        left = max(0.0, since + BATCH_SECONDS - time.monotonic()) if ready else None
        finished, _ = wait(running, timeout=left, return_when=FIRST_COMPLETED)
        since = since if ready else time.monotonic()
        for future in finished:
            task, hand_in, _ = running.pop(future)
            done += 1
            try:
                ready.append(Ready(task, hand_in, future.result()))
            except Lost as why:
                yield _not_graded(task, str(why))
            on_progress(done, len(todo))
        if not finished or len(ready) >= BATCH or sum(one.size for one in ready) > BATCH_BYTES:
            yield from _record(run, ready)
            ready = []
    yield from _record(run, ready)


def _start(run: Run, task: Task) -> tuple[Future, HandIn, int] | Outcome:
    """Read one submission and hand it out; with it how many bytes it has. The outcome if it cannot be read."""
    templates, workers = run.templates[task.assignment], run.workers
    try:
        hand_in = read(task.student, task.folder, task.assignment, templates)
        job = Job(
            templates=tuple(templates),
            notebooks=hand_in.notebooks,
            files=merged(hand_in.files, run.source_files[task.assignment]),
            seed=run.seed,
            isolation=workers.isolation,
            limits=workers.limits,
            hand_in_notes=tuple(hand_in.notes),
            recorded={"digest": _digest(run, hand_in), "gradebook": run.identities[task.assignment]},
            wording=run.wordings[task.assignment],
        )
    except MemoryError:
        raise
    except Exception as fault:  # one folder that cannot be read costs only itself
        return _not_graded(task, f"the folder cannot be read ({type(fault).__name__}: {fault})")
    hand_in.notebooks = dict.fromkeys(hand_in.notebooks)  # the job has them: they are not to wait for the writer, too
    size = sum(len(raw) for raw in (*job.notebooks.values(), *job.files.values()) if raw)
    return workers.executor.submit(grade_job, job), hand_in, size


def _digest(run: Run, hand_in: HandIn) -> str:
    """Changes with anything that could change the marks: the hand-in, the tests, the points, the code that decides."""
    return hand_in_digest(hand_in, run.templates[hand_in.assignment], run.source_files[hand_in.assignment])


def _not_graded(task: Task, *notes: str) -> Outcome:
    return Outcome(task.student, task.assignment, "not graded", notes=list(notes))


def _record(run: Run, batch: list[Ready]) -> Iterator[Outcome]:
    """The one writer: scores into the gradebook, then the notebooks into `autograded/`.

    What stops the whole run is what would stop every other submission too: a disk or a database that cannot be written to.
    """
    folders: list[tuple[Ready, Prepared | None]] = []
    for one in batch:
        try:
            folders.append((one, _prepared(run, one)))
        except Closed as why:
            yield _not_graded(one.task, str(why), *_notes(one))
    for one, prepared, recorded in _recorded(run, folders):
        if isinstance(recorded, Exception):
            if prepared:
                prepared.drop()
            why = f"could not be recorded, by a fault of the grader ({recorded!r})"
            yield _not_graded(one.task, why, *_notes(one))
            continue
        if prepared:
            prepared.put_in_place()
        task = one.task
        yield Outcome(task.student, task.assignment, "graded", recorded.score, _notes(one), recorded.changes)


def _recorded(
    run: Run, folders: list[tuple[Ready, Prepared | None]]
) -> Iterator[tuple[Ready, Prepared | None, Recorded | Exception]]:
    """Each submission with what was written of it, or with the fault of ours that kept it from being recorded, alone."""
    try:
        recorded: list = run.gradebook.record([_scored(one) for one, _ in folders])
    except (BadInput, OSError, MemoryError):
        raise
    except Exception as fault:
        if len(folders) > 1:
            for alone in folders:
                yield from _recorded(run, [alone])
            return
        recorded = [fault]
    for (one, prepared), written in zip(folders, recorded, strict=True):
        yield one, prepared, written


def _scored(one: Ready) -> Scored:
    hand_in, graded = one.hand_in, one.graded
    notebooks = dict.fromkeys(hand_in.notebooks) | graded.notebooks
    needs_person = any(note.startswith(NEEDS_A_PERSON) for note in hand_in.notes)
    return Scored(one.task.student, one.task.assignment, hand_in.timestamp, notebooks, needs_person)


def _prepared(run: Run, one: Ready) -> Prepared | None:
    """The folder in `autograded/`, ready to be put in place; None where nothing is written."""
    contents = one.graded.blank | {name: notebook.content for name, notebook in one.graded.notebooks.items()}
    texts = {f"{name}.ipynb": content for name, content in contents.items()}
    if not texts or run.dry:
        return None
    files = merged(one.hand_in.files, run.source_files[one.task.assignment] | texts)
    return prepare_folder(run.autograded(one.task), files, run.coursedir.groupshared)


def _notes(one: Ready) -> list[str]:
    return [*one.hand_in.notes, *one.graded.notes]


def _stored(run: Run, task: Task) -> dict[str, dict]:
    """What was noted in each notebook when it was graded."""
    stored: dict[str, dict] = {}
    for template in run.templates[task.assignment]:
        path = run.autograded(task) / f"{template.notebook}.ipynb"
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            record = json.loads(path.read_bytes())["metadata"]["autograder"]
            stored[template.notebook] = {
                "digest": record["digest"],
                "notes": [str(note) for note in record["notes"]],
                "gradebook": record.get("gradebook"),
            }
    return stored


def _was_in(run: Run, task: Task, stored: dict[str, dict]) -> bool:
    """True if the student's work was graded into this very gradebook before."""
    return any(one["gradebook"] == run.identities[task.assignment] for one in stored.values())


def _finished(run: Run, task: Task, stored: dict[str, dict]) -> list[str] | None:
    """What was noted when this very hand-in was graded with these very tests; None if it was not, or is not in the gradebook."""
    templates = run.templates[task.assignment]
    if not stored:
        return None
    try:
        hand_in = read(task.student, task.folder, task.assignment, templates)
        digest = _digest(run, hand_in)
    except MemoryError:
        raise
    except Exception:  # `_start` tries once more, and says what is wrong
        return None
    same = set(stored) == set(hand_in.notebooks) and all(one["digest"] == digest for one in stored.values())
    if not same or not run.gradebook.is_recorded(task.assignment, task.student):
        return None
    return list(dict.fromkeys(hand_in.notes + [note for name in hand_in.notebooks for note in stored[name]["notes"]]))
