"""03-neuron: neurons of a chosen kind: on, off, at the corner, of whole numbers, very small or very large."""

import numpy as np


def signed(rng, size, low=0.4, high=2.5):
    """Numbers of both signs, none near 0."""
    signs = np.where(np.arange(size) % 2, -1.0, 1.0)
    return rng.permutation(signs) * rng.uniform(low, high, size)


def off_three(rng):
    """A number of inputs other than the lesson's three."""
    return int(rng.choice([2, 4, 5]))


def upstream(rng, sign):
    """An upstream gradient of that sign, not near 1."""
    return sign * rng.uniform(1.5, 4.0)


def drawn(rng, size, dot_sign, z_sign):
    """x, w, b, z of a neuron whose x . w and z have these signs, both well away from 0."""
    while True:
        x, w = signed(rng, size), signed(rng, size)
        if abs(np.dot(x, w)) > 0.5:
            break
    w = w * dot_sign * np.sign(np.dot(x, w))
    dot = float(np.dot(x, w))
    back, across = -dot * rng.uniform(0.2, 0.7), -dot + z_sign * rng.uniform(1.2, 3.0)
    b = back if dot_sign == z_sign else across  # part of the way to 0, or past it
    return {"x": x, "w": w, "b": b, "z": float(np.dot(x, w) + b)}


def drawn_at_the_kink(rng, size=3):
    """The same with z exactly 0: quarters of whole numbers add up without rounding."""
    while True:
        x, w = np.round(signed(rng, size, 1, 5) * 4) / 4, np.round(signed(rng, size, 1, 5) * 4) / 4
        dot = float(np.dot(x, w))
        if abs(dot) > 0.5 and dot not in (1.0, -1.0):
            return {"x": x, "w": w, "b": -dot, "z": 0.0}


def drawn_whole(rng, size=3):
    """The same in odd whole numbers, with z above 0."""
    x, w = (np.array(rng.permutation([-1, 1, 1][:size]) * (2 * rng.integers(1, 5, size) + 1)) for _ in range(2))
    z = int(rng.integers(2, 9))
    return {"x": x, "w": w, "b": z - int(np.dot(x, w)), "z": z}


def drawn_beside_the_kink(rng, size, side):
    """The same with z a few millionths above or below 0."""
    return {**drawn(rng, size, rng.choice([-1, 1]), side), "z": side * 10 ** rng.uniform(-6.0, -5.0)}


def drawn_extreme(rng, size=2):
    """The same with inputs around a millionth and weights around a million."""
    neuron = drawn(rng, size, 1, 1)
    return {**neuron, "x": neuron["x"] * 1e-6, "w": neuron["w"] * 1e6}


def without(neuron, *names):
    """The arguments that a function takes, of all that was drawn."""
    return {key: value for key, value in neuron.items() if key not in names}


def drawn_step(rng, size):
    """Parameters and gradients of both signs."""
    w, dw = signed(rng, size), signed(rng, size)
    return {"w": w, "b": upstream(rng, rng.choice([-1, 1])), "dw": dw, "db": upstream(rng, rng.choice([-1, 1]))}
