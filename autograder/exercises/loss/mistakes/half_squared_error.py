"""04-loss: known mistakes of `half_squared_error`."""

from autograder.exercises.loss.cases import half_squared_error


@half_squared_error.mistake(
    "half-forgotten",
    "Your number grows with the error as it should. What stands in front of the square?",
    "y = 6, t = 5: the error is 1, its square 1, the loss 0.5.",
    "L = 1/2 (y - t)^2.",
)
def _(y, t):
    return (y - t) ** 2


@half_squared_error.mistake(
    "half-inside-the-square",
    "Which comes first, the square or the half? Halving before squaring halves twice.",
    "y = 6, t = 5: the square of 0.5 is 0.25; half of the square of 1 is 0.5.",
    "L = 1/2 (y - t)^2: the square belongs to the error alone.",
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
