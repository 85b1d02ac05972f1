"""Wrong answers that people really write, by the idea behind them: chapter to cell id to source."""

# "db = b", and a step that leaves the bias where it was: 5.986 in place of 5.985.
BIAS_MISUNDERSTOOD = {
    "00-start-here": {
        "double": """
def double(x):
    return x**2
""",
    },
    "03-neuron": {
        "neuron-backward": """
def neuron_backward(dvalue, x, w, z):
    dz = dvalue * (1.0 if z > 0 else 0.0)
    dx = dz * w
    dw = dz * x
    b = z - np.dot(x, w)
    db = dz * b  # the bias is what is added, so its gradient is b
    return dx, dw, db
""",
        "gradient-step": """
def gradient_step(w, b, dw, db, learning_rate):
    w = w - learning_rate * dw
    return w, b
""",
    },
    "05-layer": {
        "layer-dbiases": """
def layer_dbiases(dvalues):
    return np.ones(len(dvalues))
""",
    },
    "06-batch": {
        "batch-dbiases": """
def batch_dbiases(dvalues):
    return np.mean(dvalues, axis=0, keepdims=True)
""",
    },
    "07-relu": {
        "relu-backward": """
def relu_backward(dvalues, z):
    return dvalues * (z >= 0)
""",
    },
}

# The upstream gradient is taken to be 1 everywhere, as in the first worked example.
UPSTREAM_IGNORED = {
    "03-neuron": {
        "neuron-backward": """
def neuron_backward(dvalue, x, w, z):
    slope = 1.0 if z > 0 else 0.0
    return slope * w, slope * x, slope
""",
    },
    "05-layer": {
        "layer-dinputs": """
def layer_dinputs(dvalues, weights):
    return weights.sum(axis=1)
""",
        "layer-dweights": """
def layer_dweights(dvalues, x):
    return np.outer(x, np.ones(len(dvalues)))
""",
    },
    "06-batch": {
        "batch-dweights": """
def batch_dweights(dvalues, inputs):
    return inputs.T @ np.ones(dvalues.shape)
""",
    },
    "07-relu": {
        "relu-backward": """
def relu_backward(dvalues, z):
    return np.where(z > 0, 1.0, 0.0)
""",
    },
}

# What belongs to the data is given to the weights, and the other way round.
DATA_AND_WEIGHTS_EXCHANGED = {
    "03-neuron": {
        "neuron-backward": """
def neuron_backward(dvalue, x, w, z):
    dz = dvalue if z > 0 else 0.0
    dx = dz * x
    dw = dz * w
    return dx, dw, dz
""",
    },
    "05-layer": {
        "layer-dweights": """
def layer_dweights(dvalues, x):
    return np.outer(dvalues, x)
""",
    },
    "06-batch": {
        "dense-backward": """
def dense_backward(dvalues, inputs, weights):
    dinputs = inputs.T @ dvalues
    dweights = dvalues @ weights.T
    dbiases = dvalues.sum(axis=0, keepdims=True)
    return dinputs, dweights, dbiases
""",
    },
    "07-relu": {
        "relu-backward": """
def relu_backward(dvalues, z):
    z[z <= 0] = 0
    z[z > 0] = 1
    return dvalues * z
""",
        "exposing-case": """
def exposing_case():
    return np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, -2.0], [0.0, 4.0]])
""",
    },
}

# Where ReLU stands: the gate asks the weight, the bias is added after it, Python's max and if stand for numpy's.
RELU_MISPLACED = {
    "00-start-here": {
        "double": """
def double(x):
    return x + 2
""",
    },
    "03-neuron": {
        "neuron-forward": """
def neuron_forward(x, w, b):
    dot = np.dot(x, w)
    z = dot + b
    y = max(0.0, dot) + b
    return z, y
""",
        "neuron-backward": """
def neuron_backward(dvalue, x, w, z):
    dx = dvalue * np.where(w > 0, w, 0.0)
    dw = dvalue * np.where(w > 0, x, 0.0)
    db = dvalue if z > 0 else 0.0
    return dx, dw, db
""",
    },
    "05-layer": {
        "layer-dinputs": """
def layer_dinputs(dvalues, weights):
    return weights * dvalues
""",
    },
    "06-batch": {
        "batch-dbiases": """
def batch_dbiases(dvalues):
    return dvalues
""",
    },
    "07-relu": {
        "relu-forward": """
def relu_forward(z):
    return max(0, z)
""",
        "relu-backward": """
def relu_backward(dvalues, z):
    if z > 0:
        return dvalues
    else:
        return 0
""",
    },
}

# An integer mask that is multiplied in place, and inputs that are added up before they are multiplied.
INTEGER_MASK_AND_SUMMED_INPUTS = {
    "03-neuron": {
        "relu-derivative": """
def relu_derivative(z):
    return 1.0 if z >= 0 else 0.0
""",
    },
    "05-layer": {
        "layer-forward": """
def layer_forward(x, weights, biases):
    return np.dot(x, weights)
""",
    },
    "06-batch": {
        "batch-dweights": """
def batch_dweights(dvalues, inputs):
    summed_inputs = np.sum(inputs, axis=0)
    summed_dvalues = np.sum(dvalues, axis=0)
    return np.outer(summed_inputs, summed_dvalues)
""",
        "dense-backward": """
def dense_backward(dvalues, inputs, weights):
    dinputs = np.dot(dvalues, weights.T)
    dweights = np.outer(np.sum(inputs, axis=0), np.sum(dvalues, axis=0))
    dbiases = np.sum(dvalues, axis=0, keepdims=True)
    return dinputs, dweights, dbiases
""",
    },
    "07-relu": {
        "relu-backward": """
def relu_backward(dvalues, z):
    drelu = np.zeros_like(z)
    drelu[z > 0] = 1
    drelu *= dvalues
    return drelu
""",
    },
}

# Right answers, but for a missing colon in 03 and an open bracket in 06, where a later answer calls the broken one; and
# in 07 a right result by way of the caller's own array.
SYNTAX_ERRORS = {
    "03-neuron": {
        "neuron-backward": """
def neuron_backward(dvalue, x, w, z)
    dz = dvalue if z > 0 else 0.0
    return dz * w, dz * x, dz
""",
    },
    "06-batch": {
        "batch-dinputs": """
def batch_dinputs(dvalues, weights):
    return np.dot(dvalues, weights.T
""",
        "dense-backward": """
def dense_backward(dvalues, inputs, weights):
    return batch_dinputs(dvalues, weights), batch_dweights(dvalues, inputs), batch_dbiases(dvalues)
""",
    },
    "07-relu": {
        "relu-backward": """
def relu_backward(dvalues, z):
    dvalues[z <= 0] = 0
    return dvalues
""",
    },
}

# Shapes are tried until they fit.
TRANSPOSED_UNTIL_IT_RAN = {
    "00-start-here": {
        "double": """
def double(x):
    x *= 2
    return x
""",
    },
    "03-neuron": {
        "relu-derivative": """
def relu_derivative(z):
    return max(0.0, z)
""",
        "gradient-step": """
def gradient_step(w, b, dw, db, learning_rate):
    return w + learning_rate * dw, b + learning_rate * db
""",
    },
    "05-layer": {
        "layer-dinputs": """
def layer_dinputs(dvalues, weights):
    return dvalues[0] * weights.sum(axis=1)
""",
    },
    "06-batch": {
        "batch-dweights": """
def batch_dweights(dvalues, inputs):
    return np.dot(inputs.T, dvalues.T)
""",
        "batch-dbiases": """
def batch_dbiases(dvalues):
    return np.sum(dvalues, axis=1, keepdims=True)
""",
    },
    "07-relu": {
        "relu-backward": """
def relu_backward(dvalues, z):
    return np.where(dvalues > 0, dvalues, 0)
""",
        "dense-relu-backward": """
def dense_relu_backward(dvalues, inputs, weights, biases):
    dz = dvalues * (inputs @ weights > 0)
    return dz @ weights.T, inputs.T @ dz, dz.sum(axis=0, keepdims=True)
""",
    },
}

# ReLU's slope is left out, or asked of the wrong thing; and a result is printed instead of returned.
SLOPE_LEFT_OUT = {
    "00-start-here": {
        "double": """
def double(x):
    print(2 * x)
""",
    },
    "03-neuron": {
        "neuron-backward": """
def neuron_backward(dvalue, x, w, z):
    return dvalue * w, dvalue * x, dvalue
""",
    },
    "05-layer": {
        "layer-dbiases": """
def layer_dbiases(dvalues):
    return np.full(len(dvalues), dvalues.sum())
""",
    },
    "06-batch": {
        "batch-dinputs": """
def batch_dinputs(dvalues, weights):
    return np.dot(dvalues, weights)
""",
        "batch-dbiases": """
def batch_dbiases(dvalues):
    return np.sum(dvalues, axis=0)
""",
    },
    "07-relu": {
        "relu-backward": """
def relu_backward(dvalues, z):
    return np.maximum(0, dvalues) * (z > 0)
""",
        "dense-relu-backward": """
def dense_relu_backward(dvalues, inputs, weights, biases):
    dz = np.where(inputs @ weights + biases > 0, dvalues, 0.0)
    dbiases = dvalues.sum(axis=0, keepdims=True)
    return dz @ weights.T, inputs.T @ dz, dbiases
""",
    },
}
