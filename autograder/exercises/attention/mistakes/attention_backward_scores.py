"""15-attention: known mistakes of `attention_backward.scores`: dQ and dK."""

import numpy as np

from autograder.exercises.attention.attention_parts import backward, masked, right_dK, right_dQ, right_dS, turned
from autograder.exercises.attention.cases import scores
from autograder.reference.softmax import softmax

ROW = "The lesson's row, weights 0.7, 0.2, 0.1 on values 1, 2, 4, upstream 1: the scores hear -0.35, 0.1, 0.25, and dK is that."
SLOPES = "dS = P times (dP minus the row's weighted mean of dP), where the weights of the mean are P itself."
BACK = "dQ = dS K / sqrt(d), dK = dS^T Q / sqrt(d)."


def mistake(name, *hints, **parts):
    scores.mistake(name, *hints)(backward(**parts))


mistake(
    "scale-forgotten-going-back",
    "Between the products and softmax the scores were divided. What does that do to their slopes?",
    "The worked case has d = 2: are dQ and dK 1.414 times too large? With d = 1 nothing shows.",
    BACK,
    scale_back=lambda Q, K, V: 1.0,
)
mistake(
    "scale-paid-twice",
    "How often were the scores divided by the root of d, going forward?",
    "The worked case has d = 2: are dQ and dK 1.414 times too small?",
    BACK,
    scale_back=lambda Q, K, V: Q.shape[-1],
)
mistake(
    "multiplied-by-the-root",
    "Raise a raw score by 1: by how much does the divided one rise?",
    "The worked case has d = 2: are dQ and dK twice too large?",
    BACK,
    scale_back=lambda Q, K, V: Q.shape[-1] ** -0.5,
)
mistake(
    "scale-forgotten-in-the-weights",
    "The weights are computed again, going back. Are they the same as going forward?",
    "d = 4 and raw scores 2 ln 7, 2 ln 2, 0: the weights are 0.7, 0.2, 0.1.",
    "P = softmax of Q K^T / sqrt(d), as in the forward pass.",
    scale=lambda Q, K, V: 1.0,
)
mistake(
    "values-not-turned",
    "dP has a row a query and a column a key. Which axis of dY and V must vanish?",
    "T, S, d, e all different: dY is (T, e), V is (S, e), dP is (T, S). Only where S = e something else fits.",
    "dP[t, s] is the sum over e of dY[t, e] V[s, e].",
    dP=lambda dvalues, V: dvalues @ V,
)
mistake(
    "row-mean-dropped",
    "Raise one score. Its own weight rises; what do the others do?",
    f"{ROW} Yours is 0.7, 0.4, 0.4.",
    SLOPES,
    dS=lambda P, dP: P * dP,
)
mistake(
    "plain-mean-for-the-weighted-one",
    "Which mean is taken off: the plain one of the row, or the one weighted by P?",
    f"{ROW} Yours is -0.933, -0.067, 0.167.",
    SLOPES,
    dS=lambda P, dP: P * (dP - dP.mean(axis=-1, keepdims=True)),
)
mistake(
    "unweighted-sum-taken-off",
    "What is taken off: the sum of dP, or its mean weighted by P?",
    f"{ROW} Yours is -4.2, -1, -0.3.",
    SLOPES,
    dS=lambda P, dP: P * (dP - dP.sum(axis=-1, keepdims=True)),
)
mistake(
    "weights-dropped-from-the-slopes",
    "A key that is hardly looked at: does its score matter as much as the others'?",
    f"{ROW} Yours is -0.5, 0.5, 2.5.",
    SLOPES,
    dS=lambda P, dP: dP - np.sum(P * dP, axis=-1, keepdims=True),
)
mistake(
    "others-do-not-move",
    "p(1 - p) is how far a weight moves with its own score. What do the other weights do meanwhile?",
    f"{ROW} Yours is 0.21, 0.32, 0.36.",
    SLOPES,
    dS=lambda P, dP: P * (1 - P) * dP,
)
mistake(
    "softmax-skipped-going-back",
    "Between the scores and the weights stands softmax. Where is it on your way back?",
    f"{ROW} Yours is 1, 2, 4.",
    SLOPES,
    dS=lambda P, dP: dP,
)
mistake(
    "mean-over-all-queries",
    "Does each row take off its own mean, or all rows the same?",
    "The worked case: each row of dS adds up to 0.",
    SLOPES,
    dS=lambda P, dP: P * (dP - np.mean(np.sum(P * dP, axis=-1, keepdims=True), axis=-2, keepdims=True)),
)
mistake(
    "mean-down-the-columns",
    "Which axis of dS adds up to 0: a row, whose weights add up to 1, or a column?",
    "The worked case: each row of dS adds up to 0.",
    SLOPES,
    dS=lambda P, dP: P * (dP - np.sum(P * dP, axis=-2, keepdims=True)),
)
mistake(
    "sign-turned",
    "A value above the mean: should its score rise or fall, to raise the output?",
    f"{ROW} Yours is 0.35, -0.1, -0.25.",
    SLOPES,
    dS=lambda P, dP: -right_dS(P, dP),
)
mistake(
    "swapped",
    "S = Q K^T. Whom does a query hear through: the keys, or itself?",
    "T and S different: dQ has T rows, dK has S.",
    BACK,
    dQ=right_dK,
    dK=right_dQ,
)
mistake(
    "slopes-not-turned-for-the-keys",
    "dK has a row a key. Which axis of dS must vanish there?",
    "The worked case has T = S, so the shapes fit: compare the numbers. With T and S different it raises.",
    BACK,
    dK=lambda dS, Q, K: dS @ Q,
)
mistake(
    "queries-hear-themselves",
    "How far does a score move when a query's number is raised: by the query, or by the key's number?",
    "The worked case without a mask: query 0 is [1, 0]; what does it hear?",
    BACK,
    dQ=lambda dS, Q, K: dS.sum(axis=-1, keepdims=True) * Q + np.abs(dS).sum(axis=-1, keepdims=True) * Q,
)
mistake(
    "keys-hear-themselves",
    "How far does a score move when a key's number is raised: by the key, or by the query's number?",
    "The row of the lesson: the query is 1, so dK is dS.",
    BACK,
    dK=lambda dS, Q, K: turned(dS) @ K if dS.shape[-1] == dS.shape[-2] else turned(dS).sum(axis=-1, keepdims=True) * K,
)
mistake(
    "keys-only",
    "Half of the slopes arrive. Through whom can a query change the scores?",
    "The worked case: nudge a number of query 1. Does nothing move?",
    BACK,
    dQ=lambda dS, Q, K: np.zeros(Q.shape),
)
mistake(
    "queries-only",
    "Half of the slopes arrive. Through whom can a key change the scores?",
    f"{ROW} Yours is 0.",
    BACK,
    dK=lambda dS, Q, K: np.zeros(K.shape),
)
mistake(
    "mean-over-the-queries",
    "A key is looked at by every query. Are its messages added, or is their mean taken?",
    "The worked case without a mask: is dK three times too small?",
    BACK,
    dK=lambda dS, Q, K: turned(dS) @ Q / len(Q),
)
mistake(
    "exponentials-run-over",
    "Where do the nan come from? What is the exponential of 1000, in a computer?",
    "Chapter 09: scores [1000, 999] have the same weights as [0, -1].",
    "The largest score of the row is taken off first, going back as going forward.",
    weights=lambda S: np.exp(S) / np.exp(S).sum(axis=-1, keepdims=True),
)
mistake(
    "exponentials-without-their-sum",
    "The weights are computed again, going back. Do they add up to 1?",
    "The row of the lesson: exponentials 7, 2, 1; weights 0.7, 0.2, 0.1.",
    "P = softmax of Q K^T / sqrt(d), as in the forward pass.",
    weights=lambda S: np.exp(S - S.max(axis=-1, keepdims=True)),
)
mistake(
    "scale-paid-by-the-queries-only",
    "The scores were divided once. Who reads their slopes: the queries alone?",
    "The worked case has d = 2: is your dQ right, and dK 1.414 times too large?",
    BACK,
    dK=lambda dS, Q, K: right_dK(dS, Q, K) * np.sqrt(Q.shape[-1]),
)
mistake(
    "scale-paid-by-the-keys-only",
    "The scores were divided once. Who reads their slopes: the keys alone?",
    "The worked case has d = 2: is your dK right, and dQ 1.414 times too large?",
    BACK,
    dQ=lambda dS, Q, K: right_dQ(dS, Q, K) * np.sqrt(Q.shape[-1]),
)
root_of_values = scores.mistake(
    "root-of-the-values-going-back",
    "By whose root were the scores divided: that of the numbers in a query, or in a value?",
    "T, S, d, e = 2, 3, 4, 5: divided by 2, going forward and back.",
    BACK,
)
root_of_values(backward(scale_back=lambda Q, K, V: np.sqrt(V.shape[-1])))


@root_of_values
def _(dvalues, Q, K, V, causal=False):
    dQ, dK, dV = backward(scale_back=lambda Q, K, V: 1.0)(dvalues, Q, K, V)
    return dQ / np.sqrt(V.shape[-1]), dK / np.sqrt(V.shape[-1]), dV


mistake(
    "masked-unasked",
    "A call without `causal`: do the weights that your way back uses have a mask all the same?",
    "Equal scores, three queries and three keys, no mask: every weight is 1/3, going back as going forward.",
    "P is that of the forward call: the mask is for causal=True alone, whatever T and S are.",
    weights=lambda S: softmax(masked(S) if S.shape[-1] == S.shape[-2] else S),
)


@scores.mistake(
    "values-first",
    "In which order are the three returned?",
    "T, S, d, e = 2, 3, 4, 5: the first has the shape of Q, (2, 4), the last that of V, (3, 5).",
    "dQ, dK, dV, in the order of the forward arguments.",
)
def _(dvalues, Q, K, V, causal=False):
    dQ, dK, dV = backward()(dvalues, Q, K, V)
    return dV, dQ, dK


mistake(
    "one-mean-for-all-queries",
    "Every query has a row of its own. How many means do you take off?",
    "The worked case has three queries: P * dP summed over a row gives three numbers, one for each. Is yours one?",
    SLOPES,
    dS=lambda P, dP: P * (dP - np.sum(P * dP)),
)
mistake(
    "axis-of-the-mean-lost",
    "The mean is taken off the whole row. Is yours laid along the rows, or across them?",
    "The worked case: the sums over the rows have shape (3,). Beside (3, 3), is that a column or a row?",
    "The axis of the sum stays, with length 1: each row gets its own mean taken off.",
    dS=lambda P, dP: P * (dP - np.sum(P * dP, axis=-1)),
)
