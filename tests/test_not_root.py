"""Grading by an ordinary user who has many processes at work; the tests become one, which takes root."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import is_solution

from autograder.demo.students import CLASS
from tests.support.demo_class import CHAPTER, NOTEBOOK
from tests.support.grading import ROOT
from tests.support.needs import missing
from tests.support.people import as_user, in_reach

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

SOMEBODY = 12345  # a user that is not root
BECOME = f"--reuid={SOMEBODY} --regid={SOMEBODY} --clear-groups"


@pytest.fixture(scope="module")
def course_of_somebody(class_):
    """A small class that belongs to somebody who is not root and has 70 other processes at work."""
    if os.getuid() != 0:
        missing("only root may become another user")
    folder = Path(tempfile.mkdtemp(prefix="somebody-"))
    try:
        os.chown(folder, SOMEBODY, SOMEBODY)
        if not in_reach(folder, BECOME, ROOT):
            missing(f"{sys.executable} and what it imports are not in reach of other users")
        course = folder / "course"
        ignored = shutil.ignore_patterns("autograded", ".*", *(one.id for one in CLASS if one.id != "ada"))
        shutil.copytree(class_, course, ignore=ignored)
        hand_in = course / f"submitted/ada/{CHAPTER}/{NOTEBOOK}.ipynb"
        notebook = nbformat.read(hand_in, as_version=4)
        first = next(cell for cell in notebook.cells if "def " in cell.source and is_solution(cell))
        first.source = "import subprocess\nsubprocess.run(['true'], check=True)\n" + first.source  # one more process
        nbformat.write(notebook, hand_in)
        for path in [course, *course.rglob("*")]:
            os.chown(path, SOMEBODY, SOMEBODY)
        sleepers = [subprocess.Popen(["sleep", "600"], user=SOMEBODY, group=SOMEBODY, cwd="/") for _ in range(70)]
        yield course
        for sleeper in sleepers:
            sleeper.kill()
            sleeper.wait()
    finally:
        shutil.rmtree(folder)


# Works for 0.4 s of processor time, asks what was seen of it before and after, and prints the difference.
OWN_WORK = """
from autograder.sandbox.sandbox import Sandbox
one = Sandbox({isolation!r})
session = one.open()
session.run("1", 100)
before, _ = one.processor()
session.run("import time\\nuntil = time.process_time() + 0.4\\nwhile time.process_time() < until: pass", 100)
print(one.processor()[0] - before)
session.close()
one.close()
"""


@pytest.mark.parametrize("isolation", ["process", "bubblewrap"])
def test_somebody_with_many_processes_who_is_not_root_can_grade(course_of_somebody, isolation):
    course = course_of_somebody
    environment = dict(os.environ, PYTHONPATH=str(ROOT), HOME=str(course.parent), TMPDIR=str(course.parent))
    words = ["grade", CHAPTER, "--json", "--force", "--isolation", isolation, "--course-dir", str(course)]
    python = [*as_user(course.parent, BECOME), sys.executable]
    plain = {"capture_output": True, "text": True, "cwd": "/", "env": environment}
    if isolation == "bubblewrap":
        need_bubblewrap_for_others(python, plain)
    done = subprocess.run([*python, "-m", "autograder", *words], **plain)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [(one["student"], one["score"], one["notes"]) for one in report["submissions"]] == [("ada", 13, [])]
    assert report["isolation"] == isolation


@pytest.mark.parametrize("isolation", ["process", "bubblewrap"])
def test_what_a_hand_in_had_of_the_processors_is_seen_without_root(course_of_somebody, isolation):
    """Who is not root has processes numbered anew, beside the /proc of all: asked for by another's number, none would be seen."""
    home = course_of_somebody.parent
    python = [*as_user(home, BECOME), sys.executable]
    environment = dict(os.environ, PYTHONPATH=str(ROOT), HOME=str(home), TMPDIR=str(home))
    plain = {"capture_output": True, "text": True, "cwd": "/", "env": environment}
    if isolation == "bubblewrap":
        need_bubblewrap_for_others(python, plain)
    done = subprocess.run([*python, "-c", OWN_WORK.format(isolation=isolation)], **plain)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) > 0.3  # counted in hundredths


def need_bubblewrap_for_others(python: list[str], plain: dict) -> None:
    """Skip where bubblewrap does not work for this user."""
    probe = "from autograder.sandbox.isolation import BACKENDS; print(BACKENDS['bubblewrap'].trouble() or 'works')"
    said = subprocess.run([*python, "-c", probe], **plain).stdout
    if not said.startswith("works"):
        missing(f"bubblewrap does not work for other users here: {said}")
