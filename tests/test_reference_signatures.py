"""Does the reference say, for whoever reads it, what goes in, what comes out, what it raises, and where it is from?"""

import inspect
import re
from importlib import import_module

import numpy as np
import pytest

from autograder.reference import autograd, batch, gates, layer, neuron, relu, shapes, slopes, softmax, training
from course.probes import CHAPTERS

MODULES = [import_module(f"autograder.reference.{module}") for module in CHAPTERS.values()]


def public(module):
    """Its functions, its classes and their methods, by name; what it imports from a neighbour is looked at there."""
    for name, one in vars(module).items():
        if inspect.getmodule(one) is module and not name.startswith("_") and callable(one):
            yield name, one
            for method, function in vars(one).items() if inspect.isclass(one) else ():
                if inspect.isfunction(function) and function.__module__ == module.__name__:
                    yield f"{name}.{method}", function


FUNCTIONS = {f"{module.__name__}.{name}": one for module in MODULES for name, one in public(module)}


def test_how_many_there_are():
    assert len(FUNCTIONS) > 80


@pytest.mark.parametrize("name", FUNCTIONS)
def test_signature_and_docstring(name):
    one = FUNCTIONS[name]
    assert inspect.getdoc(one), "no docstring"
    if inspect.isclass(one):
        return
    signature = inspect.signature(one)
    untyped = [argument for argument in list(signature.parameters) if argument != "self"]
    untyped = [argument for argument in untyped if signature.parameters[argument].annotation is inspect.Parameter.empty]
    assert untyped == [] and signature.return_annotation is not inspect.Signature.empty
    if "." not in name.removeprefix(f"{one.__module__}."):  # a method's source is its class's or its module's
        assert "Source: " in one.__doc__


def aliases(annotation):
    """The shapes of an annotation that are one of ours."""
    return [name for name, one in vars(shapes).items() if one is annotation and name in ("Vector", "Matrix", "Labels")]


@pytest.mark.parametrize("name", [name for name, one in FUNCTIONS.items() if inspect.isfunction(one)])
def test_arrays_have_their_shape_in_the_docstring(name):
    one = FUNCTIONS[name]
    if any(aliases(parameter.annotation) for parameter in inspect.signature(one).parameters.values()):
        assert re.search(r"\((?:[NDMC3]|steps)[^()]*,[^()]*\)", one.__doc__), "no shape such as (N, D)"


ROWS, COLUMNS = np.ones((2, 3)), np.ones((3, 2))
SAID = [
    (ValueError, lambda: slopes.relative_error(ROWS, COLUMNS)),
    (ValueError, lambda: slopes.relative_error(np.ones(0), np.ones(0))),
    (ZeroDivisionError, lambda: slopes.derivative(lambda x: x * x, 2.0, 0.0)),
    (AttributeError, lambda: gates.MultiplyGate().backward(1.0)),
    (OverflowError, lambda: gates.ExpGate().forward(710.0)),
    (ZeroDivisionError, lambda: gates.ReciprocalGate().forward(0.0)),
    (OverflowError, lambda: gates.sigmoid_neuron_backward(np.array([0.0, 0.0, -710.0]), np.ones(2))),
    (ValueError, lambda: neuron.neuron_forward(np.ones(2), np.ones(3), 0.0)),
    (ValueError, lambda: neuron.relu_derivative(np.ones(2))),
    (ValueError, lambda: neuron.gradient_step(np.ones(2), 0.0, np.ones(3), 0.0, 0.1)),
    (ValueError, lambda: layer.layer_forward(np.ones(3), COLUMNS, np.ones(3))),
    (ValueError, lambda: layer.layer_dinputs(np.ones(3), COLUMNS)),
    (ValueError, lambda: batch.batch_forward(ROWS, ROWS, np.ones((1, 3)))),
    (ValueError, lambda: batch.batch_dinputs(ROWS, COLUMNS)),
    (ValueError, lambda: batch.batch_dweights(ROWS, COLUMNS)),
    (ValueError, lambda: batch.dense_backward(ROWS, COLUMNS, ROWS)),
    (ValueError, lambda: relu.relu_backward(ROWS, COLUMNS)),
    (ValueError, lambda: softmax.softmax(np.ones((2, 0)))),
    (IndexError, lambda: softmax.cross_entropy(ROWS / 3, np.array([0, 3]))),
    (ValueError, lambda: softmax.cross_entropy(ROWS / 3, np.array([0, 1, 2]))),
    (IndexError, lambda: softmax.softmax_cross_entropy_backward(ROWS / 3, np.array([0, 3]))),
    (ValueError, lambda: softmax.softmax_jacobian(ROWS / 3)),
    (ValueError, lambda: softmax.softmax_backward(ROWS, COLUMNS)),
    (ValueError, lambda: training.standardize(ROWS, np.ones(2), np.ones(2))),
    (ValueError, lambda: training.accuracy(ROWS, np.array([0, 1, 2]))),
    (TypeError, lambda: autograd.Value([1.0])),
    (TypeError, lambda: autograd.Value(1.0) * [1.0]),
    (ValueError, lambda: autograd.Value(1.0) + "one"),
    (ZeroDivisionError, lambda: autograd.Value(1.0) / autograd.Value(0.0)),
    (OverflowError, lambda: autograd.Value(710.0).exp()),
]


@pytest.mark.parametrize(("error", "call"), SAID, ids=[str(number) for number in range(len(SAID))])
def test_what_is_said_to_be_raised_is_raised(error, call):
    with pytest.raises(error):
        call()
