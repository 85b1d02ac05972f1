"""A scratch course and nbgrader's own commands in it."""

from __future__ import annotations

import atexit
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from autograder import scratch
from autograder.sandbox.isolation import BACKENDS
from tests.support import warm

ROOT = Path(__file__).parents[2]

# What each notebook is worth, as README says, which is written by hand; and how much of it is a written answer that a person marks.
ROW = re.compile(r"^\| (\d\d-[a-z-]+) \| \d+ \| (\d+) \| (.*) \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "README.md").read_text(encoding="utf-8"))
POINTS = {chapter: int(points) for chapter, points, _ in ROWS}
WRITTEN = {chapter: 2 for chapter, _, write in ROWS if "a written answer" in write}


def scratch_course(folder: Path) -> Path:
    """A course directory with nothing but what nbgrader needs: sources and configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "source", folder / "source", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    scratch.write_config(folder, (ROOT / scratch.CONFIG).read_text(encoding="utf-8"))
    return folder


def nbgrader(*words: str, cwd: Path, good: bool = True) -> subprocess.CompletedProcess:
    """Run `nbgrader ...`; its `alembic` stands beside the interpreter, which need not be on PATH."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment["PATH"]])
    done = warm.run("nbgrader", *words, cwd=cwd, env=environment)
    if good:
        assert done.returncode == 0, done.stdout + done.stderr
    return done


def generate_release(course: Path, chapter: str) -> Path:
    """Put into a scratch course what `nbgrader generate_assignment` writes there: the release and a new gradebook."""
    made = _released(chapter)
    shutil.copytree(made / "release", course / "release")
    shutil.copy(made / "gradebook.db", course)
    return course


@cache
def _released(chapter: str) -> Path:
    """The command itself takes seconds, and gives the same each time: run once by each process that tests."""
    folder = Path(tempfile.mkdtemp(prefix="released-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    nbgrader("generate_assignment", chapter, cwd=scratch_course(folder))
    return folder


def hand_in(course: Path, student: str, chapter: str, notebook: Path) -> Path:
    """Put a notebook where nbgrader looks for hand-ins."""
    target = course / "submitted" / student / chapter / notebook.name
    target.parent.mkdir(parents=True)
    shutil.copy(notebook, target)
    return target


def exported_scores(course: Path) -> dict[tuple[str, str], float]:
    """(student, chapter) to score, from `nbgrader export`."""
    nbgrader("export", cwd=course)
    with open(course / "grades.csv", newline="", encoding="utf-8") as file:
        return {(row["student_id"], row["assignment"]): float(row["score"]) for row in csv.DictReader(file)}


def hand_in_bytes(course: Path, student: str, chapter: str, name: str, content: bytes) -> Path:
    """Put any bytes where nbgrader looks for hand-ins."""
    target = course / "submitted" / student / chapter / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def autograder_grade(course: Path, *words: str, good: bool = True, **environment: str):
    """Run `autograder grade --json`; its report, or the finished process where failure is expected."""
    words = ("grade", *words, "--json", "--course-dir", str(course))
    done = warm.run("autograder", *words, env=dict(os.environ, **environment))
    if not good:
        done.stderr = complaint(done.stderr)
        return done
    assert done.returncode in (0, 1) and done.stdout, (done.returncode, done.stderr)  # a traceback ends with 1, too
    report = json.loads(done.stdout)
    assert done.returncode == bool(report["not_graded"]), done.stderr  # 1 if anything is not in the gradebook
    return report


def complaint(errors: str) -> str:
    """What a command that failed said, without the warning that comes first on a machine without bubblewrap."""
    return errors.removeprefix(BACKENDS["process"].warning + "\n")
