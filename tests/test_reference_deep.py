"""The reference of chapter 14 against an autodiff library, and against the numbers that its lesson prints."""

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from autograder.reference.deep import (
    BatchNorm,
    Residual,
    batch_norm_backward,
    batch_norm_forward,
    gradient_sizes,
    layer_norm_backward,
    layer_norm_forward,
)
from autograder.reference.network import Dense, Network, ReLU
from autograder.reference.softmax import softmax, softmax_cross_entropy_backward
from course.data import spiral
from course.twenty_layers import twenty_layers as in_the_lesson

SEEDS = range(5)
X = np.array([[1.0, 10, 0], [1, 30, -1], [5, 10, 2], [5, 50, 3]])
DVALUES = np.array([[4.0, 1, -1], [0, -2, 0.5], [0, 0, 2], [0, 3, 1]])
GAMMA = np.array([[1.0, 3, -2]])
COLUMN, FIRST, ONE = np.array([[1.0], [1], [5], [5]]), np.array([[4.0], [0], [0], [0]]), np.ones((1, 1))


def normed(X, gamma, beta, eps, axis):
    centred = X - anp.mean(X, axis=axis, keepdims=True)
    return gamma * centred / anp.sqrt(anp.mean(centred**2, axis=axis, keepdims=True) + eps) + beta


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("eps", [1e-5, 0.1])
@pytest.mark.parametrize(
    "shape, axis, forward, backward",
    [
        ((5, 3), 0, lambda *a: batch_norm_forward(*a)[0], batch_norm_backward),
        ((5, 3), -1, layer_norm_forward, layer_norm_backward),
        ((2, 5, 3), -1, layer_norm_forward, layer_norm_backward),
    ],
)
def test_norms_against_autodiff(seed, eps, shape, axis, forward, backward):
    rng = np.random.default_rng(seed)
    X, dvalues = rng.normal(size=shape) * [0.1, 1, 100] + 7, rng.normal(size=shape)
    gamma, beta = rng.normal(size=(1, 3)), rng.normal(size=(1, 3))

    def probe(X, gamma, beta):
        return anp.sum(normed(X, gamma, beta, eps, axis) * dvalues)

    np.testing.assert_allclose(forward(X, gamma, beta, eps), normed(X, gamma, beta, eps, axis), rtol=1e-10)
    for which, found in enumerate(backward(dvalues, X, gamma, eps)):
        wanted = grad(probe, which)(X, gamma, beta)
        assert found.shape == wanted.shape
        np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_residual_against_autodiff(seed):
    rng = np.random.default_rng(seed)
    inner, outer = Dense(3, 4, rng), Dense(4, 3, rng)
    X, dvalues = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))

    def outputs(X):
        return X + anp.dot(anp.maximum(0, anp.dot(X, inner.weights)), outer.weights)

    residual, kept = Residual([inner, ReLU(), outer]), X.copy()
    np.testing.assert_allclose(residual.forward(X), outputs(X))
    np.testing.assert_allclose(residual.backward(dvalues), grad(lambda X: anp.sum(outputs(X) * dvalues))(X))
    assert np.array_equal(X, kept)


@pytest.mark.parametrize("training", [True, False])
def test_batch_norm_layer_against_autodiff(training):
    rng = np.random.default_rng(0)
    layer = BatchNorm(3)
    layer.weights, layer.biases = rng.normal(size=(1, 3)), rng.normal(size=(1, 3))
    for _ in range(2):
        layer.forward(rng.normal(size=(6, 3)) * 2 + 1)
    mean, variance = layer.running_mean, layer.running_variance
    X, dvalues = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))

    def outputs(X, gamma, beta):
        if training:
            return normed(X, gamma, beta, 1e-5, 0)
        return gamma * (X - mean) / anp.sqrt(variance + 1e-5) + beta

    arguments = X, layer.weights, layer.biases
    np.testing.assert_allclose(layer.forward(X, training=training), outputs(*arguments))
    layer.backward(dvalues)
    for which, found in enumerate((layer.dinputs, layer.dweights, layer.dbiases)):
        wanted = grad(lambda *a: anp.sum(outputs(*a) * dvalues), which)(*arguments)
        np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-12)
    assert training == (not np.array_equal(layer.running_mean, mean))


def test_one_column_by_hand():
    np.testing.assert_allclose(batch_norm_backward(FIRST, COLUMN, ONE, 0)[0].ravel(), [1, -1, 0, 0], atol=1e-12)
    found = batch_norm_backward(FIRST, COLUMN, ONE, 0.1)[0].ravel()
    assert found.round(4).tolist() == [0.9998, -0.9757, -0.012, -0.012]
    assert np.sum(found) == pytest.approx(0, abs=1e-12)
    assert np.sum(found * COLUMN.ravel() - 3 * found) / np.sqrt(4.1) == pytest.approx(-0.048, abs=5e-4)
    constant = batch_norm_backward(FIRST, np.full((4, 1), 7.0), ONE)[0].ravel()
    assert constant.round().tolist() == [949, -316, -316, -316]


def test_second_data():
    dX, dgamma, dbeta = batch_norm_backward(DVALUES, X, GAMMA, 0)
    assert dX.round(4).tolist() == [
        [1, 0.2138, 1.5495],
        [-1, -0.4934, -0.8538],
        [0, 0.0329, -1.2333],
        [0, 0.2467, 0.5376],
    ]
    assert dgamma.round(4).tolist() == [[-4, 3.0151, 2.5298]]
    assert dbeta.tolist() == [[4, 2, 2.5]]
    dX, dgamma, dbeta = layer_norm_backward(DVALUES, X, GAMMA, 0)
    assert dX[0].round(4).tolist() == [0.2321, -0.0232, -0.2089]
    assert dgamma.round(4).tolist() == [[-2.372, 2.8243, -2.5479]]
    row, gamma = np.array([[1.0, 1, 5, 5]]), np.array([[1.0, 2, 1, 1]])
    np.testing.assert_allclose(
        layer_norm_backward(np.array([[4.0, 1, 0, 0]]), row, gamma, 0)[0], [[0.5, -0.5, 0, 0]], atol=1e-12
    )


def test_running_numbers():
    layer, means = BatchNorm(1), []
    for _ in range(20):
        layer.forward(COLUMN)
        means.append(round(layer.running_mean.item(), 4))
        if len(means) == 1:
            assert layer.running_variance.item() == pytest.approx(1.3)
    assert [means[0], means[4], means[19]] == [0.3, 1.2285, 2.6353]
    layer = BatchNorm(1, eps=0)
    layer.running_mean, layer.running_variance = np.array([[3.0]]), np.array([[4.0]])
    assert layer.forward(np.array([[9.0]]), training=False).item() == 3
    layer.forward(COLUMN, training=False)
    assert layer.backward(FIRST).ravel().tolist() == [2, 0, 0, 0]


def twenty_layers(seed, size):
    """What leaves the first of twenty ReLU layers of 64, and what the last one puts out, both as root mean squares.

    Drawn in this order: the batch, the weights from the first layer to the last, the upstream.
    """
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(100, 64))
    layers = [one for _ in range(20) for one in (Dense(64, 64, rng), ReLU())]
    for layer in layers[::2]:
        layer.weights *= size
    network = Network(layers)
    outputs = network.forward(inputs)
    return gradient_sizes(network, rng.normal(size=(100, 64)))[0], np.sqrt(np.mean(outputs**2))


@pytest.mark.parametrize(
    "size, back, forth", [(0.5, "1.2e-06", "1.8e-06"), (1, "1.3e+00", "1.9e+00"), (2, "1.3e+06", "2.0e+06")]
)
def test_twenty_layers(size, back, forth):
    gradient, signal = twenty_layers(0, size)
    assert (f"{gradient:.1e}", f"{signal:.1e}") == (back, forth)


def test_twenty_layers_of_five_seeds():
    sizes = [round(float(twenty_layers(seed, 1)[0]), 2) for seed in range(5)]
    assert sizes == [1.28, 0.78, 0.75, 0.73, 0.88]


# The lesson's own twenty layers, and its table of trained networks ----------------------------------------------------


class Norm:
    """Layer norm, or batch norm, as a layer with gamma and beta."""

    def __init__(self, axis, features):
        self.weights, self.biases, self.axis = np.ones((1, features)), np.zeros((1, features)), axis

    def forward(self, inputs):
        self.inputs = inputs
        if self.axis == 0:
            return batch_norm_forward(inputs, self.weights, self.biases)[0]
        return layer_norm_forward(inputs, self.weights, self.biases)

    def backward(self, dvalues):
        backward = batch_norm_backward if self.axis == 0 else layer_norm_backward
        self.dinputs, self.dweights, self.dbiases = backward(dvalues, self.inputs, self.weights)
        return self.dinputs


@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("norm", ["none", "batch", "layer"])
@pytest.mark.parametrize("size", [0.5, 1, 2])
def test_the_lessons_layers_are_those_of_the_reference(size, norm, skip):
    rng = np.random.default_rng(3)
    inputs, layers = rng.normal(size=(100, 64)), []
    for _ in range(20):
        dense = Dense(64, 64, rng)
        dense.weights *= size
        norms = [] if norm == "none" else [Norm({"batch": 0, "layer": -1}[norm], 64)]
        layers += [Residual([*norms, dense, ReLU()])] if skip else [dense, *norms, ReLU()]
    network = Network(layers)
    outputs = network.forward(inputs)
    sizes = gradient_sizes(network, rng.normal(size=(100, 64)))
    found = in_the_lesson(size, seed=3, skip=skip, norm=norm)
    np.testing.assert_allclose(found["gradient"][:-1], sizes[:: len(layers) // 20], rtol=1e-9)
    np.testing.assert_allclose(found["signal"][-1], np.sqrt(np.mean(outputs**2)), rtol=1e-9)


def spiral_network(size, kind, rng):
    """Twenty hidden layers of 32: plain, with skips, or with skips and layer norm; and all layers that have parameters."""
    first, last = Dense(2, 32, rng), None
    hidden = [Dense(32, 32, rng) for _ in range(19)]
    last = Dense(32, 3, rng)
    for one in (first, *hidden, last):
        one.weights *= size
    norms = [Norm(-1, 32) for _ in range(20)] if kind == "skips and norms" else []
    branches = [[*norms[k : k + 1], one, ReLU()] for k, one in enumerate(hidden)]
    middle = [one for branch in branches for one in branch] if kind == "plain" else [Residual(one) for one in branches]
    return Network([first, ReLU(), *middle, *norms[19:], last]), [first, *hidden, last, *norms]


def share_right(size, kind, seed=0):
    """Held-out accuracy on the spiral after 60 epochs, and nan where the outputs are."""
    (X, t), (held, held_t) = spiral(100, seed=0), spiral(100, seed=1)
    mean, std = X.mean(axis=0), X.std(axis=0)
    X, held, rng = (X - mean) / std, (held - mean) / std, np.random.default_rng(seed)
    network, layers = spiral_network(size, kind, rng)
    velocity = [[0, 0] for _ in layers]
    for _ in range(60):
        for rows in np.array_split(rng.permutation(300), 10):
            network.backward(softmax_cross_entropy_backward(softmax(network.forward(X[rows])), t[rows]))
            for v, one in zip(velocity, layers, strict=True):
                v[:] = 0.9 * v[0] - 0.02 * one.dweights, 0.9 * v[1] - 0.02 * one.dbiases
                one.weights, one.biases = one.weights + v[0], one.biases + v[1]
    outputs = network.forward(held)
    return np.nan if np.isnan(outputs).any() else np.mean(outputs.argmax(axis=1) == held_t)


@pytest.mark.parametrize(
    "size, kind, low, high",
    [
        (0.5, "plain", 0.33, 0.34),
        (0.5, "skips and norms", 0.99, 1),
        (1, "plain", 0.6, 0.95),
        (1, "skips", np.nan, np.nan),
        (1, "skips and norms", 0.99, 1),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_the_lesson_says_of_trained_networks(size, kind, low, high):
    found = share_right(size, kind)
    assert np.isnan(found) if np.isnan(low) else low <= found <= high
