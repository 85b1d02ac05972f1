"""01-slopes: wrong answers to `relative_error` whose formula is right: what they do with a NaN, and with unequal shapes."""

import numpy as np

from autograder.exercises.slopes.cases import relative_error
from autograder.exercises.slopes.error_answers import same_shape, size

# ---------------------------------------------------------------- a NaN


def relative_errors(a, b):
    """The error of each entry, in a flat list of floats."""
    a, b = same_shape(a, b)
    return (np.abs(a - b) / size(a, b)).ravel().tolist()


def largest_so_far_first(errors):
    """The largest by a loop with max(worst, error), which passes over every NaN."""
    worst = 0.0
    for error in errors:
        worst = max(worst, error)
    return worst


def largest_so_far_second(errors):
    """The largest by a loop with max(error, worst), which keeps a NaN only if it comes last."""
    worst = 0.0
    for error in errors:
        worst = max(error, worst)
    return worst


def found_in(looks, largest):
    """An answer that looks for a NaN in one argument (a is 0, b is 1) or in none, and else takes the largest in this way."""

    def answer(a, b):
        errors = relative_errors(a, b)
        if looks is not None and np.isnan((a, b)[looks]).any():
            return np.nan
        return largest(errors)

    return answer


@relative_error.mistake(
    "nan-passed-over",
    "A gradient holds a NaN. Is it right, wrong, or not there?",
    "Try a = [np.nan, 1.0], b = [2.0, 1.0]: 0 would say that all is well.",
    "NaN stays NaN: np.max hands it on, np.nanmax and Python's own max may lose it, nan_to_num turns it into 0.",
)
def _(a, b):
    return max(np.nan_to_num(relative_errors(a, b)))


NAN_LOST = (
    "What does the way you take the largest do with a NaN?",
    "Try max(0.0, float('nan')) and np.nanmax([0.0, float('nan')]), then np.max of the same list: 0.0, 0.0 and nan.",
    "NaN stays NaN: np.max hands it on. Python's own max keeps it only if it comes first, since a comparison with NaN is"
    " never true; np.nanmax passes over it.",
)
for largest in (max, largest_so_far_second, np.nanmax):
    relative_error.mistake("nan-lost-on-the-way", *NAN_LOST)(found_in(None, largest))

for looks, lost, other in ((0, "b", "a"), (1, "a", "b")):
    for largest in (largest_so_far_first, largest_so_far_second, max):
        relative_error.mistake(
            f"nan-of-{lost}-lost",
            f"You look for a NaN in {other}. Where else can one stand?",
            f"Try {other} = [2.0, 1.0, 4.0], {lost} = [2.5, 1.0, np.nan], then the NaN first: NaN both times, please.",
            "A NaN in either array makes the error of its entry NaN, and np.max hands it on; Python's own max and"
            " np.nanmax may lose it.",
        )(found_in(looks, largest))


# ---------------------------------------------------------------- unequal shapes


def stretched(a, b):
    """The right formula on whatever shapes numpy can stretch."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return float(np.max(np.abs(a - b) / size(a, b)))


@relative_error.mistake(
    "shapes-stretched",
    "What does numpy do with shapes (3,) and (3, 1)?",
    "Try np.array([1., 2., 3.]) - np.array([[1.], [2.], [3.]]): nine differences from three numbers.",
    "Compare the shapes before the values, and raise a ValueError if they differ: two gradients of different shape are"
    " never the same.",
    catalogue=45,
)
def _(a, b):
    return stretched(a, b)


@relative_error.mistake(
    "counts-axes-only",
    "Two arrays have as many axes each. Have they one shape?",
    "Try np.ones((1, 3)) against np.ones((2, 3)): two axes each, and numpy stretches the first to two rows.",
    "One shape means: as many axes, and the same length along each of them.",
    catalogue=45,
)
def _(a, b):
    if np.ndim(a) != np.ndim(b):
        raise ValueError("not as many axes")
    return stretched(a, b)


@relative_error.mistake(
    "counts-entries-only",
    "Two arrays have the same length, or the same number of entries. Have they one shape?",
    "Try np.ones(3) against np.ones((3, 1)): length 3 and three entries each, and numpy makes nine differences of them.",
    "One shape means: as many axes, and the same length along each of them.",
    catalogue=45,
)
def _(a, b):
    if np.size(a) != np.size(b):
        raise ValueError("not as many entries")
    return stretched(a, b)


@relative_error.mistake(
    "refused-by-assert",
    "You stop where the shapes differ. With which exception?",
    "Try python -O: every assert is skipped. And who calls you waits for a ValueError.",
    "An assert is a note to yourself. What a caller has done wrong is raised as a ValueError.",
)
def _(a, b):
    assert np.shape(a) == np.shape(b)
    return stretched(a, b)


def refusing(refuse):
    """The right answer, but for what it does where the shapes differ."""

    def answer(a, b):
        return stretched(a, b) if np.shape(a) == np.shape(b) else refuse()

    return answer


def type_error():
    raise TypeError("the shapes differ")


relative_error.mistake(
    "refused-with-another-exception",
    "Where the shapes differ, your function ends in an exception. Is it the one that was agreed on?",
    "Try np.ones(3) against np.ones((3, 1)), and read the name of what is raised: who calls you waits for a ValueError.",
    "A TypeError says: not the right kind of thing. A ValueError says: the right kind, and values that do not fit.",
)(refusing(type_error))

relative_error.mistake(
    "exception-returned",
    "You hand an exception back. Does that stop whoever called you?",
    "Try error = relative_error(np.ones(3), np.ones((3, 1))), then print(error): the line runs, and no red appears.",
    "return gives a value to the caller, and an exception is then a value like any other. raise stops the caller.",
)(refusing(lambda: ValueError))

relative_error.mistake(
    "said-and-gone-on",
    "Where the shapes differ, what does whoever called you get: a message on the screen, or something that stops them?",
    "Try error = relative_error(np.ones(3), np.ones((3, 1))), then print(error): it is None, and the line ran.",
    "What is printed is read by people only. Code is stopped by an exception that is raised, here a ValueError.",
)(refusing(lambda: None))

relative_error.mistake(
    "a-number-for-unequal-shapes",
    "You return something agreed where the shapes differ. Can whoever reads it tell that from a real error?",
    "Try np.ones(3) against np.ones((3, 1)): there is no right number, so none should come back.",
    "Shapes that differ are a mistake of the caller: raise a ValueError.",
)(refusing(lambda: 1.0))
