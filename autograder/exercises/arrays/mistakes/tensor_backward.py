"""13-arrays: known mistakes of `Tensor.backward`: the walk, with arrays in the boxes."""

import numpy as np

from autograder.exercises.arrays.cases import walking
from autograder.reference.arrays import Tensor


def recursive(root):
    """The users first, as a function that calls itself finds them: another right order than the reference's."""
    order, met = [], set()

    def visit(tensor):
        if tensor not in met:
            met.add(tensor)
            for source, _ in tensor.wires:
                visit(source)
            order.append(tensor)

    visit(root)
    return order[::-1]


def start(root, users_first=lambda root: root.sources_first()[::-1]):
    """All grads zeros of the right shape, the root's ones; the right order."""
    if root.data.size != 1:
        raise ValueError("one entry is wanted")
    order = users_first(root)
    for tensor in order:
        tensor.grad = np.zeros(tensor.shape)
    root.grad = np.ones(root.shape)
    return order


one_array = walking.mistake(
    "one-array-for-two",
    "Where does the array in source.grad come from: is it the source's own, or one that somebody else still uses?",
    "f = (a + b) + a: b gets 1. Does it get 2 in yours, once a's second message is added in place?",
    "A pull returns a new array, and grads begin as zeros of their own: no array belongs to two.",
)
replaced = walking.mistake(
    "replaced-for-added",
    "x is used twice, and two messages come back. What happens to the first when the second arrives?",
    "f = (x * x).sum() with x = [2, -3]: x.grad is [4, -6]. Is yours [2, -3]?",
    "source.grad grows by what each wire brings: forks add.",
)


class HandsOn(Tensor):
    """Where there is nothing to cut, the upstream itself is handed on."""

    def cut(self, gradient, shape):
        return gradient if gradient.shape == shape else super().cut(gradient, shape)


for how in ({}, {"users_first": recursive}):

    @one_array
    class _(HandsOn):
        how = how

        def backward(self):
            order, met = start(self, **self.how), {self}
            for tensor in order:
                for source, pull in tensor.wires:
                    brought = np.asarray(pull(tensor.grad))
                    if source in met:
                        source.grad += brought
                    else:
                        met.add(source)
                        source.grad = brought

    @replaced
    class _(Tensor):
        how = how

        def backward(self):
            for tensor in start(self, **self.how):
                for source, pull in tensor.wires:
                    source.grad = pull(tensor.grad)


@walking.mistake(
    "wires-walked-by-source",
    "In x * x, both wires lead to x. Does your walk use both?",
    "f = (x * x).sum() with x = [2, -3]: x.grad is [4, -6]. Is yours [2, -3], and does x + x give 1?",
    "Each wire is walked once; a dict by source keeps one of two.",
)
class _(Tensor):
    def backward(self):
        for tensor in start(self):
            for source, pull in dict(tensor.wires).items():
                source.grad = source.grad + pull(tensor.grad)


@walking.mistake(
    "grads-not-reset",
    "After a second f.backward(): what was in the grads when it began?",
    "x = [3], f = x * 2: x.grad is [2] after one call, and after two. Is yours [4]?",
    "backward sets every grad it can reach to zeros of its tensor's shape, then walks.",
)
class _(Tensor):
    def backward(self):
        if self.data.size != 1:
            raise ValueError("one entry is wanted")
        self.grad = np.ones(self.shape)
        for tensor in self.sources_first()[::-1]:
            for source, pull in tensor.wires:
                source.grad = source.grad + pull(tensor.grad)


@walking.mistake(
    "a-vector-goes-through",
    "backward on a Tensor with several entries: of which of them would the gradients be?",
    "(Tensor([1.0, 2.0]) * 3).backward() should be a ValueError. Is it?",
    "A gradient is of one number. Who wants a row of them says with which weights to add, and adds first.",
)
class _(Tensor):
    def backward(self):
        order = self.sources_first()[::-1]
        for tensor in order:
            tensor.grad = np.zeros(tensor.shape)
        self.grad = np.ones(self.shape)
        for tensor in order:
            for source, pull in tensor.wires:
                source.grad = source.grad + pull(tensor.grad)


@walking.mistake(
    "whole-numbers-stay-whole",
    "A gradient of 2.5 arrives at a tensor that was made of whole numbers. What is stored?",
    "x = Tensor([1, 2]); f = (x * 0.5).sum(): x.grad is [0.5, 0.5]. Is yours [0, 0]?",
    "Grads are float64, whatever the data were made of.",
)
class _(Tensor):
    def backward(self):
        for tensor in start(self):
            for source, pull in tensor.wires:
                source.grad = source.grad + pull(tensor.grad)
        for tensor in self.sources_first():
            if not tensor.wires and np.array_equal(tensor.data, np.trunc(tensor.data)):
                tensor.grad = np.trunc(tensor.grad)


@walking.mistake(
    "grads-are-single-numbers",
    "x.grad has to have x's shape. What do your grads begin as?",
    "x = Tensor([[1, 2, 3]]), y = Tensor([4.0]), f = (y * 2).sum(): print(x.grad.shape). x is not in f and keeps (1, 3).",
    "np.zeros(v.data.shape) for each, and a 1 for the one that backward is called on.",
)
class _(Tensor):
    def backward(self):
        start(self)
        for tensor in self.sources_first():
            tensor.grad = 0.0
        self.grad = 1.0
        for tensor in self.sources_first()[::-1]:
            for source, pull in tensor.wires:
                source.grad = np.sum(source.grad + pull(np.full(tensor.shape, tensor.grad)))


@walking.mistake(
    "paid-on-too-early",
    "A tensor that is used twice: has it heard from both before it pays on?",
    "a = x * y, b = a * z, f = a + b: a has to wait for b. In which order do you visit f, a, b, x?",
    "A value pays on when everyone who uses it has paid in: the order of chapter 12.",
)
class _(Tensor):
    def backward(self):
        start(self)
        order = [self]
        for tensor in order:
            order += [source for source in dict.fromkeys(one for one, _ in tensor.wires) if source not in order]
        for tensor in order:
            for source, pull in tensor.wires:
                source.grad = source.grad + pull(tensor.grad)


@walking.mistake(
    "handed-on-at-once",
    "A tensor that is used twice gets two messages. Does the first travel on twice?",
    "a = x * 3, b = a * 4, f = a + b: x.grad is 15. Is yours 18?",
    "Wait until all have paid in, then pay once: the order of chapter 12.",
)
class _(Tensor):
    def backward(self):
        start(self)
        self.grad = np.zeros(self.shape)

        def tell(tensor, message):
            tensor.grad = tensor.grad + message
            for source, pull in tensor.wires:
                tell(source, pull(tensor.grad))

        tell(self, np.ones(self.shape))


@walking.mistake(
    "every-path-walked",
    "Your gradients are right. How many messages reach x through thirty diamonds in a row?",
    "f = x, then thirty times f = f * y + f * z: how long does your f.backward() take?",
    "Add up first, pay on once: each wire is walked once, whatever the number of paths.",
)
class _(Tensor):
    def backward(self):
        start(self)
        self.grad = np.zeros(self.shape)
        todo = [(self, np.ones(self.shape))]
        while todo:
            tensor, message = todo.pop()
            tensor.grad = tensor.grad + message
            todo += [(source, pull(message)) for source, pull in tensor.wires]


@walking.mistake(
    "starts-with-its-own-data",
    "With what does the walk begin: with what f says, or with how far f moves when f rises by one?",
    "x = [3], f = x * 2: x.grad is [2]. Is yours 12?",
    "df/df = 1, whatever f is.",
)
class _(Tensor):
    def backward(self):
        order = start(self)
        self.grad = self.data.copy()
        for tensor in order:
            for source, pull in tensor.wires:
                source.grad = source.grad + pull(tensor.grad)


@walking.mistake(
    "nothing-at-the-start",
    "Everything is pulled from an upstream. Where does the first upstream come from?",
    "x = [3], f = x * 2; f.backward(); print(f.grad, x.grad): 1 and 2. Are yours 0?",
    "df/df = 1: the one that backward is called on begins with ones of its shape.",
)
class _(Tensor):
    def backward(self):
        start(self)
        self.grad = np.zeros(self.shape)


@walking.mistake(
    "pulled-from-the-data",
    "A pull wants the upstream: what has arrived at the output. Which array of it do you hand over?",
    "x = [3], f = x * 2 * 5: x.grad is [10]. Print what you hand to each pull.",
    "pull(v.grad); v.data has done its work going forward.",
)
class _(Tensor):
    def backward(self):
        for tensor in start(self):
            for source, pull in tensor.wires:
                source.grad = source.grad + pull(tensor.data)


@walking.mistake(
    "walked-from-the-sources",
    "Who pays first in your walk: f, or the tensors it was made of? What have those to hand on by then?",
    "x = [3], f = x * 2 * 5: x.grad is [10]. Is yours 0?",
    "An order that lists sources before their users is right, and is walked from its end.",
)
class _(Tensor):
    def backward(self):
        for tensor in start(self)[::-1]:
            for source, pull in tensor.wires:
                source.grad = source.grad + pull(tensor.grad)


@walking.mistake(
    "listed-once-for-each-use",
    "A tensor that is used twice: how often does it stand in your order, and how often does it pay?",
    "a = x * 3, f = a + a: x.grad is 6. Print how many tensors your order has: a, x, 3 and f are 4.",
    "Each tensor stands in the order once, however many use it, so that each wire is walked once.",
)
class _(Tensor):
    def backward(self):
        start(self)
        order = []

        def visit(tensor):
            for source, _ in tensor.wires:
                visit(source)
            order.append(tensor)

        visit(self)
        for tensor in order[::-1]:
            for source, pull in tensor.wires:
                source.grad = source.grad + pull(tensor.grad)


@walking.mistake(
    "first-grad-without-a-shape",
    "f may have the shape (1, 1). Which shape has what you put into f.grad?",
    "f = Tensor([[3.0]]) * 2; f.backward(); print(f.grad): [[1.]], with two pairs of brackets.",
    "f.grad has f's shape: ones of it.",
)
class _(Tensor):
    def backward(self):
        order = start(self)
        self.grad = np.ones(())
        for tensor in order:
            for source, pull in tensor.wires:
                source.grad = source.grad + pull(tensor.grad)


@walking.mistake(
    "refused-by-its-shape",
    "Which tensors does your walk refuse: those of several entries, or all whose shape is not ()?",
    "Tensor([[3.0]]).shape is (1, 1). How many entries has it, and what does its backward do?",
    "One entry in whatever shape, (), (1,) or (1, 1), has a gradient.",
)
class _(Tensor):
    def backward(self):
        if self.shape:
            raise ValueError("one entry is wanted")
        super().backward()
