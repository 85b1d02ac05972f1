r"""08-network: layers that remember their inputs, a chain of them, and the check of all its gradients.

Shapes: inputs (N, D), weights (D, M), biases (1, M), outputs and dvalues (N, M); a gradient has the shape of the thing it
is for; float64; summed over samples, no 1/N. Weights start normal with standard deviation sqrt(2 / D), as in He and others,
"Delving deep into rectifiers" (2015).
"""

import numpy as np

from autograder.reference.batch import batch_forward, dense_backward
from autograder.reference.relu import relu_backward, relu_forward

H = 1e-5


class Dense:
    """outputs = inputs @ weights + biases."""

    def __init__(self, n_inputs, n_neurons, rng=None):
        """Random weights, so that no two neurons are alike; biases 0."""
        rng = np.random.default_rng() if rng is None else rng
        self.weights = rng.normal(size=(n_inputs, n_neurons)) * np.sqrt(2 / n_inputs)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        """The outputs (N, M); remembers the inputs."""
        self.inputs = inputs
        return batch_forward(inputs, self.weights, self.biases)

    def backward(self, dvalues):
        """dinputs (N, D); sets dinputs, dweights and dbiases."""
        self.dinputs, self.dweights, self.dbiases = dense_backward(dvalues, self.inputs, self.weights)
        return self.dinputs


class ReLU:
    """outputs = max(0, inputs), entry by entry."""

    def forward(self, inputs):
        """The outputs, the shape of the inputs; remembers the inputs."""
        self.inputs = inputs
        return relu_forward(inputs)

    def backward(self, dvalues):
        """dvalues where the input was above 0, else 0; sets dinputs."""
        self.dinputs = relu_backward(dvalues, self.inputs)
        return self.dinputs


class Network:
    """Layers in a row: each gets what the one before gives."""

    def __init__(self, layers):
        self.layers = layers

    def forward(self, inputs):
        """The last layer's outputs."""
        for layer in self.layers:
            inputs = layer.forward(inputs)
        return inputs

    def backward(self, dvalues):
        """The gradient of the first layer's inputs; every layer keeps its own gradients."""
        for layer in reversed(self.layers):
            dvalues = layer.backward(dvalues)
        return dvalues


def relative_error(a, b):
    """The largest of |a - b| / max(|a|, |b|, 1e-8), over all entries."""
    return float(np.max(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)))


def check_gradients(network, X, dvalues):
    """Relative errors of a backward pass against central differences of L = sum(outputs * dvalues).

    A dict: "inputs", and for each layer that has weights "0.weights", "0.biases", by its position in the network.
    """
    X = np.array(X, dtype=np.float64)
    network.forward(X)
    arrays, gradients = {"inputs": X}, {"inputs": network.backward(dvalues)}
    for position, layer in enumerate(network.layers):
        if hasattr(layer, "weights"):
            arrays |= {f"{position}.weights": layer.weights, f"{position}.biases": layer.biases}
            gradients |= {f"{position}.weights": layer.dweights, f"{position}.biases": layer.dbiases}

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
