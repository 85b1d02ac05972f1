"""06-batch: right answers, written in other ways than the reference."""

import numpy as np

from autograder.exercises.batch.cases import batch_dbiases, batch_dinputs, batch_dweights, batch_forward, dense_backward


@batch_forward.solution
def _(inputs, weights, biases):
    return inputs @ weights + biases


@batch_forward.solution
def _(inputs, weights, biases):
    return (
        np.array(
            [[sum(x * w for x, w in zip(sample, neuron, strict=True)) for neuron in weights.T] for sample in inputs]
        )
        + biases
    )


@batch_forward.solution
def _(inputs, weights, biases):
    return (weights.T @ inputs.T + biases.T).T


@batch_forward.solution
def _(inputs, weights, biases):
    z = np.zeros((len(inputs), weights.shape[1]))
    for n in range(len(inputs)):
        for j in range(weights.shape[1]):
            z[n, j] = np.sum(inputs[n] * weights[:, j]) + biases[0, j]
    return z


@batch_forward.solution
def _(inputs, weights, biases):
    return [list(sample @ weights + biases[0]) for sample in inputs]


@batch_dweights.solution
def _(dvalues, inputs):
    return inputs.T @ dvalues


@batch_dweights.solution
def _(dvalues, inputs):
    return (dvalues.T @ inputs).T


@batch_dweights.solution
def _(dvalues, inputs):
    dweights = np.zeros((inputs.shape[1], dvalues.shape[1]))
    for x, g in zip(inputs, dvalues, strict=True):
        dweights += np.outer(x, g)
    return dweights


@batch_dweights.solution
def _(dvalues, inputs):
    return np.einsum("ni,nj->ij", inputs, dvalues)


@batch_dweights.solution
def _(dvalues, inputs):
    return (inputs[:, :, None] * dvalues[:, None, :]).sum(axis=0)


@batch_dweights.solution
def _(dvalues, inputs):
    columns = range(dvalues.shape[1])
    return [[sum(inputs[:, i] * dvalues[:, j]) for j in columns] for i in range(inputs.shape[1])]


@batch_dweights.solution
def _(dvalues, inputs):
    return np.tensordot(inputs, dvalues, axes=(0, 0))


@batch_dinputs.solution
def _(dvalues, weights):
    return dvalues @ weights.T


@batch_dinputs.solution
def _(dvalues, weights):
    return (weights @ dvalues.T).T


@batch_dinputs.solution
def _(dvalues, weights):
    dinputs = np.zeros((len(dvalues), len(weights)))
    for n in range(len(dvalues)):
        for i in range(len(weights)):
            for j in range(dvalues.shape[1]):
                dinputs[n, i] += dvalues[n, j] * weights[i, j]
    return dinputs


@batch_dinputs.solution
def _(dvalues, weights):
    return np.einsum("nj,ij->ni", dvalues, weights)


@batch_dinputs.solution
def _(dvalues, weights):
    return [list(weights @ row) for row in dvalues]


@batch_dinputs.solution
def _(dvalues, weights):
    return (dvalues[:, None, :] * weights[None, :, :]).sum(axis=2)


@batch_dbiases.solution
def _(dvalues):
    return dvalues.sum(axis=0, keepdims=True)


@batch_dbiases.solution
def _(dvalues):
    return np.ones((1, len(dvalues))) @ dvalues


@batch_dbiases.solution
def _(dvalues):
    dbiases = np.zeros((1, dvalues.shape[1]))
    for row in dvalues:
        dbiases += row
    return dbiases


@batch_dbiases.solution
def _(dvalues):
    return [[sum(column) for column in dvalues.T]]


@batch_dbiases.solution
def _(dvalues):
    return np.einsum("nj->j", dvalues).reshape(1, -1)


@dense_backward.solution
def _(dvalues, inputs, weights):
    return dvalues @ weights.T, inputs.T @ dvalues, dvalues.sum(axis=0, keepdims=True)


@dense_backward.solution
def _(dvalues, inputs, weights):
    dinputs, dweights, dbiases = np.zeros(inputs.shape), np.zeros(weights.shape), np.zeros((1, weights.shape[1]))
    for n in range(len(inputs)):
        for i in range(len(weights)):
            for j in range(weights.shape[1]):
                dinputs[n, i] += dvalues[n, j] * weights[i, j]
                dweights[i, j] += dvalues[n, j] * inputs[n, i]
    for row in dvalues:
        dbiases += row
    return dinputs, dweights, dbiases


@dense_backward.solution
def _(dvalues, inputs, weights):
    return [
        np.einsum("nj,ij->ni", dvalues, weights),
        np.einsum("nj,ni->ij", dvalues, inputs),
        np.einsum("nj->j", dvalues)[None, :],
    ]


@dense_backward.solution
def _(dvalues, inputs, weights):
    ones = np.ones((len(inputs), 1))
    both = np.hstack([inputs, ones]).T @ dvalues  # the bias as the weight of an input that is always 1
    return (weights @ dvalues.T).T, both[:-1], both[-1:]


# ---------------------------------------------------------------- in further styles

batch_forward.solution(lambda inputs, weights, biases: np.tensordot(inputs, weights, axes=1) + biases)
batch_forward.solution(
    lambda inputs, weights, biases: np.column_stack([inputs, np.ones(len(inputs))]) @ np.vstack([weights, biases])
)
batch_forward.solution(lambda inputs, weights, biases: np.stack([weights.T @ row for row in inputs]) + np.ravel(biases))
batch_dweights.solution(lambda dvalues, inputs: np.tensordot(inputs, dvalues, axes=(0, 0)))
batch_dweights.solution(lambda dvalues, inputs: sum(map(np.outer, inputs, dvalues)))
batch_dweights.solution(lambda dvalues, inputs: np.transpose(np.matmul(np.transpose(dvalues), inputs)))
batch_dinputs.solution(lambda dvalues, weights: np.tensordot(dvalues, weights, axes=(1, 1)))
batch_dinputs.solution(lambda dvalues, weights: np.inner(dvalues, weights))
batch_dinputs.solution(lambda dvalues, weights: np.array([weights @ row for row in dvalues]))
batch_dbiases.solution(lambda dvalues: np.ones((1, len(dvalues))) @ dvalues)
batch_dbiases.solution(lambda dvalues: np.add.reduce(dvalues, axis=0)[np.newaxis])
batch_dbiases.solution(lambda dvalues: [[sum(column) for column in dvalues.T]])


@dense_backward.solution
def _(dvalues, inputs, weights):
    dinputs, dweights = np.zeros(np.shape(inputs)), np.zeros(np.shape(weights))
    dbiases = np.zeros((1, np.shape(weights)[1]))
    for n, j in np.ndindex(np.shape(dvalues)):
        dinputs[n] += dvalues[n, j] * weights[:, j]
        dweights[:, j] += dvalues[n, j] * inputs[n]
        dbiases[0, j] += dvalues[n, j]
    return dinputs, dweights, dbiases


dense_backward.solution(lambda d, x, w: (np.inner(d, w), np.tensordot(x, d, (0, 0)), np.sum(d, 0, keepdims=True)))
