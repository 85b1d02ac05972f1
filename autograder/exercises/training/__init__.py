"""10-training: the exercises and predictions, gathered."""

from autograder.exercises.training import (  # noqa: F401 (they declare)
    accuracy_answers,
    sgd_answers,
    standardize_answers,
    train_gradient,
    train_orders,
    train_rows,
)
from autograder.exercises.training.cases import SGD, accuracy, standardize, train
from autograder.exercises.training.predictions import PREDICTIONS  # noqa: F401

EXERCISES = (accuracy, train, standardize, SGD)
