"""06-batch: known mistakes of `dense_backward`: those of its parts, and its own."""

from itertools import permutations

import numpy as np

from autograder.exercise import Exercise
from autograder.exercises.batch.cases import dense_backward
from autograder.exercises.batch.hints import NEVER_WRITTEN, OTHER_COURSES, WHOLE_NUMBER_BUFFER
from autograder.exercises.batch.mistakes.batch_dbiases import batch_dbiases
from autograder.exercises.batch.mistakes.batch_dinputs import batch_dinputs
from autograder.exercises.batch.mistakes.batch_dweights import batch_dweights
from autograder.reference import batch as reference


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

        dense_backward.mistake(f"{part}-{known.name}", *known.hints)(answer)


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
)
def _(dvalues, inputs, weights):
    dinputs, dweights, dbiases = right(dvalues, inputs, weights)
    return dinputs, dweights / len(inputs), dbiases / len(inputs)


@dense_backward.mistake(
    "upstream-divided-by-n",
    "All three results are right up to the number of samples. Who has divided dvalues already?",
    "Votes of +1, +4 and -4.5 make 0.5 together, not 0.1667.",
    "The loss pays 1/N once, and hands it down in dvalues. A layer that divides again pays twice.",
)
def _(dvalues, inputs, weights):
    return tuple(right(dvalues / len(dvalues), inputs, weights))


@dense_backward.mistake(
    "upstream-divided-in-place",
    "Two things: who has divided by N already, and whose array is dvalues?",
    "Try g = np.array([[1., 2.], [3., 4.]]), call the function with it, then print g.",
    "The loss pays 1/N once, and hands it down in dvalues; and `/=` writes into the caller's array.",
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
)
def _(dvalues, inputs, weights):
    dinputs, _, dbiases = right(dvalues, inputs, weights)
    return dinputs, np.dot(np.dot(inputs, weights).T, dvalues), dbiases


whole_number_buffer = dense_backward.mistake("whole-number-buffer", *WHOLE_NUMBER_BUFFER)


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
