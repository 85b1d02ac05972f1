"""10-training: on which inputs the four answers are tried."""

import numpy as np

from autograder.exercise import Exercise, Kind
from autograder.exercises.training.draws import (
    answers,
    columns,
    drawn_with,
    gradients,
    small_spiral,
    spiral_task,
    to_train,
)
from autograder.reference import training as reference

accuracy = Exercise(
    name="accuracy",
    reference=reference.accuracy,
    kinds=[
        Kind(
            "the lesson's four samples",
            {"p": [[0.7, 0.2, 0.1], [0.3, 0.4, 0.3], [0.1, 0.2, 0.7], [0.2, 0.5, 0.3]], "t": [0, 1, 1, 2]},
            None,
        ),
        Kind(
            "five samples, three classes",
            {"p": [[0.4, 0.35, 0.25], [0.1, 0.3, 0.6], [0.2, 0.7, 0.1], [0.35, 0.25, 0.4], [0.6, 0.3, 0.1]],
             "t": [0, 2, 1, 0, 0]},
            lambda rng: answers(rng, int(rng.integers(7, 10)), 3),
        ),
        Kind(
            "one-hot targets",
            {"p": [[0.45, 0.3, 0.25], [0.1, 0.3, 0.6], [0.2, 0.7, 0.1], [0.35, 0.25, 0.4], [0.3, 0.2, 0.5]],
             "t": [[1, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0], [0, 0, 1]]},
            lambda rng: answers(rng, int(rng.integers(7, 10)), 3, one_hot=True),
        ),
        Kind(
            "as many samples as classes",
            {"p": [[0.4, 0.35, 0.25], [0.1, 0.3, 0.6], [0.15, 0.25, 0.6]], "t": [0, 2, 1]},
            lambda rng: answers(rng, 4, 4),
        ),
        Kind(
            "as many samples as classes, one-hot",
            {"p": [[0.4, 0.35, 0.25], [0.1, 0.3, 0.6], [0.15, 0.25, 0.6]], "t": [[1, 0, 0], [0, 0, 1], [0, 1, 0]]},
            lambda rng: answers(rng, 4, 4, one_hot=True),
        ),
        Kind(
            "all right",
            {"p": [[0.1, 0.9], [0.6, 0.4], [0.3, 0.7]], "t": [1, 0, 1]},
            lambda rng: answers(rng, int(rng.integers(5, 8)), 3, right=1),
        ),
        Kind(
            "scores in place of probabilities",
            {"p": [[-3.0, -8.0], [5.0, 12.0], [2.0, 1.5], [-20.0, -4.0], [1.0, 3.0]], "t": [0, 1, 1, 1, 1]},
            lambda rng: answers(rng, int(rng.integers(7, 10)), 3, scores=True),
        ),
    ],
)  # fmt: skip

FEW = {
    "X": [[0.5, 1.0], [-1.0, 0.5], [1.5, -0.5], [-0.5, -1.5]],
    "t": [0, 2, 1, 2],
    "weights": [[0.5, -0.25, 0.5], [-0.5, 0.75, 0.25]],
    "biases": [[0.25, -0.5, 0.5]],
    "width": 1.0,
    "level": 0.0,
    "longest": 0.5,
    "epochs": 1,
    "batch_size": 0,
    "seed": -1,
    "held_out_X": [[-0.5, -1.0]],
    "held_out_t": [2],
}

train = Exercise(
    name="train",
    reference=reference.train,
    rtol=1e-7,
    kinds=[
        Kind("all samples at once, one epoch", FEW, lambda rng: to_train(rng, 5, 3, 1, k=2)),
        Kind(
            "all samples at once, five epochs",
            drawn_with(1, to_train, 7, 3, 5),
            lambda rng: to_train(rng, 7, 3, 5),
        ),
        Kind(
            "batches of 3 from 8 samples, in order",
            drawn_with(2, to_train, 8, 3, 4, 3),
            lambda rng: to_train(rng, 8, 3, 4, 3),
        ),
        Kind(
            "batches of 3 from 7 samples, shuffled",
            drawn_with(3, to_train, 7, 3, 4, 3, True),
            lambda rng: to_train(rng, 7, 3, 4, 3, True),
        ),
        Kind(
            "whole numbers, a batch larger than the data",
            drawn_with(4, to_train, 6, 2, 3, 10, True, whole=True),
            lambda rng: to_train(rng, 6, 2, 3, 10, True, whole=True),
        ),
        Kind(
            "scores around 1000",
            drawn_with(5, to_train, 7, 3, 2, level=1000.0),
            lambda rng: to_train(rng, 7, 3, 2, level=1000.0),
        ),
        Kind(
            "a small spiral, of whose 60 held-out points at least 0.9 are wanted",
            drawn_with(6, spiral_task),
            small_spiral,
        ),
    ],
)

standardize = Exercise(
    name="standardize",
    reference=reference.standardize,
    kinds=[
        Kind(
            "three samples",
            {"X": [[1.0, 200.0], [2.0, 400.0], [3.0, 600.0]], "mean": [2.0, 400.0], "std": [0.5, 100.0]},
            None,
        ),
        Kind(
            "samples that were not in the training set",
            {"X": [[14.0, -3.0, 0.5], [16.0, -1.0, 2.5]], "mean": [10.0, -2.0, 1.0], "std": [2.0, 0.5, 4.0]},
            lambda rng: columns(rng, 4, 3),
        ),
        Kind(
            "a column that never varied in training",
            {"X": [[14.0, 7.0], [16.0, 9.0], [9.0, 7.0]], "mean": [10.0, 7.0], "std": [2.0, 0.0]},
            lambda rng: columns(rng, 4, 3, constant=True),
        ),
        Kind(
            "one sample",
            {"X": [[3.0, -5.0, 8.0]], "mean": [1.0, -1.0, 2.0], "std": [4.0, 0.5, 1.5]},
            lambda rng: columns(rng, 1, 4, scale=np.array([1.0, 0.1, 1.0, 1.0])),
            seed=5,
        ),
        Kind(
            "whole numbers",
            {"X": [[3, -5], [7, 2], [4, 4]], "mean": [4.5, 1.5], "std": [2.0, 4.0]},
            lambda rng: columns(rng, 4, 2, whole=True),
        ),
        Kind(
            "very large and very small columns",
            {"X": [[3e6, 2e-10], [-1e6, 5e-10], [4e6, 1e-10]], "mean": [2e6, 3e-10], "std": [2.5e6, 1.5e-10]},
            lambda rng: columns(rng, 5, 2, scale=np.array([1e6, 1e-10])),
        ),
    ],
)

SGD = Exercise(
    name="SGD",
    reference=reference.SGD,
    kinds=[
        Kind(
            "the lesson's constant slope",
            {"learning_rate": 0.1, "momentum": 0.9, "weights": [[[2.0]]], "biases": [[[0.5]]],
             "dweights": [[[[1.0]]]] * 3, "dbiases": [[[[-2.0]]]] * 3},
            None,
        ),
        Kind(
            "no momentum given",
            {"learning_rate": 0.5, "momentum": 0.0, "weights": [[[2.0, -1.0]], [[0.5, 3.0]]],
             "biases": [[[0.5, -1.5]], [[1.0, 2.0]]], "dweights": [[[[1.0, -2.0]], [[-0.5, 4.0]]]] * 2,
             "dbiases": [[[[3.0, 1.0]], [[-2.0, 0.25]]]] * 2},
            lambda rng: gradients(rng, 3, 2, 3, 2, float(rng.uniform(0.05, 0.5)), 0.0),
        ),
        Kind(
            "momentum, two steps",
            {"learning_rate": 0.5, "momentum": 0.75, "weights": [[[2.0], [-1.0]]], "biases": [[[0.5]]],
             "dweights": [[[[1.0], [-2.0]]], [[[3.0], [0.5]]]], "dbiases": [[[[4.0]]], [[[-1.0]]]]},
            lambda rng: gradients(rng, 2, 1, 2, 3, float(rng.uniform(0.05, 0.5)), float(rng.uniform(0.5, 0.9))),
        ),
        Kind(
            "momentum, two layers, three steps",
            {"learning_rate": 0.25, "momentum": 0.5, "weights": [[[2.0, -1.0]], [[0.5, 3.0]]],
             "biases": [[[0.5, -1.5]], [[1.0, 2.0]]],
             "dweights": [[[[1.0, -2.0]], [[-0.5, 4.0]]], [[[0.5, 3.0]], [[2.0, -1.0]]], [[[-4.0, 1.5]], [[1.0, 0.5]]]],
             "dbiases": [[[[3.0, 1.0]], [[-2.0, 0.25]]], [[[-1.0, 2.0]], [[0.5, 3.0]]], [[[1.0, -3.0]], [[4.0, -0.5]]]]},
            lambda rng: gradients(rng, 4, 3, 2, 3, float(rng.uniform(0.05, 0.5)), float(rng.uniform(0.5, 0.9))),
        ),
        Kind(
            "parameters and gradients of millionths",
            {"learning_rate": 0.5, "momentum": 0.25, "weights": [[[2e-6, -1e-6]]], "biases": [[[3e-6, 0.5e-6]]],
             "dweights": [[[[1e-6, -2e-6]]], [[[3e-6, 0.5e-6]]]], "dbiases": [[[[4e-6, 1e-6]]], [[[-1e-6, 2e-6]]]]},
            lambda rng: gradients(rng, 3, 2, 2, 3, float(rng.uniform(0.05, 0.5)), float(rng.uniform(0.5, 0.9)), 1e-6), seed=0,
        ),
    ],
)  # fmt: skip

EXERCISES = (accuracy, train, standardize, SGD)
