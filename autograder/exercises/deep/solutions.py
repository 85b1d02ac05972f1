"""14-deep: right answers, written in other ways: in six steps, with loops over entries, with tables of slopes."""

import math

import numpy as np

from autograder.exercises.deep.cases import (
    Residual,
    batch_dX,
    batch_norm_forward,
    batch_parameters,
    gradient_sizes,
    gradients,
    layer_dX,
    layer_norm_forward,
    layer_parameters,
    running,
    test,
)
from autograder.exercises.deep.layer_parts import Norm
from autograder.reference.deep import batch_norm_backward as right_backward

# ---------------------------------------------------------------- rows of layers


@Residual.solution
class _:
    """The branch as a sum that starts with the inputs; nothing is remembered but the layers."""

    def __init__(self, layers):
        self.layers = layers

    def forward(self, inputs):
        outputs = np.array(inputs, dtype=float)
        for layer in self.layers:
            outputs = layer.forward(outputs)
        return np.add(inputs, outputs)

    def backward(self, dvalues):
        self.dinputs = np.array(dvalues, dtype=float)
        for k in range(len(self.layers) - 1, -1, -1):
            self.dinputs = self.layers[k].backward(self.dinputs)
        self.dinputs = self.dinputs + dvalues
        return self.dinputs


@Residual.solution
class _:
    """By recursion."""

    def __init__(self, layers):
        self.layers = layers

    def forward(self, inputs):
        def go(x, left):
            return x if not left else go(left[0].forward(x), left[1:])

        return inputs + go(inputs, self.layers)

    def backward(self, dvalues):
        def go(d, left):
            return d if not left else go(left[-1].backward(d), left[:-1])

        self.dinputs = sum([dvalues, go(dvalues, self.layers)])
        return self.dinputs


@Residual.solution
class _:
    """With a network inside."""

    class Inside:
        def __init__(self, layers):
            self.layers = layers

        def forward(self, x):
            for layer in self.layers:
                x = layer.forward(x)
            return x

        def backward(self, d):
            for layer in self.layers[::-1]:
                d = layer.backward(d)
            return d

    def __init__(self, layers):
        self.layers, self.branch = layers, self.Inside(layers)

    def forward(self, inputs):
        return self.branch.forward(inputs) + inputs

    def backward(self, dvalues):
        self.dinputs = self.branch.backward(dvalues) + dvalues
        return self.dinputs


@gradient_sizes.solution
def _(network, dvalues):
    network.backward(dvalues)
    sizes = np.zeros(len(network.layers))
    for k, layer in enumerate(network.layers):
        sizes[k] = np.linalg.norm(layer.dinputs) / math.sqrt(layer.dinputs.size)
    return sizes


@gradient_sizes.solution
def _(network, dvalues):
    found = []
    for layer in reversed(network.layers):
        dvalues = layer.backward(dvalues)
        found.append((dvalues**2).mean() ** 0.5)
    return found[::-1]


@gradient_sizes.solution
def _(network, dvalues):
    network.backward(dvalues)
    return [
        math.sqrt(sum(float(one) ** 2 for one in np.ravel(layer.dinputs)) / np.size(layer.dinputs))
        for layer in network.layers
    ]


# ---------------------------------------------------------------- forward


@batch_norm_forward.solution
def _(X, gamma, beta, eps=1e-5):
    mean, variance = np.mean(X, axis=0), np.var(X, axis=0)
    Y = (X - mean) * (gamma[0] / np.sqrt(variance + eps)) + beta[0]
    return Y, mean[np.newaxis], variance.reshape(1, -1)


@batch_norm_forward.solution
def _(X, gamma, beta, eps=1e-5):
    N, D = X.shape
    Y, mean, variance = np.zeros((N, D)), np.zeros((1, D)), np.zeros((1, D))
    for d in range(D):
        column = [float(x) for x in X[:, d]]
        mean[0, d] = sum(column) / N
        variance[0, d] = sum((x - mean[0, d]) ** 2 for x in column) / N
        for n in range(N):
            Y[n, d] = gamma[0, d] * (column[n] - mean[0, d]) / math.sqrt(variance[0, d] + eps) + beta[0, d]
    return Y, mean, variance


@batch_norm_forward.solution
def _(X, gamma, beta, eps=1e-5):
    average = np.ones((1, len(X))) / len(X)
    mean = average @ X
    centred = X - mean
    variance = average @ centred**2
    return gamma * (centred * (variance + eps) ** -0.5) + beta, mean, variance


@batch_norm_forward.solution
def _(X, gamma, beta, eps=1e-5):
    mean = X.sum(axis=0, keepdims=True) / X.shape[0]
    variance = np.einsum("nd,nd->d", X - mean, X - mean)[None] / X.shape[0]
    scale = gamma / np.sqrt(variance + eps)
    return scale * X + (beta - scale * mean), mean, variance


@layer_norm_forward.solution
def _(X, gamma, beta, eps=1e-5):
    mean, variance = np.mean(X, axis=-1), np.var(X, axis=-1)
    return (X - mean[..., None]) / np.sqrt(variance + eps)[..., None] * gamma + beta


@layer_norm_forward.solution
def _(X, gamma, beta, eps=1e-5):
    Y = np.zeros(X.shape)
    for place in np.ndindex(X.shape[:-1]):
        row = [float(x) for x in X[place]]
        mean = sum(row) / len(row)
        s = math.sqrt(sum((x - mean) ** 2 for x in row) / len(row) + eps)
        Y[place] = [g * (x - mean) / s + b for x, g, b in zip(row, gamma[0], beta[0], strict=True)]
    return Y


@layer_norm_forward.solution
def _(X, gamma, beta, eps=1e-5):
    rows = X.reshape(-1, X.shape[-1]).T
    centred = rows - rows.mean(axis=0)
    normal = centred / np.sqrt((centred * centred).mean(axis=0) + eps)
    return (gamma * normal.T + beta).reshape(X.shape)


# ---------------------------------------------------------------- backward


def in_steps(dvalues, X, gamma, eps, axis):
    """The six steps, one line each, and back."""
    n = X.shape[axis]
    mean = X.sum(axis=axis, keepdims=True) / n
    centred = X - mean
    variance = (centred**2).sum(axis=axis, keepdims=True) / n
    s = np.sqrt(variance + eps)
    inverse = 1 / s
    normal = centred * inverse

    dnormal = dvalues * gamma
    dinverse = (dnormal * centred).sum(axis=axis, keepdims=True)
    ds = -dinverse / s**2
    dvariance = ds / (2 * s)
    dcentred = dnormal * inverse + dvariance * 2 * centred / n
    dmean = -dcentred.sum(axis=axis, keepdims=True)
    return dcentred + dmean / n, normal


def by_tables(dvalues, X, gamma, eps, axis):
    """The table of all slopes of one feature's (or row's) normal numbers, times what comes back to them."""
    moved, upstream = np.moveaxis(X, axis, -1), np.moveaxis(dvalues * gamma, axis, -1)
    n = moved.shape[-1]
    dX, normal = np.zeros(moved.shape), np.zeros(moved.shape)
    for place in np.ndindex(moved.shape[:-1]):
        x = moved[place] - moved[place].mean()
        s = np.sqrt((x @ x) / n + eps)
        table = (np.eye(n) - 1 / n - np.outer(x, x) / s**2 / n) / s
        normal[place], dX[place] = x / s, table.T @ upstream[place]
    return np.moveaxis(dX, -1, axis), np.moveaxis(normal, -1, axis)


def by_loops(dvalues, X, gamma, eps, axis):
    """Number by number."""
    moved, upstream = np.moveaxis(X, axis, -1), np.moveaxis(dvalues * gamma, axis, -1)
    dX, normal = np.zeros(moved.shape), np.zeros(moved.shape)
    for place in np.ndindex(moved.shape[:-1]):
        x, q = [float(one) for one in moved[place]], [float(one) for one in upstream[place]]
        n, mean = len(x), sum(x) / len(x)
        s = math.sqrt(sum((one - mean) ** 2 for one in x) / n + eps)
        hats = [(one - mean) / s for one in x]
        level = sum(q) / n
        size = sum(one * hat for one, hat in zip(q, hats, strict=True)) / n
        dX[place] = [(one - level - hat * size) / s for one, hat in zip(q, hats, strict=True)]
        normal[place] = hats
    return np.moveaxis(dX, -1, axis), np.moveaxis(normal, -1, axis)


def by_projections(dvalues, X, gamma, eps, axis):
    """First the level is taken off, then the size."""
    centred = X - np.mean(X, axis=axis, keepdims=True)
    s2 = np.mean(centred * centred, axis=axis, keepdims=True) + eps
    q = dvalues * gamma
    q = q - np.mean(q, axis=axis, keepdims=True)
    q = q - centred * np.mean(q * centred, axis=axis, keepdims=True) / s2
    return q * s2**-0.5, centred * s2**-0.5


def backward_from(way, axis):
    """(dX, dgamma, dbeta) from a way to dX and x-hat."""

    def norm_backward(dvalues, X, gamma, eps=1e-5):
        dX, normal = way(dvalues, X, gamma, eps, axis)
        dgamma = (dvalues * normal).reshape(-1, X.shape[-1]).sum(axis=0)[None, :]
        return dX, dgamma, dvalues.reshape(-1, X.shape[-1]).sum(axis=0)[None, :]

    return norm_backward


for way in (in_steps, by_tables, by_loops, by_projections):
    for part in (batch_dX, batch_parameters):
        part.solution(backward_from(way, 0))
    for part in (layer_dX, layer_parameters):
        part.solution(backward_from(way, -1))


def turned_batch_norm(dvalues, X, gamma, eps=1e-5):
    """Layer norm as batch norm of the turned rows, whose gamma is 1 since it is inside already."""
    rows, q = X.reshape(-1, X.shape[-1]).T, (dvalues * gamma).reshape(-1, X.shape[-1]).T
    dX, _, _ = right_backward(q, rows, np.ones((1, rows.shape[1])), eps)
    normal = (rows - rows.mean(axis=0)) / np.sqrt(rows.var(axis=0) + eps)
    upstream = dvalues.reshape(-1, X.shape[-1])
    return dX.T.reshape(X.shape), (upstream.T * normal).sum(axis=1)[None], upstream.sum(axis=0, keepdims=True)


for part in (layer_dX, layer_parameters):
    part.solution(turned_batch_norm)


@batch_dX.solution
def _(dvalues, X, gamma, eps=1e-5):
    """Only begun: the other two are another part."""
    return right_backward(dvalues, X, gamma, eps)[0], None, None


@batch_parameters.solution
def _(dvalues, X, gamma, eps=1e-5):
    """Only begun: dX is another part."""
    return None, *right_backward(dvalues, X, gamma, eps)[1:]


# ---------------------------------------------------------------- batch norm as a layer


class InPlace:
    """Everything remembered in forward; the running numbers moved by a difference, in arrays that stay the same."""

    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        shape = (1, n_features)
        self.weights, self.biases = np.ones(shape), np.zeros(shape)
        self.running_mean, self.running_variance = np.zeros(shape), np.ones(shape)
        self.share, self.eps = 1 - momentum, eps

    def forward(self, inputs, training=True):
        self.batch = training
        if training:
            mean, variance = np.mean(inputs, axis=0), np.var(inputs, axis=0)
            self.running_mean += self.share * (mean - self.running_mean)
            self.running_variance += self.share * (variance - self.running_variance)
        else:
            mean, variance = self.running_mean, self.running_variance
        self.inverse = 1 / np.sqrt(variance + self.eps)
        self.normal = (inputs - mean) * self.inverse
        return self.normal * self.weights + self.biases

    def backward(self, dvalues):
        self.dbiases = np.sum(dvalues, axis=0, keepdims=True)
        self.dweights = np.sum(dvalues * self.normal, axis=0, keepdims=True)
        self.dinputs = dvalues * self.weights * self.inverse
        if self.batch:
            n = len(dvalues)
            self.dinputs = self.dinputs - self.weights * self.inverse / n * (self.dbiases + self.normal * self.dweights)
        return self.dinputs


class TwoWays:
    """A backward pass of its own for each mode, made by the last forward."""

    def __init__(self, n_features, momentum=0.9, eps=1e-5):
        self.momentum, self.eps = momentum, eps
        self.weights, self.running_variance = (np.full((1, n_features), 1.0) for _ in range(2))
        self.biases, self.running_mean = (np.full((1, n_features), 0.0) for _ in range(2))

    def forward(self, inputs, training=True):
        gamma = self.weights
        if training:
            self.back = lambda dvalues: backward_from(in_steps, 0)(dvalues, inputs, gamma, self.eps)
            mean, variance = inputs.mean(axis=0, keepdims=True), inputs.var(axis=0, keepdims=True)
            for name, batch in (("running_mean", mean), ("running_variance", variance)):
                setattr(self, name, self.momentum * getattr(self, name) + (1 - self.momentum) * batch)
            return gamma * (inputs - mean) / (variance + self.eps) ** 0.5 + self.biases
        s = (self.running_variance + self.eps) ** 0.5
        normal = (inputs - self.running_mean) / s
        self.back = lambda dvalues: (
            gamma / s * dvalues,
            sum(dvalues * normal).reshape(1, -1),
            sum(dvalues).reshape(1, -1),
        )
        return gamma * normal + self.biases

    def backward(self, dvalues):
        self.dinputs, self.dweights, self.dbiases = self.back(dvalues)
        return self.dinputs


for part in (running, test, gradients):
    for right in (Norm, InPlace, TwoWays):
        part.solution(right)


@running.solution
class _(Norm):
    """Only begun: forward in training, and no way back."""

    def backward(self, dvalues):
        """Not yet."""


@test.solution
class _(Norm):
    """Test mode works; the running numbers do not move yet."""

    def move(self, mean, variance):
        pass
