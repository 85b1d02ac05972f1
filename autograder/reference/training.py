r"""10-training: feature scaling, gradient descent with momentum, accuracy, and the training loop.

The loss is softmax cross-entropy, a mean over samples. Source: momentum as in Polyak, "Some methods of speeding up the
convergence of iteration methods" (1964).
"""

import numpy as np

from autograder.reference.network import Network
from autograder.reference.shapes import Array, Labels, Matrix, Targets, Vector
from autograder.reference.softmax import cross_entropy, softmax, softmax_cross_entropy_backward


def standardize(X: Matrix, mean: Vector, std: Vector) -> Matrix:
    """(X - mean) / std, column by column; a column that never varied (std 0) is only shifted.

    X (N, D), mean and std (D,), those of the training set; returned is a new float64 array (N, D). ValueError if the D
    differ. Source: the definition of a standard score.
    """
    std = np.asarray(std, dtype=np.float64)
    return np.subtract(X, mean) / np.where(std == 0, 1.0, std)


class SGD:
    """Gradient descent with momentum: v <- momentum v - learning_rate gradient, then parameter <- parameter + v.

    Remembers one velocity for every parameter, of its shape. Source: Polyak (1964).
    """

    def __init__(self, learning_rate: float, momentum: float = 0.0) -> None:
        """learning_rate above 0, momentum from 0 to below 1; nothing is checked. No velocity yet."""
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocities: dict[tuple[int, str], Array] = {}

    def step(self, network: Network) -> None:
        """Move the weights (D, M) and biases (1, M) of every layer that has them, in place, by one velocity.

        AttributeError for a layer that has parameters and no gradients, since no backward pass has run.
        """
        for position, layer in enumerate(network.layers):
            for name in ("weights", "biases"):
                if hasattr(layer, name):
                    parameter, gradient = getattr(layer, name), getattr(layer, f"d{name}")
                    before = self.velocities.get((position, name), 0.0)
                    velocity = self.momentum * before - self.learning_rate * gradient
                    self.velocities[position, name] = velocity
                    parameter += velocity


def accuracy(p: Matrix, t: Targets) -> float:
    """1/N sum_n [argmax_k p[n, k] = t[n]], a float from 0 to 1: the share of rows whose largest entry is the target's.

    p: probabilities or scores (N, C); t: labels (N,) or one-hot (N, C). At a tie the first class counts. ValueError if the N
    differ, and if there are no classes. Source: the definition.
    """
    t = np.asarray(t)
    labels = t if t.ndim == 1 else np.argmax(t, axis=1)
    return float(np.mean(np.argmax(p, axis=1) == labels))


def train(
    network: Network,
    X: Matrix,
    t: Labels,
    optimizer: SGD,
    epochs: int,
    batch_size: int | None = None,
    rng: np.random.Generator | None = None,
) -> Vector:
    """`epochs` times through all samples: forward, backward, step for every batch; the mean loss of each epoch.

    X (N, D), float64; t labels (N,); without a batch_size all N are one batch, with an rng every epoch takes the samples in
    the order rng.permutation(N). Returned is (epochs,), float64: losses of batches before their step, weighted by samples.
    The network's parameters change. Raises what a layer raises. Source: stochastic gradient descent, Robbins and Monro (1951).
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
