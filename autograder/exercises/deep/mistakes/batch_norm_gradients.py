"""14-deep: known mistakes of `BatchNorm.gradients`: a backward pass in both modes."""

import numpy as np

from autograder.exercises.deep.cases import gradients
from autograder.exercises.deep.layer_parts import Norm, changed
from autograder.reference.deep import batch_norm_backward

FOUR = (
    "1, 1, 5, 5, running mean 3 and variance 4, gamma 1, upstream [4, 0, 0, 0]: "
    "[1, -1, 0, 0] in training, [2, 0, 0, 0] in test mode."
)
TEST = "In test mode mean and variance are constants: dX = gamma dvalues / sqrt(running_variance + eps)."
TRAIN = "In training the batch's mean and deviation move with every x: batch_norm_backward, with the layer's own eps."
GAMMA = "dweights = sum of dvalues times the x-hat of the last forward, dbiases = sum of dvalues, both (1, D)."


def mistake(name, *hints, **methods):
    gradients.mistake(name, *hints)(changed(Norm, **methods))


def with_other(which, change):
    """A way back in which one of (dinputs, dweights, dbiases) is another."""

    def back(right):
        def method(self, dvalues):
            found = list(right(self, dvalues))
            found[which] = change(self, dvalues, found[which])
            return tuple(found)

        return method

    return {"train_back": back(Norm.train_back), "test_back": back(Norm.test_back)}


def formula_with_running(self, dvalues):
    """The training formula, with the x-hat and the deviation of test mode."""
    dinputs, dweights, dbiases = Norm.test_back(self, dvalues)
    along = dinputs - dinputs.mean(axis=0, keepdims=True)
    normal = self.normal_in_test()
    return along - normal * (dinputs * normal).mean(axis=0, keepdims=True), dweights, dbiases


def dinputs_as_in_training(self, dvalues):
    """dinputs alone, so that the mistake is known also where more is wrong."""
    return Norm.train_back(self, dvalues)[0], *Norm.test_back(self, dvalues)[1:]


for methods in (
    {"mode": lambda self: True},
    {"test_back": dinputs_as_in_training},
    {"test_back": formula_with_running},
):
    mistake(
        "training-formula-in-test-mode",
        "In test mode, does the running mean move when an x moves?",
        f"{FOUR} Is yours [1, -1, 0, 0] in both?",
        TEST,
        **methods,
    )
mistake(
    "constants-in-training",
    "In training, do the batch's mean and deviation move when an x moves?",
    f"{FOUR} Is yours [2, 0, 0, 0] in both? Right numbers add up to 0 in training.",
    TRAIN,
    mode=lambda self: False,
)
mistake(
    "modes-exchanged",
    "In which mode are mean and deviation constants?",
    f"{FOUR} Are yours exchanged?",
    f"{TRAIN} {TEST}",
    mode=lambda self: not self.training,
)


def in_constants(self, dvalues):
    """The batch's numbers, taken for constants."""
    s = np.sqrt(self.inputs.var(axis=0, keepdims=True) + self.eps)
    _, dweights, dbiases = Norm.train_back(self, dvalues)
    return dvalues * self.weights / s, dweights, dbiases


mistake(
    "batchs-numbers-as-constants",
    "In training, do the batch's mean and deviation move when an x moves?",
    f"{FOUR} Is yours [2, 0, 0, 0] in both?",
    TRAIN,
    train_back=in_constants,
)
mistake(
    "the-batchs-deviation-in-test-mode",
    "By what was x divided, in test mode: the batch's deviation, or the running one?",
    "A batch of one has the deviation 0. Is your gradient hundreds of times too large?",
    TEST,
    test_back=in_constants,
)
mistake(
    "running-variance-for-its-root",
    "What was x divided by in test mode: the running variance, or its root?",
    f"{FOUR} Is yours [1, 0, 0, 0] in test mode?",
    TEST,
    test_back=lambda self, dvalues: (
        dvalues * self.weights / (self.running_variance + self.eps),
        *Norm.test_back(self, dvalues)[1:],
    ),
)
mistake(
    "eps-missing-in-test-mode",
    "Where is eps in test mode?",
    "Running variance 4 and eps 0.1: s is 2.0248. Is yours 2?",
    TEST,
    test_back=lambda self, dvalues: (
        dvalues * self.weights / np.sqrt(self.running_variance),
        *Norm.test_back(self, dvalues)[1:],
    ),
)
mistake(
    "always-the-same-eps",
    "eps is an argument of BatchNorm. Does your way back use it?",
    "BatchNorm(3, eps=0.1): hand self.eps on to whatever works out s.",
    TRAIN,
    train_back=lambda self, dvalues: batch_norm_backward(dvalues, self.inputs, self.weights),
)
mistake(
    "not-divided-in-test-mode",
    "By what was x divided in test mode?",
    f"{FOUR} Is yours [4, 0, 0, 0] in test mode?",
    TEST,
    test_back=lambda self, dvalues: (dvalues * self.weights, *Norm.test_back(self, dvalues)[1:]),
)
mistake(
    "upstream-as-it-is-in-test-mode",
    "Does test mode hand the upstream on unchanged?",
    f"{FOUR} Is yours [4, 0, 0, 0] in test mode?",
    TEST,
    test_back=lambda self, dvalues: (dvalues + 0.0, *Norm.test_back(self, dvalues)[1:]),
)
mistake(
    "gamma-left-out-in-test-mode",
    "Between x-hat and the output stands a factor. Where is it on the way back from a test?",
    "With gamma 3 the four are [6, 0, 0, 0] in test mode.",
    TEST,
    test_back=lambda self, dvalues: (
        dvalues / np.sqrt(self.running_variance + self.eps),
        *Norm.test_back(self, dvalues)[1:],
    ),
)
mistake(
    "gamma-left-out-in-training",
    "Between x-hat and the output stands a factor. Where is it on the way back from training?",
    "With gamma 3 the four are [3, -3, 0, 0] in training.",
    TRAIN,
    train_back=lambda self, dvalues: batch_norm_backward(dvalues, self.inputs, np.ones_like(self.weights), self.eps),
)
mistake(
    "dweights-with-the-batchs-x-hat-in-test-mode",
    "Which x-hat did gamma multiply in test mode?",
    "A batch of one: the batch's x-hat is 0. Is your dweights 0?",
    GAMMA,
    test_back=lambda self, dvalues: (Norm.test_back(self, dvalues)[0], *Norm.train_back(self, dvalues)[1:]),
)
mistake(
    "dweights-with-the-running-x-hat-in-training",
    "Which x-hat did gamma multiply in training?",
    "The batch's own: dweights is the sum of dvalues times (X - mean) / s of this batch.",
    GAMMA,
    train_back=lambda self, dvalues: (Norm.train_back(self, dvalues)[0], *Norm.test_back(self, dvalues)[1:]),
)
mistake(
    "dweights-with-inputs",
    "Does gamma multiply the inputs, or x-hat?",
    "dinputs = ..., dweights = sum of dvalues times x-hat. Compare with batch_norm_backward.",
    GAMMA,
    **with_other(1, lambda self, dvalues, right: (dvalues * self.inputs).sum(axis=0, keepdims=True)),
)
mistake(
    "dweights-with-inputs-in-test-mode",
    "Does gamma multiply the inputs, or x-hat, in test mode?",
    "x = 9 with running mean 3 and variance 4: x-hat is 3.",
    GAMMA,
    test_back=with_other(1, lambda self, dvalues, right: (dvalues * self.inputs).sum(axis=0, keepdims=True))[
        "test_back"
    ],
)
mistake(
    "means-for-sums",
    "Gamma and beta serve all samples. Is what comes back from them added, or is its mean taken?",
    "Upstream [4, 0, 0, 0]: dbiases is 4, not 1.",
    GAMMA,
    train_back=lambda self, dvalues: tuple(
        one / (len(dvalues) if place else 1) for place, one in enumerate(Norm.train_back(self, dvalues))
    ),
    test_back=lambda self, dvalues: tuple(
        one / (len(dvalues) if place else 1) for place, one in enumerate(Norm.test_back(self, dvalues))
    ),
)
mistake(
    "dbiases-as-a-mean",
    "Beta serves all samples. Is what comes back from them added, or is its mean taken?",
    "Upstream [4, 0, 0, 0]: dbiases is 4, not 1.",
    GAMMA,
    **with_other(2, lambda self, dvalues, right: right / len(dvalues)),
)
mistake(
    "kept-axis-lost",
    "Which shape have weights and biases, and so their gradients?",
    "BatchNorm(3): dweights and dbiases are (1, 3), not (3,).",
    GAMMA,
    keep=lambda self, dinputs, dweights, dbiases: Norm.keep(self, dinputs, dweights[0], dbiases[0]),
)
mistake(
    "dweights-and-dbiases-exchanged",
    "Which of the two is gamma, and which is beta?",
    "weights is gamma: dweights = sum of dvalues times x-hat.",
    GAMMA,
    keep=lambda self, dinputs, dweights, dbiases: Norm.keep(self, dinputs, dbiases, dweights),
)
mistake(
    "nothing-for-gamma-and-beta-in-test-mode",
    "Do gamma and beta have slopes in test mode, too?",
    "Train, then test: dweights after the test belong to the test.",
    GAMMA,
    keep=lambda self, dinputs, dweights, dbiases: (
        Norm.keep(self, dinputs, dweights, dbiases) if self.training else setattr(self, "dinputs", dinputs)
    ),
)
for of_biases in (1.0, 0.0):  # how much of the last dbiases is added
    mistake(
        "added-to-the-last-gradients",
        "Is something left of the call before?",
        "Call forward and backward twice with the same numbers: is the second dweights twice the first?",
        "dweights and dbiases are set anew in every backward.",
        keep=lambda self, dinputs, dweights, dbiases, of_biases=of_biases: Norm.keep(
            self,
            dinputs,
            dweights + getattr(self, "dweights", 0.0),
            dbiases + of_biases * getattr(self, "dbiases", 0.0),
        ),
    )
mistake(
    "dinputs-not-kept",
    "The result is returned. Is it also kept?",
    "layer.dinputs, after backward: `gradient_sizes` reads it.",
    "self.dinputs, self.dweights, self.dbiases = ..., then return self.dinputs.",
    keep=lambda self, dinputs, dweights, dbiases: self.__dict__.update(dX=dinputs, dweights=dweights, dbiases=dbiases),
    hand_back=lambda self: self.dX,
)
mistake(
    "three-handed-back",
    "What does a layer's backward return: all three, or dinputs?",
    "The layer in front wants one array.",
    "Set dinputs, dweights and dbiases, and return self.dinputs.",
    hand_back=lambda self: (self.dinputs, self.dweights, self.dbiases),
)
mistake(
    "nothing-handed-back",
    "dinputs is kept. Is it also returned?",
    "print(layer.backward(dvalues)) shows None.",
    "The layer in front wants it: return self.dinputs.",
    hand_back=lambda self: setattr(self, "done", True),
)


@gradients.mistake(
    "running-numbers-moved-too-often",
    "Running numbers move once for each forward in training. Do yours also move in test mode, or where backward calls forward?",
    "Print running_mean before and after layer.forward(x, training=False), and before and after layer.backward(dvalues).",
    "A forward in test mode moves nothing; backward moves nothing but dinputs, dweights and dbiases.",
)
class _(Norm):
    def backward(self, dvalues):
        if self.training:
            self.forward(self.inputs)
        return super().backward(dvalues)


@gradients.mistake(
    "a-step-taken-going-back",
    "Who takes the step: backward, or the optimizer?",
    "Print the weights before and after backward.",
    "backward finds slopes; chapter 10's SGD takes the step.",
)
class _(Norm):
    def backward(self, dvalues):
        dinputs = super().backward(dvalues)
        self.weights = self.weights - 0.1 * self.dweights
        return dinputs


mistake(
    "nothing-for-gamma-and-beta-in-training",
    "Test, then train: whose dweights are there after the training step?",
    "Set layer.dweights and layer.dbiases to None before backward, and print them after it.",
    GAMMA,
    keep=lambda self, dinputs, dweights, dbiases: (
        setattr(self, "dinputs", dinputs) if self.training else Norm.keep(self, dinputs, dweights, dbiases)
    ),
)


@gradients.mistake(
    "batch-of-another-call",
    "Which inputs does backward look at after a forward in test mode: those of this forward, or of one before?",
    f"{FOUR} In test mode, after another batch in training: print self.inputs in backward.",
    "Both modes keep the inputs they are given.",
)
class _(Norm):
    def forward(self, inputs, training=True):
        before = getattr(self, "inputs", inputs)
        outputs = super().forward(inputs, training)
        self.inputs = inputs if training else before
        return outputs
