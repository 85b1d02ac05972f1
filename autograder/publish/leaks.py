"""Search what students get for what they must not have: solutions, hidden tests, the autograder.

A statement of a right solution (the model's, or one declared with its exercise) counts as found where the same syntax tree
stands elsewhere. Statements of two and more operations are compared with their names made equal (`d * (z > 0)` is `g * (x > 0)`);
single operations and plain arithmetic with their own names, since `2 * x` and `a - b * c` under any names are no secret; a
transpose or a keyword argument makes a single operation worth keeping.
"""

from __future__ import annotations

import ast
import gzip
import inspect
import io
import json
import re
import textwrap
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePath

import nbformat

from autograder.course_dir import LEFT_BY_TOOLS, CourseDir
from autograder.exercises import chapter_exercises
from course.book.chosen import lesson_names
from course.own_code import MAGIC
from course.probes import CHAPTERS

MARKERS = ("BEGIN SOLUTION", "BEGIN HIDDEN TESTS", "BEGIN MARK SCHEME")
OPERATIONS = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call, ast.Subscript, ast.IfExp, ast.comprehension)
COMMON_CALLS = ("forward", "backward", "step", "zeros", "zeros_like", "empty", "array", "asarray", "append")
KEPT_NAMES = ("np", "len", "range", "float", "max", "sum", "zip")  # the others are made equal
PROSE = (".md", ".svg", ".css", ".js")  # whose code stands in backticks, or is none of Python's
PACKED_LIMIT = 3  # archives within archives that are looked into
IMPORT = re.compile(r"^\s*(from|import)\s+autograder\b", re.MULTILINE)
CODE_IN_PROSE = re.compile(r"```(?:python)?\n(.*?)```|`([^`\n]+)`", re.DOTALL)


@dataclass(frozen=True)
class Secrets:
    """The statements of all model solutions, each with the cell it comes from, and the names students define.

    stubs: those definitions as students get them, which may hold given methods.
    """

    statements: dict[str, str]
    names: frozenset[str]
    stubs: frozenset[str] = frozenset()


def find_leaks(course: CourseDir, secrets: Secrets, root: Path | None = None) -> list[str]:
    """One line for every leak in release/ and course/ under `root` (default: the course itself)."""
    root = root or course.root
    leaks = []
    for path in sorted([*(root / "release").rglob("*"), *(root / "course").rglob("*")]):
        where = path.relative_to(root)
        if path.is_file() and not set(LEFT_BY_TOOLS) & set(where.parts) and not _is_left_out(course, where):
            leaks += file_leaks(where, path.read_bytes(), secrets)
    return leaks


def _is_left_out(course: CourseDir, where: PurePath) -> bool:
    """True for a file of a chapter that the course leaves out, which reaches no student."""
    left_out = set(lesson_names(CHAPTERS)) - set(lesson_names(course.chapters))
    return where.parts[1] in left_out or (where.parts[1] in ("lessons", "fixtures") and where.stem in left_out)


def file_leaks(where: PurePath, content: bytes, secrets: Secrets, depth: int = 0) -> list[str]:
    """One line for every leak in a file, whatever its suffix. Archives are looked into; what is no text is read as if it were."""
    if content[:4] == b"PK\x03\x04" and depth < PACKED_LIMIT:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {PurePath(where, name): archive.read(name) for name in archive.namelist() if not name.endswith("/")}
        return [leak for name, one in files.items() for leak in file_leaks(name, one, secrets, depth + 1)]
    if content[:2] == b"\x1f\x8b" and depth < PACKED_LIMIT:
        return file_leaks(where.with_suffix(""), gzip.decompress(content), secrets, depth + 1)
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return text_leaks(where, content.decode(encoding, errors="replace"), secrets)


def text_leaks(where: PurePath, text: str, secrets: Secrets) -> list[str]:
    """One line for every leak in a file of that name and text."""
    leaks = [f"{where}: holds {marker!r}" for marker in MARKERS if marker in text]
    for spot, piece, is_code in pieces(where, text):
        if IMPORT.search(piece):
            leaks.append(f"{where}{spot}: imports autograder")
        leaks += [f"{where}{spot}: {what}" for what in piece_leaks(piece, secrets, is_code)]
    return leaks


def pieces(path: PurePath, text: str) -> Iterator[tuple[str, str, bool]]:
    """Where, which text, and whether it is code (true) or prose that may quote code."""
    if path.suffix == ".py":
        yield "", text, True
    elif path.suffix == ".ipynb":
        for cell in nbformat.reads(text, as_version=4).cells:
            yield f", cell {cell.get('id')}", cell.source, cell.cell_type == "code"
    elif path.suffix == ".json":
        yield from (("", piece, False) for piece in _strings(json.loads(text)))
    else:
        yield "", text, False
        if path.suffix not in PROSE:
            yield from (("", line, True) for line in _code_in_lines(text))


def _code_in_lines(text: str) -> Iterator[str]:
    """Blocks and single lines of a plain text that may be Python: notes are not written in backticks."""
    for block in re.split(r"\n\s*\n", text):
        yield textwrap.dedent(block.strip("\n"))
        for line in block.splitlines():
            if any(sign in line for sign in "=(@"):
                yield re.sub(r"^\s*(?:>>>|\.\.\.|[-*#>|]+|\d+[.)])?\s*", "", line)


def piece_leaks(text: str, secrets: Secrets, is_code: bool) -> list[str]:
    """What a piece of text gives away."""
    sources = [text] if is_code else [one or two for one, two in CODE_IN_PROSE.findall(text)]
    found = []
    for keys, defined in (_read(source, prose=not is_code) for source in sources):
        found += [
            f"holds a line of the solution of {secrets.statements[key]}" for key in keys if key in secrets.statements
        ]
        found += [f"defines {name}" for name, whole in defined if name in secrets.names and whole not in secrets.stubs]
    return found


@cache  # a file stands in the release, in the student edition and in the folder it comes from
def _read(source: str, prose: bool) -> tuple[set[str], list[tuple[str, str]]]:
    """The statements of a source as keys, and what it defines, with the whole definition; nothing if it is no Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):  # prose in backticks, shell lines
        return set(), []
    nodes = (one for one in ast.walk(tree) if isinstance(one, (ast.FunctionDef, ast.ClassDef)))
    return statement_keys(tree, prose=prose), [(one.name, ast.dump(one)) for one in nodes if not is_empty(one)]


def own_leaks(course: CourseDir) -> list[str]:
    """One line for every leak of the instructor's own assignments in what is released of them.

    Only there: the lessons are older than they are, and may well compute what their solutions do.
    """
    leaks = []
    secrets = collect_secrets(course, course.own)
    for path in sorted(path for name in course.own for path in (course.release / name).rglob("*")):
        if path.is_file() and not set(LEFT_BY_TOOLS) & set(path.relative_to(course.root).parts):
            leaks += file_leaks(path.relative_to(course.root), path.read_bytes(), secrets)
    return leaks


def collect_secrets(course: CourseDir, assignments: Iterable[str]) -> Secrets:
    """What stands between solution markers in the source notebooks, and what the declared right solutions return."""
    statements: dict[str, str] = {}
    names: set[str] = set()
    stubs: set[str] = set()
    for assignment in assignments:
        notebooks = [nbformat.read(path, as_version=4) for path in course.notebooks(assignment)]
        for cell in (cell for notebook in notebooks for cell in notebook.cells):
            if cell.cell_type != "code" or MARKERS[0] not in cell.source or cell.id == "paste-your-own":
                continue  # what is pasted is a secret of the chapter it comes from
            tree, inside = _parsed(cell.source), solution_lines(cell.source)
            named = cell.metadata.get("nbgrader", {}).get("grade_id", cell.id)
            names |= {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
            given = [line for number, line in enumerate(cell.source.splitlines(), start=1) if number not in inside]
            stubs |= {ast.dump(node) for node in _parsed("\n".join(given)).body}
            for node in ast.walk(tree):
                if isinstance(node, ast.stmt) and node.lineno in inside:
                    statements.update(dict.fromkeys(statement_keys(node, whole_only=True), named))
        for exercise in chapter_exercises(assignment) if assignment in CHAPTERS else ():
            for answer in [exercise.reference, *exercise.solutions] if exercise.graded else []:
                statements = dict.fromkeys(returned_keys(answer), exercise.cell_id) | statements
    calls_only = {key for key in statements if any(f"func=Name(id='{name}'" in key for name in names)}
    kept = {key: where for key, where in statements.items() if key not in calls_only}
    return Secrets(kept, frozenset(names), frozenset(stubs))


def _parsed(source: str) -> ast.Module:
    """A cell as Python, without IPython's own lines; nothing where it is none."""
    try:
        return ast.parse(MAGIC.sub("", source))
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def returned_keys(answer: Callable) -> set[str]:
    """The keys of what a function or a class of ours returns; none where it has no source (a partial)."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(answer)))
    except (TypeError, OSError, SyntaxError):
        return set()
    returns = [node for node in ast.walk(tree) if isinstance(node, ast.Return)]
    return {key for node in returns for key in statement_keys(node, whole_only=True)}


def solution_lines(source: str) -> set[int]:
    """The line numbers between BEGIN SOLUTION and END SOLUTION."""
    inside, lines = False, set()
    for number, line in enumerate(source.splitlines(), start=1):
        if "BEGIN SOLUTION" in line or "END SOLUTION" in line:
            inside = "BEGIN" in line
        elif inside:
            lines.add(number)
    return lines


def statement_keys(tree: ast.AST, whole_only: bool = False, prose: bool = False) -> set[str]:
    """The values that statements return, assign or show, as comparable text; also what `print` and `return (a, b)` hold.

    In prose a single operation is compared with its own names only: among the choices of a question `G.T @ X` is a wrong one.
    """
    keys = set()
    for node in [tree] if whole_only else ast.walk(tree):
        if isinstance(node, ast.AugAssign):
            keys |= _keys(ast.BinOp(node.target, node.op, node.value), prose)
        value = getattr(node, "value", None) if isinstance(node, (ast.Return, ast.Assign, ast.Expr)) else None
        if value is None:
            continue
        values = value.elts if isinstance(value, ast.Tuple) else [value]
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print":
            values = value.args
        for one in values:
            keys |= _keys(one.value if isinstance(one, ast.Starred) else one, prose)
    return keys


def _keys(value: ast.expr, prose: bool) -> set[str]:
    """A syntax tree as text; nothing if it holds no operation worth keeping (a name, a number, a docstring, `x.copy()`)."""
    operations = [node for node in ast.walk(value) if isinstance(node, OPERATIONS)]
    if all(isinstance(node, ast.UnaryOp) or _is_plain_call(node) for node in operations):
        return set()
    details = [node for node in ast.walk(value) if isinstance(node, ast.keyword) or _is_method_or_transpose(node)]
    arithmetic = all(isinstance(node, (ast.BinOp, ast.UnaryOp)) for node in operations)
    own = {ast.dump(value)} if len(operations) == 1 or arithmetic else set()
    if own and (prose or not details):
        return own
    seen: dict[str, str] = {}

    def made_equal(name: re.Match) -> str:
        return name[0] if name[1] in KEPT_NAMES else f"Name(id='{seen.setdefault(name[1], f'name{len(seen)}')}'"

    return own | {re.sub(r"Name\(id='(\w+)'", made_equal, _dump(value))}


def _dump(value: ast.expr) -> str:
    """The tree as text. What is written to (as `d` in `d *= z`) is not told from what is read."""
    return ast.dump(value).replace("ctx=Store()", "ctx=Load()")


def _is_plain_call(node: ast.AST) -> bool:
    """A call that says nothing about how: without arguments, of a layer's own methods, or for an empty buffer."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    return not (node.args or node.keywords) or name in COMMON_CALLS


def _is_method_or_transpose(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and not (isinstance(node.value, ast.Name) and node.value.id == "np")


def is_empty(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """True for a stub: docstrings, `...`, `pass`, given lines without a return of anything."""
    return not any(isinstance(inner, ast.Return) and inner.value is not None for inner in ast.walk(node))


def _strings(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
