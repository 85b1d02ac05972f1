"""The model solutions of chapters 08 to 10 train a network; an autodiff library, with its own optimizer, trains its twin."""

from types import SimpleNamespace

import autograd
import autograd.numpy as anp
import nbformat
import numpy as np
import pytest
from autograd.misc.optimizers import sgd

from autograder.classroom.solutions import BRING
from autograder.course_dir import CourseDir
from autograder.demo.handin import model_answers
from course.data import spiral
from tests.support.grading import ROOT

STEPS, RATE, MOMENTUM = 200, 0.1, 0.9
LOOKED_AT = (0, 1, 2, 5, 10, 50, 100, STEPS - 1)  # steps whose gradients are compared
OWN = {
    "08-network": ["dense", "relu", "network"],
    "09-softmax": ["softmax", "cross-entropy", "softmax-cross-entropy-backward"],
}
LAST = {"10-training": ["standardize", "train", "sgd"]}
PASTED = {"10-training": ["paste-your-own"]}  # the copies of OWN that stand in chapter 10


@pytest.fixture(scope="module", params=[OWN, PASTED], ids=["own", "pasted"])
def model(request):
    """What the solution cells define, and nothing of the reference."""
    defined = {"np": np}
    for chapter, cells in [*request.param.items(), *LAST.items()]:
        answers = model_answers(nbformat.read(CourseDir(ROOT).source_notebook(chapter), as_version=4))
        for cell in cells:
            code = BRING.sub("", answers[cell])  # what it fetches for a student stands below it
            exec(compile(code, f"{chapter}/{cell}", "exec"), defined)
    return SimpleNamespace(**defined)


class Noting:
    """An optimizer that notes the gradients it is given, then lets another one take the step."""

    def __init__(self, optimizer):
        self.optimizer = optimizer
        self.noted = []

    def step(self, network):
        first, _, last = network.layers
        gradients = (first.dweights, first.dbiases, last.dweights, last.dbiases, first.dinputs)
        self.noted.append([gradient.copy() for gradient in gradients])
        self.optimizer.step(network)


def mean_loss(parameters, X, t):
    """The mean cross-entropy of the same network, once more, with the library's numpy."""
    W, b, V, c = parameters
    scores = anp.dot(anp.maximum(0, anp.dot(X, W) + b), V) + c
    shifted = scores - anp.max(scores, axis=1, keepdims=True)
    logs = shifted - anp.log(anp.sum(anp.exp(shifted), axis=1, keepdims=True))
    return -anp.mean(logs[np.arange(len(t)), t])


def train_with_the_library(start, X, t):
    """The losses before each step and the gradients at each: for the four parameters, then for the inputs."""
    losses, noted = [], []

    def note(parameters, step, gradients):
        losses.append(mean_loss(parameters, X, t))
        noted.append([*gradients, autograd.grad(mean_loss, 1)(parameters, X, t)])

    # The library moves by step_size v with v = mass v - (1 - mass) gradient: this step_size makes the rate RATE.
    slope = autograd.grad(mean_loss)
    sgd(lambda at, _: slope(at, X, t), start, note, num_iters=STEPS, step_size=RATE / (1 - MOMENTUM), mass=MOMENTUM)
    return np.array(losses), noted


@pytest.mark.parametrize("seed", [0, 1])
def test_the_model_solutions_train_as_an_autodiff_library_does(model, seed):
    X, t = spiral(100, seed)
    X = model.standardize(X, X.mean(axis=0), X.std(axis=0))
    rng = np.random.default_rng(seed)
    network = model.Network([model.Dense(2, 64, rng), model.ReLU(), model.Dense(64, 3, rng)])
    first, _, last = network.layers
    start = tuple(array.copy() for array in (first.weights, first.biases, last.weights, last.biases))

    optimizer = Noting(model.SGD(RATE, momentum=MOMENTUM))
    losses = model.train(network, X, t, optimizer, epochs=STEPS)
    library_losses, library_gradients = train_with_the_library(start, X, t)

    assert len(optimizer.noted) == len(library_gradients) == STEPS
    for step in LOOKED_AT:
        names = ("first weights", "first biases", "last weights", "last biases", "inputs")
        for name, ours, theirs in zip(names, optimizer.noted[step], library_gradients[step], strict=True):
            assert np.abs(theirs).max() > 1e-6, f"{name}, step {step}: too small for an absolute 1e-9 to mean much"
            np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-9, err_msg=f"{name}, step {step}")
    np.testing.assert_allclose(losses, library_losses, rtol=0, atol=1e-6)
    assert losses[-1] < losses[0] / 2  # it has been a training, not 200 steps on the spot
