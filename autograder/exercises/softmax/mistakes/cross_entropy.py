"""09-softmax: known mistakes of `cross_entropy`: in its formula, and in how it reads its targets."""

import math

import numpy as np

from autograder.exercises.softmax.cases import cross_entropy
from autograder.exercises.softmax.targets import classes, clipped, one_hot, right_ones, rows

# ---------------------------------------------------------------- the formula


@cross_entropy.mistake(
    "sum-not-mean",
    "Give every sample twice. Should the loss double?",
    "Try p = [[0.5, 0.5], [0.5, 0.5]], t = [0, 1]: both samples lose 0.693, and so does the batch.",
    "L = -1/N sum over n of ln p[n, t[n]]: over a batch a loss is a mean.",
)
def _(p, t):
    return -np.log(right_ones(p, t)).sum()


all_cells = cross_entropy.mistake(
    "mean-over-all-cells",
    "You divide by the number of cells. How many samples are there?",
    "Try p = [[0.5, 0.5]], t = [[1, 0]]: one sample, and the loss is 0.693. Yours is half of that.",
    "A mean over samples divides by N. The C - 1 wrong classes of a row are no further samples.",
)


@all_cells
def _(p, t):
    return -np.mean(one_hot(p, t) * np.log(clipped(p)))


@all_cells
def _(p, t):
    if t.ndim == 1:
        return -np.mean(np.log(right_ones(p, t)))
    return -np.mean(t * np.log(clipped(p)))


@all_cells
def _(p, t):
    if t.ndim == 1:
        return -np.mean(np.log(p[rows(p), t]))
    return -np.mean(t * np.log(p))


@all_cells
def _(p, t):
    return -np.mean(t * np.log(clipped(p)))


@all_cells
def _(p, t):
    return -np.mean(t * np.log(p))


by_classes = cross_entropy.mistake(
    "divided-by-the-classes",
    "You divide by the length of a row. Is that the number of samples?",
    "Try p = [[0.5, 0.5]], t = [0]: one sample, and the loss is 0.693. Yours is half of that.",
    "N is the number of rows, C the number of columns; the mean is over samples.",
)


@by_classes
def _(p, t):
    return -np.log(right_ones(p, t)).sum() / p.shape[1]


@by_classes
def _(p, t):
    return -np.sum(one_hot(p, t) * np.log(p)) / p.shape[1]


@by_classes
def _(p, t):
    return -np.log(p[rows(p), classes(t)]).sum() / p.shape[1]


@cross_entropy.mistake(
    "minus-forgotten",
    "The logarithm of a probability is below 0. Should a loss be?",
    "Try p = [[0.5, 0.5]], t = [0]: the loss is +0.693.",
    "L = -1/N sum over n of ln p[n, t[n]], with a minus: the surer of the right class, the smaller.",
)
def _(p, t):
    return np.mean(np.log(right_ones(p, t)))


@cross_entropy.mistake(
    "not-clipped",
    "What is the logarithm of 0, and can you go downhill from there?",
    "Try p = [[0., 1.]], t = [0]: with the clip the loss is 27.63, and finite.",
    "Every p below 1e-12 counts as 1e-12: -ln 1e-12 = 27.63 is the largest loss of a sample.",
)
def _(p, t):
    return -np.mean(np.log(p[rows(p), classes(t)]))


@cross_entropy.mistake(
    "not-clipped-sum-over-one-hot",
    "0 times the logarithm of 0: what does a computer make of it?",
    "Try p = [[1., 0.]], t = [0]: class 1 does not count, yet 0 x -inf is nan. Clip p first.",
    "Every p below 1e-12 counts as 1e-12, also where t is 0.",
)
def _(p, t):
    return -np.sum(one_hot(p, t) * np.log(p)) / len(p)


@cross_entropy.mistake(
    "added-instead-of-clipped",
    "You add something to every probability. Which of them should stay exactly as they are?",
    "Try p = 0.000001 for the right class: ln p in full digits, then ln of your sum.",
    "Clipping replaces only what is below 1e-12, and leaves every other p alone.",
)
def _(p, t):
    return -np.mean(np.log(p[rows(p), classes(t)] + 1e-12))


another_clip = cross_entropy.mistake(
    "another-clip",
    "Where do you clip, and where does this course?",
    "Try p = [[0., 1.]], t = [0]: the loss is -ln 1e-12 = 27.63. At 1e-7 it would be 16.12.",
    "p is clipped below, at 1e-12, and not above.",
)


@another_clip
def _(p, t):
    return -np.mean(np.log(np.clip(p, 1e-7, 1 - 1e-7)[rows(p), classes(t)]))


@another_clip
def _(p, t):
    return -np.mean(np.log(np.clip(p, 1e-7, None)[rows(p), classes(t)]))


@another_clip
def _(p, t):
    return -np.mean(np.log(np.clip(p, 1e-7, 1 - 1e-7)[rows(p), t]))  # for labels only


@another_clip
def _(p, t):
    return -np.mean(np.log(np.clip(p, 1e-7, None)[rows(p), t]))


@cross_entropy.mistake(
    "one-loss-a-sample",
    "How many numbers should come back for a batch?",
    "Try two samples: two losses, and their mean is the one number to return.",
    "L = -1/N sum over n of ln p[n, t[n]]: one float.",
)
def _(p, t):
    return -np.log(right_ones(p, t))


@cross_entropy.mistake(
    "logarithm-of-the-mean",
    "Which comes first, the logarithm of each sample or the mean over samples?",
    "Try right classes with 0.5 and 0.125: (0.693 + 2.079) / 2 = 1.386. The logarithm of the mean gives 1.163.",
    "L = -1/N sum over n of ln p[n, t[n]]: the logarithm stands inside the sum.",
)
def _(p, t):
    return -np.log(np.mean(right_ones(p, t)))


another_base = cross_entropy.mistake(
    "logarithm-to-another-base",
    "Which logarithm is the inverse of e to the power z?",
    "Try p = [[0.5, 0.5]], t = [0]: the loss is 0.693. To the base 2 it would be 1, to the base 10 0.301.",
    "ln is the natural logarithm, whose slope at p is 1/p.",
)


@another_base
def _(p, t):
    return -np.mean(np.log2(right_ones(p, t)))


@another_base
def _(p, t):
    return -np.mean(np.log10(right_ones(p, t)))


@cross_entropy.mistake(
    "softmax-of-the-probabilities",
    "p has been through softmax already. What does your function make of it before the logarithm?",
    "Try p = [[1., 0.]], t = [0]: certain and right costs nothing. Yours says 0.313.",
    "L = -1/N sum over n of ln p[n, t[n]], with the p that comes in.",
)
def _(p, t):
    e = np.exp(p - p.max(axis=1, keepdims=True))
    return -np.mean(np.log(right_ones(e / e.sum(axis=1, keepdims=True), t)))


@cross_entropy.mistake(
    "a-half-in-front",
    "Where does your factor 1/2 come from?",
    "Try p = [[0.5, 0.5]], t = [0]: the loss is 0.693.",
    "The half belongs to the squared error. L = -1/N sum over n of ln p[n, t[n]].",
)
def _(p, t):
    return -np.mean(np.log(right_ones(p, t))) / 2


@cross_entropy.mistake(
    "all-classes-count",
    "Which classes of a row does the loss look at?",
    "Try p = [[0.5, 0.25, 0.25]], t = [0]: the loss is -ln 0.5 = 0.693, whatever the other two are.",
    "L = -1/N sum over n of ln p[n, t[n]]: one entry of each row, that of the right class.",
)
def _(p, t):
    return -np.mean(np.sum(np.log(clipped(p)), axis=1))


two_class_formula = cross_entropy.mistake(
    "two-class-formula",
    "You also count the logarithms of 1 - p. For how many classes was that formula made?",
    "Try p = [[0.5, 0.25, 0.25]], t = [0]: the loss is -ln 0.5 = 0.693, and the other entries say nothing.",
    "With C classes that share 1, only the right one's logarithm counts: -1/N sum over n of ln p[n, t[n]].",
)


@two_class_formula
def _(p, t):
    p, t = np.clip(p, 1e-12, 1 - 1e-12), one_hot(p, t)
    return -np.mean(np.sum(t * np.log(p) + (1 - t) * np.log(1 - p), axis=1))


@two_class_formula
def _(p, t):
    p, t = np.maximum(p, 1e-12), one_hot(p, t)
    return -np.mean(np.sum(t * np.log(p) + (1 - t) * np.log(1 - p + 1e-12), axis=1))


@cross_entropy.mistake(
    "no-logarithm",
    "A right class given 0.01 and one given 0.000001: how different are they for you?",
    "Try p = [[0.01, 0.99]], t = [0]: the loss is 4.6, not 0.99.",
    "L = -1/N sum over n of ln p[n, t[n]]: a sure mistake costs more and more, not at most 1.",
)
def _(p, t):
    return np.mean(1 - right_ones(p, t))


@cross_entropy.mistake(
    "squared-error",
    "This compares p with t as numbers on a line. What does a right class given almost nothing cost then?",
    "Try p = [[0.01, 0.99]], t = [0]: the loss is -ln 0.01 = 4.6.",
    "Cross-entropy: L = -1/N sum over n of ln p[n, t[n]].",
)
def _(p, t):
    return np.mean(np.sum((p - one_hot(p, t)) ** 2, axis=1))


@cross_entropy.mistake(
    "changes-the-callers-p",
    "The loss is right. What does the p of whoever called you look like now?",
    "Try p = np.array([[0., 1.]]); cross_entropy(p, np.array([0])); then print p.",
    "Clip into a new array: the backward pass still needs the probabilities as they were.",
)
def _(p, t):
    p[p < 1e-12] = 1e-12
    return -np.mean(np.log(clipped(p)[rows(p), classes(t)]))


@cross_entropy.mistake(
    "rounded",
    "Your number looks right on the page. How many digits does it have?",
    "Try p = [[0.5, 0.5]], t = [0]: 0.6931471805599453.",
    "Rounding is for printing; a nudge of 0.00001 has to show.",
)
def _(p, t):
    return np.round(-np.mean(np.log(right_ones(p, t))), 4)


# ---------------------------------------------------------------- how the targets are read


pairs = cross_entropy.mistake(
    "every-row-with-every-label",
    "How many numbers do you pick out of N rows: N, or N times N?",
    "Print the shape of what you pick for two samples. It should be (2,): row 0 with label 0, row 1 with label 1.",
    "Row n belongs with its own label t[n]: pairs, so both indices have shape (N,). A colon pairs with all.",
)


@pairs
def _(p, t):
    return -np.mean(np.log(clipped(p)[:, classes(t)]))


@pairs
def _(p, t):
    return -np.mean(np.log(p[:, classes(t)]))


@pairs
def _(p, t):
    return -np.mean(np.log(clipped(p)[:, t]))


@pairs
def _(p, t):
    return -np.mean(np.log(p[:, t]))


@pairs
def _(p, t):
    return -np.mean(np.log(clipped(p)[rows(p), classes(t).reshape(-1, 1)]))


@cross_entropy.mistake(
    "labels-taken-for-rows",
    "A label says which class is right. Which axis do you use it on?",
    "Try p = [[0.9, 0.1], [0.2, 0.8]], t = [1, 1]: 0.1 and 0.8 are wanted, not row 1 twice.",
    "p[n, t[n]]: the label picks a column, in row n.",
)
def _(p, t):
    return -np.mean(np.log(clipped(p)[classes(t)]))


labels_only = cross_entropy.mistake(
    "labels-only",
    "Targets may come one-hot, (N, C). What does your index do with those?",
    "Try t = np.array([[0, 0, 1], [0, 1, 0]]): the labels in it are 2 and 1, the places of the 1s in each row.",
    "Look at t.ndim: 1 means labels, 2 means one-hot rows, which pick ln p with t[n, k] = 1.",
)


@labels_only
def _(p, t):
    return -np.mean(np.log(clipped(p)[np.arange(len(p)), t]))


@labels_only
def _(p, t):
    return -np.mean(np.log(clipped(p)[range(len(p)), t]))


@labels_only
def _(p, t):
    return -np.mean(np.log(p[np.arange(len(p)), t]))


def row_by_row(lost, mean_of_list):
    """A loop over the samples that takes every target for a label; `lost` is what it says of one entry."""

    def answer(p, t):
        if mean_of_list:
            return np.mean([lost(row[label]) for row, label in zip(p, t, strict=True)])
        total = 0.0
        for row, label in zip(p, t, strict=True):
            total += lost(row[label])
        return total / len(p)

    return answer


for lost in (
    lambda p: -np.log(p),
    lambda p: -np.log(max(p, 1e-12)),
    lambda p: -np.log(np.maximum(p, 1e-12)),
    lambda p: -math.log(p),
    lambda p: -math.log(max(p, 1e-12)),
):
    labels_only(row_by_row(lost, mean_of_list=True))
    labels_only(row_by_row(lost, mean_of_list=False))


one_hot_only = cross_entropy.mistake(
    "one-hot-only",
    "Targets may come as labels, (N,). What does numpy do with (N,) times (N, C)?",
    "Try t = np.array([2, 1]) with three classes: as one-hot rows that is [0, 0, 1] and [0, 1, 0].",
    "Look at t.ndim: 1 means labels, 2 means one-hot rows. Both must give the same loss.",
)


@one_hot_only
def _(p, t):
    return -np.sum(t * np.log(clipped(p))) / len(p)


@one_hot_only
def _(p, t):
    return -np.sum(t * np.log(p)) / len(p)


@one_hot_only
def _(p, t):
    return -np.mean(np.log(clipped(p)[rows(p), np.argmax(t, axis=1)]))


down_the_columns = cross_entropy.mistake(
    "largest-of-each-column",
    "You look for the 1s down the columns. Where does one sample keep its 1?",
    "Try t = [[0, 0, 1], [0, 1, 0]]: the labels are 2 and 1, two samples, two numbers.",
    "A label for each row: the class axis is the one to search along.",
)


@down_the_columns
def _(p, t):
    return -np.mean(np.log(clipped(p)[rows(p), t if t.ndim == 1 else t.argmax(axis=0)]))


@down_the_columns
def _(p, t):
    return -np.mean(np.log(p[rows(p), t if t.ndim == 1 else t.argmax(axis=0)]))


@down_the_columns
def _(p, t):
    return -np.mean(np.log(clipped(p)[rows(p), t.argmax(axis=0)]))


@down_the_columns
def _(p, t):
    return -np.mean(np.log(p[rows(p), t.argmax(axis=0)]))


rows_for_classes = cross_entropy.mistake(
    "targets-choose-rows",
    "`p[t]` picks whole rows. What should t pick: a sample, or a class within each sample?",
    "Try p = [[0.9, 0.1], [0.2, 0.8]], t = [1, 1]: p[t] is the second row twice. Wanted are 0.1 and 0.8.",
    "L = -1/N sum over n of ln p[n, t[n]]: two indices, the sample and its class.",
)
rows_for_classes(lambda p, t: -np.mean(np.log(clipped(p)[t])))
rows_for_classes(lambda p, t: -np.mean(np.log(p[t])))
rows_for_classes(lambda p, t: -np.sum(np.log(clipped(p)[t])) / len(p))

for eps in (1e-7, 1e-8, 1e-9, 1e-10, 1e-15, 1e-5, 1e-6):
    added = cross_entropy.mistake(
        f"added-{eps:g}-instead-of-clipped",
        "You add something to every probability. Which of them should stay exactly as they are?",
        f"Try p = [[0., 1.]], t = [0]: the loss is -ln 1e-12 = 27.63. Yours is {-np.log(eps):.2f}.",
        "Clipping replaces only what is below 1e-12, and leaves every other p alone.",
    )
    added(lambda p, t, eps=eps: -np.mean(np.log(p[rows(p), classes(t)] + eps)))
    added(lambda p, t, eps=eps: -np.mean(np.log(p[np.arange(len(p)), t] + eps)))  # for labels only

for low in (1e-8, 1e-9, 1e-10, 1e-15, 1e-5, 1e-6):
    at_another_place = cross_entropy.mistake(
        f"clipped-at-{low:g}",
        "Where do you clip, and where does this course?",
        f"Try p = [[0., 1.]], t = [0]: the loss is -ln 1e-12 = 27.63. Yours is {-np.log(low):.2f}.",
        "p is clipped below, at 1e-12, and not above.",
    )
    at_another_place(lambda p, t, low=low: -np.mean(np.log(np.clip(p, low, 1)[rows(p), classes(t)])))
    at_another_place(lambda p, t, low=low: -np.mean(np.log(np.clip(p, low, 1 - low)[rows(p), classes(t)])))
    at_another_place(lambda p, t, low=low: -np.mean(np.log(np.clip(p, low, 1 - low)[rows(p), t])))  # for labels only
    at_another_place(lambda p, t, low=low: -np.mean(np.log(np.clip(p, low, None)[rows(p), t])))


zeros_too = cross_entropy.mistake(
    "logarithm-of-the-zeros",
    "You multiply by the target first, and take the logarithm then. What is the logarithm of what was made 0?",
    "Try p = [[0.5, 0.5]], t = [[1, 0]]: the loss is 0.693. Yours is infinite: a wrong class has become a 0.",
    "L = -1/N sum over n, k of T[n, k] ln p[n, k]: first the logarithm, then the product with T.",
)


@zeros_too
def _(p, t):
    return -np.sum(np.log(clipped(p) * one_hot(p, t))) / len(p)


@zeros_too
def _(p, t):
    return -np.mean(np.log(clipped(p) * one_hot(p, t)))


@cross_entropy.mistake(
    "guess-for-target",
    "You look for the largest p in each row. Does that say which class is right, or which one was thought to be?",
    "Try p = [[0.75, 0.25]], t = [1]: the right class was given 0.25, so the loss is 1.386. Yours is 0.288.",
    "L = -1/N sum over n of ln p[n, t[n]]: the targets are handed in, whatever p says.",
)
def _(p, t):
    return -np.mean(np.log(clipped(p).max(axis=1)))


@cross_entropy.mistake(
    "one-place-for-all-rows",
    "Without an axis, argmax of the one-hot targets is one number for the whole table. How many labels are wanted?",
    "Try np.array([[0, 1], [1, 0]]).argmax(): 1. The two labels are 1 and 0.",
    "A label for each row: the class axis is the one to search along.",
)
def _(p, t):
    return -np.mean(np.log(clipped(p)[rows(p), t if t.ndim == 1 else t.argmax()]))
