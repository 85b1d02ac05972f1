"""Chapter 09's reference against complex steps, central differences and an autodiff library."""

import autograd.numpy as anp
import numpy as np
import pytest

from autograder.reference import softmax as reference
from tests.test_reference import SEEDS, assert_gradients, complex_step


def library_softmax(z):
    """Softmax along the last axis in autograd's numpy, unshifted: only for small scores."""
    e = anp.exp(z)
    return e / anp.sum(e, axis=-1, keepdims=True)


def drawn(seed, n=4, c=3):
    rng = np.random.default_rng(seed)
    z, dvalues, labels = rng.normal(size=(n, c)), rng.normal(size=(n, c)), rng.integers(c, size=n)
    return z, dvalues, labels, np.eye(c)[labels]


@pytest.mark.parametrize("seed", SEEDS)
def test_softmax_and_its_backward_pass(seed):
    z, dvalues, _, _ = drawn(seed)
    p = reference.softmax(z)
    np.testing.assert_allclose(p, library_softmax(z), rtol=1e-14)
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-14)
    gradient = reference.softmax_backward(dvalues, p)
    assert_gradients(lambda z: anp.sum(library_softmax(z) * dvalues), [z], [gradient], smooth=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_jacobian(seed):
    z = drawn(seed)[0][0]
    p = reference.softmax(z)
    jacobian = reference.softmax_jacobian(p)
    for j, row in enumerate(jacobian):
        np.testing.assert_allclose(row, complex_step(lambda z, j=j: library_softmax(z)[j], z), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(jacobian.sum(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(jacobian.sum(axis=1), 0, atol=1e-15)


@pytest.mark.parametrize("seed", SEEDS)
def test_loss_and_both_ways_back(seed):
    z, _, labels, one_hot = drawn(seed)
    p = reference.softmax(z)

    def loss(p):
        return -anp.sum(one_hot * anp.log(p)) / len(z)

    for t in (labels, one_hot, one_hot.astype(int)):
        assert reference.cross_entropy(p, t) == pytest.approx(loss(p), rel=1e-14)
        dp, dz = reference.cross_entropy_backward(p, t), reference.softmax_cross_entropy_backward(p, t)
        assert_gradients(loss, [p], [dp], smooth=True)
        assert_gradients(lambda z: loss(library_softmax(z)), [z], [dz], smooth=True)
        np.testing.assert_allclose(reference.softmax_backward(dp, p), dz, rtol=1e-12, atol=1e-15)


def test_large_scores_and_one_row():
    scores = np.array([1000.0, 1001.0])
    np.testing.assert_allclose(reference.softmax(scores), library_softmax(scores - 1000), rtol=1e-12)
    far_apart = reference.softmax([scores, scores - 3000])
    np.testing.assert_allclose(far_apart[0], far_apart[1], rtol=1e-12)


def test_sure_and_wrong():
    p, t = reference.softmax([[-800.0, 0.0]]), np.array([0])
    assert reference.cross_entropy(p, t) == pytest.approx(-np.log(1e-12))
    dp = reference.cross_entropy_backward(p, t)
    np.testing.assert_allclose(dp, [[-1e12, 0]])
    assert not reference.softmax_backward(dp, p).any(), "the two steps lose the gradient"
    assert reference.softmax_cross_entropy_backward(p, t).tolist() == [[-1, 1]]


def test_arguments_may_be_lists():
    p = [[0.7, 0.2, 0.1]]
    assert reference.softmax_cross_entropy_backward(p, [1])[0] == pytest.approx([0.7, -0.8, 0.1])
    assert reference.cross_entropy(p, [[0, 1, 0]]) == pytest.approx(-np.log(0.2))
    assert reference.softmax_backward([[1, -2, 3]], p)[0] == pytest.approx([0.28, -0.52, 0.24])
