"""14-deep: known mistakes of `layer_norm_backward.parameters`: dgamma and dbeta, over any number of leading axes."""

import numpy as np

from autograder.exercises.deep import norm_parts as parts
from autograder.exercises.deep.cases import layer_parameters
from autograder.exercises.deep.norm_parts import backward
from autograder.reference.deep import layer_norm_backward

GAMMA = "dgamma = sum over all rows of dvalues times x-hat, shape (1, D)."
BETA = "dbeta = sum over all rows of dvalues, shape (1, D)."
SECOND = "The lesson's second batch: dgamma is [[-2.372, 2.8243, -2.5479]], dbeta [[4, 2, 2.5]]."
SEQUENCES = "X (2, 5, 3) is ten rows of three: dgamma is (1, 3), added over both axes in front."


def mistake(name, *hints, **different):
    layer_parameters.mistake(name, *hints)(backward(axis=-1, **different))


def instead(name, *hints):
    """A mistake that makes (dgamma, dbeta) of dvalues, x-hat, X and gamma."""

    def register(both):
        def answer(dvalues, X, gamma, eps=1e-5):
            dX, _, _ = layer_norm_backward(dvalues, X, gamma, eps)
            s = np.sqrt(X.var(axis=-1, keepdims=True) + eps)
            return dX, *both(dvalues, (X - X.mean(axis=-1, keepdims=True)) / s, X, gamma)

        layer_parameters.mistake(name, *hints)(answer)

    return register


def over_the_first(array):
    return array.sum(axis=0, keepdims=True)


rows = parts.over_all_rows

instead(
    "added-over-the-first-axis-only",
    "X may have three axes. Over which of them is gamma copied?",
    f"{SEQUENCES} Is yours (1, 5, 3)?",
    f"{GAMMA} {BETA}",
)(lambda dvalues, normal, X, gamma: (over_the_first(dvalues * normal), over_the_first(dvalues)))
instead(
    "added-over-axis-zero",
    "X may have three axes. Over which of them is gamma copied? And which shape has gamma?",
    f"{SEQUENCES} Is yours (5, 3), and (3,) where X has two axes?",
    f"{GAMMA} {BETA}",
)(lambda dvalues, normal, X, gamma: ((dvalues * normal).sum(axis=0), dvalues.sum(axis=0)))
instead(
    "all-axes-kept",
    "Which shape has gamma, whatever stands in front of X?",
    f"{SEQUENCES} Is yours (1, 1, 3)?",
    f"{GAMMA} {BETA}",
)(
    lambda dvalues, normal, X, gamma: tuple(
        one.sum(axis=tuple(range(X.ndim - 1)), keepdims=True) for one in (dvalues * normal, dvalues)
    )
)
instead(
    "first-sequence-only",
    "What became of the other sequences?",
    SEQUENCES,
    f"{GAMMA} {BETA}",
)(lambda dvalues, normal, X, gamma: tuple(rows(one[0] if X.ndim > 2 else one) for one in (dvalues * normal, dvalues)))
instead(
    "mean-over-the-sequences",
    "Rows of a sequence are added; and sequences?",
    SEQUENCES,
    f"{GAMMA} {BETA}",
)(
    lambda dvalues, normal, X, gamma: tuple(
        rows(one) / (len(X) if X.ndim > 2 else 1) for one in (dvalues * normal, dvalues)
    )
)
instead(
    "added-over-the-row",
    "Which axis is the row's? How many gammas are there?",
    f"{SECOND} There is a gamma for each feature.",
    f"{GAMMA} {BETA}",
)(
    lambda dvalues, normal, X, gamma: tuple(
        one.reshape(-1, X.shape[-1]).sum(axis=1)[None, :] for one in (dvalues * normal, dvalues)
    )
)
instead("shape-of-a-row-lost", "Which shape has gamma?", "gamma is (1, D), and so is its gradient.", f"{GAMMA} {BETA}")(
    lambda dvalues, normal, X, gamma: (rows(dvalues * normal)[0], rows(dvalues)[0])
)
instead(
    "not-added",
    "How many gammas are there: one for each feature, or one for each entry?",
    SEQUENCES,
    f"{GAMMA} {BETA}",
)(lambda dvalues, normal, X, gamma: (dvalues * normal, dvalues + 0.0))
instead(
    "means-for-sums",
    "Gamma and beta serve all rows. Is what comes back from them added, or is its mean taken?",
    f"{SECOND} Are yours a quarter of that?",
    "A number used N times hears N messages, added (chapter 06); only the loss holds 1/N.",
)(lambda dvalues, normal, X, gamma: tuple(rows(one) / (X.size / X.shape[-1]) for one in (dvalues * normal, dvalues)))
instead("dgamma-as-a-mean", "dbeta is added. Why is dgamma a mean?", SECOND, GAMMA)(
    lambda dvalues, normal, X, gamma: (rows(dvalues * normal) / (X.size / X.shape[-1]), rows(dvalues))
)
instead("dbeta-as-a-mean", "dgamma is added. Why is dbeta a mean?", SECOND, BETA)(
    lambda dvalues, normal, X, gamma: (rows(dvalues * normal), rows(dvalues) / (X.size / X.shape[-1]))
)
instead("dgamma-with-x", "Does gamma multiply X, or x-hat?", SECOND, GAMMA)(
    lambda dvalues, normal, X, gamma: (rows(dvalues * X), rows(dvalues))
)
instead(
    "dgamma-with-the-centred", "X less its mean is half of the way to x-hat. What is the other half?", SECOND, GAMMA
)(lambda dvalues, normal, X, gamma: (rows(dvalues * (X - X.mean(axis=-1, keepdims=True))), rows(dvalues)))
instead("dgamma-with-the-output", "What does gamma multiply: x-hat, or what comes out?", SECOND, GAMMA)(
    lambda dvalues, normal, X, gamma: (rows(dvalues * normal) * gamma, rows(dvalues))
)
instead(
    "dbeta-times-gamma", "Beta is added after the multiplication. Does what comes back to it pass gamma?", SECOND, BETA
)(lambda dvalues, normal, X, gamma: (rows(dvalues * normal), rows(dvalues) * gamma))
instead(
    "both-times-gamma",
    "Is it dvalues that you add up, or dvalues times gamma?",
    SECOND,
    "dvalues comes back to the output, and so to gamma and beta; dvalues times gamma comes back to x-hat.",
)(lambda dvalues, normal, X, gamma: (rows(dvalues * normal) * gamma, rows(dvalues) * gamma))
instead("swapped", "In which order are the three returned?", SECOND, "(dX, dgamma, dbeta).")(
    lambda dvalues, normal, X, gamma: (rows(dvalues), rows(dvalues * normal))
)
instead("x-hat-not-used", "Is what comes back to gamma the same as what comes back to beta?", SECOND, GAMMA)(
    lambda dvalues, normal, X, gamma: (rows(dvalues), rows(dvalues))
)
instead("dgamma-sign-turned", "Raise gamma: does an output whose x-hat is positive rise or fall?", SECOND, GAMMA)(
    lambda dvalues, normal, X, gamma: (-rows(dvalues * normal), rows(dvalues))
)
mistake(
    "d-minus-one",
    "Is the variance of this course divided by D, or by D - 1?",
    f"{SECOND} Is your dgamma [[-1.9367, 2.306, -2.0804]]?",
    "var = mean of (x - mean)^2, with 1/D, going back as going forward.",
    variance=parts.unbiased,
)
mistake(
    "eps-missing",
    "A row of 7, 7, 7, 7: what do you divide by?",
    "x-hat is 0 there. Is your dgamma nan? Elsewhere it is off in the sixth digit.",
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
mistake("root-forgotten", "Is s the variance, or its root?", SECOND, "s = sqrt(var + eps).", root=parts.no_root)


@layer_parameters.mistake(
    "over-the-samples",
    "Who shares a mean: all samples of a feature, or all features of a sample?",
    f"{SECOND} Is your dgamma [[-4, 3.0151, 2.5298]]?",
    "Layer norm takes its means over the row, axis=-1; over the samples is batch norm.",
)
def _(dvalues, X, gamma, eps=1e-5):
    return backward(axis=0)(dvalues, X, gamma, eps)


@layer_parameters.mistake(
    "axis-one-for-the-last",
    "X may have three axes. Which of them is the row's: 1, or the last?",
    SEQUENCES,
    "axis=-1 is the last, however many stand in front.",
)
def _(dvalues, X, gamma, eps=1e-5):
    return backward(axis=1)(dvalues, X, gamma, eps)


instead(
    "one-number-for-each-row",
    "Along which axes was gamma copied: along the row, or down the rows?",
    f"{SECOND} There is a gamma for each feature, and there are three features.",
    f"{GAMMA} {BETA}",
)(lambda dvalues, normal, X, gamma: tuple(one.sum(axis=-1, keepdims=True) for one in (dvalues * normal, dvalues)))
