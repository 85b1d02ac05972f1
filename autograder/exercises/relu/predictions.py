"""07-relu: the choices made before the answer is shown."""

from autograder.exercise import Prediction

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
