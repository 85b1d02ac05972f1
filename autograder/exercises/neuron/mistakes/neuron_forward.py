"""03-neuron: known mistakes of `neuron_forward`."""

import numpy as np

from autograder.exercises.neuron.cases import neuron_forward


@neuron_forward.mistake(
    "bias-left-out",
    "Four wires run into the sum. Did all four arrive?",
    "x = [1, -2, 3], w = [-3, -1, 2], b = 1: the products make 5. What should z be?",
    "z = x[0] w[0] + x[1] w[1] + ... + b.",
)
def _(x, w, b):
    z = np.dot(x, w)
    return z, max(0.0, z)


@neuron_forward.mistake(
    "bias-outside-relu",
    "Is the bias inside the ReLU or outside?",
    "x = [-1, 2, -3], w = [-3, -1, 2], b = 0.5: with the bias outside y is 0.5. What is it with the bias inside?",
    "z = x . w + b first, then y = max(0, z).",
)
def _(x, w, b):
    dot = np.dot(x, w)
    return dot + b, max(0.0, dot) + b


@neuron_forward.mistake(
    "bias-after-z",
    "The bias belongs to z. Where did you add it?",
    "x = [-1, 2, -3], w = [-3, -1, 2], b = 0.5: z is -4.5 and y is 0.",
    "z = x . w + b is the whole of what ReLU sees; y = max(0, z).",
)
def _(x, w, b):
    z = np.dot(x, w)
    return z, max(0.0, z) + b


@neuron_forward.mistake(
    "gate-without-bias",
    "What decides whether the neuron is on: x . w, or x . w + b?",
    "x . w = -2.5 and b = 4: z = 1.5, above 0. What should y be?",
    "y = max(0, z) with the bias already in z.",
)
def _(x, w, b):
    dot = np.dot(x, w)
    return dot + b, dot + b if dot > 0 else 0.0


@neuron_forward.mistake(
    "bias-added-to-each-product",
    "How many wires bring b into the sum?",
    "x = [1, -2, 3], w = [-3, -1, 2], b = 1: the products are -3, 2, 6. How many ones are added to them?",
    "z = (sum of x[i] w[i]) + b: the bias comes once, after the sum.",
)
def _(x, w, b):
    z = np.sum(x * w + b)
    return z, max(0.0, z)


@neuron_forward.mistake(
    "bias-multiplied",
    "What does the node do that b runs into?",
    "x . w = -2.5, b = 4: z is 1.5.",
    "z = x . w + b: a sum, with b as one of its terms.",
)
def _(x, w, b):
    z = np.dot(x, w) * b
    return z, max(0.0, z)


@neuron_forward.mistake(
    "relu-left-out",
    "Both numbers you return are the same. When should they differ?",
    "x = [-1, 2, -3], w = [-3, -1, 2], b = 0.5: z = -4.5. May a ReLU neuron say that?",
    "y = max(0, z): what is negative becomes 0.",
)
def _(x, w, b):
    z = np.dot(x, w) + b
    return z, z


@neuron_forward.mistake(
    "size-for-relu",
    "ReLU and the size of a number agree above 0. And below?",
    "z = -4.5: its size is 4.5. What does ReLU make of it?",
    "y = max(0, z): negative numbers become 0, they do not change their sign.",
)
def _(x, w, b):
    z = np.dot(x, w) + b
    return z, abs(z)


@neuron_forward.mistake(
    "sigmoid-for-relu",
    "The perceptron of chapter 02 ended in a sigmoid. What does this neuron end in?",
    "z = -4.5 should give y = 0 exactly, and z = 6 should give y = 6.",
    "y = max(z, 0): what is positive passes as it is.",
)
def _(x, w, b):
    z = np.dot(x, w) + b
    return z, 1 / (1 + np.exp(-z))


@neuron_forward.mistake(
    "z-clipped-too",
    "y is clipped. Should z be, too? Whoever goes backward needs to know what came before the ReLU.",
    "x = [-1, 2, -3], w = [-3, -1, 2], b = 0.5: z = -4.5 and y = 0.",
    "z = x . w + b, as it is; y = max(0, z).",
)
def _(x, w, b):
    y = max(0.0, np.dot(x, w) + b)
    return y, y


@neuron_forward.mistake(
    "relu-on-each-product",
    "ReLU stands behind the sum. Does it ever see one product alone?",
    "x = [1, -2, 3], w = [-3, -1, 2], b = 1: the -3 counts as well, so z = -3 + 2 + 6 + 1.",
    "z = sum of x[i] w[i], plus b; only then y = max(0, z).",
)
def _(x, w, b):
    z = np.sum(np.maximum(0, x * w)) + b
    return z, max(0.0, z)


@neuron_forward.mistake(
    "products-not-summed",
    "One neuron, one number. What turns three products into one z?",
    "x = [1, -2, 3], w = [-3, -1, 2]: print x * w, then np.dot(x, w).",
    "z = sum over i of x[i] w[i], plus b.",
)
def _(x, w, b):
    z = x * w + b
    return z, np.maximum(0, z)


@neuron_forward.mistake(
    "products-not-summed-before-relu",
    "Is z above 0? That cannot be said: your z is a whole array. One neuron, one number: what makes one z of the "
    "products?",
    "x = [1, -2, 3], w = [-3, -1, 2]: print x * w, then np.dot(x, w).",
    "z = sum over i of x[i] w[i], plus b; with a single number for z, y = max(0, z) works as it stands.",
)
def _(x, w, b):
    z = x * w + b
    return z, max(0, z)


@neuron_forward.mistake(
    "mean-of-the-products",
    "Is it the sum of the products or their average?",
    "x = [1, -2, 3], w = [-3, -1, 2]: the products are -3, 2, 6, together 5.",
    "z = sum over i of x[i] w[i], plus b: no division.",
)
def _(x, w, b):
    z = np.mean(x * w) + b
    return z, max(0.0, z)


@neuron_forward.mistake(
    "inputs-and-weights-summed-first",
    "Each input has a weight of its own. Which pairs are multiplied?",
    "x = [1, -2, 3], w = [-3, -1, 2]: the sums are 2 and -2. The pairs give -3, 2 and 6.",
    "z = sum of products, sum over i of x[i] w[i], plus b; not a product of sums.",
)
def _(x, w, b):
    z = np.sum(x) * np.sum(w) + b
    return z, max(0.0, z)


@neuron_forward.mistake(
    "returned-in-the-wrong-order",
    "Which of the two comes first in `return`?",
    "x = [-1, 2, -3], w = [-3, -1, 2], b = 0.5: the result should read (-4.5, 0.0).",
    "(z, y): first what goes into the ReLU, then what comes out.",
)
def _(x, w, b):
    z = np.dot(x, w) + b
    return max(0.0, z), z


@neuron_forward.mistake(
    "written-for-three-inputs",
    "The lesson's neuron has three inputs. Does yours always?",
    "Try it with x = np.array([1.5, -2.]), w = np.array([-1., 0.5]) and b = 4: z is 1.5.",
    "z = sum over every i of x[i] w[i], plus b.",
)
def _(x, w, b):
    z = x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b
    return z, max(0.0, z)


@neuron_forward.mistake(
    "relu-on-each-product",
    "Does each product go through the ReLU by itself, or their sum, with the bias?",
    "x = [1, -2, 3], w = [-3, -1, 2], b = 1: z is 6, and so is y. The positive products alone make 8.",
    "y = max(z, 0), once, with z the sum of all products plus b.",
)
def _(x, w, b):
    return np.sum(x * w) + b, np.sum(np.maximum(x * w, 0)) + b
