"""11-clinic: right mends. The patient with one line changed, and the ways in which the function was written before."""

import math

import numpy as np

from autograder.exercises.batch.solutions import dense_backward
from autograder.exercises.clinic.cases import (
    mended_dense_backward,
    mended_neuron_backward,
    mended_relu_backward,
    mended_sigmoid_neuron_backward,
    mended_softmax_cross_entropy_backward,
)
from autograder.exercises.gates.solutions import sigmoid_neuron_backward
from autograder.exercises.neuron.solutions import neuron_backward
from autograder.exercises.relu.solutions import relu_backward
from autograder.exercises.softmax.solutions import softmax_cross_entropy_backward


@mended_dense_backward.solution
def _(dvalues, inputs, weights):
    (N, D), M = inputs.shape, weights.shape[1]
    dinputs, dweights, dbiases = np.zeros((N, D)), np.zeros((D, M)), np.zeros((1, M))
    for j in range(M):
        dbiases[0, j] = sum(dvalues[:, j])
        for i in range(D):
            dweights[i, j] = sum(inputs[:, i] * dvalues[:, j])
            for n in range(N):
                dinputs[n, i] += dvalues[n, j] * weights[i, j]
    return dinputs, dweights, dbiases


@mended_neuron_backward.solution
def _(dvalue, x, w, z):
    drelu = dvalue if z > 0 else 0.0
    dx, dw = [], []
    for i in range(len(x)):
        dx.append(drelu * w[i])
        dw.append(drelu * x[i])
    dsum_db = 1
    db = drelu * dsum_db
    return dx, dw, db


@mended_softmax_cross_entropy_backward.solution
def _(p, t):
    dz = p.copy()
    for n in range(len(p)):
        label = t[n] if t.ndim == 1 else list(t[n]).index(1)
        dz[n, label] -= 1
    return dz / len(p)


@mended_softmax_cross_entropy_backward.solution
def _(p, t):
    N = p.shape[0]
    dz = p / N
    for n in range(N):
        label = t[n] if t.ndim == 1 else np.argmax(t[n])
        dz[n, label] -= 1 / N
    return dz


@mended_sigmoid_neuron_backward.solution
def _(w, x):
    e = math.exp(-(w[0] * x[0] + w[1] * x[1] + w[2]))
    below = 1 + e
    dbelow = -1 / below**2
    dz = -(dbelow * e)
    return [dz * one for one in (x[0], x[1], 1.0)], [dz * one for one in (w[0], w[1])]


@mended_relu_backward.solution
def _(dvalues, z):
    drelu = np.zeros(z.shape)
    drelu[z > 0] = 1
    drelu *= dvalues
    return drelu


@mended_relu_backward.solution
def _(dvalues, z):
    mask = np.zeros_like(z, dtype=float)
    mask[z > 0] = 1
    return mask * dvalues


@mended_relu_backward.solution
def _(dvalues, z):
    mask = np.zeros_like(z)
    mask[z > 0] = 1
    mask = mask * dvalues  # a new array, of floats
    return mask


for exercise, well in (
    (mended_dense_backward, dense_backward),
    (mended_neuron_backward, neuron_backward),
    (mended_softmax_cross_entropy_backward, softmax_cross_entropy_backward),
    (mended_sigmoid_neuron_backward, sigmoid_neuron_backward),
    (mended_relu_backward, relu_backward),
):
    exercise.solutions.extend(well.solutions)


# ---------------------------------------------------------------- in further styles

mended_dense_backward.solution(lambda d, x, w: (np.inner(d, w), np.tensordot(x, d, (0, 0)), d.sum(0)[None]))
mended_dense_backward.solution(
    lambda d, x, w: (np.matmul(d, np.transpose(w)), sum(map(np.outer, x, d)), np.ones((1, len(d))) @ d)
)
mended_neuron_backward.solution(
    lambda dvalue, x, w, z: tuple(dvalue * np.heaviside(z, 0) * np.asarray(one, dtype=float) for one in (w, x, 1))
)
mended_relu_backward.solution(lambda dvalues, z: np.heaviside(z, 0) * dvalues)
mended_relu_backward.solution(lambda dvalues, z: np.select([z > 0], [dvalues], 0.0))


@mended_softmax_cross_entropy_backward.solution
def _(p, t):
    onehot = (np.reshape(t, (-1, 1)) == np.arange(np.shape(p)[1])).astype(float) if np.ndim(t) == 1 else t
    return np.subtract(p, onehot) / len(p)


@mended_sigmoid_neuron_backward.solution
def _(w, x):
    z = np.dot(w, [*x, 1.0])
    s = 0.5 * (1 + np.tanh(z / 2))
    return s * (1 - s) * np.array([*x, 1.0]), s * (1 - s) * np.asarray(w[:-1], dtype=float)
