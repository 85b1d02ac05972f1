"""04-loss: the exercises and predictions, gathered."""

from autograder.exercises.loss import dead, error, fit, fit_loop, gradients  # noqa: F401 (they declare)
from autograder.exercises.loss.cases import (
    fit_neuron,
    half_squared_error,
    half_squared_error_backward,
    is_dead,
    neuron_loss_gradients,
)
from autograder.exercises.loss.predictions import PREDICTIONS  # noqa: F401

EXERCISES = (half_squared_error, half_squared_error_backward, neuron_loss_gradients, fit_neuron, is_dead)
