"""14-deep: known mistakes of `BatchNorm.running`: how a layer begins, and what batches make of its running numbers."""

import numpy as np

from autograder.exercises.deep.cases import running
from autograder.exercises.deep.layer_parts import Norm, changed

RULE = "running = momentum * running + (1 - momentum) * batch, for mean and variance, in training."
FIRST = "From mean 0 and variance 1, a batch 1, 1, 5, 5 (mean 3, variance 4) makes 0.3 and 1.3, with momentum 0.9."
START = "weights ones, biases zeros, running_mean zeros, running_variance ones, all (1, D)."
TRAIN = "In training Y = weights (X - mean) / sqrt(var + eps) + biases, with mean and var of this very batch."


def mistake(name, *hints, **methods):
    running.mistake(name, *hints)(changed(Norm, **methods))


def starting(**numbers):
    """A start in which these numbers are other ones."""

    def start(self, n_features):
        Norm.start(self, n_features)
        for name, make in numbers.items():
            setattr(self, name, make((1, n_features)))

    return start


mistake(
    "momentum-turned-round",
    "Which share has the old number: 0.9, or 0.1?",
    f"{FIRST} Are yours 2.7 and 3.7?",
    f"{RULE} (`torch.nn.BatchNorm1d`, PyTorch 2.13, counts it the other way: its momentum is 0.1.)",
    moved=lambda self, old, batch: (1 - self.momentum) * old + self.momentum * batch,
)
mistake(
    "running-variance-starts-at-zero",
    "Before the first batch: which variance leaves numbers as they are?",
    f"{FIRST} Is your variance 0.4?",
    START,
    start=starting(running_variance=np.zeros),
)
mistake(
    "running-mean-starts-at-one",
    "Before the first batch: which mean leaves numbers as they are?",
    f"{FIRST} Is your mean 1.2?",
    START,
    start=starting(running_mean=np.ones),
)
mistake(
    "starts-exchanged",
    "Which of the two begins at 0, and which at 1?",
    FIRST,
    START,
    start=starting(running_mean=np.ones, running_variance=np.zeros),
)
mistake(
    "weights-start-at-zero",
    "With which gamma does x-hat leave the layer as it is?",
    "Print the outputs of a new layer: are they all 0?",
    START,
    start=starting(weights=np.zeros),
)
mistake(
    "biases-start-at-one",
    "With which beta does x-hat leave the layer as it is?",
    "Print the mean of a new layer's outputs: is it 1?",
    START,
    start=starting(biases=np.ones),
)
mistake(
    "weights-drawn",
    "gamma is no table of weights: there is one number a feature. With which does x-hat leave as it is?",
    "Print the weights of a new layer.",
    START,
    start=starting(weights=lambda shape: np.random.default_rng(0).normal(size=shape) * np.sqrt(2 / shape[1])),
)
mistake(
    "shapes-without-the-one",
    "Which shape have gamma and the running numbers?",
    "BatchNorm(3).weights.shape should be (1, 3).",
    START,
    start=lambda self, n_features: self.__dict__.update(
        weights=np.ones(n_features),
        biases=np.zeros(n_features),
        running_mean=np.zeros(n_features),
        running_variance=np.ones(n_features),
    ),
)
mistake(
    "running-shapes-without-the-one",
    "Which shape have the running numbers?",
    "BatchNorm(3).running_mean.shape should be (1, 3).",
    START,
    start=lambda self, n_features: (
        Norm.start(self, n_features),
        self.__dict__.update(running_mean=np.zeros(n_features), running_variance=np.ones(n_features)),
    ),
    moved=lambda self, running, batch: Norm.moved(self, running, np.ravel(batch)),
)
mistake(
    "n-minus-one-kept",
    "Is the running variance made of the batch's variance with 1/N?",
    f"{FIRST} Is your variance 1.4333? (`torch.nn.BatchNorm1d`, PyTorch 2.13, keeps that one.)",
    RULE,
    remembered=lambda self, variance, inputs: variance * len(inputs) / max(len(inputs) - 1, 1),
)
mistake(
    "n-minus-one",
    "Is the variance of this course divided by N, or by N - 1?",
    f"{FIRST} Is your variance 1.4333, and are the outputs 0.866?",
    "var = mean of (x - mean)^2, with 1/N; np.var does so by itself.",
    variance_of=lambda self, inputs: inputs.var(axis=0, keepdims=True) * len(inputs) / max(len(inputs) - 1, 1),
)
mistake(
    "deviation-kept",
    "Which of the two is running: the variance, or the deviation?",
    f"{FIRST} Is your variance 1.1?",
    RULE,
    remembered=lambda self, variance, inputs: np.sqrt(variance),
)
mistake(
    "eps-kept",
    "Is eps part of the variance, or only of what is divided by?",
    "A variance of 4 is 4, not 4.00001: the running one is off in the sixth digit.",
    RULE,
    remembered=lambda self, variance, inputs: variance + self.eps,
)
mistake(
    "last-batch-only",
    "How much of the old numbers is left after a batch?",
    f"{FIRST} Are yours 3 and 4?",
    RULE,
    moved=lambda self, old, batch: batch,
)
mistake(
    "never-moved",
    "Print the running numbers after a batch. Have they moved?",
    FIRST,
    RULE,
    moved=lambda self, old, batch: old,
)
mistake(
    "batch-not-weighted",
    "The old number has the share 0.9. Which share has the batch?",
    f"{FIRST} Are yours 3 and 4.9?",
    RULE,
    moved=lambda self, old, batch: self.momentum * old + batch,
)
mistake(
    "old-not-weighted",
    "The batch has the share 0.1. Which share has the old number?",
    f"{FIRST} Is your variance 1.4?",
    RULE,
    moved=lambda self, old, batch: old + (1 - self.momentum) * batch,
)
mistake(
    "plain-average-of-old-and-batch",
    "Do old and batch have the same share?",
    f"{FIRST} Are yours 1.5 and 2.5?",
    RULE,
    moved=lambda self, old, batch: (old + batch) / 2,
)
mistake(
    "always-momentum-0.9",
    "momentum is an argument. Do you use it, or a number of your own?",
    "With momentum=0.75 a first batch of mean 3 makes 0.75.",
    RULE,
    moved=lambda self, old, batch: 0.9 * old + 0.1 * batch,
)


def mean_only(self, mean, variance):
    self.running_mean = self.moved(self.running_mean, mean)


def variance_only(self, mean, variance):
    self.running_variance = self.moved(self.running_variance, variance)


mistake("mean-only", "Which of the two running numbers stands still?", FIRST, RULE, move=mean_only)
mistake("variance-only", "Which of the two running numbers stands still?", FIRST, RULE, move=variance_only)


def about_the_running_mean(self, mean, variance):
    self.running_mean = self.moved(self.running_mean, mean)
    spread = np.mean((self.inputs - self.running_mean) ** 2, axis=0, keepdims=True)
    self.running_variance = self.moved(self.running_variance, spread)


mistake(
    "variance-about-the-running-mean",
    "From where is the batch's variance measured: from its own mean, or from the running one?",
    f"{FIRST} Is your variance 2.029?",
    "var is the batch's own: mean of (x - mean)^2, with the mean of this batch.",
    move=about_the_running_mean,
)


def only_the_first(self, mean, variance):
    if not hasattr(self, "started"):
        self.started = True
        Norm.move(self, mean, variance)


mistake(
    "first-batch-only",
    "Do later batches move the running numbers, too?",
    "Mean after 1, 5, 20 batches of mean 3: 0.3, 1.2285, 2.6353.",
    RULE,
    move=only_the_first,
)


def first_as_it_is(self, mean, variance):
    first = not hasattr(self, "started")
    self.started = True
    self.running_mean, self.running_variance = (mean, variance) if first else (
        self.moved(self.running_mean, mean),
        self.moved(self.running_variance, variance),
    )  # fmt: skip


mistake(
    "first-batch-as-it-is",
    "Does the first batch count like any other?",
    f"{FIRST} Are yours 3 and 4?",
    RULE,
    move=first_as_it_is,
)
mistake(
    "one-running-number-for-all-features",
    "Is there one running mean, or one for each feature?",
    "Three features on different scales: three running means.",
    RULE,
    moved=lambda self, old, batch: self.momentum * old + (1 - self.momentum) * batch.mean() + 0.0 * old,
)
mistake(
    "running-numbers-in-training",
    "Which mean and variance normalise in training: the batch's, or the running ones?",
    "1, 1, 5, 5 comes out of a new layer as -1, -1, 1, 1.",
    TRAIN,
    by_which=lambda self, mean, variance: (self.running_mean, self.running_variance),
)


@running.mistake(
    "running-numbers-moved-then-used",
    "Which mean and variance normalise in training: the batch's, or the running ones?",
    "1, 1, 5, 5 comes out of a new layer as -1, -1, 1, 1.",
    TRAIN,
)
class _(Norm):
    def forward(self, inputs, training=True):
        super().forward(inputs, training)
        normal = (inputs - self.running_mean) / np.sqrt(self.running_variance + self.eps)
        return self.weights * normal + self.biases


mistake(
    "over-the-features",
    "Who shares a mean: all samples of a feature, or all features of a sample?",
    "BatchNorm(3) keeps three running means, however many samples come.",
    "Batch norm takes its means over the samples, axis=0.",
    mean_of=lambda self, inputs: inputs.mean(axis=1, keepdims=True),
    variance_of=lambda self, inputs: inputs.var(axis=1, keepdims=True),
)
mistake(
    "eps-missing",
    "What is divided by, if the variance is small?",
    "Batches of one: the variance is 0. Are your outputs nan?",
    TRAIN,
    deviation=lambda self, variance: np.sqrt(variance),
)
mistake(
    "eps-outside-the-root",
    "Where does eps stand: under the root, or beside it?",
    "Variance 4 and eps 0.1: s is sqrt(4.1) = 2.0248, not 2.1.",
    TRAIN,
    deviation=lambda self, variance: np.sqrt(variance) + self.eps,
)
mistake(
    "over-the-variance",
    "What is x divided by: the variance, or its root?",
    "1, 1, 5, 5 comes out of a new layer as -1, -1, 1, 1, not as halves.",
    TRAIN,
    deviation=lambda self, variance: variance + self.eps,
)


@running.mistake(
    "none-comes-out",
    "The running numbers move. What does forward return?",
    "print(layer.forward(batch)) shows None.",
    TRAIN,
)
class _(Norm):
    def forward(self, inputs, training=True):
        super().forward(inputs, training)


@running.mistake(
    "modes-exchanged",
    "In which of the two modes are the running numbers used, and in which are they moved?",
    FIRST,
    f"{TRAIN} {RULE}",
)
class _(Norm):
    def forward(self, inputs, training=True):
        return super().forward(inputs, not training)


mistake(
    "n-minus-one-for-running",
    "Your running variance is a little too large. By what is the variance of a batch divided here: by N, or by N - 1?",
    f"{FIRST} Is your variance 1.4333? A batch 1, 1, 5, 5 has variance 4 with 1/N, and 5.33 with 1/(N - 1).",
    f"{RULE} (`torch.nn.BatchNorm1d`, PyTorch 2.13, keeps the one with N - 1, and normalises with the one with N.)",
    remembered=lambda self, variance, inputs: inputs.var(axis=0, keepdims=True, ddof=1),
)
