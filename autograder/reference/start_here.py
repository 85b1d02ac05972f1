"""00-start-here."""


def double(x):
    """2x, for a number or an array of any shape; returns a new value and leaves x as it is."""
    return 2 * x


def triple(x):
    """3x, likewise. The lesson works it in the open; nobody is marked on it."""
    return 3 * x
