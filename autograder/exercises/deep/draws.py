"""14-deep: what hidden cases are drawn from: features on scales of their own and far from 0, rows of layers, running numbers.

Sizes are all different, and none is 1 unless a case says so; gammas and betas have both signs and are neither 0 nor 1 (but where a
case wants a 0). What has to come out as exactly 0 is made of quarters of whole numbers and four samples: sums and means of such are
exact, in whatever order.
"""

import numpy as np


def signed(rng, *size, low=0.3, high=2.0):
    """Numbers of both signs, none of them near 0."""
    return rng.uniform(low, high, size=size) * rng.choice([-1, 1], size=size)


def quarters(rng, *size):
    """Quarters of whole numbers, of both signs, from 1/2 to 3."""
    return rng.integers(2, 13, size=size) / 4 * rng.choice([-1, 1], size=size)


def whole(rng, *size):
    """Whole numbers of both signs, 1 to 9 away from 0; no two alike in a row or column: they would leave nothing of an upstream."""
    while True:
        drawn = rng.integers(1, 10, size=size) * rng.choice([-1, 1], size=size)
        if all(np.diff(np.sort(drawn, axis=axis), axis=axis).all() for axis in range(drawn.ndim)):
            return drawn


def clear(rng, draw, back):
    """Drawn until no gradient has an entry that is nearly 0 beside the others, as whole numbers can have it."""
    while True:
        inputs = draw(rng)
        found = back(*(inputs[name] for name in ("dvalues", "X", "gamma")))
        if all(np.abs(one).min() > 1e-3 * np.abs(one).max() for one in found):
            return inputs


def n_and_d(rng):
    """N and D: 3, 4 or 5, and different; at least three of both, so that no direction is the last one left."""
    return (int(one) for one in rng.choice([3, 4, 5], size=2, replace=False))


def features(rng, n, d, low=-1.0, high=2.0):
    """(n, d): column by column on a scale of its own, 10^low to 10^high, and up to three times that far from 0."""
    scale = 10 ** rng.uniform(low, high, size=d)
    return scale * (signed(rng, n, d) + signed(rng, d, low=1.5, high=3.0))


def rows_apart(rng, *shape, low=-1.0, high=2.0):
    """(..., d): row by row on a scale of its own, and up to three times that far from 0."""
    rows = int(np.prod(shape[:-1]))
    return features(rng, shape[-1], rows, low, high).T.reshape(shape).copy()


# ---------------------------------------------------------------- what a norm is given


def forward(rng, n=0, d=0, eps=1e-5, draw=features, scale=1.0, zero=False, **how):
    """X, gamma, beta and eps, for means over samples. n, d: how many, 0 for any; zero: one gamma is 0."""
    some_n, some_d = n_and_d(rng)
    X = draw(rng, n or some_n, d or some_d, **how) * scale
    gamma, beta = signed(rng, 1, X.shape[-1]), signed(rng, 1, X.shape[-1])
    gamma[0, 0] = abs(gamma[0, 0])
    gamma[0, -1] = 0.0 if zero else -abs(gamma[0, -1])
    return {"X": X, "gamma": gamma, "beta": beta, "eps": eps}


def backward(rng, upstream=1.0, draw_upstream=signed, **how):
    """dvalues, X, gamma and eps, for means over samples; upstream: how large dvalues are."""
    inputs = forward(rng, **how)
    inputs.pop("beta")
    return {"dvalues": draw_upstream(rng, *inputs["X"].shape) * upstream, **inputs}


def constant(rng, draw, level=False):
    """The second of three features is the same in all four samples. level: so is what comes back to it.

    The others vary by thousandths, so that their slopes are as large as those of the one that stands still.
    """
    inputs = draw(rng, n=4, d=3, low=-3.0, high=-2.5)
    inputs["X"][:, 1] = quarters(rng, 1)
    inputs["gamma"] = quarters(rng, 1, 3)
    if "dvalues" in inputs:
        inputs["dvalues"] = quarters(rng, 4, 3)
        inputs["dvalues"][:, 1] = quarters(rng, 1) if level else [2.0, -0.5, 1.25, 0.75]
    return inputs


def in_rows(rng, *axes, d=0, draw=forward, rows=rows_apart, **how):
    """The same for means over rows: X (*axes, d), all sizes different; axes: those in front, drawn where none is named."""
    while not (axes and d):
        n, some_d = n_and_d(rng)
        axes, d = axes or (n,), d or some_d
        if d in axes:
            axes, d = (), 0
    inputs = draw(rng, n=2, d=d, **how)
    inputs["X"] = rows(rng, *axes, d)
    if "dvalues" in inputs:
        inputs["dvalues"] = signed(rng, *axes, d) * how.get("upstream", 1.0)
    return inputs


def constant_row(rng, draw, level=False):
    """The second of three rows is the same in all four features. level: so is gamma times what comes back to it."""
    inputs = in_rows(rng, 3, d=4, draw=draw, rows=lambda *of: rows_apart(*of, low=-3.0, high=-2.5))
    inputs["X"][1] = quarters(rng, 1)
    inputs["gamma"] = np.array([[0.5, -1.0, 2.0, -0.25]])
    if "dvalues" in inputs:
        inputs["dvalues"] = quarters(rng, 3, 4)
        if level:
            inputs["dvalues"][1] = quarters(rng, 1) / inputs["gamma"][0]
    return inputs


# ---------------------------------------------------------------- rows of layers


def through(rng, layers, n=0, d=0, draw=signed, upstream=1.0):
    """Layers by name, a batch and what comes back; the width doubles at every "twice"."""
    some_n, some_d = (int(one) for one in rng.choice([2, 3, 4], size=2, replace=False))
    n, d = n or some_n, d or some_d
    width = d * 2 ** layers.split().count("twice")
    return {"layers": layers, "inputs": draw(rng, n, d), "dvalues": draw(rng, n, width) * upstream}


# ---------------------------------------------------------------- batch norm as a layer


def batches(rng, steps, momentum=0.9, n=0, d=0, draw=features):
    """Some batches of one shape, one after the other."""
    some_n, some_d = n_and_d(rng)
    n, d = n or some_n, d or some_d
    return {"batches": np.stack([draw(rng, n, d) for _ in range(steps)]), "momentum": momentum}


def held(rng, d):
    """Weights, biases and running numbers of a layer that has seen batches."""
    numbers = {"weights": signed(rng, 1, d), "biases": signed(rng, 1, d)}
    return numbers | {"running_mean": signed(rng, 1, d), "running_variance": rng.uniform(0.4, 3.0, size=(1, d)) ** 2}


def in_test(rng, n=0, d=0, eps=1e-5, draw=signed):
    """A batch, and the numbers of a layer that gets it in test mode."""
    some_n, some_d = n_and_d(rng)
    n, d = n or some_n, d or some_d
    return {"X": draw(rng, n, d), **held(rng, d), "eps": eps}


def both_ways(rng, n=0, seen=0, d=0, eps=1e-5, draw=features, upstream=1.0):
    """A batch for training and one for test mode, what comes back to each, and the numbers of the layer."""
    some_n, some_d = n_and_d(rng)
    n, d, seen = n or some_n, d or some_d, seen or 2
    numbers = held(rng, d)
    numbers.pop("biases")
    return {
        "X": draw(rng, n, d),
        "dvalues": signed(rng, n, d) * upstream,
        "seen": signed(rng, seen, d),
        "upstream": signed(rng, seen, d) * upstream,
        **numbers,
        "eps": eps,
    }
