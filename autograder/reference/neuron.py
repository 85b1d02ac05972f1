r"""03-neuron: one ReLU neuron, y = max(0, z) with z = x . w + b.

Source: the chain rule; worked through in *Neural Networks from Scratch*, chapter 9, and in the CS231n notes on
backpropagation.
"""

import numpy as np

from autograder.reference.shapes import Vector


def neuron_forward(x: Vector, w: Vector, b: float) -> tuple[float, float]:
    """Pre-activation z = sum_i x_i w_i + b and output y = max(0, z), as two floats.

    x, w (D,), b a number. ValueError if x and w differ in length. Source: the definition of the neuron.
    """
    z = float(np.dot(x, w) + b)
    return z, max(0.0, z)


def relu_derivative(z: float) -> float:
    """dy/dz = [z > 0], a float: 1.0 where z > 0, else 0.0.

    z is a number (TypeError or ValueError for an array). Source: the slopes of max(0, z); at the kink z = 0 the course
    takes 0.
    """
    return 1.0 if z > 0 else 0.0


def neuron_backward(dvalue: float, x: Vector, w: Vector, z: float) -> tuple[Vector, Vector, float]:
    """Gradients (dx, dw, db) of the final number, given dvalue = d final / dy: dz = dvalue [z > 0], dx = dz w, dw = dz x, db = dz.

    x, w, dx, dw (D,), float64; dvalue, z, db numbers. Raises nothing for such arrays. Source: the chain rule.
    """
    dz = dvalue * relu_derivative(z)
    return dz * np.asarray(w, dtype=np.float64), dz * np.asarray(x, dtype=np.float64), float(dz)


def gradient_step(w: Vector, b: float, dw: Vector, db: float, learning_rate: float) -> tuple[Vector, float]:
    """New (w, b): w - learning_rate dw and b - learning_rate db; the old ones are left as they are.

    w, dw (D,), float64 also where w holds whole numbers; b, db, learning_rate numbers. ValueError if w and dw differ in
    length. Source: gradient descent.
    """
    return w - learning_rate * np.asarray(dw), float(b - learning_rate * db)
