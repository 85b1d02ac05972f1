"""Chapter 12's class is examined part by part: what fails in one part costs nothing in another."""

import pytest

from autograder.exercises import chapter_exercises, exercise
from autograder.exercises.autograd.solutions import Closures
from autograder.judge import judge
from autograder.seed import generator
from course.check import check
from course.hint import Hint

PARTS = [one.name.removeprefix("Value.") for one in chapter_exercises("12-autograd")]


def failing(answer):
    """The parts that the visible check rejects; those that the examination rejects must be the same."""
    visible, hidden = set(), set()
    for asked in chapter_exercises("12-autograd"):
        part = asked.name.removeprefix("Value.")
        Value = answer
        try:
            check(Value, part)
        except Hint:
            visible.add(part)
        cases = asked.hidden_cases(generator(asked.name, "parts"))
        if not judge(asked, cases, asked.observe(answer, cases)).right:
            hidden.add(part)
    assert visible == hidden
    return visible


def crash(self, *others):
    raise RuntimeError("not yet")


def stub(self, *others):
    """Nothing yet."""


def test_a_right_engine_passes_every_part():
    assert failing(Closures) == set()


@pytest.mark.parametrize("broken", [crash, stub])
def test_a_later_method_costs_its_own_part_only(broken, monkeypatch):
    monkeypatch.setattr(Closures, "tanh", broken)
    assert failing(Closures) == {"curves"}
    monkeypatch.setattr(Closures, "__rsub__", broken)
    assert failing(Closures) == {"curves", "numbers"}


def test_work_without_end_is_stopped_and_costs_one_part():
    known = {one.name: one.answer for one in exercise("Value.diamond").mistakes}
    assert failing(known["every-path-walked"]) == {"diamond"}


def test_the_parts_are_named_where_none_is_asked_for():
    Value = Closures
    with pytest.raises(Hint, match="checked in parts") as hint:
        check(Value)
    assert all(part in str(hint.value) for part in PARTS)
