"""07-relu: pieces of `dense_relu_backward`, from which its known mistakes are put together."""


def forward(inputs, weights, biases):
    return inputs @ weights + biases


def backward(dz, inputs, weights):
    return dz @ weights.T, inputs.T @ dz, dz.sum(axis=0, keepdims=True)


def parts(dvalues, inputs, weights, biases):
    """(dz, then the three right results), for mistakes in one of them."""
    dz = dvalues * (forward(inputs, weights, biases) > 0)
    return dz, *backward(dz, inputs, weights)


def dinputs_from(product):
    """A wrong answer whose dinputs is `product(dz, weights)`; the rest is right."""

    def answer(dvalues, inputs, weights, biases):
        dz, _, dweights, dbiases = parts(dvalues, inputs, weights, biases)
        return product(dz, weights), dweights, dbiases

    return answer


def dweights_from(product):
    """A wrong answer whose dweights is `product(inputs, dz)`; the rest is right."""

    def answer(dvalues, inputs, weights, biases):
        dz, dinputs, _, dbiases = parts(dvalues, inputs, weights, biases)
        return dinputs, product(inputs, dz), dbiases

    return answer
