"""10-training: a right `train` made of parts, any of which a mistake replaces; and right answers written otherwise."""

import numpy as np

from autograder.exercises.training.cases import train
from autograder.reference.softmax import cross_entropy, softmax, softmax_cross_entropy_backward


def in_batches(X, batch_size, rng):
    """The rows of each batch of an epoch."""
    order = np.arange(len(X)) if rng is None else rng.permutation(len(X))
    size = batch_size or len(X)
    return [order[start : start + size] for start in range(0, len(X), size)]


def one_batch(network, X, t, optimizer, gradient, loss, whole):
    """Forward, backward, step; the batch's loss."""
    p = softmax(network.forward(X))
    said = loss(p, t)
    network.backward(gradient(p, t))
    optimizer.step(network)
    return said


def weighted_mean(losses, sizes):
    """The mean over samples: a batch counts as much as it has samples."""
    return np.dot(losses, sizes) / sum(sizes)


def trains(
    batches=in_batches, batch=one_batch, gradient=softmax_cross_entropy_backward, loss=cross_entropy, mean=weighted_mean
):
    """A `train` of these parts: which batches an epoch has, what is done with one, and what is said of the epoch."""

    def training(network, X, t, optimizer, epochs, batch_size=None, rng=None):
        losses = []
        for _ in range(epochs):
            rows = batches(X, batch_size, rng)
            said = [batch(network, X[one], t[one], optimizer, gradient, loss, len(X)) for one in rows]
            losses.append(mean(said, [len(one) for one in rows]))
        return np.array(losses)

    return training  # fmt: skip


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
