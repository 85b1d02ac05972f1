"""Do `check` and the hidden examination agree, for every known answer, as it is and bent? And float32, decided once."""

import numpy as np
import pytest

from autograder.bends import BENDS
from autograder.examination.agreement import compare_exercise
from autograder.examination.judge import judge
from autograder.examination.seed import generator
from autograder.exercises import all_exercises
from course.compare import RTOL, alike, same
from course.diagnose import right
from course.observe import identical

SEVEN = np.array([[1.23456789123, -2.0], [0.5, 3e-7]])


@pytest.mark.parametrize("name", all_exercises())
def test_check_and_examine_agree_on_every_answer(name):
    compared = compare_exercise(name, seeds=1)
    assert [str(one) for one in compared.disagreements] == []
    assert compared.verdicts > 10


@pytest.mark.parametrize("name", [name for name, one in all_exercises().items() if not one.probe.flaw])
def test_hidden_cases_show_what_public_ones_show_in_a_drawn_order(name):
    exercise = all_exercises()[name]
    drawn = [exercise.hidden_cases(generator(name, seed)) for seed in ("one", "two", "three")]
    assert len({exercise._shown(cases) for cases in [exercise.public_cases(), *drawn]}) == 1
    if len(drawn[0]) > 3:
        assert len({tuple(case.about for case in cases) for cases in drawn}) > 1


LUCK = {"drawn-with-replacement", "never-shuffled", "scores-taken-for-probabilities", "equal-batches"}
LUCK |= {"divided-by-N-twice", "no-division-by-N"}


def test_no_training_reaches_its_share_by_luck():
    """What goes slightly wrong in training is judged on every spiral as on the public one, in each result."""
    exercise = all_exercises()["train"]
    kind = exercise.kinds[-1]
    answers = [known.answer for known in exercise.mistakes if known.name in LUCK]
    assert len(answers) >= len(LUCK)

    def judged(task):
        case = exercise.case(kind.about, task)
        seen = [exercise.observe(answer, [case])[0] for answer in answers]
        return [[right(exercise.probe, case, one, (name,)) for name in exercise.probe.results] for one in seen]

    public = judged(kind.public)
    rng = np.random.default_rng(5)
    for _ in range(12):
        assert judged(kind.hidden(rng)) == public


def test_float32_is_right_to_its_seven_digits_and_no_further():
    single = SEVEN.astype(np.float32)
    assert same(single, SEVEN) and not same(single.astype(np.float64), SEVEN)
    assert not same(SEVEN.astype(np.float16), SEVEN)
    assert same(SEVEN + 2e-16, SEVEN) and not same(SEVEN + 1e-11, SEVEN), "sums that cancel, no measured slopes"


def test_a_zero_has_a_tolerance():
    assert same(np.array(-2.2e-16), np.array(0.0)) and not same(np.array(1e-9), np.array(0.0))
    assert not same(np.array([1e-12, 1.0]), np.array([0.0, 1.0]))


def test_what_has_other_bits_may_be_the_same_number_and_the_same_bits_another_one():
    one, other = np.array([0.0, np.nan, np.inf, 2.0]), np.array([-0.0, -np.nan, np.inf, 2.0])
    assert one.tobytes() != other.tobytes() and identical(one, other) and alike(one, other)
    assert identical(one, one.copy()) and alike(one, one.copy()) and not same(one, one.copy()), "NaN is never right"
    bits = one.view(np.int64)
    assert bits.tobytes() == one.tobytes() and not identical(one, bits) and not alike(one, bits)
    assert not identical(one, one.reshape(2, 2)) and not alike(one, one.reshape(2, 2))


@pytest.mark.parametrize("k", [4, 6])
@pytest.mark.parametrize(
    "name", ["half_squared_error_backward", "AddGate", "MaxGate", "circuit", "relu_forward", "softmax_backward", "SGD"]
)
def test_rounding_shows_in_public_numbers(name, k):
    exercise, bend = all_exercises()[name], next(one for one in BENDS if one.name == f"rounded to {k} decimals")
    for cases in (exercise.public_cases(), exercise.hidden_cases(generator(name, "digits"))):
        for result in exercise.probe.results:
            if any((case.expected[result] % 1).any() for case in cases):
                assert not all(same(bend.array(case.expected[result]), case.expected[result], RTOL) for case in cases)


def nudged(function, x, h=1e-5):
    """Central differences, entry by entry."""
    x = np.array(x, dtype=float)
    slope = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        slope[index] = (function(up) - function(down)) / (2 * h)
    return slope


def start(*shape):
    """A place for those gradients that do not depend on where they are taken."""
    return np.random.default_rng(1).normal(size=shape)


def dense(dvalues, x, w, b):
    return np.sum(dvalues * (x @ w + b))


MEASURED = {
    "batch_dinputs": lambda dvalues, weights: nudged(
        lambda x: np.sum(dvalues * (x @ weights)), start(len(dvalues), len(weights))
    ),
    "batch_dweights": lambda dvalues, inputs: nudged(
        lambda w: np.sum(dvalues * (inputs @ w)), start(inputs.shape[1], dvalues.shape[1])
    ),
    "batch_dbiases": lambda dvalues: nudged(lambda b: np.sum(dvalues * b), start(1, dvalues.shape[1])),
    "dense_backward": lambda dvalues, inputs, weights: (
        nudged(lambda x: dense(dvalues, x, weights, 0), inputs),
        nudged(lambda w: dense(dvalues, inputs, w, 0), weights),
        nudged(lambda b: dense(dvalues, inputs, weights, b), start(1, weights.shape[1])),
    ),
    "relu_backward": lambda dvalues, z: nudged(lambda z: np.sum(dvalues * np.maximum(0, z)), z),
    "half_squared_error_backward": lambda y, t: nudged(lambda y: (y - t) ** 2 / 2, y),
}


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("name", MEASURED)
def test_a_measured_slope_is_no_derivation(name, dtype):
    exercise = all_exercises()[name]

    def answer(*arguments):
        found = MEASURED[name](*arguments)
        return tuple(one.astype(dtype) for one in found) if isinstance(found, tuple) else found.astype(dtype)

    for cases in (exercise.public_cases(), exercise.hidden_cases(generator(name, "measured"))):
        seen = exercise.observe(answer, cases)
        assert not all(right(exercise.probe, *one, exercise.probe.results) for one in zip(cases, seen, strict=True))


def test_a_slope_of_zero_is_zero_in_every_order_of_adding():
    """With this seed 5 and -5 once met in the upstream of equal samples: a right check found a rounding, and was refused."""
    asked = all_exercises()["check_gradients"]
    for answer in (asked.reference, *asked.solutions):
        cases = asked.hidden_cases(generator(asked.name, "90"))
        assert judge(asked, cases, asked.observe(answer, cases)).right


def test_rounding_is_refused_in_float32_too():
    asked = all_exercises()["cross_entropy"]
    cases = asked.hidden_cases(generator(asked.name, "37"))
    rounded = asked.observe(lambda p, t: np.float32(np.round(asked.reference(p, t), 4)), cases)
    assert not judge(asked, cases, rounded).right
