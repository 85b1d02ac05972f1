"""13-arrays: known mistakes of `Tensor.sum`."""

import numpy as np

from autograder.exercises.arrays.cases import sums
from autograder.reference.arrays import Tensor


def pulling(pull):
    """A class whose sum is right, and whose pull is this: of upstream, shape, axis, keepdims."""

    class _(Tensor):
        def sum(self, axis=None, keepdims=False):
            out = self.data.sum(axis=axis, keepdims=keepdims)
            return self.made(out, (self, lambda upstream: np.array(pull(upstream, self.shape, axis, keepdims))))

    return _


def kept(upstream, axis, keepdims):
    return upstream if keepdims or axis is None else np.expand_dims(upstream, axis)


@sums.mistake(
    "axis-not-given-back",
    "sum(axis=1) of (3, 3) has shape (3,). Laid over (3, 3), is that a row or a column?",
    "(3, 3), axis 1, upstream [1, 10, 100]: every row of the gradient is constant. Do yours read 1, 10, 100?",
    "The axis that was summed away comes back with length 1, in its old place, before anything is copied along it.",
)
@pulling
def _(upstream, shape, axis, keepdims):
    return np.broadcast_to(upstream, shape)


@sums.mistake(
    "one-axis-given-back-of-several",
    "sum(axis=(0, 2)) took two axes away. How many does your pull give back?",
    "(2, 3, 4) over (0, 2), upstream [1, -10, 100]: it stands along the middle axis, so it needs an axis before and one behind.",
    "Every axis that was summed away comes back with length 1.",
)
@pulling
def _(upstream, shape, axis, keepdims):
    first = axis[0] if isinstance(axis, tuple) else axis
    return np.broadcast_to(kept(upstream, first, keepdims), shape)


of_the_mean = sums.mistake(
    "slope-of-the-mean",
    "The sum of four entries, and one of them rises by 1: how far does the sum move?",
    "[[1, 2], [3, 4]], upstream 1: every entry gets 1. Is yours 0.25?",
    "The slope of a sum is 1 for each entry; the 1/n belongs to a mean.",
)


@of_the_mean
@pulling
def _(upstream, shape, axis, keepdims):
    return np.broadcast_to(kept(upstream, axis, keepdims), shape) / np.prod(shape)


@of_the_mean
@pulling
def _(upstream, shape, axis, keepdims):
    upstream = kept(upstream, axis, keepdims)
    return np.broadcast_to(upstream, shape) * (np.size(upstream) / np.prod(shape))


@sums.mistake(
    "not-copied-back",
    "x was (2, 3), and its sum a number. Which shape must x's gradient have?",
    "[[1, 2, 3], [4, 5, 6]] summed, upstream -2.5: the gradient has six entries, all -2.5.",
    "What was added is copied: the upstream goes back to each entry that was in the sum.",
)
@pulling
def _(upstream, shape, axis, keepdims):
    return upstream


@sums.mistake(
    "kept-axis-twice",
    "With keepdims=True the upstream has its axis still. Do you put in another?",
    "(2, 3), axis 1, keepdims=True: the upstream has shape (2, 1), and is ready to be copied.",
    "Only an axis that was summed away has to come back.",
)
@pulling
def _(upstream, shape, axis, keepdims):
    return np.broadcast_to(kept(upstream, axis, False), shape)


@sums.mistake(
    "upstream-ignored",
    "The slope of a sum is 1 for each entry. What has become of the upstream?",
    "[[1, 2], [3, 4]] summed, upstream -2.5: every entry gets -2.5. Is yours 1?",
    "pull(upstream) is the upstream, copied to where it was added from.",
)
@pulling
def _(upstream, shape, axis, keepdims):
    return np.ones(shape)


@sums.mistake(
    "values-for-slopes",
    "How far does a sum move with one of its entries: does it matter how large that entry is?",
    "[[5, 7]] summed, upstream 1: both get 1. Are yours 5 and 7?",
    "The slope of a sum is 1 for each entry.",
)
class _(Tensor):
    def sum(self, axis=None, keepdims=False):
        out = super().sum(axis=axis, keepdims=keepdims)
        ((_, pull),) = out.wires
        return self.made(out.data, (self, lambda upstream: pull(upstream) * self.data))


@sums.mistake(
    "axis-never-used",
    "Tensor([[1, 2], [3, 4]]).sum(axis=0) is [4, 6]. What does yours say?",
    "Print the shapes of x.sum(), x.sum(axis=0) and x.sum(axis=1, keepdims=True): (), (M,) and (N, 1).",
    "axis and keepdims go on to numpy's own sum.",
)
class _(Tensor):
    def sum(self, axis=None, keepdims=False):
        return super().sum()
