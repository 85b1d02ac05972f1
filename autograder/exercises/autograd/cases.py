"""12-autograd: which programs a student's `Value` has to run.

Every part has programs of its own: those of the later parts use each value once, so that a mistake in the order of the walk
is found where it belongs. Numbers are kept away from 0, 1 and 2, where wrong rules agree with right ones.
"""

from autograder.exercise import Exercise, Kind
from autograder.exercises.autograd.draws import TWINS, case, draws, number, scaled, small, twins, whole
from autograder.reference.autograd import Value

TREES = ("f = x * y + z", "f = (x + y) * z", "f = x * (y + z)", "f = z + x * y")

data = Exercise(
    name="Value.data",
    cell="value",
    reference=Value,
    kinds=[
        Kind("the circuit of lesson 02", case("f = (x + y) * z", -2.0, 5.0, -4.0), None),
        Kind("a product and a sum", case("f = x * y + z", 1.5, -4.0, 2.5), draws(*TREES), seed=0),
        Kind(
            "values used more than once",
            case("f = x * y + z * x", -1.5, 4.0, 2.5),
            draws("f = x * y + z * x", "f = (x + y) * (z + x)", "f = x * x + y + y * z"),
            seed=16,
        ),
        Kind(
            "a plain number on the right",
            case("f = (x * 3 + 2.5) * y + z", 1.5, -4.0, 2.5),
            draws("f = (x * {a} + {b}) * y + z"),
        ),
        Kind("whole numbers", case("f = (x + y) * z", 7, -4, 3), draws(*TREES, draw=whole)),
        Kind(
            "a very small number, a very large one",
            case("f = x * y + z", 2e-6, -3e6, 4.0),
            scaled(draws("f = x * y + z"), x=1e-6, y=1e6),
            seed=0,
        ),
    ],
)

grad = Exercise(
    name="Value.grad",
    cell="value-backward",
    reference=Value,
    kinds=[
        Kind("the circuit of lesson 02", case("f = (x + y) * z", -2.0, 5.0, -4.0), None),
        Kind("a product and a sum", case("f = x * y + z", 1.5, -4.0, 2.5), draws("f = x * y + z", "f = z + y * x")),
        Kind(
            "a sum and a product",
            case("f = x * (y + z)", -3.0, 4.0, -2.5),
            draws("f = (x + y) * z", "f = x * (y + z)"),
            seed=11,
        ),
        Kind("three factors", case("f = x * y * z", -1.5, 2.5, 4.0), draws("f = x * y * z", "f = z * (x * y)"), seed=0),
        Kind("a factor of 0", case("f = x * y * z", 2.5, -4.0, 0.0), draws("f = x * y * z", "f = z * x * y", z=0.0)),
        Kind("a value that f is not made of", case("f = x * y", 2.5, -3.0, 4.0), draws("f = x * y", "f = y + x")),
        Kind("whole numbers", case("f = (x + y) * z", 7, -4, 3), draws(*TREES, draw=whole)),
        Kind(
            "a very small number, a very large one",
            case("f = x * y + z", 2e-6, -3e6, 4.0),
            scaled(draws("f = x * y + z"), x=1e-6, y=1e6),
            seed=0,
        ),
    ],
)

SHORT_FIRST = (
    "a = x * y\nb = a * z\nc = b + z\nf = a + c",
    "a = x + y\nb = a * z\nc = b * y\nf = a * c",
    "a = x * y\nb = a + z\nc = b * x\nf = a * c",
)
LONG_FIRST = tuple(
    program.replace("f = a + c", "f = c + a").replace("f = a * c", "f = c * a") for program in SHORT_FIRST
)

LADDER = "f = x\nfor _ in range(30):\n    f = f * y + f * z"
CHAIN = "f = x\nfor _ in range(150):\n    f = f + y"

diamond = Exercise(
    name="Value.diamond",
    cell="value-backward",
    reference=Value,
    kinds=[
        Kind("the lesson's diamond", case("a = x * y\nb = a * z\nf = a + b", 2.0, 3.0, 4.0), None),
        Kind(
            "one value in both places",
            case("f = x * x * y + (z + z)", 3.0, -1.5, 4.0),
            draws("f = x * x * y + (z + z)", "f = (x + x) * (y * y) + z", "f = y * (z * z) + x * x"),
        ),
        Kind("a short way and a long way", case(SHORT_FIRST[0], 1.5, -4.0, 2.5), draws(*SHORT_FIRST)),
        Kind("a long way and a short way", case(LONG_FIRST[1], 2.5, -1.5, 4.0), draws(*LONG_FIRST)),
        Kind(
            "two ways of equal length",
            case("a = x * y\nb = a * z\nc = a * y\nf = b + c", 2.5, -3.0, 1.5),
            draws("a = x * y\nb = a * z\nc = a * y\nf = b + c", "a = x + z\nb = a * y\nc = a + x\nf = b * c"),
        ),
        Kind(
            "two values that say the same",
            case(TWINS, 2.5, 2.5, -3.0),
            twins,
            seed=5,
        ),
        Kind("whole numbers", case(LONG_FIRST[0], 7, -4, 3), draws(*SHORT_FIRST, *LONG_FIRST, draw=whole)),
        Kind(
            "thirty diamonds in a row",
            case(LADDER, 2.5, 0.75, 0.5),
            draws(LADDER, y=lambda rng: float(rng.uniform(0.6, 0.8)), z=lambda rng: float(rng.uniform(0.3, 0.5))),
            seed=3,
        ),
        Kind("a long chain", case(CHAIN, 2.5, -3.0, 1.5), draws(CHAIN)),
    ],
)

again = Exercise(
    name="Value.again",
    cell="value-backward",
    reference=Value,
    kinds=[
        Kind("the lesson's chain", case("a = x * y\nf = a * z\ng = x + y + z", 3.0, 2.0, 5.0), None),
        Kind(
            "f and g share their values",
            case("f = x * y + z\ng = x * z + y", 1.5, -4.0, 2.5),
            draws("f = x * y + z\ng = x * z + y", "f = (x + y) * z\ng = x * y * z"),
            seed=0,
        ),
        Kind(
            "f is a part of g",
            case("f = x * y + z\ng = f * y", -3.0, 2.5, 4.0),
            draws("f = x * y + z\ng = f * y", "f = (x + z) * y\ng = z + f * x"),
            seed=0,
        ),
        Kind(
            "f and g share nothing",
            case("f = x * y\ng = z + z", 2.5, -1.5, 4.0),
            draws("f = x * y\ng = z + z", "f = x + y\ng = z * z"),
        ),
        Kind(
            "f and g share a part",
            case("a = x * y\nf = a * z\ng = a + z", 2.5, -1.5, -4.0),
            draws("a = x * y\nf = a * z\ng = a + z", "a = x + z\nf = a * y\ng = z * a * y"),
            seed=1,
        ),
        Kind(
            "whole numbers", case("f = x * y + z\ng = f * y", 7, -4, 3), draws("f = x * y + z\ng = f * y", draw=whole)
        ),
    ],
)

numbers = Exercise(
    name="Value.numbers",
    cell="value-numbers",
    reference=Value,
    kinds=[
        Kind(
            "a number on the right",
            case("f = (x * 2.5 + 3) * y + z", 1.5, -4.0, 2.5),
            draws("f = (x * {a} + {b}) * y + z"),
            seed=0,
        ),
        Kind(
            "a number on the left",
            case("f = 2.5 * x + (3 + y) * z", 1.5, -4.0, 3.5),
            draws("f = {a} * x + ({b} + y) * z"),
            seed=0,
        ),
        Kind(
            "a difference",
            case("f = x - y * z", 1.5, -4.0, 2.5),
            draws("f = x - y * z", "f = (x - y) * z", "f = z * x - y"),
            seed=1,
        ),
        Kind("a value minus a number", case("f = (x - 2.5) * y + z", 1.5, -4.0, 3.5), draws("f = (x - {a}) * y + z")),
        Kind("a number minus a value", case("f = (4 - x) * y + z", 1.5, -3.0, 2.5), draws("f = ({a} - x) * y + z")),
        Kind(
            "a minus in front",
            case("f = -x * y + z", 1.5, -4.0, 2.5),
            draws("f = -x * y + z", "f = y * -x + z", "f = -(x * y) + z"),
        ),
        Kind(
            "whole numbers, a very large value",
            case("f = 3 * x - y * z", 7, -4, 5e6),
            scaled(draws("f = 3 * x - y * z", "f = 5 - x * y + 2 * z", draw=whole), z=1e6),
        ),
    ],
)

powers = Exercise(
    name="Value.powers",
    cell="value-powers",
    reference=Value,
    kinds=[
        Kind(
            "whole powers",
            case("f = x ** 3 * y + z ** 2", 1.5, -4.0, 2.5),
            draws("f = x ** 3 * y + z ** 2", "f = y ** 4 + x ** 2 * z"),
        ),
        Kind(
            "other powers",
            case("f = x ** -2 * y + z ** 0.5", 1.5, -4.0, 2.5),
            draws(
                "f = x ** -2 * y + z ** 0.5",
                "f = x ** 1.5 + z ** -1 * y",
                x=lambda rng: number(rng, 1),
                z=lambda rng: number(rng, 1),
            ),
        ),
        Kind(
            "a power of 0",
            case("f = x ** 2 * y + z", 0.0, -4.0, 2.5),
            draws("f = x ** 2 * y + z", "f = x ** 3 * y + z", x=0.0),
        ),
        Kind("the first power, of 0", case("f = x ** 1 * y + z", 0.0, -4.0, 2.5), draws("f = x ** 1 * y + z", x=0.0)),
        Kind("a quotient", case("f = x / y + z", 1.5, -4.0, 2.5), draws("f = x / y + z", "f = (x + z) / y")),
        Kind(
            "a quotient that is used",
            case("f = z * (x / y)", 1.5, 2.5, -4.0),
            draws("f = z * (x / y)", "f = x / y / z"),
            seed=0,
        ),
        Kind("a value over a number", case("f = x / 4 * y + z", 1.5, -4.0, 2.5), draws("f = x / {a} * y + z")),
        Kind("a number over a value", case("f = 3 / x * y + z", 1.5, -4.0, 2.5), draws("f = {a} / x * y + z")),
        Kind(
            "whole numbers, a very small value",
            case("f = x / y + z ** 2", 7, -4, 3e-6),
            scaled(draws("f = x / y + z ** 2", draw=whole), z=1e-6),
        ),
    ],
)

relu = Exercise(
    name="Value.relu",
    cell="value-relu",
    reference=Value,
    kinds=[
        Kind("the neuron of lesson 03", case("f = (x * y + z).relu()", 1.0, -3.0, 9.0), None),
        Kind(
            "on, a positive upstream",
            case("f = (x * y).relu() * z", 1.5, 4.0, 2.5),
            draws(
                "f = (x * y).relu() * z",
                x=lambda rng: number(rng, -1),
                y=lambda rng: number(rng, -1),
                z=lambda rng: number(rng, 1),
            ),
            seed=0,
        ),
        Kind(
            "on, a negative upstream",
            case("f = (x * y).relu() * z", 1.5, 4.0, -2.5),
            draws(
                "f = (x * y).relu() * z",
                x=lambda rng: number(rng, 1),
                y=lambda rng: number(rng, 1),
                z=lambda rng: number(rng, -1),
            ),
            seed=11,
        ),
        Kind(
            "off",
            case("f = (x * y).relu() * z", 1.5, -4.0, 2.5),
            draws(
                "f = (x * y).relu() * z",
                x=lambda rng: number(rng, 1),
                y=lambda rng: number(rng, -1),
                z=lambda rng: number(rng, 1),
            ),
        ),
        Kind("at exactly 0", case("f = (x * y).relu() * z", 0.0, 4.0, 2.5), draws("f = (x * y).relu() * z", x=0.0)),
        Kind(
            "whole numbers, a very large upstream",
            case("f = (x * y).relu() * z", 7, 4, -3e6),
            scaled(draws("f = (x * y).relu() * z", x=lambda rng: whole(rng, 1), y=lambda rng: whole(rng, 1)), z=1e6),
            seed=5,
        ),
        Kind(
            "very small, but on",
            case("f = (x * y).relu() * z", 3e-6, 1.5, -2.5),
            scaled(draws("f = (x * y).relu() * z", x=lambda rng: number(rng, 1), y=lambda rng: number(rng, 1)), x=1e-6),
            seed=5,
        ),
    ],
)

curves = Exercise(
    name="Value.curves",
    cell="value-curves",
    reference=Value,
    kinds=[
        Kind("the perceptron's exp gate", case("f = x.exp() * y + z", -1.0, 1.0, 1.0), None),
        Kind(
            "exp",
            case("f = (x * y).exp() * z", 0.75, -1.25, 2.5),
            draws("f = (x * y).exp() * z", x=small, y=small),
            seed=5,
        ),
        Kind(
            "tanh", case("f = (x * y).tanh() * z", 0.75, -1.25, 2.5), draws("f = (x * y).tanh() * z", x=small, y=small)
        ),
        Kind(
            "one in the other",
            case("f = (x * y.exp()).tanh() * z", -0.5, 0.75, -2.5),
            draws("f = (x * y.exp()).tanh() * z", "f = (x.tanh() + y).exp() * z", x=small, y=small),
        ),
        Kind(
            "at 0",
            case("f = (x * y).tanh() + z.exp()", 0.0, 1.5, 0.0),
            draws("f = (x * y).tanh() + z.exp()", "f = z.exp() * y + x.tanh()", x=0.0, z=0.0),
        ),
        Kind(
            "whole numbers",
            case("f = x.exp() * z + y.tanh()", 2, -1, 3),
            draws("f = x.exp() * z + y.tanh()", draw=whole, x=3, y=-2),
        ),
        Kind(
            "a very large upstream",
            case("f = (x * y).tanh() * z", 0.5, 1.25, -3e6),
            scaled(draws("f = (x * y).tanh() * z", "f = (x * y).exp() * z", x=small, y=small), z=1e6),
        ),
    ],
)

EXERCISES = (data, grad, diamond, again, numbers, powers, relu, curves)
