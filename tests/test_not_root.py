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

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

SOMEBODY = 12345  # a user that is not root
AS_SOMEBODY = f"exec setpriv --reuid={SOMEBODY} --regid={SOMEBODY} --clear-groups"
# Shows this Python, which stands below a folder that only root may enter, to everybody: in mounts of the command's own.
SHOW = """set -e
mount --bind "$1" "$3"; mount -t tmpfs -o mode=755 tmpfs "$2"; mkdir -p "$1"; mount --bind "$3" "$1"
shift 3
"""


def as_somebody(folder):
    """The words before a command that let somebody run it who is not root."""
    python = Path(sys.base_prefix)
    closed = [str(one) for one in python.parents if not one.stat().st_mode & 0o001]
    if not closed:
        return ["sh", "-c", f'{AS_SOMEBODY} "$@"', "sh"]
    spare = folder / "python"
    spare.mkdir(exist_ok=True)
    return ["unshare", "--mount", "sh", "-c", f'{SHOW}{AS_SOMEBODY} "$@"', "sh", str(python), closed[-1], str(spare)]


@pytest.fixture(scope="module")
def course_of_somebody(class_):
    """A small class that belongs to somebody who is not root and has 70 other processes at work."""
    if os.getuid() != 0:
        missing("only root may become another user")
    folder = Path(tempfile.mkdtemp(prefix="somebody-"))
    try:
        os.chown(folder, SOMEBODY, SOMEBODY)
        trial = [sys.executable, "-c", "import autograder.grading.run, matplotlib"]
        environment = {"PYTHONPATH": str(ROOT), "HOME": str(folder)}
        try:
            environment["PATH"] = os.environ["PATH"]
            subprocess.run([*as_somebody(folder), *trial], env=environment, cwd="/", check=True)
        except (OSError, subprocess.CalledProcessError):
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


@pytest.mark.parametrize("isolation", ["process", "bubblewrap"])
def test_somebody_with_many_processes_who_is_not_root_can_grade(course_of_somebody, isolation):
    course = course_of_somebody
    environment = dict(os.environ, PYTHONPATH=str(ROOT), HOME=str(course.parent), TMPDIR=str(course.parent))
    words = ["grade", CHAPTER, "--json", "--force", "--isolation", isolation, "--course-dir", str(course)]
    python = [*as_somebody(course.parent), sys.executable]
    plain = {"capture_output": True, "text": True, "cwd": "/", "env": environment}
    if isolation == "bubblewrap":
        probe = "from autograder.sandbox.isolation import BACKENDS; print(BACKENDS['bubblewrap'].trouble() or 'works')"
        said = subprocess.run([*python, "-c", probe], **plain).stdout
        if not said.startswith("works"):
            missing(f"bubblewrap does not work for other users here: {said}")
    done = subprocess.run([*python, "-m", "autograder", *words], **plain)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [(one["student"], one["score"], one["notes"]) for one in report["submissions"]] == [("ada", 13, [])]
    assert report["isolation"] == isolation
