"""Chapter 13's reference against judges that are not ours: an autodiff library, and central differences."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from autograder.reference.arrays import Tensor, unbroadcast
from autograder.reference.softmax import cross_entropy, softmax, softmax_cross_entropy_backward
from tests.test_reference import SEEDS

KEY = np.array([2, 0, 2, 1, 2])
FORMS = {
    "sums, stretched": (((3, 4), (1, 4), (3, 1)), lambda x, y, z: (x + y) * z + y, None),
    "missing axes": (((2, 3, 4), (4,), (3, 1)), lambda x, y, z: x * y + z * x - y, None),
    "plain numbers": (((3, 4), (), (1, 1)), lambda x, y, z: 2.5 * x * y + (1 - z) * x, None),
    "one used twice": (((3, 4), (3, 4), (4,)), lambda x, y, z: x * x + y * (x + z) * z, None),
    "a product of matrices": (((3, 4), (4, 2), (1, 2)), lambda x, y, z: x @ y + z, None),
    "shared by a batch": (((2, 3, 4), (4, 5), (5,)), lambda x, y, z: x @ y * z, None),
    "table by table": (((2, 3, 4), (2, 4, 5), (3, 1)), lambda x, y, z: x @ y + z, None),
    "on the left": (((3, 3), (2, 3, 4), (4,)), lambda x, y, z: x @ y * z, None),
    "sums": (
        ((2, 3, 4), (3,), (2, 1, 4)),
        lambda x, y, z: x.sum(axis=(0, 2)) * y + (x * z).sum(axis=-1).sum(axis=0),
        lambda x, y, z: anp.sum(x, axis=(0, 2)) * y + anp.sum(anp.sum(x * z, axis=-1), axis=0),
    ),
    "kept": (
        ((2, 3, 4), (3, 1), (1,)),
        lambda x, y, z: x.sum(axis=(0, 2), keepdims=True) * y + x.sum() * z,
        lambda x, y, z: anp.sum(x, axis=(0, 2), keepdims=True) * y + anp.sum(x) * z,
    ),
    "moved": (
        ((2, 3, 4), (3, 4, 2), (2, 12)),
        lambda x, y, z: x.transpose(1, 2, 0) * y + z.reshape(3, 4, 2) * x.transpose().transpose(1, 0, 2),
        lambda x, y, z: (
            anp.transpose(x, (1, 2, 0)) * y + anp.reshape(z, (3, 4, 2)) * anp.transpose(anp.transpose(x), (1, 0, 2))
        ),
    ),
    "curves": (
        ((3, 4), (4,), (3, 1)),
        lambda x, y, z: (x * y).relu() + (x * 0.3).exp() * z + (z * z + 1).log(),
        lambda x, y, z: anp.maximum(x * y, 0) + anp.exp(x * 0.3) * z + anp.log(z * z + 1),
    ),
    "rows": (
        ((3, 4), (5, 4), (5,)),
        lambda x, y, z: (x[KEY] * y).sum(axis=1) + x[KEY, np.array([0, 1, 0, 3, 2])] * z,
        lambda x, y, z: anp.sum(x[KEY] * y, axis=1) + x[KEY, np.array([0, 1, 0, 3, 2])] * z,
    ),
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", FORMS)
def test_every_operation(name, seed):
    shapes, ours, theirs = FORMS[name]
    theirs = theirs or ours
    rng = np.random.default_rng(seed)
    arrays = [rng.normal(size=shape) for shape in shapes]
    upstream = rng.normal(size=np.shape(theirs(*arrays)))
    tensors = [Tensor(array) for array in arrays]
    out = ours(*tensors)
    np.testing.assert_allclose(out.data, theirs(*arrays), rtol=1e-12)
    (out * upstream).sum().backward()
    for which, tensor in enumerate(tensors):
        wanted = autograd.grad(lambda *them: anp.sum(theirs(*them) * upstream), which)(*arrays)
        assert tensor.grad.shape == tensor.data.shape and tensor.grad.dtype == np.float64
        np.testing.assert_allclose(tensor.grad, wanted, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("large", [(4, 3), (2, 4, 3)])
@pytest.mark.parametrize("small", [(1, 3), (4, 1), (3,), (1, 1), (), (4, 3)])
def test_unbroadcast_is_what_an_autodiff_library_does(small, large):
    upstream = np.random.default_rng(1).normal(size=large)
    copied = autograd.grad(lambda x: anp.sum((x + np.zeros(large)) * upstream))(np.ones(small))
    back = unbroadcast(upstream, small)
    np.testing.assert_allclose(back, copied, rtol=1e-12)
    assert back.shape == small and not np.shares_memory(back, upstream)


@pytest.mark.parametrize("shape", [(2,), (3, 1), (1, 4, 3), (3, 3)])
def test_a_shape_that_does_not_stretch_is_refused(shape):
    with pytest.raises(ValueError):
        unbroadcast(np.ones((4, 3)), shape)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_loss_is_chapter_09s(seed):
    rng = np.random.default_rng(seed)
    scores, t = rng.normal(size=(5, 4)) * 3, rng.integers(0, 4, size=5)
    z = Tensor(scores)
    loss = z.cross_entropy(t)
    loss.backward()
    p = softmax(scores)
    assert loss.data == pytest.approx(cross_entropy(p, t), rel=1e-12)
    np.testing.assert_allclose(z.grad, softmax_cross_entropy_backward(p, t), rtol=1e-10, atol=1e-14)


def test_log_sum_exp_is_finite_and_its_slopes_are_the_softmax():
    z = Tensor([[1000.0, 0.0], [-1000.0, -1000.0], [1001.0, 1000.0]])
    out = z.log_sum_exp()
    out.sum().backward()
    np.testing.assert_allclose(out.data[:, 0], [1000, -1000 + np.log(2), 1001 + np.log1p(np.exp(-1))], rtol=1e-14)
    np.testing.assert_allclose(z.grad, softmax(z.data), rtol=1e-12)


def test_the_walk():
    x, w = Tensor(3.0), Tensor([[2.0]])
    f = x * w * w
    for _ in range(2):
        f.backward()
        assert (x.grad, w.grad) == (np.array(4.0), np.array([[12.0]]))  # a weight in two layers
    (w * 5).backward()
    assert w.grad == np.array([[5.0]])
    with pytest.raises(ValueError, match="one number"):
        Tensor([1.0, 2.0]).backward()
    chain = x
    for _ in range(5000):  # longer than the recursion limit
        chain = chain + w
    chain.backward()
    assert w.grad == np.array([[5000.0]])


def test_arrays_on_the_left_and_whole_numbers():
    x = Tensor([[1, 2, 3]])
    f = (np.array([[2.0], [0.5]]) * x + np.ones(3) - 1).sum()
    f.backward()
    assert f.data == 15.0 and x.grad.tolist() == [[2.5, 2.5, 2.5]]
