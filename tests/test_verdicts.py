"""What was found in each test cell is recorded in `autograded/`, the same by both graders."""

import json
import os
import shutil

import nbformat
import pytest

from autograder.course_dir import CourseDir
from autograder.demo.handin import fill_in, model_answers
from autograder.demo.students import CLASS, wrong_choice
from autograder.exercises import chapter_predictions, find_prediction
from tests.support.demo_class import CHAPTER, NOTEBOOK
from tests.support.grading import autograder_grade, generate_release, nbgrader, scratch_course

pytestmark = pytest.mark.nbgrader
ENDLESS = "def batch_forward(inputs, weights, biases):\n    while True:\n        pass"
KILLS = "import os\nbatch_forward = lambda *_: os._exit(1)"
PREDICTIONS = {f"test-{one.name}": one.name for one in chapter_predictions(CHAPTER)}


def deleted(notebook, name):
    notebook.cells = [cell for cell in notebook.cells if cell.id != name]
    return notebook


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A right hand-in, the released one, one of known mistakes, and ones that loop, end their process, or lack a test cell."""
    course = generate_release(scratch_course(tmp_path_factory.mktemp("verdicts") / "course"), CHAPTER)
    where = CourseDir(course)
    release = nbformat.read(where.release / CHAPTER / f"{NOTEBOOK}.ipynb", as_version=4)
    model = model_answers(nbformat.read(where.source_notebook(CHAPTER), as_version=4))
    hana = next(one for one in CLASS if one.id == "hana").answers[CHAPTER]
    wrong = wrong_choice(find_prediction("three-votes"))
    for student, notebook in {
        "right": fill_in(release, model),
        "untouched": release,
        "mistaken": fill_in(release, model | hana | {"three-votes": wrong}),
        "shapeless": fill_in(
            release, model | {"batch-dbiases": "def batch_dbiases(dvalues):\n    return np.zeros(17)"}
        ),
        "endless": fill_in(release, model | {"batch-forward": ENDLESS}),
        "gone": fill_in(release, model | {"batch-forward": KILLS}),
        "nameless": fill_in(release, model | {"batch-dbiases": "def batch_dbiases(dvalues)\n    return dvalues"}),
        "torn": deleted(fill_in(release, model), "test-batch-forward"),
    }.items():
        folder = course / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{NOTEBOOK}.ipynb")
    return course


@pytest.fixture(scope="module")
def recorded(course):
    """Student to what `autograder grade` recorded."""
    autograder_grade(course, CHAPTER, "--cell-seconds", "3")
    return {path.name: told(course, path.name) for path in (course / "submitted").iterdir()}


def told(course, student):
    path = course / "autograded" / student / CHAPTER / f"{NOTEBOOK}.ipynb"
    return json.loads(path.read_bytes())["metadata"]["autograder"]


def found(recorded, student, cell):
    return {key: value for key, value in recorded[student]["verdicts"][cell].items() if key in ("found", "name")}


def test_every_test_cell_has_its_record_and_says_what_was_asked(recorded):
    cells = set(recorded["right"]["verdicts"])
    assert len(cells) == 9 and set(PREDICTIONS) < cells
    for one in recorded.values():
        assert set(one["verdicts"]) == cells
    for name, record in recorded["right"]["verdicts"].items():
        kind, asked = (
            ("prediction", PREDICTIONS[name]) if name in PREDICTIONS else ("exercise", name[5:].replace("-", "_"))
        )
        assert record == {"found": "right", kind: asked}


def test_an_untouched_hand_in_is_empty_everywhere_and_called_untouched(recorded):
    assert {one["found"] for one in recorded["untouched"]["verdicts"].values()} == {"empty"}
    assert [student for student, one in recorded.items() if one["untouched"]] == ["untouched"]


def test_a_known_mistake_goes_by_its_name_and_a_wrong_choice_by_its_letter(recorded):
    assert found(recorded, "mistaken", "test-batch-dweights")["found"] == "mistake"
    assert found(recorded, "mistaken", "test-batch-forward") == {"found": "right"}
    letter = wrong_choice(find_prediction("three-votes"))[-2]
    assert found(recorded, "mistaken", "test-three-votes") == {"found": "letter", "name": letter}


@pytest.mark.parametrize(
    ("student", "cell", "expected"),
    [
        ("shapeless", "test-batch-dbiases", {"found": "difference", "name": "shape"}),
        ("endless", "test-batch-forward", {"found": "interrupted"}),
        ("gone", "test-batch-forward", {"found": "difference", "name": "crashed"}),
        ("nameless", "test-batch-dbiases", {"found": "difference", "name": "missing"}),
        ("torn", "test-batch-forward", {"found": "right"}),
    ],
)
def test_what_is_no_known_mistake(recorded, student, cell, expected):
    assert found(recorded, student, cell) == expected


def test_a_cell_that_was_put_back_is_marked_as_repaired(recorded):
    repaired = [
        (student, cell)
        for student, one in recorded.items()
        for cell, record in one["verdicts"].items()
        if record.get("repaired")
    ]
    assert repaired == [("torn", "test-batch-forward")]


def test_nbgraders_own_autograde_records_the_same(course, recorded, tmp_path, monkeypatch):
    seed = recorded["right"]["seed"]
    again = tmp_path / "again"
    shutil.copytree(course, again, ignore=shutil.ignore_patterns("autograded", ".autograder*"))
    monkeypatch.setenv("AUTOGRADER_SEED", seed)
    students = ("right", "untouched", "mistaken", "shapeless", "gone", "torn")
    for student in set(recorded) - set(students):
        shutil.rmtree(again / "submitted" / student)
    nbgrader("autograde", CHAPTER, "--force", cwd=again)
    for student in students:
        both = (told(again, student), recorded[student])
        assert both[0]["verdicts"] == both[1]["verdicts"] and both[0]["untouched"] == both[1]["untouched"], student


def test_a_hand_in_that_runs_out_of_time_says_which_tests_were_not_reached(course, tmp_path):
    again = tmp_path / "again"
    shutil.copytree(course, again, ignore=shutil.ignore_patterns("autograded", ".autograder*", "submitted"))
    path = again / "submitted" / "slow" / CHAPTER / f"{NOTEBOOK}.ipynb"
    path.parent.mkdir(parents=True)
    shutil.copy(course / "submitted" / "right" / CHAPTER / f"{NOTEBOOK}.ipynb", path)
    notebook = nbformat.read(path, as_version=4)
    at = [cell.id for cell in notebook.cells].index("test-batch-dweights")
    notebook.cells.insert(at, nbformat.v4.new_code_cell("import time\ntime.sleep(60)"))
    nbformat.write(notebook, path)
    autograder_grade(again, CHAPTER, "--submission-seconds", "4", **os.environ)
    by_cell = {cell: record["found"] for cell, record in told(again, "slow")["verdicts"].items()}
    assert by_cell["test-batch-forward"] == "right"
    assert {by_cell[f"test-batch-{name}"] for name in ("dweights", "dinputs", "dbiases")} == {"not reached"}
