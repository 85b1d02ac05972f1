"""08-network: classes that keep state, and a checker that takes a network.

inputs has shape (N, D), weights (D, M), biases (1, M), outputs and dvalues (N, M). The layers and networks that stand here
are no layers of the course: they bend their numbers in ways of their own, so that a student's code has something to work with.
"""

import numpy as np

from course.observe import NotNumbers, scripted
from course.probes.network_words import CHECKER_FLAGS, DENSE_FLAGS, NETWORK_FLAGS, START_FLAGS

# Inputs and neurons of a layer wide enough to tell how its weights were drawn; sqrt(2 / 50) is 0.2. With 300 neurons one habit's
# spread, sqrt(1 / (3 * 50)), would be another's, sqrt(2 / 300).
DRAWS = (50, 400)
WANTED = 0.2
STEP = 1.07  # in which it is measured: chance moves it by half a percent, and no known mistake lies between two steps
SURE = 1e-6  # a relative error below this means "agrees": central differences reach 1e-8, one-sided ones only 1e-5
NOT_THERE = np.nan  # what an attribute counts as that a layer does not have

# ---------------------------------------------------------------- layers


def other_inputs(inputs):
    """Inputs of the same shape and other numbers, for uses of a layer that must leave no trace."""
    return inputs[::-1] * 2.0 + 1.0


def start_shape(layer, name):
    """An array of ones in the shape of a new layer's weights or biases: of a start that is drawn, what can be compared."""
    return np.ones(np.shape(getattr(layer, name))) if hasattr(layer, name) else NOT_THERE


def spread(answer, seed):
    """The standard deviation of a wide layer's weights; to a few percent, since chance has a say in the rest."""
    wide = np.asarray(answer(*DRAWS, rng=np.random.default_rng(seed)).weights, dtype=np.float64)
    found = wide.std() / WANTED
    steps = np.round(np.log(found) / np.log(STEP)) if found > 1e-9 else -np.inf
    return float(f"{WANTED * STEP**steps:.2g}")


def way_of_drawing(answer, seed):
    """Five ticks: a bell curve; around 0; repeatable with one seed; different with another; something drawn without any."""
    wide, same, other = (
        np.asarray(answer(*DRAWS, rng=np.random.default_rng(one)).weights, dtype=np.float64)
        for one in (seed, seed, seed + 1)
    )
    around = wide - wide.mean()
    size = np.sqrt(np.mean(around**2)) if np.ptp(wide) else 1e-3
    ticks = (
        abs(np.mean((around / size) ** 4) - 3) < 0.4,
        abs(wide.mean()) * np.sqrt(wide.size) < 6 * size,
        np.array_equal(wide, same),
        not np.array_equal(wide, other),
        np.ptp(np.asarray(answer(3, 2, rng=None).weights, dtype=np.float64)) > 0,
    )
    return np.where(ticks, 1.0, 0.0)


def dense_start_text(n_inputs, n_neurons, seed):
    return (
        f"print(Dense({n_inputs}, {n_neurons}).weights.shape)  # ({n_inputs}, {n_neurons})\n"
        f"wide = Dense({DRAWS[0]}, {DRAWS[1]}, rng=np.random.default_rng({seed}))\n"
        f"print(wide.weights.std(), wide.weights.mean())  # near sqrt(2 / {DRAWS[0]}) = {WANTED}, and near 0"
    )


@scripted(
    "n_inputs, n_neurons, seed", "weights, spread, draws", text=dense_start_text, methods="__init__", flags=START_FLAGS
)
def dense_start(answer, n_inputs, n_neurons, seed):
    """How a new layer's weights are drawn; its forward and its backward are left alone."""
    shape = start_shape(answer(n_inputs, n_neurons, rng=np.random.default_rng(seed)), "weights")
    if np.shape(shape) != (n_inputs, n_neurons):
        return dict.fromkeys(("weights", "spread", "draws"), shape)  # nothing that follows could be right
    return {"weights": shape, "spread": spread(answer, seed), "draws": way_of_drawing(answer, seed)}


def dense_text(seed, weights, biases, inputs, dvalues):
    n_inputs, n_neurons = weights.shape
    return (
        f"layer = Dense({n_inputs}, {n_neurons})\n"
        f"print(layer.weights.shape, layer.biases.shape)  # ({n_inputs}, {n_neurons}) (1, {n_neurons})\n"
        f"print(Dense({DRAWS[0]}, {DRAWS[1]}).weights.std())  # near {WANTED}\n"
        f"layer.weights, layer.biases = np.array({weights.tolist()}), np.array({biases.tolist()})\n"
        f"print(layer.forward(np.array({inputs.tolist()})))\n"
        f"print(layer.backward(np.array({dvalues.tolist()})))\n"
        "print(layer.dweights, layer.dbiases)"
    )


DENSE = [
    "weights",
    "biases",
    "spread",
    "draws",
    "forward(inputs)",
    "inputs",
    "backward(dvalues)",
    "dinputs",
    "dweights",
    "dbiases",
    "kept_by_forward",
    "kept_by_backward",
]


@scripted("seed, weights, biases, inputs, dvalues", " ".join(DENSE), text=dense_text, flags=DENSE_FLAGS)
def dense(answer, seed, weights, biases, inputs, dvalues):
    """A layer with given parameters, used twice, with another of its kind at work in between."""
    layer, neighbour = (answer(*weights.shape, rng=np.random.default_rng(seed)) for _ in range(2))
    start = start_shape(layer, "weights"), np.array(getattr(layer, "biases", NOT_THERE))
    for wrong, right in zip(start, (weights, biases), strict=True):
        if np.shape(wrong) != right.shape:  # nothing that follows could be right
            return dict.fromkeys(DENSE, np.full(np.shape(wrong), np.nan)) | {"weights": start[0], "biases": start[1]}

    def parameters():
        return [np.array(layer.weights), np.array(layer.biases)]

    layer.weights, layer.biases = weights.copy(), biases.copy()
    layer.forward(other_inputs(inputs))
    between = parameters()
    layer.backward(dvalues * 3.0)
    kept = [
        all(map(np.array_equal, one, other)) for one, other in [([weights, biases], between), (between, parameters())]
    ]
    layer.weights, layer.biases = weights.copy(), biases.copy()  # a step taken in backward shows in one result only
    outputs = of_forward(layer.forward(inputs))
    neighbour.forward(1.0 - 2.0 * inputs)
    returned = layer.backward(dvalues)
    return {
        "weights": start[0],
        "biases": start[1],
        "spread": spread(answer, seed),
        "draws": way_of_drawing(answer, seed),
        "forward(inputs)": outputs,
        "backward(dvalues)": one_array(returned),
        **{name: getattr(layer, name, NOT_THERE) for name in ("inputs", "dinputs", "dweights", "dbiases")},
        "kept_by_forward": float(kept[0]),
        "kept_by_backward": float(kept[1]),
    }


def of_forward(returned):
    """What a layer's forward returned: the outputs, also where they are kept as an attribute."""
    if returned is None:
        raise NotNumbers("none", "None from forward")
    return returned


def one_array(returned):
    """What a layer's backward returned, which must be dinputs alone."""
    if returned is None:
        raise NotNumbers("none", "None from backward")
    if isinstance(returned, (tuple, list)) and any(np.ndim(one) > 1 for one in returned):
        raise NotNumbers("count", f"{len(returned)} arrays from backward, where dinputs alone is wanted")
    return returned


def relu_text(inputs, dvalues):
    return (
        "layer = ReLU()\n"
        f"print(layer.forward(np.array({inputs.tolist()})))\n"
        f"print(layer.backward(np.array({dvalues.tolist()})))"
    )


@scripted("inputs, dvalues", "forward(inputs), inputs, backward(dvalues), dinputs", text=relu_text)
def relu(answer, inputs, dvalues):
    """A ReLU used twice, with another of its kind at work in between."""
    layer, neighbour = answer(), answer()
    layer.forward(other_inputs(inputs))
    layer.backward(dvalues * 3.0)
    outputs = of_forward(layer.forward(inputs))
    neighbour.forward(1.0 - 2.0 * inputs)
    returned = layer.backward(dvalues)
    return {
        "forward(inputs)": outputs,
        "backward(dvalues)": one_array(returned),
        **{name: getattr(layer, name, NOT_THERE) for name in ("inputs", "dinputs")},
    }


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


def network_text(layers, inputs, dvalues):
    means = "; ".join(f"{name}: {MEANS[name]}" for name in dict.fromkeys(layers.split()))
    return (
        "from course.probes.network import given_layers\n"
        f"# {means}\n"
        f'network = Network(given_layers("{layers}"))\n'
        f"print(network.forward(np.array({inputs.tolist()})))\n"
        f"print(network.backward(np.array({dvalues.tolist()})))"
    )


@scripted("layers, inputs, dvalues", "layers, outputs, dinputs, first_dinputs", text=network_text, flags=NETWORK_FLAGS)
def network(answer, layers, inputs, dvalues):
    """A network of given layers, used twice; `layers` says at which place each of them stands in it afterwards."""
    row = given_layers(layers)
    built = answer(list(row))
    built.forward(other_inputs(inputs))
    first = built.backward(dvalues * 3.0)
    outputs = built.forward(inputs)
    dinputs = built.backward(dvalues)
    places = [next((i for i, one in enumerate(row) if one is layer), -1) for layer in getattr(built, "layers", [])]
    places = places if hasattr(built, "layers") else NOT_THERE
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


def check_text(kind, seed, planted, X, dvalues):
    n_inputs, n_outputs = X.shape[1], dvalues.shape[1]
    return (
        "from course.probes.network import GivenNetwork\n"
        f'network = GivenNetwork("{kind}", {n_inputs}, {n_outputs}, seed={seed}, planted="{planted}")\n'
        f"check_gradients(network, np.array({X.tolist()}), np.array({dvalues.tolist()}))"
    )


@scripted("kind, seed, planted, X, dvalues", "inputs, weights, biases, restored", text=check_text, flags=CHECKER_FLAGS)
def checker(answer, kind, seed, planted, X, dvalues):
    """The reported errors: weights[2] is what was said of "2.weights", and 0 for a layer without parameters.

    An error small enough to mean "agrees" counts as 0, any other is rounded to three digits. restored: 1 if all parameters
    are what they were, 0.5 if only rounding is left of the nudges, 0 if they have moved.
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
    moved = max(np.max(np.abs(one - other)) for one, other in zip(before, after, strict=True))
    by_place = {
        kind: [said(errors.get(f"{place}.{kind}", 0.0)) for place in range(len(given.layers))]
        for kind in ("weights", "biases")
    }
    return {
        "inputs": said(errors["inputs"]),
        **by_place,
        "restored": 1.0 if moved == 0 else 0.5 if moved < 1e-12 else 0.0,
    }


def said(error):
    """A reported error as a number to compare: one that is not a single number stays what it is."""
    if isinstance(error, bool) or np.ndim(error) != 0:
        raise NotNumbers("count", "a relative error that is not one number")
    error = float(error)
    return 0.0 if abs(error) < SURE else float(f"{error:.3g}")


PROBES = {"Dense": dense, "Dense.weights": dense_start, "ReLU": relu, "Network": network, "check_gradients": checker}
