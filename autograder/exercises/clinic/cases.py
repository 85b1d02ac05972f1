"""11-clinic: the five mends, tried on what the same functions were tried on in their own chapters.

In front of those stands the example with which each patient came in.
"""

from autograder.exercise import Exercise, Kind
from autograder.exercises.batch.cases import dense_backward
from autograder.exercises.batch.draws import INPUTS, all_three
from autograder.exercises.gates.cases import sigmoid_neuron_backward
from autograder.exercises.layer.draws import WEIGHTS
from autograder.exercises.neuron.cases import neuron_backward
from autograder.exercises.relu.cases import relu_backward
from autograder.exercises.softmax.cases import softmax_cross_entropy_backward
from autograder.reference import clinic as reference


def no_bias(rng):
    """An active neuron of eighths, whose sums hold no rounding: less its products, nothing is left of z."""
    x, w = rng.integers(1, 20, size=(2, 3)) * rng.choice([-1, 1], size=3) / 8
    return {"dvalue": float(rng.integers(5, 30)) / -8, "x": x, "w": w, "z": float(x @ w)}


ONE_SAMPLE = Kind(
    "the write-up's one sample",
    {"dvalues": [[1.0, 1.0, 1.0]], "inputs": INPUTS[:1], "weights": WEIGHTS},
    lambda rng: all_three(rng, samples=1),
)
NO_BIAS = Kind(
    "a bias of 0, so z is x . w to the last digit",
    {"dvalue": -1.5, "x": [0.5, -2.0, 3.0], "w": [4.0, -1.0, 0.25], "z": 4.75},
    no_bias,
)

mended_dense_backward = Exercise(
    name="mended_dense_backward",
    reference=reference.mended_dense_backward,
    kinds=[ONE_SAMPLE, *dense_backward.kinds],
)

mended_neuron_backward = Exercise(
    name="mended_neuron_backward",
    reference=reference.mended_neuron_backward,
    kinds=[*neuron_backward.kinds, NO_BIAS],
)

mended_softmax_cross_entropy_backward = Exercise(
    name="mended_softmax_cross_entropy_backward",
    reference=reference.mended_softmax_cross_entropy_backward,
    kinds=softmax_cross_entropy_backward.kinds,
)

mended_sigmoid_neuron_backward = Exercise(
    name="mended_sigmoid_neuron_backward",
    reference=reference.mended_sigmoid_neuron_backward,
    kinds=sigmoid_neuron_backward.kinds,
)

mended_relu_backward = Exercise(
    name="mended_relu_backward",
    reference=reference.mended_relu_backward,
    kinds=relu_backward.kinds,
)

EXERCISES = (
    mended_dense_backward,
    mended_neuron_backward,
    mended_softmax_cross_entropy_backward,
    mended_sigmoid_neuron_backward,
    mended_relu_backward,
)
