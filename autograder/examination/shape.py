"""Is every chapter declared in the one shape: cases, solutions, predictions, and a module of known mistakes for each exercise?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from autograder.exercises import chapter_exercises, package_of

PARTS = ("cases.py", "solutions.py", "predictions.py", "mistakes")


def out_of_shape(chapter: str) -> list[str]:
    """One line for every part that is missing, for every module that belongs to no exercise, and for all that is not found."""
    package = package_of(chapter)
    folder = Path(import_module(package).__file__).parent
    missing = [f"{package}: {part} is missing." for part in PARTS if not (folder / part).exists()]
    return missing or [*misplaced_mistakes(chapter, folder), *not_found(package, folder)]


def misplaced_mistakes(chapter: str, folder: Path) -> Iterator[str]:
    """Exercises without a module of known mistakes, and modules of known mistakes without an exercise."""
    wanted = {one.module: one.name for one in chapter_exercises(chapter)}
    there = {
        path.stem for path in (folder / "mistakes").iterdir() if path.stem.isidentifier() and path.stem[:2] != "__"
    }
    where = f"{package_of(chapter)}.mistakes"
    for module in sorted(wanted.keys() - there):
        yield f"{where}: {module}.py is missing, the known mistakes of {wanted[module]}."
    for module in sorted(there - wanted.keys()):
        yield f"{where}.{module}: no exercise in EXERCISES of cases.py has this name."


def not_found(package: str, folder: Path) -> Iterator[str]:
    """Modules that nobody imports: in a folder without `__init__.py`, or left out of a package's THEMES."""
    for path in sorted(folder.rglob("*.py")):
        inside = path.relative_to(folder).with_suffix("").parts
        name = ".".join((package, *(part for part in inside if part != "__init__")))
        if name not in sys.modules:
            yield f"{name}: not found. Has its folder an __init__.py, and do the THEMES there name it?"
