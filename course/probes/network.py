"""08-network: classes that keep state, and a checker that takes a network.

inputs has shape (N, D), weights (D, M), biases (1, M), outputs and dvalues (N, M). The layers and networks that stand here
are no layers of the course: they bend their numbers in ways of their own, so that a student's code has something to work with.
"""

import numpy as np

from course.observe import NotNumbers, scripted
from course.probes.drawing import DRAWN, DRAWS, NOT_THERE, WANTED, draws_of, spread, start_shape, way_of_drawing
from course.probes.given_network import MEANS, GivenNetwork, all_parameters, given_layers
from course.probes.network_words import CHECKER_FLAGS, DENSE_FLAGS, NETWORK_FLAGS, START_FLAGS

SURE = 1e-6  # a relative error below this means "agrees": central differences reach 1e-8, one-sided ones only 1e-5

# ---------------------------------------------------------------- layers


def other_inputs(inputs):
    """Inputs of the same shape and other numbers, for uses of a layer that must leave no trace."""
    return inputs[::-1] * 2.0 + 1.0


def measured_start(raw, inputs):
    """How the weights of a new layer were drawn; their shape in every place where that is wrong."""
    shape = start_shape(raw["weights"])
    if np.shape(shape) != (inputs["n_inputs"], inputs["n_neurons"]):
        unknown = dict.fromkeys(
            ("spread", "draws"), np.full((1, *np.shape(shape)), np.nan)
        )  # nothing that follows could be right
        return {"weights": shape, **unknown}
    return {"weights": shape, "spread": spread(raw), "draws": way_of_drawing(raw)}


def dense_start_text(n_inputs, n_neurons, seed):
    return (
        f"print(Dense({n_inputs}, {n_neurons}).weights.shape)  # ({n_inputs}, {n_neurons})\n"
        f"wide = Dense({DRAWS[0]}, {DRAWS[1]}, rng=np.random.default_rng({seed}))\n"
        f"print(wide.weights.std(), wide.weights.mean())  # near sqrt(2 / {DRAWS[0]}) = {WANTED}, and near 0"
    )


@scripted(
    "n_inputs, n_neurons, seed",
    "weights, spread, draws",
    text=dense_start_text,
    methods="__init__",
    flags=START_FLAGS,
    raw=f"weights {DRAWN}",
    measure=measured_start,
)
def dense_start(answer, n_inputs, n_neurons, seed):
    """A new layer's weights, and more of them; its forward and its backward are left alone."""
    weights = getattr(answer(n_inputs, n_neurons, rng=np.random.default_rng(seed)), "weights", NOT_THERE)
    drawn = draws_of(answer, seed) if np.shape(weights) == (n_inputs, n_neurons) else dict.fromkeys(DRAWN.split(), 0.0)
    return {"weights": weights, **drawn}


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


PASSES = DENSE[4:10]  # what one forward and one backward pass give
KEPT = "weights_between biases_between weights_after biases_after"


def measured_dense(raw, inputs):
    """What stands in the raw results, how the weights were drawn, and whether each pass left the parameters alone."""
    wanted = [inputs["weights"], inputs["biases"]]
    start = {"weights": start_shape(raw["weights"]), "biases": raw["biases"]}
    if any(np.shape(start[name]) != np.shape(right) for name, right in zip(start, wanted, strict=True)):
        return dict.fromkeys(DENSE, raw["forward(inputs)"]) | start
    between, after = ([raw[f"{name}_{when}"] for name in start] for when in ("between", "after"))
    return {
        **start,
        "spread": spread(raw),
        "draws": way_of_drawing(raw),
        **{name: raw[name] for name in PASSES},
        "kept_by_forward": float(all(map(np.array_equal, wanted, between))),
        "kept_by_backward": float(all(map(np.array_equal, between, after))),
    }


@scripted(
    "seed, weights, biases, inputs, dvalues",
    " ".join(DENSE),
    text=dense_text,
    flags=DENSE_FLAGS,
    raw=" ".join(["weights", "biases", DRAWN, KEPT, *PASSES]),
    measure=measured_dense,
)
def dense(answer, seed, weights, biases, inputs, dvalues):
    """A layer with given parameters, used twice, with another of its kind at work in between."""
    layer, neighbour = (answer(*weights.shape, rng=np.random.default_rng(seed)) for _ in range(2))
    start = {name: np.array(getattr(layer, name, NOT_THERE)) for name in ("weights", "biases")}
    for name, right in (("weights", weights), ("biases", biases)):
        if np.shape(start[name]) != right.shape:  # nothing that follows could be right, nor counts as not there
            unknown = dict.fromkeys(dense.raw, np.full((1, *np.shape(start[name])), np.nan))
            return unknown | ({"weights": start["weights"]} if name == "weights" else start)

    def parameters(when):
        return {f"weights_{when}": np.array(layer.weights), f"biases_{when}": np.array(layer.biases)}

    layer.weights, layer.biases = weights.copy(), biases.copy()
    layer.forward(other_inputs(inputs))
    kept = parameters("between")
    layer.backward(dvalues * 3.0)
    kept |= parameters("after")
    layer.weights, layer.biases = weights.copy(), biases.copy()  # a step taken in backward shows in one result only
    outputs = of_forward(layer.forward(inputs))
    neighbour.forward(1.0 - 2.0 * inputs)
    returned = layer.backward(dvalues)
    return {
        **start,
        **draws_of(answer, seed),
        **kept,
        "forward(inputs)": outputs,
        "backward(dvalues)": one_array(returned),
        **{name: getattr(layer, name, NOT_THERE) for name in ("inputs", "dinputs", "dweights", "dbiases")},
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


def check_text(kind, seed, planted, X, dvalues):
    n_inputs, n_outputs = X.shape[1], dvalues.shape[1]
    return (
        "from course.probes.network import GivenNetwork\n"
        f'network = GivenNetwork("{kind}", {n_inputs}, {n_outputs}, seed={seed}, planted="{planted}")\n'
        f"check_gradients(network, np.array({X.tolist()}), np.array({dvalues.tolist()}))"
    )


def measured_check(raw, inputs):
    """The reported errors, and how well the parameters were put back.

    An error small enough to mean "agrees" counts as 0, any other is rounded to three digits. restored: 1 if all parameters
    are what they were, 0.5 if only rounding is left of the nudges, 0 if they have moved.
    """
    n_inputs, n_outputs = inputs["X"].shape[1], inputs["dvalues"].shape[1]
    given = GivenNetwork(str(inputs["kind"]), n_inputs, n_outputs, int(inputs["seed"]))
    before = all_parameters(given)
    if raw["after"].shape != before.shape:
        raise NotNumbers("type", "parameters of another shape than the network was given")
    moved = np.max(np.abs(before - raw["after"]))
    return {
        **{name: np.vectorize(said, otypes=[float])(raw[name]) for name in ("inputs", "weights", "biases")},
        "restored": 1.0 if moved == 0 else 0.5 if moved < 1e-12 else 0.0,
    }


@scripted(
    "kind, seed, planted, X, dvalues",
    "inputs, weights, biases, restored",
    text=check_text,
    flags=CHECKER_FLAGS,
    raw="inputs weights biases after",
    measure=measured_check,
)
def checker(answer, kind, seed, planted, X, dvalues):
    """The reported errors, and the parameters afterwards. weights[2] is what was said of "2.weights", 0 of a layer without any."""
    given = GivenNetwork(kind, X.shape[1], dvalues.shape[1], seed, planted)
    errors = answer(given, X, dvalues)
    wanted = {"inputs"} | {f"{place}.{kind}" for place, _ in given._holders for kind in ("weights", "biases")}
    if errors is None:
        raise NotNumbers("none", "None")
    if not isinstance(errors, dict):
        raise NotNumbers("count", f"one {type(errors).__name__} where a dict is wanted")
    if set(errors) != wanted:
        keys = ", ".join(repr(str(key)[:20]) for key in list(errors)[:8]) or "no keys"
        raise NotNumbers("count", f"a dict with {keys}; wanted are {', '.join(map(repr, sorted(wanted)))}")
    by_place = {
        kind: [one_number(errors.get(f"{place}.{kind}", 0.0)) for place in range(len(given.layers))]
        for kind in ("weights", "biases")
    }
    return {"inputs": one_number(errors["inputs"]), **by_place, "after": all_parameters(given)}


def one_number(error):
    """A reported error, which must be a single number."""
    if isinstance(error, bool) or np.ndim(error) != 0:
        raise NotNumbers("count", "a relative error that is not one number")
    return float(error)


def said(error):
    """A reported error as a number to compare."""
    return 0.0 if abs(error) < SURE else float(f"{error:.3g}")


PROBES = {"Dense": dense, "Dense.weights": dense_start, "ReLU": relu, "Network": network, "check_gradients": checker}
