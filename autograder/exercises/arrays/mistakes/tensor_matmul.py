"""13-arrays: known mistakes of `Tensor.matmul`."""

import numpy as np

from autograder.exercises.arrays.operation_cases import matmul
from autograder.reference.arrays import Tensor, turned


def pulling(first, second, cut=(True, True)):
    """A class whose product is right, and whose two pulls are these: of upstream, x and y."""

    class _(Tensor):
        def __matmul__(self, other):
            other = self.tensor_of(other)

            def fit(gradient, shape, wanted):
                return self.cut(gradient, shape) if wanted else np.array(gradient)

            return self.made(
                self.data @ other.data,
                (self, lambda upstream: fit(first(upstream, self.data, other.data), self.shape, cut[0])),
                (other, lambda upstream: fit(second(upstream, self.data, other.data), other.shape, cut[1])),
            )

    return _


def right_first(upstream, x, y):
    return upstream @ turned(y)


def right_second(upstream, x, y):
    return turned(x) @ upstream


matmul.mistake(
    "not-turned",
    "Write the shapes at both ends: upstream (N, M), weights (D, M), wanted (N, D). Which axes meet?",
    "[[1, 2], [3, 4]] @ [[5, 6], [7, 8]], upstream [[1, 0], [0, 0]]: dA is [[5, 7], [0, 0]] and dB [[1, 0], [2, 0]].",
    "The axis that has to vanish must meet itself, so the other factor is turned: chapter 06.",
)(pulling(lambda upstream, x, y: upstream @ y, lambda upstream, x, y: x @ upstream))

matmul.mistake(
    "sides-swapped",
    "A product of matrices has a left and a right. On which side of the upstream does each factor stand?",
    "[[1, 2], [3, 4]] @ [[5, 6], [7, 8]], upstream [[1, 0], [0, 0]]: dA is [[5, 7], [0, 0]]. Is yours [[5, 0], [6, 0]]?",
    "Whoever stood on the left keeps the upstream on the left.",
)(pulling(lambda upstream, x, y: turned(y) @ upstream, lambda upstream, x, y: upstream @ turned(x)))

matmul.mistake(
    "first-not-turned",
    "The gradient of the weights is right. And that of the inputs: which axes meet?",
    "[[1, 2], [3, 4]] @ [[5, 6], [7, 8]], upstream [[1, 0], [0, 0]]: dA is [[5, 7], [0, 0]]. Is yours [[5, 6], [0, 0]]?",
    "For the left factor: upstream (N, M) and weights (D, M) leave (N, D), so M meets M.",
)(pulling(lambda upstream, x, y: upstream @ y, right_second))

matmul.mistake(
    "second-not-turned",
    "The gradient of the inputs is right. And that of the weights: which axes meet?",
    "[[1, 2], [3, 4]] @ [[5, 6], [7, 8]], upstream [[1, 0], [0, 0]]: dB is [[1, 0], [2, 0]]. Is yours [[1, 0], [3, 0]]?",
    "For the right factor: inputs (N, D) and upstream (N, M) leave (D, M), so N meets N.",
)(pulling(right_first, lambda upstream, x, y: x @ upstream))

matmul.mistake(
    "dot-t-turns-a-batch-round",
    "`.T` of an array of shape (2, 5, 4): which shape is that? And which one do you want?",
    "Print np.zeros((2, 5, 4)).T.shape: (4, 5, 2). Each of the two tables should be turned by itself, to (2, 4, 5).",
    "Turn the last two axes only: np.swapaxes(a, -1, -2).",
)(pulling(lambda upstream, x, y: upstream @ y.T, lambda upstream, x, y: x.T @ upstream))

matmul.mistake(
    "first-two-axes-turned",
    "An array of shape (2, 5, 4), axes 0 and 1 exchanged: which shape is that? And which one do you want?",
    "Print np.swapaxes(np.zeros((2, 5, 4)), 0, 1).shape: (5, 2, 4). Each of the two tables should become (4, 5).",
    "The tables are the last two axes, whatever stands in front: counted from the end, -1 and -2.",
)(
    pulling(
        lambda upstream, x, y: upstream @ np.swapaxes(y, 0, 1), lambda upstream, x, y: np.swapaxes(x, 0, 1) @ upstream
    )
)

not_summed = matmul.mistake(
    "shared-weights-not-summed",
    "Every table of the batch used the same weights. How many gradients come back, and how many weights are there?",
    "(2, 3, 4) @ (4, 2): the weights' gradient has shape (4, 2). Is yours (2, 4, 2)?",
    "A factor that was copied along a leading axis gets the sum along it: unbroadcast again.",
)
not_summed(pulling(right_first, right_second, cut=(False, False)))
not_summed(pulling(right_first, right_second, cut=(True, False)))

matmul.mistake(
    "mean-over-the-batch",
    "Two tables used the same weights. Do their messages add, or is a mean taken?",
    "(2, 3, 4) @ (4, 2): each table alone gives a gradient for the weights. What becomes of two of them?",
    "Forks add; 1/N stands in the loss, once.",
)(
    pulling(
        lambda upstream, x, y: right_first(upstream, x, y) * (1 if x.ndim == upstream.ndim else 1 / len(upstream)),
        lambda upstream, x, y: right_second(upstream, x, y) * (1 if y.ndim == upstream.ndim else 1 / len(upstream)),
    )
)


@matmul.mistake(
    "times-for-matmul",
    "x @ y is a product of matrices. What is x * y?",
    "[[1, 2], [3, 4]] @ [[5, 6], [7, 8]] is [[19, 22], [43, 50]]. Is yours [[5, 12], [21, 32]]?",
    "(x @ y)[n, m] is the sum over d of x[n, d] y[d, m].",
)
class _(Tensor):
    def __matmul__(self, other):
        return self * other


@matmul.mistake(
    "only-the-first-has-a-wire",
    "Two tensors went into the product. From how many does your result know that?",
    "f = x @ y: len(f.wires) is 2. Is yours 1?",
    "One wire for each tensor that went in.",
)
class _(Tensor):
    def __matmul__(self, other):
        out = super().__matmul__(other)
        return self.made(out.data, *out.wires[:1])


@matmul.mistake(
    "always-summed-over-axis-0",
    "Your weights' gradient is added over axis 0 in every call. Is there always an axis in front of its two?",
    "[[1, 2], [3, 4]] @ [[5, 6], [7, 8]], upstream [[1, 0], [0, 0]]: dB is [[1, 0], [2, 0]], of shape (2, 2). Is yours [3, 0]?",
    "Added are the axes along which the weights were copied, if there are any: unbroadcast reads them off the shapes.",
)
@lambda pulls: pulling(*pulls(), cut=(True, False))
def _():
    return right_first, lambda upstream, x, y: right_second(upstream, x, y).sum(axis=0)


@matmul.mistake(
    "an-array-has-no-wires",
    "In x @ w, w may be a plain array. What is `other` then, and what can a wire lead to?",
    "f = Tensor([[1.0, 2.0]]) @ np.array([[3.0], [4.0]]); print(f.wires). Is the source of every wire a Tensor?",
    "as_tensor makes a Tensor of an array, and leaves a Tensor as it is.",
)
class _(Tensor):
    def __matmul__(self, other):
        if isinstance(other, Tensor):
            return super().__matmul__(other)
        return self.made(self.data @ other.data, (other, None))
