"""Extensions and late days: applied at every run, without grading again, and shown in report and feedback without their reason."""

import json
import sqlite3
from datetime import datetime, timedelta

import pytest

from autograder.classroom.extensions import Late, Rules, work_out
from autograder.course_dir import CourseDir
from autograder.demo.run import hand_in
from autograder.demo.students import CLASS
from autograder.grading.due import due_text
from tests.support import warm
from tests.support.demo_class import CHAPTER, NOTEBOOK
from tests.support.grading import ROOT, autograder_grade, generate_release, nbgrader, scratch_course

pytestmark = pytest.mark.nbgrader
DUE = datetime(2026, 10, 1, 18)


def run(course, *words, status=0):
    done = warm.run("autograder", *words, "--course-dir", str(course), cwd=ROOT)
    assert done.returncode == status, done.stdout + done.stderr
    return done


@pytest.fixture
def course(tmp_path):
    """ada in time, hana two days and three hours late; late work counts nothing."""
    course = generate_release(scratch_course(tmp_path / "course"), CHAPTER)
    with open(course / "nbgrader_config.py", "a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    nbgrader("db", "assignment", "add", CHAPTER, "--duedate=2025-03-14 18:00:00 UTC", cwd=course)
    for student in CLASS:
        if student.id in ("ada", "hana"):
            hand_in(student, CHAPTER, CourseDir(course))
    return course


def marks(course):
    return json.loads(run(course, "report", "--json").stdout)["chapters"][CHAPTER]["marks"]


def write(course, *rows):
    (course / "extensions.csv").write_text(
        "\n".join(["student,chapter,due,days,reason", *rows]) + "\n", encoding="utf-8"
    )


def test_an_extension_reaches_marks_report_and_feedback_without_grading_again(course):
    autograder_grade(course, CHAPTER)
    assert marks(course) == {"ada": 13, "hana": 0}
    stored = (course / f"autograded/hana/{CHAPTER}/{NOTEBOOK}.ipynb").read_bytes()
    write(course, "hana,06,2025-03-17 18:00 UTC,,a broken arm")
    assert autograder_grade(course, CHAPTER)["graded"] == 0
    assert marks(course) == {"ada": 13, "hana": 8}
    found = json.loads(run(course, "report", "--json").stdout)["chapters"][CHAPTER]
    assert (found["late"], found["extensions"]) == ({}, {"hana": 3 * 86400})
    nbgrader("generate_feedback", CHAPTER, cwd=course)
    page = (course / f"feedback/hana/{CHAPTER}/{NOTEBOOK}.html").read_text(encoding="utf-8")
    assert "You had 3 days more than the due date; your work came in 2 days 3 hours after it: in time." in page
    assert "broken arm" not in page
    (course / "extensions.csv").unlink()
    run(course, "extensions")
    assert marks(course) == {"ada": 13, "hana": 0}
    assert stored == (course / f"autograded/hana/{CHAPTER}/{NOTEBOOK}.ipynb").read_bytes()


def test_late_days_and_one_of_a_first_run(course):
    write(course, "*,,,3,")
    autograder_grade(course, CHAPTER)
    assert marks(course) == {"ada": 13, "hana": 8}
    told = json.loads(run(course, "extensions", "--json").stdout)["extensions"]
    assert [(one["student"], one["spent"], one["extension"]) for one in told] == [("hana", 3, 3 * 86400)]
    write(course, "*,,,2,")
    assert "penalty 0 -> 8" in run(course, "extensions").stdout
    assert marks(course)["hana"] == 0


def test_what_was_given_in_the_gradebook_by_hand_stays(course):
    autograder_grade(course, CHAPTER)
    with sqlite3.connect(course / "gradebook.db") as database:
        database.execute("update submitted_assignment set extension = '1970-01-06 00:00:00' where student_id = 'hana'")
    write(course, "hana,06,,1,")
    assert "hana, 06-batch: 5 days more (given in the gradebook)" in run(course, "extensions").stdout


def test_late_days_are_spent_in_the_order_of_the_due_dates_and_only_where_they_cover():
    days = [timedelta(days=number) for number in range(40)]
    late = [
        Late("a", "2", DUE + days[7], DUE + days[7] + timedelta(hours=1)),  # needs 1
        Late("a", "1", DUE, DUE + days[1] + timedelta(hours=1)),  # needs 2
        Late("a", "3", DUE + days[14], DUE + days[16]),  # needs 2, and 1 is left: none
        Late("a", "4", DUE + days[21], DUE + days[22]),  # needs 1: exactly a day
        Late("a", "5", DUE + days[28], None),
    ]
    found = {one.chapter: one.spent for one in work_out(Rules(late_days={"*": 4}), late, {})}
    assert found == {"1": 2, "2": 1, "3": 0, "4": 1, "5": 0}
    rules = Rules(days={("a", "3"): 1.0}, late_days={"*": 4, "a": 1})
    found = {one.chapter: (one.spent, one.extension) for one in work_out(rules, late, {})}
    assert found["1"] == (0, timedelta()) and found["2"] == (1, days[1]) and found["3"] == (0, days[1])


def test_the_words_of_a_page():
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert due_text(-hour, timedelta(), 0) == "" and due_text(-hour, day, 0) == "You had 1 day more than the due date."
    assert due_text(2 * hour, timedelta(), 1.5) == "Your work came in 2 hours after the due date: 1.5 points less."
    assert (
        due_text(2 * day, day, 4)
        == "You had 1 day more than the due date; your work came in 2 days after it: 4 points less."
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nobody,06,,1,", "no student 'nobody'"),
        ("hana,66,,1,", "no chapter '66'"),
        ("hana,06,soon,,", "is no date"),
        ("hana,06,,-1,", "is no number of days"),
        ("hana,06,,,", "either a new due date or"),
        ("hana,,,1.5,", "late days are whole"),
        ("hana,06,,1,\nhana,06,,2,", "a row for 06-batch already"),
    ],
)
def test_a_row_that_means_nothing_is_one_line_and_nothing_is_graded(course, row, said):
    nbgrader("db", "student", "add", "hana", cwd=course)
    write(course, row)
    for words in (("extensions",), ("grade", CHAPTER)):
        done = run(course, *words, status=2)
        assert done.stdout == "" and done.stderr.count("\n") == 1 and said in done.stderr
    assert not (course / "autograded").exists()
