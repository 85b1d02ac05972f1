"""`autograder explain`: an answer on the hidden inputs once more, equal to the recorded verdict, and what may be passed on."""

import ast
import json
import shutil

import numpy as np
import pytest

from autograder.classroom.lms.returned import returned_notebook
from autograder.classroom.records import read_class
from autograder.course_dir import CourseDir
from autograder.demo.run import hand_in
from autograder.demo.students import CLASS
from tests.support import warm
from tests.support.demo_class import CHAPTER, NOTEBOOK
from tests.support.grading import ROOT, autograder_grade, generate_release, nbgrader, scratch_course

pytestmark = pytest.mark.nbgrader
STUDENTS = ("ada", "dilek", "hana", "julia", "marek", "chen")


def explain(course, *words, status=0):
    done = warm.run("autograder", "explain", *words, "--course-dir", str(course), cwd=ROOT)
    assert done.returncode == status, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = generate_release(scratch_course(tmp_path_factory.mktemp("explain") / "course"), CHAPTER)
    for student in CLASS:
        if student.id in STUDENTS:
            hand_in(student, CHAPTER, CourseDir(course))
    autograder_grade(course, CHAPTER)
    return course


@pytest.mark.parametrize("student", STUDENTS)
def test_every_verdict_is_the_recorded_one(course, student):
    found = json.loads(explain(course, student, CHAPTER, "--json").stdout)
    assert len(found) == 9
    for one in found:
        assert one["differs"] == "" and one["recorded"] == one["now"], one
        assert bool(one["messages"]) == (one["recorded"]["found"] != "right")


def test_the_instructor_sees_inputs_expected_and_what_came(course):
    """dilek takes the mean over the N samples: N times too little, on every case."""
    (one,) = json.loads(explain(course, "dilek", "06", "batch_dbiases", "--json").stdout)
    assert one["recorded"]["name"] == "mean-for-sum" and "np.mean" in one["code"]
    for case in one["cases"]:
        given, expected, came = (np.array(ast.literal_eval(case[part][name])) for part, name in (
            ("inputs", "dvalues"), ("expected", "dbiases"), ("came", "dbiases")))  # fmt: skip
        assert case["right"] == (len(given) == 1)  # of one sample the mean is the sum
        np.testing.assert_allclose(expected, given.sum(axis=0, keepdims=True), rtol=1e-5, atol=1e-12)
        np.testing.assert_allclose(came * len(given), expected, rtol=1e-5, atol=1e-12)


def test_what_nbgraders_own_command_graded_is_explained_and_returned(course, tmp_path):
    """It stores a source as a list of lines, and we as one string."""
    copy = shutil.copytree(course, tmp_path / "course")
    nbgrader("autograde", CHAPTER, "--student", "dilek", "--force", cwd=copy)
    (one,) = json.loads(explain(copy, "dilek", "06", "batch_dbiases", "--json").stdout)
    assert one["recorded"] == one["now"] and one["recorded"]["name"] == "mean-for-sum"
    classroom = read_class(CourseDir(copy))
    returned = returned_notebook(classroom.course, classroom, classroom.hand_ins["dilek", CHAPTER]).decode()
    assert "mean for sum" in returned and "HIDDEN TESTS" not in returned and "examine(" not in returned


def test_what_is_passed_on_shows_no_input_and_no_expected_value(course):
    whole = json.loads(explain(course, "dilek", "06", "batch_dbiases", "--json").stdout)[0]
    numbers = {
        text for case in whole["cases"] for part in ("inputs", "expected", "came") for text in case[part].values()
    }
    for words in ((), ("--json",)):
        told = explain(course, "dilek", "06", "batch_dbiases", "--for-student", *words).stdout
        assert not any(text in told for text in numbers)
        assert "whole numbers" in told and "mean for sum" in told and "np.mean" in told
    assert "expected" not in explain(course, "dilek", "06", "--for-student").stdout


def test_a_verdict_that_is_another_one_today_says_why(course, tmp_path):
    again = tmp_path / "course"
    shutil.copytree(course, again)
    path = again / f"autograded/dilek/{CHAPTER}/{NOTEBOOK}.ipynb"
    path.chmod(0o644)
    stored = json.loads(path.read_text(encoding="utf-8"))
    stored["metadata"]["autograder"]["verdicts"]["test-batch-dbiases"]["name"] = "not-summed"
    path.write_text(json.dumps(stored), encoding="utf-8")
    (one,) = json.loads(explain(again, "dilek", "06", "batch_dbiases", "--json").stdout)
    assert "same hand-in gave another result" in one["differs"]
    hand_in_path = again / f"submitted/dilek/{CHAPTER}/{NOTEBOOK}.ipynb"
    hand_in_path.write_text(hand_in_path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "has changed since" in explain(again, "dilek", "06", "batch_dbiases").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nobody", "06"), "no student"),
        (("ada", "06", "relu"), "asks nothing called"),
        (("ada", "07"), "knows no assignment"),
    ],
)
def test_bad_input_is_one_line(course, words, said):
    done = explain(course, *words, status=2)
    assert done.stdout == "" and done.stderr.count("\n") == 1 and said in done.stderr
