"""03-neuron: one ReLU neuron. x and w have shape (D,); dvalue, z, b and db are single numbers."""

from course.observe import calls

PROBES = {
    "neuron_forward": calls("x, w, b", "z, y"),
    "relu_derivative": calls("z", "slope"),
    "neuron_backward": calls("dvalue, x, w, z", "dx, dw, db"),
    "gradient_step": calls("w, b, dw, db, learning_rate", "w, b"),
}
