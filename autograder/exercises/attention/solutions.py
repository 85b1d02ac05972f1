"""15-attention: right answers, written in other ways than the reference."""

import math

import numpy as np

from autograder.exercises.attention.cases import (
    Block_dX,
    Block_forward,
    Block_gradients,
    backward_axes,
    causal,
    dV,
    embed,
    embed_backward,
    forward_axes,
    output,
    scores,
)
from autograder.exercises.attention.other_blocks import RightByEinsum, RightByRows
from autograder.reference.attention import Block as Right

# ---------------------------------------------------------------- the table


@embed.solution
def _(tokens, table):
    return np.take(table, tokens, axis=0)


@embed.solution
def _(tokens, table):
    return np.eye(len(table))[tokens] @ table


@embed.solution
def _(tokens, table):
    X = np.zeros((*tokens.shape, table.shape[1]))
    for place in np.ndindex(tokens.shape):
        X[place] = table[tokens[place]]
    return X


@embed.solution
def _(tokens, table):
    rows = [list(table[token]) for token in tokens.ravel()]
    return np.array(rows).reshape(*tokens.shape, -1)


@embed_backward.solution
def _(dvalues, tokens, table_shape):
    dtable = np.zeros(table_shape)
    for place in np.ndindex(tokens.shape):
        dtable[tokens[place]] += dvalues[place]
    return dtable


@embed_backward.solution
def _(dvalues, tokens, table_shape):
    one_hot = np.eye(table_shape[0])[tokens.ravel()]
    return one_hot.T @ dvalues.reshape(tokens.size, -1)


@embed_backward.solution
def _(dvalues, tokens, table_shape):
    return np.array([dvalues[tokens == row].sum(axis=0) for row in range(table_shape[0])])


@embed_backward.solution
def _(dvalues, tokens, table_shape):
    columns = [
        np.bincount(tokens.ravel(), weights=dvalues[..., j].ravel(), minlength=table_shape[0])
        for j in range(table_shape[1])
    ]
    return np.stack(columns, axis=1)


# ---------------------------------------------------------------- attention


def by_einsum(Q, K, causal=False):
    """The weights by einsum, and shifted by the largest score of the row."""
    S = np.einsum("...td,...sd->...ts", Q, K) * Q.shape[-1] ** -0.5
    if causal:
        if S.shape[-1] != S.shape[-2]:
            raise ValueError("T and S differ")
        S[..., np.triu_indices(S.shape[-1], 1)[0], np.triu_indices(S.shape[-1], 1)[1]] = -np.inf
    e = np.exp(S - S.max(axis=-1, keepdims=True))
    return np.divide(e, e.sum(axis=-1)[..., None])


def by_logarithms(Q, K, causal=False):
    """The weights as e to the score less the logarithm of all; a masked score is a very large negative number."""
    S = (np.asarray(Q) / math.sqrt(np.shape(Q)[-1])) @ np.moveaxis(K, -1, -2)
    if causal and S.shape[-2] != S.shape[-1]:
        raise ValueError
    if causal:
        S = S + np.triu(np.full(S.shape[-2:], -1e30), 1)
    return np.exp(S - np.logaddexp.reduce(S, axis=-1, keepdims=True))


def row_by_row(q, K, seen):
    """The weights of one query on the keys it may see, then zeros."""
    row = [sum(a * b for a, b in zip(q, key, strict=True)) / math.sqrt(len(q)) for key in K[:seen]]
    e = [math.exp(one - max(row)) for one in row]
    return [one / sum(e) for one in e] + [0.0] * (len(K) - seen)


def by_loops(Q, K, causal=False):
    """The weights of every query by itself."""
    if causal and Q.shape[-2] != K.shape[-2]:
        raise ValueError("a position is a query and a key")
    P = np.zeros((*Q.shape[:-1], K.shape[-2]))
    for place in np.ndindex(Q.shape[:-1]):
        seen = place[-1] + 1 if causal else K.shape[-2]
        P[place] = row_by_row(Q[place], K[place[:-1]], seen)
    return P


def masked_afterwards(Q, K, causal=False):
    """Masked after softmax, and made to add up to 1 again: the same, as long as nothing under- or overflows."""
    S = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
    if causal:
        if S.shape[-1] != S.shape[-2]:
            raise ValueError("not square")
        S = S - 1e5 * (np.arange(S.shape[-1]) > np.arange(S.shape[-2])[:, None])
    e = np.exp(S - np.amax(S, axis=-1, keepdims=True))
    P = np.tril(e) if causal else e
    return P / P.sum(axis=-1, keepdims=True)


def forward_from(weights):
    """attention_forward around a way to the weights."""

    def attention_forward(Q, K, V, causal=False):
        P = weights(Q, K, causal)
        return np.einsum("...ts,...se->...te", P, V), P

    return attention_forward


for way in (by_einsum, by_logarithms, by_loops, masked_afterwards):
    for part in (output, causal, forward_axes):
        part.solution(forward_from(way))


def backward_by_einsum(dvalues, Q, K, V, causal=False):
    P = by_einsum(Q, K, causal)
    dV = np.einsum("...ts,...te->...se", P, dvalues)
    dP = np.einsum("...te,...se->...ts", dvalues, V)
    dS = P * dP - P * np.einsum("...ts,...ts->...t", P, dP)[..., None]
    dS = dS / np.sqrt(Q.shape[-1])
    return np.einsum("...ts,...sd->...td", dS, K), np.einsum("...ts,...td->...sd", dS, Q), dV


def backward_by_jacobians(dvalues, Q, K, V, causal=False):
    P = by_logarithms(Q, K, causal)
    dP = dvalues @ np.moveaxis(V, -1, -2)
    tables = P[..., :, None] * np.eye(P.shape[-1]) - P[..., :, None] * P[..., None, :]
    dS = (tables @ dP[..., None])[..., 0]
    root = math.sqrt(Q.shape[-1])
    return dS @ K / root, np.moveaxis(dS, -1, -2) @ Q / root, np.moveaxis(P, -1, -2) @ dvalues


def backward_by_loops(dvalues, Q, K, V, causal=False):
    P = by_loops(Q, K, causal)
    dQ, dK, dV = np.zeros(Q.shape), np.zeros(K.shape), np.zeros(V.shape)
    for place in np.ndindex(Q.shape[:-1]):
        at, t = place[:-1], place[-1]
        dP = [float(np.dot(dvalues[place], value)) for value in V[at]]
        mean = sum(p * one for p, one in zip(P[place], dP, strict=True))
        for s, p in enumerate(P[place]):
            slope = p * (dP[s] - mean) / math.sqrt(Q.shape[-1])
            dQ[place] += slope * K[at][s]
            dK[at][s] += slope * Q[at][t]
            dV[at][s] += p * dvalues[place]
    return dQ, dK, dV


def backward_by_sequences(dvalues, Q, K, V, causal=False):
    """Every sequence by itself, by calling itself."""
    if Q.ndim > 2:
        each = [backward_by_sequences(*one, causal) for one in zip(dvalues, Q, K, V, strict=True)]
        return tuple(np.stack(gradients) for gradients in zip(*each, strict=True))
    P = masked_afterwards(Q, K, causal)
    dP = np.inner(dvalues, V)
    dS = P * (dP - np.sum(P * dP, axis=1)[:, None])
    return dS.dot(K) / len(Q.T) ** 0.5, dS.T.dot(Q) / len(Q.T) ** 0.5, P.T.dot(dvalues)


for answer in (backward_by_einsum, backward_by_jacobians, backward_by_loops, backward_by_sequences):
    for part in (dV, scores, backward_axes):
        part.solution(answer)

# ---------------------------------------------------------------- the block

for part in (Block_forward, Block_dX, Block_gradients):
    part.solution(RightByEinsum)
    part.solution(RightByRows)


@Block_forward.solution
class _(Right):
    """Only begun: the way back is another part."""

    def backward(self, dvalues):
        """Not yet."""


@Block_dX.solution
class _(Right):
    """dX without the gradients: they are another part."""

    def backward(self, dvalues):
        dX = super().backward(dvalues)
        del self.gradients
        return dX


@Block_gradients.solution
class _(Right):
    """The gradients without dX."""

    def backward(self, dvalues):
        super().backward(dvalues)
