"""01-slopes: right answers to `numerical_gradient`, and wrong ones that nudge wrongly."""

import numpy as np

from autograder.exercises.slopes.cases import numerical_gradient

# ---------------------------------------------------------------- right


@numerical_gradient.solution
def _(f, x, h=1e-5):
    knobs = np.array(x, dtype=float)
    gradient = np.zeros_like(knobs)
    for at in np.ndindex(*knobs.shape):
        kept = knobs[at]
        knobs[at] = kept + h
        up = f(knobs)
        knobs[at] = kept - h
        down = f(knobs)
        knobs[at] = kept
        gradient[at] = (up - down) / (2 * h)
    return gradient


@numerical_gradient.solution
def _(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    slopes = []
    for nudge in np.eye(x.size):
        nudge = h * nudge.reshape(x.shape)
        slopes.append(f(x + nudge) / (2 * h) - f(x - nudge) / (2 * h))
    return np.reshape(slopes, x.shape)


@numerical_gradient.solution
def _(f, x, h=1e-5):
    shape, flat = np.shape(x), np.array(x, dtype=np.float64).ravel()
    gradient = np.empty(flat.size)
    for i in range(flat.size):
        right, left = flat.copy(), flat.copy()
        right[i] += h
        left[i] -= h
        gradient[i] = (f(right.reshape(shape)) - f(left.reshape(shape))) / (right[i] - left[i])
    return gradient.reshape(shape)


@numerical_gradient.solution
def _(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    here = f(x.astype(float))
    for at, _ in np.ndenumerate(x):
        nudge = np.zeros(x.shape)
        nudge[at] = h
        gradient[at] = ((f(x + nudge) - here) / h + (here - f(x - nudge)) / h) / 2
    return gradient


@numerical_gradient.solution
def _(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    walk = np.nditer(x, flags=["multi_index"])
    while not walk.finished:
        at = walk.multi_index
        values = []
        for step in (h, -h):
            nudged = x.astype(np.float64)
            nudged[at] += step
            values.append(f(nudged))
        gradient[at] = 0.5 * (values[0] - values[1]) / h
        walk.iternext()
    return gradient.tolist()


# ---------------------------------------------------------------- wrong: the nudges


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


for moves in (whole_copies, up_down_and_back(1), up_down_and_back(-1)):
    numerical_gradient.mistake(
        "whole-numbers-stay-whole",
        "Some x hold whole numbers. What is left of 3 + 0.00001 in such an array?",
        "Try a = np.array([3, -2]); a[0] = a[0] - 1e-5; print(a). The nudge was 1, not 0.00001.",
        "An array keeps its dtype for life, and so does its copy. Make a float64 array first, then nudge.",
        catalogue=64,
    )(lambda f, x, h=1e-5, moves=moves: moves(f, x, h))


@numerical_gradient.mistake(
    "result-made-like-x",
    "Your slopes are right until they are stored. What can the array hold that you store them in?",
    "Try g = np.zeros_like(np.array([3, -2])); g[0] = -7.9; print(g).",
    "zeros_like copies the shape and the dtype. Slopes are fractions even where x is not: the result is float64.",
    catalogue=(21, 64),
)
def _(f, x, h=1e-5):
    return by_nudging(f, x, central(f, h), np.zeros_like(x))


@numerical_gradient.mistake(
    "not-put-back",
    "When you come to the second entry, where is the first?",
    "Try the product of 2, -3 and 4, slope for entry 1: it is 2 times 4 = 8. With 2 left at 1.99999 it is 7.99996.",
    "A partial derivative moves one entry while all others stand where they were: put each back before the next.",
    catalogue=67,
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
    catalogue=67,
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
    catalogue=67,
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
    catalogue=67,
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
    catalogue=67,
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


@numerical_gradient.mistake(
    "row-by-row",
    "In an array with rows and columns, what does x[i] stand for?",
    "Try x = np.zeros((2, 3)); x[0] += 1; print(x). Three entries have moved.",
    "One slope for each entry. np.ndindex(x.shape) goes through all the places of an array of any shape.",
)
def _(f, x, h=1e-5):
    knobs = np.array(x, dtype=np.float64)
    gradient = np.zeros(knobs.shape)
    for i in range(len(knobs)):
        gradient[i] = central(f, h)(knobs, i)
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
