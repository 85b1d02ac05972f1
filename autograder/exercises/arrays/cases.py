"""13-arrays: which gradients `unbroadcast` has to cut, and which programs a student's `Tensor` has to run.

The operations are looked at one by one, by what their wires bring back, so that a mistake in the walk is found where it belongs.
No two axes of a case are equal (but where an answer that takes the wrong ones fits only a square), upstreams have both signs.
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
    stretched,
    thousandths,
    walk,
    whole,
    with_misfit,
    with_upstream,
)
from autograder.reference.arrays import Tensor, unbroadcast

A, B, C = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], [[10.0, 20.0, 30.0]], [[7.0], [-3.0]]
UP = [[1.0, -2.0, 0.5], [3.0, 1.0, -1.0]]
CUBE = [[[1.0, -2.0], [0.5, 3.0], [-1.0, 4.0]], [[2.5, 0.5], [-3.0, 1.5], [6.0, -0.5]]]  # (2, 3, 2), for upstreams
BOX = [[[1, -2, 3, 0.5], [4, 2, -1, 3], [2, 5, 7, -6]], [[3, 1, -4, 2], [-5, 2, 6, 8], [0.5, -3, 9, 1]]]  # (2, 3, 4)


def cut(gradient, shape):
    return {"gradient": gradient, "shape": shape}


kept = Exercise(
    name="unbroadcast.kept",
    cell="unbroadcast",
    reference=unbroadcast,
    kinds=[
        Kind("a row that was copied", cut(UP, (1, 3)), stretched("NM", "1M"), seed=0),
        Kind("a column that was copied", cut(UP, (2, 1)), stretched("NM", "N1"), seed=1),
        Kind("one entry in a table", cut(UP, (1, 1)), stretched("NM", "11")),
        Kind("nothing to add", cut(UP, (2, 3)), stretched("NM", "NM")),
        Kind("a batch of one, where a row is not copied", cut([[1.5, -2.0, 0.5]], (1, 3)), stretched("1M", "1M")),
        Kind("three axes, the middle one stays", cut(BOX, (1, 3, 1)), stretched("NTD", "1T1")),
        Kind(
            "a length of 1 in both", cut([[[1.0, -2.0, 0.5]], [[3.0, 1.0, -4.0]]], (1, 1, 3)), stretched("N1D", "11D")
        ),
        Kind("whole numbers", cut([[1, -2, 5], [3, 1, -4]], (2, 1)), stretched("NM", "N1", draw=whole)),
    ],
)

missing = Exercise(
    name="unbroadcast.missing",
    cell="unbroadcast",
    reference=unbroadcast,
    kinds=[
        Kind(
            "a row without its first axis",
            {**cut(UP, (3,)), "misfit": (2,)},
            with_misfit(stretched("NM", "M"), lambda shape: shape[:1]),
            seed=0,
        ),
        Kind("a plain number", {**cut(UP, ()), "misfit": (4,)}, with_misfit(stretched("NM", ""), lambda shape: (6,))),
        Kind(
            "a square, copied in front",
            {**cut([[1.0, 10.0, 100.0], [2.0, 20.0, 200.0], [3.0, 30.0, 300.0]], (3,)), "misfit": (2, 3)},
            with_misfit(stretched("MM", "M"), lambda shape: (shape[0] + 1, shape[1])),
        ),
        Kind(
            "a row in a batch of tables",
            {**cut(BOX, (4,)), "misfit": (2, 1, 3)},
            with_misfit(stretched("NTD", "D"), lambda shape: (shape[0], 1, shape[1])),
        ),
        Kind(
            "one axis gone, one of length 1",
            {**cut(BOX, (3, 1)), "misfit": (3, 3, 1)},
            with_misfit(stretched("NTD", "T1"), lambda shape: (shape[0] + 1, shape[1], 1)),
        ),
        Kind(
            "two axes of length 1 in three",
            {**cut(BOX, (1, 1)), "misfit": (1, 2, 3, 4)},
            with_misfit(stretched("NTD", "11"), lambda shape: (1, *shape)),
        ),
        Kind(
            "whole numbers",
            {**cut([[1, -2, 5], [3, 1, -4]], (3,)), "misfit": (1, 2)},
            with_misfit(stretched("NM", "M", draw=whole), lambda shape: (1, shape[0])),
        ),
    ],
)


def two(program, x, y, upstream=None):
    found = {"program": program, "x": x, "y": y}
    return found if upstream is None else {**found, "upstream": upstream}


def one(program, x, upstream):
    return {"program": program, "x": x, "upstream": upstream}


data = Exercise(
    name="Tensor.data",
    cell="tensor-add",
    reference=Tensor,
    kinds=[
        Kind("a sum, a row copied", two("f = x + y", A, B), line("f = x + y", "NM", "1M", out=None), seed=0),
        Kind("a product, a column copied", two("f = x * y", A, C), line("f = x * y", "NM", "N1", out=None), seed=1),
        Kind("both stretched", two("f = x * y", B, C), line(("f = x * y", "f = x + y"), "1M", "N1", out=None)),
        Kind("a missing axis", two("f = x + y", A, [1.5, -2.0, 0.5]), line("f = x + y", "NM", "M", out=None)),
        Kind("a plain number", two("f = x * y", A, -2.5), line(("f = x * y", "f = y + x"), "NM", "", out=None)),
        Kind(
            "numbers on either side",
            two("f = 2.5 * x + (y * 3 + 1.5)", A, B),
            line("f = {a} * x + (y * {a} + 3)", "NM", "1M", out=None),
        ),
        Kind(
            "an array on the left",
            two("f = np.array([1.0, 2.0, -3.0]) * x + y", A, B),
            line("f = np.array({row}) * x + y", "NM", "1M", out=None),
        ),
        Kind("a minus, which was given", two("f = x - y", A, C), line("f = x - y", "NM", "N1", out=None)),
        Kind(
            "whole numbers",
            two("f = x * y", [[1, 2, 3], [4, 5, 6]], [[2, -3, 4]]),
            line("f = x * y", "NM", "1M", out=None, draw=whole),
        ),
    ],
)

grad = Exercise(
    name="Tensor.grad",
    cell="tensor-add",
    reference=Tensor,
    kinds=[
        Kind("a sum, a row copied", two("f = x + y", A, B, UP), line("f = x + y", "NM", "1M", out="NM"), seed=0),
        Kind("a product, a row copied", two("f = x * y", A, B, UP), line("f = x * y", "NM", "1M", out="NM"), seed=1),
        Kind("a product, a column copied", two("f = x * y", C, A, UP), line("f = x * y", "N1", "NM", out="NM")),
        Kind("both stretched", two("f = x * y", B, C, UP), line(("f = x * y", "f = x + y"), "1M", "N1", out="NM")),
        Kind("a missing axis", two("f = x + y", A, [1.5, -2.0, 0.5], UP), line("f = x + y", "NM", "M", out="NM")),
        Kind("a plain number", two("f = x * y", A, -2.5, UP), line("f = x * y", "NM", "", out="NM")),
        Kind(
            "equal shapes",
            two("f = x * y", A, UP, [[2.0, 3.0, -4.0], [1.5, 0.5, 6.0]]),
            line("f = x * y", "NM", "NM", out="NM"),
        ),
        Kind("one factor twice", two("f = x * x + y", A, B, UP), line("f = x * x + y", "NM", "1M", out="NM")),
        Kind("one term twice", two("f = x + x * y", A, C, UP), line("f = x + x + y", "NM", "N1", out="NM")),
        Kind(
            "an array on the left",
            two("f = np.array([2.0, -3.0, 4.0]) * x + y", A, B, UP),
            line("f = np.array({row}) * x + y", "NM", "1M", out="NM"),
        ),
        Kind(
            "whole numbers",
            two("f = x * y", [[1, 2, 3], [4, 5, 6]], [[2, -3, 4]], UP),
            line("f = x * y", "NM", "1M", out="NM", draw=whole),
        ),
    ],
)

sums = Exercise(
    name="Tensor.sum",
    cell="tensor-sum",
    reference=Tensor,
    kinds=[
        Kind("everything", one("f = x.sum()", A, -2.5), line("f = x.sum()", "NM", out=""), seed=0),
        Kind(
            "over axis 0",
            one("f = x.sum(axis=0)", A, [1.0, 10.0, -100.0]),
            line("f = x.sum(axis=0)", "NM", out="M"),
            seed=1,
        ),
        Kind("over axis 1", one("f = x.sum(axis=1)", A, [1.0, -10.0]), line("f = x.sum(axis=1)", "NM", out="N")),
        Kind(
            "over axis 1 of a square",
            one("f = x.sum(axis=1)", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, -9.0]], [1.0, 10.0, -100.0]),
            line("f = x.sum(axis=1)", "NN", out="N"),
        ),
        Kind(
            "over axis 1, kept",
            one("f = x.sum(axis=1, keepdims=True)", A, [[1.0], [-10.0]]),
            line("f = x.sum(axis=1, keepdims=True)", "NM", out="N1"),
        ),
        Kind(
            "counted from the end", one("f = x.sum(axis=-1)", A, [2.0, -3.0]), line("f = x.sum(axis=-1)", "NM", out="N")
        ),
        Kind(
            "over two axes",
            one("f = x.sum(axis=(0, 2))", BOX, [1.0, -10.0, 100.0]),
            line("f = x.sum(axis=(0, 2))", "NTD", out="T"),
        ),
        Kind(
            "over two axes, kept",
            one("f = x.sum(axis=(0, 2), keepdims=True)", BOX, [[[1.0], [-10.0], [100.0]]]),
            line("f = x.sum(axis=(0, 2), keepdims=True)", "NTD", out="1T1"),
        ),
        Kind(
            "everything, kept",
            one("f = x.sum(keepdims=True)", A, [[-2.5]]),
            line("f = x.sum(keepdims=True)", "NM", out="11"),
        ),
        Kind(
            "whole numbers",
            one("f = x.sum(axis=0)", [[1, 2, 3], [4, 5, 6]], [2.0, -3.0, 4.0]),
            line("f = x.sum(axis=0)", "NM", out="M", draw=whole),
        ),
    ],
)


def path(program, x, y, z):
    return {"program": program, "x": x, "y": y, "z": z}


LATER = "\ng = total(x * y * z)"
TREES = tuple(one + LATER for one in ("f = total((x + y) * z)", "f = total(x * y + z)", "f = total(x * (y + z))"))
WHOLE = "f = total(x * 0.1 * y + z)" + LATER
DIAMOND = "a = x * y\nb = a * z\nf = total(a + b)" + LATER
LONG = "a = x * y\nb = a * z\nc = b * y\nf = total(c + a)" + LATER
LADDER = "f = x\nfor _ in range(30):\n    f = f * y + f * z\ng = x + y * z"
CHAIN = "f = x\nfor _ in range(150):\n    f = f + y\ng = x * y + z"

walking = Exercise(
    name="Tensor.backward",
    cell="tensor-backward",
    reference=Tensor,
    kinds=[
        Kind("rows and columns copied", path(TREES[0], A, B, C), walk(TREES, "NM", "1M", "N1"), seed=0),
        Kind(
            "a weight in two layers",
            path("f = x * y * y\ng = x * y + z", 3.0, 2.0, 1.5),
            walk("f = x * y * y\ng = x * y + z"),
            seed=3,
        ),
        Kind(
            "one value in both places",
            path("f = total(x * x + y) * z" + LATER, [[2.0, -3.0, 1.5]], [[4.0], [0.5]], -2.5),
            walk("f = total(x * x + y) * z" + LATER, "1M", "N1", ""),
        ),
        Kind(
            "a sum and its first term again",
            path("f = total((x + y) + x * z)" + LATER, A, UP, A),
            walk("f = total((x + y) + x * z)" + LATER, "NM", "NM", "NM"),
        ),
        Kind(
            "a sum of sums",
            path("f = total((x + y) + x) + total(z)" + LATER, A, UP, C),
            walk("f = total((x + y) + x) + total(z)" + LATER, "NM", "NM", "N1"),
        ),
        Kind("a short way and a long way", path(DIAMOND, A, B, C), walk(DIAMOND, "NM", "1M", "N1"), seed=4),
        Kind("a long way and a short way", path(LONG, B, C, A), walk(LONG, "1M", "N1", "NM"), seed=5),
        Kind(
            "a tensor that f is not made of",
            path("f = total(x * y)\ng = total(z * x)", A, B, C),
            walk("f = total(x * y)\ng = total(z * x)", "NM", "1M", "N1"),
        ),
        Kind(
            "one entry in two axes, small",
            path("f = x * y + z * x\ng = x * y * z", [[0.00254321]], [[-0.00151717]], [[0.00436363]]),
            walk("f = x * y + z * x\ng = x * y * z", "11", "11", "11", draw=thousandths),
            seed=6,
        ),
        Kind(
            "whole numbers",
            path(WHOLE, [[1, 2, 3], [4, 5, 6]], [[2.5, -0.5, 4.5]], [[3], [-2]]),
            walk(WHOLE, "NM", "1M", "N1", draw=whole),
        ),
        Kind(
            "thirty diamonds in a row",
            path(LADDER, 2.5, 0.75, 0.5),
            walk(LADDER, draw=lambda rng, shape: round(float(rng.uniform(0.4, 0.7)), 10)),
        ),
        Kind("a long chain", path(CHAIN, 2.5, -3.0, 1.5), walk(CHAIN)),
    ],
)

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
            with_upstream(scores(shift=1000.0)),
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
            "scores near 1000", {"z": [[1000.0, 0.0, 999.0], [998.0, 1000.0, -4.0]], "t": [1, 2]}, scores(shift=1000.0)
        ),
        Kind(
            "rows a thousand apart",
            {"z": [[1001.0, 1000.0, 999.5], [1.0, 0.0, -1.0]], "t": [1, 0]},
            scores(apart=1000.0),
        ),
        Kind("whole numbers", {"z": [[3, -2, 1], [5, 2, 4]], "t": [2, 0]}, scores(draw=whole)),
    ],
)

EXERCISES = (kept, missing, data, grad, sums, walking, matmul, axes, curves, rows, log_sum_exp, cross_entropy)
