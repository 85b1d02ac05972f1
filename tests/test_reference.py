"""The reference against two judges that are not ours: complex steps or central differences, and an autodiff library."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from autograder.reference import batch, layer, neuron, relu

SEEDS = range(20)


def complex_step(f, x, h=1e-30):
    """df/dx of a smooth scalar function of an array, exact to rounding: the imaginary part of f(x + ih) over h."""
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(gradient.shape):
        nudged = np.array(x, dtype=complex)
        nudged[index] += 1j * h
        gradient[index] = np.imag(f(nudged)) / h
    return gradient


def central_difference(f, x, h=1e-6):
    gradient = np.zeros(np.shape(x))
    for index in np.ndindex(gradient.shape):
        up, down = np.array(x, dtype=float), np.array(x, dtype=float)
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


def assert_gradients(f, arguments, gradients, smooth):
    """f: the scalar probe, written with autograd's numpy. One gradient for every argument."""
    for position, gradient in enumerate(gradients):

        def along(value, position=position):
            return f(*arguments[:position], value, *arguments[position + 1 :])

        by_library = autograd.grad(f, position)(*arguments)
        np.testing.assert_allclose(gradient, np.reshape(by_library, np.shape(gradient)), rtol=1e-10, atol=1e-12)
        if smooth:
            np.testing.assert_allclose(gradient, complex_step(along, arguments[position]), rtol=1e-12, atol=1e-14)
        else:
            np.testing.assert_allclose(gradient, central_difference(along, arguments[position]), rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("seed", SEEDS)
def test_neuron(seed):
    rng = np.random.default_rng(seed)
    x, w, b, dvalue = rng.normal(size=4), rng.normal(size=4), rng.normal(), rng.normal()
    z, y = neuron.neuron_forward(x, w, b)
    assert (z, y) == pytest.approx((x @ w + b, max(0, x @ w + b)))
    gradients = neuron.neuron_backward(dvalue, x, w, z)
    assert_gradients(lambda x, w, b: dvalue * anp.maximum(0, anp.dot(x, w) + b), [x, w, b], gradients, smooth=False)
    assert [np.shape(one) for one in gradients] == [(4,), (4,), ()]


def test_neuron_at_the_kink_is_zero():
    assert neuron.relu_derivative(0.0) == 0.0
    dx, dw, db = neuron.neuron_backward(5.0, np.ones(2), np.ones(2), 0.0)
    assert not dx.any() and not dw.any() and db == 0.0


@pytest.mark.parametrize("seed", SEEDS)
def test_step_goes_downhill_by_the_squared_gradient(seed):
    rng = np.random.default_rng(seed)
    x, w, rate = rng.normal(size=3), rng.normal(size=3), 1e-4
    b = 1.0 - x @ w  # an active neuron: z = 1
    z, y = neuron.neuron_forward(x, w, b)
    _, dw, db = neuron.neuron_backward(1.0, x, w, z)
    w_before = w.copy()
    new_w, new_b = neuron.gradient_step(w, b, dw, db, rate)
    assert neuron.neuron_forward(x, new_w, new_b)[1] == pytest.approx(y - rate * (dw @ dw + db**2))
    assert np.array_equal(w, w_before)


@pytest.mark.parametrize("seed", SEEDS)
def test_layer(seed):
    rng = np.random.default_rng(seed)
    x, weights, biases, dvalues = rng.normal(size=4), rng.normal(size=(4, 3)), rng.normal(size=3), rng.normal(size=3)
    gradients = layer.layer_dinputs(dvalues, weights), layer.layer_dweights(dvalues, x), layer.layer_dbiases(dvalues)
    assert_gradients(
        lambda x, w, b: anp.sum((anp.dot(x, w) + b) * dvalues), [x, weights, biases], gradients, smooth=True
    )
    np.testing.assert_allclose(layer.layer_forward(x, weights, biases), x @ weights + biases)


@pytest.mark.parametrize("seed", SEEDS)
def test_batch(seed):
    rng = np.random.default_rng(seed)
    inputs, weights, biases = rng.normal(size=(5, 4)), rng.normal(size=(4, 3)), rng.normal(size=(1, 3))
    dvalues = rng.normal(size=(5, 3))
    gradients = batch.dense_backward(dvalues, inputs, weights)

    def probe(inputs, weights, biases):
        return anp.sum((anp.dot(inputs, weights) + biases) * dvalues)

    assert_gradients(probe, [inputs, weights, biases], gradients, smooth=True)
    assert [one.shape for one in gradients] == [(5, 4), (4, 3), (1, 3)]
    np.testing.assert_allclose(batch.batch_forward(inputs, weights, biases), inputs @ weights + biases)


@pytest.mark.parametrize("seed", SEEDS)
def test_relu_on_a_dense_layer(seed):
    rng = np.random.default_rng(seed)
    inputs, weights, biases = rng.normal(size=(5, 4)), rng.normal(size=(4, 3)), rng.normal(size=(1, 3))
    dvalues = rng.normal(size=(5, 3))
    gradients = relu.dense_relu_backward(dvalues, inputs, weights, biases)

    def probe(inputs, weights, biases):
        return anp.sum(anp.maximum(0, anp.dot(inputs, weights) + biases) * dvalues)

    assert_gradients(probe, [inputs, weights, biases], gradients, smooth=False)


def test_relu_gate():
    z = np.array([[1, 0, -3], [2, -1, 0.5]])
    dvalues = np.array([[-1.5, 4, 2], [0.25, -6, -8]])
    assert relu.relu_backward(dvalues, z).tolist() == [[-1.5, 0, 0], [0.25, 0, -8]]
    assert relu.relu_forward(z).tolist() == [[1, 0, 0], [2, 0, 0.5]]
