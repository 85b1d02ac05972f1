"""01-slopes: what the notebook asks for, in its order. The modules with answers register them with the exercises."""

from autograder.exercises.slopes import (  # noqa: F401
    derivative_answers,
    error_answers,
    error_edges,
    gradient_answers,
    gradient_differences,
)
from autograder.exercises.slopes.cases import derivative, numerical_gradient, relative_error
from autograder.exercises.slopes.predictions import PREDICTIONS

EXERCISES = (derivative, relative_error, numerical_gradient)

__all__ = ["EXERCISES", "PREDICTIONS"]
