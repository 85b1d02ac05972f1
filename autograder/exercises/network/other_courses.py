"""08-network: what other courses do, and this one does otherwise: habits of a layer, told as what they are."""

RATES = ("learning_rate", "lr", "rate", "eta", "alpha")  # what people call it


def keeping_its_output(right, backward_returns):
    """A layer that keeps what forward should return, under `output`; and in the same way or not, dinputs."""

    class Keeping(right):
        def forward(self, inputs):
            self.output = super().forward(inputs)

        def backward(self, dvalues):
            dinputs = super().backward(dvalues)
            return dinputs if backward_returns else None

    return Keeping


def stepping_in_backward(right, rate):
    """A layer whose backward also wants a learning rate, by this name, and takes the step itself."""
    scope = {"right": right}
    exec(
        "class Layer(right):\n"
        f"    def backward(self, dvalues, {rate}):\n"
        "        dinputs = super(Layer, self).backward(dvalues)\n"
        "        if hasattr(self, 'weights'):\n"
        f"            self.weights = self.weights - {rate} * self.dweights\n"
        f"            self.biases = self.biases - {rate} * self.dbiases\n"
        "        return dinputs\n",
        scope,
    )
    layer = scope["Layer"]
    layer.backward.__qualname__ = f"{right.__name__}.backward"  # it stands in Python's message
    return layer


def declare_habits(exercise, right):
    """Known mistakes of a layer: its right class, used as another course uses layers."""
    kept = exercise.mistake(
        "output-kept-not-returned",
        "Some courses keep the result in layer.output and return nothing. Here, who gets what forward has worked out?",
        "Print layer.forward(inputs): the next layer is handed what stands there. Is it None?",
        "forward returns the outputs, and backward returns dinputs; what a layer keeps for itself it may call what it likes.",
    )
    kept(keeping_its_output(right, backward_returns=True))
    kept(keeping_its_output(right, backward_returns=False))
    rated = exercise.mistake(
        "backward-wants-a-learning-rate",
        "Some courses take the step inside backward, and hand it the rate. Who takes the step here, and with whose rate?",
        "A network calls layer.backward(dvalues), with one argument. What does Python say to that?",
        "backward(dvalues) finds gradients and moves nothing; the step w = w - rate dw comes later, from outside.",
    )
    for rate in RATES:
        rated(stepping_in_backward(right, rate))
