"""13-arrays: known mistakes of `Tensor.data`: forward `+` and `*`."""

import numpy as np

from autograder.exercises.arrays.cases import data
from autograder.reference.arrays import Tensor


@data.mistake(
    "a-plain-number-has-no-data",
    "In x * 3, what is other.data?",
    "Print Tensor([1, 2]) * 3. A number and an array know nothing of `data`: who makes a Tensor of them?",
    "as_tensor makes a Tensor of a number or an array, and leaves a Tensor as it is.",
)
class _(Tensor):
    def __add__(self, other):
        return self.made(self.data + other.data)

    def __mul__(self, other):
        return self.made(self.data * other.data)


@data.mistake(
    "numpy-asks-each-entry",
    "An array on the left, a Tensor on the right: whom does numpy ask, and how often?",
    "print(np.array([1, 2, 3]) * Tensor([[1, 2, 3]])). Is it one Tensor, or an array of three answers?",
    "`__array_ufunc__ = None` in the class makes numpy leave the product to the Tensor's `__rmul__`.",
)
class _(Tensor):
    @property
    def __array_ufunc__(self):
        raise AttributeError


@data.mistake(
    "matrix-product-for-times",
    "x * y is entry by entry. Which product did you take?",
    "Tensor([[1, 2]]) * Tensor([[3, 4]]) is [[3, 8]].",
    "(x * y)[i, j] = x[i, j] y[i, j]; the product of matrices is @, and comes later.",
)
class _(Tensor):
    def __mul__(self, other):
        return self.made(np.matmul(self.data, self.tensor_of(other).data))


@data.mistake(
    "sum-for-product",
    "What is 2 * 3, and what does yours say?",
    "Tensor([[2, 5]]) * Tensor([[3, 4]]) is [[6, 20]]. Is yours [[5, 9]]?",
    "x * y multiplies entry by entry.",
)
class _(Tensor):
    def __mul__(self, other):
        return self + other


@data.mistake(
    "data-added-in-place",
    "After f = x + y: what does x.data say?",
    "x = Tensor([1.0, 2.0]); x + 5; print(x.data). It should be [1, 2].",
    "An operation makes a new Tensor with new data; `+=` changes an array that others hold.",
)
class _(Tensor):
    def __add__(self, other):
        self.data += self.tensor_of(other).data
        return self.made(self.data)

    def __mul__(self, other):
        self.data *= self.tensor_of(other).data
        return self.made(self.data)


@data.mistake(
    "whole-numbers-stay-whole",
    "What is the dtype of Tensor([1, 2]).data? And what becomes of a half in an array of whole numbers?",
    "Tensor([[1, 2]]) * 2.5 is [[2.5, 5]].",
    "`data` is float64, whatever it was made of.",
)
class _(Tensor):
    def __init__(self, data, wires=()):
        super().__init__(np.trunc(np.asarray(data, dtype=float)), wires)
