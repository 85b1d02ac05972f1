"""What a student sees: `check` in a real IPython shell, cell by cell."""

import sys
from pathlib import Path

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from course.compare import difference, same
from course.hint import WIDTH


@pytest.fixture(scope="module")
def notebook():
    """A function that runs a cell and returns what stands below it."""
    shell = InteractiveShell.instance()
    shell.colors = "nocolor"

    def run(cell):
        with capture_output() as said:
            shell.run_cell(cell)
        return said.stdout + said.stderr

    run("import numpy as np\nfrom course import check")
    yield run
    InteractiveShell.clear_instance()


STUB = """def relu_backward(dvalues, z):
    '''Upstream through the gate.'''
    # which entries pass?
    # your answer here
"""
RIGHT = "def relu_backward(dvalues, z):\n    return np.where(z > 0, dvalues, 0.0)\n"


def test_untouched_stub(notebook):
    assert "not filled in yet" in notebook(STUB + "check(relu_backward)")


@pytest.mark.parametrize("body", ["pass", "...", "raise NotImplementedError", 'raise NotImplementedError("later")'])
def test_other_stubs(notebook, body):
    assert "not filled in yet" in notebook(f"def relu_backward(dvalues, z):\n    {body}\ncheck(relu_backward)")


def test_right_answer_says_what_was_tried(notebook):
    said = notebook(RIGHT + "check(relu_backward)")
    assert said.startswith("passed: relu_backward") and "tried on" in said


def test_hint_instead_of_traceback(notebook):
    said = notebook("def relu_backward(dvalues, z):\n    return dvalues * (dvalues > 0)\ncheck(relu_backward)")
    assert "known mistake" in said and "Traceback" not in said and "course/" not in said
    assert all(len(line) <= 80 or line.startswith("  ") for line in said.splitlines())


def test_the_same_mistake_again_climbs_the_ladder(notebook):
    notebook(RIGHT + "check(relu_backward)")
    wrong = "def relu_backward(dvalues, z):\n    return dvalues * (dvalues > 0)\ncheck(relu_backward)"
    lengths = [len(notebook(wrong)) for _ in range(4)]
    assert lengths[0] < lengths[1] < lengths[2] == lengths[3]


def test_exception_shows_the_students_own_line(notebook):
    said = notebook("def relu_backward(dvalues, z):\n    mask = z > 0\n    return dvalues * maks\ncheck(relu_backward)")
    assert "NameError" in said and "return dvalues * maks" in said and "line 3" in said


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("z > 0", "returned None"),
        ("return (z > 0).sum(axis=0) * 1.0", "shape"),
        ("return np.where(z > 0, dvalues * np.nan, 0.0)", "NaN"),
        ("return (z > 0).tolist(), 1", "different lengths"),
        ("return 'a'", "text"),
        ("return [[1, 2], [3]]", "different lengths"),
        ("return -np.where(z > 0, dvalues, 0.0)", "wrong sign"),
        ("return 4 * np.where(z > 0, dvalues, 0.0)", "4 times"),
        ("dvalues[...] = 2 * dvalues; return np.where(z > 0, dvalues / 2, 0.0)", "changes the caller's `dvalues`"),
        ("out = np.where(z > 0, dvalues, 0.0); out[-1, -1] += 1; return out", "off by"),
        ("raise SystemExit", "SystemExit"),
    ],
)
def test_one_hint_for_each_kind_of_failure(notebook, body, words):
    said = notebook(f"def relu_backward(dvalues, z):\n    {body}\ncheck(relu_backward)")
    assert words in said, said


def test_a_stub_with_given_lines_is_still_a_stub(notebook):
    given = "def relu_backward(dvalues, z):\n    for row in z:\n        gate = row > 0\n        # your answer here\n"
    assert "not filled in yet" in notebook(given + "check(relu_backward)")
    assert "returned None" in notebook(given.replace("# your answer here", "# done") + "check(relu_backward)")


def test_a_half_filled_class_is_told_what_is_left(notebook):
    gate = "class ExpGate:\n    def forward(self, x):\n        return np.exp(x)\n    def backward(self, dvalue):\n        pass\n"
    assert "`backward` is not filled in yet" in notebook(gate + "check(ExpGate)")


def test_an_endless_loop_is_ended(notebook, monkeypatch):
    monkeypatch.setattr(sys.modules["course.check"], "SECONDS", 0.3)
    said = notebook("def relu_backward(dvalues, z):\n    while True:\n        pass\ncheck(relu_backward)")
    assert "did not finish within 0.3 s" in said


def test_each_check_cell_has_a_ladder_of_its_own(notebook):
    wrong = (
        "def neuron_backward(dvalue, x, w, z):\n    g = dvalue * (z >= 0)\n    return g * w, g * x, g\n"
        "for part in ('dx', 'dw', 'db'):\n    try:\n        check(neuron_backward, part)\n"
        "    except Exception as hint:\n        print(len(hint.lines))"
    )
    assert len(set(notebook(wrong).split())) == 1


def test_names_from_the_notebook_are_pointed_out(notebook):
    said = notebook("b = 1.5\ndef relu_backward(dvalues, z):\n    return dvalues * b\ncheck(relu_backward)")
    assert "reads `b` from the notebook" in said


def test_whole_numbers_and_fractions(notebook):
    said = notebook(
        "def relu_backward(dvalues, z):\n    d = z.copy()\n    d += dvalues * 0.5\n    return d\ncheck(relu_backward)"
    )
    assert "takes no fractions" in said or "known mistake" in said


def test_the_stub_line_is_the_one_nbgrader_writes():
    from autograder.course_dir import CourseDir
    from autograder.release import nbgrader_settings
    from course.observe import STUB

    settings = nbgrader_settings(CourseDir(Path(__file__).parent.parent))
    assert settings.ClearSolutions.code_stub == {"python": STUB}


def test_call_made_twice_must_agree(notebook):
    said = notebook(
        "calls = []\ndef relu_backward(dvalues, z):\n    calls.append(1)\n"
        "    return np.where(z > 0, dvalues, 0.0) + len(calls) % 2 - 1\ncheck(relu_backward)"
    )
    assert "passed" not in said and "Traceback" not in said


@pytest.mark.parametrize(
    "answer",
    [
        "lambda dvalues, z: np.where(z > 0, dvalues, 0.0).tolist()",
        "lambda dvalues, z: np.asmatrix(np.where(z > 0, dvalues, 0.0))",
        "lambda dvalues, z: np.where(z > 0, dvalues, 0.0).astype(np.float32)",
        "lambda dvalues, z: -0.0 + dvalues * (z > 0)",
        "functools.partial(lambda k, dvalues, z: np.where(z > 0, dvalues, 0.0), 1)",
    ],
)
def test_right_answers_in_other_clothes(notebook, answer):
    assert notebook(f"import functools\nrelu_backward = {answer}\ncheck(relu_backward)").startswith("passed")


def test_the_name_in_the_cell_decides_what_is_asked(notebook):
    said = notebook("def double(x):\n    return 2 * x\nrelu_backward = double\ncheck(relu_backward)")
    assert said.startswith("relu_backward:") and "passed" not in said


def test_prints_and_warnings_of_a_right_answer_are_dropped(notebook):
    said = notebook(
        "import warnings, sys\ndef relu_backward(dvalues, z):\n    print('noise'); warnings.warn('noise')\n"
        "    print('noise', file=sys.stderr)\n    return np.where(z > 0, dvalues, 0.0)\ncheck(relu_backward)"
    )
    assert said.startswith("passed") and "noise" not in said


def test_unknown_names_are_answered_with_the_nearest(notebook):
    assert "Did you mean relu_backward" in notebook("def relu_backwards(d, z): ...\ncheck(relu_backwards)")
    assert "Did you mean" in notebook('check("sum-axis-shap", "a")')
    assert "not one of the letters" in notebook('check("sum-axis-shape", "e")')
    assert "should be a function" in notebook("relu_backward = 3\ncheck(relu_backward)")
    assert "no result" in notebook(RIGHT + 'check(relu_backward, "dw")')


def test_shape_before_values_and_no_broadcasting():
    expected = np.ones((1, 3))
    assert not same(np.ones(3), expected) and difference("b", np.ones(3), expected).kind == "shape"
    assert not same(np.ones((3, 1)), expected)


def test_nan_and_infinity_never_pass():
    assert not same(np.array([np.nan]), np.array([np.nan])) and not same(np.array([np.inf]), np.array([1e300]))


def test_zero_does_not_pass_for_small_numbers():
    assert not same(np.zeros(3), np.full(3, 1e-12)) and not same(np.array([1.0, 0.0]), np.array([1.0, 1e-9]))


def test_hint_lines_fit_the_validator():
    from course.hint import Hint

    lines = Hint("word " * 60, "  laid out " + "x" * 90)._render_traceback_()
    assert all(len(line) <= WIDTH for line in lines[:-1]) and lines[-1].startswith("  ")
