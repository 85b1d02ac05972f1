"""15-attention: known mistakes of `attention_backward.dV`."""

import numpy as np

from autograder.exercises.attention.attention_parts import backward, turned
from autograder.exercises.attention.cases import dV

ROW = "The lesson's row, weights 0.7, 0.2, 0.1 and upstream 1: dV is 0.7, 0.2, 0.1."
RULE = "dV[s] is the sum over the queries of P[t, s] dY[t]."


def mistake(name, *hints, **parts):
    dV.mistake(name, *hints)(backward(**parts))


mistake(
    "weights-not-turned",
    "Which axis must vanish: that of the queries, or that of the keys?",
    f"{ROW} With T queries and S keys dV has S rows.",
    RULE,
    dV=lambda P, dvalues: P @ dvalues,
)


@dV.mistake(
    "divided-by-the-root",
    "Is the root of d anywhere on the way from V to Y?",
    "T, S, d, e all different: is yours too small by the root of d everywhere?",
    RULE,
)
def _(dvalues, Q, K, V, causal=False):
    dQ, dK, right = backward()(dvalues, Q, K, V)
    return dQ, dK, right / np.sqrt(Q.shape[-1])


mistake(
    "mean-over-the-queries",
    "A value is heard by every query. Are its messages added, or is their mean taken?",
    "Two queries with weight 0.5 each and upstream 1 each: 1, not 0.5.",
    RULE,
    dV=lambda P, dvalues: turned(P) @ dvalues / P.shape[-2],
)
mistake(
    "weights-ignored",
    "Does a value with the weight 0.1 hear as much as one with 0.7?",
    f"{ROW} Yours is 1, 1, 1.",
    RULE,
    dV=lambda P, dvalues: turned(np.ones(P.shape)) @ dvalues,
)
mistake(
    "upstream-of-the-last-query",
    "Several queries mix one value in. Whose message does your dV have?",
    "Two queries with weight 0.5 each and upstreams 1 and 3: 2.",
    RULE,
    dV=lambda P, dvalues: turned(P[..., -1:, :]) @ dvalues[..., -1:, :],
)
mistake(
    "slopes-for-weights",
    "Which table did you use, P or the slopes of the scores? Through which does V reach Y?",
    f"{ROW} The slopes of the scores are -0.35, 0.1, 0.25.",
    RULE,
    dV=lambda P, dvalues: turned(P * (1 - P)) @ dvalues,
)
mistake(
    "scale-forgotten-in-the-weights",
    "The weights are computed again, going back. Are they the same as going forward?",
    "d = 4 and raw scores 2 ln 7, 2 ln 2, 0: the weights are 0.7, 0.2, 0.1.",
    "P = softmax of Q K^T / sqrt(d), as in the forward pass.",
    scale=lambda Q, K, V: 1.0,
)
mistake(
    "softmax-down-the-columns",
    "The weights are computed again, going back. Which axis adds up to 1?",
    f"{ROW} Yours is 1, 1, 1.",
    "A row of P belongs to one query, and adds up to 1.",
    weights=lambda S: np.exp(S - S.max()) / np.exp(S - S.max()).sum(axis=-2, keepdims=True),
)
mistake(
    "exponentials-run-over",
    "Where do the nan come from? What is the exponential of 1000, in a computer?",
    "Chapter 09: scores [1000, 999] have the same weights as [0, -1].",
    "The largest score of the row is taken off first, going back as going forward.",
    weights=lambda S: np.exp(S) / np.exp(S).sum(axis=-1, keepdims=True),
)


@dV.mistake(
    "in-another-order",
    "In which order do the three gradients come back?",
    "Q (2, 4), K (3, 4), V (3, 5): which of yours has 5 columns?",
    "In the order of the forward arguments: dQ, dK, dV.",
)
def _(dvalues, Q, K, V, causal=False):
    return backward()(dvalues, Q, K, V)[::-1]


@dV.mistake(
    "upstream-itself",
    "dV has the shape of V. Is your answer the upstream, which has the shape of Y?",
    ROW,
    RULE,
)
def _(dvalues, Q, K, V, causal=False):
    return *backward()(dvalues, Q, K, V)[:2], dvalues


@dV.mistake(
    "times-the-values",
    "How far does Y move when a value is raised by 1: does that depend on how large the value is?",
    f"{ROW} Raise value 4 to 5: Y rises by its weight, 0.1.",
    RULE,
)
def _(dvalues, Q, K, V, causal=False):
    dQ, dK, right = backward()(dvalues, Q, K, V)
    return dQ, dK, right * V


@dV.mistake(
    "values-first",
    "In which order are the three returned?",
    f"{ROW} The last of the three has the shape of V.",
    "dQ, dK, dV, in the order of the forward arguments.",
)
def _(dvalues, Q, K, V, causal=False):
    dQ, dK, right = backward()(dvalues, Q, K, V)
    return right, dQ, dK
