"""02-gates: known mistakes of `ExpGate`."""

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
from autograder.exercises.gates.cases import ExpGate
from autograder.reference import gates as reference

exponential = gate(math.exp)


@ExpGate.mistake(
    "slope-taken-as-x",
    "How steep is the curve of the exponential at x = 0? It is certainly not flat there, is it?",
    "x = 1.5: e**1.5 is 4.48 and e**1.51 is 4.53. Is the slope between them nearer to 1.5 or to 4.5?",
    "The slope of the exponential is its own output.",
)
@exponential
def _(dvalue, x, out):
    return dvalue * x


@ExpGate.mistake(
    "power-rule",
    "The power rule is for x**3, where x stands below. Where does x stand in e**x?",
    "x = 0: e**0 is 1 and e**0.01 is 1.01, so the slope there is about 1. What does your formula give at 0?",
    "The slope of the exponential is its own output: nothing comes down, nothing is lowered.",
)
@exponential
def _(dvalue, x, out):
    return dvalue * x * math.exp(x - 1)


@ExpGate.mistake(
    "slope-left-out",
    "The upstream goes through your gate unchanged. Is the exponential's slope 1 everywhere?",
    "x = 1.5: e**1.5 is 4.48 and e**1.51 is 4.53. A nudge of 0.01 has grown.",
    "dx is the upstream times the gate's slope, and that slope is its own output.",
)
@exponential
def _(dvalue, x, out):
    return dvalue


@ExpGate.mistake(
    "local-slope-only",
    "That is the exponential's own slope. Which number has come back to the gate from the right?",
    "Call backward(1.0) and backward(-2.0) after the same forward: may the results be equal?",
    "dx is the upstream times the gate's slope.",
)
@exponential
def _(dvalue, x, out):
    return out


@ExpGate.mistake(
    "upstream-added",
    "Upstream and slope: how do rates along a path combine?",
    "x = 0, dvalue = -2.5: x rises by 0.01, the output by 0.01, the final number by -2.5 * 0.01.",
    "dx is the upstream times the gate's slope.",
)
@exponential
def _(dvalue, x, out):
    return dvalue + out


@ExpGate.mistake(
    "exponential-of-the-output",
    "You have remembered a number. Is it the gate's input, or its output?",
    "x = 0: the output is 1, and so is the slope. Which number comes out of yours?",
    "The slope is e**x; if you kept the output, you have it already.",
)
@exponential
def _(dvalue, x, out):
    return dvalue * math.exp(out)


@ExpGate.mistake(
    "sign-turned",
    "The exponential rises everywhere. Which sign has its slope?",
    "x = -2.5, dvalue = 3: x rises, the output rises, the final number rises.",
    "The slope is e**x, which is positive for every x. (The minus in e**-x is a gate of its own.)",
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
ExpGate.mistake("adds-up-over-calls", *ADDING_UP_HINTS)(adding_up(reference.ExpGate))

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
