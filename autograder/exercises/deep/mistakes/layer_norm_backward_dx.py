"""14-deep: known mistakes of `layer_norm_backward.dX`."""

import numpy as np

from autograder.exercises.deep import norm_parts as parts
from autograder.exercises.deep.cases import layer_dX
from autograder.exercises.deep.norm_parts import backward
from autograder.reference.deep import layer_norm_backward

ROW = "The lesson's row 1, 1, 5, 5, upstream [4, 1, 0, 0], gamma [1, 2, 1, 1], eps 0: dX is [0.5, -0.5, 0, 0]."
FORMULA = "dX = (q - mean(q) - xhat mean(q xhat)) / s, with q = dvalues gamma, s = sqrt(var + eps), means over the row, axis=-1."


def mistake(name, *hints, **different):
    layer_dX.mistake(name, *hints)(backward(axis=-1, **different))


@layer_dX.mistake(
    "gamma-after-the-means",
    "In a row every number has another gamma. Can it stand outside a mean over the row?",
    f"{ROW} Is yours [0.75, -1.5, 0, 0]?",
    "q = dvalues gamma comes first, the means after: gamma differs inside the mean.",
)
def _(dvalues, X, gamma, eps=1e-5):
    dX, dgamma, dbeta = layer_norm_backward(dvalues, X, np.ones_like(gamma), eps)
    return gamma * dX, dgamma, dbeta


mistake(
    "mean-and-deviation-as-constants",
    "Move one x: does only its own x-hat move? Who else reads the row's mean and deviation?",
    f"{ROW} Is yours [2, 1, 0, 0]?",
    FORMULA,
    dX=parts.constants,
)
mistake(
    "way-through-the-mean-missing",
    "Move one x: what happens to the row's mean, and to everybody who is measured from it?",
    f"{ROW} Is yours [1.25, 0.25, 0.75, 0.75]? Right numbers of a row add up to 0.",
    FORMULA,
    dX=parts.no_mean_path,
)
mistake(
    "way-through-the-deviation-missing",
    "Move one x outward: what happens to the row's deviation, and to everybody who is divided by it?",
    f"{ROW} Is yours [1.25, 0.25, -0.75, -0.75]? Right numbers times x-hat add up to 0.",
    FORMULA,
    dX=parts.no_deviation_path,
)
mistake(
    "half-of-the-root-lost",
    "What is the slope of a square root, and of a square? Where did the 2 of one go, and the half of the other?",
    f"{ROW} Is yours [-0.25, -1.25, 0.75, 0.75]?",
    "The slope of sqrt(v) is 1 / (2 sqrt(v)), that of a square twice its root: together the 2 is gone.",
    dX=parts.half_lost,
)
mistake(
    "mean-taken-off-twice",
    "In the steps, the mean is also inside the deviation. Does anything come back to it through there?",
    f"{ROW} Is yours [-0.25, -1.25, -0.75, -0.75]?",
    "The centred numbers add up to 0, so nothing reaches the mean through the deviation: mean(q) is taken off once.",
    dX=parts.mean_twice,
)
mistake(
    "sums-for-means",
    "Each x has what share in the mean of its row?",
    f"{ROW} Is yours [-4, -5, 0, 0]?",
    FORMULA,
    dX=parts.sums_for_means,
)
mistake(
    "over-the-variance",
    "What is x divided by, going forward: the variance, or its root?",
    f"{ROW} Is yours [0.25, -0.25, 0, 0]? With a deviation of 1 nothing shows.",
    FORMULA,
    dX=parts.over_variance,
)
mistake(
    "times-the-deviation",
    "x is divided by the deviation, going forward. What happens to a slope that comes back through a division by 2?",
    f"{ROW} Is yours [2, -2, 0, 0]?",
    FORMULA,
    dX=parts.times_deviation,
)
mistake(
    "deviation-forgotten",
    "The differences are taken. By what were they divided, going forward?",
    f"{ROW} Is yours [1, -1, 0, 0]?",
    FORMULA,
    dX=parts.not_divided,
)
d_minus_one = layer_dX.mistake(
    "d-minus-one",
    "Is the variance of this course divided by D, or by D - 1?",
    f"{ROW} With D - 1 the deviation is 2.31, not 2.",
    "var = mean of (x - mean)^2, with 1/D; np.var does so by itself.",
)
d_minus_one(backward(axis=-1, variance=parts.unbiased))
d_minus_one(backward(axis=-1, variance=parts.unbiased_of_one))
mistake(
    "gamma-left-out",
    "Between x-hat and the output stands a factor. Where is it on the way back?",
    f"{ROW} Is yours [0.75, -0.75, 0, 0]?",
    "q = dvalues gamma comes first, the means after.",
    to_normal=lambda dvalues, gamma: dvalues + 0.0 * gamma,
)
mistake(
    "gamma-twice",
    "How often is x-hat multiplied by gamma, going forward?",
    f"{ROW} Is yours [0, 0, 0, 0]?",
    "q = dvalues gamma comes first, the means after.",
    to_normal=lambda dvalues, gamma: dvalues * gamma**2,
)
mistake(
    "over-gamma",
    "A slope that comes back through a multiplication by gamma: is it multiplied, or divided?",
    f"{ROW} Is yours [0.875, -0.875, 0, 0]?",
    "q = dvalues gamma comes first, the means after.",
    to_normal=lambda dvalues, gamma: dvalues / gamma,
)
mistake(
    "eps-missing",
    "A row of 7, 7, 7, 7: what do you divide by?",
    "Upstream [4, 0, 0, 0], gamma 1, eps 1e-5 give 949, -316, -316, -316. Is yours nan? Elsewhere it is off in the sixth digit.",
    "s = sqrt(var + eps), going back as going forward.",
    root=parts.no_eps,
)
mistake(
    "eps-outside-the-root",
    "Where does eps stand: under the root, or beside it?",
    "A row of 7, 7, 7, 7, upstream [4, 0, 0, 0], gamma 1, eps 1e-5: 949, not 300,000.",
    "s = sqrt(var + eps): with a variance of 0 that is 0.00316, not 0.00001.",
    root=parts.eps_outside,
)
mistake(
    "root-forgotten",
    "Is s the variance, or its root?",
    "1, 1, 5, 5 has the variance 4 and the deviation 2: x-hat is -1 and 1, not -0.5 and 0.5.",
    "s = sqrt(var + eps).",
    root=parts.no_root,
)
mistake(
    "sign-of-the-mean-path-turned",
    "Raise x: the mean of its row rises. Do the others, measured from it, rise or fall?",
    f"{ROW} Is yours [2, 1, 1.5, 1.5]? Right numbers of a row add up to 0.",
    FORMULA,
    dX=parts.sign_of_the_mean_path,
)
mistake(
    "sign-of-the-deviation-path-turned",
    "Move x outward: the deviation grows. Do the others come nearer to 0, or go away from it?",
    f"{ROW} Is yours [2, 1, -1.5, -1.5]? Right numbers times x-hat add up to 0.",
    FORMULA,
    dX=parts.sign_of_the_deviation_path,
)
mistake(
    "x-hat-missing",
    "The last term is not the same for all of a row: whom does a larger deviation move most, and whom the other way?",
    f"{ROW} Is yours [2, 1, 0, 0]?",
    FORMULA,
    dX=parts.normal_missing,
)
mistake(
    "one-mean-for-all-rows",
    "Over whom is the mean: the numbers of one row, or everything?",
    "The lesson's second batch: each row of dX adds up to 0.",
    "Every row has a mean and a deviation of its own: axis=-1, keepdims=True.",
    dX=parts.one_mean_for_all,
)
mistake(
    "centred-for-x-hat",
    "In the last term, is it x less its mean, or x-hat, which is also divided?",
    f"{ROW} Is yours [-1.75, -2.75, 2.25, 2.25]? With a deviation of 1 nothing shows.",
    FORMULA,
    dX=parts.centred_for_normal,
)
mistake(
    "straight-way-missing",
    "Beside the two detours there is a straight way from x to its own x-hat. Where is it?",
    f"{ROW} Is yours [-1.5, -1.5, 0, 0]?",
    FORMULA,
    dX=parts.direct_path_missing,
)
mistake(
    "divided-by-d",
    "Does a layer divide by the number of features once more?",
    f"{ROW} Is yours [0.125, -0.125, 0, 0]?",
    "The means inside the norm stand in the formula. Nothing else is divided by D.",
    dX=parts.paid_by_n,
)
mistake(
    "sign-turned",
    "Raise the first x alone: does its output rise or fall?",
    f"{ROW} Is yours [-0.5, 0.5, 0, 0]?",
    FORMULA,
    dX=parts.sign_turned,
)


@layer_dX.mistake(
    "over-the-samples",
    "Who shares a mean: all samples of a feature, or all features of a sample?",
    "The lesson's second batch: dX[0, 0] is 0.2321. Is yours 1?",
    "Layer norm takes its means over the row, axis=-1; over the samples is batch norm.",
)
def _(dvalues, X, gamma, eps=1e-5):
    return backward(axis=0)(dvalues, X, gamma, eps)


@layer_dX.mistake(
    "axis-one-for-the-last",
    "X may have three axes. Which of them is the row's: 1, or the last?",
    "X (2, 5, 3): each of the ten rows of three adds up to 0 in dX.",
    "axis=-1 is the last, however many stand in front.",
)
def _(dvalues, X, gamma, eps=1e-5):
    return backward(axis=1)(dvalues, X, gamma, eps)


@layer_dX.mistake(
    "one-mean-for-a-sequence",
    "X may have three axes: sequences of rows. Do rows of one sequence share a mean?",
    "X (2, 5, 3): each of the ten rows of three adds up to 0 in dX, not only each sequence.",
    "Every row has a mean and a deviation of its own: axis=-1, keepdims=True.",
)
def _(dvalues, X, gamma, eps=1e-5):
    return backward(axis=tuple(range(1, X.ndim)))(dvalues, X, gamma, eps)


@layer_dX.mistake(
    "leading-axes-lost",
    "Which shape has X, and which has your dX?",
    "X (2, 5, 3): dX is (2, 5, 3), not (10, 3).",
    "dX has the shape of X, whatever stands in front: reshape it back, or name the last axis only.",
)
def _(dvalues, X, gamma, eps=1e-5):
    dX, dgamma, dbeta = layer_norm_backward(dvalues, X, gamma, eps)
    return dX.reshape(-1, X.shape[-1]), dgamma, dbeta


@layer_dX.mistake(
    "callers-dvalues-changed",
    "Whose array is it that you multiply by gamma?",
    "Print dvalues before and after the call.",
    "A `*` makes a new array; `dvalues *= gamma` changes the caller's.",
)
def _(dvalues, X, gamma, eps=1e-5):
    dvalues *= gamma
    return layer_norm_backward(dvalues, X, np.ones_like(gamma), eps)


@layer_dX.mistake(
    "normal-for-x",
    "What does backward get: X, or x-hat? What does it have to work out again?",
    f"{ROW} Is yours [1, -1, 0, 0]? That is right for x-hat, whose deviation is 1.",
    "Backward gets the X of forward; s comes from it.",
)
def _(dvalues, X, gamma, eps=1e-5):
    normal = (X - X.mean(axis=-1, keepdims=True)) / np.sqrt(X.var(axis=-1, keepdims=True) + eps)
    return layer_norm_backward(dvalues, normal, gamma, eps)


@layer_dX.mistake(
    "x-used-as-x-hat",
    "X is what went in. What was made of it before it was multiplied by gamma?",
    f"{ROW} mean(q xhat) is -1.5 there, mean(q x) is 1.5.",
    "x-hat = (X - mean) / s is worked out again, going back.",
)
def _(dvalues, X, gamma, eps=1e-5):
    s = np.sqrt(X.var(axis=-1, keepdims=True) + eps)
    return parts.closed_form(dvalues * gamma, X, s, -1), parts.over_all_rows(dvalues * X), parts.over_all_rows(dvalues)


mistake(
    "both-signs-turned",
    "The mean's way and the deviation's: do they add to the straight one, or take from it?",
    f"{ROW} Is yours [4, 2.5, 0, 0]? Right numbers of a row add up to 0.",
    FORMULA,
    dX=parts.both_signs,
)
mistake(
    "means-over-the-samples",
    "Deviation and x-hat are of the row. And the two means that are taken off: over whom?",
    f"{ROW} Is yours [-2, -1, 0, 0]?",
    FORMULA,
    dX=parts.means_along_the_other_axis,
)
mistake(
    "x-hat-missing-inside",
    "The last mean: is it of q, or of q times x-hat?",
    f"{ROW} Is yours [2, 1, -1.5, -1.5]?",
    FORMULA,
    dX=parts.normal_missing_inside,
)
mistake(
    "last-term-divided-alone",
    "What is divided by s: the last term, or all three? Division binds more tightly than minus.",
    f"{ROW} Is yours [1.75, -0.25, -0.75, -0.75]?",
    FORMULA,
    dX=parts.last_term_divided_alone,
)
mistake(
    "kept-axis-lost",
    "A mean of each row stands beside the row. Which shape has your array of means: (N, 1), or (N,)?",
    "np.ones((4, 3)).mean(axis=-1).shape is (4,), and lies along the last axis, over the features. keepdims=True keeps the axis.",
    FORMULA,
    dX=lambda q, normal, s, axis: (q - q.mean(axis=-1) - normal * (q * normal).mean(axis=-1)) / s,
)
