"""14-deep: known mistakes of `BatchNorm.test`: a forward pass in test mode."""

import numpy as np

from autograder.exercises.deep.cases import test
from autograder.exercises.deep.layer_parts import Norm, changed

ONE = "x = 9 with running mean 3, running variance 4, gamma 1, beta 0, eps 0: 3 comes out."
RULE = "In test mode Y = weights (X - running_mean) / sqrt(running_variance + eps) + biases; nothing is moved."


def mistake(name, *hints, **methods):
    test.mistake(name, *hints)(changed(Norm, **methods))


def own(self, inputs):
    return inputs.mean(axis=0, keepdims=True), inputs.var(axis=0, keepdims=True)


mistake(
    "the-batch-in-test-mode",
    "In test mode there may be one sample only. Of whom are mean and variance?",
    f"{ONE} One sample has itself for a mean, and the variance 0: is yours nan?",
    RULE,
    in_test=own,
)


@test.mistake(
    "training-ignored",
    "What does your forward do with `training`?",
    f"{ONE} Is yours nan, and has the running mean moved to 3.6?",
    RULE,
)
class _(Norm):
    def forward(self, inputs, training=True):
        return super().forward(inputs, True)


@test.mistake(
    "running-numbers-moved-in-test-mode",
    "What a test shows must not depend on which samples were tested before. What moves in yours?",
    "Call forward twice in test mode: do running_mean and running_variance stay?",
    RULE,
)
class _(Norm):
    def forward(self, inputs, training=True):
        outputs = super().forward(inputs, training)
        if not training:
            self.move(inputs.mean(axis=0, keepdims=True), inputs.var(axis=0, keepdims=True))
        return outputs


@test.mistake(
    "moved-and-then-used",
    "What a test shows must not depend on which samples are tested. What moves in yours?",
    f"{ONE} Is the running mean 3.6 afterwards?",
    RULE,
)
class _(Norm):
    def in_test(self, inputs):
        self.move(inputs.mean(axis=0, keepdims=True), inputs.var(axis=0, keepdims=True))
        return self.running_mean, self.running_variance


mistake(
    "batch-mean-and-running-variance",
    "Whose mean is it, in test mode?",
    f"{ONE} Is yours 0?",
    RULE,
    in_test=lambda self, inputs: (own(self, inputs)[0], self.running_variance),
)
mistake(
    "running-mean-and-batch-variance",
    "Whose variance is it, in test mode?",
    f"{ONE} One sample alone has the variance 0.",
    RULE,
    in_test=lambda self, inputs: (self.running_mean, own(self, inputs)[1]),
)
mistake(
    "over-the-variance",
    "What is kept: the variance, or its root? What is x divided by?",
    f"{ONE} Is yours 1.5?",
    RULE,
    deviation=lambda self, variance: variance + self.eps,
)
mistake(
    "eps-missing",
    "Where is eps in test mode?",
    "Running variance 4 and eps 0.1: s is 2.0248. Is yours 2?",
    RULE,
    deviation=lambda self, variance: np.sqrt(variance),
)
mistake(
    "eps-outside-the-root",
    "Where does eps stand: under the root, or beside it?",
    "Running variance 4 and eps 0.1: s is 2.0248, not 2.1.",
    RULE,
    deviation=lambda self, variance: np.sqrt(variance) + self.eps,
)
mistake(
    "always-the-same-eps",
    "eps is an argument of BatchNorm. Do you use it, or a number of your own?",
    "BatchNorm(3, eps=0.1): s of a running variance of 4 is 2.0248.",
    RULE,
    deviation=lambda self, variance: np.sqrt(variance + 1e-5),
)
mistake(
    "mean-not-taken-off",
    "Where does 0 come to lie: at the running mean?",
    f"{ONE} Is yours 4.5?",
    RULE,
    in_test=lambda self, inputs: (0.0, self.running_variance),
)
mistake(
    "not-divided",
    "The running mean is taken off. By what is the rest divided?",
    f"{ONE} Is yours 6?",
    RULE,
    in_test=lambda self, inputs: (self.running_mean, 1.0 - self.eps),
)
mistake(
    "gamma-forgotten",
    "Do gamma and beta count in test mode, too?",
    f"{ONE} With gamma 2 it is 6.",
    RULE,
    applied=lambda self, normal: normal + self.biases,
)
mistake(
    "beta-forgotten",
    "Do gamma and beta count in test mode, too?",
    f"{ONE} With beta 1 it is 4.",
    RULE,
    applied=lambda self, normal: self.weights * normal,
)
mistake(
    "gamma-and-beta-forgotten",
    "Do gamma and beta count in test mode, too?",
    f"{ONE} With gamma 2 and beta 1 it is 7.",
    RULE,
    applied=lambda self, normal: normal,
)
mistake(
    "gamma-and-beta-exchanged",
    "Which of the two multiplies?",
    f"{ONE} With gamma 2 and beta 1 it is 7. Is yours 5?",
    RULE,
    applied=lambda self, normal: self.biases * normal + self.weights,
)
mistake(
    "old-and-batch-mixed",
    "Does the batch have a share in test mode?",
    f"{ONE} Is yours 2.846?",
    RULE,
    in_test=lambda self, inputs: (
        self.moved(self.running_mean, own(self, inputs)[0]),
        self.moved(self.running_variance, own(self, inputs)[1]),
    ),
)
mistake(
    "n-minus-one-in-test-mode",
    "Is the running variance to be corrected in test mode?",
    f"{ONE} The running variance is used as it is.",
    RULE,
    in_test=lambda self, inputs: (
        self.running_mean,
        self.running_variance * len(inputs) / max(len(inputs) - 1, 1),
    ),
)


@test.mistake("unchanged-in-test-mode", "Does test mode do nothing at all?", f"{ONE} Is yours 9?", RULE)
class _(Norm):
    def forward(self, inputs, training=True):
        return super().forward(inputs, True) if training else 1.0 * inputs


@test.mistake(
    "nothing-in-test-mode",
    "What does forward return if training is False?",
    "print(layer.forward(batch, training=False)) shows None.",
    RULE,
)
class _(Norm):
    def forward(self, inputs, training=True):
        if training:
            return super().forward(inputs, True)
        return None
