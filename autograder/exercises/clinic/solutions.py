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
