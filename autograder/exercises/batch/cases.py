"""06-batch: on which inputs the five functions are tried. N, D and M are all different, except where a case says so."""

from autograder.exercise import Exercise, Kind
from autograder.exercises.batch.draws import (
    BIASES,
    CONSTANT_ROWS,
    DISAGREEING,
    HUGE,
    INPUTS,
    LOUD_NEURON,
    LOUD_SAMPLE,
    ONE,
    PRINTED,
    SQUARE,
    TINY,
    TWO_NEURONS,
    UNLIKE,
    VAST,
    WHOLE,
    a_layer,
    a_square_layer,
    all_three,
    all_three_square,
    loud,
    square_upstream_and_inputs,
    square_upstream_and_weights,
    upstream,
    upstream_and_inputs,
    upstream_and_weights,
    vast,
)
from autograder.exercises.layer.draws import WEIGHTS, whole
from autograder.reference import batch as reference

batch_forward = Exercise(
    name="batch_forward",
    reference=reference.batch_forward,
    kinds=[
        Kind(PRINTED, {"inputs": INPUTS, "weights": WEIGHTS, "biases": BIASES}, None),
        Kind(
            "N, D and M all different",
            {"inputs": INPUTS, "weights": TWO_NEURONS, "biases": [[2.0, -3.0]]},
            a_layer,
        ),
        Kind(
            WHOLE,
            {"inputs": [[1, -2, 3], [4, 2, -1]], "weights": [[2, -1, 3, 4], [3, 2, -2, 2], [-3, 4, 2, 5]]}
            | {"biases": [[2, -4, 5, 3]]},
            lambda rng: a_layer(rng, 1, whole),
        ),
        Kind(
            TINY,
            {
                "inputs": [[2e-6 / 7, -1e-6], [3e-6, 4e-6], [-5e-6, 2e-6]],
                "weights": [[0.5, -1.5, 2.0, 1.0], [3.0, 0.25, -1.0, 2.5]],
            }
            | {"biases": [[2e-6, -3e-6, 5e-6, 4e-6]]},
            lambda rng: a_layer(rng, 1e-6),
        ),
        Kind(
            HUGE,
            {"inputs": [[2e6, -1e6, 3e6], [4e6, 5e6, -2e6]], "weights": [[0.5, -1.5], [2.0, 1.0], [3.0, -0.25]]}
            | {"biases": [[3e6, -2e6]]},
            lambda rng: a_layer(rng, 1e6),
        ),
        Kind(
            SQUARE,
            {"inputs": [[1.0, -2.0], [3.0, 0.5]], "weights": [[2.0, -1.0], [0.5, 4.0]], "biases": [[3.0, -2.0]]},
            a_square_layer,
        ),
        Kind(
            ONE,
            {"inputs": [[1.5, -2.0, 0.5]], "weights": [[2.0, -1.0], [0.5, 4.0], [-1.5, 2.5]], "biases": [[3.0, -2.0]]},
            lambda rng: a_layer(rng, samples=1),
        ),
    ],
)

batch_dweights = Exercise(
    name="batch_dweights",
    reference=reference.batch_dweights,
    kinds=[
        Kind(PRINTED, {"dvalues": CONSTANT_ROWS, "inputs": INPUTS}, None),
        Kind(UNLIKE, {"dvalues": DISAGREEING, "inputs": INPUTS}, lambda rng: upstream_and_inputs(rng, samples=3)),
        Kind(
            WHOLE,
            {"dvalues": [[2, -3, 4, 1], [-1, 5, 2, -2]], "inputs": [[2, -1, 3], [4, 2, -5]]},
            lambda rng: upstream_and_inputs(rng, 1, whole),
        ),
        Kind(
            TINY,
            {
                "dvalues": [[2e-6 / 7, -3e-6, 1e-6], [-4e-6, 5e-6, 2e-6]],
                "inputs": [[0.5, -1.5, 2.0, 3.0], [0.25, -1.0, 2.5, 4.0]],
            },
            lambda rng: upstream_and_inputs(rng, 1e-6),
        ),
        Kind(
            HUGE,
            {"dvalues": [[2e6, -3e6], [-4e6, 5e6], [1e6, 6e6], [3e6, 2e6]]}
            | {"inputs": [[0.5, -1.5, 1.0], [2.0, 3.0, -0.5], [0.25, -1.0, 4.0], [1.5, 0.75, -2.0]]},
            lambda rng: upstream_and_inputs(rng, 1e6),
        ),
        Kind(
            SQUARE,
            {"dvalues": [[1.0, -2.0], [3.0, 0.5]], "inputs": [[2.0, -1.0], [0.5, 4.0]]},
            square_upstream_and_inputs,
        ),
        Kind(
            ONE,
            {"dvalues": [[1.5, -2.0]], "inputs": [[2.0, -1.0, 0.5]]},
            lambda rng: upstream_and_inputs(rng, samples=1),
        ),
        Kind(
            LOUD_NEURON,
            {"dvalues": [[1.5, -2e9], [-0.5, 3e9], [2.5, 1e9]], "inputs": [[2.0, -1.0], [0.5, 4.0], [-3.0, 1.5]]},
            lambda rng: loud(upstream_and_inputs(rng), axis=1),
        ),
    ],
)

batch_dinputs = Exercise(
    name="batch_dinputs",
    reference=reference.batch_dinputs,
    kinds=[
        Kind(PRINTED, {"dvalues": CONSTANT_ROWS, "weights": WEIGHTS}, None),
        Kind(UNLIKE, {"dvalues": DISAGREEING, "weights": TWO_NEURONS}, upstream_and_weights),
        Kind(
            WHOLE,
            {"dvalues": [[2, -3, 4, 1], [-1, 5, 2, -2]], "weights": [[2, -1, 3, 4], [3, 2, -2, 2], [-3, 4, 2, 5]]},
            lambda rng: upstream_and_weights(rng, 1, whole),
        ),
        Kind(
            TINY,
            {
                "dvalues": [[2e-6 / 7, -3e-6, 1e-6], [-4e-6, 5e-6, 2e-6]],
                "weights": [[0.5, -1.5, 2.0], [3.0, 0.25, -1.0], [1.0, 2.5, -2.0], [-0.75, 4.0, 1.5]],
            },
            lambda rng: upstream_and_weights(rng, 1e-6),
        ),
        Kind(
            HUGE,
            {
                "dvalues": [[2e6, -3e6], [-4e6, 5e6], [1e6, 6e6], [3e6, 2e6]],
                "weights": [[0.5, -1.5], [2.0, 3.0], [0.25, -1.0]],
            },
            lambda rng: upstream_and_weights(rng, 1e6),
        ),
        Kind(
            SQUARE,
            {"dvalues": [[1.0, -2.0], [3.0, 0.5]], "weights": [[2.0, -1.0], [0.5, 4.0]]},
            square_upstream_and_weights,
        ),
        Kind(
            ONE,
            {"dvalues": [[1.5, -2.0]], "weights": [[2.0, -1.0], [0.5, 4.0], [-1.5, 2.5]]},
            lambda rng: upstream_and_weights(rng, samples=1),
        ),
        Kind(
            LOUD_SAMPLE,
            {"dvalues": [[1.5, -2.0], [3e9, -5e9], [2.5, 1.0]], "weights": [[2.0, -1.0], [0.5, 4.0]]},
            lambda rng: loud(upstream_and_weights(rng)),
        ),
    ],
)

batch_dbiases = Exercise(
    name="batch_dbiases",
    reference=reference.batch_dbiases,
    kinds=[
        Kind(PRINTED, {"dvalues": CONSTANT_ROWS}, None),
        Kind(
            "neurons that disagree, with N and M different",
            {"dvalues": DISAGREEING},
            lambda rng: upstream(rng, samples=3),
        ),
        Kind(WHOLE, {"dvalues": [[2, -3, 4, 1], [-1, 5, 2, -3]]}, lambda rng: upstream(rng, 1, whole)),
        Kind(TINY, {"dvalues": [[2e-6 / 7, -3e-6, 1e-6], [-4e-6, 5e-6, 2e-6]]}, lambda rng: upstream(rng, 1e-6)),
        Kind(HUGE, {"dvalues": [[2e6, -3e6], [-4e6, 5e6], [1e6, 6e6]]}, lambda rng: upstream(rng, 1e6)),
        Kind(SQUARE, {"dvalues": [[1.0, -2.0], [3.0, 0.5]]}, None),
        Kind(ONE, {"dvalues": [[1.5, -2.0, 0.5]]}, lambda rng: upstream(rng, samples=1)),
        Kind(
            LOUD_NEURON,
            {"dvalues": [[1.5, -2e9], [-0.5, 3e9], [2.5, 1e9]]},
            lambda rng: loud(upstream(rng), axis=1),
        ),
    ],
)

PRINTED_CALL = f"{PRINTED} (`dvalues`, `inputs`, `weights`)"  # one number too long to be printed

dense_backward = Exercise(
    name="dense_backward",
    reference=reference.dense_backward,
    kinds=[
        Kind(PRINTED_CALL, {"dvalues": CONSTANT_ROWS, "inputs": INPUTS, "weights": WEIGHTS}, None),
        Kind(
            UNLIKE,
            {"dvalues": DISAGREEING, "inputs": INPUTS, "weights": TWO_NEURONS},
            lambda rng: all_three(rng, samples=3),
        ),
        Kind(
            "inputs and weights in whole numbers",
            {"dvalues": [[0.5, -1.25], [2.75, 0.25], [-0.75, 1.5], [1.25, -3.5]]}
            | {"inputs": [[2, -1, 3], [4, 2, -5], [-3, 6, 2], [5, -2, 4]], "weights": [[2, -3], [5, 4], [-2, 3]]},
            lambda rng: all_three(rng, 1, whole),
        ),
        Kind(
            TINY,
            {
                "dvalues": [[2e-6 / 7, -3e-6, 1e-6, 4e-6], [-4e-6, 5e-6, 2e-6, -1e-6]],
                "inputs": [[0.5, -1.5, 2.0], [3.0, 0.25, -1.0]],
            }
            | {"weights": [[0.5, 2.0, -1.5, 1.0], [1.5, -1.0, 3.0, 2.5], [-2.0, 0.75, 4.0, -0.5]]},
            lambda rng: all_three(rng, 1e-6),
        ),
        Kind(
            HUGE,
            {"dvalues": [[2e6, -3e6, 5e6, 4e6], [-4e6, 5e6, 2e6, 1e6], [1e6, 6e6, -2e6, 3e6]]}
            | {
                "inputs": [[0.5, -1.5], [2.0, 3.0], [0.25, -1.0]],
                "weights": [[0.5, -1.5, 2.5, 3.0], [2.0, 1.0, -0.5, 1.5]],
            },
            lambda rng: all_three(rng, 1e6),
        ),
        Kind(
            SQUARE,
            {
                "dvalues": [[1.0, -2.0], [3.0, 0.5]],
                "inputs": [[2.0, -1.0], [0.5, 4.0]],
                "weights": [[1.5, 3.0], [-2.5, 2.0]],
            },
            all_three_square,
        ),
        Kind(
            ONE,
            {"dvalues": [[1.5, -2.0]], "inputs": [[2.0, -1.0, 0.5]], "weights": [[2.0, -1.0], [0.5, 4.0], [-1.5, 2.5]]},
            lambda rng: all_three(rng, samples=1),
        ),
        Kind(
            VAST,
            {"dvalues": [[1.5, -2.0, 4.0], [0.5, 3.0, -1.0]], "inputs": [[2e8, -1.5e8], [0.5e8, 3e8]]}
            | {"weights": [[2.5e8, -1e8, 4e8], [0.5e8, 3e8, -2e8]]},
            lambda rng: vast(all_three(rng)),
        ),
    ],
)

EXERCISES = (batch_forward, batch_dweights, batch_dinputs, batch_dbiases, dense_backward)
