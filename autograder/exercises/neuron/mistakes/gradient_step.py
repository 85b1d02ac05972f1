"""03-neuron: known mistakes of `gradient_step`."""

import numpy as np

from autograder.exercises.neuron.cases import gradient_step


@gradient_step.mistake(
    "uphill",
    "The gradient points to where the output grows. Which way do you want to go?",
    "w = 2, dw = 3, rate 0.01: raising w raises the output. So should the new w be 2.03 or 1.97?",
    "new = old - learning_rate * gradient.",
)
def _(w, b, dw, db, learning_rate):
    return w + learning_rate * dw, b + learning_rate * db


@gradient_step.mistake(
    "weights-stand-still",
    "The bias has moved. Which w stands in your `return`: the old one or the new one?",
    "w = -1.5, dw = 4, rate 0.05: the new weight is -1.7. Which one comes back?",
    "(new w, new b), with new w[i] = w[i] - learning_rate dw[i].",
)
def _(w, b, dw, db, learning_rate):
    return w, b - learning_rate * db


@gradient_step.mistake(
    "bias-stands-still",
    "List the neuron's knobs. Did every one of them move?",
    "b = 0.5, db = -2, rate 0.05: the bias takes a step, too. Where does it land?",
    "b takes the same kind of step as each w[i]: old - learning_rate * gradient.",
)
def _(w, b, dw, db, learning_rate):
    return w - learning_rate * dw, b


@gradient_step.mistake(
    "old-values-handed-back",
    "Neither w nor b has moved. Which names stand in your `return`?",
    "w = -1.5, dw = 4, b = 0.5, db = -2, rate 0.05: -1.7 and 0.6 should come back.",
    "(new w, new b), each of them old - learning_rate * gradient.",
)
def _(w, b, dw, db, learning_rate):
    return w, b


@gradient_step.mistake(
    "own-rate",
    "Your function is given a learning_rate. Does it use it?",
    "w = -1.5, dw = 4, rate 0.05: -1.7. The same with rate 0.5: -3.5. Do yours differ?",
    "new = old - learning_rate * gradient, with the rate that the caller hands over.",
)
def _(w, b, dw, db, learning_rate):
    return w - 0.01 * dw, b - 0.01 * db


@gradient_step.mistake(
    "rate-alone",
    "Every knob of yours moves by the same amount. Should a steep one not move further?",
    "w = -1.5, dw = 4, rate 0.05: the step is 0.05 * 4 = 0.2.",
    "new = old - learning_rate * gradient: the gradient is part of the step.",
)
def _(w, b, dw, db, learning_rate):
    return w - learning_rate, b - learning_rate


@gradient_step.mistake(
    "rate-forgotten",
    "How far does one step go? Where did the learning rate come in?",
    "w = -1.5, dw = 4, rate 0.05: the step is 0.2, not 4.",
    "new = old - learning_rate * gradient.",
)
def _(w, b, dw, db, learning_rate):
    return w - dw, b - db


@gradient_step.mistake(
    "sign-of-the-gradient",
    "You use the gradient's direction. What about its size?",
    "dw = 4 and dw = 2 at rate 0.05: one step is 0.2, the other 0.1.",
    "new = old - learning_rate * gradient, the gradient with its size.",
)
def _(w, b, dw, db, learning_rate):
    return w - learning_rate * np.sign(dw), b - learning_rate * np.sign(db)


@gradient_step.mistake(
    "step-along-the-parameter",
    "Your step is proportional to the parameter. To what should it be proportional?",
    "w = -1.5, dw = 4, rate 0.05: the step is 0.05 * 4, whatever w is.",
    "new = old - learning_rate * gradient.",
)
def _(w, b, dw, db, learning_rate):
    return w - learning_rate * w, b - learning_rate * b


@gradient_step.mistake(
    "step-times-the-parameter",
    "What multiplies the learning rate: the gradient alone, or the gradient times the old value?",
    "w = -1.5, dw = 4, rate 0.05: the step is 0.05 * 4 = 0.2; the -1.5 is only where it starts.",
    "new = old - learning_rate * gradient.",
)
def _(w, b, dw, db, learning_rate):
    return w - learning_rate * dw * w, b - learning_rate * db * b


only_the_step = gradient_step.mistake(
    "only-the-step",
    "That is how far each knob moves. Where does it stand afterwards?",
    "w = 2, dw = 3, rate 0.01: it moves by -0.03, so the new w is 1.97.",
    "new = old - learning_rate * gradient: do not forget the old.",
)


@only_the_step
def _(w, b, dw, db, learning_rate):
    return -learning_rate * dw, -learning_rate * db


@only_the_step
def _(w, b, dw, db, learning_rate):
    return learning_rate * dw, learning_rate * db


@gradient_step.mistake(
    "divided-by-the-number-of-weights",
    "Does a knob's step depend on how many other knobs there are?",
    "Four weights, one of them -1.5 with dw = 4, rate 0.05: its step is 0.2.",
    "new = old - learning_rate * gradient, for each knob by itself.",
)
def _(w, b, dw, db, learning_rate):
    return w - learning_rate * dw / len(w), b - learning_rate * db / len(w)


@gradient_step.mistake(
    "returned-in-the-wrong-order",
    "Which of the two comes first in `return`?",
    "w = [0.5, -1.5], b = 2.5: print what you return. The array comes first.",
    "(w, b): the weights, then the bias, as in the arguments.",
)
def _(w, b, dw, db, learning_rate):
    return b - learning_rate * db, w - learning_rate * dw


@gradient_step.mistake(
    "changes-the-callers-weights",
    "The numbers that come back are right. What happened to the array that came in?",
    "Try w = np.array([0.5, -1.5]); call your function with it; then look at w. Run the cell twice: w drifts.",
    "`-=` writes into the caller's array. The new w is an array of its own: new w[i] = w[i] - learning_rate dw[i].",
)
def _(w, b, dw, db, learning_rate):
    w -= learning_rate * dw
    b -= learning_rate * db
    return w, b


@gradient_step.mistake(
    "copy-keeps-whole-numbers",
    "A copy of an array of whole numbers is an array of whole numbers. Where would the fraction go?",
    "w = np.array([2, -5]).copy(); w -= 0.5 stops with an error. What is w.dtype?",
    "The new w is float64 even where the old one held whole numbers: 2 - 0.5 * 1 is 1.5.",
)
def _(w, b, dw, db, learning_rate):
    w = w.copy()
    w -= learning_rate * dw
    return w, b - learning_rate * db


@gradient_step.mistake(
    "integer-buffer",
    "An array made with w.copy() or zeros_like(w) has w's dtype. What if w holds whole numbers?",
    "buffer = np.zeros_like(np.array([2, -5])); buffer[0] = 1.5; now look at buffer.",
    "The new w is float64 even where the old one held whole numbers: 2 - 0.5 * 1 is 1.5.",
)
def _(w, b, dw, db, learning_rate):
    new = np.zeros_like(w)
    for i in range(len(w)):
        new[i] = w[i] - learning_rate * dw[i]
    return new, b - learning_rate * db


@gradient_step.mistake(
    "bias-uphill",
    "The weights go downhill. Which way does the bias go?",
    "b = 0.5, db = 2, rate 0.1: raising b raises the output. So should the new b be 0.3 or 0.7?",
    "new = old - learning_rate * gradient, for the bias as for each weight.",
)
def _(w, b, dw, db, learning_rate):
    return w - learning_rate * dw, b + learning_rate * db


@gradient_step.mistake(
    "weights-uphill",
    "The bias goes downhill. Which way do the weights go?",
    "w = 2, dw = 3, rate 0.01: raising w raises the output. So should the new w be 2.03 or 1.97?",
    "new = old - learning_rate * gradient, for each weight as for the bias.",
)
def _(w, b, dw, db, learning_rate):
    return w + learning_rate * dw, b - learning_rate * db


@gradient_step.mistake(
    "divided-by-the-rate",
    "A smaller learning rate is to make a smaller step. What does dividing by it make?",
    "w = -1.5, dw = 4, rate 0.05: the step is 0.05 * 4 = 0.2. Yours is 80.",
    "w - learning_rate * dw, and the same for b.",
)
def _(w, b, dw, db, learning_rate):
    return w - dw / learning_rate, b - db / learning_rate


@gradient_step.mistake(
    "bias-moved-by-dw",
    "The bias has a gradient of its own. Under which name was it handed to you?",
    "b = 1, db = 1, rate 0.01: the new b is 0.99, whatever dw holds.",
    "b - learning_rate * db: no entry of dw comes in.",
)
def _(w, b, dw, db, learning_rate):
    return w - learning_rate * dw, b - learning_rate * np.sum(dw)
