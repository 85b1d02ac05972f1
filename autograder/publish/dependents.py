"""Which chapters are made of others: the clinic has the cases and mistakes of the chapters that it takes up again."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path

from autograder import exercises
from course.probes import CHAPTERS

FOLDER = Path(exercises.__path__[0])
IMPORT = re.compile(r"^\s*(?:from|import) +autograder\.exercises\.([\w.]+)", re.MULTILINE)


def dependents(chapters: Collection[str]) -> list[str]:
    """The other chapters whose fixtures may change with those of these, in the course's order."""
    return [one for one in CHAPTERS if one not in chapters and _made_of(one) & {*chapters}]


@cache
def _made_of(chapter: str) -> frozenset[str]:
    """The chapters of which a module is imported, by this one's modules or by what these import."""
    waiting = list((FOLDER / CHAPTERS[chapter]).rglob("*.py"))
    read: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in read:
            read.add(path)
            waiting += [_file(name) for name in IMPORT.findall(path.read_text(encoding="utf-8"))]
    packages = {path.relative_to(FOLDER).parts[0] for path in read}
    return frozenset(one for one in CHAPTERS if CHAPTERS[one] in packages)


def _file(name: str) -> Path:
    path = FOLDER.joinpath(*name.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
