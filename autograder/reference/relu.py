r"""07-relu: y = max(0, z) entry by entry, and ReLU on top of a dense layer.

Source: the chain rule; ReLU'(0) = 0 is the course's convention.
"""

import numpy as np

from autograder.reference.batch import batch_forward, dense_backward
from autograder.reference.shapes import Matrix, Row


def relu_forward(z: Matrix) -> Matrix:
    """y = max(0, z), a new array of z's shape and dtype.

    z (N, M); raises nothing for numbers. Source: the definition of ReLU.
    """
    return np.maximum(0, z)


def relu_backward(dvalues: Matrix, z: Matrix) -> Matrix:
    """dz = dvalues [z > 0], a new float64 array of z's shape.

    dvalues and z (N, M); ValueError if their shapes do not fit. Source: the chain rule, ReLU'(0) = 0.
    """
    return np.where(z > 0, dvalues, 0.0)


def dense_relu_backward(dvalues: Matrix, inputs: Matrix, weights: Matrix, biases: Row) -> tuple[Matrix, Matrix, Row]:
    """(dinputs, dweights, dbiases) of relu(X W + b): dZ = dvalues [X W + b > 0], then dZ W^T, X^T dZ, sum_n dZ_n.

    dvalues (N, M), inputs (N, D), weights (D, M), biases (1, M); returned shapes (N, D), (D, M), (1, M), float64.
    ValueError if the N, D or M differ. Source: the chain rule.
    """
    z = batch_forward(inputs, weights, biases)
    return dense_backward(relu_backward(dvalues, z), inputs, weights)


def exposing_case() -> tuple[Matrix, Matrix]:
    """(dvalues, z) on which `np.maximum(0, dvalues) * (z > 0)` is wrong: an open gate with a negative upstream.

    Two float64 arrays of one shape, here (1, 2); raises nothing. Source: max(0, d) and d differ for negative d.
    """
    return np.array([[-7.0, 1.0]]), np.array([[2.0, -1.0]])
