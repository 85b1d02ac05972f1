"""Build a class in a scratch folder, grade it as an instructor would, and read the marks from nbgrader's gradebook."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook, MissingEntry

from autograder import scratch as scratch_files
from autograder.course_dir import BadInput, CourseDir
from autograder.demo.handin import fill_in, model_answers
from autograder.demo.students import CHAPTERS, CLASS, DUE, Student

CONFIG = "nbgrader_config.py"
LOG = "nbgrader.log"
EVERY_CHAPTER = "--assignment=*"  # one command for all where it can be: starting nbgrader takes a second
# `nbgrader`, started without what takes another one (see autograder/lean.py)
NBGRADER = [sys.executable, "-c", "import autograder.lean\nfrom nbgrader.apps.nbgraderapp import main\nmain()"]
PROGRAMS = {"nbgrader": NBGRADER, "autograder": [sys.executable, "-m", "autograder"]}
GRADE = ("autograder", "grade")
if sys.platform == "win32":  # which has no sandbox: nbgrader runs the hand-ins itself
    GRADE = ("nbgrader", "autograde", EVERY_CHAPTER)
CONVERTING = "Converting notebook"  # what nbgrader logs for each notebook that it takes up
Tick = Callable[[str], None]


class CommandFailed(Exception):
    """A command ended badly: which one, and where to read what it said."""


@dataclass(frozen=True)
class Mark:
    """What one student has in one chapter."""

    score: float = 0.0
    maximum: float = 0.0
    graded: bool = False
    seconds_late: float = 0.0


@dataclass(frozen=True)
class Report:
    """The graded class: where it is, the marks by student and chapter, and how long all of it took."""

    folder: Path
    marks: dict[str, dict[str, Mark]]
    seconds: float


def scratch_folder(folder: Path) -> Path:
    """The folder to work in, made if it is absent; BadInput if it is no folder, not empty or cannot be made."""
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder} is not a folder. Name an empty or a new one with --into.")
    try:
        if folder.exists() and any(folder.iterdir()):
            raise BadInput(f"{folder} is not empty. Name an empty or a new folder with --into.")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{folder} cannot be used: {error.strerror}. Name another folder with --into.") from None
    return folder.resolve()


def run_demo(course: CourseDir, into: Path | None = None, tick: Tick = lambda text: None) -> Report:
    """Make the class in an empty or new folder, or in a temporary one, and grade it. Nothing is removed afterwards.

    `tick` is called `ticks()` times, with what is being done. Raises BadInput before anything is written.
    """
    started = time.monotonic()
    needed = [course.root / CONFIG, *(course.source_notebook(chapter) for chapter in CHAPTERS)]
    for path in needed:
        if not path.is_file():
            raise BadInput(f"{path} does not exist, so nothing can be handed in and graded.")
    folder = scratch_folder(into) if into else Path(tempfile.mkdtemp(prefix="backprop-demo-")).resolve()
    scratch = CourseDir(folder)
    for path in needed:
        copy = folder / path.relative_to(course.root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    scratch_files.write_config(folder, (course.root / CONFIG).read_text(encoding="utf-8"))
    write_students(folder / "students.csv")
    nbgrader(folder, "db", "student", "import", "students.csv")
    nbgrader(folder, "generate_assignment", EVERY_CHAPTER, tick=lambda: tick("building the release"))
    for chapter, due in DUE.items():
        nbgrader(folder, "db", "assignment", "add", chapter, f"--duedate={due}")
    for student in CLASS:
        for chapter in CHAPTERS:
            hand_in(student, chapter, scratch)
    tick("grading")
    run(folder, *GRADE)
    nbgrader(folder, "generate_feedback", EVERY_CHAPTER, tick=lambda: tick("writing feedback"))
    nbgrader(folder, "export")
    return Report(folder, read_marks(folder), time.monotonic() - started)


def ticks() -> int:
    """How often `run_demo` calls `tick`: once a release, once for grading, and once for the feedback on each hand-in."""
    return len(CHAPTERS) + 1 + sum(student.hands_in(chapter) for student in CLASS for chapter in CHAPTERS)


def write_students(path: Path, students: Iterable[Student] = CLASS) -> None:
    """The class list, as `nbgrader db student import` reads it."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "first_name", "last_name"])
        rows.writerows([student.id, student.first_name, student.last_name] for student in students)


def hand_in(student: Student, chapter: str, course: CourseDir) -> None:
    """Put a student's notebook, or what they hand in instead, where nbgrader looks for it."""
    if chapter in student.absent:
        return
    source = course.source_notebook(chapter)
    folder = course.root / "submitted" / student.id / chapter
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text(student.handed_in_at(chapter), encoding="utf-8")
    if chapter in student.forgets_notebook:
        return
    answers = model_answers(nbformat.read(source, as_version=4)) if student.knows_the_rest else {}
    answers |= student.answers.get(chapter, {})
    release = nbformat.read(course.release / chapter / source.name, as_version=4)
    nbformat.write(fill_in(release, answers), folder / source.name)


def read_marks(folder: Path) -> dict[str, dict[str, Mark]]:
    """Student to chapter to mark, from nbgrader's gradebook."""
    marks: dict[str, dict[str, Mark]] = {student.id: {} for student in CLASS}
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        for chapter in CHAPTERS:
            maximum = gradebook.find_assignment(chapter).max_score
            for student in CLASS:
                try:
                    found = gradebook.find_submission(chapter, student.id)
                    mark = Mark(found.score, maximum, True, float(found.total_seconds_late))
                except MissingEntry:
                    mark = Mark(maximum=maximum)
                marks[student.id][chapter] = mark
    return marks


def nbgrader(folder: Path, *arguments: str, tick: Callable[[], None] = lambda: None) -> None:
    """Run `nbgrader ...` in a folder; `tick` is called for every notebook it takes up. Raises CommandFailed."""
    run(folder, "nbgrader", *arguments, tick=tick)


def run(folder: Path, program: str, *arguments: str, tick: Callable[[], None] = lambda: None) -> None:
    """Run one of PROGRAMS in a folder and keep what it says. Raises CommandFailed."""
    command = [*PROGRAMS[program], *arguments]
    pipe = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with (
        open(folder / LOG, "a", encoding="utf-8") as log,
        subprocess.Popen(
            command, cwd=folder, env=environment(folder), text=True, encoding="utf-8", errors="replace", **pipe
        ) as process,
    ):
        try:
            for line in process.stdout:
                log.write(line)
                if CONVERTING in line:
                    tick()
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        raise CommandFailed(f"`{program} {' '.join(arguments)}` failed. What it said is in {folder / LOG}")


def environment(folder: Path) -> dict[str, str]:
    """This process's environment, in which a kernel in another folder finds the same packages and commands.

    nbgrader calls `alembic`, which stands beside the interpreter; `course` and `autograder` may have been found through
    a relative PYTHONPATH or the current folder.
    """
    packages = str(Path(__file__).resolve().parents[2])
    paths = [packages, *(os.path.abspath(path) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path)]
    commands = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    return scratch_files.own_settings(dict(os.environ), folder) | {
        "PYTHONPATH": os.pathsep.join(dict.fromkeys(paths)),
        "PATH": os.pathsep.join(commands),
        "PYTHONUTF8": "1",  # nbgrader reads the class list in the encoding of the machine
    }
