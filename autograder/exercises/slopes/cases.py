"""01-slopes: the exercises and their cases.

The expected slopes are the reference's own central differences, so a right answer differs only by rounding, which is
some 1e-11 of the slope on these functions. A forward difference is off by h/x, 1e-6 and more: `RTOL` lies between.
"""

import numpy as np

from autograder.exercise import Exercise, Kind
from autograder.reference import slopes as reference
from course.probes.slopes import DEFAULT_H

RTOL = 1e-7

CUBE, BENT, FALLING, CORNER = "x * x * x", "x * x * x - 4 * x", "1 / x", "max(0.0, x)"
PRODUCT, QUARTER = "np.prod(x)", "np.prod(x) / 4"
CUBES, MIXED = "np.sum(x * x * x)", "np.sum(x * x * x) + np.prod(x[0])"
CORNERS = "np.sum(np.abs(x))"


def signed(rng, low, high, shape):
    """Random numbers of both signs, none of them near 0; the first is positive, the second negative."""
    signs = rng.choice([-1.0, 1.0], size=shape)
    signs.flat[:2] = 1.0, -1.0
    return signs * rng.uniform(low, high, size=shape)


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


derivative = Exercise(
    name="derivative",
    reference=reference.derivative,
    rtol=RTOL,
    kinds=(
        Kind(
            "the lesson's cube",
            {"f": CUBE, "x": 2.0, "h": DEFAULT_H},
            lambda rng: {"f": CUBE, "x": rng.uniform(1.0, 4.0), "h": DEFAULT_H},
        ),
        Kind(
            "a curve that falls",
            {"f": FALLING, "x": 0.5, "h": DEFAULT_H},
            lambda rng: {"f": FALLING, "x": rng.uniform(0.4, 0.9), "h": DEFAULT_H},
        ),
        Kind(
            "a whole number",
            {"f": BENT, "x": 3, "h": DEFAULT_H},
            lambda rng: {"f": BENT, "x": int(rng.integers(3, 10)), "h": DEFAULT_H},
        ),
        Kind(
            "a large h",
            {"f": CUBE, "x": 2.0, "h": 0.5},
            lambda rng: {"f": CUBE, "x": rng.uniform(1.0, 4.0), "h": rng.uniform(0.2, 0.6)},
        ),
        Kind(
            "a corner within reach of h",
            {"f": CORNER, "x": 2e-6, "h": DEFAULT_H},
            lambda rng: {"f": CORNER, "x": near_the_corner(rng, 1)[0], "h": DEFAULT_H},
        ),
        Kind(
            "very small numbers",
            {"f": CUBE, "x": 3e-6, "h": 1e-9},
            lambda rng: {"f": CUBE, "x": rng.uniform(2e-6, 9e-6), "h": 1e-9},
        ),
        Kind(
            "very large numbers",
            {"f": CUBE, "x": -4e6, "h": 100.0},
            lambda rng: {"f": CUBE, "x": -rng.uniform(2e6, 9e6), "h": 100.0},
        ),
    ),
)

numerical_gradient = Exercise(
    name="numerical_gradient",
    reference=reference.numerical_gradient,
    rtol=RTOL,
    kinds=(
        Kind(
            "the lesson's product",
            {"f": PRODUCT, "x": [2.0, -3.0, 4.0], "h": DEFAULT_H},
            lambda rng: {"f": PRODUCT, "x": signed(rng, 0.5, 3.0, int(rng.integers(3, 5))), "h": DEFAULT_H},
        ),
        Kind(
            "a curve for every entry",
            {"f": CUBES, "x": [1.5, -2.0, 0.5, 3.0], "h": DEFAULT_H},
            lambda rng: {"f": CUBES, "x": signed(rng, 0.5, 3.0, int(rng.integers(4, 7))), "h": DEFAULT_H},
        ),
        Kind(
            "rows and columns",
            {"f": MIXED, "x": [[1.5, 0.5, 2.0], [-1.0, 0.75, -2.5]], "h": DEFAULT_H},
            rows_and_columns,
        ),
        Kind(
            "corners within reach of h",
            {"f": CORNERS, "x": [2e-6, -4e-6, 1.5], "h": DEFAULT_H},
            lambda rng: {"f": CORNERS, "x": [*near_the_corner(rng, 2), -rng.uniform(0.5, 2.0)], "h": DEFAULT_H},
        ),
        Kind(
            "whole numbers",
            {"f": QUARTER, "x": [3, -5, 7], "h": DEFAULT_H},
            lambda rng: {"f": QUARTER, "x": whole(rng), "h": DEFAULT_H},
        ),
        Kind(
            "a large h",
            {"f": CUBES, "x": [1.5, -2.0, 0.75], "h": 0.25},
            lambda rng: {"f": CUBES, "x": signed(rng, 1.0, 3.0, 3), "h": rng.uniform(0.1, 0.4)},
        ),
        Kind(
            "very small numbers",
            {"f": CUBES, "x": [3e-6, -5e-6], "h": 1e-9},
            lambda rng: {"f": CUBES, "x": signed(rng, 2e-6, 9e-6, 2), "h": 1e-9},
        ),
        Kind(
            "very large numbers",
            {"f": CUBES, "x": [4e6, -3e6], "h": 100.0},
            lambda rng: {"f": CUBES, "x": signed(rng, 2e6, 9e6, 2), "h": 100.0},
        ),
    ),
)

relative_error = Exercise(
    name="relative_error",
    reference=reference.relative_error,
    kinds=(
        Kind(
            "the lesson's pairs",
            {"a": [12.0001, 0.0002], "b": [12.0, 0.0001]},
            lambda rng: close_pairs(rng, (int(rng.integers(4, 6)),)),
        ),
        Kind(
            "single numbers",
            {"a": -2.5, "b": -2.0},
            lambda rng: {"a": -rng.uniform(2.0, 3.0), "b": -rng.uniform(0.5, 1.5)},
        ),
        Kind(
            "rows and columns",
            {"a": [[4.0, -0.01, 250.0], [8.0, 3.0, -1.0]], "b": [[4.5, -0.013, 251.0], [8.0, 3.5, -1.25]]},
            lambda rng: close_pairs(rng, (2, 3)),
        ),
        Kind("opposite signs", {"a": [3.0, 1.0, 0.5], "b": [-3.0, -0.5, -0.75]}, opposite),
        Kind("zeros and tiny numbers", {"a": [0.0, 2e-11, 4e-11], "b": [0.0, -2e-11, 1e-11]}, tiny),
        Kind(
            "whole numbers",
            {"a": [3, -4, 10], "b": [2, -4, 11]},
            lambda rng: {"a": (a := rng.integers(5, 50, size=3) * [1, -1, 1]), "b": a - [0, 2, 3]},
        ),
        Kind(
            "very large numbers",
            {"a": [3e6, -5e6], "b": [3.5e6, -5e6]},
            lambda rng: {"a": (a := signed(rng, 1e6, 9e6, 2)), "b": a * rng.uniform(1.1, 1.9, size=2)},
        ),
        Kind("a NaN first in a", {"a": [np.nan, 1.0, 4.0], "b": [2.0, 1.0, 5.0]}, lambda rng: with_nan(rng, in_a=0)),
        Kind("a NaN last in a", {"a": [2.0, 1.0, np.nan], "b": [2.5, 1.0, 4.0]}, lambda rng: with_nan(rng, in_a=-1)),
        Kind("a NaN first in b", {"a": [2.0, 1.0, 4.0], "b": [np.nan, 1.0, 5.0]}, lambda rng: with_nan(rng, in_b=0)),
        Kind("a NaN last in b", {"a": [2.5, 1.0, 4.0], "b": [2.0, 1.0, np.nan]}, lambda rng: with_nan(rng, in_b=-1)),
        Kind("two numbers, both NaN", {"a": np.nan, "b": np.nan}, lambda rng: {"a": np.nan, "b": np.nan}),
        Kind("shapes that numpy would stretch", {"a": [1.0, 2.0, 3.0], "b": [[1.0], [2.0], [3.0]]}, stretching),
        Kind(
            "two axes each, and still to be stretched",
            {"a": [[1.0, 2.0, 3.0]], "b": [[1.0, 2.0, 3.0], [1.5, 2.0, 4.0]]},
            stretching_rows,
        ),
    ),
)
