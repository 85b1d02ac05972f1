"""`autograder solutions`: worked solutions for after the deadline, a notebook and a page a chapter. Students' zips lack them.

They hold the model answer, other right ways, the commonest known mistakes with the number that unmasks them, and the predictions
with what each letter assumes. No marker of nbgrader's, and no call of the examination, stands in them.
"""

from __future__ import annotations

import ast
import builtins
import dis
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

import nbformat
from nbformat import NotebookNode

from autograder.classroom.page import templates
from autograder.classroom.ways import Way, told_apart
from autograder.course_dir import CourseDir
from autograder.exercise import Exercise, KnownMistake, Prediction
from autograder.exercises import chapter_exercises, chapter_predictions
from autograder.grading.folders import write_whole
from autograder.notebooks import model_answers, read_notebook
from autograder.translations import wording_of
from autograder.wording import Wording
from course.diagnose import title

FOLDER = "solutions"
BRING = re.compile(r"^bring\([^)]*\)\n*", re.MULTILINE)  # fetches a student's own answers; here they stand below it
MOST = 5  # known mistakes of an exercise
Counts = dict[str, dict[str, int]]  # exercise to mistake to how many made it


@dataclass(frozen=True)
class Unmasked:
    """A known mistake, the question that it deserves, the number that unmasks it, and how many made it (None: not asked)."""

    title: str
    question: str
    number: str
    count: int | None


@dataclass(frozen=True)
class Solved:
    """One solution cell: its exercises' names, the model answer, and what is known beside it."""

    names: tuple[str, ...]
    model: str
    ways: tuple[Way, ...]
    mistakes: tuple[Unmasked, ...]


@dataclass(frozen=True)
class Answered:
    """A prediction with every letter: letter, choice, what it assumes or why it is right, and whether it is right."""

    name: str
    question: str
    choices: tuple[tuple[str, str, str, bool], ...]


def write_solutions(course: CourseDir, chapters: Sequence[str], counts: dict[str, Counts] | None) -> list[Path]:
    """Write `solutions/CHAPTER.ipynb` and `.html`. counts : by chapter, how often each mistake was made; None to say nothing of
    the class."""
    written = []
    for chapter in chapters:
        wording = wording_of(course, chapter)
        solved = solved_cells(course, chapter, (counts or {}).get(chapter, {}) if counts is not None else None)
        imports = imports_of(read_notebook(course.source_notebook(chapter)))
        answered = [_answered(one, wording) for one in chapter_predictions(chapter)]
        texts = {
            "ipynb": nbformat.writes(as_notebook(chapter, imports, solved, answered)) + "\n",
            "html": templates()
            .get_template("solutions.html.jinja")
            .render(title=f"{chapter}: solutions", chapter=chapter, solved=solved, answered=answered),
        }
        for end, text in texts.items():
            path = course.root / FOLDER / f"{chapter}.{end}"
            path.parent.mkdir(exist_ok=True)
            write_whole(path, text.encode())
            written.append(path)
    return written


def solved_cells(course: CourseDir, chapter: str, counts: Counts | None) -> list[Solved]:
    """The solution cells of a chapter that exercises are about, in the notebook's order."""
    by_cell: dict[str, list[Exercise]] = {}
    notebook = read_notebook(course.source_notebook(chapter))
    for one in chapter_exercises(chapter):
        by_cell.setdefault(one.cell_id, []).append(one)
    answers = {cell: code for cell, code in model_answers(notebook).items() if cell in by_cell}
    there = _defined("\n".join([imports_of(notebook), *answers.values()])) | set(dir(builtins))
    wording = wording_of(course, chapter)
    return [_solved(by_cell[cell], code, there, counts, wording) for cell, code in answers.items()]


def imports_of(notebook: NotebookNode) -> str:
    """What a source notebook imports, but for `check`, what it gives in locked cells, and the earlier answers it has pasted in."""
    source = next(cell.source for cell in notebook.cells if cell.cell_type == "code" and "import " in cell.source)
    imports = "\n".join(line for line in source.split("\n") if "check" not in line).strip()
    pasted = [BRING.sub("", code) for cell, code in model_answers(notebook).items() if cell.startswith("paste-")]
    return "\n\n\n".join([imports, *pasted, *_given(notebook)])


def _given(notebook: NotebookNode) -> Iterator[str]:
    """The code of cells that are locked and not marked, such as a function that a chapter hands out."""
    for cell in notebook.cells:
        metadata = cell.metadata.get("nbgrader", {})
        if (
            cell.cell_type == "code"
            and metadata.get("locked")
            and not (metadata.get("grade") or metadata.get("solution"))
        ):
            yield cell.source


def _defined(code: str) -> set[str]:
    """The names that code gives at its top level to what it imports and defines."""
    return {one.argval for one in dis.get_instructions(compile(code, "answers", "exec")) if one.opname == "STORE_NAME"}


def _names(code: CodeType, *operations: str) -> Iterator[str]:
    """The names that a piece of code, and what is defined in it, stores or reads from outside."""
    for one in dis.get_instructions(code):
        if one.opname in operations:
            yield one.argval
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner, *operations)


def _solved(
    exercises: Sequence[Exercise], model: str, there: set[str], counts: Counts | None, wording: Wording
) -> Solved:
    """there : the names that an answer may use; one that leans on others, of the module that declares it, is left out."""
    ways: dict[str, str] = {}
    for one in exercises:
        for answer in one.solutions:
            code = source_of(answer, one.name)
            if code and _same(code) != _same(model) and _uses(code) <= there | _defined(code):
                ways.setdefault(_same(code), code)
    made = counts or {}
    known = {(one.name, mistake.name): mistake for one in exercises for mistake in one.mistakes}
    by_name: dict[str, tuple[str, str]] = {}  # parts of one exercise share mistakes: each is told once
    for pair in sorted(known, key=lambda pair: -made.get(pair[0], {}).get(pair[1], 0)):
        by_name.setdefault(pair[1], pair)
    commonest = list(by_name.values())[:MOST]
    unmasked = [
        _unmasked(known[pair], None if counts is None else made.get(pair[0], {}).get(pair[1], 0), wording)
        for pair in commonest
    ]
    return Solved(tuple(one.name for one in exercises), model, told_apart(model, ways.values()), tuple(unmasked))


def _unmasked(known: KnownMistake, count: int | None, wording: Wording) -> Unmasked:
    hints = (*map(wording.say, known.hints), "", "")
    return Unmasked(wording.say(title(known.name)), hints[0], hints[1], count)


def source_of(answer: Callable, name: str) -> str:
    """A right answer as a student would write it: under the exercise's name, without the line that registers it; "" if it is none
    that stands by itself."""
    try:
        source = textwrap.dedent(inspect.getsource(answer) if inspect.isfunction(answer) else _class_source(answer))
        tree = ast.parse(source)
    except (OSError, TypeError, SyntaxError, StopIteration):
        return ""
    first = tree.body[0]
    if not isinstance(first, ast.FunctionDef | ast.ClassDef):
        return ""
    lines = source.split("\n")[first.lineno - 1 : first.end_lineno]
    code = "\n".join(lines)
    if "." in name:  # a part of a class
        return ""
    return re.sub(r"^(def|class) \w+", rf"\1 {name}", code, count=1)


def _class_source(answer: type) -> str:
    """The source of a class by the line of one of its methods: many classes of a module may have one name, `_`."""
    method = next(one for one in vars(answer).values() if inspect.isfunction(one))
    path, line = method.__code__.co_filename, method.__code__.co_firstlineno
    text = Path(path).read_text(encoding="utf-8")
    classes = (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.ClassDef))
    found = max((one for one in classes if one.lineno < line <= one.end_lineno), key=lambda one: one.lineno)
    return "\n".join(text.split("\n")[found.lineno - 1 : found.end_lineno])


def _uses(code: str) -> set[str]:
    return set(_names(compile(code, "answer", "exec"), "LOAD_GLOBAL", "LOAD_NAME")) - {"__name__"}


def _same(code: str) -> str:
    """Code without layout, comments and docstrings, for comparing."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return code
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and len(node.body) > 1
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:]
    return ast.dump(tree)


def _answered(one: Prediction, wording: Wording) -> Answered:
    choices = tuple((letter, *rest) for letter, rest in one.choices(wording).items())
    return Answered(one.name, wording.say(one.question), choices)


def as_notebook(chapter: str, imports: str, solved: Sequence[Solved], answered: Sequence[Answered]) -> NotebookNode:
    """The same as a notebook. Other ways are text: as cells, each would replace the one before."""
    cells = [_markdown("title", f"# {chapter}: solutions"), _code("imports", imports)]
    for number, one in enumerate(solved):
        cells.append(_markdown(f"exercise-{number}", "## " + ", ".join(f"`{name}`" for name in one.names)))
        cells.append(_code(f"model-{number}", one.model))
        text = [_way_text(way) for way in one.ways]
        if one.mistakes:
            text.append("**What often goes wrong**\n\n" + "\n".join(_mistake_text(known) for known in one.mistakes))
        if text:
            cells.append(_markdown(f"more-{number}", "\n\n".join(text)))
    if answered:
        cells.append(_markdown("predictions", "## Predictions"))
        cells += [_markdown(f"prediction-{number}", _prediction_text(one)) for number, one in enumerate(answered)]
    kernel = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=kernel)


def _way_text(way: Way) -> str:
    return f"**Another way**{way.title}:\n\n```python\n{way.code}\n```"


def _mistake_text(known: Unmasked) -> str:
    made = f" ({known.count} of the class)" if known.count else ""
    return f"- *{known.title}*{made}: {known.question} {known.number}".rstrip()


def _prediction_text(one: Answered) -> str:
    lines = [f"**{one.name}**: {one.question}", ""]
    for letter, choice, reply, is_right in one.choices:
        lines.append(f"- **{letter}.** {choice}: {'right. ' if is_right else ''}{reply}")
    return "\n".join(lines)


def _markdown(name: str, source: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(source, id=name)


def _code(name: str, source: str) -> NotebookNode:
    return nbformat.v4.new_code_cell(source, id=name)
