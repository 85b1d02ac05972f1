"""A cell that needs an answer nobody has written yet says which, in one line; with the model's answers none stops."""

import linecache
import textwrap

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from autograder.course_dir import CourseDir
from course.probes import CHAPTERS
from course.undefined import made_above, which_cell
from course.unwritten import to_write_first
from tests.support.grading import ROOT

COURSE = CourseDir(ROOT)
MEANT = {"reveal-integer-mask-times-half"}  # shows what numpy raises
BOXES = """
    class Box:
        def __init__(self, data=0):
            self.data = data

        def __add__(self, other):
            return Box(self.data + other.data)

        def __mul__(self, other):
            {times}

        def log(self):
            \"\"\"The logarithm.\"\"\"

        def sum(self):
            return Box(np.sum(self.data))


    def double(x):
        {double}
"""


def released(chapter):
    path = COURSE.source_notebook(chapter).relative_to(ROOT / "source")
    return nbformat.read(ROOT / "release" / path, as_version=4)


def stopped(chapter, notebook):
    """Run All in the chapter's folder of the release: the cells that stopped, and what each showed."""
    where = str(ROOT / "release" / chapter)
    NotebookClient(notebook, timeout=300, allow_errors=True, resources={"metadata": {"path": where}}).execute()
    return {
        cell.id: "\n".join(output.traceback)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    }


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_an_untouched_notebook_shows_no_traceback(chapter):
    notebook = released(chapter)
    graded = {cell.id for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")}
    for cell, shown in stopped(chapter, notebook).items():
        assert "Traceback" not in shown, cell
        words = " ".join(shown.split())
        assert cell in graded or "is not written yet" in words or "is not defined" in words, (cell, words)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_with_the_models_answers_no_cell_stops(chapter):
    model = {cell.id: cell for cell in nbformat.read(COURSE.source_notebook(chapter), as_version=4).cells}
    notebook = released(chapter)
    for cell in notebook.cells:
        if cell.cell_type == "code" and "BEGIN SOLUTION" in model[cell.id].source:
            cell.source = model[cell.id].source
    assert set(stopped(chapter, notebook)) <= MEANT


def said(call, times="pass", double="return x + x"):
    """What is said of a cell with this call, below the boxes."""
    space = {"np": np, "__name__": "__main__"}
    for name, source in (("<boxes>", textwrap.dedent(BOXES).format(times=times, double=double)), ("<cell>", call)):
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        try:
            exec(compile(source, name, "exec"), space)
        except Exception as error:
            return to_write_first(error, space)
    return None


def test_the_first_that_is_missing_is_named():
    assert said("(Box(2) * Box(3)).data").startswith("`__mul__` of `Box` is not written yet")
    assert "`class Box`" in said("(Box(2) * Box(3)).data")
    assert said("double(3) + 1", double="pass").startswith("`double` is not written yet")
    assert said("many = [[Box(1)]]\nmany[0][0].log() + 1").startswith("`log` of `Box`")


def test_what_is_nearest_is_named_before_what_that_would_need():
    assert said("double(Box(2)).data", double="return (x * x).sum()").startswith("`__mul__`")
    assert said("double(Box(2)) + 1", times="return (self.log() + other).data", double="pass").startswith("`double`")


def test_what_a_cell_does_not_ask_for_is_not_named():
    assert said("(Box(2) * Box(3)).data", times="Box(1)") is None  # no `return`: the traceback shows where
    assert said("double(np.log(2)).data", double="Box(x)") is None  # numpy's log is no box's
    assert said("Box(2) + 'three'") is None


def test_what_an_empty_method_should_have_set():
    empty = "class Box:\n    def __init__(self):\n        pass\n\n    def forward(self):\n        self.data = 1\n\nBox().data"
    assert said(empty).startswith("`__init__` of `Box`")
    assert said(empty.replace("pass", "self.date = 1")) is None


def test_a_name_of_another_chapter_or_of_a_cell_that_stopped():
    assert "chapter 08" in which_cell("Dense", "14-deep") and "`bring`" in which_cell("Dense", "14-deep")
    assert "`class Dense`" in which_cell("Dense", "08-network")
    assert "a cell above makes it" in made_above("found", ["own, found = examine(3)", "%time 3"])
    assert made_above("found", ["found.append(3)"]) is None
