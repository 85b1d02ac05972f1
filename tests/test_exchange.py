"""The exchange: where exercises are fetched to, handed in again, and feedback beside work that came another way. Real nbgrader."""

import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

from autograder.course_dir import CourseDir
from autograder.publish.student_edition import edition
from course import on_a_hub
from course.exchange import ASSIGNMENT_LIST, EXCHANGE, _with_assignment_list, exercises_folder
from course.hint import Hint
from course.progress_table import progress
from tests.support.grading import ROOT, generate_release, nbgrader, scratch_course

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nbgrader has no exchange on Windows")

CHAPTER, NOTEBOOK = "05-layer", "layer.ipynb"


# Where a student's exercises are


def test_the_folder_is_the_nearest_and_the_same_from_within(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert exercises_folder(tmp_path) == tmp_path / "exercises"  # a new one, and the same from within
    assert exercises_folder(tmp_path / "exercises") == tmp_path / "exercises"
    (tmp_path / "exercises").mkdir()  # somebody else's: no lessons beside it
    for folder in ("backprop/exercises/05-layer", "backprop/course/lessons"):
        (tmp_path / "home" / folder).mkdir(parents=True)
    here = tmp_path / "home/backprop/exercises"
    for start in (here.parent, here, here / "05-layer", here.parent / "course/lessons", tmp_path / "home", tmp_path):
        monkeypatch.chdir(start)
        assert exercises_folder() == here, start


def test_a_hub_lays_out_lessons_and_exercises_and_touches_nothing_that_is_there(tmp_path):
    on_a_hub.lay_out(tmp_path)
    lessons = {path.name for path in (ROOT / "course/lessons").glob("*.ipynb")}
    assert {path.name for path in (tmp_path / "course/lessons").iterdir()} == lessons
    assert list((tmp_path / "exercises").iterdir()) == []
    first, second, *_ = sorted(lessons)
    (tmp_path / "course/lessons" / first).write_text("mine")
    (tmp_path / "course/lessons" / second).unlink()
    (tmp_path / "course/lessons" / second).symlink_to(tmp_path / "nowhere")
    on_a_hub.lay_out(tmp_path)
    assert (tmp_path / "course/lessons" / first).read_text() == "mine" and not (tmp_path / "nowhere").exists()


def test_pages_show_assignment_list_and_keep_what_else_was_said():
    off = [*ASSIGNMENT_LIST, "@jupyter/nbgrader:formgrader"]
    page = _with_assignment_list(lambda handler, page: {**page, "more": 1})(None, {"disabledExtensions": off})
    assert page == {"disabledExtensions": ["@jupyter/nbgrader:formgrader"], "more": 1}


def test_progress_says_what_is_not_fetched_yet(tmp_path, monkeypatch):
    monkeypatch.setenv(EXCHANGE, "/an/exchange")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Hint, match="no exercise is fetched yet"):
        progress()
    shutil.copytree(ROOT / "release" / CHAPTER, tmp_path / "exercises" / CHAPTER)
    rows = {line.split()[0]: line for line in str(progress()).splitlines()}
    assert "untouched" in rows[CHAPTER] and "not fetched yet" in rows["06-batch"]


def test_the_edition_names_the_exchange_of_the_course(tmp_path):
    name = "settings/etc/nbgrader_config.py"
    assert "c.Exchange.root" not in edition(CourseDir(ROOT))[name].decode()
    for folder in ("source", "release", "course"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    for path in ROOT.glob("[!.]*.*"):
        if path.is_file():
            shutil.copy(path, tmp_path)
    shutil.copy(ROOT / "LICENSE", tmp_path)
    with open(tmp_path / "nbgrader_config.py", "a") as config:
        config.write('\nc.Exchange.root = "/a/folder"\nc.CourseDirectory.course_id = "ml-2027"\n')
    written = edition(CourseDir(tmp_path))[name].decode()
    assert 'c.Exchange.root = "/a/folder"' in written and 'course_id = "ml-2027"' in written
    compile(written, name, "exec")


# nbgrader's own commands, for a class of two: one hands in through the exchange, twice; the other's work came by mail.


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course that is released through an exchange."""
    folder = generate_release(scratch_course(tmp_path_factory.mktemp("course") / "course"), CHAPTER)
    exchange = tmp_path_factory.mktemp("exchange")
    exchange.chmod(0o777)
    with open(folder / "nbgrader_config.py", "a") as config:
        config.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
    nbgrader("release_assignment", CHAPTER, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def student(course, tmp_path_factory):
    """A folder from which somebody hands in: the student edition's own configuration, beside an empty `exercises`."""
    folder = tmp_path_factory.mktemp("student")
    for name in ("course", "exercises"):
        (folder / name).mkdir()
    exchange = next(line for line in (course / "nbgrader_config.py").read_text().splitlines()[::-1] if "root" in line)
    written = edition(CourseDir(ROOT))["settings/etc/nbgrader_config.py"].decode()
    (folder / "nbgrader_config.py").write_text(f"{written}\n{exchange}\nc.Exchange.cache = {str(folder / 'cache')!r}\n")
    return folder


def collected(course: Path) -> list[str]:
    return sorted(path.parent.name for path in (course / "submitted").glob(f"*/{CHAPTER}"))


def test_fetched_to_where_the_lessons_links_lead_and_handed_in_from_there(course, student):
    nbgrader("fetch_assignment", CHAPTER, cwd=student)
    copy = student / "exercises" / CHAPTER / NOTEBOOK
    assert copy.read_bytes() == (course / "release" / CHAPTER / NOTEBOOK).read_bytes()
    nbgrader("submit", CHAPTER, cwd=student)
    nbgrader("collect", CHAPTER, cwd=course)
    (handed_in,) = (course / "submitted").glob(f"*/{CHAPTER}/{NOTEBOOK}")
    first = (handed_in.parent / "timestamp.txt").read_text()
    copy.write_text(copy.read_text().replace("# your answer here", "pass", 1))
    nbgrader("submit", CHAPTER, cwd=student)
    nbgrader("collect", CHAPTER, cwd=course)  # what was handed in again replaces the first
    assert (handed_in.parent / "timestamp.txt").read_text() > first
    assert handed_in.read_bytes() == copy.read_bytes()


def test_work_that_was_placed_by_hand_is_neither_replaced_nor_in_the_way_of_feedback(course, student):
    """After the test above."""
    (me,) = collected(course)
    nbgrader("autograde", CHAPTER, "--create", cwd=course)
    nbgrader("generate_feedback", CHAPTER, cwd=course)
    page = course / "feedback" / me / CHAPTER / "layer.html"
    by_hand = course / "feedback" / "by-mail" / CHAPTER
    by_hand.mkdir(parents=True)
    shutil.copy(page, by_hand)
    done = nbgrader("release_feedback", CHAPTER, cwd=course)
    said = done.stdout + done.stderr
    assert f"by-mail did not hand in through the exchange: send the page in {by_hand} another way" in said
    nbgrader("fetch_feedback", CHAPTER, cwd=student)
    (fetched,) = (student / "exercises" / CHAPTER / "feedback").glob("*/layer.html")
    assert fetched.read_bytes() == page.read_bytes()

    kept = course / "submitted" / me / CHAPTER
    (kept / "timestamp.txt").unlink()  # now it is as if it had come by mail
    (kept / NOTEBOOK).write_text("corrected by hand")
    done = nbgrader("collect", CHAPTER, cwd=course)
    assert "is left as it is, since it did not come from the exchange" in done.stdout + done.stderr
    assert (kept / NOTEBOOK).read_text() == "corrected by hand"


def test_a_folder_of_several_graders_stays_theirs(course):
    """After the tests above: with `groupshared`, what is collected may be written by the group."""
    before = (course / "nbgrader_config.py").read_text()
    (course / "nbgrader_config.py").write_text(before + "\nc.CourseDirectory.groupshared = True\n")
    (me,) = collected(course)
    shutil.rmtree(course / "submitted" / me / CHAPTER)
    previous = os.umask(0o022)
    try:
        nbgrader("collect", CHAPTER, cwd=course)
    finally:
        os.umask(previous)
    for path in (course / "submitted" / me / CHAPTER, *(course / "submitted" / me / CHAPTER).iterdir()):
        assert path.stat().st_mode & stat.S_IWGRP, path
