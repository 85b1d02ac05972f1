"""10-training: known mistakes of `train` in what goes back, and in the loss of one batch."""

import numpy as np

from autograder.exercises.training.cases import train
from autograder.exercises.training.train_parts import in_batches, trains
from autograder.reference.softmax import cross_entropy, softmax, softmax_backward, softmax_cross_entropy_backward


def one_hot(t, p):
    return np.eye(p.shape[1])[t]


train.mistake(
    "away-from-the-target",
    "Your loss climbs. A class that is wrong and likely: should its score rise or fall?",
    "p = [0.7, 0.3], t = 1, one sample: what goes back is [0.7, -0.7].",
    "(p - onehot) / N: what was claimed, minus what was true.",
)(trains(gradient=lambda p, t: (one_hot(t, p) - p) / len(p)))

train.mistake(
    "no-division-by-N",
    "The loss is a mean over the batch. Where does your gradient pay the 1/N?",
    "The same four samples twice over should take the same step. Yours takes a longer one.",
    "(p - onehot) / N, with N the samples of this batch: once, in the loss's backward pass.",
)(trains(gradient=lambda p, t: p - one_hot(t, p)))

train.mistake(
    "divided-by-N-twice",
    "How often is your gradient divided by N?",
    "Your softmax_cross_entropy_backward holds the 1/N already. What does another one do to the step?",
    "1/N is paid once: in the loss's backward pass, and nowhere in the loop.",
)(trains(gradient=lambda p, t: softmax_cross_entropy_backward(p, t) / len(p)))

train.mistake(
    "divided-by-all-entries",
    "A mean over what: samples, or samples times classes?",
    "Two samples, three classes: divide by 2, not by 6.",
    "(p - onehot) / N, with N the rows of p.",
)(trains(gradient=lambda p, t: (p - one_hot(t, p)) / p.size))


def with_the_whole_N(network, X, t, optimizer, gradient, loss, whole):
    p = softmax(network.forward(X))
    said = loss(p, t)
    network.backward((p - one_hot(t, p)) / whole)
    optimizer.step(network)
    return said


train.mistake(
    "divided-by-the-whole-set",
    "A batch of 3 from 8 samples: over how many is this batch's loss a mean?",
    "One batch of all samples looks right; batches of 3 take steps that are too short.",
    "The N of (p - onehot) / N is the number of samples in the batch at hand.",
)(trains(batch=with_the_whole_N))

train.mistake(
    "through-softmax-twice",
    "(p - onehot)/N has been through softmax already. Where do you send it?",
    "p = [0.7, 0.3], t = 1, one sample: the network should get [0.7, -0.7].",
    "What the combined backward returns is the gradient of the scores: straight into network.backward.",
)(trains(gradient=lambda p, t: softmax_backward(softmax_cross_entropy_backward(p, t), p)))

train.mistake(
    "softmax-not-passed",
    "You send back the gradient of the probabilities. What stands between them and the network's scores?",
    "p = [0.7, 0.3], t = 1, one sample: the network should get [0.7, -0.7], not [0, -3.33].",
    "The loss's gradient goes through softmax first; the two together give (p - onehot) / N.",
)(trains(gradient=lambda p, t: -one_hot(t, p) / np.clip(p, 1e-12, None) / len(p)))

p_itself = train.mistake(
    "probabilities-sent-back",
    "You send p back. Where do the targets come in?",
    "p = [0.7, 0.3], t = 1, one sample: the network should get [0.7, -0.7].",
    "(p - onehot) / N.",
)
p_itself(trains(gradient=lambda p, t: p / len(p)))
p_itself(trains(gradient=lambda p, t: p))

train.mistake(
    "a-column-for-every-label",
    "p[:, t] -= 1 reaches every row, once for each label. Which cells did you mean?",
    "Two samples with labels 0 and 1: only p[0, 0] and p[1, 1] lose 1. Yours loses four.",
    "Pairs: row n with its own label t[n].",
)(trains(gradient=lambda p, t: (p - one_hot(t, p).max(axis=0)) / len(p)))


def corrupted(network, X, t, optimizer, gradient, loss, whole):
    p = softmax(network.forward(X))
    dz = p
    dz[np.arange(len(t)), t] -= 1
    dz /= len(t)
    network.backward(dz)
    optimizer.step(network)
    return cross_entropy(p, t)


train.mistake(
    "probabilities-overwritten",
    "dz = p makes no copy. When you work out the loss, what is left in p?",
    "Print p before and after `dz -= ...`.",
    "Take the loss first, or let dz be a copy of p.",
)(trains(batch=corrupted))


def without_softmax(network, X, t, optimizer, gradient, loss, whole):
    p = network.forward(X)
    said = loss(p, t)
    network.backward(gradient(p, t))
    optimizer.step(network)
    return said


train.mistake(
    "scores-taken-for-probabilities",
    "What does the network return: probabilities, or scores?",
    "Do the rows of what you hand to the loss add up to 1?",
    "Softmax comes between network.forward and the loss.",
)(trains(batch=without_softmax))


def unshifted(scores):
    e = np.exp(scores)
    return e / e.sum(axis=1, keepdims=True)


def overflowing(network, X, t, optimizer, gradient, loss, whole):
    p = unshifted(network.forward(X))
    said = loss(p, t)
    network.backward(gradient(p, t))
    optimizer.step(network)
    return said


train.mistake(
    "softmax-overflows",
    "Scores around 1000: what is e to the 1000 in your softmax?",
    "softmax of [1000, 1001] is that of [0, 1].",
    "Take each row's largest score away before the exponential. (Is it the softmax you pasted?)",
)(trains(batch=overflowing))


def softmax_down_the_columns(network, X, t, optimizer, gradient, loss, whole):
    p = softmax(network.forward(X).T).T
    said = loss(p, t)
    network.backward(gradient(p, t))
    optimizer.step(network)
    return said


train.mistake(
    "softmax-down-the-columns",
    "Over what do your exponentials add up: the classes of a sample, or the samples of a batch?",
    "Print p.sum(axis=1): each row should add up to 1.",
    "Softmax works along axis 1, row by row. (Is it the softmax you pasted?)",
)(trains(batch=softmax_down_the_columns))

train.mistake(
    "loss-not-a-mean",
    "Is your loss larger for more samples?",
    "At chance, with three classes, it should be near 1.1, however many samples there are.",
    "A mean over the samples seen in the epoch, not their sum.",
)(trains(mean=lambda losses, sizes: np.dot(losses, sizes)))

train.mistake(
    "mean-over-all-entries",
    "A mean over what: samples, or samples times classes?",
    "At chance, with three classes, the loss is ln 3 = 1.0986. Yours is about a third of that.",
    "The sum of -ln p[n, t[n]] over the samples, divided by their number.",
)(trains(loss=lambda p, t: cross_entropy(p, t) / p.shape[1]))

train.mistake(
    "loss-with-the-wrong-sign",
    "Can a cross-entropy be negative?",
    "p = 0.5 for the right class: the loss is 0.693.",
    "Minus the logarithm of the right class's probability.",
)(trains(loss=lambda p, t: -cross_entropy(p, t)))

train.mistake(
    "accuracy-for-a-loss",
    "You note how many were classified rightly. What was asked for?",
    "At chance, with three classes, the loss is near 1.1.",
    "The cross-entropy of each batch, as a mean over samples.",
)(trains(loss=lambda p, t: float(np.mean(p.argmax(axis=1) == t))))


def loss_after_the_step(network, X, t, optimizer, gradient, loss, whole):
    p = softmax(network.forward(X))
    network.backward(gradient(p, t))
    optimizer.step(network)
    return loss(softmax(network.forward(X)), t)


train.mistake(
    "loss-after-the-step",
    "You ask for the loss when the step has been taken. Which p was the gradient made of?",
    "The first loss should be that of the untouched network.",
    "One forward pass a batch: its p gives the loss and the gradient; then the step.",
)(trains(batch=loss_after_the_step))


def stepped_first(network, X, t, optimizer, gradient, loss, whole):
    p = softmax(network.forward(X))
    optimizer.step(network)
    network.backward(gradient(p, t))
    return loss(p, t)


train.mistake(
    "step-before-backward",
    "Your optimizer steps before the gradients are there. From which gradients?",
    "In the very first step a layer has no dweights yet.",
    "Forward, loss, backward, step: in this order.",
)(trains(batch=stepped_first))


def never_steps(network, X, t, optimizer, gradient, loss, whole):
    p = softmax(network.forward(X))
    network.backward(gradient(p, t))
    return loss(p, t)


train.mistake(
    "no-step",
    "Your loop never asks the optimizer for a step. Who moves the parameters?",
    "Compare the weights of one layer before and after the call (`.copy()` first).",
    "After every backward pass the optimizer takes its step with the network.",
)(trains(batch=never_steps))


@train.mistake(
    "forward-once-and-for-all",
    "After a step the network says something else. When do you ask it again?",
    "All samples at once, two epochs: your two losses are the same.",
    "Forward, loss, backward, step belong together, inside the loop.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    p = softmax(network.forward(X))
    losses = []
    for _ in range(epochs):
        losses.append(cross_entropy(p, t))
        network.backward(softmax_cross_entropy_backward(p, t))
        optimizer.step(network)
    return np.array(losses)


@train.mistake(
    "steps-pile-up-at-the-end",
    "How many steps does an epoch with three batches have?",
    "8 samples in batches of 3: steps after samples 3, 6 and 8. Yours steps only after the last.",
    "A step for every batch, inside the inner loop.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    losses = []
    for _ in range(epochs):
        total = 0.0
        for rows in in_batches(X, batch_size, rng):
            p = softmax(network.forward(X[rows]))
            total += cross_entropy(p, t[rows]) * len(rows)
            network.backward(softmax_cross_entropy_backward(p, t[rows]))
        optimizer.step(network)
        losses.append(total / len(X))
    return losses


@train.mistake(
    "divided-by-batch-size",
    "8 samples in batches of 3: how many are in the last one, and by how many is its gradient divided?",
    "The last batch has 2 samples: its mean is their sum over 2. Yours is over 3, a step too short.",
    "(p - onehot) / N, with N the samples that are in this batch, len(rows).",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    def gradient(p, t):
        return (p - one_hot(t, p)) / (batch_size or len(p))

    return trains(gradient=gradient)(network, X, t, optimizer, epochs, batch_size, rng)
