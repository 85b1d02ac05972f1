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


# ---------------------------------------------------------------- in further styles

softmax.solution(lambda z: np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True)))


@softmax.solution
def _(z):
    z = np.asarray(z, dtype=float)
    shifted = np.exp(np.subtract(z, np.amax(z, axis=-1)[..., None]))
    return np.divide(shifted, np.add.reduce(shifted, axis=-1)[..., None])


@cross_entropy.solution
def _(p, t):
    labels = t if np.ndim(t) == 1 else np.nonzero(t)[1]
    chosen = np.take_along_axis(np.maximum(p, 1e-12), np.reshape(labels, (-1, 1)), axis=1)
    return np.mean(-np.log(chosen))


@cross_entropy.solution
def _(p, t):
    t = np.asarray(t)
    labels = t if t.ndim == 1 else t.argmax(axis=1)
    return sum(-math.log(max(row[k], 1e-12)) for row, k in zip(p, labels, strict=True)) / len(p)


@cross_entropy_backward.solution
def _(p, t):
    t = np.asarray(t)
    onehot = t if t.ndim == 2 else (t[:, None] == np.arange(np.shape(p)[1]))
    return np.where(onehot, -1.0 / (len(p) * np.maximum(p, 1e-12)), 0.0)


@cross_entropy_backward.solution
def _(p, t):
    dp = np.zeros(np.shape(p))
    for n, target in enumerate(t):
        k = target if np.ndim(t) == 1 else int(np.argmax(target))
        dp[n, k] = -1 / max(p[n, k], 1e-12) / len(p)
    return dp


softmax_jacobian.solution(
    lambda p: np.array([[p[j] * ((j == k) - p[k]) for k in range(len(p))] for j in range(len(p))])
)
softmax_jacobian.solution(lambda p: p[:, None] * (np.identity(len(p)) - p))


@softmax_backward.solution
def _(dvalues, p):
    return np.stack([(np.diag(row) - np.outer(row, row)) @ g for row, g in zip(p, dvalues, strict=True)])


@softmax_backward.solution
def _(dvalues, p):
    weighted = np.multiply(dvalues, p)
    return weighted - p * weighted.sum(axis=1).reshape(-1, 1)


@softmax_cross_entropy_backward.solution
def _(p, t):
    t = np.asarray(t)
    onehot = t if t.ndim == 2 else (t[:, None] == np.arange(np.shape(p)[1])).astype(float)
    return np.subtract(p, onehot) / np.shape(p)[0]


@softmax_cross_entropy_backward.solution
def _(p, t):
    dz = np.array(p, dtype=float) / len(p)
    labels = t if np.ndim(t) == 1 else np.argmax(t, axis=1)
    np.subtract.at(dz, (np.arange(len(p)), labels), 1 / len(p))
    return dz
