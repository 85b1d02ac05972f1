"""14-deep: known mistakes of `gradient_sizes`."""

import numpy as np

from autograder.exercises.deep.cases import gradient_sizes

SIZE = "The size of an array is the root of the mean of its squares: [3, -4] has sqrt((9 + 16) / 2) = 3.54."


def of_each(name, *hints):
    """A mistake that takes another size of each layer's dinputs."""

    def register(size):
        def answer(network, dvalues):
            network.backward(dvalues)
            return np.array([size(layer.dinputs) for layer in network.layers])

        gradient_sizes.mistake(name, *hints)(answer)

    return register


def instead(name, *hints):
    return gradient_sizes.mistake(name, *hints)


def rms(array):
    return np.sqrt(np.mean(array**2))


of_each("root-forgotten", "You have the mean of the squares. What is missing?", SIZE, "sqrt(mean(dinputs^2)).")(
    lambda array: np.mean(array**2)
)
of_each("sum-for-the-mean", "Is it the sum of the squares, or their mean?", SIZE, "sqrt(mean(dinputs^2)).")(
    lambda array: np.sqrt(np.sum(array**2))
)
of_each(
    "over-samples-only",
    "Over how many numbers is the mean: the samples, or all entries?",
    "Ones of shape (2, 3) have the size 1. Is yours 1.73?",
    "sqrt(mean(dinputs^2)), over all entries.",
)(lambda array: np.sqrt(np.sum(array**2) / len(array)))
of_each(
    "over-features-only",
    "Over how many numbers is the mean: the features, or all entries?",
    "Ones of shape (2, 3) have the size 1. Is yours 1.41?",
    "sqrt(mean(dinputs^2)), over all entries.",
)(lambda array: np.sqrt(np.sum(array**2) / array.shape[1]))
of_each("mean-of-absolute-values", "Squares, or absolute values?", f"{SIZE} Is yours 3.5?", "sqrt(mean(dinputs^2)).")(
    lambda array: np.mean(np.abs(array))
)
of_each("plain-mean", "Do pluses and minuses cancel?", f"{SIZE} Is yours -0.5?", "sqrt(mean(dinputs^2)).")(np.mean)
of_each(
    "absolute-value-of-the-mean", "Do pluses and minuses cancel?", f"{SIZE} Is yours 0.5?", "sqrt(mean(dinputs^2))."
)(lambda array: np.abs(np.mean(array)))
of_each("largest-entry", "One entry, or all of them?", f"{SIZE} Is yours 4?", "sqrt(mean(dinputs^2)).")(
    lambda array: np.max(np.abs(array))
)
of_each(
    "standard-deviation",
    "np.std measures from the mean. From where does a size measure?",
    "[3, 5] has the deviation 1 and the size 4.12.",
    "sqrt(mean(dinputs^2)): nothing is taken off first.",
)(np.std)
of_each(
    "variance",
    "np.var measures from the mean, and has no root. From where does a size measure?",
    "[3, 5] has the variance 1 and the size 4.12.",
    SIZE,
)(np.var)
of_each(
    "mean-of-the-rows-sizes",
    "Is the root taken of each sample's mean, or of the mean of all?",
    "Rows [1, 1] and [3, 3]: the size is sqrt(5) = 2.24. Is yours 2?",
    "sqrt(mean(dinputs^2)), over all entries.",
)(lambda array: np.mean(np.sqrt(np.mean(array**2, axis=1))))
of_each(
    "mean-of-the-columns-sizes",
    "Is the root taken of each feature's mean, or of the mean of all?",
    "Columns [1, 1] and [3, 3]: the size is sqrt(5) = 2.24. Is yours 2?",
    "sqrt(mean(dinputs^2)), over all entries.",
)(lambda array: np.mean(np.sqrt(np.mean(array**2, axis=0))))


@instead(
    "backward-not-called",
    "Who has set `dinputs`: this upstream, or an earlier one?",
    "Before the first backward no layer has dinputs at all; later it has those of the last call.",
    "First network.backward(dvalues), then read each layer's dinputs.",
)
def _(network, dvalues):
    return np.array([rms(layer.dinputs) for layer in network.layers])


@instead(
    "last-layer-first",
    "In which order are the sizes: as the layers stand, or as they are walked?",
    "The last entry belongs to the last layer.",
    "In the order of `layers`.",
)
def _(network, dvalues):
    network.backward(dvalues)
    return np.array([rms(layer.dinputs) for layer in reversed(network.layers)])


@instead(
    "what-the-layer-hears",
    "Is it the size of what a layer hears, or of what it hands back?",
    "The last layer hears dvalues. Is your last entry the size of dvalues?",
    "dinputs is what a layer hands back, to whatever stands in front of it.",
)
def _(network, dvalues):
    network.backward(dvalues)
    return np.array([*(rms(layer.dinputs) for layer in network.layers[1:]), rms(dvalues)])


@instead(
    "dvalues-too",
    "How many sizes are there: as many as layers, or one more?",
    "Three layers: three sizes.",
    "One for each layer's dinputs.",
)
def _(network, dvalues):
    network.backward(dvalues)
    return np.array([*(rms(layer.dinputs) for layer in network.layers), rms(dvalues)])


@instead(
    "first-layer-only",
    "How many sizes are wanted?",
    "Three layers: three sizes.",
    "One for each layer's dinputs, in the order of `layers`.",
)
def _(network, dvalues):
    return rms(network.backward(dvalues))


@instead(
    "every-layer-hears-dvalues",
    "What does a layer hear: dvalues, or what the layer behind it hands back?",
    "Two layers that halve: sizes 1/4 and 1/2 of the upstream's, not 1/2 and 1/2.",
    "network.backward does the walk; read each layer's dinputs afterwards.",
)
def _(network, dvalues):
    return np.array([rms(layer.backward(dvalues)) for layer in network.layers])


@instead(
    "walked-forward",
    "Which layer hears the upstream first?",
    "Two layers: the last one hears dvalues.",
    "network.backward does the walk; read each layer's dinputs afterwards.",
)
def _(network, dvalues):
    found = []
    for layer in network.layers:
        dvalues = layer.backward(dvalues)
        found.append(rms(dvalues))
    return np.array(found)


@instead(
    "in-shares-of-the-upstream",
    "Do you divide by the size of the upstream?",
    "With an upstream ten times larger all sizes are ten times larger.",
    "sqrt(mean(dinputs^2)), as it is.",
)
def _(network, dvalues):
    network.backward(dvalues)
    return np.array([rms(layer.dinputs) / rms(dvalues) for layer in network.layers])


@instead(
    "logarithms",
    "A logarithm is for the picture. What is the number itself?",
    SIZE,
    "sqrt(mean(dinputs^2)); the axis of the picture is logarithmic, not the numbers.",
)
def _(network, dvalues):
    network.backward(dvalues)
    return np.array([np.log10(rms(layer.dinputs)) for layer in network.layers])
