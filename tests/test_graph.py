"""Graphs from expressions, and what a stepping graph shows, asks, accepts and leaves behind."""

import math
import re
from xml.etree import ElementTree

import pytest

from course import graph_of, step
from course.graph import Graph, draw
from course.stepping import STATIC, gate_name, question, tolerance
from course.wiring import Wire

CIRCUIT = Graph({"x": -2, "y": 5, "z": -4}, {"q": ("+", "x", "y"), "f": ("*", "q", "z")})
PERCEPTRON = "z = w0*x0 + w1*x1 + w2; s = 1 / (1 + exp(-z))"
NUMBERS = {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3}

EXPRESSIONS = [  # and the same in Python
    ("(x + y) * z", lambda x, y, z: (x + y) * z),
    ("x - y - (z - 2)", lambda x, y, z: x - y - (z - 2)),
    ("3 * x / (y * -z) + 1 / 4", lambda x, y, z: 3 * x / (y * -z) + 1 / 4),
    ("2 - x ** 2 * y ** -2 + z ** 0.5 * 0", lambda x, y, z: 2 - x**2 / y**2 + z**0.5 * 0),
    ("a = exp(x / 2); b = a * a; b - tanh(y) + log(z)", lambda x, y, z: math.exp(x) - math.tanh(y) + math.log(z)),
    ("max(x, y, z) + relu(-y) + max(0, z)", lambda x, y, z: max(x, y, z) + max(-y, 0) + max(0, z)),
    ("-(x + 2 * (y + z) + +1.5 - exp(0))", lambda x, y, z: -(x + 2 * (y + z) + 0.5)),
]


@pytest.mark.parametrize(("expression", "python"), EXPRESSIONS, ids=[one for one, _ in EXPRESSIONS])
def test_a_graph_computes_what_its_expression_says(expression, python):
    numbers = {"x": 0.75, "y": -1.25, "z": 2.5}
    graph = graph_of(expression, **numbers)
    assert graph.values()[graph.result] == pytest.approx(python(**numbers), abs=1e-12)
    for name in numbers:
        nudged = [python(**{**numbers, name: numbers[name] + by}) for by in (1e-5, -1e-5)]
        found = sum(slope for wire, slope in graph.gradients().items() if wire.source == name)
        assert found == pytest.approx((nudged[0] - nudged[1]) / 2e-5, abs=1e-6)
    assert draw(graph).svg.count("<text") > 2 * len(graph.wires())


def test_names_and_gates_stay_readable():
    graph = graph_of(PERCEPTRON, **NUMBERS)
    assert list(graph.inputs) == ["w0", "x0", "w1", "x1", "w2"], "in the order of the expression"
    assert graph.nodes["z"] == ("sum", "w0x0", "w1x1", "w2")
    assert [operation for operation, *_ in graph.nodes.values()] == ["*", "*", "sum", "*-1", "exp", "+1", "1/x"]
    assert graph.result == "s"
    assert graph_of("x * x", x=3).nodes == {"f": ("*", "x", "x")}
    assert graph_of("f + x", f=1, x=2).result == "g"
    assert graph_of("f + g + h + out", f=1, g=2, h=3, out=4).result == "v1"
    circuit = graph_of("q = x + y; f = q * z", x=-2, y=5, z=-4)
    assert (circuit.inputs, circuit.nodes) == (CIRCUIT.inputs, CIRCUIT.nodes)


REFUSED = [
    ("x + w", {"x": 1}, "w has no number"),
    ("x + 1", {"x": 1, "y": 2}, "y"),
    ("q = x + 1; x * 2", {"x": 1}, "q"),
    ("x +", {"x": 1}, "not an expression"),
    ("", {}, "not an expression"),
    ("x", {"x": 1}, "no gate"),
    ("q = x + 1; f = q", {"x": 1}, "no gate"),
    ("1 + 2", {}, "no gate"),
    ("x = x + 1", {"x": 1}, "x has a value already"),
    ("x + 1; x + 2", {"x": 1}, "name = expression"),
    ("x ** y", {"x": 1, "y": 2}, "y in its exponent"),
    ("sin(x)", {"x": 1}, "'sin(x)' cannot be drawn"),
    ("__import__('os').getcwd()", {}, "cannot be drawn"),
    ("x if x else 1", {"x": 1}, "cannot be drawn"),
    ("x * True", {"x": 1}, "'True' cannot be drawn"),
    ("max(x)", {"x": 1}, "at least two"),
    ("exp(x, x)", {"x": 1}, "one in its brackets"),
    ("max(x, 3)", {"x": 1}, "give the number a letter"),
    ("1 / x", {"x": 0}, "no value at these numbers"),
    ("x ** 0.5", {"x": -1}, "no value at these numbers"),
    ("exp(x)", {"x": 1e4}, "no value at these numbers"),
    ("x + 1 / 0", {"x": 1}, "has no value"),
]


@pytest.mark.parametrize(("expression", "numbers", "say"), REFUSED, ids=[one or "nothing" for one, _, _ in REFUSED])
def test_what_cannot_be_drawn_is_said_clearly(expression, numbers, say):
    with pytest.raises(ValueError, match=re.escape(say)):
        graph_of(expression, **numbers)


def test_every_step_is_the_picture_that_draw_makes():
    graph = step(CIRCUIT, named=("q", "f"))
    for shown in range(6):
        assert graph.picture(shown) == draw(CIRCUIT, shown=shown, ask=1, named=("q", "f"))
    assert graph.picture(0).svg.count('text-decoration="underline"') == 0
    assert graph.picture(5).svg.count('text-decoration="underline"') == 5
    assert ">?<" in graph.picture(4).svg and ">?<" not in graph.picture(5).svg


@pytest.mark.parametrize(
    "graph", [CIRCUIT, graph_of(PERCEPTRON, **NUMBERS), graph_of("a * b + c * d", a=1, b=2, c=3, d=4)]
)
def test_every_gate_that_a_question_speaks_of_has_that_name_in_the_picture(graph):
    stepping, spoken_of = step(graph), set()
    for shown, one in enumerate(stepping.questions):
        written = [element.text for element in ElementTree.fromstring(stepping.picture(shown).svg).iter()]
        for node in graph.nodes:
            sign, name = gate_name(graph, node).removeprefix("the ").split(" gate")
            if re.search(rf"the {re.escape(f'{sign} gate{name}')}\b", one["place"] + one["nudge"]):
                assert name.strip() in written if name else written.count(sign) == 1
                spoken_of.add(node)
    assert spoken_of == set(graph.nodes)


def test_where_no_kernel_runs_there_is_the_picture_it_begins_with(monkeypatch):
    graph, shown = step(CIRCUIT, shown=3), []
    monkeypatch.setattr("course.live.display", lambda data, raw: shown.append(data))
    graph._ipython_display_()
    still, live = shown
    assert live["application/vnd.jupyter.widget-view+json"]["model_id"] == graph.model_id
    assert draw(CIRCUIT, shown=3, ask=1).html in still["text/html"]
    assert "q into f −4" in still["text/plain"] and "x into q" not in still["text/plain"]


def test_an_upstream_that_is_given_is_not_asked_for():
    assert (step(CIRCUIT).first, step(CIRCUIT).shown) == (0, 0)
    given = step(CIRCUIT, upstream=-2.0)
    assert (given.first, given.shown) == (1, 1)
    assert [one["printed"] for one in given.questions] == ["−2", "8", "−6", "8", "8"]


def test_on_a_corner_no_nudge_decides():
    corner = graph_of("relu(x + y)", x=1, y=-1)
    with pytest.raises(ValueError, match="corner"):
        step(corner)
    slopes = dict.fromkeys(corner.wires(), 0.0) | {Wire("f", None): 1.0}
    assert step(corner, gradients=slopes).questions[1]["answer"] == 0
    assert step(graph_of("1 / x + exp(y)", x=0.01, y=8)).questions, "steep is not a corner"


@pytest.mark.parametrize(
    ("answer", "digits", "right", "wrong"),
    [
        (0.36788, 4, (0.37, 0.368, 0.3679), (0.36, 0.4, -0.37)),
        (0.19661, 2, (0.2, 0.197), (0.19, 0.21)),
        (-12, 4, (-12, -12.004), (-12.1, -11.9)),
        (12.3456, 4, (12.35, 12.3456), (12.3, 12.4)),
        (0.0012, 4, (0.0012, 0.00124), (0, 0.001, 0.002)),
        (0, 4, (0, 0.00004), (0.001,)),
    ],
)
def test_a_number_is_right_if_it_is_rounded_as_the_picture_is(answer, digits, right, wrong):
    within = tolerance(answer, digits)
    assert all(abs(one - answer) <= within for one in right)
    assert all(abs(one - answer) > within for one in wrong)


def test_slips_are_recognized_and_no_hint_tells_the_number():
    gradients = CIRCUIT.gradients()
    q = question(CIRCUIT, gradients, Wire("q", "f", 0), 4)
    assert q["place"] == "the wire from the + gate into the × gate"
    said = {round(value): words for value, words in reversed(q["slips"])}
    assert "sign" in said[4] and "other one" in said[3] and "arrives at the × gate" in said[1]
    neuron = graph_of("y = relu(x0*w0 + x1*w1 + b)", x0=1.5, w0=-3, x1=-2, w1=-4, b=0.5)
    for wire in neuron.wires():
        asked = question(neuron, neuron.gradients(), wire, 4)
        assert not any(abs(value - asked["answer"]) <= asked["tolerance"] for value, _ in asked["slips"])
        assert not any(re.search(r"\d", words) for words in [asked["nudge"], *(words for _, words in asked["slips"])])


def test_the_script_is_small_and_asks_nothing_of_the_world():
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        assert len(text) < 60_000
        assert not re.search(r"https?:|//[a-z]|\beval\b|\bFunction\(|\bimport\b|\bfetch\b|url\(|innerHTML", text), path
