"""What a student sees: `check` in a real IPython shell, cell by cell."""

import ast
import linecache
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from course import cases, check
from course.checking import _met
from course.compare import difference, same
from course.hint import WIDTH, Hint
from course.probes import all_probes
from course.stubs import statements


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
        ("return (z > 0).tolist(), 1", "a tuple of 2, where dz alone is wanted"),
        ("return np.where(z > 0, dvalues, 0.0), z", "2 of them in one. Is it a tuple"),
        ("return np.where(z > 0, dvalues, 0.0) * (1 + 1e-7)", "first 5 digits are right"),
        ("return (dvalues * 0.5) ^ 2", "A square is `** 2`"),
        ("return dvalues + np.zeros(9)", "lined up from the right"),
        ("return 'a'", "text"),
        ("return [[1, 2], [3]]", "different lengths"),
        ("return -np.where(z > 0, dvalues, 0.0)", "wrong sign"),
        ("return 4 * np.where(z > 0, dvalues, 0.0)", "4 times"),
        ("dvalues[...] = 2 * dvalues; return np.where(z > 0, dvalues / 2, 0.0)", "changes the caller's `dvalues`"),
        ("z[...] = np.maximum(z, 0); return np.where(z > 0, dvalues, 0.0)", '"changes z"'),
        ("out = np.where(z > 0, dvalues, 0.0); out[-1, -1] += 1; return out", "off by"),
        ("raise SystemExit", "SystemExit"),
    ],
)
def test_one_hint_for_each_kind_of_failure(notebook, body, words):
    said = notebook(f"def relu_backward(dvalues, z):\n    {body}\ncheck(relu_backward)")
    assert words in " ".join(said.split()), said


LOOPS = """def layer_dinputs(dvalues, weights):
    n_inputs, n_neurons = weights.shape
    dinputs = np.zeros(n_inputs)
    for i in range(n_inputs):
        for j in range(n_neurons):
            wire = weights[i, j]
            # your answer here
    # your answer here
"""


def test_a_stub_with_given_lines_is_a_stub_until_something_is_filled_in(notebook):
    assert "not filled in yet" in notebook(LOOPS + "check(layer_dinputs)")
    begun = LOOPS.replace("# your answer here", "dinputs[i] += dvalues[j] * wire", 1)
    said = notebook(begun + "check(layer_dinputs)")
    assert "None" in said and "not filled in" not in said


def test_what_is_filled_in_below_the_stub_line_counts(notebook):
    said = notebook(STUB + "    print(np.where(z > 0, dvalues, 0.0))\ncheck(relu_backward)")
    assert "returned None" in said and "not filled in" not in said


def test_probes_know_how_many_lines_a_stub_gives():
    """A function is a stub as long as no more stands in it than was there."""
    seen = 0
    for path in Path(__file__).parent.parent.glob("release/*/*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "code" or cell.id not in (name.replace("_", "-") for name in all_probes()):
                continue
            (function,) = ast.parse(cell.source).body
            linecache.cache[cell.id] = (0, None, cell.source.splitlines(keepends=True), cell.id)
            exec(compile(cell.source, cell.id, "exec"), namespace := {"np": np})
            if isinstance(function, ast.FunctionDef):
                assert statements(namespace[function.name]) == all_probes()[function.name][1].given, cell.id
                seen += 1
    assert seen > 40


def test_a_half_filled_class_is_told_what_is_left(notebook):
    gate = "class ExpGate:\n    def forward(self, x):\n        return np.exp(x)\n    def backward(self, dvalue):\n        pass\n"
    assert "`backward` is not filled in yet" in notebook(gate + "check(ExpGate)")


def test_an_endless_loop_is_ended(notebook, monkeypatch):
    monkeypatch.setattr(sys.modules["course.checking"], "SECONDS", 0.3)
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


def test_prints_of_a_right_answer_are_shown_as_its_own_and_warnings_dropped(notebook):
    said = notebook(
        "import warnings, sys\ndef relu_backward(dvalues, z):\n    print('noise'); warnings.warn('noise')\n"
        "    print('noise', file=sys.stderr)\n    return np.where(z > 0, dvalues, 0.0)\ncheck(relu_backward)"
    )
    assert said.startswith("passed") and "your code printed:\n  | noise" in said and said.count("noise") == 1


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


def test_a_ratio_is_named_only_if_it_holds_on_every_case(notebook):
    """The first public batch has equal rows: a sample left out looks like a factor there."""
    said = notebook(
        "def dense_backward(dvalues, inputs, weights):\n    few = dvalues[:1] * 3\n"
        "    return dvalues @ weights.T, inputs.T @ dvalues, few\ncheck(dense_backward)"
    )
    assert "times what it should be" not in said and "off by" in said, said


def test_arguments_in_another_order_are_seen_first(notebook):
    said = notebook("def relu_backward(z, dvalues):\n    return np.where(z > 0, dvalues, 0.0)\ncheck(relu_backward)")
    assert "takes (z, dvalues), and is called with (dvalues, z), in this order" in " ".join(said.split())


def test_the_printed_call_works_whatever_the_arguments_are_called(notebook):
    wrong = "def relu_backward(g, a):\n    return 3 * np.where(a > 0, g, 0.0)\n"
    said = notebook(wrong + "check(relu_backward)")
    call = said[said.index("relu_backward(np.array") :]
    assert "Error" not in notebook(wrong + "print(" + call.strip() + ")")


def test_check_wants_the_function_itself(notebook):
    notebook(RIGHT)
    assert "the function itself" in notebook("check(relu_backward(np.ones((1, 1)), np.ones((1, 1))))")
    assert "give it to check without quotes" in notebook('check("relu_backward")')
    gate = "class AddGate:\n    def forward(self, x, y):\n        return x + y\n"
    assert "the class itself" in notebook(gate + "check(AddGate())")


def refused(source: str, times: int = 1) -> str:
    """What `check` says the last of so many times."""
    namespace = {"np": np, "check": check}
    _met.clear()
    exec(source.rsplit("\n", 1)[0], namespace)
    said = ""
    for _ in range(times):
        with pytest.raises(Hint) as hint:
            exec(source.rsplit("\n", 1)[1], namespace)
        said = str(hint.value)
    return said


EMPTY = 'def batch_dweights(dvalues, inputs):\n    """dweights_ij = sum over n of X_ni dvalues_nj."""\ncheck(batch_dweights)'
ROW_WRONG = "def batch_dweights(dvalues, inputs):\n    d = inputs.T @ dvalues\n    d[1] = 7\n    return d\ncheck(batch_dweights)"


def test_an_empty_stub_gets_a_nudge_that_grows_each_time_it_is_asked_for():
    first, second, third = (refused(EMPTY, times) for times in (1, 2, 3))
    assert "dvalues of shape (3, 2), inputs of shape (3, 4) it returns dweights of shape (4, 2)" in first
    assert "work out by hand" not in first and "dweights is [[3.5, -3.75], [11.0, 4.0]]" in second
    assert "loops" not in second and "one for each index on the left" in third


def test_a_wrong_answer_without_a_name_gets_an_entry_and_then_the_place():
    first, second, third = (refused(ROW_WRONG, times) for times in (1, 2, 3))
    assert "should be" not in first and "`dweights[1, 0]` should be 20.1" in second
    assert "Only row" not in second and "Only row 1 is wrong" in third


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def batch_dweights(dvalues):\n    return dvalues\ncheck(batch_dweights)", "`inputs` is missing"),
        (
            "def batch_forward(inputs, weights, biases, rate):\n    return inputs\ncheck(batch_forward)",
            "nobody hands it `rate`",
        ),
        (
            "def dense_backward(d, x, w):\n    n = len(x)\n    return x.T @ d / n, d.sum(0, keepdims=True) / n, d @ w.T\n"
            "check(dense_backward)",
            "shape",
        ),
        (
            "def relative_error(a, b):\n    a, b = np.ravel(a), np.ravel(b)\n"
            "    return np.max(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8))\ncheck(relative_error)",
            "two different shapes should raise a ValueError",
        ),
    ],
)
def test_what_a_tutor_says_first(source, words):
    assert words in refused(source)


def test_a_log_handler_of_an_earlier_cell_says_nothing_during_check(notebook):
    """It holds the stream of its own cell, and a word on that would fail Validate."""
    notebook("import logging, sys\nlogging.basicConfig(stream=sys.stderr, force=True)")
    said = notebook(
        "def relu_backward(dvalues, z):\n    logging.warning('here')\n    return np.where(z > 0, dvalues, 0.0)\n"
        "check(relu_backward)"
    )
    assert "passed: relu_backward" in said and "here" not in said
    assert notebook("print(logging.root.manager.disable)") == "0\n"


def test_a_method_without_self_is_told_of_it(notebook):
    source = """
class MaxGate:
    def forward(x, y):
        return max(x, y)

    def backward(dvalue):
        return dvalue, 0.0
"""
    assert "does it stand in every `def`" in " ".join(notebook(source + "\ncheck(MaxGate)").split())


def test_a_method_that_reads_what_another_kept_is_told_of_self(notebook):
    source = """
class SGD:
    def __init__(self, learning_rate, momentum=0.0):
        pass

    def step(self, network):
        network.layers[0].weights -= learning_rate
"""
    assert "read as `self.learning_rate`" in " ".join(notebook(source + "\ncheck(SGD)").split())


def test_one_yes_or_no_for_a_whole_array_is_explained(notebook):
    source = "def standardize(X, mean, std):\n    if std == 0:\n        std = 1\n    return (X - mean) / std\n"
    assert "one for each entry" in " ".join(notebook(source + "check(standardize)").split())


def test_whoever_counts_the_dead_is_told_what_came_and_what_is_wanted(notebook):
    said = notebook("def is_dead(X, w, b):\n    return 3\ncheck(is_dead)")
    assert "returned one int, where True or False is wanted" in " ".join(said.split())


def test_a_prediction_of_a_chapter_in_memory_reads_no_file(monkeypatch):
    """A kernel would read half the chapters' files for each, since it does not know which one is meant."""
    assert cases.prediction("three-votes").name == "three-votes"
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: pytest.fail("a file was read"))
    assert len(cases.prediction("three-votes").choices) == 4
    monkeypatch.undo()
    assert cases.prediction("no-such-prediction") is None
