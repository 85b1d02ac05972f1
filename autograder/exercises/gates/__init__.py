"""02-gates: the seven exercises and four predictions. Importing the other modules registers what they declare."""

from autograder.exercises.gates import circuit, max_gate, one_input, perceptron, solutions, two_inputs  # noqa: F401
from autograder.exercises.gates.cases import EXERCISES
from autograder.exercises.gates.predictions import PREDICTIONS

__all__ = ["EXERCISES", "PREDICTIONS"]
