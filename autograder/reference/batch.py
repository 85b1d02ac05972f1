r"""06-batch: M linear neurons, N samples; Z = X W + b, b copied down the N rows.

Gradients are summed over samples, without 1/N: that belongs to the loss. Source: the chain rule, in matrix form as in the
CS231n notes, "Backprop with vectorized operations".
"""

import numpy as np

from autograder.reference.shapes import Matrix, Row


def batch_forward(inputs: Matrix, weights: Matrix, biases: Row) -> Matrix:
    """Z = X W + b, shape (N, M), float64.

    inputs (N, D), weights (D, M), biases (1, M). ValueError if the D or the M differ. Source: the definition of the layer.
    """
    return np.dot(inputs, weights) + biases


def batch_dinputs(dvalues: Matrix, weights: Matrix) -> Matrix:
    """dX = dZ W^T, shape (N, D), float64: nothing crosses samples.

    dvalues (N, M), weights (D, M). ValueError if the M differ. Source: the chain rule, summed over neurons.
    """
    return np.dot(dvalues, weights.T)


def batch_dweights(dvalues: Matrix, inputs: Matrix) -> Matrix:
    """dW = X^T dZ, shape (D, M), float64: the samples' contributions added up.

    dvalues (N, M), inputs (N, D). ValueError if the N differ. Source: the chain rule, summed over samples.
    """
    return np.dot(inputs.T, dvalues)


def batch_dbiases(dvalues: Matrix) -> Row:
    """db_j = sum_n dZ_nj, shape (1, M), float64.

    dvalues (N, M). Raises nothing for such an array. Source: the chain rule, summed over the rows that b was copied to.
    """
    return np.sum(dvalues, axis=0, keepdims=True)


def dense_backward(dvalues: Matrix, inputs: Matrix, weights: Matrix) -> tuple[Matrix, Matrix, Row]:
    """(dinputs, dweights, dbiases) = (dZ W^T, X^T dZ, sum_n dZ_n), shapes (N, D), (D, M), (1, M), float64.

    dvalues (N, M), inputs (N, D), weights (D, M). ValueError if the N or the M differ. Source: the chain rule.
    """
    return batch_dinputs(dvalues, weights), batch_dweights(dvalues, inputs), batch_dbiases(dvalues)
