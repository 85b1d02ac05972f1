r"""10-training: feature scaling, gradient descent with momentum, accuracy, and the training loop.

Shapes: X (N, D), mean and std (D,), p (N, C); t (N,) integer labels, in `accuracy` also (N, C) one-hot; losses (epochs,);
float64. The loss is softmax cross-entropy, a mean over samples. Momentum as in Polyak, "Some methods of speeding up the
convergence of iteration methods" (1964): v <- momentum v - learning_rate gradient, then parameter <- parameter + v.
"""

import numpy as np

from autograder.reference.softmax import cross_entropy, softmax, softmax_cross_entropy_backward


def standardize(X, mean, std):
    """(X - mean) / std, column by column; a column that never varied (std 0) is only shifted."""
    std = np.asarray(std, dtype=np.float64)
    return np.subtract(X, mean) / np.where(std == 0, 1.0, std)


class SGD:
    """Gradient descent with momentum; remembers one velocity for every parameter."""

    def __init__(self, learning_rate, momentum=0.0):
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocities = {}

    def step(self, network):
        """Move the weights and biases of every layer that has them, in place."""
        for position, layer in enumerate(network.layers):
            for name in ("weights", "biases"):
                if hasattr(layer, name):
                    parameter, gradient = getattr(layer, name), getattr(layer, f"d{name}")
                    velocity = (
                        self.momentum * self.velocities.get((position, name), 0.0) - self.learning_rate * gradient
                    )
                    self.velocities[position, name] = velocity
                    parameter += velocity


def accuracy(p, t):
    """The share of rows whose largest entry stands at the target's place, 0 to 1."""
    t = np.asarray(t)
    labels = t if t.ndim == 1 else np.argmax(t, axis=1)
    return float(np.mean(np.argmax(p, axis=1) == labels))


def train(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    """`epochs` times through all samples: forward, backward, step for every batch; the mean loss of each epoch.

    Each loss is that of a batch before its step. With an rng every epoch takes the samples in a new order.
    """
    losses = []
    batch_size = batch_size or len(X)
    for _ in range(epochs):
        order = np.arange(len(X)) if rng is None else rng.permutation(len(X))
        total = 0.0
        for start in range(0, len(X), batch_size):
            batch = order[start : start + batch_size]
            p = softmax(network.forward(X[batch]))
            total += cross_entropy(p, t[batch]) * len(batch)
            network.backward(softmax_cross_entropy_backward(p, t[batch]))
            optimizer.step(network)
        losses.append(total / len(X))
    return np.array(losses)
