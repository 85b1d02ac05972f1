"""What the marks of a chapter depend on, as a digest: when it changes, what was handed in is graded again.

Of the grader's own code counts what a job imports, what runs in the sandbox, and the chapter's exercises, probes and references
with all that they import: nobody has to keep a list. Comments count for nothing, nor do solutions, nor the words of a hint.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from autograder.grading.hand_in import HandIn
from autograder.grading.template import Template
from course.probes import CHAPTERS

ROOT = Path(__file__).parents[2]  # the packages `autograder` and `course` stand in it
ENTRY = "autograder/grading/job.py"
SANDBOX = "autograder/sandbox"
NO_MARKS = ("autograder/sandbox/doctor.py", "solutions.py")  # what stands in those folders and decides no mark
HINT_TEXTS = re.compile(r"autograder/exercises/\w+/(mistakes/.*|hints)\.py")

IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+((?:autograder|course)[\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)"
    r"|import[ \t]+((?:autograder|course)\.[\w.]*))",
    re.MULTILINE,
)
# Strings before comments: a "#" in a string begins no comment. Exact for the Python that this project is written in (3.11).
TOKEN = re.compile(
    r"(?P<string>\"\"\"(?:[^\\]|\\.)*?\"\"\"|'''(?:[^\\]|\\.)*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|[ \t]*#[^\n]*|(?:\n[ \t]*)+(?=\n)",
    re.DOTALL,
)


def hand_in_digest(hand_in: HandIn, templates: Iterable[Template], source_files: Mapping[str, bytes]) -> str:
    """Changes with anything that could change the marks: the hand-in, the tests, the points, the instructor's files, the code.

    source_files : what lies beside the notebooks in `source/`, by relative path.
    """
    content = hashlib.sha256()
    for files in (hand_in.notebooks, hand_in.files, source_files):
        for name, raw in sorted(files.items()):
            content.update(f"{name}:{None if raw is None else hashlib.sha256(raw).hexdigest()}\n".encode())
        content.update(b"\n")
    for template in templates:
        content.update(template.digest)
    content.update(f"{hand_in.timestamp}\n{marks_digest(hand_in.assignment)}".encode())
    return content.hexdigest()


@cache
def marks_digest(assignment: str) -> str:
    """Changes with the code that decides the marks of an assignment. One that is no chapter depends on what all do."""
    content = hashlib.sha256()
    for path in sorted(_closure([ENTRY, *_below(SANDBOX), *_of_chapter(assignment)])):
        content.update(f"{path}\n{what_counts(path, (ROOT / path).read_text(encoding='utf-8'))}\n".encode())
    return content.hexdigest()


@cache
def code_digest() -> str:
    """Changes with any of the code: two machines that grade together must have the same."""
    content = hashlib.sha256()
    for path in sorted(path for package in ("autograder", "course") for path in (ROOT / package).rglob("*.py")):
        content.update(f"{path.relative_to(ROOT).as_posix()}\n".encode())
        content.update(path.read_bytes())
    return content.hexdigest()


def modules_of(assignment: str) -> set[str]:
    """A chapter's exercises and probes with all that they import, as paths in the project; nothing if it is no chapter."""
    return _closure(_of_chapter(assignment))


def what_counts(path: str, source: str) -> str:
    """The source without what decides no mark: comments and empty lines, and in a mistake's module the sentences of its hints."""
    is_text = bool(HINT_TEXTS.fullmatch(path))

    def kept(token: re.Match) -> str:
        text = token["string"]
        return "" if text is None or (is_text and " " in text) else text

    return TOKEN.sub(kept, source).strip()


def _below(folder: str) -> list[str]:
    """The modules in a folder of the project and below it that count."""
    found = (path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.py"))
    return [path for path in found if not path.endswith(NO_MARKS)]


def _of_chapter(assignment: str) -> list[str]:
    """The modules that are found by a chapter's name."""
    if assignment not in CHAPTERS:
        return []
    module = CHAPTERS[assignment]
    return [f"course/probes/{module}.py", *_below(f"autograder/exercises/{module}")]


def _closure(entries: Iterable[str]) -> set[str]:
    """The modules and all that they import of this project. What a package's own __init__ imports on the way counts for nothing."""
    found: set[str] = set()
    waiting = list(entries)
    while waiting:
        path = waiting.pop()
        if path not in found and not path.endswith(NO_MARKS):
            found.add(path)
            waiting += _imports((ROOT / path).read_text(encoding="utf-8"))
    return found


def _imports(source: str) -> list[str]:
    paths = []
    for module, names, plain in IMPORT.findall(source):
        within = [f"{module}.{name}" for name in re.findall(r"\w+", re.sub(r" as \w+|#[^\n]*", "", names))]
        modules = [path for one in within if (path := _path(one))]
        paths += modules if len(modules) == len(within) and modules else [*modules, _path(module or plain)]
    return [path for path in paths if path]


def _path(module: str) -> str | None:
    """Where a module stands, relative to the project; None if there is no such module."""
    for path in (f"{module.replace('.', '/')}.py", f"{module.replace('.', '/')}/__init__.py"):
        if (ROOT / path).is_file():
            return path
    return None
