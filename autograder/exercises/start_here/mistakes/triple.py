"""00-start-here: known mistakes of `triple`."""

from autograder.exercises.start_here.cases import triple


@triple.mistake(
    "adds-four",
    "2 + 4 is three times 2. Is 3 + 4 three times 3?",
    "Try triple(5): three times 5 is 15.",
    "In maths, triple(x) = 3x: when x grows by 1, the answer grows by 3. Yours grows by 1.",
)
def _(x):
    return x + 4


@triple.mistake(
    "squares",
    "The square of 3 is three times 3. Of which other numbers is that true?",
    "Try triple(2): three times 2 is 6, and 2 squared is 4.",
    "In maths, triple(x) = 3x: three equal terms are added. A square multiplies x by itself.",
)
def _(x):
    return x**2


@triple.mistake(
    "changes-its-argument",
    "The number that comes back is right. What happened to the array that went in?",
    "Try a = np.array([1., 2.]), then triple(a), then look at a: it should still be [1. 2.].",
    "A name is a label on an array. `*=` writes into the array itself, and the caller's label is still on it.",
)
def _(x):
    x *= 3
    return x
