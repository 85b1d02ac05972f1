"""14-deep: known mistakes of `batch_norm_forward`."""

import numpy as np

from autograder.exercises.deep import norm_parts as parts
from autograder.exercises.deep.cases import batch_norm_forward
from autograder.exercises.deep.norm_parts import forward, mean_along
from autograder.reference.deep import batch_norm_forward as right

FOUR = "1, 1, 5, 5: mean 3, variance 4, deviation 2; with gamma 1, beta 0 and eps 0 Y is -1, -1, 1, 1."
FORMULA = "Y = gamma (X - mean) / sqrt(var + eps) + beta; mean and var over the samples, axis=0, keepdims=True."


def mistake(name, *hints, **different):
    batch_norm_forward.mistake(name, *hints)(forward(**different))


n_minus_one = batch_norm_forward.mistake(
    "n-minus-one",
    "Is the variance of this course divided by N, or by N - 1?",
    f"{FOUR} Is your variance 5.33, and Y 0.866?",
    "var = mean of (x - mean)^2, with 1/N; np.var does so by itself.",
)
n_minus_one(forward(variance=parts.unbiased))
n_minus_one(forward(variance=parts.unbiased_of_one))
mistake(
    "over-the-features",
    "Who shares a mean: all samples of a feature, or all features of a sample?",
    "Four samples of three features: mean and variance are (1, 3).",
    "Batch norm takes its means over the samples, axis=0; over the features would be layer norm.",
    mean=lambda X, axis: mean_along(X, 1),
    variance=lambda X, axis: parts.variance_along(X, 1),
)
mistake(
    "one-mean-for-all-features",
    "Is there one mean, or one for each feature?",
    "Four samples of three features: mean and variance are (1, 3).",
    FORMULA,
    mean=lambda X, axis: np.full((1, X.shape[1]), X.mean()),
    variance=lambda X, axis: np.full((1, X.shape[1]), X.var()),
)
mistake(
    "one-number-for-the-mean",
    "Is there one mean, or one for each feature?",
    "Four samples of three features: mean and variance are (1, 3).",
    FORMULA,
    mean=lambda X, axis: X.mean(),
    variance=lambda X, axis: X.var(),
)
mistake(
    "one-mean-for-everything",
    "keepdims=True alone: over which axes is the mean then?",
    "Four samples of three features: mean and variance are (1, 3). Are yours (1, 1)?",
    FORMULA,
    mean=lambda X, axis: X.mean(keepdims=True),
    variance=lambda X, axis: X.var(keepdims=True),
)
mistake(
    "kept-axis-lost",
    "Which shape do mean and variance have, and which have gamma and beta?",
    "Four samples of three features: mean and variance are (1, 3), not (3,).",
    FORMULA,
    hand_back=lambda Y, mean, variance: (Y, mean[0], variance[0]),
)
mistake(
    "over-the-variance",
    "What is x divided by: the variance, or its root?",
    f"{FOUR} Is yours -0.5, -0.5, 0.5, 0.5? With a deviation of 1 nothing shows.",
    FORMULA,
    root=parts.no_root,
)
mistake(
    "eps-missing",
    "A feature of 7, 7, 7, 7: what do you divide by?",
    "Y is beta there. Is yours nan? Elsewhere it is off in the sixth digit.",
    FORMULA,
    root=parts.no_eps,
)
mistake(
    "eps-outside-the-root",
    "Where does eps stand: under the root, or beside it?",
    "Variance 4 and eps 0.1: s is sqrt(4.1) = 2.0248, not 2.1.",
    FORMULA,
    root=parts.eps_outside,
)
mistake(
    "always-the-same-eps",
    "eps is an argument. Do you use it, or a number of your own?",
    "With eps=0.1, 1, 1, 5, 5 becomes -0.9877 and 0.9877.",
    FORMULA,
    root=lambda variance, eps: np.sqrt(variance + 1e-5),
)
mistake(
    "deviation-handed-back",
    "Which is wanted as third result: the variance, or the deviation?",
    f"{FOUR} Is your third result 2?",
    "(Y, mean, variance).",
    hand_back=lambda Y, mean, variance: (Y, mean, np.sqrt(variance)),
)
mistake(
    "eps-in-the-variance-handed-back",
    "Is eps part of the variance, or only of what is divided by?",
    "A feature of 7, 7, 7, 7 has variance 0. Is yours 1e-5?",
    "(Y, mean, variance): the variance as it is; eps only under the root.",
    variance=lambda X, axis: parts.variance_along(X, axis) + 1e-5,
    root=lambda variance, eps: np.sqrt(variance - 1e-5 + eps),
)
mistake(
    "squares-without-the-mean",
    "The variance is the mean of the squares of what?",
    f"{FOUR} Is your variance 13?",
    "var = mean of (x - mean)^2.",
    variance=lambda X, axis: mean_along(X.astype(float) ** 2, axis),
)
mistake(
    "absolute-deviation",
    "Is a deviation the mean of the distances, or the root of the mean of their squares?",
    "For 1, 1, 5, 5 both are 2; for 0, 0, 0, 4 they are 1.5 and 1.73.",
    "var = mean of (x - mean)^2.",
    variance=lambda X, axis: mean_along(np.abs(X - mean_along(X, axis)), axis) ** 2,
)
mistake(
    "sum-of-squares",
    "Is the variance the sum of the squares, or their mean?",
    f"{FOUR} Is your variance 16?",
    "var = mean of (x - mean)^2.",
    variance=lambda X, axis: parts.variance_along(X, axis) * len(X),
)
mistake(
    "median-for-the-mean",
    "Is it the middle one, or the mean?",
    "1, 1, 5, 5 has both at 3; 0, 0, 0, 4 has 0 and 1.",
    FORMULA,
    mean=lambda X, axis: np.median(X, axis=axis, keepdims=True),
)
mistake(
    "gamma-and-beta-exchanged",
    "Which of the two multiplies?",
    f"{FOUR} With gamma 3 and beta 0.5: -2.5, -2.5, 3.5, 3.5.",
    FORMULA,
    apply=lambda normal, gamma, beta: beta * normal + gamma,
)
mistake(
    "gamma-forgotten",
    "Which factor stands before x-hat?",
    f"{FOUR} With gamma 3: -3, -3, 3, 3.",
    FORMULA,
    apply=lambda normal, gamma, beta: normal + beta + 0.0 * gamma,
)
mistake(
    "beta-forgotten",
    "What is added at the end?",
    f"{FOUR} With beta 0.5: -0.5, -0.5, 1.5, 1.5.",
    FORMULA,
    apply=lambda normal, gamma, beta: gamma * normal,
)
mistake(
    "x-hat-handed-back",
    "x-hat is there. What becomes of it before it leaves?",
    f"{FOUR} With gamma 3 and beta 0.5: -2.5, -2.5, 3.5, 3.5.",
    FORMULA,
    apply=lambda normal, gamma, beta: normal,
)
mistake(
    "gamma-times-all",
    "Is beta multiplied by gamma, too?",
    f"{FOUR} With gamma 3 and beta 0.5: -2.5, -2.5, 3.5, 3.5. Are yours 1 higher?",
    FORMULA,
    apply=lambda normal, gamma, beta: gamma * (normal + beta),
)
mistake(
    "mean-not-taken-off",
    "Where does 0 come to lie: at the mean?",
    f"{FOUR} Is yours 0.5, 0.5, 2.5, 2.5?",
    FORMULA,
    mean=lambda X, axis: 0.0 * mean_along(X, axis),
)


def answer(name, *hints):
    return batch_norm_forward.mistake(name, *hints)


@answer(
    "mean-used-and-not-taken-off",
    "The mean is handed back. Is it also taken off?",
    f"{FOUR} Is yours 0.5, 0.5, 2.5, 2.5?",
    FORMULA,
)
def _(X, gamma, beta, eps=1e-5):
    _, mean, variance = right(X, gamma, beta, eps)
    return gamma * X / np.sqrt(variance + eps) + beta, mean, variance


@answer(
    "not-divided",
    "The mean is taken off. By what is the rest divided?",
    f"{FOUR} Is yours -2, -2, 2, 2?",
    FORMULA,
)
def _(X, gamma, beta, eps=1e-5):
    _, mean, variance = right(X, gamma, beta, eps)
    return gamma * (X - mean) + beta, mean, variance


@answer(
    "precedence",
    "What is divided: the difference, or the mean alone?",
    "In x - mean / s the division comes first.",
    FORMULA,
)
def _(X, gamma, beta, eps=1e-5):
    _, mean, variance = right(X, gamma, beta, eps)
    return gamma * (X - mean / np.sqrt(variance + eps)) + beta, mean, variance


@answer(
    "callers-x-changed",
    "Whose array is it from which you take the mean?",
    "Print X before and after the call.",
    "A `-` makes a new array; `X -= mean` changes the caller's.",
)
def _(X, gamma, beta, eps=1e-5):
    mean, variance = X.mean(axis=0, keepdims=True), X.var(axis=0, keepdims=True)
    X -= mean
    return gamma * X / np.sqrt(variance + eps) + beta, mean, variance


@answer(
    "constant-feature-counts-as-one",
    "Chapter 10 let a deviation of 0 count as 1. What does eps do here?",
    "With eps no deviation is 0: Y is beta for a feature that never varies, and elsewhere eps shows in the sixth digit.",
    FORMULA,
)
def _(X, gamma, beta, eps=1e-5):
    mean, variance = X.mean(axis=0, keepdims=True), X.var(axis=0, keepdims=True)
    return gamma * (X - mean) / np.where(variance > 0, np.sqrt(variance), 1.0) + beta, mean, variance


@batch_norm_forward.mistake(
    "divisor-handed-back",
    "Which is wanted as third result: the variance, or what you divide by?",
    f"{FOUR} Is your third result 2?",
    "(Y, mean, variance): the variance as it is, without eps and without the root.",
)
def _(X, gamma, beta, eps=1e-5):
    Y, mean, variance = forward()(X, gamma, beta, eps)
    return Y, mean, np.sqrt(variance + eps)


@batch_norm_forward.mistake(
    "variance-and-eps-handed-back",
    "Is eps part of the variance, or only of what is divided by?",
    "A feature of 7, 7, 7, 7 has variance 0. Is yours eps?",
    "(Y, mean, variance): the variance as it is; eps only under the root.",
)
def _(X, gamma, beta, eps=1e-5):
    Y, mean, variance = forward()(X, gamma, beta, eps)
    return Y, mean, variance + eps
