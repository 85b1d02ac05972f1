"""What changes during a term: points, cells, due dates, extensions, students, an old gradebook. Marks and feedback follow."""

import csv
import json
import shutil
import sqlite3
import sys
from datetime import datetime

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.course_dir import BadInput
from autograder.grading.gradebook import CourseGradebook
from tests.support.demo_class import CHAPTER, NOTEBOOK, gradebook_rows
from tests.support.grading import autograder_grade, generate_release, hand_in_bytes, nbgrader, scratch_course

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

POINTS = 13
PENALTY = """
from nbgrader.plugins import LateSubmissionPlugin

class OnePoint(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1.0

c.AssignLatePenalties.plugin_class = OnePoint
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """ada handed in the model, on a day of summer; bruno the untouched notebook. Both are graded, with feedback."""
    course = generate_release(scratch_course(tmp_path_factory.mktemp("term") / "course"), CHAPTER)
    with open(course / "nbgrader_config.py", "a", encoding="utf-8") as file:
        file.write(PENALTY)
    for student, folder in (("ada", "source"), ("bruno", "release")):
        raw = (course / f"{folder}/{CHAPTER}/{NOTEBOOK}.ipynb").read_bytes()
        hand_in_bytes(course, student, CHAPTER, f"{NOTEBOOK}.ipynb", raw)
    hand_in_bytes(course, "ada", CHAPTER, "timestamp.txt", b"2027-06-01 12:00:00 CEST")
    report = autograder_grade(course, CHAPTER)
    assert {one["student"]: one["score"] for one in report["submissions"]} == {"ada": POINTS, "bruno": 0}
    nbgrader("generate_feedback", CHAPTER, cwd=course)
    return course


@pytest.fixture
def course(graded, tmp_path):
    return shutil.copytree(graded, tmp_path / "course")


def outcomes(course, *words):
    report = autograder_grade(course, *words)
    return report, {one["student"]: one for one in report["submissions"]}


def gradebook(course):
    return Gradebook(f"sqlite:///{course / 'gradebook.db'}")


def due(course, moment):
    with gradebook(course) as opened:
        opened.update_or_create_assignment(CHAPTER, duedate=moment)


def change_source(course, change):
    path = course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook, {cell.id: cell for cell in notebook.cells})
    nbformat.write(notebook, path)


def test_a_due_date_and_an_extension_count_for_what_is_graded_already(course):
    """Set, extended, moved, and taken away again; the score that is shown is the gradebook's."""
    due(course, datetime(2027, 6, 1, 9))
    report, found = outcomes(course, CHAPTER)
    assert found["ada"]["state"] == "unchanged" and found["ada"]["score"] == POINTS - 1
    assert found["ada"]["changes"] == [{"exercise": "late penalty", "from": 0.0, "to": 1.0}]
    assert report["stale_feedback"] == {CHAPTER: ["ada"]}
    nbgrader("db", "assignment", "list", cwd=course)
    with gradebook(course) as opened:
        opened.grant_extension(CHAPTER, "ada", hours=2)
    assert outcomes(course, CHAPTER)[1]["ada"]["score"] == POINTS
    with gradebook(course) as opened:
        opened.grant_extension(CHAPTER, "ada", hours=0)
    assert outcomes(course, CHAPTER)[1]["ada"]["score"] == POINTS - 1
    due(course, None)
    assert outcomes(course, CHAPTER, "--force")[1]["ada"]["score"] == POINTS


def test_both_graders_read_a_summer_time_alike(course):
    """12:00 CEST is 10:00 UTC, before 11:00; nbgrader by itself takes it for 12:00 UTC."""
    due(course, datetime(2027, 6, 1, 11))
    _, found = outcomes(course, CHAPTER)
    assert found["ada"]["score"] == POINTS and any("CEST" in note for note in found["ada"]["notes"])
    ours = gradebook_rows(course)
    nbgrader("autograde", CHAPTER, "--force", cwd=course)
    assert gradebook_rows(course) == ours


def test_points_that_changed_count_and_nobody_is_told_of_lost_metadata(course):
    def worth_more(notebook, cells):
        cells["test-batch-forward"].metadata.nbgrader["points"] += 2

    change_source(course, worth_more)
    before = (course / "gradebook.db").read_bytes()
    report, found = outcomes(course, CHAPTER, "--dry-run")
    assert report["dry_run"] and (course / "gradebook.db").read_bytes() == before
    report, again = outcomes(course, CHAPTER)
    assert [len(one["source_changes"]) for one in (report,)] == [1] and "batch-forward is worth" in report[
        "source_changes"
    ][0]
    for one in (found, again):
        assert one["ada"]["score"] == POINTS + 2 and one["bruno"]["score"] == 0
        (change,) = one["ada"]["changes"]
        assert change["exercise"] == "test-batch-forward" and change["to"] == change["from"] + 2
        assert not any("metadata" in note for student in one.values() for note in student["notes"])


def test_a_cell_that_came_stops_no_chapter(course):
    def one_more(notebook, cells):
        copy = nbformat.from_dict(json.loads(json.dumps(cells["test-batch-forward"])))
        copy.id = copy.metadata.nbgrader.grade_id = "test-new"
        notebook.cells.append(copy)

    change_source(course, one_more)
    report, found = outcomes(course)
    assert found["ada"]["score"] == POINTS and "test-new is new" in report["source_changes"][0]


def test_trouble_of_one_chapter_keeps_no_other_from_being_graded(course):
    done = autograder_grade(course, CHAPTER, "07-relu", good=False)
    report = json.loads(done.stdout)
    assert done.returncode == 2 and "07-relu" in done.stderr and "Traceback" not in done.stderr
    assert {one["assignment"] for one in report["submissions"]} == {CHAPTER} and len(report["refused"]) == 1


def test_only_one_student_is_graded(course):
    report, found = outcomes(course, CHAPTER, "--student", "ada", "--force")
    assert list(found) == ["ada"] and report["graded"] == 1
    done = autograder_grade(course, CHAPTER, "--student", "nobody", good=False)
    assert done.returncode == 2 and "nobody" in done.stderr


def test_a_student_who_was_removed_stays_removed(course):
    nbgrader("db", "student", "remove", "bruno", "--force", cwd=course)
    _, found = outcomes(course, CHAPTER, "--force")
    assert found["bruno"]["state"] == "not graded" and "not in the gradebook any more" in found["bruno"]["notes"][0]
    with gradebook(course) as opened:
        assert [student.id for student in opened.students] == ["ada"]
    nbgrader("db", "student", "add", "bruno", cwd=course)
    assert outcomes(course, CHAPTER)[1]["bruno"]["score"] == 0


def test_a_hand_in_that_broke_leaves_no_page_with_passed(course):
    """A new, unreadable hand-in: feedback says so once it is made anew, and the run says that it has to be."""
    (course / f"submitted/ada/{CHAPTER}/{NOTEBOOK}.ipynb").write_text("{")
    report, found = outcomes(course, CHAPTER)
    assert found["ada"]["score"] == 0 and report["stale_feedback"] == {CHAPTER: ["ada"]}
    nbgrader("generate_feedback", CHAPTER, "--force", cwd=course)
    page = (course / f"feedback/ada/{CHAPTER}/{NOTEBOOK}.html").read_text(encoding="utf-8")
    assert "cannot be read" in page and "passed: " not in page
    assert autograder_grade(course, CHAPTER, "--student", "bruno")["stale_feedback"] == {}


def old_gradebook(path):
    with sqlite3.connect(path) as database:
        database.execute("alter table student drop column lms_user_id")


def no_database(path):
    path.write_text("no database at all, and long enough to have a header of sixteen bytes")


def another_database(path):
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("create table moz_places (id integer)")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(old_gradebook, "nbgrader db upgrade"), (no_database, "is no database"), (another_database, "something else")],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_a_gradebook_that_is_none_is_named(course, spoil, words):
    """At once, and nothing is written into it."""
    spoil(course / "gradebook.db")
    before = (course / "gradebook.db").read_bytes()
    with pytest.raises(BadInput, match=words):
        CourseGradebook(f"sqlite:///{course / 'gradebook.db'}")
    assert (course / "gradebook.db").read_bytes() == before


def test_a_path_with_a_question_mark_and_brackets(course, tmp_path):
    """D12"""
    odd = shutil.move(course, tmp_path / "what [now]?")
    assert outcomes(odd, CHAPTER)[1]["ada"]["state"] == "unchanged"


def test_no_name_in_the_table_of_marks_is_a_formula_or_breaks_a_row(course):
    names = {"ada": ("=1+1", "Love,\nlace"), "bruno": ("@x", "-cmd|x")}
    with gradebook(course) as opened:
        for student, (first, last) in names.items():
            opened.update_or_create_student(student, first_name=first, last_name=last, email="+a@b")
    nbgrader("export", cwd=course)
    with open(course / "grades.csv", newline="", encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    told = {student: (row["first_name"], row["last_name"], row["email"]) for student, row in rows.items()}
    assert told == {"ada": ("'=1+1", "Love, lace", "'+a@b"), "bruno": ("'@x", "'-cmd|x", "'+a@b")}
    assert {student: float(row["score"]) for student, row in rows.items()} == {"ada": POINTS, "bruno": 0}
    nbgrader("export", "--to", "one.csv", "--student", "['ada']", "--assignment", f"['{CHAPTER}']", cwd=course)
    assert (course / "one.csv").read_text(encoding="utf-8").count("\n") == 2


def test_what_is_missing_or_unreadable_is_graded_once(course):
    """A folder without the notebook, and a file that is none, say the same at each run, and are read again once they change."""
    hand_in_bytes(course, "carla", CHAPTER, "notes.md", b"later")
    hand_in_bytes(course, "dan", CHAPTER, f"{NOTEBOOK}.ipynb", b"{")
    _, first = outcomes(course)
    _, again = outcomes(course)
    for student in ("carla", "dan"):
        assert first[student]["state"] == "graded" and again[student]["state"] == "unchanged"
        assert first[student]["notes"] == again[student]["notes"] != [] and again[student]["score"] == 0
    model = (course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb").read_bytes()
    hand_in_bytes(course, "carla", CHAPTER, f"{NOTEBOOK}.ipynb.download", model)
    hand_in_bytes(course, "dan", CHAPTER, NOTEBOOK, model)
    _, found = outcomes(course)
    assert {found[one]["score"] for one in ("carla", "dan")} == {POINTS}
    assert f"'{NOTEBOOK}.ipynb.download'" in found["carla"]["notes"][0] and f"'{NOTEBOOK}'" in found["dan"]["notes"][0]
