"""15-attention: the net that says a word backward, trained with the reference.

Tokens: eight of 26 letters, a separator, the answer; input t is scored against token t + 1, from the separator on.
"""

import numpy as np

from autograder.exercises.attention.block_parts import Parts
from autograder.reference.attention import attention_forward, embed, embed_backward
from autograder.reference.deep import layer_norm_backward, layer_norm_forward
from autograder.reference.softmax import softmax

LETTERS, LENGTH = 26, 8
WIDTH, HIDDEN, BATCH, STEPS, RATE, MOMENTUM = 32, 64, 32, 400, 0.1, 0.9
LEARNED = 0.05


def batch(rng, count=BATCH):
    """Inputs (N, 16) and targets (N, 8) of random words."""
    words = rng.integers(LETTERS, size=(count, LENGTH))
    line = np.hstack([words, np.full((count, 1), LETTERS), words[:, ::-1]])
    return line[:, :-1], line[:, LENGTH + 1 :]


def line_of(word):
    """One word as the net reads it, with the right letters behind the separator, shape (1, 16)."""
    tokens = [ord(letter) - ord("a") for letter in word]
    return np.array([[*tokens, LETTERS, *tokens[::-1][:-1]]])


class Speaker:
    """Table and positions, a block, a norm, scores; `parameters` of both ends and of the block by name."""

    def __init__(self, seed, block=Parts, causal=True, places=True):
        self.rng = np.random.default_rng(seed)
        self.block = block(WIDTH, HIDDEN, rng=self.rng, causal=causal)
        self.ends = {
            "table": self.rng.normal(size=(LETTERS + 1, WIDTH)) * 0.5,
            "places": self.rng.normal(size=(2 * LENGTH, WIDTH)) * 0.5 * places,
            "gamma": np.ones((1, WIDTH)),
            "beta": np.zeros((1, WIDTH)),
            "scores": self.rng.normal(size=(WIDTH, LETTERS)) / np.sqrt(WIDTH),
            "biases": np.zeros((1, LETTERS)),
        }
        self.fixed = () if places else ("places",)
        self.losses, self.velocities = [], {}

    @property
    def size(self):
        """How many parameters it has."""
        return sum(one.size for side in (self.ends, self.block.parameters) for one in side.values())

    def forward(self, tokens):
        """Scores (N, 8, 26) of tokens (N, 16)."""
        self.tokens, e = tokens, self.ends
        self.last = self.block.forward(embed(tokens, e["table"]) + e["places"])[:, LENGTH:]
        self.normed = layer_norm_forward(self.last, e["gamma"], e["beta"])
        return self.normed @ e["scores"] + e["biases"]

    def backward(self, dscores):
        """The gradients of both ends, of dscores (N, 8, 26); the block keeps its own."""
        e = self.ends
        g = {"scores": np.einsum("nti,ntj->ij", self.normed, dscores)}
        g["biases"] = dscores.sum(axis=(0, 1))[None, :]
        dlast, g["gamma"], g["beta"] = layer_norm_backward(dscores @ e["scores"].T, self.last, e["gamma"])
        dout = np.zeros((*self.tokens.shape, WIDTH))
        dout[:, LENGTH:] = dlast
        dX = self.block.backward(dout)
        g["table"], g["places"] = self.table_back(dX), dX.sum(axis=0)
        return g

    def table_back(self, dX):
        return embed_backward(dX, self.tokens, self.ends["table"].shape)

    def loss(self, tokens, targets):
        """The mean cross-entropy of all letters that are said, and its gradient by the scores."""
        p = softmax(self.forward(tokens))
        right = np.take_along_axis(p, targets[..., None], axis=-1)
        return float(-np.log(np.maximum(right, 1e-300)).mean()), (p - np.eye(LETTERS)[targets]) / targets.size

    def sides(self, dscores):
        """Parameters and gradients, of both ends and of the block."""
        ends = self.backward(dscores)
        return (self.ends, ends), (self.block.parameters, self.block.gradients)

    def step(self):
        """One step of gradient descent with momentum, on fresh words; the loss before it is noted."""
        loss, dscores = self.loss(*batch(self.rng))
        self.losses.append(loss)
        for side, gradients in self.sides(dscores):
            for name in side:
                if name not in self.fixed:
                    old = self.velocities.get((id(side), name), 0.0)
                    self.velocities[id(side), name] = MOMENTUM * old - RATE * gradients[name]
                    side[name] = side[name] + self.velocities[id(side), name]

    def train(self, steps=STEPS):
        """That many steps; returns itself. What runs over becomes nan, and needs no warning."""
        with np.errstate(all="ignore"):
            for _ in range(steps):
                self.step()
        return self

    def map(self, tokens):
        """Whom the places from the separator on look at: weights (N, 8, 16)."""
        self.forward(tokens)
        return attention_forward(*self.block.QKV, self.block.causal)[1][:, LENGTH:]

    def alone(self, words):
        """What it says with its own letters, (N, 8), of words (N, 8)."""
        tokens = np.hstack([words, np.full((len(words), 1), LETTERS), np.zeros((len(words), LENGTH - 1), dtype=int)])
        said = np.zeros((len(words), LENGTH), dtype=int)
        for place in range(LENGTH):
            said[:, place] = self.forward(tokens)[:, place].argmax(axis=-1)
            if place < LENGTH - 1:
                tokens[:, LENGTH + 1 + place] = said[:, place]
        return said


def shares(said, targets):
    """Percent of letters and of whole words that are right, to a tenth."""
    hits = said == targets
    return [round(100 * float(hits.mean()), 1), round(100 * float(hits.all(axis=1).mean()), 1)]


def told(speaker):
    """How a training went: losses, shares of 1,000 unseen words with given and with its own letters."""
    tokens, targets = batch(np.random.default_rng(99), 1000)
    losses = np.array(speaker.losses)
    with np.errstate(all="ignore"):
        given, alone = speaker.forward(tokens).argmax(axis=-1), speaker.alone(tokens[:, :LENGTH])
    below = np.flatnonzero(losses < LEARNED)
    return {
        "first": round(losses[0], 3) if np.isfinite(losses[0]) else None,
        "learned": int(below[0]) if len(below) else None,
        "last": round(float(losses[-1]), 4) if np.isfinite(losses[-1]) else None,
        "given": shares(given, targets),
        "alone": shares(alone, targets),
    }
