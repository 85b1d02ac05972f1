"""04-loss: known mistakes of `neuron_loss_gradients`.

The order matters where two of them agree in one of the three results: the likelier idea stands first.
"""

import numpy as np

from autograder.exercises.loss.cases import neuron_loss_gradients
from autograder.exercises.loss.passes import back, forward


@neuron_loss_gradients.mistake(
    "relu-slope-dropped",
    "Walk back from the loss and name the nodes you pass. Is every one of them in your product?",
    "b = -7: z = -2 and y = 0. Turn any knob by 0.01: y stays 0, so the loss stays, too.",
    "dz = (y - t) [z > 0]: the ReLU stands between y and z.",
)
def _(x, w, b, t):
    _, y = forward(x, w, b)
    return back(y - t, x, w)


@neuron_loss_gradients.mistake(
    "upstream-ignored",
    "These are chapter 03's gradients, where the final number was y. What is the final number now?",
    "b = 0.5, t = 8: y = 5.5, so the loss hands -2.5 back. Where is it in your result?",
    "dz = (y - t) [z > 0], then dw[i] = dz x[i].",
)
def _(x, w, b, t):
    z, _ = forward(x, w, b)
    return back(1.0 * (z > 0), x, w)


@neuron_loss_gradients.mistake(
    "target-minus-output",
    "The output is too low. If it rises, the loss falls: which sign has dL/dy, then?",
    "b = 0.5, t = 8: y = 5.5, and b + 0.01 lowers the loss from 3.125 to 3.10005. So db is -2.5.",
    "dL/dy = y - t, in this order.",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    return back((t - y) * (z > 0), x, w)


@neuron_loss_gradients.mistake(
    "half-forgotten",
    "All is twice too large. Which loss did you differentiate, one with the half or one without?",
    "b = 0.5, t = 8: y = 5.5, and b + 0.01 lowers the loss from 3.125 to 3.10005: db is -2.5, not -5.",
    "L = 1/2 (y - t)^2, so dL/dy = 2 * 1/2 * (y - t).",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    return back(2 * (y - t) * (z > 0), x, w)


@neuron_loss_gradients.mistake(
    "half-kept",
    "All is half as large as it should be. What becomes of the 2 that the square brings down?",
    "b = 0.5, t = 8: y = 5.5, and b + 0.01 lowers the loss from 3.125 to 3.10005: db is -2.5, not -1.25.",
    "L = 1/2 (y - t)^2, so dL/dy = 2 * 1/2 * (y - t).",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    return back(0.5 * (y - t) * (z > 0), x, w)


@neuron_loss_gradients.mistake(
    "loss-as-upstream",
    "Going backward you multiply by slopes. Is the loss its own slope?",
    "b = 0.5, t = 8: the loss is 3.125, and its slope against y is -2.5. Which of them goes back?",
    "The upstream of the neuron is dL/dy = y - t, not L.",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    return back(0.5 * (y - t) ** 2 * (z > 0), x, w)


@neuron_loss_gradients.mistake(
    "output-as-upstream",
    "You send y back. Where did the target come in?",
    "b = 0.5, t = 8: y = 5.5 is too low by 2.5; what goes back is -2.5.",
    "dL/dy = y - t: what goes back is the error, not the output.",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    return back(y * (z > 0), x, w)


@neuron_loss_gradients.mistake(
    "error-times-output",
    "The ReLU stands between y and z. Is its slope the output?",
    "z = 5.5 and y = 5.5: raise z by 0.01, and y rises by 0.01, one for one.",
    "dz = (y - t) [z > 0]: 1 or 0, never y or z.",
)
def _(x, w, b, t):
    _, y = forward(x, w, b)
    return back((y - t) * y, x, w)


@neuron_loss_gradients.mistake(
    "size-of-the-error",
    "Two outputs, one too high and one too low by the same: should both push the knobs the same way?",
    "b = 0.5, t = 8: y = 5.5 is too low, so raising b helps: db is negative, -2.5.",
    "dL/dy = y - t, with its sign.",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    return back(abs(y - t) * (z > 0), x, w)


@neuron_loss_gradients.mistake(
    "gate-on-the-error",
    "What went through the ReLU on the way forward: the error, or z?",
    "b = 0.5, t = 8: z = 5.5, so the neuron was on. What goes back is -2.5, though it is negative.",
    "dz = (y - t) [z > 0]. The sign of y - t plays no part in the gate.",
)
def _(x, w, b, t):
    _, y = forward(x, w, b)
    return back((y - t) * (y > t), x, w)


@neuron_loss_gradients.mistake(
    "passes-at-zero",
    "z is exactly 0: the corner of ReLU. What does this course say its slope is there?",
    "x = [2, -1], w = [0.5, 3], b = 2: z = 0. All gradients are 0 by convention.",
    "The course takes ReLU'(0) = 0, so the condition is z > 0.",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    return back((y - t) * (z >= 0), x, w)


@neuron_loss_gradients.mistake(
    "x-and-w-exchanged",
    "In x[0] * w[0], when only w[0] moves: which number decides how far the product moves?",
    "x[0] = 1, w[0] = -3, error 1: dw[0] is 1 and dx[0] is -3.",
    "dw[i] = dz x[i] and dx[i] = dz w[i]; return dx first.",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    dz = (y - t) * (z > 0)
    return dz * x, dz * w, dz


@neuron_loss_gradients.mistake(
    "bias-for-its-slope",
    "Raise b by 0.01: does it matter for the rise of z how large b was?",
    "b = 0.5, t = 8: y = 5.5. b + 0.01 lowers the loss from 3.125 to 3.10005: db is -2.5, not -1.25.",
    "dz/db = 1, so db = (y - t) [z > 0].",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    dz = (y - t) * (z > 0)
    return dz * w, dz * x, dz * b


@neuron_loss_gradients.mistake(
    "bias-without-gradient",
    "List the neuron's knobs. Does turning each of them change the loss?",
    "b = 0.5, t = 8: b + 0.01 lowers the loss from 3.125 to 3.10005. So db is not 0.",
    "dz/db = 1, so db = (y - t) [z > 0].",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    dz = (y - t) * (z > 0)
    return dz * w, dz * x, 0.0


@neuron_loss_gradients.mistake(
    "bias-not-gated",
    "You gate what goes back to x and w. By which road does the blame reach b?",
    "b = -7: z = -2 and y = 0. Raise b by 0.01: y is still 0, and the loss does not move.",
    "db = (y - t) [z > 0]: the bias stands behind the same ReLU.",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    dz = (y - t) * (z > 0)
    return dz * w, dz * x, y - t


@neuron_loss_gradients.mistake(
    "bias-left-out",
    "What does the neuron say: x . w, or x . w + b? The loss starts from what it says.",
    "x . w = 5, b = 0.5, t = 8: y = 5.5 and the error is -2.5, not -3.",
    "z = x . w + b comes first: y, the error and the gate all hang on it.",
)
def _(x, w, b, t):
    y = max(0.0, np.dot(x, w))
    return back((y - t) * (y > 0), x, w)


@neuron_loss_gradients.mistake(
    "bias-added-D-times",
    "What is z here? How often does b stand in it?",
    "x . w = 5, b = 0.5: z = 5.5. With three inputs, adding b to each product gives 6.5.",
    "z = (sum over i of x[i] w[i]) + b: the bias comes once, after the sum.",
)
def _(x, w, b, t):
    z = np.sum(x * w + b)
    return back((max(0.0, z) - t) * (z > 0), x, w)


sum_forgotten = neuron_loss_gradients.mistake(
    "sum-forgotten",
    "How many numbers is z: one, or one for each input?",
    "x = [1, -2, 3], w = [-3, -1, 2], b = 0.5: z = -3 + 2 + 6 + 0.5 = 5.5, one number.",
    "z = (sum over i of x[i] w[i]) + b, and one y, one error and one gate follow from it.",
)


@sum_forgotten
def _(x, w, b, t):
    z = x * w + b
    return back((np.maximum(0, z) - t) * (z > 0), x, w)


@sum_forgotten
def _(x, w, b, t):
    z = x * w + b
    dz = (np.maximum(0, z) - t) * (z > 0)
    return dz * w, dz * x, np.sum(dz)


@sum_forgotten
def _(x, w, b, t):
    z = x * w + b
    return back((max(0.0, z) - t) * (z > 0), x, w)


@neuron_loss_gradients.mistake(
    "gate-without-bias",
    "The error you send back is right. What decides whether it gets through: x . w, or x . w + b?",
    "x . w = 5 and b = -7: z = -2, so nothing passes. x . w = -2.5 and b = 4: z = 1.5, so all of it passes.",
    "dz = (y - t) [z > 0], and z has the bias in it.",
)
def _(x, w, b, t):
    _, y = forward(x, w, b)
    return back((y - t) * (np.dot(x, w) > 0), x, w)


@neuron_loss_gradients.mistake(
    "bias-outside-relu",
    "Is it relu(x . w) + b or relu(x . w + b)? Only in one of them can the bias switch the neuron off.",
    "x . w = 5, b = -7: y is 0, not -2. Raise b to -6: y stays 0.",
    "y = max(0, x . w + b), so db = (y - t) [z > 0] like the others.",
)
def _(x, w, b, t):
    dot = np.dot(x, w)
    dy = max(0.0, dot) + b - t
    return dy * (dot > 0) * w, dy * (dot > 0) * x, dy


@neuron_loss_gradients.mistake(
    "relu-left-out-of-the-output",
    "What does a ReLU neuron say when z is below 0?",
    "b = -7: z = -2, so y = 0 and no knob moves it. Your version has no corner at all.",
    "y = max(0, z) forward, and dz = (y - t) [z > 0] back.",
)
def _(x, w, b, t):
    z, _ = forward(x, w, b)
    return back(z - t, x, w)


@neuron_loss_gradients.mistake(
    "gate-on-the-weight",
    "Which number goes into the ReLU: a weight, or the sum?",
    "w[0] = -3, z = 5.5: the neuron is on, and a nudge of x[0] gets through it.",
    "One gate for the whole neuron: [z > 0], not [w > 0].",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    return (y - t) * (w > 0) * w, (y - t) * (w > 0) * x, (y - t) * (z > 0)


@neuron_loss_gradients.mistake(
    "divided-by-the-number-of-weights",
    "One sample, one neuron: what is there to average over?",
    "x[0] = 1, error 1: dw[0] is 1, whether the neuron has two weights or two hundred.",
    "dw[i] = (y - t) [z > 0] x[i]: each knob has its own slope, and a mean is over samples only.",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    return back((y - t) * (z > 0) / len(x), x, w)


@neuron_loss_gradients.mistake(
    "changes-x-and-w",
    "The numbers are right. What happened to the arrays x and w that came in?",
    "Try x = np.array([1., -2., 3.]); call your function with it and t = 8; then look at x.",
    "`*=` writes into the caller's array. dx and dw are arrays of their own.",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    dz = float((y - t) * (z > 0))
    w *= dz
    x *= dz
    return w, x, dz


@neuron_loss_gradients.mistake(
    "db-without-the-loss",
    "[z > 0] is how far y moves with b. And how far does the loss move with y?",
    "b = 0.5, t = 8: y = 5.5, and b + 0.01 lowers the loss from 3.125 to 3.10005. So db is -2.5, not 1.",
    "db = (y - t) [z > 0] * 1.",
)
def _(x, w, b, t):
    z, y = forward(x, w, b)
    dx, dw, _ = back((y - t) * (z > 0), x, w)
    return dx, dw, float(z > 0)
