"""13-arrays: right answers, written in other ways: with loops over entries, with other arithmetic, with tables."""

import itertools

import numpy as np

from autograder.exercises.arrays.cases import EXERCISES, kept, missing


@kept.solution
@missing.solution
def _(gradient, shape):
    """Each entry goes where it was copied from."""
    gradient = np.asarray(gradient, dtype=float)
    if np.broadcast_shapes(gradient.shape, shape) != gradient.shape:
        raise ValueError(f"{shape} does not stretch to {gradient.shape}")
    total, missing_axes = np.zeros(shape), gradient.ndim - len(shape)
    for place in np.ndindex(gradient.shape):
        source = tuple(0 if one == 1 else at for at, one in zip(place[missing_axes:], shape, strict=True))
        total[source] += gradient[place]
    return total


@kept.solution
@missing.solution
def _(gradient, shape):
    """First the axes in front, then those of length 1, one after the other."""
    total = np.array(gradient, dtype=float)
    if len(shape) > total.ndim:
        raise ValueError("too many axes")
    while total.ndim > len(shape):
        total = np.add.reduce(total)
    for axis, length in enumerate(shape):
        if length == 1:
            total = total.sum(axis, keepdims=True)
        elif length != total.shape[axis]:
            raise ValueError("axes differ")
    return total


@kept.solution
@missing.solution
def _(gradient, shape):
    """The stretching as a table of zeros and ones: its transpose adds up."""
    gradient = np.asarray(gradient, dtype=float)
    count = int(np.prod(shape))
    places = np.broadcast_to(np.arange(count).reshape(shape), gradient.shape).ravel()
    return np.array(np.bincount(places, weights=gradient.ravel(), minlength=count).reshape(shape))


def as_plain(other):
    if not isinstance(other, Plain):
        other = Plain(other)
    return other


class Plain:
    """As the notebook has it, but with the sums written axis by axis, and the order found by recursion."""

    __array_ufunc__ = None

    def __init__(self, data, wires=()):
        self.data = np.array(data, dtype=float)
        self.wires = tuple(wires)
        self.grad = np.zeros(self.data.shape)

    shape = property(lambda self: self.data.shape)

    @staticmethod
    def back_to(gradient, shape):
        while gradient.ndim > len(shape):
            gradient = np.add.reduce(gradient)
        for axis, length in enumerate(shape):
            if length == 1:
                gradient = gradient.sum(axis=axis, keepdims=True)
        return gradient.copy()

    def __add__(self, other):
        other = as_plain(other)

        def pull_self(upstream):
            return Plain.back_to(upstream, self.shape)

        def pull_other(upstream):
            return Plain.back_to(upstream, other.shape)

        return Plain(self.data + other.data, [(self, pull_self), (other, pull_other)])

    def __mul__(self, other):
        other = as_plain(other)

        def pull_self(upstream):
            return Plain.back_to(upstream * other.data, self.shape)

        def pull_other(upstream):
            return Plain.back_to(upstream * self.data, other.shape)

        return Plain(self.data * other.data, [(self, pull_self), (other, pull_other)])

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + -as_plain(other)

    def __rsub__(self, other):
        return -self + other

    def __matmul__(self, other):
        other = as_plain(other)

        def pull_self(upstream):
            return Plain.back_to(np.einsum("...nm,...dm->...nd", upstream, other.data), self.shape)

        def pull_other(upstream):
            return Plain.back_to(np.einsum("...nd,...nm->...dm", self.data, upstream), other.shape)

        return Plain(np.matmul(self.data, other.data), [(self, pull_self), (other, pull_other)])

    def sum(self, axis=None, keepdims=False):
        out = np.sum(self.data, axis=axis, keepdims=keepdims)
        kept_shape = np.sum(self.data, axis=axis, keepdims=True).shape

        def pull(upstream):
            return np.ones(self.shape) * np.reshape(upstream, kept_shape)

        return Plain(out, [(self, pull)])

    def exp(self):
        out = Plain(np.exp(self.data))
        out.wires = ((self, lambda upstream: out.data * upstream),)
        return out

    def log(self):
        return Plain(np.log(self.data), [(self, lambda upstream: upstream * self.data**-1.0)])

    def relu(self):
        return Plain(np.maximum(self.data, 0), [(self, lambda upstream: (self.data > 0) * upstream)])

    def reshape(self, *shape):
        return Plain(self.data.reshape(shape), [(self, lambda upstream: upstream.reshape(self.shape).copy())])

    def transpose(self, *axes):
        order = axes or tuple(range(self.data.ndim))[::-1]
        back = [order.index(axis) for axis in range(self.data.ndim)]
        return Plain(self.data.transpose(order), [(self, lambda upstream: upstream.transpose(back).copy())])

    def __getitem__(self, key):
        def pull(upstream):
            grad = np.zeros(self.shape)
            places = np.broadcast_arrays(*key) if isinstance(key, tuple) else [np.asarray(key)]
            for at in np.ndindex(places[0].shape):
                grad[tuple(int(one[at]) for one in places)] += upstream[at]
            return grad

        return Plain(self.data[key], [(self, pull)])

    def backward(self):
        if self.data.size != 1:
            raise ValueError("one entry is wanted")
        noted = {}

        def note_down(tensor):
            for source, _ in tensor.wires:
                if source not in noted:
                    note_down(source)
            noted[tensor] = True

        note_down(self)
        for tensor in noted:
            tensor.grad = np.zeros(tensor.shape)
        self.grad = np.ones(self.shape)
        for tensor in reversed(noted):
            for source, pull in tensor.wires:
                source.grad += pull(tensor.grad)

    def log_sum_exp(self):
        """One operation of its own, whose pull is the softmax."""
        most = self.data.max(axis=1, keepdims=True)
        parts = np.exp(self.data - most)
        total = parts.sum(axis=1, keepdims=True)
        return Plain(np.log(total) + most, [(self, lambda upstream: upstream * parts / total)])

    def cross_entropy(self, t):
        """One operation, with chapter 09's gradient."""
        count = len(t)
        most = self.data.max(axis=1, keepdims=True)
        parts = np.exp(self.data - most)
        p = parts / parts.sum(axis=1, keepdims=True)
        log_total = np.log(parts.sum(axis=1)) + most[:, 0]
        true = np.eye(p.shape[1])[t]
        return Plain(np.mean(log_total - (self.data * true).sum(axis=1)), [(self, lambda up: up * (p - true) / count)])


class Numbered(Plain):
    """Pays in the order of making, counted down; operations made of other operations, where that can be done."""

    counter = itertools.count()

    def __init__(self, data, wires=()):
        super().__init__(data, wires)
        self.number = next(self.counter)

    def new(self, data, *wires):
        return Numbered(data, wires)

    def lift(self, other):
        if not isinstance(other, Numbered):
            other = Numbered(other)
        return other

    def stretch(self, shape):
        """This, copied to a larger shape: the one place where something is added up."""
        small = self.shape

        def pull(upstream):
            padded = (1,) * (upstream.ndim - len(small)) + small
            copied = tuple(axis for axis, length in enumerate(padded) if length != upstream.shape[axis])
            return np.sum(upstream, axis=copied, keepdims=True).reshape(small)

        return self.new(np.broadcast_to(self.data, shape), (self, pull))

    def __add__(self, other):
        other = self.lift(other)
        shape = np.broadcast_shapes(self.shape, other.shape)
        return self.new(self.data + other.data, (self.stretch(shape), np.copy), (other.stretch(shape), np.copy))

    def __mul__(self, other):
        other = self.lift(other)
        shape = np.broadcast_shapes(self.shape, other.shape)
        a, b = self.stretch(shape), other.stretch(shape)
        return self.new(
            a.data * b.data,
            (a, lambda upstream: np.multiply(upstream, b.data)),
            (b, lambda up: np.multiply(up, a.data)),
        )

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + self.lift(other) * -1

    def __matmul__(self, other):
        """Every product of two entries, then a sum: no product of matrices going back."""
        other = self.lift(other)
        left = self.reshape(*self.shape, 1)
        right = other.reshape(*other.shape[:-2], 1, *other.shape[-2:])
        return (left * right).sum(axis=-2)

    def sum(self, axis=None, keepdims=False):
        chosen = range(self.data.ndim) if axis is None else np.atleast_1d(axis)
        chosen = {int(one) % self.data.ndim for one in chosen} if self.data.ndim else set()
        kept_shape = [1 if at in chosen else length for at, length in enumerate(self.shape)]
        out = self.data.sum(axis=axis, keepdims=keepdims)
        return self.new(out, (self, lambda upstream: np.tile(upstream.reshape(kept_shape), self.repeats(chosen))))

    def repeats(self, chosen):
        return [length if at in chosen else 1 for at, length in enumerate(self.shape)]

    def exp(self):
        return self.new(np.exp(self.data), (self, lambda upstream: upstream * np.exp(self.data)))

    def log(self):
        return self.new(np.log(self.data), (self, lambda upstream: np.divide(upstream, self.data)))

    def relu(self):
        return self * Numbered((self.data > 0).astype(float))

    def reshape(self, *shape):
        return self.new(
            self.data.reshape(*shape), (self, lambda upstream: np.array(upstream.ravel()).reshape(self.shape))
        )

    def transpose(self, *axes):
        order = list(axes or range(self.data.ndim - 1, -1, -1))
        return self.new(
            np.moveaxis(self.data, order, range(len(order))),
            (self, lambda up: np.moveaxis(up, range(len(order)), order).copy()),
        )

    def __getitem__(self, key):
        places = np.arange(self.data.size).reshape(self.shape)[key].ravel()
        table = np.eye(self.data.size)[places]
        return self.new(self.data[key], (self, lambda upstream: (table.T @ upstream.ravel()).reshape(self.shape)))

    def backward(self):
        if self.data.shape not in ((), (1,), (1, 1), (1, 1, 1)):
            raise ValueError("a number is wanted")
        reached, todo = {self.number: self}, [self]
        while todo:
            for source, _ in todo.pop().wires:
                if getattr(source, "number", None) not in reached:
                    reached[source.number] = source
                    todo.append(source)
        for tensor in reached.values():
            tensor.grad = np.full(tensor.shape, float(tensor is self))
        for number in sorted(reached, reverse=True):
            for source, pull in reached[number].wires:
                source.grad = source.grad + pull(reached[number].grad)

    def log_sum_exp(self):
        """Scores minus their largest, as a constant, through exp, sum and log."""
        most = np.amax(self.data, axis=1)[:, None]
        return (self + -most).exp().sum(1, True).log() + most

    def cross_entropy(self, t):
        """The right score by a table of zeros and ones."""
        true = np.equal.outer(t, np.arange(self.shape[1])).astype(float)
        return (self.log_sum_exp() + (self * -true).sum(axis=1, keepdims=True)).sum() * (1.0 / len(t))


class Counting(Plain):
    """Pays on when the last of its users has paid in."""

    def __add__(self, other):
        return self.wrap(super().__add__(other))

    def __mul__(self, other):
        return self.wrap(super().__mul__(other))

    __radd__, __rmul__ = __add__, __mul__

    @staticmethod
    def wrap(out):
        return Counting(out.data, out.wires)

    def __neg__(self):
        return self.wrap(Plain(-self.data, [(self, np.negative)]))

    def __sub__(self, other):
        if not isinstance(other, Plain):
            other = Counting(other)
        return self.wrap(Plain(self.data, [(self, np.copy)]).__add__(-other))

    def __matmul__(self, other):
        """The two products of chapter 06, each table of a batch by itself."""
        if not isinstance(other, Plain):
            other = Counting(other)

        def pull_self(upstream):
            return Plain.back_to(upstream @ np.moveaxis(other.data, -1, -2), self.shape)

        def pull_other(upstream):
            return Plain.back_to(np.moveaxis(self.data, -2, -1) @ upstream, other.shape)

        return Counting(self.data @ other.data, [(self, pull_self), (other, pull_other)])

    def sum(self, axis=None, keepdims=False):
        def pull(upstream):
            grad = np.zeros(self.shape)
            grad += upstream if keepdims or axis is None else np.expand_dims(upstream, axis)
            return grad

        return Counting(self.data.sum(axis=axis, keepdims=keepdims), [(self, pull)])

    def exp(self):
        return self.wrap(super().exp())

    def log(self):
        return self.wrap(super().log())

    def relu(self):
        out = self.data.copy()
        out[out < 0] = 0

        def pull(upstream):
            grad = upstream.copy()
            grad[self.data <= 0] = 0
            return grad

        return Counting(out, [(self, pull)])

    def reshape(self, *shape):
        return self.wrap(super().reshape(*shape))

    def transpose(self, *axes):
        order = axes or tuple(range(self.data.ndim))[::-1]

        def pull(upstream):
            grad = np.zeros(self.shape)
            grad.transpose(order)[...] = upstream  # a view: written through to the old order
            return grad

        return Counting(self.data.transpose(order), [(self, pull)])

    def __getitem__(self, key):
        return self.wrap(super().__getitem__(key))

    def log_sum_exp(self):
        return self.wrap(super().log_sum_exp())

    def cross_entropy(self, t):
        """Row by row."""
        count, total = len(t), 0.0
        grad = np.zeros(self.shape)
        for row, label in enumerate(t):
            scores = self.data[row] - self.data[row].max()
            parts = np.exp(scores)
            total += np.log(parts.sum()) - scores[label]
            grad[row] = parts / parts.sum()
            grad[row, label] -= 1
        return Counting([total / count], [(self, lambda upstream: float(np.sum(upstream)) * grad / count)])

    def backward(self):
        if self.data.size > 1:
            raise ValueError("one entry is wanted")
        users, todo, met = {self: 0}, [self], {self}
        while todo:
            for source, _ in todo.pop().wires:
                users[source] = users.get(source, 0) + 1
                if source not in met:
                    met.add(source)
                    todo.append(source)
        for tensor in met:
            tensor.grad = 0 * tensor.data
        self.grad, ready = np.ones_like(self.data), [self]
        while ready:
            tensor = ready.pop()
            for source, pull in tensor.wires:
                source.grad = np.add(source.grad, pull(tensor.grad))
                users[source] -= 1
                if not users[source]:
                    ready.append(source)


for one in EXERCISES:
    for engine in (Plain, Numbered, Counting) if one not in (kept, missing) else ():
        one.solution(engine)
