"""06-batch: the choices made before the answer is shown."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="three-votes",
        question=(
            "Three samples go through one layer. The weight from input 0 to neuron 0 meets the inputs 1, 2 and -1.5 in"
            " them; neuron 0's upstream gradients are 1, 2 and 3. What is the gradient of this weight?"
        ),
        right="0.5",
        because=(
            "Each sample votes input times upstream: +1, +4 and -4.5. One weight used three times is a fork, and at a"
            " fork the contributions add up."
        ),
        wrong=(
            (
                "0.167",
                "That averages the three votes. Nudge the weight by 0.01: the outputs move by 0.01, 0.02 and -0.015."
                " Weigh each with its upstream gradient. Does anything divide by 3?",
            ),
            (
                "-4.5",
                "That keeps the vote of the last sample and forgets the others. Give the last sample an input of 0: is"
                " the weight then without any effect?",
            ),
            (
                "9",
                "That adds the inputs (1.5) and the upstreams (6) first, then multiplies. Take inputs 1, -1 with"
                " upstreams 1, -1: each sample votes +1, and both sums are 0.",
            ),
        ),
    ),
    Prediction(
        name="dbiases-shape",
        question=(
            "A layer has `biases = [[2.0, 3.0, 0.5]]`, shape (1, 3). Going forward they are copied down to three"
            " samples. The upstream gradient is `[[1, 1, 1], [2, 2, 2], [3, 3, 3]]`. What is `dbiases`?"
        ),
        right="`[[6. 6. 6.]]`",
        because=(
            "Each bias was used in three rows, so three contributions come back to it, 1 + 2 + 3. It has the shape of"
            " the biases, (1, 3)."
        ),
        wrong=(
            (
                "`[[3.] [6.] [9.]]`",
                "That adds along each row: one number a sample. Count the biases: is there one a sample, or one a"
                " neuron? Two samples and three neurons would settle it.",
            ),
            (
                "`[[2. 2. 2.]]`",
                "That averages over the samples. Nudge one bias by 0.01: three outputs move by 0.01 each, and their"
                " upstreams are 1, 2 and 3. How far does the final number move?",
            ),
            (
                "`[[12. 18. 3.]]`",
                "That multiplies by the biases themselves. Move a bias from 2 to 2.01: z moves by 0.01, and it would"
                " do so from 200 to 200.01 too.",
            ),
        ),
    ),
    Prediction(
        name="every-sample-twice",
        question=(
            "Every sample of a batch is put in once more, so N becomes 2N. The loss is a *mean* over samples. What"
            " happens to `dweights`?"
        ),
        right="It stays as it was.",
        because=(
            "There are twice as many contributions, and the loss's backward pass has made each half as large. 1/N is"
            " paid once, in the loss."
        ),
        wrong=(
            (
                "It doubles.",
                "That is so for a loss that is a sum. Where is the 1/N of the mean? Take votes +1, +4, -4.5, each"
                " divided by 3; then the same votes twice, each divided by 6.",
            ),
            (
                "It is halved.",
                "That pays 1/N twice, in the loss and again in the layer. Take votes +1, +4, -4.5, each divided by 3;"
                " then the same votes twice, each divided by 6, and only add.",
            ),
            (
                "That depends on the learning rate.",
                "That takes the gradient for the step. The learning rate comes in afterwards, when the gradient is"
                " used: look for it in the votes +1, +4, -4.5.",
            ),
        ),
    ),
    Prediction(
        name="passes-unnoticed",
        question=(
            "In the lesson's first batch `inputs`, here X, is (3, 4), and the upstream gradient, here G, is `[[1, 1,"
            " 1], [2, 2, 2], [3, 3, 3]]`. One of these wrong rules for `dweights` gives all the right digits on it."
            " Which?"
        ),
        right="Column 0 of G is used for every neuron.",
        because=(
            "In constant rows every column of G is column 0. Only neurons that disagree can show the difference, so a"
            " test needs an upstream gradient whose rows are not constant."
        ),
        wrong=(
            (
                "`X.T @ G.T`",
                "The shape is right, (4, 3), and a shape is not proof: here the columns of X.T meet the neurons"
                " instead of the samples. Work out entry [0, 0]: 1, 2, -1.5 times 1, 1, 1.",
            ),
            (
                "The mean over samples is taken, not the sum.",
                "Entry [0, 0] is made of the votes +1, +4 and -4.5. Divide their sum by 3 and compare it with the sum.",
            ),
            ("`G.T @ X`", "Name the axes: (M, N) times (N, D). What shape is left for M = 3 and D = 4?"),
        ),
    ),
)
