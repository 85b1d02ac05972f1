"""06-batch: known mistakes of `batch_dbiases`."""

import numpy as np

from autograder.exercises.batch.cases import batch_dbiases
from autograder.exercises.batch.draws import BIASES
from autograder.exercises.batch.hints import NEVER_WRITTEN, OTHER_COURSES

other_axis = batch_dbiases.mistake(
    "other-axis",
    "You have one number a sample. How many biases are there: one a sample or one a neuron?",
    "Try dvalues = np.array([[1., 10.], [100., 1000.]]): neuron 0 got 1 and 100, together 101.",
    "dbiases[0, j] = sum over n of dvalues[n, j]: the axis of the samples vanishes, the axis of the neurons stays.",
)
other_axis(lambda dvalues: dvalues.sum(axis=1))
other_axis(lambda dvalues: dvalues.sum(axis=1, keepdims=True))
other_axis(lambda dvalues: dvalues.sum(axis=1).reshape(1, -1))

total = batch_dbiases.mistake(
    "everything-added",
    "One number for the whole layer. How many biases does it have?",
    "Try two neurons, dvalues = np.array([[1., 10.]]): the biases get 1 and 10, not 11.",
    "dbiases[0, j] = sum over n of dvalues[n, j]: only the samples are added, each neuron keeps its own sum.",
)
total(lambda dvalues: dvalues.sum())
total(lambda dvalues: dvalues.sum(keepdims=True))
total(lambda dvalues: np.full((1, dvalues.shape[1]), dvalues.sum()))


@batch_dbiases.mistake(
    "total-shared-out",
    "You share the total equally among the neurons. Do they all deserve the same?",
    "Try two neurons, dvalues = np.array([[1., 10.]]): the biases get 1 and 10, not 5.5 each.",
    "Each bias hears its own neuron only: column j of dvalues.",
)
def _(dvalues):
    return np.full((1, dvalues.shape[1]), dvalues.sum() / dvalues.shape[1])


@batch_dbiases.mistake(
    "not-summed",
    "dbiases should look like the biases. How often was each bias used going forward?",
    "Print biases.shape and the shape of your result for 3 samples: (1, 2) against (3, 2).",
    "Forward copies b down N rows; each copy gets its row of dvalues, and the copies are added up.",
)
def _(dvalues):
    return dvalues.copy()


@batch_dbiases.mistake(
    "axis-lost",
    "The sums are right. What is the shape of biases, and what is yours?",
    "Print np.ones((3, 2)).sum(axis=0).shape, then the same with keepdims=True. Biases are (1, 2).",
    "A gradient has the shape of the thing it is for: (1, M). A summed axis can be kept with length 1.",
)
def _(dvalues):
    return dvalues.sum(axis=0)


@batch_dbiases.mistake(
    "stands-upright",
    "The sums are right, one below the other. How do the biases stand?",
    "Print the shape of your result for two neurons: (2, 1). Biases are (1, 2).",
    "dbiases has the shape of biases: one row, one column a neuron.",
)
def _(dvalues):
    return dvalues.sum(axis=0).reshape(-1, 1)


@batch_dbiases.mistake(
    "copied-down-again",
    "The sums are right, and there are N copies of them. How many rows do the biases have?",
    "For 3 samples and 2 neurons your result is (3, 2). Taking it off biases of shape (1, 2) makes them (3, 2).",
    "dbiases has the shape of biases, (1, M), not that of dvalues.",
)
def _(dvalues):
    return np.ones_like(dvalues) * dvalues.sum(axis=0)


@batch_dbiases.mistake(
    "times-the-biases",
    "Your result has the biases in it. How far does z move when b moves by 0.01?",
    "Take b = 2 and b = 2.01: z = 6 + b goes from 8 to 8.01. The slope is 1 whatever b is.",
    "dz/db = 1, so dbiases[0, j] = sum over n of dvalues[n, j], and the biases do not come in.",
)
def _(dvalues):
    return dvalues.sum(axis=0, keepdims=True) * np.array(BIASES)  # a notebook has `biases` at hand, of one length only


@batch_dbiases.mistake(
    "mean-for-sum",
    "Your values are right up to the number of samples. Where in the course does 1/N live?",
    "Nudge b by 0.01: z moves by 0.01 in all 3 samples, so upstreams 1, 2, 3 move the final number by 0.06, not 0.02.",
    f"Every copy adds; the loss divides by N once, and dvalues holds that already. {OTHER_COURSES.format('db')}",
)
def _(dvalues):
    return dvalues.mean(axis=0, keepdims=True)


@batch_dbiases.mistake(
    "last-sample-only",
    "The loop visits every sample. What happens to what was there before?",
    "Try dvalues = np.array([[1.], [2.], [3.]]): together 6. Yours says 3.",
    "Every copy adds: each row goes on top of the rows before.",
)
def _(dvalues):
    return dvalues[-1:].copy()


@batch_dbiases.mistake(
    "first-sample-only",
    "Which samples does your result depend on? Change the second one and look.",
    "Try dvalues = np.array([[1.], [2.], [3.]]): together 6. Yours says 1.",
    "dbiases[0, j] = sum over n of dvalues[n, j], for every n.",
)
def _(dvalues):
    return dvalues[:1].copy()


left_out = batch_dbiases.mistake(
    "one-sample-left-out",
    "Nearly all samples are in your sums. Which one does your result not hear?",
    "Try dvalues = np.array([[1.], [10.], [100.]]): together 111. Which digit is missing in yours?",
    "dbiases[0, j] = sum over n of dvalues[n, j], for n from 0 to N - 1, both included.",
)
left_out(lambda dvalues: dvalues[:-1].sum(axis=0, keepdims=True))
left_out(lambda dvalues: dvalues[1:].sum(axis=0, keepdims=True))

mean_of_all = batch_dbiases.mistake(
    "mean-of-everything",
    "One mean of all entries, for every bias. Which entries does one bias hear, and are they averaged?",
    "Try dvalues = np.array([[1., 10.], [2., 20.]]): the biases get 3 and 30. Yours says 8.25.",
    "dbiases[0, j] = sum over n of dvalues[n, j]: a sum, and only over the samples.",
)
mean_of_all(lambda dvalues: np.full((1, dvalues.shape[1]), dvalues.mean()))
mean_of_all(lambda dvalues: dvalues.mean())
mean_of_all(lambda dvalues: dvalues.mean(keepdims=True))


@batch_dbiases.mistake(
    "ones",
    "The slope of z by b is 1. Is that already the gradient?",
    "Run it with dvalues, then with 2 * dvalues: the result has to double.",
    "Upstream times local, added over the samples: the local slope is 1, the upstream is dvalues[n, j].",
)
def _(dvalues):
    return np.ones((1, dvalues.shape[1]))


@batch_dbiases.mistake(
    "samples-counted",
    "You add a 1 for every sample. What does each sample say with its 1?",
    "Run it with dvalues, then with 2 * dvalues: the result has to double. Yours counts to N both times.",
    "Upstream times local, added over the samples: 1 times dvalues[n, j] for each n.",
)
def _(dvalues):
    return np.full((1, dvalues.shape[1]), len(dvalues))


@batch_dbiases.mistake(
    "zeros",
    "A bias does not depend on the inputs. Does the output depend on the bias?",
    "Nudge b by 0.01: z moves by 0.01 in every sample, so the gradient is not 0.",
    "dz/db = 1: the bias gets all of its neuron's upstream, added over the samples.",
)
def _(dvalues):
    return np.zeros((1, dvalues.shape[1]))


@batch_dbiases.mistake(
    "adds-into-the-callers-row",
    "The first result is right. What happened to dvalues meanwhile, and what does a second call give?",
    "Try g = np.array([[1., 2.], [3., 4.]]), call the function with it, then print g.",
    "A row taken out of an array is a second name for the same memory, and `+=` writes into it. Start from zeros of"
    " your own.",
)
def _(dvalues):
    added = dvalues[0]
    for row in dvalues[1:]:
        added += row
    return added.reshape(1, -1)


@batch_dbiases.mistake(
    "np-empty-is-not-zeros",
    *NEVER_WRITTEN,
    "dbiases[0, j] starts at 0; then dvalues[n, j] is added for every sample n.",
)
def _(dvalues):
    dbiases = np.empty((1, dvalues.shape[1]))
    for row in dvalues:
        dbiases += row
    return dbiases
