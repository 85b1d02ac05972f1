r"""08-network: layers that remember their inputs, a chain of them, and the check of all its gradients.

A gradient has the shape of the thing it is for, is float64, and summed over samples, without 1/N. Source: the chain rule;
weights start normal with standard deviation sqrt(2 / D), as in He and others, "Delving deep into rectifiers" (2015).
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from autograder.reference.batch import batch_forward, dense_backward
from autograder.reference.relu import relu_backward, relu_forward
from autograder.reference.shapes import Array, Matrix, Row

H = 1e-5  # of a nudge, each way


class Layer(Protocol):
    """What a network is made of: forward remembers what backward needs, and backward keeps the gradients."""

    def forward(self, inputs: Matrix) -> Matrix:
        """The outputs (N, M) of a batch of inputs (N, D)."""

    def backward(self, dvalues: Matrix) -> Matrix:
        """The gradient (N, D) of the inputs, of dvalues (N, M)."""


class Dense:
    """outputs = X W + b, with `weights` (D, M) and `biases` (1, M), float64. Source: chapter 06."""

    weights: Matrix
    biases: Row

    def __init__(self, n_inputs: int, n_neurons: int, rng: np.random.Generator | None = None) -> None:
        """W_ij = sqrt(2 / D) times a standard normal draw, so that no two neurons are alike; b = 0.

        Without a generator one is made that no seed decides. ZeroDivisionError for no inputs. Source: He and others (2015).
        """
        rng = np.random.default_rng() if rng is None else rng
        self.weights = rng.normal(size=(n_inputs, n_neurons)) * np.sqrt(2 / n_inputs)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs: Matrix) -> Matrix:
        """X W + b, shape (N, M), of inputs (N, D), which are remembered as `inputs`. ValueError if the D differ."""
        self.inputs = inputs
        return batch_forward(inputs, self.weights, self.biases)

    def backward(self, dvalues: Matrix) -> Matrix:
        """dvalues W^T, shape (N, D), of dvalues (N, M); sets `dinputs`, `dweights` (D, M) and `dbiases` (1, M).

        AttributeError before any forward, ValueError if the N or the M differ. Source: the chain rule.
        """
        self.dinputs, self.dweights, self.dbiases = dense_backward(dvalues, self.inputs, self.weights)
        return self.dinputs


class ReLU:
    """outputs = max(0, inputs), entry by entry. Source: chapter 07."""

    def forward(self, inputs: Matrix) -> Matrix:
        """max(0, inputs), shape (N, M), of inputs (N, M), which are remembered as `inputs`."""
        self.inputs = inputs
        return relu_forward(inputs)

    def backward(self, dvalues: Matrix) -> Matrix:
        """dvalues [inputs > 0], shape (N, M), of dvalues (N, M); sets `dinputs`.

        AttributeError before any forward, ValueError if the shapes do not fit. Source: the chain rule, ReLU'(0) = 0.
        """
        self.dinputs = relu_backward(dvalues, self.inputs)
        return self.dinputs


class Network:
    """Layers in a row: each gets what the one before gives. Source: the chain rule, from the last layer to the first."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        """layers: the first to the last; kept as they are, as `layers`."""
        self.layers = layers

    def forward(self, inputs: Matrix) -> Matrix:
        """The last layer's outputs (N, M), of inputs (N, D); raises what a layer raises."""
        for layer in self.layers:
            inputs = layer.forward(inputs)
        return inputs

    def backward(self, dvalues: Matrix) -> Matrix:
        """The gradient of the first layer's inputs (N, D), of dvalues (N, M); every layer keeps its own gradients."""
        for layer in reversed(self.layers):
            dvalues = layer.backward(dvalues)
        return dvalues


def relative_error(a: Array, b: Array) -> float:
    """The largest of |a - b| / max(|a|, |b|, 1e-8), over all entries, a float.

    a, b: two float arrays of one shape; ValueError if there is no entry. Source: the gradient check of the CS231n notes.
    """
    return float(np.max(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)))


def check_gradients(network: Network, X: Matrix, dvalues: Matrix) -> dict[str, float]:
    """Relative errors of a backward pass against central differences of L = sum(outputs * dvalues).

    X (N, D), of which a float64 copy is nudged; dvalues of the outputs' shape (N, M). A dict: "inputs", and for each layer
    that has weights "0.weights", "0.biases", by its position in the network. The parameters are as before afterwards.
    ValueError if shapes do not fit. Source: Taylor's formula, central difference.
    """
    X = np.array(X, dtype=np.float64)
    network.forward(X)
    arrays, gradients = {"inputs": X}, {"inputs": network.backward(dvalues)}
    for position, layer in enumerate(network.layers):
        for name in ("weights", "biases"):
            if hasattr(layer, name):
                key = f"{position}.{name}"
                arrays[key], gradients[key] = getattr(layer, name), getattr(layer, f"d{name}")

    def nudged(array, index):
        kept, ends = array[index], []
        for step in (H, -H):
            array[index] = kept + step
            ends.append(np.sum(network.forward(X) * dvalues))
        array[index] = kept
        return (ends[0] - ends[1]) / (2 * H)

    return {
        name: relative_error(
            np.reshape([nudged(array, index) for index in np.ndindex(array.shape)], array.shape), gradients[name]
        )
        for name, array in arrays.items()
    }
