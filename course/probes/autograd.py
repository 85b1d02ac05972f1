"""12-autograd: a small program is run with the student's `Value`, and its numbers are read off.

x, y and z are single numbers; `program` is what a student could type, and makes of them a value called f (and one called g
where two backward passes are looked at). The parts of `Value` are observed apart, so that one that fails spoils no other;
each looks first at what it rests on, and at its operations one by one (`course.probes.values`).
"""

import sys
from contextlib import contextmanager

from course.observe import NotNumbers, scripted
from course.probes.values import look_at, rests_on, slopes_are_numbers, wires_are_pairs

# Lines of Python that a graph of a hundred values may take: far more than any way of visiting each of them once.
LINES = 250_000


class TooManySteps(Exception):
    """The student's code was still running after `LINES` lines."""


@contextmanager
def limited():
    """Stop code that would run for hours, after a number of lines and not of seconds: the same on every machine."""
    count, before = 0, sys.gettrace()

    def follow(frame, event, argument):
        nonlocal count
        count += 1
        if count > LINES:
            raise TooManySteps(f"{LINES:,} lines were run, and it was not at an end")
        return follow

    sys.settrace(follow)
    try:
        yield
    finally:
        sys.settrace(before)


def run(answer, program, x, y, z):
    """What the program leaves behind, by name, starting from three values."""
    names = {"x": answer(x), "y": answer(y), "z": answer(z)}
    exec(compile(program, "<program>", "exec"), {}, names)
    if names["f"] is None:
        raise NotNumbers("none", "None where `f` should be a Value")
    return names


def backward(names, root="f"):
    """Call the root's backward; say so plainly if there is none."""
    if not hasattr(names[root], "backward") and hasattr(names[root], "data"):
        raise NotNumbers("missing", f"{type(names[root]).__name__}.backward")
    try:
        names[root].backward()
    except (AttributeError, TypeError, ValueError):
        wires_are_pairs(type(names[root]), names[root])
        raise


def gradients(names):
    """dx, dy and dz, as a list."""
    return [names[name].grad for name in "xyz"]


def written(*lines):
    """How a student would try the program, ending in these lines."""

    def text(program, x, y, z):
        return "\n".join([f"x, y, z = Value({x}), Value({y}), Value({z})", program, *lines])

    return text


TRY = written("f.backward()", "print(f.data, x.grad, y.grad, z.grad)")
ARGUMENTS = "program, x, y, z"


@scripted(ARGUMENTS, "f, inputs", text=written("print(f.data, x.data, y.data, z.data)"), methods="__add__ __mul__")
def data(answer, program, x, y, z):
    """Forward only: the result, and the three values as they are afterwards."""
    look_at(answer, "x + y", "x * y", wires=False)
    names = run(answer, program, x, y, z)
    return {"f": names["f"].data, "inputs": [names[name].data for name in "xyz"]}


@scripted(ARGUMENTS, "df, dx, dy, dz", text=TRY, methods="backward")
def grad(answer, program, x, y, z):
    """Gradients after one backward pass, the last value's own among them."""
    rests_on(answer, "__add__", "__mul__")
    look_at(answer, "x + y", "x * y")
    names = run(answer, program, x, y, z)
    slopes_are_numbers(answer, names["f"])
    backward(names)
    return {"df": names["f"].grad, **dict(zip(("dx", "dy", "dz"), gradients(names), strict=True))}


@scripted(ARGUMENTS, "dx, dy, dz", text=TRY, methods="backward")
def diamond(answer, program, x, y, z):
    """The same with values that are used more than once, and a bound on the work."""
    rests_on(answer, "__add__", "__mul__", walk=True)
    names = run(answer, program, x, y, z)
    with limited():
        backward(names)
    return dict(zip(("dx", "dy", "dz"), gradients(names), strict=True))


@scripted(
    ARGUMENTS,
    "first, second, of_g, of_f_again",
    text=written(
        "for root in (f, f, g, f):",
        "    root.backward()",
        "    print(x.grad, y.grad, z.grad)",
    ),
    methods="backward",
)
def again(answer, program, x, y, z):
    """dx, dy and dz after f.backward(), after a second one, after g.backward(), and after f.backward() once more."""
    rests_on(answer, "__add__", "__mul__", walk=True)
    names, seen = run(answer, program, x, y, z), {}
    for result, root in (("first", "f"), ("second", "f"), ("of_g", "g"), ("of_f_again", "f")):
        backward(names, root)
        seen[result] = gradients(names)
    return seen


def operations(methods, *written, named=()):
    """Result and gradients of a program whose operations are these methods; `named` ones are called by their name."""

    @scripted(ARGUMENTS, "f, dx, dy, dz", text=TRY, methods=methods)
    def use(answer, program, x, y, z):
        for name in named:
            if not hasattr(answer, name):
                raise NotNumbers("missing", f"Value.{name}")
        rests_on(answer, "__add__", "__mul__", "backward", walk=True)
        look_at(answer, *written)
        names = run(answer, program, x, y, z)
        backward(names)
        return {"f": names["f"].data, **dict(zip(("dx", "dy", "dz"), gradients(names), strict=True))}

    return use


PROBES = {
    "Value.data": data,
    "Value.grad": grad,
    "Value.diamond": diamond,
    "Value.again": again,
    "Value.numbers": operations("__neg__ __sub__ __radd__ __rmul__ __rsub__", "-x", "x - y", "n + x", "n * x", "n - x"),
    "Value.powers": operations("__pow__ __truediv__ __rtruediv__", "x ** n", "x ** -1", "x / y", "n / x"),
    "Value.relu": operations("relu", "x.relu()", named=("relu",)),
    "Value.curves": operations("exp tanh", "x.exp()", "x.tanh()", named=("exp", "tanh")),
}
