"""05-layer: `layer_dweights` and `layer_dbiases`, their cases, right solutions and known mistakes."""

import numpy as np

from autograder.exercise import Exercise, Kind
from autograder.exercises.layer.draws import DISAGREEING, ONES, X, both_signs, more_inputs, more_neurons, whole
from autograder.reference import layer as reference


def draw(rng, size, scale=1.0):
    d, m = size
    return {"dvalues": both_signs(rng, m) * scale, "x": both_signs(rng, d)}


def draw_whole(rng):
    d, m = more_neurons(rng)
    return {"dvalues": both_signs(rng, m), "x": whole(rng, d)}


layer_dweights = Exercise(
    name="layer_dweights",
    reference=reference.layer_dweights,
    kinds=[
        Kind("the lesson's layer, every upstream 1", {"dvalues": ONES, "x": X}, None),
        Kind(
            "neurons that disagree",
            {"dvalues": DISAGREEING, "x": X},
            lambda rng: draw(rng, more_inputs(rng)),
        ),
        Kind(
            "more neurons than inputs, upstream of both signs",
            {"dvalues": [0.5, -2.0, 3.0], "x": [4.0, -1.5]},
            lambda rng: draw(rng, more_neurons(rng)),
        ),
        Kind("as many neurons as inputs", {"dvalues": [2.0, -1.0], "x": [3.0, 0.5]}, None),
        Kind("inputs in whole numbers", {"dvalues": [0.5, -1.25, 2.75], "x": [3, -2]}, draw_whole),
        Kind(
            "upstream of millionths",
            {"dvalues": [2e-6 / 7, -3e-6], "x": [0.5, 1.5, -2.5]},
            lambda rng: draw(rng, more_inputs(rng), 1e-6),
        ),
        Kind(
            "upstream of millions",
            {"dvalues": [2e6, -3e6, 5e6], "x": [0.5, -1.5]},
            lambda rng: draw(rng, more_neurons(rng), 1e6),
        ),
    ],
)


@layer_dweights.solution
def _(dvalues, x):
    return x[:, None] * dvalues


@layer_dweights.solution
def _(dvalues, x):
    return x.reshape(-1, 1) @ dvalues.reshape(1, -1)


@layer_dweights.solution
def _(dvalues, x):
    dweights = np.zeros((len(x), len(dvalues)))
    for i in range(len(x)):
        for j in range(len(dvalues)):
            dweights[i, j] = x[i] * dvalues[j]
    return dweights


@layer_dweights.solution
def _(dvalues, x):
    return [[value * g for g in dvalues] for value in x]


@layer_dweights.solution
def _(dvalues, x):
    return np.einsum("i,j->ij", x, dvalues)


@layer_dweights.solution
def _(dvalues, x):
    return np.column_stack([x * g for g in dvalues])


@layer_dweights.mistake(
    "transposed",
    "A gradient has the shape of the thing it is for. Which axis of the weights belongs to the inputs?",
    "With the lesson's four inputs and three neurons the weights are (4, 3). Print the shape of your result.",
    "dW_ij = x_i dvalues_j: i, the input, counts the rows; j, the neuron, the columns.",
    catalogue=28,
)
def _(dvalues, x):
    return np.outer(dvalues, x)


@layer_dweights.mistake(
    "right-shape-wrong-cells",
    "Does `reshape` turn rows into columns, or only cut the same line of numbers into new rows?",
    "Try np.array([[1, 2, 3], [4, 5, 6]]).reshape(3, 2) beside its .T: same shape, different cells.",
    "dW_ij = x_i dvalues_j: in row i every entry holds the factor x_i.",
    catalogue=28,
)
def _(dvalues, x):
    return np.outer(dvalues, x).reshape(len(x), len(dvalues))


@layer_dweights.mistake(
    "upstream-ignored",
    "Every column of your result is x itself. Does the upstream of the column's neuron not matter?",
    "Try x = [1, 2] and dvalues = [1, 10]: the second column belongs to the neuron with upstream 10.",
    "dW_ij = x_i dvalues_j.",
    catalogue=2,
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
    catalogue=32,
)
def _(dvalues, x):
    return np.outer(x, np.full(len(dvalues), dvalues[0]))


@layer_dweights.mistake(
    "neurons-added-up",
    "An input feeds every neuron, so its neurons add up. How many neurons does one weight feed?",
    "Try x = [1, 2] and dvalues = [1, 10]: W[1, 1] belongs to neuron 1 alone, so 1 + 10 must not appear in its "
    "gradient.",
    "dW_ij = x_i dvalues_j: no sum at all, and D times M numbers.",
    catalogue=46,
)
def _(dvalues, x):
    return x * dvalues.sum()


@layer_dweights.mistake(
    "no-shared-axis",
    "A product that sums needs an axis both share. Which axis do x and dvalues share? And what does `.T` do to a "
    "one-dimensional array?",
    "Print np.array([1., 2., 3.]).T.shape: still (3,). Transposing one axis changes nothing.",
    "dW_ij = x_i dvalues_j: every input meets every neuron, and nothing is summed.",
    catalogue=(27, 41),
)
def _(dvalues, x):
    return np.dot(x.T, dvalues)


@layer_dweights.mistake(
    "entry-by-entry",
    "Multiplying entry by entry pairs input 0 with neuron 0 only. Which pairs does the layer have?",
    "Try x = [1, 2] and dvalues = [1, 10]: there are four weights, so four numbers, not two.",
    "dW_ij = x_i dvalues_j for every i and every j.",
    catalogue=31,
)
def _(dvalues, x):
    return x * dvalues


@layer_dweights.mistake(
    "added-not-multiplied",
    "A neuron with upstream 0 does not matter. What should the gradient of its weights be?",
    "Try x = [3] and dvalues = [0]: the gradient is 0, not 3.",
    "dW_ij = x_i dvalues_j: rates along a path multiply.",
    catalogue=3,
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
    catalogue=21,
)
def _(dvalues, x):
    dweights = np.zeros((len(x), len(dvalues)), dtype=x.dtype)
    for i in range(len(x)):
        for j in range(len(dvalues)):
            dweights[i, j] = x[i] * dvalues[j]
    return dweights


layer_dbiases = Exercise(
    name="layer_dbiases",
    reference=reference.layer_dbiases,
    kinds=[
        Kind("the lesson's layer, every upstream 1", {"dvalues": ONES}, None),
        Kind("neurons that disagree", {"dvalues": DISAGREEING}, lambda rng: {"dvalues": both_signs(rng, 3)}),
        Kind(
            "upstream of both signs",
            {"dvalues": [0.5, -2.0, 1.5, -0.25]},
            lambda rng: {"dvalues": both_signs(rng, int(rng.integers(2, 7)))},
        ),
        Kind(
            "upstream in whole numbers",
            {"dvalues": [3, -7]},
            lambda rng: {"dvalues": whole(rng, int(rng.integers(2, 7)))},
        ),
        Kind(
            "upstream of millionths",
            {"dvalues": [2e-6 / 7, -3e-6]},
            lambda rng: {"dvalues": both_signs(rng, int(rng.integers(2, 7))) * 1e-6},
        ),
        Kind(
            "upstream of millions",
            {"dvalues": [2e6, -3e6, 5e6]},
            lambda rng: {"dvalues": both_signs(rng, int(rng.integers(2, 7))) * 1e6},
        ),
    ],
)


@layer_dbiases.solution
def _(dvalues):
    return dvalues  # the caller's own array: its values are right, and nothing is changed


@layer_dbiases.solution
def _(dvalues):
    return dvalues.copy()


@layer_dbiases.solution
def _(dvalues):
    return 1.0 * dvalues


@layer_dbiases.solution
def _(dvalues):
    return [float(g) for g in dvalues]


@layer_dbiases.mistake(
    "upstream-ignored",
    "The slope of z in b is 1. What is that 1 still to be multiplied by?",
    "Try dvalues = [1, 10]: turning the second bias moves the final number ten times as far as turning the first.",
    "db_j = dvalues_j times 1.",
    catalogue=2,
)
def _(dvalues):
    return np.ones(len(dvalues))


@layer_dbiases.mistake(
    "bias-taken-for-a-constant",
    "A constant has slope 0, but is b a constant here? It is one of the knobs you turn.",
    "Raise b from 0.5 to 0.51: z rises by 0.01, so the slope is 1, not 0.",
    "db_j = dvalues_j times 1.",
    catalogue=1,
)
def _(dvalues):
    return np.zeros(len(dvalues))


@layer_dbiases.mistake(
    "all-neurons-in-one-sum",
    "How many biases does the layer have, and how many numbers do you return?",
    "Try dvalues = [1, 10]: there are two biases, so two numbers, not 11.",
    "db_j = dvalues_j: a bias reaches one neuron only, so with one sample there is nothing to sum.",
    catalogue=34,
)
def _(dvalues):
    return dvalues.sum()


@layer_dbiases.mistake(
    "sum-for-every-neuron",
    "Does the bias of neuron 0 reach neuron 1? Every neuron is told the same total here.",
    "Try dvalues = [1, 10]: bias 0 moves neuron 0 alone, so its gradient is 1, not 11.",
    "db_j = dvalues_j: a bias reaches one neuron only, so with one sample there is nothing to sum.",
    catalogue=34,
)
def _(dvalues):
    return np.full(len(dvalues), dvalues.sum())


@layer_dbiases.mistake(
    "mean-for-sum",
    "How many biases does the layer have, and how many numbers do you return? And why would anything be averaged?",
    "Try dvalues = [1, 10]: there are two biases, so two numbers, not 5.5.",
    "db_j = dvalues_j: each bias keeps what comes back to its own neuron.",
    catalogue=38,
)
def _(dvalues):
    return dvalues.mean()


@layer_dbiases.mistake(
    "row-axis-too-early",
    "A gradient has the shape of the thing it is for. With one sample, what is the shape of the biases?",
    "Compare the shapes: np.array([1., 10.]) is (2,); with a second pair of brackets it is (1, 2).",
    "biases (M,), so dbiases (M,). The row of shape (1, M) arrives in chapter 06.",
    catalogue=36,
)
def _(dvalues):
    return dvalues.reshape(1, -1)


@layer_dbiases.mistake(
    "negative-upstream-clipped",
    "May a gradient be negative? What would it mean if raising a bias could never lower the final number?",
    "Try dvalues = [3, -7]: raising the second bias by 0.01 changes the final number by -0.07.",
    "db_j = dvalues_j, whatever its sign.",
    catalogue=16,
)
def _(dvalues):
    return np.maximum(0, dvalues)


@layer_dbiases.mistake(
    "sign-lost",
    "A gradient says how far and which way. Which of the two has your result lost?",
    "Try dvalues = [3, -7]: raising the second bias by 0.01 changes the final number by -0.07, not by 0.07.",
    "db_j = dvalues_j, whatever its sign.",
)
def _(dvalues):
    return np.abs(dvalues)
