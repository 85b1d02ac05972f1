"""Chapter 11: the mended passes against outside judges; the patients, which must look well at first and be ill."""

from pathlib import Path

import autograd.numpy as anp
import nbformat
import numpy as np
import pytest

from autograder.course_dir import CourseDir
from autograder.examination.judge import judge
from autograder.exercises import chapter_exercises
from autograder.exercises.clinic.patients import BROKEN
from autograder.reference import clinic as reference
from tests.test_reference import SEEDS, assert_gradients

FIRST = [pytest.param(exercise, id=exercise.name) for exercise in chapter_exercises("11-clinic")]


@pytest.mark.parametrize("seed", SEEDS)
def test_dense(seed):
    rng = np.random.default_rng(seed)
    inputs, weights, biases, dvalues = (rng.normal(size=size) for size in ((3, 4), (4, 2), (1, 2), (3, 2)))
    gradients = reference.mended_dense_backward(dvalues, inputs, weights)
    assert_gradients(lambda x, w, b: anp.sum((anp.dot(x, w) + b) * dvalues), [inputs, weights, biases], gradients, True)


@pytest.mark.parametrize("seed", SEEDS)
def test_neuron(seed):
    rng = np.random.default_rng(seed)
    x, w, b, dvalue = rng.normal(size=3), rng.normal(size=3), rng.normal(), rng.normal()
    gradients = reference.mended_neuron_backward(dvalue, x, w, float(x @ w + b))
    assert_gradients(lambda x, w, b: dvalue * anp.maximum(0, anp.dot(x, w) + b), [x, w, b], gradients, smooth=False)


@pytest.mark.parametrize("seed", SEEDS)
def test_softmax_and_cross_entropy(seed):
    rng = np.random.default_rng(seed)
    z, t = rng.normal(size=(4, 3)), rng.integers(3, size=4)
    e = np.exp(z)

    def loss(z):
        return anp.sum(anp.log(anp.sum(anp.exp(z), axis=1)) - anp.sum(z * np.eye(3)[t], axis=1)) / 4

    gradient = reference.mended_softmax_cross_entropy_backward(e / e.sum(axis=1, keepdims=True), t)
    assert_gradients(loss, [z], [gradient], smooth=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_sigmoid_neuron(seed):
    rng = np.random.default_rng(seed)
    w, x = rng.normal(size=3), rng.normal(size=2)
    gradients = reference.mended_sigmoid_neuron_backward(w, x)
    assert_gradients(lambda w, x: 1 / (1 + anp.exp(-(anp.dot(w[:2], x) + w[2]))), [w, x], gradients, smooth=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_relu(seed):
    rng = np.random.default_rng(seed)
    z, dvalues = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    gradient = reference.mended_relu_backward(dvalues, z)
    assert_gradients(lambda z: anp.sum(anp.maximum(0, z) * dvalues), [z], [gradient], smooth=False)


@pytest.mark.parametrize("exercise", FIRST)
def test_the_notebook_gives_the_patient_that_is_declared(exercise):
    """The cell a student gets and the declared mistake do the same on every public case, and neither is right."""
    cells = nbformat.read(CourseDir(Path(__file__).parents[1]).source_notebook("11-clinic"), as_version=4).cells
    name = exercise.name.replace("mended", "broken")
    given: dict = {}
    for cell in cells:
        if cell.id in ("imports", name.replace("_", "-")):
            exec(cell.source, given)
    cases = exercise.public_cases()
    verdict = judge(exercise, cases, exercise.observe(given[name], cases))
    assert (verdict.right, verdict.kind) == (False, "as-it-came-in")


@pytest.mark.parametrize("exercise", FIRST)
def test_a_patient_gives_the_digits_of_its_write_up_at_the_first_call(exercise):
    case = exercise.public_cases()[0]
    printed = dict(case.expected)
    if exercise.name == "mended_sigmoid_neuron_backward":  # worked on paper, each step rounded
        printed = {"dw": np.array([-0.2, -0.4, 0.2]), "dx": np.array([0.4, -0.6])}
    seen = exercise.observe(BROKEN[exercise.name], [case])[0]
    for name, expected in printed.items():
        np.testing.assert_allclose(seen.results[name], expected, rtol=1e-12, atol=1e-15)
