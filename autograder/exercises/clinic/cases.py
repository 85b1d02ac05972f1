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
WELL = {  # mended: what it was before somebody broke it
    "mended_dense_backward": dense_backward,
    "mended_neuron_backward": neuron_backward,
    "mended_softmax_cross_entropy_backward": softmax_cross_entropy_backward,
    "mended_sigmoid_neuron_backward": sigmoid_neuron_backward,
    "mended_relu_backward": relu_backward,
}
EXERCISES = tuple(
    Exercise(
        name=name,
        reference=getattr(reference, name),
        kinds=[*([ONE_SAMPLE] if well is dense_backward else []), *well.kinds],
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
