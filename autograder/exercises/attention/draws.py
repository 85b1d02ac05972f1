"""15-attention: what hidden cases are drawn from: tokens and tables, queries, keys and values, whole blocks.

T, S, d and e (or width, hidden and T) are all different, and none is 1 unless a case says so. Values are not evenly spaced and no
two rows of an upstream are alike: a row of dY on which all values agree would hide whatever is wrong with the scores.
"""

import numpy as np

from autograder.reference.attention import attention_backward, attention_forward, parameter_shapes

ORDINARY = (0.2, 2.0)


def signed(rng, *size, low=ORDINARY[0], high=ORDINARY[1]):
    """Numbers of both signs, 0.2 to 2 away from 0."""
    return rng.uniform(low, high, size=size) * rng.choice([-1, 1], size=size)


def signed_whole(rng, *size):
    """Whole numbers of both signs, 1 to 3 away from 0."""
    return rng.integers(1, 4, size=size) * rng.choice([-1, 1], size=size)


# ---------------------------------------------------------------- tokens


def tokens_of(rng, *shape, used, most):
    """Tokens below `most`: exactly `used` different ones, one of them at least three times, the first not the smallest."""
    count = int(np.prod(shape))
    while True:
        tokens = rng.choice(rng.choice(most, size=used, replace=False), size=count)
        kinds, times = np.unique(tokens, return_counts=True)
        if len(kinds) == used and times.max() >= min(3, count - used + 1) and (used == 1 or tokens[0] != kinds[0]):
            return tokens.reshape(shape)


def word(rng, *shape, used=3, most=5, scale=1.0):
    """Tokens and a table: of the table's rows some are never used, and the last one is not."""
    shape = shape or (6,)
    tokens = tokens_of(rng, *shape, used=used, most=most)
    return {"tokens": tokens, "table": scale * signed(rng, most + 1, 2 + int(rng.integers(2)) * 2)}


def word_backward(rng, *shape, used=3, most=5, scale=1.0, draw=signed, width=0):
    """Tokens, what comes back to their places, and the shape of the table."""
    shape = shape or (6,)
    width = width or 2 + int(rng.integers(2)) * 2
    tokens = tokens_of(rng, *shape, used=used, most=most)
    return {"dvalues": draw(rng, *shape, width) * scale, "tokens": tokens, "table_shape": [most + 1, width]}


def all_different(rng):
    """No token twice."""
    tokens = rng.permutation(5)[:4]
    return {"dvalues": signed(rng, 4, 3), "tokens": tokens, "table_shape": [6, 3]}


# ---------------------------------------------------------------- queries, keys, values


def sizes(rng):
    """T, S, d, e: 2, 3, 4 and 5 in some order."""
    return (int(one) for one in rng.permutation([2, 3, 4, 5]))


def three(rng, axes=(), draw=signed, same=False, queries=0, keys=0, stretch=1.0, scale=1.0):
    """Q, K and V. same: as many queries as keys; queries, keys: how many, 0 for any; stretch: of Q; scale: of V."""
    T, S, d, e = sizes(rng)
    T, S = queries or T, T if same else keys or S
    Q, K, V = draw(rng, *axes, T, d), draw(rng, *axes, S, d), draw(rng, *axes, S, e)
    return {"Q": Q * stretch, "K": K, "V": V * scale}


def four(rng, axes=(), draw=signed, upstream=1.0, **how):
    """The same with an upstream. No query has made up its mind: more comes back to it than rounding leaves of a difference."""
    while True:
        inputs = three(rng, axes, draw, **how)
        inputs = {"dvalues": draw(rng, *inputs["Q"].shape[:-1], inputs["V"].shape[-1]) * upstream, **inputs}
        if how.get("keys") == 1 or np.abs(attention_backward(**inputs)[0]).max(axis=-1).min() > 0.02 * upstream:
            return inputs


def thousands(rng, draw=three, causal=False):
    """Scores near 1000 in some rows and near -1000 in others; within a row they differ by little, so that all keys have a say.

    causal: as many queries as keys, and scores near -300 in every row, of which no exponential is 0.
    Two products make up the thousand, neither of them alike for two keys: there a gradient is no small rest of large numbers, which
    comes out in fewer digits if weights are worked out by logarithms. It is drawn again if an entry of a result is such a rest by
    accident: a score of a thousand is off by 1e-13 if its sum is taken in another order, and what it weighs as well.
    """
    while True:
        inputs = draw(rng, queries=4 if causal else 3, keys=4)
        Q, K = inputs["Q"], inputs["K"]
        levels = np.array([[-300.0]] * 4 if causal else [[1000.0], [-1000.0], [1001.5]])
        Q[..., :2] = levels * round(np.sqrt(K.shape[-1]), 3)
        apart = rng.integers(1, 5, size=K.shape[:-1]) * rng.choice([-1, 1], size=K.shape[:-1]) / 1000
        K[..., :2] = np.round(K[..., :2], 3)
        K[..., 1] = 1.0 - K[..., 0] + apart
        results = [attention_forward(**inputs, causal=causal)[0]] if draw is three else attention_backward(**inputs)
        sizes_of = [np.abs(one) for one in results]
        if all(one.min() > 0.005 * one.max() for one in sizes_of) and (draw is three or sizes_of[0].min() > 0.01):
            return inputs


def equal_keys(rng):
    """Two keys that are the same: no query can prefer one, and dQ is 0, exactly, in numbers such as 1.5."""
    Q, V, dvalues = (
        rng.integers(1, 8, size=size) / 4 * rng.choice([-1, 1], size=size) for size in ((3, 4), (2, 5), (3, 5))
    )
    K = np.repeat(rng.integers(1, 8, size=(1, 4)) / 2, 2, axis=0)
    return {"dvalues": dvalues, "Q": Q, "K": K, "V": V}


def long(rng, draw=three, **how):
    """Causal with T = S = 5."""
    while True:
        inputs = draw(rng, same=True, **how)
        if inputs["Q"].shape[-2] == 5:
            return inputs


def one_place(rng, draw=three):
    """Causal with T = S = 1: who sees one key has no choice."""
    inputs = draw(rng)
    return {name: array[..., :1, :] for name, array in inputs.items()}


def masked(inputs, causal=True):
    """The inputs with the argument `causal`, as a number: a truth value has no place among arrays."""
    return {**inputs, "causal": int(causal)}


# ---------------------------------------------------------------- blocks


def block(rng, *axes, T=3, width=4, hidden=5, causal=True, upstream=1.0, idle=0):
    """Everything a block is tried on. Gammas and betas are not 1 and 0; of the ReLUs some are open and some are closed.

    idle : so many hidden neurons have no weights and no bias going in, and stand at exactly 0.
    """
    inputs = {"X": signed(rng, *axes, T, width), "dvalues": upstream * signed(rng, *axes, T, width)}
    inputs |= {"hidden": hidden, "causal": int(causal)}
    for name, shape in parameter_shapes(width, hidden).items():
        inputs[name] = signed(rng, *shape, low=0.3, high=1.2 if shape[0] == 1 else 1.0)
    inputs["weights1"][:, :idle], inputs["biases1"][:, :idle] = 0.0, 0.0
    return inputs
