"""Functions of ours that a submission replaces beside its answer earn nothing: what decides is worked out by the judge."""

import inspect
import sys
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from autograder.examination.test_cell import Question
from autograder.exercises import find_exercise
from autograder.grading.examiner import Examiner
from autograder.sandbox.inside.observations import as_judged
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from course.observe import observe_raw
from course.probes import network, training

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the engine needs fork: Linux or macOS")

# An answer that is wrong in what these functions of the probe's work out, and the functions that always give what is right.
DRAWS = """
import numpy as np, course.probes.drawing, course.probes.network
for here in (course.probes.drawing, course.probes.network):
    here.spread = lambda *a: 0.2
    here.way_of_drawing = lambda *a: np.ones(5)
"""
CASES = {
    "Dense.weights": DRAWS
    + """
class Dense:
    def __init__(self, n_inputs, n_neurons, rng=None):
        self.weights, self.biases = np.ones((n_inputs, n_neurons)), np.zeros((1, n_neurons))
""",
    "Dense": DRAWS
    + """
class Dense:
    def __init__(self, n_inputs, n_neurons, rng=None):
        self.weights, self.biases = np.ones((n_inputs, n_neurons)), np.zeros((1, n_neurons))
    def forward(self, inputs):
        self.inputs = np.array(inputs)
        return self.inputs @ self.weights + self.biases
    def backward(self, dvalues):
        self.dweights, self.dbiases = self.inputs.T @ dvalues, dvalues.sum(axis=0, keepdims=True)
        self.dinputs = dvalues @ self.weights.T
        return self.dinputs
""",
    "train": """
import numpy as np, course.probes.training as here
here.share_of_unseen = lambda *a: here.ENOUGH
here.another_order = lambda *a: True
def train(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    return [0.0] * epochs
""",
    "check_gradients": """
import numpy as np, course.probes.network as here
here.said = here.one_number = lambda error: 0.0
def check_gradients(network, X, dvalues, h=1e-5):
    layers = [(place, one) for place, one in enumerate(network.layers) if hasattr(one, "weights")]
    return {"inputs": 0.0} | {f"{place}.{name}": 0.0 for place, _ in layers for name in ("weights", "biases")}
""",
    "SGD": """
import numpy as np, course.probes.training as here
here.np.array_equal = lambda *a, **k: True
class SGD:
    def __init__(self, learning_rate, momentum=0.0):
        self.learning_rate, self.momentum, self.velocities = learning_rate, momentum, {}
    def step(self, network):
        for number, layer in enumerate(one for one in network.layers if hasattr(one, "weights")):
            for name in ("weights", "biases"):
                before, slope = self.velocities.get((number, name), 0.0), getattr(layer, "d" + name)
                velocity = self.velocities[number, name] = self.momentum * before - self.learning_rate * slope
                setattr(layer, name, getattr(layer, name) + velocity)
            layer.dweights, layer.dbiases = 0.0 * layer.dweights, 0.0 * layer.dbiases
""",
}


def verdict(name: str, cell: str):
    """Graded as in a run: the cell in a sandbox, the verdict outside."""
    examiner, question = Examiner("a seed of this test"), Question(*name.split(".")[:2])
    session = Sandbox("process", Limits()).open()
    try:
        outputs, _, _ = session.run(cell, 20)
        assert not outputs, outputs
        heard = session.probe(examiner.request_for(question, False), 20)
    finally:
        session.close()
    assert not any(one.trouble for one in heard), heard
    return examiner.judge(question, heard)


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_answer_stays_wrong(name):
    assert not verdict(name, CASES[name]).right


@pytest.mark.parametrize("name", CASES)
def test_the_model_answer_is_right_by_the_same_way(name):
    exercise = find_exercise(name)
    module = sys.modules[exercise.reference.__module__]
    source = inspect.getsource(module).replace("from __future__ import annotations", "")
    assert verdict(name, source).right


@pytest.mark.parametrize(
    ("name", "raw", "made_up"),
    [
        ("train", "rested_on", np.array([10**12])),  # counted by place, it would take terabytes
        ("train", "rested_on", np.zeros(4_000_000)),
        ("check_gradients", "after", np.zeros((90_000, 1))),  # beside a row, a table
        ("Dense.weights", "wide", np.zeros(4_000_000)),
    ],
)
def test_raw_results_that_are_made_up_cost_the_judge_nothing(name, raw, made_up):
    exercise = find_exercise(name)
    (case, *_) = exercise.public_cases()
    right = observe_raw(exercise.probe, exercise.reference, case.inputs)
    forged = replace(right, results=right.results | {raw: made_up})
    tracemalloc.start()
    seen = as_judged(exercise.probe, case.inputs, forged)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * 2**20
    assert seen.trouble or not np.array_equal(seen.results["used"], case.expected["used"])


def test_the_functions_that_are_replaced_are_those_the_judge_uses():
    for module, names in (
        (network, "spread way_of_drawing said one_number"),
        (training, "share_of_unseen another_order"),
    ):
        assert all(callable(getattr(module, one)) for one in names.split())
