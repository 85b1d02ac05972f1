"""One student's code as an example of a mistake, without anything that says whose it is."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterable
from contextlib import suppress

from autograder.classroom.records import Classroom, HandIn
from autograder.exercises import all_exercises

LOOKED_AT = 8  # hand-ins with the same mistake, of which the shortest is shown
LENGTH_LIMIT = 2_000  # characters
SHORTEST_NAME = 3  # letters: a name of two would be found in any program


def example(classroom: Classroom, chapter: str, exercise: str, students: Iterable[str]) -> str:
    """The shortest of some students' answers to an exercise, without comments and docstrings; "" if none can be shown.

    An answer that names anybody of the class is not shown.
    """
    found_exercise = all_exercises().get(exercise)
    if found_exercise is None:
        return ""
    names = _names(classroom)
    found = []
    for student in list(students)[:LOOKED_AT]:
        source = source_of(classroom.hand_ins[student, chapter], found_exercise.cell_id)
        code = bare(source)
        if code and len(code) <= LENGTH_LIMIT and not names & set(re.findall(r"\w+", code.casefold())):
            found.append(code)
    return min(found, key=lambda code: (len(code), code), default="")


def source_of(hand_in: HandIn, cell_id: str) -> str:
    """The source of one cell of a marked notebook; "" if it is not there."""
    for path in hand_in.files:
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            for cell in json.loads(path.read_bytes())["cells"]:
                if cell["metadata"].get("nbgrader", {}).get("grade_id") == cell_id:
                    return "".join(cell["source"])
    return ""


def bare(source: str) -> str:
    """Code without comments and docstrings, otherwise laid out as it was; "" if it is no Python, since then nothing says
    what in it is a comment."""
    try:
        tree = ast.parse(source)
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, ValueError, tokenize.TokenError, RecursionError, MemoryError):
        return ""
    lines = source.split("\n")
    for token in tokens:
        if token.type == tokenize.COMMENT:
            line = token.start[0] - 1
            lines[line] = lines[line][: token.start[1]].rstrip()
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        ):
            continue
        for number in range(node.lineno - 1, node.end_lineno):
            lines[number] = ""
    return "\n".join(line for line in lines if line.strip())


def _names(classroom: Classroom) -> set[str]:
    """The words by which people of the class are known."""
    words = set()
    for person in classroom.persons.values():
        for text in (person.id, person.first, person.last, person.email):
            words |= {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= SHORTEST_NAME}
    return words - {"com", "edu", "org", "example"}
