"""An instructor grades two hand-ins with formgrader's own buttons, in Chromium."""

import nbformat
import pytest
from playwright.sync_api import expect

from autograder.course_dir import CourseDir
from tests.browser import Notebook, jupyter_lab
from tests.grading import ROOT, hand_in, nbgrader, scratch_course

pytestmark = pytest.mark.browser

CHAPTER = "00-start-here"
NAME = "start-here"
GRADING = 60_000  # milliseconds for one hand-in


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with one chapter generated, a model hand-in and an untouched one."""
    folder = scratch_course(tmp_path_factory.mktemp("instructor") / "course")
    nbgrader("generate_assignment", CHAPTER, cwd=folder)
    hand_in(folder, "model", CHAPTER, CourseDir(folder).source_notebook(CHAPTER))
    hand_in(folder, "untouched", CHAPTER, folder / "release" / CHAPTER / f"{NAME}.ipynb")
    return folder


@pytest.fixture(scope="module")
def lab(course, chromium, tmp_path_factory):
    """The address of a JupyterLab on that course. (Without Chromium it is not started.)"""
    with jupyter_lab(course, tmp_path_factory.mktemp("jupyter")) as address:
        yield address
