"""04-loss: known mistakes of `fit_neuron` in the loop: what is computed when, kept, reset and handed back."""

import numpy as np

from autograder.exercises.loss.cases import fit_neuron
from autograder.exercises.loss.passes import forward


def half_square(x, w, b, t):
    """The loss, as a student's own code gives it."""
    return 0.5 * (forward(x, w, b)[1] - t) ** 2


def slope(x, w, b, t):
    """The gradient of z, likewise."""
    z, y = forward(x, w, b)
    return (y - t) * (z > 0)


@fit_neuron.mistake(
    "gradient-computed-once",
    "After a step the neuron says something else. Does your gradient know?",
    "t = 5, rate 0.01: y goes 6, 5.85, 5.7225. Yours goes 6, 5.85, 5.7: the second step used the first step's error.",
    "In every step: forward, error, gradient, then the step. Each from the newest w and b.",
)
def _(x, w, b, t, learning_rate, steps):
    dz = slope(x, w, b, t)
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(half_square(x, w, b, t))
    return w, b, losses


@fit_neuron.mistake(
    "forward-computed-once",
    "Your losses never change. When do you ask the neuron what it says?",
    "t = 5, rate 0.01: the losses begin 0.5, 0.36125. Yours repeat 0.5.",
    "z and y belong inside the loop: each step starts with a forward pass through the newest w and b.",
)
def _(x, w, b, t, learning_rate, steps):
    dz, loss = slope(x, w, b, t), half_square(x, w, b, t)
    for _ in range(steps):
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
    return w, b, [loss] * (steps + 1)


@fit_neuron.mistake(
    "gate-from-the-start",
    "You look at z once, at the beginning. May a neuron that was on not go off later?",
    "Rate 0.15: after nine steps z = -2.45. From there on [z > 0] is 0, and the loss stays 12.5.",
    "dz = (y - t) [z > 0], with the z of this very step.",
)
def _(x, w, b, t, learning_rate, steps):
    on = forward(x, w, b)[0] > 0
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        dz = (forward(x, w, b)[1] - t) * on
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(half_square(x, w, b, t))
    return w, b, losses


@fit_neuron.mistake(
    "bias-steps-after-the-weights",
    "w has moved already when you work out db. Is that still the same point on the loss?",
    "y = 6, t = 5, rate 0.01: b steps by 0.01 * 1. After the weights have moved the error is only 0.86.",
    "All gradients first, from the old w and b; then all steps.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        w = w - learning_rate * slope(x, w, b, t) * x
        b = b - learning_rate * slope(x, w, b, t)
        losses.append(half_square(x, w, b, t))
    return w, b, losses


steps_from_the_start = fit_neuron.mistake(
    "steps-from-the-start",
    "Where does your second step set off: from the old w, or from where the first step ended?",
    "t = 5, rate 0.01, steps 2: y goes 6, 5.85, 5.7225. The second step sets off from 5.85.",
    "After each step the new w and b take the old ones' place: w[i] - learning_rate dw[i], with the newest w and dw.",
)


@steps_from_the_start
def _(x, w, b, t, learning_rate, steps):
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        dz = slope(x, w, b, t)
        new_w, new_b = w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(half_square(x, new_w, new_b, t))
    return new_w, new_b, losses


@steps_from_the_start
def _(x, w, b, t, learning_rate, steps):
    new_w, new_b = w, b
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        dz = slope(x, w, b, t)
        new_w, new_b = w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(half_square(x, new_w, new_b, t))
    return new_w, new_b, losses


@steps_from_the_start
def _(x, w, b, t, learning_rate, steps):
    new_w, new_b = w, b
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        dz = slope(x, new_w, new_b, t)
        new_w, new_b = w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(half_square(x, new_w, new_b, t))
    return new_w, new_b, losses


@fit_neuron.mistake(
    "gradients-pile-up",
    "In the second step, does your gradient still hold the first one's?",
    "t = 5, rate 0.01: the second step has the error 0.85. Yours has 1 + 0.85.",
    "Each step starts from gradients of its own: fresh zeros, or a plain `=`.",
)
def _(x, w, b, t, learning_rate, steps):
    dw, db = np.zeros(len(x)), 0.0
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        dz = slope(x, w, b, t)
        dw, db = dw + dz * x, db + dz
        w, b = w - learning_rate * dw, b - learning_rate * db
        losses.append(half_square(x, w, b, t))
    return w, b, losses


@fit_neuron.mistake(
    "inputs-move-too",
    "Who made x? May this neuron change it?",
    "x = [1, -2, 3], rate 0.01: the inputs are still [1, -2, 3] after the step. Are yours?",
    "Update w and b. dx is for handing on: nobody steps along it here.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        dz = slope(x, w, b, t)
        x, w, b = x - learning_rate * dz * w, w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(half_square(x, w, b, t))
    return w, b, losses


@fit_neuron.mistake(
    "first-loss-missing",
    "How many losses are there before and after three steps, both ends counted?",
    "The lesson's neuron, two steps: 0.5 before any step, 0.36125 after one, 0.261 after two. Three numbers.",
    "losses has shape (steps + 1,), and losses[0] is the loss before any step.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = []
    for _ in range(steps):
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(half_square(x, w, b, t))
    return w, b, np.array(losses, dtype=float)


@fit_neuron.mistake(
    "last-loss-missing",
    "How good is the neuron that you hand back? Is that among the losses?",
    "The lesson's neuron, two steps: 0.5 before any step, 0.36125 after one, 0.261 after two. Three numbers.",
    "losses has shape (steps + 1,), and losses[steps] is the loss after the last step.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = []
    for _ in range(steps):
        losses.append(half_square(x, w, b, t))
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
    return w, b, np.array(losses, dtype=float)


@fit_neuron.mistake(
    "one-step-too-many",
    "Your list of losses has the right length. How many steps did w take meanwhile?",
    "steps = 0: one loss, and w and b exactly as they came in.",
    "losses[0], then as many times as there are steps: step, and the new loss.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = []
    for _ in range(steps + 1):
        losses.append(half_square(x, w, b, t))
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
    return w, b, losses


one_step_too_few = fit_neuron.mistake(
    "one-step-too-few",
    "How often does your loop come round? Count it for steps = 3.",
    "The lesson's neuron, rate 0.01, steps 2: y goes 6, 5.85, 5.7225. Where does yours stop?",
    "`steps` steps, and steps + 1 losses: one before any step, and one after each.",
)


@one_step_too_few
def _(x, w, b, t, learning_rate, steps):
    losses = [half_square(x, w, b, t)]
    for _ in range(1, steps):
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(half_square(x, w, b, t))
    return w, b, losses


@one_step_too_few
def _(x, w, b, t, learning_rate, steps):
    losses = np.zeros(steps + 1)
    losses[0] = half_square(x, w, b, t)
    for step in range(1, steps):
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
        losses[step] = half_square(x, w, b, t)
    return w, b, losses


returns_inside_the_loop = fit_neuron.mistake(
    "returns-inside-the-loop",
    "How many steps has your function taken when it reaches `return`?",
    "The lesson's neuron, rate 0.01, steps 2: y goes 6, 5.85, 5.7225. Yours stops at 5.85.",
    "`steps` steps, and steps + 1 losses: the function ends when the loop has.",
)


@returns_inside_the_loop
def _(x, w, b, t, learning_rate, steps):
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(half_square(x, w, b, t))
        return w, b, losses


@returns_inside_the_loop
def _(x, w, b, t, learning_rate, steps):
    losses = []
    for _ in range(steps):
        losses.append(half_square(x, w, b, t))
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
        return w, b, losses


stops_when_it_fits = fit_neuron.mistake(
    "stops-when-it-fits",
    "How many losses were asked for? Does a neuron that fits before the last step have fewer?",
    "The lesson's neuron, rate 1/15, steps 4: 0.5, and then four times 0. Five losses, however early it fits.",
    "losses has shape (steps + 1,). Where the error is 0 a step moves nothing, and its loss is noted all the same.",
)


@stops_when_it_fits
def _(x, w, b, t, learning_rate, steps):
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        if losses[-1] < 1e-9:
            break
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(half_square(x, w, b, t))
    return w, b, losses


@stops_when_it_fits
def _(x, w, b, t, learning_rate, steps):
    losses = []
    for _ in range(steps):
        losses.append(half_square(x, w, b, t))
        if losses[-1] < 1e-9:
            break
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
    return w, b, [*losses, half_square(x, w, b, t)]


@fit_neuron.mistake(
    "returned-in-the-wrong-order",
    "Which of the three comes first in `return`?",
    "The lesson's neuron, steps 2: an array of three weights, then a number, then an array of three losses.",
    "(w, b, losses): the weights, the bias, the losses.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(half_square(x, w, b, t))
    return losses, w, b


@fit_neuron.mistake(
    "last-loss-only",
    "You hand back how it ended. How did it get there?",
    "The lesson's neuron, two steps: losses is [0.5, 0.36125, 0.261], not 0.261 alone.",
    "losses has shape (steps + 1,): one number before any step and one after each.",
)
def _(x, w, b, t, learning_rate, steps):
    for _ in range(steps):
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
    return w, b, half_square(x, w, b, t)


@fit_neuron.mistake(
    "errors-for-losses",
    "What you list may be negative. Is it the loss?",
    "y = 6, t = 5: the error is 1 and the loss 0.5.",
    "L = 1/2 (y - t)^2, from half_squared_error.",
)
def _(x, w, b, t, learning_rate, steps):
    errors = [forward(x, w, b)[1] - t]
    for _ in range(steps):
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
        errors.append(forward(x, w, b)[1] - t)
    return w, b, errors


@fit_neuron.mistake(
    "loss-without-its-half",
    "w and b are right. Which loss did you write down: the one with the half, or the bare square?",
    "y = 6, t = 5: losses[0] is 0.5, not 1.",
    "L = 1/2 (y - t)^2.",
)
def _(x, w, b, t, learning_rate, steps):
    losses = [2 * half_square(x, w, b, t)]
    for _ in range(steps):
        dz = slope(x, w, b, t)
        w, b = w - learning_rate * dz * x, b - learning_rate * dz
        losses.append(2 * half_square(x, w, b, t))
    return w, b, losses


@fit_neuron.mistake(
    "changes-the-callers-weights",
    "The numbers that come back are right. What happened to the array w that came in?",
    "Try w = np.array([-3., -1., 2.]); fit with it; look at w; fit again. The second fit starts where the first ended.",
    "`-=` writes into the caller's array. Work on a copy, or give the new array the old name: w = w - ...",
)
def _(x, w, b, t, learning_rate, steps):
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        dz = slope(x, w, b, t)
        w -= learning_rate * dz * x
        b -= learning_rate * dz
        losses.append(half_square(x, w, b, t))
    return w, b, losses


@fit_neuron.mistake(
    "copy-keeps-whole-numbers",
    "A copy of an array of whole numbers is an array of whole numbers. Where would the fraction go?",
    "w = np.array([2, 1, -1]).copy(); w -= 0.5 stops with an error. What is w.dtype?",
    "The parameters are float64 even where they start as whole numbers.",
)
def _(x, w, b, t, learning_rate, steps):
    w = w.copy()
    losses = [half_square(x, w, b, t)]
    for _ in range(steps):
        dz = slope(x, w, b, t)
        w -= learning_rate * dz * x
        b -= learning_rate * dz
        losses.append(half_square(x, w, b, t))
    return w, b, losses
