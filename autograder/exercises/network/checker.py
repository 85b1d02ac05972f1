"""08-network: known mistakes in `check_gradients`. Each is the right check with one thing done otherwise."""

import numpy as np

from autograder.exercises.network.cases import check_gradients
from autograder.reference.network import H, relative_error


def central(loss, array, index):
    """The slope of loss() along one entry, which is put back as it was."""
    kept = array[index]
    array[index] = kept + H
    up = loss()
    array[index] = kept - H
    down = loss()
    array[index] = kept
    return (up - down) / (2 * H)


def total(outputs, dvalues):
    """The scalar probe."""
    return np.sum(outputs * dvalues)


def float_copy(X):
    """X as the check needs it."""
    return np.array(X, dtype=np.float64)


def has_weights(network, position, layer):
    """Which layers have parameters."""
    return hasattr(layer, "weights")


def checks(
    slope=central,
    probe=total,
    error=relative_error,
    inputs=float_copy,
    asked=has_weights,
    upstream=None,
    which=("weights", "biases"),
):
    """A check_gradients made of parts, one of which a mistake replaces."""

    def check(network, X, dvalues):
        X = inputs(X)
        network.forward(X)
        dinputs = network.backward(upstream(dvalues) if upstream else dvalues)

        def loss():
            return probe(network.forward(X), dvalues)

        found = {"inputs": (X, dinputs)}
        for position, layer in enumerate(network.layers):
            if asked(network, position, layer):
                for kind in which:
                    found[f"{position}.{kind}"] = getattr(layer, kind), getattr(layer, f"d{kind}")
        errors = {}
        for key, (array, gradient) in found.items():
            slopes = np.zeros(array.shape)
            for index in np.ndindex(array.shape):
                slopes[index] = slope(loss, array, index)
            errors[key] = error(gradient, slopes)
        return errors

    return check  # fmt: skip


# ---------------------------------------------------------------- the nudge


def never_put_back(loss, array, index):
    array[index] += H
    up = loss()
    array[index] -= 2 * H
    return (up - loss()) / (2 * H)


check_gradients.mistake(
    "never-put-back",
    "After the second nudge, where does the entry stand when the next one's turn comes?",
    "Copy layer.weights before the check, and compare afterwards: nothing may have moved.",
    "Keep the old value, and write it back after both nudges. Where parameters multiply each other, drift spoils the rest.",
    catalogue=67,
)(checks(slope=never_put_back))


def put_back_by_arithmetic(loss, array, index):
    array[index] += H
    up = loss()
    array[index] -= 2 * H
    down = loss()
    array[index] += H
    return (up - down) / (2 * H)


def added_again(loss, array, index):
    kept = array[index]
    array[index] = kept + H
    up = loss()
    array[index] = kept - H
    down = loss()
    array[index] += H
    return (up - down) / (2 * H)


def one_step_at_a_time(loss, array, index):
    array[index] += H
    up = loss()
    array[index] -= H
    array[index] -= H
    down = loss()
    array[index] += H
    return (up - down) / (2 * H)


by_arithmetic = check_gradients.mistake(
    "put-back-by-arithmetic",
    "Your nudges are taken back by adding and subtracting. Is that exactly where the entry began?",
    "Try 3e-7 - 1e-5 + 1e-5 == 3e-7, and 0.1 + 1e-5 - 2e-5 + 1e-5 == 0.1.",
    "Rounding leaves a trace each time. Keep the old value itself, and write it back.",
    catalogue=67,
)
for slope in (put_back_by_arithmetic, added_again, one_step_at_a_time):
    by_arithmetic(checks(slope=slope))


@check_gradients.mistake(
    "takes-a-step",
    "Your numbers are right. Who asked for a step downhill?",
    "Copy layer.weights before the check, and compare afterwards: to the last bit the same.",
    "A check looks and changes nothing; the step w = w - rate dw is taken by whoever trains.",
    catalogue=73,
)
def _(network, X, dvalues):
    errors = checks()(network, X, dvalues)
    for layer in network.layers:
        if hasattr(layer, "weights"):
            layer.weights -= 0.1 * layer.dweights
    return errors


def one_sided(loss, array, index):
    before, kept = loss(), array[index]
    array[index] = kept + H
    after = loss()
    array[index] = kept
    return (after - before) / H


check_gradients.mistake(
    "one-sided-nudge",
    "Right gradients get errors near 1e-5 from you. From how many sides do you nudge?",
    "Slope of x**3 at 1, with h = 1e-5: forward gives 3.00003, central 3.0000000001.",
    "(L(x + h) - L(x - h)) / 2h: the error falls with h squared.",
    catalogue=65,
)(checks(slope=one_sided))


def lopsided(loss, array, index):
    kept = array[index]
    array[index] = kept + H
    up = loss()
    array[index] = kept - 2 * H
    down = loss()
    array[index] = kept
    return (up - down) / (2 * H)


check_gradients.mistake(
    "steps-three-divides-by-two",
    "How far apart are your two nudged points, and by what do you divide?",
    "All right gradients get the same error from you, a third. A constant ratio, 1.5, is a mistake of scale.",
    "From x + h down to x - h it is 2h: after the first nudge the second must take off 2h, counted from the old value only h.",
    catalogue=68,
)(checks(slope=lopsided))


def not_halved(loss, array, index):
    return 2 * central(loss, array, index)


check_gradients.mistake(
    "divides-by-h-alone",
    "How far apart are your two nudged points, and by what do you divide?",
    "All right gradients get the error 0.5 from you. A constant ratio, 2, is a mistake of scale.",
    "From x - h to x + h it is 2h.",
    catalogue=68,
)(checks(slope=not_halved))


def turned_round(loss, array, index):
    return -central(loss, array, index)


check_gradients.mistake(
    "down-minus-up",
    "Right gradients get the error 2 from you. Which of the two nudged values is taken from which?",
    "Slope of x at any place: (L(x - h) - L(x + h)) / 2h would be -1.",
    "(L(x + h) - L(x - h)) / 2h.",
)(checks(slope=turned_round))


def difference_alone(loss, array, index):
    return 2 * H * central(loss, array, index)


check_gradients.mistake(
    "one-side-nearly-nothing",
    "Right gradients get the error 1 from you: one of the two sides is next to nothing. Which?",
    "Print one numerical slope beside one entry of dweights. Is the first a difference, not yet divided? Is the second still 0?",
    "(L(x + h) - L(x - h)) / 2h on one side; on the other what network.backward(dvalues) left in the layers.",
)(checks(slope=difference_alone))

check_gradients.mistake(
    "whole-numbers-nudged",
    "X holds whole numbers. What becomes of 3 + 0.00001 in such an array?",
    "Try a = np.array([3, 4]); a[0] = 3.00001; then print a.",
    "Nudge a float64 copy of X.",
    catalogue=64,
)(checks(inputs=lambda X: X.copy()))

# ---------------------------------------------------------------- the scalar probe

check_gradients.mistake(
    "outputs-summed-without-upstream",
    "backward gets dvalues. Where do they enter the number that you nudge?",
    "With dvalues all 0 both sides should be 0; is your L then 0?",
    "L = sum of outputs times dvalues, entry by entry: the scalar probe of lesson 05.",
    catalogue=2,
)(checks(probe=lambda outputs, dvalues: np.sum(outputs)))

check_gradients.mistake(
    "upstream-of-ones",
    "Which upstream gradient did the caller hand you, and which one does your backward call get?",
    "Double dvalues: network.backward should be given the doubled ones.",
    "The nudged number weighs outputs by dvalues, so backward has to start from dvalues as well.",
    catalogue=2,
)(checks(upstream=np.ones_like))

check_gradients.mistake(
    "checks-with-ones-throughout",
    "Both sides agree, but for an upstream nobody asked about. Where have dvalues gone?",
    "A backward pass that ignores its upstream would pass your check. Does it pass with [[1., -2.]]?",
    "L = sum of outputs times dvalues, and backward starts from dvalues.",
    catalogue=2,
)(checks(upstream=np.ones_like, probe=lambda outputs, dvalues: np.sum(outputs)))

check_gradients.mistake(
    "mean-for-sum",
    "Your L is a mean. Which upstream gradient would belong to that?",
    "All right gradients get one and the same error. With 3 samples and 4 outputs the ratio is 12: a mistake of scale.",
    "L = sum of outputs times dvalues; a 1/N that is wanted stands in dvalues already.",
    catalogue=(38, 53),
)(checks(probe=lambda outputs, dvalues: np.mean(outputs * dvalues)))

check_gradients.mistake(
    "mean-over-samples",
    "You divide L by the number of samples. Which upstream gradient would belong to that?",
    "All right gradients get one and the same error. With N = 4 the ratio is 4: a mistake of scale.",
    "L = sum of outputs times dvalues; a 1/N that is wanted stands in dvalues already.",
    catalogue=38,
)(checks(probe=lambda outputs, dvalues: np.sum(outputs * dvalues) / len(dvalues)))

# ---------------------------------------------------------------- what is checked

check_gradients.mistake(
    "biases-not-checked",
    "List every parameter of the network. Does each get a line in your dict?",
    'A layer at position 0 has two lines: "0.weights" and "0.biases".',
    "A bias gradient that is forgotten learns, only worse: that is why it must be checked.",
    catalogue=44,
)(checks(which=("weights",)))


class Dense:
    """What a student may take for the only kind of layer with weights."""


check_gradients.mistake(
    "own-class-only",
    "How does your check know which layers have parameters? Would it notice those of a class it has never heard of?",
    'Ask hasattr(layer, "weights") instead of asking for its class: what has weights, has gradients to be checked.',
    "Any layer with weights counts, whoever wrote it.",
)(checks(asked=lambda network, position, layer: isinstance(layer, Dense)))


def numbered_among_parameters():
    def check(network, X, dvalues):
        errors = checks()(network, X, dvalues)
        places = sorted({key.split(".")[0] for key in errors if "." in key}, key=int)
        return {
            ".".join([str(places.index(key.split(".")[0])), key.split(".")[1]]) if "." in key else key: value
            for key, value in errors.items()
        }

    return check


check_gradients.mistake(
    "positions-counted-without-relu",
    "Which number does the second dense layer have, if a ReLU stands between?",
    'With layers [Dense, ReLU, Dense] the keys are "inputs", "0.weights", "0.biases", "2.weights", "2.biases".',
    "The number is the position in network.layers, all layers counted.",
)(numbered_among_parameters())


def without_inputs(network, X, dvalues):
    return {key: value for key, value in checks()(network, X, dvalues).items() if key != "inputs"}


check_gradients.mistake(
    "inputs-not-checked",
    "What does network.backward return, and who checks that?",
    'The dict begins with the key "inputs".',
    "Nudge the entries of X as well, and compare with what backward returned.",
)(without_inputs)


def worst(network, X, dvalues):
    return max(checks()(network, X, dvalues).values())


check_gradients.mistake(
    "one-number-for-all",
    "Something is wrong somewhere, says your number. Where?",
    'With {"0.weights": 0.5, "0.biases": 0.0} one knows where to look.',
    "A dict: for each array its own largest relative error.",
)(worst)
