"""11-clinic: five mends and five diagnoses. Importing the other modules registers what they declare."""

from autograder.exercises.clinic import mistakes, solutions  # noqa: F401
from autograder.exercises.clinic.cases import EXERCISES
from autograder.exercises.clinic.predictions import PREDICTIONS

__all__ = ["EXERCISES", "PREDICTIONS"]
