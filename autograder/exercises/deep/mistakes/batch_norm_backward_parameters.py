"""14-deep: known mistakes of `batch_norm_backward.parameters`: dgamma and dbeta."""

import numpy as np

from autograder.exercises.deep import norm_parts as parts
from autograder.exercises.deep.cases import batch_parameters
from autograder.exercises.deep.norm_parts import backward
from autograder.reference.deep import batch_norm_backward

GAMMA = "dgamma = sum over the samples of dvalues times x-hat, shape (1, D): gamma's slope is what it multiplies."
BETA = "dbeta = sum over the samples of dvalues, shape (1, D): a bias is copied to every sample (chapter 06)."
FOUR = "x = [1, 1, 5, 5], upstream [4, 0, 0, 0], eps 0: x-hat is [-1, -1, 1, 1], dgamma -4, dbeta 4."


def mistake(name, *hints, **different):
    batch_parameters.mistake(name, *hints)(backward(**different))


def changed(name, *hints):
    """A mistake made of the right (dX, dgamma, dbeta)."""

    def register(change):
        def answer(dvalues, X, gamma, eps=1e-5):
            return change(*batch_norm_backward(dvalues, X, gamma, eps))

        batch_parameters.mistake(name, *hints)(answer)

    return register


@batch_parameters.mistake("dgamma-with-x", "Does gamma multiply X, or x-hat?", f"{FOUR} Is your dgamma 4?", GAMMA)
def _(dvalues, X, gamma, eps=1e-5):
    dX, _, dbeta = batch_norm_backward(dvalues, X, gamma, eps)
    return dX, (dvalues * X).sum(axis=0, keepdims=True), dbeta


@batch_parameters.mistake(
    "dgamma-with-the-centred",
    "X less its mean is half of the way to x-hat. What is the other half?",
    f"{FOUR} Is your dgamma -8?",
    GAMMA,
)
def _(dvalues, X, gamma, eps=1e-5):
    dX, _, dbeta = batch_norm_backward(dvalues, X, gamma, eps)
    return dX, (dvalues * (X - X.mean(axis=0, keepdims=True))).sum(axis=0, keepdims=True), dbeta


@batch_parameters.mistake(
    "dgamma-with-the-output",
    "What does gamma multiply: x-hat, or what comes out?",
    f"{FOUR} With gamma 3 dgamma is still -4. Is yours -12?",
    GAMMA,
)
def _(dvalues, X, gamma, eps=1e-5):
    dX, dgamma, dbeta = batch_norm_backward(dvalues, X, gamma, eps)
    return dX, dgamma * gamma, dbeta


@batch_parameters.mistake(
    "dbeta-times-gamma",
    "Beta is added after the multiplication. Does what comes back to it pass gamma?",
    f"{FOUR} With gamma 3 dbeta is still 4. Is yours 12?",
    BETA,
)
def _(dvalues, X, gamma, eps=1e-5):
    dX, dgamma, dbeta = batch_norm_backward(dvalues, X, gamma, eps)
    return dX, dgamma, dbeta * gamma


@batch_parameters.mistake(
    "both-times-gamma",
    "Is it dvalues that you add up, or dvalues times gamma? Which of them comes back to gamma and to beta?",
    f"{FOUR} With gamma 3 they are the same. Are yours -12 and 12?",
    "dvalues comes back to the output, and so to gamma and beta; dvalues times gamma comes back to x-hat.",
)
def _(dvalues, X, gamma, eps=1e-5):
    dX, dgamma, dbeta = batch_norm_backward(dvalues, X, gamma, eps)
    return dX, dgamma * gamma, dbeta * gamma


changed(
    "swapped", "In which order are the three returned?", f"{FOUR} Is your second result 4?", "(dX, dgamma, dbeta)."
)(lambda dX, dgamma, dbeta: (dX, dbeta, dgamma))
changed(
    "dx-last",
    "In which order are the three returned?",
    "The first has the shape of X.",
    "(dX, dgamma, dbeta), in the order of the arguments X, gamma, beta of forward.",
)(lambda dX, dgamma, dbeta: (dgamma, dbeta, dX))
changed(
    "shape-of-a-row-lost",
    "Which shape has gamma?",
    "gamma is (1, D), and so is its gradient: sum with keepdims=True.",
    f"{GAMMA} {BETA}",
)(lambda dX, dgamma, dbeta: (dX, dgamma[0], dbeta[0]))
changed(
    "a-column-for-a-row",
    "Which shape has gamma?",
    "gamma is (1, D), not (D, 1).",
    f"{GAMMA} {BETA}",
)(lambda dX, dgamma, dbeta: (dX, dgamma.T, dbeta.T))
changed(
    "added-over-the-features",
    "How many gammas are there: one, or one for each feature?",
    "Three features: dgamma has three numbers, and so has dbeta.",
    f"{GAMMA} {BETA}",
)(lambda dX, dgamma, dbeta: (dX, dgamma.sum(keepdims=True), dbeta.sum(keepdims=True)))
changed("dgamma-sign-turned", "Raise gamma: does an output whose x-hat is positive rise or fall?", FOUR, GAMMA)(
    lambda dX, dgamma, dbeta: (dX, -dgamma, dbeta)
)
changed(
    "dbeta-zero",
    "dX adds up to 0 over the samples. Does dvalues?",
    f"{FOUR} Is your dbeta 0? A bias before the norm has no slope; beta stands behind it.",
    BETA,
)(lambda dX, dgamma, dbeta: (dX, dgamma, np.zeros_like(dbeta)))

mistake(
    "means-for-sums",
    "Gamma and beta serve all samples. Is what comes back from them added, or is its mean taken?",
    f"{FOUR} Are yours -1 and 1?",
    "A number used N times hears N messages, added (chapter 06); only the loss holds 1/N.",
    dgamma=lambda dvalues, normal: (dvalues * normal).mean(axis=0, keepdims=True),
    dbeta=lambda dvalues: dvalues.mean(axis=0, keepdims=True),
)
mistake(
    "dgamma-as-a-mean",
    "dbeta is added. Why is dgamma a mean?",
    f"{FOUR} Is your dgamma -1?",
    GAMMA,
    dgamma=lambda dvalues, normal: (dvalues * normal).mean(axis=0, keepdims=True),
)
mistake(
    "dbeta-as-a-mean",
    "dgamma is added. Why is dbeta a mean?",
    f"{FOUR} Is your dbeta 1?",
    BETA,
    dbeta=lambda dvalues: dvalues.mean(axis=0, keepdims=True),
)
mistake(
    "not-added",
    "How many gammas are there: one for each feature, or one for each entry?",
    "Four samples of three features: dgamma and dbeta are (1, 3), not (4, 3).",
    f"{GAMMA} {BETA}",
    dgamma=lambda dvalues, normal: dvalues * normal,
    dbeta=lambda dvalues: dvalues + 0.0,
)
mistake(
    "added-over-the-wrong-axis",
    "Which axis are the samples?",
    "Four samples of three features: dgamma is (1, 3). With as many samples as features the shapes fit: look at the numbers.",
    f"{GAMMA} {BETA}",
    dgamma=lambda dvalues, normal: (dvalues * normal).sum(axis=1)[None, :],
    dbeta=lambda dvalues: dvalues.sum(axis=1)[None, :],
)
mistake(
    "x-hat-not-used",
    "Is what comes back to gamma the same as what comes back to beta?",
    f"{FOUR} Is your dgamma 4?",
    GAMMA,
    dgamma=lambda dvalues, normal: parts.over_all_rows(dvalues),
)
mistake(
    "product-of-the-sums",
    "Is the sum of products the product of the sums? To what does x-hat add up?",
    f"{FOUR} Is your dgamma 0?",
    GAMMA,
    dgamma=lambda dvalues, normal: np.zeros((1, dvalues.shape[1])),  # but for rounding
)
mistake(
    "absolute-values",
    "May a slope be negative?",
    f"{FOUR} Is your dgamma 4?",
    GAMMA,
    dgamma=lambda dvalues, normal: parts.over_all_rows(np.abs(dvalues * normal)),
)
mistake(
    "n-minus-one",
    "Is the variance of this course divided by N, or by N - 1?",
    f"{FOUR} Is your dgamma -3.46?",
    "var = mean of (x - mean)^2, with 1/N, going back as going forward.",
    variance=parts.unbiased,
)
mistake(
    "eps-missing",
    "A feature of 7, 7, 7, 7: what do you divide by?",
    "x-hat is 0 there, and so is dgamma. Is yours nan? Elsewhere it is off in the sixth digit.",
    "s = sqrt(var + eps), going back as going forward.",
    root=parts.no_eps,
)
mistake(
    "eps-outside-the-root",
    "Where does eps stand: under the root, or beside it?",
    "Variance 4 and eps 0.1: s is sqrt(4.1) = 2.0248, not 2.1.",
    "s = sqrt(var + eps).",
    root=parts.eps_outside,
)
mistake(
    "root-forgotten",
    "Is s the variance, or its root?",
    f"{FOUR} Is your dgamma -2?",
    "s = sqrt(var + eps).",
    root=parts.no_root,
)


@batch_parameters.mistake(
    "over-the-features",
    "Who shares a mean: all samples of a feature, or all features of a sample?",
    "The lesson's second batch: dgamma is -4, 3.0151, 2.5298.",
    "Batch norm takes its means over the samples, axis=0; over the features would be layer norm.",
)
def _(dvalues, X, gamma, eps=1e-5):
    return backward(axis=-1)(dvalues, X, gamma, eps)


mistake(
    "dgamma-not-added",
    "How many gammas are there: one for each feature, or one for each entry? dbeta knows.",
    "Four samples of three features: dgamma is (1, 3), not (4, 3).",
    GAMMA,
    dgamma=lambda dvalues, normal: dvalues * normal,
)
