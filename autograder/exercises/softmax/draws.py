"""09-softmax: what hidden cases are drawn from: scores, probabilities, and targets in both forms."""

import numpy as np

from autograder.exercise import Kind

SHAPES = [(3, 4), (3, 5), (4, 3), (4, 5), (5, 3), (5, 4)]  # N, C


def shape(rng):
    """(N, C), different and at least 3: no 1/N is then a 1/C, a half or a 1/N squared."""
    return tuple(int(size) for size in rng.choice(SHAPES))


def signed(rng, *size):
    """Numbers of both signs, 0.2 to 3 away from 0."""
    return rng.uniform(0.2, 3.0, size=size) * rng.choice([-1, 1], size=size)


def signed_whole(rng, *size):
    """Whole numbers of both signs, 1 to 6 away from 0."""
    return rng.integers(1, 7, size=size) * rng.choice([-1, 1], size=size)


def probabilities(rng, *size):
    """Rows that add up to 1, no entry above 0.9 or below 0.003."""
    e = np.exp(rng.uniform(-2.0, 2.0, size=size))
    return e / e.sum(axis=-1, keepdims=True)


def labels(rng, n, c):
    """(N,) labels of at least two classes."""
    while True:
        t = rng.integers(c, size=n)
        if len(set(t.tolist())) > 1:
            return t


def with_labels(rng):
    n, c = shape(rng)
    return {"p": probabilities(rng, n, c), "t": labels(rng, n, c)}


def without_the_last(rng):
    """Labels among which the last class does not occur."""
    n, c = shape(rng)
    return {"p": probabilities(rng, n, c), "t": labels(rng, n, c - 1)}


def one_sample(rng):
    """A batch of one, as labels."""
    c = int(rng.integers(3, 6))
    return {"p": probabilities(rng, 1, c), "t": rng.integers(c, size=1)}


def with_one_hot(rng):
    n, c = shape(rng)
    return {"p": probabilities(rng, n, c), "t": np.eye(c)[labels(rng, n, c)]}


def square_one_hot(rng):
    """N = C, with targets whose columns are not their rows."""
    c = int(rng.integers(3, 6))
    while True:
        one_hot = np.eye(c, dtype=int)[labels(rng, c, c)]
        if (one_hot.argmax(axis=0) != one_hot.argmax(axis=1)).any():
            return {"p": probabilities(rng, c, c), "t": one_hot}


def right_class(rng, given):
    """Labels, and rows with a `given` probability at the right class; None leaves a row alone."""
    n, c = len(given), int(rng.choice([one for one in (3, 4, 5) if one != len(given)]))
    p, t = probabilities(rng, n, c), labels(rng, n, c)
    for row, label, value in zip(p, t, given, strict=True):
        if value is not None:
            row[label] = 0.0
            row *= (1 - value) / row.sum()
            row[label] = value
    return {"p": p, "t": t}


def impossible(rng):
    """A right class given exactly 0, one given less than the clip, and a wrong class given exactly 0."""
    given = [0.0, 1e-15, None, None]
    inputs = right_class(rng, given)
    p, t = inputs["p"], inputs["t"]
    one, other = (t[2] + 1) % p.shape[1], (t[2] + 2) % p.shape[1]
    p[2, other] += p[2, one]
    p[2, one] = 0.0
    order = rng.permutation(len(given))
    return {"p": p[order], "t": t[order]}


def unlikely(rng):
    """Right classes given around 0.000001."""
    return right_class(rng, [1e-6 * rng.uniform(1, 9), None, 1e-6 * rng.uniform(1, 9), 1e-5 * rng.uniform(1, 9)])


def certain(rng):
    """Rows of one 1 and otherwise 0, whole numbers: two of them on the right class and two or three off it."""
    n, c = (5, 4) if rng.integers(2) else (4, 3)
    t = labels(rng, n, c)
    wrong = (t + rng.integers(1, c, size=n)) % c
    said = np.where(rng.permutation(n) < 2, t, wrong)
    return {"p": np.eye(c, dtype=int)[said], "t": t}


def right_and_certain(rng):
    """The same, each row's 1 on its right class: the slope there is -1/N, a fraction."""
    t = certain(rng)["t"]
    return {"p": np.eye(int(t.max()) + 2, dtype=int)[t], "t": t}


def batch_of_scores(rng, numbers=signed, scale=1):
    return {"z": numbers(rng, *shape(rng)) * scale}


def scores_in_the_thousands(rng):
    """Rows far above 0 and far below, and rows with one score, the first or a later one, far off, by multiples of 1/8."""
    c = int(rng.integers(4, 6))
    z = rng.integers(-24, 25, size=(5, c)) / 8
    z[0] += 2000 + rng.integers(1, 300)
    z[1] -= 2000 + rng.integers(1, 300)
    z[2, rng.integers(1, c)] += 4000 + rng.integers(1, 300)
    z[3, rng.integers(1, c)] -= 1000 + rng.integers(1, 300)
    z[4, 0] -= 1000 + rng.integers(1, 300)
    return {"z": rng.permutation(z)}


def one_row(rng, c, tiny=False):
    if not tiny:
        return {"p": probabilities(rng, c)}
    p = probabilities(rng, c) * (1 - 3e-6)
    p[rng.integers(c)] += 1e-6
    return {"p": rng.permutation(np.append(p, 2e-6))}


def upstream(rng, numbers=signed, scale=1, square=False, sure=False, one_sample=False):
    n, c = shape(rng)
    n = 1 if one_sample else c if square else n
    p = probabilities(rng, n, c)
    if sure:
        p[rng.integers(n)] = np.eye(c)[rng.integers(c)]
    return {"dvalues": numbers(rng, n, c) * scale, "p": p}


PRINTED_P = [[0.7, 0.1, 0.2], [0.1, 0.5, 0.4], [0.02, 0.9, 0.08]]


def target_kinds(whole):
    """What every function of p and t is tried on; `whole` is the kind with whole numbers."""
    return [
        Kind(
            "the printed batch of the lesson, the last class absent", {"p": PRINTED_P, "t": [0, 1, 1]}, without_the_last
        ),
        Kind("labels, shape (N,)", {"p": [[0.5, 0.25, 0.25], [0.125, 0.125, 0.75]], "t": [1, 2]}, with_labels),
        Kind(
            "one-hot targets, shape (N, C)",
            {
                "p": [[0.5, 0.2, 0.3], [0.1, 0.8, 0.1], [0.25, 0.35, 0.4], [0.6, 0.3, 0.1]],
                "t": [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
            },
            with_one_hot,
        ),
        Kind(
            "one-hot targets, as many samples as classes",
            {"p": [[0.5, 0.2, 0.3], [0.1, 0.8, 0.1], [0.25, 0.35, 0.4]], "t": [[0, 0, 1], [1, 0, 0], [1, 0, 0]]},
            square_one_hot,
        ),
        Kind(
            "a right class of probability 0",
            {
                "p": [[0.0, 0.25, 0.75], [0.5, 0.5, 0.0], [1e-15, 0.25, 0.75], [0.25, 0.5, 0.25]],
                "t": [0, 1, 0, 2],
            },
            impossible,
        ),
        Kind(
            "a right class of very small probability",
            {
                "p": [[2e-6, 0.249998, 0.75], [0.6, 0.3, 0.1], [0.5, 0.499995, 5e-6], [0.4, 3e-5, 0.59997]],
                "t": [0, 1, 2, 1],
            },
            unlikely,
        ),
        whole,
        Kind("a batch of one", {"p": [[0.2, 0.5, 0.3]], "t": [2]}, one_sample),
    ]
