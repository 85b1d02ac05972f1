"""07-relu: the four exercises and the inputs they are tried on.

Every array of z holds exact zeros, open gates with a negative upstream and closed gates with a positive one. Where z is
computed, inputs and weights are multiples of a quarter: their sums are exact in any order, so a zero is a zero.
"""

from autograder.exercise import Exercise, Kind
from autograder.exercises.batch.draws import SQUARE
from autograder.exercises.relu.draws import (
    billionths,
    digits,
    gates,
    layer,
    millions,
    millionths,
    one_sample,
    only_z,
    ordinary,
    quarters,
    whole,
)
from autograder.reference import relu as reference

PRINTED_Z = [[1, 2, -3, -4], [2, -7, -1, 3], [-1, 2, 5, -1]]

relu_forward = Exercise(
    name="relu_forward",
    reference=reference.relu_forward,
    kinds=[
        Kind("the lesson's first grid", {"z": PRINTED_Z}, None),
        Kind(
            "z of 0, below 0 and above",
            {"z": [[1.5, 0.0, -3.0], [2.0, -1.25, 0.5]]},
            lambda rng: only_z(rng, ordinary),
            seed=0,
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
        Kind("one sample", {"z": [[-1.25, 2.5, 0.0, -0.5]]}, lambda rng: {"z": one_sample(rng)["z"]}),
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
            seed=0,
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
        Kind(
            "one sample",
            {"dvalues": [[2.5, -1.5, 3.0, 0.75]], "z": [[-1.25, 2.5, 0.0, 1.5]]},
            one_sample,
        ),
    ],
)

exposing_case = Exercise(
    name="exposing_case",
    reference=reference.exposing_case,
    kinds=[Kind("your case", {}, lambda rng: {})],
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
            seed=0,
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
            seed=5,
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
            seed=6,
        ),
    ],
)

EXERCISES = (relu_forward, relu_backward, exposing_case, dense_relu_backward)
