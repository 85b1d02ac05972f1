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
from concurrent.futures import FIRST_COMPLETED, Future, wait

from nbgrader.coursedir import CourseDirectory

from autograder.course_dir import BadInput, CourseDir
from autograder.examination.seed import VARIABLE
from autograder.grading.course_lock import lock_course
from autograder.grading.database_lock import lock_database
from autograder.grading.folders import write_whole
from autograder.grading.gradebook import CourseGradebook
from autograder.grading.hand_in import HandIn, merged, read, students, support_files
from autograder.grading.job import Job, grade_job
from autograder.grading.keeping import digest_of, finished_notes, record, stored_records, was_in
from autograder.grading.order import long_ones_early
from autograder.grading.tasks import Lost, Outcome, Ready, Run, Task, Workers, not_graded
from autograder.settings import nbgrader_settings
from autograder.translations import wording_of

RUN_FILE = ".autograder-run.json"
BATCH = 16  # submissions that are recorded in one transaction,
BATCH_BYTES = 8 * 2**20  # unless they are large,
BATCH_SECONDS = 0.3  # or the next ones take their time
UNDER_WAY_BYTES = 32 * 2**20  # of hand-ins, from which on no further one is read until another is done


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
        stored = stored_records(run, task)
        if why:
            yield not_graded(task, why)
        elif task.student not in known and was_in(run, task, stored):
            yield not_graded(
                task, "not in the gradebook any more; to grade this again, `nbgrader db student add` the name"
            )
        elif not run.force and (notes := finished_notes(run, task, stored)) is not None:
            score = scores[task.assignment].get(task.student)
            changed = penalties[task.assignment].get(task.student)
            changes = [("late penalty", *changed)] if changed else []
            yield Outcome(task.student, task.assignment, "unchanged", score, notes, changes)
        else:
            todo.append(task)
    on_progress(0, len(todo))
    yield from _outcomes(run, long_ones_early(todo, run.templates), on_progress)


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
                yield not_graded(task, str(why))
            on_progress(done, len(todo))
        if not finished or len(ready) >= BATCH or sum(one.size for one in ready) > BATCH_BYTES:
            yield from record(run, ready)
            ready = []
    yield from record(run, ready)


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
            recorded={"digest": digest_of(run, hand_in), "gradebook": run.identities[task.assignment]},
            wording=run.wordings[task.assignment],
        )
    except MemoryError:
        raise
    except Exception as fault:  # one folder that cannot be read costs only itself
        return not_graded(task, f"the folder cannot be read ({type(fault).__name__}: {fault})")
    hand_in.notebooks = dict.fromkeys(hand_in.notebooks)  # the job has them: they are not to wait for the writer, too
    size = sum(len(raw) for raw in (*job.notebooks.values(), *job.files.values()) if raw)
    return workers.executor.submit(grade_job, job), hand_in, size
