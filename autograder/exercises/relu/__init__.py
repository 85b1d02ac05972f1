"""07-relu: right solutions and predictions.

The exercises and their cases are in `cases`, known mistakes in the modules whose names end in `_mistakes`.
"""

import numpy as np

from autograder.exercise import Prediction
from autograder.exercises.relu import (  # noqa: F401  (they register themselves)
    backward_mistakes,
    dense_gate_mistakes,
    dense_layer_mistakes,
    forward_mistakes,
)
from autograder.exercises.relu.cases import dense_relu_backward, exposing_case, relu_backward, relu_forward

EXERCISES = (relu_forward, relu_backward, exposing_case, dense_relu_backward)


@relu_forward.solution
def _(z):
    return np.where(z > 0, z, 0)


@relu_forward.solution
def _(z):
    return [[max(0.0, entry) for entry in row] for row in z.tolist()]


@relu_forward.solution
def _(z):
    return z * (z > 0)  # gives -0.0


@relu_forward.solution
def _(z):
    y = z.copy()
    y[y < 0] = 0
    return y


@relu_forward.solution
def _(z):
    return np.clip(z, 0, None)


@relu_forward.solution
def _(z):
    return (z + np.abs(z)) / 2


@relu_backward.solution
def _(dvalues, z):
    return dvalues * (z > 0)  # gives -0.0


@relu_backward.solution
def _(dvalues, z):
    dz = np.array(dvalues, dtype=float)
    dz[z <= 0] = 0
    return dz


@relu_backward.solution
def _(dvalues, z):
    rows, columns = z.shape
    dz = np.zeros((rows, columns))
    for n in range(rows):
        for m in range(columns):
            if z[n, m] > 0:
                dz[n, m] = dvalues[n, m]
    return dz


@relu_backward.solution
def _(dvalues, z):
    return [[d if v > 0 else 0.0 for d, v in zip(*pair, strict=True)] for pair in zip(dvalues, z, strict=True)]


@relu_backward.solution
def _(dvalues, z):
    mask = np.zeros_like(z)
    mask[z > 0] = 1
    return mask * dvalues  # a product of its own, not `*=`


@relu_backward.solution
def _(dvalues, z):
    return dvalues * np.heaviside(z, 0)


@relu_backward.solution
def _(dvalues, z):
    y = np.maximum(0, z)
    return np.where(y > 0, dvalues, 0)  # a gate by the output is the same gate


@exposing_case.solution
def _():
    return [[-0.5]], [[3]]


@exposing_case.solution
def _():
    rng = np.random.default_rng(0)
    return rng.normal(size=(6, 5)), rng.normal(size=(6, 5))


@exposing_case.solution
def _():
    return -7, 2


@exposing_case.solution
def _():
    return np.array([[1e-300, -1e-300]]), np.array([[0.0, 1e300]])


@dense_relu_backward.solution
def _(dvalues, inputs, weights, biases):
    outputs = np.maximum(0, inputs @ weights + biases)
    dz = dvalues * (outputs > 0)
    return np.dot(dz, weights.T), np.dot(inputs.T, dz), np.sum(dz, axis=0, keepdims=True)


@dense_relu_backward.solution
def _(dvalues, inputs, weights, biases):
    z = np.einsum("nd,dm->nm", inputs, weights) + biases
    dz = np.array(dvalues, dtype=float)
    dz[z <= 0] = 0
    return np.einsum("nm,dm->nd", dz, weights), np.einsum("nd,nm->dm", inputs, dz), dz.sum(axis=0).reshape(1, -1)


@dense_relu_backward.solution
def _(dvalues, inputs, weights, biases):
    dinputs, dweights, dbiases = np.zeros(inputs.shape), np.zeros(weights.shape), np.zeros(biases.shape)
    for n, x in enumerate(inputs):
        for j, w in enumerate(weights.T):
            if sum(x * w) + biases[0, j] > 0:
                dinputs[n] += dvalues[n, j] * w
                dweights[:, j] += dvalues[n, j] * x
                dbiases[0, j] += dvalues[n, j]
    return [dinputs, dweights, dbiases]


PREDICTIONS = (
    Prediction(
        name="upstream-minus-seven",
        question="A ReLU neuron has $z = 2$, so it was on and said 2. On the way back the upstream gradient $-7$ "
        "arrives. What does ReLU pass on to $z$?",
        right="`-7`",
        because="At z = 2 the output moves exactly as z moves: the slope is 1, and 1 times the upstream is the "
        "upstream, minus sign and all.",
        wrong=(
            (
                "`0`",
                "That clips the gradient as the forward pass clips values. Only z is ever clipped: nudge z from 2 to "
                "2.01, see how far max(0, z) moves, and multiply that slope by the upstream.",
            ),
            (
                "`7`",
                "That keeps the size and drops the sign. If the final number falls when the output rises, does it "
                "fall or rise when z goes from 2 to 2.01?",
            ),
            (
                "`-14`",
                "That multiplies by z itself. The chain rule asks for the slope: how far does max(0, z) move from z = "
                "2 to 2.01, and how far from z = 3 to 3.01?",
            ),
        ),
    ),
    Prediction(
        name="gate-at-zero",
        question="$z$ is exactly 0 and the upstream gradient is 5. What does ReLU's backward pass hand on in this "
        "course?",
        right="`0`",
        because="A corner has no slope of its own, so a convention decides, and ours is ReLU'(0) = 0: the gate is open "
        "only where z > 0.",
        wrong=(
            (
                "`5`",
                "That opens the gate at z >= 0. Look up ReLU'(0) in the conventions of lesson 00; 0 is not greater "
                "than 0.",
            ),
            (
                "`2.5`",
                "That trusts a central nudge at a corner. Step 0.01 to the right only, then 0.01 to the left only: two "
                "slopes, and the half is neither of them.",
            ),
            (
                "an error, since the derivative does not exist there",
                "Calculus may leave a point undefined; a program needs a number for every z, and a z of exactly 0 does "
                "occur. Look up the convention in lesson 00.",
            ),
        ),
    ),
    Prediction(
        name="integer-mask-times-half",
        question="`z = np.array([3, -2, 5])`, then `m = np.zeros_like(z)`, `m[z > 0] = 1` and `m *= 0.5`. What "
        "happens?",
        right="the last line raises an error, and `m` is as it was",
        because="`m` has z's dtype, whole numbers. `*=` must store its result in the same array, numpy finds that "
        "halves do not fit, and refuses.",
        wrong=(
            (
                "`m` is `[0 0 0]`",
                "That is what an assignment such as m[0] = 0.5 does: it cuts off without a word. In-place arithmetic "
                "is stricter; try np.array([1, 2]) followed by `*= 0.5`.",
            ),
            (
                "`m` is `[0.5 0. 0.5]`",
                "That expects the array to turn into one of floats. An array keeps its dtype for life: look at "
                "m.dtype before the last line.",
            ),
            (
                "nothing, without a word: `m` is still `[1 0 1]`",
                "That takes `*=` for a product that nobody keeps. `*=` does write into m, or tries to: look at "
                "m.dtype.",
            ),
        ),
    ),
    Prediction(
        name="closed-gate-dweights",
        question="A batch has $N = 3$ samples, $D = 4$ inputs and $M = 3$ neurons, so `dweights` has shape (4, 3). "
        "Now the gate of sample 1, neuron 1 closes, and all else stays. Which entries of `dweights` can change?",
        right="column 1, `dweights[:, 1]`",
        because="The gate cuts the tie between sample 1 and neuron 1. All four weights into neuron 1 stand in column "
        "1, and each loses sample 1's contribution.",
        wrong=(
            (
                "row 1, `dweights[1, :]`",
                "Row 1 holds the weights that leave input 1. The gate belongs to a sample and a neuron: which axis of "
                "`dweights` counts neurons?",
            ),
            (
                "only `dweights[1, 1]`",
                "That takes the gate for a weight. The gate stands behind the whole sum z[1, 1]: how many weights "
                "feed it?",
            ),
            (
                "every entry",
                "Each neuron has its own weights and its own gate. Nudge one weight of neuron 0: can it reach z[1, 1]?",
            ),
        ),
    ),
)
