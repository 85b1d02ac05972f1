"""07-relu: known mistakes of `relu_backward`."""

import numpy as np

from autograder.exercises.batch.hints import NEVER_WRITTEN
from autograder.exercises.relu.cases import relu_backward


@relu_backward.mistake(
    "gate-on-upstream",
    "Who was clipped in the forward pass: the upstream gradient, or z?",
    "Try z = -2 with dvalues = 7: was that neuron on?",
    "dz = dvalues [z > 0]: the square bracket asks about z, never about dvalues.",
)
def _(dvalues, z):
    return dvalues * (dvalues > 0)


@relu_backward.mistake(
    "upstream-clipped",
    "The gates are right. What happens to a negative gradient at an open one?",
    "Print np.maximum(0, dvalues) beside dvalues: which entries has it changed, and did z ask for that?",
    "dz = dvalues [z > 0]: the gate lets a number through or not, and does not ask for its sign.",
)
def _(dvalues, z):
    return np.maximum(0, dvalues) * (z > 0)


@relu_backward.mistake(
    "gate-open-at-zero",
    "Which of your gates are open at z = 0, and what does the course's convention say there?",
    "Try z = 0 with dvalues = 5. ReLU'(0) = 0.",
    "The gate is [z > 0], and 0 is not greater than 0.",
)
def _(dvalues, z):
    return dvalues * (z >= 0)


@relu_backward.mistake(
    "half-open-at-zero",
    "At z = 0 you pass on half of the upstream. Where does the half come from?",
    "Try z = 0 with dvalues = 4: a step right gives slope 4, a step left slope 0, and their mean is neither.",
    "A central nudge averages two slopes at a corner. The convention there is ReLU'(0) = 0.",
)
def _(dvalues, z):
    return dvalues * np.heaviside(z, 0.5)


@relu_backward.mistake(
    "times-z",
    "You multiply by z. How steep is max(0, z) at z = 2? And at z = 3?",
    "Try z = 3 with dvalues = 4: moving z by 0.01 moves the output by 0.01.",
    "The chain rule wants upstream times slope, and the slope of ReLU is 1 or 0.",
)
def _(dvalues, z):
    return dvalues * z


@relu_backward.mistake(
    "times-the-output",
    "You multiply by ReLU's output. Does the chain rule ask for the value, or for the slope?",
    "Try z = 3 with dvalues = 4: moving z by 0.01 moves the output by 0.01.",
    "The chain rule wants upstream times slope, and the slope of ReLU is 1 or 0.",
)
def _(dvalues, z):
    return dvalues * np.maximum(0, z)


@relu_backward.mistake(
    "mask-only",
    "You return ReLU's own slope. Where has the upstream gradient gone?",
    "Try z = 2 with dvalues = 5 and with dvalues = 3: the answers must differ.",
    "The chain rule wants upstream times slope; the mask is only the slope.",
)
def _(dvalues, z):
    return (z > 0).astype(np.float64)


compared = relu_backward.mistake(
    "answers-true-or-false",
    "Your result is the answer to a comparison. Which part did you mean to compare with 0, and what came through the"
    " open gates?",
    "Try z = 2 with dvalues = 5: 5 comes through. Then try 5 * 2 > 0 in a cell: Python multiplies before it compares.",
    "The chain rule wants upstream times slope; the comparison is only the gate, and it asks about z alone.",
)
compared(lambda dvalues, z: z > 0)
compared(lambda dvalues, z: dvalues * z > 0)  # the result cannot tell the two apart


@relu_backward.mistake(
    "slope-dropped",
    "Which node did you skip? The upstream comes out as it went in.",
    "Try z = -3 with dvalues = 4: the neuron was off, so moving z a little moves nothing.",
    "dz = dvalues [z > 0]: where z is not above 0, nothing passes.",
)
def _(dvalues, z):
    return dvalues * 1.0


@relu_backward.mistake(
    "forward-again",
    "You return what ReLU says of z. Which number travels on the way back?",
    "Try z = 2 with dvalues = 5 and with dvalues = 3: the answers must differ.",
    "dz = dvalues [z > 0]: z decides, and dvalues is what passes.",
)
def _(dvalues, z):
    return np.maximum(0, z)


@relu_backward.mistake(
    "arguments-exchanged",
    "Which argument comes first: the upstream gradient, or what the forward pass saw?",
    "Try z = 2 with dvalues = 5: z asks to be compared with 0, dvalues asks to pass, so 5 comes out.",
    "relu_backward(dvalues, z): upstream first, and the gate is [z > 0].",
)
def _(dvalues, z):
    return np.where(dvalues > 0, z, 0.0)


turned_round = relu_backward.mistake(
    "gate-turned-round",
    "Your gate opens for the neurons that were off. Which ones fed the next layer?",
    "Try z = 2 with dvalues = 5, and z = -3 with dvalues = 4.",
    "The gate is open where z > 0.",
)
turned_round(lambda dvalues, z: dvalues * (z <= 0))
turned_round(lambda dvalues, z: dvalues * (z < 0))


@relu_backward.mistake(
    "opens-late",
    "Your gate stays closed for z a little above 0. How steep is max(0, z) there?",
    "Try z = 0.000000001 with dvalues = 5: that neuron is on.",
    "The gate is [z > 0]: any z above 0, however small.",
)
def _(dvalues, z):
    return dvalues * (z > 1e-7)


@relu_backward.mistake(
    "sign-for-slope",
    "What is ReLU's slope below 0: -1, or something flatter?",
    "Try z = -3 with dvalues = 4: moving z a little moves max(0, z) not at all.",
    "The slope is 1 above 0 and 0 below. The sign of z is the slope of abs(z).",
)
def _(dvalues, z):
    return dvalues * np.sign(z)


@relu_backward.mistake(
    "size-without-sign",
    "The right gates are open. Why does a negative gradient come out positive?",
    "An upstream below 0 says that the final number falls when the output rises. Does it then rise when z rises from 2 "
    "to 2.01?",
    "dz = dvalues [z > 0]: what passes, passes as it is.",
)
def _(dvalues, z):
    return np.abs(dvalues) * (z > 0)


@relu_backward.mistake(
    "open-entries-only",
    "Where have the closed entries gone? Each z wants a gradient of its own.",
    "Try z = np.array([[1, -2], [3, 4]]), shape (2, 2): four gradients are wanted.",
    "A gradient has the shape of the thing it is for. A closed entry is 0 and keeps its place.",
)
def _(dvalues, z):
    return dvalues[z > 0]


@relu_backward.mistake(
    "integer-mask",
    "What dtype is your mask when z holds whole numbers?",
    "Try m = np.zeros_like(np.array([3, -2])); m.dtype; then m *= 0.5.",
    "zeros_like takes z's dtype too, and `*=` cannot put fractions into whole numbers: the mask must be float64, "
    "or the product a new array.",
)
def _(dvalues, z):
    mask = np.zeros_like(z)
    mask[z > 0] = 1
    mask *= dvalues
    return mask


@relu_backward.mistake(
    "boolean-mask-in-place",
    "What dtype has the result of a comparison, and can it hold a gradient?",
    "Try m = np.array([3., -2.]) > 0; m.dtype; then m *= 0.5.",
    "`*=` must fit its result into the old array, here of True and False. A product of its own is a new array.",
)
def _(dvalues, z):
    mask = z > 0
    mask *= dvalues
    return mask


@relu_backward.mistake(
    "integer-buffer",
    "What dtype has the array you write the result into, when z holds whole numbers?",
    "Try out = np.zeros_like(np.array([3, -2])); out[0] = -2.75; then print out.",
    "An assignment into an integer array cuts off everything behind the point and says nothing. Gradients are "
    "float64, whatever z is.",
)
def _(dvalues, z):
    dz = np.zeros_like(z)
    dz[z > 0] = dvalues[z > 0]
    return dz


@relu_backward.mistake(
    "changes-z",
    "The result is right. Print z before and after the call: whose memory did you write into?",
    "Try z = np.array([[2., -3.]]); relu_backward(np.array([[5., 4.]]), z); then print z.",
    "The forward pass remembers z and others may need it. Make the mask a new array.",
)
def _(dvalues, z):
    z[z <= 0] = 0
    z[z > 0] = 1
    return dvalues * z


@relu_backward.mistake(
    "changes-the-callers-dvalues",
    "The result is right. Whose memory is dvalues?",
    "Try g = np.array([[5., 4.]]); relu_backward(g, np.array([[2., -3.]])); then print g.",
    "Writing into dvalues changes the caller's array. Work on a copy, or build a new array.",
)
def _(dvalues, z):
    dvalues[z <= 0] = 0
    return dvalues


@relu_backward.mistake(
    "one-test-for-a-whole-array",
    "`if` wants one yes or no. How many does an array of z give?",
    "Try np.array([2., -3.]) > 0: two answers. Which of them should `if` believe?",
    "dz = dvalues [z > 0] is meant entry by entry: a comparison of arrays gives a whole mask to work with.",
)
def _(dvalues, z):
    return dvalues if z > 0 else 0.0 * dvalues


empty_backward = relu_backward.mistake(
    "np-empty-is-not-zeros",
    *NEVER_WRITTEN,
    "dz = dvalues [z > 0]: where the gate is closed the answer is 0, and that 0 has to be written too.",
)


@empty_backward
def _(dvalues, z):
    dz = np.empty(z.shape)
    dz[z > 0] = dvalues[z > 0]
    return dz


@empty_backward
def _(dvalues, z):
    dz = np.empty_like(dvalues)
    dz[z > 0] = dvalues[z > 0]
    return dz


@empty_backward
def _(dvalues, z):
    dz = np.empty_like(z)
    dz[z > 0] = dvalues[z > 0]
    return dz
