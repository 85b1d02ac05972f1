"""12-autograd: `Value` in eight parts, and three predictions. Importing the other modules registers what they declare."""

from autograder.exercises.autograd import (  # noqa: F401
    again,
    basis,
    curves,
    data,
    diamond,
    grad,
    numbers,
    powers,
    relu,
    solutions,
)
from autograder.exercises.autograd.cases import EXERCISES
from autograder.exercises.autograd.predictions import PREDICTIONS

__all__ = ["EXERCISES", "PREDICTIONS"]
