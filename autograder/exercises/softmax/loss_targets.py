"""09-softmax: known mistakes in how `cross_entropy` reads its targets."""

import math

import numpy as np

from autograder.exercises.softmax.cases import cross_entropy
from autograder.exercises.softmax.targets import classes, clipped, rows

pairs = cross_entropy.mistake(
    "every-row-with-every-label",
    "How many numbers do you pick out of N rows: N, or N times N?",
    "Print the shape of what you pick for two samples. It should be (2,): row 0 with label 0, row 1 with label 1.",
    "Row n belongs with its own label t[n]: pairs, so both indices have shape (N,). A colon pairs with all.",
    catalogue=(58, 59),
)


@pairs
def _(p, t):
    return -np.mean(np.log(clipped(p)[:, classes(t)]))


@pairs
def _(p, t):
    return -np.mean(np.log(p[:, classes(t)]))


@pairs
def _(p, t):
    return -np.mean(np.log(clipped(p)[:, t]))


@pairs
def _(p, t):
    return -np.mean(np.log(p[:, t]))


@pairs
def _(p, t):
    return -np.mean(np.log(clipped(p)[rows(p), classes(t).reshape(-1, 1)]))


@cross_entropy.mistake(
    "labels-taken-for-rows",
    "A label says which class is right. Which axis do you use it on?",
    "Try p = [[0.9, 0.1], [0.2, 0.8]], t = [1, 1]: 0.1 and 0.8 are wanted, not row 1 twice.",
    "p[n, t[n]]: the label picks a column, in row n.",
    catalogue=58,
)
def _(p, t):
    return -np.mean(np.log(clipped(p)[classes(t)]))


labels_only = cross_entropy.mistake(
    "labels-only",
    "Targets may come one-hot, (N, C). What does your index do with those?",
    "Try t = np.array([[0, 0, 1], [0, 1, 0]]): the labels in it are 2 and 1, the places of the 1s in each row.",
    "Look at t.ndim: 1 means labels, 2 means one-hot rows, which pick ln p with t[n, k] = 1.",
    catalogue=60,
)


@labels_only
def _(p, t):
    return -np.mean(np.log(clipped(p)[np.arange(len(p)), t]))


@labels_only
def _(p, t):
    return -np.mean(np.log(clipped(p)[range(len(p)), t]))


@labels_only
def _(p, t):
    return -np.mean(np.log(p[np.arange(len(p)), t]))


def row_by_row(lost, mean_of_list):
    """A loop over the samples that takes every target for a label; `lost` is what it says of one entry."""

    def answer(p, t):
        if mean_of_list:
            return np.mean([lost(row[label]) for row, label in zip(p, t, strict=True)])
        total = 0.0
        for row, label in zip(p, t, strict=True):
            total += lost(row[label])
        return total / len(p)

    return answer


for lost in (
    lambda p: -np.log(p),
    lambda p: -np.log(max(p, 1e-12)),
    lambda p: -np.log(np.maximum(p, 1e-12)),
    lambda p: -math.log(p),
    lambda p: -math.log(max(p, 1e-12)),
):
    labels_only(row_by_row(lost, mean_of_list=True))
    labels_only(row_by_row(lost, mean_of_list=False))


one_hot_only = cross_entropy.mistake(
    "one-hot-only",
    "Targets may come as labels, (N,). What does numpy do with (N,) times (N, C)?",
    "Try t = np.array([2, 1]) with three classes: as one-hot rows that is [0, 0, 1] and [0, 1, 0].",
    "Look at t.ndim: 1 means labels, 2 means one-hot rows. Both must give the same loss.",
    catalogue=60,
)


@one_hot_only
def _(p, t):
    return -np.sum(t * np.log(clipped(p))) / len(p)


@one_hot_only
def _(p, t):
    return -np.sum(t * np.log(p)) / len(p)


@one_hot_only
def _(p, t):
    return -np.mean(np.log(clipped(p)[rows(p), np.argmax(t, axis=1)]))


down_the_columns = cross_entropy.mistake(
    "largest-of-each-column",
    "You look for the 1s down the columns. Where does one sample keep its 1?",
    "Try t = [[0, 0, 1], [0, 1, 0]]: the labels are 2 and 1, two samples, two numbers.",
    "A label for each row: the class axis is the one to search along.",
    catalogue=61,
)


@down_the_columns
def _(p, t):
    return -np.mean(np.log(clipped(p)[rows(p), t if t.ndim == 1 else t.argmax(axis=0)]))


@down_the_columns
def _(p, t):
    return -np.mean(np.log(p[rows(p), t if t.ndim == 1 else t.argmax(axis=0)]))


@down_the_columns
def _(p, t):
    return -np.mean(np.log(clipped(p)[rows(p), t.argmax(axis=0)]))


@down_the_columns
def _(p, t):
    return -np.mean(np.log(p[rows(p), t.argmax(axis=0)]))
