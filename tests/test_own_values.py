"""One's own graph in chapter 12: every value, wire and gradient as they are, and a nudge beside each that is wrong."""

import json
import re

import pytest

from autograder.course_dir import CourseDir
from course import Hint, own_graph
from course.own_code import needed, statements
from tests.support.grading import ROOT


@pytest.fixture
def Value():
    """The model answer's class, a new one each time."""
    source = json.loads(CourseDir(ROOT).source_notebook("12-autograd").read_text(encoding="utf-8"))
    space = {}
    exec("import math\n\n" + "\n\n".join(one.text for one in needed(statements(source), "Value", ())), space)
    return space["Value"]


def diamond(x):
    a = x * 3
    return a + a * 4


def test_a_right_graph_has_no_doubts(Value):
    alt = own_graph(Value, diamond, x=2.0).alt
    assert "Given: x = 2, 3 = 3, 4 = 4" in alt and "A nudge says otherwise" not in alt
    assert "f = 30, wires from v1 with slope 1 and v2 with slope 1" in alt and "Gradients: x 15" in alt
    assert own_graph(Value, lambda x: (x * x).exp() / (x - 0.5), x=1.5).alt.count("nudge") == 0


def test_where_a_gradient_is_wrong_the_picture_says_what_a_nudge_says(Value):
    def as_met(self):
        order, self.grad = [self], 1.0
        for value in order:
            for source, slope in value.wires:
                source.grad += slope * value.grad
                order += [source] if source not in order else []

    Value.backward = as_met
    picture = own_graph(Value, diamond, x=2.0)
    said = picture.alt.split("A nudge says otherwise: ")[1]
    assert "x 15" in said and "3 10" in said and "f " not in said
    assert re.search(r">a nudge: 15<", picture.svg)


def test_a_wrong_wire_is_drawn_as_it_is(Value):
    Value.__mul__ = lambda self, other: Value(self.data * other.data, [(self, self.data), (other, other.data)])
    picture = own_graph(Value, lambda x, y: x * y, x=2.0, y=5.0)
    assert "wires from x with slope 2 and y with slope 5" in picture.alt
    assert picture.alt.endswith("A nudge says otherwise: x 5, y 2.")


def test_without_a_backward_the_wires_are_drawn(Value):
    del Value.backward
    assert "Gradients" not in own_graph(Value, lambda x: x + x, x=1.0).alt


@pytest.mark.parametrize(
    "expression, words",
    [
        (lambda x: None, "gives NoneType"),
        (lambda x: x.nothing, "stops with AttributeError"),
        (lambda x: sum([x * i for i in range(1, 20)], x), "too many"),
    ],
)
def test_what_cannot_be_drawn_earns_a_hint(Value, expression, words):
    begin = Value.__init__
    with pytest.raises(Hint, match=words):
        own_graph(Value, expression, x=1.0)
    assert Value.__init__ is begin
