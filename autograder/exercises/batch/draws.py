"""Numbers for the cases of 06-batch: the lesson's two batches, and what hidden cases are drawn from."""

from autograder.exercises.layer.draws import BIASES as LAYER_BIASES
from autograder.exercises.layer.draws import WEIGHTS, both_signs, whole

INPUTS = [[1.0, 2.0, 3.0, 2.5], [2.0, 5.0, -1.0, 2.0], [-1.5, 2.7, 3.3, -0.8]]
BIASES = [LAYER_BIASES]
CONSTANT_ROWS = [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [3.0, 3.0, 3.0]]

TWO_NEURONS = [row[:2] for row in WEIGHTS]
DISAGREEING = [[1.0, -2.0], [0.5, 3.0], [-1.0, 0.25]]

PRINTED = "the first batch of this notebook"
UNLIKE = "neurons that disagree, with N, D and M all different"
WHOLE = "whole numbers"
TINY = "very small numbers"
HUGE = "very large numbers"
SQUARE = "two of everything, where every product fits"

__all__ = ["WEIGHTS", "both_signs", "sizes", "whole"]


def sizes(rng, samples=2):
    """(N, D, M), all different and at least 2, and N at least `samples`."""
    while True:
        n, d, m = (int(size) for size in rng.choice([2, 3, 4, 5], size=3, replace=False))
        if n >= samples:
            return n, d, m
