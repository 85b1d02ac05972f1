"""What a hand-in's folder may hold beside a notebook: nothing in one may stop the run or cost anybody else a point."""

import json
import os
import subprocess

import nbformat
import pytest

from autograder.handed_in import DEPTH_LIMIT, beside, support_files
from autograder.repair import read_hand_in
from tests.grading import autograder_grade, nbgrader, scratch_course

CHAPTER, NOTEBOOK, POINTS = "07-relu", "relu", 12


def deep(inner, levels=490):
    for _ in range(levels):
        inner = [inner]
    return inner


def changed(model, change):
    notebook = json.loads(model)
    change(notebook["cells"])
    return json.dumps(notebook).encode()


def odd_tags(cells):
    cells[0]["metadata"] = {"tags": ["\ud800", "a,b", "", "twice", "twice", 5]}


def tags_in_a_table(cells):
    cells[0]["metadata"] = {"tags": {"a": {"b": []}}}


def deep_metadata(cells):
    cells[0]["metadata"] = {"nbgrader": {"grade_id": "x", "more": deep({})}, "tags": deep("a")}


def deep_output(cells):
    source = (
        "from IPython.display import display\nimport sys\nsys.setrecursionlimit(10**5)\nx = float('nan')\n"
        "for _ in range(490): x = [x]\ndisplay({'application/json': x, 'text/plain': 'x'}, raw=True)\n"
        "display({'application/json': {'a': float('nan')}, 'text/plain': 'x'}, raw=True)"
    )
    cells.append({"cell_type": "code", "metadata": {}, "outputs": [], "source": source})


CONTENT = [odd_tags, tags_in_a_table, deep_metadata, deep_output]


def a_name_that_is_no_text(folder):
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("x")


def a_folder_where_the_notebook_goes(folder):
    (folder / f"{NOTEBOOK}.ipynb").rename(folder / "mine.ipynb")
    (folder / f"{NOTEBOOK}.ipynb").mkdir()
    (folder / f"{NOTEBOOK}.ipynb" / "notes.txt").write_text("x")


def a_file_where_our_folder_goes(folder):
    (folder / "data").write_text("x")


def our_file_as_a_folder(folder):
    (folder / "table.csv").mkdir()
    (folder / "table.csv" / "x.txt").write_text("x")


def another_notebook_in_capitals(folder):
    (folder / "OTHER.IPYNB").write_text("no notebook")


def folders_in_folders(folder):
    here = os.getcwd()
    try:
        os.chdir(folder)
        for _ in range(1200):
            os.mkdir("a")
            os.chdir("a")
    finally:
        os.chdir(here)


def a_thousand_files(folder):
    for number in range(1500):
        (folder / f"file{number}.txt").write_text("x")


def forty_megabytes(folder):
    for number in range(5):
        (folder / f"file{number}.bin").write_bytes(bytes(8 * 2**20))


def a_pipe(folder):
    os.mkfifo(folder / "pipe")


FOLDERS = [
    a_name_that_is_no_text,
    a_folder_where_the_notebook_goes,
    a_file_where_our_folder_goes,
    our_file_as_a_folder,
    another_notebook_in_capitals,
    folders_in_folders,
    a_thousand_files,
    forty_megabytes,
    a_pipe,
]


def more_than_fits_in_memory(folder):
    os.truncate(folder / f"{NOTEBOOK}.ipynb", 2**40)  # a file with a hole: it takes no room on the disk


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    course = scratch_course(tmp_path_factory.mktemp("folders") / "course")
    for name in ("data/numbers.txt", "table.csv"):  # files of ours that lie beside the notebook
        path = course / "source" / CHAPTER / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("ours")
    nbgrader("generate_assignment", CHAPTER, cwd=course)
    model = (course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb").read_text(encoding="utf-8")

    def hand_in(student, content):
        folder = course / "submitted" / student / CHAPTER
        folder.mkdir(parents=True)
        (folder / f"{NOTEBOOK}.ipynb").write_bytes(content)
        return folder

    for change in CONTENT:
        hand_in(change.__name__, changed(model, change))
    for change in [*FOLDERS, more_than_fits_in_memory]:
        change(hand_in(change.__name__, model.encode()))
    hand_in("zz-honest", model.encode())
    report = autograder_grade(course, CHAPTER)
    yield course, {one["student"]: one for one in report["submissions"]}
    deepest = course / "submitted" / folders_in_folders.__name__
    subprocess.run(["rm", "-rf", str(deepest)], check=True)  # deeper than Python's own can go


def test_everybody_is_graded(graded):
    _, outcomes = graded
    assert len(outcomes) == len(CONTENT) + len(FOLDERS) + 2
    assert outcomes["zz-honest"]["score"] == POINTS and outcomes["zz-honest"]["notes"] == []


@pytest.mark.parametrize("change", [*CONTENT, *FOLDERS], ids=lambda change: change.__name__)
def test_nobody_loses_a_point_for_it(graded, change):
    course, outcomes = graded
    assert outcomes[change.__name__]["score"] == POINTS
    folder = course / "autograded" / change.__name__ / CHAPTER
    path = folder / f"{NOTEBOOK}.ipynb"
    nbformat.validate(nbformat.read(path, as_version=4))
    json.loads(path.read_bytes(), parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert (folder / "table.csv").read_text() == (folder / "data/numbers.txt").read_text() == "ours"


@pytest.mark.parametrize("change", [a_name_that_is_no_text, a_thousand_files, forty_megabytes])
def test_what_is_left_out_is_told(graded, change):
    assert any("left out" in note for note in graded[1][change.__name__]["notes"])


def test_a_file_larger_than_memory_is_not_read_whole(graded):
    outcome = graded[1][more_than_fits_in_memory.__name__]
    assert outcome["score"] == 0 and any("larger than" in note for note in outcome["notes"])


def test_ours_stand_where_theirs_would(tmp_path):
    theirs = {"a": b"1", "A/b": b"2", "c/d": b"3", "E.txt": b"4", "f.txt": b"5"}
    ours = {"a": b"ours", "c": b"ours", "e.txt": b"ours", "g/h": b"ours"}
    assert beside(theirs, ours) == ours | {"f.txt": b"5"}
    assert beside({"g": b"1"}, ours) == ours


def test_files_below_a_few_folders_are_left_alone(tmp_path):
    folder = tmp_path
    for _ in range(DEPTH_LIMIT + 2):
        folder = folder / "in"
    folder.mkdir(parents=True)
    (folder / "too-deep.txt").write_text("x")
    (tmp_path / "in" / "fine.txt").write_text("x")
    assert list(support_files(tmp_path)) == ["in/fine.txt"]


def test_metadata_that_means_nothing_is_dropped():
    cells = read_hand_in(json.dumps({"cells": [{"cell_type": "code", "metadata": {"nbgrader": deep({})}}]}).encode())
    assert cells[0].metadata == {}
