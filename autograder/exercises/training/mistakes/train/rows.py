"""10-training: known mistakes of `train` in which samples make a batch, and in what is said of an epoch."""

import copy

import numpy as np

from autograder.exercises.training.cases import train
from autograder.exercises.training.train_parts import in_batches, one_batch, trains
from autograder.reference import training as reference

right = trains()
LEFT_BEHIND = (
    "You shuffle the samples. Do the targets come along?",
    "Print X[rows] and t[rows] of one batch beside the data: does each sample still have its own target?",
    "The same rows for both: X[rows] and t[rows].",
)

train.mistake(
    "batch-size-ignored",
    "How many samples go through the network at once when batch_size is 3?",
    "8 samples, batch_size 3: three steps an epoch, with 3, 3 and 2 samples.",
    "Slices of batch_size rows, one after the other; all rows at once only where batch_size is None.",
)(trains(batches=lambda X, batch_size, rng: in_batches(X, None, rng)))

dropped = train.mistake(
    "last-batch-dropped",
    "8 samples in batches of 3: what becomes of the last two?",
    "Let starts run 0, 3, 6; a slice that reaches past the end is just shorter.",
    "Every sample is used once an epoch; the last batch may be smaller.",
)


def whole_batches(X, size, rng):
    """The batches that are full; none where size is larger than N."""
    return [rows for rows in in_batches(X, size, rng) if len(rows) == (size or len(X))]


dropped(trains(batches=whole_batches))


@dropped
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    summed = trains(batches=whole_batches, mean=lambda losses, sizes: float(np.dot(losses, sizes)))
    return summed(network, X, t, optimizer, epochs, batch_size, rng) / len(X)


dropped(trains(batches=whole_batches, mean=lambda losses, sizes: float(sum(losses)) / len(losses)))

train.mistake(
    "never-shuffled",
    "You are given an rng. Where do you use it?",
    "Print the rows of the first batch in two epochs: with an rng they should differ.",
    "At the start of every epoch: order = rng.permutation(N); batches are slices of order.",
)(trains(batches=lambda X, size, rng: in_batches(X, size, None)))


@train.mistake(
    "shuffled-once",
    "Your order is drawn once, before the first epoch. How many orders does the training need?",
    "Print the rows of the first batch in two epochs: they should differ.",
    "A new rng.permutation(N) in every epoch.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    order = np.arange(len(X)) if rng is None else rng.permutation(len(X))
    return right(network, X[order], t[order], optimizer, epochs, batch_size)


@train.mistake(
    "shuffles-the-shuffled",
    "Every sample is used, and training works. But each order is laid over the one before: is that still what rng drew?",
    "In epoch 2 the first row of your first batch should be X[order[0]], with X as it was given.",
    "Draw order anew in every epoch, and take X[order[...]] from the X that you were given.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    losses = []
    for _ in range(epochs):
        if rng is not None:
            order = rng.permutation(len(X))
            X, t = X[order], t[order]
        losses += list(right(network, X, t, optimizer, 1, batch_size))
    return losses


@train.mistake(
    "targets-left-behind",
    *LEFT_BEHIND,
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    losses = []
    for _ in range(epochs):
        order = np.arange(len(X)) if rng is None else rng.permutation(len(X))
        losses += list(right(network, X[order], t, optimizer, 1, batch_size))
    return losses


@train.mistake(
    "two-shuffles",
    "You shuffle X, and then t. Are those the same shuffle?",
    "Print X[rows] and t[rows] of one batch beside the data: does each sample still have its own target?",
    "One order an epoch, used for both.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    losses = []
    for _ in range(epochs):
        X_now, t_now = (X, t) if rng is None else (X[rng.permutation(len(X))], t[rng.permutation(len(X))])
        losses += list(right(network, X_now, t_now, optimizer, 1, batch_size))
    return losses


@train.mistake(
    "shuffles-the-callers-data",
    "rng.shuffle(X) turns the caller's own samples about. And their targets stay?",
    "Print X before and after the call.",
    "Shuffle row numbers, not rows: order = rng.permutation(N).",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    losses = []
    for _ in range(epochs):
        if rng is not None:
            rng.shuffle(X)
        losses += list(right(network, X, t, optimizer, 1, batch_size))
    return losses


train.mistake(
    "drawn-with-replacement",
    "You draw rows so that one may come twice and another never. How often should each be used in an epoch?",
    "Count: after one epoch every sample should have been in exactly one batch.",
    "rng.permutation(N): every row number, once.",
)(
    trains(
        batches=lambda X, size, rng: (
            in_batches(X, size, rng)
            if rng is None
            else [rng.integers(len(X), size=len(rows)) for rows in in_batches(X, size, None)]
        )
    )
)

train.mistake(
    "one-batch-an-epoch",
    "What is an epoch: one batch, or every sample once?",
    "8 samples, batch_size 3: three batches an epoch. Yours takes one.",
    "An inner loop over starts 0, batch_size, 2 batch_size, ... until all rows are used.",
)(trains(batches=lambda X, size, rng: in_batches(X, size, rng)[:1]))

train.mistake(
    "overlapping-batches",
    "Do your batches start one row apart, or one batch apart?",
    "8 samples, batch_size 3: the starts are 0, 3 and 6.",
    "range(0, N, batch_size): in strides of a batch.",
)(
    trains(
        batches=lambda X, size, rng: (
            [np.concatenate(in_batches(X, size, rng))[start : start + size] for start in range(len(X) if size else 1)]
            if size
            else in_batches(X, size, rng)
        )
    )
)

train.mistake(
    "one-sample-at-a-time",
    "How many samples does one step rest on here?",
    "batch_size None means all N samples in one step.",
    "Slices of batch_size rows; None stands for N.",
)(trains(batches=lambda X, size, rng: in_batches(X, size if size else 1, rng)))

train.mistake(
    "mean-of-batch-means",
    "Batches of 3, 3 and 2 samples: do they weigh the same in your mean?",
    "Batch losses 1, 1 and 4: over 8 samples that is (3 + 3 + 8) / 8 = 1.75, not 2.",
    "Each batch's loss times its number of samples, added up, divided by N.",
)(trains(mean=lambda losses, sizes: np.mean(losses)))

train.mistake(
    "loss-of-the-last-batch",
    "An epoch has several batches. Which of them does your loss speak of?",
    "Batch losses 1, 1 and 4, of 3, 3 and 2 samples: 1.75, not 4.",
    "The mean over all samples seen in the epoch.",
)(trains(mean=lambda losses, sizes: losses[-1]))

train.mistake(
    "loss-of-the-first-batch",
    "An epoch has several batches. Which of them does your loss speak of?",
    "Batch losses 1, 1 and 4, of 3, 3 and 2 samples: 1.75, not 1.",
    "The mean over all samples seen in the epoch. Is the `return` or `append` inside the inner loop?",
)(trains(mean=lambda losses, sizes: losses[0]))


def after_the_epoch(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    losses = []
    for _ in range(epochs):
        right(network, X, t, optimizer, 1, batch_size, rng)
        losses.append(reference.cross_entropy(reference.softmax(network.forward(X)), t))
    return losses


train.mistake(
    "loss-after-the-epoch",
    "You ask for the loss when the epoch is over. With which parameters was it to be measured?",
    "All samples at once, one epoch: the loss is that of the untouched network.",
    "Each batch's loss comes from the forward pass of its own step, before the step.",
)(after_the_epoch)


@train.mistake(
    "one-loss-a-batch",
    "How many losses does your list get in an epoch?",
    "Four epochs: four losses, however many batches there are.",
    "One mean for each epoch: append after the inner loop.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    losses = []
    for _ in range(epochs):
        for rows in in_batches(X, batch_size, rng):
            losses.append(
                one_batch(
                    network,
                    X[rows],
                    t[rows],
                    optimizer,
                    reference.softmax_cross_entropy_backward,
                    reference.cross_entropy,
                    len(X),
                )
            )
    return np.array(losses)


@train.mistake(
    "total-never-reset",
    "When the second epoch begins, what stands in your total?",
    "Losses 1 and 0.8 should be noted as 1 and 0.8. Yours would be 1 and 1.8.",
    "Each epoch starts with a total of 0.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    return np.cumsum(right(network, X, t, optimizer, epochs, batch_size, rng))


@train.mistake(
    "the-last-loss-only",
    "How many losses were asked for?",
    "Five epochs: an array of five.",
    "One loss for each epoch, in a list or an array.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    return right(network, X, t, optimizer, epochs, batch_size, rng)[-1]


@train.mistake(
    "one-epoch-too-few",
    "How many turns does range(1, epochs) take?",
    "epochs = 1 should give one loss and at least one step.",
    "range(epochs): one turn for every epoch.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    return right(network, X, t, optimizer, epochs - 1, batch_size, rng)


@train.mistake(
    "one-epoch-too-many",
    "How many times do you go through the data, and how many losses do you note?",
    "Five epochs: five times, five losses.",
    "range(epochs): one turn for every epoch.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    return right(network, X, t, optimizer, epochs + 1, batch_size, rng)


@train.mistake(
    "a-copy-is-trained",
    "You train a copy. What does the caller's network learn?",
    "Compare the weights of one layer before and after the call (`.copy()` first).",
    "The network itself is to be changed: no deep copy.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    return right(copy.deepcopy(network), X, t, optimizer, epochs, batch_size, rng)


@train.mistake(
    "returns-nothing",
    "What does whoever calls train get?",
    "Print train(...): it should be the losses.",
    "After the last epoch the losses are returned, one for each.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    right(network, X, t, optimizer, epochs, batch_size, rng)


@train.mistake(
    "batch-size-none-not-expected",
    "What is batch_size when nobody gives one?",
    "Call train without batch_size: it is None, and range cannot count in strides of None.",
    "Where batch_size is None, a batch is all N samples.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    return [right(network, X, t, optimizer, epochs, batch_size, rng) for _ in range(0, len(X), batch_size)]


@train.mistake(
    "rng-none-not-expected",
    "What is rng when nobody gives one?",
    "Call train without rng: it is None, and None has no permutation.",
    "Where rng is None the rows stay in their order.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    return [rng.permutation(len(X)) for _ in range(epochs)]
