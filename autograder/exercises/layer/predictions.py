"""05-layer: the choices made before the answer is shown."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="blame-of-x0",
        question=(
            "`weights = [[0.2, 0.5, -0.26], [0.8, -0.91, -0.27], [-0.5, 0.26, 0.17], [1, -0.5, 0.87]]` has shape (4, "
            "3): one row for each of the four inputs, one column for each of the three neurons. The upstream gradient "
            "is `dvalues = [1, 10, 100]`. What is `dinputs[0]`?"
        ),
        right="`-20.8`",
        because=(
            "x0's three wires stand in row 0. They bring back 1 times 0.2, 10 times 0.5 and 100 times -0.26, and "
            "because x0 moves all three neurons at once, the three add up: 0.2 + 5 - 26."
        ),
        wrong=(
            (
                "`[0.2, 5, -26]`",
                "These are the right three messages, one from each neuron, left apart. But x0 is one number, and one "
                "nudge of it moves all three neurons at once. If one neuron says +5 and another -26, which way does "
                "the final number go?",
            ),
            (
                "`0.44`",
                "That is 0.2 + 0.5 - 0.26: it takes every upstream to be 1. Try dvalues = [0, 0, 100] in your head: "
                "would a 0.2 from neuron 0 still count?",
            ),
            (
                "`-41.8`",
                "That is 1 times 0.2, 10 times 0.8 and 100 times -0.5: the numbers of column 0. Those three wires all "
                "end at neuron 0 and start at x0, x1 and x2. Which wires start at x0?",
            ),
        ),
    ),
    Prediction(
        name="layer-dweights-shape",
        question=(
            "Four inputs, three neurons, one sample: `x` has shape (4,), `weights` (4, 3), `biases` and `dvalues` "
            "(3,). What is the shape of `dweights`?"
        ),
        right="`(4, 3)`",
        because=(
            "There is one gradient for every weight, and it stands where the weight stands: otherwise "
            "`weights - learning_rate * dweights` would not work entry by entry."
        ),
        wrong=(
            (
                "`(3, 4)`",
                "That has the right number of entries and puts the neurons in rows. Where does this layer keep the "
                "wire from x3 to neuron 1: in [3, 1] or in [1, 3]? Its gradient belongs in the same place.",
            ),
            (
                "`(3,)`",
                "That is one number for each neuron, which is right for the biases. Each neuron here has 4 wires: can "
                "one number say what to do with all 4?",
            ),
            (
                "`(4,)`",
                "That is one number for each input, which is right for dinputs. From each input 3 wires leave: should "
                "all 3 be turned by the same amount?",
            ),
        ),
    ),
    Prediction(
        name="one-weights-gradient",
        question=(
            "Same layer: `x = [1, 2, 3, 2.5]`, `dvalues = [1, 10, 100]`, and `weights[3, 1]` is -0.5, the wire from "
            "x3 to neuron 1. What is `dweights[3, 1]`?"
        ),
        right="`25`",
        because=(
            "Raise that weight by 0.01 and z1 rises by 2.5 times 0.01; the final number rises by 10 times as much. So "
            "the gradient is its own input times its own neuron's upstream: 2.5 times 10."
        ),
        wrong=(
            (
                "`-5`",
                "That is -0.5 times 10: the weight where its input belongs. It would be the message to x3. Raise the "
                "weight by 0.01 instead: z1 gains x3 times 0.01, whatever the weight was. How much is that?",
            ),
            (
                "`277.5`",
                "That is 2.5 times 111: it adds up all three neurons. An input feeds all three; how many does this one "
                "wire feed? Try dvalues = [1, 0, 100]: neuron 1 does not matter, so what is left for its weight?",
            ),
            (
                "`10`",
                "That is neuron 1's upstream alone; the input is dropped. Try x3 = 0: the wire then carries nothing, "
                "whatever its weight. Would the gradient still be 10?",
            ),
        ),
    ),
)
