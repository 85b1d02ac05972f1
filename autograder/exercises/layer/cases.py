"""05-layer: on which inputs the four functions are tried."""

from autograder.exercise import Exercise, Kind
from autograder.exercises.layer.draws import (
    BIASES,
    DISAGREEING,
    ONES,
    WEIGHTS,
    X,
    a_layer,
    a_whole_layer,
    both_signs,
    more_inputs,
    more_neurons,
    upstream_and_inputs,
    upstream_and_weights,
    upstream_and_whole_inputs,
    upstream_and_whole_weights,
    whole,
)
from autograder.reference import layer as reference

layer_forward = Exercise(
    name="layer_forward",
    reference=reference.layer_forward,
    kinds=[
        Kind("the lesson's layer", {"x": X, "weights": WEIGHTS, "biases": BIASES}, None),
        Kind(
            "more inputs than neurons, one z below 0",
            {"x": [1.0, -2.0, 3.0], "weights": [[0.5, -1.0], [2.0, 0.25], [-1.5, 3.0]], "biases": [-0.75, 4.0]},
            lambda rng: a_layer(rng, more_inputs(rng)),
            seed=2,
        ),
        Kind(
            "more neurons than inputs",
            {"x": [2.0, -1.0], "weights": [[3.0, -0.5, 1.5], [0.25, 2.0, -4.0]], "biases": [0.5, -2.0, 1.25]},
            lambda rng: a_layer(rng, more_neurons(rng)),
        ),
        Kind(
            "as many neurons as inputs",
            {"x": [1.0, -2.0], "weights": [[3.0, -1.0], [0.5, 2.5]], "biases": [0.5, -4.0]},
            None,
        ),
        Kind(
            "weights and biases in whole numbers",
            {"x": [0.5, -1.25, 2.75], "weights": [[3, -2], [4, 5], [-7, 3]], "biases": [-3, 2]},
            a_whole_layer,
        ),
        Kind(
            "inputs of millionths",
            {"x": [2e-6 / 7, -3e-6, 1e-6], "weights": [[0.5, 2.0], [1.5, -1.0], [-2.5, 3.0]], "biases": [4e-6, -2e-6]},
            lambda rng: a_layer(rng, more_inputs(rng), 1e-6),
        ),
        Kind(
            "inputs of millions",
            {"x": [2e6, -3e6], "weights": [[0.5, 2.0, -1.5], [1.5, -1.0, 3.0]], "biases": [4e6, -2e6, 5e6]},
            lambda rng: a_layer(rng, more_neurons(rng), 1e6),
        ),
    ],
)

layer_dinputs = Exercise(
    name="layer_dinputs",
    reference=reference.layer_dinputs,
    kinds=[
        Kind("the lesson's layer, every upstream 1", {"dvalues": ONES, "weights": WEIGHTS}, None),
        Kind(
            "neurons that disagree",
            {"dvalues": DISAGREEING, "weights": WEIGHTS},
            lambda rng: upstream_and_weights(rng, more_inputs(rng)),
            seed=0,
        ),
        Kind(
            "more neurons than inputs, upstream of both signs",
            {"dvalues": [0.5, -2.0, 3.0], "weights": [[3.0, -0.5, 1.5], [0.25, 2.0, -4.0]]},
            lambda rng: upstream_and_weights(rng, more_neurons(rng)),
        ),
        Kind(
            "as many neurons as inputs",
            {"dvalues": [2.0, -1.0], "weights": [[3.0, -1.0], [0.5, 2.5]]},
            None,
        ),
        Kind(
            "weights in whole numbers",
            {"dvalues": [0.5, -1.25, 2.75], "weights": [[3, -2, 5], [4, 5, -3]]},
            upstream_and_whole_weights,
        ),
        Kind(
            "upstream of millionths",
            {"dvalues": [2e-6 / 7, -3e-6], "weights": [[0.5, 2.0], [1.5, -1.0], [-2.5, 3.0]]},
            lambda rng: upstream_and_weights(rng, more_inputs(rng), 1e-6),
        ),
        Kind(
            "upstream of millions",
            {"dvalues": [2e6, -3e6, 5e6], "weights": [[0.5, 2.0, -1.5], [1.5, -1.0, 3.0]]},
            lambda rng: upstream_and_weights(rng, more_neurons(rng), 1e6),
        ),
    ],
)

layer_dweights = Exercise(
    name="layer_dweights",
    reference=reference.layer_dweights,
    kinds=[
        Kind("the lesson's layer, every upstream 1", {"dvalues": ONES, "x": X}, None),
        Kind(
            "neurons that disagree",
            {"dvalues": DISAGREEING, "x": X},
            lambda rng: upstream_and_inputs(rng, more_inputs(rng)),
            seed=0,
        ),
        Kind(
            "more neurons than inputs, upstream of both signs",
            {"dvalues": [0.5, -2.0, 3.0], "x": [4.0, -1.5]},
            lambda rng: upstream_and_inputs(rng, more_neurons(rng)),
        ),
        Kind("as many neurons as inputs", {"dvalues": [2.0, -1.0], "x": [3.0, 0.5]}, None),
        Kind("inputs in whole numbers", {"dvalues": [0.5, -1.25, 2.75], "x": [3, -2]}, upstream_and_whole_inputs),
        Kind(
            "upstream of millionths",
            {"dvalues": [2e-6 / 7, -3e-6], "x": [0.5, 1.5, -2.5]},
            lambda rng: upstream_and_inputs(rng, more_inputs(rng), 1e-6),
        ),
        Kind(
            "upstream of millions",
            {"dvalues": [2e6, -3e6, 5e6], "x": [0.5, -1.5]},
            lambda rng: upstream_and_inputs(rng, more_neurons(rng), 1e6),
        ),
    ],
)

layer_dbiases = Exercise(
    name="layer_dbiases",
    reference=reference.layer_dbiases,
    kinds=[
        Kind("the lesson's layer, every upstream 1", {"dvalues": ONES}, None),
        Kind("neurons that disagree", {"dvalues": DISAGREEING}, lambda rng: {"dvalues": both_signs(rng, 3)}, seed=2),
        Kind(
            "upstream of both signs",
            {"dvalues": [0.5, -2.0, 1.5, -0.25]},
            lambda rng: {"dvalues": both_signs(rng, int(rng.integers(2, 7)))},
        ),
        Kind(
            "upstream in whole numbers",
            {"dvalues": [3, -7]},
            lambda rng: {"dvalues": whole(rng, int(rng.integers(2, 7)))},
        ),
        Kind(
            "upstream of millionths",
            {"dvalues": [2e-6 / 7, -3e-6]},
            lambda rng: {"dvalues": both_signs(rng, int(rng.integers(2, 7))) * 1e-6},
        ),
        Kind(
            "upstream of millions",
            {"dvalues": [2e6, -3e6, 5e6]},
            lambda rng: {"dvalues": both_signs(rng, int(rng.integers(2, 7))) * 1e6},
        ),
    ],
)

EXERCISES = (layer_forward, layer_dinputs, layer_dweights, layer_dbiases)
