"""A graph from an expression, written as one writes it in Python.

    graph_of("(x + y) * z", x=-2, y=5, z=-4)
    graph_of("q = x + y; f = q * z", x=-2, y=5, z=-4)  # results with names of their own

Subtraction and division are drawn as what they are made of: x - y as x + (-1)y, x / y as x times 1/y. A number in the
expression becomes part of its gate ("+1", "×3"), since nobody asks for its gradient.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from course.graph import OPERATIONS, Graph
from course.picture import MINUS, SUPERSCRIPT, TIMES

FUNCTIONS = ("exp", "log", "max", "relu", "tanh")
ALLOWED = f"+, -, *, /, ** with a plain number, {', '.join(FUNCTIONS)}"
RESULTS = ("f", "g", "h", "out")  # what a result without a name is called: the first that is free

TERMS, FACTORS = (ast.Add, ast.Sub), (ast.Mult, ast.Div)
Term = str | float  # the name of an input or node, or a plain number


def graph_of(expression: str, /, **inputs: float) -> Graph:
    """The graph of an expression, or of several assignments of which the last is the result.

    inputs: a number for each letter. ValueError says what cannot be drawn, and why.
    """
    reader = _Reader(inputs)
    reader.read(expression)
    known = {name: inputs[name] for name in reader.used if name in inputs}
    graph = Graph(known, reader.nodes, {**OPERATIONS, **reader.menu})
    try:
        graph.values()
    except (ArithmeticError, TypeError, ValueError) as error:
        raise ValueError(f"{expression!r} has no value at these numbers: {error}.") from None
    return graph


@dataclass
class _Reader:
    """Walks through the syntax tree; the nodes come out in an order in which they can be computed."""

    inputs: dict[str, float]
    nodes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    menu: dict[str, Callable[..., float]] = field(default_factory=dict)  # gates with a number in them
    used: dict[str, None] = field(default_factory=dict)  # names, in the order in which they are met

    def read(self, expression: str) -> None:
        """All statements, one after the other; each has to make a node that has a part in the result."""
        lines = "\n".join(part.strip() for line in expression.splitlines() for part in line.split(";"))
        try:
            statements = ast.parse(lines).body
        except SyntaxError:
            statements = []
        if not statements:
            raise ValueError(f"{expression!r} is not an expression in Python.")
        for statement in statements:
            name = self.name_of(statement, last=statement is statements[-1])
            made = self.term(statement.value)
            if made != next(reversed(self.nodes), None) or made in self.used:
                raise ValueError(
                    f"{ast.unparse(statement)!r} computes nothing from a letter: there is no gate to draw."
                )
            self.nodes[name] = self.nodes.pop(made)
        sources = {source for _, *sources in self.nodes.values() for source in sources}
        if idle := [one for one in (*self.inputs, *self.nodes) if one not in sources and one != name]:
            raise ValueError(f"The result is not computed from {', '.join(idle)}: leave it out.")

    def name_of(self, statement: ast.stmt, last: bool) -> str:
        """What a statement calls its result."""
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]):
                if name in self.inputs or name in self.nodes:
                    raise ValueError(f"{name} has a value already: choose another name.")
                return name
            case ast.Expr() if last:
                taken = {*self.inputs, *self.nodes}
                return next((one for one in RESULTS if one not in taken), next(_numbered(taken)))
        raise ValueError(f"{ast.unparse(statement)!r} is not of the form name = expression.")

    def term(self, tree: ast.expr) -> Term:
        """A part of the expression: the name of its node, or its number if there is no letter in it."""
        match tree:
            case ast.Constant(value=value) if type(value) in (int, float):
                return float(value)
            case ast.Name(id=name):
                if name not in self.inputs and name not in self.nodes:
                    raise ValueError(f"{name} has no number: give {name}=... after the expression.")
                self.used[name] = None
                return name
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.term(operand)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.scaled(self.term(operand), -1.0)
            case ast.BinOp(op=ast.Add() | ast.Sub()):
                return self.total([self.scaled(self.term(part), sign) for part, sign in _chain(tree, TERMS)])
            case ast.BinOp(op=ast.Mult() | ast.Div()):
                return self.product([self.power(self.term(part), sign) for part, sign in _chain(tree, FACTORS)])
            case ast.BinOp(op=ast.Pow(), left=base, right=exponent):
                return self.power(self.term(base), self.term(exponent))
            case ast.Call(func=ast.Name(id=name), args=[_, *_] as arguments, keywords=[]) if name in FUNCTIONS:
                return self.call(name, [self.term(one) for one in arguments])
        raise ValueError(f"{ast.unparse(tree)!r} cannot be drawn: use {ALLOWED}.")

    def total(self, terms: list[Term]) -> Term:
        """A sum: one gate for all terms with a letter, however many, and behind it one for the plain number."""
        plain, letters = _parted(terms)
        whole, added = self.joined("+" if len(letters) == 2 else "sum", letters), math.fsum(plain)
        if whole is None:
            return added
        if not plain:
            return whole
        sign = "+" if added >= 0 else MINUS
        return self.gate(f"{sign}{abs(added):.12g}", [whole], lambda value: value + added)

    def product(self, factors: list[Term]) -> Term:
        """A product: one gate for all factors with a letter, however many, and behind it one for the plain number."""
        plain, letters = _parted(factors)
        whole, factor = self.joined("*", letters), math.prod(plain)
        return factor if whole is None else self.scaled(whole, factor)

    def joined(self, operation: str, letters: list[str]) -> str | None:
        """Several names through one gate; one alone needs none."""
        return self.gate(operation, letters) if len(letters) > 1 else next(iter(letters), None)

    def scaled(self, term: Term, factor: float) -> Term:
        """A term times a plain number."""
        if isinstance(term, float):
            return factor * term
        if factor == 1:
            return term
        sign = "*-1" if factor == -1 else f"{TIMES}{factor:.12g}".replace("-", MINUS)
        return self.gate(sign, [term], lambda value: factor * value)

    def power(self, base: Term, exponent: Term) -> Term:
        """A term to the power of a plain number."""
        if isinstance(exponent, str):
            raise ValueError(f"A power with {exponent} in its exponent cannot be drawn: use {ALLOWED}.")
        if exponent == 1:
            return base
        if isinstance(base, float):
            return _computed(lambda: base**exponent)
        sign = "1/x" if exponent == -1 else f"( ){f'{exponent:g}'.translate(SUPERSCRIPT)}"
        return self.gate(sign, [base], lambda value: value**exponent)

    def call(self, function: str, arguments: list[Term]) -> Term:
        """exp, max and the others; max(z, 0) is relu."""
        plain, letters = _parted(arguments)
        if function == "max" and plain == [0.0] and len(letters) == 1:
            function, arguments, plain = "relu", letters, []
        if (function == "max") != (len(arguments) > 1):
            raise ValueError(f"{function} takes {'at least two' if function == 'max' else 'one'} in its brackets.")
        if plain and letters:
            raise ValueError("max of a letter and a number can be drawn only for 0: give the number a letter.")
        if plain:
            return _computed(lambda: float(OPERATIONS[function](*plain)))
        return self.gate(function, letters)

    def gate(self, operation: str, sources: list[str], compute: Callable[..., float] | None = None) -> str:
        """A new node; a product of inputs is called by their names (x0w0), another by the next free v."""
        if operation not in OPERATIONS:
            self.menu[operation] = compute
        together = "".join(sources)
        wanted = operation == "*" and set(sources) <= set(self.inputs) and together not in self.inputs
        free = _numbered({*self.inputs, *self.nodes})
        name = together if wanted and together not in self.nodes else next(free)
        self.nodes[name] = (operation, *sources)
        return name


def _chain(tree: ast.expr, kinds: tuple[type, type], sign: float = 1.0) -> Iterator[tuple[ast.expr, float]]:
    """a + b - c as a, b and c with the signs 1, 1 and -1; a * b / c as a, b and c with these as exponents."""
    match tree:
        case ast.BinOp(left=left, op=op, right=right) if isinstance(op, kinds):
            yield from _chain(left, kinds, sign)
            yield from _chain(right, kinds, sign if isinstance(op, kinds[0]) else -sign)
        case _:
            yield tree, sign


def _parted(terms: list[Term]) -> tuple[list[float], list[str]]:
    return [one for one in terms if isinstance(one, float)], [one for one in terms if isinstance(one, str)]


def _computed(compute: Callable[[], float]) -> float:
    try:
        value = compute()
    except (ArithmeticError, ValueError) as error:
        raise ValueError(f"A part without letters has no value: {error}.") from None
    if isinstance(value, complex):
        raise ValueError("A part without letters has no real value.")
    return value


def _numbered(taken: set[str]) -> Iterator[str]:
    """v1, v2 and so on, without those that are taken."""
    return (f"v{i}" for i in count(1) if f"v{i}" not in taken)
