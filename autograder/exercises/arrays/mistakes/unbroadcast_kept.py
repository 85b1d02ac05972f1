"""13-arrays: known mistakes of `unbroadcast.kept`: axes of length 1 that were copied."""

import numpy as np

from autograder.exercises.arrays.cases import kept
from autograder.reference.arrays import unbroadcast


def ones_of(shape):
    return tuple(axis for axis, length in enumerate(shape) if length == 1)


@kept.mistake(
    "the-callers-own-array",
    "Where there is nothing to add, is what you return a new array, or the one you were given?",
    "g = np.ones((2, 3)); u = unbroadcast(g, (2, 3)); u += 1; print(g[0, 0]). Is it still 1?",
    "The result is a new array: whoever adds to one gradient must not change another.",
)
def _(gradient, shape):
    gradient = np.asarray(gradient)
    return gradient if gradient.shape == tuple(shape) else unbroadcast(gradient, shape)


@kept.mistake(
    "handed-on-uncut",
    "A row of shape (1, 3) was copied to (2, 3). Which shape must its gradient have?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (1, 3)) is [[4, -1, -0.5]]. Is yours of shape (2, 3)?",
    "What was copied along an axis going forward is added up along that axis going backward.",
)
def _(gradient, shape):
    return np.array(gradient)


@kept.mistake(
    "reshaped-not-added",
    "reshape arranges the numbers anew and adds none. How many has the gradient, and how many has the array?",
    "Six numbers came back to a row of three: unbroadcast([[1, -2, 0.5], [3, 1, -1]], (1, 3)) is [[4, -1, -0.5]].",
    "What was copied along an axis going forward is added up along that axis going backward.",
)
def _(gradient, shape):
    return np.array(gradient).reshape(shape)


axis_0 = kept.mistake(
    "always-axis-0",
    "Along which axis was a column of shape (2, 1) copied to become (2, 3)?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (2, 1)) is [[-0.5], [3]]. Is yours [[4, -1, -0.5]]?",
    "Added are the axes where the small shape has a 1 and the large one has not, whichever they are.",
)


@axis_0
def _(gradient, shape):
    return np.sum(gradient, axis=0, keepdims=True)


@axis_0
def _(gradient, shape):
    return np.array(gradient) if np.shape(gradient) == tuple(shape) else np.sum(gradient, axis=0, keepdims=True)


@kept.mistake(
    "axis-0-gone",
    "The row had shape (1, 3): two axes. How many has what you return? And along which axis was a column copied?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (2, 1)) is [[-0.5], [3]], of shape (2, 1).",
    "Added are the axes where the small shape has a 1, and each of them stays, with length 1.",
)
def _(gradient, shape):
    return np.sum(gradient, axis=0)


kept_axis_lost = kept.mistake(
    "kept-axis-lost",
    "Right numbers. But the array was (1, 3), with two axes: how many has its gradient?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (1, 3)) is [[4, -1, -0.5]], with two pairs of brackets. Count yours.",
    "An axis of length 1 is added up and kept: gradient and array have one shape.",
)


@kept_axis_lost
def _(gradient, shape):
    return np.sum(gradient, axis=ones_of(shape))


@kept_axis_lost
def _(gradient, shape):
    for axis in ones_of(shape):
        gradient = np.sum(gradient, axis=axis)  # the axes behind it have moved up: a second one may be missing
    return np.array(gradient)


@kept.mistake(
    "mean-of-the-copies",
    "Two copies sent back 1 and 3. If the original rises by 1, both rise. By how much does the end move?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (1, 3)) begins with 4. Is yours 2?",
    "Forks add: a copied entry gets the sum of what its copies get.",
)
def _(gradient, shape):
    return np.mean(gradient, axis=ones_of(shape), keepdims=True) if ones_of(shape) else np.array(gradient)


@kept.mistake(
    "first-copy-only",
    "Every copy sends something back. Whose do you keep?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (1, 3)) is [[4, -1, -0.5]]. Is yours the first row?",
    "Forks add: a copied entry gets the sum over all of its copies.",
)
def _(gradient, shape):
    gradient = np.asarray(gradient)
    return np.array(gradient[tuple(slice(length) for length in shape)])


@kept.mistake(
    "the-other-axes-added",
    "Shape (1, 3): which of its two axes was copied, the one of length 1 or the one of length 3?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (1, 3)) is [[4, -1, -0.5]]. Is yours [[-0.5], [3]]?",
    "Copied were the axes where the small shape has a 1.",
)
def _(gradient, shape):
    return np.sum(gradient, axis=tuple(axis for axis, length in enumerate(shape) if length != 1), keepdims=True)


@kept.mistake(
    "everything-in-one-sum",
    "The row has three entries. Do all three get the same?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (1, 3)) is [[4, -1, -0.5]]. Is yours 2.5 everywhere?",
    "Each entry gets the sum over its own copies, and over no others.",
)
def _(gradient, shape):
    return np.full(shape, np.sum(gradient))


@kept.mistake(
    "largest-copy-only",
    "Every copy sends something back. Do you add them, or keep the largest?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (1, 3)) is [[4, -1, -0.5]]. Is yours [[3, 1, 0.5]]?",
    "Forks add: a copied entry gets the sum over all of its copies.",
)
def _(gradient, shape):
    return np.max(gradient, axis=ones_of(shape), keepdims=True) if ones_of(shape) else np.array(gradient)
