"""Right answers, written in other ways than the model: chapter to cell id to source."""

LOOPS_AND_LISTS = {
    "00-start-here": {
        "double": """
def double(x):
    return np.add(x, x)
""",
    },
    "03-neuron": {
        "neuron-forward": """
def neuron_forward(x, w, b):
    z = b
    for i in range(len(x)):
        z = z + x[i] * w[i]
    if z > 0:
        return z, z
    return z, 0
""",
        "relu-derivative": """
def relu_derivative(z):
    if z > 0:
        return 1
    else:
        return 0
""",
        "neuron-backward": """
def neuron_backward(dvalue, x, w, z):
    dz = dvalue if z > 0 else 0.0
    dx = [dz * weight for weight in w]
    dw = [dz * value for value in x]
    return dx, dw, dz
""",
        "gradient-step": """
def gradient_step(w, b, dw, db, learning_rate):
    new_w = []
    for i in range(len(w)):
        new_w.append(w[i] - learning_rate * dw[i])
    return new_w, b - learning_rate * db
""",
    },
    "05-layer": {
        "layer-forward": """
def layer_forward(x, weights, biases):
    z = []
    for j in range(weights.shape[1]):
        total = biases[j]
        for i in range(weights.shape[0]):
            total += x[i] * weights[i, j]
        z.append(total)
    return z
""",
        "layer-dinputs": """
def layer_dinputs(dvalues, weights):
    return np.einsum("ij,j->i", weights, dvalues)
""",
        "layer-dweights": """
def layer_dweights(dvalues, x):
    return [[value * blame for blame in dvalues] for value in x]
""",
        "layer-dbiases": """
def layer_dbiases(dvalues):
    return [1 * blame for blame in dvalues]
""",
    },
    "06-batch": {
        "batch-forward": """
def batch_forward(inputs, weights, biases):
    return [[sample @ column + b for column, b in zip(weights.T, biases[0])] for sample in inputs]
""",
        "batch-dinputs": """
def batch_dinputs(dvalues, weights):
    return np.einsum("nm,dm->nd", dvalues, weights)
""",
        "batch-dweights": """
def batch_dweights(dvalues, inputs):
    total = np.zeros((inputs.shape[1], dvalues.shape[1]))
    for sample, blame in zip(inputs, dvalues):
        total += np.outer(sample, blame)
    return total
""",
        "batch-dbiases": """
def batch_dbiases(dvalues):
    return [[sum(column) for column in dvalues.T]]
""",
        "dense-backward": """
def dense_backward(dvalues, inputs, weights):
    dinputs = np.array([weights @ blame for blame in dvalues])
    dweights = np.einsum("nd,nm->dm", inputs, dvalues)
    dbiases = np.ones((1, len(dvalues))) @ dvalues
    return dinputs, dweights, dbiases
""",
    },
    "07-relu": {
        "relu-forward": """
def relu_forward(z):
    a = z.copy()
    a[a < 0] = 0
    return a
""",
        "relu-backward": """
def relu_backward(dvalues, z):
    dz = np.zeros(z.shape)
    for row in range(z.shape[0]):
        for column in range(z.shape[1]):
            if z[row, column] > 0:
                dz[row, column] = dvalues[row, column]
    return dz
""",
        "dense-relu-backward": """
def dense_relu_backward(dvalues, inputs, weights, biases):
    output = np.maximum(0, inputs @ weights + biases)
    dz = dvalues * (output > 0)
    return np.einsum("nm,dm->nd", dz, weights), np.einsum("nd,nm->dm", inputs, dz), dz.sum(axis=0).reshape(1, -1)
""",
        "exposing-case": """
def exposing_case():
    return [[1.0, -0.5, 2.0]], [[-1.0, 3.0, 0.0]]
""",
    },
}

# Right values, and a lot of noise on both streams: it must cost nothing.
PRINTS_AND_WARNS = {
    "03-neuron": {
        "neuron-backward": """
import sys
import warnings

print("cell 03")


def neuron_backward(dvalue, x, w, z):
    print("dvalue is", dvalue, "and z is", z)
    warnings.warn("I am not sure about this")
    dz = dvalue * (z > 0)
    print("dz", dz, file=sys.stderr)
    return dz * w, dz * x, dz
""",
    },
    "05-layer": {
        "layer-dinputs": """
def layer_dinputs(dvalues, weights):
    print(f"{dvalues=} {weights=}")
    np.log(np.zeros(1))  # RuntimeWarning: divide by zero
    return weights @ dvalues
""",
    },
    "06-batch": {
        "batch-dweights": """
import warnings


def batch_dweights(dvalues, inputs):
    warnings.warn("shapes: %s %s" % (dvalues.shape, inputs.shape), DeprecationWarning)
    print(inputs.T @ dvalues)
    return inputs.T @ dvalues
""",
    },
    "07-relu": {
        "relu-backward": """
def relu_backward(dvalues, z):
    print("z", z, "dvalues", dvalues)
    with np.errstate(all="warn"):
        slope = np.where(z > 0, z / z, 0.0)  # RuntimeWarning: 0 / 0
    return slope * dvalues
""",
    },
}
