r"""03-neuron: one ReLU neuron, y = max(0, z) with z = x . w + b.

Shapes: x, w, dx, dw (D,); z, y, b, db, dvalue single numbers; float64, dimensionless.
Source: the chain rule; worked through in *Neural Networks from Scratch*, chapter 9, and in the CS231n notes on
backpropagation.
"""

import numpy as np


def neuron_forward(x, w, b):
    """Pre-activation z = sum_i x_i w_i + b and output y = max(0, z), as two floats."""
    z = float(np.dot(x, w) + b)
    return z, max(0.0, z)


def relu_derivative(z):
    """dy/dz: 1.0 where z > 0, else 0.0 (at the kink z = 0 the course takes 0)."""
    return 1.0 if z > 0 else 0.0


def neuron_backward(dvalue, x, w, z):
    """Gradients (dx, dw, db) of the final number, given dvalue = d final / dy.

    With dz = dvalue * [z > 0]: dx = dz * w, dw = dz * x, db = dz.
    """
    dz = dvalue * relu_derivative(z)
    return dz * np.asarray(w, dtype=np.float64), dz * np.asarray(x, dtype=np.float64), float(dz)


def gradient_step(w, b, dw, db, learning_rate):
    """New (w, b): each parameter minus learning_rate times its gradient; the old ones are left as they are."""
    return w - learning_rate * np.asarray(dw), float(b - learning_rate * db)
