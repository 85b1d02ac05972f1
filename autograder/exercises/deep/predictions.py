"""14-deep: the choices made before the answer is shown."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="twenty-slopes",
        question="Twenty layers in a row, and each hands back 0.8 of the upstream it gets. The last one gets 1. How much leaves "
        "the first?",
        right="`0.012`",
        because="Slopes along a path multiply, and 0.8 times itself twenty times is 0.0115. Each layer is harmless; twenty of "
        "them are a power.",
        wrong=(
            (
                "`16`",
                "That adds the twenty slopes. Take two layers of 0.8: what is left of 1 after the first, and after both?",
            ),
            ("`0.8`", "That lets only the smallest slope count. Take two layers of 0.8: is 0.8 left, or 0.8 of 0.8?"),
            (
                "`86.7`",
                "That is 1.25 to the power of 20: the slopes turned round. Does 0.8 of something make it larger?",
            ),
        ),
    ),
    Prediction(
        name="twenty-skips",
        question="Now y = x + f(x), where f has the slope 0.1, twenty times in a row. The last one gets 1. How much leaves the "
        "first?",
        right="`6.7`",
        because="The upstream goes both ways round and adds up: 1 + 0.1 for each of them, and 1.1 to the power of 20 is 6.7.",
        wrong=(
            (
                "`1e-20`",
                "That is 0.1 to the power of 20: the skip does not count. Nudge x by 0.01: by how much does x + f(x) move?",
            ),
            ("`3`", "That is 1 + 20 times 0.1. Take two in a row: is the slope 1.2, or 1.1 times 1.1?"),
            ("`1`", "That lets only the skip count. Nudge x by 0.01: by how much does x + f(x) move?"),
        ),
    ),
    Prediction(
        name="a-batch-of-two",
        question="Batch norm gets one feature of two samples, 1 and 3, and the upstream [4, -1]; gamma is 1, eps is 0. What is dX?",
        right="`[0, 0]`",
        because="Two samples always come out as -1 and 1, wherever they stand. Moving one of them moves nothing that comes out.",
        wrong=(
            (
                "`[4, -1]`",
                "That takes mean and deviation for constants. Try 1 and 3.5: what do the two outputs become?",
            ),
            (
                "`[2.5, -2.5]`",
                "That forgets the way through the deviation. Try 1 and 5, twice as far apart: do the outputs move?",
            ),
            (
                "`[1.5, 1.5]`",
                "That forgets the way through the mean. Try 2 and 4, both moved by 1: do the outputs move?",
            ),
        ),
    ),
    Prediction(
        name="a-feature-that-never-varies",
        question="Batch norm gets one feature, 7 in all four samples, and the upstream [4, 0, 0, 0]; gamma is 1, eps is 1e-5. "
        "What is dX[0]?",
        right="`949`",
        because="The variance is 0, so s is the root of eps, and 1 / sqrt(1e-5) is 316. Of the upstream 4 the mean takes 1, and "
        "316 times 3 is 949: the smallest nudge of a feature that stands still is a large one, in deviations.",
        wrong=(
            ("`0`", "Nothing varies, so nothing can? Nudge the first 7 to 7.001 and look at the output."),
            ("`nan`", "That divides by a deviation of 0. What stands under the root beside the variance?"),
            ("`3`", "That counts a deviation of 0 as 1, as `standardize` did. What is sqrt(0 + 1e-5)?"),
        ),
    ),
)
