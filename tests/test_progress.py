"""What `progress()` reads from a student's own notebooks: real ones, filled in, run and saved; and broken ones."""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.exercises import chapter_predictions
from course import Hint, progress
from course.probes import CHAPTERS
from course.progress_table import find_folder, notebook_name
from tests.support.grading import POINTS, WRITTEN

RELEASE = Path(__file__).parent.parent / "release"
START = notebook_name("00-start-here")
LETTERS = {prediction.name: prediction.letter for prediction in chapter_predictions("00-start-here")}


def copied(folder):
    """A student's fresh copies."""
    shutil.copytree(RELEASE, folder)
    return folder


def filled_and_run(path, answers):
    """Put answers in place of the stubs (by cell id), run the notebook as JupyterLab does, and save it."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(path.parent)}}).execute()
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A copy in which the first notebook is run with one right answer, one wrong one, and one left out."""
    folder = copied(tmp_path_factory.mktemp("student") / "work")
    first, _ = LETTERS
    wrong = next(letter for letter in "abcd" if letter != LETTERS[first])
    variable = first.replace("-", "_")
    filled_and_run(folder / START, {"double": "def double(x):\n    return x + x", first: f'{variable} = "{wrong}"'})
    return folder


def test_untouched_copies_have_everything_to_do(tmp_path):
    found = progress(copied(tmp_path / "work"))
    assert [chapter.name for chapter in found.chapters] == list(CHAPTERS)
    for chapter in found.chapters:
        assert {check.verdict for check in chapter.checks} == {"to do"} and chapter.points == 0, chapter.name
        assert chapter.possible + chapter.written == POINTS[chapter.name]
        assert chapter.written == WRITTEN.get(chapter.name, 0)
    assert found.next.name == next(iter(CHAPTERS)) and "Go on with 00-start-here" in str(found)


def test_a_notebook_that_was_run(begun):
    first, second = LETTERS
    found = progress(begun)
    verdicts = {check.name: check.verdict for check in found.chapters[0].checks}
    assert verdicts == {"double": "passed", first: "not yet right", second: "to do"}
    assert (found.chapters[0].points, found.chapters[0].possible) == (1, 3)
    assert found.next.name == "00-start-here"
    assert f"the next check is {first}, in work/{START}" in str(found)


def test_all_right_moves_on_to_the_next_chapter(begun, tmp_path):
    folder = shutil.copytree(begun, tmp_path / "exercises")
    answers = {name: f'{name.replace("-", "_")} = "{letter}"' for name, letter in LETTERS.items()}
    filled_and_run(folder / START, {"double": "def double(x):\n    return x + x", **answers})
    found = progress(folder)
    assert found.chapters[0].finished and found.next.name == list(CHAPTERS)[1]
    shutil.rmtree(folder / "01-slopes")
    assert progress(folder).next.name == "02-gates"


def test_a_run_without_any_answer_is_still_to_do(tmp_path):
    folder = copied(tmp_path / "work")
    filled_and_run(folder / START, {})
    assert not progress(folder).chapters[0].begun


def test_a_chapter_begun_comes_before_one_that_was_skipped(begun, tmp_path):
    folder = copied(tmp_path / "work")
    shutil.copy(begun / START, folder / START)
    path = folder / notebook_name("06-batch")
    answer = "def batch_forward(inputs, weights, biases):\n    return np.asarray(inputs) @ weights + biases"
    filled_and_run(path, {"batch-forward": answer})
    (folder / START).unlink()
    found = progress(folder)
    assert found.next.name == "06-batch" and found.chapters[0].trouble == "not here"


def test_the_text_and_the_table_say_the_same(begun):
    found = progress(begun)
    data = found._repr_mimebundle_()
    assert data["text/plain"] == str(found)
    rows = [line.split() for line in str(found).splitlines()[: len(CHAPTERS)]]
    assert rows[0] == ["00-start-here", "✓✗·", "1", "of", "3", "pass", "1", "of", "3", "points"]
    markup = re.findall(r"<tr>.*?</tr>", data["text/html"])[1:]
    assert len(markup) == len(CHAPTERS)
    for row, chapter in zip(markup, found.chapters, strict=True):
        assert row.count("<span title=") == len(chapter.checks) and "aria-label='" in row
    for style in re.findall(r"style='([^']*background[^']*)'", data["text/html"]):
        assert "color:#" in style.replace("background", ""), "a box that brings its background brings its ink"


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", "cannot be read"),
        (b"{ not json", "cannot be read"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b"[]", "no checks in it"),
        (b'"cells"', "no checks in it"),
        (b'{"cells": 3}', "no checks in it"),
        (b'{"cells": [null, 3, {"metadata": null}, {"metadata": {"nbgrader": []}}]}', "no checks in it"),
    ],
)
def test_a_broken_file_is_named_and_the_others_are_read(begun, tmp_path, content, trouble):
    folder = shutil.copytree(begun, tmp_path / "work")
    (folder / notebook_name("03-neuron")).write_bytes(content)
    found = progress(folder)
    assert {chapter.name: chapter.trouble for chapter in found.chapters if chapter.trouble} == {"03-neuron": trouble}
    assert trouble in str(found) and trouble in found._repr_mimebundle_()["text/html"]
    assert found.chapters[0].points == 1


@pytest.mark.parametrize("outputs", [None, 3, [None], [{}], [{"output_type": "stream", "text": None}], [{"text": [1]}]])
def test_outputs_that_make_no_sense_are_to_do(tmp_path, outputs):
    folder = copied(tmp_path / "work")
    raw = json.loads((folder / START).read_text(encoding="utf-8"))
    for cell in raw["cells"]:
        cell["outputs"] = outputs
        cell.get("metadata", {}).get("nbgrader", {}).pop("points", None)
    (folder / START).write_text(json.dumps(raw), encoding="utf-8")
    chapter = progress(folder).chapters[0]
    assert {check.verdict for check in chapter.checks} == {"to do"} and chapter.possible == 0


def test_a_check_that_was_deleted_is_missed(begun, tmp_path):
    folder = shutil.copytree(begun, tmp_path / "work")
    raw = json.loads((folder / START).read_text(encoding="utf-8"))
    gone = {f"test-{name}" for name in LETTERS}
    raw["cells"] = [cell for cell in raw["cells"] if cell["id"] not in gone]
    (folder / START).write_text(json.dumps(raw), encoding="utf-8")
    found = progress(folder)
    assert f"1 of 1 pass; no check for {', '.join(LETTERS)}" in str(found)
    assert not found.chapters[0].finished and f"In work/{START} the check of {next(iter(LETTERS))} was deleted" in str(
        found
    )


def test_no_check_is_missing_from_what_students_get(tmp_path):
    assert not any(chapter.missing for chapter in progress(copied(tmp_path / "work")).chapters)


def test_a_word_that_looks_like_a_pass_is_none(tmp_path):
    """Printed by the student, in a cell that is not a check."""
    folder = copied(tmp_path / "work")
    filled_and_run(folder / START, {"try-double": 'print("passed: double")', "double": 'print("passed: double")'})
    assert progress(folder).chapters[0].count("passed") == 0


def test_the_folder_is_found_from_below(begun, monkeypatch):
    project = begun.parent
    (project / "course" / "lessons").mkdir(parents=True)
    for place in (project, begun, begun / "00-start-here", project / "course" / "lessons"):
        assert find_folder(place) == begun
        monkeypatch.chdir(place)
        assert progress().chapters[0].points == 1


def test_no_folder_is_said_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Hint, match="no folder nowhere"):
        progress("nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(Hint, match="no notebook of this course"):
        progress("empty")
    if find_folder(tmp_path) is None:
        with pytest.raises(Hint, match="no folder with your exercises"):
            progress()


def test_checks_are_found_by_their_ids_where_a_tool_took_the_metadata(begun, tmp_path):
    """As grading finds them; the points stood in what was taken."""
    folder = shutil.copytree(begun, tmp_path / "work")
    notebook = nbformat.read(folder / START, as_version=4)
    for cell in notebook.cells:
        cell.metadata = {}
    nbformat.write(notebook, folder / START)
    first, second = LETTERS
    found = progress(folder).chapters[0]
    assert {one.name: one.verdict for one in found.checks} == {
        "double": "passed",
        first: "not yet right",
        second: "to do",
    }
    assert "1 of 3 pass" in str(progress(folder)) and "points are not known here" in str(progress(folder))
