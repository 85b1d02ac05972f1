"""09-softmax: known mistakes of `cross_entropy_backward`."""

import numpy as np

from autograder.exercises.softmax.cases import cross_entropy_backward
from autograder.exercises.softmax.targets import classes, clipped, one_hot, right_ones, rows


@cross_entropy_backward.mistake(
    "minus-forgotten",
    "When the right class gets more probability, does the loss rise or fall?",
    "Try p = [[0.5, 0.5]], t = [0]: the slope at the right class is -2.",
    "The slope of -ln p is -1/p.",
)
def _(p, t):
    return one_hot(p, t) / clipped(p) / len(p)


@cross_entropy_backward.mistake(
    "times-p",
    "Python works from left to right through / and *. Where does your p stand: below the line, or beside it?",
    "Try 1 / 2 * 0.25 and 1 / (2 * 0.25): 0.125 and 2.0.",
    "-1/(N p) at the right class: N and p both stand below the line.",
)
def _(p, t):
    return -one_hot(p, t) / len(p) * clipped(p)


@cross_entropy_backward.mistake(
    "no-one-over-n",
    "The loss is a mean. Where is its 1/N paid, if not here?",
    "Try p = [[0.5, 0.5], [0.5, 0.5]], t = [0, 1]: each right class gets -2/2 = -1.",
    "dL/dp[n, k] = -onehot[n, k] / (N p[n, k]): the 1/N stands in the loss's backward pass, once.",
)
def _(p, t):
    return -one_hot(p, t) / clipped(p)


@cross_entropy_backward.mistake(
    "divided-by-all-cells",
    "You divide by the number of cells. How many samples are there?",
    "Try p = [[0.5, 0.5]], t = [0]: one sample, so the slope at the right class is -2. Yours is -1.",
    "N is the number of rows.",
)
def _(p, t):
    return -one_hot(p, t) / clipped(p) / p.size


@cross_entropy_backward.mistake(
    "divided-by-the-classes",
    "You divide by the length of a row. Is that the number of samples?",
    "Try p = [[0.5, 0.5]], t = [0]: one sample, so the slope at the right class is -2. Yours is -1.",
    "N is the number of rows, C the number of columns; the mean is over samples.",
)
def _(p, t):
    return -one_hot(p, t) / clipped(p) / p.shape[1]


@cross_entropy_backward.mistake(
    "one-over-n-twice",
    "How often do you divide by the number of samples?",
    "Try two samples, p all 0.5: each right class gets -2/2 = -1. Yours is -0.5.",
    "dL/dp[n, k] = -onehot[n, k] / (N p[n, k]): one N.",
)
def _(p, t):
    return -one_hot(p, t) / clipped(p) / len(p) ** 2


unclipped = cross_entropy_backward.mistake(
    "not-clipped",
    "What is 1/0, and what becomes of it when it is multiplied by 0?",
    "Try p = [[0., 1.]], t = [0]: with the clip the slope at the right class is -1e12, and finite.",
    "The same clip as in the loss: every p below 1e-12 counts as 1e-12.",
)


@unclipped
def _(p, t):
    return -one_hot(p, t) / p / len(p)


@unclipped
def _(p, t):
    dp = np.zeros(p.shape)
    dp[rows(p), classes(t)] = -1 / (len(p) * p[rows(p), classes(t)])
    return dp


@cross_entropy_backward.mistake(
    "added-instead-of-clipped",
    "You add something to every probability. Which of them should stay exactly as they are?",
    "Try p = 0.000001 for the right class of one sample: -1000000, not -999999.",
    "Clipping replaces only what is below 1e-12, and leaves every other p alone.",
)
def _(p, t):
    return -one_hot(p, t) / (p + 1e-12) / len(p)


another_clip = cross_entropy_backward.mistake(
    "another-clip",
    "Where do you clip, and where does this course?",
    "Try p = [[0., 1.]], t = [0]: the slope at the right class is -1/1e-12.",
    "p is clipped below, at 1e-12, and not above.",
)


@another_clip
def _(p, t):
    return -one_hot(p, t) / np.clip(p, 1e-7, 1 - 1e-7) / len(p)


@another_clip
def _(p, t):
    return -one_hot(p, t) / np.clip(p, 1e-7, None) / len(p)


@cross_entropy_backward.mistake(
    "flat-below-the-clip",
    "Under the clip your slope is 0. Does a right class with p = 0 then learn anything?",
    "Try p = [[0., 1.]], t = [0]: the course wants -1e12 at the right class, the slope at p = 1e-12.",
    "A p below 1e-12 counts as 1e-12 in the denominator. (Strictly the clipped loss is flat there; the course does not use that.)",
)
def _(p, t):
    return np.where(p < 1e-12, 0.0, -one_hot(p, t) / clipped(p) / len(p))


@cross_entropy_backward.mistake(
    "all-classes-count",
    "If a wrong class's p changes and the right one's does not, what does the loss do?",
    "Try p = [[0.5, 0.25, 0.25]], t = [0]: the slopes are -2, 0, 0.",
    "L holds p[n, t[n]] and no other entry of row n: all others get 0.",
)
def _(p, t):
    return -1 / clipped(p) / len(p)


@cross_entropy_backward.mistake(
    "two-class-formula",
    "You give the wrong classes a slope too. For how many classes was that formula made?",
    "Try p = [[0.5, 0.25, 0.25]], t = [0]: the slopes are -2, 0, 0.",
    "With C classes that share 1 the loss holds p[n, t[n]] alone.",
)
def _(p, t):
    p, t = np.clip(p, 1e-12, 1 - 1e-12), one_hot(p, t)
    return -(t / p - (1 - t) / (1 - p)) / len(p)


@cross_entropy_backward.mistake(
    "already-combined",
    "p - T is the slope for something else. For the scores, or for the probabilities?",
    "Try p = [[0.5, 0.5]], t = [0] and raise p[0, 0] by 0.01: the loss falls by 0.02, so the slope is -2.",
    "This function stops at the probabilities: the slope of -ln p is -1/p. Softmax comes later.",
)
def _(p, t):
    return (p - one_hot(p, t)) / len(p)


@cross_entropy_backward.mistake(
    "p-not-turned-over",
    "A right class with a tiny p: is the loss steep there, or flat?",
    "Try p = [[0.1, 0.9]], t = [0]: the slope at the right class is -10.",
    "The slope of -ln p is -1/p, not -p.",
)
def _(p, t):
    return -one_hot(p, t) * p / len(p)


@cross_entropy_backward.mistake(
    "value-for-slope",
    "You hand back the loss of each entry. Is that how steep it is?",
    "Try p = [[0.5, 0.5]], t = [0]: the loss is 0.69, its slope -2.",
    "The slope of -ln p is -1/p.",
)
def _(p, t):
    return -one_hot(p, t) * np.log(clipped(p)) / len(p)


@cross_entropy_backward.mistake(
    "a-half-in-front",
    "Where does your factor 1/2 come from?",
    "Try p = [[0.5, 0.5]], t = [0]: the slope at the right class is -2.",
    "The half belongs to the squared error. The slope of -ln p is -1/p.",
)
def _(p, t):
    return -one_hot(p, t) / clipped(p) / len(p) / 2


@cross_entropy_backward.mistake(
    "right-entries-only",
    "A gradient has the shape of the thing it is for. Which shape has p?",
    "Try p = [[0.5, 0.25, 0.25]], t = [0]: three probabilities went in, so [[-2, 0, 0]] comes back.",
    "Wrong classes get 0 and keep their place: shape (N, C).",
)
def _(p, t):
    return -1 / right_ones(p, t) / len(p)


@cross_entropy_backward.mistake(
    "every-row-with-every-label",
    "How many entries do you fill: N, or N times N?",
    "Print your result for two samples and three classes. One entry of each row should differ from 0.",
    "Row n belongs with its own label t[n]: pairs, so both indices have shape (N,). A colon pairs with all.",
)
def _(p, t):
    dp = np.zeros(p.shape)
    dp[:, classes(t)] = -1 / clipped(p)[:, classes(t)] / len(p)
    return dp


@cross_entropy_backward.mistake(
    "labels-taken-for-rows",
    "A label says which class is right. Which axis do you use it on?",
    "Try p = [[0.5, 0.5], [0.2, 0.8]], t = [1, 1]: the entries at [0, 1] and [1, 1] differ from 0, not all of row 1.",
    "p[n, t[n]]: the label picks a column, in row n.",
)
def _(p, t):
    dp = np.zeros(p.shape)
    dp[classes(t)] = -1 / clipped(p)[classes(t)] / len(p)
    return dp


labels_only = cross_entropy_backward.mistake(
    "labels-only",
    "Targets may come one-hot, (N, C). What does your index do with those?",
    "Try t = np.array([[0, 0, 1], [0, 1, 0]]): the labels in it are 2 and 1, the places of the 1s in each row.",
    "Look at t.ndim: 1 means labels, 2 means one-hot rows. Both must give the same gradient.",
)


@labels_only
def _(p, t):
    dp = np.zeros(p.shape)
    dp[np.arange(len(p)), t] = -1 / (len(p) * clipped(p)[np.arange(len(p)), t])
    return dp


@labels_only
def _(p, t):
    dp = np.zeros(p.shape)
    dp[np.arange(len(p)), t] = -1 / (len(p) * p[np.arange(len(p)), t])
    return dp


def row_by_row(steep):
    """A loop over the samples that takes every target for a label; `steep` is what it divides by."""

    def answer(p, t):
        dp = np.zeros(p.shape)
        for n, label in enumerate(t):
            dp[n, label] = -1 / (len(p) * steep(p[n, label]))
        return dp

    return answer


for steep in (lambda p: p, lambda p: max(p, 1e-12), lambda p: np.maximum(p, 1e-12)):
    labels_only(row_by_row(steep))


@cross_entropy_backward.mistake(
    "labels-only-as-one-hot",
    "Targets may come one-hot, (N, C). What do you make of rows that are one-hot already?",
    "Print the shape of np.eye(3)[np.array([[0, 0, 1], [0, 1, 0]])]: every 0 and 1 has become a row of its own.",
    "Look at t.ndim: only labels have to be turned into one-hot rows.",
)
def _(p, t):
    return -np.eye(p.shape[1])[t] / clipped(p) / len(p)


@cross_entropy_backward.mistake(
    "one-hot-only",
    "Targets may come as labels, (N,). What does numpy do with (N,) beside (N, C)?",
    "Try t = np.array([2, 1]) with three classes: as one-hot rows that is [0, 0, 1] and [0, 1, 0].",
    "Look at t.ndim: 1 means labels, 2 means one-hot rows. Both must give the same gradient.",
)
def _(p, t):
    return -t / clipped(p) / len(p)


@cross_entropy_backward.mistake(
    "largest-of-each-column",
    "You look for the 1s down the columns. Where does one sample keep its 1?",
    "Try t = [[0, 0, 1], [0, 1, 0]]: the labels are 2 and 1, two samples, two numbers.",
    "A label for each row: the class axis is the one to search along.",
)
def _(p, t):
    dp = np.zeros(p.shape)
    at = rows(p), t if t.ndim == 1 else t.argmax(axis=0)
    dp[at] = -1 / clipped(p)[at] / len(p)
    return dp


@cross_entropy_backward.mistake(
    "buffer-made-like-p",
    "What dtype has the array you fill, when p or t holds whole numbers?",
    "Try out = np.zeros_like(np.array([[1, 0]])); out[0, 0] = -0.25; then print out.",
    "An array made like a whole-number one cuts off everything behind the point. Gradients are float64.",
)
def _(p, t):
    dp = np.zeros_like(p)
    dp[rows(p), classes(t)] = -1 / right_ones(p, t) / len(p)
    return dp


@cross_entropy_backward.mistake(
    "changes-the-callers-p",
    "The result is right. What does the p of whoever called you look like now?",
    "Try p = np.array([[0., 1.]]); cross_entropy_backward(p, np.array([0])); then print p.",
    "Clip into a new array: softmax's backward pass still needs the probabilities as they were.",
)
def _(p, t):
    p[p < 1e-12] = 1e-12
    return -one_hot(p, t) / clipped(p) / len(p)


callers_t = cross_entropy_backward.mistake(
    "changes-the-callers-targets",
    "Where targets come one-hot, whose array is the one that you write into?",
    "Try t = np.array([[1., 0.]]); cross_entropy_backward(np.array([[0.5, 0.5]]), t); then print t.",
    "A second name for t is no copy. Build a new array: the caller needs the targets again for the next batch.",
)


@callers_t
def _(p, t):
    T = one_hot(p, t)
    T *= -1
    return T / (len(p) * clipped(p))


@callers_t
def _(p, t):
    T = one_hot(p, t)
    T /= -(len(p) * clipped(p))
    return T


@cross_entropy_backward.mistake(
    "rounded",
    "Your numbers look right on the page. How many digits do they have?",
    "Try p = [[0.7, 0.3]], t = [0]: -1.4285714285714286.",
    "Rounding is for printing. A gradient is handed on and multiplied again, so it keeps all its digits.",
)
def _(p, t):
    return np.round(-one_hot(p, t) / clipped(p) / len(p), 4)


@cross_entropy_backward.mistake(
    "guess-for-target",
    "You look for the largest p in each row. Does that say which class is right, or which one was thought to be?",
    "Try p = [[0.75, 0.25]], t = [1]: the slopes are 0 and -4. What has argmax of p to do with t?",
    "T_nk is 1 where k is the label t_n: the targets are handed in, whatever p says.",
)
def _(p, t):
    return -np.eye(p.shape[1])[np.argmax(p, axis=1)] / np.maximum(p, 1e-12) / len(p)


@cross_entropy_backward.mistake(
    "slope-of-a-straight-line",
    "Your entries do not depend on p. Is -ln p as steep at 0.5 as at 0.01?",
    "Try p = [[0.5, 0.5]], t = [0], then p = [[0.01, 0.99]]: the slopes are -2 and -100. Yours are both -1.",
    "The slope of -ln p is -1/p.",
)
def _(p, t):
    return -one_hot(p, t) / len(p)
