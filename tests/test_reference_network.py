"""The reference of chapter 08 against central differences and an autodiff library; its checker against plain arithmetic."""

import autograd.numpy as anp
import numpy as np
import pytest

from autograder.reference.network import Dense, Network, ReLU, check_gradients, relative_error
from course.probes.given_network import SHAPES, GivenNetwork
from tests.test_reference import SEEDS, assert_gradients, central_difference


def two_layers(rng):
    """A 3-6-2 network, a batch and an upstream gradient."""
    network = Network([Dense(3, 6, rng), ReLU(), Dense(6, 2, rng)])
    for layer in (network.layers[0], network.layers[2]):
        layer.biases = rng.normal(size=layer.biases.shape)
    return network, rng.normal(size=(5, 3)), rng.normal(size=(5, 2))


@pytest.mark.parametrize("seed", SEEDS)
def test_network(seed):
    network, X, dvalues = two_layers(np.random.default_rng(seed))
    first, _, last = network.layers
    arguments = [X, first.weights, first.biases, last.weights, last.biases]

    def probe(X, V, a, W, b):
        hidden = anp.maximum(0, anp.dot(X, V) + a)
        return anp.sum((anp.dot(hidden, W) + b) * dvalues)

    assert np.sum(network.forward(X) * dvalues) == pytest.approx(probe(*arguments))
    dinputs = network.backward(dvalues)
    gradients = [dinputs, first.dweights, first.dbiases, last.dweights, last.dbiases]
    assert [one.shape for one in gradients] == [one.shape for one in arguments]
    assert_gradients(probe, arguments, gradients, smooth=False)


def test_gradients_are_set_not_added():
    network, X, dvalues = two_layers(np.random.default_rng(0))
    network.forward(X)
    network.backward(dvalues)
    before = network.layers[0].dweights.copy()
    network.backward(dvalues)
    np.testing.assert_array_equal(network.layers[0].dweights, before)


def test_weights_start_with_he_s_spread():
    layer = Dense(200, 300, rng=np.random.default_rng(0))
    assert layer.weights.shape == (200, 300) and layer.weights.std() == pytest.approx(np.sqrt(2 / 200), rel=0.02)
    assert layer.biases.shape == (1, 300) and not layer.biases.any()
    assert not np.array_equal(Dense(4, 3).weights, Dense(4, 3).weights)


@pytest.mark.parametrize("seed", SEEDS)
def test_check_gradients_accepts_right_ones_and_restores(seed):
    network, X, dvalues = two_layers(np.random.default_rng(seed))
    before = [array.copy() for layer in network.layers[::2] for array in (layer.weights, layer.biases)]
    errors = check_gradients(network, X, dvalues)
    assert list(errors) == ["inputs", "0.weights", "0.biases", "2.weights", "2.biases"]
    assert max(errors.values()) < 1e-6
    after = [array for layer in network.layers[::2] for array in (layer.weights, layer.biases)]
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize(("factor", "error"), [(2, 0.5), (-1, 2), (0, 1), (0.25, 0.75), (1.5, 1 / 3)])
def test_check_gradients_measures_a_wrong_one(factor, error):
    given = GivenNetwork("three", 2, 3, seed=4, planted=f"2.biases {factor}")
    X, dvalues = np.array([[0.5, -1.0], [1.5, 0.25]]), np.array([[1.0, -2.0, 0.5], [-1.5, 3.0, 1.0]])
    errors = check_gradients(given, X, dvalues)
    assert errors.pop("2.biases") == pytest.approx(error, abs=1e-6)
    assert max(errors.values()) < 1e-6


@pytest.mark.parametrize("kind", SHAPES)
def test_given_networks_have_right_gradients(kind):
    """The probe's own backward pass, which takes steps along the imaginary axis, against real nudges."""
    rng = np.random.default_rng(3)
    X, dvalues = rng.normal(size=(4, 2)), rng.normal(size=(4, 3))
    given = GivenNetwork(kind, 2, 3, seed=5)
    given.forward(X)
    nudged = central_difference(lambda X: np.sum(given.forward(X) * dvalues), X)
    given.forward(X)
    np.testing.assert_allclose(given.backward(dvalues), nudged, rtol=1e-6, atol=1e-7)


def test_relative_error():
    assert relative_error(np.array([1.0, 0.0]), np.array([2.0, 0.0])) == 0.5
    assert np.isnan(relative_error(np.array([np.nan]), np.array([1.0])))
