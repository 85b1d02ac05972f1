"""00-start-here: `double`, and `triple`, which the lesson works through and nobody is marked on."""

import numpy as np

from autograder.exercise import Exercise, Kind, Prediction
from autograder.reference import start_here as reference

KINDS = (
    Kind("2, where many wrong ideas agree", {"x": 2.0}, None),
    Kind("a number", {"x": 3.0}, lambda rng: {"x": rng.uniform(5.0, 50.0)}),
    Kind("a negative number", {"x": -1.5}, lambda rng: {"x": -rng.uniform(5.0, 50.0)}),
    Kind("a whole number", {"x": 7}, lambda rng: {"x": int(rng.integers(10, 100))}),
    Kind(
        "an array",
        {"x": [[1.5, -2.0, 0.25], [4.0, 0.0, -1 / 3]]},
        lambda rng: {"x": rng.normal(size=(3, 4)) * 10},
    ),
    Kind("an array of whole numbers", {"x": [1, -2, 5]}, lambda rng: {"x": rng.integers(3, 90, size=5)}),
    Kind(
        "very small and very large numbers",
        {"x": [2e-6, -3e6]},
        lambda rng: {"x": rng.uniform(1.0, 9.0, size=2) * [1e-6, -1e6]},
    ),
)

double = Exercise(name="double", reference=reference.double, kinds=KINDS)
triple = Exercise(name="triple", reference=reference.triple, kinds=KINDS, graded=False)


@double.solution
def _(x):
    return x + x


@double.solution
def _(x):
    return np.multiply(x, 2.0)


@double.solution
def _(x):
    doubled = np.array(x)  # a copy, so changing it in place harms nobody
    doubled *= 2
    return doubled


@double.solution
def _(x):
    if np.ndim(x) == 0:
        return x / 0.5
    return [2 * row for row in x]


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
    catalogue=76,
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


@triple.solution
def _(x):
    return x + x + x


@triple.mistake(
    "adds-four",
    "2 + 4 is three times 2. Is 3 + 4 three times 3?",
    "Try triple(5): three times 5 is 15.",
    "In maths, triple(x) = 3x: when x grows by 1, the answer grows by 3. Yours grows by 1.",
)
def _(x):
    return x + 4


@triple.mistake(
    "squares",
    "The square of 3 is three times 3. Of which other numbers is that true?",
    "Try triple(2): three times 2 is 6, and 2 squared is 4.",
    "In maths, triple(x) = 3x: three equal terms are added. A square multiplies x by itself.",
)
def _(x):
    return x**2


@triple.mistake(
    "changes-its-argument",
    "The number that comes back is right. What happened to the array that went in?",
    "Try a = np.array([1., 2.]), then triple(a), then look at a: it should still be [1. 2.].",
    "A name is a label on an array. `*=` writes into the array itself, and the caller's label is still on it.",
    catalogue=76,
)
def _(x):
    x *= 3
    return x


EXERCISES = (double, triple)

PREDICTIONS = (
    Prediction(
        name="sum-axis-shape",
        question="`a` has shape (3, 4): 3 rows, 4 columns. What is `a.sum(axis=0).shape`?",
        right="`(4,)`",
        because="`axis=0` names the axis that disappears: the 3 rows are added up, and 4 column sums remain.",
        wrong=(
            (
                "`(3,)`",
                "That takes `axis` to name what stays. It names what is summed over and goes: take"
                " np.arange(6).reshape(2, 3), print it, then print its sum(axis=0).",
            ),
            (
                "`(1, 4)`",
                "That expects the summed axis to be kept, with length 1. numpy keeps it only when asked to: compare"
                " np.ones((2, 5)).sum(axis=0).shape with and without keepdims=True.",
            ),
            (
                "`()`",
                "That sums everything, which is what a.sum() does. Given an axis, numpy sums along that one only: try"
                " np.ones((2, 5)).sum(), then np.ones((2, 5)).sum(axis=0).",
            ),
        ),
    ),
    Prediction(
        name="two-names-one-array",
        question="`a = np.array([1., 2.])`, then `b = a`, then `b *= 2`. What does `print(a)` show now?",
        right="`[2. 4.]`",
        because="`b = a` copies nothing: it gives the same array a second name, and `*=` writes into that array."
        " `b = a.copy()` would have made a second array.",
        wrong=(
            (
                "`[1. 2.]`",
                "That takes `=` to copy. It only gives what stands on its right a name: try `b is a`.",
            ),
            (
                "`[1. 2. 1. 2.]`",
                "That is what `*=` does to a Python list. An array does arithmetic instead: compare [5, 6] * 2 with"
                " np.array([5, 6]) * 2.",
            ),
            (
                "an error, because the array belongs to `a`",
                "That takes an array to belong to a name. Any number of names may stand for one array, with equal"
                " rights: try `b is a`.",
            ),
        ),
    ),
)
