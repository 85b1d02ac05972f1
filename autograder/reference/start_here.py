"""00-start-here: two functions to get used to the notebook with."""

from autograder.reference.shapes import Array


def double(x: float | Array) -> float | Array:
    """2 x, entry by entry.

    x: a number or an array of any shape and numeric dtype; returned is a new value of that shape, x is left as it is.
    Raises nothing for numbers. Source: arithmetic.
    """
    return 2 * x


def triple(x: float | Array) -> float | Array:
    """3 x, entry by entry. The lesson works it in the open; nobody is marked on it.

    x: a number or an array of any shape and numeric dtype; returned is a new value of that shape, x is left as it is.
    Raises nothing for numbers. Source: arithmetic.
    """
    return 3 * x
