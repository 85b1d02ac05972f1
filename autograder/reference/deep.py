r"""14-deep: a residual, the size of gradients by layer, batch norm and layer norm.

With q = dvalues * gamma, s = sqrt(var + eps) and xhat = (X - mean) / s, both norms hand back
dX = (q - mean(q) - xhat * mean(q * xhat)) / s; over whom the means are taken is all that tells them apart. A gradient has the
shape of the thing it is for, is float64, and is summed over samples (and positions), without 1/N. Source: the chain rule
through mean and deviation; Ioffe and Szegedy (2015); Ba, Kiros and Hinton (2016); He and others (2015).
"""

from collections.abc import Sequence

import numpy as np

from autograder.reference.network import Layer, Network
from autograder.reference.shapes import Array, Matrix, Row, Vector


class Residual:
    """outputs = inputs + branch(inputs), where the branch is a row of layers. Source: He and others (2015)."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        """layers: the branch, the first to the last; kept as they are, as `layers`. The last gives what the first takes."""
        self.layers = layers

    def forward(self, inputs: Matrix) -> Matrix:
        """inputs + branch(inputs), shape (N, D), a new array; without layers 2 * inputs. Raises what a layer raises."""
        branch = inputs
        for layer in self.layers:
            branch = layer.forward(branch)
        return inputs + branch

    def backward(self, dvalues: Matrix) -> Matrix:
        """dvalues + what the branch hands back, shape (N, D), of dvalues (N, D); sets `dinputs`.

        Raises what a layer raises before any forward. Source: the chain rule; a fork adds.
        """
        through = dvalues
        for layer in reversed(self.layers):
            through = layer.backward(through)
        self.dinputs = dvalues + through
        return self.dinputs


def gradient_sizes(network: Network, dvalues: Matrix) -> Vector:
    """sqrt(mean(dinputs^2)) of each layer, in the order of `layers`, shape (number of layers,), float64.

    network: forward has run; dvalues (N, M), of its outputs' shape. Raises what a layer raises. Source: the root mean square.
    """
    network.backward(dvalues)
    return np.array([np.sqrt(np.mean(np.square(layer.dinputs))) for layer in network.layers], dtype=np.float64)


def batch_norm_forward(X: Matrix, gamma: Row, beta: Row, eps: float = 1e-5) -> tuple[Matrix, Row, Row]:
    """Y = gamma (X - mean) / sqrt(var + eps) + beta, shape (N, D); mean and var (1, D), var with 1/N.

    X (N, D), gamma and beta (1, D), eps in units of X^2. ValueError if the D differ. Source: Ioffe and Szegedy (2015).
    """
    mean, variance = _mean_and_variance(X, axis=0)
    return gamma * (X - mean) / np.sqrt(variance + eps) + beta, mean, variance


def batch_norm_backward(dvalues: Matrix, X: Matrix, gamma: Row, eps: float = 1e-5) -> tuple[Matrix, Row, Row]:
    """(dX (N, D), dgamma (1, D), dbeta (1, D)): the closed form above, means over the N samples.

    dvalues and X (N, D), gamma (1, D). ValueError if the shapes do not fit. Source: the chain rule.
    """
    dX, normal = _through_the_norm(np.multiply(dvalues, gamma), X, eps, axis=0)
    return dX, np.sum(dvalues * normal, axis=0, keepdims=True), np.sum(dvalues, axis=0, keepdims=True, dtype=np.float64)


def layer_norm_forward(X: Array, gamma: Row, beta: Row, eps: float = 1e-5) -> Array:
    """Y = gamma (X - mean) / sqrt(var + eps) + beta, shape (..., D); mean and var over the D entries of each row.

    X (..., D), gamma and beta (1, D). ValueError if the D differ. Source: Ba, Kiros and Hinton (2016).
    """
    mean, variance = _mean_and_variance(X, axis=-1)
    return gamma * (X - mean) / np.sqrt(variance + eps) + beta


def layer_norm_backward(dvalues: Array, X: Array, gamma: Row, eps: float = 1e-5) -> tuple[Array, Row, Row]:
    """(dX (..., D), dgamma (1, D), dbeta (1, D)): the closed form above, means over each row, gamma inside them.

    dvalues and X (..., D), gamma (1, D); dgamma and dbeta are added over all leading axes. ValueError if the shapes do not
    fit. Source: the chain rule.
    """
    dX, normal = _through_the_norm(np.multiply(dvalues, gamma), X, eps, axis=-1)
    rows, features = np.multiply(dvalues, normal), np.shape(X)[-1]
    by_row = np.reshape(rows, (-1, features)), np.reshape(dvalues, (-1, features))
    dgamma, dbeta = (np.sum(one, axis=0, keepdims=True, dtype=np.float64) for one in by_row)
    return dX, dgamma, dbeta


class BatchNorm:
    """Batch norm as a layer: `weights` is gamma, `biases` is beta, so that chapter 10's SGD moves both; all (1, D), float64.

    In training running = momentum * running + (1 - momentum) * batch, of mean and variance (1/N). Source: Ioffe and Szegedy.
    """

    def __init__(self, n_features: int, momentum: float = 0.9, eps: float = 1e-5) -> None:
        """gamma 1, beta 0, `running_mean` 0, `running_variance` 1; momentum is the share of the old that stays."""
        self.weights, self.biases = np.ones((1, n_features)), np.zeros((1, n_features))
        self.running_mean, self.running_variance = np.zeros((1, n_features)), np.ones((1, n_features))
        self.momentum, self.eps = momentum, eps

    def forward(self, inputs: Matrix, training: bool = True) -> Matrix:
        """Normalised by the batch, and the running numbers moved; or, for training=False, normalised by those.

        inputs (N, D), remembered as `inputs`; outputs (N, D). ValueError if the D differ.
        """
        self.inputs, self.training = inputs, training
        if not training:
            return self.weights * self._normal() + self.biases
        outputs, mean, variance = batch_norm_forward(inputs, self.weights, self.biases, self.eps)
        self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mean
        self.running_variance = self.momentum * self.running_variance + (1 - self.momentum) * variance
        return outputs

    def backward(self, dvalues: Matrix) -> Matrix:
        """dX (N, D) in the mode of the last forward; sets `dinputs`, `dweights` and `dbiases` (1, D).

        In test mode the running numbers are constants: dX = gamma dvalues / s. AttributeError before any forward.
        """
        gradients = batch_norm_backward(dvalues, self.inputs, self.weights, self.eps)
        if not self.training:
            dinputs = dvalues * self.weights / np.sqrt(self.running_variance + self.eps)
            gradients = dinputs, np.sum(dvalues * self._normal(), axis=0, keepdims=True), gradients[2]
        self.dinputs, self.dweights, self.dbiases = gradients
        return self.dinputs

    def _normal(self) -> Matrix:
        """x-hat by the running numbers: (inputs - running_mean) / sqrt(running_variance + eps), shape (N, D), float64."""
        return (self.inputs - self.running_mean) / np.sqrt(self.running_variance + self.eps)


def _mean_and_variance(X: Array, axis: int) -> tuple[Array, Array]:
    """Mean and variance (1/n) along an axis, which is kept with length 1."""
    return np.mean(X, axis=axis, keepdims=True, dtype=np.float64), np.var(X, axis=axis, keepdims=True, dtype=np.float64)


def _through_the_norm(q: Array, X: Array, eps: float, axis: int) -> tuple[Array, Array]:
    """dX = (q - mean(q) - xhat mean(q xhat)) / s, and xhat; q is the gradient of xhat, of X's shape."""
    mean, variance = _mean_and_variance(X, axis)
    s = np.sqrt(variance + eps)
    normal = (X - mean) / s

    def mean_of(array):
        return np.mean(array, axis=axis, keepdims=True)

    return (q - mean_of(q) - normal * mean_of(q * normal)) / s, normal
