"""04-loss: a neuron's two passes as a student has them, for right answers and for mistakes that lie elsewhere."""

import numpy as np


def forward(x, w, b):
    """z and y, as a student's own forward pass gives them."""
    z = np.dot(x, w) + b
    return z, max(0.0, z)


def back(dz, x, w):
    """What a student's own backward pass makes of the gradient of z."""
    return dz * w, dz * x, dz
