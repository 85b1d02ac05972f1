"""nbgrader's own commands on the course as it is: full marks for the model, none for the untouched stub, and feedback."""

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.course_dir import CourseDir
from course.probes import CHAPTERS
from tests.support.grading import POINTS, ROOT, WRITTEN, exported_scores, hand_in, nbgrader, scratch_course


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Every chapter generated, handed in by two students, graded, with feedback."""
    course = scratch_course(tmp_path_factory.mktemp("course"))
    nbgrader(
        "generate_assignment", "--assignment=*", cwd=course
    )  # one command for all: starting nbgrader takes seconds
    for chapter in CHAPTERS:
        source = CourseDir(course).source_notebook(chapter)
        hand_in(course, "model", chapter, source)
        hand_in(course, "untouched", chapter, course / "release" / source.relative_to(course / "source"))
    nbgrader("autograde", "--assignment=*", cwd=course)
    nbgrader("generate_feedback", "06-batch", cwd=course)
    return course


@pytest.fixture(scope="module")
def scores(graded):
    return exported_scores(graded)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_model_solution_earns_full_marks(scores, chapter):
    assert scores["model", chapter] == POINTS[chapter] - WRITTEN.get(chapter, 0)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_untouched_notebook_earns_nothing(scores, chapter):
    assert scores["untouched", chapter] == 0


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_cell_of_an_untouched_notebook_says_why(graded, chapter):
    path = graded / "autograded/untouched" / chapter / f"{chapter.split('-', 1)[1]}.ipynb"
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            text = "".join(line for output in cell.outputs for line in output.get("traceback", []))
            said = ("not filled in", "not answered", "returned", "returns None")
            assert any(words in text for words in said), f"{cell.id}: {text}"


def test_the_gradebook_knows_the_points(graded):
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        assert {one.name: one.max_score for one in gradebook.assignments} == POINTS


def test_nbgraders_own_command_gives_the_committed_release(graded):
    built = {path.relative_to(graded): path.read_bytes() for path in (graded / "release").rglob("*.ipynb")}
    assert built == {path.relative_to(ROOT): path.read_bytes() for path in (ROOT / "release").rglob("*.ipynb")}


def test_feedback_shows_hints_and_nothing_hidden(graded):
    for student in ("model", "untouched"):
        page = (graded / "feedback" / student / "06-batch" / "batch.html").read_text(encoding="utf-8")
        assert "HIDDEN TESTS" not in page and "examine" not in page and "autograder" not in page
    assert "not filled in yet" in page


def test_validate_accepts_the_source_and_names_what_is_missing_in_the_release(graded):
    source = CourseDir(graded).source_notebook("07-relu")
    assert "Success! Your notebook passes all the tests." in nbgrader("validate", str(source), cwd=graded).stdout
    release = graded / "release/07-relu/relu.ipynb"
    said = nbgrader("validate", str(release), cwd=graded).stdout
    assert "FAILED" in said and "relu_backward: the stub is not filled in yet." in said and "Traceback" not in said
