"""08-network: what hidden cases are drawn from: layers, rows of layers, and networks whose gradients can be checked."""

import numpy as np

from autograder.exercise import Kind
from autograder.exercises.relu.draws import gates
from autograder.reference.slopes import numerical_gradient, relative_error
from course.probes.network import SURE, GivenNetwork

CURVED, CURVED_STEP = 6e-5, 1e-5
STEPS = (1e-4, 1e-5, 1e-6)  # of those who nudge: a right gradient has to be right by each

SIZES = [(4, 3, 2), (3, 4, 2), (2, 4, 3), (3, 2, 4), (4, 2, 3), (5, 3, 2)]  # N, D, M, all different


def signed(rng, shape, whole_numbers=False, many_digits=False):
    """Numbers of both signs: multiples of a quarter from 1.25 to 4, any number from there, or whole ones from 2 to 9."""
    sizes = rng.integers(2, 10, size=shape) if whole_numbers else rng.integers(5, 17, size=shape) / 4
    sizes = rng.uniform(1.25, 4, size=shape) if many_digits else sizes
    return sizes * rng.choice([-1, 1], size=shape)


def layer(rng, whole_numbers=False, scale=1.0, upstream_scale=1.0):
    """A dense layer with parameters, a batch and an upstream gradient without a pattern."""
    n, d, m = (int(size) for size in rng.choice(SIZES))
    while True:
        weights, biases, inputs, dvalues = (
            signed(rng, shape, whole_numbers, not whole_numbers) for shape in ((d, m), (1, m), (n, d), (n, m))
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


def seen_by_relu(rng, *sizes):
    """Inputs and upstream of one shape, in which every pair of signs occurs, zero among them."""
    drawn = gates(rng, *sizes)
    return {"inputs": drawn["z"], "dvalues": drawn["dvalues"]}


def row(rng, names, whole_numbers=False, upstream_scale=1.0):
    """A batch and an upstream gradient for a row of given layers."""
    n, d = (int(size) for size in rng.choice([(4, 3), (3, 2), (2, 4), (4, 2)]))
    inputs, dvalues = signed(rng, (n, d), whole_numbers), signed(rng, (n, d), whole_numbers)
    if not whole_numbers:
        inputs, dvalues = inputs / 3, dvalues * upstream_scale
    return {"layers": names, "inputs": inputs, "dvalues": dvalues}


def to_check(rng, kind, planted="", whole_numbers=False, upstream_scale=1.0, silent=False, curved=False):
    """A given network, X and dvalues; every gradient clear of rounding, so that a right one can be told from a wrong one.

    silent: one input is 0 in every sample, so that its weights have no influence and their gradient is exactly 0.
    curved: a nudge to one side only shows in the fourth decimal of the error, and is not lost when that is rounded.
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
        if not (is_clear(right, X, dvalues) and shows_both_signs(right, wrong, X, dvalues, planted.count("one"))):
            continue
        if curved and misjudged(right, X.astype(float), dvalues, CURVED_STEP, up_only=True) < CURVED:
            continue
        dvalues = dvalues if upstream_scale == 1.0 else dvalues * upstream_scale
        if all(misjudged(right, X.astype(float), dvalues, h) < SURE / 4 for h in STEPS):
            return {"kind": kind, "seed": seed, "planted": planted, "X": X, "dvalues": dvalues}


def is_clear(network, X, dvalues):
    """True if no gradient is lost in the rounding of L, and no curve turns so sharply that a small step misjudges it."""
    total = np.abs(network.forward(X) * dvalues).sum()
    sizes, uncancelled = (
        np.concatenate([np.ravel(np.abs(one)) for one in all_gradients(network, X, upstream)])
        for upstream in (dvalues, np.abs(dvalues))
    )
    if np.any((sizes == 0) & (uncancelled > 0)):
        return False  # 5 and -5 add up to 0 in one order, and to a rounding in another
    sizes = sizes[sizes > 0]
    return sizes.min() > 5e-3 * total and all(np.isfinite(sizes))


def misjudged(network, X, dvalues, h, up_only=False):
    """The largest relative error that central differences with a step of h find in right gradients; or those to one side."""
    right = all_gradients(network, X, dvalues)
    holders = [layer for layer in network.layers if hasattr(layer, "weights")]
    arrays = [X, *(getattr(layer, name) for layer in holders for name in ("weights", "biases"))]

    def outcome(array, values):
        kept = array.copy()
        array[...] = values
        total = np.sum(network.forward(X) * dvalues)
        array[...] = kept
        return total

    def slopes(array):
        if not up_only:
            return numerical_gradient(lambda values: outcome(array, values), array, h)
        here, found = outcome(array, array.copy()), np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            moved = array.copy()
            moved[index] += h
            found[index] = (outcome(array, moved) - here) / h
        return found

    return max(relative_error(slopes(array), gradient) for array, gradient in zip(arrays, right, strict=True))


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
