"""12-autograd: whole engines that are right, written in other ways. Each is tried on every part."""

import itertools
import math

import numpy as np

from autograder.exercises.autograd.cases import EXERCISES


class Closures:
    """Each operation leaves a function behind that pays its sources; the order is found by going in depth first."""

    def __init__(self, data, sources=()):
        self.data, self.grad, self.sources = data, 0.0, sources
        self.pay = lambda: None

    @staticmethod
    def lift(other):
        if not isinstance(other, Closures):
            other = Closures(other)
        return other

    def __add__(self, other):
        other = Closures.lift(other)
        out = Closures(self.data + other.data, (self, other))

        def pay():
            self.grad += out.grad
            other.grad += out.grad

        out.pay = pay
        return out

    def __mul__(self, other):
        other = Closures.lift(other)
        out = Closures(self.data * other.data, (self, other))

        def pay():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.pay = pay
        return out

    def curve(self, data, slope):
        out = Closures(data, (self,))

        def pay():
            self.grad += slope * out.grad

        out.pay = pay
        return out

    def __pow__(self, exponent):
        return self.curve(self.data**exponent, exponent * self.data ** (exponent - 1))

    def relu(self):
        return self.curve(0.0 if self.data < 0 else self.data, float(self.data > 0))

    def exp(self):
        e = math.exp(self.data)
        return self.curve(e, e)

    def tanh(self):
        t = (math.exp(2 * self.data) - 1) / (math.exp(2 * self.data) + 1)
        return self.curve(t, 1 - t * t)

    def __neg__(self):
        return -1 * self

    def __sub__(self, other):
        return self + other * -1

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * Closures.lift(other) ** -1

    def __rtruediv__(self, other):
        return other * self**-1

    __radd__, __rmul__ = __add__, __mul__

    def backward(self):
        order, visited = [], set()

        def build(value):
            if value not in visited:
                visited.add(value)
                for source in value.sources:
                    build(source)
                order.append(value)

        build(self)
        for value in order:
            value.grad = 0
        self.grad = 1
        for value in order[::-1]:
            value.pay()


class Numbered:
    """Every value gets a number when it is made: a source's is smaller, so counting down is a right order."""

    counter = itertools.count()

    def __init__(self, data):
        self.data, self.grad = np.float64(data), np.float64(0)
        self.number, self.slopes = next(self.counter), []

    @classmethod
    def of(cls, data, *slopes):
        made = cls(data)
        made.slopes = list(slopes)
        return made

    def lift(self, other):
        if not isinstance(other, Numbered):
            other = Numbered(other)
        return other

    def __add__(self, other):
        other = self.lift(other)
        return Numbered.of(self.data + other.data, (self, 1), (other, 1))

    def __sub__(self, other):
        other = self.lift(other)
        return Numbered.of(self.data - other.data, (self, 1), (other, -1))

    def __mul__(self, other):
        other = self.lift(other)
        return Numbered.of(self.data * other.data, (self, other.data), (other, self.data))

    def __truediv__(self, other):
        other = self.lift(other)
        return Numbered.of(
            self.data / other.data, (self, 1 / other.data), (other, -self.data / (other.data * other.data))
        )

    def __pow__(self, exponent):
        return Numbered.of(self.data**exponent, (self, exponent * self.data ** (exponent - 1.0)))

    def __neg__(self):
        return Numbered.of(-self.data, (self, -1))

    def __radd__(self, other):
        return self.lift(other) + self

    def __rmul__(self, other):
        return self.lift(other) * self

    def __rsub__(self, other):
        return self.lift(other) - self

    def __rtruediv__(self, other):
        return self.lift(other) / self

    def exp(self):
        return Numbered.of(np.exp(self.data), (self, np.exp(self.data)))

    def tanh(self):
        return Numbered.of(np.tanh(self.data), (self, 1 / np.cosh(self.data) ** 2))

    def relu(self):
        return Numbered.of(np.maximum(0, self.data), (self, np.where(self.data > 0, 1, 0)))

    def backward(self):
        reached, todo = {self.number: self}, [self]
        while todo:
            for source, _ in todo.pop().slopes:
                if source.number not in reached:
                    reached[source.number] = source
                    todo.append(source)
        for value in reached.values():
            value.grad = np.float64(value is self)
        for number in sorted(reached, reverse=True):
            for source, slope in reached[number].slopes:
                source.grad = source.grad + slope * reached[number].grad


def as_counting(other):
    return other if isinstance(other, Counting) else Counting(other)


class Counting:
    """Pays on when the last of its users has paid in: each value counts who is still to come."""

    def __init__(self, data, wires=()):
        self.data, self.grad, self.wires = float(data), 0.0, list(wires)

    def __add__(self, other):
        other = as_counting(other)
        return Counting(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = as_counting(other)
        return Counting(self.data * other.data, [(self, other.data), (other, self.data)])

    def __radd__(self, other):
        return self.__add__(other)

    def __rmul__(self, other):
        return self.__mul__(other)

    def __neg__(self):
        return Counting(0.0) - self

    def __sub__(self, other):
        other = as_counting(other)
        return Counting(self.data - other.data, [(self, 1.0), (other, -1.0)])

    def __rsub__(self, other):
        return as_counting(other).__sub__(self)

    def __pow__(self, n):
        return Counting(self.data**n, [(self, n * self.data ** (n - 1) if n else 0.0)])

    def __truediv__(self, other):
        return self * as_counting(other).__pow__(-1)

    def __rtruediv__(self, other):
        return as_counting(other) * self**-1.0

    def relu(self):
        return self * 1.0 if self.data > 0 else self * 0.0

    def exp(self):
        return Counting(math.e**self.data, [(self, math.e**self.data)])

    def tanh(self):
        e = (self * 2).exp()
        return (e - 1) / (e + 1)

    def backward(self):
        users, todo, met = {self: 0}, [self], {self}
        while todo:
            for source, _ in todo.pop().wires:
                users[source] = users.get(source, 0) + 1
                if source not in met:
                    met.add(source)
                    todo.append(source)
        for value in met:
            value.grad = 0.0
        self.grad, ready = 1.0, [self]
        while ready:
            value = ready.pop()
            for source, slope in value.wires:
                source.grad += value.grad * slope
                users[source] -= 1
                if not users[source]:
                    ready.append(source)


for one in EXERCISES:
    for engine in (Closures, Numbered, Counting):
        one.solution(engine)
