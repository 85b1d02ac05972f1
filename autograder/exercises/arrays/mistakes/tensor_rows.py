"""13-arrays: known mistakes of `Tensor.rows`."""

import numpy as np

from autograder.exercises.arrays.operation_cases import rows
from autograder.reference.arrays import Tensor


def pulling(pull):
    """A class that picks rightly, and whose pull is this: of upstream, key and what it was picked from."""

    class _(Tensor):
        def __getitem__(self, key):
            return self.made(self.data[key], (self, lambda upstream: np.array(pull(upstream, key, self.data))))

    return _


@rows.mistake(
    "a-place-counts-once",
    "`+=` at grad[key], with a place that stands in key twice: how often does numpy add there?",
    "Add 1 with += to np.zeros(2) at the places [0, 0, 1] and print it: [1, 1]. x.grad should be [2, 1].",
    "numpy reads, adds and writes once a place: the last one wins. np.add.at adds one by one.",
)
@pulling
def _(upstream, key, data):
    grad = np.zeros(data.shape)
    grad[key] += upstream
    return grad


@rows.mistake(
    "shape-of-the-output",
    "x has 2 entries and the output 3. How many has x's gradient?",
    "x = [5, 7], x[[0, 0, 1]], upstream [1, 1, 1]: x gets [2, 1].",
    "What was picked is put back where it came from, in an array of x's shape.",
)
@pulling
def _(upstream, key, data):
    return upstream


@rows.mistake(
    "values-for-slopes",
    "How far does the output move with an entry it was picked from: does it matter how large that is?",
    "x = [5, 7], x[[0, 0, 1]], upstream [1, 1, 1]: x gets [2, 1]. Is yours [10, 7]?",
    "The slope of picking is 1.",
)
@pulling
def _(upstream, key, data):
    grad = np.zeros(data.shape)
    np.add.at(grad, key, upstream * data[key])
    return grad


@rows.mistake(
    "counted-not-added",
    "You count how often a place was asked for. What did each of those ask back?",
    "x = [5, 7], x[[0, 0, 1]], upstream [1, 10, 100]: x gets [11, 100]. Is yours [2, 1]?",
    "The upstream is added up where it came from, not the number of times.",
)
@pulling
def _(upstream, key, data):
    grad = np.zeros(data.shape)
    np.add.at(grad, key, 1.0)
    return grad


@rows.mistake(
    "mean-of-the-repeats",
    "A place was asked for twice, and 1 and 10 come back. Is it their mean that arrives?",
    "x = [5, 7], x[[0, 0, 1]], upstream [1, 10, 100]: x gets [11, 100]. Is yours [5.5, 100]?",
    "Forks add: what comes back to one place is summed, not averaged.",
)
@pulling
def _(upstream, key, data):
    grad, count = np.zeros(data.shape), np.zeros(data.shape)
    np.add.at(grad, key, upstream)
    np.add.at(count, key, 1.0)
    return grad / np.maximum(count, 1)


@rows.mistake(
    "read-instead-of-put-back",
    "key says where the rows came from. Do you read there in the upstream, or write there in the gradient?",
    "x = [5, 7, 9], x[[2, 0]], upstream [1, 10]: x gets [10, 0, 1].",
    "Going back, the places are written to: zeros of x's shape, and the upstream added at key.",
)
@pulling
def _(upstream, key, data):
    return upstream[key]


@rows.mistake(
    "the-whole-row-gets-it",
    "x[rows, columns] picks single entries. Which entries of the gradient are not 0?",
    "x of shape (2, 2), x[[0, 1], [1, 0]], upstream [1, -2]: x gets [[0, 1], [-2, 0]].",
    "A tuple of arrays is pairs of places: the whole key goes to np.add.at.",
)
@pulling
def _(upstream, key, data):
    grad = np.zeros(data.shape)
    if isinstance(key, tuple):
        np.add.at(grad, key[0], upstream[:, None])
    else:
        np.add.at(grad, key, upstream)
    return grad


@rows.mistake(
    "pairs-taken-for-places",
    "key may be a tuple of two arrays. Is that two lots of places, or one place for each pair?",
    "x[[0, 1], [1, 0]] has two entries: row 0 column 1, row 1 column 0. Print list(zip(key, upstream)) for it.",
    "The whole key names the places, as going forward: the upstream is added at key, not at the entries of key one by one.",
)
@pulling
def _(upstream, key, data):
    grad = np.zeros(data.shape)
    for place, one in zip(key, upstream, strict=False):
        grad[place] += one
    return grad
