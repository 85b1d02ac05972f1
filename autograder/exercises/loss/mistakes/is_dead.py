"""04-loss: known mistakes of `is_dead`."""

import numpy as np

from autograder.exercises.loss.cases import is_dead


@is_dead.mistake(
    "dead-if-one-row-is-off",
    "A neuron that is off for one sample may be on for another. Can it still learn from that one?",
    "z = -2, 1.5, -2.25 for three rows: the second one still moves the weights. Dead?",
    "Dead means: z <= 0 for every row, not for some row.",
)
def _(X, w, b):
    return bool(np.any(X @ w + b <= 0))


@is_dead.mistake(
    "always-false",
    "Your function says False every time. When is a neuron dead?",
    "z = -0.5, -4, -2.25 for three rows: does any of them send a gradient through?",
    "Dead means: z <= 0 for every row. Then the answer is True.",
)
def _(X, w, b):
    return False


@is_dead.mistake(
    "always-true",
    "Your function says True every time. When is a neuron alive?",
    "z = -2, 1.5, -2.25 for three rows: the second one still moves the weights. Dead?",
    "Dead means: z <= 0 for every row. One row above 0, and the answer is False.",
)
def _(X, w, b):
    return True


@is_dead.mistake(
    "on-in-every-row",
    "Your function says True for a neuron that is on for every sample. Is that one dead?",
    "z = 1.5, 1, 2 for three rows: each of them moves the weights. And z = -0.5, -4, -2.25?",
    "Dead means: z <= 0 for every row.",
)
def _(X, w, b):
    return bool(np.all(X @ w + b > 0))


@is_dead.mistake(
    "exactly-zero-only",
    "Which number is 0 for a neuron that is off: z, or what the ReLU makes of it?",
    "z = -0.5, -4, -2.25 for three rows: y is 0 in each of them, and z in none.",
    "Dead means: z <= 0 for every row, at 0 and below.",
)
def _(X, w, b):
    return bool(np.all(X @ w + b == 0))


@is_dead.mistake(
    "first-row-only",
    "Which samples did you ask? One of the others may wake the neuron.",
    "z = -2, 1.5, -2.25 for three rows: the first is off, the second on. Dead?",
    "Dead means: z <= 0 for every one of the N rows.",
)
def _(X, w, b):
    return bool(np.dot(X[0], w) + b <= 0)


@is_dead.mistake(
    "last-row-only",
    "Your loop overwrites its verdict with every row. Which row has the last word?",
    "z = 9.5, -3.5, -7 for three rows: the first one wakes the neuron. Dead?",
    "Dead means: z <= 0 for every one of the N rows, so one row above 0 settles it.",
)
def _(X, w, b):
    return bool(np.dot(X[-1], w) + b <= 0)


@is_dead.mistake(
    "written-for-three-rows",
    "How many samples does X hold? Did you ask every one of them?",
    "z = -1, -3.5, -1, -1, 5.5 for five rows: the last one wakes the neuron. Dead?",
    "Dead means: z <= 0 for every one of the N rows, however many there are.",
)
def _(X, w, b):
    return bool(np.all(X[:3] @ w + b <= 0))


@is_dead.mistake(
    "as-many-rows-as-inputs",
    "By what does your loop count the rows: by the length of X, or by the length of w?",
    "z = -2, -1.5, 7 for three rows of two inputs: the third one wakes the neuron. Dead?",
    "Dead means: z <= 0 for every one of the N rows; D only counts the inputs in each.",
)
def _(X, w, b):
    return all(np.dot(X[n], w) + b <= 0 for n in range(len(w)))


@is_dead.mistake(
    "written-for-two-inputs",
    "How many inputs has a row? Is every one of them in your sum?",
    "x = [1, -1, 3], w = [1, -0.5, 2], b = -2: two of the inputs give -0.5, all three give z = 5.5.",
    "z[n] = sum over i of X[n, i] w[i], plus b, over all D inputs.",
)
def _(X, w, b):
    return all(x[0] * w[0] + x[1] * w[1] + b <= 0 for x in X)


@is_dead.mistake(
    "rows-added-first",
    "Each sample goes through the ReLU by itself. May their sums be added, or averaged, before you look?",
    "z = -2, 1.5, -2.25: together -2.75, and yet the second row is on.",
    "Ask every row by itself: is z > 0?",
)
def _(X, w, b):
    return bool(np.mean(X @ w + b) <= 0)


@is_dead.mistake(
    "all-products-in-one-sum",
    "How many samples are in your one sum? Each of them goes through the ReLU by itself.",
    "z = -1.25, 1, -7 for three rows: the second one is on, and a sum over all rows hides it.",
    "One z for each row: z[n] = sum over i of X[n, i] w[i], plus b. Then ask every row.",
)
def _(X, w, b):
    return bool(np.sum(X * w) + b <= 0)


@is_dead.mistake(
    "nearly-zero-taken-for-zero",
    "How small may a z above 0 be, and still let a gradient through?",
    "z = 0.0000000015: the slope of ReLU is 1 there, as it is at z = 6.",
    "On means z > 0, without a margin.",
)
def _(X, w, b):
    return bool(np.all(X @ w + b <= 1e-6))


@is_dead.mistake(
    "below-zero-strictly",
    "z is exactly 0 in one row: does anything get back through the ReLU there?",
    "z = 0, -0.4375, -1.5625: the slope at 0 is 0 in this course, so no row has a gradient.",
    "On means z > 0, so dead means z <= 0 in every row.",
)
def _(X, w, b):
    return bool(np.all(X @ w + b < 0))


@is_dead.mistake(
    "bias-left-out",
    "What decides whether the neuron is on: x . w, or x . w + b?",
    "x . w = 2.5, 2, 1 for three rows and b = -4: not one of them is above 0. Dead?",
    "z = x . w + b, with the bias, for every row.",
)
def _(X, w, b):
    return bool(np.all(X @ w <= 0))


@is_dead.mistake(
    "added-down-the-columns",
    "One sample is one row. Over which axis do you sum: along the row, or down the column?",
    "X of shape (3, 2) has three samples, so three sums. How many does yours have?",
    "z[n] = sum over i of X[n, i] w[i], plus b: the inputs, i, vanish; the samples, n, stay.",
)
def _(X, w, b):
    return bool(np.all(np.sum(X * w, axis=0) + b <= 0))


@is_dead.mistake(
    "looks-at-the-weights",
    "Negative weights times negative inputs are positive. Can the weights alone tell whether a neuron is on?",
    "w = [-2, 0.5], b = 0.5 and three rows with z = -0.5, -4, -2.25: dead, whatever the signs of w.",
    "The ReLU sees z = x . w + b, not w.",
)
def _(X, w, b):
    return bool(np.all(w <= 0))


@is_dead.mistake(
    "looks-at-the-bias",
    "A bias below 0 pulls down. Can the inputs still lift z above 0?",
    "b = -2 and z = -2, 1.5, -2.25: the second row is on, in spite of the bias.",
    "The ReLU sees z = x . w + b, not b.",
)
def _(X, w, b):
    return bool(b <= 0)


@is_dead.mistake(
    "alive-and-dead-exchanged",
    "For a neuron that is on, your function says True. What was the question?",
    "z below 0 in every row: is_dead should be True.",
    "True means dead: z <= 0 in every row.",
)
def _(X, w, b):
    return bool(np.any(X @ w + b > 0))


@is_dead.mistake(
    "samples-in-columns",
    "Rows are samples. Which axis of X must meet w?",
    "X has shape (3, 2) and w has shape (2,): D must meet D, and one z a row is left.",
    "z has shape (N,): z[n] = sum over i of X[n, i] w[i], plus b.",
)
def _(X, w, b):
    return bool(np.all(np.dot(w, X) + b <= 0))


@is_dead.mistake(
    "one-verdict-a-row",
    "You found out for each sample whether it is silent. What is the verdict on the neuron?",
    "z = -2, 1.5, -2.25: one True or False is wanted, not three.",
    "Dead: z <= 0 in every row, taken together.",
)
def _(X, w, b):
    return X @ w + b <= 0
