"""09-softmax: the six exercises and the inputs they are tried on.

Targets come as labels and as one-hot rows, and no two rows of a batch agree on everything: at least two labels occur,
and N and C differ, except where a case says so.
"""

import numpy as np

from autograder.bends import ROUNDED_IN_FLOAT32
from autograder.exercise import Exercise, Kind
from autograder.exercises.softmax.draws import (
    batch_of_scores,
    certain,
    one_row,
    right_and_certain,
    scores_in_the_thousands,
    signed,
    signed_whole,
    target_kinds,
    upstream,
)
from autograder.reference import softmax as reference

softmax = Exercise(
    name="softmax",
    reference=reference.softmax,
    kinds=[
        Kind("the lesson's scores", {"z": np.log([[7.0, 2.0, 1.0], [1.0, 3.0, 4.0]])}, None),
        Kind("a batch", {"z": [[1.5, -0.5, 2.0, 0.25], [-1.0, 0.75, 0.5, 3.0]]}, batch_of_scores),
        Kind(
            "one sample, shape (C,)", {"z": [0.5, 2.0, -1.5]}, lambda rng: {"z": signed(rng, int(rng.integers(3, 6)))}
        ),
        Kind("a batch of one", {"z": [[0.5, -1.0, 2.0]]}, lambda rng: {"z": signed(rng, 1, int(rng.integers(3, 6)))}),
        Kind("whole numbers", {"z": [[3, 1], [-2, 0], [1, 4]]}, lambda rng: batch_of_scores(rng, signed_whole)),
        Kind(
            "scores near 0",
            {"z": [[2e-6, -1e-6, 0.0], [-3e-6, 1e-6, 4e-6]]},
            lambda rng: batch_of_scores(rng, scale=1e-6),
        ),
        Kind(
            "scores in the thousands",
            {
                "z": [
                    [2001.0, 2000.0, 2002.5, 2000.5],
                    [-2500.0, -2501.0, -2499.5, -2502.0],
                    [0.0, 4000.0, 1.0, -0.5],
                    [0.5, -1000.0, 2.0, 1.0],
                    [-1000.0, 0.5, 2.0, 1.0],
                ]
            },
            scores_in_the_thousands,
            seed=3,
        ),
    ],
)


CERTAIN = Kind(
    "whole numbers throughout",
    {"p": [[1, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 0]], "t": [1, 2, 0, 1]},
    certain,
)

cross_entropy = Exercise(
    name="cross_entropy",
    reference=reference.cross_entropy,
    kinds=target_kinds(CERTAIN),
    shows=(ROUNDED_IN_FLOAT32,),
)

RIGHT_AND_CERTAIN = Kind(
    "whole numbers throughout, every sample right",
    {"p": [[0, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 0]], "t": [1, 2, 0, 1]},
    right_and_certain,
)

cross_entropy_backward = Exercise(
    name="cross_entropy_backward", reference=reference.cross_entropy_backward, kinds=target_kinds(RIGHT_AND_CERTAIN)
)

softmax_jacobian = Exercise(
    name="softmax_jacobian",
    reference=reference.softmax_jacobian,
    kinds=[
        Kind("the lesson's probabilities", {"p": [0.7, 0.2, 0.1]}, lambda rng: one_row(rng, 3), seed=0),
        Kind("more classes", {"p": [0.125, 0.25, 0.5, 0.125]}, lambda rng: one_row(rng, int(rng.integers(4, 7)))),
        Kind("two classes", {"p": [0.25, 0.75]}, lambda rng: one_row(rng, 2)),
        Kind("very small probabilities", {"p": [2e-6, 0.25, 0.749998]}, lambda rng: one_row(rng, 3, tiny=True)),
        Kind(
            "whole numbers: one class is certain",
            {"p": [0, 1, 0]},
            lambda rng: {"p": np.eye(int(rng.integers(3, 6)), dtype=int)[rng.integers(3)]},
        ),
    ],
)

SEVENTHS = [[0.7, 0.2, 0.1], [0.125, 0.375, 0.5]]  # exponentials 7, 2, 1 and 1, 3, 4

softmax_backward = Exercise(
    name="softmax_backward",
    reference=reference.softmax_backward,
    kinds=[
        Kind(
            "the lesson's row",
            {"dvalues": [[1.0, -2.0, 3.0]], "p": [[0.7, 0.2, 0.1]]},
            lambda rng: upstream(rng, one_sample=True),
        ),
        Kind("a batch", {"dvalues": [[1.0, -2.0, 3.0], [-0.5, 4.0, 2.0]], "p": SEVENTHS}, upstream, seed=2),
        Kind(
            "as many samples as classes",
            {"dvalues": [[1.0, -2.0], [3.0, 0.5]], "p": [[0.25, 0.75], [0.6, 0.4]]},
            lambda rng: upstream(rng, square=True),
        ),
        Kind(
            "a whole-number upstream",
            {"dvalues": [[2, -3], [-1, 5], [4, 1]], "p": [[0.3, 0.7], [0.25, 0.75], [0.9, 0.1]]},
            lambda rng: upstream(rng, signed_whole),
        ),
        Kind(
            "a row that is certain",
            {"dvalues": [[1.5, -2.0, 0.5], [3.0, -1.0, -2.5]], "p": [[0.0, 1.0, 0.0], [0.5, 0.2, 0.3]]},
            lambda rng: upstream(rng, sure=True),
        ),
        Kind(
            "a very small upstream",
            {"dvalues": [[2e-6, -1e-6], [-3e-6, 4e-6], [1e-6, 5e-6]], "p": [[0.3, 0.7], [0.25, 0.75], [0.9, 0.1]]},
            lambda rng: upstream(rng, scale=1e-6),
        ),
        Kind(
            "a very large upstream",
            {"dvalues": [[0.0, -5e6, 0.0], [-2e6, 0.0, 3e6]], "p": SEVENTHS},
            lambda rng: upstream(rng, scale=1e6),
        ),
    ],
)

softmax_cross_entropy_backward = Exercise(
    name="softmax_cross_entropy_backward",
    reference=reference.softmax_cross_entropy_backward,
    kinds=target_kinds(CERTAIN),
)

EXERCISES = (
    softmax,
    cross_entropy,
    cross_entropy_backward,
    softmax_jacobian,
    softmax_backward,
    softmax_cross_entropy_backward,
)
