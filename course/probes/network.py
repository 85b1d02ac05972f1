"""08-network: classes that keep state, and a checker that takes a network.

inputs has shape (N, D), weights (D, M), biases (1, M), outputs and dvalues (N, M). The layers and networks that stand here
are no layers of the course: they bend their numbers in ways of their own, so that a student's code has something to work with.
"""

import numpy as np

from course.observe import NotNumbers, scripted

DRAWS = (96, 64)  # inputs and neurons of a layer wide enough to tell how its weights were drawn
SURE = 1e-6  # a relative error below this means "agrees": central differences reach 1e-8, one-sided ones only 1e-5

# ---------------------------------------------------------------- layers


def other_inputs(inputs):
    """Inputs of the same shape and other numbers, for uses of a layer that must leave no trace."""
    return inputs[::-1] * 2.0 + 1.0


def starting_weights(answer, n_inputs, n_neurons, seed):
    """What a new layer's weights are like: in the shape of a small layer, how widely a wide one's spread."""
    wide = np.asarray(answer(*DRAWS, rng=np.random.default_rng(seed)).weights, dtype=np.float64)
    small = np.shape(answer(n_inputs, n_neurons, rng=np.random.default_rng(seed)).weights)
    spread = np.sqrt(np.mean(wide**2) * DRAWS[0] / 2)
    steps = (
        np.round(np.log(spread) / np.log(1.1)) if spread > 0 else -np.inf
    )  # to a tenth: chance has a say in the rest
    return np.full(small, float(f"{1.1**steps:.2g}"))


def way_of_drawing(answer, seed):
    """Five ticks: a bell curve; around 0; repeatable with one seed; different with another; something drawn without any."""
    wide, same, other = (
        np.asarray(answer(*DRAWS, rng=np.random.default_rng(one)).weights, dtype=np.float64)
        for one in (seed, seed, seed + 1)
    )
    around = wide - wide.mean()
    size = np.sqrt(np.mean(around**2)) or 1.0
    ticks = (
        abs(np.mean((around / size) ** 4) - 3) < 0.4,
        abs(wide.mean()) * np.sqrt(wide.size) < 6 * size,
        np.array_equal(wide, same),
        not np.array_equal(wide, other),
        np.ptp(np.asarray(answer(3, 2).weights, dtype=np.float64)) > 0,
    )
    return np.where(ticks, 1.0, 0.0)


def dense_text(seed, weights, biases, inputs, dvalues):
    n_inputs, n_neurons = weights.shape
    return (
        f"layer = Dense({n_inputs}, {n_neurons})\n"
        f"layer.weights, layer.biases = np.array({weights.tolist()}), np.array({biases.tolist()})\n"
        f"layer.forward(np.array({inputs.tolist()}))\n"
        f"layer.backward(np.array({dvalues.tolist()}))"
    )


@scripted(
    "seed, weights, biases, inputs, dvalues",
    "weights, biases, draws, outputs, inputs, returned, dinputs, dweights, dbiases, parameters_kept",
    text=dense_text,
)
def dense(answer, seed, weights, biases, inputs, dvalues):
    """A layer with given parameters, used twice, with another of its kind at work in between."""
    layer, neighbour = (answer(*weights.shape, rng=np.random.default_rng(seed)) for _ in range(2))
    start_biases = np.array(layer.biases)
    layer.weights, layer.biases = weights.copy(), biases.copy()
    layer.forward(other_inputs(inputs))
    layer.backward(dvalues * 3.0)
    kept = np.array_equal(layer.weights, weights) and np.array_equal(layer.biases, biases)
    layer.weights, layer.biases = weights.copy(), biases.copy()  # a step taken in backward shows in one result only
    outputs = layer.forward(inputs)
    neighbour.forward(1.0 - 2.0 * inputs)
    returned = layer.backward(dvalues)
    return {
        "weights": starting_weights(answer, *weights.shape, seed),
        "biases": start_biases,
        "draws": way_of_drawing(answer, seed),
        "outputs": outputs,
        "inputs": layer.inputs,
        "returned": one_array(returned),
        "dinputs": layer.dinputs,
        "dweights": layer.dweights,
        "dbiases": layer.dbiases,
        "parameters_kept": float(kept),
    }


def one_array(returned):
    """What a layer's backward returned, which must be dinputs alone."""
    if returned is None:
        raise NotNumbers("none", "None from backward")
    if isinstance(returned, (tuple, list)) and any(np.ndim(one) > 1 for one in returned):
        raise NotNumbers("count", f"{len(returned)} arrays from backward, where dinputs alone is wanted")
    return returned


def relu_text(inputs, dvalues):
    return f"layer = ReLU()\nlayer.forward(np.array({inputs.tolist()}))\nlayer.backward(np.array({dvalues.tolist()}))"


@scripted("inputs, dvalues", "outputs, inputs, returned, dinputs", text=relu_text)
def relu(answer, inputs, dvalues):
    """A ReLU used twice, with another of its kind at work in between."""
    layer, neighbour = answer(), answer()
    layer.forward(other_inputs(inputs))
    layer.backward(dvalues * 3.0)
    outputs = layer.forward(inputs)
    neighbour.forward(1.0 - 2.0 * inputs)
    returned = layer.backward(dvalues)
    return {"outputs": outputs, "inputs": layer.inputs, "returned": one_array(returned), "dinputs": layer.dinputs}


# ---------------------------------------------------------------- a row of layers


class GivenLayer:
    """A layer that is none of the course's: a curve, the curve's slope, and a memory."""

    def __init__(self, curve, slope):
        self.curve, self.slope = curve, slope

    def forward(self, inputs):
        """The curve, entry by entry."""
        self.seen = 1.0 * np.asarray(inputs)
        return self.curve(self.seen)

    def backward(self, dvalues):
        """The upstream, times or through the slope."""
        self.dinputs = self.slope(self.seen, dvalues)
        return self.dinputs


def halves_added(seen, dvalues):
    """Backward of a layer that puts its inputs down twice, side by side."""
    left, right = np.split(np.asarray(dvalues), 2, axis=1)
    return left + right


def turned(seen):
    """Columns in reverse, the first of them doubled, the next tripled, and so on."""
    return (seen * np.arange(2, 2 + seen.shape[1]))[:, ::-1]


def turned_back(seen, dvalues):
    """Backward of the same."""
    return np.asarray(dvalues)[:, ::-1] * np.arange(2, 2 + seen.shape[1])


MENU = {
    "square": (np.square, lambda seen, dvalues: 2 * seen * dvalues),
    "wave": (np.sin, lambda seen, dvalues: np.cos(seen) * dvalues),
    "stretch": (lambda seen: 1.5 * seen - 0.5, lambda seen, dvalues: 1.5 * np.asarray(dvalues)),
    "turn": (turned, turned_back),
    "twice": (lambda seen: np.concatenate([seen, seen], axis=1), halves_added),
}


def given_layers(names):
    """Layers from the menu, by name: given_layers("square wave")."""
    return [GivenLayer(*MENU[name]) for name in names.split()]


def network_text(layers, inputs, dvalues):
    return (
        "from course.probes.network import given_layers\n"
        f'network = Network(given_layers("{layers}"))\n'
        f"print(network.forward(np.array({inputs.tolist()})))\n"
        f"print(network.backward(np.array({dvalues.tolist()})))"
    )


@scripted("layers, inputs, dvalues", "layers, outputs, dinputs, first_dinputs", text=network_text)
def network(answer, layers, inputs, dvalues):
    """A network of given layers, used twice; `layers` says at which place each of them stands in it afterwards."""
    row = given_layers(layers)
    built = answer(list(row))
    built.forward(other_inputs(inputs))
    first = built.backward(dvalues * 3.0)
    outputs = built.forward(inputs)
    dinputs = built.backward(dvalues)
    places = [next((i for i, one in enumerate(row) if one is layer), -1) for layer in built.layers]
    return {"layers": places, "outputs": outputs, "dinputs": dinputs, "first_dinputs": first}


# ---------------------------------------------------------------- a network to be checked


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

        waiting = iter(
            [Parameters(some(*shape), some(1, n_outputs)) for shape in ((n_inputs, n_outputs), (1, n_outputs))]
        )
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


def check_text(kind, seed, planted, X, dvalues):
    n_inputs, n_outputs = X.shape[1], dvalues.shape[1]
    return (
        "from course.probes.network import GivenNetwork\n"
        f'network = GivenNetwork("{kind}", {n_inputs}, {n_outputs}, seed={seed}, planted="{planted}")\n'
        f"check_gradients(network, np.array({X.tolist()}), np.array({dvalues.tolist()}))"
    )


@scripted("kind, seed, planted, X, dvalues", "inputs, weights, biases, restored", text=check_text)
def checker(answer, kind, seed, planted, X, dvalues):
    """The reported errors: weights[2] is what was said of "2.weights", and 0 for a layer without parameters.

    An error small enough to mean "agrees" counts as 0, any other is rounded to three digits.
    """
    given = GivenNetwork(kind, X.shape[1], dvalues.shape[1], seed, planted)
    before = [array.copy() for array in given._parameters()]
    errors = answer(given, X, dvalues)
    wanted = {"inputs"} | {f"{place}.{kind}" for place, _ in given._holders for kind in ("weights", "biases")}
    if errors is None:
        raise NotNumbers("none", "None")
    if not isinstance(errors, dict):
        raise NotNumbers("count", f"a {type(errors).__name__} where a dict is wanted")
    if set(errors) != wanted:
        keys = ", ".join(repr(str(key)[:20]) for key in list(errors)[:8]) or "no keys"
        raise NotNumbers("count", f"a dict with {keys}; wanted are {', '.join(map(repr, sorted(wanted)))}")
    after = given._parameters()
    restored = all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))
    by_place = {
        kind: [said(errors.get(f"{place}.{kind}", 0.0)) for place in range(len(given.layers))]
        for kind in ("weights", "biases")
    }
    return {"inputs": said(errors["inputs"]), **by_place, "restored": float(restored)}


def said(error):
    """A reported error as a number to compare: one that is not a single number stays what it is."""
    if isinstance(error, bool) or np.ndim(error) != 0:
        raise NotNumbers("count", "a relative error that is not one number")
    error = float(error)
    return 0.0 if abs(error) < SURE else float(f"{error:.3g}")


PROBES = {"Dense": dense, "ReLU": relu, "Network": network, "check_gradients": checker}
