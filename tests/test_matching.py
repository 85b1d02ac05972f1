"""Hand-ins that went through other tools: which cell is which, where a missing one belongs, and when a person is asked."""

import copy
import json
import sys

import pytest

from autograder.grading.gradebook import CourseGradebook
from autograder.grading.matching import match
from autograder.grading.notebook_file import read_hand_in
from autograder.grading.repair import LOOK_AROUND, NEEDS_A_PERSON, NOT_THERE, repair, unanswered
from tests.support.grading import generate_release, scratch_course

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

CHAPTER, NOTEBOOK = "04-loss", "loss"
WRITTEN = "written-has-it-converged"
PICTURE = {"w.png": {"image/png": "iVBORw0KGgo="}}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return generate_release(scratch_course(tmp_path_factory.mktemp("matching")), CHAPTER)


@pytest.fixture(scope="module")
def template(course):
    book = CourseGradebook(f"sqlite:///{course / 'gradebook.db'}")
    try:
        return book.templates(CHAPTER, course / "source" / CHAPTER)[0]
    finally:
        book.close()


@pytest.fixture
def model(course):
    return json.loads((course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb").read_text(encoding="utf-8"))["cells"]


@pytest.fixture
def untouched(course):
    return json.loads((course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb").read_text(encoding="utf-8"))["cells"]


def read(cells):
    return read_hand_in(json.dumps({"cells": cells}).encode())


def mended(cells, template):
    notebook, notes = repair(read(cells), template)
    return notebook.cells, notes


def ids(cells):
    return [one["id"] for one in cells]


def at(cells, name):
    return ids(cells).index(name)


def cell(kind, source, **more):
    return {"cell_type": kind, "id": "fresh", "metadata": {}, "source": source, **more}


def without_names(cells):
    for number, one in enumerate(cells):
        one["id"], one["metadata"] = f"{number:08x}", {}
    return cells


def as_old_colab(cells):
    for number, one in enumerate(cells):
        one["metadata"] = {"id": one["id"]}
        one["id"] = f"{number:08x}"
    return cells


def formatted(cells):
    """As black and a converter leave them: other quotes, other blanks, a comma more."""
    for one in without_names(cells):
        source = "".join(one["source"]).replace("    ", "  ").replace('"""', "'''")
        one["source"] = (
            source.replace(")\n", ",)\n") if one["cell_type"] == "code" and "def " not in source else source + "\n"
        )
    return cells


LOST = [without_names, as_old_colab, formatted]


@pytest.mark.parametrize("lose", LOST, ids=lambda one: one.__name__)
def test_cells_that_lost_their_names_are_found(model, template, lose):
    expected = ids(model)
    cells, notes = mended(lose(model), template)
    graded = [one.name for one in template.cells if one.grade and not one.solution]
    found = [name for name in ids(cells) if name in expected]
    assert [name for name in found if name in graded] == graded
    for name in graded:
        assert at(cells, name) > at(
            cells,
            name.removeprefix("test-")
            .split("-losses")[0]
            .removesuffix("-dx")
            .removesuffix("-dw")
            .removesuffix("-db")
            .removesuffix("-w")
            .removesuffix("-b"),
        )
    guessed = any(note.startswith(NEEDS_A_PERSON) for note in notes)
    assert guessed == (lose is not as_old_colab)


def test_signs_count_in_their_order(model, template):
    """A grade_id before an id, an id before one in the metadata, and those before text."""
    names = [one.name for one in template.cells if one.is_test][:4]
    by_grade_id = cell("code", "1", metadata={"nbgrader": {"grade_id": names[0]}, "id": names[2]})
    by_grade_id["id"] = names[1]
    by_id = cell("code", "2")
    by_id["id"] = names[0]
    by_metadata = cell("code", "3", metadata={"id": names[2]})
    by_text = cell("code", template.by_name[names[3]].released)
    matching = match(read([by_id, by_grade_id, by_metadata, by_text]), template)
    assert matching.names == [None, names[0], names[2], names[3]]
    assert matching.how[names[3]] == "its text"


def test_a_test_goes_before_the_next_known_cell(model, template):
    """Answer and test were deleted, the answer was written in a fresh cell: the test stands below it."""
    gone = [f"{kind}half-squared-error" for kind in ("", "test-", "try-")]
    model[:] = [one for one in model if one["id"] not in gone]
    answer = cell("code", "def half_squared_error(y, t):\n    return 0.5 * (y - t) ** 2")
    model.insert(at(model, "half-squared-error-prompt") + 1, answer)
    cells, _ = mended(model, template)
    assert at(cells, "test-half-squared-error") == at(cells, "half-squared-error") + 1
    assert cells[at(cells, "half-squared-error")].source == answer["source"]


def test_a_test_without_a_next_known_cell_goes_to_the_end(template):
    cells, notes = mended([cell("code", "def is_dead(X, w, b):\n    return True")], template)
    assert ids(cells)[-3:] == ["is-dead", "test-is-dead", WRITTEN] and ids(cells)[0].startswith("test-")
    assert sum("put back" in note for note in notes) == 1


def test_a_definition_below_its_test_is_found(untouched, template):
    untouched.append(cell("code", "def is_dead(X, w, b):\n    return True"))
    cells, notes = mended(untouched, template)
    assert at(cells, "test-is-dead") == len(cells) - 1
    assert not any("untouched" in note for note in notes)


def test_of_two_definitions_below_a_test_none_is_guessed(untouched, template):
    first, second = (cell("code", f"def is_dead(X, w, b):\n    return {value}") for value in (True, False))
    untouched += [first, dict(second, id="fresh-2")]
    cells, notes = mended(untouched, template)
    assert at(cells, "test-is-dead") < at(cells, "fresh")
    assert any(note.startswith(NEEDS_A_PERSON) and "is_dead" in note for note in notes)


def test_of_two_cells_that_define_one_answer_none_is_guessed(model, template):
    for one in without_names(model):
        if "def is_dead" in "".join(one["source"]):
            double = dict(copy.deepcopy(one), source="def is_dead(X, w, b):\n    return False")
    model.append(double)
    _, notes = mended(model, template)
    assert any(note.startswith(NEEDS_A_PERSON) and "is-dead: cells" in note for note in notes)


def test_of_two_copies_of_an_answer_the_last_that_defines_it_counts(model, template):
    place = next(number for number, one in enumerate(model) if "def is_dead" in "".join(one["source"]))
    first, last = (dict(copy.deepcopy(model[place]), source=f"def is_dead(X, w, b):\n    return {n}") for n in (1, 2))
    emptied = dict(copy.deepcopy(first), source="# thrown away")
    name = model[place]["metadata"]["nbgrader"]["grade_id"]
    for copies in ([first, last], [first, last, emptied]):
        cells, notes = mended(model[:place] + copies + model[place + 1 :], template)
        assert [one.source for one in cells if one.metadata.get("nbgrader", {}).get("grade_id") == name] == [
            last["source"]
        ]
        assert any(f"this cell {len(copies)} times" in note for note in notes), notes


@pytest.mark.parametrize("where", ["below its test", "at the end", "all cells"])
def test_an_empty_copy_below_an_answer_is_not_the_answer(model, untouched, template, where):
    """A stub pasted once more, to try again, and left: what was filled in counts, and its test stays where it stands."""
    expected = ids(model)
    stub = dict(copy.deepcopy(untouched[at(untouched, "is-dead")]), id="fresh")
    place = at(model, "test-is-dead") + 1 if where == "below its test" else len(model)
    pasted = [dict(one, id=f"fresh-{one['id']}") for one in copy.deepcopy(untouched)]
    model[place:place] = pasted if where == "all cells" else [stub]
    answer = "".join(model[at(model, "is-dead")]["source"])
    cells, notes = mended(model, template)
    assert cells[at(cells, "is-dead")].source == answer
    found = ids(cells)
    assert [found.index(one) for one in expected] == sorted(found.index(one) for one in expected)
    assert not any("untouched" in note or "moved" in note for note in notes), notes


def test_what_was_merged_into_a_test_is_run(untouched, template):
    test = untouched[at(untouched, "test-is-dead")]
    test["source"] = "def is_dead(X, w, b):\n    return True\n\n" + "".join(test["source"])
    cells, notes = mended(untouched, template)
    place = at(cells, "test-is-dead")
    assert "return True" in cells[place - 1].source and any("kept in a cell of its own" in note for note in notes)
    assert cells[place].source == template.by_name["test-is-dead"].source


def test_a_merged_written_answer_asks_a_person(untouched, template):
    """What JupyterLab merged bears neither grade_id nor id."""
    place = at(untouched, WRITTEN)
    untouched[place] = cell("markdown", "It has died.\n\nz is below 0.")
    cells, notes = mended(untouched, template)
    answer = cells[at(cells, WRITTEN)]
    assert answer.source == NOT_THERE and not unanswered(answer)
    assert any(note.startswith(f"{NEEDS_A_PERSON}{WRITTEN}") and "It has died." in note for note in notes)
    assert any(one.source.startswith("It has died.") for one in cells)


def test_an_answer_that_became_code_is_not_untouched(untouched, template):
    """Its cell was made anew, of another type: a person looks for it, and nobody is told that nothing was written."""
    untouched[at(untouched, WRITTEN)] = cell("code", "It has died, z is below 0")
    _, notes = mended(untouched, template)
    assert any(note.startswith(f"{NEEDS_A_PERSON}{WRITTEN}") for note in notes)
    assert not any("is untouched" in note for note in notes)


def test_an_empty_answer_with_text_beside_it_asks_a_person(untouched, template):
    untouched.insert(at(untouched, WRITTEN) + 1, cell("markdown", "It has died."))
    cells, notes = mended(untouched, template)
    answer = cells[at(cells, WRITTEN)]
    assert answer.source == LOOK_AROUND and not unanswered(answer)
    assert any(note.startswith(f"{NEEDS_A_PERSON}{WRITTEN}") for note in notes)


@pytest.mark.parametrize(
    ("place", "kind"),
    [("the end", "markdown"), ("above its question", "markdown"), ("below", "code"), ("above", "code")],
)
def test_an_answer_in_another_cell_of_its_section_asks_a_person(untouched, template, place, kind):
    number = at(untouched, WRITTEN)
    places = {"the end": len(untouched), "above its question": number - 1, "below": number + 1, "above": number}
    untouched.insert(places[place], cell(kind, "# It has died."))
    cells, notes = mended(untouched, template)
    assert cells[at(cells, WRITTEN)].source == LOOK_AROUND and not unanswered(cells[at(cells, WRITTEN)])
    assert any(note.startswith(f"{NEEDS_A_PERSON}{WRITTEN}") and "It has died." in note for note in notes)
    assert not any("is untouched" in note for note in notes)


def test_notes_of_a_students_own_elsewhere_ask_nobody(untouched, template):
    """Beside the cells of code exercises, and where the answer is there."""
    untouched.insert(1, cell("markdown", "What I read."))
    cells, notes = mended(untouched, template)
    assert unanswered(cells[at(cells, WRITTEN)]) and not any(note.startswith(NEEDS_A_PERSON) for note in notes)
    untouched[at(untouched, WRITTEN)]["source"] = "It has died."
    _, notes = mended([*untouched, cell("markdown", "What I read.")], template)
    assert not any(note.startswith(NEEDS_A_PERSON) for note in notes)


def test_an_answer_written_into_its_question_asks_a_person(untouched, template):
    question = untouched[at(untouched, f"{WRITTEN}-question")]
    question["source"] = "".join(question["source"]) + "\n\nIt has died."
    cells, _ = mended(untouched, template)
    assert not unanswered(cells[at(cells, WRITTEN)])
    assert [one.source for one in cells].count("It has died.") == 1
    assert cells[at(cells, f"{WRITTEN}-question")].source == template.by_name[f"{WRITTEN}-question"].source


def test_a_written_answer_in_pieces_is_whole_with_its_pictures(untouched, template):
    place = at(untouched, WRITTEN)
    untouched[place]["source"] = "It has died."
    second = dict(copy.deepcopy(untouched[place]), source="![w](attachment:w.png)", attachments=PICTURE)
    untouched.insert(place + 1, second)
    cells, _ = mended(untouched, template)
    answer = cells[at(cells, WRITTEN)]
    assert answer.source == "It has died.\n\n![w](attachment:w.png)" and answer.attachments == PICTURE


def test_an_untouched_notebook_is_called_untouched(untouched, model, template):
    for cells in (copy.deepcopy(untouched), without_names(copy.deepcopy(untouched))):
        mended_cells, notes = mended(cells, template)
        assert any(note.startswith(f"{NOTEBOOK}.ipynb is untouched") for note in notes)
        assert unanswered(mended_cells[at(mended_cells, WRITTEN)])
    assert not any("untouched" in note for note in mended(model, template)[1])


def test_attached_pictures_are_kept_if_they_are_pictures(untouched, template):
    answer = untouched[at(untouched, WRITTEN)]
    answer["source"] = "![w](attachment:w.png)"
    answer["attachments"] = PICTURE | {
        "page.html": {"text/html": "PGI+"},
        "bad.png": {"image/png": '"><script>'},
        "lines.png": {"image/png": ["iVBO\n", "Rw0="]},
        "list": ["a"],
    }
    cells, _ = mended(untouched, template)
    assert cells[at(cells, WRITTEN)].attachments == PICTURE | {"lines.png": {"image/png": "iVBORw0="}}


def test_repair_changes_nothing_it_is_given(model, untouched, template):
    for cells in (model, without_names(copy.deepcopy(model)), untouched, untouched[::-1]):
        given = read(cells)
        before = copy.deepcopy(given)
        notebook, _ = repair(given, template)
        assert given == before
        notebook.cells[0].metadata["changed"] = True
        assert given == before and "changed" not in template.kernelspec


def test_a_test_right_above_its_work_is_moved_below_it(model, template):
    test = model.pop(at(model, "test-half-squared-error"))
    model.insert(at(model, "half-squared-error"), test)
    cells, notes = mended(model, template)
    assert at(cells, "test-half-squared-error") == at(cells, "half-squared-error") + 1
    assert notes == ["test-half-squared-error: this cell stood before the work it tests, and is moved"]
