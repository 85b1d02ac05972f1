"""Chapter 12's reference against judges that are not ours: central differences and an autodiff library."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from autograder.reference.autograd import Value
from tests.test_reference import SEEDS, assert_gradients

EXPRESSIONS = {
    "sums and products": lambda x, y, z: (x + y) * z + x * (y + z) * z,
    "duplicates": lambda x, y, z: x * x * y + (z + z) * (z + y),
    "numbers on either side": lambda x, y, z: 2 - x * 3 + (4 - y) * (z - 1) - 2 * -x + (5 + z),
    "quotients": lambda x, y, z: x / y + 3 / z - z / 2 + 1 / (x * y * z),
    "powers": lambda x, y, z: x**3 + y**-2 * z**2 - (x * x) ** 0.5,
}
CURVES = {
    "exp": (lambda x, y, z: ((x * y).exp() + z).exp() * 0.01, lambda x, y, z: anp.exp(anp.exp(x * y) + z) * 0.01),
    "tanh": (lambda x, y, z: (x * y).tanh() * (x + z).tanh(), lambda x, y, z: anp.tanh(x * y) * anp.tanh(x + z)),
    "relu": (
        lambda x, y, z: (x * y).relu() * z + (z - x).relu(),
        lambda x, y, z: anp.maximum(0, x * y) * z + anp.maximum(0, z - x),
    ),
}


def numbers(seed):
    rng = np.random.default_rng(seed)
    return [float(one) for one in rng.choice([-1, 1], 3) * rng.uniform(0.4, 1.4, 3)]


def derived(f, arguments):
    """The result and the gradients, by the reference."""
    values = [Value(one) for one in arguments]
    out = f(*values)
    out.backward()
    assert out.grad == 1.0
    return out.data, [one.grad for one in values]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_expression(name, seed):
    f, arguments = EXPRESSIONS[name], numbers(seed)
    out, gradients = derived(f, arguments)
    assert out == pytest.approx(f(*arguments), rel=1e-13)
    for one in range(3):  # relative to the largest, as sums may nearly cancel
        assert gradients[one] == pytest.approx(autograd.grad(f, one)(*arguments), rel=1e-10, abs=1e-10)
    assert_gradients(f, arguments, gradients, smooth=True)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", CURVES)
def test_curve(name, seed):
    ours, theirs = CURVES[name]
    arguments = numbers(seed)
    out, gradients = derived(ours, arguments)
    assert out == pytest.approx(float(theirs(*arguments)), rel=1e-13)
    assert_gradients(theirs, arguments, gradients, smooth=name != "relu")


def test_relu_is_off_at_zero():
    assert derived(lambda x, y, z: (x * y).relu() * z, [0.0, 4.0, 2.0]) == (0.0, [0.0, 0.0, 0.0])


def test_a_diamond_and_thirty_of_them():
    assert derived(lambda x, y, z: x * y * z + x * y, [2.0, 3.0, 4.0]) == (30.0, [15.0, 10.0, 6.0])

    def ladder(x, y, z):
        for _ in range(30):
            x = x * y + x * z
        return x

    _, (dx, dy, dz) = derived(ladder, [2.5, 0.75, 0.5])
    assert dx == pytest.approx(1.25**30)
    assert dy == dz == pytest.approx(2.5 * 30 * 1.25**29)


def test_a_chain_longer_than_the_recursion_limit():
    def chain(x, y, z):
        for _ in range(5000):
            x = x + y
        return x

    assert derived(chain, [1.0, 2.0, 3.0]) == (10001.0, [1.0, 5000.0, 0.0])


def test_backward_twice_and_from_two_ends():
    x, y = Value(3.0), Value(2.0)
    f = x * y + x
    g = f * y
    f.backward()
    first = x.grad, y.grad
    f.backward()
    assert (x.grad, y.grad) == first == (3.0, 3.0)
    g.backward()
    assert (x.grad, y.grad, f.grad) == (6.0, 15.0, 2.0)
    f.backward()
    assert (x.grad, y.grad, f.grad) == (3.0, 3.0, 1.0)


def test_the_course_s_own_numbers():
    x, w, b = [Value(1), Value(-2), Value(3)], [Value(-3), Value(-1), Value(2)], Value(1)
    y = (x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b).relu()
    y.backward()
    assert y.data == 6.0
    assert [one.grad for one in [*x, *w, b]] == [-3.0, -1.0, 2.0, 1.0, -2.0, 3.0, 1.0]
    w, x = [Value(2), Value(-3), Value(-3)], [Value(-1), Value(-2)]
    s = 1 / (1 + (-(w[0] * x[0] + w[1] * x[1] + w[2])).exp())
    s.backward()
    assert [round(one.grad, 2) for one in [*w, *x]] == [-0.2, -0.39, 0.2, 0.39, -0.59]
