"""11-clinic: known mistakes of `mended_relu_backward`."""

from autograder.exercises.clinic.cases import mended_relu_backward
from autograder.exercises.clinic.mends import as_it_came_in, inherit
from autograder.exercises.relu.mistakes.relu_backward import relu_backward

as_it_came_in(
    mended_relu_backward,
    "Which arrays has it been right for, and what kind of numbers did they hold?",
    "Try z = np.array([[3, -2]]) with dvalues = np.array([[0.5, 0.5]]), and print the dtype of the mask.",
    "zeros_like copies z's dtype, too, and `*=` cannot put fractions into an array of whole numbers: the mask must be of "
    "floats, or the product a new array.",
)


inherit(mended_relu_backward, relu_backward, patient="integer-mask")
