"""15-attention: right passes made of parts, any of which a mistake replaces."""

import numpy as np

from autograder.reference.softmax import softmax


def turned(array):
    return np.swapaxes(array, -1, -2)


def root_d(Q, K, V):
    """What scores are divided by."""
    return np.sqrt(Q.shape[-1])


def raw_scores(Q, K):
    return Q @ turned(K)


def masked(S):
    return np.where(np.tri(*S.shape[-2:], dtype=bool), S, -np.inf)


def refuse_unequal(S):
    if S.shape[-1] != S.shape[-2]:
        raise ValueError("T and S differ")


def output(P, V):
    return P @ V


def forward(scale=root_d, raw=raw_scores, refuse=refuse_unequal, mask=masked, weights=softmax, after=None, out=output):
    """An attention_forward of these parts; after: what is done to the weights of a causal call."""

    def attention_forward(Q, K, V, causal=False):
        S = raw(Q, K) / scale(Q, K, V)
        if causal:
            refuse(S)
            S = mask(S)
        P = weights(S)
        if causal and after:
            P = after(P)
        return out(P, V), P

    return attention_forward


def right_dP(dvalues, V):
    return dvalues @ turned(V)


def right_dS(P, dP):
    return P * (dP - np.sum(P * dP, axis=-1, keepdims=True))


def right_dQ(dS, Q, K):
    return dS @ K


def right_dK(dS, Q, K):
    return turned(dS) @ Q


def right_dV(P, dvalues):
    return turned(P) @ dvalues


def backward(
    dP=right_dP,
    dS=right_dS,
    dQ=right_dQ,
    dK=right_dK,
    dV=right_dV,
    scale_back=root_d,
    forgets_mask=False,
    **forward_parts,
):
    """An attention_backward of these parts. dV of P and the upstream; dQ and dK of dS, which is divided already."""
    again = forward(**forward_parts)

    def attention_backward(dvalues, Q, K, V, causal=False):
        P = again(Q, K, V, causal and not forgets_mask)[1]
        slopes = dS(P, dP(dvalues, V)) / scale_back(Q, K, V)
        return dQ(slopes, Q, K), dK(slopes, Q, K), dV(P, dvalues)

    return attention_backward
