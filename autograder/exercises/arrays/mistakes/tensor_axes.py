"""13-arrays: known mistakes of `Tensor.axes`: reshape and transpose."""

import numpy as np

from autograder.exercises.arrays.operation_cases import axes
from autograder.reference.arrays import Tensor


def turning(pull):
    """A class whose transpose is right, and whose pull is this: of upstream, axes and shape."""

    class _(Tensor):
        def transpose(self, *axes):
            return self.made(
                self.data.transpose(*axes), (self, lambda upstream: np.array(pull(upstream, axes, self.shape)))
            )

    return _


def shaping(pull):
    """A class whose reshape is right, and whose pull is this: of upstream and shape."""

    class _(Tensor):
        def reshape(self, *shape):
            return self.made(self.data.reshape(*shape), (self, lambda upstream: np.array(pull(upstream, self.shape))))

    return _


@axes.mistake(
    "undone-by-the-same-axes",
    "You turned by (1, 2, 0). Does turning by (1, 2, 0) once more bring everything back?",
    "Shape (2, 3, 4) by (1, 2, 0) is (3, 4, 2), and by (1, 2, 0) again (4, 2, 3). Which order gives (2, 3, 4)?",
    "The order that undoes: for each old axis, where it stands now. A swap undoes itself, a ring does not.",
)
@turning
def _(upstream, axes, shape):
    return upstream.transpose(*axes)


@axes.mistake(
    "always-reversed",
    "transpose() reverses all axes. Was that what was done going forward?",
    "Shape (2, 3, 4) by (0, 2, 1) is (2, 4, 3); reversed it is (3, 4, 2). Which order gives (2, 3, 4)?",
    "The order that undoes: for each old axis, where it stands now.",
)
@turning
def _(upstream, axes, shape):
    return upstream.transpose()


@axes.mistake(
    "turned-back-by-reshape",
    "The shape is right again. Is each number where it belongs?",
    "[[1, 2, 3], [4, 5, 6]] turned is [[1, 4], [2, 5], [3, 6]]. Reshaped to (2, 3): [[1, 4, 2], [5, 3, 6]]. Is that what it was?",
    "reshape keeps the order of reading, transpose changes it: each undoes only itself.",
)
@turning
def _(upstream, axes, shape):
    return upstream.reshape(shape)


@axes.mistake(
    "not-turned-back",
    "x was (2, 3) and turned to (3, 2). Which shape must x's gradient have?",
    "x of shape (2, 3), f = x.transpose(): the upstream has shape (3, 2), x.grad (2, 3).",
    "What was moved going forward is moved back.",
)
@turning
def _(upstream, axes, shape):
    return upstream


@axes.mistake(
    "not-reshaped-back",
    "x was (2, 3) and became (3, 2). Which shape must x's gradient have?",
    "x of shape (2, 3), f = x.reshape(6): the upstream has shape (6,), x.grad (2, 3).",
    "A gradient has the shape of what it is for: the same numbers, in the old shape.",
)
@shaping
def _(upstream, shape):
    return upstream


@axes.mistake(
    "reshaped-back-by-turning",
    "reshape keeps the order of reading. Does a transpose?",
    "[[1, 2, 3], [4, 5, 6]] as (3, 2) is [[1, 2], [3, 4], [5, 6]]. Turned, that is [[1, 3, 5], [2, 4, 6]]. Is that what it was?",
    "The pull of a reshape is a reshape, into the old shape.",
)
@shaping
def _(upstream, shape):
    return upstream.transpose().reshape(shape)


@axes.mistake(
    "transpose-without-axes",
    "transpose(0, 2, 1) swaps two axes. What does yours do with what stands in the brackets?",
    "Tensor(np.zeros((2, 3, 4))).transpose(1, 2, 0).shape is (3, 4, 2). Is yours (4, 3, 2)?",
    "The axes go on to numpy's own transpose; without any, all are reversed.",
)
class _(Tensor):
    def transpose(self, *axes):
        return super().transpose()
