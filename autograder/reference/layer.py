r"""05-layer: M linear neurons, one sample; z = x W + b.

Shapes: x (D,), weights W (D, M), biases b (M,), z and dvalues (M,); float64.
Source: the chain rule, summed over the neurons an input feeds.
"""

import numpy as np


def layer_forward(x, weights, biases):
    """z_j = sum_i x_i W_ij + b_j, shape (M,)."""
    return np.dot(x, weights) + biases


def layer_dinputs(dvalues, weights):
    """dx_i = sum_j dvalues_j W_ij, shape (D,): what fans out going forward adds up going backward."""
    return np.dot(weights, dvalues)


def layer_dweights(dvalues, x):
    """dW_ij = x_i dvalues_j, shape (D, M): a times table."""
    return np.outer(x, dvalues)


def layer_dbiases(dvalues):
    """db_j = dvalues_j, shape (M,)."""
    return np.array(dvalues, dtype=np.float64)
