"""13-arrays: the choices made before the answer is shown."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="mean-taken-away",
        question=(
            "x = [1, 2, 3, 6] has mean 3. Take the mean from every number, and add up the four numbers that are left. How far "
            "does this sum move if the first x rises by 1, for each unit of the rise?"
        ),
        right="`0`",
        because="The sum is 0 whatever x is. By wires: 1 on the direct one, and the mean, which moves by 1/4, was taken from four "
        "numbers: 1 - 4 × 1/4 = 0.",
        wrong=(
            (
                "`0.75`",
                "That takes the mean's movement, 1/4, away once. From how many of the four numbers was the mean taken?",
            ),
            (
                "`1`",
                "That holds the mean still. Work it out with x = [2, 2, 3, 6]: what is the mean then, and the sum?",
            ),
            (
                "`-0.25`",
                "That is what one of the other numbers does: it falls by 1/4. The sum adds four of them, and the first one rises.",
            ),
        ),
    ),
    Prediction(
        name="column-that-was-copied",
        question=(
            "c has shape (2, 1) and was added to an array of shape (2, 3). The upstream gradient is [[1, -2, 0.5], [3, 1, -1]]. "
            "What is the gradient of c?"
        ),
        right="`[[-0.5], [3]]`",
        because="Each entry of c was copied along its row, so each row is added up: 1 - 2 + 0.5 and 3 + 1 - 1. The axis of "
        "length 1 stays.",
        wrong=(
            (
                "`[[4, -1, -0.5]]`",
                "That adds down the columns, as for a bias. Along which axis was c copied, and which shape has its gradient?",
            ),
            ("`[-0.5, 3]`", "Right sums. Which shape has c, and which shape has this?"),
            (
                "`[[-0.167], [1]]`",
                "That is a mean. If an entry of c rises by 1, three copies of it rise by 1, each all the way.",
            ),
        ),
    ),
    Prediction(
        name="place-asked-twice",
        question="x = [5, 7], and f is the sum of x[[0, 0, 1]], 5 + 5 + 7. What is x.grad after f.backward()?",
        right="`[2, 1]`",
        because="Entry 0 stands in the sum twice, entry 1 once. What was picked is put back where it came from; repeats add up.",
        wrong=(
            ("`[1, 1]`", "That lets each place count once. Raise the 5 to 6: by how much does 5 + 5 + 7 grow?"),
            (
                "`[10, 7]`",
                "That is what the entries add to f, not how far f moves with them. Raise the 5 to 6 and look.",
            ),
            ("`[1, 1, 1]`", "That has the shape of what was picked. How many entries has x, and so its gradient?"),
        ),
    ),
    Prediction(
        name="two-in-three-hundred-out",
        question=(
            "A function takes 2 numbers and gives 300. All 600 slopes are wanted. What is cheapest? (A forward-mode pass carries "
            "the slopes for one input along; a walk back gives the slopes of one number.)"
        ),
        right="2 forward-mode passes",
        because="One pass carries the slopes of all 300 outputs for one input, so two are enough. Walking back pays off where "
        "outputs are few: a loss is one.",
        wrong=(
            (
                "300 walks back",
                "That gives all 600, two with each walk. How many slopes does one forward-mode pass give here?",
            ),
            (
                "1 walk back",
                "A walk begins with one number, so it gives the slopes of one weighted sum of the outputs: 2 numbers, not 600.",
            ),
            (
                "600 nudges",
                "One nudge of an input moves all the outputs at once, so even nudging takes fewer. And it is only near.",
            ),
        ),
    ),
)
