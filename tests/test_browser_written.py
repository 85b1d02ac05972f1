"""An instructor marks a written answer by hand in formgrader, in Chromium: mark scheme, points, comment, feedback."""

import csv
import re

import nbformat
import pytest
from playwright.sync_api import FrameLocator, expect

from autograder.course_dir import CourseDir
from autograder.demo.handin import fill_in, model_answers
from tests.browser import instructors_course, jupyter_lab, open_formgrader
from tests.grading import POINTS, WRITTEN, nbgrader

pytestmark = [pytest.mark.browser, pytest.mark.nbgrader]

CHAPTER, NAME, STUDENT = "04-loss", "loss", "writer"
ANSWER, QUESTION = "written-has-it-converged", "written-has-it-converged-question"
SAID = "It stopped because z is negative for every sample: the gate is shut. A *fresh start* with a rate of 0.05 would do."
COMMENT = "Well seen, both the cause and the cure."
CODE = POINTS[CHAPTER] - WRITTEN[CHAPTER]


@pytest.fixture(scope="module")
def source():
    """The chapter with its answers: cell id to text."""
    return nbformat.read(CourseDir(instructors_root()).source_notebook(CHAPTER), as_version=4)
