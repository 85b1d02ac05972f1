"""15-attention: known mistakes of `attention_forward.axes`: several sequences in one call."""

import numpy as np

from autograder.exercises.attention.attention_parts import forward, masked
from autograder.exercises.attention.cases import forward_axes
from autograder.reference.attention import attention_forward

EACH = "Two sequences in one call give what two calls give, one under the other."


def mistake(name, *hints, **parts):
    forward_axes.mistake(name, *hints)(forward(**parts))


mistake(
    "dot-t-on-a-batch",
    "Which axes does `.T` exchange, if there are three?",
    "np.zeros((2, 5, 4)).T.shape is (4, 5, 2). Wanted is (2, 4, 5).",
    "Only the last two axes change places; those in front number the sequences.",
    raw=lambda Q, K: Q @ K.T,
)


def along(axis, S):
    e = np.exp(S - S.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


mistake(
    "softmax-along-axis-one",
    "Which axis is 1, if there are three? And if there are four?",
    f"{EACH} P.sum(axis=-1) should be 1 everywhere.",
    "Keys are the last axis, however many stand in front of it.",
    weights=lambda S: along(1, S),
)
mistake(
    "softmax-along-the-first-axis",
    "Which axis of the weights adds up to 1?",
    f"{EACH} P.sum(axis=-1) should be 1 everywhere.",
    "Keys are the last axis, however many stand in front of it.",
    weights=lambda S: along(0, S),
)
mistake(
    "scale-by-axis-one",
    "Which number do you take the root of, if there are three axes?",
    "Q of shape (2, 3, 4): the root is that of 4.",
    "d is the last axis of Q, however many stand in front of it.",
    scale=lambda Q, K, V: np.sqrt(Q.shape[1]),
)
mistake(
    "scale-by-the-first-axis",
    "Which number do you take the root of: the number of sequences, or of numbers in a query?",
    "Q of shape (2, 3, 4): the root is that of 4.",
    "d is the last axis of Q, however many stand in front of it.",
    scale=lambda Q, K, V: np.sqrt(Q.shape[0]),
)
mistake(
    "mask-by-the-first-axes",
    "How large is your mask: T by S, or made from the number of sequences?",
    "Two sequences of five places: the mask is (5, 5), the same for both.",
    "The last two axes of the scores are queries and keys.",
    mask=lambda S: np.where(np.tri(*S.shape[:2], dtype=bool), S, -np.inf),
)
mistake(
    "mask-turned",
    "Which of the last two axes of the scores are the keys?",
    "Row 0 of every sequence's P is [1, 0, 0, ...].",
    "Query t may see the keys 0 to t: the row is the query.",
    mask=lambda S: np.where(np.tri(*S.shape[-2:], dtype=bool).T, S, -np.inf),
)
mistake(
    "mask-forgotten",
    "With several sequences, is the mask still there?",
    "Row 0 of every sequence's P is [1, 0, 0, ...].",
    "causal means the same for one sequence and for many.",
    mask=lambda S: S,
)
mistake(
    "outputs-added-over-sequences",
    "Did you add up what different sequences say?",
    EACH,
    "Each sequence has its own output; leading axes stay.",
    out=lambda P, V: np.broadcast_to((P @ V).sum(axis=0, keepdims=True), (*P.shape[:-1], V.shape[-1])).copy(),
)


@forward_axes.mistake(
    "first-sequence-only",
    "What became of the other sequences?",
    EACH,
    "Each sequence has its own output; leading axes stay.",
)
def _(Q, K, V, causal=False):
    return attention_forward(Q[0], K[0], V[0], causal)


@forward_axes.mistake(
    "all-sequences-in-one",
    "Can a query of the first sequence see a key of the second?",
    f"{EACH} With two sequences of three keys, a row of P has 3 entries, not 6.",
    "Leading axes stay as they are: no sequence meets another.",
)
def _(Q, K, V, causal=False):
    Y, P = attention_forward(*(one.reshape(-1, one.shape[-1]) for one in (Q, K, V)), causal)
    return Y.reshape(*Q.shape[:-1], -1), P


@forward_axes.mistake(
    "one-axis-lost",
    "One sequence alone, in an axis of its own: is the axis still there?",
    "Q of shape (1, 3, 2): Y has three axes.",
    "Leading axes stay, those of length 1, too.",
)
def _(Q, K, V, causal=False):
    return tuple(np.squeeze(one) for one in attention_forward(Q, K, V, causal))


@forward_axes.mistake(
    "one-leading-axis-at-most",
    "Your loop goes over the first axis. What stands in the second, if there are two leading ones?",
    "Q of shape (2, 3, 4, 5) holds six sequences, not two.",
    "Any number of leading axes: write it so that only the last two are named.",
)
def _(Q, K, V, causal=False):
    def one(Q, K, V):
        S = np.dot(Q, K.T) / np.sqrt(Q.shape[-1])
        P = along(-1, masked(S) if causal else S)
        return np.dot(P, V), P

    each = [one(*three) for three in zip(Q, K, V, strict=True)]
    return tuple(np.stack(results) for results in zip(*each, strict=True))


@forward_axes.mistake(
    "masked-unasked",
    "A call without a mask, with as many queries as keys: who may see whom? Does your mask come by itself?",
    "Equal scores, three queries and three keys, causal=False: every weight is 1/3. Is your first row [1, 0, 0]?",
    "The mask is for causal=True alone, whatever T and S are.",
)
def _(Q, K, V, causal=False):
    return attention_forward(Q, K, V, causal or Q.shape[-2] == K.shape[-2])


from_the_front = forward_axes.mistake(
    "axes-counted-from-the-front",
    "Which number has the last axis: the same for (3, 5), (2, 3, 5) and (2, 3, 4, 5)?",
    "np.zeros((2, 3, 4, 5)): axes 1 and 2 are 3 and 4 long. Which two should change places?",
    "Counted from the end the last two are -1 and -2, whatever stands in front.",
)
for turn in (lambda K: np.swapaxes(K, 1, 2), lambda K: np.transpose(K, (0, 2, 1))):
    from_the_front(forward(raw=lambda Q, K, turn=turn: Q @ turn(K)))
