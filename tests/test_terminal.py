"""What somebody who grades at a terminal sees, and what a file gets."""

import contextlib
import os
import re
import subprocess
import sys

import pytest

from tests.support import warm
from tests.support.demo_class import CHAPTER, NOTEBOOK, copy_of
from tests.support.grading import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")


def at_a_terminal(*words, width=200):
    """What a command shows at a terminal, and its exit status."""
    import pty  # not on every system

    ours, theirs = pty.openpty()
    environment = dict(os.environ, PYTHONPATH=str(ROOT), TERM="xterm", COLUMNS=str(width), LINES="50")
    command = [sys.executable, "-m", "autograder", *words]
    shown = b""
    with subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        with contextlib.suppress(OSError):  # the other side is closed
            while part := os.read(ours, 2**16):
                shown += part
        os.close(ours)
    return shown.decode(), process.returncode


def test_at_a_terminal_a_run_shows_how_far_it_is_and_who_needs_a_look(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    hurt = course / f"submitted/ada/{CHAPTER}/{NOTEBOOK}.ipynb"
    hurt.write_text("{ cut off")
    many = len(list(course.glob(f"submitted/*/{CHAPTER}")))
    shown, status = at_a_terminal("grade", CHAPTER, "--course-dir", str(course))
    assert status == 0
    bars = re.findall(rf"grading\S* .*?(\d+)/{many}\D.*?(\d:\d\d:\d\d)", shown)
    assert len(bars) >= 2 and {int(done) for done, _ in bars} & set(range(1, many))  # it moves, and has an estimate
    assert re.search(r"graded, isolation: (bubblewrap|process)", shown)
    assert all(title in shown for title in ("assignment", "unchanged", "mean score", "lowest", "highest"))
    row = next(line for line in shown.splitlines() if CHAPTER in line and "look at" not in line)
    assert "13.0" in row  # the highest score
    assert re.search(rf"look at ada, {CHAPTER}: .*{NOTEBOOK}.ipynb cannot be read", shown)
    assert "look at bruno" not in shown


def test_into_a_file_a_run_writes_a_table_and_no_bar(class_, by_engine):
    done = warm.run("autograder", "grade", CHAPTER, "--course-dir", str(by_engine))
    assert done.returncode == 0 and "mean score" in done.stdout and "\x1b" not in done.stdout + done.stderr
