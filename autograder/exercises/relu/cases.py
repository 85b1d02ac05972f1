"""07-relu: the four exercises and the inputs they are tried on.

Every array of z holds exact zeros, open gates with a negative upstream and closed gates with a positive one. Where z is
computed, inputs and weights are multiples of a quarter: their sums are exact in any order, so a zero is a zero.
"""

import numpy as np

from autograder.exercise import Exercise, Kind
from autograder.exercises.batch.draws import SQUARE
from autograder.reference import relu as reference

SHAPES = [(4, 3, 2), (3, 4, 2), (2, 4, 3), (3, 2, 4), (4, 2, 3), (5, 3, 2)]  # N, D, M, all different
CELLS = [(0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)]  # the sign of z, the sign of the upstream


def eighths(rng, shape):
    """Positive numbers that are neither whole nor near 1: odd multiples of an eighth, 1.375 to 7.875."""
    return (2 * rng.integers(5, 32, size=shape) + 1) / 8


def whole(rng, shape):
    """Whole numbers from 2 to 29."""
    return rng.integers(2, 30, size=shape)


def billionths(rng, shape):
    """Around 0.000000001."""
    return eighths(rng, shape) * 1e-9


def millionths(rng, shape):
    """Around 0.000001."""
    return eighths(rng, shape) * 1e-6


def millions(rng, shape):
    """Around 1000000."""
    return eighths(rng, shape) * 1e6


def gates(rng, z_sizes=eighths, upstream_sizes=eighths):
    """dvalues and z of one shape, in which every pair of signs in CELLS occurs."""
    shape = tuple(int(n) for n in rng.choice([(3, 4), (4, 3), (2, 5), (5, 2)]))
    more = shape[0] * shape[1] - len(CELLS)
    cells = rng.permutation([*CELLS, *(CELLS[i] for i in rng.integers(len(CELLS), size=more))])
    z_signs, upstream_signs = (cells[:, i].reshape(shape) for i in (0, 1))
    return {"dvalues": upstream_signs * upstream_sizes(rng, shape), "z": z_signs * z_sizes(rng, shape)}


def only_z(rng, sizes):
    """z alone, with every sign."""
    return {"z": gates(rng, sizes)["z"]}


def signed(rng, shape, sizes):
    """Numbers of both signs."""
    return sizes(rng, shape) * rng.choice([-1, 1], size=shape)


def quarters(rng, shape):
    """Multiples of a quarter from 1.25 to 4."""
    return rng.integers(5, 17, size=shape) / 4


def digits(rng, shape):
    """Whole numbers from 2 to 9."""
    return rng.integers(2, 10, size=shape)


def layer(rng, sizes=quarters, upstream_sizes=eighths, scale=1, shapes=SHAPES):
    """A dense layer with ReLU whose gates tell every known mistake from the right answer; drawn until they do."""
    n, d, m = (int(size) for size in rng.choice(shapes))
    while True:
        inputs, weights, biases = (signed(rng, shape, sizes) for shape in ((n, d), (d, m), (1, m)))
        products = inputs @ weights
        biases[0, 0] = -products[rng.integers(n), 0]  # one z is exactly 0
        dvalues = signed(rng, (n, m), upstream_sizes)
        z = products + biases
        if (
            not np.isin(biases, (0, 1)).any()
            and ((z > 0) & (dvalues < 0)).any()
            and ((z < 0) & (dvalues > 0)).any()
            and ((z > 0) != (products > 0)).any()
            and ((z > 0).any(axis=1).sum() > 1)
            and not (n == m and np.allclose(np.where(z > 0, dvalues, 0), np.where(z > 0, dvalues, 0).T))
            and np.abs(np.where(z > 0, 0, dvalues).sum(axis=0)).max() > 0.5 * np.abs(dvalues).min()
        ):
            break
    return {"dvalues": dvalues, "inputs": inputs * scale, "weights": weights, "biases": biases * scale}


PRINTED_Z = [[1, 2, -3, -4], [2, -7, -1, 3], [-1, 2, 5, -1]]

relu_forward = Exercise(
    name="relu_forward",
    reference=reference.relu_forward,
    kinds=[
        Kind("the lesson's first grid", {"z": PRINTED_Z}, None),
        Kind(
            "z of 0, below 0 and above", {"z": [[1.5, 0.0, -3.0], [2.0, -1.25, 0.5]]}, lambda rng: only_z(rng, eighths)
        ),
        Kind("whole numbers", {"z": [[4, 0], [-5, 3], [2, -1]]}, lambda rng: only_z(rng, whole)),
        Kind(
            "values near 0, down to 1e-9",
            {"z": [[2e-9 / 7, -1e-9, 0.0], [-3e-9, 1e-9, 4e-9]]},
            lambda rng: only_z(rng, billionths),
        ),
        Kind(
            "values in the millions", {"z": [[2e6, -1e6], [0.0, 3.5e6], [-4e6, 1e6]]}, lambda rng: only_z(rng, millions)
        ),
    ],
)

relu_backward = Exercise(
    name="relu_backward",
    reference=reference.relu_backward,
    kinds=[
        Kind(
            "the lesson's first grids", {"dvalues": [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]], "z": PRINTED_Z}, None
        ),
        Kind(
            "an upstream of both signs, and a z of 0",
            {"dvalues": [[-1.5, 4.0, 2.0], [0.25, -6.0, -8.0]], "z": [[1.0, 0.0, -3.0], [2.0, -1.0, 0.5]]},
            gates,
        ),
        Kind(
            "whole z, fractional upstream",
            {"dvalues": [[-2.75, 4.5], [0.5, -1.25], [2.5, -0.75]], "z": [[3, -2], [0, 5], [2, -4]]},
            lambda rng: gates(rng, whole),
        ),
        Kind(
            "whole numbers throughout",
            {"dvalues": [[-6, 2, 7], [3, 5, -4]], "z": [[4, 0, -5], [-2, 3, 2]]},
            lambda rng: gates(rng, whole, whole),
        ),
        Kind(
            "z near 0, down to 1e-9",
            {"dvalues": [[3.0, -2.5], [1.5, 4.0], [-5.0, 2.0]], "z": [[2e-9, 3e-9], [-1e-9, -2e-9], [1e-9, 0.0]]},
            lambda rng: gates(rng, billionths),
        ),
        Kind(
            "z in the millions, an upstream of millionths",
            {
                "dvalues": [[-2e-6 / 7, 3e-6, 5e-6], [4e-6, -1e-6, -6e-6]],
                "z": [[1.5e6, -2e6, 0.0], [3e6, 2.5e6, -5e5]],
            },
            lambda rng: gates(rng, millions, millionths),
        ),
    ],
)

dense_relu_backward = Exercise(
    name="dense_relu_backward",
    reference=reference.dense_relu_backward,
    kinds=[
        Kind(
            "the first batch of chapter 06, as in the cell above the checks",
            {
                "dvalues": [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [3.0, 3.0, 3.0]],
                "inputs": [[1.0, 2.0, 3.0, 2.5], [2.0, 5.0, -1.0, 2.0], [-1.5, 2.7, 3.3, -0.8]],
                "weights": [[0.2, 0.5, -0.26], [0.8, -0.91, -0.27], [-0.5, 0.26, 0.17], [1.0, -0.5, 0.87]],
                "biases": [[2.0, 3.0, 0.5]],
            },
            None,
        ),
        Kind(
            "N, D and M all different, one z of 0",
            {
                "dvalues": [[-1.5, 2.0], [4.0, -3.0], [2.5, 0.5], [-2.0, 1.25]],
                "inputs": [[1.0, 2.0, -1.0], [2.0, -0.5, 0.5], [-1.5, 1.0, 3.0], [0.5, -2.0, 1.5]],
                "weights": [[0.5, -1.0], [1.5, 2.0], [-2.0, 0.5]],
                "biases": [[0.75, 3.0]],
            },
            layer,
        ),
        Kind(
            "a layer of whole numbers, fractional upstream",
            {
                "dvalues": [[-2.5, 1.5, 3.5], [0.5, -4.5, 2.5]],
                "inputs": [[2, -1, 3, 1], [-3, 2, 1, -2]],
                "weights": [[2, -1, 3], [1, 4, -2], [-2, 2, 1], [3, 1, -3]],
                "biases": [[5, -11, 2]],
            },
            lambda rng: layer(rng, digits),
        ),
        Kind(
            "whole numbers throughout",
            {
                "dvalues": [[3, 2, -5, 4], [-2, 6, 3, -3], [5, -4, 2, 7]],
                "inputs": [[3, -2], [1, 4], [-2, 5]],
                "weights": [[2, -1, 3, -3], [1, 2, -2, 2]],
                "biases": [[-4, 3, -6, 2]],
            },
            lambda rng: layer(rng, digits, digits),
        ),
        Kind(
            "inputs in the millions, an upstream of millionths",
            {
                "dvalues": [[2e-6 / 7, -3e-6], [-1.5e-6, 4e-6], [2.5e-6, -5e-7]],
                "inputs": [[1e6, -2e6, 5e5, 3e6], [2e6, 1e6, -1e6, -5e5], [-1e6, 5e5, 2e6, -3e6]],
                "weights": [[0.5, -1.0], [1.0, 0.5], [-2.0, 1.5], [0.25, 2.0]],
                "biases": [[1.75e6, 2.5e6]],
            },
            lambda rng: layer(rng, quarters, millionths, scale=1e6),
        ),
        Kind(
            SQUARE,
            {
                "dvalues": [[-1.5, 2.5], [3.0, -0.5]],
                "inputs": [[2.0, -1.0], [0.5, 4.0]],
                "weights": [[1.5, -2.0], [-2.5, 2.0]],
                "biases": [[9.5, -2.5]],
            },
            lambda rng: layer(rng, shapes=[(2, 2, 2)]),
        ),
    ],
)

exposing_case = Exercise(
    name="exposing_case",
    reference=reference.exposing_case,
    kinds=[Kind("your case", {}, lambda rng: {})],
)
