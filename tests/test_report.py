"""`autograder report` on the demo's class: the figures are worked out by hand; the pages stand alone and name nobody if asked."""

import csv
import io
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from bs4 import BeautifulSoup

from autograder.classroom.examples import bare
from autograder.classroom.figures import correlation
from autograder.classroom.records import HandIn
from autograder.classroom.sections import SECTIONS
from autograder.course_dir import CourseDir
from autograder.demo.run import hand_in
from autograder.demo.students import CLASS
from autograder.exercises import all_exercises, find_exercise
from autograder.grading.gradebook import CourseGradebook
from autograder.grading.job import as_recorded
from autograder.grading.recording import Scored
from course.probes import CHAPTERS
from tests.support import warm
from tests.support.demo_class import CHAPTER, NOTEBOOK
from tests.support.grading import ROOT, autograder_grade, generate_release, hand_in_bytes, nbgrader, scratch_course

pytestmark = pytest.mark.nbgrader

# Worked out by hand from what the demo's students hand in (autograder/demo/): 15 of 16 hand in 06-batch, all but petra.
# chen hands in the release; marek's letters are wrong. kofi types in the printed numbers: of the wrong shape, or where the sizes
# drawn happen to be the printed ones, other numbers ("numbers" below).
EXERCISES = {
    # right, empty, known mistakes, other differences
    "batch_forward": (13, 1, {}, {"numbers": 1}),  # kofi
    "batch_dweights": (
        10,
        1,
        {"upstream-ignored": 1, "product-of-sums": 1, "both-transposed": 1},
        {"numbers": 1},
    ),  # emil hana nadia
    "batch_dinputs": (11, 1, {"no-transpose": 1}, {"missing": 1, "numbers": 1}),  # omar; julia's open bracket, kofi
    "batch_dbiases": (9, 1, {"mean-for-sum": 1, "not-summed": 1, "other-axis": 1, "axis-lost": 1}, {"numbers": 1}),
    "dense_backward": (
        10,
        1,
        {"another-order": 1, "dweights-product-of-sums": 1},
        {"raised": 1, "numbers": 1},
    ),  # farah hana julia
}
PREDICTIONS = ("three-votes", "dbiases-shape", "every-sample-twice", "passes-unnoticed")
MARKS = {"ada": 13, "bruno": 13, "chen": 0, "dilek": 11, "emil": 10, "farah": 11, "goran": 11, "hana": 8}
MARKS |= {"ivan": 13, "julia": 10, "kofi": 4, "lena": 13, "marek": 9, "nadia": 8, "omar": 10}


def report(course, *words, status=0):
    done = warm.run("autograder", "report", *words, "--course-dir", str(course), cwd=ROOT)
    assert done.returncode == status, done.stderr
    return done


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The demo's class with one chapter graded, its students' names, and the due date that hana missed."""
    course = generate_release(scratch_course(tmp_path_factory.mktemp("report") / "course"), CHAPTER)
    with open(course / "students.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "first_name", "last_name"])
        rows.writerows([one.id, one.first_name, one.last_name] for one in CLASS)
    nbgrader("db", "student", "import", "students.csv", cwd=course)
    nbgrader("db", "assignment", "add", CHAPTER, "--duedate=2025-03-14 18:00:00 UTC", cwd=course)
    for student in CLASS:
        hand_in(student, CHAPTER, CourseDir(course))
    autograder_grade(course, CHAPTER)
    return course


@pytest.fixture(scope="module")
def printed(course):
    return json.loads(report(course, "--json").stdout)["chapters"][CHAPTER]


def test_the_figures_of_every_exercise(printed):
    assert list(printed["exercises"]) == list(EXERCISES)
    for name, (right, empty, mistakes, differences) in EXERCISES.items():
        found = printed["exercises"][name]
        assert (found["handed_in"], found["right"], found["empty"]) == (15, right, empty), name
        other = Counter()
        for kind, count in found["differences"].items():
            other["numbers" if kind in ("shape", "values") else kind] += count
        assert (found["mistakes"], dict(other)) == (mistakes, differences), name


def test_the_figures_of_every_prediction(printed):
    """marek alone chooses wrong letters, chen none."""
    assert set(printed["predictions"]) == set(PREDICTIONS)
    for found in printed["predictions"].values():
        assert (found["handed_in"], found["right"], found["empty"]) == (15, 13, 1)
        assert sum(found["letters"].values()) == 1


def test_who_handed_in_what(printed):
    assert (printed["untouched"], printed["not_handed_in"], printed["needs_person"]) == (["chen"], ["petra"], [])
    assert printed["late"] == {"hana": (2 * 24 + 3) * 3600}
    assert printed["marks"] == MARKS
    assert printed["mean"] == pytest.approx(sum(MARKS.values()) / 15, abs=1e-4) and printed["median"] == 10


def test_csv_has_the_same_counts(course, printed):
    rows = list(csv.DictReader(io.StringIO(report(course, "--csv").stdout)))
    by_name = {(row["question"], row["finding"], row["name"]): int(row["count"]) for row in rows}
    for name, found in printed["exercises"].items():
        assert by_name[name, "right", ""] == found["right"] and by_name[name, "empty", ""] == found["empty"]
        assert {key[2]: count for key, count in by_name.items() if key[:2] == (name, "mistake")} == found["mistakes"]
    assert sum(count for key, count in by_name.items() if key[1] == "letter") == len(PREDICTIONS)


def pages(course, *words):
    shutil.rmtree(course / "reports", ignore_errors=True)
    (course / ".autograder-report.json").unlink(missing_ok=True)
    report(course, *words)
    return {path.stem: path.read_text(encoding="utf-8") for path in (course / "reports").iterdir()}


def test_the_pages_stand_alone_and_say_what_the_figures_say(course):
    made = pages(course)
    assert set(made) == {"index", CHAPTER}
    for text in made.values():
        page = BeautifulSoup(text, "html.parser")
        assert not re.search(r"(src|href)=[\"']?(https?:)?//", text) and not page.find(["img", "link", "iframe"])
        assert all(svg.get("role") == "img" and len(svg["aria-label"]) > 40 for svg in page.find_all("svg"))
        ids = [one["id"] for one in page.find_all(id=True)]
        assert len(ids) == len(set(ids))
        assert all(row.find_all(["th", "td"]) for row in page.find_all("tr"))
    words = " ".join(BeautifulSoup(made[CHAPTER], "html.parser").get_text(" ").split())
    for said in (
        "Chen Wei",
        "Petra Lund",
        "Hana Sato, 2 d 3 h",
        "mean for sum",
        re.sub("[`*]", "", first_hint("batch_dbiases", "mean-for-sum")),
        "lesson section “A bias is copied”",
    ):
        assert said.lower() in words.lower(), said


def first_hint(name, mistake):
    return next(one.hints[0] for one in find_exercise(name).mistakes if one.name == mistake)


def test_the_example_of_a_mistake_is_the_students_code_without_comments(course):
    page = BeautifulSoup(pages(course)[CHAPTER], "html.parser")
    examples = [pre.get_text() for pre in page.find_all("pre")]
    assert "def batch_dbiases(dvalues):\n    return np.mean(dvalues, axis=0, keepdims=True)" in examples
    assert bare('def f(x):\n    """Of Ada."""\n    # mine\n    return x  # ok\n') == "def f(x):\n    return x"
    assert bare("def f(x)\n    return x  # Ada's") == ""


def test_anonymous_pages_and_data_name_nobody(course):
    made = pages(course, "--anonymous")
    text = " ".join(made.values()) + report(course, "--anonymous", "--json").stdout
    words = set(re.findall(r"\w+", BeautifulSoup(text, "html.parser").get_text(" ")))
    for student in CLASS:
        assert not words & {student.id, student.first_name, student.last_name}, student.id
    found = json.loads(report(course, "--anonymous", "--json").stdout)["chapters"][CHAPTER]
    assert len(found["untouched"]) == 1 and found["untouched"][0] in made[CHAPTER]


def test_what_changed_since_the_last_report(course, tmp_path):
    again = tmp_path / "course"
    shutil.copytree(course, again)
    assert "Since the report" not in pages(again)[CHAPTER]
    report(again)
    assert "Nothing changed." in (again / "reports" / f"{CHAPTER}.html").read_text(encoding="utf-8")
    shutil.copytree(again / "submitted/ada", again / "submitted/petra", dirs_exist_ok=True)
    shutil.copy(
        again / f"submitted/ada/{CHAPTER}/{NOTEBOOK}.ipynb", again / f"submitted/omar/{CHAPTER}/{NOTEBOOK}.ipynb"
    )
    autograder_grade(again, CHAPTER)
    report(again)
    words = " ".join(
        BeautifulSoup((again / "reports/index.html").read_text("utf-8"), "html.parser").get_text(" ").split()
    )
    for said in (
        "handed in since: Petra Lund",
        "Omar Farouk: 10 → 13 points",
        "batch_dbiases: axis lost: made by 1 → 0",
    ):
        assert said in words, said


def test_a_repaired_and_an_unreadable_hand_in_and_an_empty_folder(course, tmp_path):
    again = tmp_path / "course"
    shutil.copytree(course, again)
    torn = nbformat.read(again / f"submitted/ada/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)
    torn.cells = [cell for cell in torn.cells if cell.id != "test-batch-forward"]
    nbformat.write(torn, again / f"submitted/ada/{CHAPTER}/{NOTEBOOK}.ipynb")
    hand_in_bytes(again, "petra", CHAPTER, f"{NOTEBOOK}.ipynb", b"no notebook")
    shutil.rmtree(again / "submitted/bruno")
    hand_in_bytes(again, "bruno", CHAPTER, "timestamp.txt", b"2025-03-12 16:40:00 UTC")
    shutil.rmtree(again / "autograded/bruno")
    autograder_grade(again, CHAPTER)
    found = json.loads(report(again, "--json").stdout)["chapters"][CHAPTER]
    assert (found["needs_person"], found["not_handed_in"]) == (["ada", "petra"], ["bruno"])
    assert "put back" in found["needs_person_because"]["ada"][0]


def test_what_was_graded_before_reasons_were_kept_is_told_so(course, tmp_path):
    again = tmp_path / "course"
    shutil.copytree(course, again)
    for student in ("emil", "ada"):
        path = again / f"autograded/{student}/{CHAPTER}/{NOTEBOOK}.ipynb"
        stored = json.loads(path.read_text(encoding="utf-8"))
        del stored["metadata"]["autograder"]["verdicts"]
        path.chmod(0o644)
        path.write_text(json.dumps(stored), encoding="utf-8")
    found = json.loads(report(again, "--json").stdout)["chapters"][CHAPTER]["exercises"]["batch_dweights"]
    assert (
        found["right"] == 10 and found["others"] == {"not recorded": 1} and "upstream-ignored" not in found["mistakes"]
    )


def test_a_thousand_hand_ins_in_five_seconds_with_the_right_counts(course, tmp_path):
    """1,005 hand-ins, 67 of each of the 15: every count is 67 times the small class's."""
    again = tmp_path / "course"
    shutil.copytree(course, again, ignore=shutil.ignore_patterns("submitted", "reports"))
    originals = sorted(MARKS)
    book = CourseGradebook(f"sqlite:///{again / 'gradebook.db'}", "backprop")
    for student in originals:
        path = again / f"autograded/{student}/{CHAPTER}/{NOTEBOOK}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        for number in range(66):
            name = f"{student}{number}"
            book.record([Scored(name, CHAPTER, None, {NOTEBOOK: as_recorded(notebook)})])
            (again / f"autograded/{name}/{CHAPTER}").mkdir(parents=True)
            shutil.copy(path, again / f"autograded/{name}/{CHAPTER}/{NOTEBOOK}.ipynb")
    book.close()
    found = json.loads(report(again, "--json").stdout)["chapters"][CHAPTER]
    assert len(found["marks"]) == 1005
    for name, (right, empty, mistakes, _) in EXERCISES.items():
        one = found["exercises"][name]
        assert (one["right"], one["empty"]) == (67 * right, 67 * empty)
        assert one["mistakes"] == {mistake: 67 * count for mistake, count in mistakes.items()}
        assert -1 <= one["discrimination"] <= 1
    # batch_forward, worth 1 point, is wrong in chen's and kofi's alone
    right = [float(student not in ("chen", "kofi")) for student in MARKS]
    rest = [mark - one for mark, one in zip(MARKS.values(), right, strict=True)]
    expected = np.corrcoef(right, rest)[0, 1]
    assert found["exercises"]["batch_forward"]["discrimination"] == pytest.approx(expected, abs=1e-3)


def test_the_correlation_of_a_small_class_by_hand():
    """right 1 1 0 0 beside 3 1 1 -1: deviations .5 .5 -.5 -.5 and 2 0 0 -2; 2 / sqrt(1 * 8)."""
    assert correlation([1, 1, 0, 0], [3, 1, 1, -1]) == pytest.approx(2 / 8**0.5)
    assert correlation([1, 1, 1], [1, 2, 3]) is None


def test_every_graded_exercise_has_its_section_and_every_section_is_there():
    headings = {
        chapter: set(re.findall(r"^## (.*)$", _markdown(CourseDir(ROOT).lessons / f"{chapter}.ipynb"), re.MULTILINE))
        for chapter in CHAPTERS
    }
    graded = {name: one for name, one in all_exercises().items() if one.graded}
    for name, heading in SECTIONS.items():
        chapter = next(one.chapter for key, one in graded.items() if key == name or key.split(".")[0] == name)
        assert heading in headings[chapter], (name, heading)
    missing = [name for name in graded if name not in SECTIONS and name.split(".")[0] not in SECTIONS]
    assert Counter(missing) == Counter()


def _markdown(path: Path) -> str:
    return "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")


@pytest.mark.parametrize(
    ("words", "said"),
    [(("--json", "--csv"), "exclude"), (("99-none",), "no chapter"), (("07",), "knows no assignment")],
)
def test_bad_input_is_one_line_and_nothing_is_written(course, words, said):
    before = sorted(course.rglob("*"))
    done = report(course, *words, status=2)
    assert done.stdout == "" and done.stderr.count("\n") == 1 and said in done.stderr
    assert sorted(course.rglob("*")) == before


def test_a_course_in_which_nothing_is_graded(tmp_path):
    course = generate_release(scratch_course(tmp_path / "course"), CHAPTER)
    assert "nothing is graded" in report(course, status=2).stderr
    (course / "gradebook.db").unlink()
    assert "no gradebook" in report(course, status=2).stderr and not (course / "gradebook.db").exists()


@pytest.mark.parametrize(("score", "penalty", "mark"), [(12, 0, 12), (12, 2.5, 9.5), (1, 3, 0)])
def test_a_penalty_takes_what_there_is_and_no_more(score, penalty, mark):
    assert HandIn.mark.fget(SimpleNamespace(score=score, penalty=penalty)) == mark
