"""14-deep: known mistakes of `layer_norm_forward`."""

import numpy as np

from autograder.exercises.deep import norm_parts as parts
from autograder.exercises.deep.cases import layer_norm_forward
from autograder.exercises.deep.norm_parts import forward, mean_along

ROW = "The row 1, 1, 5, 5: mean 3, deviation 2; with gamma [1, 2, 1, 1], beta 0 and eps 0 Y is -1, -2, 1, 1."
FORMULA = "Y = gamma (X - mean) / sqrt(var + eps) + beta; mean and var over the row, axis=-1, keepdims=True."
SEQUENCES = "X (2, 5, 3): ten rows of three, each with a mean of its own."


def mistake(name, *hints, **different):
    layer_norm_forward.mistake(name, *hints)(forward(axis=-1, **different))


def along(axis):
    """Mean and variance along another axis."""
    return {"mean": lambda X, _: mean_along(X, axis), "variance": lambda X, _: parts.variance_along(X, axis)}


mistake(
    "over-the-samples",
    "Who shares a mean: all samples of a feature, or all features of a sample?",
    ROW,
    "Layer norm takes its means over the row, axis=-1; over the samples is batch norm.",
    **along(0),
)
mistake(
    "axis-one-for-the-last",
    "X may have three axes. Which of them is the row's: 1, or the last?",
    SEQUENCES,
    "axis=-1 is the last, however many stand in front.",
    **along(1),
)
mistake(
    "one-mean-for-everything",
    "Is there one mean, or one for each row?",
    SEQUENCES,
    FORMULA,
    mean=lambda X, axis: X.mean(),
    variance=lambda X, axis: X.var(),
)
mistake(
    "one-mean-for-a-sequence",
    "X may have three axes: sequences of rows. Do rows of one sequence share a mean?",
    SEQUENCES,
    FORMULA,
    mean=lambda X, axis: X.mean(axis=tuple(range(1, X.ndim)), keepdims=True),
    variance=lambda X, axis: X.var(axis=tuple(range(1, X.ndim)), keepdims=True),
)
mistake(
    "d-minus-one",
    "Is the variance of this course divided by D, or by D - 1?",
    f"{ROW} Is yours 0.866 times that?",
    "var = mean of (x - mean)^2, with 1/D; np.var does so by itself.",
    variance=parts.unbiased,
)
mistake(
    "over-the-variance",
    "What is x divided by: the variance, or its root?",
    f"{ROW} Is yours half of that? With a deviation of 1 nothing shows.",
    FORMULA,
    root=parts.no_root,
)
mistake(
    "eps-missing",
    "A row of 7, 7, 7, 7: what do you divide by?",
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
    "With eps=0.1, gamma 1 and beta 0 the row becomes -0.9877 and 0.9877.",
    FORMULA,
    root=lambda variance, eps: np.sqrt(variance + 1e-5),
)
mistake(
    "squares-without-the-mean",
    "The variance is the mean of the squares of what?",
    f"{ROW} Mean of the squares: 13; variance: 4.",
    "var = mean of (x - mean)^2.",
    variance=lambda X, axis: mean_along(X.astype(float) ** 2, axis),
)
mistake(
    "sum-of-squares",
    "Is the variance the sum of the squares, or their mean?",
    f"{ROW} Is yours half of that?",
    "var = mean of (x - mean)^2.",
    variance=lambda X, axis: parts.variance_along(X, axis) * X.shape[-1],
)
mistake(
    "mean-not-taken-off",
    "Where does 0 come to lie: at the mean of the row?",
    f"{ROW} Is yours 0.5, 1, 2.5, 2.5?",
    FORMULA,
    mean=lambda X, axis: 0.0 * mean_along(X, axis),
)
mistake(
    "not-divided",
    "The mean is taken off. By what is the rest divided?",
    f"{ROW} Is yours twice that?",
    FORMULA,
    root=lambda variance, eps: np.ones_like(variance),
)
mistake(
    "gamma-and-beta-exchanged",
    "Which of the two multiplies?",
    ROW,
    FORMULA,
    apply=lambda normal, gamma, beta: beta * normal + gamma,
)
mistake(
    "gamma-forgotten",
    "Which factor stands before x-hat?",
    f"{ROW} Is yours -1, -1, 1, 1?",
    FORMULA,
    apply=lambda normal, gamma, beta: normal + beta,
)
mistake(
    "beta-forgotten",
    "What is added at the end?",
    f"{ROW} With a beta of 10 all are 10 higher.",
    FORMULA,
    apply=lambda normal, gamma, beta: gamma * normal,
)
mistake(
    "x-hat-handed-back",
    "x-hat is there. What becomes of it before it leaves?",
    f"{ROW} Is yours -1, -1, 1, 1?",
    FORMULA,
    apply=lambda normal, gamma, beta: normal,
)
mistake(
    "gamma-times-all",
    "Is beta multiplied by gamma, too?",
    f"{ROW} With a beta of 10 all are 10 higher, the second one, too.",
    FORMULA,
    apply=lambda normal, gamma, beta: gamma * (normal + beta),
)
mistake(
    "three-handed-back",
    "What does layer norm hand back: Y alone, or mean and variance, too?",
    "Batch norm's running numbers want its mean and variance; nobody wants a row's.",
    "Layer norm returns Y, and nothing else.",
    hand_back=lambda Y, mean, variance: (Y, mean, variance),
)
mistake(
    "leading-axes-lost",
    "Which shape has X, and which has your Y?",
    "X (2, 5, 3): Y is (2, 5, 3), not (10, 3).",
    "Y has the shape of X, whatever stands in front.",
    hand_back=lambda Y, mean, variance: Y.reshape(-1, Y.shape[-1]),
)


@layer_norm_forward.mistake(
    "callers-x-changed",
    "Whose array is it from which you take the mean?",
    "Print X before and after the call.",
    "A `-` makes a new array; `X -= mean` changes the caller's.",
)
def _(X, gamma, beta, eps=1e-5):
    s = np.sqrt(X.var(axis=-1, keepdims=True) + eps)
    X -= X.mean(axis=-1, keepdims=True)
    return gamma * X / s + beta


mistake(
    "kept-axis-lost",
    "A mean of each row is taken from the row. Which shape has your array of means: (N, 1), or (N,)?",
    "np.ones((4, 3)).mean(axis=-1).shape is (4,), and lies along the last axis, over the features. keepdims=True keeps the axis.",
    FORMULA,
    mean=lambda X, axis: X.mean(axis=-1),
    variance=lambda X, axis: X.var(axis=-1),
)


mistake(
    "n-minus-one",
    "Is the variance of this course divided by the number of entries of a row, or by one less?",
    f"{ROW} With 4 numbers and a 3 below the line the variance is 5.33.",
    FORMULA,
    variance=lambda X, _: X.var(axis=-1, keepdims=True, ddof=1),
)
