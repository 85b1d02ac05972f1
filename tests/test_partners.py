"""Pairs: one hand-in, two names, two marks, by `partners.csv`; nobody's own work is replaced."""

import json
import shutil
import sqlite3

import nbformat
import pytest

from autograder.classroom.partners import MARK, Shared, hand_over
from autograder.course_dir import BadInput, CourseDir
from tests.support import warm
from tests.support.grading import autograder_grade, exported_scores, generate_release, nbgrader, scratch_course

pytestmark = pytest.mark.nbgrader
CHAPTER, NOTEBOOK = "08-network", "network"  # a person marks a part of it


@pytest.fixture
def course(tmp_path):
    """ada and hana hand in; ben and cleo are in the class list, and hand in nothing."""
    course = generate_release(scratch_course(tmp_path / "course"), CHAPTER)
    for student in ("ada", "hana"):
        folder = course / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        shutil.copy(course / "release" / CHAPTER / f"{NOTEBOOK}.ipynb", folder)
    answer(course, "ada", "A right one")
    (course / "submitted/ada" / CHAPTER / "photo.txt").write_text("a picture")
    (course / "submitted/ada" / CHAPTER / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC")
    (course / "submitted/ada" / CHAPTER / "submission_secret.txt").write_text("of the exchange")
    for student in ("ben", "cleo"):
        nbgrader("db", "student", "add", student, cwd=course)
    return course


def answer(course, student, words):
    path = course / "submitted" / student / CHAPTER / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "markdown" and "nbgrader" in cell.metadata]
    written = next(cell for cell in cells if cell.metadata.nbgrader.solution)
    written.source = words
    nbformat.write(notebook, path)
    return written.metadata.nbgrader.grade_id


def write(course, *rows):
    (course / "partners.csv").write_text("\n".join(["chapter,student,partner", *rows]) + "\n", encoding="utf-8")


def files(course, student):
    folder = course / "submitted" / student / CHAPTER
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def grade(course, *words):
    done = warm.run("autograder", "grade", *words, "--course-dir", str(course))
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stderr.splitlines() if line.startswith("partners: ")]


def test_both_have_marks_feedback_and_a_row_in_the_report(course):
    write(course, "08,ada,ben")
    assert grade(course, CHAPTER, "--student", "ada") == [f"partners: {CHAPTER}: ben gets ada's hand-in"]
    mine, theirs = files(course, "ada"), files(course, "ben")
    assert set(mine) - set(theirs) == {"submission_secret.txt"} and set(theirs) - set(mine) == {MARK}
    assert all(theirs[name] == mine[name] for name in set(mine) & set(theirs))
    assert grade(course) == [] and autograder_grade(course)["unchanged"] == 3
    scores = exported_scores(course)
    assert scores["ben", CHAPTER] == scores["ada", CHAPTER]
    nbgrader("generate_feedback", CHAPTER, cwd=course)
    page = (course / "feedback/ben" / CHAPTER / f"{NOTEBOOK}.html").read_text(encoding="utf-8")
    assert "A right one" in page
    said = warm.run("autograder", "report", "--json", "--course-dir", str(course)).stdout
    marks = json.loads(said)["chapters"][CHAPTER]["marks"]
    assert marks["ben"] == marks["ada"] and set(marks) == {"ada", "ben", "hana"}


def test_what_a_person_gives_one_is_the_others_too(course):
    cell = answer(course, "ada", "words")
    write(course, f"{CHAPTER},ben,ada")  # whoever of the two handed in
    grade(course)
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute(f"update grade set manual_score = 2, needs_manual_grade = 0 where id in ({ROWS})", ("ada", cell))
        book.execute(
            f"update comment set manual_comment = 'well said' where cell_id in (select id from base_cell where name = ?) "
            f"and notebook_id in ({NOTEBOOKS})", (cell, "ada"),
        )  # fmt: skip
    assert grade(course) == [f"partners: {CHAPTER}: ada and ben share marks given by hand: {cell}"]
    scores = exported_scores(course)
    assert scores["ben", CHAPTER] == scores["ada", CHAPTER] >= 2
    nbgrader("generate_feedback", CHAPTER, "--student=ben", cwd=course)
    assert "well said" in (course / "feedback/ben" / CHAPTER / f"{NOTEBOOK}.html").read_text(encoding="utf-8")
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute(f"update grade set manual_score = 1 where id in ({ROWS})", ("ben", cell))
    assert grade(course) == [f"partners: {CHAPTER}: ada and ben have other marks by hand: {cell}"]
    assert exported_scores(course)["ben", CHAPTER] == scores["ada", CHAPTER] - 1


NOTEBOOKS = (
    "select n.id from submitted_notebook n join submitted_assignment s on n.assignment_id = s.id where s.student_id = ?"
)
ROWS = (
    f"select g.id from grade g join base_cell c on g.cell_id = c.id where g.notebook_id in ({NOTEBOOKS}) and c.name = ?"
)


def test_who_handed_in_alone_keeps_that_and_it_is_said(course):
    write(course, "*,ada,hana")
    before = files(course, "hana")
    assert grade(course) == [f"partners: {CHAPTER}: ada and hana: both handed in, so each keeps their own"]
    assert files(course, "hana") == before


def test_a_new_hand_in_reaches_both_and_ones_own_takes_its_place(course):
    write(course, "08,ada,ben")
    grade(course)
    answer(course, "ada", "A better one")
    assert grade(course) == [f"partners: {CHAPTER}: ben gets ada's hand-in, which changed"]
    shutil.copy(course / "release" / CHAPTER / f"{NOTEBOOK}.ipynb", course / "submitted/ben" / CHAPTER)
    (line,) = grade(course)
    assert "both handed in" in line and b"A better one" not in files(course, "ben")[f"{NOTEBOOK}.ipynb"]


def test_three_and_a_row_that_is_gone(course):
    write(course, "08,cleo,ben", "08,ben,ada")
    said = hand_over(CourseDir(course), [CHAPTER], dry_run=True)
    assert said.made_by == {(CHAPTER, "ben"): "ada", (CHAPTER, "cleo"): "ada"} and files(course, "ben") == {}
    assert said.lines == [f"partners: {CHAPTER}: {one} would get ada's hand-in" for one in ("ben", "cleo")]
    assert set(said.with_partners(["cleo"])) == {"cleo", "ada"} and Shared().with_partners(()) == ()
    hand_over(CourseDir(course), None)
    write(course, "08,ben,ada")
    (line,) = hand_over(CourseDir(course), None).lines
    assert f"cleo still has a partner's hand-in, and no row says so. Remove submitted/cleo/{CHAPTER}" in line
    assert files(course, "cleo")


def test_a_linked_hand_in_is_not_shared(course, tmp_path):
    shutil.move(course / "submitted/ada" / CHAPTER, tmp_path / "elsewhere")
    (course / "submitted/ada" / CHAPTER).symlink_to(tmp_path / "elsewhere")
    write(course, "08,ada,ben")
    (line,) = hand_over(CourseDir(course), None).lines
    assert "ben gets nothing, since the folder" in line and files(course, "ben") == {}


def test_rows_that_mean_nothing_are_told_one_by_one_and_nothing_is_done(course):
    write(course, "77,ada,ben", "08,ada,bne", "08,ada,ada", "08,ada,ben", "08,hana,ben", "08,ada,ben")
    before = {path: path.read_bytes() for path in (course / "submitted").rglob("*") if path.is_file()}
    done = warm.run("autograder", "grade", "--course-dir", str(course))
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (2, "", 5), done.stderr
    told = {
        2: "no chapter '77'",
        3: "no student 'bne'",
        4: "a partner of their own",
        6: "ben is ada's",
        7: "ben is said twice",
    }
    for number, words in told.items():
        assert any(f"partners.csv, row {number}: " in line and words in line for line in lines), (number, lines)
    assert before == {path: path.read_bytes() for path in (course / "submitted").rglob("*") if path.is_file()}
    (course / "partners.csv").write_text("chapter,student\n06,ada\n")
    with pytest.raises(BadInput, match="no column 'partner'"):
        hand_over(CourseDir(course), None)


def test_a_download_of_the_partners_own_work_is_taken_without_being_asked(course, tmp_path):
    write(course, "08,ada,ben")
    hand_over(CourseDir(course), None)
    own = (course / "release" / CHAPTER / f"{NOTEBOOK}.ipynb").read_bytes()
    (tmp_path / "sent" / "ben").mkdir(parents=True)
    (tmp_path / "sent" / "ben" / f"{NOTEBOOK}.ipynb").write_bytes(own)
    words = ("collect", str(tmp_path / "sent"), "--chapter", CHAPTER, "--json")
    done = warm.run("autograder", "lms", *words, "--course-dir", str(course))
    assert json.loads(done.stdout)["replaced"] == ["ben"], done.stderr
    assert files(course, "ben") == {f"{NOTEBOOK}.ipynb": own}
