r"""07-relu: y = max(0, z) entry by entry, and ReLU on top of a dense layer.

Shapes: z, y and their gradients (N, M); inputs (N, D), weights (D, M), biases (1, M); float64. ReLU'(0) = 0.
"""

import numpy as np

from autograder.reference.batch import batch_forward, dense_backward


def relu_forward(z):
    """y = max(0, z), the shape of z."""
    return np.maximum(0, z)


def relu_backward(dvalues, z):
    """The upstream gradient where z > 0, else 0; a new array of z's shape."""
    return np.where(z > 0, dvalues, 0.0)


def dense_relu_backward(dvalues, inputs, weights, biases):
    """(dinputs, dweights, dbiases) of relu(inputs @ weights + biases), given the gradient dvalues of its output."""
    z = batch_forward(inputs, weights, biases)
    return dense_backward(relu_backward(dvalues, z), inputs, weights)


def exposing_case():
    """(dvalues, z) on which `np.maximum(0, dvalues) * (z > 0)` is wrong: an open gate with a negative upstream."""
    return np.array([[-7.0, 1.0]]), np.array([[2.0, -1.0]])
