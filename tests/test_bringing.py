"""`bring`: one's own earlier answers from the notebooks beside, in a cell that then stands alone."""

import ast
import json
import linecache
import os
from pathlib import Path
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from nbformat import v4

import course
from autograder.course_dir import CourseDir
from course import Hint, bringing, check
from course.own_code import needed, statements
from course.probes import CHAPTERS
from tests.support.grading import ROOT

CHAPTER_06, CHAPTER_07 = "06-batch/batch.ipynb", "07-relu/relu.ipynb"
FORWARD = "def batch_forward(inputs, weights, biases):\n    return np.dot(inputs, weights) + biases"
RELU = "def relu_forward(z):\n    # your answer here\n    return clipped(z)"
HELPER = "# what is below 0 is 0\ndef clipped(z):\n    return np.maximum(LOWEST, z)"
EMPTY = 'def relu_backward(dvalues, z):\n    """The gradient of z."""\n    # your answer here'
IMPORTS = "import numpy as np\n\nfrom course import check"


def notebook_of(path, *sources):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources]), path)


@pytest.fixture
def cell(tmp_path, monkeypatch):
    """Run a cell of chapter 08's notebook, as IPython would; the text that stands in it afterwards."""
    folder = tmp_path / "exercises/08-network"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)

    def run(text):
        written = []
        history = SimpleNamespace(input_hist_raw=["", text])
        space = {"np": np, "bring": bringing.bring}
        shell = SimpleNamespace(
            user_ns=space, history_manager=history, set_next_input=lambda text, replace: written.append((text, replace))
        )
        monkeypatch.setattr(bringing, "_shell", lambda: shell)
        exec(compile(text, "<cell>", "exec"), space)
        assert all(replace for _, replace in written) and len(written) < 2
        return written[0][0] if written else text

    run.folder = tmp_path / "exercises"
    return run


def alone(text):
    """What a cell defines where nothing else is: the check reads the source, as it does in a notebook."""
    linecache.cache["<alone>"] = (len(text), None, text.splitlines(keepends=True), "<alone>")
    space = {"np": np, "bring": lambda *names: None}
    exec(compile(text, "<alone>", "exec"), space)
    return space


def test_the_cell_holds_what_its_answers_call_and_stands_alone(cell, capsys):
    notebook_of(cell.folder / CHAPTER_06, IMPORTS, FORWARD)
    notebook_of(cell.folder / CHAPTER_07, IMPORTS, "LOWEST = 0.0", HELPER, RELU, "z = 3\n%time z")
    text = cell('# Mine.\nbring(\n    "batch_forward", "relu_forward"\n)\nkept = 1\n')
    said = capsys.readouterr().out
    assert f"From ../{CHAPTER_06}: batch_forward. Tried again: passed." in said
    assert "Run the cell once more" in said
    assert text.startswith("# Mine.\n") and text.endswith("kept = 1") and "bring(" not in text
    assert "your answer here" not in text and "import numpy" not in text and "z = 3" not in text
    assert [text.count(words) for words in ("# what is below", "LOWEST = 0.0", "def clipped")] == [1, 1, 1]
    space = alone(text)
    check(space["relu_forward"])
    check(space["batch_forward"])


def test_what_is_missing_is_said_and_asked_for_again(cell, capsys):
    notebook_of(cell.folder / CHAPTER_06, IMPORTS, FORWARD.replace("+ biases", "- biases"), "def dense_backward(:")
    notebook_of(cell.folder / CHAPTER_07, IMPORTS, EMPTY)
    text = cell('bring("batch_forward", "dense_backward", "relu_backward", "relative_error")')
    said = " ".join(capsys.readouterr().out.split())
    assert "batch_forward: it does not pass its check yet." in said and "as it is" in said
    assert f"relu_backward is missing: not filled in yet, in ../{CHAPTER_07}." in said
    assert f"dense_backward is missing: the cell that defines it is no Python yet, in ../{CHAPTER_06}." in said
    assert "relative_error is missing: 01-slopes/slopes.ipynb is not here." in said and "save there first" in said
    assert text.endswith('bring("dense_backward", "relu_backward", "relative_error")')
    notebook_of(cell.folder / CHAPTER_07, IMPORTS, EMPTY + "\n    return dvalues * (z > 0)")
    again = cell(text)
    assert "- biases" in again and again.endswith('bring("dense_backward", "relative_error")')
    check(alone(again)["relu_backward"])
    capsys.readouterr()
    assert cell(again) == again  # nothing new: the cell stays as it is
    assert "Run the cell once more" not in capsys.readouterr().out


def test_what_stands_in_the_cell_is_never_replaced(cell, capsys):
    notebook_of(cell.folder / CHAPTER_06, IMPORTS, FORWARD)
    mine = 'bring("batch_forward")\ndef batch_forward(inputs, weights, biases):\n    return 1\n'
    assert cell(mine) == mine
    assert "left as it is: batch_forward" in capsys.readouterr().out


def test_a_class_comes_with_the_methods_that_later_cells_add():
    source = json.loads(CourseDir(ROOT).source_notebook("12-autograd").read_text(encoding="utf-8"))
    known = statements(source)
    code = "\n\n".join(one.text for one in needed(known, "Value", {"np": np}))
    Value = alone(code)["Value"]
    x = Value(3.0)
    (x * x + 2 / x).backward()
    assert x.grad == pytest.approx(6 - 2 / 9)


def test_helpers_are_found_by_what_a_function_looks_up_outside_itself():
    notebook = {"cells": [{"cell_type": "code", "source": "z = 5\nn = 2\ndef f(z):\n    return [n * i for i in z]"}]}
    assert [one.text for one in needed(statements(notebook), "f", {})] == [
        "n = 2",
        "def f(z):\n    return [n * i for i in z]",
    ]


@pytest.mark.parametrize(
    "names, words", [((), "which answers"), (("Dence",), "Did you mean Dense?"), ((3,), "no exercise")]
)
def test_bad_names_earn_a_hint(names, words):
    with pytest.raises(Hint, match=words.replace("?", r"\?")):
        course.bring(*names)


def test_elsewhere_nothing_happens(capsys):
    course.bring("Dense")
    assert "nothing was brought" in capsys.readouterr().out


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_call_in_the_exercises_names_answers_of_chapters_before(chapter):
    """And their model solutions can be brought, in the call's own cell."""
    for cell in nbformat.read(CourseDir(ROOT).source_notebook(chapter), as_version=4).cells:
        if cell.cell_type == "code" and "bring(" in cell.source:
            (call,) = [one.value for one in ast.parse(cell.source).body if isinstance(one, ast.Expr)]
            for name in (argument.value for argument in call.args):
                where = next(one for one, (home, _) in bringing.all_probes().items() if one.split(".")[0] == name)
                home = bringing.all_probes()[where][0]
                assert home < chapter
                found = bringing._from_notebook(
                    name, Path(os.path.relpath(CourseDir(ROOT).source_notebook(home))), {"np": np}
                )
                assert found.parts and not found.trouble, found
