"""06-batch: known mistakes of `batch_dinputs`."""

import numpy as np

from autograder.exercises.batch.cases import batch_dinputs
from autograder.exercises.batch.hints import NEVER_WRITTEN

no_transpose = batch_dinputs.mistake(
    "no-transpose",
    "Going forward, D met D and M was left. What has to meet now, so that D is left?",
    "Try shapes (3, 2) and (4, 2), and ask for (3, 4): the two 2s have to meet.",
    "dinputs[n, i] = sum over j of dvalues[n, j] weights[i, j]: the blame goes back along the weights it came by.",
)
no_transpose(lambda dvalues, weights: dvalues @ weights)
no_transpose(lambda dvalues, weights: np.dot(dvalues, weights))

layers_product = batch_dinputs.mistake(
    "weights-in-front",
    "With one sample the weights could stand in front. Where is the axis N now, and what does it meet?",
    "Try shapes: (4, 2) followed by (3, 2) puts the 2 neurons beside the 3 samples.",
    "dinputs is (N, D): N has to stay on the left, so the upstream gradient comes first, and M has to meet M.",
)
layers_product(lambda dvalues, weights: weights @ dvalues)
layers_product(lambda dvalues, weights: np.dot(weights, dvalues))

both_turned = batch_dinputs.mistake(
    "both-transposed",
    "Your product sums over an axis. Is the same axis meant on both sides?",
    "Try 3 samples and 2 neurons: the 3 of one and the 2 of the other meet, and numpy refuses. With 3 and 3 it is"
    " silent: samples meet neurons, and the numbers are wrong.",
    "dinputs[n, i] = sum over j of dvalues[n, j] weights[i, j]: j stands in both, so M has to meet M.",
)
both_turned(lambda dvalues, weights: dvalues.T @ weights.T)
both_turned(lambda dvalues, weights: np.dot(dvalues.T, weights.T))

columns = batch_dinputs.mistake(
    "samples-as-columns",
    "This is the formula of a course that keeps its samples in columns. Where are the samples here?",
    "Try it with 3 samples, 4 inputs and 2 neurons: the result should be (3, 4), one row a sample.",
    "Rows are samples: dinputs[n, i] = sum over j of dvalues[n, j] weights[i, j].",
)
columns(lambda dvalues, weights: weights.T @ dvalues)
columns(lambda dvalues, weights: np.dot(weights.T, dvalues))


upstream_turned = batch_dinputs.mistake(
    "wrong-factor-transposed",
    "You turned dvalues. Which axis has to stay on the left of the result, and is it there?",
    "Try shapes: (2, 3) followed by (4, 2) puts the 3 samples beside the 4 inputs. With 3 and 3 numpy is silent.",
    "dinputs is (N, D): N has to stay on the left as it is, and M has to meet M. Which factor has M on the wrong side?",
)
upstream_turned(lambda dvalues, weights: dvalues.T @ weights)
upstream_turned(lambda dvalues, weights: np.dot(dvalues.T, weights))

both_turned_in_front = batch_dinputs.mistake(
    "weights-in-front-both-transposed",
    "Two arrays are turned and have changed places. Which axes meet in the middle now?",
    "Try shapes: (2, 4) followed by (2, 3) puts the 4 inputs beside the 2 neurons. With 4 and 4 numpy is silent.",
    "dinputs is (N, D): N has to stay on the left, D on the right, and M has to meet M in between.",
)
both_turned_in_front(lambda dvalues, weights: weights.T @ dvalues.T)
both_turned_in_front(lambda dvalues, weights: np.dot(weights.T, dvalues.T))


@batch_dinputs.mistake(
    "product-of-sums",
    "You add the neurons up first and multiply afterwards. Is the product of sums the sum of products?",
    "Try dvalues = np.array([[1., -1.]]) and weights = np.array([[1., -1.]]): 1 + 1 = 2, but 0 times 0 is 0.",
    "dinputs[n, i] = sum over j of dvalues[n, j] weights[i, j]: multiply within a neuron, then add.",
)
def _(dvalues, weights):
    return dvalues.sum(axis=1, keepdims=True) * weights.sum(axis=1)


@batch_dinputs.mistake(
    "elementwise-product",
    "`*` multiplies entry by entry. From how many neurons does the blame of one input come back?",
    "Try dvalues = np.array([[1., 10.]]) and weights = np.array([[2., 3.], [4., 5.]]): input 0 gets 1 x 2 + 10 x 3 = 32.",
    "dinputs[n, i] adds over all neurons j: each input feeds every neuron.",
)
def _(dvalues, weights):
    return dvalues * weights


@batch_dinputs.mistake(
    "transposed",
    "Every number is right and stands in the wrong place. Which axis are the samples?",
    "Try it with 3 samples and 4 inputs: a gradient has the shape of the thing it is for, so (3, 4). Yours is (4, 3).",
    "dinputs has the shape of inputs, (N, D): row n belongs to sample n.",
)
def _(dvalues, weights):
    return np.dot(weights, dvalues.T)


@batch_dinputs.mistake(
    "reshaped-not-transposed",
    "The shape is right now. Did reshaping move the numbers where they belong?",
    "Compare np.array([[1, 2], [3, 4], [5, 6]]).reshape(2, 3) with the same array transposed.",
    "Reshaping reads the numbers off in order and breaks the lines elsewhere. Only a transpose makes rows of columns;"
    " and dinputs[n, i] belongs to sample n, input i.",
)
def _(dvalues, weights):
    return np.dot(weights, dvalues.T).reshape(len(dvalues), len(weights))


samples_added = batch_dinputs.mistake(
    "samples-added",
    "Weights are shared by all samples. Are the inputs?",
    "Try dvalues = np.array([[1., 0.], [0., 0.]]): sample 1 got no blame, so its row must be zeros.",
    "dinputs[n, i] holds dvalues[n, j] of its own row n only: nothing crosses samples.",
)
samples_added(lambda dvalues, weights: np.dot(dvalues.sum(axis=0), weights.T))
samples_added(lambda dvalues, weights: np.dot(dvalues.sum(axis=0, keepdims=True), weights.T))
samples_added(lambda dvalues, weights: np.tile(np.dot(dvalues.sum(axis=0), weights.T), (len(dvalues), 1)))


@batch_dinputs.mistake(
    "divided-by-the-batch",
    "Your values are right up to the number of samples. Where in the course does 1/N live?",
    "Put a second sample below the first: its presence must not change the first one's row. Yours is halved.",
    "The loss divides by N once, and dvalues holds that already; dinputs[n, i] = sum over j of dvalues[n, j]"
    " weights[i, j].",
)
def _(dvalues, weights):
    return np.dot(dvalues, weights.T) / len(dvalues)


@batch_dinputs.mistake(
    "mean-over-neurons",
    "An input that feeds three neurons gets three complaints. Are they added or averaged?",
    "Try dvalues = np.array([[1., 10.]]) and weights = np.array([[2., 3.]]): 2 + 30 = 32, not 16.",
    "What fans out going forward adds up going backward: a sum over j, with no division.",
)
def _(dvalues, weights):
    return np.dot(dvalues, weights.T) / dvalues.shape[1]


upstream_ignored = batch_dinputs.mistake(
    "upstream-ignored",
    "Your result is the same whatever the upstream gradient says. Where does it enter?",
    "Run it with dvalues, then with 2 * dvalues: the result has to double.",
    "Upstream times local: dinputs[n, i] = sum over j of dvalues[n, j] weights[i, j]. Row sums of the weights are the"
    " case of an upstream of ones.",
)
upstream_ignored(lambda dvalues, weights: weights.sum(axis=1))
upstream_ignored(lambda dvalues, weights: weights.sum(axis=1)[None, :])
upstream_ignored(lambda dvalues, weights: np.tile(weights.sum(axis=1), (len(dvalues), 1)))


@batch_dinputs.mistake(
    "one-neuron-speaks-for-all",
    "The lesson's rows are constant, so neuron 0 could speak for all. What if the neurons disagree?",
    "Try dvalues = np.array([[1., 10.]]) and weights = np.array([[2., 3.]]): neuron 1 says 10, so 2 + 30 = 32. Yours"
    " gives 2 + 3 = 5.",
    "dinputs[n, i] = sum over j of dvalues[n, j] weights[i, j]: each weight with the complaint of its own neuron.",
)
def _(dvalues, weights):
    return dvalues[:, :1] * weights.sum(axis=1)


@batch_dinputs.mistake(
    "last-neuron-only",
    "The loop runs over all neurons. What becomes of what the earlier ones sent?",
    "Try dvalues = np.array([[1., 10.]]) and weights = np.array([[2., 3.]]): 2 + 30 = 32. Yours keeps the 30.",
    "A fork adds: every neuron j puts dvalues[n, j] weights[i, j] on top of what is there.",
)
def _(dvalues, weights):
    return np.outer(dvalues[:, -1], weights[:, -1])


one_row = batch_dinputs.mistake(
    "one-sample-only",
    "How many samples go in, and how many rows come out?",
    "Try two samples: the result needs two rows. Is one overwritten, or left behind by an early `return`?",
    "dinputs has the shape of inputs: (N, D), one row a sample.",
)
one_row(lambda dvalues, weights: np.dot(weights, dvalues[-1]))
one_row(lambda dvalues, weights: np.dot(dvalues[-1:], weights.T))
one_row(lambda dvalues, weights: np.dot(weights, dvalues[0]))
one_row(lambda dvalues, weights: np.dot(dvalues[:1], weights.T))


@batch_dinputs.mistake(
    "weights-left-out",
    "Your result has one column a neuron. What lies between a neuron and its inputs?",
    "Try dvalues = np.array([[1.]]) and weights = np.array([[2.], [3.]]): two inputs, so [[2., 3.]].",
    "An input's slope is its weight: dinputs[n, i] = sum over j of dvalues[n, j] weights[i, j].",
)
def _(dvalues, weights):
    return dvalues


@batch_dinputs.mistake(
    "rounded",
    "Your numbers look right on the page. How many digits do they have?",
    "Try dvalues of 0.000001: the gradient is small, and it is not 0.",
    "Rounding is for printing. A gradient is handed on and multiplied again, so it keeps all its digits.",
)
def _(dvalues, weights):
    return np.round(np.dot(dvalues, weights.T), 2)


@batch_dinputs.mistake(
    "np-empty-is-not-zeros",
    *NEVER_WRITTEN,
    "dinputs[n, i] starts at 0; then dvalues[n, j] weights[i, j] is added for every neuron j.",
)
def _(dvalues, weights):
    dinputs = np.empty((len(dvalues), len(weights)))
    for n, row in enumerate(dvalues):
        for j, g in enumerate(row):
            dinputs[n] += g * weights[:, j]
    return dinputs


@batch_dinputs.mistake(
    "reshaped-for-transposed",
    "You give the weights another shape. Does neuron 0 still have its own weights in its row?",
    "Print np.arange(6).reshape(2, 3).reshape(3, 2), then np.arange(6).reshape(2, 3).T: the same shape, and which numbers?",
    "Turning exchanges the axes, entry [i, j] goes to [j, i]; a reshape reads on row by row and mixes the neurons.",
)
def _(dvalues, weights):
    return dvalues @ np.reshape(weights, (weights.shape[1], -1))
