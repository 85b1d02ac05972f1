"""06-batch: the lesson's two batches, and what hidden cases are drawn from."""

import numpy as np

from autograder.exercises.layer.draws import BIASES as LAYER_BIASES
from autograder.exercises.layer.draws import WEIGHTS, both_signs

INPUTS = [[1.0, 2.0, 3.0, 2.5], [2.0, 5.0, -1.0, 2.0], [-1.5, 2.7, 3.3, -0.8]]
BIASES = [LAYER_BIASES]
CONSTANT_ROWS = [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [3.0, 3.0, 3.0]]

TWO_NEURONS = [row[:2] for row in WEIGHTS]
DISAGREEING = [[1.0, -2.0], [0.5, 3.0], [-1.0, 0.25]]

PRINTED = "the first batch of this notebook"
UNLIKE = "neurons that disagree, with N, D and M all different"
WHOLE = "whole numbers"
TINY = "very small numbers"
HUGE = "very large numbers"
ONE = "one sample"
LOUD_NEURON = "one neuron's upstream in the billions"
LOUD_SAMPLE = "one sample's upstream in the billions"
VAST = "inputs and weights of hundreds of millions"
SQUARE = "two of everything, where every product fits"


def sizes(rng, samples=2):
    """(N, D, M), all different and at least 2, and N at least `samples`; for samples = 1, N is 1."""
    if samples == 1:
        return 1, *(int(size) for size in rng.choice([2, 3, 4, 5], size=2, replace=False))
    while True:
        n, d, m = (int(size) for size in rng.choice([2, 3, 4, 5], size=3, replace=False))
        if n >= samples:
            return n, d, m


def a_layer(rng, scale=1.0, numbers=both_signs, samples=2):
    """A layer with at least one z below 0; biases of the size of the products, never 0 or 1."""
    n, d, m = sizes(rng, samples)
    inputs, weights, biases = numbers(rng, n, d), numbers(rng, d, m), 3 * numbers(rng, 1, m)
    if (np.einsum("ni,ij->nj", inputs, weights) + biases > 0).all():
        weights, biases = -weights, -biases
    return {"inputs": inputs * scale, "weights": weights, "biases": biases * scale}


def a_square_layer(rng):
    """A layer with N = D = M = 2."""
    return {"inputs": both_signs(rng, 2, 2), "weights": both_signs(rng, 2, 2), "biases": both_signs(rng, 1, 2)}


def upstream_and_inputs(rng, scale=1.0, numbers=both_signs, samples=2):
    """What the gradient of the weights is made of; the upstream times `scale`."""
    n, d, m = sizes(rng, samples)
    return {"dvalues": numbers(rng, n, m) * scale, "inputs": numbers(rng, n, d)}


def square_upstream_and_inputs(rng):
    """The same with N = D = M = 2."""
    return {"dvalues": both_signs(rng, 2, 2), "inputs": both_signs(rng, 2, 2)}


def upstream_and_weights(rng, scale=1.0, numbers=both_signs, samples=2):
    """What the gradient of the inputs is made of; the upstream times `scale`."""
    n, d, m = sizes(rng, samples)
    return {"dvalues": numbers(rng, n, m) * scale, "weights": numbers(rng, d, m)}


def square_upstream_and_weights(rng):
    """The same with N = D = M = 2."""
    return {"dvalues": both_signs(rng, 2, 2), "weights": both_signs(rng, 2, 2)}


def upstream(rng, scale=1.0, numbers=both_signs, samples=2):
    """What the gradient of the biases is made of; the upstream times `scale`."""
    n, _, m = sizes(rng, samples)
    return {"dvalues": numbers(rng, n, m) * scale}


def all_three(rng, scale=1.0, numbers=both_signs, samples=2):
    """What all three gradients are made of; the upstream times `scale`, and never whole."""
    n, d, m = sizes(rng, samples)
    return {"dvalues": both_signs(rng, n, m) * scale, "inputs": numbers(rng, n, d), "weights": numbers(rng, d, m)}


def all_three_square(rng):
    """The same with N = D = M = 2."""
    return {name: both_signs(rng, 2, 2) for name in ("dvalues", "inputs", "weights")}


def loud(drawn, name="dvalues", axis=0):
    """The same with one row (axis 0) or column of an array a billion times as large, which must not drown the others."""
    array = drawn[name].astype(float)
    np.moveaxis(array, axis, 0)[1] *= 1e9
    return {**drawn, name: array}


def vast(drawn):
    """The same with inputs and weights of hundreds of millions, on which a nudge is lost."""
    return {name: array if name == "dvalues" else array * 1e8 for name, array in drawn.items()}
