"""10-training: what hidden cases are drawn from: decisions, columns, layers with gradients, and data to train on."""

import numpy as np

from autograder.reference import training as reference
from course.data import spiral
from course.probes.training import ENOUGH, GivenNetwork, GivenOptimizer


def signed(rng, shape, low=0.3, high=2.0):
    """Numbers of both signs, none of them near 0."""
    return rng.uniform(low, high, size=shape) * rng.choice([-1, 1], size=shape)


def answers(rng, n, c, one_hot=False, scores=False, right=None):
    """Probabilities with a clear largest entry in each row, and targets of which some, not all, are met.

    The right class has less than one half in some rows and is largest all the same, and does not come out by rounding.
    """
    while True:
        p = rng.dirichlet(np.full(c, 1.5), size=n)
        p[[0, p.max(axis=1).argmax()]] = p[[p.max(axis=1).argmax(), 0]]  # the largest entry of all in the first row
        best = p.argmax(axis=1)
        hits = np.arange(n) < (rng.integers(n // 2 + 1, n) if right is None else right * n)
        t = np.where(rng.permutation(hits), best, (best + rng.integers(1, c, size=n)) % c)
        gaps = np.diff(np.sort(p, axis=1)[:, -2:], axis=1)
        labelled = p[np.arange(n), t][t == best]
        unsure = right is not None or (labelled.min() < 0.45 and labelled.max() > 0.55)
        if gaps.min() > 0.02 and len(set(t)) == c and unsure:
            break
    if scores:
        p = p * 40 - 30
    return {"p": p.round(4), "t": np.eye(c, dtype=int)[t] if one_hot else t}


def columns(rng, n, d, scale=1.0, whole=False, constant=False):
    """Samples, and the mean and spread of others: close to theirs, and not theirs."""
    centre, spread = signed(rng, d, 2, 6), rng.uniform(1.5, 5, size=d)
    X = (centre + spread * signed(rng, (n, d))) * scale
    mean, std = (centre + signed(rng, d)) * scale, spread * rng.uniform(1.2, 1.6, size=d) * scale
    if whole:
        X, mean, std = np.round(X * 4).astype(int), np.round(mean * 4), np.round(std * 2) + 1
    if constant:
        std[rng.integers(d)] = 0.0
    return {"X": X, "mean": mean, "std": std}


def gradients(rng, steps, layers, d, m, rate, momentum, scale=1.0):
    """Layers of one shape, and gradients for some steps."""
    return {
        "learning_rate": rate,
        "momentum": momentum,
        "weights": signed(rng, (layers, d, m)) * scale,
        "biases": signed(rng, (layers, 1, m)) * scale,
        "dweights": signed(rng, (steps, layers, d, m)) * scale,
        "dbiases": signed(rng, (steps, layers, 1, m)) * scale,
    }


def to_train(rng, n, c, epochs, batch_size=0, shuffled=False, level=0.0, whole=False, k=4):
    """A few samples of two numbers, a small start, and two held-out points which the trained network classifies rightly."""
    while True:
        cells = rng.permutation(81)[:n]  # of a grid, so that no two samples are the same
        X = np.stack([cells // 9, cells % 9], axis=1) - 4 if whole else signed(rng, (n, 2))
        t = rng.integers(c, size=n)
        task = {
            "X": X,
            "t": t,
            "weights": signed(rng, (k, c), 0.2, 0.8),
            "biases": signed(rng, (1, c), 0.2, 0.8),
            "width": 1.0,
            "level": level,
            "longest": 0.8,
            "epochs": epochs,
            "batch_size": batch_size,
            "seed": int(rng.integers(1000)) if shuffled else -1,
            "held_out_X": X[:2] + signed(rng, (2, 2), 0.1, 0.2),
            "held_out_t": t[:2],
        }
        if len(set(t.tolist())) == c and (np.bincount(t).min() > 1 or n < 2 * c) and classifies(task) >= ENOUGH:
            return task


# Seeds at which every training that goes slightly wrong, and reaches the wanted share by luck only, is judged as on the public
# example, and how many candidates come before that one: found by trying all of them, which takes seconds each.
# fmt: off
FAIR = {
    6: 1, 14: 90, 15: 4, 35: 127, 42: 67, 46: 246, 58: 75, 72: 156, 82: 305, 93: 14, 99: 195, 118: 82, 125: 493,
    191: 9, 207: 58, 210: 40, 218: 10, 227: 266, 230: 173, 235: 103, 239: 28, 244: 100, 247: 49, 250: 154, 266: 176,
    267: 89, 272: 103,
}
# fmt: on


def small_spiral(rng):
    """One of the fair tasks, turned by any angle, its classes renamed: other numbers, and the same verdict on any training."""
    seed = int(rng.choice(list(FAIR)))
    drawn = np.random.default_rng(seed)
    for _ in range(FAIR[seed]):
        spiral_candidate(drawn)
    task = spiral_candidate(drawn)
    angle, names = rng.uniform(0, 2 * np.pi), rng.permutation(3)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    columns = np.argsort(names)
    return task | {
        "X": task["X"] @ turn,
        "held_out_X": task["held_out_X"] @ turn,
        "t": names[task["t"]],
        "held_out_t": names[task["held_out_t"]],
        "weights": task["weights"][:, columns],
        "biases": task["biases"][:, columns],
    }


def spiral_task(rng):
    """The first candidate from which the reference reaches 90 % of the held-out points.

    It does so in other orders, too: that share is asked of the training, not of the luck with one order. And whoever divides
    by the batch size once more reaches it always, whoever never divides by it, never.
    """
    while True:
        task = spiral_candidate(rng)
        if (
            all(classifies(task | {"seed": task["seed"] + k}) >= ENOUGH + 0.03 for k in range(6))
            and classifies(task, 1 / task["batch_size"]) >= ENOUGH + 0.01
            and classifies(task, task["batch_size"]) < ENOUGH - 0.03
        ):
            return task


def spiral_candidate(rng):
    """Three arms of 16 samples, 60 points on the same arms, and a start."""
    drawn = int(rng.integers(1, 100_000))
    (X, t), (held_out_X, held_out_t) = spiral(16, drawn, noise=0.06), spiral(20, drawn + 1, noise=0.06)
    return {
        "X": X.round(3),
        "t": t,
        "weights": signed(rng, (32, 3), 0.01, 0.1).round(3),
        "biases": np.array([[0.1, -0.2, 0.1]]),
        "width": 0.15,
        "level": 0.0,
        "longest": 2.0,
        "epochs": 8,
        "batch_size": 13,
        "seed": int(rng.integers(1000)),
        "held_out_X": held_out_X.round(3),
        "held_out_t": held_out_t,
    }


class Steeper(GivenOptimizer):
    """The same optimizer, for gradients that came out some times too large."""

    def __init__(self, longest, factor):
        super().__init__(longest)
        self.factor = factor

    def step(self, network):
        for layer in network.layers:
            if hasattr(layer, "dweights"):
                layer.dweights, layer.dbiases = self.factor * layer.dweights, self.factor * layer.dbiases
        super().step(network)


def classifies(task, factor=1.0):
    """The share of the held-out points that the network classifies rightly which the reference trains.

    factor: that all gradients are too large.
    """
    task = {name: np.asarray(value) for name, value in task.items()}
    network = GivenNetwork(task["X"], task["weights"], task["biases"], float(task["width"]), float(task["level"]))
    rng = np.random.default_rng(int(task["seed"])) if task["seed"] >= 0 else None
    optimizer = Steeper(float(task["longest"]), factor)
    reference.train(network, task["X"], task["t"], optimizer, int(task["epochs"]), int(task["batch_size"]) or None, rng)
    seen = network.forward(task["held_out_X"]).argmax(axis=1)
    return float((seen == task["held_out_t"]).mean())


def drawn_with(seed, draw, *sizes, **how):
    """The public example of a kind whose numbers are drawn like the hidden ones."""
    return {name: np.round(value, 2) for name, value in draw(np.random.default_rng(seed), *sizes, **how).items()}
