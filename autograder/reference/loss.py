r"""04-loss: half squared error on one ReLU neuron, its gradients, and gradient descent.

L = 1/2 (y - t)^2 with y = max(0, z) and z = x . w + b.
Source: the chain rule; the neuron is that of *Neural Networks from Scratch*, chapter 9.
"""

import numpy as np

from autograder.reference.neuron import gradient_step, neuron_backward, neuron_forward
from autograder.reference.shapes import Matrix, Vector


def half_squared_error(y: float, t: float) -> float:
    """L = 1/2 (y - t)^2, a float.

    y, t: output and target, numbers; raises nothing for such. Source: the definition.
    """
    return float(0.5 * (y - t) ** 2)


def half_squared_error_backward(y: float, t: float) -> float:
    """dL/dy = y - t, a float: the upstream gradient that the loss hands to the neuron.

    y, t: output and target, numbers; raises nothing for such. Source: the power rule.
    """
    return float(y - t)


def neuron_loss_gradients(x: Vector, w: Vector, b: float, t: float) -> tuple[Vector, Vector, float]:
    """Gradients (dx, dw, db) of the loss, back through the loss, the ReLU and the sum: dz = (y - t) [z > 0], then dz w, dz x, dz.

    x, w, dx, dw (D,), float64; b, t, db numbers. ValueError if x and w differ in length. Source: the chain rule.
    """
    z, y = neuron_forward(x, w, b)
    return neuron_backward(half_squared_error_backward(y, t), x, w, z)


def fit_neuron(
    x: Vector, w: Vector, b: float, t: float, learning_rate: float, steps: int
) -> tuple[Vector, float, Vector]:
    """(w, b, losses) after `steps` times w <- w - learning_rate dw, b <- b - learning_rate db.

    x, w (D,), float64; b, t, learning_rate numbers; steps 0 or more. losses[k] is the loss after k steps, shape (steps + 1,).
    What comes back is new, also where no step was taken. ValueError if x and w differ in length. Source: gradient descent.
    """
    losses = np.empty(steps + 1)
    for step in range(steps):
        losses[step] = half_squared_error(neuron_forward(x, w, b)[1], t)
        _, dw, db = neuron_loss_gradients(x, w, b, t)
        w, b = gradient_step(w, b, dw, db, learning_rate)
    losses[steps] = half_squared_error(neuron_forward(x, w, b)[1], t)
    return w + 0.0, float(b), losses  # new, even where no step was taken


def is_dead(X: Matrix, w: Vector, b: float) -> bool:
    """True if z = X w + b is above 0 in no row: then every gradient is 0, whatever the upstream.

    X (N, D), w (D,), b a number. ValueError if the D differ. Source: ReLU'(z) = [z > 0].
    """
    return not bool(np.any(np.asarray(X) @ np.asarray(w) + b > 0))
