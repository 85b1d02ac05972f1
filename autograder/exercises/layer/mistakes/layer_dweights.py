"""05-layer: known mistakes of `layer_dweights`."""

import numpy as np

from autograder.exercises.layer.cases import layer_dweights


@layer_dweights.mistake(
    "transposed",
    "A gradient has the shape of the thing it is for. Which axis of the weights belongs to the inputs?",
    "With the lesson's four inputs and three neurons the weights are (4, 3). Print the shape of your result.",
    "dW_ij = x_i dvalues_j: i, the input, counts the rows; j, the neuron, the columns.",
)
def _(dvalues, x):
    return np.outer(dvalues, x)


@layer_dweights.mistake(
    "right-shape-wrong-cells",
    "Does `reshape` turn rows into columns, or only cut the same line of numbers into new rows?",
    "Try np.array([[1, 2, 3], [4, 5, 6]]).reshape(3, 2) beside its .T: same shape, different cells.",
    "dW_ij = x_i dvalues_j: in row i every entry holds the factor x_i.",
)
def _(dvalues, x):
    return np.outer(dvalues, x).reshape(len(x), len(dvalues))


@layer_dweights.mistake(
    "upstream-ignored",
    "Every column of your result is x itself. Does the upstream of the column's neuron not matter?",
    "Try x = [1, 2] and dvalues = [1, 10]: the second column belongs to the neuron with upstream 10.",
    "dW_ij = x_i dvalues_j.",
)
def _(dvalues, x):
    return np.outer(x, np.ones(len(dvalues)))


@layer_dweights.mistake(
    "input-dropped",
    "Every row of your result is the upstream itself. How far does a neuron move if a weight on a silent input moves?",
    "Try x = [0, 2] and dvalues = [1, 10]: x0 is 0, so turning its weights changes nothing, and row 0 is [0, 0].",
    "dW_ij = x_i dvalues_j: for a weight the slope is its input.",
)
def _(dvalues, x):
    return np.outer(np.ones(len(x)), dvalues)


@layer_dweights.mistake(
    "one-complaint-for-all",
    "Whose upstream do you use in column 1, its own neuron's or that of neuron 0?",
    "Try x = [1, 2] and dvalues = [0, 1]: neuron 0 is silent, neuron 1 is not, so only column 0 is all zero.",
    "dW_ij = x_i dvalues_j: the column's number j picks the upstream.",
)
def _(dvalues, x):
    return np.outer(x, np.full(len(dvalues), dvalues[0]))


@layer_dweights.mistake(
    "neurons-added-up",
    "An input feeds every neuron, so its neurons add up. How many neurons does one weight feed?",
    "Try x = [1, 2] and dvalues = [1, 10]: W[1, 1] belongs to neuron 1 alone, so 1 + 10 must not appear in its "
    "gradient.",
    "dW_ij = x_i dvalues_j: no sum at all, and D times M numbers.",
)
def _(dvalues, x):
    return x * dvalues.sum()


@layer_dweights.mistake(
    "no-shared-axis",
    "A product that sums needs an axis both share. Which axis do x and dvalues share? And what does `.T` do to a "
    "one-dimensional array?",
    "Print np.array([1., 2., 3.]).T.shape: still (3,). Transposing one axis changes nothing.",
    "dW_ij = x_i dvalues_j: every input meets every neuron, and nothing is summed.",
)
def _(dvalues, x):
    return np.dot(x.T, dvalues)


@layer_dweights.mistake(
    "entry-by-entry",
    "Multiplying entry by entry pairs input 0 with neuron 0 only. Which pairs does the layer have?",
    "Try x = [1, 2] and dvalues = [1, 10]: there are four weights, so four numbers, not two.",
    "dW_ij = x_i dvalues_j for every i and every j.",
)
def _(dvalues, x):
    return x * dvalues


@layer_dweights.mistake(
    "added-not-multiplied",
    "A neuron with upstream 0 does not matter. What should the gradient of its weights be?",
    "Try x = [3] and dvalues = [0]: the gradient is 0, not 3.",
    "dW_ij = x_i dvalues_j: rates along a path multiply.",
)
def _(dvalues, x):
    return x[:, None] + dvalues


@layer_dweights.mistake(
    "returns-too-early",
    "Input 0 has its row and every other row is 0. How often does the outer loop come round before `return`?",
    "Try x = [1, 2] and dvalues = [1, 10]: row 1 should be [2, 20]; you stop after row 0.",
    "dW_ij = x_i dvalues_j for every i: the function ends when both loops have.",
)
def _(dvalues, x):
    dweights = np.zeros((len(x), len(dvalues)))
    for i in range(len(x)):
        for j in range(len(dvalues)):
            dweights[i, j] = x[i] * dvalues[j]
        return dweights


@layer_dweights.mistake(
    "returns-after-one-wire",
    "One entry is filled in and every other is 0. How often does the inner loop come round before `return`?",
    "Try x = [1, 2] and dvalues = [1, 10]: four numbers, 1, 10, 2 and 20; you stop after the first.",
    "dW_ij = x_i dvalues_j for every i and every j: the function ends when both loops have.",
)
def _(dvalues, x):
    dweights = np.zeros((len(x), len(dvalues)))
    for i in range(len(x)):
        for j in range(len(dvalues)):
            dweights[i, j] = x[i] * dvalues[j]
            return dweights


@layer_dweights.mistake(
    "integer-buffer",
    "What dtype has the array you fill? One made from whole inputs holds whole numbers only.",
    "Try a = np.array([3, 4]); a[0] = 0.75; print(a). The fraction is lost without a word.",
    "dW_ij = x_i dvalues_j is a float even where every input is whole: fill an array of floats, such as np.zeros "
    "gives.",
)
def _(dvalues, x):
    dweights = np.zeros((len(x), len(dvalues)), dtype=x.dtype)
    for i in range(len(x)):
        for j in range(len(dvalues)):
            dweights[i, j] = x[i] * dvalues[j]
    return dweights


@layer_dweights.mistake(
    "total-upstream-in-every-column",
    "All your columns are alike. Does the wire to neuron 0 hear what neuron 2 complains about?",
    "Try x = [1, 2] and dvalues = [1, 10]: row 0 is 1 and 10, not 11 and 11.",
    "dweights_ij = x_i dvalues_j: column j hears its own neuron. Nothing is summed.",
)
def _(dvalues, x):
    return np.outer(x, np.full(len(dvalues), np.sum(dvalues)))
