"""06-batch: `batch_dweights`, its cases and right solutions. Its known mistakes are in `batch_dweights_mistakes`."""

import numpy as np

from autograder.exercise import Exercise, Kind
from autograder.exercises.batch.draws import (
    CONSTANT_ROWS,
    DISAGREEING,
    HUGE,
    INPUTS,
    PRINTED,
    SQUARE,
    TINY,
    UNLIKE,
    WHOLE,
    both_signs,
    sizes,
    whole,
)
from autograder.reference import batch as reference


def draw(rng, scale=1.0, numbers=both_signs, samples=2):
    n, d, m = sizes(rng, samples)
    return {"dvalues": numbers(rng, n, m) * scale, "inputs": numbers(rng, n, d)}


def draw_square(rng):
    return {"dvalues": both_signs(rng, 2, 2), "inputs": both_signs(rng, 2, 2)}


batch_dweights = Exercise(
    name="batch_dweights",
    reference=reference.batch_dweights,
    kinds=[
        Kind(PRINTED, {"dvalues": CONSTANT_ROWS, "inputs": INPUTS}, None),
        Kind(UNLIKE, {"dvalues": DISAGREEING, "inputs": INPUTS}, lambda rng: draw(rng, samples=3)),
        Kind(
            WHOLE,
            {"dvalues": [[2, -3, 4, 1], [-1, 5, 2, -2]], "inputs": [[2, -1, 3], [4, 2, -5]]},
            lambda rng: draw(rng, 1, whole),
        ),
        Kind(
            TINY,
            {
                "dvalues": [[2e-6 / 7, -3e-6, 1e-6], [-4e-6, 5e-6, 2e-6]],
                "inputs": [[0.5, -1.5, 2.0, 3.0], [0.25, -1.0, 2.5, 4.0]],
            },
            lambda rng: draw(rng, 1e-6),
        ),
        Kind(
            HUGE,
            {"dvalues": [[2e6, -3e6], [-4e6, 5e6], [1e6, 6e6], [3e6, 2e6]]}
            | {"inputs": [[0.5, -1.5, 1.0], [2.0, 3.0, -0.5], [0.25, -1.0, 4.0], [1.5, 0.75, -2.0]]},
            lambda rng: draw(rng, 1e6),
        ),
        Kind(SQUARE, {"dvalues": [[1.0, -2.0], [3.0, 0.5]], "inputs": [[2.0, -1.0], [0.5, 4.0]]}, draw_square),
    ],
)


@batch_dweights.solution
def _(dvalues, inputs):
    return inputs.T @ dvalues


@batch_dweights.solution
def _(dvalues, inputs):
    return (dvalues.T @ inputs).T


@batch_dweights.solution
def _(dvalues, inputs):
    dweights = np.zeros((inputs.shape[1], dvalues.shape[1]))
    for x, g in zip(inputs, dvalues, strict=True):
        dweights += np.outer(x, g)
    return dweights


@batch_dweights.solution
def _(dvalues, inputs):
    return np.einsum("ni,nj->ij", inputs, dvalues)


@batch_dweights.solution
def _(dvalues, inputs):
    return (inputs[:, :, None] * dvalues[:, None, :]).sum(axis=0)


@batch_dweights.solution
def _(dvalues, inputs):
    columns = range(dvalues.shape[1])
    return [[sum(inputs[:, i] * dvalues[:, j]) for j in columns] for i in range(inputs.shape[1])]


@batch_dweights.solution
def _(dvalues, inputs):
    return np.tensordot(inputs, dvalues, axes=(0, 0))
