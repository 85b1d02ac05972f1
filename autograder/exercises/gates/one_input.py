"""02-gates: known mistakes of the gates with one input."""

import math

import numpy as np

from autograder.exercises.gates.cases import ExpGate, ReciprocalGate
from autograder.exercises.gates.make import (
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
from autograder.reference import gates as reference

exponential = gate(math.exp)
reciprocal = gate(lambda x: 1 / x)


@ExpGate.mistake(
    "slope-taken-as-x",
    "How steep is the curve of the exponential at x = 0? It is certainly not flat there, is it?",
    "x = 1.5: e**1.5 is 4.48 and e**1.51 is 4.53. Is the slope between them nearer to 1.5 or to 4.5?",
    "The slope of the exponential is its own output.",
    catalogue=8,
)
@exponential
def _(dvalue, x, out):
    return dvalue * x


@ExpGate.mistake(
    "power-rule",
    "The power rule is for x**3, where x stands below. Where does x stand in e**x?",
    "x = 0: e**0 is 1 and e**0.01 is 1.01, so the slope there is about 1. What does your formula give at 0?",
    "The slope of the exponential is its own output: nothing comes down, nothing is lowered.",
    catalogue=8,
)
@exponential
def _(dvalue, x, out):
    return dvalue * x * math.exp(x - 1)


@ExpGate.mistake(
    "slope-left-out",
    "The upstream goes through your gate unchanged. Is the exponential's slope 1 everywhere?",
    "x = 1.5: e**1.5 is 4.48 and e**1.51 is 4.53. A nudge of 0.01 has grown.",
    "dx is the upstream times the gate's slope, and that slope is its own output.",
    catalogue=11,
)
@exponential
def _(dvalue, x, out):
    return dvalue


@ExpGate.mistake(
    "local-slope-only",
    "That is the exponential's own slope. Which number has come back to the gate from the right?",
    "Call backward(1.0) and backward(-2.0) after the same forward: may the results be equal?",
    "dx is the upstream times the gate's slope.",
    catalogue=2,
)
@exponential
def _(dvalue, x, out):
    return out


@ExpGate.mistake(
    "upstream-added",
    "Upstream and slope: how do rates along a path combine?",
    "x = 0, dvalue = -2.5: x rises by 0.01, the output by 0.01, the final number by -2.5 * 0.01.",
    "dx is the upstream times the gate's slope.",
    catalogue=3,
)
@exponential
def _(dvalue, x, out):
    return dvalue + out


@ExpGate.mistake(
    "exponential-of-the-output",
    "You have remembered a number. Is it the gate's input, or its output?",
    "x = 0: the output is 1, and so is the slope. Which number comes out of yours?",
    "The slope is e**x; if you kept the output, you have it already.",
    catalogue=10,
)
@exponential
def _(dvalue, x, out):
    return dvalue * math.exp(out)


@ExpGate.mistake(
    "sign-turned",
    "The exponential rises everywhere. Which sign has its slope?",
    "x = -2.5, dvalue = 3: x rises, the output rises, the final number rises.",
    "The slope is e**x, which is positive for every x. (The minus in e**-x is a gate of its own.)",
    catalogue=9,
)
@exponential
def _(dvalue, x, out):
    return -dvalue * out


@ExpGate.mistake(
    "divided-by-the-output",
    "Dividing by e**x is what a logarithm's gate would do. Does your gate climb or does it undo?",
    "x = 1.5: from 1.5 to 1.51 the output moves by 0.045. Is that more than 0.01 or less?",
    "The slope of the exponential is its own output: multiply by it.",
)
@exponential
def _(dvalue, x, out):
    return dvalue / out


@ExpGate.mistake(
    "output-squared",
    "Your product holds the output twice. For how many gates is its slope there?",
    "x = 1.5, dvalue = 1: from e**1.5 = 4.48 to e**1.51 = 4.53, on a way of 0.01. Is the slope nearer to 4.5 or to 20?",
    "The slope of the exponential is its own output, once. (The square belongs to 1/x.)",
)
@exponential
def _(dvalue, x, out):
    return dvalue * out * out


@ExpGate.mistake(
    "exponential-of-the-upstream",
    "Of which number do you take the exponential: of the one that went in on the way forward, or of the one that came back?",
    "x = 0, dvalue = -2.5: the output there is 1, and so is the slope. What is e**-2.5 the slope of?",
    "dx = dvalue * e**x: the upstream is a factor, and the slope belongs to the place x where the gate stands.",
)
@exponential
def _(dvalue, x, out):
    return np.exp(dvalue)


@ExpGate.mistake(
    "slope-at-the-upstream",
    "You multiply by a slope. At which place is it taken: at the gate's input, or at the number that came back?",
    "x = 0, dvalue = -2.5: the slope of e**x at 0 is 1, so -2.5 goes back.",
    "dx = dvalue * e**x: the slope belongs to the place x where the gate stands.",
)
@exponential
def _(dvalue, x, out):
    return dvalue * np.exp(dvalue)


declare_forgetful(ExpGate, math.exp, "gate.forward(-1.0)", "x out")
ExpGate.mistake("memory-shared-by-all-gates", *shared_memory_hints("a.forward(1.5), b.forward(3), a.backward(1)"))(
    with_shared_memory(reference.ExpGate)
)
ExpGate.mistake("adds-up-over-calls", *ADDING_UP_HINTS, catalogue=6)(adding_up(reference.ExpGate))

ExpGate.mistake("backward-uses-up-what-forward-kept", *using_up_hints("gate.forward(1.5)"))(using_up(reference.ExpGate))


@ExpGate.mistake("backward-overwrites-what-forward-kept", *overwriting_hints("gate.forward(1.5)"))
@overwriting(math.exp, lambda x, out: out)
def _(kept, dvalue):
    return kept * dvalue, kept * dvalue


@ExpGate.mistake("backward-overwrites-what-forward-kept", *overwriting_hints("gate.forward(1.5)"))
@overwriting(math.exp, lambda x, out: x)
def _(kept, dvalue):
    with np.errstate(over="ignore"):
        dx = dvalue * np.exp(kept)
    return dx, dx


@ReciprocalGate.mistake(
    "square-missing",
    "The power rule for x**-1: what does the exponent become?",
    "x = 4: 1/4 is 0.25 and 1/4.1 is 0.2439. The slope is about -0.06. Is that -1/4 or -1/16?",
    "d(x**-1)/dx = -x**-2.",
    catalogue=14,
)
@reciprocal
def _(dvalue, x, out):
    return -dvalue / x


@ReciprocalGate.mistake(
    "minus-missing",
    "When x grows, does 1/x grow or shrink?",
    "x = 4: 1/4 is 0.25 and 1/4.1 is 0.2439. Which way did it go?",
    "d(x**-1)/dx = -x**-2: the exponent comes down with its sign.",
    catalogue=14,
)
@reciprocal
def _(dvalue, x, out):
    return dvalue / x**2


@ReciprocalGate.mistake(
    "the-output-for-its-slope",
    "1/x is where the gate stands. How fast does it move?",
    "x = 4: 1/4 is 0.25 and 1/4.1 is 0.2439. Compare the slope, -0.0061 / 0.1, with 0.25.",
    "d(x**-1)/dx = -x**-2: a minus, and a square.",
    catalogue=(14, 18),
)
@reciprocal
def _(dvalue, x, out):
    return dvalue * out


@ReciprocalGate.mistake(
    "same-slope-everywhere",
    "Your result does not depend on x. Is 1/x equally steep everywhere?",
    "From x = 0.25 to 0.26, 1/x falls from 4 to 3.85; from 4 to 4.01 it falls by 0.0006.",
    "d(x**-1)/dx = -x**-2: from -1 the exponent goes down to -2, not up to 0.",
    catalogue=14,
)
@reciprocal
def _(dvalue, x, out):
    return -dvalue


@ReciprocalGate.mistake(
    "slope-left-out",
    "The upstream goes through your gate unchanged. Does 1/x move exactly as x does?",
    "x = 4, dvalue = -3: from x = 4 to 4.1, 1/x falls by 0.0061. That is far less than 0.1, and downward.",
    "dx is the upstream times -x**-2.",
    catalogue=11,
)
@reciprocal
def _(dvalue, x, out):
    return dvalue


@ReciprocalGate.mistake(
    "local-slope-only",
    "That is the gate's own slope. Which number has come back to it from the right?",
    "Call backward(1.0) and backward(-3.0) after the same forward: may the results be equal?",
    "dx is the upstream times -x**-2.",
    catalogue=2,
)
@reciprocal
def _(dvalue, x, out):
    return -1 / x**2


@ReciprocalGate.mistake(
    "upstream-added",
    "Upstream and slope: how do rates along a path combine?",
    "x = 4, dvalue = -3: from x = 4 to 4.1, 1/x falls by 0.0061, and the final number moves by -3 times that.",
    "dx is the upstream times -x**-2.",
    catalogue=3,
)
@reciprocal
def _(dvalue, x, out):
    return dvalue - 1 / x**2


@ReciprocalGate.mistake(
    "input-and-output-confused",
    "You have remembered a number. Is it the gate's input, or its output?",
    "x = 4: the output is 0.25 and the slope -1/16. Is that -1 over 0.25 squared, or -(0.25 squared)?",
    "The slope is -x**-2, which is minus the square of the output: multiply by it, do not divide.",
    catalogue=10,
)
@reciprocal
def _(dvalue, x, out):
    return -dvalue / out**2


@ReciprocalGate.mistake(
    "double-for-square",
    "2x and x squared agree at one number. Which of them do you want?",
    "x = 4: the slope of 1/x is -1/16. What does yours say?",
    "d(x**-1)/dx = -x**-2: x times x, not x times 2.",
    catalogue=14,
)
@reciprocal
def _(dvalue, x, out):
    return -dvalue / (2 * x)


@ReciprocalGate.mistake(
    "integral-for-derivative",
    "The logarithm is what 1/x is the slope of. Which of the two do you want: that, or the slope of 1/x?",
    "x = 4: the slope of 1/x is about -0.06. The logarithm of 4 is 1.39.",
    "d(x**-1)/dx = -x**-2.",
)
@reciprocal
def _(dvalue, x, out):
    return dvalue * math.log(abs(x))


@ReciprocalGate.mistake(
    "whole-number-reciprocal",
    "Some functions answer whole numbers with whole numbers. What is 1/4 as a whole number?",
    "np.reciprocal(4) is 0. Now try np.reciprocal(4.0), and 1 / 4.",
    "1/x is a fraction even if x is a whole number.",
    catalogue=64,
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
ReciprocalGate.mistake("adds-up-over-calls", *ADDING_UP_HINTS, catalogue=6)(adding_up(reference.ReciprocalGate))
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
