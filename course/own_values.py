"""A picture of one's own `Value`s, right or wrong: what they hold, their wires, and what a nudge says of each gradient.

    own_graph(Value, lambda x: (x + x * 4) * 2, x=3.0)

A nudge needs no wire: the expression is computed again with one value, wherever it is made, a little larger and smaller.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import count

from course.hint import Hint
from course.picture import Picture, number
from course.unwritten import to_write_first

STEP = 1e-5  # of a nudge, each way
CLOSE = 1e-6  # relative; a central difference agrees with a right gradient far below it
MOST = 24  # values in a readable picture
APART, LOWER = 1.35, 1.0  # rows between the values of a column, and by which every second column hangs lower


def own_graph(Value: type, expression: Callable, **inputs: float) -> Picture:
    """The graph that `expression` makes of values, after one walk back if the class has a `backward`.

    Value : the class, with `data`, `grad` and `wires` of pairs (source, slope). inputs : a number for each argument.
    A gradient that a nudge does not confirm stands on red, with what the nudge says. Hint if there is no graph.
    """
    from course.figures.autograd import value_graph

    made, result = _computed(Value, expression, inputs)
    if len(made) > MOST:
        raise Hint(
            f"own_graph: {len(made)} values are too many for one picture, which holds {MOST}. Take a smaller one."
        )
    names = _names(made, inputs, result)
    wires = {names[id(one)]: _wires(one, names) for one in made}
    values = {names[id(one)]: float(one.data) for one in made}
    if not hasattr(result, "backward"):
        return value_graph(values, wires, _places(wires))
    try:
        result.backward()
    except Exception as error:
        raise Hint(f"own_graph: backward stops with {type(error).__name__}: {error}") from None
    grads = {names[id(one)]: float(one.grad) for one in made}
    doubts = {}
    for which, one in enumerate(made):
        slope = _nudged(Value, expression, inputs, which)
        if not math.isclose(one.grad, slope, rel_tol=CLOSE, abs_tol=CLOSE):
            doubts[names[id(one)]] = round(slope, 6)
    return value_graph(values, wires, _places(wires), grads=grads, doubts=doubts)


def _computed(Value: type, expression: Callable, inputs: dict[str, float], which: int = -1, by: float = 0.0):
    """All values in the order in which they are made, and the result; value number `which` is changed by a little."""
    made, turn, begin = [], count(), Value.__init__

    def counted(self, data, *more, **named):
        begin(self, data + by if next(turn) == which else data, *more, **named)
        made.append(self)

    Value.__init__ = counted
    try:
        result = expression(**{name: Value(at) for name, at in inputs.items()})
    except Exception as error:
        first = to_write_first(error, getattr(expression, "__globals__", {}))
        raise Hint(first or f"own_graph: the expression stops with {type(error).__name__}: {error}") from None
    finally:
        Value.__init__ = begin
    if not isinstance(result, Value):
        raise Hint(
            f"own_graph: the expression gives {type(result).__name__}, and no {Value.__name__}. "
            "Does each operation in it return a new one?"
        )
    return made, result


def _nudged(Value: type, expression: Callable, inputs: dict[str, float], which: int) -> float:
    high, low = (_computed(Value, expression, inputs, which, by)[1].data for by in (STEP, -STEP))
    return (high - low) / (2 * STEP)


def _names(made: list, inputs: dict[str, float], result) -> dict[int, str]:
    """Inputs by their names, the result f, a plain number by itself, all others v1, v2 and so on."""
    names, turn, taken = {}, count(1), set(inputs)
    for which, (one, given) in enumerate(zip(made, [*inputs, *[None] * len(made)], strict=False)):
        if given:
            names[id(one)] = given
        elif one is result and "f" not in taken:
            names[id(one)] = "f"
        elif not one.wires and number(one.data, 2) not in taken:
            names[id(one)] = number(one.data, 2)
        else:
            names[id(one)] = next(name for i in turn if (name := f"v{i}") not in taken)
        taken.add(names[id(made[which])])
    return names


def _wires(one, names: dict[int, str]) -> list[tuple[str, float]]:
    """The wires of a value, its sources by name."""
    try:
        return [(names[id(source)], float(slope)) for source, slope in one.wires]
    except (TypeError, ValueError, KeyError):
        raise Hint(
            f"own_graph: the wires of {names[id(one)]} are {one.wires!r:.60}; wanted are pairs (source, slope), each source "
            "one of the values that it was made of."
        ) from None


def _places(wires: dict[str, list[tuple[str, float]]]) -> dict[str, tuple[float, float]]:
    """(column, row): a value stands to the right of all that it was made of; those of one column below each other.

    Every second column hangs lower, so that a wire which leaps over a column does not run through its boxes.
    """
    depth: dict[str, int] = {}
    for name, sources in wires.items():  # sources are made before what is made of them
        depth[name] = 1 + max((depth.get(source, 0) for source, _ in sources), default=-1)
    for name in [
        one for one, sources in wires.items() if not sources
    ]:  # what was not made stands next to its first user
        users = [depth[user] for user, sources in wires.items() if name in dict(sources)]
        depth[name] = min(users, default=1) - 1
    columns = {column: [name for name in depth if depth[name] == column] for column in depth.values()}
    highest = max(map(len, columns.values()))
    return {
        name: (column, APART * ((highest - len(names)) / 2 + row) + LOWER * (column % 2))
        for column, names in columns.items()
        for row, name in enumerate(names)
    }
