"""08-network: the four exercises and the inputs they are tried on.

N, D and M are all different, biases neither 0 nor 1, upstream gradients of both signs. Whatever ReLU sees holds exact zeros,
open gates with a negative upstream and closed ones with a positive one.
"""

import numpy as np

from autograder.exercise import Exercise, Kind
from autograder.exercises.relu.cases import gates, millions, millionths, whole
from autograder.reference import network as reference
from course.probes.network import GivenNetwork

SIZES = [(4, 3, 2), (3, 4, 2), (2, 4, 3), (3, 2, 4), (4, 2, 3), (5, 3, 2)]  # N, D, M, all different


def signed(rng, shape, whole_numbers=False):
    """Numbers of both signs, 1.25 to 4 or whole from 2 to 9."""
    sizes = rng.integers(2, 10, size=shape) if whole_numbers else rng.integers(5, 17, size=shape) / 4
    return sizes * rng.choice([-1, 1], size=shape)


def layer(rng, whole_numbers=False, scale=1.0, upstream_scale=1.0):
    """A dense layer with parameters, a batch and an upstream gradient without a pattern."""
    n, d, m = (int(size) for size in rng.choice(SIZES))
    while True:
        weights, biases, inputs, dvalues = (
            signed(rng, shape, whole_numbers) for shape in ((d, m), (1, m), (n, d), (n, m))
        )
        sums = np.abs(dvalues.sum(axis=0)), np.abs(inputs.T @ dvalues), np.abs(dvalues @ weights.T)
        if (
            all(one.min() > 0.4 for one in sums)
            and len(np.unique(np.abs(weights))) > 1
            and (dvalues < 0).any()
            and (dvalues > 0).any()
        ):
            break
    if not whole_numbers:
        inputs, biases, dvalues = inputs * scale, biases * scale, dvalues * upstream_scale
    seed = int(rng.integers(2, 10_000))
    return {"seed": seed, "weights": weights, "biases": biases, "inputs": inputs, "dvalues": dvalues}


def sizes(rng):
    """D, M and a seed."""
    _, d, m = (int(size) for size in rng.choice(SIZES))
    return {"n_inputs": d, "n_neurons": m, "seed": int(rng.integers(2, 10_000))}


Dense_weights = Exercise(
    name="Dense.weights",
    reference=reference.Dense,
    cell="dense",
    kinds=[
        Kind("more inputs than neurons", {"n_inputs": 4, "n_neurons": 2, "seed": 0}, sizes),
        Kind("more neurons than inputs", {"n_inputs": 2, "n_neurons": 3, "seed": 3}, sizes),
    ],
)

Dense = Exercise(
    name="Dense",
    reference=reference.Dense,
    kinds=[
        Kind(
            "the batch of lesson 06",
            {
                "seed": 0,
                "weights": [[0.2, 0.5], [0.8, -0.91], [-0.5, 0.26], [1.0, -0.5]],
                "biases": [[2.0, 3.0]],
                "inputs": [[1.0, 2.0, 3.0, 2.5], [2.0, 5.0, -1.0, 2.0], [-1.5, 2.7, 3.3, -0.8]],
                "dvalues": [[1.0, -2.0], [0.5, 3.0], [-1.0, 0.25]],
            },
            None,
        ),
        Kind(
            "N, D and M all different",
            {
                "seed": 3,
                "weights": [[0.5, -1.0, 2.0], [1.5, 0.25, -3.0]],
                "biases": [[0.75, -2.0, 3.0]],
                "inputs": [[1.0, 2.0], [2.0, -0.5], [-1.5, 1.0], [0.5, -2.0]],
                "dvalues": [[-1.5, 2.0, 0.5], [4.0, -3.0, 1.0], [2.5, 0.5, -2.0], [-2.0, 1.25, 3.0]],
            },
            layer,
        ),
        Kind(
            "whole numbers",
            {
                "seed": 5,
                "weights": [[2, -1], [1, 4], [-2, 3], [5, -3]],
                "biases": [[5, -7]],
                "inputs": [[2, -1, 3, 4], [-3, 2, 1, -2], [4, 5, -2, 3]],
                "dvalues": [[3, -2], [-4, 5], [2, 6]],
            },
            lambda rng: layer(rng, whole_numbers=True),
        ),
        Kind(
            "inputs of millionths, an upstream of millions",
            {
                "seed": 8,
                "weights": [[1.5, -2.0], [-0.5, 3.0], [2.5, 1.25]],
                "biases": [[2e-6, -3e-6]],
                "inputs": [[2e-6, -1e-6, 3e-6], [-4e-6, 2e-6, 1.5e-6]],
                "dvalues": [[2e6, -3e6], [1.5e6, 4e6]],
            },
            lambda rng: layer(rng, scale=1e-6, upstream_scale=1e6),
        ),
        Kind(
            "inputs of millions, an upstream of millionths",
            {
                "seed": 13,
                "weights": [[1.5, -2.0], [-0.5, 3.0], [2.5, 1.25]],
                "biases": [[2e6, -3e6]],
                "inputs": [[2e6, -1e6, 3e6], [-4e6, 2e6, 1.5e6], [1e6, 3e6, -2e6], [5e6, 2.5e6, 4e6]],
                "dvalues": [[2e-6, -3e-6], [1.5e-6, 4e-6], [-3e-6, 2e-6], [4e-6, 1e-6]],
            },
            lambda rng: layer(rng, scale=1e6, upstream_scale=1e-6),
        ),
    ],
)


def seen_by_relu(rng, *sizes):
    """Inputs and upstream of one shape, in which every pair of signs occurs, zero among them."""
    drawn = gates(rng, *sizes)
    return {"inputs": drawn["z"], "dvalues": drawn["dvalues"]}


ReLU = Exercise(
    name="ReLU",
    reference=reference.ReLU,
    kinds=[
        Kind(
            "the grid of lesson 07, both signs and a 0",
            {"inputs": [[1.0, 0.0, -3.0], [2.0, -1.0, 0.5]], "dvalues": [[-1.5, 4.0, 2.0], [0.25, -6.0, -8.0]]},
            None,
        ),
        Kind(
            "entries below 0, above 0 and exactly 0",
            {
                "inputs": [[1.5, 0.0], [-2.0, 3.0], [0.0, -1.25], [2.5, -4.0]],
                "dvalues": [[-2.0, 3.0], [1.5, 4.0], [-0.5, -3.5], [2.25, 6.0]],
            },
            seen_by_relu,
        ),
        Kind(
            "whole inputs, fractional upstream",
            {"inputs": [[3, -2], [0, 5], [2, -4]], "dvalues": [[-2.75, 4.5], [0.5, -1.25], [2.5, -0.75]]},
            lambda rng: seen_by_relu(rng, whole),
        ),
        Kind(
            "inputs of millionths, an upstream of millions",
            {"inputs": [[2e-6, -3e-6, 0.0], [-1e-6, 4e-6, 1e-6]], "dvalues": [[-2e6, 3e6, 5e6], [4e6, 1.5e6, -6e6]]},
            lambda rng: seen_by_relu(rng, millionths, millions),
        ),
        Kind(
            "inputs of millions, an upstream of millionths",
            {"inputs": [[2e6, -3e6], [0.0, 4e6], [-1e6, 5e6]], "dvalues": [[-2e-6, 3e-6], [5e-6, 4e-6], [1e-6, -6e-6]]},
            lambda rng: seen_by_relu(rng, millions, millionths),
        ),
    ],
)


def row(rng, names, whole_numbers=False, upstream_scale=1.0):
    """A batch and an upstream gradient for a row of given layers."""
    n, d = (int(size) for size in rng.choice([(4, 3), (3, 2), (2, 4), (4, 2)]))
    inputs, dvalues = signed(rng, (n, d), whole_numbers), signed(rng, (n, d), whole_numbers)
    if not whole_numbers:
        inputs, dvalues = inputs / 3, dvalues * upstream_scale
    return {"layers": names, "inputs": inputs, "dvalues": dvalues}


Network = Exercise(
    name="Network",
    reference=reference.Network,
    kinds=[
        Kind(
            "three layers",
            {
                "layers": "square turn stretch",
                "inputs": [[1.0, -2.0], [0.5, 3.0], [-1.5, 2.5]],
                "dvalues": [[1.0, -2.0], [-1.0, 4.0], [2.5, 1.5]],
            },
            lambda rng: row(rng, "square turn stretch"),
        ),
        Kind(
            "two layers",
            {
                "layers": "turn wave",
                "inputs": [[0.5, -1.0, 1.5], [2.0, 0.25, -0.75]],
                "dvalues": [[2.0, -1.0, 0.5], [1.5, 3.0, -2.5]],
            },
            lambda rng: row(rng, "turn wave"),
        ),
        Kind(
            "five layers",
            {
                "layers": "stretch square turn stretch wave",
                "inputs": [[0.5, -0.25], [1.0, 0.75], [-0.5, 1.25]],
                "dvalues": [[2.0, -1.0], [0.5, 3.0], [-1.5, 2.5]],
            },
            lambda rng: row(rng, "stretch square turn stretch wave"),
        ),
        Kind(
            "one layer, whole numbers",
            {"layers": "square", "inputs": [[3, -2], [4, 5], [-6, 7]], "dvalues": [[2, 3], [-4, 5], [6, -2]]},
            lambda rng: row(rng, "square", whole_numbers=True),
        ),
        Kind(
            "an upstream of millions",
            {
                "layers": "turn square wave",
                "inputs": [[0.5, -1.5, 0.75], [2.0, 1.0, -0.25]],
                "dvalues": [[2e6, -1e6, 3e6], [-2.5e6, 4e6, 1e6]],
            },
            lambda rng: row(rng, "turn square wave", upstream_scale=1e6),
        ),
    ],
)


def to_check(rng, kind, planted="", whole_numbers=False, upstream_scale=1.0, silent=False):
    """A given network, X and dvalues; every gradient clear of rounding, so that a right one can be told from a wrong one.

    silent: one input is 0 in every sample, so that its weights have no influence and their gradient is exactly 0.
    """
    n, d, m = (int(size) for size in rng.choice([(3, 2, 4), (4, 2, 3), (4, 3, 2), (2, 3, 4)]))
    while True:
        X, dvalues = signed(rng, (n, d), whole_numbers), signed(rng, (n, m), whole_numbers)
        X = (np.abs(X) + 1) // 3 * np.sign(X) if whole_numbers else X / 4  # small, so that curves stay gentle
        if silent:
            X[:, 0] = 0
        elif not whole_numbers:
            X[0, 0] *= 3e-7  # adding and taking off a nudge leaves a trace in it
        seed = int(rng.integers(2, 10_000))
        right, wrong = (GivenNetwork(kind, d, m, seed, what) for what in ("", planted))
        if is_clear(right, X, dvalues) and shows_both_signs(right, wrong, X, dvalues, planted.count("one")):
            dvalues = dvalues if upstream_scale == 1.0 else dvalues * upstream_scale
            return {"kind": kind, "seed": seed, "planted": planted, "X": X, "dvalues": dvalues}


def is_clear(network, X, dvalues):
    """True if no gradient is lost in the rounding of L, and no curve turns so sharply that a small step misjudges it."""
    total = np.abs(network.forward(X) * dvalues).sum()
    sizes = np.concatenate([np.ravel(np.abs(one)) for one in all_gradients(network, X, dvalues)])
    sizes = sizes[sizes > 0]
    return sizes.min() > 5e-3 * total and all(np.isfinite(sizes))


def all_gradients(network, X, dvalues):
    """dinputs, and dweights and dbiases of every layer that has them."""
    network.forward(X)
    dinputs = network.backward(dvalues)
    holders = [layer for layer in network.layers if hasattr(layer, "weights")]
    return [dinputs, *(getattr(layer, name) for layer in holders for name in ("dweights", "dbiases"))]


def shows_both_signs(right, wrong, X, dvalues, planted):
    """True if, of several arrays with one wrong entry each, some came out too large and some too small."""
    pairs = zip(all_gradients(right, X, dvalues), all_gradients(wrong, X, dvalues), strict=True)
    off = [float((theirs - ours).sum()) for ours, theirs in pairs if np.any(theirs != ours)]
    return planted < 2 or min(off) < 0 < max(off)


def checked(about, kind, planted="", seed=0, **how):
    """A kind of case whose public example is drawn like the hidden ones, from a seed of its own."""
    return Kind(
        about,
        to_check(np.random.default_rng(seed), kind, planted, **how),
        lambda rng: to_check(rng, kind, planted, **how),
    )


check_gradients = Exercise(
    name="check_gradients",
    reference=reference.check_gradients,
    rtol=2e-3,
    kinds=[
        checked("right gradients, layers 0 and 2 with parameters", "three", seed=1),
        checked("wrong ones among right ones", "three", "0.weights 2, 0.biases -1, 2.biases 0", seed=2),
        checked(
            "one wrong entry in each of three arrays",
            "two",
            "inputs one -1, 0.weights one 2, 1.weights one 4",
            seed=3,
        ),
        checked(
            "four layers, an upstream of millions",
            "four",
            "inputs 3, 3.weights 0.25, 1.biases one 2",
            seed=4,
            upstream_scale=1e6,
        ),
        checked("an upstream of millionths", "two", "0.weights 2, 1.biases -1", seed=5, upstream_scale=1e-6),
        checked("a backward pass that ignores its upstream", "two", "upstream 1", seed=7),
        checked(
            "weights without influence, whole numbers",
            "three",
            "2.weights 2",
            seed=6,
            whole_numbers=True,
            silent=True,
        ),
    ],
)
