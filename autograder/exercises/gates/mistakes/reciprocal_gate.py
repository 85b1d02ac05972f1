"""02-gates: known mistakes of `ReciprocalGate`."""

import math

import numpy as np

from autograder.exercises.gates.builders import (
    ADDING_UP_HINTS,
    adding_up,
    declare_forgetful,
    gate,
    overwriting,
    overwriting_hints,
    shared_memory_hints,
    using_up,
    using_up_hints,
    with_shared_memory,
)
from autograder.exercises.gates.cases import ReciprocalGate
from autograder.reference import gates as reference

reciprocal = gate(lambda x: 1 / x)


@ReciprocalGate.mistake(
    "square-missing",
    "The power rule for x**-1: what does the exponent become?",
    "x = 4: 1/4 is 0.25 and 1/4.1 is 0.2439. The slope is about -0.06. Is that -1/4 or -1/16?",
    "d(x**-1)/dx = -x**-2.",
)
@reciprocal
def _(dvalue, x, out):
    return -dvalue / x


@ReciprocalGate.mistake(
    "minus-missing",
    "When x grows, does 1/x grow or shrink?",
    "x = 4: 1/4 is 0.25 and 1/4.1 is 0.2439. Which way did it go?",
    "d(x**-1)/dx = -x**-2: the exponent comes down with its sign.",
)
@reciprocal
def _(dvalue, x, out):
    return dvalue / x**2


@ReciprocalGate.mistake(
    "the-output-for-its-slope",
    "1/x is where the gate stands. How fast does it move?",
    "x = 4: 1/4 is 0.25 and 1/4.1 is 0.2439. Compare the slope, -0.0061 / 0.1, with 0.25.",
    "d(x**-1)/dx = -x**-2: a minus, and a square.",
)
@reciprocal
def _(dvalue, x, out):
    return dvalue * out


@ReciprocalGate.mistake(
    "same-slope-everywhere",
    "Your result does not depend on x. Is 1/x equally steep everywhere?",
    "From x = 0.25 to 0.26, 1/x falls from 4 to 3.85; from 4 to 4.01 it falls by 0.0006.",
    "d(x**-1)/dx = -x**-2: from -1 the exponent goes down to -2, not up to 0.",
)
@reciprocal
def _(dvalue, x, out):
    return -dvalue


@ReciprocalGate.mistake(
    "slope-left-out",
    "The upstream goes through your gate unchanged. Does 1/x move exactly as x does?",
    "x = 4, dvalue = -3: from x = 4 to 4.1, 1/x falls by 0.0061. That is far less than 0.1, and downward.",
    "dx is the upstream times -x**-2.",
)
@reciprocal
def _(dvalue, x, out):
    return dvalue


@ReciprocalGate.mistake(
    "local-slope-only",
    "That is the gate's own slope. Which number has come back to it from the right?",
    "Call backward(1.0) and backward(-3.0) after the same forward: may the results be equal?",
    "dx is the upstream times -x**-2.",
)
@reciprocal
def _(dvalue, x, out):
    return -1 / x**2


@ReciprocalGate.mistake(
    "upstream-added",
    "Upstream and slope: how do rates along a path combine?",
    "x = 4, dvalue = -3: from x = 4 to 4.1, 1/x falls by 0.0061, and the final number moves by -3 times that.",
    "dx is the upstream times -x**-2.",
)
@reciprocal
def _(dvalue, x, out):
    return dvalue - 1 / x**2


@ReciprocalGate.mistake(
    "input-and-output-confused",
    "Far out 1/x is nearly flat. Does your slope shrink or grow with x? (Which number have you kept: input or output?)",
    "x = 4: the slope is -1/16, which is -1 over 4 squared, or -(0.25 squared). Is yours -16?",
    "The slope is -x**-2: divide by the square of the input, or multiply by the square of the output.",
)
@reciprocal
def _(dvalue, x, out):
    return -dvalue / out**2


@ReciprocalGate.mistake(
    "double-for-square",
    "2x and x squared agree at one number. Which of them do you want?",
    "x = 4: the slope of 1/x is -1/16. What does yours say?",
    "d(x**-1)/dx = -x**-2: x times x, not x times 2.",
)
@reciprocal
def _(dvalue, x, out):
    return -dvalue / (2 * x)


integral = ReciprocalGate.mistake(
    "integral-for-derivative",
    "The logarithm is what 1/x is the slope of. Which of the two do you want: that, or the slope of 1/x?",
    "x = 4: the slope of 1/x is about -0.06. The logarithm of 4 is 1.39.",
    "d(x**-1)/dx = -x**-2.",
)


@integral
@reciprocal
def _(dvalue, x, out):
    return dvalue * math.log(abs(x))


@integral
@reciprocal
def _(dvalue, x, out):
    with np.errstate(invalid="ignore"):  # NaN where x is negative, as a student's has it
        return dvalue * np.log(x)


@ReciprocalGate.mistake(
    "whole-number-reciprocal",
    "Some functions answer whole numbers with whole numbers. What is 1/4 as a whole number?",
    "np.reciprocal(4) is 0. Now try np.reciprocal(4.0), and 1 / 4.",
    "1/x is a fraction even if x is a whole number.",
)
class _:
    def forward(self, x):
        self.out = np.reciprocal(x)
        return self.out

    def backward(self, dvalue):
        return -dvalue * self.out**2


@ReciprocalGate.mistake(
    "slope-at-the-upstream",
    "At which place do you take the slope of 1/x: at the gate's input, or at the number that came back?",
    "x = 4: the slope is -1/16, whatever comes back. With dvalue = -3 there goes back -3 * -1/16 = 0.1875.",
    "dx is the upstream times -x**-2: the upstream is a factor, and the slope belongs to the place x.",
)
@reciprocal
def _(dvalue, x, out):
    return -1 / dvalue**2


declare_forgetful(ReciprocalGate, lambda x: 1 / x, "gate.forward(4.0)", "x out")
ReciprocalGate.mistake(
    "memory-shared-by-all-gates", *shared_memory_hints("a.forward(4), b.forward(10), a.backward(1)")
)(with_shared_memory(reference.ReciprocalGate))
ReciprocalGate.mistake("adds-up-over-calls", *ADDING_UP_HINTS)(adding_up(reference.ReciprocalGate))
ReciprocalGate.mistake("backward-uses-up-what-forward-kept", *using_up_hints("gate.forward(4.0)"))(
    using_up(reference.ReciprocalGate)
)

OVERWRITTEN = ("backward-overwrites-what-forward-kept", *overwriting_hints("gate.forward(4.0)"))


@ReciprocalGate.mistake(*OVERWRITTEN)
@overwriting(lambda x: 1 / x, lambda x, out: x)
def _(kept, dvalue):
    return dvalue / -(kept**2), -(kept**2)


@ReciprocalGate.mistake(*OVERWRITTEN)
@overwriting(lambda x: 1 / x, lambda x, out: out)
def _(kept, dvalue):
    return -dvalue * kept**2, -dvalue * kept**2


@ReciprocalGate.mistake(*OVERWRITTEN)
@overwriting(lambda x: 1 / x, lambda x, out: x)
def _(kept, dvalue):
    return -dvalue / kept**2, -dvalue / kept**2
