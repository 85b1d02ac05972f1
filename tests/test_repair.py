"""Damaged hand-ins, most of them innocent: each is graded for what its code does, and what was mended is told."""

import copy
import json
import os
import sys
import tracemalloc

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.grading.notebook_file import Unreadable, read_hand_in
from autograder.grading.repair import repair
from tests.support.grading import autograder_grade, generate_release, hand_in_bytes, scratch_course

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

CHAPTER, NOTEBOOK, POINTS = "07-relu", "relu", 12


def cell(notebook, name):
    return next(one for one in notebook["cells"] if one["id"] == name)


def nbgrader_of(notebook, name):
    return cell(notebook, name)["metadata"]["nbgrader"]


def delete_a_test(notebook):
    notebook["cells"].remove(cell(notebook, "test-relu-backward"))


def delete_every_test(notebook):
    notebook["cells"] = [one for one in notebook["cells"] if not one["metadata"].get("nbgrader", {}).get("grade")]


def duplicate_a_test(notebook):
    at = notebook["cells"].index(cell(notebook, "test-relu-backward"))
    notebook["cells"].insert(at, copy.deepcopy(notebook["cells"][at]))


def duplicate_a_solution(notebook):
    at = notebook["cells"].index(cell(notebook, "relu-backward"))
    notebook["cells"].insert(at, copy.deepcopy(notebook["cells"][at]))
    notebook["cells"][at]["source"] = "# an earlier try\n"


def split_a_solution(notebook):
    at = notebook["cells"].index(cell(notebook, "relu-backward"))
    second = copy.deepcopy(notebook["cells"][at])
    second["id"] = "fresh-half"
    notebook["cells"][at]["source"] = ["import numpy as np\n", "eps = 0\n"]
    notebook["cells"].insert(at + 1, second)


def move_a_test_to_the_top(notebook):
    moved = cell(notebook, "test-relu-backward")
    notebook["cells"].remove(moved)
    notebook["cells"].insert(1, moved)


def edit_a_test(notebook):
    cell(notebook, "test-relu-backward")["source"] = "pass"


def empty_all_tests(notebook):
    for one in notebook["cells"]:
        if one["metadata"].get("nbgrader", {}).get("grade"):
            one["source"] = "3"


def more_points(notebook):
    nbgrader_of(notebook, "test-relu-backward")["points"] = 1000


def no_longer_graded(notebook):
    nbgrader_of(notebook, "test-relu-backward").update(grade=False, locked=False)


def solution_flag_on_a_test(notebook):
    nbgrader_of(notebook, "test-relu-backward").update(solution=True, grade=False)


def no_metadata_at_all(notebook):
    for one in notebook["cells"]:
        one["metadata"] = {}


def no_ids(notebook):
    for one in notebook["cells"]:
        del one["id"]


def same_ids(notebook):
    for one in notebook["cells"]:
        one["id"] = "same"


def a_test_as_markdown(notebook):
    changed = cell(notebook, "test-relu-backward")
    changed["cell_type"] = "markdown"
    changed.pop("outputs"), changed.pop("execution_count")


def solution_as_raw(notebook):
    changed = cell(notebook, "relu-backward")
    changed["cell_type"] = "raw"
    changed.pop("outputs"), changed.pop("execution_count")


def odd_kernel(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "julia-9", "display_name": "Julia", "language": "julia"}


def no_kernel(notebook):
    notebook["metadata"] = {}


def forged_outputs(notebook):
    for one in notebook["cells"]:
        if one["cell_type"] == "code":
            result = {
                "data": {"text/plain": "1000"},
                "execution_count": 1,
                "metadata": {},
                "output_type": "execute_result",
            }
            one["outputs"] = [result]


def odd_metadata(notebook):
    notebook["cells"][3]["metadata"] = {"nbgrader": {"grade_id": ["a", "list"], "grade": "yes", "points": "many"}}
    notebook["cells"].append({"cell_type": "code", "source": 5, "metadata": None})
    notebook["cells"].append("no cell")


def lone_surrogate(notebook):
    notebook["cells"].append({"cell_type": "code", "id": "x", "metadata": {}, "source": "s = '\ud800'", "outputs": []})


def null_byte(notebook):
    notebook["cells"].append({"cell_type": "code", "id": "x", "metadata": {}, "source": "s = '\x00'", "outputs": []})


def extra_cells(notebook):
    extra = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"] = [{**extra, "source": f"x{n} = {n}", "id": f"x{n}"} for n in range(100)] + notebook["cells"]


def magics(notebook):
    notebook["cells"].insert(
        0, {"cell_type": "code", "metadata": {}, "outputs": [], "id": "m", "source": "%%bash\necho hi"}
    )
    notebook["cells"].insert(
        0, {"cell_type": "code", "metadata": {}, "outputs": [], "id": "n", "source": "!ls\n%time 1"}
    )


def warnings(notebook):
    source = "".join(cell(notebook, "relu-backward")["source"])
    cell(notebook, "relu-backward")["source"] = source.replace(
        "    ### BEGIN SOLUTION",
        "    import warnings, sys; warnings.warn('hm'); print('x', file=sys.stderr)\n    ### BEGIN SOLUTION",
    )


INNOCENT = [
    *(
        delete_a_test,
        delete_every_test,
        duplicate_a_test,
        duplicate_a_solution,
        split_a_solution,
        move_a_test_to_the_top,
    ),
    *(edit_a_test, empty_all_tests, more_points, no_longer_graded, solution_flag_on_a_test, no_metadata_at_all, no_ids),
    *(
        same_ids,
        a_test_as_markdown,
        solution_as_raw,
        odd_kernel,
        no_kernel,
        forged_outputs,
        odd_metadata,
        lone_surrogate,
    ),
    *(null_byte, extra_cells, magics, warnings),
]
SYNTAX = "a syntax error in one cell"


def text(notebook):
    return json.dumps(notebook).encode()


def as_nbformat_3(notebook):
    """The format before 2015: worksheets, and `input` for the source of a code cell."""
    cells = [
        {"cell_type": "code", "input": one["source"], "language": "python", "metadata": one["metadata"], "outputs": []}
        if one["cell_type"] == "code"
        else {"cell_type": one["cell_type"], "source": one["source"], "metadata": one["metadata"]}
        for one in notebook["cells"]
    ]
    return json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}).encode()


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    course = scratch_course(tmp_path_factory.mktemp("damaged"))
    generate_release(course, CHAPTER)
    return course, json.loads((course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def graded(model):
    course, notebook = model
    raw = {}
    for damage in INNOCENT:
        for kind, whole in (("model", notebook), ("untouched", None)):
            base = (
                copy.deepcopy(whole)
                if whole
                else json.loads((course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb").read_text())
            )
            if whole is None and damage is warnings:
                continue
            damage(base)
            raw[f"{kind}-{damage.__name__}"] = text(base)
    raw["model-bom"] = b"\xef\xbb\xbf" + text(notebook)
    raw["model-nbformat3"] = as_nbformat_3(notebook)
    broken = copy.deepcopy(notebook)
    cell(broken, "relu-forward")["source"] = "def relu_forward(z:\n    return"
    raw["model-syntax"] = text(broken)
    latin = copy.deepcopy(notebook)
    latin["cells"].append({"cell_type": "markdown", "id": "l", "metadata": {}, "source": "caf\u00e9"})
    raw["model-latin1"] = json.dumps(latin, ensure_ascii=False).encode("latin-1")
    for student, content in raw.items():
        hand_in_bytes(course, student, CHAPTER, f"{NOTEBOOK}.ipynb", content)
    for student, name in (("renamed-1", "relu (1).ipynb"), ("renamed-2", "relu-final.ipynb")):
        hand_in_bytes(course, student, CHAPTER, name, text(notebook))
    hand_in_bytes(course, "two-candidates", CHAPTER, "a.ipynb", text(notebook))
    other = copy.deepcopy(notebook)
    cell(other, "relu-forward")["source"] = "def relu_forward(z):\n    return z"
    hand_in_bytes(course, "two-candidates", CHAPTER, "b.ipynb", text(other))
    for name in ("a.ipynb", "b.ipynb"):
        hand_in_bytes(course, "one-work-twice", CHAPTER, name, text(notebook))
    hand_in_bytes(course, "extra-notebook", CHAPTER, "notes.ipynb", b"{}")
    hand_in_bytes(course, "extra-notebook", CHAPTER, f"{NOTEBOOK}.ipynb", text(notebook))
    for student, content in UNREADABLE.items():
        hand_in_bytes(course, student, CHAPTER, f"{NOTEBOOK}.ipynb", content)
    (course / "submitted/a-folder" / CHAPTER / f"{NOTEBOOK}.ipynb").mkdir(parents=True)
    (course / "submitted/nothing" / CHAPTER).mkdir(parents=True)
    for student in STRANGE_IDS:
        hand_in_bytes(course, student, CHAPTER, f"{NOTEBOOK}.ipynb", text(notebook))
    report = autograder_grade(course, CHAPTER)
    return course, {one["student"]: one for one in report["submissions"]}


UNREADABLE = {
    "empty": b"",
    "not-json": b"this is no notebook",
    "cut-off": b'{"cells": [{"cell_type": "code", "sou',
    "a-list": b"[1, 2, 3]",
    "no-cells": b'{"nbformat": 4}',
    "deeply-nested": b"[" * 100_000 + b"]" * 100_000,
    "ten-thousand-cells": json.dumps(
        {"cells": [{"cell_type": "code", "source": "1", "metadata": {}}] * 10_000}
    ).encode(),
}
STRANGE_IDS = [
    "two words",
    "dots.and.more",
    "o'neil",
    'quo"te',
    "\u00e5ngstr\u00f6m",
    "\u5b66\u751f",
    "..hidden-not",
    "a;b&c",
]


@pytest.mark.parametrize("damage", INNOCENT, ids=lambda damage: damage.__name__)
def test_a_damaged_model_keeps_its_points_and_a_damaged_stub_gains_none(graded, damage):
    _, outcomes = graded
    assert outcomes[f"model-{damage.__name__}"]["score"] == POINTS
    if damage is not warnings:
        assert outcomes[f"untouched-{damage.__name__}"]["score"] == 0


@pytest.mark.parametrize(
    "student",
    ["model-bom", "model-nbformat3", "model-latin1", "renamed-1", "renamed-2", "one-work-twice", "extra-notebook"],
)
def test_odd_files_are_read(graded, student):
    assert graded[1][student]["score"] == POINTS


def test_a_syntax_error_costs_what_depends_on_it(graded):
    assert graded[1]["model-syntax"]["score"] == POINTS - 1


@pytest.mark.parametrize("student", [*UNREADABLE, "a-folder", "nothing", "two-candidates"])
def test_what_cannot_be_graded_gets_nothing_and_a_line_for_a_person(graded, student):
    outcome = graded[1][student]
    assert outcome["score"] == 0 and outcome["notes"]


@pytest.mark.parametrize("student", STRANGE_IDS)
def test_strange_student_names(graded, student):
    course, outcomes = graded
    if student.startswith("."):
        assert student not in outcomes
        return
    assert outcomes[student]["score"] == POINTS
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        assert book.find_submission(CHAPTER, student).score == POINTS


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (delete_a_test, "was missing, and is put back"),
        (duplicate_a_test, "2 times"),
        (move_a_test_to_the_top, "before the work it tests"),
        (more_points, "points count as the course has them now: test-relu-backward"),
        (no_longer_graded, "is filled in: test-relu-backward"),
        (a_test_as_markdown, "should be code"),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
def test_each_repair_is_told(graded, damage, words):
    course, outcomes = graded
    assert any(words in note for note in outcomes[f"model-{damage.__name__}"]["notes"])
    path = course / f"autograded/model-{damage.__name__}/{CHAPTER}/{NOTEBOOK}.ipynb"
    assert any(words in note for note in nbformat.read(path, as_version=4).metadata.autograder.notes)


def test_an_undamaged_hand_in_needs_no_repair(model):
    from autograder.grading.gradebook import CourseGradebook

    course, notebook = model
    book = CourseGradebook(f"sqlite:///{course / 'gradebook.db'}")
    template = book.templates(CHAPTER)[0]
    release = (course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb").read_bytes()
    untouched = f"{NOTEBOOK}.ipynb is untouched: every answer is as it was handed out"
    for raw, told in ((text(notebook), []), (release, [untouched])):
        mended, notes = repair(read_hand_in(raw), template)
        assert notes == told
        assert [one.id for one in mended.cells] == [one["id"] for one in notebook["cells"]]
        nbformat.validate(mended)


def test_a_large_file_is_refused_unread(monkeypatch):
    monkeypatch.setattr("autograder.grading.notebook_file.SIZE_LIMIT", 1000)
    with pytest.raises(Unreadable, match="larger than"):
        read_hand_in(b" " * 1001)


def test_a_large_file_of_numbers_is_refused_before_they_take_memory():
    assert read_hand_in(b'{"cells": [], "x": [' + b"1," * 1_999_000 + b"1]}") == []
    with pytest.raises(Unreadable, match="values"):
        read_hand_in(b'{"cells": [], "x": [' + b"1," * 2_001_000 + b"1]}")


def test_a_symbolic_link_is_not_followed(model, tmp_path):
    course, _ = model
    other = course / "submitted/linker" / CHAPTER
    other.mkdir(parents=True)
    os.symlink(course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb", other / f"{NOTEBOOK}.ipynb")
    report = autograder_grade(course, CHAPTER)
    outcome = next(one for one in report["submissions"] if one["student"] == "linker")
    assert outcome["score"] is None and "links are not followed" in outcome["notes"][0]


def test_what_takes_long_to_read_is_refused_unread(monkeypatch):
    monkeypatch.setattr(json, "loads", None)  # as a whole the first would take it ten seconds
    bomb = b'{"cells":[],"x":[' + b"[[[]]]," * 7_000_000 + b"[]]}"
    for raw in (bomb, b'{"cells":[],"x":{' + b",".join(b'"%x":1' % n for n in range(1_100_000)) + b"}}"):
        with pytest.raises(Unreadable, match="more than a notebook may have"):
            read_hand_in(raw)


def test_many_brackets_in_outputs_are_no_reason_to_refuse(model):
    notebook = copy.deepcopy(model[1])
    output = {"output_type": "stream", "name": "stdout", "text": "[[1, 2]: {3}]\n" * 100_000}
    cell(notebook, "relu-backward")["outputs"] = [output]
    assert len(read_hand_in(text(notebook))) == len(notebook["cells"])


PICTURE = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 12_000_000}}


def printed(words):
    return {"output_type": "stream", "name": "stdout", "text": words}


LARGE = {
    "one long text": {"outputs": [printed("x" * 12_000_000)]},
    "one long text with an emoji": {"outputs": [printed("x" * 12_000_000 + "😀")]},
    "nothing but emoji": {"outputs": [printed("😀" * 3_000_000)]},
    "escapes": {"outputs": [printed('\\\n"' * 2_000_000)]},
    "many small outputs": {"outputs": [printed("hello")] * 100_000},
    "a picture": {"outputs": [PICTURE]},
    "numbers": {"outputs": [{"output_type": "display_data", "data": {"application/json": [1] * 1_900_000}}]},
    "deep metadata": {
        "metadata": {"x": [json.loads("[" * 400 + "]" * 400)] * 500, "y": {str(n): n for n in range(400_000)}}
    },
}


@pytest.mark.parametrize("name", LARGE)
def test_of_a_large_hand_in_only_what_is_read_takes_memory(name):
    """What stands beside the work, whatever it is, is never made into objects, nor copied."""
    cells = [
        {
            "cell_type": "markdown",
            "source": 'A 😀 and "quotes", \\ and ḿ and é',
            "metadata": {"tags": ["a"]},
            "id": "b",
        },
        {"cell_type": "code", "source": ["x = 'Ω'\n", "y"], "metadata": {}, **LARGE[name]},
        {"source": "after it", "cell_type": "code", "metadata": {"nbgrader": {"grade_id": "c", "points": 1}}},
    ]
    raw = json.dumps({"metadata": {}, "cells": cells, "nbformat": 4}, ensure_ascii=False).encode()
    assert len(raw) > 2 * 2**20
    small = [{key: value for key, value in one.items() if key != "outputs"} for one in cells]
    wanted = read_hand_in(json.dumps({"cells": small}).encode())
    tracemalloc.start()
    read = read_hand_in(raw)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == wanted
    assert peak < 3 * 2**20  # a piece of the file at a time, to see whether it is UTF-8


def test_more_text_than_a_notebook_may_have_is_refused():
    cell = {"cell_type": "code", "source": "😀" + "x" * 3_000_000}
    raw = json.dumps({"cells": [cell, cell]}, ensure_ascii=False).encode()
    assert len(read_hand_in(raw)) == 2
    with pytest.raises(Unreadable, match="its cells hold more than 6 MB of text"):
        read_hand_in(json.dumps({"cells": [cell] * 3}).encode())


def test_a_large_notebook_of_nbformat_3_is_read():
    sheet = {
        "cells": [
            {"cell_type": "code", "input": "x = 1", "outputs": ["x" * 3_000_000]},
            {"cell_type": "heading", "source": "y"},
        ]
    }
    for sheets in ([sheet], [sheet, {"metadata": {}}, sheet]):
        raw = json.dumps({"worksheets": sheets, "nbformat": 3}).encode()
        assert [one.source for one in read_hand_in(raw)] == ["x = 1", "y"] * (len(sheets) // 2 + 1)


@pytest.mark.parametrize("cut", [2, 3, 30, 2_999_990])
@pytest.mark.parametrize("end", ["", "]", "}", '"', "x", ',"'])
def test_a_large_file_that_is_cut_off_is_not_json(cut, end):
    raw = json.dumps({"cells": [{"cell_type": "code", "source": "x", "outputs": ["\\" * 1_500_000]}]})
    raw = raw[:-cut] + end
    with pytest.raises(ValueError):
        json.loads(raw)
    with pytest.raises(Unreadable, match="not JSON"):
        read_hand_in(raw.encode())


def test_wide_characters_in_a_large_file_may_be_none_at_all():
    odd = b'{"cells": [{"cell_type": "code", "source": "\xed\xa0\xbd\xc4"}], "x": "' + b"a" * 5_000_000 + b'"}'
    (cell,) = read_hand_in(odd)  # not UTF-8: read byte by byte
    assert len(cell.source) == 4


def test_utf_16_is_read_up_to_a_size_that_memory_holds():
    notebook = json.dumps({"cells": [{"cell_type": "code", "metadata": {}, "source": "x = 'é'"}]}, ensure_ascii=False)
    for kind in ("utf-16", "utf-8-sig"):
        assert [one.source for one in read_hand_in(notebook.encode(kind))] == ["x = 'é'"]
    with pytest.raises(Unreadable, match="UTF-16, and larger than 12 MB"):
        read_hand_in((notebook + " " * 7 * 2**20).encode("utf-16"))
