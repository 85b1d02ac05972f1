"""08-network: known mistakes in how `check_gradients` compares two gradients."""

import numpy as np

from autograder.exercises.network.cases import check_gradients
from autograder.exercises.network.checker import checks

check_gradients.mistake(
    "absolute-error",
    "Is a difference of 0.000001 small? Compared with what?",
    "A gradient of 0.000001 that comes out doubled is off by 0.000001 only, and yet wrong by a factor of two.",
    "Divide |a - b| by the larger of |a| and |b|: 2 is a wrong sign, 1 a missing gradient, 0.5 a factor of two.",
    catalogue=69,
)(checks(error=lambda a, b: float(np.max(np.abs(a - b)))))


def without_floor(a, b):
    with np.errstate(all="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))))


check_gradients.mistake(
    "zero-over-zero",
    "What is your relative error where both gradients are exactly 0?",
    "Try a = b = 0: 0/0 is NaN, and no comparison with NaN is ever true.",
    "Let the divisor be at least 1e-8, as relative_error of lesson 01 does.",
)(checks(error=without_floor))


def by_sum(a, b):
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), 1e-8)))


check_gradients.mistake(
    "divided-by-the-sum",
    "Other courses divide by |a| + |b|. By what does this one?",
    "For a = 2 and b = 1 this course says 0.5; |a| + |b| gives a third.",
    "|a - b| / max(|a|, |b|, 1e-8).",
)(checks(error=by_sum))


def by_norms(a, b):
    return float(np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b), 1e-8))


check_gradients.mistake(
    "one-length-for-all-entries",
    "One small entry is wrong among many large right ones. Does your number show it?",
    "a = [100, 1], b = [100, 2]: the second entry is wrong by half; lengths of whole vectors give 0.01.",
    "The relative error of each entry first, then the largest of them.",
)(checks(error=by_norms))


def by_largest(a, b):
    return float(np.max(np.abs(a - b)) / max(np.max(np.abs(a)), np.max(np.abs(b)), 1e-8))


check_gradients.mistake(
    "compared-with-the-largest",
    "You divide every difference by the largest gradient of the array. Does a small wrong one show?",
    "a = [100, 1], b = [100, 2]: the second entry is wrong by half; 1/100 is 0.01.",
    "|a - b| / max(|a|, |b|, 1e-8), entry by entry, then the largest of these.",
    catalogue=69,
)(checks(error=by_largest))


def averaged(a, b):
    return float(np.mean(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)))


check_gradients.mistake(
    "average-for-worst",
    "One entry of a hundred is wrong. What does an average say to that?",
    "Errors of 0, 0, 0 and 0.5: the answer is 0.5.",
    "The largest relative error over all entries is reported.",
)(checks(error=averaged))


def of_the_last(a, b):
    return float(np.ravel(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8))[-1])


check_gradients.mistake(
    "last-for-largest",
    "Four entries, four errors. Which of them does your dict report: the largest, or the last?",
    "Errors of 0.5, 0, 0, 0: the answer is 0.5, wherever it stands.",
    "The largest relative error over all entries is reported: a later, smaller one does not replace it.",
)(checks(error=of_the_last))


def signed(a, b):
    return float(np.max((a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)))


check_gradients.mistake(
    "sign-of-the-difference-kept",
    "A difference of -0.5 is smaller than one of 0.001. Is it better?",
    "a = [1], b = [2]: the relative error is 0.5, not -0.5.",
    "|a - b| above the line, then the largest over all entries.",
)(checks(error=signed))


def by_analytic(a, b):
    with np.errstate(all="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), 1e-8)))


check_gradients.mistake(
    "divided-by-one-side",
    "If one of the two gradients is 0 by mistake, by what do you divide?",
    "a = 0, b = 1: the relative error is 1, whichever of the two is the 0.",
    "|a - b| / max(|a|, |b|, 1e-8): the larger of both.",
)(checks(error=by_analytic))
