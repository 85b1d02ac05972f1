"""What is looked at before a program is run with a student's `Value`: the operations one by one, and what they rest on.

Nothing here knows a slope. What cannot be read off (other attributes than `wires`, an operation that raises) is left for the
program to show.
"""

from course.observe import NotNumbers
from course.stubs import empty_parts

WRITTEN_AS = {"__add__": "`__add__`", "__mul__": "`__mul__`", "backward": "`value_backward`"}
CIRCUIT = {"x": -2.0, "y": 5.0, "z": -4.0}  # lesson 02 prints what comes of it
CIRCUIT_DATA, CIRCUIT_GRADS = -12.0, [-4.0, -4.0, 3.0]

OPERATIONS = {
    "x + y": lambda x, y: x + y,
    "x * y": lambda x, y: x * y,
    "-x": lambda x, y: -x,
    "x - y": lambda x, y: x - y,
    "n + x": lambda x, y: 2.5 + x,
    "n * x": lambda x, y: 2.5 * x,
    "n - x": lambda x, y: 2.5 - x,
    "x ** n": lambda x, y: x**3,
    "x ** -1": lambda x, y: x**-1,  # what a power is that counts its factors, and what a quotient may rest on
    "x / y": lambda x, y: x / y,
    "n / x": lambda x, y: 2.5 / x,
    "x.relu()": lambda x, y: x.relu(),
    "x.exp()": lambda x, y: x.exp(),
    "x.tanh()": lambda x, y: x.tanh(),
}


def rests_on(answer, *methods, walk=False):
    """Refuse to go on while these methods are empty, or if the circuit of lesson 02 does not come out."""
    for name in methods:
        method = getattr(answer, name, None)
        if method is not None and empty_parts(method) is not None:
            raise NotNumbers("stub", f"{WRITTEN_AS[name]}, on which this part rests,")
    if not walk or not hasattr(answer, "backward"):
        return
    values = {name: answer(number) for name, number in CIRCUIT.items()}
    f = (values["x"] + values["y"]) * values["z"]
    if not isinstance(f, answer) or f.data != CIRCUIT_DATA:
        raise NotNumbers("count", "something wrong for `(x + y) * z`, on which this part rests")
    f.backward()
    if [value.grad for value in values.values()] != CIRCUIT_GRADS:
        raise NotNumbers("count", "wrong gradients for `(x + y) * z`: this part rests on `value_backward`")


def look_at(answer, *operations, wires=True):
    """Each operation gives a new Value and leaves its inputs alone; with `wires`, the result leads back to all of them."""
    for written in operations:
        for first in (-1.5, 1.5):  # relu sends them different ways
            _look_at(answer, written, answer(first), answer(2.5), wires and first > 0)


def _look_at(answer, written, x, y, wires):
    before = x.data, y.data
    try:
        out = OPERATIONS[written](x, y)
    except Exception:  # the program will raise it again
        return
    if out is None:
        raise NotNumbers("none", f"None for `{written}`, where a new Value is wanted")
    if not isinstance(out, answer):
        raise NotNumbers("count", f"{_kind(out)} for `{written}`, where a new Value is wanted")
    for name, value, data in (("x", x, before[0]), ("y", y, before[1])):
        if value.data != data:
            what = f"{name} itself, with other data," if out is value else f"a Value, and changed {name},"
            raise NotNumbers("count", f"{what} for `{written}`: a new Value is wanted, and {name} as it was")
        if out is value:
            raise NotNumbers("count", f"{name} itself for `{written}`, where a new Value is wanted")
        if wires and name in written and not leads_to(out, value):
            raise NotNumbers("count", f"a Value for `{written}` from which no wire leads to {name}")
    if wires and hasattr(answer, "backward"):
        rests_on_forks(answer, written, out)


def _kind(out):
    """A plain number's type; any other type could be of the student's making."""
    kind = type(out)
    return f"a plain {kind.__name__}" if kind in (float, int, bool) else "something else"


def leads_to(value, source):
    """Whether the wires of a value lead to another; True where they cannot be read."""
    return _reached(value, lambda one, _: one is source, unreadable=True)


def rests_on_forks(answer, operation, out):
    """Refuse to go on if the operation uses a value twice and `backward` does not add up what comes back to it."""
    if not _used_twice(out):
        return
    x = answer(2.0)
    a = x * 3.0
    f = a + a * 4.0
    f.backward()
    if abs(x.grad - 15.0) > 1e-9:
        raise NotNumbers(
            "count",
            f"wrong gradients where a value is used twice, as your `{operation}` uses one: this part rests on `value_backward`",
        )


def _used_twice(value):
    """Whether some value below this one has two wires to it."""
    met, kind = set(), type(value)
    return _reached(
        value, lambda one, _: isinstance(one, kind) and (id(one) in met or met.add(id(one))), unreadable=False
    )


def slopes_are_numbers(answer, f):
    """Refuse a slope that is a Value: grads made of it would be Values as well."""
    if _reached(f, lambda _, slope: isinstance(slope, answer), unreadable=False):
        raise NotNumbers("count", "a Value for a slope in your wires, where a number is wanted")


def wires_are_pairs(answer, f):
    """Refuse wires that are no pairs of a value and its slope; to be asked where a walk along them has raised an error."""
    for _, wires in _walk(f):
        if isinstance(wires, AttributeError):
            return  # kept in a way of the student's own
        if isinstance(wires, Exception) or not all(isinstance(source, answer) for source, _ in wires):
            raise NotNumbers(
                "count",
                "a Value whose wires are not all pairs (source, slope) with a Value for the source: `backward` stumbles over them",
            )


def _reached(value, wanted, unreadable):
    """Whether one of the wires that can be reached, pairs (source, slope), is a wanted one."""
    for one, wires in _walk(value):
        if isinstance(wires, Exception):
            if unreadable or one is value:
                return unreadable
        elif any(wanted(*wire) for wire in wires):
            return True
    return False


def _walk(value):
    """This value and all that its wires lead to, each once: with its wires as pairs, or the error that reading them raised."""
    todo, met = [value], set()
    while todo:
        one = todo.pop()
        if id(one) in met:
            continue
        met.add(id(one))
        try:
            wires = [(source, slope) for source, slope in one.wires]
        except (AttributeError, TypeError, ValueError) as error:
            yield one, error
            continue
        yield one, wires
        todo += [source for source, _ in wires]
