"""09-softmax: known mistakes of `softmax_cross_entropy_backward`."""

import numpy as np

from autograder.exercises.softmax.cases import softmax_cross_entropy_backward
from autograder.exercises.softmax.targets import classes, clipped, one_hot, rows


def through_softmax(dvalues, p):
    """What softmax's own backward pass makes of an upstream gradient."""
    return p * (dvalues - (dvalues * p).sum(axis=1, keepdims=True))


def softmaxed(z):
    """A student's own softmax."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@softmax_cross_entropy_backward.mistake(
    "target-minus-probability",
    "The score of a wrong class rises. Does the loss rise or fall?",
    "Try p = [[0.5, 0.5]], t = [0]: the gradient is -0.5, 0.5. A step against it raises the right score.",
    "dL/dz = (p - onehot) / N, in this order.",
)
def _(p, t):
    return (one_hot(p, t) - p) / len(p)


@softmax_cross_entropy_backward.mistake(
    "no-one-over-n",
    "The loss is a mean. Where is its 1/N paid, if not here?",
    "Try p = [[0.5, 0.5], [0.5, 0.5]], t = [0, 1]: the entries are 0.25 and -0.25.",
    "dL/dz = (p - onehot) / N: the 1/N stands in the loss's backward pass, once.",
)
def _(p, t):
    return p - one_hot(p, t)


@softmax_cross_entropy_backward.mistake(
    "divided-by-all-cells",
    "You divide by the number of cells. How many samples are there?",
    "Try p = [[0.5, 0.5]], t = [0]: one sample, so -0.5 and 0.5.",
    "N is the number of rows.",
)
def _(p, t):
    return (p - one_hot(p, t)) / p.size


@softmax_cross_entropy_backward.mistake(
    "divided-by-the-classes",
    "You divide by the length of a row. Is that the number of samples?",
    "Try p = [[0.5, 0.5]], t = [0]: one sample, so -0.5 and 0.5. Yours are half of that.",
    "N is the number of rows, C the number of columns; the mean is over samples.",
)
def _(p, t):
    return (p - one_hot(p, t)) / p.shape[1]


@softmax_cross_entropy_backward.mistake(
    "one-over-n-twice",
    "How often do you divide by the number of samples?",
    "Try two samples, p all 0.5: the entries are 0.25 and -0.25. Yours are half of that.",
    "dL/dz = (p - onehot) / N: one N.",
)
def _(p, t):
    return (p - one_hot(p, t)) / len(p) ** 2


in_part = softmax_cross_entropy_backward.mistake(
    "divided-in-part",
    "What is divided by N: p, the 1, or their difference?",
    "Try p = [[0.5, 0.5], [0.5, 0.5]], t = [0, 1]: the entries are 0.25 and -0.25, and each row adds up to 0.",
    "dL/dz = (p - onehot) / N: subtract first, then divide all of it.",
)


@in_part
def _(p, t):
    return p / len(p) - one_hot(p, t)


@in_part
def _(p, t):
    return p - one_hot(p, t) / len(p)


@in_part
def _(p, t):
    dz = p.copy()
    dz[rows(p), classes(t)] -= 1 / len(p)
    return dz


@softmax_cross_entropy_backward.mistake(
    "doubled",
    "Where does your factor 2 come from?",
    "Try p = [[0.5, 0.5]], t = [0]: -0.5 and 0.5.",
    "A 2 comes down from a square, and there is none in a cross-entropy: dL/dz = (p - onehot) / N.",
)
def _(p, t):
    return 2 * (p - one_hot(p, t)) / len(p)


@softmax_cross_entropy_backward.mistake(
    "a-half-in-front",
    "Where does your factor 1/2 come from?",
    "Try p = [[0.5, 0.5]], t = [0]: -0.5 and 0.5.",
    "The half belongs to the squared error: dL/dz = (p - onehot) / N.",
)
def _(p, t):
    return (p - one_hot(p, t)) / len(p) / 2


@softmax_cross_entropy_backward.mistake(
    "softmax-passed-twice",
    "p - T is the gradient for which array: the probabilities, or the scores?",
    "Try p = [[0.5, 0.5]], t = [0]: -0.5 and 0.5. Yours are -0.25 and 0.25.",
    "dL/dz = (p - onehot) / N has been through softmax already: its slopes are in it.",
)
def _(p, t):
    return through_softmax((p - one_hot(p, t)) / len(p), p)


softmax_again = softmax_cross_entropy_backward.mistake(
    "softmax-of-the-probabilities",
    "p has been through softmax already. What does your function make of it before it subtracts?",
    "Try p = [[1., 0.]], t = [0]: the right class has all, so the gradient is 0, 0.",
    "dL/dz = (p - onehot) / N, with the p that comes in.",
)


@softmax_again
def _(p, t):
    return (softmaxed(p) - one_hot(p, t)) / len(p)


@softmax_again
def _(p, t):
    return softmaxed(p) - one_hot(p, t)


@softmax_cross_entropy_backward.mistake(
    "each-class-alone",
    "You multiply by p (1 - p), the slope of a probability by its own score. What of the other scores?",
    "Try p = [[0.7, 0.2, 0.1]], t = [1]: 0.7, -0.8, 0.1. Every score is pushed, not only that of the right class.",
    "The right class's p depends on every score: dL/dz = (p - onehot) / N.",
)
def _(p, t):
    return -one_hot(p, t) / clipped(p) / len(p) * p * (1 - p)


@softmax_cross_entropy_backward.mistake(
    "two-steps-with-a-clip",
    "Your two steps agree with the short way, until p is tiny. What is 1e12 times 0?",
    "Try p = [[0., 1.]], t = [0]: as wrong as can be, so -1 and 1. In yours nothing is left to learn from.",
    "1/p of the loss and p of softmax cancel on paper: dL/dz = (p - onehot) / N divides by no p, and needs no clip.",
)
def _(p, t):
    return through_softmax(-one_hot(p, t) / clipped(p) / len(p), p)


@softmax_cross_entropy_backward.mistake(
    "two-steps-without-a-clip",
    "What is 1/0, and what becomes of it when it is multiplied by 0?",
    "Try p = [[0., 1.]], t = [0]: -1 and 1. Through -inf it comes out as nan.",
    "1/p of the loss and p of softmax cancel on paper: dL/dz = (p - onehot) / N divides by no p.",
)
def _(p, t):
    return through_softmax(-one_hot(p, t) / p / len(p), p)


@softmax_cross_entropy_backward.mistake(
    "stops-at-the-probabilities",
    "Your gradient is for p. Which array is it wanted for?",
    "Try p = [[0.5, 0.5]], t = [0]: raise score 0 by 0.01 and the loss falls by 0.005, so -0.5.",
    "-1/p is the first of two steps; the second, through softmax, makes it (p - onehot) / N.",
)
def _(p, t):
    return -one_hot(p, t) / clipped(p) / len(p)


@softmax_cross_entropy_backward.mistake(
    "right-class-only",
    "Only the right class's score is pushed. What about a wrong class that holds 0.7?",
    "Try p = [[0.7, 0.2, 0.1]], t = [1]: 0.7, -0.8, 0.1, and the row adds up to 0.",
    "dL/dz = (p - onehot) / N in every entry: where onehot is 0, p itself is left.",
)
def _(p, t):
    return one_hot(p, t) * (p - 1) / len(p)


@softmax_cross_entropy_backward.mistake(
    "labels-subtracted",
    "You subtract the label itself. Is class 2 twice as right as class 1?",
    "Try p = [[0.5, 0.25, 0.25]], t = [2]: 0.5, 0.25, -0.75.",
    "What is subtracted is 1, at the place that the label names.",
)
def _(p, t):
    return (p - classes(t)[:, None]) / len(p)


pairs = softmax_cross_entropy_backward.mistake(
    "every-row-with-every-label",
    "From how many entries do you subtract 1: from N, or from more?",
    "Try p = [[0.5, 0.5], [0.5, 0.5]], t = [0, 1]: each row adds up to 0. Yours do not.",
    "Row n belongs with its own label t[n]: pairs, so both indices have shape (N,). A colon pairs with all.",
)


@pairs
def _(p, t):
    dz = p.astype(float)
    dz[:, classes(t)] -= 1
    return dz / len(p)


@pairs
def _(p, t):
    dz = p.astype(float)
    dz[rows(p), classes(t).reshape(-1, 1)] -= 1
    return dz / len(p)


@softmax_cross_entropy_backward.mistake(
    "labels-taken-for-rows",
    "A label says which class is right. Which axis do you use it on?",
    "Try p = [[0.5, 0.5], [0.2, 0.8]], t = [1, 1]: the 1 goes from [0, 1] and [1, 1], not from all of row 1.",
    "(p - onehot)[n, t[n]]: the label picks a column, in row n.",
)
def _(p, t):
    dz = p.astype(float)
    dz[classes(t)] -= 1
    return dz / len(p)


labels_only = softmax_cross_entropy_backward.mistake(
    "labels-only",
    "Targets may come one-hot, (N, C). What does your index do with those?",
    "Try t = np.array([[0, 0, 1], [0, 1, 0]]): the labels in it are 2 and 1, the places of the 1s in each row.",
    "Look at t.ndim: 1 means labels, 2 means one-hot rows. Both must give the same gradient.",
)


@labels_only
def _(p, t):
    dz = p.astype(float)
    dz[np.arange(len(p)), t] -= 1
    return dz / len(p)


@labels_only
def _(p, t):
    dz = p.astype(float)
    dz[range(len(p)), t] -= 1
    return dz / len(p)


@labels_only
def _(p, t):
    dz = p.copy()
    dz[np.arange(len(p)), t] -= 1
    return dz / len(p)


@labels_only
def _(p, t):
    dz = p.copy()
    dz[range(len(p)), t] -= 1
    return dz


@labels_only
def _(p, t):
    dz = p.astype(float)
    for row, label in zip(dz, t, strict=True):
        row[label] -= 1
    return dz / len(p)


@labels_only
def _(p, t):
    dz = np.zeros(p.shape)
    for n, label in enumerate(t):
        for k in range(p.shape[1]):
            dz[n, k] = (p[n, k] - (k == label)) / len(p)
    return dz


@softmax_cross_entropy_backward.mistake(
    "labels-only-as-one-hot",
    "Targets may come one-hot, (N, C). What do you make of rows that are one-hot already?",
    "Print the shape of np.eye(3)[np.array([[0, 0, 1], [0, 1, 0]])]: every 0 and 1 has become a row of its own.",
    "Look at t.ndim: only labels have to be turned into one-hot rows.",
)
def _(p, t):
    return (p - np.eye(p.shape[1])[t]) / len(p)


@softmax_cross_entropy_backward.mistake(
    "one-hot-only",
    "Targets may come as labels, (N,). What does numpy do with (N, C) minus (N,)?",
    "Try t = np.array([2, 1]) with three classes: as one-hot rows that is [0, 0, 1] and [0, 1, 0].",
    "Look at t.ndim: 1 means labels, 2 means one-hot rows. Both must give the same gradient.",
)
def _(p, t):
    return (p - t) / len(p)


@softmax_cross_entropy_backward.mistake(
    "largest-of-each-column",
    "You look for the 1s down the columns. Where does one sample keep its 1?",
    "Try t = [[0, 0, 1], [0, 1, 0]]: the labels are 2 and 1, two samples, two numbers.",
    "A label for each row: the class axis is the one to search along.",
)
def _(p, t):
    dz = p.astype(float)
    dz[rows(p), t if t.ndim == 1 else t.argmax(axis=0)] -= 1
    return dz / len(p)


@softmax_cross_entropy_backward.mistake(
    "probabilities-spoiled",
    "The result is right. What does the p of whoever called you look like now?",
    "Try p = np.array([[0.5, 0.5]]); softmax_cross_entropy_backward(p, np.array([0])); then print p: no longer "
    "probabilities.",
    "A second name is not a second array: subtract from a copy, or build a new one.",
)
def _(p, t):
    dz = p
    dz[rows(p), classes(t)] -= 1
    return dz / len(p)


@softmax_cross_entropy_backward.mistake(
    "divided-in-place",
    "p may hold whole numbers. Can your copy of it hold a fraction?",
    "Try d = np.array([[1, 0]]); d.dtype; then d /= 2.",
    "In-place arithmetic must fit its result into the old array. A quotient of its own is a new array, of floats.",
)
def _(p, t):
    dz = p.copy()
    dz[rows(p), classes(t)] -= 1
    dz /= len(p)
    return dz


@softmax_cross_entropy_backward.mistake(
    "rounded",
    "Your numbers look right on the page. How many digits do they have?",
    "Try p = [[0.99999, 0.00001]], t = [0]: the gradient is small, and it is not 0.",
    "Rounding is for printing. A gradient is handed on and multiplied again, so it keeps all its digits.",
)
def _(p, t):
    return np.round((p - one_hot(p, t)) / len(p), 4)


@softmax_cross_entropy_backward.mistake(
    "label-for-onehot",
    "A label says where the 1 stands. What do you take away from p: that 1, or the label's own number?",
    "Try p = [[0.5, 0.5]], t = [0]: the 0 says which class, and -0.5, 0.5 is wanted. Nothing was taken away in yours.",
    "T_nk is 1 at k = t_n and 0 elsewhere; (p - T) / N.",
)
def _(p, t):
    return (p - (t[:, None] if t.ndim == 1 else t)) / len(p)


no_clip = softmax_cross_entropy_backward.mistake(
    "clipped-for-nothing",
    "You clip p before you subtract. Which division is that to protect, and is there one?",
    "Try p = [[0., 1.]], t = [1]: all is as it should be, so the gradient is 0, 0. Print yours with all its digits.",
    "(p - T) / N: nothing is divided by p, and no logarithm is taken, so p stays as it is.",
)
no_clip(lambda p, t: (np.clip(p, 1e-12, 1 - 1e-12) - one_hot(p, t)) / len(p))
no_clip(lambda p, t: (np.clip(p, 1e-12, None) - one_hot(p, t)) / len(p))
no_clip(lambda p, t: (np.clip(p, 1e-7, 1 - 1e-7) - one_hot(p, t)) / len(p))


softmax_cross_entropy_backward.mistake(
    "softmax-slope-once-more",
    "The slope p (1 - p) of softmax is in p - T already. What do you multiply by it for?",
    "Try p = [[0.5, 0.5]], t = [0]: -0.5 and 0.5. Yours are a quarter of that.",
    "dL/dz = (p - T) / N is the whole way, from the loss to the scores.",
)(lambda p, t: (p - one_hot(p, t)) * p * (1 - p) / len(p))
