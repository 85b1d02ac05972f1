"""05-layer: known mistakes of `layer_forward`."""

import numpy as np

from autograder.exercises.layer.cases import layer_forward


@layer_forward.mistake(
    "bias-forgotten",
    "List everything neuron j adds up. Is anything on your list that no input brings?",
    "Try x = [0, 0] with biases [5, 7]: each neuron should give its own bias, 5 and 7.",
    "z_j = sum over i of x_i W_ij, plus b_j.",
)
def _(x, weights, biases):
    return np.dot(x, weights)


@layer_forward.mistake(
    "relu-applied",
    "Should z ever be negative? In this chapter the layer stops before the ReLU.",
    "Try x = [1], weights [[2, -2]], biases [0.5, 0.5]: z is [2.5, -1.5], and the -1.5 stays.",
    "z_j = sum over i of x_i W_ij, plus b_j; nothing is clipped. ReLU comes in chapter 07.",
)
def _(x, weights, biases):
    return np.maximum(0, np.dot(x, weights) + biases)


@layer_forward.mistake(
    "weights-from-the-wrong-side",
    "Which axis of the weights belongs to the inputs, rows or columns? That is the axis that must meet x.",
    "Take D = 2, M = 3: x is (2,), weights (2, 3). The 2 of x can meet only the first axis of the weights.",
    "z_j = sum over i of x_i W_ij: the sum runs down column j, over the D inputs.",
)
def _(x, weights, biases):
    return np.dot(weights, x) + biases


@layer_forward.mistake(
    "bias-added-for-every-input",
    "How often does neuron j add its bias: once, or once for every input?",
    "Try x = [0, 0, 0] with biases [5, 7]: you should get [5, 7], not [15, 21].",
    "z_j = (sum over i of x_i W_ij) + b_j: the bias stands outside the sum.",
)
def _(x, weights, biases):
    return (x[:, None] * weights + biases).sum(axis=0)


@layer_forward.mistake(
    "all-neurons-in-one-sum",
    "A sum over everything loses track of who is who. Over which axis should it run, and which must stay?",
    "Try x = [1, 1], weights [[1, 10], [2, 20]], biases [0, 0]: neuron 0 sees 3, neuron 1 sees 30, neither sees 33.",
    "z_j = sum over i of x_i W_ij, plus b_j: i vanishes, j stays, so M numbers are left before the bias is added.",
)
def _(x, weights, biases):
    return (x[:, None] * weights).sum() + biases


@layer_forward.mistake(
    "inputs-not-added-up",
    "Your result has a row for every input. What does a neuron do with the numbers that arrive on its wires?",
    "Try x = [1, 1], weights [[1, 10], [2, 20]], biases [0, 0]: two numbers should come out, 3 and 30.",
    "z_j = sum over i of x_i W_ij, plus b_j: the axis of the inputs is summed and vanishes.",
)
def _(x, weights, biases):
    return x[:, None] * weights + biases


@layer_forward.mistake(
    "star-for-the-sum",
    "`*` pairs entries and adds nothing up. What does a neuron do with the numbers that arrive on its wires?",
    "Try x = [1, 1], weights [[1, 10], [2, 20]], biases [0, 0]: two numbers should come out, 3 and 30.",
    "z_j = sum over i of x_i W_ij, plus b_j: the axis of the inputs is summed and vanishes.",
)
def _(x, weights, biases):
    return x * weights + biases


@layer_forward.mistake(
    "last-input-only",
    "What happens in your loop to the number an earlier input has left there?",
    "Try x = [1, 1], weights [[1, 10], [2, 20]], biases [0, 0]: neuron 0 should say 3; the last input alone brings 2.",
    "z_j = x_0 W_0j + x_1 W_1j + ... + b_j: every input joins, none replaces another.",
)
def _(x, weights, biases):
    return x[-1] * weights[-1] + biases


@layer_forward.mistake(
    "row-axis-too-early",
    "One sample goes in. How many axes should its result have?",
    "Compare the shapes: np.array([4.8, 1.21, 2.385]) is (3,); with a second pair of brackets it is (1, 3).",
    "x (D,), weights (D, M) and biases (M,) give z (M,). The axis of the samples arrives in chapter 06.",
)
def _(x, weights, biases):
    return np.dot(x.reshape(1, -1), weights) + biases


@layer_forward.mistake(
    "changes-the-callers-biases",
    "The numbers that come back are right the first time. What has happened to the biases that went in?",
    "Try biases = np.array([2., 3.]); call your function; look at biases again. They should still be 2 and 3.",
    "z = xW + b is a new array. `+=` writes into the array on its left, whatever other names that array has.",
)
def _(x, weights, biases):
    biases += np.dot(x, weights)
    return biases


@layer_forward.mistake(
    "integer-buffer",
    "What dtype has the array you collect the sums in? A copy of whole numbers holds whole numbers only.",
    "Try z = np.array([2, 3]); z[0] += 0.75; print(z). The 0.75 is lost without a word.",
    "z_j is a float even where every bias is whole: collect it in an array of floats, such as np.zeros gives.",
)
def _(x, weights, biases):
    z = biases.copy()
    for i in range(len(x)):
        for j in range(len(z)):
            z[j] += x[i] * weights[i, j]
    return z
