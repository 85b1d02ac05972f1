"""11-clinic: known mistakes of `mended_sigmoid_neuron_backward`."""

from itertools import product

import numpy as np

from autograder.exercises.clinic.cases import mended_sigmoid_neuron_backward
from autograder.exercises.clinic.mends import as_it_came_in, inherit
from autograder.exercises.gates.mistakes.sigmoid_neuron_backward import sigmoid_neuron_backward
from autograder.reference import clinic as reference

still_the_patient = as_it_came_in(
    mended_sigmoid_neuron_backward,
    "Nearly right is not right. Where do the other digits go?",
    "Print your dx for w = [2, -3, -3], x = [-1, -2]: the nudge says 0.3932 and -0.5898.",
    "Each gate hands on its gradient with all its digits; only what is printed may be rounded.",
)


@mended_sigmoid_neuron_backward.mistake(
    "rounded-at-the-end",
    "On the way you keep all digits now. And in what you return?",
    "Try w = [2, -1.5, 1.5], x = [1.5, -1], so z = 6: the slope by w[2] is 0.0025. What is left of that in two decimals?",
    "A gradient is used in a step, and passed on to be multiplied again: it keeps its digits.",
)
def _(w, x):
    dw, dx = reference.mended_sigmoid_neuron_backward(w, x)
    return np.round(dw, 2), np.round(dx, 2)


@mended_sigmoid_neuron_backward.mistake(
    "rounded-early-only",
    "Some digits are still lost before the gradients are made. Is the forward part of your function rounded?",
    "w = [2, -3, -3], x = [-1, -2]: e to the -1 is 0.36788, and 1 more than that is not 1.37.",
    "Forward values are kept with all their digits as well: the slopes are computed from them.",
)
def _(w, x):
    e = round(float(np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2]))), 2)
    dz = e / round(1 + e, 2) ** 2
    return [dz * x[0], dz * x[1], dz], [dz * w[0], dz * w[1]]


some_left = mended_sigmoid_neuron_backward.mistake(
    "some-roundings-left",
    "Nearly 1, but not 1, is what own over nudged gives. At which gate are digits still lost?",
    "Search your code for `round`. For w = [2, -3, -3], x = [-1, -2] the gates hand back -0.5344, -0.5344, -0.1966 and "
    "0.1966, and dx is 0.3932 and -0.5898.",
    "Each gate hands on its gradient with all its digits, forward values included; only what is printed may be rounded.",
)


def rounded_at(e, below, dbelow, dminus_z, dw, dx):
    """The patient, rounding only where it is told to."""

    def answer(w, x):
        def two(wanted, value):
            return round(float(value), 2) if wanted else value

        up = two(e, np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2])))
        one_more = two(below, 1 + up)
        dz = -two(dminus_z, two(dbelow, -1 / one_more**2) * up)
        return [two(dw, dz * one) for one in (x[0], x[1], 1.0)], [two(dx, dz * one) for one in w[:2]]

    return answer


for forward, dbelow, dminus_z, last in product(((0, 0), (1, 0), (0, 1)), (0, 1), (0, 1), (0, 1)):
    if (dbelow, dminus_z) == (0, 0) and (last or forward == (1, 0) or forward == (0, 0)):
        continue  # right, or known by another name, or soon lost in what comes last
    # with both of the last two nearly everything comes out as in the patient: a different name would be a guess
    register = still_the_patient if dminus_z and last else some_left
    if (*forward, dbelow, dminus_z, last) != (1, 0, 1, 1, 1):
        register(rounded_at(*forward, dbelow, dminus_z, last, last))
some_left(rounded_at(0, 0, 0, 0, 1, 0))
some_left(rounded_at(0, 0, 0, 0, 0, 1))


more_digits = mended_sigmoid_neuron_backward.mistake(
    "more-digits-and-still-rounded",
    "How small may a gradient be before your rounding swallows it?",
    "Try z = 20: the slope of the sigmoid is about 0.000000002. What is left of it in your digits?",
    "No number of decimals is enough for all gradients: leave the rounding out.",
)


def rounded_to(digits):
    """The patient, with more decimals."""

    def answer(w, x):
        e = round(float(np.exp(-(w[0] * x[0] + w[1] * x[1] + w[2]))), digits)
        below = round(1 + e, digits)
        dz = -round(round(-1 / below**2, digits) * e, digits)
        return [round(dz * one, digits) for one in (x[0], x[1], 1.0)], [round(dz * one, digits) for one in w[:2]]

    return answer


for digits in (3, 4, 6):
    more_digits(rounded_to(digits))


inherit(mended_sigmoid_neuron_backward, sigmoid_neuron_backward, patient="rounded-on-the-way")
