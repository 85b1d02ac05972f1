"""15-attention: known mistakes of `attention_backward.axes`: the mask and several sequences, going back."""

import numpy as np

from autograder.exercises.attention.attention_parts import backward, forward, right_dP, right_dS, turned
from autograder.exercises.attention.cases import backward_axes
from autograder.reference.attention import attention_backward

EACH = "Two sequences in one call give what two calls give, one under the other."
MASK = "P is computed again going back, and has to be the same P: with the mask, where there was one."


def mistake(name, *hints, **parts):
    backward_axes.mistake(name, *hints)(backward(**parts))


mistake(
    "mask-forgotten-going-back",
    "Which weights does your way back use: those of the forward pass, or those without a mask?",
    "The worked case, causal: row 0 of dQ is [0, 0], for who sees one key has no choice. Yours is [-0.7438, -0.1093].",
    MASK,
    forgets_mask=True,
)
mistake(
    "masked-after-softmax",
    "The weights are computed again. Do their rows still add up to 1?",
    "The worked case, causal: row 0 of P is [1, 0, 0].",
    MASK,
    mask=lambda S: S,
    after=lambda P: np.tril(P),
)
mistake(
    "score-times-zero",
    "Which weight has a score of 0?",
    "The worked case, causal: row 0 of P is [1, 0, 0]; e^0 is 1, not 0.",
    MASK,
    mask=lambda S: S * np.tri(*S.shape[-2:]),
)
mistake(
    "upside-down",
    "Which positions does the first one see, going back as going forward?",
    "The worked case, causal: row 0 of dQ is [0, 0], since position 0 sees itself alone.",
    MASK,
    mask=lambda S: np.where(np.tri(*S.shape[-2:], dtype=bool).T, S, -np.inf),
)
mistake(
    "minus-infinity-in-the-slopes",
    "Where do the nan come from? What is the slope of a score that was replaced by -inf?",
    "The worked case, causal: row 0 of dQ is [0, 0]. A weight of 0 makes its own slope 0; nothing has to be masked again.",
    "dS = P times (...): where P is 0, dS is 0 by itself.",
    dS=lambda P, dP: np.where(P == 0, -np.inf, right_dS(P, dP)),
)
mistake(
    "dot-t-on-a-batch",
    "Which axes does `.T` exchange, if there are three?",
    "np.zeros((2, 5, 4)).T.shape is (4, 5, 2). Wanted is (2, 4, 5).",
    "Only the last two axes change places; those in front number the sequences.",
    raw=lambda Q, K: Q @ K.T,
    dP=lambda dvalues, V: dvalues @ V.T,
    dK=lambda dS, Q, K: dS.T @ Q,
    dV=lambda P, dvalues: P.T @ dvalues,
)
mistake(
    "dot-t-for-the-values",
    "Going back, which axes does `.T` exchange, if there are three?",
    "np.zeros((2, 5, 4)).T.shape is (4, 5, 2). Wanted is (2, 4, 5).",
    "Only the last two axes change places; those in front number the sequences.",
    dV=lambda P, dvalues: P.T @ dvalues,
)
mistake(
    "mean-over-the-batch-too",
    "Whose mean is taken off: the row's, or that of the same row in all sequences?",
    f"{EACH} Let two sequences disagree, and each row of dS must still add up to 0.",
    "Each row of each sequence takes off its own weighted mean.",
    dS=lambda P, dP: P * (dP - np.mean(np.sum(P * dP, axis=-1, keepdims=True), axis=0, keepdims=True)),
)
mistake(
    "mean-along-axis-one",
    "Which axis is 1, if there are three?",
    f"{EACH} Each row of dS adds up to 0 over its keys, the last axis.",
    "The weighted mean runs over the keys, the last axis, however many stand in front of it.",
    dS=lambda P, dP: P * (dP - np.sum(P * dP, axis=1, keepdims=True)),
)
mistake(
    "scale-by-axis-one",
    "Which number do you take the root of, if there are three axes?",
    "Q of shape (2, 3, 4): the root is that of 4.",
    "d is the last axis of Q, however many stand in front of it.",
    scale_back=lambda Q, K, V: np.sqrt(Q.shape[1]),
)
mistake(
    "gradients-added-over-sequences",
    "Every sequence brought its own Q, K and V. Whose gradient is it?",
    "Q of shape (2, 3, 4): dQ has the shape (2, 3, 4), not (3, 4).",
    "A gradient has the shape of the thing it is for; nothing is shared between sequences here.",
    dQ=lambda dS, Q, K: (dS @ K).reshape(-1, *Q.shape[-2:]).sum(axis=0),
    dK=lambda dS, Q, K: (turned(dS) @ Q).reshape(-1, *K.shape[-2:]).sum(axis=0),
    dV=lambda P, dvalues: (turned(P) @ dvalues).reshape(-1, P.shape[-1], dvalues.shape[-1]).sum(axis=0),
)
mistake(
    "values-turned-by-all-axes",
    "Which axes does `transpose` without arguments exchange, if there are three?",
    "np.zeros((2, 5, 4)).transpose().shape is (4, 5, 2). Wanted is (2, 4, 5).",
    "Only the last two axes change places; those in front number the sequences.",
    dP=lambda dvalues, V: right_dP(dvalues, V) if V.ndim == 2 else dvalues @ V.transpose(),
)


@backward_axes.mistake(
    "first-sequence-only",
    "What became of the other sequences?",
    EACH,
    "Each sequence has its own gradients; leading axes stay.",
)
def _(dvalues, Q, K, V, causal=False):
    if Q.ndim == 2:
        return attention_backward(dvalues, Q, K, V, causal)
    return attention_backward(dvalues[0], Q[0], K[0], V[0], causal)


@backward_axes.mistake(
    "one-axis-lost",
    "One sequence alone, in an axis of its own: is the axis still there?",
    "Q of shape (1, 3, 2): dQ has three axes.",
    "A gradient has the shape of the thing it is for.",
)
def _(dvalues, Q, K, V, causal=False):
    return tuple(np.squeeze(one) for one in attention_backward(dvalues, Q, K, V, causal))


@backward_axes.mistake(
    "sequences-averaged",
    "What divides by the number of sequences: attention, or the loss, once?",
    f"{EACH} Are yours too small by the number of sequences?",
    "The loss's backward pass holds the 1/N, and hands it down in dvalues.",
)
def _(dvalues, Q, K, V, causal=False):
    return attention_backward(dvalues / (len(Q) if Q.ndim > 2 else 1), Q, K, V, causal)


@backward_axes.mistake(
    "only-one-leading-axis",
    "Your loop goes over the first axis. What stands in the second, if there are two leading ones?",
    "Q of shape (2, 3, 4, 5) holds six sequences, not two.",
    "Any number of leading axes: write it so that only the last two are named.",
)
def _(dvalues, Q, K, V, causal=False):
    def one(dY, Q, K, V):
        P = forward(raw=lambda Q, K: np.dot(Q, K.T))(Q, K, V, causal)[1]
        dS = right_dS(P, np.dot(dY, V.T)) / np.sqrt(Q.shape[-1])
        return np.dot(dS, K), np.dot(dS.T, Q), np.dot(P.T, dY)

    if Q.ndim == 2:
        return one(dvalues, Q, K, V)
    return tuple(np.stack(each) for each in zip(*map(one, dvalues, Q, K, V), strict=True))


@backward_axes.mistake(
    "masked-in-the-slopes-only",
    "You take the later keys out of dS. With which weights was it worked out, and what did V hear?",
    "The worked case, causal: row 0 of P is [1, 0, 0], so row 0 of dQ is [0, 0]. Print the P that your way back uses.",
    MASK,
)
def _(dvalues, Q, K, V, causal=False):
    def slopes(P, dP):
        return np.tril(right_dS(P, dP)) if causal else right_dS(P, dP)

    return backward(dS=slopes)(dvalues, Q, K, V)


@backward_axes.mistake(
    "masked-unasked",
    "A call without a mask, with as many queries as keys: do the weights that your way back uses have one all the same?",
    "Equal scores, three queries and three keys, causal=False: every weight is 1/3, going back as going forward.",
    "P is that of the forward call: the mask is for causal=True alone, whatever T and S are.",
)
def _(dvalues, Q, K, V, causal=False):
    return attention_backward(dvalues, Q, K, V, causal or Q.shape[-2] == K.shape[-2])
