"""11-clinic: the five mends, tried on what the same functions were tried on in their own chapters.

In front of those stands the example with which each patient came in.
"""

from autograder.exercise import Exercise, Kind
from autograder.exercises.batch.dense import dense_backward
from autograder.exercises.batch.draws import INPUTS, WEIGHTS
from autograder.exercises.gates.cases import sigmoid_neuron_backward
from autograder.exercises.neuron.cases import neuron_backward
from autograder.exercises.relu.cases import relu_backward
from autograder.exercises.softmax.cases import softmax_cross_entropy_backward
from autograder.reference import clinic as reference

ONE_SAMPLE = Kind(
    "the write-up's one sample", {"dvalues": [[1.0, 1.0, 1.0]], "inputs": INPUTS[:1], "weights": WEIGHTS}, None
)
NO_BIAS = Kind(
    "a bias of 0, so z is x . w to the last digit",
    {"dvalue": -1.5, "x": [0.5, -2.0, 3.0], "w": [4.0, -1.0, 0.25], "z": 4.75},
    lambda rng: no_bias(rng),
)


def no_bias(rng):
    """An active neuron of eighths, whose sums hold no rounding: less its products, nothing is left of z."""
    x, w = rng.integers(1, 20, size=(2, 3)) * rng.choice([-1, 1], size=3) / 8
    return {"dvalue": float(rng.integers(5, 30)) / -8, "x": x, "w": w, "z": float(x @ w)}


WELL = {  # mended: what it was before somebody broke it
    "mended_dense_backward": dense_backward,
    "mended_neuron_backward": neuron_backward,
    "mended_softmax_cross_entropy_backward": softmax_cross_entropy_backward,
    "mended_sigmoid_neuron_backward": sigmoid_neuron_backward,
    "mended_relu_backward": relu_backward,
}


def more_kinds(well: Exercise) -> list[Kind]:
    """What the exercise was tried on before, and what its patient, or a mend, could get past otherwise."""
    if well is dense_backward:
        return [ONE_SAMPLE, *well.kinds]
    if well is neuron_backward:
        return [*well.kinds, NO_BIAS]
    return list(well.kinds)


EXERCISES = tuple(
    Exercise(
        name=name,
        reference=getattr(reference, name),
        kinds=more_kinds(well),
    )
    for name, well in WELL.items()
)
(
    mended_dense_backward,
    mended_neuron_backward,
    mended_softmax_cross_entropy_backward,
    mended_sigmoid_neuron_backward,
    mended_relu_backward,
) = EXERCISES
