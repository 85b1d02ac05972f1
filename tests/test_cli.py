"""Bad input: one clear line on standard error, exit status 2, nothing written."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course_dir import BadInput, CourseDir
from autograder.publish.tidy import tidy_course
from tests.support import warm
from tests.support.grading import scratch_course


def autograder(*words):
    return warm.run("autograder", *words)


@pytest.mark.parametrize("command", ["tidy", "release", "check-release"])
def test_a_folder_that_is_no_course(tmp_path, command):
    done = autograder(command, "--course-dir", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "no course directory" in done.stderr and "--course-dir" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["tidy", "release", "selftest"])
def test_a_chapter_that_does_not_exist(command):
    done = autograder(command, "13-magic")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1 and "13-magic" in done.stderr and "06-batch" in done.stderr


def test_a_source_that_is_no_notebook(tmp_path):
    (tmp_path / "source/06-batch").mkdir(parents=True)
    broken = tmp_path / "source/06-batch/batch.ipynb"
    broken.write_text("{ not json")
    done = autograder("tidy", "06-batch", "--course-dir", str(tmp_path))
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "batch.ipynb is not a notebook" in done.stderr
    assert broken.read_text() == "{ not json"


def test_a_source_that_is_missing(tmp_path):
    (tmp_path / "source").mkdir()
    done = autograder("release", "06-batch", "--course-dir", str(tmp_path))
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "does not exist" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["source"]


def test_an_unknown_option_and_no_command():
    done = autograder("selftest", "--sede", "1")
    assert done.returncode == 2 and "--sede" in done.stderr
    cold = subprocess.run([sys.executable, "-m", "autograder", "--help"], capture_output=True, text=True)
    assert cold.returncode == 0 and "check-release" in cold.stdout


@pytest.mark.parametrize("words", ["06-batch", "06", "batch"])
def test_chapters_by_number_name_or_both(words):
    done = autograder("selftest", words)
    assert done.returncode == 0 and "batch_dweights" in done.stdout and "relu_backward" not in done.stdout


def test_a_disk_that_takes_no_writing_is_one_line(tmp_path, monkeypatch):
    course = CourseDir(scratch_course(tmp_path / "course"))
    path = course.source_notebook("06-batch")
    path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")

    def full(*_, **__):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(BadInput, match=r"batch\.ipynb cannot be written: Read-only"):
        tidy_course(course, ["06-batch"])


def test_sources_that_may_not_be_written_are_not_tidied(tmp_path, monkeypatch):
    course = CourseDir(scratch_course(tmp_path / "course"))
    path = course.source_notebook("06-batch")
    path.write_text(path.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    before = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)  # as for who is not root, to whom nothing is closed
    with pytest.raises(BadInput, match=r"batch\.ipynb cannot be written: change its permissions"):
        tidy_course(course, ["06-batch"])
    assert path.read_bytes() == before
