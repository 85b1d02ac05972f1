r"""01-slopes: slopes by nudging, and how to compare two gradients.

Source: Taylor's formula. A central difference misses by h^2 f'''(x) / 6, a forward difference by h f''(x) / 2.
"""

import numpy as np

from autograder.reference.shapes import Array, Curve, Landscape

FLOOR = 1e-8  # gradients below this are compared as if they were this large


def derivative(f: Curve, x: float, h: float = 1e-5) -> float:
    """df/dx = (f(x + h) - f(x - h)) / 2h, nearly.

    f takes a number to a number; x and h are numbers, h not 0 (else ZeroDivisionError, or NaN from numpy's numbers); a float.
    Source: Taylor's formula, central difference.
    """
    return float((f(x + h) - f(x - h)) / (2 * h))


def numerical_gradient(f: Landscape, x: Array, h: float = 1e-5) -> Array:
    """df/dx_i = (f(x + h e_i) - f(x - h e_i)) / 2h for every entry of x, the others at rest.

    f takes an array of x's shape to a number; x of any shape, whole numbers count as float64; returned is a new float64
    array of x's shape. h is not 0, see `derivative`. Source: Taylor's formula, central difference.
    """
    knobs = np.array(x, dtype=np.float64)
    gradient = np.zeros(knobs.shape)
    for index in np.ndindex(knobs.shape):
        up, down = knobs.copy(), knobs.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


def relative_error(a: Array, b: Array) -> float:
    """The largest |a_i - b_i| / max(|a_i|, |b_i|, 1e-8).

    a, b: two arrays of one shape, read as float64; returned is a float, NaN if any entry is NaN. ValueError if the shapes
    differ, or if there is no entry. Source: the gradient check of the CS231n notes, with a floor for gradients near 0.
    """
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape} differ")
    return float(np.max(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), FLOOR)))
