"""Chapter 12's class is examined part by part: what fails in one part costs nothing in another."""

import pytest

from autograder.exercises import chapter_exercises, find_exercise
from autograder.exercises.autograd.solutions import Closures
from course.checking import check
from course.hint import Hint
from tests.support.parts import failing_parts

CHAPTER = "12-autograd"
PARTS = [one.name.removeprefix("Value.") for one in chapter_exercises(CHAPTER)]


def failing(answer):
    return failing_parts(answer, CHAPTER)


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
    known = {one.name: one.answer for one in find_exercise("Value.diamond").mistakes}
    assert failing(known["every-path-walked"]) == {"diamond"}


def test_the_parts_are_named_where_none_is_asked_for():
    Value = Closures
    with pytest.raises(Hint, match="checked in parts") as hint:
        check(Value)
    assert all(part in str(hint.value) for part in PARTS)


def said(answer, part):
    """What check says of one part."""
    Value = answer
    with pytest.raises(Hint) as hint:
        check(Value, part)
    return str(hint.value).replace("\n", " ")


LATER = ("numbers", "powers", "relu", "curves")


@pytest.mark.parametrize("part", LATER)
def test_a_later_part_says_what_it_rests_on(part, monkeypatch):
    monkeypatch.setattr(Closures, "backward", stub)
    assert "`value_backward`, on which this part rests, is not filled in yet" in said(Closures, part)
    monkeypatch.setattr(Closures, "backward", lambda self: setattr(self, "grad", 1.0))
    assert 'What does check(Value, "grad") say?' in said(Closures, part)
    monkeypatch.setattr(Closures, "__add__", stub)
    assert "`__add__`, on which this part rests, is not filled in yet" in said(Closures, part)


@pytest.mark.parametrize(
    ("part", "method", "written"),
    [
        ("numbers", "__radd__", "n + x"),
        ("powers", "__pow__", "x ** n"),
        ("powers", "__truediv__", "x / y"),
        ("relu", "relu", "x.relu()"),
        ("curves", "tanh", "x.tanh()"),
    ],
)
def test_an_operation_that_gives_no_value_is_named(part, method, written, monkeypatch):
    right = getattr(Closures, method)
    monkeypatch.setattr(Closures, method, lambda *numbers: None if numbers else 0)
    assert f"None for `{written}`, where a new Value is wanted" in said(Closures, part)
    monkeypatch.setattr(Closures, method, lambda *numbers: right(*numbers).data)
    assert f"a plain float for `{written}`, where a new Value is wanted" in said(Closures, part)
    monkeypatch.setattr(Closures, method, lambda self, *others: self)
    words = said(Closures, part)
    assert f"x itself for `{written}`" in words or "itself comes back" in words


@pytest.mark.parametrize(
    ("wires", "seen"),
    [
        (lambda x, y: [(x.data, 1.0), (y.data, 1.0)], "not all pairs"),
        (lambda x, y: [(1.0, x), (1.0, y)], "a Value for a slope"),
        (lambda x, y: (x, 1.0), "not all pairs"),
        (lambda x, y: {x: 1.0, y: 1.0}, "not all pairs"),
        (lambda x, y: [(x, 1.0), (y, 1.0)], "a slip of its own"),
    ],
)
def test_wires_that_the_walk_stumbles_over_are_spoken_of(wires, seen):
    class Value:
        def __init__(self, data, wires=()):
            self.data, self.wires, self.grad = float(data), tuple(wires), 0.0

        def __add__(self, other):
            return Value(self.data + other.data, wires(self, other))

        def __mul__(self, other):
            return Value(self.data * other.data, [(self, other.data), (other, self.data)])

        def backward(self):
            if not self.wires:
                raise TypeError("a slip of its own")
            for source, _ in self.wires:
                source.backward()

    assert seen in said(Value, "grad")
