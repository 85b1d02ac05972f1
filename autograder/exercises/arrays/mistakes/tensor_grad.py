"""13-arrays: known mistakes of `Tensor.grad`: what `+` and `*` send back along their wires."""

import numpy as np

from autograder.exercises.arrays.cases import grad
from autograder.reference.arrays import Tensor, unbroadcast


def cutting(how):
    """A class whose wires cut like this."""

    class _(Tensor):
        def cut(self, gradient, shape):
            return how(np.asarray(gradient), shape)

    return _


@grad.mistake(
    "handed-on-uncut",
    "b was (1, 3) and was copied to (2, 3). Which shape must its gradient have?",
    "With a of shape (2, 3), b of (1, 3) and upstream [[1, -2, 0.5], [3, 1, -1]], b gets [[4, -1, -0.5]] from a + b.",
    "A pull returns an array of its source's shape: what was copied is added, by unbroadcast.",
)
@cutting
def _(gradient, shape):
    return np.array(gradient)


@grad.mistake(
    "always-axis-0",
    "A column of shape (2, 1) was copied. Along which axis?",
    "With c of shape (2, 1) and upstream [[1, -2, 0.5], [3, 1, -1]], c gets [[-0.5], [3]] from a + c.",
    "unbroadcast reads the axes off the two shapes; it is not always axis 0.",
)
@cutting
def _(gradient, shape):
    return gradient.sum(axis=0, keepdims=True) if gradient.shape != shape else gradient.copy()


@grad.mistake(
    "kept-axis-lost",
    "b was (1, 3), with two axes. How many has its gradient?",
    "With upstream [[1, -2, 0.5], [3, 1, -1]], b gets [[4, -1, -0.5]], with two pairs of brackets.",
    "An axis of length 1 is added up and kept.",
)
@cutting
def _(gradient, shape):
    return np.squeeze(unbroadcast(gradient, shape)) if gradient.shape != shape else gradient.copy()


@grad.mistake(
    "missing-axis-kept",
    "The bias was (3,), with one axis. How many has its gradient?",
    "With upstream [[1, -2, 0.5], [3, 1, -1]], an array of shape (3,) gets [4, -1, -0.5], with one pair of brackets.",
    "An axis that was missing is added up and goes again: else the bias grows an axis at the first step.",
)
@cutting
def _(gradient, shape):
    padded = (1,) * (gradient.ndim - len(shape)) + shape
    return unbroadcast(gradient, padded)


@grad.mistake(
    "mean-of-the-copies",
    "Two copies sent back 1 and 3. If the original rises by 1, both rise. By how much does the end move?",
    "With upstream [[1, -2, 0.5], [3, 1, -1]], b gets [[4, -1, -0.5]] from a + b. Is yours [[2, -0.5, -0.25]]?",
    "Forks add: a copied entry gets the sum of what its copies get.",
)
@cutting
def _(gradient, shape):
    return unbroadcast(gradient, shape) * (np.prod(shape, dtype=float) / gradient.size)


@grad.mistake(
    "own-factor-as-slope",
    "In x * y, when x moves: which of the two numbers decides how far the product moves?",
    "a = [[1, 2, 3], [4, 5, 6]], b = [[10, 20, 30]], upstream [[1, -2, 0.5], [3, 1, -1]]: b gets [[13, 1, -4.5]].",
    "Upstream times the *other* factor, then what was copied is added up.",
)
class _(Tensor):
    def __mul__(self, other):
        other = self.tensor_of(other)
        return self.made(
            self.data * other.data,
            (self, lambda upstream: self.cut(upstream * self.data, self.shape)),
            (other, lambda upstream: self.cut(upstream * other.data, other.shape)),
        )


@grad.mistake(
    "product-handed-on-uncut",
    "The pulls of your product multiply by the right factor. Which shape has what they return, and which has its source?",
    "a = [[1, 2, 3], [4, 5, 6]], b = [[10, 20, 30]], upstream [[1, -2, 0.5], [3, 1, -1]]: b gets [[13, 1, -4.5]].",
    "Upstream times the other factor, then unbroadcast to the source's shape, as in the sum.",
)
class _(Tensor):
    def __mul__(self, other):
        other = self.tensor_of(other)
        return self.made(
            self.data * other.data,
            (self, lambda upstream: upstream * other.data),
            (other, lambda upstream: upstream * self.data),
        )


cut_first = grad.mistake(
    "cut-before-the-product",
    "Each copy of b is multiplied by an entry of its own. Is it the upstream that is added up, or upstream times factor?",
    "a = [[1, 2, 3], [4, 5, 6]], b = [[10, 20, 30]], upstream [[1, -2, 0.5], [3, 1, -1]]: b gets [[1 + 12, -4 + 5, 1.5 - 6]].",
    "First upstream times the other factor, in the large shape; then unbroadcast.",
)


@cut_first
class _(Tensor):
    def __mul__(self, other):
        other = self.tensor_of(other)
        return self.made(
            self.data * other.data,
            (self, lambda upstream: self.cut(upstream, self.shape) * other.data),
            (other, lambda upstream: self.cut(upstream, other.shape) * self.data),
        )


@cut_first
class _(Tensor):
    def __mul__(self, other):
        other = self.tensor_of(other)

        def pull(upstream, source, factor):
            small = self.cut(upstream, source.shape)
            return (
                self.cut(small * factor.data, source.shape)
                if factor.data.size > source.data.size
                else small * factor.data
            )

        return self.made(
            self.data * other.data,
            (self, lambda upstream: pull(upstream, self, other)),
            (other, lambda upstream: pull(upstream, other, self)),
        )


@grad.mistake(
    "sum-treated-like-a-product",
    "In x + y, does it matter how large y is for how far the sum moves with x?",
    "x = [2], y = [5], upstream [1]: both get 1 from x + y.",
    "The slopes of a sum are 1 and 1: the upstream goes back to both, cut to their shapes.",
)
class _(Tensor):
    def __add__(self, other):
        other = self.tensor_of(other)
        return self.made(self.data + other.data, *(self * other).wires)


@grad.mistake(
    "upstream-ignored",
    "A pull is asked with an upstream. Where is it in what you return?",
    "x = [2], y = [5], upstream [3]: from x * y x gets 15. Is yours 5?",
    "pull(upstream) is upstream times slope, entry by entry.",
)
class _(Tensor):
    def __mul__(self, other):
        other = self.tensor_of(other)
        whole = np.ones(np.broadcast_shapes(self.shape, other.shape))
        return self.made(
            self.data * other.data,
            (self, lambda upstream: self.cut(whole * other.data, self.shape)),
            (other, lambda upstream: self.cut(whole * self.data, other.shape)),
        )


@grad.mistake(
    "only-the-first-has-a-wire",
    "Two tensors went into the operation. From how many does your result know that?",
    "f = x * y: len(f.wires) is 2. Is yours 1?",
    "One wire for each tensor that went in, also where both are the same one.",
)
class _(Tensor):
    def __add__(self, other):
        out = super().__add__(other)
        return self.made(out.data, *out.wires[:1])

    def __mul__(self, other):
        out = super().__mul__(other)
        return self.made(out.data, *out.wires[:1])


@grad.mistake(
    "no-wires-kept",
    "Your results are right as numbers. What does a result remember of where it came from?",
    "Print (Tensor([1.0]) + Tensor([2.0])).wires: there should be two pairs.",
    "Tensor(data, [(self, pull), (other, other pull)]).",
)
class _(Tensor):
    def made(self, data, *wires):
        return type(self)(data)


@grad.mistake(
    "wires-kept-by-source",
    "In x * x, both wires lead to x. How many of them are left in yours?",
    "x = [3], f = x * x, upstream [1]: x gets 6. Is yours 3?",
    "Wires are a list: a dict or a set by source keeps one of two.",
)
class _(Tensor):
    def __init__(self, data, wires=()):
        super().__init__(data, dict(wires).items())


@grad.mistake(
    "slopes-instead-of-pulls",
    "What stands in the second half of your wires: an array of slopes, or a function that takes the upstream?",
    "pull = f.wires[0][1]; print(callable(pull)). It should be True.",
    "A wire is (source, pull), and pull(upstream) gives an array of the source's shape.",
)
class _(Tensor):
    def __add__(self, other):
        other = self.tensor_of(other)
        return self.made(self.data + other.data, (self, np.ones(self.shape)), (other, np.ones(other.shape)))

    def __mul__(self, other):
        other = self.tensor_of(other)
        return self.made(self.data * other.data, (self, other.data), (other, self.data))


@grad.mistake(
    "a-pull-that-sees-the-last",
    "Your two pulls: were they made in a loop? Which source do they see when they are called, later?",
    "x = [[1, 2]], y = [[3, 4]], upstream [[1, 1]]: x gets [[3, 4]], y gets [[1, 2]]. Do both get the same from yours?",
    "A function made in a loop looks its names up when it is called: make each pull by a call of its own.",
)
class _(Tensor):
    def __mul__(self, other):
        other = self.tensor_of(other)
        wires = []
        for source, factor in ((self, other), (other, self)):
            wires.append((source, lambda upstream: self.cut(upstream * factor.data, source.shape)))  # noqa: B023
        return self.made(self.data * other.data, *wires)


@grad.mistake(
    "upstream-changed-in-place",
    "The upstream belongs to everybody the output pays. What have you left in it?",
    "u = np.ones((1, 2)); pull(u); print(u). It should still be ones.",
    "A pull returns a new array: `upstream * y`, not `upstream *= y`.",
)
class _(Tensor):
    def __mul__(self, other):
        other = self.tensor_of(other)

        def pull(upstream, source, factor):
            upstream *= factor.data
            return self.cut(upstream, source.shape)

        return self.made(
            self.data * other.data,
            (self, lambda upstream: pull(upstream, self, other)),
            (other, lambda upstream: pull(upstream, other, self)),
        )


@grad.mistake(
    "sum-handed-on-uncut",
    "Your product cuts its gradients to shape. And the sum: which shape has what its pulls return?",
    "With a of shape (2, 3), b of (1, 3) and upstream [[1, -2, 0.5], [3, 1, -1]], b gets [[4, -1, -0.5]] from a + b.",
    "A pull returns an array of its source's shape: what was copied is added, by unbroadcast, in the sum as well.",
)
class _(Tensor):
    def __add__(self, other):
        other = self.tensor_of(other)
        return self.made(self.data + other.data, (self, np.array), (other, np.array))


@grad.mistake(
    "pulls-exchanged",
    "Two wires lead out of x + y. Which pull belongs to which source?",
    "a of shape (2, 3), b of (1, 3): what comes back to a has a's shape. Is yours of shape (1, 3)?",
    "A wire is a pair: a source, and the pull that gives an array of that source's shape.",
)
class _(Tensor):
    def __add__(self, other):
        (one, first), (two, second) = super().__add__(other).wires
        return self.made(one.data + two.data, (one, second), (two, first))


@grad.mistake(
    "cut-before-the-product",
    "Two copies of an entry meet two different factors. May the copies be added up before each has met its own?",
    "a = [[1, 2, 3], [4, 5, 6]], b = [[10, 20, 30]], upstream [[1, -2, 0.5], [3, 1, -1]]: b[0, 0] gets 1·1 + 3·4 = 13. "
    "Is yours (1 + 3) times (1 + 4) = 20?",
    "First upstream times the other factor, entry by entry; then unbroadcast, of the product.",
)
class _(Tensor):
    def __mul__(self, other):
        other = self.tensor_of(other)
        return self.made(
            self.data * other.data,
            (
                self,
                lambda upstream: (
                    unbroadcast(upstream, self.shape) * unbroadcast(other.data + 0 * self.data, self.shape)
                ),
            ),
            (
                other,
                lambda upstream: (
                    unbroadcast(upstream, other.shape) * unbroadcast(self.data + 0 * other.data, other.shape)
                ),
            ),
        )


@grad.mistake(
    "sum-sends-back-ones",
    "1 is the slope of the sum for each of the two. What is that 1 to be multiplied by?",
    "a and b of shape (2,), upstream [1, -2]: from a + b both get [1, -2]. Are yours [1, 1]?",
    "A pull gives upstream times slope: for x + y the upstream itself, cut to the source's shape.",
)
class _(Tensor):
    def __add__(self, other):
        other = self.tensor_of(other)
        return self.made(
            self.data + other.data,
            (self, lambda upstream: np.ones(self.shape)),
            (other, lambda upstream: np.ones(other.shape)),
        )
