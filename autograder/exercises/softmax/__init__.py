"""09-softmax: the six exercises and four predictions. Importing the other modules registers what they declare."""

from autograder.exercises.softmax import combined, jacobian, loss, loss_backward, loss_targets, scores, solutions  # noqa: F401
from autograder.exercises.softmax.cases import EXERCISES
from autograder.exercises.softmax.predictions import PREDICTIONS

__all__ = ["EXERCISES", "PREDICTIONS"]
