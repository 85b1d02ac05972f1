r"""04-loss: half squared error on one ReLU neuron, its gradients, and gradient descent.

L = 1/2 (y - t)^2 with y = max(0, z) and z = x . w + b. Shapes: x, w, dx, dw (D,); X (N, D); losses (steps + 1,);
everything else single numbers; float64, dimensionless.
Source: the chain rule; the neuron is that of *Neural Networks from Scratch*, chapter 9.
"""

import numpy as np

from autograder.reference.neuron import gradient_step, neuron_backward, neuron_forward


def half_squared_error(y, t):
    """L = 1/2 (y - t)^2, a float."""
    return float(0.5 * (y - t) ** 2)


def half_squared_error_backward(y, t):
    """dL/dy = y - t, a float: the upstream gradient that the loss hands to the neuron."""
    return float(y - t)


def neuron_loss_gradients(x, w, b, t):
    """Gradients (dx, dw, db) of the loss: back through the loss, the ReLU and the sum."""
    z, y = neuron_forward(x, w, b)
    return neuron_backward(half_squared_error_backward(y, t), x, w, z)


def fit_neuron(x, w, b, t, learning_rate, steps):
    """(w, b, losses) after `steps` steps downhill; losses[k] is the loss after k steps, shape (steps + 1,)."""
    losses = np.empty(steps + 1)
    for step in range(steps):
        losses[step] = half_squared_error(neuron_forward(x, w, b)[1], t)
        _, dw, db = neuron_loss_gradients(x, w, b, t)
        w, b = gradient_step(w, b, dw, db, learning_rate)
    losses[steps] = half_squared_error(neuron_forward(x, w, b)[1], t)
    return w + 0.0, float(b), losses  # new, even where no step was taken


def is_dead(X, w, b):
    """True if z = X w + b is above 0 in no row: then every gradient is 0, whatever the upstream."""
    return not bool(np.any(np.asarray(X) @ np.asarray(w) + b > 0))
