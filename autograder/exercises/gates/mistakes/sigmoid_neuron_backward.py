"""02-gates: known mistakes of `sigmoid_neuron_backward`, the sigmoid perceptron."""

import math

import numpy as np

from autograder.exercises.gates.cases import sigmoid_neuron_backward


def parts(w, x):
    """z and s of the perceptron."""
    z = w[0] * x[0] + w[1] * x[1] + w[2]
    return z, 1 / (1 + math.exp(-z))


def gradients(dz, w, x):
    """dw and dx from dz."""
    return dz * np.array([x[0], x[1], 1.0]), dz * np.array([w[0], w[1]])


ROUNDED_ON_THE_WAY = (
    "Your numbers are nearly right. Where did the other digits go?",
    "w = [2, -3, -3], x = [-1, -2]: the sigmoid's slope is 0.19661, and dx[0] is 0.39322. With 0.20 for the slope it"
    " becomes 0.40.",
    "Keep all digits on the way, and round only what you print.",
)
ROUNDED_AT_THE_END = (
    "Your gradients were right before you rounded them. Who may still need the other digits?",
    "w = [2, -3, -3], x = [-1, -2]: what the page prints as 0.39 is 0.39322, with ten more digits behind it.",
    "Round where you print, not in what you return.",
)


@sigmoid_neuron_backward.mistake("rounded-on-the-way", *ROUNDED_ON_THE_WAY)
def _(w, x):
    z, _ = parts(w, x)
    e = round(math.exp(-z), 2)
    d = round(1 + e, 2)
    back = round(-1 / d**2, 2)
    return gradients(-round(back * e, 2), w, x)


def rounded_slope(digits):
    """The gradients from a rounded slope of the sigmoid."""

    def answer(w, x):
        _, s = parts(w, x)
        return gradients(round(s * (1 - s), digits), w, x)

    return answer


def rounded_result(digits):
    """The gradients, rounded at last."""

    def answer(w, x):
        _, s = parts(w, x)
        return tuple(np.round(one, digits) for one in gradients(s * (1 - s), w, x))

    return answer


for digits in (2, 3, 4):
    sigmoid_neuron_backward.mistake("rounded-on-the-way", *ROUNDED_ON_THE_WAY)(rounded_slope(digits))
    sigmoid_neuron_backward.mistake("rounded-at-the-end", *ROUNDED_AT_THE_END)(rounded_result(digits))


@sigmoid_neuron_backward.mistake(
    "sigmoid-slope-left-out",
    "Walk back from s and name the nodes you pass. Is each of them in your product?",
    "w = [2, -3, -3], x = [-1, -2]: raise w[2] by 0.01. z rises by 0.01, but s only by 0.002.",
    "ds/dw2 = s(1 - s) * 1: the sigmoid's slope is in every gradient.",
)
def _(w, x):
    return gradients(1.0, w, x)


@sigmoid_neuron_backward.mistake(
    "sign-lost",
    "The sigmoid rises. Which sign has its slope? (The minus in e**-z and the minus of 1/x meet: what do they make?)",
    "w = [2, -3, -3], x = [-1, -2]: raise w[2] by 0.01. s goes from 0.7311 up to 0.7330.",
    "ds/dz = s(1 - s), which is positive for every z.",
)
def _(w, x):
    _, s = parts(w, x)
    return gradients(s * (s - 1), w, x)


@sigmoid_neuron_backward.mistake(
    "sigmoid-taken-twice",
    "What do you put into s(1 - s): the output of the sigmoid, or the sigmoid of the output?",
    "z = 0 gives s = 0.5 and slope 0.25. Which number does yours give there?",
    "ds/dz = s(1 - s) with s = 1/(1 + e**-z), computed once.",
)
def _(w, x):
    _, s = parts(w, x)
    twice = 1 / (1 + math.exp(-s))
    return gradients(twice * (1 - twice), w, x)


@sigmoid_neuron_backward.mistake(
    "z-for-s",
    "In s(1 - s), which number is s: the one before the sigmoid or the one after?",
    "w = [2, -3, -3], x = [-1, -2]: z = 1, where z(1 - z) would be 0. Does s stand still there?",
    "ds/dz = s(1 - s) with s = 1/(1 + e**-z).",
)
def _(w, x):
    z, _ = parts(w, x)
    return gradients(z * (1 - z), w, x)


@sigmoid_neuron_backward.mistake(
    "value-for-slope",
    "s is how high the sigmoid stands. How fast does it move?",
    "z = 0: s = 0.5. At z = 0.01 it is 0.5025. What is the slope?",
    "ds/dz = s(1 - s).",
)
def _(w, x):
    _, s = parts(w, x)
    return gradients(s, w, x)


@sigmoid_neuron_backward.mistake(
    "one-factor-missing",
    "Far to the left the sigmoid is flat. Does your slope go to 0 there? (Gate by gate: is there a square at 1/x?)",
    "z = 0: s goes from 0.5 to 0.5025 when z rises by 0.01. Is that slope 0.5?",
    "ds/dz = s(1 - s): both factors. Gate by gate they come from the square in d(x**-1)/dx = -x**-2.",
)
def _(w, x):
    _, s = parts(w, x)
    return gradients(1 - s, w, x)


@sigmoid_neuron_backward.mistake(
    "sigmoid-without-its-brackets",
    "Python divides before it adds. What is divided in your s, and by what?",
    "Try 1 / 1 + 3 and 1 / (1 + 3): 4.0 and 0.25. And look at your s: a sigmoid lies between 0 and 1.",
    "s = 1/(1 + e**-z): the whole sum stands below the line.",
)
def _(w, x):
    z, _ = parts(w, x)
    s = 1 / 1 + math.exp(-z)
    return gradients(s * (1 - s), w, x)


@sigmoid_neuron_backward.mistake(
    "exp-gate-skipped",
    "1/x gate, +1, exp, times -1: did each of the four multiply what came back by its slope?",
    "w = [2, -3, -3], x = [-1, -2]: after the +1 gate there is -0.53, after the exp gate -0.20. What is yours?",
    "The exp gate's slope is its output, e**-z: it belongs in the product.",
)
def _(w, x):
    _, s = parts(w, x)
    return gradients(s * s, w, x)


@sigmoid_neuron_backward.mistake(
    "reciprocal-gate-skipped",
    "1/x gate, +1, exp, times -1: did each of the four multiply what came back by its slope?",
    "w = [2, -3, -3], x = [-1, -2]: the 1/x gate turns the first 1 into -0.53. Where is that in yours?",
    "The 1/x gate's slope is minus one over its input squared: it belongs in the product.",
)
def _(w, x):
    z, _ = parts(w, x)
    return gradients(math.exp(-z), w, x)


@sigmoid_neuron_backward.mistake(
    "exp-slope-taken-as-its-input",
    "What is the slope of the exponential: its input, or its output?",
    "w = [2, -3, -3], x = [-1, -2]: the exp gate's input is -1, its output 0.37. -0.53 times which of them is -0.20?",
    "The exponential is its own slope.",
)
def _(w, x):
    z, s = parts(w, x)
    return gradients(-z * s * s, w, x)


@sigmoid_neuron_backward.mistake(
    "not-swapped",
    "In the product w[0] * x[0], when only w[0] moves: which number decides how far the product moves?",
    "w = [2, -3, -3], x = [-1, -2]: raise w[0] by 0.01. Does z go up by 0.02 or down by 0.01?",
    "dz/dw0 = x0 and dz/dx0 = w0.",
)
def _(w, x):
    _, s = parts(w, x)
    dz = s * (1 - s)
    return dz * np.array([w[0], w[1], 1.0]), dz * np.array([x[0], x[1]])


@sigmoid_neuron_backward.mistake(
    "each-times-itself",
    "z rises when w[0] rises. What is it that w[0] is multiplied by in z? And what is the bias multiplied by?",
    "w = [2, -3, -3], x = [-1, -2]: raise w[0] by 0.01, then w[2]. z goes down by 0.01, then up by 0.01.",
    "dz/dw = (x0, x1, 1) and dz/dx = (w0, w1): each gets the other, the bias gets 1.",
)
def _(w, x):
    _, s = parts(w, x)
    return s * (1 - s) * np.array(w), s * (1 - s) * np.array(x)


@sigmoid_neuron_backward.mistake(
    "bias-gradient-one",
    "1 is how far z moves with the bias. How far does s move with z?",
    "w = [2, -3, -3], x = [-1, -2]: raise w[2] by 0.01. z rises by 0.01, but s only by 0.002.",
    "ds/dw2 = ds/dz * 1: the sigmoid's slope is in every gradient, the bias's too.",
)
def _(w, x):
    _, s = parts(w, x)
    dw, dx = gradients(s * (1 - s), w, x)
    dw[2] = 1.0
    return dw, dx


@sigmoid_neuron_backward.mistake(
    "bias-for-its-slope",
    "w[2] is added as it is. You raise it by 0.01: does it matter for z how large it was?",
    "w = [2, -3, -3]: z is 1. With w[2] = -2.99 it is 1.01. What is the slope?",
    "dz/dw2 = 1, so dw[2] is s(1 - s).",
)
def _(w, x):
    dw, dx = gradients(1.0, w, x)
    _, s = parts(w, x)
    dw[2] = w[2]
    return s * (1 - s) * dw, s * (1 - s) * dx


@sigmoid_neuron_backward.mistake(
    "bias-gradient-zero",
    "A constant has slope 0 when something else moves. When w[2] moves, does z?",
    "w = [2, -3, -3]: z is 1. With w[2] = -2.99 it is 1.01.",
    "dz/dw2 = 1, so dw[2] is s(1 - s).",
)
def _(w, x):
    _, s = parts(w, x)
    dw, dx = gradients(s * (1 - s), w, x)
    dw[2] = 0.0
    return dw, dx


@sigmoid_neuron_backward.mistake(
    "bias-gradient-left-out",
    "w holds three numbers. For how many of them is there a gradient in your dw?",
    "w = [2, -3, -3]: raise w[2], the bias, by 0.01. s moves from 0.7311 to 0.7330.",
    "dw has shape (3,), like w: (x0, x1, 1) times s(1 - s).",
)
def _(w, x):
    _, s = parts(w, x)
    dw, dx = gradients(s * (1 - s), w, x)
    return dw[:2], dx


@sigmoid_neuron_backward.mistake(
    "bias-among-the-inputs",
    "x holds two numbers. Which input does the third entry of your dx belong to?",
    "x = [-1, -2] has shape (2,). A gradient has the shape of what it is for.",
    "dx has shape (2,): (w0, w1) times s(1 - s). The bias multiplies no input.",
)
def _(w, x):
    _, s = parts(w, x)
    dz = s * (1 - s)
    return dz * np.array([x[0], x[1], 1.0]), dz * np.array(w)


@sigmoid_neuron_backward.mistake(
    "bias-not-added",
    "Three numbers are added before the sigmoid. Which one is missing from your z?",
    "w = [2, -3, -3], x = [-1, -2]: -2 + 6 is 4. What is z?",
    "z = w0 x0 + w1 x1 + w2.",
)
def _(w, x):
    dot = w[0] * x[0] + w[1] * x[1]
    s = 1 / (1 + math.exp(-dot))
    return gradients(s * (1 - s), w, x)


@sigmoid_neuron_backward.mistake(
    "bias-first",
    "Where in w does the bias stand?",
    "w = [2, -3, -3], x = [-1, -2]: z = 2 * -1 + -3 * -2 + -3 = 1. What is yours?",
    "z = w0 x0 + w1 x1 + w2: the bias is last.",
)
def _(w, x):
    z = w[0] + w[1] * x[0] + w[2] * x[1]
    s = 1 / (1 + math.exp(-z))
    dz = s * (1 - s)
    return dz * np.array([1.0, x[0], x[1]]), dz * np.array([w[1], w[2]])


@sigmoid_neuron_backward.mistake(
    "returned-in-the-wrong-order",
    "Which comes first among the arguments, w or x? And in what you return?",
    "w = [2, -3, -3], x = [-1, -2]: print the shapes of what you return. (3,) comes first.",
    "(dw, dx): the gradients in the order of the arguments.",
)
def _(w, x):
    _, s = parts(w, x)
    dw, dx = gradients(s * (1 - s), w, x)
    return dx, dw


@sigmoid_neuron_backward.mistake(
    "integer-buffer",
    "An array made with zeros_like(w) has w's dtype. What if w holds whole numbers?",
    "buffer = np.zeros_like(np.array([4, -3, -5])); buffer[0] = 0.6; now look at buffer.",
    "dw and dx are float64 even where w and x hold whole numbers.",
)
def _(w, x):
    _, s = parts(w, x)
    dw, dx = np.zeros_like(w), np.zeros_like(x)
    dw[:], dx[:] = gradients(s * (1 - s), w, x)
    return dw, dx


@sigmoid_neuron_backward.mistake(
    "slope-of-tanh",
    "1 - s**2 is the slope of a curve that goes from -1 to 1. From where to where goes the sigmoid?",
    "z = 0: s = 0.5 and the sigmoid's slope is 0.25. Is yours 0.75 there?",
    "ds/dz = s (1 - s). The slope 1 - t**2 belongs to t = tanh(z).",
)
def _(w, x):
    _, s = parts(w, x)
    return gradients(1 - s**2, w, x)
