"""11-clinic: known mistakes of `mended_softmax_cross_entropy_backward`."""

from autograder.exercises.clinic.cases import mended_softmax_cross_entropy_backward
from autograder.exercises.clinic.mends import as_it_came_in, inherit
from autograder.exercises.clinic.patients import BROKEN
from autograder.exercises.softmax.mistakes.softmax_cross_entropy_backward import softmax_cross_entropy_backward

still_the_callers = as_it_came_in(
    mended_softmax_cross_entropy_backward,
    "The first call gives the right numbers. What is left of p after it?",
    "p = [[0.5, 0.5]] and t = [0]: call it twice, and print p each time. It starts as probabilities.",
    "A second name is not a second array. Subtract the target from an array of your own.",
)


@still_the_callers
def _(p, t):
    return BROKEN["mended_softmax_cross_entropy_backward"](p[:], t)  # a slice is a view


inherit(mended_softmax_cross_entropy_backward, softmax_cross_entropy_backward, patient="probabilities-spoiled")
