"""10-training: right answers, written in other ways than the reference."""

import numpy as np

from autograder.exercises.softmax.targets import classes
from autograder.exercises.training.cases import SGD, accuracy, standardize, train
from autograder.exercises.training.sgd_parts import Stepper
from autograder.exercises.training.train_parts import trains
from autograder.reference.softmax import cross_entropy, softmax, softmax_cross_entropy_backward


@accuracy.solution
def _(p, t):
    hits = 0
    for row, target in zip(p, classes(t), strict=True):
        hits += int(np.argmax(row) == target)
    return hits / len(p)


@accuracy.solution
def _(p, t):
    if len(np.shape(t)) == 2:
        t = np.argmax(t, axis=1)
    predictions = np.argmax(p, axis=1)
    return np.mean(predictions == t)


@accuracy.solution
def _(p, t):
    one_hot = t if np.ndim(t) == 2 else np.eye(p.shape[1])[t]
    return float((p.argmax(1) == one_hot.argmax(1)).sum() / p.shape[0])


@accuracy.solution
def _(p, t):
    labelled = np.take_along_axis(p, classes(t)[:, None], axis=1)[:, 0]
    return np.count_nonzero(labelled == p.max(axis=1)) / len(labelled)


train.solution(trains())


@train.solution
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    N = len(X)
    size = N if batch_size is None else batch_size
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = np.arange(N)
        if rng is not None:
            rng.shuffle(order)
        start = 0
        while start < N:
            rows = order[start : start + size]
            scores = network.forward(X[rows])
            scores = scores - scores.max(axis=1, keepdims=True)
            p = np.exp(scores)
            p /= p.sum(axis=1, keepdims=True)
            losses[epoch] -= np.log(p[np.arange(len(rows)), t[rows]]).sum() / N
            p[np.arange(len(rows)), t[rows]] -= 1
            network.backward(p / len(rows))
            optimizer.step(network)
            start += size
    return losses


@train.solution
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    losses = []
    for _ in range(epochs):
        X_now, t_now = X, t
        if rng is not None:
            order = rng.permutation(len(X))
            X_now, t_now = X[order], t[order]
        noted = []
        for start in range(0, len(X), batch_size or len(X)):
            xs, ts = X_now[start : start + (batch_size or len(X))], t_now[start : start + (batch_size or len(X))]
            p = softmax(network.forward(xs))
            noted += [cross_entropy(p[[i]], ts[[i]]) for i in range(len(ts))]
            network.backward(softmax_cross_entropy_backward(p, ts))
            optimizer.step(network)
        losses.append(float(np.mean(noted)))
    return losses


@standardize.solution
def _(X, mean, std):
    divisor = np.array(std, dtype=float)
    divisor[divisor == 0] = 1
    return (X - mean) / divisor


@standardize.solution
def _(X, mean, std):
    rows = []
    for row in X:
        rows.append([(x - m) / (s if s != 0 else 1.0) for x, m, s in zip(row, mean, std, strict=True)])
    return rows


@standardize.solution
def _(X, mean, std):
    scaled = X.astype(float) - mean
    for i, s in enumerate(std):
        if s > 0:
            scaled[:, i] /= s
    return scaled


@standardize.solution
def _(X, mean, std):
    return np.divide(X - mean, std, out=np.asarray(X - mean, dtype=float), where=np.asarray(std) != 0)


SGD.solution(Stepper)


@SGD.solution
class _:
    """The velocities live in the layers."""

    def __init__(self, learning_rate, momentum=0.0):
        self.learning_rate, self.momentum = learning_rate, momentum

    def step(self, network):
        for layer in network.layers:
            if not hasattr(layer, "dweights"):
                continue
            if not hasattr(layer, "vweights"):
                layer.vweights, layer.vbiases = np.zeros_like(layer.weights), np.zeros_like(layer.biases)
            layer.vweights *= self.momentum
            layer.vweights -= self.learning_rate * layer.dweights
            layer.vbiases *= self.momentum
            layer.vbiases -= self.learning_rate * layer.dbiases
            layer.weights += layer.vweights
            layer.biases += layer.vbiases


@SGD.solution
class _:
    """The rate outside the velocity, and lists in place of a dict."""

    def __init__(self, learning_rate, momentum=0.0):
        self.learning_rate, self.momentum, self.speeds = learning_rate, momentum, None

    def step(self, network):
        layers = [layer for layer in network.layers if hasattr(layer, "weights")]
        if self.speeds is None:
            self.speeds = [[np.zeros(layer.weights.shape), np.zeros(layer.biases.shape)] for layer in layers]
        for layer, speed in zip(layers, self.speeds, strict=True):
            speed[0] = self.momentum * speed[0] + layer.dweights
            speed[1] = self.momentum * speed[1] + layer.dbiases
            layer.weights = layer.weights - self.learning_rate * speed[0]
            layer.biases = layer.biases - self.learning_rate * speed[1]


@SGD.solution
class _:
    """Remembers the last parameters in place of a velocity."""

    def __init__(self, learning_rate, momentum=0.0):
        self.settings, self.last = (learning_rate, momentum), {}

    def step(self, network):
        rate, momentum = self.settings
        for layer in network.layers:
            for name in ("weights", "biases"):
                if hasattr(layer, name):
                    now = getattr(layer, name)
                    before = self.last.get((id(layer), name), now)
                    self.last[id(layer), name] = now.copy()
                    setattr(layer, name, now + momentum * (now - before) - rate * getattr(layer, "d" + name))


# ---------------------------------------------------------------- in further styles


@accuracy.solution
def _(p, t):
    labels = t if np.ndim(t) == 1 else np.argmax(t, axis=1)
    return np.count_nonzero(np.argmax(p, axis=1) == labels) / len(p)


@accuracy.solution
def _(p, t):
    right = 0
    for row, target in zip(p, t, strict=True):
        right += int(np.argmax(row)) == (target if np.ndim(target) == 0 else int(np.argmax(target)))
    return right / len(p)


standardize.solution(lambda X, mean, std: (X - mean) / (std + (std == 0)))
standardize.solution(lambda X, mean, std: np.divide(X - mean, std, out=np.array(X - mean, dtype=float), where=std != 0))


@standardize.solution
def _(X, mean, std):
    columns = [column - m if s == 0 else (column - m) / s for column, m, s in zip(X.T, mean, std, strict=True)]
    return np.transpose(columns)
