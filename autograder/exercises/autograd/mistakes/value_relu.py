"""12-autograd: known mistakes of `Value.relu`."""

from autograder.exercises.autograd.basis import declare_wrong_basis
from autograder.exercises.autograd.cases import relu
from autograder.reference.autograd import Value

declare_wrong_basis(relu)


@relu.mistake(
    "open-at-zero",
    "At exactly 0 no nudge can decide. What did the course agree on?",
    "x = 0, y = 4, f = (x * y).relu() * z: x.grad should be 0.",
    "ReLU's slope is [x > 0]: 0 at 0, as in lesson 03.",
)
class _(Value):
    def relu(self):
        return self.made(max(0.0, self.data), (self, 1.0 if self.data >= 0 else 0.0))


@relu.mistake(
    "relu-slope-dropped",
    "Below 0 ReLU is flat. What does your wire say there?",
    "Value(-6.0).relu() is 0, and with -5.99 it is 0 still. Which slope is that?",
    "Slope 1 if x > 0, else 0.",
)
class _(Value):
    def relu(self):
        return self.made(max(0.0, self.data), (self, 1.0))


@relu.mistake(
    "the-value-for-the-slope",
    "ReLU of 6 is 6. Is that also how fast it rises?",
    "Value(6.0).relu() is 6, and with 6.01 it is 6.01: it rises by as much as x.",
    "Slope 1 if x > 0, else 0: the slope, not the value.",
)
class _(Value):
    def relu(self):
        out = max(0.0, self.data)
        return self.made(out, (self, out))


@relu.mistake(
    "relu-forgets-its-source",
    "relu has the right data. Does the result know what it was made of?",
    "f = x.relu() with x = 6; f.backward(); print(x.grad). It should be 1. Is it 0?",
    "relu keeps one wire, to x, with slope 1 if x > 0, else 0.",
)
class _(Value):
    def relu(self):
        return self.made(max(0.0, self.data))


@relu.mistake(
    "what-is-off-stays-as-it-is",
    "Which number does ReLU send forward when x is below 0?",
    "Value(-6.0).relu() is 0. Is yours -6?",
    "max(0, x) going forward; slope 1 if x > 0, else 0.",
)
class _(Value):
    def relu(self):
        return self.made(self.data, (self, 1.0 if self.data > 0 else 0.0))


@relu.mistake(
    "a-leak-below-zero",
    "Is ReLU flat below 0, or only less steep?",
    "Value(-6.0).relu() is 0. Does yours send something else, or let something back?",
    "max(0, x) going forward; slope 1 if x > 0, else exactly 0.",
)
class _(Value):
    def relu(self):
        slope = 1.0 if self.data > 0 else 0.01
        return self.made(slope * self.data, (self, slope))


class Gated(Value):
    """Values that ask, when the gradient comes back, what to let through: `gate(upstream, out)`."""

    gate = None

    def relu(self):
        out = self.made(max(0.0, self.data), (self, 1.0))
        out.gated = True
        return out

    def backward(self):
        order = self.sources_first()
        for value in order:
            value.grad = 0.0
        self.grad = 1.0
        for value in reversed(order):
            passed = self.gate(value.grad, value.data) if hasattr(value, "gated") else value.grad
            for source, slope in value.wires:
                source.grad += slope * passed


@relu.mistake(
    "gate-on-the-upstream",
    "Who decides whether the gate is open: what comes back, or what went forward?",
    "x = 1.5, y = 4, z = -2.5, f = (x * y).relu() * z: the relu is on, so dx is -2.5 times 4.",
    "upstream times [x > 0]: the gate looks at x, and lets through whatever sign comes back.",
)
class _(Gated):
    def gate(self, upstream, out):
        return upstream if upstream > 0 else 0.0


@relu.mistake(
    "upstream-clipped",
    "The gate is open, and what comes back is negative. Does it get through?",
    "x = 1.5, y = 4, z = -2.5, f = (x * y).relu() * z: dx is -10. Is yours 0?",
    "upstream times [x > 0]: gradients may be negative.",
)
class _(Gated):
    def gate(self, upstream, out):
        return max(0.0, upstream) if out > 0 else 0.0


@relu.mistake(
    "relu-changes-its-input",
    "After y = x.relu(): what does x say?",
    "x = Value(-1.5); y = x.relu(); print(x.data, y is x). It should print -1.5 False.",
    "relu makes a new Value, with a wire to x; x stays what it is.",
)
class _(Value):
    def relu(self):
        self.data = max(0.0, self.data)
        return self


@relu.mistake(
    "x-itself-comes-back",
    "Above 0, relu says what x says. Is it the same Value, or a new one?",
    "x = Value(1.5); y = x.relu(); print(y is x). It should print False: x and y have a grad each.",
    "relu makes a new Value, with one wire to x: slope 1 if x > 0, else 0.",
)
class _(Value):
    def relu(self):
        return self if self.data > 0 else self.made(0.0, (self, 0.0))


@relu.mistake(
    "nothing-comes-back",
    "Your wire leads to x. What does it say where x is above 0? (At this moment every grad is 0: nobody has walked back yet.)",
    "f = x.relu() with x = 6: print f.wires. The slope should be 1. Is it 0?",
    "Slope 1 if x > 0, else 0: it is x.data that is compared with 0.",
)
class _(Value):
    def relu(self):
        return self.made(max(0.0, self.data), (self, 1.0 if self.grad > 0 else 0.0))
