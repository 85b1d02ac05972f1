"""03-neuron: known mistakes of `neuron_backward`.

The order matters where two of them agree in one of the three results: the likelier idea stands first.
"""

import numpy as np

from autograder.exercises.neuron.cases import neuron_backward


def gate(z):
    """What a student writes for ReLU's slope."""
    return 1.0 if z > 0 else 0.0


@neuron_backward.mistake(
    "relu-slope-dropped",
    "Walk back from y and name the nodes you pass. Is every one of them in your product?",
    "z = -2, dvalue = 2: turn any knob by 0.01. y is 0 before and after, so how much blame can it have?",
    "dy/dz = [z > 0], and every path from y back to x, w and b goes through it.",
)
def _(dvalue, x, w, z):
    return dvalue * w, dvalue * x, dvalue


@neuron_backward.mistake(
    "local-slopes-only",
    "x, w and 1 are slopes of z. Which two factors stand between z and the final number?",
    "dvalue = -2, z = 5.5: if y rises by 0.01 the final number falls by 0.02. Where is that 2 in your result?",
    "d final/dw[i] = dvalue * dy/dz * dz/dw[i].",
)
def _(dvalue, x, w, z):
    return 1.0 * w, 1.0 * x, 1.0


@neuron_backward.mistake(
    "mask-only",
    "You worked out whether the gradient passes. Which gradient is it that passes?",
    "The same call with dvalue = 1, then with dvalue = -2: may the results be equal?",
    "dz = dvalue * [z > 0]: the mask says whether, the upstream says how much.",
)
def _(dvalue, x, w, z):
    return gate(z) * w, gate(z) * x, gate(z)


upstream_added = neuron_backward.mistake(
    "upstream-added",
    "If y moves twice as far as w, and the final number five times as far as y: is that 2 + 5 or 2 * 5?",
    "dvalue = -2, z = 5.5, x[0] = 1: w[0] rises by 0.01, y rises by 0.01, and the final number changes by -2 * 0.01.",
    "Slopes along a path are multiplied: d final/dw[i] = dvalue * dy/dz * x[i].",
)


@upstream_added
def _(dvalue, x, w, z):
    return (dvalue + w) * gate(z), (dvalue + x) * gate(z), (dvalue + 1) * gate(z)


@upstream_added
def _(dvalue, x, w, z):
    return (dvalue + gate(z)) * w, (dvalue + gate(z)) * x, dvalue + gate(z)


@neuron_backward.mistake(
    "x-and-w-exchanged",
    "In the product x[0] * w[0], when only w[0] moves: which number decides how far the product moves?",
    "x[0] = 1, w[0] = -3: raise w[0] by 0.01 and compute the product again. Did it move by 0.01 or by -0.03? "
    "Or are both right, and did dw come first in `return`?",
    "d(x w)/dw = x and d(x w)/dx = w: a factor's slope is the other factor.",
)
def _(dvalue, x, w, z):
    return dvalue * gate(z) * x, dvalue * gate(z) * w, dvalue * gate(z)


@neuron_backward.mistake(
    "product-kept",
    "x[i] * w[i] is what travels forward. Going backward you want how fast it changes: is that the same number?",
    "x[0] = 1, w[0] = -3, z = 5.5, dvalue = -2: raise w[0] by 0.01. y rises by 0.01, whatever w[0] is.",
    "d(x w)/dw = x: the factor you differentiate by drops out.",
)
def _(dvalue, x, w, z):
    return dvalue * gate(z) * x * w, dvalue * gate(z) * x * w, dvalue * gate(z)


@neuron_backward.mistake(
    "bias-for-its-slope",
    "z = x . w + b. You raise b by 0.01. Does it matter for the rise of z how large b was?",
    "b = 0.5 gives z = 5.5 here, and b = 0.51 gives z = 5.51. By how much did z rise?",
    "dz/db = 1: b is added as it is, so db = dvalue * [z > 0].",
)
def _(dvalue, x, w, z):
    dz = dvalue * gate(z)
    return dz * w, dz * x, dz * (z - np.dot(x, w))


@neuron_backward.mistake(
    "bias-taken-for-a-constant",
    "A constant has slope 0 when something else moves. What moves here?",
    "z = 5.5 at b = 0.5 and z = 5.6 at b = 0.6. What is the slope of z against b?",
    "dz/db = 1, so db = dvalue * [z > 0].",
)
def _(dvalue, x, w, z):
    return dvalue * gate(z) * w, dvalue * gate(z) * x, 0.0


@neuron_backward.mistake(
    "gate-on-the-upstream",
    "ReLU clips numbers going forward. Was it dvalue that went through it, or z?",
    "dvalue = -2, z = 5.5: the neuron was on, so a nudge of b by 0.01 moves y by 0.01 and the final number by -0.02.",
    "dy/dz = [z > 0]. The sign of the upstream plays no part in it.",
)
def _(dvalue, x, w, z):
    dz = dvalue * (dvalue > 0)
    return dz * w, dz * x, dz


@neuron_backward.mistake(
    "upstream-clipped",
    "The output of a ReLU is never negative. May a gradient be?",
    "dvalue = -2, z = 5.5: raising b by 0.01 raises y by 0.01 and so lowers the final number by 0.02.",
    "dz = dvalue * [z > 0], whatever the sign of dvalue.",
)
def _(dvalue, x, w, z):
    dz = max(0.0, dvalue) * gate(z)
    return dz * w, dz * x, dz


@neuron_backward.mistake(
    "passes-at-zero",
    "z is exactly 0: the corner of ReLU. What does this course say its slope is there?",
    "Try z = 0.0 with dvalue = -2, and compare with your relu_derivative(0.0).",
    "The course takes ReLU'(0) = 0, so the condition is z > 0.",
)
def _(dvalue, x, w, z):
    dz = dvalue * (z >= 0)
    return dz * w, dz * x, dz


@neuron_backward.mistake(
    "half-at-zero",
    "A nudge to both sides of the corner gives one half. The course settles on one number for z = 0: which?",
    "Try z = 0.0 with dvalue = -2, and compare with your relu_derivative(0.0).",
    "The course takes ReLU'(0) = 0, so nothing passes at z = 0.",
)
def _(dvalue, x, w, z):
    dz = dvalue * float(np.heaviside(z, 0.5))
    return dz * w, dz * x, dz


@neuron_backward.mistake(
    "times-z",
    "z is how high the neuron stands. Is that also how steep ReLU is there?",
    "z = 5.5: raise z by 0.01 and y rises by 0.01. Did the 5.5 come into it?",
    "dy/dz = [z > 0]: 1 or 0, never z.",
)
def _(dvalue, x, w, z):
    return dvalue * z * w, dvalue * z * x, dvalue * z


@neuron_backward.mistake(
    "times-the-output",
    "Going backward you multiply by slopes. Is the output of ReLU its slope?",
    "z = 5.5, y = 5.5: raise z by 0.01 and y rises by 0.01, one for one.",
    "dy/dz = [z > 0]: 1 or 0, never y.",
)
def _(dvalue, x, w, z):
    dz = dvalue * max(0.0, z)
    return dz * w, dz * x, dz


@neuron_backward.mistake(
    "sign-of-z",
    "Below 0, does ReLU fall as z rises, or does it not move at all?",
    "y at z = -2 and y at z = -1.9: what is the slope between them?",
    "dy/dz = [z > 0]: 0 below zero, not -1.",
)
def _(dvalue, x, w, z):
    dz = dvalue * np.sign(z)
    return dz * w, dz * x, dz


@neuron_backward.mistake(
    "gate-on-the-weight",
    "Which number goes into the ReLU: a weight, or the sum?",
    "w[0] = -3, z = 5.5: the neuron is on. Nudge x[0] by 0.01 and z moves by -0.03; ReLU lets that through.",
    "One gate for the whole neuron: [z > 0], not [w > 0].",
)
def _(dvalue, x, w, z):
    return dvalue * (w > 0) * w, dvalue * (w > 0) * x, dvalue * gate(z)


@neuron_backward.mistake(
    "gate-on-each-product",
    "ReLU stands behind the sum. Does it ever see one product alone?",
    "x[0] * w[0] = -3, yet z = 5.5: nudge w[0] by 0.01 and see whether y moves.",
    "One gate for the whole neuron: [z > 0], not [x[i] w[i] > 0].",
)
def _(dvalue, x, w, z):
    return dvalue * (x * w > 0) * w, dvalue * (x * w > 0) * x, dvalue * gate(z)


@neuron_backward.mistake(
    "gate-without-bias",
    "What decides whether the neuron is on: x . w, or x . w + b?",
    "x . w = 5 and b = -7: z = -2 and y = 0. Nudge anything by 0.01: does y move?",
    "The gate is [z > 0], and z has the bias in it already.",
)
def _(dvalue, x, w, z):
    dz = dvalue * (np.dot(x, w) > 0)
    return dz * w, dz * x, dz


@neuron_backward.mistake(
    "bias-outside-relu",
    "Is it relu(x . w) + b or relu(x . w + b)? Only one of them can switch the bias off.",
    "x . w = 5 and b = -7: y = 0. Raise b to -6: does y move?",
    "y = max(0, x . w + b): the bias is inside, so db = dvalue * [z > 0] like the others.",
)
def _(dvalue, x, w, z):
    dz = dvalue * (np.dot(x, w) > 0)
    return dz * w, dz * x, dvalue


@neuron_backward.mistake(
    "bias-not-gated",
    "You gate what goes back to x and w. By which road does the blame reach b?",
    "z = -2, dvalue = 2: raise b by 0.01. y is 0 before and after.",
    "db = dvalue * [z > 0] * 1: the bias stands behind the same ReLU.",
)
def _(dvalue, x, w, z):
    return dvalue * gate(z) * w, dvalue * gate(z) * x, dvalue


@neuron_backward.mistake(
    "bias-sees-everything",
    "b is one knob with its own wire to the sum. Do the other wires come into its gradient?",
    "dvalue = -2, z = 5.5: raise b by 0.01. y rises by 0.01, whatever the inputs are.",
    "dz/db = 1, so db = dvalue * [z > 0]; the x[i] belong to dw.",
)
def _(dvalue, x, w, z):
    dz = dvalue * gate(z)
    return dz * w, dz * x, dz * np.sum(x)


@neuron_backward.mistake(
    "changes-x-and-w",
    "The numbers are right. What happened to the arrays x and w that came in?",
    "Try x = np.array([1., -2., 3.]); call your function with it and dvalue = -2; then look at x.",
    "`*=` writes into the caller's array. dx and dw are arrays of their own: dx[i] = dz w[i], dw[i] = dz x[i].",
)
def _(dvalue, x, w, z):
    dz = gate(z) * dvalue
    w *= dz
    x *= dz
    return w, x, dz


@neuron_backward.mistake(
    "integer-buffer",
    "An array made with zeros_like(x) has x's dtype. What if x holds whole numbers?",
    "buffer = np.zeros_like(np.array([3, -1])); buffer[0] = -2.5; now look at buffer.",
    "Gradients are float64 even where x and w are whole numbers: -0.5 * 5 is -2.5.",
)
def _(dvalue, x, w, z):
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for i in range(len(x)):
        dx[i], dw[i] = dvalue * gate(z) * w[i], dvalue * gate(z) * x[i]
    return dx, dw, dvalue * gate(z)


@neuron_backward.mistake(
    "written-for-three-inputs",
    "The lesson's neuron has three inputs. Does yours always?",
    "Try it with x = np.array([3., -1.]) and w = np.array([5., -3.]): two inputs.",
    "dx[i] = dz w[i] and dw[i] = dz x[i] for every i that there is.",
)
def _(dvalue, x, w, z):
    dz = dvalue * gate(z)
    return [dz * w[0], dz * w[1], dz * w[2]], [dz * x[0], dz * x[1], dz * x[2]], dz


@neuron_backward.mistake(
    "zeros-for-three-inputs",
    "When your neuron is off, how many zeros do you return? Does that follow from x and w?",
    "Try x = np.array([2., -1.]), w = np.array([0.5, -3.]), z = 0.0: two inputs, so dx and dw have shape (2,).",
    "dx has the shape of x and dw that of w, on or off: dx[i] = dw[i] = 0 for every i that there is.",
)
def _(dvalue, x, w, z):
    if z > 0:
        return dvalue * w, dvalue * x, dvalue
    return np.zeros(3), np.zeros(3), 0.0


@neuron_backward.mistake(
    "gate-on-x",
    "Which number went through the ReLU: each x by itself, or the sum z?",
    "x = [1, -2, 3], z = 6: the neuron is on. Is x[1] = -2 cut off from its gradient, then?",
    "One gate for all: dz = dvalue [z > 0]. Then dx[i] = dz w[i] and dw[i] = dz x[i].",
)
def _(dvalue, x, w, z):
    return dvalue * (x > 0) * w, dvalue * (x > 0) * x, dvalue * gate(z)


@neuron_backward.mistake(
    "db-times-z",
    "b is added as it is: when b rises by 0.01, how far does z move? Does the size of z come into it?",
    "dvalue = 1, z = 6: raise b by 0.01 and y goes from 6 to 6.01. So db is 1, not 6.",
    "db = dvalue [z > 0] * 1: the slope of the sum along b is 1.",
)
def _(dvalue, x, w, z):
    dz = dvalue * gate(z)
    return dz * w, dz * x, dz * z


@neuron_backward.mistake(
    "db-without-the-upstream",
    "1 is the slope of z along b. What has to travel back to b along it?",
    "dvalue = -2, z = 5.5: raise b by 0.01. y rises by 0.01, and the final number falls by 0.02.",
    "db = dvalue [z > 0] * 1.",
)
def _(dvalue, x, w, z):
    dz = dvalue * gate(z)
    return dz * w, dz * x, gate(z)
