"""10-training: what students predict before they see it."""

from autograder.exercise import Prediction

PREDICTIONS = (
    Prediction(
        name="loss-at-chance",
        question="A network is to tell 10 classes apart. Its first weights are small, so all its scores are nearly 0. "
        "What is its mean cross-entropy loss before the first step, roughly?",
        right="2.30",
        because="Equal scores give every class the probability 1/10, and -ln(1/10) = ln 10 = 2.30, whatever the "
        "targets are. A first loss far from ln C is a reason to stop and look.",
        wrong=(
            (
                "0.90",
                "That is the share of wrong guesses. The loss does not count errors: it is minus the logarithm of what "
                "the right class was given. For two classes at 1/2 each it would be 0.69, not 0.5.",
            ),
            (
                "0.10",
                "That is the probability itself. With two classes at 1/2 each, the loss is -ln(1/2) = 0.69: what is it "
                "for ten at 1/10 each?",
            ),
            (
                "0, since nothing has been learned that could be wrong",
                "A loss of 0 needs the right class at probability 1, for every sample. What does softmax make of ten "
                "equal scores?",
            ),
        ),
    ),
    Prediction(
        name="batches-in-order",
        question="The spiral's 300 samples are stored arm by arm, 100 of each class. A network is trained with batches "
        "of 30 and a new order in every epoch; its losses begin 1.15, 1.07, 0.99. Somebody forgets to shuffle, and all "
        "else stays the same. How do the losses begin now? (Chance is ln 3 = 1.10. The loss of an epoch is the mean over "
        "its samples, each as it was seen before its step.)",
        right="4.05, 4.68, 4.36: far worse than chance",
        because="Three steps in a row teach one answer for everything, and the first batch of the next arm pays for it: "
        "certain and wrong is the most expensive thing there is. Each arm unteaches the one before.",
        wrong=(
            (
                "1.15, 1.07, 0.99: the same, since every sample is used once all the same",
                "Once each, but a step depends on who is in its batch. Thirty samples of class 0 and nothing else: "
                "which way do the biases of the three scores go, three times in a row?",
            ),
            (
                "1.10, 1.10, 1.10: it stays at chance, since the classes cancel",
                "They would cancel in one step that sees all three. Here the first three steps see class 0 only. What does the "
                "network say of the first sample of class 1 after that?",
            ),
            (
                "0.3, 0.2, 0.1: better, since a batch of one class is easy",
                "Within an arm that is so: after three steps all answers are class 0, and right. What does the next arm "
                "cost, if its class is given a probability of 0.001?",
            ),
        ),
    ),
    Prediction(
        name="momentum-on-a-long-slope",
        question="The slope is 1 all the way down, the learning rate 0.1, momentum 0.9, and v starts at 0. The first "
        "step has length 0.1. About how long is the hundredth step?",
        right="1",
        because="Each step keeps 0.9 of the last and adds 0.1. It stops growing where what is lost equals what is "
        "added: 0.1 v = 0.1, so v = 1, that is 1/(1 - 0.9) = 10 times the plain step.",
        wrong=(
            (
                "0.1",
                "That is a step without momentum. The second one is 0.9 times 0.1, still under way, plus 0.1 new: what "
                "is that?",
            ),
            (
                "10",
                "That adds up a hundred steps and loses nothing. A tenth of the velocity is lost each time: what if v "
                "were 2, would the next one be longer or shorter?",
            ),
            (
                "0.00003",
                "That is 0.9 to the power 100 times the first step: it fades, as if no new slope came in. The slope is "
                "1 in every step; the second one is 0.19.",
            ),
        ),
    ),
    Prediction(
        name="slow-and-straight",
        question="Three classes, and the losses of the first epochs are 1.099, 1.098, 1.097, 1.096, 1.095, 1.094. Five "
        "samples can be learned by heart, if slowly. What do you try first?",
        right="a learning rate ten times as large",
        because="It goes down, every epoch, by nearly the same little: the slopes are right and the steps too short. "
        "If ten times is too much, the loss jumps, and you know the range.",
        wrong=(
            (
                "a learning rate ten times smaller",
                "That is the cure for a loss that jumps or climbs. Here each epoch gains 0.001. How much would it "
                "gain with steps a tenth as long?",
            ),
            (
                "ten times as many samples",
                "More samples help a network that knows its own by heart and fails on others. At 1.094, how well does "
                "it know its own? (Chance is 1.099.)",
            ),
            (
                "nothing: it has converged",
                "Converged means that it falls no more. Take the difference of neighbouring losses: is it shrinking?",
            ),
        ),
    ),
)
