"""14-deep: the exercises and the inputs they are tried on.

The lesson's own numbers (1, 1, 5, 5; its second batch; its row) are public only, with eps 0: one knows them by hand. Elsewhere eps
is 1e-5, as the stubs have it, or 0.1, by which one sees where it stands.
"""

import numpy as np

from autograder.exercise import Exercise, Kind
from autograder.exercises.deep import draws
from autograder.exercises.deep.draws import (
    backward,
    batches,
    both_ways,
    constant,
    constant_row,
    forward,
    in_rows,
    in_test,
)
from autograder.reference import deep as reference

FOUR = {"X": [[1.0], [1.0], [5.0], [5.0]], "gamma": [[1.0]], "eps": 0.0}
SECOND = {
    "X": [[1.0, 10.0, 0.0], [1.0, 30.0, -1.0], [5.0, 10.0, 2.0], [5.0, 50.0, 3.0]],
    "gamma": [[1.0, 3.0, -2.0]],
    "eps": 0.0,
}
SECOND_BACK = {"dvalues": [[4.0, 1.0, -1.0], [0.0, -2.0, 0.5], [0.0, 0.0, 2.0], [0.0, 3.0, 1.0]], **SECOND}
ROW = {"X": [[1.0, 1.0, 5.0, 5.0]], "gamma": [[1.0, 2.0, 1.0, 1.0]], "eps": 0.0}
THE_FOUR, THE_SECOND, THE_ROW = "the lesson's four samples", "the lesson's second batch", "the lesson's row"
LARGE_EPS, SMALL = "an eps of 0.1", "features of thousandths, beside which eps is not small"


def kind(about, draw, seed, digits=5, more=None):
    """A kind whose public example is drawn like the hidden ones, from a seed of its own, and shortened.

    more: the seed of a second one, in many digits.
    """
    public = {
        name: shortened(value, digits) if np.asarray(value).dtype.kind == "f" and name != "eps" else value
        for name, value in draw(np.random.default_rng(seed)).items()
    }
    return Kind(about, public, draw, seed=more)


def shortened(values, digits):
    """To so many significant digits, entry by entry."""
    written = [float(f"{value:.{digits - 1}e}") for value in np.ravel(values)]
    return np.reshape(written, np.shape(values))


# ---------------------------------------------------------------- rows of layers

Residual = Exercise(
    name="Residual",
    reference=reference.Residual,
    kinds=[
        kind("no layer in the branch", lambda rng: draws.through(rng, ""), 1),
        kind("one layer", lambda rng: draws.through(rng, "square"), 2),
        kind("three layers", lambda rng: draws.through(rng, "stretch turn square"), 3),
        kind("two layers, whole numbers", lambda rng: draws.through(rng, "square turn", draw=draws.whole), 4),
        kind("a very small upstream", lambda rng: draws.through(rng, "turn wave", upstream=1e-6), 5),
    ],
)

gradient_sizes = Exercise(
    name="gradient_sizes",
    reference=reference.gradient_sizes,
    kinds=[
        kind("three layers", lambda rng: draws.through(rng, "stretch turn square"), 1),
        kind("one layer", lambda rng: draws.through(rng, "wave"), 2),
        kind("layers of different widths", lambda rng: draws.through(rng, "square twice stretch twice"), 3),
        kind("one sample", lambda rng: draws.through(rng, "turn square", n=1, d=3), 4),
        kind("whole numbers", lambda rng: draws.through(rng, "turn square", draw=draws.whole), 5),
        kind("a very small upstream", lambda rng: draws.through(rng, "square turn wave turn", upstream=1e-6), 6),
    ],
)

# ---------------------------------------------------------------- batch norm

batch_norm_forward = Exercise(
    name="batch_norm_forward",
    reference=reference.batch_norm_forward,
    kinds=[
        Kind(THE_FOUR, {**FOUR, "beta": [[0.0]]}, None),
        Kind(THE_SECOND, {**SECOND, "beta": [[0.5, -1.0, 2.0]]}, None),
        kind("features on different scales", forward, 1),
        kind(LARGE_EPS, lambda rng: forward(rng, eps=0.1, draw=draws.signed), 2),
        kind("two samples, one gamma 0", lambda rng: forward(rng, n=2, d=3, zero=True), 3),
        kind("one sample", lambda rng: forward(rng, n=1, d=3), 4),
        kind("one feature", lambda rng: forward(rng, n=4, d=1), 5),
        kind("a feature that never varies", lambda rng: constant(rng, forward), 6),
        kind("whole numbers", lambda rng: forward(rng, draw=draws.whole), 7),
        kind("as many samples as features", lambda rng: forward(rng, n=3, d=3), 8),
        kind(SMALL, lambda rng: forward(rng, draw=draws.signed, scale=1e-3), 9),
    ],
)


def whole_back(rng):
    """X and upstream in whole numbers."""
    return backward(rng, draw=draws.whole, draw_upstream=draws.whole)


def whole_rows_back(rng):
    """Rows of whole numbers."""
    return in_rows(rng, draw=backward, rows=draws.whole)


def ways_back():
    """The kinds of both parts of batch norm's way back."""
    return [
        Kind(THE_FOUR, {"dvalues": [[4.0], [0.0], [0.0], [0.0]], **FOUR}, None),
        Kind(THE_SECOND, SECOND_BACK, None),
        kind("features on different scales", backward, 1, more=21),
        kind(LARGE_EPS, lambda rng: backward(rng, eps=0.1, draw=draws.signed), 2),
        kind("two samples, an eps of 0.1", lambda rng: backward(rng, n=2, d=3, eps=0.1, draw=draws.signed), 3),
        kind("one sample", lambda rng: backward(rng, n=1, d=3), 4),
        kind("one feature", lambda rng: backward(rng, n=4, d=1), 5),
        kind("a feature that never varies", lambda rng: constant(rng, backward), 6),
        kind("a feature that never varies, nor its upstream", lambda rng: constant(rng, backward, level=True), 7),
        kind("whole numbers", lambda rng: draws.clear(rng, whole_back, reference.batch_norm_backward), 8),
        kind("as many samples as features", lambda rng: backward(rng, n=3, d=3), 9),
        kind("one gamma 0", lambda rng: backward(rng, zero=True), 10),
        kind(SMALL, lambda rng: backward(rng, draw=draws.signed, scale=1e-3), 11),
        kind("a very small upstream", lambda rng: backward(rng, upstream=1e-6, draw=draws.signed), 12),
    ]


batch_dX = Exercise(
    name="batch_norm_backward.dX",
    cell="batch-norm-backward",
    reference=reference.batch_norm_backward,
    kinds=ways_back(),
)
batch_parameters = Exercise(
    name="batch_norm_backward.parameters",
    cell="batch-norm-backward",
    reference=reference.batch_norm_backward,
    kinds=ways_back(),
)

# ---------------------------------------------------------------- layer norm

layer_norm_forward = Exercise(
    name="layer_norm_forward",
    reference=reference.layer_norm_forward,
    kinds=[
        Kind(THE_ROW, {**ROW, "beta": [[0.0, 0.0, 0.0, 0.0]]}, None),
        Kind(THE_SECOND, {**SECOND, "beta": [[0.5, -1.0, 2.0]]}, None),
        kind("rows on different scales", in_rows, 1),
        kind("sequences of rows", lambda rng: in_rows(rng, 2, 5, d=3), 2),
        kind("sequences of rows, an eps of 0.1", lambda rng: in_rows(rng, 4, 2, d=3, eps=0.1, rows=draws.signed), 3),
        kind("one row", lambda rng: in_rows(rng, 1, d=4), 4),
        kind("one feature", lambda rng: in_rows(rng, 3, d=1), 5),
        kind("a row that never varies", lambda rng: constant_row(rng, forward), 6),
        kind("whole numbers", lambda rng: in_rows(rng, rows=draws.whole), 7),
        kind("as many rows as features", lambda rng: in_rows(rng, 3, d=3), 8),
        kind("two features, one gamma 0", lambda rng: in_rows(rng, 3, d=2, zero=True), 9),
        kind(SMALL, lambda rng: in_rows(rng, 3, d=4, rows=lambda *of: 1e-3 * draws.signed(*of)), 10),
    ],
)


def rows_back():
    """The kinds of both parts of layer norm's way back."""
    return [
        Kind(THE_ROW, {"dvalues": [[4.0, 1.0, 0.0, 0.0]], **ROW}, None),
        Kind(THE_SECOND, SECOND_BACK, None),
        kind("rows on different scales", lambda rng: in_rows(rng, draw=backward), 1, more=21),
        kind("sequences of rows", lambda rng: in_rows(rng, 2, 5, d=3, draw=backward), 2),
        kind(
            "sequences of rows, an eps of 0.1",
            lambda rng: in_rows(rng, 4, 2, d=3, draw=backward, eps=0.1, rows=draws.signed),
            3,
        ),
        kind("one row", lambda rng: in_rows(rng, 1, d=4, draw=backward), 4),
        kind("one feature", lambda rng: in_rows(rng, 3, d=1, draw=backward), 5),
        kind("a row that never varies", lambda rng: constant_row(rng, backward), 6),
        kind("a row that never varies, nor gamma times its upstream", lambda rng: constant_row(rng, backward, True), 7),
        kind("whole numbers", lambda rng: draws.clear(rng, whole_rows_back, reference.layer_norm_backward), 8),
        kind("as many rows as features", lambda rng: in_rows(rng, 3, d=3, draw=backward), 9),
        kind("one gamma 0", lambda rng: in_rows(rng, draw=backward, zero=True), 10),
        kind(SMALL, lambda rng: in_rows(rng, 3, d=4, draw=backward, rows=lambda *of: 1e-3 * draws.signed(*of)), 11),
        kind("a very small upstream", lambda rng: in_rows(rng, draw=backward, upstream=1e-6, rows=draws.signed), 12),
    ]


layer_dX = Exercise(
    name="layer_norm_backward.dX",
    cell="layer-norm-backward",
    reference=reference.layer_norm_backward,
    kinds=rows_back(),
)
layer_parameters = Exercise(
    name="layer_norm_backward.parameters",
    cell="layer-norm-backward",
    reference=reference.layer_norm_backward,
    kinds=rows_back(),
)

# ---------------------------------------------------------------- batch norm as a layer

running = Exercise(
    name="BatchNorm.running",
    cell="batch-norm",
    reference=reference.BatchNorm,
    kinds=[
        Kind("the lesson's four samples, three times", {"batches": [FOUR["X"]] * 3, "momentum": 0.9}, None),
        kind("three batches", lambda rng: batches(rng, 3), 1),
        kind("a momentum of 0.75", lambda rng: batches(rng, 3, 0.75), 2),
        kind("two features, whole numbers", lambda rng: batches(rng, 2, n=3, d=2, draw=draws.whole), 3),
        kind(
            "a momentum of 0.5, features of thousandths",
            lambda rng: batches(rng, 3, 0.5, draw=lambda *of: 1e-3 * draws.signed(*of)),
            12,
        ),
        kind("as many samples as features", lambda rng: batches(rng, 2, n=3, d=3, draw=draws.signed), 4),
        kind("batches of one", lambda rng: batches(rng, 2, n=1, d=3, draw=draws.signed), 5),
    ],
)

test = Exercise(
    name="BatchNorm.test",
    cell="batch-norm",
    reference=reference.BatchNorm,
    kinds=[
        Kind(
            "the lesson's one sample",
            {"X": [[9.0]], "weights": [[1.0]], "biases": [[0.0]], "running_mean": [[3.0]], "running_variance": [[4.0]],
             "eps": 0.0},
            None,
        ),
        kind("a batch", in_test, 1),
        kind("a batch of one", lambda rng: in_test(rng, n=1, d=3), 2),
        kind(LARGE_EPS, lambda rng: in_test(rng, eps=0.1), 3),
        kind("whole numbers", lambda rng: in_test(rng, draw=draws.whole), 4),
        kind("as many samples as features", lambda rng: in_test(rng, n=3, d=3), 5),
    ],
)  # fmt: skip

gradients = Exercise(
    name="BatchNorm.gradients",
    cell="batch-norm",
    reference=reference.BatchNorm,
    kinds=[
        Kind(
            "the lesson's four samples, in both modes",
            {"X": FOUR["X"], "dvalues": [[4.0], [0.0], [0.0], [0.0]], "seen": FOUR["X"],
             "upstream": [[4.0], [0.0], [0.0], [0.0]], "weights": [[1.0]], "running_mean": [[3.0]],
             "running_variance": [[4.0]], "eps": 0.0},
            None,
        ),
        kind("two batches", both_ways, 1, more=21),
        kind("one sample in test mode", lambda rng: both_ways(rng, n=4, d=3, seen=1), 2),
        kind("one feature", lambda rng: both_ways(rng, n=4, d=1, seen=3), 6),
        kind(LARGE_EPS, lambda rng: both_ways(rng, eps=0.1, draw=draws.signed), 3),
        kind("as many samples as features, whole numbers", lambda rng: both_ways(rng, n=3, d=3, draw=draws.whole), 4),
        kind("a very small upstream", lambda rng: both_ways(rng, draw=draws.signed, upstream=1e-6), 5),
    ],
)  # fmt: skip

EXERCISES = (
    Residual,
    gradient_sizes,
    batch_norm_forward,
    batch_dX,
    batch_parameters,
    layer_norm_forward,
    layer_dX,
    layer_parameters,
    running,
    test,
    gradients,
)
