"""`autograder new exercise` and `new chapter`: the files that a new one needs, ready to fill in.

What is left to write is marked by `FILL IN`; `autograder release` and `check-release` refuse a chapter in which it still stands,
and say where. Everything is worked out before the first file is written, and no file that exists is replaced: some grow by lines.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course_dir import BadInput, CourseDir
from autograder.notebooks import KERNELSPEC, read_notebook, stored_text
from autograder.publish import new_texts as texts
from course.probes import CHAPTERS, all_probes
from course.progress_table import notebook_name

EXERCISE_IN = (
    "course/probes/{m}.py",
    "autograder/reference/{m}.py",
    "autograder/exercises/{m}",
)  # by a chapter's module


@dataclass(frozen=True)
class New:
    """Files as they will be: path below the root to text."""

    root: Path
    files: dict[str, str]

    def write(self) -> list[Path]:
        """Write them; the paths."""
        for name, text in self.files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return [self.root / name for name in self.files]


def unfinished(root: Path, chapter: str) -> Iterator[str]:
    """One line for every place of a chapter's declarations where something is still to be filled in."""
    module = CHAPTERS.get(chapter)
    for place in (root / name.format(m=module) for name in EXERCISE_IN if module):
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place] * place.exists():
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if texts.MARK in line:
                    yield f"{path.relative_to(root)}, line {number}: {line.strip(' #')}"


# ---------------------------------------------------------------- an exercise


def new_exercise(course: CourseDir, chapter: str, name: str, arguments: list[str], results: list[str]) -> New:
    """What an exercise of this name needs in its chapter. BadInput for a name that is taken or is none."""
    for one in (name, *arguments, *results):
        if not one.isidentifier() or keyword.iskeyword(one):
            raise BadInput(f"{one!r} cannot be the name of a function or an argument. Use letters, digits and _.")
    if name in {known.split(".")[0] for known in all_probes()}:
        raise BadInput(
            f"{name} is an exercise already, of {all_probes().get(name, ('another chapter',))[0]}. Names are unique."
        )
    root, m = _checkout(course), CHAPTERS[chapter]
    module = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", "_", name).lower()
    mistakes = f"autograder/exercises/{m}/mistakes/{module}.py"
    if (root / mistakes).exists():
        raise BadInput(f"{mistakes} exists already. Choose another name.")
    fill = {
        "name": name, "m": m, "chapter": chapter, "arguments": ", ".join(arguments), "results": ", ".join(results),
        "inputs": ", ".join(f'"{one}": [[1.5, -2.0, 0.25], [-0.5, 3.0, 4.0]]' for one in arguments),
        "drawn": ", ".join(f'"{one}": rng.normal(size=(4, 3))' for one in arguments), "id": module.replace("_", "-"),
    }  # fmt: skip
    cases = _with_import(_read(root, f"autograder/exercises/{m}/cases.py"), "autograder.exercise", "Exercise", "Kind")
    cases = _with_import(cases, "autograder.reference", f"{m} as reference")
    files = {
        f"course/probes/{m}.py": _in_dict(
            _with_import(_read(root, f"course/probes/{m}.py"), "course.observe", "calls"),
            "PROBES", f'"{name}": calls("{fill["arguments"]}", "{fill["results"]}"),',
        ),
        f"autograder/reference/{m}.py": _read(root, f"autograder/reference/{m}.py").rstrip() + texts.REFERENCE.format(**fill),
        f"autograder/exercises/{m}/cases.py": _declared(cases, name, texts.CASES.format(**fill)),
        f"autograder/exercises/{m}/solutions.py": _with_import(
            _read(root, f"autograder/exercises/{m}/solutions.py"), f"autograder.exercises.{m}.cases", name
        ).rstrip() + texts.SOLUTIONS.format(**fill),
        mistakes: texts.MISTAKES.format(**fill),
        f"source/{notebook_name(chapter)}": _with_cells(course, chapter, fill),
    }  # fmt: skip
    return New(root, files)


def _with_cells(course: CourseDir, chapter: str, fill: dict[str, str]) -> str:
    """The chapter's notebook with four more cells, before the text that ends it."""
    notebook = read_notebook(course.source_notebook(chapter))
    cells, one = notebook.cells, fill["id"]
    if any(cell.get("id") in (one, f"test-{one}") for cell in cells):
        raise BadInput(f"{course.source_notebook(chapter)} has a cell {one!r} already. Choose another name.")
    last = next((place for place in range(len(cells), 0, -1) if cells[place - 1].cell_type == "code"), len(cells))
    cells[last:last] = [
        new_markdown_cell(texts.PROMPT.format(**fill), id=f"{one}-prompt", metadata=_stated(f"{one}-prompt", locked=True)),
        new_code_cell(texts.STUB.format(**fill), id=one, metadata=_stated(one, solution=True)),
        new_code_cell(texts.TRY.format(**fill), id=f"try-{one}", metadata={"tags": ["raises-exception"]}),
        new_code_cell(
            texts.TEST.format(**fill), id=f"test-{one}",
            metadata={**_stated(f"test-{one}", locked=True, points=1), "tags": ["raises-exception"]},
        ),
    ]  # fmt: skip
    return stored_text(notebook)


def _stated(grade_id: str, locked=False, solution=False, points=None) -> dict:
    """nbgrader's metadata of a cell."""
    grade = {"grade": points is not None} | ({"points": points} if points is not None else {})
    return {
        "nbgrader": {**grade, "grade_id": grade_id, "locked": locked, "schema_version": 3, "solution": solution, "task": False}
    }  # fmt: skip


# ---------------------------------------------------------------- a chapter


def new_chapter(course: CourseDir, chapter: str) -> New:
    """What a chapter of this name (13-arrays) needs, without exercises yet. BadInput for one that is there, or is no name."""
    if not re.fullmatch(r"\d\d-[a-z][a-z0-9]*(-[a-z0-9]+)*", chapter):
        raise BadInput(f"{chapter!r} is no chapter's name: two digits and words in small letters, as in 07-relu.")
    number, m = chapter.split("-")[0], chapter.split("-", 1)[1].replace("-", "_")
    taken = next((known for known, module in CHAPTERS.items() if known.startswith(f"{number}-") or module == m), None)
    if taken or keyword.iskeyword(m):
        raise BadInput(f"{chapter} cannot be: {taken or m} has that number or name already.")
    root, title = _checkout(course), chapter.split("-", 1)[1].replace("-", " ").capitalize()
    fill = {"chapter": chapter, "m": m, "number": number, "title": title}
    notebook = new_notebook(metadata={"kernelspec": KERNELSPEC})
    notebook.cells = [
        new_markdown_cell(texts.CHAPTER_INTRO.format(**fill), id="title"),
        new_code_cell("import numpy as np\n\nfrom course import check", id="imports"),
        new_markdown_cell(texts.CHAPTER_END.format(**fill), id="what-you-built"),
    ]
    lesson = new_notebook(metadata={"kernelspec": KERNELSPEC})
    lesson.cells = [new_markdown_cell(texts.LESSON.format(**fill), id="title")]
    package = f"autograder/exercises/{m}"
    files = {
        "course/probes/__init__.py": _in_dict(
            _read(root, "course/probes/__init__.py"), "CHAPTERS", f'"{chapter}": "{m}",', in_order=True
        ),
        f"course/probes/{m}.py": f'"""{chapter}. {texts.MARK}: the shapes of what goes in."""\n\nPROBES = {{}}\n',
        f"autograder/reference/{m}.py": f'"""{chapter}: {texts.MARK}: what these functions are about."""\n',
        f"{package}/__init__.py": f'"""{chapter}: {texts.MARK}: the exercises in a line."""\n',
        f"{package}/cases.py": f'"""{chapter}: what the exercises are tried on."""\n\nEXERCISES = ()\n',
        f"{package}/solutions.py": f'"""{chapter}: right answers, written in other ways than the reference."""\n',
        f"{package}/predictions.py": f'"""{chapter}: the choices made before the answer is shown."""\n\nPREDICTIONS = ()\n',
        f"{package}/mistakes/__init__.py": f'"""{chapter}: known mistakes, a module for each exercise."""\n',
        f"source/{notebook_name(chapter)}": stored_text(notebook),
        f"course/lessons/{chapter}.ipynb": stored_text(lesson),
    }
    clash = [name for name in files if name != "course/probes/__init__.py" and (root / name).exists()]
    if clash:
        raise BadInput(f"{clash[0]} exists already. Nothing was written.")
    return New(root, files)


# ---------------------------------------------------------------- in the text of modules


def _checkout(course: CourseDir) -> Path:
    if not (course.root / "autograder" / "exercises").is_dir():
        raise BadInput(
            f"{course.root} has no autograder/exercises/: exercises are declared in a checkout of the project."
        )
    return course.root


def _read(root: Path, name: str) -> str:
    try:
        return (root / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadInput(f"{name} does not exist, where the new exercise would be declared.") from None


def _assigned(text: str, name: str) -> ast.expr:
    """The value of `NAME = ...` in a module."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name:
            return node.value
    raise BadInput(f"a module of the chapter has no {name} = ..., where the new name belongs.")


def _replaced(text: str, node: ast.expr, by: str) -> str:
    lines = text.splitlines(keepends=True)
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    end = sum(map(len, lines[: node.end_lineno - 1])) + node.end_col_offset
    return text[:start] + by + text[end:]


def _in_dict(text: str, name: str, entry: str, in_order: bool = False) -> str:
    """A module in which a dictionary has one more entry, a line for each."""
    node = _assigned(text, name)
    written = ast.get_source_segment(text, node)
    if "\n" in written and not in_order:  # comments stay
        return _replaced(text, node, f"{written[:-1]}    {entry}\n}}")
    pairs = [
        f"{ast.get_source_segment(text, key)}: {ast.get_source_segment(text, value)},"
        for key, value in zip(node.keys, node.values, strict=True)
    ]
    pairs = sorted([*pairs, entry]) if in_order else [*pairs, entry]
    return _replaced(text, node, "\n".join(["{", *(f"    {pair}" for pair in pairs), "}"]))


def _declared(text: str, name: str, declaration: str) -> str:
    """`cases.py` with one more exercise, the last of EXERCISES."""
    node = _assigned(text, "EXERCISES")
    names = [ast.get_source_segment(text, one) for one in node.elts] + [name]
    text = _replaced(text, node, f"({', '.join(names)}{',' if len(names) == 1 else ''})")
    before, _, after = text.rpartition("EXERCISES = ")
    return f"{before}{declaration}\nEXERCISES = {after}"


def _with_import(text: str, module: str, *names: str) -> str:
    """A module that imports these names from another: into the line that is there, or by a line of its own."""
    tree = ast.parse(text)
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    there = next((node for node in imports if isinstance(node, ast.ImportFrom) and node.module == module), None)
    have = [one.name + (f" as {one.asname}" if one.asname else "") for one in there.names] if there else []
    line = f"from {module} import {', '.join(sorted({*have, *names}, key=str.casefold))}"
    if there:
        lines = text.splitlines()
        lines[there.lineno - 1 : there.end_lineno] = [line]
        return "\n".join(lines) + "\n"
    last = imports[-1].end_lineno if imports else tree.body[0].end_lineno
    lines = text.splitlines()
    return "\n".join([*lines[:last], *([] if imports else [""]), line, *lines[last:]]) + "\n"


def left_to_do(chapter: str) -> list[str]:
    """What `new chapter` cannot write, in words."""
    return [
        'its name in CHAPTERS of nbgrader_config.py, if that does not say "all"',
        f"a row for {chapter} in README.md, and its lesson's number in the map of lesson 00 (run it again)",
        "the link from the lesson before, and its terms in course/lessons/glossary.ipynb",
        f"exercises: autograder new exercise {chapter} NAME --arguments x,w --results y",
    ]
