"""02-gates: the choices made before the answer is shown."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="circuit-nudge-x",
        question=(
            "q = x + y and f = q z, with x = -2, y = 5, z = -4, so that q = 3 and f = -12. You raise x by 0.01 and "
            "touch nothing else. How far does f move?"
        ),
        right="down by 0.04",
        because="q rises by 0.01 with x, and f moves z = -4 times as far as q: the two slopes, 1 and -4, multiply.",
        wrong=(
            (
                "up by 0.01",
                "That is how far q moves. f comes after q: what is f if q is 3.01 and z still -4?",
            ),
            (
                "up by 0.03",
                "That multiplies by q, the value of the wire that moves. In q z, when q moves, which number multiplies "
                "the nudge? Compute f for q = 3 and for q = 3.01.",
            ),
            (
                "down by 0.03",
                "That adds the slopes of the two gates, 1 and -4. If one wheel turns 1 time for a turn of the other, "
                "and a third one -4 times for it: how often does the third turn? Compute f for x = -1.99.",
            ),
        ),
    ),
    Prediction(
        name="fork-adds",
        question=(
            "q = x + y and f = q x, with x = 4 and y = -6, so that q = -2 and f = -8: x is used twice. The upstream "
            "gradient of f is 1. Along the wire from x into the multiply gate comes back q = -2, along the wire from x "
            "into the add gate comes back 4. What is dx?"
        ),
        right="`2`",
        because="A nudge of x travels both ways at once, and both changes arrive in f: 4 - 2 = 2.",
        wrong=(
            (
                "`4`",
                "That keeps one of the two messages and loses the other. Raise x to 4.01, take both wires along, and "
                "compute f.",
            ),
            (
                "`-8`",
                "Slopes *along* one path multiply. Here are two paths side by side: raise x to 4.01 and compute f.",
            ),
            (
                "`1`",
                "That takes the mean of the two. Does a nudge become half as large because it travels two ways? Raise "
                "x to 4.01 and compute f.",
            ),
        ),
    ),
    Prediction(
        name="exp-gate-backward",
        question=(
            "In the perceptron the exp gate got -1 and sent on 0.368. On the way back -0.534 arrives from the right "
            "(-0.53 in the lesson's picture). What does the gate hand back to its input?"
        ),
        right="about -0.20",
        because="The exponential is its own slope, so the local slope is the output: -0.534 times 0.368 is "
        "-0.1965, or -0.20.",
        wrong=(
            (
                "about 0.53",
                "That takes the input, -1, for the slope. The exponential rises everywhere: which sign has its slope? "
                "Compute e**-1 and e**-0.99.",
            ),
            (
                "about -0.53",
                "That takes the slope to be 1. e**-1 is 0.3679 and e**-0.99 is 0.3716: did the output move by 0.01?",
            ),
            (
                "about -0.17",
                "That adds the slope to what came back. If the output moves 0.368 times as far as the input, and the "
                "final number -0.534 times as far as the output: how do the two combine? Try it with 2 and 3.",
            ),
        ),
    ),
    Prediction(
        name="ten-sigmoids",
        question=(
            "Ten sigmoids stand in a row, each feeding the next, and the upstream of the last is 1. The slope of a "
            "sigmoid is at most 0.25. How much of the 1 reaches the first input, at most?"
        ),
        right="about 0.000001",
        because="Along a path slopes multiply: 0.25 to the tenth power is 0.00000095. Deep stacks of sigmoids learn "
        "slowly in front, which is one reason why ReLU took their place.",
        wrong=(
            (
                "0.25",
                "That lets only one of the ten act. What is left of 1 after the last sigmoid, and of that after the "
                "one before it?",
            ),
            (
                "2.5",
                "That adds the ten slopes. They stand one behind the other, on one path: what is left of 1 after two?",
            ),
            (
                "about 0.001",
                "That is one half to the tenth power: one half is where the sigmoid stands at z = 0. How steep is it "
                "there? Compute it at 0 and at 0.01.",
            ),
        ),
    ),
)
