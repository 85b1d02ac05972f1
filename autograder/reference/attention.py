r"""15-attention: rows looked up in a table, weighted means whose weights are computed, and a block made of both passes.

Letters: T queries, S keys and values, d numbers in a query or key, e in a value, D the width, H hidden neurons; `...` stands for
leading axes (sequences), of which every one is by itself. S = Q K^T / sqrt(d), P = softmax of S by rows, Y = P V. Gradients have
the shape of the thing they are for, and are added over positions and sequences, without 1/N.
Source: Vaswani and others, "Attention is all you need" (2017); the chain rule; chapter 09 for softmax, chapter 14 for the norms.
"""

import numpy as np

from autograder.reference.deep import layer_norm_backward, layer_norm_forward
from autograder.reference.shapes import Array, Matrix, Tokens
from autograder.reference.softmax import softmax

EPS = 1e-5  # below the root of a norm


def embed(tokens: Tokens, table: Matrix) -> Array:
    """X[..., :] = table[token], shape tokens.shape + (D,), a copy, float64.

    tokens: whole numbers 0 to C - 1, any shape; table (C, D). IndexError for a token of C or more. Source: the definition.
    """
    return np.asarray(table, dtype=np.float64)[tokens]


def embed_backward(dvalues: Array, tokens: Tokens, table_shape: tuple[int, int]) -> Matrix:
    """dtable[c] = sum of dvalues over the places whose token is c, shape (C, D), float64; a row never used is 0.

    dvalues: tokens.shape + (D,); table_shape: (C, D). IndexError for a token of C or more, ValueError if the D differ.
    Source: a row that is read several times is a fork, and forks add.
    """
    dtable = np.zeros(table_shape)
    np.add.at(dtable, tokens, dvalues)
    return dtable


def turned(array: Array) -> Array:
    """The last two axes exchanged, (..., a, b) to (..., b, a); a view. ValueError for fewer than two. Source: numpy."""
    return np.swapaxes(array, -1, -2)


def attention_weights(Q: Array, K: Array, causal: bool = False) -> Array:
    """P = softmax of Q K^T / sqrt(d) by rows, shape (..., T, S); causal: key s counts for query t only if s <= t.

    Q (..., T, d), K (..., S, d). ValueError if causal and T differs from S. Source: a score of -inf has the weight 0.
    """
    scores = Q @ turned(K) / np.sqrt(Q.shape[-1])
    if causal:
        if scores.shape[-2] != scores.shape[-1]:
            raise ValueError(f"causal attention needs T = S, here {scores.shape[-2]} and {scores.shape[-1]}")
        scores = np.where(np.tri(scores.shape[-1], dtype=bool), scores, -np.inf)
    return softmax(scores)


def attention_forward(Q: Array, K: Array, V: Array, causal: bool = False) -> tuple[Array, Array]:
    """Y = P V, shape (..., T, e), and the weights P (..., T, S), float64; finite for scores of thousands.

    Q (..., T, d), K (..., S, d), V (..., S, e). ValueError if causal and T differs from S. Source: the definition.
    """
    Q, K, V = (np.asarray(one, dtype=np.float64) for one in (Q, K, V))
    P = attention_weights(Q, K, causal)
    return P @ V, P


def attention_backward(
    dvalues: Array, Q: Array, K: Array, V: Array, causal: bool = False
) -> tuple[Array, Array, Array]:
    """(dQ, dK, dV): dV = P^T dY; dP = dY V^T; dS = P (dP - row sums of dP P); dQ = dS K / sqrt(d); dK = dS^T Q / sqrt(d).

    dvalues (..., T, e); Q (..., T, d), K (..., S, d), V (..., S, e), and gradients of the same shapes, float64.
    ValueError if causal and T differs from S. Source: 06's two products, twice, and 09's softmax_backward between them.
    """
    dvalues, Q, K, V = (np.asarray(one, dtype=np.float64) for one in (dvalues, Q, K, V))
    P = attention_weights(Q, K, causal)
    dP = dvalues @ turned(V)
    dS = P * (dP - np.sum(dP * P, axis=-1, keepdims=True)) / np.sqrt(Q.shape[-1])
    return dS @ K, turned(dS) @ Q, turned(P) @ dvalues


def parameter_shapes(width: int, hidden: int) -> dict[str, tuple[int, int]]:
    """Name to shape of a block's twelve parameters, in the order of the forward pass. Source: the contract."""
    D, H = width, hidden
    return {
        **dict.fromkeys(("gamma1", "beta1"), (1, D)),
        **dict.fromkeys(("query", "key", "value", "output"), (D, D)),
        **dict.fromkeys(("gamma2", "beta2"), (1, D)),
        **{"weights1": (D, H), "biases1": (1, H), "weights2": (H, D), "biases2": (1, D)},
    }


def flat_product(inputs: Array, dvalues: Array) -> Matrix:
    """sum over all leading axes of inputs[..., i] dvalues[..., j], shape (D, M): the gradient of the weights between them.

    inputs (..., D), dvalues (..., M). ValueError if the leading axes differ. Source: 06, a position is a sample.
    """
    return inputs.reshape(-1, inputs.shape[-1]).T @ dvalues.reshape(-1, dvalues.shape[-1])


def row_sum(dvalues: Array) -> Matrix:
    """sum over all leading axes, kept as (1, M), of dvalues (..., M): the gradient of biases. Source: 06."""
    return dvalues.reshape(-1, dvalues.shape[-1]).sum(axis=0, keepdims=True)


class Block:
    """H = X + attention(norm X) Wo; out = H + relu(norm H W1 + b1) W2 + b2: the pre-norm block of a transformer, one head.

    `parameters` holds arrays by the names of `parameter_shapes`, `gradients` after backward the same. Source: Xiong and others,
    "On layer normalization in the transformer architecture" (2020).
    """

    def __init__(self, width: int, hidden: int, rng: np.random.Generator | None = None, causal: bool = True) -> None:
        """Weights normal / sqrt(inputs), weights1 times sqrt 2 (a ReLU follows); gammas 1, betas and biases 0.

        Without a generator one is made that no seed decides.
        """
        rng = np.random.default_rng() if rng is None else rng
        self.causal, self.parameters = causal, {}
        for name, shape in parameter_shapes(width, hidden).items():
            drawn = shape[0] > 1 and rng.normal(size=shape) / np.sqrt(shape[0])
            start = np.ones(shape) if name.startswith("gamma") else np.zeros(shape)
            self.parameters[name] = start if shape[0] == 1 else drawn * (np.sqrt(2) if name == "weights1" else 1.0)

    def forward(self, X: Array) -> Array:
        """The outputs (..., T, D), of X (..., T, D). ValueError if the D differ."""
        p = self.parameters
        self.X = np.asarray(X, dtype=np.float64)
        self.seen = layer_norm_forward(self.X, p["gamma1"], p["beta1"], EPS)
        self.QKV = [self.seen @ p[name] for name in ("query", "key", "value")]
        self.mixed = attention_forward(*self.QKV, self.causal)[0]
        self.H = self.X + self.mixed @ p["output"]
        self.normed = layer_norm_forward(self.H, p["gamma2"], p["beta2"], EPS)
        self.z = self.normed @ p["weights1"] + p["biases1"]
        self.active = np.maximum(self.z, 0.0)
        return self.H + self.active @ p["weights2"] + p["biases2"]

    def backward(self, dvalues: Array) -> Array:
        """dX (..., T, D), of dvalues (..., T, D); sets `gradients`, added over positions and sequences, never over calls.

        AttributeError before any forward.
        """
        p, g = self.parameters, {}
        dz = dvalues @ p["weights2"].T * (self.z > 0)
        g["weights2"], g["biases2"] = flat_product(self.active, dvalues), row_sum(dvalues)
        g["weights1"], g["biases1"] = flat_product(self.normed, dz), row_sum(dz)
        back = layer_norm_backward(dz @ p["weights1"].T, self.H, p["gamma2"], EPS)
        dH, g["gamma2"], g["beta2"] = dvalues + back[0], *back[1:]
        g["output"] = flat_product(self.mixed, dH)
        dQKV = attention_backward(dH @ p["output"].T, *self.QKV, self.causal)
        dseen = np.zeros_like(self.seen)
        for name, one in zip(("query", "key", "value"), dQKV, strict=True):
            g[name] = flat_product(self.seen, one)
            dseen += one @ p[name].T
        back = layer_norm_backward(dseen, self.X, p["gamma1"], EPS)
        g["gamma1"], g["beta1"] = back[1:]
        self.gradients = {name: g[name] for name in p}
        return dH + back[0]
