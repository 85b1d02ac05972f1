"""Scratch runs touch nothing real: neither the course that a home's configuration names nor the database that a course's names."""

import hashlib
import os
import shutil
import subprocess
import sys

import pytest

from autograder import scratch
from autograder.course_dir import CourseDir
from tests.support.grading import ROOT

CHAPTER = "00-start-here"


@pytest.fixture
def real(tmp_path):
    """A home, a real course that its configuration names, and a course of one chapter whose own names a real database."""
    home, real, course = tmp_path / "home", tmp_path / "real", tmp_path / "course"
    (home / ".jupyter").mkdir(parents=True)
    (real / "submitted/ann/00-start-here").mkdir(parents=True)
    (real / "gradebook.db").write_bytes(b"the marks of a real class")
    named = f"c = get_config()\nc.CourseDirectory.root = {str(real)!r}\nc.NbGrader.logfile = {str(real / 'log')!r}\n"
    (home / ".jupyter/nbgrader_config.py").write_text(named, encoding="utf-8")
    shutil.copytree(ROOT / "source" / CHAPTER, course / "source" / CHAPTER)
    own = (ROOT / scratch.CONFIG).read_text(encoding="utf-8")
    own += f"\nc.CourseDirectory.db_url = 'sqlite:///{(real / 'gradebook.db').as_posix()}'\n"
    (course / scratch.CONFIG).write_text(own, encoding="utf-8")
    return home, real, CourseDir(course)


def digests(*folders):
    return {
        str(path): path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in sorted(folder.rglob("*"))
    }


def test_a_scratch_run_leaves_a_real_course_and_its_database_as_they_are(real, tmp_path, monkeypatch):
    """The first command of every scratch run, with and without a folder of configuration of its own."""
    home, course_of_home, course = real
    before = digests(home / ".jupyter", course_of_home, course.root)
    monkeypatch.setenv("HOME", str(home))
    for number, isolated in enumerate((True, False)):
        folder = tmp_path / f"scratch-{number}"
        shutil.copytree(course.root / "source", folder / "source")
        scratch.write_config(folder, (course.root / scratch.CONFIG).read_text(encoding="utf-8"))
        environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        environment["PATH"] = os.pathsep.join([os.path.dirname(sys.executable), environment["PATH"]])
        environment = scratch.own_settings(environment, folder) if isolated else environment
        if not isolated:
            environment.pop("JUPYTER_CONFIG_DIR", None)
        words = [sys.executable, "-m", "nbgrader", "generate_assignment", CHAPTER]
        done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert (folder / "gradebook.db").is_file() and (folder / "release" / CHAPTER).is_dir()
    assert digests(home / ".jupyter", course_of_home, course.root) == before


def test_demo_bench_and_tests_use_scratch_courses(monkeypatch):
    from autograder.bench import grading as bench
    from autograder.demo import run as demo

    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/somewhere")
    for environment in (demo.environment(ROOT), bench.environment(ROOT)):
        assert environment["JUPYTER_CONFIG_DIR"] == str(ROOT / ".jupyter") and "JUPYTER_CONFIG_PATH" not in environment
    assert bench.STOCK.endswith(scratch.FORCED)
    assert not os.environ["JUPYTER_CONFIG_DIR"].startswith(os.path.expanduser("~/.jupyter"))
