"""08-network: the exercises and the inputs they are tried on.

N, D and M are all different, biases neither 0 nor 1, upstream gradients of both signs. Whatever ReLU sees holds exact zeros,
open gates with a negative upstream and closed ones with a positive one.
"""

from autograder.exercise import Exercise, Kind
from autograder.exercises.network.draws import checked, layer, row, seen_by_relu, sizes
from autograder.exercises.relu.draws import millions, millionths, whole
from autograder.reference import network as reference

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
            seed=0,
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
            seed=0,
        ),
    ],
)

Dense_weights = Exercise(
    name="Dense.weights",
    reference=reference.Dense,
    cell="dense",
    kinds=[
        Kind("more inputs than neurons", {"n_inputs": 4, "n_neurons": 2, "seed": 0}, sizes),
        Kind("more neurons than inputs", {"n_inputs": 2, "n_neurons": 3, "seed": 3}, sizes),
    ],
)

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
            seed=0,
        ),
        Kind(
            "inputs of millions, an upstream of millionths",
            {"inputs": [[2e6, -3e6], [0.0, 4e6], [-1e6, 5e6]], "dvalues": [[-2e-6, 3e-6], [5e-6, 4e-6], [1e-6, -6e-6]]},
            lambda rng: seen_by_relu(rng, millions, millionths),
            seed=0,
        ),
    ],
)

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
            seed=0,
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

check_gradients = Exercise(
    name="check_gradients",
    reference=reference.check_gradients,
    rtol=2e-3,
    kinds=[
        checked("right gradients, layers 0 and 2 with parameters", "three", seed=1, curved=True),
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

EXERCISES = (Dense, Dense_weights, ReLU, Network, check_gradients)
