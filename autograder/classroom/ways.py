"""Other right ways on a page of worked solutions: what each is made of, when it is the better one, what tells it apart."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass

LOOPS = (ast.For, ast.While, ast.ListComp, ast.GeneratorExp)
# What an answer is made of, and when that is the better way to write it: the first that is found counts.
STYLES = {
    "einsum": "names every axis: good where there are many",
    "loop": "entry by entry, beside the formula: good to check by hand, slow for large arrays",
    "new axis": "by broadcasting: good where one axis is missing, costly where the product is large",
    "product": "as one product: short and fast, if the axes that meet are the right ones",
}
NAMED = 2  # calls in a title
# They prepare, and tell nothing of the idea.
PLUMBING = {
    "append",
    "array",
    "asarray",
    "astype",
    "copy",
    "errstate",
    "float64",
    "ndim",
    "shape",
    "zeros",
    "zeros_like",
}
OF_NUMPY = re.compile(r"np(\.\w+)+")


@dataclass(frozen=True)
class Way:
    """A right answer.

    uses : the calls that tell it from the others of its exercise, as `np.bincount`. when : when it is the better one ("" if nothing
    can be said).
    """

    code: str
    uses: tuple[str, ...]
    when: str

    @property
    def title(self) -> str:
        """What stands behind "Another way", with its comma; "" if nothing can be said."""
        by = "with " + " and ".join(f"`{one}`" for one in self.uses) if self.uses else ""
        return "".join(f", {part}" for part in (by, self.when) if part)


def told_apart(model: str, codes: Iterable[str]) -> tuple[Way, ...]:
    """Ways to write what the model answer does; what is said of a style, it says once, and then names the style alone."""
    codes = list(codes)
    calls = [_calls(code) for code in (model, *codes)]
    ways, said = [], set()
    for place, code in enumerate(codes, start=1):
        others = set().union(*(one for at, one in enumerate(calls) if at != place))
        when = when_better(code)
        ways.append(Way(code, tuple(one for one in calls[place] if one not in others)[:NAMED], _short(when, said)))
        said.add(when)
    return tuple(ways)


def _short(when: str, said: set[str]) -> str:
    return re.split("[,:]", when)[0] if when in said else when


def _calls(code: str) -> dict[str, None]:
    """What a piece of code calls of numpy, then methods of arrays, in the order of reading."""
    named = [node.func for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    attributes = sorted(
        (one for one in named if isinstance(one, ast.Attribute)), key=lambda one: (one.lineno, one.col_offset)
    )
    of_numpy = dict.fromkeys(text for one in attributes if OF_NUMPY.fullmatch(text := ast.unparse(one)))
    methods = dict.fromkeys(one.attr for one in attributes if not OF_NUMPY.fullmatch(ast.unparse(one)))
    return of_numpy | {f".{name}()": None for name in methods if f"np.{name}" not in of_numpy}


def when_better(code: str) -> str:
    """When this way of writing it is the better one, by what it is made of; "" if nothing can be said."""
    found = {_style(node) for node in ast.walk(ast.parse(code))}
    return next((when for style, when in STYLES.items() if style in found), "")


def _style(node: ast.AST) -> str:
    """Which of STYLES a piece of code is of; "" for none."""
    if isinstance(node, LOOPS):
        return "loop"
    if isinstance(node, ast.Attribute):
        return {
            "einsum": "einsum",
            "newaxis": "new axis",
            "dot": "product",
            "outer": "product",
            "matmul": "product",
        }.get(node.attr, "")
    if isinstance(node, ast.Subscript):
        inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return "new axis" if any(isinstance(one, ast.Constant) and one.value is None for one in inside) else ""
    return "product" if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) else ""
