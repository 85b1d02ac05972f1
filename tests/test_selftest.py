"""The examiner examined: known mistakes and right solutions, through the visible check and the hidden examination."""

import json

import pytest

from autograder.examination.judge import judge, judge_choice
from autograder.examination.partly import misleading
from autograder.examination.seed import generator
from autograder.examination.selftest import try_exercise
from autograder.exercises import all_exercises, all_predictions, chapter_exercises, chapter_predictions
from course.checking import check_prediction
from course.hint import Hint
from course.probes import CHAPTERS
from tests.support import warm


@pytest.mark.parametrize("name", all_exercises())
def test_every_mistake_rejected_and_named_every_solution_accepted(name):
    figures = try_exercise(all_exercises()[name])
    assert figures.complaints == []
    if all_exercises()[name].graded:
        assert figures.mistakes >= 2 and figures.solutions >= 3  # the reference and two others


@pytest.mark.parametrize(
    "name", ["circuit", "neuron_backward", "gradient_step", "dense_backward", "SGD", "Value.powers"]
)
def test_no_hint_is_about_another_mistake_where_one_result_is_wrong(name):
    exercise = all_exercises()[name]
    tried = list(misleading(exercise, exercise.public_cases()))
    assert len(tried) > 20 and [one for one in tried if one[1]] == []


@pytest.mark.parametrize("name", all_exercises())
def test_another_seed_gives_the_same_verdicts(name):
    exercise = all_exercises()[name]
    cases = exercise.hidden_cases(generator(name, "another"))
    mistakes = exercise.known_mistakes(cases)
    for answer in [exercise.reference, *exercise.solutions]:
        assert judge(exercise, cases, exercise.observe(answer, cases), mistakes=mistakes).right
    for known in exercise.mistakes:
        assert judge(exercise, cases, exercise.observe(known.answer, cases), mistakes=mistakes).kind == known.name


@pytest.mark.parametrize("name", all_exercises())
def test_every_mistake_has_a_ladder_of_three_hints(name):
    for known in all_exercises()[name].mistakes:
        assert len(known.hints) == 3 and all(len(hint) > 15 for hint in known.hints), known.name
        assert known.hints[0].rstrip().endswith("?") or "?" in known.hints[0], (
            f"{known.name}: the first rung is a question"
        )


@pytest.mark.parametrize("name", all_predictions())
def test_predictions_accept_one_letter_and_explain_the_others(name):
    prediction = all_predictions()[name]
    for letter, (_, reply, right) in prediction.choices().items():
        assert judge_choice(prediction, letter).right == right
        if right:
            assert reply in " ".join(check_prediction(name, letter).split())
        else:
            with pytest.raises(Hint) as hint:
                check_prediction(name, letter)
            assert reply in str(hint.value)
            if len(prediction.right.strip("`")) > 2:  # a single digit stands in many a number
                assert prediction.right not in reply, "a wrong choice never earns the right one"
    with pytest.raises(Hint, match="not answered yet"):
        check_prediction(name, "")


def test_right_letters_are_spread():
    chapters = [[one.letter for one in chapter_predictions(chapter)] for chapter in CHAPTERS]
    assert all(letters.count(letter) <= 2 for letters in chapters for letter in "abcd")
    counts = [sum(letters.count(letter) for letters in chapters) for letter in "abcd"]
    assert max(counts) - min(counts) <= 3


def test_hidden_cases_follow_the_seed():
    exercise = all_exercises()["batch_dweights"]

    def drawn(seed):
        return [case.inputs["inputs"].tobytes() for case in exercise.hidden_cases(generator(exercise.name, seed))]

    assert drawn("one") == drawn("one") != drawn("two")


def test_the_command_prints_the_figures():
    done = warm.run("autograder", "selftest", "06-batch", "07-relu", "--json")
    figures = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert figures["rejected_visible"] == figures["rejected_hidden"] == figures["mistakes"] >= 35
    assert figures["named"] >= 0.95 * figures["mistakes"]
    assert figures["accepted_visible"] == figures["accepted_hidden"] == figures["solutions"]
    chosen = [one for chapter in ("06-batch", "07-relu") for one in chapter_exercises(chapter)]
    assert figures["exercises"] == sum(one.graded for one in chosen)


def test_the_course_knows_more_than_fifteen_hundred_mistakes():
    assert sum(len(one.mistakes) for one in all_exercises().values()) > 1500
