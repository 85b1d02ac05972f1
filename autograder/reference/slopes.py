r"""01-slopes: slopes by nudging, and how to compare two gradients.

Shapes: x and its gradient have one shape, whichever it is; h, slopes and errors are single numbers; float64.
Source: Taylor's formula. A central difference misses by h^2 f'''(x) / 6, a forward difference by h f''(x) / 2.
"""

import numpy as np

FLOOR = 1e-8  # gradients below this are compared as if they were this large


def derivative(f, x, h=1e-5):
    """df/dx = (f(x + h) - f(x - h)) / 2h, nearly; f takes a number to a number."""
    return float((f(x + h) - f(x - h)) / (2 * h))


def numerical_gradient(f, x, h=1e-5):
    """df/dx_i for every entry of x, the others at rest; f takes an array to a number."""
    knobs = np.array(x, dtype=np.float64)
    gradient = np.zeros(knobs.shape)
    for index in np.ndindex(knobs.shape):
        up, down = knobs.copy(), knobs.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


def relative_error(a, b):
    """The largest |a_i - b_i| / max(|a_i|, |b_i|, 1e-8); NaN stays NaN. ValueError if the shapes differ."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"shapes {a.shape} and {b.shape} differ")
    return float(np.max(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), FLOOR)))
