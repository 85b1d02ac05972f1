"""08-network: three classes that keep state, and the check of a whole network's gradients."""

from autograder.exercises.network import (  # noqa: F401  (they register themselves)
    chain,
    checker,
    checker_errors,
    dense_passes,
    dense_start,
    relu_layer,
    solutions,
)
from autograder.exercises.network.cases import Dense, Dense_weights, Network, ReLU, check_gradients
from autograder.exercises.network.predictions import PREDICTIONS  # noqa: F401

EXERCISES = (Dense, Dense_weights, ReLU, Network, check_gradients)
