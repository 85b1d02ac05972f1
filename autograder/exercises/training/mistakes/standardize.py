"""10-training: known mistakes of `standardize`."""

import numpy as np

from autograder.exercises.training.cases import standardize


def safe(std):
    """std, where 0 counts as 1; the caller's stays as it is."""
    return np.where(np.asarray(std) == 0, 1.0, std)


@standardize.mistake(
    "its-own-mean",
    "Whose mean and std are you given, and whose do you use?",
    "One sample, X = [[3]], mean 1, std 4: 0.5. By its own mean every single sample would come out as 0.",
    "(X - mean) / std, with the mean and std of the training set, whatever X is.",
)
def _(X, mean, std):
    return (X - np.mean(X, axis=0)) / safe(np.std(X, axis=0))


@standardize.mistake(
    "its-own-mean-and-std",
    "Whose mean and std are you given, and whose do you use?",
    "One sample, X = [[3]], mean 1, std 4: 0.5. By its own mean and std every single sample would come out as 0 / 0.",
    "(X - mean) / std, with the mean and std of the training set, whatever X is.",
)
def _(X, mean, std):
    return (X - np.mean(X, axis=0)) / np.std(X, axis=0)


@standardize.mistake(
    "its-own-mean-the-given-std",
    "The std is the given one. And the mean?",
    "One sample, X = [[3]], mean 1, std 4: 0.5, not 0.",
    "(X - mean) / std: both come from the training set.",
)
def _(X, mean, std):
    return (X - np.mean(X, axis=0)) / safe(std)


@standardize.mistake(
    "one-mean-for-all-columns",
    "Columns have units of their own. Should they share one mean and one std?",
    "X = [[3, 400]], mean [2, 400], std [0.5, 100]: 2 and 0.",
    "mean and std have shape (D,): one for every column.",
)
def _(X, mean, std):
    return (X - np.mean(mean)) / np.mean(safe(std))


@standardize.mistake(
    "divides-by-zero",
    "What is std for a column that was the same for every training sample?",
    "X = 9, mean 7, std 0: this should be 2.",
    "Where std is 0 it counts as 1: such a column is only shifted.",
)
def _(X, mean, std):
    return (X - mean) / std


@standardize.mistake(
    "a-little-added-to-std",
    "Adding a little to std avoids the 0. What becomes of a column whose std is 0, and of one whose std is tiny?",
    "X = 9, mean 7, std 0: this should be 2. Yours is 2 over something very small.",
    "Divide by std where it is not 0, and by 1 where it is.",
)
def _(X, mean, std):
    return (X - mean) / (np.asarray(std) + 1e-8)


@standardize.mistake(
    "zero-for-a-constant-column",
    "A column that never varied in training may vary later. Should that be wiped out?",
    "X = 9, mean 7, std 0: this should be 2.",
    "std 0 counts as 1, so such a column becomes X - mean.",
)
def _(X, mean, std):
    std = np.asarray(std)
    return np.where(std == 0, 0.0, (X - mean) / safe(std))


@standardize.mistake(
    "writes-into-the-callers-std",
    "You put 1s into an array that is not yours. Who reads it next?",
    "Print std before and after the call, with a 0 in it.",
    "Make the divisor a new array: a copy, or np.where.",
)
def _(X, mean, std):
    if np.any(std == 0):
        std[std == 0] = 1.0
    return (X - mean) / std


@standardize.mistake(
    "changes-the-callers-X",
    "After the call, are the caller's samples still what they were?",
    "Print X before and after. (With an X of whole numbers, `-=` even raises.)",
    "Return a new array; leave X alone.",
)
def _(X, mean, std):
    X -= mean
    X /= safe(std)
    return X


@standardize.mistake(
    "divided-by-the-variance",
    "Which of std and its square has the unit of X?",
    "X = 14, mean 10, std 2: this should be 2. Yours is 1.",
    "Divide by std, once.",
)
def _(X, mean, std):
    return (X - mean) / safe(std) ** 2


@standardize.mistake(
    "std-taken-for-the-variance",
    "std is a standard deviation already. Why the root?",
    "X = 14, mean 10, std 2: this should be 2.",
    "Divide by std itself.",
)
def _(X, mean, std):
    return (X - mean) / np.sqrt(safe(std))


@standardize.mistake(
    "not-shifted",
    "A sample right at the mean: which number should it become?",
    "X = 10, mean 10, std 2: 0. Yours is 5.",
    "First take the mean away, then divide.",
)
def _(X, mean, std):
    return X / safe(std)


@standardize.mistake(
    "only-shifted",
    "Columns in metres and in millimetres: are they alike now?",
    "X = 14, mean 10, std 2: 2. Yours is 4.",
    "Take the mean away, then divide by std.",
)
def _(X, mean, std):
    return X - mean


@standardize.mistake(
    "divided-before-shifted",
    "In X - mean / std, what is divided?",
    "X = 14, mean 10, std 2: this should be 2. Without brackets it is 9.",
    "(X - mean) / std, with the brackets.",
)
def _(X, mean, std):
    return X - mean / safe(std)


@standardize.mistake(
    "multiplied-by-std",
    "Should a column that spreads widely become wider still?",
    "X = 14, mean 10, std 2: this should be 2. Yours is 8.",
    "Divide by std, so that the result spreads by about 1.",
)
def _(X, mean, std):
    return (X - mean) * safe(std)


@standardize.mistake(
    "mean-minus-X",
    "Is a sample above the mean still above 0?",
    "X = 14, mean 10, std 2: 2, not -2.",
    "X - mean, in this order.",
)
def _(X, mean, std):
    return (mean - X) / safe(std)


@standardize.mistake(
    "squeezed-between-0-and-1",
    "That maps the smallest sample to 0 and the largest to 1. Where do mean and std come in?",
    "X = 14, mean 10, std 2: this should be 2.",
    "(X - mean) / std; the result has no fixed ends.",
)
def _(X, mean, std):
    low, high = np.min(X, axis=0), np.max(X, axis=0)
    return (X - low) / safe(high - low)


nearly_constant = standardize.mistake(
    "small-counted-as-constant",
    "Which columns do you leave unscaled: those that never varied, or also those whose numbers are small?",
    "Try X = [[2e-10], [5e-10]], mean 3e-10, std 1.5e-10: the column varies by half of itself. Scaled it is -0.667 and 1.333.",
    "Only a standard deviation of exactly 0 counts as 1: np.isclose(std, 0) is true of everything below 1e-8.",
)
nearly_constant(lambda X, mean, std: (X - mean) / np.where(np.isclose(std, 0), 1.0, std))
for least in (1e-6, 1e-7, 1e-8, 1e-9):
    nearly_constant(lambda X, mean, std, least=least: (X - mean) / np.where(std < least, 1.0, std))


@standardize.mistake(
    "at-least-one",
    "Only a std of 0 counts as 1. What becomes of one of 0.5 in yours?",
    "Try X = [[1.0], [3.0]], mean 2, std 0.5: that is two deviations to either side, -2 and 2.",
    "np.where(std == 0, 1, std): every other std is divided by, however small.",
)
def _(X, mean, std):
    return (X - mean) / np.maximum(std, 1.0)


@standardize.mistake(
    "constant-column-left-alone",
    "A std of 0 counts as 1. Is the mean of such a column still taken off?",
    "X = 9, mean 7, std 0: this should be 2, and yours is 9.",
    "(X - mean) / 1 there: the column is only shifted, but that it is.",
)
def _(X, mean, std):
    return np.where(std == 0, X, (X - mean) / np.where(std == 0, 1.0, std))


@standardize.mistake(
    "scaled-before-shifted",
    "In which unit is mean: in that of X, or of X over std?",
    "X = 14, mean 10, std 2: this should be 2. Yours is 7 - 10 = -3.",
    "(X - mean) / std: first the shift, in the old unit, then the scale.",
)
def _(X, mean, std):
    return X / safe(std) - mean


floor = standardize.mistake(
    "a-floor-under-std",
    "You lift a std of 0 to something tiny. What is 2 divided by that?",
    "X = 9, mean 7, std 0: this should be 2. How large is yours?",
    "A std of 0 counts as 1: such a column is only shifted.",
)
for least in (1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6):
    floor(lambda X, mean, std, least=least: (X - mean) / np.maximum(std, least))
    floor(lambda X, mean, std, least=least: (X - mean) / np.where(std == 0, least, std))


@standardize.mistake(
    "one-added-to-every-std",
    "A std of 0 counts as 1. As what does one of 2 count in yours?",
    "X = 14, mean 10, std 2: this should be 2. Yours is 4/3.",
    "np.where(std == 0, 1, std): every other std is divided by as it is.",
)
def _(X, mean, std):
    return (X - mean) / (std + 1)
