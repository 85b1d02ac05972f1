"""02-gates: known mistakes of `MultiplyGate`."""

from autograder.exercises.gates.builders import (
    ADDING_UP_HINTS,
    adding_up,
    declare_forgetful,
    gate,
    overwriting,
    overwriting_hints,
    shared_memory_hints,
    using_up,
    using_up_hints,
    with_shared_memory,
)
from autograder.exercises.gates.cases import MultiplyGate
from autograder.reference import gates as reference

product = gate(lambda x, y: x * y)


@MultiplyGate.mistake(
    "not-swapped",
    "You raise x by 0.01. What is it that multiplies this 0.01 in the product?",
    "x = 3, y = -4: 3.01 * -4 is -12.04. The product moved by -0.04. Is that 0.01 times x, or 0.01 times y?",
    "d(xy)/dx = y and d(xy)/dy = x: the two change places.",
)
@product
def _(dvalue, x, y, out):
    return dvalue * x, dvalue * y


@MultiplyGate.mistake(
    "local-slopes-only",
    "y and x are the gate's own slopes. Which number has come back to the gate from the right?",
    "x = 1.5, y = 4, dvalue = -2.5: x rises by 0.01, the product by 0.04, the final number by -2.5 * 0.04.",
    "dx = upstream times local slope, and the local slope is y.",
)
@product
def _(dvalue, x, y, out):
    return y, x


@MultiplyGate.mistake(
    "upstream-added",
    "If the product moves 4 times as far as x, and the final number 3 times as far as the product: 4 + 3 or 4 * 3?",
    "x = 1.5, y = 4, dvalue = -2.5: x rises by 0.01, the product by 0.04, the final number by -2.5 * 0.04.",
    "Slopes along a path are multiplied: dx is dvalue times y.",
)
@product
def _(dvalue, x, y, out):
    return dvalue + y, dvalue + x


@MultiplyGate.mistake(
    "rule-of-the-add-gate",
    "Each input gets the upstream as it is: for which gate is that the rule?",
    "x = 3, y = -4: raise x by 0.01. Does the product move by 0.01?",
    "d(xy)/dx = y, so the upstream is multiplied by y before it goes to x.",
)
@product
def _(dvalue, x, y, out):
    return dvalue, dvalue


@MultiplyGate.mistake(
    "product-kept",
    "x y is what the gate sends forward. Is it also how fast it moves when x moves?",
    "x = 3, y = -4: the product is -12, but from x = 3 to 3.01 it moves by -0.04.",
    "d(xy)/dx = y: the factor you differentiate by drops out.",
)
@product
def _(dvalue, x, y, out):
    return dvalue * out, dvalue * out


@MultiplyGate.mistake(
    "divides-by-the-factor",
    "The product divided by x is y, mostly. For which x is it not?",
    "x = 0, y = 5, dvalue = -2: raise x by 0.01 and the product rises by 0.05. What does your division say?",
    "d(xy)/dx = y. The gate has seen y: let it remember y, and divide by nothing.",
)
@product
def _(dvalue, x, y, out):
    return dvalue * out / x, dvalue * out / y


@MultiplyGate.mistake(
    "upstream-clipped",
    "May a gradient be negative?",
    "x = 1.5, y = 4, dvalue = -2.5: x rises, the product rises, and the final number falls. What sign has dx?",
    "dx is dvalue times y, whatever the sign of dvalue.",
)
@product
def _(dvalue, x, y, out):
    return max(dvalue, 0) * y, max(dvalue, 0) * x


@MultiplyGate.mistake(
    "one-sum-for-both",
    "You add up what goes to x and what goes to y. Are they the same wire?",
    "x = 3, y = -4, dvalue = 1: raise x alone by 0.01, then y alone. The product moves by -0.04, then by 0.03.",
    "Two wires, two numbers: dx from y, dy from x. Only at a fork are contributions added.",
)
@product
def _(dvalue, x, y, out):
    return dvalue * (x + y), dvalue * (x + y)


@MultiplyGate.mistake(
    "second-for-both",
    "Your dx is right. You raise y by 0.01: what is it that multiplies this 0.01 in the product?",
    "x = 3, y = -4: 3 * -3.99 is -11.97. The product moved by 0.03. Is that 0.01 times x, or 0.01 times y?",
    "d(xy)/dx = y and d(xy)/dy = x: two factors, two slopes.",
)
@product
def _(dvalue, x, y, out):
    return dvalue * y, dvalue * y


@MultiplyGate.mistake(
    "first-for-both",
    "Your dy is right. You raise x by 0.01: what is it that multiplies this 0.01 in the product?",
    "x = 3, y = -4: 3.01 * -4 is -12.04. The product moved by -0.04. Is that 0.01 times x, or 0.01 times y?",
    "d(xy)/dx = y and d(xy)/dy = x: two factors, two slopes.",
)
@product
def _(dvalue, x, y, out):
    return dvalue * x, dvalue * x


declare_forgetful(MultiplyGate, lambda x, y: x * y, "gate.forward(1.5, 4.0)", "x y")
MultiplyGate.mistake(
    "memory-shared-by-all-gates", *shared_memory_hints("a.forward(3, -4), b.forward(10, 20), a.backward(1)")
)(with_shared_memory(reference.MultiplyGate))
MultiplyGate.mistake("adds-up-over-calls", *ADDING_UP_HINTS)(adding_up(reference.MultiplyGate))
MultiplyGate.mistake("backward-uses-up-what-forward-kept", *using_up_hints("gate.forward(3.0, -4.0)"))(
    using_up(reference.MultiplyGate)
)

keeping_factors = overwriting(lambda x, y: x * y, lambda x, y, out: (x, y))
OVERWRITTEN = ("backward-overwrites-what-forward-kept", *overwriting_hints("gate.forward(3.0, -4.0)"))


@MultiplyGate.mistake(*OVERWRITTEN)
@keeping_factors
def _(kept, dvalue):
    x, y = dvalue * kept[1], dvalue * kept[0]
    return (x, y), (x, y)


@MultiplyGate.mistake(*OVERWRITTEN)
@keeping_factors
def _(kept, dvalue):
    x, y = dvalue * kept[0], dvalue * kept[1]
    return (y, x), (x, y)


@MultiplyGate.mistake(*OVERWRITTEN)
@keeping_factors
def _(kept, dvalue):  # x first, and then y from the new x
    x = dvalue * kept[1]
    y = dvalue * x
    return (x, y), (x, y)
