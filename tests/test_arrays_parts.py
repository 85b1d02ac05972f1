"""Chapter 13's class is examined part by part: what fails in one part costs nothing in another, and quickly."""

import numpy as np
import pytest

from autograder.examination.judge import judge
from autograder.examination.seed import generator
from autograder.exercises import chapter_exercises, find_exercise
from autograder.exercises.arrays.solutions import Numbered, Plain
from course.checking import check
from course.hint import Hint
from tests.support.parts import failing_parts
from tests.support.work import calls

CHAPTER = "13-arrays"
PARTS = {one.name: one for one in chapter_exercises(CHAPTER) if one.name.startswith("Tensor.")}


def failing(answer):
    return failing_parts(answer, CHAPTER)


def crash(self, *others, **more):
    raise RuntimeError("not yet")


def stub(self, *others, **more):
    """Nothing yet."""


@pytest.mark.parametrize("engine", [Plain, Numbered])
def test_a_right_engine_passes_every_part(engine):
    assert failing(engine) == set()


@pytest.mark.parametrize("broken", [crash, stub])
@pytest.mark.parametrize(
    ("method", "parts"),
    [
        ("__matmul__", {"matmul"}),
        ("sum", {"sum"}),
        ("transpose", {"axes"}),
        ("relu", {"curves"}),
        ("__getitem__", {"rows"}),
        ("backward", {"backward"}),
        ("cross_entropy", {"loss"}),
    ],
)
def test_a_method_costs_its_own_part_only(method, parts, broken, monkeypatch):
    """`Plain` writes its last two parts without the others, so nothing rests on anything but + and *."""
    monkeypatch.setattr(Plain, method, broken)
    more = {"logsumexp"} if method == "sum" and broken is stub else set()  # says first what it rests on
    assert failing(Plain) == parts | more


def test_wrong_copies_cost_no_walk(monkeypatch):
    """A gradient that is handed on uncut is seen where it is made; matmul and the walk's stretched sums rest on it, too."""
    monkeypatch.setattr(Plain, "back_to", staticmethod(lambda gradient, shape: np.array(gradient)))
    assert failing(Plain) == {"grad", "matmul", "backward"}


def test_hidden_cases_are_small():
    """A million calls take about a second."""

    def all_of_them():
        for asked in chapter_exercises(CHAPTER):
            cases = asked.hidden_cases(generator(asked.name, "work"))
            assert judge(asked, cases, asked.observe(asked.reference, cases)).right

    assert calls(all_of_them) < 1_000_000


@pytest.mark.parametrize(
    ("name", "mistake", "words"),
    [
        ("unbroadcast.kept", "always-axis-0", "Along which axis"),
        ("Tensor.rows", "a-place-counts-once", "how often does numpy add there"),
        ("Tensor.logsumexp", "shift-not-added-back", "Where does it come back"),
    ],
)
def test_a_mistake_is_named_as_its_own(name, mistake, words):
    known = {one.name: one.answer for one in find_exercise(name).mistakes}[mistake]
    variable, part = name.split(".")
    with pytest.raises(Hint) as hint:
        if variable == "Tensor":
            Tensor = known
            check(Tensor, part)
        else:
            unbroadcast = known
            check(unbroadcast, part)
    assert words in str(hint.value).replace("\n", " ")


def test_a_pull_may_not_write_into_the_grad_of_its_source():
    class Writing(Plain):
        def __getitem__(self, key):
            def pull(upstream):
                np.add.at(self.grad, key, upstream)
                return self.grad

            return type(self)(self.data[key], [(self, pull)])

    assert failing(Writing) >= {"rows"}
