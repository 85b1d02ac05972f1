"""11-clinic: known mistakes of `mended_neuron_backward`."""

from autograder.exercises.clinic.cases import mended_neuron_backward
from autograder.exercises.clinic.mends import as_it_came_in, inherit
from autograder.exercises.neuron.mistakes.neuron_backward import neuron_backward
from autograder.reference import clinic as reference

as_it_came_in(
    mended_neuron_backward,
    "dx and dw are well. What does db follow when you change the bias, and should it?",
    "x . w = 5 and dvalue = -2. Take b = 0.5 (z = 5.5) and then b = 4 (z = 9): both times z rises by 0.01 when b does.",
    "dz/db = 1, since b is added as it is: what reaches z goes on to b unchanged.",
)


@mended_neuron_backward.mistake(
    "slope-without-the-upstream",
    "1 is the slope of the sum along b. What has to travel back to b along it?",
    "x . w = 5, b = 0.5, and dvalue = -2: raise b by 0.01. The output rises by 0.01, the final number falls by 0.02.",
    "db = upstream times ReLU's slope times 1.",
)
def _(dvalue, x, w, z):
    dx, dw, _ = reference.mended_neuron_backward(dvalue, x, w, z)
    return dx, dw, 1.0


@mended_neuron_backward.mistake(
    "the-rest-over-itself",
    "You make a 1 by dividing what is left of z by itself. And if nothing is left?",
    "Try x = [1.0], w = [2.0], z = 2.0: the bias is 0, and 0 / 0 is nan, or an error.",
    "dz/db = 1: a slope that is known needs no numbers to be computed from.",
)
def _(dvalue, x, w, z):
    dx, dw, db = reference.mended_neuron_backward(dvalue, x, w, z)
    rest = z
    for i in range(len(x)):
        rest = rest - x[i] * w[i]
    return dx, dw, db * (rest / rest)


@mended_neuron_backward.mistake(
    "the-bias-itself",
    "db comes out as the bias. Who asked how large the bias is, and where has the upstream gone?",
    "x . w = 5, b = 4, and dvalue = -2: raise b by 0.01. The final number falls by 0.02, so db is -2. Yours is 4.",
    "db = upstream times ReLU's slope times 1.",
)
def _(dvalue, x, w, z):
    dx, dw, _ = reference.mended_neuron_backward(dvalue, x, w, z)
    rest = z
    for i in range(len(x)):
        rest = rest - x[i] * w[i]
    return dx, dw, rest


inherit(mended_neuron_backward, neuron_backward, patient="bias-for-its-slope")
