"""The steps inside nbgrader's own `autograde`: links are not followed, and every grading draws hidden cases of its own."""

import sys

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

from autograder.course_dir import CourseDir
from autograder.examination.seed import VARIABLE
from autograder.grading import nbgrader_steps
from autograder.sandbox.isolation import SandboxError
from autograder.sandbox.limits import Limits
from autograder.settings import nbgrader_settings
from tests.support.grading import generate_release, hand_in, nbgrader, scratch_course

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

CHAPTER, NOTEBOOK = "03-neuron", "neuron"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """One chapter, handed in with links: the notebook itself, a file beside it, and a whole folder; and by an honest student."""
    course = scratch_course(tmp_path_factory.mktemp("course"))
    generate_release(course, CHAPTER)
    source = course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb"
    (course / "mine.txt").write_text("a file of the test's own")
    for student in ("anna", "beside", "notebook"):
        hand_in(course, student, CHAPTER, source)
    folder = course / "submitted/beside" / CHAPTER
    (folder / "notes.txt").symlink_to(course / "mine.txt")
    (folder / "deep").mkdir()
    (folder / "deep" / "more.txt").symlink_to(course / "mine.txt")
    (folder / "own.txt").write_text("of the hand-in")
    path = course / "submitted/notebook" / CHAPTER / f"{NOTEBOOK}.ipynb"
    path.unlink()
    path.symlink_to(course / "submitted/anna" / CHAPTER / f"{NOTEBOOK}.ipynb")
    (course / "submitted/whole").symlink_to(course / "submitted/anna")
    nbgrader("autograde", CHAPTER, cwd=course, good=False)
    nbgrader("generate_feedback", CHAPTER, cwd=course)
    return course


def below(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() or path.is_symlink()
    )


def test_nothing_that_a_link_leads_to_is_copied_on(course):
    notebook = f"{NOTEBOOK}.ipynb"
    assert set(below(course / "autograded/beside" / CHAPTER)) >= {notebook, "own.txt"}
    for folder in ("autograded", "feedback"):
        for path in (course / folder).rglob("*"):
            assert not path.is_symlink()
            assert not path.is_file() or "a file of the test's own" not in path.read_text(errors="replace"), path
    notes = nbformat.read(course / "autograded/beside" / CHAPTER / notebook, as_version=4).metadata["autograder"]
    assert any("symbolic links are not followed" in note for note in notes["hand_in_notes"])


@pytest.mark.parametrize("student", ["notebook", "whole"])
def test_a_notebook_or_a_folder_that_is_a_link_is_not_graded(course, student):
    assert not (course / "autograded" / student / CHAPTER).exists()
    assert not (course / "feedback" / student / CHAPTER).exists()


def test_the_others_are_graded(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        scores = {one.student.id: one.score for one in gradebook.assignment_submissions(CHAPTER)}
    assert scores["anna"] == scores["beside"] > 0 == scores.get("notebook", 0)


def test_each_grading_of_one_process_has_a_seed_of_its_own(course, monkeypatch):
    """As in formgrader, whose server grades again and again."""
    monkeypatch.chdir(course)
    monkeypatch.delenv(VARIABLE, raising=False)  # a run whose seed is set keeps to it
    settings = nbgrader_settings(CourseDir(course))
    seeds = []
    for _ in range(2):
        done = NbGraderAPI(config=Config(settings)).autograde(CHAPTER, "anna", force=True)
        assert done["success"], done.get("error")
        path = course / "autograded/anna" / CHAPTER / f"{NOTEBOOK}.ipynb"
        seeds.append(nbformat.read(path, as_version=4).metadata["autograder"]["seed"])
    assert len(set(seeds)) == 2


def test_a_time_limit_that_nbgraders_own_step_was_given_goes_for_the_sandbox(monkeypatch):
    given = []

    def none_at_all(isolation, limits):
        given.append(limits.cell_seconds)
        raise SandboxError("that was asked for")

    monkeypatch.setattr(nbgrader_steps, "_sandbox", none_at_all)
    for settings in ({}, {"Execute": {"timeout": 7}}):
        with pytest.raises(SandboxError, match="that was asked for"):
            step = nbgrader_steps.RunInSandbox(config=Config(settings))
            step.preprocess(nbformat.v4.new_notebook(), {})
    assert given == [Limits.cell_seconds, 7.0]
