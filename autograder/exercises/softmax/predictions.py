"""09-softmax: what students predict before they see it."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="a-thousand-for-everyone",
        question="The scores of three classes are 2, 1 and 0. Every score rises by 1000. On paper, what happens to the "
        "probabilities that softmax makes of them?",
        right="nothing",
        because="Every exponential is multiplied by the same e^1000, and that factor cancels in the quotient. Only "
        "differences between scores count.",
        wrong=(
            (
                "the largest goes to nearly 1",
                "That would be multiplying the scores, which stretches their differences. Adding keeps them: try "
                "scores 1 and 0, then 2 and 1, and divide e by 1, then e^2 by e.",
            ),
            (
                "all go to nearly 1/3",
                "That compares 1002 with 1000 as sizes. Softmax compares e^1002 with e^1000: what is their ratio, and "
                "what was that of e^2 and e^0?",
            ),
            (
                "they do not exist, since e to the power 1000 is too large",
                "That is what a computer may say, and the lesson mends it. On paper e^1000 is a number like any other: "
                "divide e^1002 by e^1000.",
            ),
        ),
    ),
    Prediction(
        name="push-on-each-score",
        question="One sample, three classes: softmax gives p = [0.7, 0.2, 0.1], and class 1 is right. The loss is "
        "-ln p[1]. What is its gradient with respect to the three scores?",
        right="`[0.7, -0.8, 0.1]`",
        because="Probability minus target, with target [0, 1, 0]. The loss falls when score 1 rises and when the "
        "others sink, class 0 most of all, since it holds most of what class 1 lacks.",
        wrong=(
            (
                "`[0, -5, 0]`",
                "That is the gradient with respect to the probabilities: -1/0.2 at the right one. The scores sit one "
                "step further back. Raise score 0 by 0.01: does p[1] stay at 0.2?",
            ),
            (
                "`[0, -0.8, 0]`",
                "That pushes the right score and leaves the others alone. Raise score 0 by 0.01: its exponential goes "
                "from 7 to 7.07 (those of the others are 2 and 1). What is p[1] now?",
            ),
            (
                "`[-0.7, 0.8, -0.1]`",
                "That says the loss rises with score 1. Raise score 1 a little: p[1] rises, so which way does -ln p[1] go?",
            ),
        ),
    ),
    Prediction(
        name="what-the-neighbour-does",
        question="p = [0.7, 0.2, 0.1]. You raise score 0 by 0.01 and leave the other two scores alone. About how far "
        "does p[1] move?",
        right="`-0.0014`",
        because="The denominator rises by the fraction 0.7 x 0.01, so p[1] falls by that fraction of itself: "
        "0.2 x 0.7 x 0.01.",
        wrong=(
            (
                "`0`",
                "That gives every class a score of its own and forgets what they share. The three probabilities always "
                "add up to 1: if p[0] rises, who pays?",
            ),
            (
                "`0.0016`",
                "That is 0.2 x (1 - 0.2) x 0.01, how far p[1] moves for its own score. Here another class's score was "
                "raised: can p[1] rise with it?",
            ),
            (
                "`-0.00105`",
                "That lets the two others pay equal shares of the 0.0021 that p[0] gains. Their exponentials stay 2 "
                "and 1: what must their ratio stay?",
            ),
        ),
    ),
    Prediction(
        name="sure-and-wrong",
        question="The scores are [-800, 0] and class 0 is right, so p[0] = e^-800, which a computer rounds to 0. You "
        "go backward in two steps: -1/p[0], with p[0] clipped at 1e-12, then through softmax, with slope "
        "p[0] (1 - p[0]) and p[0] as it was rounded, not clipped. What arrives at score 0?",
        right="`0`",
        because="-1e12 times 0 is 0: the largest mistake there is, and nothing to learn from. The true gradient is "
        "p - T = -1, which is what the two steps in one give.",
        wrong=(
            (
                "`-1`",
                "That is the true gradient, on paper, where 1/p and p cancel. Here p has been rounded to 0 in one "
                "factor, and raised to 1e-12 in the other: multiply them.",
            ),
            (
                "`-1e12`",
                "That is what leaves the loss. Softmax comes after it, and its slope is p[0] (1 - p[0]) with p[0] = 0: "
                "multiply.",
            ),
            (
                "`nan`",
                "That is inf times 0, which happens without a clip. With one, the first factor is large and finite: "
                "-1e12. Times 0?",
            ),
        ),
    ),
)
