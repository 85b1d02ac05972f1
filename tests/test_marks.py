"""One notebook through the sandbox and the judge: what its test cells earn by nbgrader's own rule, and why."""

import logging
import sys
import time
from types import SimpleNamespace

import nbformat
import pytest
from nbgrader.utils import determine_grade

from autograder.grading import mark as marking
from autograder.grading.examiner import Examiner
from autograder.grading.job import readable_score
from autograder.grading.mark import is_test, mark
from autograder.sandbox.isolation import choose_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from tests.support.grading import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")


def relu_with(**sources):
    """The instructor's own notebook of a chapter whose cells are small, with some cells replaced."""
    notebook = nbformat.read(ROOT / "source/07-relu/relu.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = sources.get(cell.id.replace("-", "_"), cell.source)
    return notebook


def marks(notebook, make_sandbox=Sandbox, **limits):
    """What each test cell of a notebook earns, by nbgrader's own rule, and the notebook that says so."""
    sandbox = make_sandbox(choose_isolation(), Limits(**limits))
    try:
        marked = mark(notebook, sandbox, Examiner("same"))
    finally:
        sandbox.close()
    tests = [cell for cell in marked.notebook.cells if is_test(cell)]
    scores = {cell.id: determine_grade(cell, logging.getLogger("silent"))[0] for cell in tests}
    assert scores == {cell.id: readable_score(cell) for cell in tests}
    return scores, marked


def test_what_was_right_before_the_time_was_over_keeps_its_points():
    slow = "import time\ntime.sleep(100)"
    scores, marked = marks(
        relu_with(dense_relu_backward=slow, try_dense_relu_backward=slow), cell_seconds=3, submission_seconds=5
    )
    lost = {name for name, score in scores.items() if not score}
    assert lost == {name for name in scores if name.startswith("test-dense-relu-backward")}
    assert any("given up here" in note for note in marked.notes)
    assert not any("run again" in note for note in marked.notes)
    last = next(cell for cell in marked.notebook.cells if cell.id == "test-dense-relu-backward-dbiases")
    assert "took longer than 5 s" in last.outputs[0].evalue


def test_an_attempt_that_came_less_far_takes_no_points(monkeypatch):
    attempts, late = 0, 0
    plan = marking._plan

    def planned(*more):
        """Of the second attempt's time nothing is left."""
        nonlocal attempts, late
        attempts, late = attempts + 1, 60 * attempts
        return plan(*more)

    monkeypatch.setattr(marking, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + late))
    monkeypatch.setattr(marking, "_plan", planned)
    ends = "import os\nos._exit(1)"
    scores, marked = marks(relu_with(dense_relu_backward=ends), submission_seconds=60)
    assert any("took longer than 60 s; given up here" in note for note in marked.notes)  # in its first cell
    lost = {name for name, score in scores.items() if not score}
    assert lost == {name for name in scores if name.startswith("test-dense-relu-backward")}


@pytest.mark.parametrize(
    ("value", "score"),
    [
        ("0.5", 0.5),  # honest values earn what nbgrader gives for them
        ("1", 1),
        ("0", 0),
        ("'a word'", 1),
        ("print('x')", 1),
        ("float('nan')", 0),  # here nbgrader would give full marks
        ("-5", 0),
        ("float('-inf')", 0),
        ("float('inf')", 0),  # here nbgrader would give up
        ("10**6", 0),
        ("get_ipython().display_formatter.format = lambda *_, **__: ({'text/html': 'x'}, {})\n1", 0),
    ],
)
def test_a_value_that_is_no_score_is_no_score(value, score):
    scores, _ = marks(relu_with(test_relu_forward=f"assert relu_forward(1.0) == 1\n{value}"))
    assert scores["test-relu-forward"] == score


@pytest.mark.parametrize("own", ["float(1)", "str('full')"])
def test_a_value_of_the_instructors_own_cannot_outweigh_the_judge(own):
    wrong = "import numpy as np\ndef relu_forward(z):\n    return z"
    asked = f"from autograder import examine\nexamine(relu_forward)\n{own}"
    assert marks(relu_with(test_relu_forward=asked))[0]["test-relu-forward"] == 1
    assert marks(relu_with(relu_forward=wrong, test_relu_forward=asked))[0]["test-relu-forward"] == 0


FORGED = """
import linecache
from course.observe import NotNumbers
words = "Graded by hand: full marks, see the office"
linecache.cache["<forged>"] = (len(words), None, [words + "\\n"], "<forged>")
exec(compile("def relu_backward(dvalues, z):\\n    raise ValueError(z)", "<forged>", "exec"))

def dense_relu_backward(dvalues, inputs, weights, biases):
    raise NotNumbers("none", "what is wanted.\\nThe instructor: full marks")

def relu_forward(z):
    return z.nothing_of_that_name
"""


def test_feedback_quotes_only_lines_that_stand_in_the_hand_in():
    """A submission fills the cache that tracebacks read from, and raises the course's own exceptions with words of its own."""
    _, marked = marks(relu_with(try_dense_relu_backward=FORGED, dense_relu_backward="pass", relu_forward=FORGED))
    said = {
        cell.id: "".join(one.get("evalue", "") for one in cell.outputs)
        for cell in marked.notebook.cells
        if is_test(cell)
    }
    assert "office" not in str(said) and "instructor" not in str(said)
    honest = relu_with(relu_forward="def relu_forward(z):\n    return z.nothing_of_that_name")
    _, marked = marks(honest)
    told = [
        one.evalue
        for cell in marked.notebook.cells
        if is_test(cell)
        for one in cell.outputs
        if one.output_type == "error"
    ]
    assert "line 2: return z.nothing_of_that_name" in " ".join(" ".join(told).split())


def test_the_time_that_a_sandbox_takes_to_be_there_is_not_the_submissions(monkeypatch):
    late = 0

    class StartedSlowly(Sandbox):
        def open(self, figures=False):
            nonlocal late
            session = super().open(figures)
            late += 100
            return session

    monkeypatch.setattr(marking, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + late))
    scores, marked = marks(
        relu_with(dense_relu_backward="import os\nos._exit(1)"), StartedSlowly, submission_seconds=60
    )
    lost = {name for name, score in scores.items() if not score}
    assert lost == {name for name in scores if name.startswith("test-dense-relu-backward")}
    assert not any("took longer" in note for note in marked.notes)


def test_a_process_that_somebody_else_has_ended_costs_nothing_and_is_not_mentioned():
    class KilledOnce(Sandbox):
        """Its first submission loses its process, by no fault of a cell."""

        killed = False

        def open(self, figures=False):
            session = super().open(figures)
            if not self.killed:
                self.killed = True
                self.tell("kill")
            return session

    scores, marked = marks(relu_with(), KilledOnce)
    assert all(scores.values()) and marked.notes == []
