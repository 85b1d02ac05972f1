"""02-gates: known mistakes of `MaxGate`."""

import math

from autograder.exercises.gates.builders import (
    ADDING_UP_HINTS,
    adding_up,
    declare_forgetful,
    gate,
    overwriting,
    overwriting_hints,
    using_up,
    using_up_hints,
    with_shared_memory,
)
from autograder.exercises.gates.cases import MaxGate
from autograder.reference import gates as reference

larger = gate(lambda x, y: x if x > y else y)


@MaxGate.mistake(
    "tie-to-both",
    "The two are equal. How many of them can win?",
    "x = 2.5, y = 2.5, dvalue = -3: if both move by 0.01, the maximum moves by 0.01. Do your dx + dy say so?",
    "One of them gets all of dvalue, the other 0; the course gives a tie to the second.",
)
@larger
def _(dvalue, x, y, out):
    return dvalue * (x == out), dvalue * (y == out)


@MaxGate.mistake(
    "tie-to-the-first",
    "At a tie someone must win. Whom did the lesson choose, and why?",
    "x = 2.5, y = 2.5, dvalue = -3. Then think of ReLU as the maximum of z and 0, with slope 0 for z at z = 0.",
    "x wins only if it is larger than y; if they are equal, y wins.",
)
@larger
def _(dvalue, x, y, out):
    return (dvalue, 0.0) if x >= y else (0.0, dvalue)


@MaxGate.mistake(
    "tie-to-nobody",
    "x > y is one case, y > x another. Who gets something if neither is true?",
    "x = 2.5, y = 2.5, dvalue = -3: if both move by 0.01, the maximum moves by 0.01. Do your dx + dy say so?",
    "x wins if it is larger than y; in every other case, a tie too, y wins and gets all of dvalue.",
)
@larger
def _(dvalue, x, y, out):
    return dvalue * (x > y), dvalue * (y > x)


@MaxGate.mistake(
    "value-for-gradient",
    "You hand back the number that won. What comes back along a wire on the way backward: numbers like x, or gradients?",
    "x = 4, y = -1, dvalue = -3: if x rises by 0.01, the maximum rises by 0.01. How far does the final number move?",
    "The winner gets dvalue times its slope, which is 1, so dvalue; how large it was plays no part.",
)
@larger
def _(dvalue, x, y, out):
    return (x, 0.0) if x > y else (0.0, y)


@MaxGate.mistake(
    "half-each-at-a-tie",
    "A nudge to both sides of the corner gives one half. What has the course settled on?",
    "x = 2.5, y = 2.5, dvalue = -3: look up in the lesson who gets the -3.",
    "One of them gets all of dvalue, the other 0; the course gives a tie to the second.",
)
@larger
def _(dvalue, x, y, out):
    first = 0.5 if x == y else float(x > y)
    return dvalue * first, dvalue * (1 - first)


@MaxGate.mistake(
    "both-always",
    "The smaller one moves a little. Does the maximum notice?",
    "x = 4, y = -1: raise y by 0.01. The maximum is 4 before and after.",
    "dvalue goes to the larger input; the other gets 0.",
)
@larger
def _(dvalue, x, y, out):
    return dvalue, dvalue


@MaxGate.mistake(
    "always-the-first",
    "Your gate always gives to the same input. Who wins in forward(1.5, 3.0)?",
    "x = 1.5, y = 3: raise x by 0.01. The maximum is 3 before and after. And when y rises?",
    "dvalue goes to the larger input, first or second; the other gets 0.",
)
@larger
def _(dvalue, x, y, out):
    return dvalue, 0.0


@MaxGate.mistake(
    "always-the-second",
    "Your gate always gives to the same input. Who wins in forward(3.0, 1.5)?",
    "x = 3, y = 1.5: raise y by 0.01. The maximum is 3 before and after. And when x rises?",
    "dvalue goes to the larger input, first or second; the other gets 0.",
)
@larger
def _(dvalue, x, y, out):
    return 0.0, dvalue


@MaxGate.mistake(
    "loser-gets-it",
    "Which of the two does the maximum follow?",
    "x = 4, y = -1: raise x by 0.01, then y by 0.01. When does the maximum move?",
    "dvalue goes to the larger input; the other gets 0.",
)
@larger
def _(dvalue, x, y, out):
    return (0.0, dvalue) if x > y else (dvalue, 0.0)


@MaxGate.mistake(
    "slopes-alone",
    "1 and 0 say who hears. What is it that they hear?",
    "x = 4, y = -1, dvalue = -3: x rises by 0.01, the maximum by 0.01, the final number by -0.03.",
    "The winner gets dvalue * 1, the other dvalue * 0.",
)
@larger
def _(dvalue, x, y, out):
    return (1.0, 0.0) if x > y else (0.0, 1.0)


@MaxGate.mistake(
    "upstream-added",
    "The slopes are 1 and 0. Are slopes along a path added or multiplied?",
    "x = 4, y = -1, dvalue = -3: raise y by 0.01. The maximum stays, so the final number stays.",
    "The winner gets dvalue * 1, the other dvalue * 0.",
)
@larger
def _(dvalue, x, y, out):
    return (dvalue + 1, dvalue) if x > y else (dvalue, dvalue + 1)


@MaxGate.mistake(
    "times-the-value",
    "The maximum is how high the gate stands. Is it how fast it moves?",
    "x = 4, y = -1: from x = 4 to 4.01 the maximum moves by 0.01. Did the 4 come into it?",
    "The slope for the winner is 1, so it gets dvalue as it is.",
)
@larger
def _(dvalue, x, y, out):
    return (dvalue * out, 0.0) if x > y else (0.0, dvalue * out)


@MaxGate.mistake(
    "upstream-clipped",
    "The gate compares x with y. Does it compare anything with the upstream?",
    "x = 4, y = -1, dvalue = -3: x rises, the maximum rises, the final number falls. What sign has dx?",
    "The winner gets dvalue, whatever its sign.",
)
@larger
def _(dvalue, x, y, out):
    return (max(dvalue, 0), 0.0) if x > y else (0.0, max(dvalue, 0))


@MaxGate.mistake(
    "compares-sizes",
    "Which is larger, -1.5 or -4?",
    "x = -1.5, y = -4: the maximum is -1.5. Raise x by 0.01 and see whether it moves.",
    "Compare x with y as they are, minus signs and all.",
)
class _:
    def forward(self, x, y):
        self.first = abs(x) > abs(y)
        return x if self.first else y

    def backward(self, dvalue):
        return (dvalue, 0.0) if self.first else (0.0, dvalue)


@MaxGate.mistake(
    "compares-with-zero",
    "The forward pass compares x with y. With what does your backward pass compare x?",
    "x = 1.5, y = 3: the maximum is 3. Raise x by 0.01: does it move?",
    "x wins if it is larger than y. That y is 0 is the special case of ReLU.",
)
@larger
def _(dvalue, x, y, out):
    return (dvalue, 0.0) if x > 0 else (0.0, dvalue)


@MaxGate.mistake(
    "smooth-shares",
    "You share the upstream out by how large the inputs are. Does the smaller one have any say in a maximum?",
    "x = 4, y = -1: raise y by 0.01. The maximum is 4 before and after.",
    "All of dvalue goes to the larger input, and 0 to the other.",
)
@larger
def _(dvalue, x, y, out):
    share = 1 / (1 + math.exp(y - x))
    return dvalue * share, dvalue * (1 - share)


declare_forgetful(MaxGate, max, "gate.forward(4.0, -1.0)", "x y out")

# Who loses here wins in the other gate, so these two cannot be told apart: the hints speak to both.
other_wins = MaxGate.mistake(
    "the-other-one-gets-it",
    "The wrong one of the two hears. Is that what your backward chooses? Or has a second gate put its numbers in the "
    "place of the first one's?",
    "forward(4, -1), then backward(1): is it (1, 0)? And with two gates a and b: a.forward(4, -1), b.forward(10, 20), "
    "a.backward(1)?",
    "dvalue goes to the larger input, the other gets 0; and what forward noted stands in self.",
)
other_wins(with_shared_memory(reference.MaxGate))


@other_wins
@larger
def _(dvalue, x, y, out):
    return (dvalue, 0.0) if x < y else (0.0, dvalue)


MaxGate.mistake("adds-up-over-calls", *ADDING_UP_HINTS)(adding_up(reference.MaxGate))
MaxGate.mistake("backward-uses-up-what-forward-kept", *using_up_hints("gate.forward(4.0, -1.0)"))(
    using_up(reference.MaxGate)
)


@MaxGate.mistake("backward-overwrites-what-forward-kept", *overwriting_hints("gate.forward(4.0, -1.0)"))
@overwriting(max, lambda x, y, out: (x, y))
def _(kept, dvalue):
    x, y = (dvalue, 0.0) if kept[0] > kept[1] else (0.0, dvalue)
    return (x, y), (x, y)


@MaxGate.mistake(
    "gate-of-a-relu",
    "ReLU compares its number with 0. With what does a max gate compare x?",
    "x = 2.5, y = 1.5, dvalue = -3: both are above 0, and only x moves the maximum. Who gets what?",
    "x wins if it is larger than y, whatever the signs; it gets all of dvalue, and y 0. Else it is the other way round.",
)
@larger
def _(dvalue, x, y, out):
    return dvalue * (x > 0), dvalue * (y > 0)
