"""08-network: known mistakes of `ReLU`, the layer."""

import numpy as np

from autograder.exercises.network.cases import ReLU
from autograder.exercises.network.inputs_not_kept import kept_under_another_name, not_kept_at_all
from autograder.exercises.network.other_courses import declare_habits
from autograder.reference.network import ReLU as Right


def gradient(rule):
    """A mistake in the backward pass alone: what dinputs is, from (inputs, dvalues)."""

    class Changed(Right):
        def backward(self, dvalues):
            self.dinputs = rule(self.inputs, dvalues)
            return self.dinputs

    return Changed


ReLU.mistake(
    "gate-on-upstream",
    "Who was clipped in the forward pass: the upstream gradient, or the inputs?",
    "Try forward on [[2., -2.]], backward on [[-7., 7.]]. Which of the two was on?",
    "dinputs = dvalues [inputs > 0]: the square bracket asks about the inputs.",
)(gradient(lambda x, g: g * (g > 0)))

ReLU.mistake(
    "upstream-clipped",
    "The gates are right. What happens to a negative gradient at an open one?",
    "Try forward on [[2.]], backward on [[-7.]]: the entry was on.",
    "dinputs = dvalues [inputs > 0]: a gate does not ask for the sign of what passes.",
)(gradient(lambda x, g: np.maximum(0, g) * (x > 0)))

ReLU.mistake(
    "gate-open-at-zero",
    "Which of your gates are open where the input is 0, and what does the course's convention say there?",
    "Try forward on [[0.]], backward on [[5.]]. ReLU'(0) = 0.",
    "The gate is [inputs > 0], and 0 is not greater than 0.",
)(gradient(lambda x, g: g * (x >= 0)))

ReLU.mistake(
    "times-the-inputs",
    "You multiply by the inputs. Does the chain rule ask for the value, or for the slope?",
    "Try forward on [[3.]], backward on [[-7.]]: moving the input by 0.01 moves the output by 0.01.",
    "Upstream times slope, and the slope of ReLU is 1 or 0.",
)(gradient(lambda x, g: g * np.maximum(0, x)))

ReLU.mistake(
    "mask-only",
    "You return ReLU's own slope. Where has the upstream gradient gone?",
    "Try forward on [[2.]], backward on [[-7.]] and on [[3.]]: the answers must differ.",
    "Upstream times slope; the mask is only the slope.",
)(gradient(lambda x, g: (x > 0) * 1.0))

ReLU.mistake(
    "slope-dropped",
    "Which node did you skip? The upstream comes out as it went in.",
    "Try forward on [[-3.]], backward on [[4.]]: the entry was off.",
    "dinputs = dvalues [inputs > 0]: where the input is not above 0, nothing passes.",
)(gradient(lambda x, g: g * 1.0))


@ReLU.mistake(
    "integer-mask",
    "What dtype is your mask when the inputs are whole numbers?",
    "Try m = np.zeros_like(np.array([3, -2])); m.dtype; then m *= 0.5.",
    "zeros_like takes the dtype too, and `*=` cannot put fractions into whole numbers: make the product a new array.",
)
class _(Right):
    def backward(self, dvalues):
        self.dinputs = np.zeros_like(self.inputs)
        self.dinputs[self.inputs > 0] = 1
        self.dinputs *= dvalues
        return self.dinputs


@ReLU.mistake(
    "integer-buffer",
    "What dtype has the array you write the result into, when the inputs are whole numbers?",
    "Try out = np.zeros_like(np.array([3, -2])); out[0] = -2.75; then print out.",
    "An assignment into an integer array cuts off everything behind the point and says nothing. Gradients are float64.",
)
class _(Right):
    def backward(self, dvalues):
        self.dinputs = np.zeros_like(self.inputs)
        self.dinputs[self.inputs > 0] = dvalues[self.inputs > 0]
        return self.dinputs


@ReLU.mistake(
    "mask-over-the-memory",
    "The gradient is right. What does the layer remember of its inputs now?",
    "Call forward on x = np.array([[2., -3.]]), then backward, and print x: whose memory did you write into?",
    "What forward kept is the caller's array. Make the mask a new one.",
)
class _(Right):
    def backward(self, dvalues):
        self.inputs[self.inputs <= 0] = 0
        self.inputs[self.inputs > 0] = 1
        self.dinputs = dvalues * self.inputs
        return self.dinputs


@ReLU.mistake(
    "changes-the-inputs",
    "The outputs are right. What does the array of whoever called you look like now?",
    "Try x = np.array([[1., -2.]]); call forward on it; then print x. The layer before still needs that -2.",
    "Writing inputs[...] = ... changes the caller's array. Build a new one.",
)
class _(Right):
    def forward(self, inputs):
        self.inputs = inputs
        inputs[inputs < 0] = 0
        return inputs


@ReLU.mistake(
    "changes-the-callers-dvalues",
    "The result is right. Whose memory is dvalues?",
    "Try g = np.array([[-7., 4.]]); call forward on [[2., -3.]], backward on g; then print g.",
    "Writing into dvalues changes the caller's array. Work on a copy, or build a new array.",
)
class _(Right):
    def backward(self, dvalues):
        dvalues[self.inputs <= 0] = 0
        self.dinputs = dvalues
        return dvalues


@ReLU.mistake(
    "output-remembered",
    "The gates come out right, since the output is above 0 where the input is. But what should layer.inputs hold?",
    "Call forward on [[-3., 2.]] and print layer.inputs: the -3 should still be there.",
    "forward keeps its argument, as every layer of the course does.",
)
class _(Right):
    def forward(self, inputs):
        self.inputs = super().forward(inputs)
        return self.inputs


not_kept = ReLU.mistake(
    "inputs-not-kept",
    "After `forward`, your layer has no attribute `inputs`. The gate alone may do for backward, but who else asks?",
    "Call forward, then print layer.inputs: the exercise asks for them under this name.",
    "forward keeps its argument as inputs, as every layer of the course does; what else it keeps is its own affair.",
)


not_kept(kept_under_another_name(Right))
not_kept(not_kept_at_all(Right))


@ReLU.mistake(
    "first-inputs-kept",
    "forward is called a second time, with other inputs. Which ones does backward then use?",
    "Call forward on [[1.]], then on [[-5.]], and print layer.inputs.",
    "Every forward pass replaces what the layer remembers.",
)
class _(Right):
    def forward(self, inputs):
        outputs = super().forward(inputs)
        self.first = getattr(self, "first", inputs)
        self.inputs = self.first
        return outputs


@ReLU.mistake(
    "memory-shared-by-all-layers",
    "Two ReLUs are at work in turn. Where do you keep the inputs: with this one, or where all of them write?",
    "Build a and b, call a.forward on [[1.]] and b.forward on [[-5.]], then print a.inputs.",
    "What is remembered belongs to self. A global name or one of the class is the same for every layer.",
)
class _(Right):
    seen = None

    @property
    def inputs(self):
        return type(self).seen

    @inputs.setter
    def inputs(self, value):
        type(self).seen = value


@ReLU.mistake(
    "gradients-pile-up",
    "backward is called a second time. Is the second dinputs its own, or the sum of both?",
    "Call forward once and backward twice with the same dvalues, and print dinputs after each.",
    "backward sets dinputs anew each time; nothing is left of an earlier call.",
)
class _(Right):
    def backward(self, dvalues):
        before = getattr(self, "dinputs", 0)
        self.dinputs = before + super().backward(dvalues)
        return self.dinputs


@ReLU.mistake(
    "dinputs-not-kept",
    "After `backward`, your layer has no attribute `dinputs`. Under which name do you keep it, or not at all?",
    "Call backward, then print layer.dinputs: it should be what backward returned.",
    "dinputs becomes an attribute of self and is returned as well.",
)
class _(Right):
    def backward(self, dvalues):
        dinputs = super().backward(dvalues)
        del self.dinputs
        return dinputs


@ReLU.mistake(
    "returns-nothing",
    "What does the layer before this one get as its upstream gradient?",
    "Print layer.backward(dvalues): None cannot travel on.",
    "backward sets self.dinputs and returns it as well.",
)
class _(Right):
    def backward(self, dvalues):
        super().backward(dvalues)


@ReLU.mistake(
    "column-maxima",
    "Your outputs have lost an axis. Did you want the largest entry of each column?",
    "Try np.max([[1, -2], [3, -4]], 0): the 0 is read as an axis, not as a number to compare with.",
    "max finds the largest entry of one array; the larger of two, entry by entry, is another function.",
)
class _(Right):
    def forward(self, inputs):
        self.inputs = inputs
        return np.max(inputs, 0)


declare_habits(ReLU, Right)
