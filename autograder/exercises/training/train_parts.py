"""10-training: a right `train` made of parts, any of which a mistake replaces."""

import numpy as np

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
