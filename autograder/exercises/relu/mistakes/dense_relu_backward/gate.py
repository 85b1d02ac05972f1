"""07-relu: known mistakes of `dense_relu_backward` that are about its gate, or about arrays.

Those in which one result is wrong come first, so that a part examined by itself gets the narrowest name.
"""

import numpy as np

from autograder.exercises.batch.hints import NEVER_WRITTEN, WHOLE_NUMBER_BUFFER
from autograder.exercises.relu.cases import dense_relu_backward
from autograder.exercises.relu.dense_parts import backward, forward, parts

# ---------------------------------------------------------------- one result is not gated


@dense_relu_backward.mistake(
    "dbiases-not-gated",
    "Is a bias inside the ReLU or outside it?",
    "On chapter 06's first batch sample 1 switches neuron 1 off: can nudging that bias move that output?",
    "b enters z, so dbiases sums dz = dvalues [z > 0] over the samples, not dvalues itself.",
)
def _(dvalues, inputs, weights, biases):
    _, dinputs, dweights, _ = parts(dvalues, inputs, weights, biases)
    return dinputs, dweights, dvalues.sum(axis=0, keepdims=True)


@dense_relu_backward.mistake(
    "dinputs-not-gated",
    "Which gradient did you send back along the weights: the one from outside the ReLU, or the one behind the gate?",
    "On chapter 06's first batch row 1 of dinputs should hear nothing of neuron 1: its first entry is -0.12, not 0.88.",
    "Gate first, dz = dvalues [z > 0]; then all three gradients are made from dz.",
)
def _(dvalues, inputs, weights, biases):
    _, _, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return dvalues @ weights.T, dweights, dbiases


@dense_relu_backward.mistake(
    "dweights-not-gated",
    "Which gradient did the inputs meet: the one from outside the ReLU, or the one behind the gate?",
    "On chapter 06's first batch sample 1 has no say in column 1 of dweights: its first entry is -3.5, not 0.5.",
    "Gate first, dz = dvalues [z > 0]; then all three gradients are made from dz.",
)
def _(dvalues, inputs, weights, biases):
    _, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs, inputs.T @ dvalues, dbiases


inputs_gated = dense_relu_backward.mistake(
    "gates-inputs-after-the-product",
    "Your gate looks at inputs. What did ReLU look at in the forward pass?",
    "On chapter 06's first batch inputs[1, 2] = -1, and yet that sample's neurons 0 and 2 are on: the input matters.",
    "The gate is [z > 0], of shape (N, M), and it acts on dvalues before any product with the weights.",
)


@inputs_gated
def _(dvalues, inputs, weights, biases):
    dinputs, dweights, dbiases = backward(dvalues, inputs, weights)
    return dinputs * (inputs > 0), dweights, dbiases


@inputs_gated
def _(dvalues, inputs, weights, biases):
    _, _, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return (dvalues @ weights.T) * (inputs > 0), dweights, dbiases


@inputs_gated
def _(dvalues, inputs, weights, biases):
    _, dinputs, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return dinputs * (inputs > 0), dweights, dbiases


@dense_relu_backward.mistake(
    "clips-dinputs",
    "You clip the result. May a gradient of the inputs be negative?",
    "On chapter 06's first batch dinputs[0, 1] is -0.38, and nothing is closed in that sample.",
    "ReLU acts on dvalues through [z > 0]; what comes out of the product with the weights stays as it is.",
)
def _(dvalues, inputs, weights, biases):
    _, dinputs, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return np.maximum(0, dinputs), dweights, dbiases


@dense_relu_backward.mistake(
    "gate-on-the-weights",
    "ReLU never saw a weight by itself. What did it see?",
    "A negative weight of an open neuron matters: on chapter 06's first batch W[2, 0] = -0.5 is part of "
    "dinputs[0, 2] = -0.07.",
    "The gate is [z > 0]; weights of either sign carry the blame back.",
)
def _(dvalues, inputs, weights, biases):
    dz, _, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    return dz @ (weights * (weights > 0)).T, dweights, dbiases


# ---------------------------------------------------------------- the gate itself


@dense_relu_backward.mistake(
    "gate-forgotten",
    "Which node did you skip on the way back? Layer, then ReLU: so backward it is ReLU first.",
    "On chapter 06's first batch Z[1, 1] = -1.81: what should sample 1 contribute to dbiases[0, 1]?",
    "dz = dvalues [z > 0] comes first; the layer's three gradients are made from dz.",
)
def _(dvalues, inputs, weights, biases):
    return backward(dvalues, inputs, weights)


@dense_relu_backward.mistake(
    "gate-without-the-bias",
    "What exactly does ReLU look at: the products alone, or with the bias?",
    "Products of -2.75 and a bias of 3 give z = 0.25: is that gate open?",
    "z = XW + b, and the gate is [z > 0].",
)
def _(dvalues, inputs, weights, biases):
    return backward(dvalues * (inputs @ weights > 0), inputs, weights)


@dense_relu_backward.mistake(
    "bias-as-a-column",
    "Along which axis do the biases lie, and to which axis of the products should they be added?",
    "Print biases.T.shape for chapter 06's first batch, (3, 1): numpy gives each sample a number of its own.",
    "b_j goes to column j of Z, the same in every row: (1, M) is spread down the N rows as it is.",
)
def _(dvalues, inputs, weights, biases):
    return backward(dvalues * (forward(inputs, weights, biases.T) > 0), inputs, weights)


bias_outside = dense_relu_backward.mistake(
    "bias-outside-the-relu",
    "Your gradients belong to relu(XW) + b. Where does this layer add b?",
    "Products of -2.75 and a bias of 3: relu(0.25) = 0.25, but relu(-2.75) + 3 = 3.",
    "The output is relu(XW + b): the bias is inside, it moves the gate, and its own gradient is gated.",
)


@bias_outside
def _(dvalues, inputs, weights, biases):
    dinputs, dweights, _ = backward(dvalues * (inputs @ weights > 0), inputs, weights)
    return dinputs, dweights, dvalues.sum(axis=0, keepdims=True)


@bias_outside
def _(dvalues, inputs, weights, biases):
    outputs = np.maximum(0, inputs @ weights) + biases
    return backward(dvalues * (outputs > 0), inputs, weights)


@dense_relu_backward.mistake(
    "gate-on-upstream",
    "Who was clipped in the forward pass: the upstream gradient, or z?",
    "Try one neuron with z = 2 and dvalues = -7, then z = -2 and dvalues = 7. Which was on?",
    "dz = dvalues [z > 0]: compute z from inputs, weights and biases; the gate asks about it.",
)
def _(dvalues, inputs, weights, biases):
    return backward(dvalues * (dvalues > 0), inputs, weights)


@dense_relu_backward.mistake(
    "gate-with-arguments-exchanged",
    "You hand z back through a gate that asks about dvalues. Which of the two does a gate ask, and which passes?",
    "Try one neuron with z = 2 and dvalues = -7: -7 should pass. Yours passes nothing.",
    "dz = dvalues [z > 0]: upstream first, then what ReLU saw.",
)
def _(dvalues, inputs, weights, biases):
    return backward(np.where(dvalues > 0, forward(inputs, weights, biases), 0.0), inputs, weights)


@dense_relu_backward.mistake(
    "upstream-clipped",
    "The gates are right. What happens to a negative gradient at an open one?",
    "Try one neuron with z = 2 and dvalues = -7: it was on.",
    "dz = dvalues [z > 0]: the gate does not ask for the gradient's sign.",
)
def _(dvalues, inputs, weights, biases):
    return backward(np.maximum(0, dvalues) * (forward(inputs, weights, biases) > 0), inputs, weights)


@dense_relu_backward.mistake(
    "gate-open-at-zero",
    "Which of your gates are open at z = 0, and what does the course's convention say there?",
    "Products of -0.75 and a bias of 0.75 give z = 0. ReLU'(0) = 0.",
    "The gate is [z > 0], and 0 is not greater than 0.",
)
def _(dvalues, inputs, weights, biases):
    return backward(dvalues * (forward(inputs, weights, biases) >= 0), inputs, weights)


@dense_relu_backward.mistake(
    "times-the-output",
    "You multiply the upstream by ReLU's output. Does the chain rule ask for the value, or for the slope?",
    "Try one neuron with z = 2 and dvalues = -7: moving z by 0.01 moves the output by 0.01.",
    "dz is upstream times slope, and the slope of ReLU is 1 or 0.",
)
def _(dvalues, inputs, weights, biases):
    return backward(dvalues * np.maximum(0, forward(inputs, weights, biases)), inputs, weights)


@dense_relu_backward.mistake(
    "forward-again",
    "You send ReLU's own output back. Which number travels on the way back?",
    "Double every entry of dvalues: all three gradients should double. Yours stay as they are.",
    "dz = dvalues [z > 0]: z decides, and dvalues is what passes.",
)
def _(dvalues, inputs, weights, biases):
    return backward(np.maximum(0, forward(inputs, weights, biases)), inputs, weights)


@dense_relu_backward.mistake(
    "upstream-ignored",
    "Your gradients do not depend on dvalues. Who told you how much the outputs matter?",
    "Double every entry of dvalues: all three gradients should double.",
    "dz = dvalues [z > 0]: the mask is only the slope.",
)
def _(dvalues, inputs, weights, biases):
    return backward((forward(inputs, weights, biases) > 0).astype(np.float64), inputs, weights)


# ---------------------------------------------------------------- arrays and their dtypes


@dense_relu_backward.mistake(
    "integer-buffer",
    "If inputs, weights and biases are whole numbers, so is z. What dtype has an array made like it?",
    "Try out = np.zeros_like(np.array([3, -2])); out[0] = -2.75; then print out.",
    "An assignment into an integer array cuts off everything behind the point and says nothing. Gradients are float64.",
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
)
def _(dvalues, inputs, weights, biases):
    z = forward(inputs, weights, biases)
    mask = np.zeros_like(z)
    mask[z > 0] = 1
    mask *= dvalues
    return backward(mask, inputs, weights)


whole_number_buffer = dense_relu_backward.mistake("whole-number-buffer", *WHOLE_NUMBER_BUFFER)


@whole_number_buffer
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    dweights = np.zeros_like(weights)
    for x, d in zip(inputs, dz, strict=True):
        dweights += np.outer(x, d)
    return dinputs, dweights, dbiases


@whole_number_buffer
def _(dvalues, inputs, weights, biases):
    dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
    dweights = np.zeros_like(weights)
    for i in range(len(weights)):
        for j in range(weights.shape[1]):
            dweights[i, j] = np.sum(inputs[:, i] * dz[:, j])
    return dinputs, dweights, dbiases


@whole_number_buffer
def _(dvalues, inputs, weights, biases):
    dz, _, dweights, dbiases = parts(dvalues, inputs, weights, biases)
    dinputs = np.zeros_like(inputs)
    for n in range(len(inputs)):
        dinputs[n] = np.dot(weights, dz[n])
    return dinputs, dweights, dbiases


np_empty = dense_relu_backward.mistake(
    "np-empty-is-not-zeros",
    *NEVER_WRITTEN,
    "A closed gate gives dz = 0, and a gradient that is added up starts at 0: both zeros have to be written.",
)


@np_empty
def _(dvalues, inputs, weights, biases):
    z = forward(inputs, weights, biases)
    dz = np.empty(z.shape)
    dz[z > 0] = dvalues[z > 0]
    return backward(dz, inputs, weights)


@np_empty
def _(dvalues, inputs, weights, biases):
    dz, *_ = parts(dvalues, inputs, weights, biases)
    dinputs, dweights, dbiases = np.empty(inputs.shape), np.empty(weights.shape), np.empty(biases.shape)
    for n, (x, d) in enumerate(zip(inputs, dz, strict=True)):
        dinputs[n] += np.dot(weights, d)
        dweights += np.outer(x, d)
        dbiases += d
    return dinputs, dweights, dbiases


@dense_relu_backward.mistake(
    "changes-the-callers-dvalues",
    "All three gradients are right. Whose memory is dvalues?",
    "Print dvalues before and after the call: on chapter 06's first batch entry [1, 1] was 2.",
    "Writing into dvalues changes the caller's array. Work on a copy, or build a new array.",
)
def _(dvalues, inputs, weights, biases):
    dvalues[forward(inputs, weights, biases) <= 0] = 0
    return backward(dvalues, inputs, weights)
