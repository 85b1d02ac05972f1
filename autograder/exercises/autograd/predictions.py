"""12-autograd: the choices made before the answer is shown."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="message-passed-on-at-once",
        question=(
            "x = 2, a = 3x, b = 4a, f = a + b, so that f is 15x. A machine starts at f with 1 and follows this rule: "
            "whenever a message arrives at a value, add it to the value's grad, and hand the whole grad, old and new, times the "
            "slope, on along each of its wires at once. From f it pays a first, then b. What stands in x.grad at the end?"
        ),
        right="`18`",
        because="a hands on 1 (x gets 3), later b's message makes a's grad 5, and a hands on all of it (x gets 15): the 1 has "
        "travelled twice. Nobody was wrong about a slope; a was too early.",
        wrong=(
            (
                "`15`",
                "That is df/dx, as a machine finds it in which a waits until b has paid. This one does not wait: write down a.grad "
                "after each message, and what x gets each time.",
            ),
            (
                "`12`",
                "That is the long way alone, by b. What did a hand to x before b came to it?",
            ),
            (
                "`3`",
                "That is what x has after the first message. b has yet to pay a: what does a do when that message arrives?",
            ),
        ),
    ),
    Prediction(
        name="thirty-diamonds",
        question=(
            "Thirty diamonds stand in a row: f = x to begin with, then thirty times f = 0.75 f + 0.5 f, where both terms use "
            "the same f. A machine hands every message on as it is, by itself, as soon as it arrives. How many messages reach x?"
        ),
        right="about a thousand million",
        because="Each diamond turns one message into two, so x gets 2 to the power of 30, or 1073741824. Their sum is the right "
        "gradient, as the sum over all paths always is; but with one payment for each wire it takes 120.",
        wrong=(
            (
                "30",
                "That is one for each diamond. Draw two diamonds in a row, and count the ways that lead from f to x.",
            ),
            (
                "60",
                "That is one for each way round a diamond. But a message that comes out of the first diamond is two by then: how "
                "many come out of the second?",
            ),
            (
                "900",
                "That is 30 times 30. Count the messages after one, two and three diamonds: how does their number grow?",
            ),
        ),
    ),
    Prediction(
        name="backward-twice",
        question=(
            "x = 3, a = 2x, f = 5a. A machine sets f.grad to 1, walks back in the right order and adds each message to the grad "
            "that is there. It never sets any other grad to 0. After one f.backward() x.grad is 10. What is it after a second one?"
        ),
        right="`30`",
        because="a.grad goes from 5 to 10, and a hands on all 10, old and new: x gets 20 more. The old message is paid out "
        "again by every value on the way, so a deeper graph would be further off still.",
        wrong=(
            (
                "`10`",
                "That is what we want. Who has set x.grad and a.grad back to 0? Follow the second walk with the numbers that stand "
                "there.",
            ),
            (
                "`20`",
                "That doubles x.grad, as if only x remembered the first walk. What is in a.grad when the second walk comes to it?",
            ),
            (
                "`100`",
                "That multiplies the two results. At each value a message is added, not multiplied: what is in a.grad after the "
                "second walk?",
            ),
        ),
    ),
)
