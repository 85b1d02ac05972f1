"""11-clinic: known mistakes of `mended_relu_backward`."""

import numpy as np

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


cut = mended_relu_backward.mistake(
    "upstream-cut-to-whole-numbers",
    "The error is gone, since the upstream was made to fit the mask. What has become of its fractions?",
    "Try z = [[3, -2]] with dvalues = [[-0.5, 4.0]]: -0.5 and 0. Is your first entry 0?",
    "The mask is to fit the upstream, not the other way round: what is worked out with fractions needs an array of floats.",
)


@cut
def _(dvalues, z):
    return (z > 0) * dvalues.astype(int)


@cut
def _(dvalues, z):
    return (z > 0) * np.round(dvalues)
