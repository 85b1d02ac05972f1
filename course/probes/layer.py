"""05-layer: several neurons, one sample. x has shape (D,), weights (D, M), biases and dvalues (M,)."""

from course.observe import calls

PROBES = {
    "layer_forward": calls("x, weights, biases", "z"),
    "layer_dinputs": calls("dvalues, weights", "dinputs", given=5),  # the loops
    "layer_dweights": calls("dvalues, x", "dweights"),
    "layer_dbiases": calls("dvalues", "dbiases"),
}
