"""04-loss: right answers, written in other ways than the reference."""

import numpy as np

from autograder.exercises.loss.cases import (
    fit_neuron,
    half_squared_error,
    half_squared_error_backward,
    is_dead,
    neuron_loss_gradients,
)
from autograder.exercises.loss.passes import forward


@half_squared_error.solution
def _(y, t):
    return (t - y) ** 2 / 2


@half_squared_error.solution
def _(y, t):
    difference = y - t
    return 0.5 * difference * difference


@half_squared_error.solution
def _(y, t):
    return np.square(np.subtract(y, t)) / 2


@half_squared_error_backward.solution
def _(y, t):
    return -(t - y)


@half_squared_error_backward.solution
def _(y, t):
    return 2 * 0.5 * (y - t)


@half_squared_error_backward.solution
def _(y, t):
    return np.subtract(y, t)


@neuron_loss_gradients.solution
def _(x, w, b, t):
    z = sum(x_i * w_i for x_i, w_i in zip(x, w, strict=True)) + b
    dz = (z - t) * (z > 0)  # where the gate is open, y is z
    dx, dw = [], []
    for x_i, w_i in zip(x, w, strict=True):
        dx.append(dz * w_i)
        dw.append(dz * x_i)
    return dx, dw, dz


@neuron_loss_gradients.solution
def _(x, w, b, t):
    y = np.maximum(0, x @ w + b)
    if y == 0:
        return 0.0 * x, 0.0 * w, 0.0
    return (y - t) * w, (y - t) * x, y - t


@neuron_loss_gradients.solution
def _(x, w, b, t):
    z, y = forward(x, w, b)
    dy = y - t
    dz = np.where(z > 0, dy, 0.0)
    return np.multiply(dz, w), np.multiply(dz, x), dz.sum()


@neuron_loss_gradients.solution
def _(x, w, b, t):
    x, w = np.array(x, dtype=float), np.array(w, dtype=float)
    _, y = forward(x, w, b)
    x *= (y - t) * (y > 0)  # copies: the caller's arrays stay as they are
    w *= (y - t) * (y > 0)
    return w, x, (y - t) * (y > 0)


@fit_neuron.solution
def _(x, w, b, t, learning_rate, steps):
    z, y = forward(x, w, b)
    losses = [(y - t) ** 2 / 2]
    while len(losses) <= steps:
        if z > 0:
            w = w - learning_rate * (y - t) * x
            b = b - learning_rate * (y - t)
        z, y = forward(x, w, b)
        losses.append((y - t) ** 2 / 2)
    return w, b, np.array(losses)


@fit_neuron.solution
def _(x, w, b, t, learning_rate, steps):
    w = w.astype(float)  # a copy: now `-=` is safe
    losses = np.zeros(steps + 1)
    for step in range(steps + 1):
        z = sum(x_i * w_i for x_i, w_i in zip(x, w, strict=True)) + b
        losses[step] = 0.5 * (max(z, 0.0) - t) ** 2
        if step < steps:
            db = (max(z, 0.0) - t) * (z > 0)
            for i in range(len(x)):
                w[i] -= learning_rate * db * x[i]
            b -= learning_rate * db
    return w, b, losses


@fit_neuron.solution
def _(x, w, b, t, learning_rate, steps):
    knobs, wires = np.append(w, b).astype(float), np.append(x, 1.0)  # the bias as a weight whose input is 1
    losses = []
    for step in range(steps + 1):
        z = knobs @ wires
        error = np.maximum(z, 0) - t
        losses.append(error * error / 2)
        knobs -= learning_rate * (step < steps) * error * (z > 0) * wires
    *w, b = knobs
    return w, b, losses


@is_dead.solution
def _(X, w, b):
    heard = 0
    for x in X:
        if np.dot(x, w) + b > 0:
            heard += 1
    return heard == 0


@is_dead.solution
def _(X, w, b):
    return (X @ w + b <= 0).all()


@is_dead.solution
def _(X, w, b):
    return bool(np.max(X @ w + b) <= 0)


@is_dead.solution
def _(X, w, b):
    return sum(np.maximum(0, np.dot(X, w) + b)) == 0


# ---------------------------------------------------------------- in further styles

half_squared_error.solution(lambda y, t: np.square(y - t) / 2)
half_squared_error.solution(lambda y, t: (y * y - 2 * y * t + t * t) / 2 if y == t else pow(t - y, 2) * 0.5)
half_squared_error.solution(lambda y, t: abs(y - t) ** 2 / 2)
half_squared_error_backward.solution(lambda y, t: -(t - y))
half_squared_error_backward.solution(lambda y, t: np.subtract(y, t))
half_squared_error_backward.solution(lambda y, t: 2 * (y - t) * 0.5)


@neuron_loss_gradients.solution
def _(x, w, b, t):
    z = np.inner(x, w) + b
    dz = (max(z, 0.0) - t) * np.heaviside(z, 0)
    return dz * np.array(w, dtype=float), dz * np.array(x, dtype=float), dz


@neuron_loss_gradients.solution
def _(x, w, b, t):
    z = sum(p * q for p, q in zip(x, w, strict=True)) + b
    dz = z - t if z > 0 else 0.0
    return *([dz * one for one in side] for side in (w, x)), dz


@is_dead.solution
def _(X, w, b):
    return np.max(np.dot(X, w) + b) <= 0


@is_dead.solution
def _(X, w, b):
    return not any(sum(p * q for p, q in zip(row, w, strict=True)) + b > 0 for row in X)


@is_dead.solution
def _(X, w, b):
    return np.count_nonzero(np.maximum(X @ w + b, 0)) == 0
