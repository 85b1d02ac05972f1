"""04-loss: right answers and known mistakes of `half_squared_error` and `half_squared_error_backward`."""

import numpy as np

from autograder.exercises.loss.cases import half_squared_error, half_squared_error_backward


@half_squared_error.solution
def _(y, t):
    return (t - y) ** 2 / 2


@half_squared_error.solution
def _(y, t):
    difference = y - t
    return 0.5 * difference * difference


@half_squared_error.solution
def _(y, t):
    return np.square(np.subtract(y, t)) / 2


@half_squared_error.mistake(
    "half-forgotten",
    "Your number grows with the error as it should. What stands in front of the square?",
    "y = 6, t = 5: the error is 1, its square 1, the loss 0.5.",
    "L = 1/2 (y - t)^2.",
    catalogue=63,
)
def _(y, t):
    return (y - t) ** 2


@half_squared_error.mistake(
    "half-inside-the-square",
    "Which comes first, the square or the half? Halving before squaring halves twice.",
    "y = 6, t = 5: the square of 0.5 is 0.25; half of the square of 1 is 0.5.",
    "L = 1/2 (y - t)^2: the square belongs to the error alone.",
    catalogue=63,
)
def _(y, t):
    return (0.5 * (y - t)) ** 2


@half_squared_error.mistake(
    "square-forgotten",
    "Can a loss be negative? Try an output below the target.",
    "y = -1.5, t = 3: the error is -4.5, its square 20.25, the loss 10.125.",
    "L = 1/2 (y - t)^2.",
)
def _(y, t):
    return 0.5 * (y - t)


@half_squared_error.mistake(
    "size-for-the-square",
    "If the error doubles, how many times larger should the loss be?",
    "y = 5.5, t = 2: the error is 3.5 and the loss half of 12.25, not half of 3.5.",
    "L = 1/2 (y - t)^2: a square grows fourfold where a size doubles.",
)
def _(y, t):
    return 0.5 * abs(y - t)


@half_squared_error.mistake(
    "squares-taken-apart",
    "Is the square of a difference the difference of the squares?",
    "y = 6, t = 5: 36 - 25 is 11, and the square of 6 - 5 is 1.",
    "L = 1/2 (y - t)^2: subtract first, then square.",
)
def _(y, t):
    return 0.5 * (y**2 - t**2)


@half_squared_error.mistake(
    "target-added",
    "How far the output is from the target: is that their sum?",
    "y = 2.5, t = 2.5: the output fits, so the loss is 0.",
    "L = 1/2 (y - t)^2, with the difference of the two.",
)
def _(y, t):
    return 0.5 * (y + t) ** 2


@half_squared_error.mistake(
    "whole-halves",
    "`//` divides and throws away what stands behind the point. Was that meant?",
    "y = 6, t = 5: half of 1 is 0.5, and 1 // 2 is 0.",
    "L = 1/2 (y - t)^2, with an ordinary division.",
    catalogue=21,
)
def _(y, t):
    return (y - t) ** 2 // 2


@half_squared_error.mistake(
    "only-too-high-counts",
    "An output may miss the target on two sides. What does yours say of one that is too low?",
    "y = -1.5, t = 3: the loss is 10.125, not 0.",
    "L = 1/2 (y - t)^2: the square makes both sides count. A loss has no ReLU in it.",
)
def _(y, t):
    return 0.5 * max(0.0, y - t) ** 2


@half_squared_error.mistake(
    "upside-down",
    "Should a worse output have a larger loss or a smaller one?",
    "y = 6, t = 5: the loss is 0.5. Yours has the other sign.",
    "L = 1/2 (y - t)^2: never negative, and 0 only where the output fits.",
    catalogue=51,
)
def _(y, t):
    return -0.5 * (y - t) ** 2


@half_squared_error.mistake(
    "slope-for-the-loss",
    "This is how fast the loss changes. How large is it?",
    "y = 5.5, t = 2: the loss is half of 12.25, that is 6.125; 3.5 is its slope.",
    "L = 1/2 (y - t)^2.",
)
def _(y, t):
    return y - t


@half_squared_error_backward.solution
def _(y, t):
    return -(t - y)


@half_squared_error_backward.solution
def _(y, t):
    return 2 * 0.5 * (y - t)


@half_squared_error_backward.solution
def _(y, t):
    return np.subtract(y, t)


@half_squared_error_backward.mistake(
    "target-minus-output",
    "The output is too high. If it rises further, does the loss grow or shrink? Which sign has the slope, then?",
    "y = 6, t = 5: at y = 6.01 the loss is 0.51005, more than 0.5. So the slope is +1.",
    "dL/dy = 2 * 1/2 * (y - t): the inner slope of y - t against y is +1.",
    catalogue=51,
)
def _(y, t):
    return t - y


@half_squared_error_backward.mistake(
    "half-forgotten",
    "Differentiate your own loss: the square brings a 2 down. What does the half do with it?",
    "y = 5.5, t = 2: L is 6.125, and 6.16005 at y = 5.51. That is a slope of 3.5, not 7.",
    "L = 1/2 (y - t)^2, so dL/dy = 2 * 1/2 * (y - t).",
    catalogue=63,
)
def _(y, t):
    return 2 * (y - t)


@half_squared_error_backward.mistake(
    "half-kept",
    "You kept the half. Where did the 2 go that the square brings down?",
    "y = 5.5, t = 2: L is 6.125, and 6.16005 at y = 5.51. That is a slope of 3.5, not 1.75.",
    "L = 1/2 (y - t)^2, so dL/dy = 2 * 1/2 * (y - t).",
    catalogue=63,
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
    catalogue=51,
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
    catalogue=2,
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
    catalogue=16,
)
def _(y, t):
    return max(0.0, y - t)
