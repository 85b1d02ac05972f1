"""Answers that are equal to the last bit are judged once; any other is judged anew."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.examination.test_cell import Question
from autograder.grading import examiner as judging
from autograder.grading.examiner import JUDGED, Examiner, content_of
from course.observe import Observation, Trouble, observe_raw
from course.probes import all_probes

NAME = "batch_dbiases"
ASKED = Question(NAME)


def heard(examiner, answer):
    """What the answer does on every hidden case."""
    _, probe = all_probes()[NAME]
    return [
        observe_raw(probe, answer, {name: array.copy() for name, array in one.items()}) for one in examiner.inputs(NAME)
    ]


def right(dvalues):
    return dvalues.sum(axis=0, keepdims=True)


def mean(dvalues):
    return dvalues.mean(axis=0)


@pytest.fixture
def examiner(monkeypatch):
    """An examiner that counts how often it judges."""
    one, judge = Examiner("same"), judging.judge
    one.times = 0

    def counted(*words):
        one.times += 1
        return judge(*words)

    monkeypatch.setattr(judging, "judge", counted)
    return one


def test_a_class_of_equal_answers_is_judged_once_as_a_fresh_examiner_would(examiner):
    for answer, good in ((right, True), (mean, False)):
        verdicts = [examiner.judge(ASKED, heard(examiner, answer)) for _ in range(5)]
        assert set(verdicts) == {Examiner("same").judge(ASKED, heard(examiner, answer))}
        assert verdicts[0].right is good
    assert examiner.times == 2 + 2  # two of ours, and two of the fresh ones


def test_one_bit_is_another_answer(examiner):
    seen = heard(examiner, right)
    assert examiner.judge(ASKED, seen).right
    for part in ("results", "again"):
        wrong = heard(examiner, right)
        (name, array), *_ = getattr(wrong[-1], part).items()
        getattr(wrong[-1], part)[name] = array + 1
        assert not examiner.judge(ASKED, wrong).right
    late = [*heard(examiner, right)[:-1], Observation(trouble=Trouble("time", "3"))]
    assert not examiner.judge(ASKED, late).right
    assert examiner.times == 4


def test_what_could_be_told_apart_has_another_content():
    one = Observation({"y": np.array([[1.0, -2.0]])}, {"y": np.zeros(1)}, {"x": np.ones(2)})
    others = [
        replace(one, results={"z": one.results["y"]}),
        replace(one, results={"y": np.array([[1.0], [-2.0]])}),
        replace(one, results={"y": np.array([[1.0, np.nextafter(-2.0, 0)]])}),
        replace(one, results={"y": np.array([[1.0, -2.0]], dtype=np.float32)}),
        replace(one, results=one.again, again=one.results),
        replace(one, after={"x": np.array([1.0, -0.0])}),
        replace(one, after={"x": np.array([1.0, 0.0])}),
        replace(one, trouble=Trouble("raised", "ValueError", "a")),
        replace(one, trouble=Trouble("raised", "ValueError", "", "a")),
        Observation(),
    ]
    assert len({content_of([seen]) for seen in (one, *others)}) == 1 + len(others)
    assert content_of([one, Observation()]) != content_of([Observation(), one])
    assert content_of([replace(one, results={"y": one.results["y"].copy()})]) == content_of([one])


def test_what_is_kept_is_bounded(examiner, monkeypatch):
    monkeypatch.setattr(judging, "JUDGED", 3)
    for number in range(8):
        examiner.judge(
            ASKED, heard(examiner, lambda dvalues, number=number: dvalues.sum(axis=0, keepdims=True) + number)
        )
    assert len(examiner._judged) <= 3 < JUDGED


def test_a_seed_decides_the_hidden_inputs():
    one, again, other = (Examiner(seed).inputs(NAME) for seed in ("one", "one", "other"))
    for first, second, third in zip(one, again, other, strict=True):
        assert all(np.array_equal(first[name], second[name]) for name in first)
        assert not any(
            first[name].shape == third[name].shape and np.array_equal(first[name], third[name]) for name in first
        )
