r"""12-autograd: numbers that remember what they were made of, and a backward pass over any expression of them.

Every value is a single number, float64, dimensionless. A value keeps one wire (source, local slope) for each time another
went into it; `backward` walks the wires from the end, each value once and after all that use it, and adds upstream times
local slope to the source's `grad`. Source: reverse-mode differentiation, as in Griewank and Walther, "Evaluating
Derivatives", and in Karpathy's micrograd.
"""

import math


class Value:
    """A number with a `grad`: how far the value that `backward` was called on moves when this one rises by one."""

    def __init__(self, data, wires=()):
        """wires: pairs (source, local slope); none for a value that is made of no others."""
        self.data, self.wires = float(data), tuple(wires)
        self.grad = 0.0

    def value_of(self, other):
        """A plain number becomes a value; a value stays what it is."""
        if isinstance(other, Value):
            return other
        return self.made(other)

    def made(self, data, *wires):
        """A new value of the same class."""
        return type(self)(data, wires)

    def __add__(self, other):
        """Slopes 1 and 1."""
        other = self.value_of(other)
        return self.made(self.data + other.data, (self, 1.0), (other, 1.0))

    def __mul__(self, other):
        """Each factor's slope is the other factor."""
        other = self.value_of(other)
        return self.made(self.data * other.data, (self, other.data), (other, self.data))

    def __pow__(self, exponent):
        """n x**(n - 1), for a plain number n."""
        return self.made(self.data**exponent, (self, exponent * self.data ** (exponent - 1)))

    def exp(self):
        """The exponential is its own slope."""
        out = math.exp(self.data)
        return self.made(out, (self, out))

    def tanh(self):
        """Slope 1 - tanh(x)**2."""
        out = math.tanh(self.data)
        return self.made(out, (self, 1 - out**2))

    def relu(self):
        """Slope 1 above 0, else 0."""
        on = self.data > 0
        return self.made(self.data if on else 0.0, (self, 1.0 if on else 0.0))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -self.value_of(other)

    def __truediv__(self, other):
        return self * self.value_of(other) ** -1

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return -self + other

    def __rtruediv__(self, other):
        return self**-1 * other

    def backward(self):
        """Set the grad of every value this one was made of, and its own to 1; what was there before is forgotten."""
        order = self.sources_first()
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(order):
            for source, slope in value.wires:
                source.grad += slope * value.grad

    def sources_first(self):
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
