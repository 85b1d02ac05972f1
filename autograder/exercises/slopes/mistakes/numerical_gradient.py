"""01-slopes: known mistakes of `numerical_gradient`: wrong nudges; then right nudges and another difference."""

import numpy as np

from autograder.exercises.slopes.cases import numerical_gradient

# ---------------------------------------------------------------- the nudges


def by_nudging(f, x, slope_at, result=None):
    """A loop over the entries of x for wrong answers that go wrong in one entry's slope."""
    knobs = np.array(x, dtype=np.float64)
    gradient = np.zeros(knobs.shape) if result is None else result
    for at in np.ndindex(knobs.shape):
        gradient[at] = slope_at(knobs, at)
    return gradient


def nudged(knobs, at, step):
    """A copy with one entry moved."""
    moved = knobs.copy()
    moved[at] += step
    return moved


def central(f, h):
    """The slope at one entry, from a step to either side."""
    return lambda knobs, at: (f(nudged(knobs, at, h)) - f(nudged(knobs, at, -h))) / (2 * h)


def whole_copies(f, x, h):
    """Fresh copies of x for every entry, with x's dtype."""
    gradient = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        gradient[at] = central(f, h)(x, at)
    return gradient


def up_down_and_back(first):
    """One copy of x with x's dtype; each entry goes a step to one side, two to the other, and back: where whole, not quite."""

    def answer(f, x, h):
        knobs, gradient = x.copy(), np.zeros(x.shape)
        for at in np.ndindex(x.shape):
            knobs[at] += first * h
            one = f(knobs)
            knobs[at] -= first * 2 * h
            other = f(knobs)
            knobs[at] += first * h
            gradient[at] = first * (one - other) / (2 * h)
        return gradient

    return answer


stays_whole = numerical_gradient.mistake(
    "whole-numbers-stay-whole",
    "Some x hold whole numbers. What is left of 3 + 0.00001 in such an array?",
    "Try a = np.array([3, -2]); a[0] = a[0] - 1e-5; print(a). The nudge was 1, not 0.00001.",
    "An array keeps its dtype for life, and so does its copy. Make a float64 array first, then nudge.",
)
for moves in (whole_copies, up_down_and_back(1), up_down_and_back(-1)):
    stays_whole(lambda f, x, h=1e-5, moves=moves: moves(f, x, h))


@numerical_gradient.mistake(
    "result-made-like-x",
    "Your slopes are right until they are stored. What can the array hold that you store them in?",
    "Try g = np.zeros_like(np.array([3, -2])); g[0] = -7.9; print(g).",
    "zeros_like copies the shape and the dtype. Slopes are fractions even where x is not: the result is float64.",
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, central(f, h), np.zeros_like(x))


@numerical_gradient.mistake(
    "not-put-back",
    "When you come to the second entry, where is the first?",
    "Try the product of 2, -3 and 4, slope for entry 1: it is 2 times 4 = 8. With 2 left at 1.99999 it is 7.99996.",
    "A partial derivative moves one entry while all others stand where they were: put each back before the next.",
)
def _(f, x, h=1e-5):
    knobs = np.array(x, dtype=np.float64)
    gradient = np.zeros(knobs.shape)
    for at in np.ndindex(knobs.shape):
        knobs[at] += h
        up = f(knobs)
        knobs[at] -= 2 * h
        gradient[at] = (up - f(knobs)) / (2 * h)
    return gradient


@numerical_gradient.mistake(
    "nudges-pile-up",
    "You have one array that goes up and one that goes down. How many of their entries have moved by the end of your"
    " loop?",
    "Try np.sum(x) at [1., 1., 1.]: its slopes are 1, 1, 1; yours come out as 1, 2, 3.",
    "A partial derivative moves one entry while all others stand where they were. Take fresh copies for every entry.",
)
def _(f, x, h=1e-5):
    up, down = np.array(x, dtype=np.float64), np.array(x, dtype=np.float64)
    gradient = np.zeros(up.shape)
    for at in np.ndindex(up.shape):
        up[at] += h
        down[at] -= h
        gradient[at] = (f(up) - f(down)) / (2 * h)
    return gradient


@numerical_gradient.mistake(
    "two-names-one-array",
    "You have two names, one for up and one for down. How many arrays have you?",
    "Try x = np.array([1., 2.]); up = x; down = x; up[0] += 1; print(down).",
    "`up = x` copies nothing. Only a copy can be nudged while x stays where it is.",
)
def _(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        up = x
        up[at] += h
        down = x
        down[at] -= h
        gradient[at] = (f(up) - f(down)) / (2 * h)
    return gradient


@numerical_gradient.mistake(
    "two-names-for-the-copy",
    "One of them goes up, the other down. Are they two arrays, or two names?",
    "Try x = np.array([1., 2.]); p = x; m = x; p[0] += 1; print(m).",
    "An assignment gives an array another name and copies nothing. The place that goes up and the place that goes down"
    " must not be in one array at the same time.",
)
def _(f, x, h=1e-5):
    knobs = np.array(x, dtype=np.float64)
    gradient = np.zeros(knobs.shape)
    for at in np.ndindex(knobs.shape):
        p = knobs
        m = knobs
        p[at] += h
        m[at] -= h
        gradient[at] = (f(p) - f(m)) / (2 * h)
    return gradient


ENTRY_ALONE = (
    "f takes the whole array. What did you give it?",
    "Try f = lambda x: x[0] * x[1]: what is f(2.00001)? It wants to see both entries, the one that moved and the other.",
    "f(..., x_i + h, ...): the dots are the other entries, which go into f with the one that moved.",
)


def alone(places, buffer):
    """Slopes of f at single entries (or rows), as if each were all of x; stored in a buffer made like this from x."""

    def answer(f, x, h=1e-5):
        gradient = buffer(x)
        for at in places(x):
            gradient[at] = (f(x[at] + h) - f(x[at] - h)) / (2 * h)
        return gradient

    return answer


for every_place in (lambda x: np.ndindex(x.shape), lambda x: range(len(x))):
    for made in (np.zeros_like, lambda x: np.zeros(x.shape)):
        numerical_gradient.mistake("entry-given-alone", *ENTRY_ALONE)(alone(every_place, made))


@numerical_gradient.mistake("entry-given-alone", *ENTRY_ALONE)
def _(f, x, h=1e-5):
    return np.array([(f(entry + h) - f(entry - h)) / (2 * h) for entry in x])


@numerical_gradient.mistake(
    "callers-x-nudged",
    "The slopes may be right. What does the x of whoever called you look like now?",
    "Try x = np.array([0.1, 0.7]), call your function, and print x - np.array([0.1, 0.7]).",
    "0.1 + h - 2h + h is 0.1 in maths, and on paper; rounding leaves crumbs in the caller's array. Nudge a copy.",
)
def _(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    for at in np.ndindex(x.shape):
        x[at] += h
        up = f(x)
        x[at] -= 2 * h
        down = f(x)
        x[at] += h
        gradient[at] = (up - down) / (2 * h)
    return gradient


@numerical_gradient.mistake(
    "all-at-once",
    "You nudge every entry together. Which of them moved the output?",
    "Try x[0] * x[1] at [2., -3.]: the slopes are -3 and 2. Yours is one number, their sum -1.",
    "A gradient has one slope for each entry of x, each found while the other entries stand still.",
)
def _(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / (2 * h)


row_by_row = numerical_gradient.mistake(
    "row-by-row",
    "In an array with rows and columns, what does x[i] stand for?",
    "Try x = np.zeros((2, 3)); x[0] += 1; print(x). Three entries have moved.",
    "One slope for each entry. np.ndindex(x.shape) goes through all the places of an array of any shape.",
)


@row_by_row
def _(f, x, h=1e-5):
    knobs = np.array(x, dtype=np.float64)
    gradient = np.zeros(knobs.shape)
    for i in range(len(knobs)):
        gradient[i] = central(f, h)(knobs, i)
    return gradient


@row_by_row
def _(f, x, h=1e-5):
    knobs = np.array(x, dtype=np.float64)
    gradient = np.zeros(knobs.shape)
    for i in range(len(knobs)):
        old = knobs[i]  # of a table, the row itself and no copy: it moves along
        knobs[i] = old + h
        up = f(knobs)
        knobs[i] = old - h
        gradient[i] = (up - f(knobs)) / (2 * h)
        knobs[i] = old
    return gradient


@numerical_gradient.mistake(
    "one-number-a-row",
    "In an array with rows and columns, how many entries can be nudged, and how many slopes do you return?",
    "Try x = np.zeros((2, 3)): six entries, six slopes. len(x) is 2.",
    "A gradient has the shape of the thing it is for. np.ndindex(x.shape) goes through all the places.",
)
def _(f, x, h=1e-5):
    knobs = np.array(x, dtype=np.float64)
    return [central(f, h)(knobs, i) for i in range(len(knobs))]


@numerical_gradient.mistake(
    "flattened",
    "The slopes are all there. Are they arranged as x is?",
    "Try x of shape (2, 3): yours has shape (6,).",
    "A gradient has the shape of the thing it is for: reshape it to x's shape at the end.",
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, central(f, h)).ravel()


@numerical_gradient.mistake(
    "returned-after-the-first-entry",
    "When your loop has done the first entry, what happens next?",
    "Try np.sum(x) at [1., 1., 1.]: the slopes are 1, 1, 1. Yours are 1, 0, 0.",
    "A return ends the function, and the loop with it. There is one slope for each entry: return when all are found.",
)
def _(f, x, h=1e-5):
    knobs = np.array(x, dtype=np.float64)
    gradient = np.zeros(knobs.shape)
    for at in np.ndindex(knobs.shape):
        gradient[at] = central(f, h)(knobs, at)
        return gradient


# ---------------------------------------------------------------- the difference


@numerical_gradient.mistake(
    "forward-difference",
    "Each entry goes up and never down. What would the other side have said?",
    "Try np.sum(x * x * x) at [2.] with h=1: up 27 - 8 = 19, down 8 - 1 = 7. The slope is 12.",
    "A forward difference misses by about h f'' / 2, a central one by h^2 f''' / 6: from x_i - h to x_i + h, a way of"
    " 2h.",
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
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, lambda knobs, at: (f(nudged(knobs, at, h)) - f(nudged(knobs, at, -h))) / h)


@numerical_gradient.mistake(
    "uneven-steps",
    "Do you go as far up as down? Count the steps from where the entry stands after the first one.",
    "Try np.sum(5 * x) at [2.] with h=0.5: its slope is 5 everywhere. Divide yours by 5.",
    "Slope = rise / way: from x_i + 2h to x_i - h the way is 3h. The constant ratio 3h / 2h = 1.5 is the sign of it.",
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, lambda knobs, at: (f(nudged(knobs, at, 2 * h)) - f(nudged(knobs, at, -h))) / (2 * h))


@numerical_gradient.mistake(
    "half-a-way-down",
    "After +h you take h off again. Where does that leave the entry?",
    "Try np.sum(5 * x) at [2.] with h=0.5: its slope is 5 everywhere. Yours is half of it.",
    "From x_i + h it takes a step of 2h down to reach x_i - h. A constant ratio of 0.5 is a mistake of scale.",
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
    )(with_default(wrong_default))


@numerical_gradient.mistake(
    "far-too-small-h",
    "You nudge by much less than h. Is nearer always better?",
    "Try np.sum(x * x * x) at [2.] with h=1e-12: the two values agree in their first twelve digits, and a number has"
    " sixteen.",
    "The truncation error falls like h^2, the rounding error grows like 1e-16 / h. For central differences they meet"
    " near h = 1e-5.",
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
)
def _(f, x, h=1e-5):
    slopes = by_nudging(f, x, central(f, h))
    return slopes / x.size


def nudge_itself(f, x, h, places):
    """x itself is nudged and put back; the slopes go into an array made like x."""
    gradient = np.zeros_like(x)
    for i in places:
        old = x[i]
        x[i] = old + h
        above = f(x)
        x[i] = old - h
        below = f(x)
        x[i] = old
        gradient[i] = (above - below) / (2 * h)
    return gradient


stays_whole(lambda f, x, h=1e-5: nudge_itself(f, x, h, np.ndindex(x.shape)))
stays_whole(lambda f, x, h=1e-5: nudge_itself(f, x, h, range(len(x))))


@numerical_gradient.mistake(
    "all-entries-moved-at-once",
    "For one slope, how many entries of x may move? And how many move in `x + h`?",
    "The product of 2, -3 and 4, slope for entry 0: -12. With all three moved it is -10, three times.",
    "A copy of x in which one entry alone is a step up, and one in which it is a step down; then the next entry.",
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, lambda knobs, at: (f(knobs + h) - f(knobs - h)) / (2 * h))
