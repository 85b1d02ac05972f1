"""The engine against stock nbgrader, and what it grades anew: the same gradebook, nothing twice, nothing forgotten."""

import os
import sqlite3
import sys
import time

import nbformat
import pytest

from autograder.bench.grading import STOCK
from autograder.course_dir import CourseDir
from autograder.examination.seed import VARIABLE
from autograder.grading.gradebook import CourseGradebook
from autograder.grading.recording import Scored
from autograder.grading.run import RUN_FILE, settle_seed
from tests.support.demo_class import CHAPTER, NOTEBOOK, copy_of, gradebook_rows
from tests.support.grading import autograder_grade, nbgrader, scratch_course

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")


def test_stock_nbgrader_gives_the_same_gradebook(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    (course / "nbgrader_config.py").write_text(STOCK)
    nbgrader("autograde", CHAPTER, cwd=course)
    stock, engine = gradebook_rows(course), gradebook_rows(by_engine)
    assert len(stock[0]) >= 100
    assert stock == engine


def test_nbgraders_autograde_through_the_sandbox_gives_the_same_gradebook(class_, by_engine, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    nbgrader("autograde", CHAPTER, cwd=course)
    assert gradebook_rows(course) == gradebook_rows(by_engine)
    path = next((course / "autograded").glob(f"*/{CHAPTER}/*.ipynb"))
    assert nbformat.read(path, as_version=4).metadata.autograder.isolation in ("bubblewrap", "process")


def test_nothing_is_graded_twice_until_something_changes(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    first = autograder_grade(course, CHAPTER)
    again = autograder_grade(course, CHAPTER)
    readable = sum(
        one["score"] is not None and not any("not handed in" in note for note in one["notes"])
        for one in first["submissions"]
    )
    assert again["unchanged"] == readable
    scores = [{one["student"]: one["score"] for one in report["submissions"]} for report in (first, again)]
    assert scores[0] == scores[1] and any(scores[0].values())  # of which the means in the table are made
    path = course / f"submitted/ada/{CHAPTER}/{NOTEBOOK}.ipynb"
    path.write_bytes((course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb").read_bytes())
    third = {one["student"]: one for one in autograder_grade(course, CHAPTER)["submissions"]}
    assert third["ada"]["state"] == "graded" and third["ada"]["score"] == 0
    assert third["bruno"]["state"] == "unchanged"


BY_HAND = "select manual_score, needs_manual_grade from grade where rowid = 1"


def test_a_corrected_test_regrades_and_manual_scores_stay(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    autograder_grade(course, CHAPTER)
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("update grade set manual_score = 2.5 where rowid = 1")
    source = course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb"
    notebook = nbformat.read(source, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == "test-batch-dbiases")
    cell.source = cell.source.replace("### END HIDDEN TESTS", "assert False, 'a stricter test'\n### END HIDDEN TESTS")
    nbformat.write(notebook, source)
    graded = autograder_grade(course, CHAPTER)
    assert graded["less_protected"] == {CHAPTER: ["test-batch-dbiases"]}  # an assert of the instructor's own
    scores = {(student, name): score for student, name, score, *_ in gradebook_rows(course)[0]}
    assert (
        graded["unchanged"] == 0
        and scores["ada", "test-batch-dbiases"] == 0
        and scores["ada", "test-batch-dweights"] == 3
    )
    with sqlite3.connect(course / "gradebook.db") as database:
        assert database.execute(BY_HAND).fetchone() == (2.5, 1)  # and somebody is to look whether it still holds
    autograder_grade(course, CHAPTER, "--force")
    with sqlite3.connect(course / "gradebook.db") as database:
        assert database.execute(BY_HAND).fetchone() == (2.5, 1)


def test_times_of_files_decide_nothing(class_, by_engine, tmp_path):
    """As after a clock that was set back, or a copy: what was handed in says whether there is something to do."""
    course = copy_of(class_, tmp_path / "course")

    def shift(student, seconds):
        for path in course.glob(f"*/{student}/{CHAPTER}/*"):
            os.utime(path, (time.time() + seconds,) * 2)

    shift("ada", 10**8)
    shift("bruno", -(10**9))
    autograder_grade(course, CHAPTER, AUTOGRADER_SEED="same")
    assert gradebook_rows(course) == gradebook_rows(by_engine)
    shift("ada", -(10**9))  # also what was graded
    shift("bruno", 10**8)
    path = course / f"submitted/bruno/{CHAPTER}/{NOTEBOOK}.ipynb"
    path.write_bytes((course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb").read_bytes())
    os.utime(path, (0, 0))
    found = {one["student"]: one for one in autograder_grade(course, CHAPTER)["submissions"]}
    assert found["ada"]["state"] == "unchanged"
    assert found["bruno"]["state"] == "graded" and found["bruno"]["score"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["99-none"], "no chapter"),
        (["03-neuron"], "knows no assignment"),
        (["--isolation", "magic"], "is not one of"),
        (["--workers", "0"], "--workers"),
    ],
)
def test_bad_input_is_one_line_and_status_2(class_, words, said):
    def files():
        return [path for path in sorted(class_.rglob("*")) if not path.name.startswith(".autograder")]

    before = files()
    done = autograder_grade(class_, *words, good=False)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert files() == before


def test_a_course_without_a_gradebook(tmp_path):
    course = scratch_course(tmp_path / "course")
    done = autograder_grade(course, good=False)
    assert done.returncode == 2 and "no gradebook" in done.stderr and not (course / "gradebook.db").exists()


LATE_FOR_ONE = """
from nbgrader.plugins import BasePlugin

class Fails(BasePlugin):
    def late_submission_penalty(self, student_id, score, seconds):
        if student_id == "ada":
            raise LookupError(student_id)

c.AssignLatePenalties.plugin_class = Fails
"""


def test_a_fault_in_recording_one_submission_costs_only_that_one(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    with open(course / "nbgrader_config.py", "a", encoding="utf-8") as file:
        file.write(LATE_FOR_ONE)
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("update assignment set duedate = '2020-01-01 00:00:00.000000'")
    (course / f"submitted/ada/{CHAPTER}/timestamp.txt").write_text("2020-01-02 00:00:00 UTC")
    report = autograder_grade(course, CHAPTER)
    outcomes = {one["student"]: one for one in report["submissions"]}
    assert outcomes["ada"]["state"] == "not graded" and "could not be recorded" in outcomes["ada"]["notes"][0]
    others = {student for student, one in outcomes.items() if one["state"] == "graded"}
    assert report["not_graded"] == 1 and others == set(outcomes) - {"ada"}
    recorded = {student for student, *_ in gradebook_rows(course)[0]}
    assert "bruno" in recorded and "ada" not in recorded and not (course / "autograded/ada").exists()


def test_rows_that_somebody_else_wrote_meanwhile_are_found(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    url = f"sqlite:///{course / 'gradebook.db'}"
    ours, theirs = CourseGradebook(url, "backprop"), CourseGradebook(url, "backprop")
    try:
        for book_, student in ((ours, "ada"), (theirs, "bruno"), (ours, "bruno"), (theirs, "ada")):
            assert book_.record([Scored(student, CHAPTER, None, {NOTEBOOK: None})])[0].score == 0.0
            assert book_.is_recorded(CHAPTER, student)
    finally:
        ours.close()
        theirs.close()
    assert {student for student, *_ in gradebook_rows(course)[0]} == {"ada", "bruno"}


def test_a_student_whom_somebody_added_meanwhile_is_found_for_another_assignment_too(class_, tmp_path):
    course = copy_of(class_, tmp_path / "course")
    nbgrader("generate_assignment", "07-relu", cwd=course)
    url = f"sqlite:///{course / 'gradebook.db'}"
    ours, theirs = CourseGradebook(url, "backprop"), CourseGradebook(url, "backprop")
    try:
        for book_, student, chapter in (
            (ours, "ada", CHAPTER),
            (theirs, "new", CHAPTER),
            (ours, "ada", "07-relu"),
            (ours, "new", "07-relu"),
        ):
            name = {CHAPTER: NOTEBOOK, "07-relu": "relu"}[chapter]
            assert book_.record([Scored(student, chapter, None, {name: None})])[0].score == 0.0
    finally:
        ours.close()
        theirs.close()


def test_a_run_that_was_interrupted_goes_on_with_its_seed(tmp_path, monkeypatch):
    """Else two halves of a class meet other hidden inputs, and one regrading gives another mark."""
    monkeypatch.setenv(VARIABLE, "of-the-environment")
    course = CourseDir(tmp_path)
    assert settle_seed(course, keep=False) == "of-the-environment" and not (tmp_path / RUN_FILE).exists()
    assert settle_seed(course) == "of-the-environment"
    monkeypatch.setenv(VARIABLE, "another")
    assert settle_seed(course) == "of-the-environment"
    (tmp_path / RUN_FILE).write_text("half a fi")
    assert settle_seed(course) == "another"
