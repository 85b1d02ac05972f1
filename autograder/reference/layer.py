r"""05-layer: M linear neurons, one sample; z = x W + b.

Source: the chain rule, summed over the neurons an input feeds.
"""

import numpy as np

from autograder.reference.shapes import Matrix, Vector


def layer_forward(x: Vector, weights: Matrix, biases: Vector) -> Vector:
    """z_j = sum_i x_i W_ij + b_j, shape (M,), float64.

    x (D,), weights (D, M), biases (M,). ValueError if the D or the M differ. Source: the definition of the layer.
    """
    return np.dot(x, weights) + biases


def layer_dinputs(dvalues: Vector, weights: Matrix) -> Vector:
    """dx_i = sum_j dvalues_j W_ij, shape (D,), float64: what fans out going forward adds up going backward.

    dvalues (M,), weights (D, M). ValueError if the M differ. Source: the chain rule, summed over neurons.
    """
    return np.dot(weights, dvalues)


def layer_dweights(dvalues: Vector, x: Vector) -> Matrix:
    """dW_ij = x_i dvalues_j, shape (D, M), float64: a times table.

    dvalues (M,), x (D,). Raises nothing for such arrays. Source: the chain rule; weight ij is used once.
    """
    return np.outer(x, dvalues)


def layer_dbiases(dvalues: Vector) -> Vector:
    """db_j = dvalues_j, shape (M,), a new float64 array.

    dvalues (M,). Raises nothing for such an array. Source: dz_j/db_j = 1.
    """
    return np.array(dvalues, dtype=np.float64)
