"""01-slopes: the choices made before the answer is shown."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="ten-times-smaller-h",
        question="The slope of x * x * x at 2 is 12. Measured from both sides with h = 0.1, (2.1³ - 1.9³) / 0.2, it"
        " comes out as 12.01: too large by 0.01. With h = 0.01 instead it will be too large by",
        right="0.0001",
        because="The error of a central difference goes with h squared: h ten times smaller, error a hundred times"
        " smaller. The part that goes with h cancels between the two sides.",
        wrong=(
            (
                "0.001",
                "That is an error that goes with h itself, as it does when only one side is looked at. What happens to"
                " that part when both sides are taken? Work out 2.01³ - 1.99³: 8.120601 - 7.880599.",
            ),
            (
                "0.005",
                "That halves the error. By how much did h = 1, with (27 - 1) / 2 = 13, miss, and by how much did h ="
                " 0.1? Look at the step from the one to the other.",
            ),
            (
                "0, since 0.01 is small enough",
                "A difference quotient of a curve is never quite its slope. Work out 2.01³ - 1.99³, 8.120601 -"
                " 7.880599, and divide by 0.02.",
            ),
        ),
    ),
    Prediction(
        name="best-h",
        question="You measure the slope of x * x * x at 2 from both sides, in float64, with four values of h. Which"
        " comes nearest to 12?",
        right="h = 1e-5",
        because="There the error of leaving the curve, h squared, has shrunk to about 1e-10, and rounding, about 1e-16"
        " / h times the size of f, has not yet grown beyond that.",
        wrong=(
            (
                "h = 1e-2",
                "That fears rounding too early. The error is still h squared here: work out 0.01 times 0.01, and"
                " compare it with a smaller h.",
            ),
            (
                "h = 1e-9",
                "That knows that there is a limit, and looks for it too far down. 2.000000001³ is 8.000000012: of its"
                " sixteen digits eight say nothing new, so how many are left for the slope?",
            ),
            (
                "h = 1e-15",
                "That is the mathematician's limit, and a computer has none: float64 numbers near 2 stand 4.4e-16"
                " apart. Try (2 + 1e-15) - 2 in Python.",
            ),
        ),
    ),
    Prediction(
        name="constant-ratio",
        question="A formula gives the gradient [4, -2, 1]. The nudge gives [6, -3, 1.5]: every entry is 1.5 times the"
        " formula's. The formula has been proved. What is the likely mistake in the nudge?",
        right="it goes 2h up and h down, and divides by 2h",
        because="The way is 3h, the divisor 2h: each slope comes out 3/2 times too large. A constant ratio is a"
        " mistake of scale, wherever it is made.",
        wrong=(
            (
                "it goes one way only, and divides by h",
                "Then it would be off by about h f''/2: a little, and by another share in each entry. Try x * x * x at"
                " 2 with h = 0.01: 12.06 for 12.",
            ),
            (
                "its h is far too small",
                "Then it would be off by noise, differently in each entry. Try x * x * x at 2 with h = 1e-15, then"
                " with 2e-15.",
            ),
            (
                "it leaves each entry nudged when it goes on to the next",
                "Then later entries would be off by about h, and the first not at all. Try the product of 2, -3 and 4"
                " with the 2 left at 1.99999.",
            ),
        ),
    ),
    Prediction(
        name="kink-within-reach",
        question="`f = lambda z: max(0.0, z)` has slope 1 for positive z. At z = 0.000005 and with h = 0.00001, what"
        " does the central difference (f(z + h) - f(z - h)) / 2h say?",
        right="0.75",
        because="The left foot stands beyond the corner, at -0.000005, where f is 0. So f rises by 0.000015 on a way"
        " of 0.00002. The nudge is no judge within h of a corner.",
        wrong=(
            (
                "1",
                "That is the slope at z. The nudge does not see z: it sees z + h and z - h. On which side of the"
                " corner is z - h = -0.000005?",
            ),
            (
                "0.5",
                "That is what it says exactly at the corner, with a foot on either side at the same distance. Here f(z"
                " + h) = 0.000015. What is f(z - h)?",
            ),
            (
                "0",
                "That is the slope to the left of the corner, or our convention at it. Here f(z + h) = 0.000015, so f"
                " does rise.",
            ),
        ),
    ),
)
