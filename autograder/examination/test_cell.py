"""What a test cell asks: which exercises and predictions it examines, and what in it is the instructor's own code."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Question:
    """One `examine(...)` of a test cell. `variable` is the name in the student's notebook; `prediction` is set for a choice."""

    variable: str
    part: str | None = None
    prediction: str | None = None


@dataclass(frozen=True)
class TestCell:
    """A graded test cell, read from the instructor's source, never from a hand-in.

    `plain` is what is left when our own calls are taken out: the instructor's own asserts, "" if there are none.
    """

    grade_id: str
    questions: tuple[Question, ...]
    plain: str


@cache
def read_test_cell(grade_id: str, source: str) -> TestCell:
    """Read a test cell's source. One that is no Python, or that asks in a form we do not know, is plain as a whole."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return TestCell(grade_id, (), source)
    questions, ours = [], []
    for statement in tree.body:
        call = statement.value if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "examine":
            question = _question(call)
            if question is None:
                return TestCell(grade_id, (), source)
            questions.append(question)
            ours.append(statement)
        elif _is_ours(statement):
            ours.append(statement)
    if not questions:
        return TestCell(grade_id, (), source)
    own = [statement for statement in tree.body if statement not in ours]
    return TestCell(grade_id, tuple(questions), _without(source, ours) if own else "")


def _question(call: ast.Call) -> Question | None:
    match call.args:
        case [ast.Name(id=variable)]:
            return Question(variable)
        case [ast.Name(id=variable), ast.Constant(value=str(part))]:
            return Question(variable, part)
        case [ast.Constant(value=str(prediction)), ast.Name(id=variable)]:
            return Question(variable, prediction=prediction)
    return None


def _is_ours(statement: ast.stmt) -> bool:
    """A docstring, `check(...)`, or an import of the course or the autograder."""
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return True
    if isinstance(statement, ast.ImportFrom):
        return statement.module in ("autograder", "course")
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check"


def _without(source: str, statements: list[ast.stmt]) -> str:
    """The source with some statements blanked, so that line numbers in a traceback stay right."""
    lines = source.split("\n")
    for statement in statements:
        for number in range(statement.lineno - 1, statement.end_lineno):
            lines[number] = ""
    return "\n".join(lines)
