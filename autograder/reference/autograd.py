r"""12-autograd: numbers that remember what they were made of, and a backward pass over any expression of them.

Every value is a single number, float64, dimensionless. A value keeps one wire (source, local slope) for each time another
went into it; `backward` walks the wires from the end, each value once and after all that use it, and adds upstream times
local slope to the source's `grad`. Source: reverse-mode differentiation, as in Griewank and Walther, "Evaluating
Derivatives", and in Karpathy's micrograd.
"""

from __future__ import annotations

import math
from collections.abc import Iterable


class Value:
    """A number with a `grad`: how far the value that `backward` was called on moves when this one rises by one."""

    def __init__(self, data: float, wires: Iterable[tuple[Value, float]] = ()) -> None:
        """data: a number (else TypeError or ValueError). wires: pairs (source, local slope); none for one made of no others."""
        self.data, self.wires = float(data), tuple(wires)
        self.grad = 0.0

    def value_of(self, other: Value | float) -> Value:
        """A plain number becomes a value; a value stays what it is. TypeError or ValueError for anything else."""
        if isinstance(other, Value):
            return other
        return self.made(other)

    def made(self, data: float, *wires: tuple[Value, float]) -> Value:
        """A new value of the same class, with these wires."""
        return type(self)(data, wires)

    def __add__(self, other: Value | float) -> Value:
        """x + y, slopes 1 and 1."""
        other = self.value_of(other)
        return self.made(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other: Value | float) -> Value:
        """x y, slopes y and x: each factor's slope is the other factor."""
        other = self.value_of(other)
        return self.made(self.data * other.data, (self, other.data), (other, self.data))

    def __pow__(self, exponent: float) -> Value:
        """x**n, slope n x**(n - 1), for a plain number n. ZeroDivisionError for 0 to a power below 1, but for 0**0."""
        return self.made(self.data**exponent, (self, exponent * self.data ** (exponent - 1)))

    def exp(self) -> Value:
        """e**x, which is its own slope. OverflowError from 710 on."""
        out = math.exp(self.data)
        return self.made(out, (self, out))

    def tanh(self) -> Value:
        """tanh(x), slope 1 - tanh(x)**2."""
        out = math.tanh(self.data)
        return self.made(out, (self, 1 - out**2))

    def relu(self) -> Value:
        """max(0, x), slope [x > 0]."""
        on = self.data > 0
        return self.made(self.data if on else 0.0, (self, 1.0 if on else 0.0))

    def __neg__(self) -> Value:
        """-x, as x times -1."""
        return self * -1

    def __sub__(self, other: Value | float) -> Value:
        """x - y, as x + (-y)."""
        return self + -self.value_of(other)

    def __truediv__(self, other: Value | float) -> Value:
        """x / y, as x times y**-1. ZeroDivisionError for y = 0."""
        return self * self.value_of(other) ** -1

    def __radd__(self, other: float) -> Value:
        """A plain number plus x."""
        return self + other

    def __rmul__(self, other: float) -> Value:
        """A plain number times x."""
        return self * other

    def __rsub__(self, other: float) -> Value:
        """A plain number minus x."""
        return -self + other

    def __rtruediv__(self, other: float) -> Value:
        """A plain number over x. ZeroDivisionError for x = 0."""
        return self**-1 * other

    def backward(self) -> None:
        """Set the grad of every value this one was made of, and its own to 1; what was there before is forgotten."""
        order = self.sources_first()
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(order):
            for source, slope in value.wires:
                source.grad += slope * value.grad

    def sources_first(self) -> list[Value]:
        """Every value that can be reached, once, and after all that it was made of."""
        order, met, todo = [], set(), [(self, False)]
        while todo:
            value, sources_are_down = todo.pop()
            if sources_are_down:
                order.append(value)
            elif value not in met:
                met.add(value)
                todo.append((value, True))
                todo += [(source, False) for source, _ in value.wires]
        return order
