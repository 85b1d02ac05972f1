"""01-slopes: right answers, written in other ways than the reference."""

import math

import numpy as np

from autograder.exercises.slopes.cases import derivative, numerical_gradient, relative_error


@derivative.solution
def _(f, x, h=1e-5):
    rise = f(x + h) - f(x - h)
    return rise / h / 2


@derivative.solution
def _(f, x, h=1e-5):
    return f(x + h) / (2 * h) - f(x - h) / (2 * h)


@derivative.solution
def _(f, x, h=1e-5):
    to_the_right = (f(x + h) - f(x)) / h
    to_the_left = (f(x) - f(x - h)) / h
    return (to_the_right + to_the_left) / 2


@derivative.solution
def _(f, x, h=1e-5):
    right, left = x + h, x - h
    return (f(right) - f(left)) / (right - left)  # what the nudge was, after rounding


@derivative.solution
def _(f, x, h=1e-5):
    return 0.5 * np.diff([f(x - h), f(x + h)])[0] / h


@derivative.solution
def _(f, x, h=1e-5):
    x = np.float64(x)
    values = [f(x + step) for step in (h, -h)]
    return np.subtract(*values) / (h + h)


@relative_error.solution
def _(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError("a and b must have the same shape")
    sizes = np.maximum.reduce([np.abs(a), np.abs(b), np.full(np.shape(a), 1e-8)])
    return (np.abs(np.subtract(a, b)) / sizes).max()


@relative_error.solution
def _(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    if a.shape != b.shape:
        raise ValueError
    worst = 0.0
    for one, other in zip(a.ravel(), b.ravel(), strict=True):
        error = abs(one - other) / max(abs(one), abs(other), 1e-8)
        if math.isnan(error):
            return error
        worst = max(worst, error)
    return worst


@relative_error.solution
def _(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} is not {b.shape}")
    larger = np.where(np.abs(a) > np.abs(b), np.abs(a), np.abs(b))
    return np.amax(abs(a - b) / np.clip(larger, 1e-8, None))


@numerical_gradient.solution
def _(f, x, h=1e-5):
    knobs = np.array(x, dtype=float)
    gradient = np.zeros_like(knobs)
    for at in np.ndindex(*knobs.shape):
        kept = knobs[at]
        knobs[at] = kept + h
        up = f(knobs)
        knobs[at] = kept - h
        down = f(knobs)
        knobs[at] = kept
        gradient[at] = (up - down) / (2 * h)
    return gradient


@numerical_gradient.solution
def _(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    slopes = []
    for nudge in np.eye(x.size):
        nudge = h * nudge.reshape(x.shape)
        slopes.append(f(x + nudge) / (2 * h) - f(x - nudge) / (2 * h))
    return np.reshape(slopes, x.shape)


@numerical_gradient.solution
def _(f, x, h=1e-5):
    shape, flat = np.shape(x), np.array(x, dtype=np.float64).ravel()
    gradient = np.empty(flat.size)
    for i in range(flat.size):
        right, left = flat.copy(), flat.copy()
        right[i] += h
        left[i] -= h
        gradient[i] = (f(right.reshape(shape)) - f(left.reshape(shape))) / (right[i] - left[i])
    return gradient.reshape(shape)


@numerical_gradient.solution
def _(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    here = f(x.astype(float))
    for at, _ in np.ndenumerate(x):
        nudge = np.zeros(x.shape)
        nudge[at] = h
        gradient[at] = ((f(x + nudge) - here) / h + (here - f(x - nudge)) / h) / 2
    return gradient


@numerical_gradient.solution
def _(f, x, h=1e-5):
    gradient = np.zeros(x.shape)
    walk = np.nditer(x, flags=["multi_index"])
    while not walk.finished:
        at = walk.multi_index
        values = []
        for step in (h, -h):
            nudged = x.astype(np.float64)
            nudged[at] += step
            values.append(f(nudged))
        gradient[at] = 0.5 * (values[0] - values[1]) / h
        walk.iternext()
    return gradient.tolist()


# ---------------------------------------------------------------- in further styles

derivative.solution(lambda f, x, h=1e-5: (f(x + h) - f(x - h)) / h / 2)
derivative.solution(lambda f, x, h=1e-5: np.divide(np.subtract(f(x + h), f(x - h)), 2 * h))
derivative.solution(lambda f, x, h=1e-5: sum(sign * f(x + sign * h) for sign in (1, -1)) / (2 * h))


@numerical_gradient.solution
def _(f, x, h=1e-5):
    x = np.asarray(x, dtype=float)
    steps = h * np.eye(x.size).reshape((x.size, *x.shape))
    return np.array([(f(x + step) - f(x - step)) / (2 * h) for step in steps]).reshape(x.shape)


@numerical_gradient.solution
def _(f, x, h=1e-5):
    flat = np.array(x, dtype=float).ravel()
    slopes = []
    for i in range(flat.size):
        above, below = flat.copy(), flat.copy()
        above[i] += h
        below[i] -= h
        slopes.append((f(above.reshape(np.shape(x))) - f(below.reshape(np.shape(x)))) / (2 * h))
    return np.reshape(slopes, np.shape(x))


@numerical_gradient.solution
def _(f, x, h=1e-5):
    gradient = np.empty(np.shape(x))
    for place, value in np.ndenumerate(x):
        side = []
        for moved in (value + h, value - h):
            other = np.array(x, dtype=float)
            other[place] = moved
            side.append(f(other))
        gradient[place] = (side[0] - side[1]) / (2 * h)
    return gradient


@relative_error.solution
def _(a, b):
    a, b = np.array(a, dtype=float), np.array(b, dtype=float)
    if np.shape(a) != np.shape(b):
        raise ValueError("two shapes")
    scale = np.stack([np.abs(a), np.abs(b), np.full(a.shape, 1e-8)]).max(axis=0)
    return (np.abs(a - b) / scale).max()


@relative_error.solution
def _(a, b):
    if np.shape(a) != np.shape(b):
        raise ValueError(f"{np.shape(a)} is not {np.shape(b)}")
    errors = [
        float("nan") if p != p or q != q else abs(p - q) / max(abs(p), abs(q), 1e-8)
        for p, q in zip(np.ravel(a).tolist(), np.ravel(b).tolist(), strict=True)
    ]
    return float("nan") if any(error != error for error in errors) else max(errors)
