"""01-slopes: known mistakes of `relative_error`: in its formula; then with a NaN, and with unequal shapes."""

import numpy as np

from autograder.exercises.slopes.cases import relative_error

# ---------------------------------------------------------------- the formula


def same_shape(a, b):
    """a and b as float arrays; ValueError unless they have one shape."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if a.shape != b.shape:
        raise ValueError(f"{a.shape} and {b.shape}")
    return a, b


def size(a, b):
    """What a difference is measured against."""
    return np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-8)


@relative_error.mistake(
    "absolute-error",
    "You say how far apart the numbers are. Is 0.0001 much?",
    "Try 12.0001 and 12, then 0.0002 and 0.0001: the same distance, and once one of the two is twice the other.",
    "Divide each difference by the size of the numbers, max(|a_i|, |b_i|, 1e-8). Otherwise small gradients always"
    " pass.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b)))


@relative_error.mistake(
    "distance-an-entry",
    "You return how far apart the numbers are, entry by entry. Is 0.0001 much? And which one number is asked for?",
    "Try 12.0001 and 12, then 0.0002 and 0.0001: the same distance, and once one of the two is twice the other.",
    "Divide each distance by max(|a_i|, |b_i|, 1e-8); the largest of these errors is the result, a single number.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return np.abs(a - b)


@relative_error.mistake(
    "mean-for-maximum",
    "One gradient in a thousand is wrong. What is left of it in a mean?",
    "Try a = [1, 1, 1, 1], b = [1, 1, 1, 2]: the last pair is off by half.",
    "The largest of the relative errors: an array is as right as its worst entry.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.mean(np.abs(a - b) / size(a, b)))


@relative_error.mistake(
    "worst-over-largest",
    "Is the largest difference divided by the size of its own numbers, or by those of another entry?",
    "Try a = [1000, 0.002], b = [1000, 0.001]: the second pair is off by half.",
    "First divide, entry by entry; then take the largest.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b)) / np.max(size(a, b)))


@relative_error.mistake(
    "lengths-compared",
    "Two arrays are boiled down to their lengths before they are compared. Can a small entry still be heard?",
    "Try a = [1000, 0.002], b = [1000, 0.001]: the second pair is off by half.",
    "First divide, entry by entry, by max(|a_i|, |b_i|, 1e-8); then take the largest.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.linalg.norm(a - b) / max(np.linalg.norm(a) + np.linalg.norm(b), 1e-8))


@relative_error.mistake(
    "the-sum-below-the-line",
    "Some write-ups divide by |a| + |b|. By what does this one?",
    "Try 3 and -3: with the larger of the two below, a lost sign shows as 2.",
    "|a_i - b_i| / max(|a_i|, |b_i|, 1e-8): a maximum of three numbers. With a sum the same pairs look half as bad.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(a) + np.abs(b), 1e-8)))


@relative_error.mistake(
    "divided-by-the-size-of-b-only",
    "Should relative_error(a, b) and relative_error(b, a) agree?",
    "Try 2 and 1, then 1 and 2: both pairs are off by a factor of two, and both give 0.5.",
    "Below the line stands the larger of |a_i| and |b_i|, whichever it is.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(b), 1e-8)))


@relative_error.mistake(
    "divided-by-the-size-of-a-only",
    "Should relative_error(a, b) and relative_error(b, a) agree?",
    "Try 1 and 2, then 2 and 1: both pairs are off by a factor of two, and both give 0.5.",
    "Below the line stands the larger of |a_i| and |b_i|, whichever it is.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), 1e-8)))


@relative_error.mistake(
    "the-smaller-below-the-line",
    "You divide by the smaller of the two. What if one of them is 0?",
    "Try 2 and 1: a factor of two gives 0.5.",
    "Below the line stands the larger of |a_i| and |b_i|; then 0 against anything gives 1, and the result never passes"
    " 2.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.minimum(np.abs(a), np.abs(b)), 1e-8)))


@relative_error.mistake(
    "signs-kept-above-the-line",
    "Your differences have signs. Which of -0.9 and 0.1 is the larger error?",
    "Try relative_error(1.0, 2.0), then relative_error(2.0, 1.0): both are 0.5.",
    "|a_i - b_i|: the distance, whichever is larger.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max((a - b) / size(a, b)))


@relative_error.mistake(
    "signs-kept-below-the-line",
    "Of -4 and -5, which does max choose, and which is larger in size?",
    "Try -2.5 and -2: the distance is 0.5, the larger size 2.5, the error 0.2.",
    "max(|a_i|, |b_i|, 1e-8): sizes, so the signs go before the maximum is taken.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.maximum(a, b), 1e-8)))


@relative_error.mistake(
    "no-1e-8-below-the-line",
    "Both numbers are 0. What do you divide by?",
    "Try relative_error(0.0, 0.0): they agree, so the error is 0.",
    "max(|a_i|, |b_i|, 1e-8): the third number keeps 0/0 away, and noise of 1e-11 from looking like a mistake.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b))))


@relative_error.mistake(
    "1e-8-added-below-the-line",
    "You add 1e-8 below the line. What does that do to numbers that were large enough?",
    "Try 2 and 1: a factor of two gives 0.5, exactly.",
    "max(|a_i|, |b_i|, 1e-8): a floor is one more number to take the maximum of, not something to add.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / (np.maximum(np.abs(a), np.abs(b)) + 1e-8)))


@relative_error.mistake(
    "per-cent",
    "Is a factor of two an error of 0.5 here, or of 50?",
    "Try 2 and 1: 0.5.",
    "|a_i - b_i| / max(|a_i|, |b_i|, 1e-8) and nothing more; it lies between 0 and 2.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return 100 * float(np.max(np.abs(a - b) / size(a, b)))


@relative_error.mistake(
    "one-error-an-entry",
    "You return an array. What will stand before the `<` of whoever calls you?",
    "Try a = [2, 3], b = [1, 3]: the errors are 0.5 and 0, and one number is wanted.",
    "The largest of the relative errors, as a single number.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return np.abs(a - b) / size(a, b)


@relative_error.mistake(
    "one-yes-or-no-for-a-whole-array",
    "Python's own max, and an if, want one yes or no. How many does a comparison of two arrays give?",
    "Try np.array([1., 4.]) > np.array([3., 2.]): two answers. Then np.maximum of the same two arrays.",
    "max(|a_i|, |b_i|, 1e-8) is meant entry by entry: numpy has a maximum that compares entry with entry.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return np.max(np.abs(a - b) / max(np.abs(a), np.abs(b), 1e-8))


@relative_error.mistake(
    "arrays-and-a-number-in-one-list",
    "You put two arrays and a single number into one list. Can numpy make one array of them?",
    "Try np.max([np.array([1., 4.]), np.array([3., 2.])]): one number, the largest of all four. Wanted are two, 3 and 4.",
    "max(|a_i|, |b_i|, 1e-8) is meant entry by entry: numpy has a maximum that compares two arrays entry with entry, and"
    " stretches a single number beside an array.",
)
def _(a, b):
    a, b = same_shape(a, b)
    return np.max(np.abs(a - b) / np.max([np.abs(a), np.abs(b), 1e-8]))


THREE_TO_MAXIMUM = (
    "You hand three things to np.maximum. How many does it compare?",
    "Try np.maximum([1., 4.], [3., 2.]), then give it 1e-8 as a third: what stands there is for it the place of the"
    " result.",
    "max(|a_i|, |b_i|, 1e-8): np.maximum(p, q) takes two arrays; for three numbers use it twice.",
)


@relative_error.mistake("three-arguments-for-np.maximum", *THREE_TO_MAXIMUM)
def _(a, b):
    a, b = same_shape(a, b)
    return float(np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b), 1e-8)))


@relative_error.mistake("three-arguments-for-np.maximum", *THREE_TO_MAXIMUM)
def _(a, b):
    return np.max(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b), 1e-8))


# ---------------------------------------------------------------- a NaN


def relative_errors(a, b):
    """The error of each entry, in a flat list of floats."""
    a, b = same_shape(a, b)
    return (np.abs(a - b) / size(a, b)).ravel().tolist()


def largest_so_far_first(errors):
    """The largest by a loop with max(worst, error), which passes over every NaN."""
    worst = 0.0
    for error in errors:
        worst = max(worst, error)
    return worst


def largest_so_far_second(errors):
    """The largest by a loop with max(error, worst), which keeps a NaN only if it comes last."""
    worst = 0.0
    for error in errors:
        worst = max(error, worst)
    return worst


def found_in(looks, largest):
    """An answer that looks for a NaN in one argument (a is 0, b is 1) or in none, and else takes the largest in this way."""

    def answer(a, b):
        errors = relative_errors(a, b)
        if looks is not None and np.isnan((a, b)[looks]).any():
            return np.nan
        return largest(errors)

    return answer


@relative_error.mistake(
    "nan-passed-over",
    "A gradient holds a NaN. Is it right, wrong, or not there?",
    "Try a = [np.nan, 1.0], b = [2.0, 1.0]: 0 would say that all is well.",
    "NaN stays NaN: np.max hands it on, np.nanmax and Python's own max may lose it, nan_to_num turns it into 0.",
)
def _(a, b):
    return max(np.nan_to_num(relative_errors(a, b)))


NAN_LOST = (
    "What does the way you take the largest do with a NaN?",
    "Try max(0.0, float('nan')) and np.nanmax([0.0, float('nan')]), then np.max of the same list: 0.0, 0.0 and nan.",
    "NaN stays NaN: np.max hands it on. Python's own max keeps it only if it comes first, since a comparison with NaN is"
    " never true; np.nanmax passes over it.",
)
for largest in (max, largest_so_far_second, np.nanmax):
    relative_error.mistake("nan-lost-on-the-way", *NAN_LOST)(found_in(None, largest))

for looks, lost, other in ((0, "b", "a"), (1, "a", "b")):
    for largest in (largest_so_far_first, largest_so_far_second, max):
        relative_error.mistake(
            f"nan-of-{lost}-lost",
            f"You look for a NaN in {other}. Where else can one stand?",
            f"Try {other} = [2.0, 1.0, 4.0], {lost} = [2.5, 1.0, np.nan], then the NaN first: NaN both times, please.",
            "A NaN in either array makes the error of its entry NaN, and np.max hands it on; Python's own max and"
            " np.nanmax may lose it.",
        )(found_in(looks, largest))


# ---------------------------------------------------------------- unequal shapes


def stretched(a, b):
    """The right formula on whatever shapes numpy can stretch."""
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return float(np.max(np.abs(a - b) / size(a, b)))


@relative_error.mistake(
    "shapes-stretched",
    "What does numpy do with shapes (3,) and (3, 1)?",
    "Try np.array([1., 2., 3.]) - np.array([[1.], [2.], [3.]]): nine differences from three numbers.",
    "Compare the shapes before the values, and raise a ValueError if they differ: two gradients of different shape are"
    " never the same.",
)
def _(a, b):
    return stretched(a, b)


@relative_error.mistake(
    "counts-axes-only",
    "Two arrays have as many axes each. Have they one shape?",
    "Try np.ones((1, 3)) against np.ones((2, 3)): two axes each, and numpy stretches the first to two rows.",
    "One shape means: as many axes, and the same length along each of them.",
)
def _(a, b):
    if np.ndim(a) != np.ndim(b):
        raise ValueError("not as many axes")
    return stretched(a, b)


@relative_error.mistake(
    "counts-entries-only",
    "Two arrays have the same length, or the same number of entries. Have they one shape?",
    "Try np.ones(3) against np.ones((3, 1)): length 3 and three entries each, and numpy makes nine differences of them.",
    "One shape means: as many axes, and the same length along each of them.",
)
def _(a, b):
    if np.size(a) != np.size(b):
        raise ValueError("not as many entries")
    return stretched(a, b)


@relative_error.mistake(
    "refused-by-assert",
    "You stop where the shapes differ. With which exception?",
    "Try python -O: every assert is skipped. And who calls you waits for a ValueError.",
    "An assert is a note to yourself. What a caller has done wrong is raised as a ValueError.",
)
def _(a, b):
    assert np.shape(a) == np.shape(b)
    return stretched(a, b)


def refusing(refuse):
    """The right answer, but for what it does where the shapes differ."""

    def answer(a, b):
        return stretched(a, b) if np.shape(a) == np.shape(b) else refuse()

    return answer


def type_error():
    raise TypeError("the shapes differ")


relative_error.mistake(
    "refused-with-another-exception",
    "Where the shapes differ, your function ends in an exception. Is it the one that was agreed on?",
    "Try np.ones(3) against np.ones((3, 1)), and read the name of what is raised: who calls you waits for a ValueError.",
    "A TypeError says: not the right kind of thing. A ValueError says: the right kind, and values that do not fit.",
)(refusing(type_error))

relative_error.mistake(
    "exception-returned",
    "You hand an exception back. Does that stop whoever called you?",
    "Try error = relative_error(np.ones(3), np.ones((3, 1))), then print(error): the line runs, and no red appears.",
    "return gives a value to the caller, and an exception is then a value like any other. raise stops the caller.",
)(refusing(lambda: ValueError))

relative_error.mistake(
    "said-and-gone-on",
    "Where the shapes differ, what does whoever called you get: a message on the screen, or something that stops them?",
    "Try error = relative_error(np.ones(3), np.ones((3, 1))), then print(error): it is None, and the line ran.",
    "What is printed is read by people only. Code is stopped by an exception that is raised, here a ValueError.",
)(refusing(lambda: None))

relative_error.mistake(
    "a-number-for-unequal-shapes",
    "You return something agreed where the shapes differ. Can whoever reads it tell that from a real error?",
    "Try np.ones(3) against np.ones((3, 1)): there is no right number, so none should come back.",
    "Shapes that differ are a mistake of the caller: raise a ValueError.",
)(refusing(lambda: 1.0))


def norms(a, b, order):
    """The length of the difference over the larger of the two lengths."""
    a, b = (np.ravel(one) for one in same_shape(a, b))
    longest = max(np.linalg.norm(a, order), np.linalg.norm(b, order), 1e-8)
    return np.linalg.norm(a - b, order) / longest


by_norms = relative_error.mistake(
    "lengths-for-the-worst-entry",
    "You compare the lengths of whole arrays. If one small entry is quite wrong, does a length show it?",
    "Try a = [1000, 1], b = [1000, 2]: one entry is off by half, so 0.5. By their lengths the two hardly differ.",
    "Each entry has an error of its own, |a - b| over the larger of |a|, |b| and 1e-8; the largest of them counts.",
)
by_norms(lambda a, b: norms(a, b, 2))
by_norms(lambda a, b: norms(a, b, 1))


@by_norms
def _(a, b):
    a, b = same_shape(a, b)
    return np.linalg.norm(np.ravel(a - b)) / (np.linalg.norm(np.ravel(a)) + np.linalg.norm(np.ravel(b)) + 1e-8)
