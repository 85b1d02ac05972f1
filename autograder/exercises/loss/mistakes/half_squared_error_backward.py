"""04-loss: known mistakes of `half_squared_error_backward`."""

import numpy as np

from autograder.exercises.loss.cases import half_squared_error_backward


@half_squared_error_backward.mistake(
    "target-minus-output",
    "The output is too high. If it rises further, does the loss grow or shrink? Which sign has the slope, then?",
    "y = 6, t = 5: at y = 6.01 the loss is 0.51005, more than 0.5. So the slope is +1.",
    "dL/dy = 2 * 1/2 * (y - t): the inner slope of y - t against y is +1.",
)
def _(y, t):
    return t - y


@half_squared_error_backward.mistake(
    "half-forgotten",
    "Differentiate your own loss: the square brings a 2 down. What does the half do with it?",
    "y = 5.5, t = 2: L is 6.125, and 6.16005 at y = 5.51. That is a slope of 3.5, not 7.",
    "L = 1/2 (y - t)^2, so dL/dy = 2 * 1/2 * (y - t).",
)
def _(y, t):
    return 2 * (y - t)


@half_squared_error_backward.mistake(
    "half-kept",
    "You kept the half. Where did the 2 go that the square brings down?",
    "y = 5.5, t = 2: L is 6.125, and 6.16005 at y = 5.51. That is a slope of 3.5, not 1.75.",
    "L = 1/2 (y - t)^2, so dL/dy = 2 * 1/2 * (y - t).",
)
def _(y, t):
    return 0.5 * (y - t)


@half_squared_error_backward.mistake(
    "loss-for-its-slope",
    "This is how large the loss is. How fast does it change when y moves?",
    "y = 5.5, t = 2: L is 6.125, and 6.16005 at y = 5.51. By how much did it grow, per unit of y?",
    "dL/dy is the derivative of 1/2 (y - t)^2, not its value.",
)
def _(y, t):
    return 0.5 * (y - t) ** 2


@half_squared_error_backward.mistake(
    "square-for-the-slope",
    "A square has slope 0 at its lowest point and is steeper further out. Is that slope a square again?",
    "y = -1.5, t = 3: raising y lowers the loss, so the slope is negative. A square never is.",
    "dL/dy = 2 * 1/2 * (y - t): the power goes down by one.",
)
def _(y, t):
    return (y - t) ** 2


@half_squared_error_backward.mistake(
    "size-without-sign",
    "The output is too low. Raise it a little: what happens to the loss?",
    "y = -1.5, t = 3: L is 10.125, and 10.08005 at y = -1.49. It falls, so the slope is negative.",
    "dL/dy = y - t, sign and all: it tells the neuron which way to go.",
)
def _(y, t):
    return abs(y - t)


@half_squared_error_backward.mistake(
    "sign-without-size",
    "You say on which side the output lies. Does it not matter how far out?",
    "y = 5.5, t = 2: L is 6.125, and 6.16005 at y = 5.51. That is a slope of 3.5, not 1.",
    "dL/dy = 2 * 1/2 * (y - t): proportional to the error.",
)
def _(y, t):
    return np.sign(float(y) - t)


@half_squared_error_backward.mistake(
    "always-one",
    "In chapter 03 the final number was y itself, hence the 1. What is the final number now?",
    "y = 5.5, t = 2: L is 6.125, and 6.16005 at y = 5.51. That is a slope of 3.5.",
    "The final number is L = 1/2 (y - t)^2, and dL/dL = 1 is one step further right; dL/dy = 2 * 1/2 * (y - t).",
)
def _(y, t):
    return 1.0


@half_squared_error_backward.mistake(
    "target-forgotten",
    "Where is the loss at its lowest, and what must its slope be there?",
    "y = 2.5, t = 2.5: the output fits, so the slope is 0. Yours is 2.5.",
    "dL/dy = 2 * 1/2 * (y - t): differentiating removes the power, not the target.",
)
def _(y, t):
    return y


@half_squared_error_backward.mistake(
    "negative-part-clipped",
    "A ReLU clips numbers going forward. Does anything clip the slope of a loss?",
    "y = -1.5, t = 3: L is 10.125, and 10.08005 at y = -1.49. The slope is -4.5, not 0.",
    "dL/dy = y - t, negative where the output is too low.",
)
def _(y, t):
    return max(0.0, y - t)


@half_squared_error_backward.mistake(
    "times-the-output",
    "The square brings y - t down. Where does one more y come from?",
    "y = 6, t = 5: L is 0.5, and 0.51005 at y = 6.01. That is a slope of 1, not 6.",
    "dL/dy = (y - t) * 1: the inner slope of y - t against y is 1.",
)
def _(y, t):
    return (y - t) * y
