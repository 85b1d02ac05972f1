"""Is an answer filled in, or still the stub that was handed out? Read from its code; nothing is run."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable


def empty_parts(answer: Callable) -> list[str] | None:
    """None if nothing is left to fill in; [] for an empty function; for a class, its empty methods, [] if all are empty.

    Empty means: nothing but a docstring and comments. An `__init__` that does nothing may be all a class needs.
    """
    if not isinstance(answer, type):
        return [] if _is_empty(answer) else None
    methods = {name: one for name, one in vars(answer).items() if inspect.isfunction(one) and name != "__init__"}
    empty = [name for name, method in methods.items() if _is_empty(method)]
    return None if not empty else [] if len(empty) == len(methods) else empty


def _is_empty(function: Callable) -> bool:
    code = getattr(function, "__code__", None)
    if code is None or code.co_names or any(const not in (None, function.__doc__) for const in code.co_consts):
        return False
    return code.co_code in (_empty.__code__.co_code, _empty_with_docstring.__code__.co_code)


def statements(function: Callable) -> int:
    """How many statements stand in a function, its docstring not counted; 1,000 if its text cannot be read."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return 1000
    inside = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and node not in tree.body]
    return sum(not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)) for one in inside)


def _empty(): ...


def _empty_with_docstring():
    """Nothing."""
