"""03-neuron: right answers, written in other ways than the reference."""

import math

import numpy as np

from autograder.exercises.neuron.cases import gradient_step, neuron_backward, neuron_forward, relu_derivative


@neuron_forward.solution
def _(x, w, b):
    z = 0.0
    for x_i, w_i in zip(x, w, strict=True):
        z += x_i * w_i
    z += b
    return z, z if z > 0 else 0.0


@neuron_forward.solution
def _(x, w, b):
    z = np.sum(np.asarray(x) * np.asarray(w)) + b
    return z, np.maximum(z, 0)


@neuron_forward.solution
def _(x, w, b):
    z = x @ w + b
    return [z, z * (z > 0)]


@neuron_forward.solution
def _(x, w, b):
    z = float(np.einsum("i,i", x, w)) + b
    return z, (z + abs(z)) / 2


@relu_derivative.solution
def _(z):
    if z <= 0:
        return 0.0
    return 1.0


@relu_derivative.solution
def _(z):
    return float(max(0.0, z) > 0)


@relu_derivative.solution
def _(z):
    return int(z > 0)


@relu_derivative.solution
def _(z):
    return np.where(z > 0, 1.0, 0.0)


@relu_derivative.solution
def _(z):
    return np.heaviside(z, 0.0)


@neuron_backward.solution
def _(dvalue, x, w, z):
    if z <= 0:
        return np.zeros(len(x)), np.zeros(len(w)), 0.0
    return dvalue * w, dvalue * x, dvalue


@neuron_backward.solution
def _(dvalue, x, w, z):
    gate = float(max(z, 0.0) > 0)  # the output tells as much as z
    return [dvalue * gate * w_i for w_i in w], [dvalue * gate * x_i for x_i in x], dvalue * gate


@neuron_backward.solution
def _(dvalue, x, w, z):
    mask = z > 0
    return np.multiply(w, dvalue) * mask, np.multiply(x, dvalue) * mask, dvalue * mask  # -0.0 is 0


@neuron_backward.solution
def _(dvalue, x, w, z):
    dz = np.where(z > 0, dvalue, 0.0)
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    for i in range(len(x)):
        dx[i] = dz * w[i]
        dw[i] = dz * x[i]
    return dx, dw, dz


@gradient_step.solution
def _(w, b, dw, db, learning_rate):
    new = [w_i - learning_rate * dw_i for w_i, dw_i in zip(w, dw, strict=True)]
    return new, b - learning_rate * db


@gradient_step.solution
def _(w, b, dw, db, learning_rate):
    w = w + -learning_rate * dw  # a new array under the old name
    b -= db * learning_rate  # numbers cannot be changed in place
    return w, b


@gradient_step.solution
def _(w, b, dw, db, learning_rate):
    new = w.astype(float)
    new -= np.multiply(dw, learning_rate)
    return new, np.subtract(b, np.multiply(db, learning_rate))


# ---------------------------------------------------------------- in further styles


@neuron_forward.solution
def _(x, w, b):
    z = math.fsum([*np.multiply(x, w), b])
    return z, z if z > 0 else 0.0


@neuron_forward.solution
def _(x, w, b):
    z = np.inner(x, w) + b
    return z, np.maximum(0, z)


@neuron_forward.solution
def _(x, w, b):
    z = np.append(w, b) @ np.append(x, 1.0)
    return [z, z * (z > 0)]


relu_derivative.solution(lambda z: np.heaviside(z, 0.0))
relu_derivative.solution(lambda z: float(max(z, 0) != 0))
relu_derivative.solution(lambda z: int(z > 0))


@neuron_backward.solution
def _(dvalue, x, w, z):
    gate = np.heaviside(z, 0)
    return np.multiply(w, dvalue * gate), np.multiply(x, dvalue * gate), dvalue * gate


@neuron_backward.solution
def _(dvalue, x, w, z):
    dz = [0, dvalue][int(z > 0)]
    return np.array([dz * one for one in w]), np.array([dz * one for one in x]), dz


gradient_step.solution(lambda w, b, dw, db, rate: (np.subtract(w, np.multiply(rate, dw)), b - rate * db))
gradient_step.solution(
    lambda w, b, dw, db, learning_rate: (
        [p - learning_rate * g for p, g in zip(w, dw, strict=True)],
        b - learning_rate * db,
    )
)
gradient_step.solution(lambda w, b, dw, db, learning_rate: (-learning_rate * dw + w, -learning_rate * db + b))
