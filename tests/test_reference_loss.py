"""The reference of 04-loss against complex steps, central differences and an autodiff library; the lesson's numbers."""

import autograd.numpy as anp
import numpy as np
import pytest

from autograder.reference import loss
from tests.test_reference import SEEDS, assert_gradients

X, W, B, T = np.array([1.0, -2.0, 3.0]), np.array([-3.0, -1.0, 2.0]), 1.0, 5.0


@pytest.mark.parametrize("seed", SEEDS)
def test_half_squared_error(seed):
    y, t = np.random.default_rng(seed).normal(size=2)
    gradient = loss.half_squared_error_backward(y, t)
    assert_gradients(lambda y: (y - t) ** 2 / 2, [y], [gradient], smooth=True)
    assert loss.half_squared_error(y, t) == pytest.approx((y - t) ** 2 / 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_neuron_loss_gradients(seed):
    rng = np.random.default_rng(seed)
    x, w, b, t = rng.normal(size=4), rng.normal(size=4), rng.normal(), rng.normal()
    gradients = loss.neuron_loss_gradients(x, w, b, t)
    assert [np.shape(one) for one in gradients] == [(4,), (4,), ()]
    assert_gradients(
        lambda x, w, b: (anp.maximum(0, anp.dot(x, w) + b) - t) ** 2 / 2, [x, w, b], gradients, smooth=False
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_each_step_multiplies_the_error(seed):
    rng = np.random.default_rng(seed)
    x, w, t, error, share = rng.normal(size=4), rng.normal(size=4), 3.0, rng.uniform(-2, 2), rng.uniform(0.1, 1.5)
    b = t + error - x @ w
    rate = share / (x @ x + 1)
    new_w, new_b, losses = loss.fit_neuron(x, w, b, t, rate, 6)
    np.testing.assert_allclose(losses, (error * (1 - share) ** np.arange(7)) ** 2 / 2, rtol=1e-9, atol=1e-20)
    assert x @ new_w + new_b - t == pytest.approx(error * (1 - share) ** 6)


def test_the_printed_neuron_learns_bounces_and_dies():
    gradients = loss.neuron_loss_gradients(X, W, B, T)
    assert [np.array(one).tolist() for one in gradients] == [[-3.0, -1.0, 2.0], [1.0, -2.0, 3.0], 1.0]
    assert loss.fit_neuron(X, W, B, T, 1 / 15, 1)[2][1] == pytest.approx(0, abs=1e-25)
    np.testing.assert_allclose(loss.fit_neuron(X, W, B, T, 2 / 15, 5)[2], 0.5)
    w, b, losses = loss.fit_neuron(X, W, B, T, 0.15, 12)
    assert losses[8] < 18 and (losses[9:] == 12.5).all()  # y = 0 from step 9 on
    assert loss.is_dead(X[None], w, b)
    assert not loss.is_dead(-X[None], w, b)


def test_dead_means_no_row_above_zero():
    rows = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert loss.is_dead(rows, np.array([-1.0, -2.0]), 1.0) is True  # z = 0 in the first row
    assert loss.is_dead(rows, np.array([-1.0, -2.0]), 1.5) is False
