"""Notebooks changed at random, through repair and marking: always a whole notebook, never more points than are earned.

Damage that takes nothing of a student's work away costs nothing either: those marks have to be the very same.
"""

import copy
import json
import zipfile
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.demo.handin import fill_in, model_answers
from autograder.grading.examiner import Examiner
from autograder.grading.gradebook import CourseGradebook
from autograder.grading.hand_in import read
from autograder.grading.job import readable_score
from autograder.grading.mark import mark
from autograder.grading.notebook_file import Unreadable, read_hand_in
from autograder.grading.repair import repair
from autograder.sandbox.isolation import choose_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from tests.fuzz_feedback import compared
from tests.support.grading import POINTS, generate_release, scratch_course

CHAPTER, NOTEBOOK = "07-relu", "relu"
FILLED = ("relu-forward", "gate-at-zero", "exposing-case")  # of the half-right hand-in; 1 point each

WORDS = st.sampled_from(
    ["relu-forward", "test-relu-backward", "relu-backward", "exposing-case", "", "\ud800", "a b", "title", "x" * 80]
)
ODD = st.none() | st.booleans() | st.integers(-3, 2000) | st.floats() | WORDS | st.just([1]) | st.just({"a": {"b": []}})
SOURCES = st.sampled_from(
    [
        "",
        "3",
        "pass",
        "1 / 0",
        "def (",
        "raise SystemExit",
        "relu_backward = None",
        "examine = check = print",
        "%%bash\necho 1",
        "print('x' * 10_000)",
        "check(relu_backward)",
        "s = '\ud800\x00'",
    ]
)


def delete(cells, draw):
    cells.pop(draw(st.integers(0, len(cells) - 1)))


def duplicate(cells, draw):
    cells.insert(draw(st.integers(0, len(cells))), copy.deepcopy(draw(st.sampled_from(cells))))


def move(cells, draw):
    cells.insert(draw(st.integers(0, len(cells) - 1)), cells.pop(draw(st.integers(0, len(cells) - 1))))


def edit(cells, draw):
    cells[draw(st.integers(0, len(cells) - 1))]["source"] = draw(SOURCES | ODD)


def insert(cells, draw):
    cell = {"cell_type": draw(st.sampled_from(["code", "raw", "markdown", "x"])), "source": draw(SOURCES)}
    cells.insert(draw(st.integers(0, len(cells))), cell)


def change_metadata(cells, draw):
    told = draw(st.sampled_from(cells)).setdefault("metadata", {})
    nbgrader_told = told.get("nbgrader") if isinstance(told, dict) else None
    if isinstance(nbgrader_told, dict):
        nbgrader_told[draw(st.sampled_from(["grade_id", "grade", "solution", "locked", "points", "task"]))] = draw(ODD)
    elif isinstance(told, dict):
        told["nbgrader"] = draw(ODD | st.fixed_dictionaries({"grade_id": WORDS, "grade": ODD, "points": ODD}))


def change_field(cells, draw):
    draw(st.sampled_from(cells))[draw(st.sampled_from(["id", "cell_type", "metadata", "outputs", "tags"]))] = draw(ODD)


def tag(cells, draw):
    told = draw(st.sampled_from(cells)).get("metadata")
    if isinstance(told, dict):
        told["tags"] = draw(ODD | st.lists(WORDS | ODD, max_size=3))


CHANGES = st.sampled_from([delete, duplicate, move, edit, insert, change_metadata, change_field, tag])


@st.composite
def damaged(draw, notebook):
    """The bytes of a hand-in after a few random changes, sometimes cut off."""
    notebook = json.loads(notebook)
    for change in draw(st.lists(CHANGES, min_size=1, max_size=12)):
        if notebook["cells"]:
            change(notebook["cells"], draw)
    raw = json.dumps(notebook).encode()
    return raw[: draw(st.integers(0, len(raw)))] if draw(st.integers(0, 9)) == 0 else raw


def lose_metadata(cells, draw):
    """As some editors do: nbgrader finds the cell no more, its id still names it."""
    draw(st.sampled_from(cells))["metadata"] = draw(st.sampled_from([{}, None, {"tags": ["a"]}, {"nbgrader": None}]))


def change_points(cells, draw):
    told = draw(st.sampled_from([cell["metadata"]["nbgrader"] for cell in cells if _is_known(cell)]))
    told[draw(st.sampled_from(["grade", "solution", "locked", "points", "task", "schema_version"]))] = draw(ODD)


def lose_ids(cells, draw):
    """As an older Jupyter does: nbgrader's metadata still name the cells that count."""
    lost = st.none() | st.integers() | st.sampled_from(["", "a b", "same", "\ud800", "x" * 80])
    for cell in cells:
        if _is_known(cell):
            cell["id"] = draw(lost)


def edit_a_test(cells, draw):
    draw(st.sampled_from([cell for cell in cells if cell.get("id", "").startswith("test-")]))["source"] = draw(SOURCES)


def lose_a_test(cells, draw):
    cells.remove(draw(st.sampled_from([cell for cell in cells if cell.get("id", "").startswith("test-")])))


def move_a_test(cells, draw):
    test = draw(st.sampled_from([cell for cell in cells if cell.get("id", "").startswith("test-")]))
    cells.remove(test)
    cells.insert(draw(st.integers(0, len(cells))), test)


def move_words(cells, draw):
    words = draw(st.sampled_from([cell for cell in cells if cell["cell_type"] == "markdown"]))
    cells.remove(words)
    cells.insert(draw(st.integers(0, len(cells))), words)


def lose_words(cells, draw):
    cells.remove(draw(st.sampled_from([cell for cell in cells if cell["cell_type"] == "markdown"])))


def add_at_the_end(cells, draw):
    harmless = st.sampled_from(["", "1 / 0", "def (", "relu_forward = None", "print('x' * 10_000)", "raise SystemExit"])
    cells.append({"cell_type": draw(st.sampled_from(["code", "raw", "markdown"])), "source": draw(harmless)})


def add_outputs(cells, draw):
    code = draw(st.sampled_from([cell for cell in cells if cell["cell_type"] == "code"]))
    code["outputs"] = draw(st.sampled_from([None, [{}], "x", [{"output_type": "stream", "text": 3}]]))
    code["execution_count"] = draw(ODD)


def _is_known(cell):
    told = cell.get("metadata")
    return isinstance(told, dict) and isinstance(told.get("nbgrader"), dict)


# One at a time, since a cell that loses both its id and its metadata is found no more; the others touch no known cell.
HARMLESS = st.sampled_from([lose_metadata, change_points, lose_ids, edit_a_test, lose_a_test, move_a_test])
BESIDE = st.sampled_from([move_words, lose_words, add_at_the_end, add_outputs])


@st.composite
def scratched(draw, notebook):
    """The bytes of a hand-in in which everything is damaged but the student's work and its order."""
    notebook = json.loads(notebook)
    for change in [*draw(st.lists(BESIDE, max_size=4)), draw(HARMLESS)]:
        change(notebook["cells"], draw)
    return json.dumps(notebook).encode()


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = scratch_course(tmp_path_factory.mktemp("fuzz") / "course")
    generate_release(folder, CHAPTER)
    return folder


@pytest.fixture(scope="module")
def template(course):
    book = CourseGradebook(f"sqlite:///{course / 'gradebook.db'}")
    yield book.templates(CHAPTER)[0]
    book.close()


@pytest.fixture(scope="module")
def sandbox():
    warm = Sandbox(choose_isolation(), Limits(cell_seconds=5, probe_seconds=5, submission_seconds=20))
    yield warm
    warm.close()


@pytest.fixture(scope="module")
def examiner():
    return Examiner("fuzz")


def score(cells, template, sandbox, examiner):
    """What a hand-in earns, by nbgrader's own rule, and the notebook that says so."""
    notebook, _ = repair(cells, template)
    marked = mark(notebook, sandbox, examiner).notebook
    graded = [cell for cell in marked.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    return sum(readable_score(cell) or 0 for cell in graded), marked


@pytest.fixture(scope="module")
def honest(course, template, sandbox, examiner):
    """The release as it is, with three right answers and with all of them, and what each earns undamaged."""
    release = nbformat.read(course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)
    answers = model_answers(nbformat.read(course / f"source/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4))
    half = fill_in(release, {name: answers[name] for name in FILLED})
    whole = fill_in(release, answers)
    texts = {name: nbformat.writes(one) for name, one in (("untouched", release), ("half", half), ("whole", whole))}
    return {
        name: (text, score(read_hand_in(text.encode()), template, sandbox, examiner)[0]) for name, text in texts.items()
    }


def test_the_undamaged_hand_ins_earn_what_they_should(honest):
    assert honest["untouched"][1] == 0 and honest["half"][1] == len(FILLED) and honest["whole"][1] == POINTS[CHAPTER]


def at_random(examples):
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    )


@pytest.mark.parametrize("start", ["untouched", "half"])
@at_random(60)
@given(data=st.data())
def test_no_damage_gains_a_point_or_stops_the_grader(start, data, honest, template, sandbox, examiner):
    text, earned = honest[start]
    raw = data.draw(damaged(text))
    try:
        cells = read_hand_in(raw)
    except Unreadable:
        return
    given_back, marked = score(cells, template, sandbox, examiner)
    assert given_back <= earned
    nbformat.validate(marked)
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in marked.cells]
    assert all(names.count(one.name) == 1 for one in template.cells if one.grade)
    json.dumps(marked, allow_nan=False, ensure_ascii=False).encode()


@pytest.mark.parametrize("start", ["half", "whole"])
@at_random(40)
@given(data=st.data())
def test_damage_beside_the_work_costs_nothing(start, data, honest, template, sandbox, examiner):
    text, earned = honest[start]
    given_back, _ = score(read_hand_in(data.draw(scratched(text))), template, sandbox, examiner)
    assert given_back == earned


NAMES = st.sampled_from(
    [
        "a",
        "data",
        "notes.txt",
        "relu",
        "relu.py",
        "RELU.IPYNB.bak",
        "timestamp.txt",
        ".hidden",
        "\u00e9 \u4e2d.csv",
        "x" * 200,
    ]
) | st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12)
CONTENTS = st.binary(max_size=60) | st.sampled_from(
    [b"", b"{}", b"[1, 2", b"2026-01-01 10:00:00 UTC", b"PK\x03\x04", b"\xff\xfe"]
)
PLACES = ("relu.ipynb", "my relu (1).ipynb", "07-relu/relu.ipynb", "a/b/relu.ipynb", "relu.ipynb.txt", "work.zip")


@st.composite
def beside_the_work(draw):
    """Files by relative path: whatever else a folder may hold, but no second notebook with work, and no second zip."""
    count = draw(st.integers(0, 6))
    files = {"/".join(draw(st.lists(NAMES, min_size=1, max_size=3))): draw(CONTENTS) for _ in range(count)}
    return {name: content for name, content in files.items() if not name.lower().endswith((".zip", ".ipynb", ".txt"))}


def laid_out(folder, files):
    """What of it a folder can hold: a file where a folder is, say, cannot be."""
    for name, content in files.items():
        with suppress(OSError):
            path = folder / name
            if ".." not in path.parts and not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)


def all_in(folder):
    return {path: path.is_file() and path.read_bytes() for path in folder.rglob("*")}


@at_random(150)
@given(place=st.sampled_from(PLACES), files=beside_the_work(), untouched=st.booleans(), odd_time=CONTENTS | st.none())
def test_the_work_is_found_whatever_stands_beside_it_and_nothing_is_changed(
    place, files, untouched, odd_time, honest, template
):
    """At its place or at one of those where students leave it; also beside the notebook as it was handed out."""
    half = honest["half"][0].encode()
    with TemporaryDirectory() as name:
        folder = Path(name) / "student" / CHAPTER
        folder.mkdir(parents=True)
        if place.endswith(".zip"):
            with zipfile.ZipFile(folder / place, "w") as packed:
                packed.writestr("relu.ipynb", half)
        else:
            laid_out(folder, {place: half})
        if untouched:
            laid_out(folder, {"relu.ipynb": honest["untouched"][0].encode()})
        if odd_time is not None:
            laid_out(folder, {"timestamp.txt": odd_time})
        laid_out(folder, files)
        before = all_in(folder)
        found = read("student", folder, CHAPTER, [template])
        assert all_in(folder) == before
    assert found.notebooks[NOTEBOOK] == half, found.notes
    assert all(not Path(path).is_absolute() and ".." not in Path(path).parts for path in found.files)
    json.dumps(found.notes, ensure_ascii=False).encode()


def test_odd_outputs_cost_nothing_and_leave_nobody_without_a_page(course):
    """What `python tests/fuzz_feedback.py` does with 2,000 of them."""
    assert compared(course, outputs=20, seed=1, longest=float("inf")) == []
