"""06-batch: many samples. inputs has shape (N, D), weights (D, M), biases (1, M), dvalues (N, M)."""

from course.observe import calls

PROBES = {
    "batch_forward": calls("inputs, weights, biases", "z"),
    "batch_dinputs": calls("dvalues, weights", "dinputs"),
    "batch_dweights": calls("dvalues, inputs", "dweights"),
    "batch_dbiases": calls("dvalues", "dbiases"),
    "dense_backward": calls("dvalues, inputs, weights", "dinputs, dweights, dbiases"),
}
