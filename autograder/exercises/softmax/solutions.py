"""09-softmax: right answers, written in other ways than the reference."""

import math

import numpy as np

from autograder.exercises.softmax.cases import (
    cross_entropy,
    cross_entropy_backward,
    softmax,
    softmax_backward,
    softmax_cross_entropy_backward,
    softmax_jacobian,
)
from autograder.exercises.softmax.targets import classes, clipped, one_hot, rows


@softmax.solution
def _(z):
    if z.ndim == 1:
        top = max(z)
        e = [math.exp(score - top) for score in z]
        return [one / sum(e) for one in e]
    table = np.zeros(z.shape)
    for n, row in enumerate(z):
        e = np.exp(row - row.max())
        table[n] = e / e.sum()
    return table


@softmax.solution
def _(z):
    top = z.max(axis=-1, keepdims=True)
    return np.exp(z - (top + np.log(np.exp(z - top).sum(axis=-1, keepdims=True))))


@softmax.solution
def _(z):
    e = np.exp((z.T - z.T.max(axis=0)).T)
    return (e.T / e.T.sum(axis=0)).T


@softmax.solution
def _(z):
    rows = np.atleast_2d(z)
    e = np.exp(rows - rows.max(axis=1)[:, None])
    return (e / e.sum(axis=1)[:, None]).reshape(z.shape)


@softmax.solution
def _(z):
    with np.errstate(over="ignore"):
        return 1 / np.exp(z[..., None, :] - z[..., :, None]).sum(axis=-1)  # 1 / sum over j of e^(z[j] - z[k])


@cross_entropy.solution
def _(p, t):
    return -sum(math.log(max(p[n, label], 1e-12)) for n, label in enumerate(classes(t))) / len(p)


@cross_entropy.solution
def _(p, t):
    return np.mean(-np.log(np.maximum(p, 1e-12))[rows(p), classes(t)])


@cross_entropy.solution
def _(p, t):
    return -(one_hot(p, t) * np.log(clipped(p))).sum(axis=1).mean()


@cross_entropy.solution
def _(p, t):
    right = (p * one_hot(p, t)).sum(axis=1)
    return float(-np.log(np.clip(right, 1e-12, 1 - 1e-12)).mean())  # a clip so near 1 changes nothing that shows


@cross_entropy_backward.solution
def _(p, t):
    dp = np.zeros(p.shape)
    for n, label in enumerate(classes(t)):
        dp[n, label] = -1 / (len(p) * max(p[n, label], 1e-12))
    return dp


@cross_entropy_backward.solution
def _(p, t):
    dp = np.zeros(p.shape)
    at = rows(p), classes(t)
    dp[at] = -1 / np.maximum(p[at], 1e-12)
    return dp / len(p)


@cross_entropy_backward.solution
def _(p, t):
    right = np.arange(p.shape[1]) == classes(t)[:, None]
    return np.where(right, -1 / (len(p) * clipped(p)), 0.0)


@softmax_jacobian.solution
def _(p):
    return [[p[j] * ((j == k) - p[k]) for k in range(len(p))] for j in range(len(p))]


@softmax_jacobian.solution
def _(p):
    column = p.reshape(-1, 1)
    return np.diagflat(column) - np.dot(column, column.T)


@softmax_jacobian.solution
def _(p):
    return p[:, None] * (np.eye(len(p)) - p[None, :])


@softmax_jacobian.solution
def _(p):
    table = -np.outer(p, p).astype(float)
    np.fill_diagonal(table, p * (1 - p))
    return table


@softmax_backward.solution
def _(dvalues, p):
    dz = np.zeros(p.shape)
    for n in range(len(p)):
        dz[n] = (np.diag(p[n]) - np.outer(p[n], p[n])) @ dvalues[n]
    return dz


@softmax_backward.solution
def _(dvalues, p):
    jacobians = p[:, :, None] * (np.eye(p.shape[1]) - p[:, None, :])
    return np.einsum("nj,njk->nk", dvalues, jacobians)


@softmax_backward.solution
def _(dvalues, p):
    return dvalues * p - p * np.einsum("nj,nj->n", dvalues, p)[:, None]


@softmax_backward.solution
def _(dvalues, p):
    return [
        [sum(d[j] * q[j] * ((j == k) - q[k]) for j in range(len(q))) for k in range(len(q))]
        for d, q in zip(dvalues, p, strict=True)
    ]


@softmax_cross_entropy_backward.solution
def _(p, t):
    dz = p.astype(float)
    dz[rows(p), classes(t)] -= 1
    return dz / len(p)


@softmax_cross_entropy_backward.solution
def _(p, t):
    dz = p / len(p)
    for n, label in enumerate(classes(t)):
        dz[n, label] -= 1 / len(p)
    return dz


@softmax_cross_entropy_backward.solution
def _(p, t):
    right = np.arange(p.shape[1]) == classes(t)[:, None]
    return np.where(right, p - 1, p) / p.shape[0]


@softmax_cross_entropy_backward.solution
def _(p, t):
    dz = p.copy()
    dz[rows(p), classes(t)] -= 1
    return dz / len(dz)
