"""04-loss: on which inputs the five functions are tried.

A gradient descent is compared step by step, so its cases are tame: the error shrinks from step to step, and rounding
with it, or the neuron stands still, or it swings out and dies by a wide margin. No case passes close by the corner.
"""

from autograder.exercise import Exercise, Kind
from autograder.exercises.loss import draws
from autograder.exercises.neuron.draws import drawn, drawn_at_the_kink
from autograder.reference import loss as reference

HIGH, LOW = (5.5, 2.0), (-1.5, 3.0)  # outputs and targets with errors 3.5 and -4.5

OUTPUTS = (
    Kind("y = 6, t = 5, the lesson's neuron", {"y": 6.0, "t": 5.0}, None),
    Kind(
        "an output that is too high",
        {"y": HIGH[0], "t": HIGH[1]},
        lambda rng: {"y": (t := rng.uniform(1.2, 2.0)) + draws.error(rng, 1), "t": t},
        seed=1,
    ),
    Kind(
        "an output that is too low",
        {"y": LOW[0], "t": LOW[1]},
        lambda rng: {"y": (t := rng.uniform(1.2, 2.0)) + draws.error(rng, -1), "t": t},
    ),
    Kind(
        "whole numbers",
        {"y": 2, "t": 7},
        lambda rng: {"y": (t := int(rng.integers(2, 9))) - int(2 * rng.integers(2, 9) + 1), "t": t},
    ),
    Kind("an output that fits", {"y": 2.5, "t": 2.5}, lambda rng: dict.fromkeys("yt", rng.uniform(2.0, 9.0))),
    Kind(
        "very small numbers",
        {"y": 4e-6, "t": -1e-6},
        lambda rng: {"y": rng.uniform(3.0, 6.0) * 1e-6, "t": -rng.uniform(1.0, 2.0) * 1e-6},
        seed=0,
    ),
    Kind(
        "very large numbers",
        {"y": -4e6, "t": 1e6},
        lambda rng: {"y": -rng.uniform(3.0, 6.0) * 1e6, "t": rng.uniform(1.0, 2.0) * 1e6},
    ),
)

half_squared_error = Exercise("half_squared_error", reference.half_squared_error, OUTPUTS)
half_squared_error_backward = Exercise("half_squared_error_backward", reference.half_squared_error_backward, OUTPUTS)

NEURON = {"x": [1.0, -2.0, 3.0], "w": [-3.0, -1.0, 2.0], "b": 1.0, "t": 5.0}

neuron_loss_gradients = Exercise(
    name="neuron_loss_gradients",
    reference=reference.neuron_loss_gradients,
    kinds=[
        Kind("the lesson's neuron", NEURON, None),
        Kind(
            "an output that is too high",
            {"x": [1.5, -0.5, 2.0, -1.0], "w": [1.0, 2.0, 1.5, -0.5], "b": -0.5, "t": 0.5},
            lambda rng: draws.with_target(rng, drawn(rng, 4, 1, 1), 1),
        ),
        Kind(
            "an output that is too low",
            {"x": [1.0, -2.0, 3.0], "w": [-3.0, -1.0, 2.0], "b": 0.5, "t": 8.0},
            lambda rng: draws.with_target(rng, drawn(rng, 4, 1, 1), -1),
        ),
        Kind(
            "a bias that lifts z above 0",
            {"x": [1.5, -2.0], "w": [-1.0, 0.5], "b": 4.0, "t": 4.5},
            lambda rng: draws.with_target(rng, drawn(rng, 5, -1, 1), rng.choice([-1, 1])),
            seed=3,
        ),
        Kind(
            "a bias that pulls z below 0",
            {"x": [1.0, -2.0, 3.0], "w": [-3.0, -1.0, 2.0], "b": -7.0, "t": 3.0},
            lambda rng: draws.silent_with_target(rng, drawn(rng, 4, 1, -1)),
        ),
        Kind(
            "z exactly 0",
            {"x": [2.0, -1.0], "w": [0.5, 3.0], "b": 2.0, "t": 3.0},
            lambda rng: draws.silent_with_target(rng, drawn_at_the_kink(rng)),
        ),
        Kind(
            "whole numbers",
            {"x": [3, -1], "w": [5, -3], "b": -1, "t": 20},
            draws.whole_with_target,
        ),
        Kind(
            "very small inputs, very large weights",
            {"x": [2e-6, -3e-6], "w": [4e6, 1e6], "b": -0.5, "t": 8.0},
            draws.large_and_small_with_target,
            seed=0,
        ),
    ],
)

fit_neuron = Exercise(
    name="fit_neuron",
    reference=reference.fit_neuron,
    kinds=[
        Kind("the lesson's neuron, three small steps", {**NEURON, "learning_rate": 0.01, "steps": 3}, None),
        Kind(
            "an output that is too high",
            {
                "x": [0.5, -1.5, 2.0, 1.0],
                "w": [1.5, 0.5, 2.0, -0.5],
                "b": 2.5,
                "t": 2.0,
                "learning_rate": 0.05,
                "steps": 4,
            },
            lambda rng: draws.fit(rng, 4, draws.error(rng, 1), rng.uniform(0.3, 0.6), 4, rng.uniform(1.2, 2.0)),
            seed=3,
        ),
        Kind(
            "an output that is too low, and steps that overshoot",
            {"x": [1.5, -2.0], "w": [-1.0, 0.5], "b": 4.0, "t": 4.0, "learning_rate": 0.2, "steps": 4},
            lambda rng: draws.fit(rng, 2, draws.error(rng, -1), rng.uniform(1.3, 1.6), 4, rng.uniform(6.0, 8.0)),
        ),
        Kind(
            "a learning rate that is too large",
            {**NEURON, "learning_rate": 0.15, "steps": 12},
            draws.fit_that_dies,
        ),
        Kind(
            "a step that lands on the target, and steps left",
            {**NEURON, "learning_rate": 1 / 15, "steps": 4},
            draws.fit_that_lands,
        ),
        Kind(
            "z exactly 0 at the start",
            {"x": [2.0, -1.0], "w": [0.5, 3.0], "b": 2.0, "t": 3.0, "learning_rate": 0.1, "steps": 3},
            draws.fit_at_the_kink,
        ),
        Kind(
            "whole numbers, the rate not",
            {"x": [3, -2, 4], "w": [2, 1, -1], "b": 5, "t": 9, "learning_rate": 0.02, "steps": 3},
            draws.fit_whole,
        ),
        Kind(
            "no step at all",
            {"x": [1.0, -2.0, 3.0], "w": [-3.0, -1.0, 2.0], "b": 0.5, "t": 8.0, "learning_rate": 0.1, "steps": 0},
            lambda rng: draws.fit(rng, 3, draws.error(rng, -1), 0.5, 0, rng.uniform(6.0, 8.0)),
        ),
        Kind(
            "small inputs, large weights",
            {"x": [2e-3, -3e-3], "w": [4e3, 1e3], "b": -0.5, "t": 6.0, "learning_rate": 0.5, "steps": 3},
            draws.fit_small_and_large,
        ),
    ],
)

is_dead = Exercise(
    name="is_dead",
    reference=reference.is_dead,
    kinds=[
        Kind(
            "z below 0 in every row",
            {"X": [[1.0, 2.0], [2.0, -1.0], [1.5, 0.5]], "w": [-2.0, 0.5], "b": 0.5},
            lambda rng: draws.rows(rng, draws.quarters(rng, -6, -1, 4), draws.quarters(rng, 1, 3)),
        ),
        Kind(
            "a row in the middle is above 0",
            {"X": [[1.0, 2.0], [3.0, -1.0], [0.5, 1.5]], "w": [1.0, -0.5], "b": -2.0},
            lambda rng: draws.rows(
                rng, [*draws.quarters(rng, -9, -5, 2), draws.quarters(rng, 1, 3), -4.0], -draws.quarters(rng, 1, 3)
            ),
        ),
        Kind(
            "the last row alone is above 0",
            {"X": [[1.0, 2.0], [2.0, 3.0], [8.0, -2.0]], "w": [1.0, -0.5], "b": -2.0},
            lambda rng: draws.rows(
                rng, [*draws.quarters(rng, -3, -1, 3), draws.quarters(rng, 10, 14)], -draws.quarters(rng, 1, 3)
            ),
        ),
        Kind(
            "the bias lifts the first row above 0",
            {"X": [[-1.0, 2.0], [1.0, 16.0], [-2.0, 18.0]], "w": [0.5, -1.0], "b": 12.0},
            lambda rng: draws.rows(
                rng, [draws.quarters(rng, 10, 14), *draws.quarters(rng, -3, -1, 3)], draws.quarters(rng, 15, 18)
            ),
        ),
        Kind(
            "the bias pulls every row below 0",
            {"X": [[2.0, -1.0], [0.5, -3.0], [-0.5, -3.0]], "w": [1.0, -0.5], "b": -4.0},
            draws.pulled_below,
        ),
        Kind(
            "a row exactly at 0",
            {"X": [[1.0, 2.0], [2.0, 3.0], [4.0, 1.0]], "w": [-0.5, 0.0625], "b": 0.375},
            lambda rng: draws.rows(rng, [*draws.quarters(rng, -6, -1, 3), 0.0], draws.quarters(rng, 1, 3)),
        ),
        Kind(
            "every row exactly at 0",
            {"X": [[1.0, 2.0], [3.0, 3.0], [-1.0, 1.0]], "w": [-0.5, 1.0], "b": -1.5},
            lambda rng: draws.rows(rng, [0.0] * 4, -draws.quarters(rng, 1, 3)),
        ),
        Kind(
            "every row above 0",
            {"X": [[1.0, -2.0], [2.0, 1.0], [4.0, 3.0]], "w": [1.0, -0.5], "b": -0.5},
            lambda rng: draws.rows(rng, draws.quarters(rng, 1, 6, 4), draws.quarters(rng, -3, -1)),
        ),
        Kind(
            "every weight below 0, one row above",
            {"X": [[-1.0, 1.5], [-2.0, -1.0], [4.0, 3.0]], "w": [-1.0, -0.5], "b": -1.5},
            lambda rng: draws.rows(
                rng,
                [*draws.quarters(rng, -9, -5, 2), draws.quarters(rng, 1, 3), -4.0],
                -draws.quarters(rng, 1, 3),
                negative=True,
            ),
        ),
        Kind(
            "five rows of three inputs, the last row above 0 by its last input",
            {
                "X": [[1.0, 2.0, 0.5], [2.0, 3.0, -1.0], [-1.0, -2.0, 0.5], [0.5, 1.0, 0.5], [1.0, -1.0, 3.0]],
                "w": [1.0, -0.5, 2.0],
                "b": -2.0,
            },
            lambda rng: draws.lifted_by_the_last_input(
                rng, [*draws.quarters(rng, -6, -1, 4), draws.quarters(rng, 1, 3)], 3
            ),
        ),
        Kind(
            "a row in the middle of many above 0 by its last input",
            {
                "X": [[1.0, 2.0, 0.5], [2.0, 3.0, -1.0], [1.0, -1.0, 2.5], [0.5, 1.0, 0.5], [-1.0, -2.0, 0.5]],
                "w": [1.0, -0.5, 2.0],
                "b": -2.0,
            },
            lambda rng: draws.lifted_by_the_last_input(
                rng, [*draws.quarters(rng, -6, -1, 3), draws.quarters(rng, 1, 3), -4.0, -2.5], 4
            ),
        ),
        Kind(
            "whole numbers",
            {"X": [[2, 2], [3, 2], [3, 5]], "w": [-3, 1], "b": 1},
            draws.whole_rows,
        ),
        Kind(
            "very small numbers, as many rows as inputs",
            {"X": [[1e-9, 2e-9], [3e-9, -1e-9]], "w": [1.0, -0.5], "b": -2e-9},
            lambda rng: draws.rows(
                rng,
                [*draws.quarters(rng, -9, -5, 2), draws.quarters(rng, 1, 3)],
                -draws.quarters(rng, 1, 3),
                scale=2.0**-30,
            ),
        ),
    ],
)

EXERCISES = (half_squared_error, half_squared_error_backward, neuron_loss_gradients, fit_neuron, is_dead)
