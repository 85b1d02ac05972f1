"""09-softmax: the two forms of targets, read rightly: for known mistakes and solutions that go wrong, or right, elsewhere."""

import numpy as np


def classes(t):
    """(N,) labels, whichever way the targets came."""
    return t if t.ndim == 1 else t.argmax(axis=1)


def one_hot(p, t):
    """(N, C) rows of one 1, whichever way the targets came."""
    return t if t.ndim == 2 else np.eye(p.shape[1])[t]


def clipped(p):
    """p, nowhere below 1e-12."""
    return np.clip(p, 1e-12, None)


def right_ones(p, t):
    """(N,) the probability given to the right class, clipped."""
    return clipped(p)[np.arange(len(p)), classes(t)]


def rows(p):
    return np.arange(len(p))
