"""05-layer: right answers, written in other ways than the reference."""

import numpy as np

from autograder.exercises.layer.cases import layer_dbiases, layer_dinputs, layer_dweights, layer_forward


@layer_forward.solution
def _(x, weights, biases):
    return x @ weights + biases


@layer_forward.solution
def _(x, weights, biases):
    return np.dot(weights.T, x) + biases


@layer_forward.solution
def _(x, weights, biases):
    z = []
    for j in range(len(biases)):
        total = biases[j]
        for i in range(len(x)):
            total += x[i] * weights[i][j]
        z.append(total)
    return z


@layer_forward.solution
def _(x, weights, biases):
    return (x[:, None] * weights).sum(axis=0) + biases


@layer_forward.solution
def _(x, weights, biases):
    return np.einsum("i,ij->j", x, weights) + biases


@layer_dinputs.solution
def _(dvalues, weights):
    dinputs = np.zeros(len(weights))
    for i in range(len(weights)):
        for j in range(len(dvalues)):
            dinputs[i] += dvalues[j] * weights[i, j]
    return dinputs


@layer_dinputs.solution
def _(dvalues, weights):
    return dvalues @ weights.T


@layer_dinputs.solution
def _(dvalues, weights):
    return np.sum(weights * dvalues, axis=1)


@layer_dinputs.solution
def _(dvalues, weights):
    return [sum(g * w for g, w in zip(dvalues, row, strict=True)) for row in weights]


@layer_dinputs.solution
def _(dvalues, weights):
    return np.einsum("j,ij->i", dvalues, weights)


@layer_dweights.solution
def _(dvalues, x):
    return x[:, None] * dvalues


@layer_dweights.solution
def _(dvalues, x):
    return x.reshape(-1, 1) @ dvalues.reshape(1, -1)


@layer_dweights.solution
def _(dvalues, x):
    dweights = np.zeros((len(x), len(dvalues)))
    for i in range(len(x)):
        for j in range(len(dvalues)):
            dweights[i, j] = x[i] * dvalues[j]
    return dweights


@layer_dweights.solution
def _(dvalues, x):
    return [[value * g for g in dvalues] for value in x]


@layer_dweights.solution
def _(dvalues, x):
    return np.einsum("i,j->ij", x, dvalues)


@layer_dweights.solution
def _(dvalues, x):
    return np.column_stack([x * g for g in dvalues])


@layer_dbiases.solution
def _(dvalues):
    return dvalues  # the caller's own array: its values are right, and nothing is changed


@layer_dbiases.solution
def _(dvalues):
    return dvalues.copy()


@layer_dbiases.solution
def _(dvalues):
    return 1.0 * dvalues


@layer_dbiases.solution
def _(dvalues):
    return [float(g) for g in dvalues]


# ---------------------------------------------------------------- in further styles

layer_forward.solution(lambda x, weights, biases: np.matmul(x, weights) + biases)
layer_forward.solution(lambda x, weights, biases: np.add(biases, np.tensordot(x, weights, axes=1)))
layer_forward.solution(
    lambda x, weights, biases: [np.inner(x, column) + b for column, b in zip(weights.T, biases, strict=True)]
)
layer_dinputs.solution(lambda dvalues, weights: np.inner(weights, dvalues))
layer_dinputs.solution(lambda dvalues, weights: np.tensordot(dvalues, weights, axes=(0, 1)))
layer_dinputs.solution(lambda dvalues, weights: sum(g * column for g, column in zip(dvalues, weights.T, strict=True)))
layer_dweights.solution(lambda dvalues, x: np.multiply.outer(x, dvalues))
layer_dweights.solution(lambda dvalues, x: np.transpose([g * x for g in dvalues]))
layer_dweights.solution(lambda dvalues, x: np.kron(x.reshape(-1, 1), dvalues))
layer_dbiases.solution(lambda dvalues: np.multiply(1.0, dvalues))
layer_dbiases.solution(lambda dvalues: np.array([*dvalues]))
layer_dbiases.solution(lambda dvalues: np.atleast_2d(dvalues).sum(axis=0))
