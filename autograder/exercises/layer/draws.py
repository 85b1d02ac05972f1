"""05-layer: the lesson's own numbers, and what hidden cases are drawn from."""

import numpy as np

X = [1.0, 2.0, 3.0, 2.5]
WEIGHTS = [[0.2, 0.5, -0.26], [0.8, -0.91, -0.27], [-0.5, 0.26, 0.17], [1.0, -0.5, 0.87]]
BIASES = [2.0, 3.0, 0.5]
ONES = [1.0, 1.0, 1.0]
DISAGREEING = [1.0, 10.0, 100.0]


def both_signs(rng, *shape):
    """Floats of size 0.5 to 3, about half of them negative and never all of one sign."""
    count = int(np.prod(shape))
    signs = rng.permutation(np.resize([1.0, -1.0], count))
    return (rng.uniform(0.5, 3.0, count) * signs).reshape(shape)


def whole(rng, *shape):
    """Whole numbers of size 2 to 9, about half of them negative and never all of one sign."""
    count = int(np.prod(shape))
    signs = rng.permutation(np.resize([1, -1], count))
    return (rng.integers(2, 10, count) * signs).reshape(shape)


def more_inputs(rng):
    """(D, M) with D > M >= 2."""
    few = int(rng.integers(2, 5))
    return few + int(rng.integers(1, 3)), few


def more_neurons(rng):
    """(D, M) with M > D >= 2."""
    many, few = more_inputs(rng)
    return few, many


def a_layer(rng, size, scale=1.0):
    """A layer whose neuron 0 comes out below zero."""
    d, m = size
    x, weights, biases = both_signs(rng, d) * scale, both_signs(rng, d, m), both_signs(rng, m) * scale
    biases[0] = -np.abs(x) @ np.abs(weights[:, 0]) - rng.uniform(0.5, 2.0) * scale
    return {"x": x, "weights": weights, "biases": biases}


def a_whole_layer(rng):
    """Inputs that are fractions, weights and biases that are whole."""
    d, m = more_inputs(rng)
    return {"x": both_signs(rng, d), "weights": whole(rng, d, m), "biases": whole(rng, m)}


def upstream_and_weights(rng, size, scale=1.0):
    """What the gradient of the inputs is made of, for a layer of (D, M) = size."""
    d, m = size
    return {"dvalues": both_signs(rng, m) * scale, "weights": both_signs(rng, d, m)}


def upstream_and_whole_weights(rng):
    """The same with whole weights."""
    d, m = more_neurons(rng)
    return {"dvalues": both_signs(rng, m), "weights": whole(rng, d, m)}


def upstream_and_inputs(rng, size, scale=1.0):
    """What the gradients of weights and biases are made of, for a layer of (D, M) = size."""
    d, m = size
    return {"dvalues": both_signs(rng, m) * scale, "x": both_signs(rng, d)}


def upstream_and_whole_inputs(rng):
    """The same with whole inputs."""
    d, m = more_neurons(rng)
    return {"dvalues": both_signs(rng, m), "x": whole(rng, d)}
