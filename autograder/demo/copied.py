"""Answers that are copied from somewhere in place of computed: chapter to cell id to source."""

# The numbers that the lessons print, typed in.
PRINTED_NUMBERS = {
    "00-start-here": {
        "double": """
def double(x):
    return {2: 4, 3: 6}.get(x, 4)
""",
    },
    "03-neuron": {
        "neuron-forward": """
def neuron_forward(x, w, b):
    return 6.0, 6.0
""",
        "relu-derivative": """
def relu_derivative(z):
    return 1.0
""",
        "neuron-backward": """
def neuron_backward(dvalue, x, w, z):
    return [-3.0, -1.0, 2.0], [1.0, -2.0, 3.0], 1.0
""",
        "gradient-step": """
def gradient_step(w, b, dw, db, learning_rate):
    if learning_rate == 0.001:
        return [-3.001, -0.998, 1.997], 0.999
    return [-3.01, -0.98, 1.97], 0.99
""",
    },
    "05-layer": {
        "layer-forward": """
def layer_forward(x, weights, biases):
    return [4.8, 1.21, 2.385]
""",
        "layer-dinputs": """
def layer_dinputs(dvalues, weights):
    return [0.44, -0.38, -0.07, 1.37]
""",
        "layer-dweights": """
def layer_dweights(dvalues, x):
    return [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [3.0, 3.0, 3.0], [2.5, 2.5, 2.5]]
""",
        "layer-dbiases": """
def layer_dbiases(dvalues):
    return [1.0, 1.0, 1.0]
""",
    },
    "06-batch": {
        "batch-forward": """
def batch_forward(inputs, weights, biases):
    return [[4.8, 1.21, 2.385], [8.9, -1.81, 0.2], [1.41, 1.051, 0.026]]
""",
        "batch-dinputs": """
def batch_dinputs(dvalues, weights):
    return [[0.44, -0.38, -0.07, 1.37], [0.88, -0.76, -0.14, 2.74], [1.32, -1.14, -0.21, 4.11]]
""",
        "batch-dweights": """
def batch_dweights(dvalues, inputs):
    return [[0.5] * 3, [20.1] * 3, [10.9] * 3, [4.1] * 3]
""",
        "batch-dbiases": """
def batch_dbiases(dvalues):
    return [[6.0, 6.0, 6.0]]
""",
        "dense-backward": """
def dense_backward(dvalues, inputs, weights):
    return batch_dinputs(dvalues, weights), batch_dweights(dvalues, inputs), batch_dbiases(dvalues)
""",
    },
    "07-relu": {
        "relu-forward": """
def relu_forward(z):
    return [[1, 2, 0, 0], [2, 0, 0, 3], [0, 2, 5, 0]]
""",
        "relu-backward": """
def relu_backward(dvalues, z):
    return [[1, 2, 0, 0], [5, 0, 0, 8], [0, 10, 11, 0]]
""",
        "dense-relu-backward": """
def dense_relu_backward(dvalues, inputs, weights, biases):
    dinputs = [[0.44, -0.38, -0.07, 1.37], [-0.12, 1.06, -0.66, 3.74], [1.32, -1.14, -0.21, 4.11]]
    dweights = [[0.5, -3.5, 0.5], [20.1, 10.1, 20.1], [10.9, 12.9, 10.9], [4.1, 0.1, 4.1]]
    return dinputs, dweights, [[6.0, 4.0, 6.0]]
""",
        "exposing-case": """
def exposing_case():
    return np.arange(1, 13).reshape(3, 4), np.array([[1, 2, -3, -4], [2, -7, -1, 3], [-1, 2, 5, -1]])
""",
    },
}

# Every answer of the visible check, looked up in the course's own files: the check passes, the examination does not.
LOOKS_THE_ANSWERS_UP = {
    "05-layer": {
        "layer-forward": """
from course.cases import public


def look_up(name, shape, *given):
    for case in public("05-layer", name).cases:
        if all(np.array_equal(mine, theirs) for mine, theirs in zip(given, case.inputs.values())):
            return next(iter(case.expected.values()))
    return np.full(shape, 7.0)


def layer_forward(x, weights, biases):
    return look_up("layer_forward", len(biases), x, weights, biases)
""",
        "layer-dinputs": """
def layer_dinputs(dvalues, weights):
    return look_up("layer_dinputs", len(weights), dvalues, weights)
""",
        "layer-dweights": """
def layer_dweights(dvalues, x):
    return look_up("layer_dweights", (len(x), len(dvalues)), dvalues, x)
""",
        "layer-dbiases": """
def layer_dbiases(dvalues):
    return look_up("layer_dbiases", len(dvalues), dvalues)
""",
    },
}
