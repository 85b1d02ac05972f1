"""13-arrays: known mistakes of `Tensor.loss`."""

import numpy as np

from autograder.exercises.arrays.operation_cases import cross_entropy
from autograder.reference.arrays import Tensor


def written(body):
    """A class with this cross-entropy, a function of the scores z and the labels t."""
    return type("Written", (Tensor,), {"cross_entropy": body})


def right_scores(z, t):
    return z[np.arange(len(t)), t]


@cross_entropy.mistake(
    "a-column-for-each-label",
    "`z[:, t]`: how many numbers is that for N samples? And how many right scores are there?",
    "z of shape (2, 3), t = [1, 2]: z[:, t] has shape (2, 2). Which two of its four are the right scores?",
    "Labels pick pairs: row n with column t[n], so the rows have to be named as well, as in chapter 09.",
)
@written
def _(z, t):
    return (z.log_sum_exp() - z[np.arange(len(z.data))[:, None], t[None, :]]).sum() * (1 / len(t))


@cross_entropy.mistake(
    "n-times-too-large",
    "A loss over a batch is a mean. Which of your lines takes it? And how many numbers do you add up: N?",
    "The lesson's two samples have loss 1.1513. Is yours 2.3026? (N, 1) minus (N,) is (N, N): that, too, is N times too large.",
    "The mean over samples: the 1/N is in the loss, once.",
)
@written
def _(z, t):
    return Tensor.cross_entropy(z, t) * len(t)


@cross_entropy.mistake(
    "one-over-c",
    "You divide. By the number of samples, or of classes?",
    "The lesson's two samples, three classes: 2.3026 / 2 = 1.1513. Is yours 0.7675?",
    "The mean over samples: 1/N, however many classes there are.",
)
@written
def _(z, t):
    return Tensor.cross_entropy(z, t) * (len(t) / z.shape[1])


@cross_entropy.mistake(
    "mean-over-everything",
    "How many numbers go into the mean: one a sample, or one for every sample and class?",
    "The lesson's two samples have loss 1.1513. Is yours a third of it?",
    "One loss a sample: the sum is divided by N, not by N C.",
)
@written
def _(z, t):
    return Tensor.cross_entropy(z, t) * (1 / z.shape[1])


@cross_entropy.mistake(
    "sign-lost",
    "A loss is 0 at best and positive else. Which sign has yours?",
    "The lesson's two samples have loss 1.1513. Is yours -1.1513?",
    "log-sum-exp minus the right score, which is never larger.",
)
@written
def _(z, t):
    return -Tensor.cross_entropy(z, t)


@cross_entropy.mistake(
    "right-score-added",
    "A higher score for the right class: should it raise the loss, or lower it?",
    "Scores [ln 7, ln 2, 0], right class 1: ln 10 - ln 2 = 1.6094. Is yours 2.9957?",
    "The loss of a sample is log-sum-exp *minus* its right score.",
)
@written
def _(z, t):
    rows = len(t)
    return (z.log_sum_exp().reshape(rows) + right_scores(z, t)).sum() * (1 / rows)


@cross_entropy.mistake(
    "scores-not-weighed",
    "You look at the right score alone. Does it not matter how high the others are?",
    "Scores [ln 7, ln 2, 0], right class 1: 1.6094. Is yours -0.6931?",
    "The loss of a sample is log-sum-exp minus its right score.",
)
@written
def _(z, t):
    return -right_scores(z, t).sum() * (1 / len(t))


@cross_entropy.mistake(
    "naive-and-infinite",
    "What is e to the power of 1000 on a computer?",
    "Scores [[1000, 0]], right class 0: the loss is 0. Is yours nan or inf?",
    "log_sum_exp stays finite if it takes the largest score of each row out first.",
)
@written
def _(z, t):
    rows = len(t)
    naive = z.exp().sum(axis=1, keepdims=True).log()
    return (naive.reshape(rows) - right_scores(z, t)).sum() * (1 / rows)


@cross_entropy.mistake(
    "labels-counted-from-one",
    "The classes are 0, 1, 2. Which column has the score of class 1?",
    "Scores [ln 7, ln 2, 0], right class 1: its score is ln 2.",
    "Labels are places: z[n, t[n]], counted from 0.",
)
@written
def _(z, t):
    return Tensor.cross_entropy(z, np.asarray(t) - 1)


@cross_entropy.mistake(
    "shift-not-added-back",
    "Your gradients are right, and the loss is not. What did log_sum_exp take away, and where does it come back?",
    "Scores [[1000, 0]], right class 0: the loss is 0. Is yours -1000?",
    "ln sum e^z = m + ln sum e^(z - m): the largest score is added back.",
)
@written
def _(z, t):
    return Tensor.cross_entropy(z, t) - z.data.max(axis=1).mean()


@cross_entropy.mistake(
    "right-score-without-a-wire",
    "The loss is right. Along which wire does the right score hear of it?",
    "The lesson's two samples: z.grad[0] is [0.35, -0.4, 0.05]. Is yours [0.35, 0.1, 0.05]?",
    "What is read from z.data is a plain number, and has no wire: pick from z itself.",
)
@written
def _(z, t):
    return (z.log_sum_exp().sum() - Tensor(z.data[np.arange(len(t)), t]).sum()) * (1 / len(t))
