"""12-autograd: known mistakes of `Value.again`: what shows when backward is called more than once."""

from typing import ClassVar

from autograder.exercises.autograd.basis import declare_wrong_basis
from autograder.exercises.autograd.cases import again
from autograder.exercises.autograd.walks import paid, users_first, walking
from autograder.reference.autograd import Value

again.mistake(
    "nobody-zeroes",
    "You call backward a second time. What is left in the grads from the first?",
    "x = 3, a = 2x, f = 5a. f.backward() twice: 10, then 30? Print a.grad, too.",
    "Before the first message every grad that can be reached is 0, and that of f is 1.",
)(walking(users_first, reset=False)(paid))


@again.mistake(
    "the-inputs-are-not-zeroed",
    "Which values start at 0 in your walk? Are x, y and z among them?",
    "x = 3, a = 2x, f = 5a. f.backward() twice: 10, then 20?",
    "Every value that can be reached starts at 0, also those that are made of no others.",
)
class _(Value):
    def backward(self):
        kept = {value: value.grad for value in self.sources_first() if not value.wires}
        super().backward()
        for value, before in kept.items():
            value.grad += before


@again.mistake(
    "only-the-inputs-are-zeroed",
    "x, y and z start at 0. And what stands between them and f?",
    "x = 3, a = 2x, f = 5a. After f.backward() twice print a.grad: 5, then 10?",
    "Every value that can be reached starts at 0, also the intermediate ones.",
)
class _(Value):
    def backward(self):
        kept = {value: value.grad for value in self.sources_first() if value.wires}
        for value in self.sources_first():
            value.grad = kept.get(value, 0.0)
        self.grad = 1.0
        for value in users_first(self):
            for source, slope in value.wires:
                source.grad += slope * value.grad


@again.mistake(
    "the-one-is-added-at-the-start",
    "What is f.grad before the second walk begins? And what do you make of it?",
    "x = 3, f = 5x. Print f.grad after f.backward(), and after a second f.backward(): 1, then 2?",
    "df/df = 1, each time: f starts at 1, whatever it was before.",
)
class _(Value):
    def backward(self):
        order = users_first(self)
        for value in order[1:]:
            value.grad = 0.0
        self.grad += 1.0
        for value in order:
            for source, slope in value.wires:
                source.grad += slope * value.grad


@again.mistake(
    "the-graph-is-thrown-away",
    "After the first walk, does f still know what it was made of?",
    "x = 3, f = 5x. f.backward() twice: x.grad is 5, then 0?",
    "backward reads the wires and changes grads only. The wires stay.",
)
class _(Value):
    def backward(self):
        order = self.sources_first()
        super().backward()
        for value in order:
            value.wires = ()


@again.mistake(
    "only-the-first-call-counts",
    'You skip values that have been done before. Is "done" true for a second walk, or for one that starts at g?',
    "x = 3, f = 5x, g = 2x. f.backward(), then g.backward(): x.grad is 5, then 2. Is yours still 5?",
    "What has been met belongs to one walk: begin each backward with nothing met and all grads 0.",
)
class _(Value):
    done = False

    def backward(self):
        order = [value for value in self.sources_first() if not value.done]
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(order):
            value.done = True
            for source, slope in value.wires:
                source.grad += slope * value.grad if source in order else 0.0


class Outliving(Value):
    """Values whose search for an order finds what was noted in a walk before, in `noted`, which all of them share."""

    def note_down(self, value):
        if value not in self.noted:
            self.noted[value] = True
            for source, _ in value.wires:
                self.note_down(source)
            self.order.append(value)


@again.mistake(
    "met-in-another-walk",
    "You skip values that have been met. Met in this walk, or in one before?",
    "x = 3, f = 5x. f.backward(), then print what is in your set before the second f.backward() begins. Is it empty?",
    "What has been met belongs to one walk: each backward begins with nothing met and all grads 0.",
)
class _(Outliving):
    noted: ClassVar = {}

    def backward(self):
        self.order = []
        self.note_down(self)
        for value in self.order:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(self.order):
            for source, slope in value.wires:
                source.grad += slope * value.grad


@again.mistake(
    "the-list-outlives-the-call",
    "Your list of values: is it empty when a walk begins? A default such as `order=[]` is made once, with the function.",
    "x = 3, f = 5x, y = 2, g = 4y. f.backward(), then g.backward(): x.grad stays 5, as g is not made of x. Is yours 0?",
    "backward touches what f was made of and nothing else, so each walk makes a list of its own.",
)
class _(Outliving):
    noted: ClassVar = {}
    order: ClassVar = []

    def backward(self):
        self.note_down(self)
        for value in self.order:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(self.order):
            for source, slope in value.wires:
                source.grad += slope * value.grad


declare_wrong_basis(again)
