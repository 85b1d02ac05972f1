"""07-relu: known mistakes of `relu_forward`."""

import numpy as np

from autograder.exercises.batch.hints import NEVER_WRITTEN
from autograder.exercises.relu.cases import relu_forward


@relu_forward.mistake(
    "one-test-for-a-whole-array",
    "`if` and Python's own `max` want one yes or no. How many does an array of z give?",
    "Try np.array([2., -3.]) > 0: two answers. Which of them should `if` believe?",
    "y = max(0, z) is meant entry by entry: numpy has a maximum that compares entry with entry.",
)
def _(z):
    return max(0, z)


@relu_forward.mistake(
    "column-maxima",
    "Your result has lost an axis. Did you want the largest of each column?",
    "Try np.max([[1, -2], [3, -4]], 0): the 0 is read as an axis, not as a number to compare with.",
    "max finds the largest entry of one array; the larger of two arrays, entry by entry, is another function.",
)
def _(z):
    return np.max(z, 0)


@relu_forward.mistake(
    "zero-is-not-the-axis",
    "`np.max` reads its second argument as an axis. Did you want the largest entry of an array, or the larger of two "
    "numbers, entry by entry?",
    "Try np.max([[1, -2], [3, -4]], 0): [3, -2], one number a column. Four are wanted: 1, 0, 3 and 0.",
    "y = max(0, z) compares each entry with 0; the larger of two arrays, entry by entry, is another function.",
)
def _(z):
    return np.max(0, z)


@relu_forward.mistake(
    "slope-for-value",
    "You return 1 where the neuron is on. Is that what the neuron says, or how steep it is?",
    "Try z = 2.5: the neuron passes 2.5 on.",
    "y = max(0, z) is a value; [z > 0] is its slope, and the slope is for the way back.",
)
def _(z):
    return (z > 0).astype(np.float64)


@relu_forward.mistake(
    "changes-z",
    "The result is right. What does the z of whoever called you look like now?",
    "Try z = np.array([[1., -2.]]); relu_forward(z); then print z. The backward pass needs that -2.",
    "Writing z[...] = ... changes the caller's array. Work on a copy, or build a new array.",
)
def _(z):
    z[z < 0] = 0
    return z


@relu_forward.mistake(
    "absolute-value",
    "What should a neuron say whose z is below 0?",
    "Try z = -3: ReLU says 0, and you say 3.",
    "max(0, z) is z above 0 and 0 below; abs(z) is z above and -z below.",
)
def _(z):
    return np.abs(z)


@relu_forward.mistake(
    "keeps-the-wrong-half",
    "Which half of the numbers does ReLU keep?",
    "Try z = 2 and z = -3: ReLU says 2 and 0.",
    "max(0, z), the larger of the two: positive z stays as it is.",
)
def _(z):
    return np.minimum(0, z)


@relu_forward.mistake(
    "open-entries-only",
    "Where have the closed entries gone? The next layer expects one number from every neuron.",
    "Try z = np.array([[1, -2], [3, 4]]), shape (2, 2): four numbers went in.",
    "A closed entry becomes 0 and keeps its place: the result has z's shape.",
)
def _(z):
    return z[z > 0]


@relu_forward.mistake(
    "clipped-at-one",
    "ReLU has a floor at 0. Has it a ceiling?",
    "Try z = 5: ReLU says 5.",
    "max(0, z) has no upper end; a curve that flattens at 1 belongs to other activations.",
)
def _(z):
    return np.clip(z, 0, 1)


empty_forward = relu_forward.mistake(
    "np-empty-is-not-zeros",
    *NEVER_WRITTEN,
    "y = max(0, z): where z is not above 0 the answer is 0, and that 0 has to be written too.",
)


@empty_forward
def _(z):
    y = np.empty(z.shape)
    y[z > 0] = z[z > 0]
    return y


@empty_forward
def _(z):
    y = np.empty_like(z)
    y[z > 0] = z[z > 0]
    return y


@relu_forward.mistake(
    "leaky",
    "Below 0 you let a little through. Does ReLU?",
    "Try z = -3: ReLU says exactly 0.",
    "max(0, z): a small slope below 0 is another activation, the leaky ReLU.",
)
def _(z):
    return np.where(z > 0, z, 0.01 * z)
