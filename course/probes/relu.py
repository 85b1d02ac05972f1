"""07-relu: ReLU on a batch. z and dvalues have one shape, (N, M)."""

import numpy as np

from course.observe import Arrays, calls

STEP = 1e-6


def exposing_flaw(results: Arrays) -> str | None:
    """Why (dvalues, z) cannot expose `np.maximum(0, dvalues) * (z > 0)`, or None if it does.

    The judge of the wrong rule is the nudge: each z moves by a small step either way, and ReLU's output times the
    upstream is looked at. Only signs matter to both, so every entry is first taken to -1, 0 or 1: no value is too large
    or too small for the step. At a kink the nudge is no judge, so entries with z = 0 do not count.
    """
    dvalues, z = (results[name].astype(np.float64) for name in ("dvalues", "z"))
    if dvalues.shape != z.shape:
        return "shapes-differ"
    if not (np.isfinite(dvalues).all() and np.isfinite(z).all()):
        return "not-finite"
    dvalues, z = np.sign(dvalues), np.sign(z)

    def output_times_upstream(z):
        return dvalues * (z + np.abs(z)) / 2

    nudged = (output_times_upstream(z + STEP) - output_times_upstream(z - STEP)) / (2 * STEP)
    claimed = np.maximum(0, dvalues) * (z > 0)
    exposed = (z != 0) & (np.abs(nudged - claimed) > 0.5)
    if exposed.any():
        return None
    return "no-negative-upstream" if not (dvalues < 0).any() else "gate-closed-there"


PROBES = {
    "relu_forward": calls("z", "y"),
    "relu_backward": calls("dvalues, z", "dz"),
    "dense_relu_backward": calls("dvalues, inputs, weights, biases", "dinputs, dweights, dbiases"),
    "exposing_case": calls("", "dvalues, z", flaw=exposing_flaw),
}
