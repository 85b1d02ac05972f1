"""15-attention: the choices made before the answer is shown."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="row-of-a",
        question="The letters b, a, n, a, n, a each look up their row in a table. On the way back the six places send 1, 2, 3, 4, "
        "5 and 6. What is the gradient of the row of a?",
        right="`12`",
        because="The row was read three times, and 2 + 4 + 6 came back. A row that is used several times is a fork, and forks add.",
        wrong=(
            ("`6`", "That is the last of the three messages. What became of the other two?"),
            ("`4`", "That is a mean. Raise the row by 1: how many places rise by 1?"),
            (
                "`2`, `4` and `6`, three rows",
                "Then the row would have been copied three times. How many rows has the table for a?",
            ),
        ),
    ),
    Prediction(
        name="slope-of-a-score",
        question="A query gives three keys the weights 0.7, 0.2 and 0.1. Their values are 1, 2 and 4, so it gets 1.5. How fast "
        "does this output move with the score of the first key?",
        right="`-0.35`",
        because="The first value lies 0.5 below the mean 1.5, and has the weight 0.7: 0.7 times -0.5. Listening more to a value "
        "below the mean lowers the mean.",
        wrong=(
            (
                "`0.7`",
                "That is weight times value: the weighted mean of the row was not taken off. What do the other two weights do "
                "meanwhile?",
            ),
            ("`0.21`", "That is p(1 - p), how far the first weight moves. Do the other two stand still?"),
            ("`1`", "That is the value. How far does its weight move, and what do the others do?"),
        ),
    ),
    Prediction(
        name="masked-weights",
        question="The scores are ln 7, ln 2 and 0, the weights 0.7, 0.2 and 0.1. Now the third key is masked. What are "
        "the weights?",
        right="`0.778, 0.222, 0`",
        because="The mask stands before softmax, and the two that are left share everything as 7 to 2.",
        wrong=(
            ("`0.7, 0.2, 0`", "These add up to 0.9: the mask came after softmax. Of what is a weighted mean made?"),
            (
                "`0.7, 0.2, 0.1`",
                "The third score was multiplied by 0, and it was 0 already. Which weight has a score of 0?",
            ),
            ("`0.5, 0.5, 0`", "That is the mask alone, made into weights. What of the scores?"),
        ),
    ),
    Prediction(
        name="without-the-mask",
        question="A net learns to say a word backward, all eight letters in one go, each from the right letters before it. It is "
        "trained without a mask. Then it has to use its own letters, one after the other. How does it do?",
        right="Training: every letter right. Alone: no word right",
        because="Each place learned to look one place to the right, where the answer stood. Alone there is nothing there yet.",
        wrong=(
            ("It learns, only more slowly", "What is easier to learn than the answer itself, one place to the right?"),
            (
                "It never learns: the mask carries the order",
                "The table of positions carries the order as well. Why should a loss not fall?",
            ),
            (
                "No difference: the mask only saves time",
                "What does place 9 see in training that is not there when it has to speak?",
            ),
        ),
    ),
)
