"""07-relu: known mistakes in `dense_relu_backward`.

Those in which one result is wrong come first, so that a part examined by itself gets the narrowest name.
"""

import numpy as np

from autograder.exercises.relu.cases import dense_relu_backward


def forward(inputs, weights, biases):
    return inputs @ weights + biases


def backward(dz, inputs, weights):
    return dz @ weights.T, inputs.T @ dz, dz.sum(axis=0, keepdims=True)


def parts(dvalues, inputs, weights, biases):
    """(dz, then the three right results), for mistakes in one of them."""
    dz = dvalues * (forward(inputs, weights, biases) > 0)
    return dz, *backward(dz, inputs, weights)


# ---------------------------------------------------------------- one result is not gated


@dense_relu_backward.mistake(
    "dbiases-not-gated",
    "Is a bias inside the ReLU or outside it?",
    "On the printed batch sample 1 switches neuron 1 off: can nudging that bias move that output?",
    "b enters z, so dbiases sums dz = dvalues [z > 0] over the samples, not dvalues itself.",
    catalogue=11,
)
def _(dvalues, inputs, weights, biases):
    _, dinputs, dweights, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dvalues.sum(axis=0, keepdims=True)


@dense_relu_backward.mistake(
    "dinputs-not-gated",
    "Which gradient did you send back along the weights: the one from outside the ReLU, or the one behind the gate?",
    "On the printed batch row 1 of dinputs should hear nothing of neuron 1: its first entry is -0.12, not 0.88.",
    "Gate first, dz = dvalues [z > 0]; then all three gradients are made from dz.",
    catalogue=11,
)
def _(dvalues, inputs, weights, biases):
    _, _, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return dvalues @ weights.T, dweights, dbiases


@dense_relu_backward.mistake(
    "dweights-not-gated",
    "Which gradient did the inputs meet: the one from outside the ReLU, or the one behind the gate?",
    "On the printed batch sample 1 has no say in column 1 of dweights: its first entry is -3.5, not 0.5.",
    "Gate first, dz = dvalues [z > 0]; then all three gradients are made from dz.",
    catalogue=11,
)
def _(dvalues, inputs, weights, biases):
    _, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, inputs.T @ dvalues, dbiases


@dense_relu_backward.mistake(
    "gates-inputs-after-the-product",
    "Your gate looks at inputs. What did ReLU look at in the forward pass?",
    "On the printed batch inputs[1, 2] = -1, and yet that sample's neurons 0 and 2 are on: the input matters.",
    "The gate is [z > 0], of shape (N, M), and it acts on dvalues before any product with the weights.",
    catalogue=25,
)
def _(dvalues, inputs, weights, biases):
    dinputs, dweights, dbiases = backward(dvalues, inputs, weights)
    return dinputs * (inputs > 0), dweights, dbiases


@dense_relu_backward.mistake(
    "clips-dinputs",
    "You clip the result. May a gradient of the inputs be negative?",
    "On the printed batch dinputs[0, 1] is -0.38, and nothing is closed in that sample.",
    "ReLU acts on dvalues through [z > 0]; what comes out of the product with the weights stays as it is.",
    catalogue=16,
)
def _(dvalues, inputs, weights, biases):
    _, dinputs, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return np.maximum(0, dinputs), dweights, dbiases


@dense_relu_backward.mistake(
    "gate-on-the-weights",
    "ReLU never saw a weight by itself. What did it see?",
    "A negative weight of an open neuron matters: on the printed batch W[2, 0] = -0.5 is part of dinputs[0, 2] = "
    "-0.07.",
    "The gate is [z > 0]; weights of either sign carry the blame back.",
    catalogue=25,
)
def _(dvalues, inputs, weights, biases):
    dz, _, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return dz @ (weights * (weights > 0)).T, dweights, dbiases


# ---------------------------------------------------------------- the gate itself


@dense_relu_backward.mistake(
    "gate-forgotten",
    "Which node did you skip on the way back? Layer, then ReLU: so backward it is ReLU first.",
    "On the printed batch Z[1, 1] = -1.81: what should sample 1 contribute to dbiases[0, 1]?",
    "dz = dvalues [z > 0] comes first; the layer's three gradients are made from dz.",
    catalogue=11,
)
def _(dvalues, inputs, weights, biases):
    return backward(dvalues, inputs, weights)


@dense_relu_backward.mistake(
    "gate-without-the-bias",
    "What exactly does ReLU look at: the products alone, or with the bias?",
    "Products of -2.75 and a bias of 3 give z = 0.25: is that gate open?",
    "z = XW + b, and the gate is [z > 0].",
    catalogue=26,
)
def _(dvalues, inputs, weights, biases):
    return backward(dvalues * (inputs @ weights > 0), inputs, weights)


@dense_relu_backward.mistake(
    "bias-outside-the-relu",
    "Your gradients belong to relu(XW) + b. Where does this layer add b?",
    "Products of -2.75 and a bias of 3: relu(0.25) = 0.25, but relu(-2.75) + 3 = 3.",
    "The output is relu(XW + b): the bias is inside, it moves the gate, and its own gradient is gated.",
    catalogue=26,
)
def _(dvalues, inputs, weights, biases):
    dinputs, dweights, _ = backward(dvalues * (inputs @ weights > 0), inputs, weights)
    return dinputs, dweights, dvalues.sum(axis=0, keepdims=True)


@dense_relu_backward.mistake(
    "gate-on-upstream",
    "Who was clipped in the forward pass: the upstream gradient, or z?",
    "Try one neuron with z = 2 and dvalues = -7, then z = -2 and dvalues = 7. Which was on?",
    "dz = dvalues [z > 0]: compute z from inputs, weights and biases; the gate asks about it.",
    catalogue=15,
)
def _(dvalues, inputs, weights, biases):
    return backward(dvalues * (dvalues > 0), inputs, weights)


@dense_relu_backward.mistake(
    "upstream-clipped",
    "The gates are right. What happens to a negative gradient at an open one?",
    "Try one neuron with z = 2 and dvalues = -7: it was on.",
    "dz = dvalues [z > 0]: the gate does not ask for the gradient's sign.",
    catalogue=16,
)
def _(dvalues, inputs, weights, biases):
    return backward(np.maximum(0, dvalues) * (forward(inputs, weights, biases) > 0), inputs, weights)


@dense_relu_backward.mistake(
    "gate-open-at-zero",
    "Which of your gates are open at z = 0, and what does the course's convention say there?",
    "Products of -0.75 and a bias of 0.75 give z = 0. ReLU'(0) = 0.",
    "The gate is [z > 0], and 0 is not greater than 0.",
    catalogue=17,
)
def _(dvalues, inputs, weights, biases):
    return backward(dvalues * (forward(inputs, weights, biases) >= 0), inputs, weights)


@dense_relu_backward.mistake(
    "times-the-output",
    "You multiply the upstream by ReLU's output. Does the chain rule ask for the value, or for the slope?",
    "Try one neuron with z = 2 and dvalues = -7: moving z by 0.01 moves the output by 0.01.",
    "dz is upstream times slope, and the slope of ReLU is 1 or 0.",
    catalogue=18,
)
def _(dvalues, inputs, weights, biases):
    return backward(dvalues * np.maximum(0, forward(inputs, weights, biases)), inputs, weights)


@dense_relu_backward.mistake(
    "upstream-ignored",
    "Your gradients do not depend on dvalues. Who told you how much the outputs matter?",
    "Double every entry of dvalues: all three gradients should double.",
    "dz = dvalues [z > 0]: the mask is only the slope.",
    catalogue=(2, 19),
)
def _(dvalues, inputs, weights, biases):
    return backward((forward(inputs, weights, biases) > 0).astype(np.float64), inputs, weights)


@dense_relu_backward.mistake(
    "integer-buffer",
    "If inputs, weights and biases are whole numbers, so is z. What dtype has an array made like it?",
    "Try out = np.zeros_like(np.array([3, -2])); out[0] = -2.75; then print out.",
    "An assignment into an integer array cuts off everything behind the point and says nothing. Gradients are float64.",
    catalogue=21,
)
def _(dvalues, inputs, weights, biases):
    z = forward(inputs, weights, biases)
    dz = np.zeros_like(z)
    dz[z > 0] = dvalues[z > 0]
    return backward(dz, inputs, weights)


@dense_relu_backward.mistake(
    "integer-mask",
    "If inputs, weights and biases are whole numbers, so is z. What dtype has a mask made like it?",
    "Try m = np.zeros_like(np.array([3, -2])); m.dtype; then m *= 0.5.",
    "`*=` cannot put fractions into whole numbers: the mask must be float64, or the product a new array.",
    catalogue=20,
)
def _(dvalues, inputs, weights, biases):
    z = forward(inputs, weights, biases)
    mask = np.zeros_like(z)
    mask[z > 0] = 1
    mask *= dvalues
    return backward(mask, inputs, weights)


@dense_relu_backward.mistake(
    "changes-the-callers-dvalues",
    "All three gradients are right. Whose memory is dvalues?",
    "Print dvalues before and after the call: on the printed batch entry [1, 1] was 2.",
    "Writing into dvalues changes the caller's array. Work on a copy, or build a new array.",
    catalogue=23,
)
def _(dvalues, inputs, weights, biases):
    dvalues[forward(inputs, weights, biases) <= 0] = 0
    return backward(dvalues, inputs, weights)


# ---------------------------------------------------------------- the layer behind the gate


@dense_relu_backward.mistake(
    "dbiases-without-kept-dimensions",
    "Which shape have biases, and which has your dbiases?",
    "Try np.ones((3, 2)).sum(axis=0).shape, then with keepdims=True.",
    "A gradient has the shape of the thing it is for: (1, M).",
    catalogue=36,
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, dweights, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dz.sum(axis=0)


@dense_relu_backward.mistake(
    "dbiases-over-the-wrong-axis",
    "There is one bias for each neuron. For what is there one number in your dbiases?",
    "With four samples and two neurons dbiases has two entries.",
    "db_j adds up over the samples n: the row axis goes, the neurons stay.",
    catalogue=33,
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, dweights, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dz.sum(axis=1, keepdims=True)


@dense_relu_backward.mistake(
    "dbiases-one-total",
    "Do all neurons share one bias?",
    "Two neurons with columns [1, 2] and [10, 20] of dz: the biases should hear 3 and 30.",
    "db_j adds up over the samples only; each neuron keeps its own sum.",
    catalogue=34,
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, dweights, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dz.sum()


@dense_relu_backward.mistake(
    "dbiases-not-summed",
    "How often was each bias used in the forward pass?",
    "With four samples and two neurons there are eight numbers in dz, but only two biases.",
    "Forward, b is copied down N rows; backward, the N copies add up: shape (1, M).",
    catalogue=35,
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, dweights, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dz


@dense_relu_backward.mistake(
    "dbiases-times-biases",
    "Nudge one bias by 0.01: by how much does its z move?",
    "Does the answer change if the bias is 3 or 30? z = products + b.",
    "dz/db = 1, so db_j is the sum of dz over the samples, times nothing.",
    catalogue=37,
)
def _(dvalues, inputs, weights, biases):
    _, dinputs, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dbiases * biases


@dense_relu_backward.mistake(
    "mean-for-sum",
    "Where does the 1/N of this course live?",
    "Hand in every sample twice with the same dvalues: the layer's gradients should double.",
    "Layers add up over the samples; 1/N is paid once, in the loss.",
    catalogue=38,
)
def _(dvalues, inputs, weights, biases):
    _, dinputs, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights / len(dvalues), dbiases / len(dvalues)


@dense_relu_backward.mistake(
    "last-sample-only",
    "How many samples pull at each weight, and how many are heard in your result?",
    "If the loop says `=`, each sample wipes out the one before: print dweights in every turn.",
    "dW adds up over n: start at zero and accumulate.",
    catalogue=39,
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, np.outer(inputs[-1], dz[-1]), dz[-1:]


@dense_relu_backward.mistake(
    "dweights-transposed",
    "Which shape has your dweights, and which have weights? What does each axis count?",
    "With three inputs and two neurons, entry [2, 1] belongs to input 2 and neuron 1.",
    "dweights must look like weights: (D, M), inputs down, neurons across.",
    catalogue=28,
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, dz.T @ inputs, dbiases


@dense_relu_backward.mistake(
    "dweights-reshaped",
    "The shape of dweights fits. Do the cells?",
    "np.array([[1, 2], [3, 4], [5, 6]]).reshape(2, 3) against its .T: the same six numbers in other places.",
    "A shape that fits is no proof: entry [i, j] is the sum over n of X[n, i] dz[n, j].",
    catalogue=28,
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, (dz.T @ inputs).reshape(weights.shape), dbiases


@dense_relu_backward.mistake(
    "product-of-sums",
    "You add the samples up before you multiply. Does each dz then still meet its own input?",
    "Inputs 1 and 2 with dz 10 and 100: 1 x 10 + 2 x 100 = 210, but 3 x 110 = 330.",
    "dW_ij is a sum of products over n, not a product of sums.",
    catalogue=46,
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, np.outer(inputs.sum(axis=0), dz.sum(axis=0)), dbiases


@dense_relu_backward.mistake(
    "output-for-input",
    "What multiplied the weights in the forward pass: the layer's output, or its inputs?",
    "With three inputs and two neurons, a dweights made from the output is (2, 2), and weights is (3, 2).",
    "The slope of z_nj = sum_i X_ni W_ij + b_j with respect to W_ij is X_ni.",
    catalogue=40,
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, np.maximum(0, forward(inputs, weights, biases)).T @ dz, dbiases


@dense_relu_backward.mistake(
    "weights-not-transposed",
    "dz has one column for each neuron. Which axis of weights must it meet, and which should be left over?",
    "With four samples, three inputs and two neurons: (4, 2) has to become (4, 3), and weights is (3, 2).",
    "dX_ni = sum over j of dz_nj W_ij: the neurons vanish, the inputs stay.",
    catalogue=30,
)
def _(dvalues, inputs, weights, biases):
    dz, _, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return dz @ weights, dweights, dbiases


@dense_relu_backward.mistake(
    "inputs-not-transposed",
    "Which axis do inputs and dz share, and which axis must therefore vanish?",
    "With four samples, three inputs and two neurons: (4, 3) and (4, 2) have to become (3, 2).",
    "dW_ij = sum over n of X_ni dz_nj: the samples vanish.",
    catalogue=27,
)
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, inputs @ dz, dbiases
