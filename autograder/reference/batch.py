r"""06-batch: M linear neurons, N samples; Z = X W + b, b copied down the N rows.

Shapes: inputs X (N, D), weights W (D, M), biases b (1, M), Z and dvalues (N, M); float64. Sums over samples, no 1/N:
that belongs to the loss.
"""

import numpy as np


def batch_forward(inputs, weights, biases):
    """Z = X W + b, shape (N, M)."""
    return np.dot(inputs, weights) + biases


def batch_dinputs(dvalues, weights):
    """dX = dZ W^T, shape (N, D): nothing crosses samples."""
    return np.dot(dvalues, weights.T)


def batch_dweights(dvalues, inputs):
    """dW = X^T dZ, shape (D, M): the samples' contributions added up."""
    return np.dot(inputs.T, dvalues)


def batch_dbiases(dvalues):
    """db = sum over samples of dZ, shape (1, M)."""
    return np.sum(dvalues, axis=0, keepdims=True)


def dense_backward(dvalues, inputs, weights):
    """(dinputs, dweights, dbiases), shapes (N, D), (D, M), (1, M)."""
    return batch_dinputs(dvalues, weights), batch_dweights(dvalues, inputs), batch_dbiases(dvalues)
