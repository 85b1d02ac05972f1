"""03-neuron: the choices made before the answer is shown."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="bias-nudge",
        question=(
            "x = [1, -2, 3], w = [-3, -1, 2] and now b = 0.5, so that z = 5.5. You raise b by 0.01 and touch nothing "
            "else. How far does z move?"
        ),
        right="up by 0.01",
        because="b is added to z as it is, so z moves exactly as far as b: slope 1, whatever b is.",
        wrong=(
            (
                "up by 0.005",
                "That multiplies the rise by b, as if b were its own slope. Compute z for b = 0.5 and for b = 1.5: "
                "how far apart are they?",
            ),
            (
                "not at all",
                "A constant has slope 0 when something else moves. Here b is what moves: compute z for b = 0.5 and for "
                "b = 1.5.",
            ),
            (
                "up by 0.055",
                "That multiplies the rise by the output. The output says where z stands, not how fast it goes: compute "
                "z for b = 0.5 and for b = 1.5.",
            ),
        ),
    ),
    Prediction(
        name="dw-below-zero",
        question=(
            "x = [1, -2, 3], w = [-3, -1, 2] and b = -7, so that z = -2 and y = 0. The upstream gradient dvalue is 1. "
            "What is dw?"
        ),
        right="`[0, 0, 0]`",
        because=(
            "Below 0 the neuron says 0 before and after any small nudge: ReLU's slope is 0 there, and nothing passes."
        ),
        wrong=(
            (
                "`[1, -2, 3]`",
                "That leaves out ReLU's slope. With w[0] = -3 and then -2.99, compute z and y both times: which of the "
                "two moved?",
            ),
            (
                "`[-2, 4, -6]`",
                "That multiplies by z. Going backward you multiply by slopes: compute y at z = -2 and at z = -1.9.",
            ),
            (
                "`[-1, 2, -3]`",
                "That takes ReLU to have slope -1 below 0, as the size of a number has. Compute y at z = -2 and at "
                "z = -1.9.",
            ),
        ),
    ),
    Prediction(
        name="output-after-step",
        question=(
            "x = [1, -2, 3], w = [-3, -1, 2], b = 1, so y = 6. The gradients are dw = [1, -2, 3] and db = 1. You take "
            "one step downhill with learning rate 0.01. What does the neuron say now?"
        ),
        right="5.85",
        because=(
            "Each knob moves by the rate times its slope and y falls by that times the slope again: "
            "0.01 * (1 + 4 + 9 + 1) = 0.15."
        ),
        wrong=(
            (
                "5.99",
                "That takes the rate away from the output. The rate moves knobs: w[2] alone goes down by 0.03, and its "
                "slope is 3. How far does y fall by that alone?",
            ),
            (
                "5.86",
                "One knob stood still in that. Four numbers have a gradient: add up the falls they cause.",
            ),
            (
                "6.15",
                "That goes uphill. w[2] has slope 3: to bring y down, should it become 2.03 or 1.97?",
            ),
        ),
    ),
)
