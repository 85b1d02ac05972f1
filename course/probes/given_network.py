"""What 08 lends to an answer: layers that are none of the course's, and a network for a gradient checker to check.

The network is one formula, with a backward pass that may be wrong on purpose.
"""

import numpy as np


class GivenLayer:
    """A layer that is none of the course's: a curve, the curve's slope, and a memory."""

    def __init__(self, curve, slope):
        self.curve, self.slope = curve, slope

    def forward(self, inputs):
        """The curve, entry by entry."""
        self.seen = 1.0 * np.asarray(inputs)
        return self.curve(self.seen)

    def backward(self, dvalues):
        """The upstream, times or through the slope. It keeps nothing: what comes back has to be handed on."""
        if not hasattr(self, "seen"):
            raise RuntimeError("a layer's backward was called before its forward")
        return self.slope(self.seen, dvalues)


def turned(seen):
    """Columns in reverse, the first of them doubled, the next tripled, and so on."""
    return (seen * np.arange(2, 2 + seen.shape[1]))[:, ::-1]


def turned_back(seen, dvalues):
    """Backward of the same."""
    return np.asarray(dvalues)[:, ::-1] * np.arange(2, 2 + seen.shape[1])


MENU = {  # all keep the shape, so that numbers decide and no mistake hides behind a shape that does not fit
    "square": (np.square, lambda seen, dvalues: 2 * seen * dvalues),
    "wave": (np.sin, lambda seen, dvalues: np.cos(seen) * dvalues),
    "stretch": (lambda seen: 1.5 * seen - 0.5, lambda seen, dvalues: 1.5 * np.asarray(dvalues)),
    "turn": (turned, turned_back),
}
MEANS = {
    "square": "x * x",
    "wave": "sin x",
    "stretch": "1.5 x - 0.5",
    "turn": "columns times 2, 3, ..., then in reverse",
}


def given_layers(names):
    """Layers from the menu, by name: given_layers("square wave")."""
    return [GivenLayer(*MENU[name]) for name in names.split()]


class Parameters:
    """A layer as a checker sees it: weights, biases, and, after a backward pass, dweights and dbiases."""

    def __init__(self, weights, biases):
        self.weights, self.biases = weights, biases


class Bend:
    """A layer without parameters."""


SHAPES = {  # where the two layers with parameters stand among the others, and how the first one's sums are bent
    "two": ("PP", lambda z: z**2),
    "three": ("PbP", lambda z: z**2 + np.sin(z)),
    "four": ("bPbP", lambda z: z**3 / 2),
}


class GivenNetwork:
    """A network in one formula that is no product of two parts, with a backward pass that may be wrong on purpose.

    planted: "0.weights 2, inputs -1, 2.biases one 3" makes three gradients wrong: all entries of the first doubled, the
    second's sign turned, the smallest entry of the third tripled; "upstream 1" puts ones in the place of dvalues. What is not
    named is right. The right gradients are found without any
    derivative, by a step along the imaginary axis, which is exact to the last digits.
    """

    def __init__(self, kind, n_inputs, n_outputs, seed, planted=""):
        order, self._bend = SHAPES[kind]
        draws = np.random.default_rng(seed)

        def some(*shape):
            return draws.uniform(0.6, 1.4, size=shape) * draws.choice([-1, 1], size=shape)

        both = [Parameters(some(*shape), some(1, n_outputs)) for shape in ((n_inputs, n_outputs), (1, n_outputs))]
        both[0].weights[0, 0] *= 3e-7  # so small that adding and taking off a nudge leaves a trace
        waiting = iter(both)
        self.layers = [next(waiting) if letter == "P" else Bend() for letter in order]
        self._holders = [(place, layer) for place, layer in enumerate(self.layers) if isinstance(layer, Parameters)]
        self._planted = [entry.split() for entry in planted.split(",") if entry.strip()]

    def _formula(self, X, A, a, B, b):
        z = np.sin(X[:, :, None] * A).sum(axis=1) + a**2
        return B * self._bend(z) + b * z

    def _parameters(self):
        return [array for _, layer in self._holders for array in (layer.weights, layer.biases)]

    def forward(self, inputs):
        """The outputs; remembers the inputs."""
        self._seen = inputs
        return self._formula(np.asarray(inputs, dtype=np.float64), *self._parameters())

    def backward(self, dvalues):
        """dinputs; sets dweights and dbiases of the layers that have parameters. Wrong where something was planted."""
        if not hasattr(self, "_seen"):
            raise RuntimeError("backward was called before any forward pass: there is nothing to go back through")
        arrays = [self._seen, *self._parameters()]
        planted = [entry for entry in self._planted if entry[0] != "upstream"]
        if planted != self._planted:
            dvalues = np.ones_like(dvalues)
        names = ["inputs", *(f"{place}.{kind}" for place, _ in self._holders for kind in ("weights", "biases"))]
        gradients = [self._gradient(arrays, which, dvalues) for which in range(len(arrays))]
        for name, *one, factor in planted:
            gradient = gradients[names.index(name)]
            place = np.unravel_index(np.argmin(np.abs(gradient)), gradient.shape) if one else ...
            gradient[place] *= float(factor)
        for (_, layer), dweights, dbiases in zip(self._holders, gradients[1::2], gradients[2::2], strict=True):
            layer.dweights, layer.dbiases = dweights, dbiases
        return gradients[0]

    def _gradient(self, arrays, which, dvalues):
        gradient = np.zeros(np.shape(arrays[which]))
        for index in np.ndindex(gradient.shape):
            moved = [np.array(one, dtype=complex) for one in arrays]
            moved[which][index] += 1e-30j
            gradient[index] = np.imag(np.sum(self._formula(*moved) * dvalues)) * 1e30
        return gradient


def all_parameters(network):
    """Every parameter of a given network, in one row."""
    return np.concatenate([np.ravel(array) for array in network._parameters()])
