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
SQUARE = "two of everything, where every product fits"


def sizes(rng, samples=2):
    """(N, D, M), all different and at least 2, and N at least `samples`."""
    while True:
        n, d, m = (int(size) for size in rng.choice([2, 3, 4, 5], size=3, replace=False))
        if n >= samples:
            return n, d, m


def a_layer(rng, scale=1.0, numbers=both_signs):
    """A layer with at least one z below 0; biases of the size of the products, never 0 or 1."""
    n, d, m = sizes(rng)
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


def upstream_and_weights(rng, scale=1.0, numbers=both_signs):
    """What the gradient of the inputs is made of; the upstream times `scale`."""
    n, d, m = sizes(rng)
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
