r"""14-deep: layer norm and its way back: x-hat = (x - mean) / s by rows, s = sqrt(variance + eps), y = gamma x-hat + beta.

Source: Ba, Kiros and Hinton, "Layer normalization" (2016); the chain rule.
"""

import numpy as np

from autograder.reference.shapes import Array, Row


def normalized(X: Array, eps: float) -> tuple[Array, Array]:
    """x-hat (..., D) and s (..., 1) of the rows of X (..., D). Source: the definition, variance with 1/D."""
    centred = np.subtract(X, np.mean(X, axis=-1, keepdims=True), dtype=np.float64)
    s = np.sqrt(np.mean(centred**2, axis=-1, keepdims=True) + eps)
    return centred / s, s


def layer_norm_forward(X: Array, gamma: Row, beta: Row, eps: float = 1e-5) -> Array:
    """Y = gamma x-hat + beta, shape (..., D), float64, of X (..., D), gamma and beta (1, D). Source: the definition.

    ValueError if the D differ.
    """
    return normalized(X, eps)[0] * gamma + beta


def layer_norm_backward(dvalues: Array, X: Array, gamma: Row, eps: float = 1e-5) -> tuple[Array, Row, Row]:
    """dX = (q - mean q - x-hat mean(q x-hat)) / s with q = dvalues gamma; dgamma, dbeta (1, D) added over all leading axes.

    dvalues, X (..., D), gamma (1, D). ValueError if the shapes do not fit. Source: the chain rule, with x-hat put back in.
    """
    xhat, s = normalized(X, eps)
    q = dvalues * gamma
    dX = (q - q.mean(axis=-1, keepdims=True) - xhat * np.mean(q * xhat, axis=-1, keepdims=True)) / s
    leading = tuple(range(xhat.ndim - 1))
    dgamma, dbeta = np.sum(dvalues * xhat, axis=leading), np.sum(dvalues, axis=leading)
    return dX, dgamma.reshape(1, -1), dbeta.reshape(1, -1)
