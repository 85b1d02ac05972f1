"""13-arrays: the programs of a student's `Tensor` that look at one operation each, by what its wires bring back.

So a mistake in the walk is found where it belongs. No two axes of a case are equal (but where an answer that takes the wrong ones
fits only a square), upstreams have both signs.
"""

from autograder.exercise import Exercise, Kind
from autograder.exercises.arrays.draws import (
    far_below,
    line,
    of_sign,
    out_of_order,
    pairs,
    picked,
    repeated,
    scores,
    whole,
    with_upstream,
)
from autograder.exercises.arrays.programs import BOX, CUBE, UP, A, one, two
from autograder.reference.arrays import Tensor

SQUARE = [[1.0, 2.0], [3.0, 4.0]]

matmul = Exercise(
    name="Tensor.matmul",
    cell="tensor-matmul",
    reference=Tensor,
    kinds=[
        Kind(
            "two squares",
            two("f = x @ y", SQUARE, [[5.0, 6.0], [7.0, 8.0]], [[1.0, 0.0], [0.0, 0.0]]),
            line("f = x @ y", "NN", "NN", out="NN"),
        ),
        Kind(
            "a layer",
            two("f = x @ y", A, [[0.5, -1.0], [2.0, 1.5], [-0.5, 3.0]], [[1.0, -2.0], [3.0, 0.5]]),
            line("f = x @ y", "ND", "DM", out="NM"),
            seed=0,
        ),
        Kind(
            "a batch of one",
            two("f = x @ y", [[1.5, -2.0, 0.5]], [[0.5, -1.0], [2.0, 1.5], [-0.5, 3.0]], [[3.0, -2.0]]),
            line("f = x @ y", "1D", "DM", out="1M"),
        ),
        Kind(
            "two batches of tables",
            two("f = x @ y", BOX, [[[1, 2], [0.5, -1], [3, 4], [-2, 5]], [[2, 6], [1.5, -3], [4, 1], [7, -5]]], CUBE),
            line("f = x @ y", "NTD", "NDM", out="NTM"),
        ),
        Kind(
            "weights shared by a batch",
            two("f = x @ y", BOX, [[1, 2], [0.5, -1], [3, 4], [-2, 5]], CUBE),
            line("f = x @ y", "NTD", "DM", out="NTM"),
            seed=1,
        ),
        Kind(
            "one table for a batch, on the left",
            two("f = x @ y", [[1.0, -2.0, 0.5]], BOX, [[[1.0, -2.0, 3.0, 0.5]], [[2.0, 4.0, -1.0, 6.0]]]),
            line("f = x @ y", "MT", "NTD", out="NMD"),
        ),
        Kind(
            "an array on the right",
            two(
                "f = x @ np.array([[2.0], [-1.0], [3.0]]) + y",
                A,
                [[0.5]],
                [[1.0], [-2.0]],
            ),
            line("f = x @ np.array({row})[:, None] + y", "NM", "", out="N1"),
        ),
        Kind(
            "a square used twice",
            two("f = x @ x + y", SQUARE, [[0.5, -1.5]], [[1.0, -2.0], [3.0, 0.5]]),
            line("f = x @ x + y", "NN", "1N", out="NN"),
        ),
        Kind(
            "whole numbers",
            two("f = x @ y", [[1, 2, 3], [4, 5, 6]], [[2, -1], [3, 4], [5, -2]], [[1.0, -2.0], [3.0, 0.5]]),
            line("f = x @ y", "ND", "DM", out="NM", draw=whole),
        ),
    ],
)

axes = Exercise(
    name="Tensor.axes",
    cell="tensor-axes",
    reference=Tensor,
    kinds=[
        Kind(
            "another shape",
            one("f = x.reshape(3, 2)", A, [[1.0, -2.0], [3.0, 4.0], [-5.0, 0.5]]),
            line("f = x.reshape({M}, {N})", "NM", out="MN"),
            seed=0,
        ),
        Kind(
            "everything in a row",
            one("f = x.reshape(6)", A, [1.0, -2.0, 3.0, 4.0, -5.0, 0.5]),
            line("f = x.reshape({N} * {M}).reshape({M}, {N})", "NM", out="MN"),
        ),
        Kind(
            "a length that numpy finds",
            one(
                "f = x.reshape(2, -1)",
                BOX,
                [
                    [1.0, -2.0, 3.0, 4.0, -5.0, 0.5, 6.0, 7.0, -8.0, 9.0, 1.5, 2.5],
                    [3.0, 5.0, -6.0, 1.0, 2.0, 7.5, -1.5, 4.0, 8.0, -9.0, 6.5, 3.5],
                ],
            ),
            line("f = x.reshape({N}, -1).reshape({D}, {T}, {N})", "NTD", out="DTN"),
        ),
        Kind(
            "turned",
            one("f = x.transpose()", A, [[1.0, -2.0], [3.0, 4.0], [-5.0, 0.5]]),
            line("f = x.transpose()", "NM", out="MN"),
            seed=1,
        ),
        Kind(
            "three axes reversed",
            one(
                "f = x.transpose()",
                [[[1.0, -2.0], [0.5, 3.0], [-1.0, 4.0]]],
                [[[1.0], [2.0], [-3.0]], [[4.0], [-5.0], [6.0]]],
            ),
            line("f = x.transpose()", "1TD", out="DT1"),
        ),
        Kind(
            "two axes swapped",
            one(
                "f = x.transpose(0, 2, 1)",
                CUBE,
                [[[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]], [[7.0, 8.0, 9.0], [-1.0, 0.5, 2.5]]],
            ),
            line("f = x.transpose(0, 2, 1)", "NTD", out="NDT"),
        ),
        Kind(
            "three axes in a ring",
            one(
                "f = x.transpose(1, 2, 0)",
                CUBE,
                [[[1.0, -2.0], [3.0, 4.0]], [[5.0, -6.0], [7.0, 8.0]], [[9.0, -1.0], [0.5, 2.5]]],
            ),
            line(("f = x.transpose(1, 2, 0)",), "NTD", out="TDN"),
        ),
        Kind(
            "whole numbers",
            one("f = x.reshape(3, 2)", [[1, 2, 3], [4, 5, 6]], [[1.0, -2.0], [3.0, 4.0], [-5.0, 0.5]]),
            line("f = x.reshape({M}, {N})", "NM", out="MN", draw=whole),
        ),
    ],
)

SIGNS = [[1.5, -2.0, 0.5], [-0.5, 3.0, -1.0]]

curves = Exercise(
    name="Tensor.curves",
    cell="tensor-curves",
    reference=Tensor,
    kinds=[
        Kind(
            "exp",
            one("f = x.exp()", [[0.0, 1.0, -1.5], [0.5, 2.0, -0.5]], UP),
            line("f = x.exp()", "NM", out="NM"),
            seed=0,
        ),
        Kind(
            "log",
            one("f = x.log()", [[4.0, 0.5, 2.0], [0.25, 1.0, 8.0]], UP),
            line("f = x.log()", "NM", out="NM", draw=of_sign(1)),
            seed=1,
        ),
        Kind("relu", one("f = x.relu()", SIGNS, UP), line("f = x.relu()", "NM", out="NM"), seed=2),
        Kind(
            "relu at exactly 0",
            one("f = x.relu()", [[0.0, 2.0, -3.0], [1.5, -0.5, 4.0]], [[5.0, -1.5, 4.0], [-3.0, 2.0, 6.0]]),
            line("f = x.relu()", "NM", out="NM", draw=of_sign(0)),
        ),
        Kind("exp of a plain number", one("f = x.exp()", 0.0, -2.5), line("f = x.exp()", "", out="")),
        Kind(
            "exp far below 0",
            one("f = x.exp()", [[-5.0, -6.5, -7.0], [-5.5, -7.5, -6.0]], UP),
            line("f = x.exp()", "NM", out="NM", draw=far_below),
            seed=3,
        ),
        Kind(
            "log in three axes",
            one("f = x.log()", [[[4.0, 0.5], [3.0, 2.5], [1.5, 8.0]], [[2.0, 0.25], [6.0, 5.0], [1.0, 0.75]]], CUBE),
            line("f = x.log()", "NTD", out="NTD", draw=of_sign(1)),
        ),
        Kind(
            "whole numbers",
            one("f = x.relu()", [[1, -2, 3], [-4, 5, 6]], UP),
            line("f = x.relu()", "NM", out="NM", draw=whole),
        ),
    ],
)

PAIRS = "f = x[np.array([0, 1, 2]), np.array([1, 0, 1])]"
AGAIN = "f = x[np.array([0, 1, 0]), np.array([1, 0, 1])]"

rows = Exercise(
    name="Tensor.rows",
    cell="tensor-rows",
    reference=Tensor,
    kinds=[
        Kind(
            "a place asked for twice",
            one("f = x[np.array([0, 0, 1])]", [5.0, 7.0], [1.0, 1.0, 1.0]),
            picked("N", repeated),
            seed=0,
        ),
        Kind(
            "rows of a table, one twice, one never",
            one(
                "f = x[np.array([2, 0, 2])]",
                [[1.0, 2.0], [3.0, -4.0], [5.0, 6.0]],
                [[1.0, -2.0], [3.0, 0.5], [4.0, 6.0]],
            ),
            picked("NM", repeated),
            seed=1,
        ),
        Kind(
            "rows out of order",
            one("f = x[np.array([1, 0])]", [[1.0, 2.0, 0.5], [3.0, -4.0, 2.5]], UP),
            picked("NM", out_of_order),
        ),
        Kind("one entry of each row", one(PAIRS, [[1.0, 2.0], [3.0, -4.0], [5.0, 6.0]], [1.0, -2.0, 3.0]), pairs()),
        Kind("a pair asked for twice", one(AGAIN, [[1.0, 2.0], [3.0, -4.0]], [1.0, -2.0, 3.0]), pairs(again=True)),
        Kind(
            "a table of places",
            one("f = x[np.array([[0, 2], [2, 2]])]", [5.0, 7.0, -1.5], [[1.0, -2.0], [3.0, 0.5]]),
            picked("N", repeated, table=True),
        ),
        Kind(
            "whole numbers",
            one("f = x[np.array([1, 1, 0])]", [5, 7], [0.5, 1.5, -2.0]),
            picked("N", repeated, draw=whole),
        ),
    ],
)

LN = [[1.9459101490553132, 0.6931471805599453, 0.0]]  # ln 7, ln 2, 0: a sum of 10
LSE = "f = x.log_sum_exp()"

log_sum_exp = Exercise(
    name="Tensor.logsumexp",
    cell="log-sum-exp",
    reference=Tensor,
    kinds=[
        Kind("ln 7, ln 2, 0", one(LSE, LN, [[1.0]]), with_upstream(scores(rows=1))),
        Kind(
            "two rows", one(LSE, [[1.0, -2.0, 0.5], [2.0, 3.0, -1.0]], [[2.0], [-3.0]]), with_upstream(scores()), seed=0
        ),
        Kind(
            "scores near 1000",
            one(LSE, [[1000.0, 0.0, 999.0], [998.0, 1000.0, -4.0]], [[1.0], [-2.0]]),
            with_upstream(scores(shift=1000.0, low=True)),
            seed=1,
        ),
        Kind(
            "scores near -1000",
            one(LSE, [[-1000.0, -1002.0], [-1001.0, -999.0], [-998.0, -998.5]], [[1.0], [-2.0], [0.5]]),
            with_upstream(scores(shift=-1000.0)),
        ),
        Kind(
            "rows a thousand apart",
            one(LSE, [[1001.0, 1000.0, 999.5], [1.0, 0.0, -1.0]], [[1.0], [-2.0]]),
            with_upstream(scores(apart=1000.0)),
        ),
        Kind(
            "two largest ones",
            one(LSE, [[3.0, 3.0, 1.0], [0.5, 2.0, -1.0]], [[1.0], [-2.0]]),
            with_upstream(scores(tie=True)),
        ),
        Kind("whole numbers", one(LSE, [[3, -2, 1], [5, 2, 4]], [[1.5], [-2.0]]), with_upstream(scores(draw=whole))),
    ],
)

TWO = [[*LN[0]], [0.0, 1.0986122886681098, 1.3862943611198906]]  # and ln 1, ln 3, ln 4: chapter 09's

cross_entropy = Exercise(
    name="Tensor.loss",
    cell="tensor-cross-entropy",
    reference=Tensor,
    kinds=[
        Kind("the lesson's two samples", {"z": TWO, "t": [1, 2]}, None),
        Kind(
            "more classes than samples",
            {"z": [[1.0, -2.0, 0.5, 3.0], [2.0, 3.0, -1.0, 0.5]], "t": [2, 0]},
            scores(),
            seed=0,
        ),
        Kind("a batch of one", {"z": [[1.9459101490553132, 0.6931471805599453, 0.0]], "t": [1]}, scores(rows=1)),
        Kind(
            "more samples than classes",
            {"z": [[1.0, -2.0, 0.5], [2.0, 3.0, -1.0], [0.5, 1.5, 4.0], [-3.0, 2.5, 1.0]], "t": [2, 0, 2, 1]},
            scores(rows=6),
            seed=1,
        ),
        Kind(
            "scores near 1000",
            {"z": [[1000.0, 0.0, 999.0], [998.0, 1000.0, -4.0]], "t": [1, 2]},
            scores(shift=1000.0, low=True),
        ),
        Kind(
            "rows a thousand apart",
            {"z": [[1001.0, 1000.0, 999.5], [1.0, 0.0, -1.0]], "t": [1, 0]},
            scores(apart=1000.0),
        ),
        Kind("whole numbers", {"z": [[3, -2, 1], [5, 2, 4]], "t": [2, 0]}, scores(draw=whole)),
    ],
)
