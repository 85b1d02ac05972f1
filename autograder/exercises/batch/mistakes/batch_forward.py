"""06-batch: known mistakes of `batch_forward`."""

import numpy as np

from autograder.exercises.batch.cases import batch_forward
from autograder.exercises.batch.hints import NEVER_WRITTEN


@batch_forward.mistake(
    "bias-forgotten",
    "The products are all there. Which of the three arguments has not been used?",
    "Try inputs that are all 0: each neuron should then say its own bias, such as 2 and -3.",
    "z[n, j] = sum over i of inputs[n, i] weights[i, j], plus biases[0, j].",
)
def _(inputs, weights, biases):
    return np.dot(inputs, weights)


@batch_forward.mistake(
    "a-row-for-each-sample",
    "You take the samples one by one. How many axes has one sample, and how many has the row of biases beside it?",
    "Try (np.ones(4) @ np.ones((4, 3)) + np.ones((1, 3))).shape: one sample has become (1, 3), and N of them (N, 1, 3).",
    "For one sample: z[j] = sum over i of x[i] weights[i, j], plus biases[0, j]: row 0 of the biases, with one axis.",
)
def _(inputs, weights, biases):
    return np.array([x @ weights + biases for x in inputs])


@batch_forward.mistake(
    "bias-subtracted",
    "The products are right. In which direction does a bias shift its neuron?",
    "Try inputs that are all 0 with biases = np.array([[2., -3.]]): the neurons should say 2 and -3.",
    "z[n, j] = sum over i of inputs[n, i] weights[i, j], plus biases[0, j].",
)
def _(inputs, weights, biases):
    return np.dot(inputs, weights) - biases


@batch_forward.mistake(
    "bias-once-for-every-input",
    "The bias comes in too often. Inside which of your loops is it added?",
    "Try inputs that are all 0, four a sample, with biases = np.array([[2., -3.]]): the neurons should say 2 and -3, and"
    " yours say 8 and -12.",
    "z[n, j] = (sum over i of inputs[n, i] weights[i, j]) plus biases[0, j]: the bias stands outside the sum over i.",
)
def _(inputs, weights, biases):
    return np.dot(inputs, weights) + len(weights) * biases


@batch_forward.mistake(
    "products-overwritten",
    "The loop visits every input. What happens to the product of the one before?",
    "Try inputs = np.array([[1., 2.]]), weights = np.array([[10.], [30.]]) and a bias of 0: 10 + 60 = 70. Yours keeps"
    " the 60.",
    "z[n, j] is a sum over i: each product goes on top of those before it.",
)
def _(inputs, weights, biases):
    return np.outer(inputs[:, -1], weights[-1]) + biases


turned = batch_forward.mistake(
    "weights-transposed",
    "Rows of `weights` belong to inputs and columns to neurons. Which of its axes should meet the inputs?",
    "Try it with 3 samples, 4 inputs and 2 neurons, and write the shapes side by side: (3, 4) has to meet (4, 2).",
    "z[n, j] = sum over i of inputs[n, i] weights[i, j] + biases[0, j]: D meets D and is gone. In this course W is (D,"
    " M) already.",
)
turned(lambda inputs, weights, biases: inputs @ weights.T + biases)
turned(lambda inputs, weights, biases: np.dot(inputs, weights.T) + biases)

swapped = batch_forward.mistake(
    "weights-before-inputs",
    "In a matrix product the order decides which axes meet. Which two meet in yours?",
    "Try shapes: (4, 2) followed by (3, 4) puts the 2 neurons beside the 3 samples.",
    "Z is (N, M): N has to stay on the left, M on the right, and D has to meet D in between.",
)
swapped(lambda inputs, weights, biases: weights @ inputs + biases)
swapped(lambda inputs, weights, biases: np.dot(weights, inputs) + biases)


@batch_forward.mistake(
    "elementwise-product",
    "`*` multiplies entry by entry. Does each input feed one neuron, or every neuron?",
    "Try inputs = np.array([[1., 2.]]), weights = np.array([[10., 20.], [30., 40.]]) and biases of 0: neuron 0 gets"
    " 1 x 10 + 2 x 30 = 70.",
    "z[n, j] is a sum over all inputs i, so something has to add along D: a matrix product.",
)
def _(inputs, weights, biases):
    return inputs * weights + biases


@batch_forward.mistake(
    "relu-added",
    "The negative results have become 0. Who asked for an activation?",
    "Look at sample 1, neuron 1 of the lesson's batch: 1 - 4.55 - 0.26 - 1 + 3 = -1.81, and it stays -1.81.",
    "Z = XW + b is the pre-activation. ReLU is a layer of its own, in chapter 07.",
)
def _(inputs, weights, biases):
    return np.maximum(0, np.dot(inputs, weights) + biases)


@batch_forward.mistake(
    "samples-as-columns",
    "Every number is right and stands in the wrong place. What does a row of your result belong to?",
    "Try it with 3 samples and 2 neurons: the result should have 3 rows. Yours has 2.",
    "Rows are samples, here as everywhere in this course: Z is (N, M). (Some courses keep samples in columns.)",
)
def _(inputs, weights, biases):
    return np.dot(weights.T, inputs.T) + biases.T


both_turned = batch_forward.mistake(
    "both-transposed",
    "Your product has the neurons down the side. Along which axis do the biases lie?",
    "Try shapes: (2, 4) followed by (4, 3) leaves (2, 3), neurons down and samples across, and the biases are (1, 2).",
    "Z is (N, M): N stays on the left and M on the right, so the inputs come first and nothing is turned.",
)
both_turned(lambda inputs, weights, biases: weights.T @ inputs.T + biases)
both_turned(lambda inputs, weights, biases: np.dot(weights.T, inputs.T) + biases)


@batch_forward.mistake(
    "bias-as-a-column",
    "The bias varies down the rows of your result. Is there one bias a sample, or one a neuron?",
    "Print biases.T.shape for the lesson's batch, (3, 1): numpy spreads it over the neurons and gives each sample a"
    " number of its own.",
    "biases[0, j] goes to column j of Z, the same in every row: (1, M) is spread down the N rows as it is.",
)
def _(inputs, weights, biases):
    return np.dot(inputs, weights) + biases.T


@batch_forward.mistake(
    "all-biases-to-every-neuron",
    "Does a neuron see the other neurons' biases?",
    "Try inputs that are all 0 with biases = np.array([[2., -3.]]): the neurons should say 2 and -3, yours both say -1.",
    "z[n, j] holds biases[0, j] alone.",
)
def _(inputs, weights, biases):
    return np.dot(inputs, weights) + np.sum(biases)


@batch_forward.mistake(
    "bias-multiplied",
    "Does a bias shift a neuron or scale it?",
    "Try inputs that are all 0 with biases = np.array([[2., -3.]]): a shift gives 2 and -3, a scale gives 0.",
    "z[n, j] = (sum over i of inputs[n, i] weights[i, j]) plus biases[0, j].",
)
def _(inputs, weights, biases):
    return np.dot(inputs, weights) * biases


@batch_forward.mistake(
    "last-sample-only",
    "How many samples go in, and how many rows come out? Something is overwritten on the way.",
    "Try two samples and look at the number of rows of the result: each sample should have one.",
    "Z has one row a sample: (N, M).",
)
def _(inputs, weights, biases):
    for sample in inputs:
        z = np.dot(sample, weights) + biases
    return z


@batch_forward.mistake(
    "first-sample-only",
    "How many samples go in, and how many rows come out?",
    "Try two samples: the result should have two rows. Is there a `return` inside a loop, or an index [0] too many?",
    "Z has one row a sample: (N, M).",
)
def _(inputs, weights, biases):
    return np.dot(inputs[0], weights) + biases


@batch_forward.mistake(
    "bias-in-the-first-row-only",
    "Sample 0 is right and the others are not. What did only sample 0 get?",
    "Try two equal samples: both rows of the result must be the same.",
    "biases[0, j] is added to z[n, j] for every n: its row 0 is the only one it has, and it is used N times.",
)
def _(inputs, weights, biases):
    z = np.array(np.dot(inputs, weights))
    z[0] += biases[0]
    return z


@batch_forward.mistake(
    "biases-changed-in-place",
    "The first row is right, and each later one holds too much. Whose memory do you add to?",
    "Try b = np.array([[2.0, -3.0]]), call the function twice with it, and print b.",
    "Z = XW + b is a new array of shape (N, M). `+=` and `out=` write into an array that somebody else still needs.",
)
def _(inputs, weights, biases):
    z = np.zeros((len(inputs), weights.shape[1]))
    for n, sample in enumerate(inputs):
        row = biases[0]
        row += np.dot(sample, weights)
        z[n] = row
    return z


@batch_forward.mistake(
    "np-empty-is-not-zeros",
    *NEVER_WRITTEN,
    "z[n, j] starts at 0, or at biases[0, j]; then the products inputs[n, i] weights[i, j] are added.",
)
def _(inputs, weights, biases):
    z = np.empty((len(inputs), weights.shape[1]))
    for n, sample in enumerate(inputs):
        for i, x in enumerate(sample):
            z[n] += x * weights[i]
        z[n] += biases[0]
    return z
