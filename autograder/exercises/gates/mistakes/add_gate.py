"""02-gates: known mistakes of `AddGate`."""

from autograder.exercises.gates.builders import ADDING_UP_HINTS, adding_up, gate
from autograder.exercises.gates.cases import AddGate
from autograder.reference import gates as reference

summing = gate(lambda x, y: x + y)


@AddGate.mistake(
    "local-slopes-only",
    "1 is the sum's slope for each input. Which number did you leave out of the product?",
    "dvalue = -4: x rises by 0.01, the sum by 0.01, and the final number falls by 0.04. Where is that 4?",
    "dx = upstream times local slope = dvalue * 1.",
)
@summing
def _(dvalue, x, y, out):
    return 1.0, 1.0


@AddGate.mistake(
    "upstream-added",
    "If the sum moves once as far as x, and the final number four times as far as the sum: is that 1 + 4 or 1 * 4?",
    "dvalue = -2.5: x rises by 0.01, the sum by 0.01, the final number by -2.5 * 0.01.",
    "dx = upstream times local slope = dvalue * 1.",
)
@summing
def _(dvalue, x, y, out):
    return dvalue + 1, dvalue + 1


@AddGate.mistake(
    "rule-of-the-multiply-gate",
    "Each input gets the other's value: for which gate is that the rule?",
    "x = 1.5, y = -4: raise x by 0.01. Does the sum move by 0.01 or by -0.04?",
    "d(x + y)/dx = 1, whatever y is.",
)
@summing
def _(dvalue, x, y, out):
    return dvalue * y, dvalue * x


@AddGate.mistake(
    "times-its-own-value",
    "Does it matter for the rise of the sum how large x was before?",
    "x = 1.5 and then x = 100: raise x by 0.01 both times. By how much does x + y rise?",
    "d(x + y)/dx = 1, whatever x is.",
)
@summing
def _(dvalue, x, y, out):
    return dvalue * x, dvalue * y


@AddGate.mistake(
    "times-the-output",
    "The sum says where the gate stands. Going backward, do you want that, or how fast it moves?",
    "x = 1.5, y = -4: the sum is -2.5. Raise x by 0.01: the sum rises by 0.01.",
    "d(x + y)/dx = 1, so dx = dvalue * 1.",
)
@summing
def _(dvalue, x, y, out):
    return dvalue * out, dvalue * out


@AddGate.mistake(
    "upstream-shared-out",
    "You deal the upstream out between the two. Does x move the sum less because y is there, too?",
    "dvalue = -4: raise x alone by 0.01. The final number falls by 0.04, not by 0.02.",
    "dx = dvalue and dy = dvalue: an add gate copies, it does not split.",
)
@summing
def _(dvalue, x, y, out):
    return dvalue / 2, dvalue / 2


@AddGate.mistake(
    "only-the-first",
    "Both inputs are added. Why should one of them hear nothing?",
    "dvalue = -4: raise y by 0.01 and leave x. Does the sum move?",
    "d(x + y)/dy = 1 as well.",
)
@summing
def _(dvalue, x, y, out):
    return dvalue, 0.0


AddGate.mistake("adds-up-over-calls", *ADDING_UP_HINTS)(adding_up(reference.AddGate))
