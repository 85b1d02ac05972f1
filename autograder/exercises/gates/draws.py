"""02-gates: what hidden cases are drawn from: numbers with a chosen sign, away from 0, 1 and 2."""

import numpy as np


def number(rng, sign=0):
    """A number of that sign (0: any), 1.3 to 1.8 or 2.4 to 4 in size."""
    size = rng.uniform(1.3, 1.8) if rng.random() < 0.3 else rng.uniform(2.4, 4.0)
    return float((sign or rng.choice([-1, 1])) * size)


def whole(rng, sign=0):
    """A whole number, 3 to 9 in size."""
    return int((sign or rng.choice([-1, 1])) * rng.integers(3, 10))


def two(rng, draw=number, x=0, y=0, dvalue=0):
    """Inputs and upstream of a gate with two inputs, of the given signs; the inputs differ in size, too."""
    while True:
        drawn = {"x": draw(rng, x), "y": draw(rng, y), "dvalue": draw(rng, dvalue)}
        if abs(abs(drawn["x"]) - abs(drawn["y"])) > 0.2:
            return drawn


def ordered(drawn, first):
    """The same with the larger input first, or second."""
    small, large = sorted((drawn["x"], drawn["y"]))
    x, y = (large, small) if first else (small, large)
    return {**drawn, "x": x, "y": y}


def scaled(drawn, **scales):
    """The same with some of the numbers multiplied."""
    return {name: value * scales.get(name, 1) for name, value in drawn.items()}


def tie(rng):
    """Two equal inputs."""
    drawn = two(rng)
    return {**drawn, "y": drawn["x"]}


def three(rng, draw=number):
    """Inputs of the circuit; x + y is not near 0, and no two numbers are alike in size."""
    while True:
        x, y, z = (draw(rng) for _ in range(3))
        sizes = sorted(abs(one) for one in (x, y, z, x + y))
        if min(np.diff(sizes)) > 0.2 and sizes[0] > 0.3:
            return {"x": x, "y": y, "z": z}


def cancelling(rng):
    """The same with x + y exactly 0."""
    drawn = three(rng)
    return {**drawn, "y": -drawn["x"]}


def one(rng, x=0, dvalue=0):
    """Input and upstream of a gate with one input."""
    while True:
        drawn = {"x": number(rng, x), "dvalue": number(rng, dvalue)}
        if abs(drawn["x"] - drawn["dvalue"]) > 0.2:
            return drawn


def perceptron(rng, z_sign):
    """w and x whose z = w0 x0 + w1 x1 + w2 has that sign and moderate size; the bias sees to it."""
    while True:
        w, x = np.array([number(rng), number(rng)]), np.array([number(rng), number(rng)])
        z = z_sign * rng.uniform(0.8, 2.5)
        bias = z - w @ x
        sizes = np.sort(np.abs([*w, *x, bias, 1.0]))
        if np.diff(sizes).min() > 0.1 and abs(bias) > 1.5:
            return {"w": [*w, bias], "x": x}


def perceptron_at_zero(rng):
    """The same in quarters, with z exactly 0."""
    while True:
        w, x = (rng.choice([-1, 1], 2) * rng.integers(5, 16, 2) / 4 for _ in range(2))
        bias = -float(w @ x)
        if len({*np.abs(w), *np.abs(x), abs(bias)}) == 5 and abs(bias) > 1.5:
            return {"w": [*w, bias], "x": x}


def perceptron_of_whole_numbers(rng):
    """The same in whole numbers, with z = -2, -1, 1 or 2."""
    while True:
        w, x = (rng.choice([-1, 1], 2) * rng.integers(2, 8, 2) for _ in range(2))
        bias = int(rng.choice([-2, -1, 1, 2]) - w @ x)
        if len({*np.abs(w), *np.abs(x), abs(bias)}) == 5 and abs(bias) > 1:
            return {"w": [*w.tolist(), bias], "x": x}


def extreme_perceptron(rng):
    """The same with weights around a million and inputs around a millionth."""
    drawn = perceptron(rng, rng.choice([-1, 1]))
    w0, w1, bias = drawn["w"]
    return {"w": [w0 * 1e6, w1 * 1e6, bias], "x": drawn["x"] * 1e-6}
