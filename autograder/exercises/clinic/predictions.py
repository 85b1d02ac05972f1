"""11-clinic: the five diagnoses, each made after the examination and before the patient's code is read."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="diagnosis-1",
        question=(
            "Patient 1 is a dense layer: inputs (N, 4), weights (4, M), upstream (N, M). With one sample everything agrees with"
            " the nudges. With N = 3 and M = 2, `dinputs` and `dbiases` agree, and `dweights` is wrong in all 8 entries, by"
            " ratios from -3.3 to 5.8. Its first row is [0.75, 1.875] where the nudges say [3.5, 3.625]. Input 0 is 1, 2 and"
            " -1.5 in the three samples, neuron 0 has the upstreams 1, 0.5 and -1, neuron 1 has -2, 3 and 0.25. What is wrong"
            " with the line for `dweights`?"
        ),
        right="It adds up the inputs, adds up the upstreams, and multiplies the two sums.",
        because=(
            "1.5 times 0.5 is 0.75, and 1.5 times 1.25 is 1.875. With one sample there is nothing to add, so product of sums"
            " and sum of products are the same; with three they are not."
        ),
        wrong=(
            (
                "It divides by N, and the loss has done so already.",
                "Then every entry would be the right one divided by 3. Divide 3.5 by 3, and compare: is the ratio of the next"
                " entry the same?",
            ),
            (
                "It keeps the last sample and forgets the others.",
                "The last sample alone says -1.5 times -1 for input 0 and neuron 0. Is that 0.75?",
            ),
            (
                "It uses the upstream of neuron 0 for every neuron.",
                "Then column 0 would be right. Is 0.75 what the nudge says?",
            ),
        ),
    ),
    Prediction(
        name="diagnosis-2",
        question=(
            "Patient 2 is one ReLU neuron with x = [1, -2, 3] and w = [-3, -1, 2], so x . w = 5, and upstream -2. `dx` and"
            " `dw` agree with the nudges whatever the bias is. `db` is -2 by nudging, each time. The patient says -2 for"
            " b = 1, -1 for b = 0.5 and -8 for b = 4; and for b = -7 it says 0, which is right. What is wrong with the line"
            " for `db`?"
        ),
        right="It multiplies by the value of the bias, where the slope of the sum along the bias belongs.",
        because=(
            "Own over nudged is 1, 0.5 and 4: the bias itself. A ratio that follows an input is a factor that should not be"
            " there; b = 1 hides it."
        ),
        wrong=(
            (
                "It has the factor 1/2 of a half squared error too often.",
                "A factor of scale is the same in every run. The ratio own over nudged is 0.5 for b = 0.5: what is it for"
                " b = 4?",
            ),
            (
                "It is not gated: it passes the upstream on when the neuron is off.",
                "For b = -7 the neuron is off. What does the patient say there, and what would an open gate say?",
            ),
            (
                "It leaves out the upstream.",
                "Then db would be the same for every upstream, and here it would be 1 wherever the neuron is on. Is it"
                " for b = 4?",
            ),
        ),
    ),
    Prediction(
        name="diagnosis-3",
        question=(
            "Patient 3 is softmax and cross-entropy in one, for two samples with p = [[0.7, 0.2, 0.1], [0.125, 0.375, 0.5]]"
            " and labels [1, 2]. The first call gives [[0.35, -0.4, 0.05], [0.0625, 0.1875, -0.25]] and agrees with the"
            " nudges in all 6 entries. The same call again gives [[0.35, -0.9, 0.05], [0.0625, 0.1875, -0.75]]. What is"
            " wrong?"
        ),
        right="It subtracts the target in the caller's own p, so that p is spoiled for the next call.",
        because=(
            "The second call is off by -0.5 = -1/N at each right class: 1 was subtracted once more, from a p that had"
            " lost its 1 already. After the first call the rows of p add up to 0."
        ),
        wrong=(
            (
                "It has no 1/N.",
                "That would show in the first call as well, as a constant ratio of 2. Is 0.35 twice (0.7 - 0)/2?",
            ),
            (
                "It subtracts 1 in every row at every label, not in each row at its own.",
                "Then entry [0, 2] would be (0.1 - 1)/2, in the first call already. What is it?",
            ),
            (
                "It adds each new gradient to that of the call before.",
                "Then all six numbers would have doubled. What did entry [0, 0] do?",
            ),
        ),
    ),
    Prediction(
        name="diagnosis-4",
        question=(
            "Patient 4 is the sigmoid perceptron. With w = [0.6, -1.3, 0.25] and x = [1.2, -0.7] its five gradients have the"
            " right signs, and own over nudged is 0.943, 0.995 and 0.958 for `dw`, 1.016 and 0.938 for `dx`. With"
            " w = [2, -1.5, 1.5] and x = [1.5, -1], so z = 6, it says 0.0 five times, where the nudges say 0.0037, -0.0025,"
            " 0.0025, 0.0049 and -0.0037. What is wrong?"
        ),
        right="It rounds its numbers to two decimals.",
        because=(
            "Errors below 0.01, of either sign and different in every entry; and what is smaller than 0.005"
            " vanishes. The printed example has two decimals, and so agrees."
        ),
        wrong=(
            (
                "It takes the slope s (1 - s) at the wrong place: at s where z belongs, or the other way round.",
                "All five gradients hold that slope once, so all five would be off by the same ratio. Are they?",
            ),
            (
                "Nothing: the nudges step to one side only, and that is what shows.",
                "A step of 0.00001 to one side errs in the fifth digit. Here it is the second: 0.13 where the nudge says"
                " 0.1378.",
            ),
            (
                "It exchanges dw and dx.",
                "Then the right numbers would stand in the wrong places. For w = [2, -1.5, 1.5] there is no 0.0 among the"
                " right ones.",
            ),
        ),
    ),
    Prediction(
        name="diagnosis-5",
        question=(
            "Patient 5 is ReLU on a batch. For z = [[1.5, 0.0], [-2.0, 3.0]] and dvalues = [[-0.5, 4.0], [2.0, -1.5]] it gives"
            " [[-0.5, 0.0], [0.0, -1.5]], as it should. For z = [[3, -2]] and dvalues = [[-6, 2]] it gives [[-6, 0]], as it"
            " should. For z = [[3, -2]] and dvalues = [[-0.5, 4.0]] it stops with an error. What is wrong?"
        ),
        right="Its mask has the dtype of z.",
        because=(
            "Where z holds whole numbers, so does the mask, and fractions cannot be multiplied into it in place. Floats"
            " all through hide that, and so do whole numbers all through."
        ),
        wrong=(
            (
                "It cannot handle a negative upstream.",
                "There is one in each of the three calls. How many of them fail?",
            ),
            (
                "It tests z >= 0 where the course says z > 0.",
                "That shows where z is 0. The first call holds such a z, with the upstream 4: what comes out?",
            ),
            (
                "It writes into the caller's dvalues.",
                "Then the first call would leave [[-0.5, 0.0], [0.0, -1.5]] in dvalues and raise nothing. What differs between"
                " the second call and the third?",
            ),
        ),
    ),
)
