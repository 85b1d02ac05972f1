"""00-start-here: the two exercises, tried on the same inputs."""

from autograder.exercise import Exercise, Kind
from autograder.reference import start_here as reference

KINDS = (
    Kind("2, where many wrong ideas agree", {"x": 2.0}, None),
    Kind("a number", {"x": 3.0}, lambda rng: {"x": rng.uniform(5.0, 50.0)}, seed=3),
    Kind("a negative number", {"x": -1.5}, lambda rng: {"x": -rng.uniform(5.0, 50.0)}),
    Kind("a whole number", {"x": 7}, lambda rng: {"x": int(rng.integers(10, 100))}),
    Kind(
        "an array",
        {"x": [[1.5, -2.0, 0.25], [4.0, 0.0, -1 / 3]]},
        lambda rng: {"x": rng.normal(size=(3, 4)) * 10},
    ),
    Kind("an array of whole numbers", {"x": [1, -2, 5]}, lambda rng: {"x": rng.integers(3, 90, size=5)}),
    Kind(
        "very small and very large numbers",
        {"x": [2e-6, -3e6]},
        lambda rng: {"x": rng.uniform(1.0, 9.0, size=2) * [1e-6, -1e6]},
    ),
)

double = Exercise(name="double", reference=reference.double, kinds=KINDS)
triple = Exercise(name="triple", reference=reference.triple, kinds=KINDS, graded=False)

EXERCISES = (double, triple)
