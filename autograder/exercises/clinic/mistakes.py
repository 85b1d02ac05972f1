"""11-clinic: known mistakes. The patient handed back as it came in, mends that go wrong, and all that was known before."""

from itertools import product

import numpy as np

from autograder.exercise import Exercise
from autograder.exercises import neuron, relu  # noqa: F401  registers what is inherited below
from autograder.exercises.clinic.cases import (
    EXERCISES,
    WELL,
    mended_dense_backward,
    mended_neuron_backward,
    mended_relu_backward,
    mended_sigmoid_neuron_backward,
    mended_softmax_cross_entropy_backward,
)
from autograder.exercises.clinic.patients import BROKEN
from autograder.reference import clinic as reference

SAME_AS_THE_PATIENT = {
    "mended_dense_backward": "dweights-product-of-sums",
    "mended_neuron_backward": "bias-for-its-slope",
    "mended_softmax_cross_entropy_backward": "probabilities-spoiled",
    "mended_sigmoid_neuron_backward": "rounded-on-the-way",
    "mended_relu_backward": "integer-mask",
}


def as_it_came_in(exercise: Exercise, *hints: str, catalogue=()):
    """The patient itself, unmended."""
    register = exercise.mistake("as-it-came-in", *hints, catalogue=catalogue)
    register(BROKEN[exercise.name])
    return register


def inherit(exercise: Exercise) -> None:
    """Whatever people got wrong when they first wrote this function, they can get wrong again."""
    well = WELL[exercise.name]
    for known in well.mistakes:
        if known.name != SAME_AS_THE_PATIENT[exercise.name]:
            hints = (hint.replace(well.name, exercise.name) for hint in known.hints)
            exercise.mistake(known.name, *hints, catalogue=known.catalogue)(known.answer)


as_it_came_in(
    mended_dense_backward,
    "One gradient of three is still ill, and only when there are several samples. What does a sum over samples add up?",
    "One input, one neuron, two samples: inputs 1 and -1, upstreams 1 and -1. Each sample says +1, so 2. What do the two "
    "sums say?",
    "dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j]: first each sample's product, then the sum.",
    catalogue=46,
)


@mended_dense_backward.mistake(
    "product-of-means",
    "Dividing makes it smaller. Does it make it a sum of products?",
    "One input, one neuron, two samples: inputs 1 and -1, upstreams 1 and -1. Each sample says +1, so 2. Yours is 0.",
    "dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j]; no 1/N, that is paid in the loss.",
    catalogue=(38, 46),
)
def _(dvalues, inputs, weights):
    dinputs, _, dbiases = reference.mended_dense_backward(dvalues, inputs, weights)
    return dinputs, np.outer(inputs.sum(axis=0), dvalues.sum(axis=0)) / len(inputs), dbiases


as_it_came_in(
    mended_neuron_backward,
    "dx and dw are well. What does db follow when you change the bias, and should it?",
    "x . w = 5 and dvalue = -2. Take b = 0.5 (z = 5.5) and then b = 4 (z = 9): both times z rises by 0.01 when b does.",
    "dz/db = 1, since b is added as it is: what reaches z goes on to b unchanged.",
    catalogue=1,
)

slope_alone = mended_neuron_backward.mistake(
    "slope-without-the-upstream",
    "1 is the slope of the sum along b. What has to travel back to b along it?",
    "x . w = 5, b = 0.5, and dvalue = -2: raise b by 0.01. The output rises by 0.01, the final number falls by 0.02.",
    "db = upstream times ReLU's slope times 1.",
    catalogue=2,
)


@slope_alone
def _(dvalue, x, w, z):
    dx, dw, _ = reference.mended_neuron_backward(dvalue, x, w, z)
    return dx, dw, 1.0


@slope_alone
def _(dvalue, x, w, z):
    dx, dw, _ = reference.mended_neuron_backward(dvalue, x, w, z)
    return dx, dw, float(z > 0)


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


still_the_callers = as_it_came_in(
    mended_softmax_cross_entropy_backward,
    "The first call gives the right numbers. What is left of p after it?",
    "p = [[0.5, 0.5]] and t = [0]: call it twice, and print p each time. It starts as probabilities.",
    "A second name is not a second array. Subtract the target from an array of your own.",
    catalogue=62,
)


@still_the_callers
def _(p, t):
    return BROKEN["mended_softmax_cross_entropy_backward"](p[:], t)  # a slice is a view


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


as_it_came_in(
    mended_relu_backward,
    "Which arrays has it been right for, and what kind of numbers did they hold?",
    "Try z = np.array([[3, -2]]) with dvalues = np.array([[0.5, 0.5]]), and print the dtype of the mask.",
    "zeros_like copies z's dtype, too, and `*=` cannot put fractions into an array of whole numbers: the mask must be of "
    "floats, or the product a new array.",
    catalogue=20,
)

for one in EXERCISES:
    inherit(one)
