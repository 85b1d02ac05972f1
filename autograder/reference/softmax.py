r"""09-softmax: p = softmax(z) row by row, L = -mean over samples of ln p[n, t[n]], and their derivatives.

p is clipped below at `CLIP` before a logarithm or a quotient; the loss's backward pass holds the 1/N.
Source: the quotient rule and the chain rule; shifting the scores by their maximum changes nothing but the overflow.
"""

import numpy as np

from autograder.reference.shapes import Matrix, OneHot, RowOrBatch, Targets, Vector

CLIP = 1e-12  # a probability below this counts as this


def softmax(z: RowOrBatch) -> RowOrBatch:
    """p_k = e^(z_k - max z) / sum_j e^(z_j - max z), along the last axis; the shape of z, float64.

    z: scores (N, C), a row a sample, or one row (C,). ValueError if there are no classes. Source: the definition, shifted.
    """
    z = np.asarray(z, dtype=np.float64)
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def one_hot(t: Targets, classes: int) -> OneHot:
    """The targets as (N, C), float64, whichever way they came: [k = t_n].

    t: labels (N,), or one-hot already; classes: C. IndexError for a label of C or more. Source: the definition.
    """
    t = np.asarray(t)
    return np.eye(classes)[t] if t.ndim == 1 else np.array(t, dtype=np.float64)


def cross_entropy(p: Matrix, t: Targets) -> float:
    """L = -1/N sum_n ln p[n, t[n]], a float, in nats.

    p: probabilities (N, C), float; t: labels (N,) or one-hot (N, C). IndexError for a label of C or more, ValueError if
    the N differ. Source: the definition, a mean over samples.
    """
    p = np.clip(p, CLIP, None)
    return float(-np.sum(one_hot(t, p.shape[1]) * np.log(p)) / len(p))


def cross_entropy_backward(p: Matrix, t: Targets) -> Matrix:
    """dL/dp = -onehot / (N p), shape (N, C), float64.

    p: probabilities (N, C); t: labels (N,) or one-hot (N, C). IndexError for a label of C or more, ValueError if the N
    differ. Source: the derivative of the logarithm.
    """
    p = np.clip(p, CLIP, None)
    return -one_hot(t, p.shape[1]) / p / len(p)


def softmax_jacobian(p: Vector) -> Matrix:
    """J[j, k] = dp[j]/dz[k] = p[j] ([j = k] - p[k]), shape (C, C), float64.

    p: one row of probabilities (C,). ValueError for a batch. Source: the quotient rule.
    """
    return np.diag(p) - np.outer(p, p)


def softmax_backward(dvalues: Matrix, p: Matrix) -> Matrix:
    """dz[n, k] = p[n, k] (dvalues[n, k] - sum_j dvalues[n, j] p[n, j]), shape (N, C), float64.

    dvalues, p: both (N, C), p as softmax gave it; ValueError if the shapes do not fit. Source: the Jacobian, multiplied out.
    """
    return np.asarray(p) * (dvalues - np.sum(np.multiply(dvalues, p), axis=1, keepdims=True))


def softmax_cross_entropy_backward(p: Matrix, t: Targets) -> Matrix:
    """dL/dz = (p - onehot) / N, shape (N, C), a new float64 array.

    p: probabilities (N, C), as softmax gave them; t: labels (N,) or one-hot (N, C). IndexError for a label of C or more.
    Source: the two backward passes, multiplied out.
    """
    p = np.asarray(p, dtype=np.float64)
    return (p - one_hot(t, p.shape[1])) / len(p)
