"""13-arrays: known mistakes of `Tensor.logsumexp`."""

import numpy as np

from autograder.exercises.arrays.operation_cases import log_sum_exp
from autograder.reference.arrays import Tensor


def written(body):
    """A class with this log-sum-exp, a function of the scores z."""
    return type("Written", (Tensor,), {"log_sum_exp": body})


@log_sum_exp.mistake(
    "naive-and-infinite",
    "What is e to the power of 1000 on a computer? And its logarithm?",
    "log_sum_exp(Tensor([[1000.0, 0.0]])) is 1000, with slopes 1 and 0. Is yours inf, with nan?",
    "Take the largest score of each row out first: ln sum e^z = m + ln sum e^(z - m).",
)
@written
def _(z):
    return z.exp().sum(axis=1, keepdims=True).log()


@log_sum_exp.mistake(
    "one-maximum-for-the-batch",
    "Rows [1001, 1000] and [1, 0]: what is left of the second, if 1001 is taken away?",
    "log_sum_exp of [[1001, 1000], [1, 0]] is 1001.3133 and 1.3133. Is yours -inf in the second row?",
    "Each row has a largest score of its own: the maximum is taken over the classes, and its axis is kept.",
)
@written
def _(z):
    most = z.data.max()
    return (z - most).exp().sum(axis=1, keepdims=True).log() + most


@log_sum_exp.mistake(
    "shift-not-added-back",
    "You took the largest score away. Where does it come back?",
    "log_sum_exp of [[ln 7, ln 2, 0]] is ln 10 = 2.3026. Is yours 0.3567? The gradients do not tell.",
    "ln sum e^z = m + ln sum e^(z - m): what was taken out is added at the end.",
)
@written
def _(z):
    return (z - z.data.max(axis=1, keepdims=True)).exp().sum(axis=1, keepdims=True).log()


@log_sum_exp.mistake(
    "shift-taken-away-again",
    "The largest score was subtracted. Do you add it, or subtract it once more?",
    "log_sum_exp of [[1000, 0]] is 1000. Is yours -1000?",
    "ln sum e^z = m + ln sum e^(z - m).",
)
@written
def _(z):
    most = z.data.max(axis=1, keepdims=True)
    return (z - most).exp().sum(axis=1, keepdims=True).log() - most


@log_sum_exp.mistake(
    "down-the-columns",
    "Rows are samples. Over which axis are the classes?",
    "log_sum_exp of two rows and three classes has shape (2, 1). Is yours (1, 3)?",
    "The sum is over the classes, axis 1.",
)
@written
def _(z):
    most = z.data.max(axis=0, keepdims=True)
    return (z - most).exp().sum(axis=0, keepdims=True).log() + most


over_everything = log_sum_exp.mistake(
    "over-everything",
    "Each sample has a sum of its own. How many numbers do you return for two samples?",
    "log_sum_exp of two rows has shape (2, 1), and the second row's does not change with the first. Does yours?",
    "The sum is over the classes, axis 1, which stays with length 1.",
)


@over_everything
@written
def _(z):
    most = z.data.max()
    return (z - most).exp().sum().log() + most


@over_everything
@written
def _(z):
    most = z.data.max(axis=1, keepdims=True)
    return (z - most).exp().sum().log() + most


@log_sum_exp.mistake(
    "axis-not-kept",
    "Right numbers. Is the shape (N, 1), or (N,)?",
    "log_sum_exp of [[ln 7, ln 2, 0]] has shape (1, 1). Is yours (1,)?",
    "keepdims=True, in the maximum and in the sum: (N, 1) stands beside (N, C), (N,) does not.",
)
@written
def _(z):
    most = z.data.max(axis=1)
    return (z - most[:, None]).exp().sum(axis=1).log() + most


@log_sum_exp.mistake(
    "mean-for-sum",
    "The logarithm of a sum, or of a mean?",
    "log_sum_exp of [[ln 7, ln 2, 0]] is ln 10 = 2.3026. Is yours ln(10/3) = 1.204?",
    "ln of the sum over the classes of e^z.",
)
@written
def _(z):
    return Tensor.log_sum_exp(z) - np.log(z.shape[1])


@log_sum_exp.mistake(
    "the-largest-score-alone",
    "log-sum-exp is nearly the largest score. Nearly: what is missing?",
    "log_sum_exp of [[ln 7, ln 2, 0]] is 2.3026, and the largest score 1.9459.",
    "ln sum e^z = m + ln sum e^(z - m), and the second part is not 0.",
)
@written
def _(z):
    most = z.data.max(axis=1, keepdims=True)
    return (z * (z.data == most)).sum(axis=1, keepdims=True)


@log_sum_exp.mistake(
    "logarithm-before-the-sum",
    "Is the logarithm of a sum the sum of the logarithms? What does a logarithm do right behind an exponential?",
    "log_sum_exp of [[0, 0]] is ln 2 = 0.6931. Is yours 0?",
    "First e^(z - m), then the sum over the classes, then one logarithm for each row, then m.",
)
@written
def _(z):
    most = z.data.max(axis=1, keepdims=True)
    return (z - most).exp().log().sum(axis=1, keepdims=True) + most
