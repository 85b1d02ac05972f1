"""A correction after release: it is said, answers are carried cell by cell, and nobody's file is lost."""

import copy
import json
import os
import pty
import subprocess
import sys
from datetime import datetime

import nbformat
import pytest
from nbgrader.utils import compute_checksum

from course import corrected
from course.checksums import checksum
from course.corrected import carried, carry, corrections, differing, handed_out, touched
from tests.support.grading import ROOT

NAME = "06-batch/batch.ipynb"
RELEASED = json.loads((ROOT / "release" / NAME).read_text(encoding="utf-8"))
MORE = {
    "cell_type": "code",
    "id": "of-my-own",
    "metadata": {},
    "source": "print(1)",
    "outputs": [],
    "execution_count": None,
}


def cell(notebook, name):
    return next(
        one for one in notebook["cells"] if one["metadata"].get("nbgrader", {}).get("grade_id", one.get("id")) == name
    )


def restated(one):
    one["metadata"]["nbgrader"]["checksum"] = compute_checksum(nbformat.from_dict(one))


@pytest.fixture
def mine():
    """Worked on: two answers, a cell of one's own behind the first, a free cell played with, a check that passed."""
    notebook = copy.deepcopy(RELEASED)
    cell(notebook, "batch-forward")["source"] = (
        "def batch_forward(inputs, weights, biases):\n    return inputs @ weights + biases"
    )
    cell(notebook, "batch-dbiases")["source"] = "def batch_dbiases(dvalues):\n    return 'mine'"
    cell(notebook, "try-batch-forward")["source"] = "play()"
    cell(notebook, "test-batch-forward")["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "passed: it"}
    ]
    place = notebook["cells"].index(cell(notebook, "batch-forward"))
    notebook["cells"].insert(place + 1, copy.deepcopy(MORE))
    return notebook


@pytest.fixture
def new():
    """Corrected: a test and a prompt; the stub of batch-dbiases."""
    notebook = copy.deepcopy(RELEASED)
    for name, text in (
        ("test-batch-dbiases", "check(batch_dbiases)  # corrected"),
        ("batch-dbiases", "def batch_dbiases(d):\n    ..."),
    ):
        cell(notebook, name)["source"] = text
        restated(cell(notebook, name))
    return notebook


def test_a_copy_that_was_worked_on_is_no_correction(mine):
    assert list(differing(mine, RELEASED)) == []
    names = [
        name
        for name, one in corrected.by_name(mine).items()
        if one["metadata"]["nbgrader"]["solution"] and touched(one)
    ]
    assert names == ["batch-forward", "batch-dbiases"]


def test_what_was_corrected_is_told(mine, new):
    assert list(differing(mine, new)) == ["batch-dbiases", "test-batch-dbiases"]


def test_answers_and_own_cells_are_carried_and_everything_else_is_new(mine, new):
    before = copy.deepcopy((mine, new))
    result, lines = carried(mine, new)
    assert (mine, new) == before, "notebook in, notebook out"
    assert list(differing(result, new)) == []
    nbformat.validate(nbformat.from_dict(result))
    for name in ("batch-forward", "batch-dbiases", "try-batch-forward", "of-my-own"):
        assert cell(result, name)["source"] == cell(mine, name)["source"]
    assert cell(result, "test-batch-dbiases") == cell(new, "test-batch-dbiases")
    assert cell(result, "test-batch-forward")["outputs"] == cell(mine, "test-batch-forward")["outputs"]
    order = [one["id"] for one in result["cells"]]
    assert order == [one["id"] for one in mine["cells"]]
    (line,) = lines
    assert line.startswith("batch-dbiases: your answer is carried")


def test_an_untouched_answer_takes_the_new_stub(new):
    result, lines = carried(copy.deepcopy(RELEASED), new)
    assert result == new and lines == []


def test_an_answer_whose_question_is_gone_stays_as_a_cell_of_ones_own(mine):
    new = copy.deepcopy(RELEASED)
    new["cells"] = [one for one in new["cells"] if "batch-dbiases" not in one.get("id", "")]
    twice = copy.deepcopy(cell(mine, "batch-forward")) | {"id": "pasted"}
    mine["cells"].append(twice)
    result, lines = carried(mine, new)
    texts = [one["source"] for one in result["cells"] if "nbgrader" not in one["metadata"]]
    assert cell(mine, "batch-dbiases")["source"] in texts and twice["source"] in texts
    assert [line.split(":")[0] for line in lines] == ["batch-dbiases", "batch-forward"]
    assert list(differing(result, new)) == []
    ids = [one["id"] for one in result["cells"]]
    assert len(ids) == len(set(ids))


def written(folder, notebook):
    path = folder / NAME
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


def test_the_old_file_is_kept_and_nothing_is_replaced(tmp_path, mine, new):
    path = written(tmp_path, mine)
    old = path.read_bytes()
    (one,) = corrections(tmp_path, {NAME: new, "07-relu/relu.ipynb": new})
    now = datetime(2026, 11, 28, 9, 5, 1)
    assert "batch-before-correction-2026-11-28-090501.ipynb" in carry(one, now)[0]
    kept = path.with_name("batch-before-correction-2026-11-28-090501.ipynb")
    assert kept.read_bytes() == old and corrections(tmp_path, {NAME: new}) == []
    with pytest.raises(FileExistsError):
        carry(one, now)
    assert {each.name for each in path.parent.iterdir()} == {path.name, kept.name} and kept.read_bytes() == old


def test_a_file_that_is_no_notebook_is_left_alone(tmp_path, new):
    path = written(tmp_path, [])
    assert corrections(tmp_path, {NAME: new}) == [] and path.read_text() == "[]"


def run(folder, *words, **more):
    command = [sys.executable, "-m", "course.corrected", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", **more)


def test_the_command_says_it_and_changes_nothing_unasked(tmp_path, mine):
    cell(mine, "test-batch-dbiases")["metadata"]["nbgrader"]["checksum"] = "of an earlier release"
    path = written(tmp_path / "work", mine)
    old = path.read_bytes()
    done = run(tmp_path, stdin=subprocess.DEVNULL)
    assert f"{NAME} is not what is handed out now" in done.stdout and "test-batch-dbiases." in done.stdout
    assert (done.returncode, path.read_bytes()) == (0, old) and "python -m course.corrected" in done.stdout
    code = "from course import progress; print(progress())"
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
    )
    assert f"{NAME} is not what is handed out now" in said.stdout, said.stderr
    done = run(tmp_path, "--carry")
    assert "your answers are in the new notebook" in done.stdout and len(list(path.parent.iterdir())) == 2
    assert run(tmp_path).stdout == "Your exercises are made from what is handed out now.\n"
    done = run(path.parent.parent.parent.parent, str(tmp_path / "none"))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(("answer", "files"), [("n\n", 1), ("y\n", 2)])
def test_whoever_sits_at_the_terminal_is_asked(tmp_path, mine, answer, files):
    cell(mine, "test-batch-dbiases")["metadata"]["nbgrader"]["checksum"] = "of an earlier release"
    path = written(tmp_path / "work", mine)
    ours, theirs = pty.openpty()
    os.write(ours, answer.encode())
    done = run(tmp_path, stdin=theirs)
    assert "[y/N]" in done.stdout and len(list(path.parent.iterdir())) == files, done.stderr
    os.close(ours), os.close(theirs)


def test_what_a_student_edition_hands_out(tmp_path, monkeypatch, mine):
    monkeypatch.setattr(corrected, "RELEASE", tmp_path / "none")
    monkeypatch.setattr(corrected, "HANDED_OUT", tmp_path / "handed_out.json")
    assert handed_out() == {}
    (tmp_path / "handed_out.json").write_text(json.dumps({NAME: RELEASED}))
    assert handed_out() == {NAME: RELEASED}


def test_what_the_exchange_holds_counts(tmp_path, monkeypatch, mine, new):
    """A fetched copy: released anew since."""
    monkeypatch.setattr(corrected, "_outbound", lambda: [tmp_path / "exchange/backprop/outbound"])
    written(tmp_path / "exchange/backprop/outbound", new)
    written(tmp_path / "exercises", mine)
    assert corrections(tmp_path / "exercises", handed_out()) == []
    (one,) = corrections(tmp_path / "exercises", handed_out(from_exchange=True))
    assert one.cells == ("batch-dbiases", "test-batch-dbiases")


def test_the_checksum_is_nbgraders():
    """Of every cell that is handed out: code, text, answers, marks."""
    cells = [
        cell
        for path in sorted((ROOT / "source").glob("*/*.ipynb"))
        for cell in nbformat.read(path, as_version=4).cells
        if "nbgrader" in cell.metadata
    ]
    assert len(cells) > 300
    assert [cell.id for cell in cells if checksum(cell, cell.metadata.nbgrader) != compute_checksum(cell)] == []
