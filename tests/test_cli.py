"""Bad input: one clear line on standard error, exit status 2, nothing written."""

import subprocess
import sys

import pytest

from tests.support import warm


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
