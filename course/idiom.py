"""After "passed": how numpy writes the sum that somebody has written in loops, read off the loops themselves.

Only what stands there is translated, `A[n, i] * B[n, j]` added up over n into `A.T @ B`; nothing is known of exercises here, so
that no other one is given away.
"""

from __future__ import annotations

import ast
import dis
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType

_FOR = dis.opmap["FOR_ITER"]
LOOPS = 2  # nested, from which on a shorter form is worth a line


@dataclass(frozen=True)
class Factor:
    """An array with an index for each axis: `x[n][i]` and `x[n, i]` are x with ("n", "i"); a 0 that is written is "0"."""

    array: str
    indices: tuple[str, ...]

    def turned(self, first: str) -> str:
        """The table with this index in front."""
        return self.array if self.indices[0] == first else f"{self.array}.T"


def in_numpy(answer: Callable) -> str | None:
    """A sentence on the deepest sum that the answer's loops add up; None if there is none, or no shorter form is known."""
    try:
        if not _has_a_loop(answer):  # reading its source takes longer than most answers
            return None
        tree = ast.parse(textwrap.dedent(inspect.getsource(answer)))
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    found = [one for one in _sums(tree, ()) if one is not None]
    return max(found, default=(0, None), key=lambda one: one[0])[1]


def _has_a_loop(answer: Callable) -> bool:
    """Whether anything in a function goes round. Of what is none, such as a class, only its source can tell."""
    code = getattr(inspect.unwrap(answer), "__code__", None)
    return not isinstance(code, CodeType) or any(_FOR in one.co_code[::2] for one in _with_nested(code))


def _with_nested(code: CodeType) -> Iterator[CodeType]:
    """A function's code, and that of the functions and comprehensions in it."""
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _with_nested(one)


def _sums(node: ast.AST, loops: tuple[str, ...]) -> Iterator[tuple[int, str] | None]:
    """(loops, sentence) of each sum below this node; `loops`: the counters of those around it, outermost first."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.For):
            yield from _sums(child, (*loops, *_counter(child.target, child.iter)))
            yield _through_a_total(child, loops)
            continue
        if isinstance(child, ast.AugAssign) and isinstance(child.op, ast.Add):
            yield _sentence(child.target, child.value, loops)
        elif isinstance(child, ast.Assign) and len(child.targets) == 1:
            yield _assigned(child.targets[0], child.value, loops)
        yield from _sums(child, loops)


def _counter(target: ast.AST, over: ast.AST) -> tuple[str, ...]:
    """The counter of a loop over all of an axis: `for i in range(n)`."""
    whole = isinstance(over, ast.Call) and ast.unparse(over.func) == "range" and len(over.args) == 1
    return (target.id,) if whole and isinstance(target, ast.Name) else ()


def _assigned(target: ast.AST, value: ast.AST, loops: tuple[str, ...]) -> tuple[int, str] | None:
    """`t[i] = t[i] + ...`, `t[i] = sum(... for n in range(N))`, or a product for each pair of counters."""
    if isinstance(value, ast.Call) and ast.unparse(value.func) in ("sum", "np.sum") and len(value.args) == 1:
        if isinstance(terms := value.args[0], ast.GeneratorExp | ast.ListComp):
            inner = [name for one in terms.generators for name in _counter(one.target, one.iter)]
            return _sentence(target, terms.elt, (*loops, *inner))
        return None
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        for before, term in ((value.left, value.right), (value.right, value.left)):
            if ast.unparse(before) == ast.unparse(target):
                return _sentence(target, term, loops)
        return None
    return _sentence(target, value, loops)


def _through_a_total(loop: ast.For, loops: tuple[str, ...]) -> tuple[int, str] | None:
    """`total += ...` in an inner loop, and `t[i] = total` after it."""
    loops = (*loops, *_counter(loop.target, loop.iter))
    inner = [one for one in loop.body if isinstance(one, ast.For)]
    stored = [one for one in loop.body if isinstance(one, ast.Assign) and isinstance(one.value, ast.Name)]
    for deeper in inner:
        for step in deeper.body:
            if isinstance(step, ast.AugAssign) and isinstance(step.op, ast.Add) and isinstance(step.target, ast.Name):
                for one in stored:
                    if one.value.id == step.target.id:
                        return _sentence(one.targets[0], step.value, (*loops, *_counter(deeper.target, deeper.iter)))
    return None


def _sentence(target: ast.AST, term: ast.AST, loops: tuple[str, ...]) -> tuple[int, str] | None:
    into = _factor(target, loops)
    factors = [_factor(one, loops) for one in _product(term)]
    if into is None or None in factors:
        return None
    used = {name for one in factors for name in one.indices}
    if len(loops) < LOOPS or used != set(loops) or len(factors) > 2 or not used.issuperset(set(into.indices) - {"0"}):
        return None
    if (short := _short(into.indices, *factors)) is None:
        return None
    summed = [name for name in loops if name not in into.indices]
    what = (
        f"add up `{ast.unparse(term)}` over {' and '.join(summed)}"
        if summed
        else f"work out each `{ast.unparse(term)}`"
    )
    return len(loops), f"Your loops {what}. numpy has all of that in one expression: `{short}`."


def _product(term: ast.AST) -> list[ast.AST]:
    return [term.left, term.right] if isinstance(term, ast.BinOp) and isinstance(term.op, ast.Mult) else [term]


def _factor(node: ast.AST, loops: tuple[str, ...]) -> Factor | None:
    """The array and its indices; None where one of them is anything but a counter (or a 0: an axis of length 1)."""
    indices: list[str] = []
    while isinstance(node, ast.Subscript):
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        indices[:0] = [ast.unparse(part) for part in parts]
        node = node.value
    known = {*loops, "0"}
    if not indices or not isinstance(node, ast.Name | ast.Attribute) or not known.issuperset(indices):
        return None
    return Factor(ast.unparse(node), tuple(indices))


def _short(into: tuple[str, ...], left: Factor, right: Factor | None = None) -> str | None:
    """The expression with the axes of `into`; None if there is none of one line."""
    if "0" in left.indices or len(set(left.indices)) < len(left.indices):
        return None
    if right is None:
        return _added(into, left.array, left.indices)
    if "0" in right.indices or len(set(right.indices)) < len(right.indices):
        return None
    if left.indices == right.indices:
        return _added(into, f"({left.array} * {right.array})", left.indices)
    shared = set(left.indices) & set(right.indices)
    if not shared and into == (*left.indices, *right.indices) and len(into) == 2:
        return f"np.outer({left.array}, {right.array})"
    if not shared and into == (*right.indices, *left.indices) and len(into) == 2:
        return f"np.outer({right.array}, {left.array})"
    if len(shared) != 1 or shared & set(into) or set(into) != set(left.indices) ^ set(right.indices):
        return None
    return _matrix_product(into, left, right, shared.pop())


def _added(into: tuple[str, ...], array: str, indices: tuple[str, ...]) -> str | None:
    """A sum over the axes that `into` has not; its 0s are axes that stay, of length 1."""
    gone = [axis for axis, name in enumerate(indices) if name not in into]
    kept = tuple(name for name in indices if name in into)
    stays = tuple("0" if axis in gone else name for axis, name in enumerate(indices))
    if not gone or into not in (kept, stays):
        return None
    axis = gone[0] if len(gone) == 1 else tuple(gone)
    return f"{array}.sum(axis={axis}{', keepdims=True' if into == stays else ''})"


def _matrix_product(into: tuple[str, ...], left: Factor, right: Factor, over: str) -> str | None:
    if max(len(left.indices), len(right.indices)) > 2:
        return None
    if len(left.indices) == 1 or (len(right.indices) == 2 and into[0] not in left.indices):
        left, right = right, left
    if len(right.indices) == 1:  # a table and a row of numbers
        return f"{left.turned(into[0])} @ {right.array}"
    return f"{left.turned(into[0])} @ {right.turned(over)}"
