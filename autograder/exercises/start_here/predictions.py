"""00-start-here: the choices made before the answer is shown."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="sum-axis-shape",
        question="`a` has shape (3, 4): 3 rows, 4 columns. What is `a.sum(axis=0).shape`?",
        right="`(4,)`",
        because="`axis=0` names the axis that disappears: the 3 rows are added up, and 4 column sums remain.",
        wrong=(
            (
                "`(3,)`",
                "That takes `axis` to name what stays. It names what is summed over and goes: take"
                " np.arange(6).reshape(2, 3), print it, then print its sum(axis=0).",
            ),
            (
                "`(1, 4)`",
                "That expects the summed axis to be kept, with length 1. numpy keeps it only when asked to: compare"
                " np.ones((2, 5)).sum(axis=0).shape with and without keepdims=True.",
            ),
            (
                "`()`",
                "That sums everything, which is what a.sum() does. Given an axis, numpy sums along that one only: try"
                " np.ones((2, 5)).sum(), then np.ones((2, 5)).sum(axis=0).",
            ),
        ),
    ),
    Prediction(
        name="two-names-one-array",
        question="`a = np.array([1., 2.])`, then `b = a`, then `b *= 2`. What does `print(a)` show now?",
        right="`[2. 4.]`",
        because="`b = a` copies nothing: it gives the same array a second name, and `*=` writes into that array."
        " `b = a.copy()` would have made a second array.",
        wrong=(
            (
                "`[1. 2.]`",
                "That takes `=` to copy. It only gives what stands on its right a name: try `b is a`.",
            ),
            (
                "`[1. 2. 1. 2.]`",
                "That is what `*=` does to a Python list. An array does arithmetic instead: compare [5, 6] * 2 with"
                " np.array([5, 6]) * 2.",
            ),
            (
                "an error, because the array belongs to `a`",
                "That takes an array to belong to a name. Any number of names may stand for one array, with equal"
                " rights: try `b is a`.",
            ),
        ),
    ),
)
