"""04-loss: known mistakes of `fit_neuron` in how it steps."""

import numpy as np

from autograder.exercises.loss.cases import fit_neuron
from autograder.exercises.loss.passes import forward


def descent(x, w, b, t, learning_rate, steps, slopes):
    """Gradient descent that is right but for the slopes: `slopes(z, y)` is what goes for the gradient of z."""
    losses = []
    for _ in range(steps):
        z, y = forward(x, w, b)
        losses.append(0.5 * (y - t) ** 2)
        dz = slopes(z, y)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
    return w, b, [*losses, 0.5 * (forward(x, w, b)[1] - t) ** 2]


@fit_neuron.mistake(
    "uphill",
    "Your losses grow from the first step on. The gradient points uphill: which way do you go?",
    "y = 6, t = 5, rate 0.01: w[2] has slope 3, so it should become 1.97, not 2.03.",
    "new = old - learning_rate * gradient, and dL/dy = y - t: one minus in each, not two.",
)
def _(x, w, b, t, learning_rate, steps):
    return descent(x, w, b, t, learning_rate, steps, lambda z, y: -(y - t) * (z > 0))


@fit_neuron.mistake(
    "half-forgotten",
    "Each of your steps is twice as long as it should be. Which loss did you differentiate?",
    "y = 6, t = 5, rate 0.01: after one step y = 5.85. Yours has 5.7.",
    "L = 1/2 (y - t)^2, so dL/dy = 2 * 1/2 * (y - t).",
)
def _(x, w, b, t, learning_rate, steps):
    return descent(x, w, b, t, learning_rate, steps, lambda z, y: 2 * (y - t) * (z > 0))


@fit_neuron.mistake(
    "upstream-ignored",
    "Your steps are all equally long. Should they not become shorter as the error does?",
    "y = 5.5 and t = 8: the loss sends -2.5 back, so each knob's step is -2.5 times what it is for an upstream of 1.",
    "dw[i] = (y - t) [z > 0] x[i], with the error of this very step.",
)
def _(x, w, b, t, learning_rate, steps):
    return descent(x, w, b, t, learning_rate, steps, lambda z, y: 1.0 * (z > 0))


@fit_neuron.mistake(
    "sign-without-size",
    "You step towards the target, always equally far. Should a small error not make a small step?",
    "t = 5, rate 0.01: from y = 6 to 5.85, then, with an error of only 0.85, to 5.7225.",
    "dw[i] = (y - t) [z > 0] x[i]: the error with its size.",
)
def _(x, w, b, t, learning_rate, steps):
    return descent(x, w, b, t, learning_rate, steps, lambda z, y: np.sign(float(y - t)) * (z > 0))


@fit_neuron.mistake(
    "loss-as-upstream",
    "What goes back is a slope. Is the loss its own slope?",
    "y = 5.5, t = 8: the loss is 3.125, and it falls as y rises: the upstream is -2.5.",
    "dw[i] = (y - t) [z > 0] x[i].",
)
def _(x, w, b, t, learning_rate, steps):
    return descent(x, w, b, t, learning_rate, steps, lambda z, y: 0.5 * (y - t) ** 2 * (z > 0))


@fit_neuron.mistake(
    "relu-slope-dropped",
    "Your neuron comes back from below 0. Which node would have stopped the gradient there?",
    "Rate 0.15: after nine steps z = -2.45 and y = 0. No knob moves y now: the loss stays 12.5.",
    "dz = (y - t) [z > 0].",
)
def _(x, w, b, t, learning_rate, steps):
    return descent(x, w, b, t, learning_rate, steps, lambda z, y: y - t)


@fit_neuron.mistake(
    "relu-forgotten",
    "What does a ReLU neuron say when z is below 0? Yours goes on as if there were no corner.",
    "Rate 0.15: after nine steps z = -2.45. So y = 0, and the loss is half of 25.",
    "y = max(0, z) in the loss, and dz = (y - t) [z > 0] in the gradient.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = []
    for _ in range(steps):
        z = np.dot(x, w) + b
        losses.append(0.5 * (z - t) ** 2)
        w, b = w - learning_rate * (z - t) * x, b - learning_rate * (z - t)
    return w, b, [*losses, 0.5 * (np.dot(x, w) + b - t) ** 2]


@fit_neuron.mistake(
    "steps-at-zero",
    "z is exactly 0: the corner of ReLU. What does this course say its slope is there?",
    "x = [2, -1], w = [0.5, 3], b = 2: z = 0, so nothing moves, and the loss stays 4.5.",
    "dz = (y - t) [z > 0], with a strict >.",
)
def _(x, w, b, t, learning_rate, steps):
    return descent(x, w, b, t, learning_rate, steps, lambda z, y: (y - t) * (z >= 0))


@fit_neuron.mistake(
    "gate-on-the-error",
    "What went through the ReLU on the way forward: the error, or z?",
    "y = 1.5, t = 4: the neuron is on and its output too low, so it should climb. Yours stands still.",
    "dz = (y - t) [z > 0]. The sign of the error plays no part in the gate.",
)
def _(x, w, b, t, learning_rate, steps):
    return descent(x, w, b, t, learning_rate, steps, lambda z, y: max(0.0, y - t) * (z > 0))


@fit_neuron.mistake(
    "bias-stands-still",
    "List the neuron's knobs. Did every one of them move?",
    "The lesson's neuron, rate 0.01: after one step b = 0.99 and y = 5.85. Without the bias y is 5.86.",
    "b takes the same kind of step as each w[i]: old - learning_rate * db.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = []
    for _ in range(steps):
        z, y = forward(x, w, b)
        losses.append(0.5 * (y - t) ** 2)
        w = w - learning_rate * (y - t) * (z > 0) * x
    return w, b, [*losses, 0.5 * (forward(x, w, b)[1] - t) ** 2]


@fit_neuron.mistake(
    "bias-left-out",
    "What does the neuron say: x . w, or x . w + b?",
    "The lesson's neuron starts at y = 6, so the first loss is 0.5. What is yours?",
    "z = x . w + b at every step, with the newest w and b.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = []
    for step in range(steps + 1):
        y = max(0.0, np.dot(x, w))
        losses.append(0.5 * (y - t) ** 2)
        if step < steps:
            dz = (y - t) * (y > 0)
            w, b = w - learning_rate * dz * x, b - learning_rate * dz
    return w, b, losses


@fit_neuron.mistake(
    "bias-outside-relu",
    "Is it relu(x . w) + b or relu(x . w + b)? Only in one of them can the bias switch the neuron off.",
    "x = [2, -1], w = [0.5, 3], b = 2: x . w = -2, so z = 0 and y = 0. Yours says 2.",
    "y = max(0, x . w + b): the bias is inside.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = []
    for step in range(steps + 1):
        dot = np.dot(x, w)
        dy = max(0.0, dot) + b - t
        losses.append(0.5 * dy**2)
        if step < steps:
            w, b = w - learning_rate * dy * (dot > 0) * x, b - learning_rate * dy
    return w, b, losses


@fit_neuron.mistake(
    "steps-along-dx",
    "Two gradients have the shape of w. Which of them is for w?",
    "x = [1, -2, 3], w = [-3, -1, 2], y = 6, t = 5, rate 0.01: w[0] should become -3.01. Yours becomes -2.97.",
    "w[i] steps along dw[i] = dz x[i]; dx[i] = dz w[i] is for whoever made x.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = []
    for _ in range(steps):
        z, y = forward(x, w, b)
        losses.append(0.5 * (y - t) ** 2)
        dz = (y - t) * (z > 0)
        w, b = w - learning_rate * dz * w, b - learning_rate * dz
    return w, b, [*losses, 0.5 * (forward(x, w, b)[1] - t) ** 2]
