"""Ordinary slips of whoever edits the course are one line each, and what lies about in source/ is not released."""

import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePath

import nbformat
import pytest

from autograder.course_dir import BadInput, CourseDir
from autograder.publish.leaks import collect_secrets, file_leaks
from autograder.publish.release import build
from autograder.publish.source_check import slips
from tests.support.grading import ROOT, scratch_course

CHAPTER, NOTEBOOK = "04-loss", "loss"


@pytest.fixture
def course(tmp_path):
    return CourseDir(scratch_course(tmp_path / "course"))


def edit(course, change):
    path = course.source_notebook(CHAPTER)
    notebook = nbformat.read(path, as_version=4)
    change(notebook, {cell.id: cell for cell in notebook.cells})
    nbformat.write(notebook, path)


def copied_test(notebook, cells):
    copy = nbformat.from_dict(dict(cells["test-is-dead"], id="copy"))
    notebook.cells.append(copy)


def no_end(notebook, cells):
    cells["is-dead"].source = cells["is-dead"].source.replace("### END SOLUTION", "")


def points(value):
    def change(notebook, cells):
        cells["test-is-dead"].metadata.nbgrader["points"] = value

    return change


def picture(notebook, cells):
    cells["written-has-it-converged-question"].source += "\n### BEGIN MARK SCHEME\n![x](w.png)\n### END MARK SCHEME"


def told(name, **changes):
    return lambda notebook, cells: cells[name].metadata.nbgrader.update(changes)


def said(name, old, new):
    def change(notebook, cells):
        assert old in cells[name].source
        cells[name].source = cells[name].source.replace(old, new)

    return change


def without(name):
    return lambda notebook, cells: notebook.cells.remove(cells[name])


def a_markdown_test(notebook, cells):
    cell = cells["test-is-dead"]
    cell.cell_type = "markdown"
    cell.pop("outputs"), cell.pop("execution_count")


def plain_metadata(notebook, cells):
    cells["test-is-dead"].metadata["nbgrader"] = [1]


def a_solution_where_none_is_taken_out(notebook, cells):
    cells["is-dead"].metadata = nbformat.from_dict({})


SLIPS = [
    (copied_test, "cell test-is-dead: 2 cells have this grade_id"),
    (no_end, "cell is-dead: BEGIN SOLUTION has no END SOLUTION"),
    (points(""), 'cell test-is-dead: its points are ""'),
    (points(None), "cell test-is-dead: its points are null"),
    (points(-1), "cell test-is-dead: its points are -1"),
    (picture, "a picture stands in the mark scheme"),
    (a_markdown_test, "cell test-is-dead: it is a markdown cell with only one of `grade` and `solution`"),
    (plain_metadata, "cell test-is-dead: its nbgrader metadata are [1], not a table"),
    (told("test-is-dead", schema_version=1), "cell test-is-dead: its nbgrader metadata are of version 1, not 3"),
    (told("test-is-dead", grade=False), "cell test-is-dead: BEGIN HIDDEN TESTS stands in it, which students would get"),
    (a_solution_where_none_is_taken_out, "cell is-dead: BEGIN SOLUTION stands in it, which students would get"),
    (said("test-is-dead", "HIDDEN TESTS", "Hidden tests"), "'### BEGIN Hidden tests' means nothing to nbgrader"),
    (
        said("test-is-dead", "check(is_dead)", "check(is_dead"),
        "cell test-is-dead: it is no Python: '(' was never closed",
    ),
    (
        said("test-is-dead", "is_dead", "is_ded"),
        "cell test-is-dead: it examines is_ded, which 04-loss does not declare",
    ),
    (without("test-is-dead"), "no test cell examines is_dead, which 04-loss declares"),
]


@pytest.mark.parametrize(("change", "words"), SLIPS, ids=[words for _, words in SLIPS])
def test_a_slip_is_one_line_with_its_cell(course, change, words):
    edit(course, change)
    lines = slips(course, [CHAPTER])
    assert words in lines[0] and all(f"{CHAPTER}/{NOTEBOOK}.ipynb" in line and "\n" not in line for line in lines)
    assert len(lines) <= 2  # the other end of a region, and what is then asked no more, are slips, too
    with pytest.raises(BadInput, match=r"loss\.ipynb"):
        build(course, [CHAPTER])
    assert not course.release.exists()


def test_every_slip_is_told_at_once_without_a_traceback(course):
    edit(course, lambda notebook, cells: (copied_test(notebook, cells), no_end(notebook, cells)))
    command = [sys.executable, "-m", "autograder", "release", CHAPTER, "--course-dir", str(course.root)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 2 and [line[:12] for line in done.stderr.splitlines()] == ["autograder: "] * 2


def test_a_source_that_is_no_json_is_one_line(course):
    course.source_notebook(CHAPTER).write_text("{")
    (line,) = slips(course, [CHAPTER])
    assert "is not a notebook" in line and "\n" not in line


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda cells: cells[3].update(source=None), "the source of cell 4 is no text"),
        (lambda cells: cells[3].update(metadata=None), "cell 4 has no metadata"),
        (lambda cells: cells[3].pop("id"), "cell 4 has no id"),
        (lambda cells: cells[3].update(id=cells[1]["id"]), "cells 2 and 4 have the same id"),
        (lambda cells: cells.append(3), "has no metadata"),
    ],
)
def test_a_source_out_of_shape_is_one_line(course, change, words):
    path = course.source_notebook(CHAPTER)
    stored = json.loads(path.read_text(encoding="utf-8"))
    change(stored["cells"])
    path.write_text(json.dumps(stored), encoding="utf-8")
    (line,) = slips(course, [CHAPTER])
    assert words in line and NOTEBOOK in line and "\n" not in line


def test_the_sources_have_no_slips():
    from course.probes import CHAPTERS

    assert slips(CourseDir(ROOT), list(CHAPTERS)) == []


def test_what_lies_about_is_not_released_and_an_odd_path_is_no_hindrance(course, tmp_path):
    folder = course.source / CHAPTER
    for name in (".DS_Store", f"{NOTEBOOK}.ipynb~", "notes.bak"):
        (folder / name).write_text("x")
    shutil.copy(course.source_notebook(CHAPTER), folder / f"{NOTEBOOK}-Copy1.ipynb")
    (folder / "data.csv").write_text("1,2")
    odd = CourseDir(Path(shutil.move(course.root, tmp_path / "what [now]?")))
    build(odd, [CHAPTER])
    assert sorted(path.name for path in (odd.release / CHAPTER).iterdir()) == ["data.csv", f"{NOTEBOOK}.ipynb"]


@pytest.fixture(scope="module")
def secrets():
    return collect_secrets(CourseDir(ROOT), ["06-batch"])


def zipped(text):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("inside.txt", text)
    return buffer.getvalue()


LINE = "dweights = np.dot(inputs.T, dvalues)"
LEAKS = {
    "marking notes.txt": f"To be given to the assistants.\n\nThe right line is\n    {LINE}\n".encode(),
    "no-suffix": f"- {LINE}".encode(),
    "table.csv": f"name,line\n{LINE}\n".encode(),
    "utf-16.txt": LINE.encode("utf-16"),
    "packed.zip": zipped(LINE),
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_solution_is_found_whatever_the_file_is_called(secrets, name):
    assert any("solution of" in leak for leak in file_leaks(PurePath(name), LEAKS[name], secrets))


def test_harmless_files_are_harmless(secrets):
    for content in (b"1,2\n3,4\n", b"Read chapter 06 (page 3), and bring x = 2.", bytes(range(256)), zipped("nothing")):
        assert file_leaks(PurePath("file.bin"), content, secrets) == []
