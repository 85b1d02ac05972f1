"""The reference of 10-training: its steps against sums worked out otherwise, its slopes against an autodiff library."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from autograder.reference import training
from autograder.reference.network import Dense, Network, ReLU
from autograder.reference.softmax import softmax, softmax_cross_entropy_backward
from course.data import spiral
from course.probes.training import GivenLayers, GivenNetwork, GivenOptimizer, another_order, state_of
from tests.test_reference import SEEDS, central_difference


def mean_loss(weights, biases, X, centres, width, t):
    """The loss of a given network, once more, with autograd's numpy."""
    bumps = anp.exp(-anp.sum((X[:, None, :] - centres) ** 2, axis=2) / (2 * width**2))
    scores = anp.dot(bumps, anp.sinh(weights)) + anp.arctan(biases)
    largest = anp.max(scores, axis=1, keepdims=True)
    logs = scores - largest - anp.log(anp.sum(anp.exp(scores - largest), axis=1, keepdims=True))
    return -anp.mean(logs[np.arange(len(t)), t])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_given_network_has_right_slopes(seed):
    rng = np.random.default_rng(seed)
    X, t = rng.normal(size=(6, 2)), rng.integers(3, size=6)
    weights, biases = rng.normal(size=(4, 3)), rng.normal(size=(1, 3))
    network = GivenNetwork(X, weights, biases, width=0.8)
    p = softmax(network.forward(X))
    network.backward(softmax_cross_entropy_backward(p, t))
    fixed = (X, X[[0, 1, 3, 5]], 0.8, t)
    for which, gradient in enumerate((network.layers[1].dweights, network.layers[1].dbiases)):
        by_library = autograd.grad(mean_loss, which)(weights, biases, *fixed)
        np.testing.assert_allclose(gradient, by_library, rtol=1e-9, atol=1e-12)
    nudged = central_difference(lambda w: mean_loss(w, biases, *fixed), weights)
    np.testing.assert_allclose(network.layers[1].dweights, nudged, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("seed", SEEDS)
def test_momentum_is_a_fading_sum_of_all_gradients(seed):
    rng = np.random.default_rng(seed)
    start, gradients, rate, momentum = rng.normal(size=(2, 3)), rng.normal(size=(5, 2, 3)), 0.1, 0.7
    network, optimizer = GivenLayers([start], [start[:1]]), training.SGD(rate, momentum)
    for gradient in gradients:
        network.receive([gradient], [gradient[:1]])
        optimizer.step(network)
    # gradient number k is stepped along once, then again with each later step's share: 1 + m + m^2 + ...
    shares = [(1 - momentum ** (5 - k)) / (1 - momentum) for k in range(5)]
    wanted = start - rate * np.tensordot(shares, gradients, axes=1)
    np.testing.assert_allclose(network.holders[0].weights, wanted, rtol=1e-12)
    np.testing.assert_allclose(network.holders[0].biases, wanted[:1], rtol=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_epoch_of_the_whole_batch_is_one_step_along_the_library_gradient(seed):
    rng = np.random.default_rng(seed)
    X, t, rate = rng.normal(size=(6, 2)), rng.integers(3, size=6), 0.05
    network = Network([Dense(2, 5, rng), ReLU(), Dense(5, 3, rng)])
    first, _, last = network.layers
    before = [array.copy() for array in (first.weights, first.biases, last.weights, last.biases)]

    def loss(W, b, V, c):
        scores = anp.dot(anp.maximum(0, anp.dot(X, W) + b), V) + c
        return -anp.mean((scores - anp.log(anp.sum(anp.exp(scores), axis=1, keepdims=True)))[np.arange(6), t])

    losses = training.train(network, X, t, training.SGD(rate), epochs=1)
    assert losses.shape == (1,) and losses[0] == pytest.approx(loss(*before), rel=1e-12)
    for which, (array, old) in enumerate(
        zip((first.weights, first.biases, last.weights, last.biases), before, strict=True)
    ):
        np.testing.assert_allclose(array, old - rate * autograd.grad(loss, which)(*before), rtol=1e-10, atol=1e-13)


def test_every_sample_is_used_once_an_epoch():
    X, t = spiral(5, seed=0)
    optimizer = GivenOptimizer(0.1)
    network = GivenNetwork(X, np.zeros((4, 3)), np.zeros((1, 3)))
    training.train(network, X, t, optimizer, epochs=3, batch_size=4, rng=np.random.default_rng(0))
    epochs = np.reshape(optimizer.rested_on, (3, 15))
    assert (np.sort(epochs, axis=1) == np.arange(15)).all()
    assert not (epochs[0] == epochs[1]).all()


def test_standardized_training_set_has_mean_0_and_spread_1():
    X = np.random.default_rng(0).normal(3, 5, size=(50, 3)) * [1, 100, 0]
    scaled = training.standardize(X, X.mean(axis=0), X.std(axis=0))
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=0), [1, 1, 0], atol=1e-12)


def test_accuracy_counts_labels_and_one_hot_rows_alike():
    p = np.random.default_rng(0).dirichlet(np.ones(4), size=30)
    t = np.random.default_rng(1).integers(4, size=30)
    by_hand = sum(max(range(4), key=row.__getitem__) == target for row, target in zip(p.tolist(), t, strict=True)) / 30
    assert training.accuracy(p, t) == training.accuracy(p, np.eye(4, dtype=int)[t]) == pytest.approx(by_hand)


@pytest.mark.parametrize("seed", range(3))
def test_a_two_layer_network_learns_the_spiral(seed):
    (X, t), (held_X, held_t) = spiral(100, seed=0), spiral(100, seed=1)
    mean, std = X.mean(axis=0), X.std(axis=0)
    X, held_X = training.standardize(X, mean, std), training.standardize(held_X, mean, std)
    rng = np.random.default_rng(seed)
    network = Network([Dense(2, 64, rng), ReLU(), Dense(64, 3, rng)])
    training.train(network, X, t, training.SGD(0.1, momentum=0.9), epochs=100, batch_size=30, rng=rng)
    assert training.accuracy(network.forward(held_X), held_t) >= 0.9


def test_the_spiral_is_the_same_for_the_same_seed_and_balanced():
    (X, t), (again, _), (other, _) = spiral(7, seed=3), spiral(7, seed=3), spiral(7, seed=4)
    assert X.shape == (21, 2) and np.bincount(t).tolist() == [7, 7, 7]
    assert np.array_equal(X, again) and not np.array_equal(X, other)


def test_an_order_that_the_rng_did_not_draw_is_noticed_whoever_drew_it():
    X, t = spiral(3, seed=0)
    elsewhere = np.random.default_rng(7)

    class Another:  # hands out an order of its own, and leaves the given generator as it was
        permutation = staticmethod(elsewhere.permutation)

    for asked, noticed in ((None, True), ("rng", False)):
        network, optimizer = GivenNetwork(X, np.zeros((4, 3)), np.zeros((1, 3))), GivenOptimizer(0.1)
        rng = np.random.default_rng(5)
        training.train(network, X, t, optimizer, epochs=3, batch_size=4, rng=rng if asked else Another())
        assert another_order(optimizer.rested_on, optimizer.raised, t, state_of(rng), 5, 3) == noticed
