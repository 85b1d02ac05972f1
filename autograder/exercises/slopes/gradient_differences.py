"""01-slopes: wrong answers to `numerical_gradient` that nudge rightly and then take another difference."""

import numpy as np

from autograder.exercises.slopes.cases import numerical_gradient
from autograder.exercises.slopes.gradient_answers import by_nudging, central, nudged


@numerical_gradient.mistake(
    "forward-difference",
    "Each entry goes up and never down. What would the other side have said?",
    "Try np.sum(x * x * x) at [2.] with h=1: up 27 - 8 = 19, down 8 - 1 = 7. The slope is 12.",
    "A forward difference misses by about h f'' / 2, a central one by h^2 f''' / 6: from x_i - h to x_i + h, a way of"
    " 2h.",
    catalogue=65,
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, lambda knobs, at: (f(nudged(knobs, at, h)) - f(knobs)) / h)


@numerical_gradient.mistake(
    "half-steps",
    "How far do you go up and down, and how far were you asked to go?",
    "Try np.sum(x * x * x) at [2.] with h=1: a step up and a step down give (27 - 1) / 2 = 13. Half a step gives 12.25.",
    "f is asked at x_i + h and at x_i - h, 2h apart. With h/2 up and down the way is h, and at a corner, or for a large h,"
    " the slope is another one.",
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, central(f, h / 2))


@numerical_gradient.mistake(
    "divided-by-one-step",
    "How far is it from x_i - h to x_i + h?",
    "Try np.sum(5 * x) at [2.] with h=0.5: from 7.5 to 12.5 it rises by 5, on a way of 1. The slope is 5, not 10.",
    "Slope = rise / way, and the way is 2h. A result that is always twice too large is a mistake of scale.",
    catalogue=68,
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, lambda knobs, at: (f(nudged(knobs, at, h)) - f(nudged(knobs, at, -h))) / h)


@numerical_gradient.mistake(
    "uneven-steps",
    "Do you go as far up as down? Count the steps from where the entry stands after the first one.",
    "Try np.sum(5 * x) at [2.] with h=0.5: its slope is 5 everywhere. Divide yours by 5.",
    "Slope = rise / way: from x_i + 2h to x_i - h the way is 3h. The constant ratio 3h / 2h = 1.5 is the sign of it.",
    catalogue=68,
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, lambda knobs, at: (f(nudged(knobs, at, 2 * h)) - f(nudged(knobs, at, -h))) / (2 * h))


@numerical_gradient.mistake(
    "half-a-way-down",
    "After +h you take h off again. Where does that leave the entry?",
    "Try np.sum(5 * x) at [2.] with h=0.5: its slope is 5 everywhere. Yours is half of it.",
    "From x_i + h it takes a step of 2h down to reach x_i - h. A constant ratio of 0.5 is a mistake of scale.",
    catalogue=68,
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, lambda knobs, at: (f(nudged(knobs, at, h)) - f(knobs)) / (2 * h))


@numerical_gradient.mistake(
    "times-h",
    "Python works from left to right through / and *. What happens to your h?",
    "Try 1 / 2 * 10 and 1 / (2 * 10): 5.0 and 0.05.",
    "Slope = rise / (2h): all of 2h stands below the line, so it needs brackets.",
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, lambda knobs, at: (f(nudged(knobs, at, h)) - f(nudged(knobs, at, -h))) / 2 * h)


@numerical_gradient.mistake(
    "down-minus-up",
    "np.sum(x) rises with every entry. Which sign should its slopes have?",
    "Try np.sum(5 * x) at [2., 1.]: the slopes are 5 and 5, not -5.",
    "Rise and way are measured in the same direction: the value at x_i + h, minus the value at x_i - h.",
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, lambda knobs, at: (f(nudged(knobs, at, -h)) - f(nudged(knobs, at, h))) / (2 * h))


def with_own(own):
    """A right gradient that uses an h of its own, whatever it is given."""
    return lambda f, x, h=1e-5: by_nudging(f, x, central(f, own))


for own in (1e-5, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8):
    numerical_gradient.mistake(
        "own-h",
        "Your function is given an h. Does it use it?",
        "Try np.sum(x * x * x) at [2.] with h=0.5: (15.625 - 3.375) / 1 = 12.25.",
        "1e-5 is what h is if nobody says otherwise; `def ...(f, x, h=1e-5)` sees to that.",
    )(with_own(own))


def with_default(default):
    """A right gradient whose h is another one if nobody gives it."""

    def answer(f, x, h=default):
        return by_nudging(f, x, central(f, h))

    return answer


for wrong_default in (1e-3, 1e-4, 1e-6, 1e-7, 1e-8):
    numerical_gradient.mistake(
        "another-default-h",
        "How large is your h if nobody names one? Compare the line with def with what you were given.",
        "Try lambda x: np.sum(np.abs(x)) at [2e-6], without an h: with feet at -8e-6 and 12e-6 the slope is 0.2.",
        "The two legs of the V meet near h = 1e-5 for central differences, so that is what h is where nobody says"
        " otherwise.",
        catalogue=66,
    )(with_default(wrong_default))


@numerical_gradient.mistake(
    "far-too-small-h",
    "You nudge by much less than h. Is nearer always better?",
    "Try np.sum(x * x * x) at [2.] with h=1e-12: the two values agree in their first twelve digits, and a number has"
    " sixteen.",
    "The truncation error falls like h^2, the rounding error grows like 1e-16 / h. For central differences they meet"
    " near h = 1e-5.",
    catalogue=66,
)
def _(f, x, h=1e-5):
    h = 1e-12
    return by_nudging(f, x, central(f, h))


@numerical_gradient.mistake(
    "single-precision",
    "How many digits does a float32 hold, and how many of them does a nudge of 1e-5 change?",
    "Try np.float32(2) + np.float32(1e-5): 2.00001 is not among the float32 numbers, the nearest is 2.0000100136.",
    "float32 keeps 7 digits, float64 keeps 16. With h = 1e-5 a difference of neighbours keeps 2 of the 7, or 11 of the"
    " 16.",
    catalogue=71,
)
def _(f, x, h=1e-5):
    knobs = np.array(x, dtype=np.float32)
    gradient = np.zeros(knobs.shape)
    for at in np.ndindex(knobs.shape):
        gradient[at] = central(f, h)(knobs, at)
    return gradient


@numerical_gradient.mistake(
    "averaged-over-entries",
    "You divide by the number of entries. Do the entries share one slope?",
    "Try np.sum(x) at [1., 1., 1.]: raise one entry by 0.1 and the sum rises by 0.1. The slope is 1, not a third.",
    "Each slope is the rise over the way of one entry, 2h, however many entries there are.",
    catalogue=38,
)
def _(f, x, h=1e-5):
    slopes = by_nudging(f, x, central(f, h))
    return slopes / x.size
