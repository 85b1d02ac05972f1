"""01-slopes: known mistakes of `derivative`."""

import numpy as np

from autograder.exercises.slopes.cases import derivative


@derivative.mistake(
    "forward-difference",
    "You look to the right of x. What would the left side have said?",
    "Try x * x * x at 2 with h=1: to the right 27 - 8 = 19, to the left 8 - 1 = 7. The slope is 12.",
    "(f(x + h) - f(x)) / h misses by about h f''(x) / 2. The central difference goes from x - h to x + h, a way of 2h,"
    " and misses by h^2 f'''(x) / 6 only.",
)
def _(f, x, h=1e-5):
    return (f(x + h) - f(x)) / h


@derivative.mistake(
    "backward-difference",
    "You look to the left of x. What would the right side have said?",
    "Try x * x * x at 2 with h=1: to the left 8 - 1 = 7, to the right 27 - 8 = 19. The slope is 12.",
    "(f(x) - f(x - h)) / h misses by about h f''(x) / 2. The central difference goes from x - h to x + h, a way of 2h,"
    " and misses by h^2 f'''(x) / 6 only.",
)
def _(f, x, h=1e-5):
    return (f(x) - f(x - h)) / h


@derivative.mistake(
    "divided-by-one-step",
    "How far is it from x - h to x + h?",
    "Try f = lambda x: 5 * x at 2 with h=0.5: from 7.5 to 12.5 it rises by 5, on a way of 1. The slope is 5, not 10.",
    "Slope = rise / way. The rise is f(x + h) - f(x - h), the way is 2h. A result that is always twice too large is a"
    " mistake of scale.",
)
def _(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / h


@derivative.mistake(
    "one-step-over-two",
    "You go from x to x + h. How far is that, and by what do you divide?",
    "Try f = lambda x: 5 * x at 2 with h=0.5: from 10 to 12.5 it rises by 2.5, on a way of 0.5. The slope is 5, not 2.5.",
    "Slope = rise / way. On the way of 2h that you divide by, f goes from f(x - h) to f(x + h). A constant ratio of"
    " nearly 0.5 is a mistake of scale.",
)
def _(f, x, h=1e-5):
    return (f(x + h) - f(x)) / (2 * h)


@derivative.mistake(
    "uneven-steps",
    "Do you go as far to the right as to the left, and do you divide by the whole way?",
    "Try f = lambda x: 5 * x at 2 with h=0.5. Its slope is 5 everywhere; yours is 7.5, and 7.5 / 5 = 1.5.",
    "Slope = rise / way: a step of 2h to the right and h to the left is a way of 3h. The constant ratio 3h / 2h = 1.5"
    " is the sign of it.",
)
def _(f, x, h=1e-5):
    return (f(x + 2 * h) - f(x - h)) / (2 * h)


@derivative.mistake(
    "half-steps",
    "How far do you go to either side, and how far were you asked to go?",
    "Try x * x * x at 2 with h=1: a step to either side gives (27 - 1) / 2 = 13. Half a step gives 12.25.",
    "The feet stand at x - h and x + h, 2h apart. With h/2 to either side the way is h, and at a corner, or for a large h,"
    " the slope is another one.",
)
def _(f, x, h=1e-5):
    return (f(x + h / 2) - f(x - h / 2)) / h


@derivative.mistake(
    "times-h",
    "Python works from left to right through / and *. What happens to your h?",
    "Try 1 / 2 * 10 and 1 / (2 * 10): 5.0 and 0.05.",
    "Slope = rise / (2h): all of 2h stands below the line, so it needs brackets.",
)
def _(f, x, h=1e-5):
    return (f(x + h) - f(x - h)) / 2 * h


@derivative.mistake(
    "only-the-second-divided",
    "Python divides before it subtracts. What is divided in your line, and what is not?",
    "Try (9 - 5) / 2 and 9 - 5 / 2: 2.0 and 6.5.",
    "Slope = rise / way, and the rise is the whole difference f(x + h) - f(x - h).",
)
def _(f, x, h=1e-5):
    return f(x + h) - f(x - h) / (2 * h)


@derivative.mistake(
    "no-brackets",
    "Python multiplies and divides before it subtracts, from left to right. What is divided in your line, and by what?",
    "Try 9 - 5 / 2 * 10 and (9 - 5) / (2 * 10): -16.0 and 0.2.",
    "Slope = rise / way: the whole difference f(x + h) - f(x - h) stands above the line, all of 2h below it. Each needs"
    " brackets.",
)
def _(f, x, h=1e-5):
    return f(x + h) - f(x - h) / 2 * h


@derivative.mistake(
    "rise-only",
    "You say how far f moves. How far does it move for each unit that x moves?",
    "Try f = lambda x: 5 * x at 2 with h=0.5: it rises by 5 on a way of 1; with h=0.25 by 2.5 on a way of 0.5. The"
    " slope is 5 both times.",
    "Slope = rise / way, and the way is 2h.",
)
def _(f, x, h=1e-5):
    return f(x + h) - f(x - h)


@derivative.mistake(
    "left-minus-right",
    "x * x * x rises. Which sign should its slope have, and which has yours?",
    "Try f = lambda x: 5 * x at 2: the slope is 5, not -5.",
    "Rise and way are measured in the same direction: f(x + h) - f(x - h), since x + h lies to the right.",
)
def _(f, x, h=1e-5):
    return (f(x - h) - f(x + h)) / (2 * h)


@derivative.mistake(
    "sum-for-difference",
    "You add two values of f. What do they have to do with how far f moves?",
    "Try f = lambda x: 5 * x at 2 with h=0.5: the values are 7.5 and 12.5. How far is it from one to the other?",
    "Slope = rise / way, and a rise is a difference of two values.",
)
def _(f, x, h=1e-5):
    return (f(x + h) + f(x - h)) / (2 * h)


@derivative.mistake(
    "output-nudged",
    "Which number do you nudge, the one that goes into f or the one that comes out?",
    "Try f = lambda x: 5 * x at 2: yours says 1, and it says 1 for every f.",
    "f(x) + h moves the output by hand. The question is how far f moves it when x moves: f(x + h).",
)
def _(f, x, h=1e-5):
    return ((f(x) + h) - (f(x) - h)) / (2 * h)


def with_own(own):
    """A right central difference that uses an h of its own, whatever it is given."""

    def answer(f, x, h=1e-5):
        return (f(x + own) - f(x - own)) / (2 * own)

    return answer


for own in (1e-5, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8):
    derivative.mistake(
        "own-h",
        "Your function is given an h. Does it use it?",
        "Try x * x * x at 2 with h=0.5: (15.625 - 3.375) / 1 = 12.25.",
        "1e-5 is what h is if nobody says otherwise; `def ...(f, x, h=1e-5)` sees to that.",
    )(with_own(own))


def with_default(default):
    """A right central difference whose h is another one if nobody gives it."""

    def answer(f, x, h=default):
        return (f(x + h) - f(x - h)) / (2 * h)

    return answer


for wrong_default in (1e-3, 1e-4, 1e-6, 1e-7, 1e-8):
    derivative.mistake(
        "another-default-h",
        "How large is your h if nobody names one? Compare the line with def with what you were given.",
        "Try lambda x: max(0.0, x) at 2e-6, without an h: with feet at -8e-6 and 12e-6 the slope is 0.6.",
        "The two legs of the V meet near h = 1e-5 for central differences, so that is what h is where nobody says"
        " otherwise.",
    )(with_default(wrong_default))


@derivative.mistake(
    "far-too-small-h",
    "You nudge by much less than h. Is nearer always better?",
    "Try x * x * x at 2 with h=1e-12: the two values agree in their first twelve digits, and a number has sixteen.",
    "The truncation error falls like h^2, the rounding error grows like 1e-16 / h. For central differences they meet"
    " near h = 1e-5.",
)
def _(f, x, h=1e-5):
    h = 1e-12
    return (f(x + h) - f(x - h)) / (2 * h)


@derivative.mistake(
    "single-precision",
    "How many digits does a float32 hold, and how many of them does a nudge of 1e-5 change?",
    "Try np.float32(2) + np.float32(1e-5): 2.00001 is not among the float32 numbers, the nearest is 2.0000100136.",
    "float32 keeps 7 digits, float64 keeps 16. Subtracting two nearly equal numbers leaves what is different: with h ="
    " 1e-5 that is 2 digits of 7, or 11 of 16.",
)
def _(f, x, h=1e-5):
    x, h = np.float32(x), np.float32(h)
    return (f(x + h) - f(x - h)) / (2 * h)


@derivative.mistake(
    "rounded",
    "The number was right before you made it pretty. Who may still need its other digits?",
    "Try x * x * x at 3e-6 with h=1e-9: the slope is 2.7e-11, and rounded to four places it is 0.",
    "A check compares to ten digits and more; round where you print, not where you compute.",
)
def _(f, x, h=1e-5):
    return round((f(x + h) - f(x - h)) / (2 * h), 4)


@derivative.mistake(
    "second-derivative",
    "You use f(x) twice and divide by h squared. Does that ask how steep, or how bent?",
    "Try f = lambda x: 5 * x at 2: its slope is 5; a straight line is not bent, so you get 0.",
    "(f(x + h) - 2 f(x) + f(x - h)) / h^2 is the second derivative; the first needs only the two outer values and"
    " their distance.",
)
def _(f, x, h=1e-5):
    return (f(x + h) - 2 * f(x) + f(x - h)) / (h * h)


@derivative.mistake(
    "value-over-x",
    "How high the curve is, divided by how far along: is that how steep it is here?",
    "Try f = lambda x: x + 100 at 1: it rises by 1 for each step of 1, so its slope is 1, not 101.",
    "A slope compares two values of f, a small way apart.",
)
def _(f, x, h=1e-5):
    return f(x) / x


@derivative.mistake(
    "steps-to-whole-numbers",
    "You turn x into a whole number. Which x is f asked about then?",
    "Try x * x * x at 2.5: the slope is 18.75, at 2 it is 12.",
    "x is any number, and it goes into f as it is, plus or minus h.",
)
def _(f, x, h=1e-5):
    x = int(x)
    return (f(x + h) - f(x - h)) / (2 * h)
