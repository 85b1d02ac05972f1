r"""13-arrays: tensors that remember what they were made of, and a backward pass over any expression of them.

Every entry is float64 and dimensionless. A tensor keeps one wire (source, pull) for each time another went into it;
pull(upstream), with an upstream of the output's shape, gives a new array of the source's shape: the upstream times the table of
all local slopes, which is never built (a vector-Jacobian product). Source: reverse-mode differentiation of arrays, as in Baydin
and others, "Automatic differentiation in machine learning: a survey", and in Maclaurin's Autograd.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from autograder.reference.shapes import Array, Labels

Pull = Callable[[Array], Array]  # upstream, of the output's shape, to a new array of the source's shape


def unbroadcast(gradient: Array, shape: tuple[int, ...]) -> Array:
    """The gradient of an array of that shape which numpy stretched to `gradient.shape`: what was copied is added up.

    gradient: any shape that `shape` broadcasts to. Returns a new array of exactly `shape`, a copy even if nothing was stretched.
    ValueError if `shape` does not broadcast to the gradient's. Source: the adjoint of a copy is a sum; lesson 06.
    """
    gradient = np.array(gradient, dtype=np.float64)
    np.broadcast_to(np.empty(shape), gradient.shape)  # raises for a shape that does not fit
    missing = gradient.ndim - len(shape)
    stretched = tuple(axis for axis in range(len(shape)) if shape[axis] == 1)
    return np.array(gradient.sum(axis=tuple(range(missing))).sum(axis=stretched, keepdims=True))


def turned(data: Array) -> Array:
    """The last two axes swapped: one matrix, or each of a batch, turned. ValueError below two axes. Source: numpy's `.mT`."""
    return np.swapaxes(data, -1, -2)


class Tensor:
    """An array with a `grad`: for each entry, how far the number that `backward` was called on moves when it rises by one."""

    __array_ufunc__ = None  # numpy leaves `array * tensor` to the tensor

    def __init__(self, data: object, wires: Iterable[tuple[Tensor, Pull]] = ()) -> None:
        """data: numbers in any nesting that numpy makes an array of. wires: pairs (source, pull)."""
        self.data = np.array(data, dtype=np.float64)
        self.wires = tuple(wires)
        self.grad = np.zeros(self.data.shape)

    @property
    def shape(self) -> tuple[int, ...]:
        """The lengths of the axes."""
        return self.data.shape

    def tensor_of(self, other: Tensor | object) -> Tensor:
        """A number or an array becomes a tensor without wires; a tensor stays what it is."""
        return other if isinstance(other, Tensor) else self.made(other)

    def made(self, data: Array, *wires: tuple[Tensor, Pull]) -> Tensor:
        """A new tensor of the same class, with these wires."""
        return type(self)(data, wires)

    def __neg__(self) -> Tensor:
        """-x; pull: minus the upstream."""
        return self.made(-self.data, (self, lambda upstream: -upstream))

    def __sub__(self, other: Tensor | object) -> Tensor:
        """x - y, as x + (-y)."""
        return self + -self.tensor_of(other)

    def __rsub__(self, other: object) -> Tensor:
        """A number or array minus x."""
        return self.tensor_of(other) + -self

    def cut(self, gradient: Array, shape: tuple[int, ...]) -> Array:
        """What was copied forward is added backward."""
        return unbroadcast(gradient, shape)

    def __add__(self, other: Tensor | object) -> Tensor:
        """x + y with numpy's broadcasting; pull: the upstream, added up where x or y was stretched. ValueError if shapes clash."""
        other = self.tensor_of(other)
        return self.made(
            self.data + other.data,
            (self, lambda upstream: self.cut(upstream, self.shape)),
            (other, lambda upstream: self.cut(upstream, other.shape)),
        )

    def __mul__(self, other: Tensor | object) -> Tensor:
        """x y entry by entry; pull: upstream times the other factor, added up where stretched. ValueError if shapes clash."""
        other = self.tensor_of(other)
        return self.made(
            self.data * other.data,
            (self, lambda upstream: self.cut(upstream * other.data, self.shape)),
            (other, lambda upstream: self.cut(upstream * self.data, other.shape)),
        )

    def __radd__(self, other: object) -> Tensor:
        """A number or array plus x."""
        return self + other

    def __rmul__(self, other: object) -> Tensor:
        """A number or array times x."""
        return self * other

    def __matmul__(self, other: Tensor | object) -> Tensor:
        """X W for (..., N, D) and (..., D, M); pulls: upstream W^T and X^T upstream, added up over stretched leading axes.

        ValueError if the inner axes differ in length, or below two axes.
        """
        other = self.tensor_of(other)
        return self.made(
            self.data @ other.data,
            (self, lambda upstream: self.cut(upstream @ turned(other.data), self.shape)),
            (other, lambda upstream: self.cut(turned(self.data) @ upstream, other.shape)),
        )

    def sum(self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False) -> Tensor:
        """The sum over some axes, or all; pull: the upstream copied along them. AxisError (a ValueError) for an axis too many."""

        def pull(upstream: Array) -> Array:
            if axis is not None and not keepdims:
                upstream = np.expand_dims(upstream, axis)
            return np.array(np.broadcast_to(upstream, self.shape))

        return self.made(self.data.sum(axis=axis, keepdims=keepdims), (self, pull))

    def exp(self) -> Tensor:
        """e^x; pull: upstream times the output."""
        out = np.exp(self.data)
        return self.made(out, (self, lambda upstream: upstream * out))

    def log(self) -> Tensor:
        """ln x for positive x; pull: upstream over x."""
        return self.made(np.log(self.data), (self, lambda upstream: upstream / self.data))

    def relu(self) -> Tensor:
        """max(0, x); pull: the upstream where x > 0, else 0."""
        on = self.data > 0
        return self.made(np.where(on, self.data, 0.0), (self, lambda upstream: np.where(on, upstream, 0.0)))

    def reshape(self, *shape: int) -> Tensor:
        """The same entries in another shape; pull: back into the old one. ValueError if their number differs."""
        return self.made(self.data.reshape(*shape), (self, lambda upstream: np.array(upstream).reshape(self.shape)))

    def transpose(self, *axes: int) -> Tensor:
        """The axes in another order, reversed if none is named; pull: the order that puts each back. ValueError for a bad order."""
        back = np.argsort([axis % self.data.ndim for axis in axes]) if axes else None
        return self.made(self.data.transpose(*axes), (self, lambda upstream: np.array(np.transpose(upstream, back))))

    def __getitem__(self, key: Array | tuple[Array, ...]) -> Tensor:
        """The entries at integer places; pull: the upstream added where it came from, each repeat of a place once more."""

        def pull(upstream: Array) -> Array:
            grad = np.zeros(self.shape)
            np.add.at(grad, key, upstream)
            return grad

        return self.made(self.data[key], (self, pull))

    def backward(self) -> None:
        """Set the grad of every tensor this one was made of, and its own to 1. ValueError unless there is one entry."""
        if self.data.size != 1:
            raise ValueError(f"backward starts from one number, and this tensor has shape {self.shape}")
        order = self.sources_first()
        for tensor in order:
            tensor.grad = np.zeros(tensor.shape)
        self.grad = np.ones(self.shape)
        for tensor in reversed(order):
            for source, pull in tensor.wires:
                source.grad = source.grad + pull(tensor.grad)

    def sources_first(self) -> list[Tensor]:
        """Every tensor that can be reached, once, and after all that it was made of."""
        order, met, todo = [], set(), [(self, False)]
        while todo:
            tensor, sources_are_down = todo.pop()
            if sources_are_down:
                order.append(tensor)
            elif tensor not in met:
                met.add(tensor)
                todo.append((tensor, True))
                todo += [(source, False) for source, _ in tensor.wires]
        return order

    def log_sum_exp(self) -> Tensor:
        """ln of the sum of e^z in each row of (N, C), as (N, 1); finite for any finite scores, its slopes are the softmax.

        The largest score of a row is taken out as a plain number and put back: its own slopes, -1 and 1, cancel.
        """
        most = self.data.max(axis=1, keepdims=True)
        return (self - most).exp().sum(axis=1, keepdims=True).log() + most

    def cross_entropy(self, t: Labels) -> Tensor:
        """Mean over rows of log-sum-exp minus the right score, for scores (N, C) and t (N,); one entry, and the 1/N is in it."""
        rows = len(t)
        right = self[np.arange(rows), t]
        return (self.log_sum_exp().reshape(rows) - right).sum() * (1 / rows)
