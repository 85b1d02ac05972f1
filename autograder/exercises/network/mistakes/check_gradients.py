"""08-network: known mistakes of `check_gradients`. Each is the right check with one thing done otherwise."""

import numpy as np

from autograder.exercises.network.cases import check_gradients
from autograder.exercises.network.check_parts import central, checks
from autograder.reference.network import H

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
)
for slope in (put_back_by_arithmetic, added_again, one_step_at_a_time):
    by_arithmetic(checks(slope=slope))


@check_gradients.mistake(
    "takes-a-step",
    "Your numbers are right. Who asked for a step downhill?",
    "Copy layer.weights before the check, and compare afterwards: to the last bit the same.",
    "A check looks and changes nothing; the step w = w - rate dw is taken by whoever trains.",
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
)(checks(slope=lopsided))


def not_halved(loss, array, index):
    return 2 * central(loss, array, index)


check_gradients.mistake(
    "divides-by-h-alone",
    "How far apart are your two nudged points, and by what do you divide?",
    "All right gradients get the error 0.5 from you. A constant ratio, 2, is a mistake of scale.",
    "From x - h to x + h it is 2h.",
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
)(checks(inputs=lambda X: X.copy()))

# ---------------------------------------------------------------- the scalar probe

check_gradients.mistake(
    "outputs-summed-without-upstream",
    "backward gets dvalues. Where do they enter the number that you nudge?",
    "With dvalues all 0 both sides should be 0; is your L then 0?",
    "L = sum of outputs times dvalues, entry by entry: the scalar probe of lesson 05.",
)(checks(probe=lambda outputs, dvalues: np.sum(outputs)))

check_gradients.mistake(
    "upstream-of-ones",
    "Which upstream gradient did the caller hand you, and which one does your backward call get?",
    "Double dvalues: network.backward should be given the doubled ones.",
    "The nudged number weighs outputs by dvalues, so backward has to start from dvalues as well.",
)(checks(upstream=np.ones_like))

check_gradients.mistake(
    "checks-with-ones-throughout",
    "Both sides agree, but for an upstream nobody asked about. Where have dvalues gone?",
    "A backward pass that ignores its upstream would pass your check. Does it pass with [[1., -2.]]?",
    "L = sum of outputs times dvalues, and backward starts from dvalues.",
)(checks(upstream=np.ones_like, probe=lambda outputs, dvalues: np.sum(outputs)))

check_gradients.mistake(
    "mean-for-sum",
    "Your L is a mean. Which upstream gradient would belong to that?",
    "All right gradients get one and the same error. With 3 samples and 4 outputs the ratio is 12: a mistake of scale.",
    "L = sum of outputs times dvalues; a 1/N that is wanted stands in dvalues already.",
)(checks(probe=lambda outputs, dvalues: np.mean(outputs * dvalues)))

check_gradients.mistake(
    "mean-over-samples",
    "You divide L by the number of samples. Which upstream gradient would belong to that?",
    "All right gradients get one and the same error. With N = 4 the ratio is 4: a mistake of scale.",
    "L = sum of outputs times dvalues; a 1/N that is wanted stands in dvalues already.",
)(checks(probe=lambda outputs, dvalues: np.sum(outputs * dvalues) / len(dvalues)))

# ---------------------------------------------------------------- what is checked

check_gradients.mistake(
    "biases-not-checked",
    "List every parameter of the network. Does each get a line in your dict?",
    'A layer at position 0 has two lines: "0.weights" and "0.biases".',
    "A bias gradient that is forgotten learns, only worse: that is why it must be checked.",
)(checks(which=("weights",)))


class Dense:
    """What a student may take for the only kind of layer with weights."""


check_gradients.mistake(
    "own-class-only",
    "Your dict has no entry for any layer. Is the loop over the layers there? If it is, how does it know which of them have "
    "parameters: would it notice those of a class it has never heard of?",
    'Ask hasattr(layer, "weights") instead of asking for its class: what has weights, has gradients to be checked.',
    "Any layer with weights counts, whoever wrote it.",
)(checks(applies=lambda network, position, layer: isinstance(layer, Dense)))


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


# ---------------------------------------------------------------- how two gradients are compared


check_gradients.mistake(
    "absolute-error",
    "Is a difference of 0.000001 small? Compared with what?",
    "A gradient of 0.000001 that comes out doubled is off by 0.000001 only, and yet wrong by a factor of two.",
    "Divide |a - b| by the larger of |a| and |b|: 2 is a wrong sign, 1 a missing gradient, 0.5 a factor of two.",
)(checks(error=lambda a, b: float(np.max(np.abs(a - b)))))


def without_floor(a, b):
    with np.errstate(all="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))))


check_gradients.mistake(
    "zero-over-zero",
    "What is your relative error where both gradients are exactly 0?",
    "Try a = b = 0: 0/0 is NaN, and no comparison with NaN is ever true.",
    "Let the divisor be at least 1e-8, as relative_error of lesson 01 does.",
)(checks(error=without_floor))


def by_sum(a, b):
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), 1e-8)))


check_gradients.mistake(
    "divided-by-the-sum",
    "Other courses divide by |a| + |b|. By what does this one?",
    "For a = 2 and b = 1 this course says 0.5; |a| + |b| gives a third.",
    "|a - b| / max(|a|, |b|, 1e-8).",
)(checks(error=by_sum))


def by_norms(a, b):
    return float(np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b), 1e-8))


def by_sum_of_norms(a, b):
    return float(np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), 1e-8))


one_length = check_gradients.mistake(
    "one-length-for-all-entries",
    "One small entry is wrong among many large right ones. Does your number show it?",
    "a = [100, 1], b = [100, 2]: the second entry is wrong by half; lengths of whole vectors give 0.01, or less.",
    "The relative error of each entry first, then the largest of them.",
)
one_length(checks(error=by_norms))
one_length(checks(error=by_sum_of_norms))


def by_largest(a, b):
    return float(np.max(np.abs(a - b)) / max(np.max(np.abs(a)), np.max(np.abs(b)), 1e-8))


check_gradients.mistake(
    "compared-with-the-largest",
    "You divide every difference by the largest gradient of the array. Does a small wrong one show?",
    "a = [100, 1], b = [100, 2]: the second entry is wrong by half; 1/100 is 0.01.",
    "|a - b| / max(|a|, |b|, 1e-8), entry by entry, then the largest of these.",
)(checks(error=by_largest))


def averaged(a, b):
    return float(np.mean(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)))


check_gradients.mistake(
    "average-for-worst",
    "One entry of a hundred is wrong. What does an average say to that?",
    "Errors of 0, 0, 0 and 0.5: the answer is 0.5.",
    "The largest relative error over all entries is reported.",
)(checks(error=averaged))


def of_the_last(a, b):
    return float(np.ravel(np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8))[-1])


check_gradients.mistake(
    "last-for-largest",
    "Four entries, four errors. Which of them does your dict report: the largest, or the last?",
    "Errors of 0.5, 0, 0, 0: the answer is 0.5, wherever it stands.",
    "The largest relative error over all entries is reported: a later, smaller one does not replace it.",
)(checks(error=of_the_last))


def signed(a, b):
    return float(np.max((a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)))


check_gradients.mistake(
    "sign-of-the-difference-kept",
    "A difference of -0.5 is smaller than one of 0.001. Is it better?",
    "a = [1], b = [2]: the relative error is 0.5, not -0.5.",
    "|a - b| above the line, then the largest over all entries.",
)(checks(error=signed))


def by_analytic(a, b):
    with np.errstate(all="ignore"):
        return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), 1e-8)))


check_gradients.mistake(
    "divided-by-one-side",
    "If one of the two gradients is 0 by mistake, by what do you divide?",
    "a = 0, b = 1: the relative error is 1, whichever of the two is the 0.",
    "|a - b| / max(|a|, |b|, 1e-8): the larger of both.",
)(checks(error=by_analytic))
