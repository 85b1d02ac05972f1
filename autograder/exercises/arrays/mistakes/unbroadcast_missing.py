"""13-arrays: known mistakes of `unbroadcast.missing`: axes that were put in front."""

import numpy as np

from autograder.exercises.arrays.cases import missing
from autograder.reference.arrays import unbroadcast


def fits(gradient, shape):
    np.broadcast_to(np.zeros(shape), np.shape(gradient))


@missing.mistake(
    "handed-on-uncut",
    "Three numbers were copied to (2, 3). Which shape must their gradient have?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (3,)) is [4, -1, -0.5]. Is yours of shape (2, 3)?",
    "What was copied along an axis going forward is added up along that axis going backward.",
)
def _(gradient, shape):
    fits(gradient, shape)
    return np.array(gradient)


@missing.mistake(
    "axes-move-up",
    "When the first axis has been added up, it is gone. Which number has the one behind it now?",
    "np.zeros((2, 3)).sum(axis=0) has shape (3,): one axis, and its number is 0. There is no axis 1 any more.",
    "An axis in front is always axis 0: add over it as often as there are axes too many, or over all of them in one sum.",
)
def _(gradient, shape):
    fits(gradient, shape)
    small = np.array(gradient)
    for axis in range(small.ndim - len(shape)):
        small = small.sum(axis=axis)
    for axis, length in enumerate(shape):
        if length == 1:
            small = small.sum(axis=axis, keepdims=True)
    return small


@missing.mistake(
    "missing-axis-kept",
    "Right numbers. But the array was (3,), with one axis: how many has its gradient?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (3,)) is [4, -1, -0.5], with one pair of brackets. Count yours.",
    "An axis that was missing is added up and goes again; only an axis of length 1 stays.",
)
def _(gradient, shape):
    fits(gradient, shape)
    gradient = np.asarray(gradient)
    padded = (1,) * (gradient.ndim - len(shape)) + tuple(shape)
    return gradient.sum(axis=tuple(axis for axis, length in enumerate(padded) if length == 1), keepdims=True)


only_ones = missing.mistake(
    "only-axes-of-length-1",
    "You look for a 1 in the small shape. Which axes has the large one that the small one has not at all?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], ()) is 2.5: both axes are missing. Is yours of shape (2, 3)?",
    "numpy puts missing axes in front, and copies along them: they are added up as well, and go.",
)


@only_ones
def _(gradient, shape):
    fits(gradient, shape)
    gradient = np.asarray(gradient)
    ones = [gradient.ndim - len(shape) + axis for axis, length in enumerate(shape) if length == 1]
    return gradient.sum(axis=tuple(ones), keepdims=True)


at_the_back = missing.mistake(
    "missing-axes-at-the-back",
    "A shape of (3,) beside (3, 3): does numpy line shapes up from the left, or from the right?",
    "unbroadcast([[1, 10, 100], [2, 20, 200], [3, 30, 300]], (3,)) is [6, 60, 600]. Is yours [111, 222, 333]?",
    "Shapes are lined up from the right, so missing axes are missing in front.",
)


@at_the_back
def _(gradient, shape):
    fits(gradient, shape)
    small = np.array(gradient)
    while small.ndim > len(shape):
        small = small.sum(axis=-1)
    for axis, length in enumerate(shape):
        if length == 1:
            small = small.sum(axis=axis, keepdims=True)
    return small


@at_the_back
def _(gradient, shape):
    gradient = np.asarray(gradient)
    padded = tuple(shape) + (1,) * (gradient.ndim - len(shape))
    return unbroadcast(gradient, padded).reshape(shape)


@missing.mistake(
    "one-missing-axis-only",
    "From (4,) to (2, 3, 4): how many axes were put in front?",
    "Count the axes of the gradient and of the shape: their difference is how many are missing.",
    "Every missing axis is added up: as many as the gradient has more than the shape.",
)
def _(gradient, shape):
    fits(gradient, shape)
    gradient = np.sum(gradient, axis=0)
    ones = tuple(axis for axis, length in enumerate(shape) if length == 1 and axis < gradient.ndim)
    return gradient.sum(axis=ones, keepdims=True) if ones else gradient


@missing.mistake(
    "mean-of-the-copies",
    "Two copies sent back 1 and 3. If the original rises by 1, both rise. By how much does the end move?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (3,)) begins with 4. Is yours 2?",
    "Forks add: a copied entry gets the sum of what its copies get.",
)
def _(gradient, shape):
    fits(gradient, shape)
    return unbroadcast(gradient, shape) * (np.prod(shape, dtype=float) / np.size(gradient))


@missing.mistake(
    "first-copy-only",
    "Every copy sends something back. Whose do you keep?",
    "unbroadcast([[1, -2, 0.5], [3, 1, -1]], (3,)) is [4, -1, -0.5]. Is yours the first row?",
    "Forks add: a copied entry gets the sum over all of its copies.",
)
def _(gradient, shape):
    fits(gradient, shape)
    gradient = np.asarray(gradient)
    inner = gradient[(0,) * (gradient.ndim - len(shape))]
    return np.array(inner[tuple(slice(length) for length in shape)])


@missing.mistake(
    "any-shape-gets-through",
    "Could numpy have stretched a shape of (2,) to (2, 3)? What does your function say to it?",
    "np.broadcast_to(np.zeros(2), (2, 3)) raises a ValueError. Does unbroadcast(np.ones((2, 3)), (2,))?",
    "A shape that does not stretch to the gradient's has no gradient in it: ValueError.",
)
def _(gradient, shape):
    gradient = np.array(gradient, dtype=float)
    while gradient.ndim > len(shape):
        gradient = gradient.sum(axis=0)
    for axis, length in enumerate(shape[: gradient.ndim]):
        if length == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


@only_ones
def _(gradient, shape):
    fits(gradient, shape)
    gradient = np.array(gradient)
    for axis, length in enumerate(shape):
        if length == 1:
            gradient = gradient.sum(axis=axis, keepdims=True)
    return gradient


@only_ones
def _(gradient, shape):
    fits(gradient, shape)
    return np.sum(gradient, axis=tuple(axis for axis, length in enumerate(shape) if length == 1))


@missing.mistake(
    "numbered-before-the-missing-ones-go",
    "The place of a 1 in the small shape: is that its number in the gradient, while axes in front are still there?",
    "(3, 1) beside (2, 3, 4): the 1 stands at place 1 of the shape, and is axis 2 of the gradient.",
    "Axes that were put in front are added up first; then the two shapes have the same numbers.",
)
def _(gradient, shape):
    fits(gradient, shape)
    small = np.array(gradient)
    for axis, length in enumerate(shape):
        if length == 1:
            small = small.sum(axis=axis, keepdims=True)
    while small.ndim > len(shape):
        small = small.sum(axis=0)
    return small
