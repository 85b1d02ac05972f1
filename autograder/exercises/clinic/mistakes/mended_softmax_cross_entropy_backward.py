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


@mended_softmax_cross_entropy_backward.mistake(
    "a-new-copy-for-every-row",
    "Your copy is made inside the loop. What becomes of the rows that were done before?",
    "Try p = [[0.5, 0.5], [0.5, 0.5]], t = [0, 1]: each row adds up to 0. In yours only the last one does.",
    "One array of one's own for the whole batch, made before the loop; then one entry of each row is changed in it.",
)
def _(p, t):
    for n in range(len(p)):
        dz = p.astype(float)
        dz[n, t[n] if t.ndim == 1 else list(t[n]).index(1)] -= 1
    return dz / len(p)


inherit(mended_softmax_cross_entropy_backward, softmax_cross_entropy_backward, patient="probabilities-spoiled")
