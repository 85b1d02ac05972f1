"""08-network: right answers, written in other ways than the reference."""

import numpy as np

from autograder.exercises.network.cases import Dense, Dense_weights, Network, ReLU, check_gradients
from autograder.reference.network import relative_error


@Dense.solution
@Dense_weights.solution
class _:
    def __init__(self, n_inputs, n_neurons, rng=None):
        if rng is None:
            rng = np.random.default_rng()
        self.weights = rng.standard_normal((n_inputs, n_neurons)) * (2 / n_inputs) ** 0.5
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.inputs = np.array(inputs)  # a copy is fine
        return np.array([[x @ w for w in self.weights.T] for x in inputs]) + self.biases

    def backward(self, dvalues):
        self.dbiases = np.zeros(self.biases.shape)
        self.dweights = np.zeros(self.weights.shape)
        self.dinputs = np.zeros(self.inputs.shape)
        for n, upstream in enumerate(dvalues):
            self.dbiases[0] += upstream
            self.dweights += np.outer(self.inputs[n], upstream)
            self.dinputs[n] = self.weights @ upstream
        return self.dinputs


@Dense.solution
@Dense_weights.solution
class _:
    def __init__(self, n_inputs, n_neurons, rng=None):
        rng = rng or np.random.default_rng()
        self.weights = rng.normal(0, np.sqrt(2 / n_inputs), (n_neurons, n_inputs)).T
        self.biases = np.zeros(n_neurons).reshape(1, -1)

    def forward(self, inputs):
        self.inputs = inputs
        return np.einsum("nd,dm->nm", inputs, self.weights) + self.biases

    def backward(self, dvalues):
        self.dweights = np.einsum("nd,nm->dm", self.inputs, dvalues)
        self.dbiases = np.ones((1, len(dvalues))) @ dvalues
        self.dinputs = np.einsum("nm,dm->nd", dvalues, self.weights)
        return self.dinputs


@Dense_weights.solution
class _:
    """Only begun: of a layer the weights come first."""

    def __init__(self, n_inputs, n_neurons, rng=None):
        if not rng:
            rng = np.random.default_rng()
        self.weights = np.sqrt(2 / n_inputs) * rng.normal(size=(n_inputs, n_neurons))

    def forward(self, inputs):
        """Not yet."""

    def backward(self, dvalues):
        """Not yet."""


@ReLU.solution
class _:
    def forward(self, inputs):
        self.inputs = inputs
        self.gate = inputs > 0
        return inputs * self.gate

    def backward(self, dvalues):
        self.dinputs = dvalues * self.gate
        return self.dinputs


@ReLU.solution
class _:
    def __init__(self):
        self.inputs = None
        self.dinputs = None

    def forward(self, inputs):
        self.inputs = inputs.copy()
        self.outputs = np.where(inputs > 0, inputs, 0)
        return self.outputs

    def backward(self, dvalues):
        self.dinputs = np.array(dvalues, dtype=float)
        self.dinputs[self.outputs <= 0] = 0  # a gate by the output is the same gate
        return self.dinputs.copy()


@Network.solution
class _:
    def __init__(self, layers):
        self.layers = list(layers)

    def forward(self, inputs):
        self.outputs = [inputs]
        for layer in self.layers:
            self.outputs.append(layer.forward(self.outputs[-1]))
        return self.outputs[-1]

    def backward(self, dvalues):
        for number in range(len(self.layers) - 1, -1, -1):
            dvalues = self.layers[number].backward(dvalues)
        return dvalues


@Network.solution
class _:
    def __init__(self, layers):
        self.layers = tuple(layers)

    def forward(self, inputs, place=0):
        if place == len(self.layers):
            return inputs
        return self.forward(self.layers[place].forward(inputs), place + 1)

    def backward(self, dvalues):
        upstream = dvalues
        for layer in self.layers[::-1]:
            upstream = layer.backward(upstream)
        return upstream


@check_gradients.solution
def _(network, X, dvalues, h=1e-6):
    X = np.asarray(X).astype(float)

    def loss():
        return float(sum(o * d for o, d in zip(network.forward(X).ravel(), np.ravel(dvalues), strict=True)))

    def numerical(array):
        gradient, flat, kept = np.zeros(array.size), array.reshape(-1), array.copy().reshape(-1)
        for place in range(array.size):
            flat[place] = kept[place] + h
            gradient[place] = loss()
            flat[place] = kept[place] - h
            gradient[place] -= loss()
            flat[place] = kept[place]
        return gradient.reshape(array.shape) / (2 * h)

    network.forward(X)
    errors = {"inputs": relative_error(network.backward(dvalues), numerical(X))}
    for number, layer in enumerate(network.layers):
        if getattr(layer, "weights", None) is not None:
            errors[f"{number}.weights"] = relative_error(layer.dweights, numerical(layer.weights))
            errors[f"{number}.biases"] = relative_error(layer.dbiases, numerical(layer.biases))
    return errors


@check_gradients.solution
def _(network, X, dvalues):
    """Nudges copies and puts the old arrays back; a step of another size."""
    X, h = np.array(X, dtype=np.float64), 1e-4
    kept = [(layer, layer.weights, layer.biases) for layer in network.layers if hasattr(layer, "weights")]
    network.forward(X)
    dinputs = network.backward(dvalues)

    def slopes(array, put):
        out = np.zeros(array.shape)
        for index in np.ndindex(*array.shape):
            step = np.zeros(array.shape)
            step[index] = h
            put(array + step)
            up = (network.forward(nudged[0]) * dvalues).sum()
            put(array - step)
            out[index] = (up - (network.forward(nudged[0]) * dvalues).sum()) / (2 * h)
        put(array)
        return out

    nudged = [X]
    errors = {"inputs": relative_error(slopes(X, lambda one: nudged.__setitem__(0, one)), dinputs)}
    for layer, weights, biases in kept:
        number = [one is layer for one in network.layers].index(True)
        errors[f"{number}.weights"] = relative_error(
            slopes(weights, lambda one, layer=layer: setattr(layer, "weights", one)), layer.dweights
        )
        errors[f"{number}.biases"] = relative_error(
            slopes(biases, lambda one, layer=layer: setattr(layer, "biases", one)), layer.dbiases
        )
    return errors
