"""06-batch: `dense_backward`, its cases, right solutions and known mistakes: its parts' and its own."""

from itertools import permutations

import numpy as np

from autograder.exercise import Exercise, Kind
from autograder.exercises.batch.dbiases import batch_dbiases
from autograder.exercises.batch.dinputs import batch_dinputs
from autograder.exercises.batch.draws import (
    CONSTANT_ROWS,
    DISAGREEING,
    HUGE,
    INPUTS,
    PRINTED,
    SQUARE,
    TINY,
    TWO_NEURONS,
    UNLIKE,
    WEIGHTS,
    both_signs,
    sizes,
    whole,
)
from autograder.exercises.batch.dweights_mistakes import batch_dweights
from autograder.exercises.batch.words import NEVER_WRITTEN, OTHER_COURSES, WHOLE_NUMBER_BUFFER
from autograder.reference import batch as reference

PRINTED_CALL = f"{PRINTED} (`dvalues`, `inputs`, `weights`)"  # one number too long to be printed


def draw(rng, scale=1.0, numbers=both_signs, samples=2):
    n, d, m = sizes(rng, samples)
    return {"dvalues": both_signs(rng, n, m) * scale, "inputs": numbers(rng, n, d), "weights": numbers(rng, d, m)}


def draw_square(rng):
    return {name: both_signs(rng, 2, 2) for name in ("dvalues", "inputs", "weights")}


dense_backward = Exercise(
    name="dense_backward",
    reference=reference.dense_backward,
    kinds=[
        Kind(PRINTED_CALL, {"dvalues": CONSTANT_ROWS, "inputs": INPUTS, "weights": WEIGHTS}, None),
        Kind(
            UNLIKE, {"dvalues": DISAGREEING, "inputs": INPUTS, "weights": TWO_NEURONS}, lambda rng: draw(rng, samples=3)
        ),
        Kind(
            "inputs and weights in whole numbers",
            {"dvalues": [[0.5, -1.25], [2.75, 0.25], [-0.75, 1.5], [1.25, -3.5]]}
            | {"inputs": [[2, -1, 3], [4, 2, -5], [-3, 6, 2], [5, -2, 4]], "weights": [[2, -3], [5, 4], [-2, 3]]},
            lambda rng: draw(rng, 1, whole),
        ),
        Kind(
            TINY,
            {
                "dvalues": [[2e-6 / 7, -3e-6, 1e-6, 4e-6], [-4e-6, 5e-6, 2e-6, -1e-6]],
                "inputs": [[0.5, -1.5, 2.0], [3.0, 0.25, -1.0]],
            }
            | {"weights": [[0.5, 2.0, -1.5, 1.0], [1.5, -1.0, 3.0, 2.5], [-2.0, 0.75, 4.0, -0.5]]},
            lambda rng: draw(rng, 1e-6),
        ),
        Kind(
            HUGE,
            {"dvalues": [[2e6, -3e6, 5e6, 4e6], [-4e6, 5e6, 2e6, 1e6], [1e6, 6e6, -2e6, 3e6]]}
            | {
                "inputs": [[0.5, -1.5], [2.0, 3.0], [0.25, -1.0]],
                "weights": [[0.5, -1.5, 2.5, 3.0], [2.0, 1.0, -0.5, 1.5]],
            },
            lambda rng: draw(rng, 1e6),
        ),
        Kind(
            SQUARE,
            {
                "dvalues": [[1.0, -2.0], [3.0, 0.5]],
                "inputs": [[2.0, -1.0], [0.5, 4.0]],
                "weights": [[1.5, 3.0], [-2.5, 2.0]],
            },
            draw_square,
        ),
    ],
)


@dense_backward.solution
def _(dvalues, inputs, weights):
    return dvalues @ weights.T, inputs.T @ dvalues, dvalues.sum(axis=0, keepdims=True)


@dense_backward.solution
def _(dvalues, inputs, weights):
    dinputs, dweights, dbiases = np.zeros(inputs.shape), np.zeros(weights.shape), np.zeros((1, weights.shape[1]))
    for n in range(len(inputs)):
        for i in range(len(weights)):
            for j in range(weights.shape[1]):
                dinputs[n, i] += dvalues[n, j] * weights[i, j]
                dweights[i, j] += dvalues[n, j] * inputs[n, i]
    for row in dvalues:
        dbiases += row
    return dinputs, dweights, dbiases


@dense_backward.solution
def _(dvalues, inputs, weights):
    return [
        np.einsum("nj,ij->ni", dvalues, weights),
        np.einsum("nj,ni->ij", dvalues, inputs),
        np.einsum("nj->j", dvalues)[None, :],
    ]


@dense_backward.solution
def _(dvalues, inputs, weights):
    ones = np.ones((len(inputs), 1))
    both = np.hstack([inputs, ones]).T @ dvalues  # the bias as the weight of an input that is always 1
    return (weights @ dvalues.T).T, both[:-1], both[-1:]


def right(dvalues, inputs, weights):
    return list(reference.dense_backward(dvalues, inputs, weights))


def part_mistakes(place: int, part: str, exercise: Exercise, arguments, names: str) -> None:
    """Known mistakes of one part, made inside `dense_backward` while the other two parts are right."""
    for known in exercise.mistakes:
        if known.name not in names.split():
            continue

        def answer(dvalues, inputs, weights, wrong=known.answer):
            results = right(dvalues, inputs, weights)
            results[place] = wrong(*arguments(dvalues, inputs, weights))
            return tuple(results)

        dense_backward.mistake(f"{part}-{known.name}", *known.hints, catalogue=known.catalogue)(answer)


part_mistakes(
    0,
    "dinputs",
    batch_dinputs,
    lambda dvalues, inputs, weights: (dvalues, weights),
    "no-transpose weights-in-front both-transposed samples-as-columns wrong-factor-transposed"
    " weights-in-front-both-transposed elementwise-product transposed reshaped-not-transposed samples-added"
    " product-of-sums one-neuron-speaks-for-all upstream-ignored",
)
part_mistakes(
    1,
    "dweights",
    batch_dweights,
    lambda dvalues, inputs, weights: (dvalues, inputs),
    "no-transpose transposed both-transposed upstream-in-front samples-as-columns wrong-factor-transposed"
    " upstream-in-front-both-transposed elementwise-product one-column-for-all columns-reversed neurons-averaged"
    " mean-for-sum last-sample-only one-sample-left-out tables-not-added transpose-of-a-vector product-of-sums"
    " reshaped-not-transposed",
)
part_mistakes(
    2,
    "dbiases",
    batch_dbiases,
    lambda dvalues, inputs, weights: (dvalues,),
    "other-axis everything-added total-shared-out mean-of-everything not-summed axis-lost times-the-biases mean-for-sum"
    " last-sample-only one-sample-left-out ones zeros",
)


@dense_backward.mistake(
    "mean-for-sum",
    "dweights and dbiases are right up to the number of samples. Where in the course does 1/N live?",
    "Votes of +1, +4 and -4.5 make 0.5 together, not 0.1667. Copy every sample: the sums double.",
    "Layers sum over samples; the loss divides by N, once, and dvalues holds that already."
    f" {OTHER_COURSES.format('dW and db')}",
    catalogue=(38, 43),
)
def _(dvalues, inputs, weights):
    dinputs, dweights, dbiases = right(dvalues, inputs, weights)
    return dinputs, dweights / len(inputs), dbiases / len(inputs)


@dense_backward.mistake(
    "upstream-divided-by-n",
    "All three results are right up to the number of samples. Who has divided dvalues already?",
    "Votes of +1, +4 and -4.5 make 0.5 together, not 0.1667.",
    "The loss pays 1/N once, and hands it down in dvalues. A layer that divides again pays twice.",
    catalogue=38,
)
def _(dvalues, inputs, weights):
    return tuple(right(dvalues / len(dvalues), inputs, weights))


@dense_backward.mistake(
    "upstream-divided-in-place",
    "Two things: who has divided by N already, and whose array is dvalues?",
    "Try g = np.array([[1., 2.], [3., 4.]]), call the function with it, then print g.",
    "The loss pays 1/N once, and hands it down in dvalues; and `/=` writes into the caller's array.",
    catalogue=(23, 38),
)
def _(dvalues, inputs, weights):
    dvalues /= len(dvalues)
    return tuple(right(dvalues, inputs, weights))


exchanged = dense_backward.mistake(
    "weights-and-inputs-exchanged",
    "Which of inputs and weights does each of the three gradients need? Does each get the one it asks for?",
    "With 3 samples, 4 inputs and 2 neurons, dinputs is (3, 4), from (3, 2) and the weights, (4, 2); dweights is (4, 2),"
    " from the inputs, (3, 4), and (3, 2).",
    "An input's slope is its weight, and a weight's slope is its input.",
    catalogue=12,
)
exchanged(lambda dvalues, inputs, weights: right(dvalues, weights, inputs))
exchanged(
    lambda dvalues, inputs, weights: (dvalues @ inputs.T, weights.T @ dvalues, right(dvalues, inputs, weights)[2])
)
for one in (lambda dvalues, inputs: dvalues @ inputs.T, lambda dvalues, inputs: np.dot(dvalues, inputs.T)):
    exchanged(lambda dvalues, inputs, weights, one=one: [one(dvalues, inputs), *right(dvalues, inputs, weights)[1:]])
for one in (lambda dvalues, weights: weights.T @ dvalues, lambda dvalues, weights: np.dot(weights.T, dvalues)):

    @exchanged
    def _(dvalues, inputs, weights, one=one):
        dinputs, _, dbiases = right(dvalues, inputs, weights)
        return dinputs, one(dvalues, weights), dbiases


other_order = dense_backward.mistake(
    "another-order",
    "The three gradients are all right. In which order do they come back?",
    "Try dinputs, dweights, dbiases = dense_backward(dvalues, inputs, weights), then compare each shape with that of"
    " the thing it is for.",
    "Gradients come in argument order: inputs, weights, biases.",
    catalogue=12,
)
for order in list(permutations(range(3)))[1:]:
    other_order(
        lambda dvalues, inputs, weights, order=order: [right(dvalues, inputs, weights)[place] for place in order]
    )


@dense_backward.mistake(
    "dweights-from-the-output",
    "You kept the layer's output. What does the slope of x times w by w need?",
    "With 4 inputs and 2 neurons, dweights should be (4, 2). Output and upstream both have neurons for columns: (2,"
    " 2).",
    "dweights[i, j] = sum over n of inputs[n, i] dvalues[n, j]: the input of the layer is what backward needs.",
    catalogue=40,
)
def _(dvalues, inputs, weights):
    dinputs, _, dbiases = right(dvalues, inputs, weights)
    return dinputs, np.dot(np.dot(inputs, weights).T, dvalues), dbiases


whole_number_buffer = dense_backward.mistake("whole-number-buffer", *WHOLE_NUMBER_BUFFER, catalogue=(20, 21))


@whole_number_buffer
def _(dvalues, inputs, weights):
    dinputs, dweights = np.zeros_like(inputs), np.zeros_like(weights)
    for n in range(len(inputs)):
        dinputs[n] = np.dot(weights, dvalues[n])
    for i in range(len(weights)):
        for j in range(weights.shape[1]):
            dweights[i, j] = np.sum(inputs[:, i] * dvalues[:, j])
    return dinputs, dweights, right(dvalues, inputs, weights)[2]


@whole_number_buffer
def _(dvalues, inputs, weights):
    dweights = np.zeros_like(weights)
    for x, g in zip(inputs, dvalues, strict=True):
        dweights += np.outer(x, g)
    return right(dvalues, inputs, weights)[0], dweights, right(dvalues, inputs, weights)[2]


@whole_number_buffer
def _(dvalues, inputs, weights):
    dinputs = np.zeros_like(inputs)
    for n in range(len(inputs)):
        dinputs[n] = np.dot(weights, dvalues[n])
    return dinputs, *right(dvalues, inputs, weights)[1:]


@dense_backward.mistake(
    "np-empty-is-not-zeros",
    *NEVER_WRITTEN,
    "Every gradient starts at 0; then the contributions are added, entry by entry.",
)
def _(dvalues, inputs, weights):
    dinputs, dweights, dbiases = np.empty(inputs.shape), np.empty(weights.shape), np.empty((1, weights.shape[1]))
    for n, (x, g) in enumerate(zip(inputs, dvalues, strict=True)):
        dinputs[n] += np.dot(weights, g)
        dweights += np.outer(x, g)
        dbiases += g
    return dinputs, dweights, dbiases
