"""08-network: the choices made before the answer is shown."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="price-of-nudging",
        question="A network of two dense layers, from 2 inputs to 64 neurons to 3, has 387 parameters. You want the slope of the "
        "loss along each of them, and you nudge, each way, as in lesson 01. How many forward passes does that take?",
        right="`774`",
        because="Two forward passes for each parameter, and nothing learned about one helps with another. The backward pass "
        "gets all 387 at once.",
        wrong=(
            (
                "`387`",
                "That is one run for each parameter. A central nudge compares two: how many runs does a single slope take?",
            ),
            (
                "`4`",
                "That nudges a whole layer at a time. Move two weights at once: which of them moved the loss?",
            ),
            (
                "`149769`",
                "That is 387 times 387, as if weights had to be tried in pairs. A slope along one weight leaves all others where "
                "they are: how many runs for one weight, and so for three?",
            ),
        ),
    ),
    Prediction(
        name="eight-equal-neurons",
        question="A network with 2 inputs, 8 hidden ReLU neurons and 1 output is trained on XOR. Every weight starts at 0.5, every "
        "bias at 0. After 300 steps downhill, how many *different* hidden neurons has it?",
        right="`1`, eight times",
        because="Equal neurons say the same, so they hear the same blame and take the same step. Nothing in the data can "
        "tell them apart.",
        wrong=(
            (
                "`8`",
                "That trusts training to tell them apart. Take two neurons with equal weights in and out: in which number of the "
                "first backward pass do they differ?",
            ),
            (
                "`2`, one for each input",
                "Each neuron sees both inputs, with weight 0.5 each. Which of two such neurons would be the one for input 0?",
            ),
            (
                "`4`, one for each sample",
                "Every neuron sees all four samples, and the loss is their mean. Take two neurons with equal weights: which "
                "sample blames the one more than the other?",
            ),
        ),
    ),
    Prediction(
        name="slope-four",
        question="A batch has N = 4 samples. You draw all entries of `dweights`, and each entry is a point: to the right your own "
        "gradient, upward the slope found by nudging. The points lie on a straight line through 0, but its slope is 4. Which "
        "mistake draws this picture?",
        right="`dweights` was divided by 4 in the layer, though the loss is a mean already",
        because="All own gradients are 4 times too small, so the nudged slopes are 4 times as large: 1/N was paid twice. A "
        "constant ratio is a mistake of scale.",
        wrong=(
            (
                "`dweights` was added up over four calls instead of set",
                "Then the own gradients would be too large. Own 8 across, nudged 2 up: on which line does that point lie?",
            ),
            (
                "the gate of a ReLU was forgotten",
                "That spoils the entries behind closed gates and no others. Would the rest leave the line of slope 1?",
            ),
            (
                "the nudge h was four times too large",
                "The change of L is divided by the same h again. Nudge 3x at x = 1 with h = 0.1 and with h = 0.4: which slopes?",
            ),
        ),
    ),
)
