"""Chapter 01's reference against complex steps and an autodiff library, and its menus against their own words."""

import inspect
import math

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from autograder.exercises.slopes.cases import RTOL
from autograder.reference import slopes
from course.probes.slopes import ARRAY_TO_NUMBER, NUMBER_TO_NUMBER
from tests.test_reference import SEEDS, central_difference, complex_step

SMOOTH = {
    "cube": lambda x: x * x * x,
    "one over x": lambda x: 1 / x,
    "exp": anp.exp,
    "sin of a square": lambda x: anp.sin(x**2),
}
GRADIENTS = {
    "product": anp.prod,
    "cubes": lambda x: anp.sum(x * x * x),
    "knobs that meet": lambda x: anp.sum(anp.sin(x) * anp.exp(x[::-1])) + x[0] ** 2,
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", SMOOTH)
def test_derivative(name, seed):
    f, x = SMOOTH[name], np.random.default_rng(seed).uniform(0.5, 2.0)
    found = slopes.derivative(f, x)
    assert isinstance(found, float)
    assert found == pytest.approx(autograd.grad(f)(x), rel=RTOL, abs=1e-9)
    assert found == pytest.approx(float(complex_step(f, x)), rel=RTOL, abs=1e-9)


def test_derivative_uses_h_and_mixes_the_sides_of_a_corner():
    assert slopes.derivative(SMOOTH["cube"], 2.0, h=0.5) == 12.25
    assert slopes.derivative(abs, 0.0) == 0.0
    assert slopes.derivative(lambda z: max(0.0, z), 0.5e-5) == pytest.approx(0.75)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", GRADIENTS)
@pytest.mark.parametrize("shape", [(4,), (2, 3), (3, 2)], ids=str)
def test_numerical_gradient(name, seed, shape):
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.5, 2.0, size=shape)
    f = GRADIENTS[name]
    if name == "knobs that meet" and len(shape) > 1:
        flat = f
        f = lambda x: flat(anp.reshape(x, (-1,)))  # noqa: E731
    before = x.copy()
    found = slopes.numerical_gradient(f, x)
    assert found.shape == shape and found.dtype == np.float64
    assert np.array_equal(x, before)
    np.testing.assert_allclose(found, autograd.grad(f)(x), rtol=RTOL, atol=1e-9)
    np.testing.assert_allclose(found, complex_step(f, x), rtol=RTOL, atol=1e-9)
    np.testing.assert_allclose(found, central_difference(f, x), rtol=RTOL, atol=1e-7)


def test_numerical_gradient_of_whole_numbers():
    found = slopes.numerical_gradient(np.prod, np.array([2, -3, 4]))
    np.testing.assert_allclose(found, [-12, 8, -6], rtol=1e-9)


@pytest.mark.parametrize(
    ("a", "b", "error"),
    [
        (3.0, -3.0, 2.0),
        (0.0, 5.0, 1.0),
        (2.0, 1.0, 0.5),
        (1.0, 2.0, 0.5),
        (0.0, 0.0, 0.0),
        (2e-11, -2e-11, 4e-3),
        ([1000.0, 0.002], [1000.0, 0.001], 0.5),
    ],
)
def test_relative_error(a, b, error):
    found = slopes.relative_error(a, b)
    assert isinstance(found, float) and found == pytest.approx(error)
    assert slopes.relative_error(b, a) == found


def test_relative_error_refuses_shapes_and_keeps_nan():
    for b in (np.ones((3, 1)), 1.0, np.ones(2)):
        with pytest.raises(ValueError):
            slopes.relative_error(np.ones(3), b)
    for place in range(3):
        a = np.ones(3)
        a[place] = np.nan
        assert math.isnan(slopes.relative_error(a, np.ones(3)))


@pytest.mark.parametrize(
    ("text", "f", "x"),
    [(text, f, x) for text, f in NUMBER_TO_NUMBER.items() for x in (2.5, -0.75)]
    + [(text, f, np.array([[1.5, -2.0], [0.5, 3.0]])) for text, f in ARRAY_TO_NUMBER.items()],
)
def test_menu_functions_do_what_their_names_say(text, f, x):
    assert f(x) == eval(text, {"np": np, "x": x})
    assert text in inspect.getsource(f)
