"""01-slopes: the exercises and their cases.

The expected slopes are the reference's own central differences, so a right answer differs only by rounding, which is
some 1e-11 of the slope on these functions. A forward difference is off by h/x, 1e-6 and more: `RTOL` lies between.
"""

import numpy as np

from autograder.exercise import Exercise, Kind
from autograder.exercises.slopes.draws import (
    CUBES,
    MIXED,
    close_pairs,
    first_one_small,
    near_the_corner,
    opposite,
    rows_and_columns,
    signed,
    stretching,
    stretching_rows,
    tiny,
    whole,
    with_nan,
)
from autograder.reference import slopes as reference
from course.probes.slopes import DEFAULT_H

RTOL = 1e-7

CUBE, BENT, FALLING, CORNER = "x * x * x", "x * x * x - 4 * x", "1 / x", "max(0.0, x)"

derivative = Exercise(
    name="derivative",
    reference=reference.derivative,
    rtol=RTOL,
    kinds=(
        Kind(
            "the lesson's cube",
            {"f": CUBE, "x": 2.0, "h": DEFAULT_H},
            lambda rng: {"f": CUBE, "x": rng.uniform(1.0, 4.0), "h": DEFAULT_H},
            seed=0,
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
        Kind("zeros and tiny numbers", {"a": [0.0, 2e-11, 4e-11], "b": [0.0, -2e-11, 1e-11]}, tiny, seed=3),
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

PRODUCT, QUARTER = "np.prod(x)", "np.prod(x) / 4"

CORNERS = "np.sum(np.abs(x))"

numerical_gradient = Exercise(
    name="numerical_gradient",
    reference=reference.numerical_gradient,
    rtol=RTOL,
    kinds=(
        Kind(
            "the lesson's product",
            {"f": PRODUCT, "x": [2.0, -3.0, 4.0], "h": DEFAULT_H},
            lambda rng: {"f": PRODUCT, "x": first_one_small(rng, int(rng.integers(3, 5))), "h": DEFAULT_H},
            seed=0,
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

EXERCISES = (derivative, relative_error, numerical_gradient)
