"""07-relu: what hidden cases are drawn from: numbers of many sizes, and gates that are open, closed and at 0."""

import numpy as np

SHAPES = [(4, 3, 2), (3, 4, 2), (2, 4, 3), (3, 2, 4), (4, 2, 3), (5, 3, 2)]  # N, D, M, all different
CELLS = [(0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)]  # the sign of z, the sign of the upstream


def ordinary(rng, shape):
    """Positive numbers of many digits that are not near 1: 1.375 to 7.875."""
    return rng.uniform(1.375, 7.875, size=shape)


def whole(rng, shape):
    """Whole numbers from 2 to 29."""
    return rng.integers(2, 30, size=shape)


def billionths(rng, shape):
    """Around 0.000000001."""
    return ordinary(rng, shape) * 1e-9


def millionths(rng, shape):
    """Around 0.000001."""
    return ordinary(rng, shape) * 1e-6


def millions(rng, shape):
    """Around 1000000."""
    return ordinary(rng, shape) * 1e6


def gates(rng, z_sizes=ordinary, upstream_sizes=ordinary, shapes=((3, 4), (4, 3), (2, 5), (5, 2))):
    """dvalues and z of one shape, in which every pair of signs in CELLS occurs."""
    shape = tuple(int(n) for n in rng.choice(shapes))
    more = shape[0] * shape[1] - len(CELLS)
    cells = rng.permutation([*CELLS, *(CELLS[i] for i in rng.integers(len(CELLS), size=more))])
    z_signs, upstream_signs = (cells[:, i].reshape(shape) for i in (0, 1))
    return {"dvalues": upstream_signs * upstream_sizes(rng, shape), "z": z_signs * z_sizes(rng, shape)}


def one_sample(rng):
    """The same for N = 1."""
    return gates(rng, shapes=[(1, 7)])


def only_z(rng, sizes):
    """z alone, with every sign."""
    return {"z": gates(rng, sizes)["z"]}


def signed(rng, shape, sizes):
    """Numbers of both signs."""
    return sizes(rng, shape) * rng.choice([-1, 1], size=shape)


def quarters(rng, shape):
    """Multiples of a quarter from 1.25 to 4."""
    return rng.integers(5, 17, size=shape) / 4


def digits(rng, shape):
    """Whole numbers from 2 to 9."""
    return rng.integers(2, 10, size=shape)


def layer(rng, sizes=quarters, upstream_sizes=ordinary, scale=1, shapes=SHAPES):
    """A dense layer with ReLU whose gates tell every known mistake from the right answer; drawn until they do."""
    n, d, m = (int(size) for size in rng.choice(shapes))
    while True:
        inputs, weights, biases = (signed(rng, shape, sizes) for shape in ((n, d), (d, m), (1, m)))
        products = inputs @ weights
        biases[0, 0] = -products[rng.integers(n), 0]  # one z is exactly 0
        dvalues = signed(rng, (n, m), upstream_sizes)
        z = products + biases
        if (
            not np.isin(biases, (0, 1)).any()
            and ((z > 0) & (dvalues < 0)).any()
            and ((z < 0) & (dvalues > 0)).any()
            and ((z > 0) != (products > 0)).any()
            and ((z >= 0) != (products > 0)).any()
            and ((z > 0).any(axis=1).sum() > 1)
            and not (n == m and np.allclose(np.where(z > 0, dvalues, 0), np.where(z > 0, dvalues, 0).T))
            and np.abs(np.where(z > 0, 0, dvalues).sum(axis=0)).max() > 0.5 * np.abs(dvalues).min()
        ):
            break
    return {"dvalues": dvalues, "inputs": inputs * scale, "weights": weights, "biases": biases * scale}
