"""11-clinic: five backward passes, each with the arguments, results and shapes it had in its own chapter."""

from course.observe import calls

PROBES = {
    "mended_dense_backward": calls("dvalues, inputs, weights", "dinputs, dweights, dbiases"),
    "mended_neuron_backward": calls("dvalue, x, w, z", "dx, dw, db"),
    "mended_softmax_cross_entropy_backward": calls("p, t", "dz"),
    "mended_sigmoid_neuron_backward": calls("w, x", "dw, dx"),
    "mended_relu_backward": calls("dvalues, z", "dz"),
}
