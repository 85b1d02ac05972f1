"""15-attention: known mistakes of `attention_forward.output`: weights and output, without a mask."""

import numpy as np

from autograder.exercises.attention.attention_parts import forward, turned
from autograder.exercises.attention.cases import output
from autograder.reference.attention import attention_forward

D4 = "d = 4 and raw scores 2 ln 7, 2 ln 2 and 0: the weights are 0.7, 0.2, 0.1."


def mistake(name, *hints, **parts):
    output.mistake(name, *hints)(forward(**parts))


mistake(
    "scale-forgotten",
    "What happens to the scores between the products and softmax?",
    f"{D4} Yours are 0.907, 0.074, 0.019.",
    "S = Q K^T / sqrt(d), with d numbers in a query.",
    scale=lambda Q, K, V: 1.0,
)
mistake(
    "divided-by-d",
    "A sum of d products is about how large: d, or the root of d?",
    f"{D4} Yours are 0.523, 0.279, 0.198.",
    "S = Q K^T / sqrt(d).",
    scale=lambda Q, K, V: Q.shape[-1],
)
mistake(
    "multiplied-by-the-root",
    "Do more numbers in a query make the scores larger or smaller by themselves? What is the scale there for?",
    f"{D4} Yours are nearly 1, 0, 0.",
    "S = Q K^T / sqrt(d): divided.",
    scale=lambda Q, K, V: Q.shape[-1] ** -0.5,
)
mistake(
    "root-of-the-keys",
    "Whose root divides the scores: the number of keys, or of numbers in a query?",
    "T, S, d, e = 2, 3, 4, 5: the scores are divided by 2.",
    "S = Q K^T / sqrt(d), where d is the axis that vanishes in the product.",
    scale=lambda Q, K, V: np.sqrt(K.shape[-2]),
)
mistake(
    "root-of-the-queries",
    "Whose root divides the scores: the number of queries, or of numbers in one query?",
    "T, S, d, e = 2, 3, 4, 5: the scores are divided by 2.",
    "S = Q K^T / sqrt(d), where d is the axis that vanishes in the product.",
    scale=lambda Q, K, V: np.sqrt(Q.shape[-2]),
)
mistake(
    "root-of-the-values",
    "Whose root divides the scores: the width of a value, or of a query?",
    "T, S, d, e = 2, 3, 4, 5: the scores are divided by 2.",
    "S = Q K^T / sqrt(d), where d is the axis that vanishes in the product.",
    scale=lambda Q, K, V: np.sqrt(V.shape[-1]),
)


def by(axis):
    """Softmax along other axes."""

    def weights(S):
        e = np.exp(S - S.max(axis=axis, keepdims=True))
        return e / e.sum(axis=axis, keepdims=True)

    return weights


mistake(
    "softmax-down-the-columns",
    "Which axis of the weights adds up to 1: for one query over the keys, or for one key over the queries?",
    "One query and three keys: the weights are 0.7, 0.2, 0.1. Are yours all 1?",
    "A row of P belongs to one query, and adds up to 1.",
    weights=by(-2),
)
mistake(
    "softmax-over-everything",
    "Do the weights of each query add up to 1, or those of all queries together?",
    "Two queries: P.sum(axis=-1) should be [1, 1].",
    "A row of P belongs to one query, and adds up to 1.",
    weights=by((-1, -2)),
)
mistake(
    "no-softmax",
    "Can a weight be negative? What makes scores into weights?",
    "Scores ln 7, ln 2 and 0 have the weights 0.7, 0.2 and 0.1.",
    "P = softmax of S, row by row.",
    weights=lambda S: S,
)
mistake(
    "shares-of-the-scores",
    "You divide scores by their sum. What becomes of a negative one? Which function makes them positive first?",
    "Scores ln 7, ln 2 and 0 have the weights 0.7, 0.2 and 0.1: shares of 7, 2 and 1.",
    "P = softmax of S, row by row: exponentials over their sum.",
    weights=lambda S: S / S.sum(axis=-1, keepdims=True),
)
mistake(
    "not-divided-by-the-sum",
    "Do the weights of a query add up to 1?",
    "Exponentials 7, 2 and 1: what is 7's share?",
    "P = softmax of S, row by row: exponentials over their sum.",
    weights=lambda S: np.exp(S - S.max(axis=-1, keepdims=True)),
)
mistake(
    "exponentials-run-over",
    "Where do the nan come from? What is the exponential of 1000, in a computer?",
    "Chapter 09: what may be added to all scores of a row without changing softmax? Scores [1000, 999] then have the same "
    "weights as [0, -1].",
    "e^(S - m) over its sum, with m the largest score of the row.",
    weights=lambda S: np.exp(S) / np.exp(S).sum(axis=-1, keepdims=True),
)
mistake(
    "one-shift-for-all-rows",
    "Which score did you take off: the row's own largest, or the largest of all?",
    "Rows [1000, 999] and [0, -1] have the same weights. Is the second row of yours 0/0?",
    "e^(S - m) over its sum, with m the largest score of the same row.",
    weights=lambda S: np.exp(S - S.max()) / np.exp(S - S.max()).sum(axis=-1, keepdims=True),
)
mistake(
    "softmax-twice",
    "Your weights lie closer together than they should. How often did softmax see them?",
    "Scores ln 7, ln 2 and 0: 0.7, 0.2 and 0.1. Yours are 0.46, 0.28 and 0.25.",
    "P = softmax of S, once.",
    weights=lambda S: by(-1)(by(-1)(S)),
)


@output.mistake(
    "weights-first",
    "In which order does the function return its two results?",
    "Y has shape (T, e), P has (T, S): which of yours is which?",
    "The output first, then the weights.",
)
def _(Q, K, V, causal=False):
    return attention_forward(Q, K, V, causal)[::-1]


@output.mistake(
    "scores-returned",
    "The second result: the scores, or what softmax made of them?",
    "The row of the lesson: P is 0.7, 0.2, 0.1. Yours is 1.9459, 0.6931, 0.",
    "P is what Y was mixed with: its rows add up to 1.",
)
def _(Q, K, V, causal=False):
    return attention_forward(Q, K, V)[0], Q @ turned(K) / np.sqrt(Q.shape[-1])


@output.mistake(
    "heaviest-value-only",
    "Did you take the value of the key with the largest weight? What do the others say?",
    "Weights 0.7, 0.2, 0.1 on values 1, 2, 4: 1.5, not 1.",
    "Y = P V: a weighted mean of all values.",
)
def _(Q, K, V, causal=False):
    P = attention_forward(Q, K, V)[1]
    return np.take_along_axis(V, P.argmax(axis=-1)[..., None], axis=-2), P


@output.mistake(
    "plain-mean-of-the-values",
    "Every query gets the same output. Where do its weights come in?",
    "Weights 0.7, 0.2, 0.1 on values 1, 2, 4: 1.5. Their plain mean is 2.3333.",
    "Y = P V: a weighted mean of all values.",
)
def _(Q, K, V, causal=False):
    P = attention_forward(Q, K, V)[1]
    return np.broadcast_to(V.mean(axis=-2, keepdims=True), (*P.shape[:-1], V.shape[-1])), P


@output.mistake(
    "scaled-after-softmax",
    "What is divided by the root: scores, or weights? Do the rows of your P add up to 1?",
    f"{D4} Do yours add up to 0.5?",
    "P = softmax of Q K^T / sqrt(d): divided first.",
)
def _(Q, K, V, causal=False):
    P = forward(scale=lambda Q, K, V: 1.0)(Q, K, V)[1] / np.sqrt(Q.shape[-1])
    return P @ V, P


@output.mistake(
    "masked-unasked",
    "A call without `causal`: who may see whom? Does your mask come by itself where there are as many queries as keys?",
    "Equal scores, three queries and three keys, no mask: every weight is 1/3. Is your first row [1, 0, 0]?",
    "The mask is for causal=True alone, whatever T and S are.",
)
def _(Q, K, V, causal=False):
    return attention_forward(Q, K, V, Q.shape[-2] == K.shape[-2])


mistake(
    "keys-not-turned",
    "Q is (T, d) and K is (S, d). Which axis must vanish in their product, and where does it stand in K?",
    "One query [1] and three keys: Q is (1, 1), K is (3, 1), the scores are (1, 3).",
    "S = Q K^T / sqrt(d): the last two axes of K change places.",
    raw=lambda Q, K: Q @ K,
)
mistake(
    "axis-of-the-largest-lost",
    "From a row of scores its largest is taken off. Which shape has your array of largest ones: (T, 1), or (T,)?",
    "np.ones((2, 3)).max(axis=-1).shape is (2,), and lies along the last axis, over the keys. keepdims=True keeps the axis.",
    "P[t, s] = e^(S[t, s] - m[t]) over its row's sum, with m[t] the largest score of row t.",
    weights=lambda S: np.exp(S - S.max(axis=-1)) / np.exp(S - S.max(axis=-1)).sum(axis=-1, keepdims=True),
)


def sum_lost(shift):
    """Exponentials over their sums without an axis for them, with what is taken off first."""

    def weights(S):
        e = np.exp(S - shift(S))
        return e / e.sum(axis=-1)

    return weights


sum_axis = output.mistake(
    "axis-of-the-sum-lost",
    "A row of scores is divided by its sum. Which shape has your array of sums: (T, 1), or (T,)?",
    "np.ones((2, 3)).sum(axis=-1).shape is (2,), and lies along the last axis, over the keys. keepdims=True keeps the axis.",
    "P[t, s] = e^(S[t, s]) over the sum of its own row t.",
)
sum_axis(forward(weights=sum_lost(lambda S: S.max(axis=-1, keepdims=True))))
sum_axis(forward(weights=sum_lost(lambda S: 0.0)))
