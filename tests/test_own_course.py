"""A course of one's own: the heart alone, with an assignment of the instructor's beside it, from release to feedback."""

import json
import re
import shutil
import subprocess
import sys
import zipfile

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import scratch
from autograder.course_dir import BadInput, CourseDir, chosen_assignments, open_course
from autograder.demo.handin import fill_in, model_answers
from autograder.publish.check_release import problems
from course.book import pages
from course.book.chosen import HEART, START, chosen_course, glossary, lesson_names
from course.probes import CHAPTERS, chapters_here
from course.progress_table import progress
from tests.support import warm
from tests.support.grading import ROOT, autograder_grade, exported_scores, hand_in_bytes, nbgrader
from tests.test_environment import broken_links
from tests.test_student_edition import NEEDED

OWN, NOTEBOOK = "ps-extra", "extra.ipynb"
SETS = {
    "heart": HEART,
    "to 07": [one for one in CHAPTERS if one < "08"],
    "without 03": [one for one in CHAPTERS if one[:2] != "03"],
}
MAP = next(
    cell.source
    for cell in nbformat.read(ROOT / f"course/lessons/{START}.ipynb", as_version=4).cells
    if cell.id == "map-table"
)
LAYER = ": ".join(next((row.lesson, row.takes) for row in pages.map_rows(MAP) if row.page == "05-layer"))


def told(grade_id, **more):
    told = {
        "grade": False,
        "locked": False,
        "solution": False,
        "task": False,
        "schema_version": 3,
        "grade_id": grade_id,
    }
    return {"nbgrader": told | more}


def own_notebook():
    """As somebody makes it in JupyterLab: a magic line, a function, asserts with a hidden part, a written answer."""
    square = """def square(x):
    ### BEGIN SOLUTION
    both = np.multiply(x, x) + 0 * x
    return both
    ### END SOLUTION"""
    asserts = "assert square(3) == 9\n### BEGIN HIDDEN TESTS\nassert square(-4) == 16\n### END HIDDEN TESTS"
    return new_notebook(
        cells=[
            new_markdown_cell(
                "# Extra\n\nSee [lesson 00](../../course/lessons/00-start-here.ipynb) and [the data](numbers.csv)."
            ),
            new_code_cell("%matplotlib inline\nimport numpy as np"),
            new_code_cell(square, metadata=told("square", solution=True)),
            new_code_cell(asserts, metadata=told("test-square", grade=True, locked=True, points=2)),
            new_markdown_cell("Why?", metadata=told("why", grade=True, solution=True, points=1)),
        ]
    )


def autograder(course, *words, status=0):
    done = warm.run("autograder", *words, "--course-dir", str(course.root))
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout if not status else done.stderr


def choose(course, text):
    scratch.write_config(course.root, (ROOT / scratch.CONFIG).read_text(encoding="utf-8"))
    with open(course.root / scratch.CONFIG, "a", encoding="utf-8") as file:
        file.write(f"CHAPTERS = {text}\n")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The heart alone, as the setting chooses it, and one's own assignment, released."""
    folder = tmp_path_factory.mktemp("heart")
    for name in (*NEEDED, "LICENSE", "LICENSE-prose.md"):
        copy = ["cp", "-r", str(ROOT / name), str(folder / name)]
        subprocess.run(copy, check=True)
    for left in [*folder.rglob("__pycache__"), *folder.rglob(".ipynb_checkpoints")]:
        subprocess.run(["rm", "-r", str(left)], check=True)
    course = CourseDir(folder)
    choose(course, json.dumps([one[:2] for one in HEART]))
    (course.source / OWN).mkdir()
    (course.source / OWN / "numbers.csv").write_text("1,2\n")
    nbformat.write(own_notebook(), course.source / OWN / NOTEBOOK)
    assert any(OWN in line for line in problems(course))
    autograder(course, "release")
    return course


@pytest.fixture(scope="module")
def edition(course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("packed")
    autograder(course, "student", "--output", str(folder))
    (packed,) = folder.glob("*.zip")
    zipfile.ZipFile(packed).extractall(folder)
    return folder / "backprop-by-doing"


# What students get


def test_one_command_after_the_setting_makes_it_whole(course):
    assert course.chapters == HEART and course.assignments == (*HEART, OWN)
    assert problems(course) == []


def test_the_edition_holds_what_was_chosen(edition):
    assert {path.name for path in (edition / "exercises").iterdir()} == {*HEART, OWN}
    assert {path.stem for path in (edition / "course/lessons").iterdir()} == {*HEART, "glossary"}
    assert {path.stem for path in (edition / "course/fixtures").iterdir()} == set(HEART)
    assert {path.name for path in (edition / "exercises" / OWN).iterdir()} == {NOTEBOOK, "numbers.csv"}
    assert "SOLUTION" not in (edition / "exercises" / OWN / NOTEBOOK).read_text(encoding="utf-8")


def test_every_link_of_the_edition_leads_somewhere(edition):
    texts = [*edition.rglob("*.ipynb"), *edition.glob("*.md")]
    assert len(texts) > 12
    assert {path.name: broken for path in texts if (broken := broken_links(path, edition))} == {}


def test_nothing_in_it_speaks_of_a_chapter_that_is_not_there(edition):
    course = chosen_course(HEART, MAP)
    for path in edition.rglob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert cell.cell_type != "markdown" or not course.speaks(cell.source), (path.name, cell.source)
    readme = (edition / "README.md").read_text(encoding="utf-8")
    assert not course.speaks(readme) and not re.search(r"autograd|training|review|short\s+of\s+time|\$", readme)
    assert f"exercises/{OWN}/{NOTEBOOK}" in readme


def test_its_map_and_its_progress_are_of_its_chapters(edition):
    start = nbformat.read(edition / f"course/lessons/{START}.ipynb", as_version=4)
    (drawn,) = next(cell for cell in start.cells if cell.id == "draw-course-map").outputs
    assert f"{len(HEART)} chapters" in drawn.data["text/plain"] and "softmax" not in drawn.data["text/html"]
    minutes = sum(int(row.minutes) for row in pages.map_rows(MAP) if row.page in HEART)
    assert f"{minutes} minutes in all" in next(cell.source for cell in start.cells if cell.id == "map-table")
    code = """
import sys
sys.path.insert(0, "")
from course import progress, check
from course.bringing import find
from course.figures.start_here import course_map
print(progress("exercises"))
print(course_map().alt)
print(find("Dense", "08-network", {}).trouble)
def accuracy(scores, t): return 0.0
try: check(accuracy)
except Exception as told: print(told)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=edition, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()[: len(HEART)]] == list(HEART)
    assert f"{len(HEART)} chapters in 2 parts" in done.stdout and "not here" not in done.stdout
    assert "it is of 08-network, which your course leaves out" in done.stdout
    assert "accuracy is checked in 10-training, which your course leaves out" in done.stdout


def test_progress_has_ones_own_assignments_beside_the_chapters(edition, tmp_path):
    """With asserts alone, whose only word is an error; in several notebooks, of which one is for reading."""
    exercises = shutil.copytree(edition / "exercises", tmp_path / "exercises")
    own = exercises / OWN / NOTEBOOK
    shutil.copytree(exercises / OWN, exercises / "ps-two")
    nbformat.write(new_notebook(cells=[new_markdown_cell("Read this.")]), exercises / "ps-two" / "read.ipynb")
    shutil.copytree(exercises / OWN, exercises / "notes")
    nbformat.write(new_notebook(cells=[new_code_cell("assert True")]), exercises / "notes" / NOTEBOOK)

    def square_is(code):
        notebook = nbformat.read(own, as_version=4)
        stub = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "square")
        stub.source = f"def square(x):\n    {code}"
        NotebookClient(notebook, resources={"metadata": {"path": str(own.parent)}}, allow_errors=True).execute()
        nbformat.write(notebook, own)
        return next(one for one in progress(exercises).chapters if one.name == OWN)

    found = progress(exercises)
    assert [one.name for one in found.chapters] == [*chapters_here(), OWN, "ps-two/extra"]
    extra = found.chapters[-2]
    assert ([one.verdict for one in extra.checks], extra.possible, extra.written) == (
        ["to do"],
        2,
        1,
    ) and extra.untouched
    assert square_is("raise NotImplementedError()").checks[0].verdict == "to do"
    assert square_is("return 3 * x - 1").checks[0].verdict == "not yet right"
    assert square_is("return x * x").points == 2
    assert re.search(
        rf"{OWN} +\N{{CHECK MARK}} +1 of 1 pass +2 of 2 points, and 1 for a written answer", str(progress(exercises))
    )


def test_every_term_of_its_glossary_is_explained_where_it_is_used(edition):
    cells = nbformat.read(edition / "course/lessons/glossary.ipynb", as_version=4).cells
    table = next(cell.source for cell in cells if cell.id == "terms")
    rows = dict(re.findall(r"^\| \*\*(.+?)\*\* \|.*\| \[(\d\d)\]", table, re.MULTILINE))
    assert {"gradient", "nudge", "batch", "ReLU"} <= set(rows) and not {"softmax", "autograd", "attention"} & set(rows)
    assert set(rows.values()) <= {one[:2] for one in HEART}


def test_the_book_is_of_the_same_chapters(monkeypatch, tmp_path):
    monkeypatch.setattr(pages, "chapters_here", lambda: HEART)
    pages.write_pages(tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == {*HEART, "glossary", "index", "exercises"}
    index = (tmp_path / "index.md").read_text(encoding="utf-8")
    assert "a layer and a batch.\n" in index and "Short of time" not in index and "program of your own" not in index


# Its texts


@pytest.mark.parametrize("names", SETS.values(), ids=SETS)
def test_no_lesson_or_exercise_speaks_of_what_is_left_out(names):
    """Whatever is chosen: the texts keep to a form in which a remark on another chapter can go by itself."""
    course = chosen_course(names, MAP)
    lessons = {
        name: nbformat.read(ROOT / f"course/lessons/{name}.ipynb", as_version=4) for name in lesson_names(course.names)
    }
    prose = {name: "\n".join(cell.source for cell in lesson.cells) for name, lesson in lessons.items()}
    exercises = {
        name: nbformat.read(next((ROOT / "source" / name).glob("*.ipynb")), as_version=4) for name in course.names
    }
    texts = [(name, cell) for some in (lessons, exercises) for name, one in some.items() for cell in one.cells]
    for name, cell in texts:
        if cell.cell_type == "markdown":
            source = glossary(cell.source, course, prose) if name == "glossary" else cell.source
            left = course.text(name, source)
            assert not course.speaks(left), (name, cell.id, left)
            assert len(left) > 0.4 * len(source) or cell.id in ("terms", "map-table"), (name, cell.id, left)


def test_all_chapters_leave_every_text_as_it_is():
    course = chosen_course(CHAPTERS, MAP)
    assert course.text(START, MAP) == MAP


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("A gate (chapter 02 draws it) is open. Nudge it.", "A gate is open. Nudge it."),
        ("It is open; chapter 02 draws it.", "It is open."),
        ("It is open. [Lesson 02](02-gates.ipynb) draws it.\nNudge it.", "It is open.\nNudge it."),
        ("It comes back in chapters 05 and 08.", "It comes back in chapter 05."),
        ("All of chapters 05 to 09 do. So.", "So."),
        ("- one\n- two, as in lesson 04\n- three", "- one\n- three"),
        ("A book, chapters 9 and 10. [Far](https://example.org/02-gates.ipynb).", None),
        ("Then go on to [04 A loss](04-loss.ipynb): how wrong.", f"Then go on to {LAYER}."),
        ("| [02](02-gates.ipynb) | 1 |\n| 3 | [03](03-neuron.ipynb), [02](02-gates.ipynb) |", "| 3 | [03](03-neuron.ipynb) |"),
    ],
)  # fmt: skip
def test_what_goes_with_a_chapter(text, left):
    course = chosen_course(HEART, MAP)
    assert course.text("03-neuron", text) == (text if left is None else left)


# The setting


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (
            '["00", "03-neurons"]',
            "names '03-neurons', and there is no such chapter. The chapters are 00-start-here, 01-slopes",
        ),
        ('["03", "05"]', "lacks 00-start-here"),
        ("[]", 'neither "all" nor a list of names'),
        ('"06"', 'neither "all" nor a list of names'),
        ("[1, 2]", 'neither "all" nor a list of names'),
        ("HEART", 'neither "all" nor a list of names'),
        ("[", "cannot be read: SyntaxError"),
    ],
)
def test_a_setting_that_means_nothing(tmp_path, setting, words):
    course = CourseDir(tmp_path)
    course.source.mkdir()
    choose(course, setting)
    for command in ("check-release", "student", "report", "grade"):
        said = autograder(course, command, status=2)
        assert words in said and said.count("\n") == 1, said
    assert {path.name for path in tmp_path.iterdir()} == {"source", "nbgrader_config.py"}


def test_names_and_what_is_not_in_the_course(course):
    assert chosen_assignments(course, ["neuron", OWN, "05"]) == ["03-neuron", OWN, "05-layer"]
    with pytest.raises(BadInput, match="04-loss is not one of this course's chapters"):
        chosen_assignments(course, ["04"])
    with pytest.raises(BadInput, match=f"no chapter 'ps'.* of your own: {OWN}"):
        chosen_assignments(course, ["ps"])
    assert "this is for the chapters" in autograder(course, "solutions", OWN, status=2)
    assert open_course(ROOT).chapters == tuple(CHAPTERS)


def test_slips_and_leaks_of_ones_own_are_found(course):
    path = course.release / OWN / "numbers.csv"
    path.write_text("both = np.multiply(x, x) + 0 * x\n", encoding="utf-8")
    (course.source / OWN / "numbers.csv").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    try:
        assert set(problems(course)) == {f"release/{OWN}/numbers.csv: holds a line of the solution of square"}
    finally:
        path.write_text("1,2\n")
        (course.source / OWN / "numbers.csv").write_text("1,2\n")


def test_what_reaches_no_student_is_no_leak(course):
    """Sources and releases of chapters that are left out stay where they are."""
    path = course.release / "09-softmax" / "note.txt"
    path.write_text("return np.sum(dvalues, axis=0, keepdims=True)\n", encoding="utf-8")
    try:
        assert problems(course) == []
        path = path.rename(course.release / "06-batch" / "note.txt")
        assert any("holds a line of the solution" in line for line in problems(course))
    finally:
        path.unlink()


# From hand-in to feedback


@pytest.mark.nbgrader
def test_ones_own_is_graded_reported_and_returned_as_a_chapter_is(course, tmp_path):
    for name in ("03-neuron", OWN):
        nbgrader("generate_assignment", name, "--force", cwd=course.root)
    assert problems(course) == [], "nbgrader's own command gives the same release"
    for name in ("03-neuron", OWN):
        (path,) = course.notebooks(name)
        answers = model_answers(nbformat.read(path, as_version=4))
        released = nbformat.read(course.release / name / path.name, as_version=4)
        by_id = {cell.metadata.nbgrader.grade_id: cell.id for cell in released.cells if "nbgrader" in cell.metadata}
        wrong = dict(answers) | {by_id["square"]: "def square(x):\n    return 3 * x"} if name == OWN else {}
        for student, filled in (("ada", answers), ("ben", wrong)):
            content = nbformat.writes(fill_in(released, filled)).encode()
            hand_in_bytes(course.root, student, name, path.name, content)
    report = autograder_grade(course.root)
    assert report["graded"] == 4 and report["less_protected"] == {OWN: ["test-square"]}
    scores = exported_scores(course.root)
    assert (scores["ada", OWN], scores["ben", OWN], scores["ada", "03-neuron"]) == (2, 0, 11)
    assert autograder_grade(course.root, OWN)["unchanged"] == 2
    nbgrader("generate_feedback", OWN, cwd=course.root)
    page = (course.root / "feedback/ben" / OWN / "extra.html").read_text(encoding="utf-8")
    assert "square(-4)" not in page and "AssertionError" in page
    autograder(course, "report")
    page = BeautifulSoup(
        (course.root / "reports" / f"{OWN}.html").read_text(encoding="utf-8"), "html.parser"
    ).get_text()
    assert "square" in page and "Traceback" not in page
    data = json.loads(autograder(course, "report", "--json"))
    assert list(data["chapters"]) == ["03-neuron", OWN] and data["chapters"][OWN]["marks"] == {"ada": 2, "ben": 0}
    (why,) = json.loads(autograder(course, "explain", "ben", OWN, "square", "--json"))
    assert why["messages"] == ["AssertionError"] and "return 3 * x" in why["code"]
    assert "It asks test-square." in autograder(course, "explain", "ben", OWN, "cube", status=2)
    an_lms_takes_and_gives(course, tmp_path)


def an_lms_takes_and_gives(course, tmp_path):
    released = (course.release / OWN / NOTEBOOK).read_bytes()
    (tmp_path / "sent" / "cleo").mkdir(parents=True)
    (tmp_path / "sent" / "cleo" / "extra-1.ipynb").write_bytes(released)
    (tmp_path / "class.csv").write_text("id,first_name,last_name,email\ncleo,Cleo,C,cleo@example.org\n")
    autograder(course, "lms", "roster", str(tmp_path / "class.csv"))
    said = json.loads(autograder(course, "lms", "collect", str(tmp_path / "sent"), "--chapter", OWN, "--json"))
    assert said["taken"] == ["cleo"] and (course.root / "submitted/cleo" / OWN / NOTEBOOK).read_bytes() == released
