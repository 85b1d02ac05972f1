"""Hygiene of the notebooks git stores, and what nbgrader needs of them."""

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from autograder.course_dir import CourseDir
from autograder.exercises import chapter_exercises, chapter_predictions
from autograder.publish.tidy import WIDGET_VIEW, tidied
from course.probes import CHAPTERS
from tests.support.grading import POINTS, WRITTEN

ROOT = Path(__file__).parent.parent
COURSE = CourseDir(ROOT)
SOURCES = [COURSE.source_notebook(chapter) for chapter in CHAPTERS]
LESSONS = [COURSE.lessons / f"{chapter}.ipynb" for chapter in CHAPTERS]
PAGES = [path for chapter in CHAPTERS for path in COURSE.lesson_notebooks(chapter) if path not in LESSONS]
RELEASES = [ROOT / "release" / path.relative_to(COURSE.source) for path in SOURCES]
NOT_GRADED = ("paste-your-own",)
WORDS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MACHINE = re.compile(r"/(?:tmp|home|root|Users)/|ipykernel_\d|\d{4}-\d\d-\d\dT\d\d:|0x[0-9a-f]{8}")


def short(path):
    return path.relative_to(ROOT).as_posix()


def grades(notebook):
    return {cell.id: cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")}


def test_no_notebook_is_forgotten():
    stored = {*ROOT.glob("source/*/*"), *ROOT.glob("release/*/*"), *ROOT.glob("course/lessons/*.ipynb")}
    assert stored == {*SOURCES, *RELEASES, *LESSONS, *PAGES}


def is_written(cell):
    """A written answer: graded and answered in one cell."""
    return cell.cell_type == "markdown" and cell.metadata.nbgrader.grade and cell.metadata.nbgrader.solution


def graded_exercises(chapter):
    return [one for one in chapter_exercises(chapter) if one.graded]


@pytest.mark.parametrize("path", [*RELEASES, *LESSONS], ids=short)
def test_no_line_of_code_scrolls_sideways(path):
    lines = [
        line
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        for line in cell.source.splitlines()
    ]
    assert [line for line in lines if len(line) > 110] == []


@pytest.mark.parametrize("path", [*SOURCES, *RELEASES, *LESSONS, *PAGES], ids=short)
def test_stored_form(path):
    raw = json.loads(path.read_text(encoding="utf-8"))
    assert (raw["nbformat"], raw["nbformat_minor"]) == (4, 5)
    assert raw["metadata"] == {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    }
    nbformat.validate(nbformat.from_dict(raw))
    ids = [cell["id"] for cell in raw["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in raw["cells"]:
        assert WORDS.fullmatch(cell["id"]) and not re.fullmatch(r"[0-9a-f]{6,}", cell["id"]), cell["id"]
        locked = {"deletable", "editable"} if path in RELEASES else set()  # nbgrader adds these
        assert set(cell["metadata"]) <= {"nbgrader", "tags", "jupyter"} | locked
        assert cell["metadata"].get("jupyter", {}) in ({}, {"outputs_hidden": True}, {"source_hidden": True})
        if "nbgrader" in cell["metadata"]:
            assert cell["metadata"]["nbgrader"]["grade_id"] == cell["id"]
    assert not MACHINE.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [*SOURCES, *RELEASES], ids=short)
def test_exercises_hold_no_outputs(path):
    for cell in nbformat.read(path, as_version=4).cells:
        assert cell.cell_type != "code" or (cell.outputs == [] and cell.execution_count is None), cell.id


@pytest.mark.parametrize("path", [*LESSONS, *PAGES], ids=short)
def test_lessons_are_stored_executed_and_without_errors(path):
    code = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert sum(bool(cell.outputs) for cell in code) > len(code) / 2 or (path in PAGES and not code)
    for cell in code:
        assert cell.execution_count
        wanted = "raises-exception" in cell.metadata.get("tags", [])  # a lesson that shows a hint, or an exception
        assert any(output.output_type == "error" for output in cell.outputs) == wanted, cell.id


@pytest.mark.parametrize("path", [*LESSONS, *PAGES], ids=short)
def test_a_folded_output_does_not_give_itself_away(path):
    """In JupyterLab the first line of a folded output stays in sight; of a picture that would be its description."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.metadata.get("jupyter", {}).get("outputs_hidden"):
            first = cell.outputs[0]
            if first.output_type != "error":  # shows a rule of dashes
                assert first.output_type == "stream" and first.text.splitlines()[0].endswith(":"), cell.id


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_what_works_out_a_prediction_is_folded(path):
    """Its code does the sum, and stands right below the choice. JupyterLab leaves the first line in sight."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.id.startswith("reveal-"):
            assert cell.metadata.get("jupyter") == {"source_hidden": True}, cell.id
            assert cell.source.startswith("# Run this once you have chosen.\n"), cell.id


@pytest.mark.parametrize("path", SOURCES, ids=short)
def test_what_works_out_a_prediction_says_nothing_before_it_is_made(path):
    """Run All on a notebook nobody has worked in yet gives no answer away: the variable of the choice is still empty."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.id.startswith("reveal-"):
            (statement,) = ast.parse(cell.source).body
            assert isinstance(statement, ast.If) and not statement.orelse, cell.id
            assert ast.unparse(statement.test) == cell.id.removeprefix("reveal-").replace("-", "_"), cell.id


@pytest.mark.parametrize("path", [*LESSONS, *PAGES], ids=short)
def test_every_picture_of_a_lesson_has_alternative_text(path):
    pictures = 0
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            assert "image/png" not in data and "image/svg+xml" not in data, f"{cell.id}: show it with course.show"
            for image in re.findall(r"<img [^>]*>", data.get("text/html", "")):
                pictures += 1
                alt = re.search(r'alt="([^"]*)"', image)
                assert alt and len(alt.group(1)) > 20, cell.id
                assert 'src="data:image/svg+xml;base64,' in image, cell.id
    assert pictures >= 1 or path in PAGES


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_exercise_and_prediction_is_asked_and_points_add_up(chapter):
    notebook = nbformat.read(COURSE.source_notebook(chapter), as_version=4)
    tests = grades(notebook)
    assert sum(cell.metadata.nbgrader.points for cell in tests.values()) == POINTS[chapter]
    assert all(cell.metadata.nbgrader.points in (1, 2, 3) for cell in tests.values())
    for exercise in graded_exercises(chapter):
        dashed = exercise.cell_id
        variable, _, own = exercise.name.partition(".")  # Value.diamond: a part with cases of its own
        parts = {f"test-{dashed}-{part.lower()}": part for part in ((own,) if own else exercise.probe.results)}
        asked = {f"test-{dashed}", *parts} & set(tests)
        if own and asked & set(parts):  # `test-dense` asks for Dense as a whole
            asked = set(parts)
        assert asked and (f"test-{dashed}" in asked or len(asked) == len(parts)), exercise.name
        for name in asked:
            part = own or parts.get(name, "")
            call = f'({variable}, "{part}")' if part else f"({variable})"
            assert f"check{call}" in tests[name].source and f"examine{call}" in tests[name].source
    for prediction in chapter_predictions(chapter):
        assert f"test-{prediction.name}" in tests
    assert sum(cell.metadata.nbgrader.points for cell in tests.values() if is_written(cell)) == WRITTEN.get(chapter, 0)
    solutions = {
        cell.id
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution") and not is_written(cell) and cell.id not in NOT_GRADED
    }
    assert solutions == {one.cell_id for one in graded_exercises(chapter)} | {
        one.name for one in chapter_predictions(chapter)
    }


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_test_cell_has_a_docstring_a_visible_check_and_no_value(chapter):
    for cell in grades(nbformat.read(COURSE.source_notebook(chapter), as_version=4)).values():
        if is_written(cell):
            continue
        lines = cell.source.splitlines()
        assert lines[0].startswith('"""') and lines[0].endswith('"""'), cell.id
        assert lines[1].startswith("check("), cell.id
        assert lines[-1] == "### END HIDDEN TESTS", cell.id
        assert "raises-exception" in cell.metadata.tags, f"{cell.id}: Run All must reach the bottom"
        assert cell.metadata.nbgrader.locked


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_predictions_stand_before_what_reveals_them(chapter):
    ids = [cell.id for cell in nbformat.read(COURSE.source_notebook(chapter), as_version=4).cells]
    for prediction in chapter_predictions(chapter):
        at = ids.index(prediction.name)
        assert ids[at - 1 : at + 2] == [f"predict-{prediction.name}", prediction.name, f"test-{prediction.name}"]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_function_has_prompt_stub_free_cell_and_test(chapter):
    cells = {cell.id: cell for cell in nbformat.read(COURSE.source_notebook(chapter), as_version=4).cells}
    ids = list(cells)
    for exercise in graded_exercises(chapter):
        dashed = exercise.cell_id
        at = ids.index(dashed)
        assert ids[at - 1] == f"{dashed}-prompt" and ids[at + 1] == f"try-{dashed}"
        assert ids[at + 2].startswith(f"test-{dashed}")
        source = cells[dashed].source
        variable = exercise.name.split(".")[0]
        assert re.search(rf"def {variable}\(|class {variable}\b|^{variable}\.\w+", source, re.MULTILINE)
        assert '"""' in source
        assert "# " in source.split("### BEGIN SOLUTION")[0], f"{dashed}: named steps"


def test_a_diagnosis_is_called_one_where_it_is_checked_and_by_its_patient():
    cells = {cell.id: cell.source for cell in nbformat.read(ROOT / "source/11-clinic/clinic.ipynb", as_version=4).cells}
    for number in range(1, 6):
        assert cells[f"predict-diagnosis-{number}"].startswith(f"**Diagnose.** Patient {number} ")
        assert cells[f"test-diagnosis-{number}"].startswith(f'"""Your diagnosis of patient {number}."""\n')


def test_of_a_widget_its_still_picture_is_stored_and_nothing_that_names_a_kernels_model():
    live = v4.new_output("display_data", {WIDGET_VIEW: {"model_id": "gone"}, "text/html": "a still", "text/plain": "s"})
    alone = v4.new_output("display_data", {WIDGET_VIEW: {"model_id": "gone"}})
    notebook = v4.new_notebook(cells=[v4.new_code_cell("play()", outputs=[live, alone])])
    (stored,) = tidied(notebook, keep_outputs=True).cells[0].outputs
    assert stored.data == {"text/html": "a still", "text/plain": "s"}
