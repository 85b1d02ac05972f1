"""04-loss: the three predictions."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="what-the-loss-sends-back",
        question=(
            "A neuron says y = 2 and should say t = 5. The loss is L = 1/2 (y - t)^2 = 4.5. Which upstream gradient "
            "dL/dy does the loss send back to the neuron?"
        ),
        right="-3",
        because=(
            "The output is three below the target, and raising y lowers the loss: at y = 2 it falls three times as "
            "fast as y rises."
        ),
        wrong=(
            (
                "4.5",
                "That is how large the loss is, not how fast it changes. Compute L at y = 2 and at y = 2.01: by how "
                "much did it change, and which way?",
            ),
            (
                "3",
                "That is how far the output is off, without the side. Compute L at y = 2 and at y = 2.01: does it "
                "rise or fall?",
            ),
            (
                "-6",
                "That is the slope of the square without the half in front. Compute L at y = 2 and at y = 2.01, and "
                "divide the change by 0.01.",
            ),
        ),
    ),
    Prediction(
        name="twice-the-right-rate",
        question=(
            "x = [1, -2, 3], w = [-3, -1, 2], b = 1 and t = 5: the neuron says 6. With learning rate 1/15 one step "
            "brings it to 5 exactly. You start again from 6, with rate 2/15. What does it say after one, two and "
            "three steps?"
        ),
        right="4, 6, 4",
        because=(
            "The step is twice as long as the way to the target, so the error changes its sign and keeps its size: "
            "1, -1, 1, -1, for ever."
        ),
        wrong=(
            (
                "5, 5, 5",
                "That is rate 1/15, where the first step lands on the target. How far does y fall in one step of "
                "twice the length?",
            ),
            (
                "4, 2, 0",
                "That takes the same step three times. After the first step y = 4: is the output still too high? "
                "Which sign has the error now?",
            ),
            (
                "8, 14, 32",
                "That goes uphill: each step makes the error three times as large. The slope of w[2] is 3 at y = 6: "
                "should w[2] grow or shrink?",
            ),
        ),
    ),
    Prediction(
        name="after-the-fall",
        question=(
            "With rate 0.15 the same neuron swings wider and wider, until after nine steps z = -2.45. So y = 0, and "
            "with t = 5 the loss is 12.5. You now lower the rate to 0.01 and take 1000 more steps. What is the loss "
            "then?"
        ),
        right="12.5",
        because=(
            "The loss sends -5 back, and ReLU's slope at z = -2.45 is 0: every gradient is 0, and so is every step, "
            "at any rate."
        ),
        wrong=(
            (
                "almost 0: a small rate gets there slowly, but it does",
                "That is true while something moves. Raise b by 0.01: z = -2.44. What is y, and what is the loss?",
            ),
            (
                "0: the output is 0",
                "The loss measures how far y is from t, not how large y is. What is half the square of 0 - 5?",
            ),
            (
                "larger than 12.5: it goes on swinging wider",
                "Swinging takes steps. With z = -2.45 raise b by 0.01: does y move? What is the gradient of b, then?",
            ),
        ),
    ),
)
