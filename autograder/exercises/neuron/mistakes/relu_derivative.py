"""03-neuron: known mistakes of `relu_derivative`."""

import numpy as np

from autograder.exercises.neuron.cases import relu_derivative


@relu_derivative.mistake(
    "one-at-zero",
    "z is exactly 0: the corner. Which slope does this course take there?",
    "Try relu_derivative(0.0).",
    "ReLU'(z) = 1 where z > 0, else 0; at z = 0 the course takes 0.",
)
def _(z):
    return 1.0 if z >= 0 else 0.0


@relu_derivative.mistake(
    "half-at-zero",
    "A nudge to both sides of the corner gives one half. Which number does this course settle on?",
    "Try relu_derivative(0.0).",
    "ReLU'(z) = 1 where z > 0, else 0; at z = 0 the course takes 0.",
)
def _(z):
    return 0.5 if z == 0 else float(z > 0)


@relu_derivative.mistake(
    "value-for-slope",
    "That is how high ReLU is at z. How steep is it there?",
    "z = 2.5 and z = 2.6: y rises from 2.5 to 2.6. What is the slope?",
    "y = z above 0, so dy/dz = 1 there; y = 0 below, so dy/dz = 0.",
)
def _(z):
    return max(0.0, z)


@relu_derivative.mistake(
    "value-clipped-to-one",
    "Between 0 and 1, does the slope of ReLU grow with z?",
    "z = 0.25 and z = 0.35: y rises from 0.25 to 0.35. What is the slope?",
    "dy/dz is 1 as soon as z > 0: a jump, not a ramp.",
)
def _(z):
    return min(1.0, max(0.0, z))


@relu_derivative.mistake(
    "one-everywhere",
    "Which half of ReLU did you look at?",
    "z = -2 and z = -1.9: y is 0 both times. What is the slope?",
    "dy/dz = 1 where z > 0, else 0.",
)
def _(z):
    return 1.0


@relu_derivative.mistake(
    "sign-of-z",
    "Below 0, does ReLU fall as z rises, or does it not move at all?",
    "z = -2 and z = -1.9: y is 0 both times. What is the slope?",
    "dy/dz = 1 where z > 0, else 0: there is no -1.",
)
def _(z):
    return float(np.sign(z))


@relu_derivative.mistake(
    "minus-one-for-off",
    "Where ReLU is off, does y fall as z rises, or does it not move at all?",
    "z = -2 and z = -1.9: y is 0 both times. What is the slope?",
    "dy/dz = 1 where z > 0, else 0: there is no -1.",
)
def _(z):
    return 1.0 if z > 0 else -1.0


@relu_derivative.mistake(
    "upside-down",
    "On which side of 0 does ReLU rise?",
    "Try z = 2.5: raise z by 0.1 and y rises by 0.1.",
    "dy/dz = 1 where z > 0, else 0.",
)
def _(z):
    return 0.0 if z > 0 else 1.0


@relu_derivative.mistake(
    "starts-at-one",
    "Where exactly is the corner of ReLU?",
    "Try z = 0.25: raise it by 0.1 and y rises by 0.1.",
    "dy/dz = 1 where z > 0; 0 is the border, and 1 is only the slope.",
)
def _(z):
    return 1.0 if z >= 1 else 0.0


@relu_derivative.mistake(
    "truth-value",
    "`z > 0` answers a question, with True or False. A slope is a number: which one belongs to True?",
    "Try type(2.5 > 0), then float(2.5 > 0).",
    "dy/dz = 1.0 where z > 0, else 0.0.",
)
def _(z):
    return z > 0


any_but_zero = relu_derivative.mistake(
    "open-below-zero",
    "Your slope is 1 for every z but 0. Which z below 0 moves y?",
    "z = -2 and z = -1.9: y is 0 both times. Try relu_derivative(-2.0).",
    "dy/dz = 1 if z > 0, else 0. (`if z:` asks only whether z is 0.)",
)


@any_but_zero
def _(z):
    return 1.0 if z else 0.0


leaky = relu_derivative.mistake(
    "leaky",
    "A little gets through below 0 in yours. Does it in this course's ReLU?",
    "z = -2 and z = -1.9: y is 0 both times. What is the slope?",
    "dy/dz = 1 if z > 0, else 0. A slope such as 0.01 below 0 is that of another function, the leaky ReLU.",
)
for below in (0.01, 0.1, 0.2):
    leaky(lambda z, below=below: 1.0 if z > 0 else below)
