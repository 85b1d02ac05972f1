"""01-slopes: right answers to `relative_error`, and wrong ones whose formula is wrong."""

import math

import numpy as np

from autograder.exercises.slopes.cases import relative_error

# ---------------------------------------------------------------- right


@relative_error.solution
def _(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("a and b must have the same shape")
    sizes = np.maximum.reduce([np.abs(a), np.abs(b), np.full(np.shape(a), 1e-8)])
    return (np.abs(np.subtract(a, b)) / sizes).max()


@relative_error.solution
def _(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    if a.shape != b.shape:
        raise ValueError
    worst = 0.0
    for one, other in zip(a.ravel(), b.ravel(), strict=True):
        error = abs(one - other) / max(abs(one), abs(other), 1e-8)
        if math.isnan(error):
            return error
        worst = max(worst, error)
    return worst


@relative_error.solution
def _(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} is not {b.shape}")
    larger = np.where(np.abs(a) > np.abs(b), np.abs(a), np.abs(b))
    return np.amax(abs(a - b) / np.clip(larger, 1e-8, None))


# ---------------------------------------------------------------- wrong


def same_shape(a, b):
    """a and b as float arrays; ValueError unless they have one shape."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} and {b.shape}")
    return a, b


def size(a, b):
    """What a difference is measured against."""
    return np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)


@relative_error.mistake(
    "absolute-error",
    "You say how far apart the numbers are. Is 0.0001 much?",
    "Try 12.0001 and 12, then 0.0002 and 0.0001: the same distance, and once one of the two is twice the other.",
    "Divide each difference by the size of the numbers, max(|a_i|, |b_i|, 1e-8). Otherwise small gradients always"
    " pass.",
    catalogue=69,
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b)))


@relative_error.mistake(
    "mean-for-maximum",
    "One gradient in a thousand is wrong. What is left of it in a mean?",
    "Try a = [1, 1, 1, 1], b = [1, 1, 1, 2]: the last pair is off by half.",
    "The largest of the relative errors: an array is as right as its worst entry.",
    catalogue=69,
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.mean(np.abs(a - b) / size(a, b)))


@relative_error.mistake(
    "worst-over-largest",
    "Is the largest difference divided by the size of its own numbers, or by those of another entry?",
    "Try a = [1000, 0.002], b = [1000, 0.001]: the second pair is off by half.",
    "First divide, entry by entry; then take the largest.",
    catalogue=69,
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b)) / np.max(size(a, b)))


@relative_error.mistake(
    "lengths-compared",
    "Two arrays are boiled down to their lengths before they are compared. Can a small entry still be heard?",
    "Try a = [1000, 0.002], b = [1000, 0.001]: the second pair is off by half.",
    "First divide, entry by entry, by max(|a_i|, |b_i|, 1e-8); then take the largest.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), 1e-8))


@relative_error.mistake(
    "the-sum-below-the-line",
    "Some write-ups divide by |a| + |b|. By what does this one?",
    "Try 3 and -3: with the larger of the two below, a lost sign shows as 2.",
    "|a_i - b_i| / max(|a_i|, |b_i|, 1e-8): a maximum of three numbers. With a sum the same pairs look half as bad.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), 1e-8)))


@relative_error.mistake(
    "divided-by-the-size-of-b-only",
    "Should relative_error(a, b) and relative_error(b, a) agree?",
    "Try 2 and 1, then 1 and 2: both pairs are off by a factor of two, and both give 0.5.",
    "Below the line stands the larger of |a_i| and |b_i|, whichever it is.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(b), 1e-8)))


@relative_error.mistake(
    "divided-by-the-size-of-a-only",
    "Should relative_error(a, b) and relative_error(b, a) agree?",
    "Try 1 and 2, then 2 and 1: both pairs are off by a factor of two, and both give 0.5.",
    "Below the line stands the larger of |a_i| and |b_i|, whichever it is.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), 1e-8)))


@relative_error.mistake(
    "the-smaller-below-the-line",
    "You divide by the smaller of the two. What if one of them is 0?",
    "Try 2 and 1: a factor of two gives 0.5.",
    "Below the line stands the larger of |a_i| and |b_i|; then 0 against anything gives 1, and the result never passes"
    " 2.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.minimum(np.abs(a), np.abs(b)), 1e-8)))


@relative_error.mistake(
    "signs-kept-above-the-line",
    "Your differences have signs. Which of -0.9 and 0.1 is the larger error?",
    "Try relative_error(1.0, 2.0), then relative_error(2.0, 1.0): both are 0.5.",
    "|a_i - b_i|: the distance, whichever is larger.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max((a - b) / size(a, b)))


@relative_error.mistake(
    "signs-kept-below-the-line",
    "Of -4 and -5, which does max choose, and which is larger in size?",
    "Try -2.5 and -2: the distance is 0.5, the larger size 2.5, the error 0.2.",
    "max(|a_i|, |b_i|, 1e-8): sizes, so the signs go before the maximum is taken.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.maximum(a, b), 1e-8)))


@relative_error.mistake(
    "no-1e-8-below-the-line",
    "Both numbers are 0. What do you divide by?",
    "Try relative_error(0.0, 0.0): they agree, so the error is 0.",
    "max(|a_i|, |b_i|, 1e-8): the third number keeps 0/0 away, and noise of 1e-11 from looking like a mistake.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))))


@relative_error.mistake(
    "1e-8-added-below-the-line",
    "You add 1e-8 below the line. What does that do to numbers that were large enough?",
    "Try 2 and 1: a factor of two gives 0.5, exactly.",
    "max(|a_i|, |b_i|, 1e-8): a floor is one more number to take the maximum of, not something to add.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / (np.maximum(np.abs(a), np.abs(b)) + 1e-8)))


@relative_error.mistake(
    "per-cent",
    "Is a factor of two an error of 0.5 here, or of 50?",
    "Try 2 and 1: 0.5.",
    "|a_i - b_i| / max(|a_i|, |b_i|, 1e-8) and nothing more; it lies between 0 and 2.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return 100 * float(np.max(np.abs(a - b) / size(a, b)))


@relative_error.mistake(
    "one-error-an-entry",
    "You return an array. What will stand before the `<` of whoever calls you?",
    "Try a = [2, 3], b = [1, 3]: the errors are 0.5 and 0, and one number is wanted.",
    "The largest of the relative errors, as a single number.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return np.abs(a - b) / size(a, b)


@relative_error.mistake(
    "one-yes-or-no-for-a-whole-array",
    "Python's own max, and an if, want one yes or no. How many does a comparison of two arrays give?",
    "Try np.array([1., 4.]) > np.array([3., 2.]): two answers. Then np.maximum of the same two arrays.",
    "max(|a_i|, |b_i|, 1e-8) is meant entry by entry: numpy has a maximum that compares entry with entry.",
    catalogue=24,
)
def _(a, b):
    a, b = same_shape(a, b)
    return np.max(np.abs(a - b) / max(np.abs(a), np.abs(b), 1e-8))


@relative_error.mistake(
    "arrays-and-a-number-in-one-list",
    "You put two arrays and a single number into one list. Can numpy make one array of them?",
    "Try np.max([np.array([1., 4.]), np.array([3., 2.])]): one number, the largest of all four. Wanted are two, 3 and 4.",
    "max(|a_i|, |b_i|, 1e-8) is meant entry by entry: numpy has a maximum that compares two arrays entry with entry, and"
    " stretches a single number beside an array.",
    catalogue=24,
)
def _(a, b):
    a, b = same_shape(a, b)
    return np.max(np.abs(a - b) / np.max([np.abs(a), np.abs(b), 1e-8]))


THREE_TO_MAXIMUM = (
    "You hand three things to np.maximum. How many does it compare?",
    "Try np.maximum([1., 4.], [3., 2.]), then give it 1e-8 as a third: what stands there is for it the place of the"
    " result.",
    "max(|a_i|, |b_i|, 1e-8): np.maximum(p, q) takes two arrays; for three numbers use it twice.",
)


@relative_error.mistake("three-arguments-for-np.maximum", *THREE_TO_MAXIMUM)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b), 1e-8)))


@relative_error.mistake("three-arguments-for-np.maximum", *THREE_TO_MAXIMUM)
def _(a, b):
    return np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b), 1e-8))
