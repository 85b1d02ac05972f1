"""07-relu: known mistakes of `dense_relu_backward` that are about the layer behind the gate."""

from itertools import permutations

import numpy as np

from autograder.exercises.batch.mistakes.batch_dinputs import batch_dinputs
from autograder.exercises.batch.mistakes.batch_dweights import batch_dweights
from autograder.exercises.relu.cases import dense_relu_backward
from autograder.exercises.relu.dense_parts import backward, dinputs_from, dweights_from, forward, parts
from autograder.reference import batch as reference


def product_mistakes(place, part, exercise, names):
    """Chapter 06's known mistakes of one product, made behind the gate: its hints say dz for dvalues."""
    for known in exercise.mistakes:
        if known.name not in names.split():
            continue

        def answer(dvalues, inputs, weights, biases, wrong=known.answer):
            dz, *results = parts(dvalues, inputs, weights, biases)
            results[place] = wrong(dz, (weights, inputs)[place])
            return tuple(results)

        hints = (hint.replace("dvalues", "dz") for hint in known.hints)
        dense_relu_backward.mistake(f"{part}-{known.name}", *hints)(answer)


@dense_relu_backward.mistake(
    "dbiases-without-kept-dimensions",
    "Which shape have biases, and which has your dbiases?",
    "Try np.ones((3, 2)).sum(axis=0).shape, then with keepdims=True.",
    "A gradient has the shape of the thing it is for: (1, M).",
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, dweights, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dz.sum(axis=0)


@dense_relu_backward.mistake(
    "dbiases-over-the-wrong-axis",
    "There is one bias for each neuron. For what is there one number in your dbiases?",
    "With four samples and two neurons dbiases has two entries.",
    "db_j adds up over the samples n: the row axis goes, the neurons stay.",
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, dweights, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dz.sum(axis=1, keepdims=True)


@dense_relu_backward.mistake(
    "dbiases-one-total",
    "Do all neurons share one bias?",
    "Two neurons with columns [1, 2] and [10, 20] of dz: the biases should hear 3 and 30.",
    "db_j adds up over the samples only; each neuron keeps its own sum.",
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, dweights, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dz.sum()


@dense_relu_backward.mistake(
    "dbiases-not-summed",
    "How often was each bias used in the forward pass?",
    "With four samples and two neurons there are eight numbers in dz, but only two biases.",
    "Forward, b is copied down N rows; backward, the N copies add up: shape (1, M).",
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, dweights, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dz


@dense_relu_backward.mistake(
    "dbiases-times-biases",
    "Nudge one bias by 0.01: by how much does its z move?",
    "Does the answer change if the bias is 3 or 30? z = products + b.",
    "dz/db = 1, so db_j is the sum of dz over the samples, times nothing.",
)
def _(dvalues, inputs, weights, biases):
    _, dinputs, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dbiases * biases


@dense_relu_backward.mistake(
    "mean-for-sum",
    "Where does the 1/N of this course live?",
    "Hand in every sample twice with the same dvalues: the layer's gradients should double.",
    "Layers add up over the samples; 1/N is paid once, in the loss.",
)
def _(dvalues, inputs, weights, biases):
    _, dinputs, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights / len(dvalues), dbiases / len(dvalues)


@dense_relu_backward.mistake(
    "upstream-divided-by-n",
    "All three results are right up to the number of samples. Who has divided dvalues already?",
    "Hand in every sample twice with the same dvalues: no row of dinputs should change. Yours are halved.",
    "The loss pays 1/N once, and hands it down in dvalues. A layer that divides again pays twice.",
)
def _(dvalues, inputs, weights, biases):
    _, *gradients = parts(dvalues / len(dvalues), inputs, weights, biases)
    return tuple(gradients)


@dense_relu_backward.mistake(
    "last-sample-only",
    "How many samples pull at each weight, and how many are heard in your result?",
    "If the loop says `=`, each sample wipes out the one before: print dweights in every turn.",
    "dW adds up over n: start at zero and accumulate.",
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, np.outer(inputs[-1], dz[-1]), dz[-1:]


@dense_relu_backward.mistake(
    "dweights-transposed",
    "Which shape has your dweights, and which have weights? What does each axis count?",
    "With three inputs and two neurons, entry [2, 1] belongs to input 2 and neuron 1.",
    "dweights must look like weights: (D, M), inputs down, neurons across.",
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, dz.T @ inputs, dbiases


@dense_relu_backward.mistake(
    "dweights-reshaped",
    "The shape of dweights fits. Do the cells?",
    "np.array([[1, 2], [3, 4], [5, 6]]).reshape(2, 3) against its .T: the same six numbers in other places.",
    "A shape that fits is no proof: entry [i, j] is the sum over n of X[n, i] dz[n, j].",
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, (dz.T @ inputs).reshape(weights.shape), dbiases


@dense_relu_backward.mistake(
    "product-of-sums",
    "You add the samples up before you multiply. Does each dz then still meet its own input?",
    "Inputs 1 and 2 with dz 10 and 100: 1 x 10 + 2 x 100 = 210, but 3 x 110 = 330.",
    "dW_ij is a sum of products over n, not a product of sums.",
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, np.outer(inputs.sum(axis=0), dz.sum(axis=0)), dbiases


@dense_relu_backward.mistake(
    "output-for-input",
    "What multiplied the weights in the forward pass: the layer's output, or its inputs?",
    "With three inputs and two neurons, a dweights made from the output is (2, 2), and weights is (3, 2).",
    "The slope of z_nj = sum_i X_ni W_ij + b_j with respect to W_ij is X_ni.",
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, np.maximum(0, forward(inputs, weights, biases)).T @ dz, dbiases


weights_not_turned = dense_relu_backward.mistake(
    "weights-not-transposed",
    "dz has one column for each neuron. Which axis of weights must it meet, and which should be left over?",
    "With four samples, three inputs and two neurons: (4, 2) has to become (4, 3), and weights is (3, 2).",
    "dX_ni = sum over j of dz_nj W_ij: the neurons vanish, the inputs stay.",
)
weights_not_turned(dinputs_from(lambda dz, weights: dz @ weights))
weights_not_turned(dinputs_from(lambda dz, weights: np.dot(dz, weights)))

weights_in_front = dense_relu_backward.mistake(
    "weights-in-front",
    "With one sample the weights could stand in front. Where is the axis N now, and what does it meet?",
    "Try shapes: (3, 2) followed by (4, 2) puts the 2 neurons beside the 4 samples.",
    "dinputs is (N, D): N has to stay on the left, so dz comes first, and M has to meet M.",
)
weights_in_front(dinputs_from(lambda dz, weights: weights @ dz))
weights_in_front(dinputs_from(lambda dz, weights: np.dot(weights, dz)))

inputs_not_turned = dense_relu_backward.mistake(
    "inputs-not-transposed",
    "Which axis do inputs and dz share, and which axis must therefore vanish?",
    "With four samples, three inputs and two neurons: (4, 3) and (4, 2) have to become (3, 2).",
    "dW_ij = sum over n of X_ni dz_nj: the samples vanish.",
)
inputs_not_turned(dweights_from(lambda inputs, dz: inputs @ dz))
inputs_not_turned(dweights_from(lambda inputs, dz: np.dot(inputs, dz)))

both_turned = dense_relu_backward.mistake(
    "both-transposed",
    "The product for dweights sums over an axis. Is the same axis meant on both sides?",
    "Try 4 samples and 2 neurons: the 4 of one and the 2 of the other meet, and numpy refuses. With 3 and 3 it is "
    "silent: samples meet neurons, and the numbers are wrong.",
    "dW_ij = sum over n of X_ni dz_nj: n stands in both, so N has to meet N.",
)
both_turned(dweights_from(lambda inputs, dz: inputs.T @ dz.T))
both_turned(dweights_from(lambda inputs, dz: np.dot(inputs.T, dz.T)))

product_mistakes(
    0,
    "dinputs",
    batch_dinputs,
    "both-transposed samples-as-columns wrong-factor-transposed transposed weights-in-front-both-transposed",
)
product_mistakes(
    1,
    "dweights",
    batch_dweights,
    "upstream-in-front samples-as-columns wrong-factor-transposed upstream-in-front-both-transposed",
)

exchanged = dense_relu_backward.mistake(
    "weights-and-inputs-exchanged",
    "Which of inputs and weights does each of the three gradients need? Does each get the one it asks for?",
    "With 4 samples, 3 inputs and 2 neurons, dinputs is (4, 3), from (4, 2) and the weights, (3, 2); dweights is (3, 2),"
    " from the inputs, (4, 3), and (4, 2).",
    "An input's slope is its weight, and a weight's slope is its input.",
)


@exchanged
def _(dvalues, inputs, weights, biases):
    dz, *_ = parts(dvalues, inputs, weights, biases)
    return backward(dz, weights, inputs)


@exchanged
def _(dvalues, inputs, weights, biases):
    dz, *_ = parts(dvalues, inputs, weights, biases)
    return reference.dense_backward(dz, weights, inputs)  # np.dot, so numpy complains in other words


@exchanged
def _(dvalues, inputs, weights, biases):
    dz, _, *rest = parts(dvalues, inputs, weights, biases)
    return dz @ inputs.T, *rest


@exchanged
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, weights.T @ dz, dbiases


other_order = dense_relu_backward.mistake(
    "another-order",
    "The three gradients are all right. In which order do they come back?",
    "Try dinputs, dweights, dbiases = dense_relu_backward(dvalues, inputs, weights, biases), then compare each shape "
    "with that of the thing it is for.",
    "Gradients come in argument order: inputs, weights, biases.",
)
for order in list(permutations(range(1, 4)))[1:]:
    other_order(lambda *arguments, order=order: [parts(*arguments)[place] for place in order])


@dense_relu_backward.mistake(
    "dbiases-mean-for-sum",
    "Your dbiases are right up to the number of samples. Where in the course does 1/N live?",
    "On chapter 06's first batch dbiases[0, 1] is 1 + 0 + 3 = 4, not 4 / 3.",
    "db_j adds dz over the samples; the 1/N stands in the loss.",
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, dweights, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dz.mean(axis=0, keepdims=True)


@dense_relu_backward.mistake(
    "inputs-clipped-for-dweights",
    "A negative input went into the product as it is. What multiplies the weight there: the input, or its ReLU?",
    "On chapter 06's first batch input 0 of sample 2 is -1.5: its vote for dweights[0, 0] is 3 times -1.5.",
    "dweights_ij = sum over n of X_ni dz_nj: the ReLU stands behind the layer, and never saw the inputs.",
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, np.maximum(inputs, 0).T @ dz, dbiases
