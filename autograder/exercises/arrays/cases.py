"""13-arrays: which gradients `unbroadcast` has to cut, and the programs that a student's `Tensor` has to add up, wire and walk.

The other operations are in `operation_cases`. No two axes of a case are equal, upstreams have both signs.
"""

from autograder.exercise import Exercise, Kind
from autograder.exercises.arrays.draws import line, stretched, thousandths, walk, whole, with_misfit
from autograder.exercises.arrays.operation_cases import axes, cross_entropy, curves, log_sum_exp, matmul, rows
from autograder.exercises.arrays.programs import BOX, UP, A, B, C, one, two
from autograder.reference.arrays import Tensor, unbroadcast


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
        Kind("one term twice", two("f = x + x + y", A, C, UP), line("f = x + x + y", "NM", "N1", out="NM")),
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

EXERCISES = (kept, missing, data, grad, sums, walking, matmul, axes, curves, rows, log_sum_exp, cross_entropy)
