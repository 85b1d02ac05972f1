"""Hints say what was seen: wrong answers as people write them, and what a tutor would say of each."""

import math
from pathlib import Path

import numpy as np
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from autograder.exercises import all_exercises
from course.checking import check
from course.diagnose import Case, diagnose
from course.hint import Hint
from course.observe import Observation, Trouble, observe_all
from course.probes.network import DRAWS
from course.undefined import which_cell


def said(answer, name, part=None):
    """The hint for an answer to the exercise of that name."""
    answer.__name__ = name
    with pytest.raises(Hint) as hint:
        check(answer, part)
    return str(hint.value)


def layer(weights):
    """A Dense that is right but for how it starts."""

    class Dense:
        def __init__(self, n_inputs, n_neurons, rng=None):
            rng = np.random.default_rng() if rng is None else rng
            self.weights, self.biases = weights(n_inputs, n_neurons, rng), np.zeros((1, n_neurons))

        def forward(self, inputs):
            self.inputs = np.array(inputs)
            return self.inputs @ self.weights + self.biases

        def backward(self, dvalues):
            self.dweights, self.dbiases = self.inputs.T @ dvalues, dvalues.sum(axis=0, keepdims=True)
            self.dinputs = dvalues @ self.weights.T
            return self.dinputs

    return Dense


ROOT = Path(__file__).parent.parent
STARTS = {
    "started as in pytorch": lambda d, m, rng: rng.uniform(-1, 1, (d, m)) / np.sqrt(d),
    "scaled for both sides": lambda d, m, rng: rng.normal(0, np.sqrt(2 / (d + m)), (d, m)),
    "scaled by neurons": lambda d, m, rng: rng.normal(0, np.sqrt(2 / m), (d, m)),
    "weights drawn evenly": lambda d, m, rng: rng.random((d, m)) - 0.5,
    "weights never negative": lambda d, m, rng: 0.1 * rng.random((d, m)),
    "fixed small scale": lambda d, m, rng: 0.1 * rng.standard_normal((d, m)),
}


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("exercise", ["Dense", "Dense.weights"])
def test_each_way_of_starting_has_its_own_name(exercise, name):
    whole, _, part = exercise.partition(".")
    assert f'"{name}"' in said(layer(STARTS[name]), whole, part or None)


@pytest.mark.parametrize("exercise", ["Dense", "Dense.weights"])
@pytest.mark.parametrize(
    "weights", [lambda d, m, rng: rng.normal(d, m) * 0.2, lambda d, m, rng: rng.normal(0, np.sqrt(2 / d))]
)
def test_weights_that_are_one_number_say_nothing_of_what_is_kept(exercise, weights):
    name, _, part = exercise.partition(".")
    assert '"one number for all weights"' in said(layer(weights), name, part or None)


def test_a_layer_that_calls_all_by_other_names_is_told_of_the_weights_first():
    class Dense:
        def __init__(self, n_inputs, n_neurons, rng=None):
            rng = np.random.default_rng() if rng is None else rng
            self.W, self.b = rng.normal(size=(n_inputs, n_neurons)) * np.sqrt(2 / n_inputs), np.zeros((1, n_neurons))

        def forward(self, inputs):
            self.inputs = inputs
            return inputs @ self.W + self.b

    assert '"weights under another name"' in said(Dense, "Dense")


def test_the_array_of_whole_numbers_that_a_message_names_is_that_of_the_line():
    where = Trouble(
        "raised", "UFuncTypeError", "Cannot cast output from dtype('float64') to dtype('int64')", "line 2: z *= 1.0"
    )
    case = Case("both", {"dvalues": np.array([[1]]), "z": np.array([[1]])}, {"dz": np.array([[1.0]])})
    probe = all_exercises()["relu_backward"].probe
    found = diagnose(probe, [case], [Observation(trouble=where)], [])
    assert "here `z` is one" in found.message


def test_no_two_ways_of_starting_have_one_spread():
    d, m = DRAWS
    spreads = [
        1 / np.sqrt(3 * d),
        np.sqrt(2 / (d + m)),
        np.sqrt(2 / m),
        0.1,
        0.01,
        np.sqrt(1 / d),
        2 / d,
        np.sqrt(2) / d,
    ]
    gaps = np.diff(np.sort(np.log(spreads))) / np.log(1.07)
    assert gaps.min() > 0.8, "two habits round to one step of the spread"


def nnfs(backward):
    class Dense(layer(lambda d, m, rng: rng.normal(size=(d, m)) * np.sqrt(2 / d))):
        def forward(self, inputs):
            self.output = super().forward(inputs)

    if backward:
        del Dense.forward
        Dense.backward = backward
        backward.__qualname__ = "Dense.backward"
    return Dense


def test_other_courses_habits_are_told_as_habits():
    assert "Some courses keep the result in layer.output" in said(nnfs(None), "Dense")

    def backward(self, dvalues, learning_rate):
        self.dinputs = dvalues @ self.weights.T
        self.weights -= learning_rate * self.inputs.T @ dvalues
        return self.dinputs

    assert "Some courses take the step inside backward" in said(nnfs(backward), "Dense")

    class SGD:
        def __init__(self, learning_rate, momentum=0.0):
            self.rate = learning_rate

        def step(self, layer):
            layer.weights += -self.rate * layer.dweights
            layer.biases += -self.rate * layer.dbiases

    assert "optimizer.step(layer)" in said(SGD, "SGD")


def test_a_result_that_is_still_zero_may_not_be_written_yet():
    def answer(dvalue, x, w, z):
        d = dvalue if z > 0 else 0.0
        return d * w, d * x, 0.0

    assert "If `db` is 0 because it is not written yet" in said(answer, "neuron_backward")
    nothing = said(lambda dvalue, x, w, z: (0 * w, 0 * w, 0), "neuron_backward")
    assert "`dx` and `dw` and `db` are 0 because they are not written yet" in nothing
    assert "not written yet" not in said(lambda dvalue, x, w, z: (dvalue * w, dvalue * x, dvalue), "neuron_backward")


def test_a_no_is_not_taken_for_a_result_that_is_still_to_come():
    class SGD:
        def __init__(self, learning_rate, momentum=0.0):
            self.rate, self.momentum, self.speeds = learning_rate, momentum, {}

        def step(self, network):
            for place, layer in enumerate(network.layers):
                for name in ("weights", "biases") if hasattr(layer, "weights") else ():
                    slope = getattr(layer, "d" + name)
                    speed = self.momentum * self.speeds.get((place, name), 0.0) - self.rate * slope
                    self.speeds[place, name] = speed
                    setattr(layer, name, getattr(layer, name) + speed)
                    slope *= 0

    hint = said(SGD, "SGD")
    assert '"gradient scaled in place"' in hint and "not written yet" not in hint


def test_none_for_one_of_several_asks_for_that_one():
    words = said(lambda dvalues, inputs, weights: (dvalues @ weights.T, inputs.T @ dvalues, None), "dense_backward")
    assert "None for dbiases" in words and "worked out yet" in words and "every way" not in words
    assert "every way" in said(lambda z: z.sort(), "relu_forward")
    assert "every way" in said(lambda f, x, h=1e-5: print((f(x + h) - f(x - h)) / (2 * h)), "derivative")


def test_missing_keys_come_first():
    words = said(lambda network, X, dvalues, h=1e-5: {"inputs": 1e-9}, "check_gradients")
    assert "no entry for any layer" in words


def test_a_default_that_is_shared_is_noted():
    class SGD:
        def __init__(self, learning_rate, momentum=0.0, velocities={}):  # noqa: B006
            self.rate, self.momentum, self.velocities = learning_rate, momentum, velocities

        def step(self, network):
            for place, one in enumerate(network.layers):
                for name in ("weights", "biases") if hasattr(one, "weights") else ():
                    old = self.velocities.get((place, name), 0.0)
                    self.velocities[place, name] = self.momentum * old - self.rate * getattr(one, "d" + name)
                    setattr(one, name, getattr(one, name) + self.velocities[place, name])

    assert "the default of `velocities` is made once" in said(SGD, "SGD")


@pytest.mark.parametrize("floor", [1e-15, 1e-10, 1e-9, 1e-8, 1e-7])
def test_other_floors_are_named(floor):
    words = said(lambda p, t: -np.mean(np.log(np.clip(p[np.arange(len(p)), t], floor, 1 - floor))), "cross_entropy")
    assert "Where do you clip" in words
    words = said(lambda p, t: -np.mean(np.log(p[np.arange(len(p)), t] + floor)), "cross_entropy")
    assert "You add something to every probability" in words


class Value:
    """The lesson's numbers that remember, right but for what a test replaces."""

    def __init__(self, data, wires=()):
        self.data, self.wires, self.grad = float(data), tuple(wires), 0.0

    def of(self, other):
        return other if isinstance(other, Value) else type(self)(other)

    def __add__(self, other):
        other = self.of(other)
        return type(self)(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = self.of(other)
        return type(self)(self.data * other.data, ((self, other.data), (other, self.data)))

    __radd__, __rmul__ = __add__, __mul__

    def __sub__(self, other):
        return self + self.of(other) * -1.0

    def __truediv__(self, other):
        return self * self.of(other) ** -1

    def __rtruediv__(self, other):
        return self.of(other) / self

    def __pow__(self, n):
        return type(self)(self.data**n, ((self, n * self.data ** (n - 1)),))

    def exp(self):
        return type(self)(math.exp(self.data), ((self, math.exp(self.data)),))

    def tanh(self):
        twice = (self * 2.0).exp()
        return (twice - 1.0) / (twice + 1.0)

    def backward(self):
        order = []

        def note_down(value):
            if value not in order:
                for source, _ in value.wires:
                    note_down(source)
                order.append(value)

        note_down(self)
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(order):
            for source, slope in value.wires:
                source.grad += slope * value.grad


def changed(**methods):
    return type("Value", (Value,), methods)


def in_turn(self):
    self.grad, waiting = 1.0, [self]
    while waiting:
        value = waiting.pop(0)
        for source, slope in value.wires:
            source.grad += slope * value.grad
            waiting.append(source)


def test_the_lessons_first_machine_is_recognised():
    words = said(changed(backward=in_turn), "Value", "diamond")
    assert "all it has handed on at every message" in words


def test_a_right_curve_on_a_walk_that_forgets_forks_is_told_so():
    check(Value, "curves")
    words = said(changed(backward=in_turn), "Value", "curves")
    assert "where a value is used twice, as your `x.tanh()` uses one" in words


@pytest.mark.parametrize("start", ["x", "1"])
@pytest.mark.parametrize("whole", [True, False])
def test_powers_that_count_their_factors(start, whole):
    def power(self, n):
        out = self if start == "x" else self.of(1.0)
        for _ in range((int(n) if whole else n) - (start == "x")):
            out = out * self
        return out

    assert "exponents counted in a loop" in said(changed(__pow__=power), "Value", "powers")


def test_a_class_that_is_new_says_what_to_run_again():
    class Value:
        def __init__(self, data, wires=()):
            self.data, self.wires, self.grad = data, wires, 0.0

        __add__, __mul__ = globals()["Value"].__add__, globals()["Value"].__mul__
        of = lambda self, other: other if hasattr(other, "wires") else type(self)(other)  # noqa: E731

    words = said(Value, "Value", "diamond")
    assert "the class is new" in words and "once more, in order" in words


def test_a_name_that_is_not_defined_says_which_cell_to_run():
    assert "`def relu_backward`" in which_cell("relu_backward")
    assert "`class Dense`" in which_cell("Dense")
    for name in ("np", "check", "bring", "own_graph", "predict"):
        assert "imports it" in which_cell(name)
    assert "with your choice" in which_cell("dbiases_shape")
    assert which_cell("my_own_name") is None


def test_a_function_that_takes_nothing_is_told_what_it_is_called_with():
    words = said(lambda: np.zeros(3), "relu_forward")
    assert "takes (), and is called with (z): `z` is missing" in words


def test_an_attribute_is_no_variable_of_the_notebook(monkeypatch):
    monkeypatch.setitem(globals(), "shape", (2, 3))
    monkeypatch.setitem(globals(), "scale", 2.0)
    assert "reads" not in said(lambda z: np.zeros(z.shape), "relu_forward")
    assert "your function reads `scale`" in said(lambda z: scale * z, "relu_forward")  # noqa: F821


def test_a_kernel_shows_one_line_for_it():
    cells = ["from course import check", "check(relu_backward)", "def f():\n    return relu_backward\nf()", "mine"]
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, allow_errors=True, resources={"metadata": {"path": str(ROOT)}}).execute()
    told, in_a_function, mine = (" ".join(cell.outputs[0]["traceback"]) for cell in notebook.cells[1:])
    assert told.startswith("`relu_backward` is not defined: run the cell with `def relu_backward` first")
    assert in_a_function == told and "Traceback" in mine


def attention(scale=np.sqrt, mask=lambda T, S, causal: causal):
    """An attention_forward in which one thing may be wrong."""

    def attention_forward(Q, K, V, causal=False):
        (T, d), S = Q.shape[-2:], K.shape[-2]
        if causal and T != S:
            raise ValueError("T and S differ")
        scores = Q @ np.swapaxes(K, -1, -2) / scale(d)
        if mask(T, S, causal):
            scores = np.where(np.tri(T, S, dtype=bool), scores, -np.inf)
        e = np.exp(scores - scores.max(axis=-1, keepdims=True))
        P = e / e.sum(axis=-1, keepdims=True)
        return P @ V, P

    return attention_forward


def test_a_later_part_says_which_earlier_one_fails_too():
    unscaled = attention(scale=lambda d: 1.0)
    assert 'known mistake, "scale forgotten"' in said(unscaled, "attention_forward", "output")
    later = said(unscaled, "attention_forward", "causal")
    assert 'check(attention_forward, "output") does not pass either, which says "scale forgotten"' in later
    assert "does not pass either" not in said(attention(mask=lambda *_: False), "attention_forward", "causal")


def test_a_wrong_forward_pass_of_a_class_is_told_where_its_backward_fails():
    class BatchNorm:
        def __init__(self, n_features, momentum=0.9, eps=1e-5):
            self.weights, self.biases = np.ones((1, n_features)), np.zeros((1, n_features))
            self.running_mean, self.running_variance = np.zeros((1, n_features)), np.zeros((1, n_features))

        def forward(self, inputs, training=True):
            self.inputs = inputs
            return 2.0 * inputs

        def backward(self, dvalues):
            self.dinputs, self.dweights, self.dbiases = 3.0 * dvalues, self.weights * 2.0, self.biases + 7.0
            return self.dinputs

    assert '(check(BatchNorm, "running") does not pass either' in said(BatchNorm, "BatchNorm", "gradients")


def test_of_a_class_that_grows_no_step_rests_on_the_one_before():
    class Tensor:
        def __init__(self, data, wires=()):
            self.data, self.wires = np.array(data, dtype=float), tuple(wires)
            self.grad = np.zeros(self.data.shape)

        def __add__(self, other):
            return Tensor(self.data * 7.0)

        __mul__ = __add__

        def sum(self, axis=None, keepdims=False):
            return Tensor(self.data.sum(axis=axis, keepdims=keepdims), [(self, lambda upstream: self.data * 5.0)])

    assert "wrong in" in said(Tensor, "Tensor", "data")
    assert "does not pass either" not in said(Tensor, "Tensor", "sum")


def test_a_mask_that_nobody_asked_for_is_seen():
    square = attention(mask=lambda T, S, causal: T == S)
    assert '"masked unasked"' in said(square, "attention_forward", "output")
    assert '"masked unasked"' in said(square, "attention_forward", "axes")


def test_the_call_to_try_names_the_function_and_no_part_of_it():
    one = said(lambda Q, K, V, causal=False: (K[:1] * 3.0, K), "attention_forward", "output")
    assert "  attention_forward(" in one and "attention_forward.output(" not in one


def test_a_layer_without_its_arrays_is_told_so():
    class BatchNorm:
        def __init__(self, n_features, momentum=0.9, eps=1e-5):
            self.gamma, self.beta = np.ones((1, n_features)), np.zeros((1, n_features))

        def forward(self, inputs, training=True):
            return inputs

        def backward(self, dvalues):
            return dvalues

    assert "a layer without `weights` and `biases`" in said(BatchNorm, "BatchNorm", "running")


@pytest.mark.parametrize(
    ("change", "rounded"),
    [(lambda dx: np.round(dx, 2), True), (lambda dx: dx + 0.5, False)],
)
def test_first_digits_are_spoken_of_only_where_all_cases_may_be_rounded(change, rounded):
    """A half more is in the sixth digit of a large number, and no rounding in a small one."""
    asked = all_exercises()["neuron_backward"]
    numbers = {"x": [1.25, -2.5], "w": [3.125, -1.0625], "z": 2.0}
    cases = [
        asked.case("large", {"dvalue": 123456.789, **numbers}),
        asked.case("small", {"dvalue": 0.123456, **numbers}),
    ]

    def neuron_backward(dvalue, x, w, z):
        dx, dw, db = asked.reference(dvalue, x, w, z)
        return change(dx), dw, db

    seen = observe_all(asked.probe, neuron_backward, (case.inputs for case in cases))
    said = diagnose(asked.probe, cases, list(seen), (), "dx").message
    assert ("first 5 digits are right" in said) == rounded, said


def test_what_numpy_left_unwritten_is_named_beside_nan():
    def embed_backward(dvalues, tokens, table_shape):
        dtable = np.empty(table_shape)
        np.add.at(dtable, tokens, dvalues)
        return dtable

    words = said(embed_backward, "embed_backward")
    assert "is NaN" in words and "Note: `np.empty`" in words
    assert "empty" not in said(lambda dvalues, tokens, table_shape: np.full(table_shape, np.nan), "embed_backward")


class Plain:
    """The right data of a `Tensor` for one sum or product, and wires of one's own: (x, y) to wires."""

    def __init__(self, data, wires=()):
        self.data = np.array(data, dtype=float)
        self.grad, self.wires = np.zeros(self.data.shape), tuple(wires)

    def __add__(self, other):
        return type(self)(self.data + other.data, self.wired(self, other))

    def __mul__(self, other):
        return type(self)(self.data * other.data, self.wired(self, other))


def test_a_wire_turned_round_and_a_pull_that_gives_a_tensor():
    turned = type("Tensor", (Plain,), {"wired": lambda self, x, y: [(abs, x), (abs, y)]})
    assert "no pairs (source, pull), a Tensor and a function" in said(turned, "Tensor", "grad")
    boxed = type("Tensor", (Plain,), {"wired": lambda self, x, y: [(x, type(self)), (y, type(self))]})
    assert "returned Tensor for dx; numbers are wanted" in said(boxed, "Tensor", "grad")


def test_shapes_that_do_not_fit_entry_by_entry_are_no_matrix_product():
    def wired(self, x, y):
        return [(x, np.broadcast_to(y.data, x.data.shape)), (y, np.broadcast_to(x.data, y.data.shape))]

    early = type("Tensor", (Plain,), {"wired": wired})
    words = said(early, "Tensor", "data")
    assert "could not be broadcast" in words and "known mistake" not in words
