"""04-loss. y, t, b and learning_rate are single numbers; x and w have shape (D,), X (N, D); steps is a whole number."""

import numpy as np

from course.observe import NotNumbers, calls, scripted


@scripted("X, w, b", "dead")
def verdict_on(answer, X, w, b):
    """The verdict, True or False, as the number 1 or 0."""
    verdict = answer(X, w, b)
    if verdict is None:
        raise NotNumbers("none", "None")
    if np.shape(verdict) != ():
        raise NotNumbers("count", f"something of shape {np.shape(verdict)}, where one True or False is wanted")
    if np.asarray(verdict).dtype != bool:
        raise NotNumbers("count", f"one {type(verdict).__name__}, where True or False is wanted")
    return {"dead": 1.0 if verdict else 0.0}


PROBES = {
    "half_squared_error": calls("y, t", "loss"),
    "half_squared_error_backward": calls("y, t", "dy"),
    "neuron_loss_gradients": calls("x, w, b, t", "dx, dw, db"),
    "fit_neuron": calls("x, w, b, t, learning_rate, steps", "w, b, losses"),
    "is_dead": verdict_on,
}
