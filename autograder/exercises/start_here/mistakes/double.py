"""00-start-here: known mistakes of `double`."""

import numpy as np

from autograder.exercises.start_here.cases import double


@double.mistake(
    "adds-two",
    "2 + 2 is twice 2. Is 3 + 2 twice 3?",
    "Try double(3) by hand and by machine: twice 3 is 6.",
    "In maths, double(x) = 2x: when x grows by 1, the answer grows by 2. Yours grows by 1.",
)
def _(x):
    return x + 2


@double.mistake(
    "squares",
    "The square of 2 is twice 2. Of which other numbers is that true?",
    "Try double(3): twice 3 is 6, and 3 squared is 9.",
    "In maths, double(x) = 2x: two equal terms are added. A square multiplies x by itself.",
)
def _(x):
    return x**2


@double.mistake(
    "changes-its-argument",
    "The number that comes back is right. What happened to the array that went in?",
    "Try a = np.array([1., 2.]), then double(a), then look at a: it should still be [1. 2.].",
    "A name is a label on an array. `*=` and `+=` write into the array itself, and the caller's label is still on it;"
    " an expression such as `x * 3` makes a new one.",
)
def _(x):
    x *= 2
    return x


@double.mistake(
    "no-return",
    "Your function shows or computes something. What does it hand back to whoever called it?",
    "Try answer = double(3), then print(answer): it should be 6, and it is None.",
    "A function is worth what stands after `return`. What is only printed, or only computed, is lost to the caller.",
)
def _(x):
    print(2 * x)


@double.mistake(
    "gives-x-back",
    "Does the value that you work out reach the `return`?",
    "Try double(3): it should give 6, and it gives 3.",
    "An expression on a line of its own makes a new value and drops it; a name keeps its value until something is"
    " assigned to it.",
)
def _(x):
    return x


@double.mistake(
    "two-copies",
    "Twice as many numbers, or numbers that are twice as large?",
    "Try double(3): one number went in, so one comes out, 6.",
    "In maths, double(x) = 2x has the shape of x: every entry is multiplied, none is added to the list.",
)
def _(x):
    return x, x


cut_off = double.mistake(
    "whole-numbers-only",
    "Somewhere a number of yours becomes a whole one. What is left of 1.5 then?",
    "Try double(1.5): it should give 3. And double(1.25): 2.5.",
    "In maths, double(x) = 2x for fractions, too: `int(...)` and `dtype=int` throw away what stands behind the point.",
)


@cut_off
def _(x):
    return 2 * np.array(x, dtype=int)


@cut_off
def _(x):
    return np.array(2 * x, dtype=int)
