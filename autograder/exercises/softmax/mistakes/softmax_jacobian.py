"""09-softmax: known mistakes of `softmax_jacobian`."""

import numpy as np

from autograder.exercises.softmax.cases import softmax_jacobian


@softmax_jacobian.mistake(
    "one-slope-a-class",
    "You give every class one slope, that by its own score. What do the other probabilities do when a score rises?",
    "Take p = [0.7, 0.2, 0.1] and raise score 0: p[0] rises, so p[1] and p[2] must fall. Nine slopes, not three.",
    "J[j, k] is how far p[j] moves for z[k], for every pair j, k: shape (C, C). s (1 - s) is its diagonal.",
)
def _(p):
    return p * (1 - p)


@softmax_jacobian.mistake(
    "others-do-not-move",
    "Add up one row of your table. All scores raised together change nothing: what must each row add up to?",
    "Take p = [0.7, 0.2, 0.1] and raise score 0 by 0.01: p[1] falls by 0.0014. Yours lets it stand still.",
    "The denominator fans out to every class: off the diagonal J[j, k] = -p[j] p[k], not 0.",
)
def _(p):
    return np.diag(p * (1 - p))


@softmax_jacobian.mistake(
    "denominator-held-still",
    "You let the numerator of p[j] move. Does z[k] stand anywhere else?",
    "Take p = [0.7, 0.2, 0.1] and raise score 0 by 0.01: p[0] rises by 0.0021, not by 0.007.",
    "z[k] is in the denominator of every p[j] too: that adds -p[j] p[k] in all C x C places.",
)
def _(p):
    return np.diag(p)


@softmax_jacobian.mistake(
    "numerator-held-still",
    "You have what comes through the denominator. When j = k, is there a second way?",
    "Take p = [0.7, 0.2, 0.1] and raise score 0: p[0] must rise. In yours it falls.",
    "J[j, k] = p[j] ([j = k] - p[k]): on the diagonal the numerator's own slope p[j] comes on top.",
)
def _(p):
    return -np.outer(p, p)


@softmax_jacobian.mistake(
    "others-rise",
    "When one score rises, do the other probabilities rise or fall?",
    "Take p = [0.7, 0.2, 0.1] and raise score 0 by 0.01: p[1] goes from 0.2 to 0.1986.",
    "Off the diagonal J[j, k] = -p[j] p[k]: what one class gains, the others lose.",
)
def _(p):
    return np.diag(p - 2 * p**2) + np.outer(p, p)


@softmax_jacobian.mistake(
    "all-signs-turned",
    "Raise one score. Does its own probability rise or fall? And in your table?",
    "Take p = [0.5, 0.5]: J[0, 0] is +0.25.",
    "J[j, k] = p[j] ([j = k] - p[k]): positive on the diagonal, negative off it.",
)
def _(p):
    return np.outer(p, p) - np.diag(p)


@softmax_jacobian.mistake(
    "diagonal-rule-everywhere",
    "You use p (1 - p) for every pair. When j and k differ, where does the 1 come from?",
    "Take p = [0.7, 0.2, 0.1]: J[1, 0] is -0.2 x 0.7 = -0.14. Yours is 0.06.",
    "J[j, k] = p[j] ([j = k] - p[k]): the bracket is 1 only on the diagonal, 0 elsewhere.",
)
def _(p):
    return np.outer(p, 1 - p)


@softmax_jacobian.mistake(
    "a-one-for-each-diagonal-entry",
    "On the diagonal you start from 1. How far does p[j] move for its own numerator: by 1, or by its own share?",
    "Take p = [0.5, 0.5]: J[0, 0] is 0.5 - 0.25 = 0.25. Yours is 0.75.",
    "J[j, k] = p[j] ([j = k] - p[k]): the factor p[j] stands outside the bracket.",
)
def _(p):
    return np.eye(len(p)) - np.outer(p, p)


one_index = softmax_jacobian.mistake(
    "one-index-used-twice",
    "Two classes meet in an entry off the diagonal. How often does each of them occur in yours?",
    "Take p = [0.7, 0.2, 0.1]: J[0, 1] and J[1, 0] are both -0.14, the product of the two, not a square.",
    "Off the diagonal J[j, k] = -p[j] p[k]: the class that moves and the class whose score was raised.",
)


@one_index
def _(p):
    return p[:, None] * (np.eye(len(p)) - p[:, None])


@one_index
def _(p):
    return p[None, :] * (np.eye(len(p)) - p[None, :])


@softmax_jacobian.mistake(
    "inner-product-for-outer",
    "p has one axis. What does .T do to it, and what does p times p then give: a table or a number?",
    "Print np.dot(p, p.T).shape for p = np.array([0.7, 0.2, 0.1]): it is (). A table of all pairs has shape (3, 3).",
    "p[j] p[k] for every pair is the times table of p with itself, shape (C, C).",
)
def _(p):
    return np.diag(p) - np.dot(p, p.T)


@softmax_jacobian.mistake(
    "softmax-of-the-probabilities",
    "What comes into this function: scores, or probabilities that softmax has made already?",
    "With p = [0.7, 0.2, 0.1] J[0, 0] is 0.7 x 0.3 = 0.21. Yours takes softmax of p first.",
    "J is written in the output p alone: J[j, k] = p[j] ([j = k] - p[k]). No exponential is needed any more.",
)
def _(p):
    e = np.exp(p)
    q = e / e.sum()
    return np.diag(q) - np.outer(q, q)


@softmax_jacobian.mistake(
    "rounded",
    "Your numbers look right on the page. How many digits do they have?",
    "Try p = [0.000002, 0.249998, 0.75]: J[0, 0] is small, and it is not 0.",
    "Rounding is for printing. Slopes are multiplied again, so they keep all their digits.",
)
def _(p):
    return np.round(np.diag(p) - np.outer(p, p), 4)


column = softmax_jacobian.mistake(
    "diagonal-of-a-column",
    "`np.diag` makes a matrix of a vector, and does something else with a matrix. Which of the two did you hand it?",
    "Print np.diag(np.array([0.7, 0.2, 0.1])), then np.diag of the same numbers in a column: one number is left.",
    "J[j, k] = p[j] ([j = k] - p[k]): p itself, of shape (C,), stands on the diagonal.",
)
column(lambda p: np.diag(np.reshape(p, (-1, 1))) - np.reshape(p, (-1, 1)) @ np.reshape(p, (1, -1)))


@softmax_jacobian.mistake(
    "denominator-with-a-plus",
    "Raise one score, and the sum below the line grows. Do the other probabilities rise or fall?",
    "Take p = [0.5, 0.5]: J[0, 0] is 0.5 - 0.25 = 0.25, and J[1, 0] is -0.25. Yours are 0.75 and 0.25.",
    "J_jk = p_j [j = k] - p_j p_k: what comes through the denominator has a minus.",
)
def _(p):
    return np.diag(p) + np.outer(p, p)


@softmax_jacobian.mistake(
    "whole-p-on-the-diagonal",
    "Off the diagonal all is right. On it, z[j] stands in two places: above the line and below. Which of the two is missing?",
    "Take p = [0.7, 0.2, 0.1] and raise score 0 by 0.01: p[0] rises by 0.0021, not by 0.007.",
    "J[j, k] = p[j] [j = k] - p[j] p[k]: the second part is there for every pair, also where j = k.",
)
def _(p):
    table = -np.outer(p, p)
    np.fill_diagonal(table, p)
    return table
