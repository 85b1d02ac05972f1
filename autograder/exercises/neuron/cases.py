"""03-neuron: on which inputs the four functions are tried.

A hidden neuron is drawn so that its kind is certain: the sign of x . w and of z are chosen, and the bias is what makes
them so. Weights and inputs have both signs, and nothing is 0 or 1 by accident.
"""

import numpy as np

from autograder.exercise import Exercise, Kind
from autograder.exercises.neuron.draws import (
    drawn,
    drawn_at_the_kink,
    drawn_beside_the_kink,
    drawn_extreme,
    drawn_step,
    drawn_whole,
    off_three,
    signed,
    upstream,
    without,
)
from autograder.reference import neuron as reference

X, W = [1.0, -2.0, 3.0], [-3.0, -1.0, 2.0]

neuron_forward = Exercise(
    name="neuron_forward",
    reference=reference.neuron_forward,
    kinds=[
        Kind("the lesson's neuron", {"x": X, "w": W, "b": 1.0}, None),
        Kind(
            "z below 0",
            {"x": [-1.0, 2.0, -3.0], "w": W, "b": 0.5},
            lambda rng: without(drawn(rng, 4, -1, -1), "z"),
        ),
        Kind(
            "a bias that lifts z above 0",
            {"x": [1.5, -2.0], "w": [-1.0, 0.5], "b": 4.0},
            lambda rng: without(drawn(rng, 5, -1, 1), "z"),
            seed=0,
        ),
        Kind(
            "a bias that pulls z below 0",
            {"x": [2.0, -1.0, 0.5, 1.5], "w": [0.5, -0.75, 1.0, -0.25], "b": -3.0},
            lambda rng: without(drawn(rng, 2, 1, -1), "z"),
        ),
        Kind(
            "z exactly 0",
            {"x": [2.0, -1.0], "w": [0.5, 3.0], "b": 2.0},
            lambda rng: without(drawn_at_the_kink(rng), "z"),
        ),
        Kind(
            "whole numbers",
            {"x": [3, -2, 4], "w": [2, 1, -1], "b": 5},
            lambda rng: without(drawn_whole(rng), "z"),
        ),
        Kind(
            "very small inputs, very large weights",
            {"x": [2e-6, -3e-6 / 7], "w": [4e6, 1e6], "b": -7.5},
            lambda rng: without(drawn_extreme(rng), "z"),
        ),
    ],
)

relu_derivative = Exercise(
    name="relu_derivative",
    reference=reference.relu_derivative,
    kinds=[
        Kind("z = 6, the lesson's neuron", {"z": 6.0}, None),
        Kind("z below 0", {"z": -2.0}, lambda rng: {"z": -rng.uniform(1.5, 9.0)}),
        Kind("z above 0", {"z": 2.5}, lambda rng: {"z": rng.uniform(1.5, 9.0)}),
        Kind("z between 0 and 1", {"z": 0.25}, lambda rng: {"z": rng.uniform(0.1, 0.9)}),
        Kind("z exactly 0", {"z": 0.0}, lambda rng: {"z": 0.0}),
        Kind("a whole number", {"z": 3}, lambda rng: {"z": int(rng.integers(2, 50))}),
        Kind("z barely above 0", {"z": 1e-6}, lambda rng: {"z": 10 ** rng.uniform(-6.0, -5.0)}),
        Kind("z far below 0", {"z": -1e6}, lambda rng: {"z": -(10 ** rng.uniform(5.0, 7.0))}),
    ],
)

neuron_backward = Exercise(
    name="neuron_backward",
    reference=reference.neuron_backward,
    kinds=[
        Kind("the lesson's neuron", {"dvalue": 1.0, "x": X, "w": W, "z": 6.0}, None),
        Kind(
            "z above 0, a negative upstream",
            {"dvalue": -2.0, "x": X, "w": W, "z": 5.5},
            lambda rng: {"dvalue": upstream(rng, -1), **without(drawn(rng, 4, 1, 1), "b")},
            seed=2,
        ),
        Kind(
            "z below 0, a positive upstream",
            {"dvalue": 2.0, "x": X, "w": W, "z": -2.0},
            lambda rng: {"dvalue": upstream(rng, 1), **without(drawn(rng, 4, 1, -1), "b")},
        ),
        Kind(
            "z exactly 0",
            {"dvalue": -2.0, "x": X, "w": W, "z": 0.0},
            lambda rng: {"dvalue": upstream(rng, rng.choice([-1, 1])), **without(drawn_at_the_kink(rng), "b")},
        ),
        Kind(
            "z exactly 0, not three inputs",
            {"dvalue": 3.0, "x": [2.0, -1.0], "w": [0.5, -3.0], "z": 0.0},
            lambda rng: {"dvalue": upstream(rng, 1), **without(drawn_at_the_kink(rng, off_three(rng)), "b")},
        ),
        Kind(
            "z barely below 0",
            {"dvalue": 1.5, "x": [0.5, -3.0], "w": [2.0, 1.5], "z": -1e-6},
            lambda rng: {"dvalue": upstream(rng, 1), **without(drawn_beside_the_kink(rng, off_three(rng), -1), "b")},
        ),
        Kind(
            "z barely above 0",
            {"dvalue": -3 / 7, "x": [2.0, -0.5, 1.5, 3.0], "w": [1.25, 2.0, -0.75, 0.5], "z": 1e-6},
            lambda rng: {"dvalue": upstream(rng, -1), **without(drawn_beside_the_kink(rng, off_three(rng), 1), "b")},
        ),
        Kind(
            "a bias that lifts z above 0",
            {"dvalue": 3.0, "x": [1.5, -2.0, 0.5, 1.0], "w": [-1.0, 0.5, -2.0, -0.5], "z": 0.25},
            lambda rng: {"dvalue": upstream(rng, 1), **without(drawn(rng, 5, -1, 1), "b")},
        ),
        Kind(
            "whole numbers, the upstream not",
            {"dvalue": -0.5, "x": [3, -1], "w": [5, -3], "z": 17},
            lambda rng: {
                "dvalue": float(rng.choice([-1, 1]) * (rng.integers(1, 4) + 0.5)),
                **without(drawn_whole(rng), "b"),
            },
        ),
        Kind(
            "very small inputs, very large weights",
            {"dvalue": -2e6, "x": [2e-6, -3e-6], "w": [4e6, 1e6], "z": 0.5},
            lambda rng: {"dvalue": upstream(rng, -1) * 1e6, **without(drawn_extreme(rng), "b")},
        ),
    ],
)

gradient_step = Exercise(
    name="gradient_step",
    reference=reference.gradient_step,
    kinds=[
        Kind("the lesson's step", {"w": W, "b": 1.0, "dw": X, "db": 1.0, "learning_rate": 0.01}, None),
        Kind(
            "four weights",
            {"w": [0.5, -1.5, 2.0, 3.0], "b": 0.5, "dw": [2.0, 4.0, -1.0, 0.5], "db": -2.0, "learning_rate": 0.05},
            lambda rng: {**drawn_step(rng, 4), "learning_rate": rng.uniform(0.02, 0.2)},
            seed=0,
        ),
        Kind(
            "only the bias has a gradient",
            {"w": [0.5, -1.5], "b": -4.0, "dw": [0.0, 0.0], "db": 3.0, "learning_rate": 0.1},
            lambda rng: {**drawn_step(rng, 3), "dw": np.zeros(3), "learning_rate": rng.uniform(0.02, 0.2)},
        ),
        Kind(
            "a large learning rate",
            {"w": [0.5, -1.5], "b": 2.5, "dw": [1.5, -0.25], "db": 0.5, "learning_rate": 3.0},
            lambda rng: {**drawn_step(rng, 2), "learning_rate": rng.uniform(2.0, 4.0)},
        ),
        Kind(
            "whole numbers, the rate not",
            {"w": [2, -5, 4], "b": 3, "dw": [1, -3, 5], "db": -7, "learning_rate": 0.5},
            lambda rng: {
                "w": rng.integers(2, 9, 3),
                "b": int(rng.integers(2, 9)),
                "dw": 2 * rng.integers(1, 5, 3) + 1,
                "db": -int(2 * rng.integers(1, 5) + 1),
                "learning_rate": 0.5,
            },
        ),
        Kind(
            "very small weights, a very large bias",
            {"w": [2e-6, -3e-6], "b": 2e6, "dw": [4.0, -1 / 7], "db": -3e11, "learning_rate": 1e-6},
            lambda rng: {
                "w": signed(rng, 2) * 1e-6,
                "b": upstream(rng, 1) * 1e6,
                "dw": signed(rng, 2),
                "db": upstream(rng, -1) * 1e11,
                "learning_rate": 1e-6,
            },
        ),
    ],
)

EXERCISES = (neuron_forward, relu_derivative, neuron_backward, gradient_step)
