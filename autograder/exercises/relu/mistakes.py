"""07-relu: known mistakes in `relu_forward`, `relu_backward` and `exposing_case`."""

import numpy as np

from autograder.exercises.relu.cases import exposing_case, relu_backward, relu_forward

# ---------------------------------------------------------------- forward


@relu_forward.mistake(
    "one-test-for-a-whole-array",
    "`if` and Python's own `max` want one yes or no. How many does an array of z give?",
    "Try np.array([2., -3.]) > 0: two answers. Which of them should `if` believe?",
    "a = max(0, z) is meant entry by entry: numpy has a maximum that compares entry with entry.",
    catalogue=24,
)
def _(z):
    return max(0, z)


@relu_forward.mistake(
    "column-maxima",
    "Your result is one row shorter in its shape than z. Did you want the largest of each column?",
    "Try np.max([[1, -2], [3, -4]], 0): the 0 is read as an axis, not as a number to compare with.",
    "max finds the largest entry of one array; the larger of two arrays, entry by entry, is another function.",
)
def _(z):
    return np.max(z, 0)


@relu_forward.mistake(
    "slope-for-value",
    "You return 1 where the neuron is on. Is that what the neuron says, or how steep it is?",
    "Try z = 2.5: the neuron passes 2.5 on.",
    "a = max(0, z) is a value; [z > 0] is its slope, and the slope is for the way back.",
    catalogue=18,
)
def _(z):
    return (z > 0).astype(np.float64)


@relu_forward.mistake(
    "changes-z",
    "The result is right. What does the z of whoever called you look like now?",
    "Try z = np.array([[1., -2.]]); relu_forward(z); then print z. The backward pass needs that -2.",
    "Writing z[...] = ... changes the caller's array. Work on a copy, or build a new array.",
    catalogue=22,
)
def _(z):
    z[z < 0] = 0
    return z


@relu_forward.mistake(
    "absolute-value",
    "What should a neuron say whose z is below 0?",
    "Try z = -3: ReLU says 0, and you say 3.",
    "max(0, z) is z above 0 and 0 below; abs(z) is z above and -z below.",
)
def _(z):
    return np.abs(z)


@relu_forward.mistake(
    "keeps-the-wrong-half",
    "Which half of the numbers does ReLU keep?",
    "Try z = 2 and z = -3: ReLU says 2 and 0.",
    "max(0, z), the larger of the two: positive z stays as it is.",
)
def _(z):
    return np.minimum(0, z)


@relu_forward.mistake(
    "open-entries-only",
    "Where have the closed entries gone? The next layer expects one number from every neuron.",
    "Try z = [[1, -2], [3, 4]], shape (2, 2): four numbers went in.",
    "A closed entry becomes 0 and keeps its place: the result has z's shape.",
)
def _(z):
    return z[z > 0]


@relu_forward.mistake(
    "clipped-at-one",
    "ReLU has a floor at 0. Has it a ceiling?",
    "Try z = 5: ReLU says 5.",
    "max(0, z) has no upper end; a curve that flattens at 1 belongs to other activations.",
)
def _(z):
    return np.clip(z, 0, 1)


@relu_forward.mistake(
    "leaky",
    "Below 0 you let a little through. Does ReLU?",
    "Try z = -3: ReLU says exactly 0.",
    "max(0, z): a small slope below 0 is another activation, the leaky ReLU.",
)
def _(z):
    return np.where(z > 0, z, 0.01 * z)


# ---------------------------------------------------------------- backward


@relu_backward.mistake(
    "gate-on-upstream",
    "Who was clipped in the forward pass: the upstream gradient, or z?",
    "Try z = 2 with dvalues = -7, then z = -2 with dvalues = 7. Which neuron was on?",
    "dz = dvalues [z > 0]: the square bracket asks about z, never about dvalues.",
    catalogue=15,
)
def _(dvalues, z):
    return dvalues * (dvalues > 0)


@relu_backward.mistake(
    "upstream-clipped",
    "The gates are right. What happens to a negative gradient at an open one?",
    "Try z = 2 with dvalues = -7: the neuron was on.",
    "dz = dvalues [z > 0]: the gate lets a number through or not, and does not ask for its sign.",
    catalogue=16,
)
def _(dvalues, z):
    return np.maximum(0, dvalues) * (z > 0)


@relu_backward.mistake(
    "gate-open-at-zero",
    "Which of your gates are open at z = 0, and what does the course's convention say there?",
    "Try z = 0 with dvalues = 5. ReLU'(0) = 0.",
    "The gate is [z > 0], and 0 is not greater than 0.",
    catalogue=17,
)
def _(dvalues, z):
    return dvalues * (z >= 0)


@relu_backward.mistake(
    "half-open-at-zero",
    "At z = 0 you pass on half of the upstream. Where does the half come from?",
    "Try z = 0 with dvalues = 4: a step right gives slope 4, a step left slope 0, and their mean is neither.",
    "A central nudge averages two slopes at a corner. The convention there is ReLU'(0) = 0.",
    catalogue=70,
)
def _(dvalues, z):
    return dvalues * np.heaviside(z, 0.5)


@relu_backward.mistake(
    "times-z",
    "You multiply by z. How steep is max(0, z) at z = 2? And at z = 3?",
    "Try z = 2 with dvalues = -7: moving z by 0.01 moves the output by 0.01.",
    "The chain rule wants upstream times slope, and the slope of ReLU is 1 or 0.",
    catalogue=18,
)
def _(dvalues, z):
    return dvalues * z


@relu_backward.mistake(
    "times-the-output",
    "You multiply by ReLU's output. Does the chain rule ask for the value, or for the slope?",
    "Try z = 2 with dvalues = -7: moving z by 0.01 moves the output by 0.01.",
    "The chain rule wants upstream times slope, and the slope of ReLU is 1 or 0.",
    catalogue=18,
)
def _(dvalues, z):
    return dvalues * np.maximum(0, z)


@relu_backward.mistake(
    "mask-only",
    "You return ReLU's own slope. Where has the upstream gradient gone?",
    "Try z = 2 with dvalues = -7 and with dvalues = 3: the answers must differ.",
    "The chain rule wants upstream times slope; the mask is only the slope.",
    catalogue=(2, 19),
)
def _(dvalues, z):
    return (z > 0).astype(np.float64)


@relu_backward.mistake(
    "answers-true-or-false",
    "You return which gates are open. What came through them?",
    "Try z = 2 with dvalues = -7: the answer is a number.",
    "The chain rule wants upstream times slope; the comparison is only the gate.",
    catalogue=19,
)
def _(dvalues, z):
    return z > 0


@relu_backward.mistake(
    "slope-dropped",
    "Which node did you skip? The upstream comes out as it went in.",
    "Try z = -3 with dvalues = 4: the neuron was off, so moving z a little moves nothing.",
    "dz = dvalues [z > 0]: where z is not above 0, nothing passes.",
    catalogue=11,
)
def _(dvalues, z):
    return dvalues * 1.0


@relu_backward.mistake(
    "forward-again",
    "You return what ReLU says of z. Which number travels on the way back?",
    "Try z = 2 with dvalues = -7 and with dvalues = 3: the answers must differ.",
    "dz = dvalues [z > 0]: z decides, and dvalues is what passes.",
    catalogue=10,
)
def _(dvalues, z):
    return np.maximum(0, z)


@relu_backward.mistake(
    "arguments-exchanged",
    "Which argument comes first: the upstream gradient, or what the forward pass saw?",
    "Try z = 2 with dvalues = -7: z asks to be compared with 0, dvalues asks to pass.",
    "relu_backward(dvalues, z): upstream first, and the gate is [z > 0].",
)
def _(dvalues, z):
    return np.where(dvalues > 0, z, 0.0)


@relu_backward.mistake(
    "gate-turned-round",
    "Your gate opens for the neurons that were off. Which ones fed the next layer?",
    "Try z = 2 with dvalues = -7, and z = -3 with dvalues = 4.",
    "The gate is open where z > 0.",
)
def _(dvalues, z):
    return dvalues * (z <= 0)


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
    "Try z = 2 with dvalues = -7: does the final number rise or fall with z?",
    "dz = dvalues [z > 0]: what passes, passes as it is.",
)
def _(dvalues, z):
    return np.abs(dvalues) * (z > 0)


@relu_backward.mistake(
    "open-entries-only",
    "Where have the closed entries gone? Each z wants a gradient of its own.",
    "Try z = [[1, -2], [3, 4]], shape (2, 2): four gradients are wanted.",
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
    catalogue=20,
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
    catalogue=20,
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
    catalogue=21,
)
def _(dvalues, z):
    dz = np.zeros_like(z)
    dz[z > 0] = dvalues[z > 0]
    return dz


@relu_backward.mistake(
    "changes-z",
    "The result is right. Print z before and after the call: whose memory did you write into?",
    "Try z = np.array([[2., -3.]]); relu_backward(np.array([[-7., 4.]]), z); then print z.",
    "The forward pass remembers z and others may need it. Make the mask a new array.",
    catalogue=22,
)
def _(dvalues, z):
    z[z <= 0] = 0
    z[z > 0] = 1
    return dvalues * z


@relu_backward.mistake(
    "changes-the-callers-dvalues",
    "The result is right. Whose memory is dvalues?",
    "Try g = np.array([[-7., 4.]]); relu_backward(g, np.array([[2., -3.]])); then print g.",
    "Writing into dvalues changes the caller's array. Work on a copy, or build a new array.",
    catalogue=23,
)
def _(dvalues, z):
    dvalues[z <= 0] = 0
    return dvalues


@relu_backward.mistake(
    "one-test-for-a-whole-array",
    "`if` wants one yes or no. How many does an array of z give?",
    "Try np.array([2., -3.]) > 0: two answers. Which of them should `if` believe?",
    "dz = dvalues [z > 0] is meant entry by entry: a comparison of arrays gives a whole mask to work with.",
    catalogue=24,
)
def _(dvalues, z):
    return dvalues if z > 0 else 0.0 * dvalues


# ---------------------------------------------------------------- a case that exposes


@exposing_case.mistake(
    "exposing-shapes-differ",
    "Which entry of z belongs to which entry of dvalues?",
    "Print dvalues.shape and z.shape: (1, 2) goes with (1, 2).",
    "z and its upstream gradient have one shape, (N, M).",
)
def _():
    return np.array([[-3.0]]), np.array([[2.0, 5.0]])


@exposing_case.mistake(
    "exposing-not-finite",
    "Can you tell what is wrong with a rule if the numbers are infinite, or no numbers at all?",
    "Print np.isfinite(dvalues) and np.isfinite(z): all should be True.",
    "Small plain numbers expose the rule; one entry is enough.",
)
def _():
    return np.array([[-np.inf]]), np.array([[2.0]])


@exposing_case.mistake(
    "exposing-upstream-never-negative",
    "When does np.maximum(0, dvalues) differ from dvalues? Is there such an entry in your dvalues (the first of the "
    "two)?",
    "np.maximum(0, 5) is 5, and np.maximum(0, -5) is 0: the rule changes only one of them.",
    "The rule differs from dz = dvalues [z > 0] only where dvalues < 0.",
    catalogue=16,
)
def _():
    return np.array([[1.0, 2.0]]), np.array([[3.0, -1.0]])


@exposing_case.mistake(
    "exposing-gate-closed-there",
    "A negative upstream is there. Is the gate open where it arrives?",
    "With z = -1 both rules give 0, whatever dvalues holds: nobody notices.",
    "The rules differ only where dvalues < 0 and z > 0 in the same entry.",
    catalogue=16,
)
def _():
    return np.array([[-3.0, 2.0]]), np.array([[-1.0, 4.0]])
