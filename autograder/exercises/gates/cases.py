"""02-gates: on which inputs the seven answers are tried.

Numbers are drawn with a chosen sign and kept away from 0, 1 and 2, where wrong rules agree with right ones.
"""

from autograder.exercise import Exercise, Kind
from autograder.exercises.gates.draws import (
    cancelling,
    extreme_perceptron,
    one,
    ordered,
    perceptron,
    perceptron_at_zero,
    perceptron_of_whole_numbers,
    scaled,
    three,
    tie,
    two,
    whole,
)
from autograder.reference import gates as reference

AddGate = Exercise(
    name="AddGate",
    reference=reference.AddGate,
    kinds=[
        Kind("the lesson's sum", {"x": -2.0, "y": 5.0, "dvalue": -4.0}, None),
        Kind("a negative upstream", {"x": 1.5, "y": -4.0, "dvalue": -2.5}, lambda rng: two(rng, dvalue=-1), seed=2),
        Kind("a positive upstream", {"x": -3.0, "y": -0.5, "dvalue": 3.5}, lambda rng: two(rng, dvalue=1), seed=1),
        Kind("whole numbers", {"x": 7, "y": -4, "dvalue": 3}, lambda rng: two(rng, whole)),
        Kind(
            "a very small number, a very large upstream",
            {"x": 2e-6, "y": 4.5, "dvalue": -3e6},
            lambda rng: scaled(two(rng), x=1e-6, dvalue=1e6),
        ),
    ],
)

MultiplyGate = Exercise(
    name="MultiplyGate",
    reference=reference.MultiplyGate,
    kinds=[
        Kind("the lesson's product", {"x": 3.0, "y": -4.0, "dvalue": 1.0}, None),
        Kind("a negative upstream", {"x": 1.5, "y": 4.0, "dvalue": -2.5}, lambda rng: two(rng, dvalue=-1), seed=1),
        Kind("a positive upstream", {"x": -3.0, "y": 2.5, "dvalue": 3.5}, lambda rng: two(rng, dvalue=1), seed=4),
        Kind("a factor of 0", {"x": 0.0, "y": 5.0, "dvalue": -2.0}, lambda rng: {**two(rng), "x": 0.0}),
        Kind("whole numbers", {"x": 7, "y": -4, "dvalue": 3}, lambda rng: two(rng, whole)),
        Kind(
            "a very small factor, a very large one",
            {"x": 2e-6, "y": -3e6, "dvalue": 4.0},
            lambda rng: scaled(two(rng), x=1e-6, y=1e6),
            seed=2,
        ),
    ],
)

MaxGate = Exercise(
    name="MaxGate",
    reference=reference.MaxGate,
    kinds=[
        Kind("the lesson's maximum", {"x": 4.0, "y": -1.0, "dvalue": -3.0}, None),
        Kind(
            "the first is larger",
            {"x": 2.5, "y": 1.5, "dvalue": 3.5},
            lambda rng: ordered(two(rng, x=1, y=1, dvalue=1), first=True),
            seed=4,
        ),
        Kind(
            "the second is larger, a negative upstream",
            {"x": 1.5, "y": 3.0, "dvalue": -2.5},
            lambda rng: ordered(two(rng, x=1, y=1, dvalue=-1), first=False),
            seed=4,
        ),
        Kind(
            "both below 0",
            {"x": -1.5, "y": -4.0, "dvalue": -3.0},
            lambda rng: ordered(two(rng, x=-1, y=-1, dvalue=-1), first=True),
        ),
        Kind("a tie", {"x": 2.5, "y": 2.5, "dvalue": -3.0}, tie),
        Kind("whole numbers", {"x": -6, "y": 4, "dvalue": 3}, lambda rng: two(rng, whole, x=-1, y=1)),
        Kind(
            "two very small numbers, a very large upstream",
            {"x": 3e-6, "y": 2e-6, "dvalue": 4e6},
            lambda rng: scaled(ordered(two(rng), first=True), x=1e-6, y=1e-6, dvalue=1e6),
            seed=0,
        ),
    ],
)

circuit = Exercise(
    name="circuit",
    reference=reference.circuit,
    kinds=[
        Kind("the lesson's circuit", {"x": -2.0, "y": 5.0, "z": -4.0}, None),
        Kind("other numbers", {"x": 1.5, "y": 2.5, "z": -3.0}, three, seed=3),
        Kind("x + y exactly 0", {"x": 3.0, "y": -3.0, "z": 2.5}, cancelling),
        Kind("z exactly 0", {"x": 3.5, "y": -1.5, "z": 0.0}, lambda rng: {**three(rng), "z": 0.0}),
        Kind("whole numbers", {"x": 7, "y": -4, "z": 5}, lambda rng: three(rng, whole)),
        Kind(
            "very small x and y, a very large z",
            {"x": 2e-6, "y": -5e-6, "z": 4e6},
            lambda rng: scaled(three(rng), x=1e-6, y=1e-6, z=1e6),
            seed=0,
        ),
    ],
)

ExpGate = Exercise(
    name="ExpGate",
    reference=reference.ExpGate,
    kinds=[
        Kind("the perceptron's exp gate", {"x": -1.0, "dvalue": -0.534}, None),
        Kind("x above 0", {"x": 1.5, "dvalue": -2.0}, lambda rng: one(rng, x=1)),
        Kind("x below 0, a positive upstream", {"x": -2.5, "dvalue": 3.0}, lambda rng: one(rng, x=-1, dvalue=1)),
        Kind("x = 0", {"x": 0.0, "dvalue": -2.5}, lambda rng: {**one(rng), "x": 0.0}),
        Kind("whole numbers", {"x": 3, "dvalue": -4}, lambda rng: {"x": int(rng.integers(3, 5)), "dvalue": whole(rng)}),
        Kind(
            "a very small x, a very large upstream",
            {"x": 2e-6, "dvalue": -3e6},
            lambda rng: scaled(one(rng), x=1e-6, dvalue=1e6),
        ),
    ],
)

ReciprocalGate = Exercise(
    name="ReciprocalGate",
    reference=reference.ReciprocalGate,
    kinds=[
        Kind("near the perceptron's 1/x gate", {"x": 1.37, "dvalue": 1.0}, None),
        Kind("x above 1", {"x": 2.5, "dvalue": -3.0}, lambda rng: one(rng, x=1)),
        Kind("x below 0", {"x": -2.5, "dvalue": 1.5}, lambda rng: one(rng, x=-1)),
        Kind("x between 0 and 1", {"x": 0.25, "dvalue": 3.0}, lambda rng: scaled(one(rng, x=1), x=0.125)),
        Kind("whole numbers", {"x": 4, "dvalue": -3}, lambda rng: {"x": whole(rng), "dvalue": whole(rng)}),
        Kind("a very small x", {"x": 2e-6, "dvalue": -0.5}, lambda rng: scaled(one(rng), x=1e-6)),
        Kind("a very large x", {"x": -4e6, "dvalue": 2e6}, lambda rng: scaled(one(rng), x=1e6, dvalue=1e6), seed=0),
    ],
)

sigmoid_neuron_backward = Exercise(
    name="sigmoid_neuron_backward",
    reference=reference.sigmoid_neuron_backward,
    kinds=[
        Kind("the lesson's perceptron", {"w": [2.0, -3.0, -3.0], "x": [-1.0, -2.0]}, None),
        Kind("z above 0", {"w": [1.5, -0.5, 2.5], "x": [2.0, 3.5]}, lambda rng: perceptron(rng, 1)),
        Kind("z below 0", {"w": [-2.0, 1.5, 3.0], "x": [3.5, 1.25]}, lambda rng: perceptron(rng, -1)),
        Kind("z exactly 0", {"w": [1.5, -0.5, -2.0], "x": [2.5, 3.5]}, perceptron_at_zero),
        Kind("whole numbers", {"w": [4, -3, -5], "x": [3, 2]}, perceptron_of_whole_numbers),
        Kind(
            "very large weights, very small inputs",
            {"w": [2e6, -3e6, 1.5], "x": [1.5e-6, 0.5e-6]},
            extreme_perceptron,
        ),
    ],
)

EXERCISES = (AddGate, MultiplyGate, MaxGate, circuit, ExpGate, ReciprocalGate, sigmoid_neuron_backward)
