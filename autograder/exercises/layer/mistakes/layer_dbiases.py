"""05-layer: known mistakes of `layer_dbiases`."""

import numpy as np

from autograder.exercises.layer.cases import layer_dbiases


@layer_dbiases.mistake(
    "upstream-ignored",
    "The slope of z in b is 1. What is that 1 still to be multiplied by?",
    "Try dvalues = [1, 10]: turning the second bias moves the final number ten times as far as turning the first.",
    "db_j = dvalues_j times 1.",
)
def _(dvalues):
    return np.ones(len(dvalues))


@layer_dbiases.mistake(
    "bias-taken-for-a-constant",
    "A constant has slope 0, but is b a constant here? It is one of the knobs you turn.",
    "Raise b from 0.5 to 0.51: z rises by 0.01, so the slope is 1, not 0.",
    "db_j = dvalues_j times 1.",
)
def _(dvalues):
    return np.zeros(len(dvalues))


@layer_dbiases.mistake(
    "all-neurons-in-one-sum",
    "How many biases does the layer have, and how many numbers do you return?",
    "Try dvalues = [1, 10]: there are two biases, so two numbers, not 11.",
    "db_j = dvalues_j: a bias reaches one neuron only, so with one sample there is nothing to sum.",
)
def _(dvalues):
    return dvalues.sum()


@layer_dbiases.mistake(
    "sum-for-every-neuron",
    "Does the bias of neuron 0 reach neuron 1? Every neuron is told the same total here.",
    "Try dvalues = [1, 10]: bias 0 moves neuron 0 alone, so its gradient is 1, not 11.",
    "db_j = dvalues_j: a bias reaches one neuron only, so with one sample there is nothing to sum.",
)
def _(dvalues):
    return np.full(len(dvalues), dvalues.sum())


@layer_dbiases.mistake(
    "mean-for-sum",
    "How many biases does the layer have, and how many numbers do you return? And why would anything be averaged?",
    "Try dvalues = [1, 10]: there are two biases, so two numbers, not 5.5.",
    "db_j = dvalues_j: each bias keeps what comes back to its own neuron.",
)
def _(dvalues):
    return dvalues.mean()


@layer_dbiases.mistake(
    "row-axis-too-early",
    "A gradient has the shape of the thing it is for. With one sample, what is the shape of the biases?",
    "Compare the shapes: np.array([1., 10.]) is (2,); with a second pair of brackets it is (1, 2).",
    "biases (M,), so dbiases (M,). The row of shape (1, M) arrives in chapter 06.",
)
def _(dvalues):
    return dvalues.reshape(1, -1)


@layer_dbiases.mistake(
    "negative-upstream-clipped",
    "May a gradient be negative? What would it mean if raising a bias could never lower the final number?",
    "Try dvalues = [3, -7]: raising the second bias by 0.01 changes the final number by -0.07.",
    "db_j = dvalues_j, whatever its sign.",
)
def _(dvalues):
    return np.maximum(0, dvalues)


@layer_dbiases.mistake(
    "sign-lost",
    "A gradient says how far and which way. Which of the two has your result lost?",
    "Try dvalues = [3, -7]: raising the second bias by 0.01 changes the final number by -0.07, not by 0.07.",
    "db_j = dvalues_j, whatever its sign.",
)
def _(dvalues):
    return np.abs(dvalues)


@layer_dbiases.mistake(
    "divided-by-the-neurons",
    "A bias reaches one neuron. Does it matter to it how many others there are?",
    "Try dvalues = [1, 10]: raise the second bias by 0.01, and the final number rises by 0.1. So its gradient is 10, not 5.",
    "dbiases_j = dvalues_j * 1.",
)
def _(dvalues):
    return dvalues / len(dvalues)
