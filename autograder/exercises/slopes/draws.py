"""01-slopes: what hidden cases are drawn from: points away from corners, pairs that nearly agree, a NaN somewhere."""

import numpy as np

from course.probes.slopes import DEFAULT_H

CUBES, MIXED = "np.sum(x * x * x)", "np.sum(x * x * x) + np.prod(x[0])"


def signed(rng, low, high, shape):
    """Random numbers of both signs, none of them near 0; the first is positive, the second negative."""
    signs = rng.choice([-1.0, 1.0], size=shape)
    signs.flat[:2] = 1.0, -1.0
    return signs * rng.uniform(low, high, size=shape)


def first_one_small(rng, size):
    """The same, the first so small that a nudge which stays in it shows, in float32 too."""
    x = signed(rng, 0.5, 3.0, size)
    x[0] = rng.uniform(0.1, 0.2)
    return x


def rows_and_columns(rng):
    """More entries than one axis can count; the first row is positive, so that no slope comes near 0."""
    x = signed(rng, 0.5, 2.0, ((2, 3), (3, 2), (2, 4))[rng.integers(3)])
    x[0] = np.abs(x[0])
    return {"f": MIXED, "x": x, "h": DEFAULT_H}


def whole(rng):
    """Odd numbers of both signs: a quarter of a product of them is a fraction."""
    return (2 * rng.integers(1, 5, size=3) + 1) * rng.permutation([1, -1, 1])


def near_the_corner(rng, count):
    """Places within reach of the default h, and of no other: what a slope says there depends on h."""
    return rng.choice([-1.0, 1.0], size=count) * rng.uniform(0.2, 0.8, size=count) * DEFAULT_H


def close_pairs(rng, shape):
    """(a, b): largest differences where the numbers are large, largest relative ones where they are small."""
    a = signed(rng, 1.0, 2.0, shape) * rng.permutation(np.logspace(-3, 3, int(np.prod(shape)))).reshape(shape)
    return {"a": a, "b": a * (1 + signed(rng, 0.02, 0.4, shape) / (1 + np.abs(a)))}


def opposite(rng):
    a = rng.uniform(0.5, 5.0, size=3)
    return {"a": a, "b": -a * [1.0, rng.uniform(0.2, 0.8), 1.5]}


def tiny(rng):
    a = np.array([0.0, *rng.uniform(1.0, 9.0, size=2)]) * 1e-11
    return {"a": a, "b": a * [0.0, -1.0, rng.uniform(0.2, 0.8)]}


def with_nan(rng, in_a=None, in_b=None):
    """Numbers with a NaN at a place of a, or of b."""
    pairs = close_pairs(rng, (int(rng.integers(3, 5)),))
    for name, place in (("a", in_a), ("b", in_b)):
        if place is not None:
            pairs[name][place] = np.nan
    return pairs


def stretching(rng):
    n = int(rng.integers(2, 5))
    a = rng.uniform(1.0, 2.0, size=n)
    return {"a": a, "b": a.reshape(n, 1)}


def stretching_rows(rng):
    n = int(rng.integers(2, 5))
    a = rng.uniform(1.0, 2.0, size=(1, n))
    return {"a": a, "b": np.vstack([a, a * rng.uniform(1.2, 1.8)])}
