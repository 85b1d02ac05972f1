"""07-relu: known mistakes of `exposing_case`."""

import numpy as np

from autograder.exercises.relu.cases import exposing_case


@exposing_case.mistake(
    "shapes-differ",
    "Which entry of z belongs to which entry of dvalues?",
    "Print dvalues.shape and z.shape: (1, 2) goes with (1, 2).",
    "z and its upstream gradient have one shape, (N, M).",
)
def _():
    return np.array([[-3.0]]), np.array([[2.0, 5.0]])


@exposing_case.mistake(
    "not-finite",
    "Can you tell what is wrong with a rule if the numbers are infinite, or no numbers at all?",
    "Print np.isfinite(dvalues) and np.isfinite(z): all should be True.",
    "Small plain numbers expose the rule; one entry is enough.",
)
def _():
    return np.array([[-np.inf]]), np.array([[2.0]])


@exposing_case.mistake(
    "no-negative-upstream",
    "When does np.maximum(0, dvalues) differ from dvalues? Is there such an entry in your dvalues (the first of the "
    "two)?",
    "Print np.maximum(0, dvalues) beside your dvalues, the first of the two that you return: nothing has changed, so the"
    " rule has done no harm yet. Would it do any if the two changed places?",
    "The order is (dvalues, z), and the rule differs from dz = dvalues [z > 0] only where np.maximum(0, dvalues) differs"
    " from dvalues.",
)
def _():
    return np.array([[1.0, 2.0]]), np.array([[3.0, -1.0]])


@exposing_case.mistake(
    "gate-closed-there",
    "A negative upstream is there. Is the gate open where it arrives?",
    "Print z where dvalues is negative: with the gate closed both rules give 0, and nobody notices.",
    "The rules differ where the clipped upstream differs, and only if [z > 0] is 1 in the same entry.",
)
def _():
    return np.array([[-3.0, 2.0]]), np.array([[-1.0, 4.0]])
