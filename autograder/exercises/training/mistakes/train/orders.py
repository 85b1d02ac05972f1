"""10-training: known mistakes of `train` in where an order comes from, how it is cut, and when the training ends."""

from itertools import product

import numpy as np

from autograder.exercises.training.cases import train
from autograder.exercises.training.mistakes.train.rows import LEFT_BEHIND, right
from autograder.exercises.training.train_parts import in_batches, trains
from autograder.reference import training as reference


def drawn(N, rng):
    """The order that is wanted."""
    return np.arange(N) if rng is None else rng.permutation(N)


def ranked(N, rng):
    """Another one, as good as any: the ranks of N random numbers."""
    return np.arange(N) if rng is None else np.argsort(rng.random(N))


def slices(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]


train.mistake(
    "another-order",
    "Every sample is used once, but not in the order that rng.permutation(N) draws. Which generator, and which of its "
    "methods, drew yours?",
    "np.random.default_rng(0).permutation(4) is [2, 0, 1, 3]. Draw 4 rows your way, with that generator made anew: what do "
    "you get?",
    "The order of an epoch is rng.permutation(N), with the rng that was handed in, asked once an epoch.",
)(trains(batches=lambda X, size, rng: slices(ranked(len(X), rng), size or len(X))))

equal_batches = train.mistake(
    "equal-batches",
    "Your batches come out as equal as can be. How many rows was each to have, and how many are left for the last?",
    "Print the length of each of your batches. 8 samples, batch_size 3: wanted are 3, 3 and 2. 7 samples: 3, 3 and 1.",
    "Batch k holds rows k batch_size to (k + 1) batch_size of the order, and the last what is left. array_split divides into "
    "a number of parts, and makes them alike.",
)


def split(order_of, number_of, mean):
    """Batches by array_split, in so many parts."""
    return trains(
        batches=lambda X, size, rng: np.array_split(order_of(len(X), rng), number_of(len(X), size or len(X))), mean=mean
    )


PARTS = (lambda N, size: N // size, lambda N, size: max(1, N // size), lambda N, size: -(-N // size))


def by_size(losses, sizes):
    return np.dot(losses, sizes) / sum(sizes)


for number_of, mean in product(PARTS, (by_size, lambda losses, sizes: np.mean(losses))):
    equal_batches(split(drawn, number_of, mean))
for number_of in PARTS[:2]:  # with the third, 8 in batches of 3 come out right: what shows is the order
    equal_batches(split(ranked, number_of, by_size))


@train.mistake(
    "targets-left-behind",
    *LEFT_BEHIND,
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    losses = []
    for _ in range(epochs):
        X = X if rng is None else rng.permutation(X)
        losses += list(right(network, X, t, optimizer, 1, batch_size))
    return losses


@train.mistake(
    "labels-left-behind",
    "In each batch, whose targets does your gradient look at: those of its own rows?",
    "Print rows and, beside them, what you use to pick from t, wherever t stands: is it the same?",
    "The same rows everywhere: X[rows] and t[rows], for the loss and for the gradient.",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    losses, size = np.zeros(epochs), batch_size or len(X)
    for epoch in range(epochs):
        for number, rows in enumerate(slices(drawn(len(X), rng), size)):
            p = reference.softmax(network.forward(X[rows]))
            losses[epoch] += reference.cross_entropy(p, t[rows]) * len(rows) / len(X)
            in_the_old_order = t[number * size :][: len(rows)]
            network.backward(reference.softmax_cross_entropy_backward(p, in_the_old_order))
            optimizer.step(network)
    return losses


@train.mistake(
    "returns-after-the-first-epoch",
    "Asked for 5 epochs, your train returned after the first. How far in does your `return` stand?",
    "Take epochs=3 in the cell with the Spy: three times through the rows, then three losses. How many of each do you get?",
    "The losses are returned once, when all epochs are over: shape (epochs,).",
)
def _(network, X, t, optimizer, epochs, batch_size=None, rng=None):
    return right(network, X, t, optimizer, 1, batch_size, rng)


after_one_batch = train.mistake(
    "returns-after-the-first-batch",
    "Your train returned after a single batch. How far in does your `return` stand?",
    "In the cell with the Spy, 8 samples in batches of 3 make three steps an epoch. How many steps do you see?",
    "The losses are returned once, when all batches of all epochs are over: shape (epochs,).",
)


def one_batch_only(share_of):
    """A `train` that returns within its inner loop."""

    def answer(network, X, t, optimizer, epochs, batch_size=None, rng=None):
        rows = in_batches(X, batch_size, rng)[0]
        p = reference.softmax(network.forward(X[rows]))
        loss = reference.cross_entropy(p, t[rows]) * share_of(len(rows), len(X))
        network.backward(reference.softmax_cross_entropy_backward(p, t[rows]))
        optimizer.step(network)
        return np.array([loss])

    return answer


after_one_batch(one_batch_only(lambda n, N: n / N))
after_one_batch(one_batch_only(lambda n, N: 1))
