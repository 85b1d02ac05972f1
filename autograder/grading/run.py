"""Grade what was handed in: workers compute, one writer records, and a run that was killed goes on where it stopped.

A submission is finished when its scores are in the gradebook and then its notebook, which names the digest of all that the marks
depend on, is in `autograded/`. In this order a run killed between the two does the last submission again, with the same seed, and
writes the same scores once more; in the other order it would take an unrecorded submission for a finished one.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import nbformat
from filelock import FileLock, Timeout
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory

from autograder.course_dir import BadInput, CourseDir
from autograder.examination.seed import VARIABLE
from autograder.examination.test_cell import read_test_cell
from autograder.grading.gradebook import Book, Scored
from autograder.grading.hand_in import HandIn, beside, read, students, support_files
from autograder.grading.mark import Examiner, Marked, mark
from autograder.grading.notebook_file import Unreadable, read_hand_in
from autograder.grading.repair import NEEDS_A_PERSON, blank_notebook, repair
from autograder.grading.template import Template
from autograder.grading.verdicts import of_notebook
from autograder.sandbox.isolation import SandboxError
from autograder.sandbox.sandbox import Sandbox
from autograder.settings import nbgrader_settings

RUN_FILE = ".autograder-run.json"
LOCK_FILE = ".autograder-lock"


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


@dataclass(frozen=True)
class Work:
    """What a worker hands to the writer."""

    task: Task
    hand_in: HandIn
    digest: str
    marked: dict[str, Marked]
    blank: dict[str, NotebookNode]
    notes: tuple[str, ...]


@dataclass
class Run:
    """One grading run of a course: what is the same for every submission.

    students : those whose work is graded; all if empty. dry : nothing is kept. changes : what changed in the source, a line each.
    refused : the chapters that cannot be graded, and why. identities : what tells this gradebook from others, by assignment.
    """

    course: CourseDir
    sandboxes: list[Sandbox]
    force: bool
    seed: str
    book: Book
    coursedir: CourseDirectory
    templates: dict[str, list[Template]]
    source_files: dict[str, dict[str, bytes]]
    students: frozenset[str] = frozenset()
    dry: bool = False
    changes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    identities: dict[str, str] = field(default_factory=dict)

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
    sandboxes: list[Sandbox],
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
    lock = FileLock(course.root / LOCK_FILE, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BadInput(f"another grader is at work in {course.root}. Wait for it, or stop it.") from None
    try:
        book = Book(coursedir.db_url, coursedir.course_id, settings, dry)
        try:
            run = Run(course, sandboxes, force, "", book, coursedir, {}, {}, frozenset(only), dry)
            _take_chapters(run, chapters or book.assignments())
            run.seed = settle_seed(course, keep=not dry)
            yield run
            if not dry:
                (course.root / RUN_FILE).unlink(missing_ok=True)  # the run is over: the next one draws a new seed
        finally:
            book.close()
    finally:
        lock.release()


def _take_chapters(run: Run, chapters: list[str]) -> None:
    """Read what each chapter asks. A chapter with trouble of its own keeps no other from being graded."""
    for chapter in chapters:
        source = run.course.source / chapter
        try:
            run.changes += run.book.take_corrections(chapter, source)
            run.templates[chapter] = run.book.templates(chapter, source)
        except BadInput as why:
            if len(chapters) == 1:
                raise
            run.refused.append(f"{chapter}: {why}")
        else:
            run.identities[chapter] = run.book.identity(chapter)
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
    penalties = {assignment: run.book.update_lateness(assignment) for assignment in run.templates}
    scores = {assignment: run.book.scores(assignment) for assignment in run.templates}
    known = run.book.students()
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
    examiner = Examiner(run.seed)
    sandboxes: queue.SimpleQueue = queue.SimpleQueue()
    for sandbox in run.sandboxes:
        sandboxes.put(sandbox)
    # One more than there are sandboxes reads and mends what comes next while the sandboxes work
    with ThreadPoolExecutor(len(run.sandboxes) + 1) as pool:
        waiting = iter(todo)
        running = {
            pool.submit(_work, run, task, examiner, sandboxes) for task in islice(waiting, 2 * len(run.sandboxes))
        }
        done = 0
        while running:
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                work = future.result()
                if (task := next(waiting, None)) is not None:  # only a few notebooks are in memory at any time
                    running.add(pool.submit(_work, run, task, examiner, sandboxes))
                yield work if isinstance(work, Outcome) else _record(run, work)
                done += 1
                on_progress(done, len(todo))


def _work(run: Run, task: Task, examiner: Examiner, sandboxes: queue.SimpleQueue) -> Work | Outcome:
    """Read, repair and mark one submission: nothing is written here. The outcome if there is nothing to write."""
    templates = run.templates[task.assignment]
    try:
        hand_in = read(task.student, task.folder, task.assignment, templates)
        digest = hand_in.digest(templates)
    except MemoryError:
        raise
    except Exception as fault:  # one folder that cannot be read costs only itself
        return _not_graded(task, f"the folder cannot be read ({type(fault).__name__}: {fault})")
    notes = list(hand_in.notes)
    marked: dict[str, Marked] = {}
    blank: dict[str, NotebookNode] = {}
    for template in templates:
        raw = hand_in.notebooks[template.notebook]
        if raw is None:
            blank[template.notebook] = blank_notebook(template, hand_in.notes)
            continue
        try:
            notebook, repairs = repair(read_hand_in(raw), template)
            files = beside(hand_in.files, run.source_files[task.assignment])
            sandbox = sandboxes.get()
            try:
                one = mark(notebook, sandbox, examiner, files)
            finally:
                sandboxes.put(sandbox)
        except Unreadable as why:
            notes.append(f"{template.notebook}.ipynb cannot be read: {why}")
            blank[template.notebook] = blank_notebook(template, [*hand_in.notes, notes[-1]])
            continue
        except (SandboxError, OSError, MemoryError):
            raise
        except Exception as fault:  # of ours, and no reason that nobody else gets a grade
            notes.append(
                f"{template.notebook}.ipynb could not be graded, by a fault of the grader ({fault!r}): mark it"
            )
            continue
        one.notes[:0] = repairs
        marked[template.notebook] = one
        notes += one.notes
    for one in marked.values():
        one.notebook.metadata["autograder"] = nbformat.from_dict(
            {"digest": digest, "isolation": run.sandboxes[0].isolation, "notes": one.notes, "seed": run.seed}
            | {"hand_in_notes": hand_in.notes, "gradebook": run.identities[task.assignment]}
            | of_notebook(one.notebook, one.verdicts, one.notes)
        )
    return Work(task, hand_in, digest, marked, blank, tuple(notes))


def _not_graded(task: Task, *notes: str) -> Outcome:
    return Outcome(task.student, task.assignment, "not graded", notes=list(notes))


def _record(run: Run, work: Work) -> Outcome:
    """The one writer: scores into the gradebook, then the notebooks into `autograded/`.

    What stops the whole run is what would stop every other submission too: a disk or a database that cannot be written to.
    """
    task, hand_in = work.task, work.hand_in
    notebooks = dict.fromkeys(hand_in.notebooks) | {name: one.notebook for name, one in work.marked.items()}
    try:
        written = work.blank | {name: one.notebook for name, one in work.marked.items()}
        texts = {f"{name}.ipynb": notebook_bytes(notebook) for name, notebook in written.items()}
        files = beside(hand_in.files, run.source_files[task.assignment] | texts)
        asked = any(note.startswith(NEEDS_A_PERSON) for note in hand_in.notes)
        recorded = run.book.record(Scored(task.student, task.assignment, hand_in.timestamp, notebooks, asked))
        if texts and not run.dry:
            write_folder(run.autograded(task), files)
    except (BadInput, OSError, MemoryError):
        raise
    except Exception as fault:  # of ours
        return _not_graded(task, f"could not be recorded, by a fault of the grader ({fault!r})", *work.notes)
    return Outcome(task.student, task.assignment, "graded", recorded.score, list(work.notes), recorded.changes)


def _stored(run: Run, task: Task) -> dict[str, dict]:
    """What was noted in each notebook when it was graded."""
    stored: dict[str, dict] = {}
    for template in run.templates[task.assignment]:
        path = run.autograded(task) / f"{template.notebook}.ipynb"
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            told = json.loads(path.read_bytes())["metadata"]["autograder"]
            stored[template.notebook] = {
                "digest": told["digest"],
                "notes": [str(note) for note in told["notes"]],
                "gradebook": told.get("gradebook"),
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
        digest = hand_in.digest(templates)
    except MemoryError:
        raise
    except Exception:  # `_work` tries once more, and says what is wrong
        return None
    handed_in = [name for name, raw in hand_in.notebooks.items() if raw is not None]
    same = set(stored) == set(handed_in) and all(one["digest"] == digest for one in stored.values())
    if not same or not run.book.is_recorded(task.assignment, task.student):
        return None
    return hand_in.notes + [note for name in handed_in for note in stored[name]["notes"]]


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """The notebook as a file. `nbformat.writes` would check it against a schema once more and take ten times as long."""
    return json.dumps(notebook, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Replace a folder of `autograded/` as a whole: the old one stays until the new one is complete."""
    fresh = folder.with_name(f".{folder.name}.new")
    old = folder.with_name(f".{folder.name}.old")
    for left_over in (fresh, old):
        _remove(left_over)
    for name, content in files.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o444)  # as nbgrader leaves them
    fresh.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(fresh, folder)
    _remove(old)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(content)
    os.replace(fresh, path)
