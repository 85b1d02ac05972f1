"""04-loss: hidden inputs. Neurons of a chosen kind, paths that rounding cannot send astray, rows with chosen sums."""

import numpy as np

from autograder.exercises.neuron.draws import drawn, drawn_at_the_kink, drawn_extreme, drawn_whole, signed, without


def error(rng, sign):
    """An error y - t of that sign, neither near 0 nor near 1 or 2."""
    return sign * rng.uniform(2.5, 5.0)


def with_target(rng, neuron, sign):
    """A neuron that is on, and a target that its output misses in that direction."""
    return {**without(neuron, "z"), "t": neuron["z"] - error(rng, sign)}


def silent_with_target(rng, neuron):
    """A neuron that is off or at the corner, and a target above 0."""
    return {**without(neuron, "z"), "t": rng.uniform(2.5, 5.0)}


def whole_with_target(rng):
    """Odd whole numbers; the target is above the output."""
    neuron = drawn_whole(rng)
    return {**without(neuron, "z"), "t": neuron["z"] + int(rng.integers(3, 7))}


def large_and_small_with_target(rng):
    """Inputs around a millionth, weights around a million."""
    return with_target(rng, drawn_extreme(rng), -1)


def fit(rng, size, error, share, steps, target):
    """A neuron whose output is target + error; each step of its rate takes the share of the error away.

    The caller chooses the numbers such that the output stays well above 0, where errors shrink and rounding with them.
    """
    x, w = signed(rng, size), signed(rng, size)
    b = target + error - float(np.dot(x, w))
    return {
        "x": x,
        "w": w,
        "b": b,
        "t": target,
        "learning_rate": share / float(np.dot(x, x) + 1),
        "steps": steps,
    }


def fit_that_dies(rng):
    """The same with a rate so large that the output swings wider and falls below 0, by far, after a few steps."""
    while True:
        target, start, share = rng.uniform(2.0, 4.0), rng.uniform(0.5, 1.0), rng.uniform(2.3, 2.6)
        outputs = target + start * (1 - share) ** np.arange(12)
        dies = int(np.argmax(outputs < 0))
        if 3 <= dies <= 8 and outputs[dies] < -0.4 and outputs[:dies].min() > 0.4:
            return fit(rng, 3, start, share, dies + 3, target)


def fit_that_lands(rng):
    """The same with a rate that lands on the target at once: dyadic numbers, so the error is exactly 0 from then on."""
    x = rng.permutation([3.5, 1.5, 0.5, 0.5]) * rng.choice([-1.0, 1.0], 4)  # the squares add up to 15
    w, target, start = quarters(rng, -3, 3, 4), quarters(rng, 2, 4), quarters(rng, 3, 5)
    b = target + start - float(np.dot(x, w))
    return {"x": x, "w": w, "b": b, "t": target, "learning_rate": 1 / 16, "steps": int(rng.integers(3, 6))}


def fit_at_the_kink(rng):
    """The same at z = 0, where nothing moves."""
    return {**silent_with_target(rng, drawn_at_the_kink(rng)), "learning_rate": rng.uniform(0.05, 0.2), "steps": 3}


def fit_whole(rng):
    """The same in odd whole numbers, the learning rate aside."""
    neuron = whole_with_target(rng)
    rate = rng.uniform(0.3, 0.7) / float(np.dot(neuron["x"], neuron["x"]) + 1)
    return {**neuron, "learning_rate": rate, "steps": 3}


def fit_small_and_large(rng):
    """The same with inputs around a thousandth and weights around a thousand."""
    neuron = drawn(rng, 2, 1, 1)
    x, w = neuron["x"] * 1e-3, neuron["w"] * 1e3
    target = neuron["z"] + rng.uniform(1.0, 2.0)
    return {"x": x, "w": w, "b": neuron["b"], "t": target, "learning_rate": rng.uniform(0.3, 0.7), "steps": 3}


def rows(rng, sums, b, size=3, scale=1.0, negative=False):
    """X, w, b with X w + b = `sums` exactly: multiples of a quarter, times a power of two, add up without rounding.

    The weights are of both signs, or all negative.
    """
    w = np.array([*rng.choice([-2.0, -1.5, 1.5, 2.0, 3.0], size - 1), -1.0])
    w = -np.abs(w) if negative else np.array([abs(w[0]), *w[1:]])
    X = rng.choice([-1.0, 1.0], (len(sums), size)) * rng.integers(1, 9, (len(sums), size)) / 4
    X[:, -1] = X[:, :-1] @ w[:-1] + b - np.array(sums)  # the last weight is -1
    order = rng.permutation(size)
    return {"X": X[:, order] * scale, "w": w[order], "b": b * scale}


def pulled_below(rng):
    """Rows that a negative bias silences, and so large a one that sums down the columns would be silent, too."""
    while True:
        drawn_rows = rows(rng, quarters(rng, -3, -1, 4), -quarters(rng, 5, 8))
        if np.all(np.sum(drawn_rows["X"] * drawn_rows["w"], axis=0) + drawn_rows["b"] <= 0):
            return drawn_rows


def lifted_by_the_last_input(rng, sums, size):
    """X, w, b with X w + b = `sums`, in which only the last input can lift a sum above 0: the bias and the others pull."""
    w = rng.permutation([*rng.choice([1.5, 2.0, 3.0], size - 2), -1.5])
    X = -np.sign(w) * rng.integers(1, 9, (len(sums), size - 1)) / 4
    b = -quarters(rng, 1, 2)
    last = b + X @ w - np.array(sums)  # its weight is -1
    return {"X": np.column_stack([X, last]), "w": np.append(w, -1.0), "b": b}


def quarters(rng, low, high, count=None):
    """Multiples of a quarter between two whole numbers; one, or so many."""
    drawn_ones = rng.integers(4 * low, 4 * high + 1, count) / 4
    return float(drawn_ones) if count is None else drawn_ones.tolist()


def whole_rows(rng):
    """The same in whole numbers, silent on every row."""
    sums = rng.integers(-9, -1, 4).tolist()
    X = rng.integers(-5, 6, (4, 3))
    w, b = np.array([2, -3, 1]), int(rng.integers(2, 6))
    X[:, 2] = np.array(sums) - b - X[:, :2] @ w[:2]
    return {"X": X, "w": w, "b": b}
