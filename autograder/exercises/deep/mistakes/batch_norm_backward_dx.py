"""14-deep: known mistakes of `batch_norm_backward.dX`."""

import numpy as np

from autograder.exercises.deep import norm_parts as parts
from autograder.exercises.deep.cases import batch_dX
from autograder.exercises.deep.norm_parts import backward
from autograder.reference.deep import batch_norm_backward, layer_norm_backward

FOUR = "x = [1, 1, 5, 5], upstream [4, 0, 0, 0], gamma 1, eps 0: dX is [1, -1, 0, 0]."
FORMULA = (
    "dX = (q - mean(q) - xhat mean(q xhat)) / s, with q = dvalues gamma, s = sqrt(var + eps), means over the samples."
)
STEPS = (
    "Three ways lead from x to the output: straight, through the mean, and through the deviation. "
    "Right to left on the four numbers: [2, 0, 0, 0], then [1.5, -0.5, -0.5, -0.5], then [1, -1, 0, 0]."
)


def mistake(name, *hints, **different):
    batch_dX.mistake(name, *hints)(backward(**different))


mistake(
    "mean-and-deviation-as-constants",
    "Move one x: does only its own x-hat move? Who else reads the mean and the deviation?",
    f"{FOUR} Is yours [2, 0, 0, 0]?",
    STEPS,
    dX=parts.constants,
)
mistake(
    "way-through-the-mean-missing",
    "Move one x: what happens to the mean, and to everybody who is measured from it?",
    f"{FOUR} Is yours [1.5, -0.5, 0.5, 0.5]? Right numbers add up to 0.",
    STEPS,
    dX=parts.no_mean_path,
)
mistake(
    "way-through-the-deviation-missing",
    "Move one x outward: what happens to the deviation, and to everybody who is divided by it?",
    f"{FOUR} Is yours [1.5, -0.5, -0.5, -0.5]? Right numbers times x-hat add up to 0.",
    STEPS,
    dX=parts.no_deviation_path,
)
mistake(
    "half-of-the-root-lost",
    "What is the slope of a square root, and of a square? Where did the 2 of one go, and the half of the other?",
    f"{FOUR} Is yours [0.5, -1.5, 0.5, 0.5]?",
    "The slope of sqrt(v) is 1 / (2 sqrt(v)), that of a square twice its root: together the 2 is gone.",
    dX=parts.half_lost,
)
mistake(
    "mean-taken-off-twice",
    "In the steps, the mean is also inside the deviation. Does anything come back to it through there?",
    f"{FOUR} Is yours [0.5, -1.5, -0.5, -0.5]?",
    "The centred numbers add up to 0, so nothing reaches the mean through the deviation: mean(q) is taken off once.",
    dX=parts.mean_twice,
)
mistake(
    "sums-for-means",
    "Each x has what share in the mean?",
    f"{FOUR} Is yours [-2, -4, 0, 0]?",
    FORMULA,
    dX=parts.sums_for_means,
)
mistake(
    "over-the-variance",
    "What is x divided by, going forward: the variance, or its root?",
    f"{FOUR} Is yours [0.5, -0.5, 0, 0]? With a deviation of 1 nothing shows.",
    FORMULA,
    dX=parts.over_variance,
)
mistake(
    "times-the-deviation",
    "x is divided by the deviation, going forward. What happens to a slope that comes back through a division by 2?",
    f"{FOUR} Is yours [4, -4, 0, 0]?",
    FORMULA,
    dX=parts.times_deviation,
)
mistake(
    "deviation-forgotten",
    "The differences are taken. By what were they divided, going forward?",
    f"{FOUR} Is yours [2, -2, 0, 0]?",
    FORMULA,
    dX=parts.not_divided,
)
n_minus_one = batch_dX.mistake(
    "n-minus-one",
    "Is the variance of this course divided by N, or by N - 1?",
    f"{FOUR} Is yours [0.9743, -0.7578, -0.1083, -0.1083]?",
    "var = mean of (x - mean)^2, with 1/N, going back as going forward; np.var does so by itself.",
)
n_minus_one(backward(variance=parts.unbiased))
n_minus_one(backward(variance=parts.unbiased_of_one))
mistake(
    "gamma-left-out",
    "Between x-hat and the output stands a factor. Where is it on the way back?",
    "Chapter 02: a gate that multiplies hands back the other factor. With gamma 3 the four are [3, -3, 0, 0].",
    "q = dvalues gamma comes first, the means after.",
    to_normal=lambda dvalues, gamma: dvalues + 0.0 * gamma,
)
mistake(
    "gamma-twice",
    "How often is x-hat multiplied by gamma, going forward?",
    "With gamma 3 the four are [3, -3, 0, 0]. Is yours [9, -9, 0, 0]?",
    "q = dvalues gamma comes first, the means after.",
    to_normal=lambda dvalues, gamma: dvalues * gamma**2,
)
mistake(
    "over-gamma",
    "A slope that comes back through a multiplication by gamma: is it multiplied, or divided?",
    "With gamma 3 the four are [3, -3, 0, 0]. Is yours a ninth of that?",
    "q = dvalues gamma comes first, the means after.",
    to_normal=lambda dvalues, gamma: dvalues / gamma,
)
mistake(
    "eps-missing",
    "A feature of 7, 7, 7, 7: what do you divide by?",
    "Upstream [4, 0, 0, 0] and eps 1e-5 give 949, -316, -316, -316. Is yours nan? Elsewhere it is off in the sixth digit.",
    "s = sqrt(var + eps), going back as going forward.",
    root=parts.no_eps,
)
mistake(
    "eps-outside-the-root",
    "Where does eps stand: under the root, or beside it?",
    "A feature of 7, 7, 7, 7, upstream [4, 0, 0, 0], eps 1e-5: 949, not 300,000.",
    "s = sqrt(var + eps): with a variance of 0 that is 0.00316, not 0.00001.",
    root=parts.eps_outside,
)
mistake(
    "root-forgotten",
    "Is s the variance, or its root?",
    "[1, 1, 5, 5] has the variance 4 and the deviation 2: x-hat is -1 and 1, not -0.5 and 0.5.",
    "s = sqrt(var + eps).",
    root=parts.no_root,
)
mistake(
    "sign-of-the-mean-path-turned",
    "Raise x: the mean rises. Do the others, measured from it, rise or fall?",
    f"{FOUR} Is yours [2, 0, 1, 1]? Right numbers add up to 0.",
    FORMULA,
    dX=parts.sign_of_the_mean_path,
)
mistake(
    "sign-of-the-deviation-path-turned",
    "Move x outward: the deviation grows. Do the others come nearer to 0, or go away from it?",
    f"{FOUR} Is yours [2, 0, -1, -1]? Right numbers times x-hat add up to 0.",
    FORMULA,
    dX=parts.sign_of_the_deviation_path,
)
mistake(
    "x-hat-missing",
    "The last term is not the same for all samples: whom does a larger deviation move most, and whom the other way?",
    f"{FOUR} Is yours [2, 0, 0, 0]? On two features the numbers differ from those of constants.",
    FORMULA,
    dX=parts.normal_missing,
)
mistake(
    "one-mean-for-all-features",
    "Over whom is the mean: the samples of one feature, or everything?",
    "The lesson's second batch: each column of dX adds up to 0.",
    "Every feature has a mean and a deviation of its own: axis=0, keepdims=True.",
    dX=parts.one_mean_for_all,
)
mistake(
    "centred-for-x-hat",
    "In the last term, is it x less its mean, or x-hat, which is also divided?",
    f"{FOUR} Is yours [-0.5, -2.5, 1.5, 1.5]? With a deviation of 1 nothing shows.",
    FORMULA,
    dX=parts.centred_for_normal,
)
mistake(
    "straight-way-missing",
    "Beside the two detours there is a straight way from x to its own x-hat. Where is it?",
    f"{FOUR} Is yours [-1, -1, 0, 0]?",
    STEPS,
    dX=parts.direct_path_missing,
)
mistake(
    "divided-by-n",
    "Who has paid 1/N already? Does a layer divide by the number of samples?",
    f"{FOUR} Is yours [0.25, -0.25, 0, 0]?",
    "Only the loss holds 1/N. The means inside the norm are its own, and stand in the formula.",
    dX=parts.paid_by_n,
)
mistake(
    "sign-turned",
    "Raise the first x alone: does its output rise or fall?",
    f"{FOUR} Is yours [-1, 1, 0, 0]?",
    FORMULA,
    dX=parts.sign_turned,
)


@batch_dX.mistake(
    "over-the-features",
    "Who shares a mean: all samples of a feature, or all features of a sample?",
    "The lesson's second batch: dX[0, 0] is 1, not 0.2321.",
    "Batch norm takes its means over the samples, axis=0; over the features would be layer norm.",
)
def _(dvalues, X, gamma, eps=1e-5):
    return layer_norm_backward(dvalues, X, gamma, eps)


@batch_dX.mistake(
    "deviation-of-everything",
    "Is there one mean and one deviation, or one for each feature?",
    "Columns 1, 1, 5, 5 and 10, 30, 10, 50: the first column's x-hat is -1, -1, 1, 1.",
    "Every feature has a mean and a deviation of its own: axis=0, keepdims=True.",
)
def _(dvalues, X, gamma, eps=1e-5):
    s = np.sqrt(X.var() + eps)
    normal = (X - X.mean()) / s
    q = dvalues * gamma
    return parts.closed_form(q, normal, s, 0), parts.over_all_rows(dvalues * normal), parts.over_all_rows(dvalues)


@batch_dX.mistake(
    "gradient-of-the-mean-alone",
    "What you return has one row. How many samples heard something?",
    "Four samples: dX has four rows. [1, -1, 0, 0] is not the same for all.",
    "dX has the shape of X.",
)
def _(dvalues, X, gamma, eps=1e-5):
    dX, dgamma, dbeta = batch_norm_backward(dvalues, X, gamma, eps)
    return dX.sum(axis=0, keepdims=True), dgamma, dbeta


@batch_dX.mistake(
    "callers-dvalues-changed",
    "Whose array is it that you multiply by gamma?",
    "Print dvalues before and after the call.",
    "A `*` makes a new array; `dvalues *= gamma` changes the caller's.",
)
def _(dvalues, X, gamma, eps=1e-5):
    dvalues *= gamma
    return batch_norm_backward(dvalues, X, np.ones_like(gamma), eps)


@batch_dX.mistake(
    "normal-for-x",
    "What does backward get: X, or x-hat? What does it have to work out again?",
    f"{FOUR} Is yours [2, -2, 0, 0]? That is right for x-hat, whose deviation is 1.",
    "Backward gets the X of forward; s comes from it.",
)
def _(dvalues, X, gamma, eps=1e-5):
    normal = (X - X.mean(axis=0, keepdims=True)) / np.sqrt(X.var(axis=0, keepdims=True) + eps)
    return batch_norm_backward(dvalues, normal, gamma, eps)


@batch_dX.mistake(
    "x-used-as-x-hat",
    "X is what went in. What was made of it before it was multiplied by gamma?",
    f"{FOUR} mean(q xhat) is -1 there, mean(q x) is 1.",
    "x-hat = (X - mean) / s is worked out again, going back.",
)
def _(dvalues, X, gamma, eps=1e-5):
    s = np.sqrt(X.var(axis=0, keepdims=True) + eps)
    return parts.closed_form(dvalues * gamma, X, s, 0), parts.over_all_rows(dvalues * X), parts.over_all_rows(dvalues)


mistake(
    "both-signs-turned",
    "The mean's way and the deviation's: do they add to the straight one, or take from it?",
    f"{FOUR} Is yours [3, 1, 0, 0]? Right numbers add up to 0.",
    FORMULA,
    dX=parts.both_signs,
)
mistake(
    "means-over-the-features",
    "Deviation and x-hat are over the samples. And the two means that are taken off: over whom?",
    f"{FOUR} Is yours [-2, 0, 0, 0]?",
    FORMULA,
    dX=parts.means_along_the_other_axis,
)
mistake(
    "x-hat-missing-inside",
    "The last mean: is it of q, or of q times x-hat?",
    f"{FOUR} Is yours [2, 0, -1, -1]?",
    FORMULA,
    dX=parts.normal_missing_inside,
)
mistake(
    "last-term-divided-alone",
    "What is divided by s: the last term, or all three? Division binds more tightly than minus.",
    f"{FOUR} Is yours [2.5, -1.5, -0.5, -0.5]?",
    FORMULA,
    dX=parts.last_term_divided_alone,
)


@batch_dX.mistake(
    "dx-last",
    "In which order are the three returned?",
    "The first has the shape of X.",
    "(dX, dgamma, dbeta), in the order of the arguments X, gamma, beta of forward.",
)
def _(dvalues, X, gamma, eps=1e-5):
    dX, dgamma, dbeta = batch_norm_backward(dvalues, X, gamma, eps)
    return dgamma, dbeta, dX


mistake(
    "sum-on-the-way-through-the-mean",
    "Each x has what share in the mean: the whole, or one N-th?",
    f"{FOUR} Is yours [-0.5, -2.5, -1.5, -1.5]?",
    "The mean is a sum over N: what comes back through it is mean(q), not the sum.",
    dX=lambda q, normal, s, axis: (
        (q - q.sum(axis=axis, keepdims=True) - normal * parts.mean_along(q * normal, axis)) / s
    ),
)
mistake(
    "sum-on-the-way-through-the-deviation",
    "The variance is a mean of squares. Which share has one x in it: the whole, or one N-th?",
    f"{FOUR} Is yours [-0.5, -2.5, 1.5, 1.5]?",
    "The slope of the variance by x is 2 (x - mean) / N.",
    dX=lambda q, normal, s, axis: (
        (q - parts.mean_along(q, axis) - normal * (q * normal).sum(axis=axis, keepdims=True)) / s
    ),
)
mistake(
    "two-of-the-square-lost",
    "What is the slope of a square? Where is its 2 in your slope of the variance?",
    f"{FOUR} Is yours [1.25, -0.75, -0.25, -0.25]?",
    "The slope of the variance by x is 2 (x - mean) / N; the half of the root takes the 2 away again.",
    dX=lambda q, normal, s, axis: (q - parts.mean_along(q, axis) - normal * parts.mean_along(q * normal, axis) / 2) / s,
)
