"""09-softmax: known mistakes of `softmax`."""

import numpy as np

from autograder.exercises.softmax.cases import softmax

no_shift = softmax.mistake(
    "no-shift",
    "What is e to the power 2000, on a computer?",
    "Try z = [1000., 1001.]: the two probabilities are those of [0., 1.], 0.269 and 0.731.",
    "p[k] = e^(z[k] - m) / sum over j of e^(z[j] - m) for every m: choose m so that no exponent is above 0.",
)


@no_shift
def _(z):
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)


@no_shift
def _(z):
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


@softmax.mistake(
    "one-maximum-for-all-rows",
    "You shift every row by the same number. What is left of a row that lies far below it?",
    "Try z = [[2000., 2001.], [0., 1.]]: both rows are 0.269, 0.731. In yours the second is 0/0.",
    "Each row is a softmax of its own, so m is the maximum of that row: one m a sample.",
)
def _(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=-1, keepdims=True)


over_samples = softmax.mistake(
    "sum-over-samples",
    "Add up one row of your result. What should the probabilities of one sample add up to?",
    "Try the single row z = [[0.5, -1., 2.]]: yours are all 1, as though every class were certain.",
    "The sum runs over the classes j of one sample: it is the class axis that must vanish, and keep its place.",
)


@over_samples
def _(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / e.sum(axis=0)


@over_samples
def _(z):
    e = np.exp(z - np.max(z, axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@over_samples
def _(z):
    e = np.exp(z)
    return e / e.sum(axis=0)


whole_batch = softmax.mistake(
    "sum-over-the-whole-batch",
    "Add up one row of your result, then all of it. Which of the two is 1, and which should be?",
    "Try z = [[0., 0.], [0., 0.]]: every probability is 0.5. Yours are 0.25.",
    "Each sample has a denominator of its own: the sum runs over the classes of one row.",
)


@whole_batch
def _(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / e.sum()


@whole_batch
def _(z):
    e = np.exp(z - np.max(z))
    return e / e.sum()


@whole_batch
def _(z):
    e = np.exp(z)
    return e / e.sum()


lost_axis = softmax.mistake(
    "the-row-axis-is-lost",
    "One maximum a row has shape (N,). How does numpy line that up beside (N, C)?",
    "Compare np.ones((2, 3)).max(axis=1).shape with the same and keepdims=True: one of them stands beside its rows.",
    "Maximum and sum are taken over the class axis, and that axis has to stay, with length 1.",
)


@lost_axis
def _(z):
    e = np.exp(z - np.max(z, axis=-1))
    return e / e.sum(axis=-1)


@lost_axis
def _(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1)


@softmax.mistake(
    "batches-only",
    "A single sample comes as shape (C,). Which number has its class axis then?",
    "Try z = np.array([0.5, 2., -1.5]): it has an axis 0 and no axis 1. Which number names the last axis of any array?",
    "Classes are on the last axis, whether it is the second of (N, C) or the only one of (C,).",
)
def _(z):
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@softmax.mistake(
    "shifted-above-only",
    "You subtract m from the exponents above the line. And below it?",
    "Try z = [5., 5.]: both are 0.5. Yours are much smaller, since only the numerator was divided by e^5.",
    "The shift cancels only if it stands in the numerator and in every term of the denominator.",
)
def _(z):
    return np.exp(z - np.max(z, axis=-1, keepdims=True)) / np.exp(z).sum(axis=-1, keepdims=True)


@softmax.mistake(
    "shift-by-the-mean",
    "After your shift, is there still an exponent far above 0?",
    "Try z = [0., 0., 0., 3000.]: the mean is 750, and e^2250 is too large for a float.",
    "Any m is right on paper. Only with the largest score of the row is no exponent above 0.",
)
def _(z):
    e = np.exp(z - np.mean(z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "shift-by-the-first-score",
    "You subtract the first score of each row. Is it always the largest?",
    "Try z = [0., 1000.]: shifted by the first it is still [0., 1000.].",
    "Any m is right on paper. Only with the largest score of the row is no exponent above 0.",
)
def _(z):
    e = np.exp(z - z[..., :1])
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "shift-by-the-minimum",
    "After your shift every exponent is 0 or above. Which direction is the dangerous one?",
    "Try z = [0., 1000.]: shifted by the minimum it is still [0., 1000.].",
    "Too large an exponent gives inf, too small a one only 0. With the largest score as m none is above 0.",
)
def _(z):
    e = np.exp(z - np.min(z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "shift-by-the-largest-size",
    "Which number do you subtract from a row whose scores are all negative?",
    "Try z = [-1000., -1001.]: subtracting 1001 leads to e^-2001, and that is 0 in both places.",
    "m is the largest score, not the largest absolute value: for -1000 and -1001 it is -1000.",
)
def _(z):
    e = np.exp(z - np.max(np.abs(z), axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "scores-clipped",
    "Nothing overflows any more. Are 1000 and 1001 still different for you?",
    "Try z = [1000., 1001.]: 0.269 and 0.731. After clipping both scores are the same, and so are the probabilities.",
    "Subtracting the maximum of the row changes no difference between scores; clipping does.",
)
def _(z):
    e = np.exp(np.clip(z, -500, 500))
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "exponentials-not-divided",
    "Add up one row. Is it 1?",
    "Try z = [0., 0.]: two equal scores, so 0.5 each.",
    "p[k] = e^z[k] / sum over j of e^z[j]: the division makes the row add up to 1.",
)
def _(z):
    return np.exp(z - np.max(z, axis=-1, keepdims=True))


@softmax.mistake(
    "no-exponential",
    "What does your formula give for a negative score?",
    "Try z = [2., -1.]: a probability of 2 and one of -1 cannot be meant.",
    "p[k] = e^z[k] / sum over j of e^z[j]: the exponential makes every share positive.",
)
def _(z):
    return z / np.sum(z, axis=-1, keepdims=True)


@softmax.mistake(
    "scores-below-the-line",
    "Which numbers do you add up below the line: the scores, or their exponentials?",
    "Try z = [0., 0.]: the exponentials are 1 and 1, and their sum is 2, while the scores add up to 0.",
    "p[k] = e^z[k] / sum over j of e^z[j], the same exponentials above and below.",
)
def _(z):
    return np.exp(z) / np.sum(z, axis=-1, keepdims=True)


@softmax.mistake(
    "logarithm-returned",
    "Your results are below 0. Can a probability be?",
    "Try z = [0., 0.]: 0.5 each, where ln 0.5 = -0.693.",
    "ln p[k] = z[k] - ln(sum over j of e^z[j]) is the log-softmax; p itself is wanted.",
)
def _(z):
    shifted = z - np.max(z, axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


@softmax.mistake(
    "sigmoid-for-softmax",
    "Each of your classes looks only at its own score. Do probabilities that must share 1 do that?",
    "Try z = [2., 2.]: 0.5 each. Yours are 0.881 each, 1.76 together.",
    "The denominator of p[k] holds the exponentials of all classes, not 1 and its own.",
)
def _(z):
    return 1 / (1 + np.exp(-z))


@softmax.mistake(
    "hard-maximum",
    "You give the largest score all of the 1. What is left for the others?",
    "Try z = [1.0986, 0.]: the exponentials are 3 and 1, so 0.75 and 0.25.",
    "It is a soft maximum: p[k] = e^z[k] / sum over j of e^z[j].",
)
def _(z):
    return (z == np.max(z, axis=-1, keepdims=True)).astype(float)


@softmax.mistake(
    "changes-the-callers-scores",
    "The result is right. What do the scores of whoever called you look like now?",
    "Try z = np.array([[1., 3.]]); softmax(z); then print z.",
    "In-place arithmetic writes into the caller's array. Build a new one.",
)
def _(z):
    z -= np.max(z, axis=-1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "something-added-below-the-line",
    "Your rows add up to a little less than 1. What did you add to the denominator, and can it be 0 without that?",
    "After the shift by its maximum, every row holds an e^0 = 1. So the sum is never below 1.",
    "p[k] = e^(z[k] - m) / sum over j of e^(z[j] - m), with m the largest score; nothing needs protecting.",
)
def _(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / (e.sum(axis=-1, keepdims=True) + 1e-8)


@softmax.mistake(
    "rounded",
    "Your numbers look right on the page. How many digits do they have?",
    "Try z = [0.000001, 0.]: the two probabilities differ, by half a millionth.",
    "Rounding is for printing. Probabilities are handed on, so they keep all their digits.",
)
def _(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return np.round(e / e.sum(axis=-1, keepdims=True), 4)


@softmax.mistake(
    "one-maximum-and-sums-down-the-samples",
    "You add up along axis 0. Who stands in one column: the classes of one sample, or one class of all samples?",
    "Try z = [[0, 0], [0, 0], [0, 0]]: three samples, and each should have 0.5 for both classes. Yours has 0.333.",
    "p[n, k] = e^z[n, k] / sum over k of e^z[n, k]: each row adds up to 1.",
)
def _(z):
    e = np.exp(z - np.max(z))
    return e / e.sum(axis=0)


least_wins = softmax.mistake(
    "the-smallest-score-wins",
    "Which class should get the most: the one with the largest score, or the smallest? What sign has the z in your exponent?",
    "Try z = [2., 0.]: the probabilities are 0.881 and 0.119. Yours are exchanged.",
    "p[k] = e^(z[k] - m) / sum over j of e^(z[j] - m): the larger the score, the larger its exponent.",
)


@least_wins
def _(z):
    e = np.exp(np.max(z, axis=-1, keepdims=True) - z)
    return e / e.sum(axis=-1, keepdims=True)


@least_wins
def _(z):
    e = np.exp(-z - np.max(-z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
