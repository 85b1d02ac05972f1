"""Which answer a cell lacks that stops because nothing came back: of those that it calls, the first that is still empty."""

from __future__ import annotations

import ast
import inspect
import linecache
import types
from collections.abc import Callable, Iterable, Iterator

from course.probes import all_probes
from course.stubs import empty_parts, statements

MANY = 100  # entries of a list that are looked at
NOTHING = "NoneType"  # in what Python says where None stands in the place of a result
METHODS = {  # by which an operator is asked for
    ast.Add: ("__add__", "__radd__"),
    ast.Sub: ("__sub__", "__rsub__"),
    ast.Mult: ("__mul__", "__rmul__"),
    ast.MatMult: ("__matmul__", "__rmatmul__"),
    ast.Div: ("__truediv__", "__rtruediv__"),
    ast.Pow: ("__pow__", "__rpow__"),
    ast.USub: ("__neg__",),
    ast.Subscript: ("__getitem__",),
}


def to_write_first(error: BaseException, space: dict[str, object]) -> str | None:
    """What to fill in before the cell can run, in one line; None if the error has another reason.

    space: the notebook's names.
    """
    kind = type(getattr(error, "obj", None))  # of an AttributeError: of what was asked
    if _is_own_class(kind, space):  # its methods should have set it
        levels = [[one for one in vars(kind).values() if inspect.isfunction(one)]]
    else:
        levels = _called(error, space) if NOTHING in str(error) or "ufunc" in str(error) else []
    for level in levels:
        if empty := [one for one in level if _is_empty(one)]:
            return _told(min(empty, key=lambda one: _place(one, space)))
    return None


def _told(function: Callable) -> str:
    of, _, name = function.__qualname__.rpartition(".")
    which, cell = (f"`{name}` of `{of}`", f"class {of}") if of else (f"`{name}`", f"def {name}")
    return f"{which} is not written yet, and this cell needs it: fill in the cell with `{cell}`, run it, then this one again."


def _place(function: Callable, space: dict[str, object]) -> tuple[int, int]:
    """Where it stands in the notebook: names in the order in which cells have defined them."""
    whole, _, _ = function.__qualname__.partition(".")
    return (list(space).index(whole) if whole in space else len(space), function.__code__.co_firstlineno)


def _is_empty(function: Callable) -> bool:
    given = {probe.given for name, (_, probe) in all_probes().items() if name.split(".")[0] == function.__name__}
    return empty_parts(function) is not None or (any(given) and statements(function) in given)


def _is_own_class(kind: type, space: dict[str, object]) -> bool:
    return space.get(kind.__name__) is kind and kind.__module__ == space.get("__name__")


def _called(error: BaseException, space: dict[str, object]) -> Iterator[list[Callable]]:
    """The notebook's functions that were asked for where it stopped, then those that these ask for, and so on."""
    names, values = set(), []
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_globals is space:
            names |= set(_names(_text(trace.tb_frame.f_code), space))
            values += [] if trace.tb_frame.f_locals is space else trace.tb_frame.f_locals.values()
        trace = trace.tb_next
    met: set[Callable] = set()
    while True:
        reached = values + [space[name] for name in names if name in space]
        own = [one for one in _kinds(reached) if _is_own_class(one, space)]
        reached += [one for kind in own for name, one in vars(kind).items() if name in names or name == "__init__"]
        new = {one for one in reached if inspect.isfunction(one) and one.__globals__ is space} - met
        if not new:
            return
        met |= new
        yield [one for one in new if one.__name__ != "__init__"]
        names |= {name for one in new for name in _names(_text(one.__code__), space)}


def _kinds(values: Iterable[object], depth: int = 3) -> set[type]:
    """The classes among these values, and those of what they and the lists among them hold."""
    kinds = {one if isinstance(one, type) else type(one) for one in values}
    if depth:
        inside = [part for one in values if isinstance(one, (list, tuple)) for part in one[:MANY]]
        return kinds | (_kinds(inside, depth - 1) if inside else set())
    return kinds


def _text(code: types.CodeType) -> ast.AST:
    """The tree of a function, or of a whole cell without its definitions."""
    try:
        tree = ast.parse("".join(linecache.getlines(code.co_filename)))
    except SyntaxError:  # a cell with lines for IPython, which it runs in another form
        return ast.Module([], [])
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == code.co_name and _begins(node) == code.co_firstlineno:
            return node
    kept = [one for one in tree.body if not isinstance(one, (ast.FunctionDef, ast.ClassDef))]
    return ast.Module(kept, [])


def _begins(node: ast.FunctionDef) -> int:
    return min([node.lineno, *(one.lineno for one in node.decorator_list)])


def _names(tree: ast.AST, space: dict[str, object]) -> Iterator[str]:
    """The names and attributes that are read, a module's left out, and the methods that operators ask for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            owner = space.get(node.value.id) if isinstance(node.value, ast.Name) else None
            if not inspect.ismodule(owner):
                yield node.attr
        else:
            yield from METHODS.get(type(getattr(node, "op", node)), ())
