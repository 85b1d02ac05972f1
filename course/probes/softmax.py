"""09-softmax. p, z and dvalues have shape (N, C), a Jacobian's p (C,); t holds (N,) labels or (N, C) one-hot rows."""

from course.observe import calls

PROBES = {
    "softmax": calls("z", "p"),
    "cross_entropy": calls("p, t", "loss"),
    "cross_entropy_backward": calls("p, t", "dp"),
    "softmax_jacobian": calls("p", "jacobian"),
    "softmax_backward": calls("dvalues, p", "dz"),
    "softmax_cross_entropy_backward": calls("p, t", "dz"),
}
