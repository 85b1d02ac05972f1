r"""09-softmax: p = softmax(z) row by row, L = -mean over samples of ln p[n, t[n]], and their derivatives.

Shapes: z, p and their gradients (N, C), rows are samples; softmax also takes one row (C,), the Jacobian is of one row.
t: (N,) integer labels or (N, C) one-hot; float64. p is clipped below at `CLIP` before a logarithm or a quotient; the
loss's backward pass holds the 1/N.
"""

import numpy as np

CLIP = 1e-12


def softmax(z):
    """p = e^(z - max z) / sum of the same, along the last axis; the shape of z."""
    z = np.asarray(z, dtype=np.float64)
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def one_hot(t, classes):
    """The targets as (N, C), whichever way they came."""
    t = np.asarray(t)
    return np.eye(classes)[t] if t.ndim == 1 else t.astype(np.float64)


def cross_entropy(p, t):
    """L = -1/N sum over n of ln p[n, t[n]], a float."""
    p = np.clip(p, CLIP, None)
    return float(-np.sum(one_hot(t, p.shape[1]) * np.log(p)) / len(p))


def cross_entropy_backward(p, t):
    """dL/dp = -onehot / (N p), shape (N, C)."""
    p = np.clip(p, CLIP, None)
    return -one_hot(t, p.shape[1]) / p / len(p)


def softmax_jacobian(p):
    """J[j, k] = dp[j]/dz[k] = p[j] ([j = k] - p[k]), shape (C, C), for one row p (C,)."""
    return np.diag(p) - np.outer(p, p)


def softmax_backward(dvalues, p):
    """dz[n, k] = p[n, k] (dvalues[n, k] - sum over j of dvalues[n, j] p[n, j]), shape (N, C)."""
    return np.asarray(p) * (dvalues - np.sum(np.multiply(dvalues, p), axis=1, keepdims=True))


def softmax_cross_entropy_backward(p, t):
    """dL/dz = (p - onehot) / N, shape (N, C)."""
    p = np.asarray(p, dtype=np.float64)
    return (p - one_hot(t, p.shape[1])) / len(p)
