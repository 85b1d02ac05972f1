"""What a course that several people grade lets its group write to; `tests/two_users.py` has two real users do so."""

import subprocess
import sys

import pytest

from tests.support.grading import ROOT, scratch_course

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such permissions")

LINE = "# c.CourseDirectory.groupshared = True"
# Two gradebooks by nbgrader's own API, the course's and another one, and a file: as any command makes them.
MAKE = """
import os, stat, sys
os.umask(0o022)
from pathlib import Path
from autograder.course_dir import CourseDir
from autograder.settings import nbgrader_settings
for _ in range(2):
    nbgrader_settings(CourseDir(Path.cwd()))
from nbgrader.api import Gradebook
for name in ("gradebook.db", "other.db"):
    Gradebook(f"sqlite:///{name}").close()
Path("file").touch()
print(*(f"{stat.S_IMODE(os.stat(name).st_mode):o}" for name in ("gradebook.db", "other.db", "file")))
"""


@pytest.mark.parametrize(("shared", "modes"), [(True, "664 644 664"), (False, "644 644 644")])
def test_the_gradebook_and_what_is_made_are_the_groups_if_and_only_if_it_is_asked(shared, modes, tmp_path):
    course = scratch_course(tmp_path / "course")
    config = course / "nbgrader_config.py"
    text = config.read_text(encoding="utf-8")
    assert text.count(LINE) == 1
    config.write_text(text.replace(LINE, LINE.removeprefix("# ")) if shared else text, encoding="utf-8")
    path = f"{sys.executable.rpartition('/')[0]}:/usr/bin:/bin"  # nbgrader calls alembic
    done = subprocess.run(
        [sys.executable, "-c", MAKE],
        cwd=course,
        env={"PYTHONPATH": str(ROOT), "PATH": path},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == modes, done.stdout + done.stderr
