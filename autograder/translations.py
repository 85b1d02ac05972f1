"""Translations of hints and predictions: `translations/LANGUAGE/CHAPTER.po`, in gettext's form, which translators' tools read.

A translation whose original has changed since (gettext calls it fuzzy) is not used: it may speak of something else.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course_dir import BadInput, CourseDir
from autograder.wording import ENGLISH, NONE, Wording

if TYPE_CHECKING:
    from babel.messages import Catalog

FOLDER = "translations"
CODE = re.compile(r"`[^`]+`|\$[^$]+\$|\{[^{}]*\}")
LINE = re.compile(r'(?:msg\w+(?:\[\d+\])?\s*)?"(?:[^"\\]|\\.)*"|#.*|')
# What has to stand in a translation as it stands in the original: code, formulas, dotted and underscored names, calls, numbers.
KEPT = re.compile(
    CODE.pattern + r"|(?<![\w.])(?:[A-Za-z_]\w*\.)+[A-Za-z_]\w+|\b\w*[A-Za-z]_\w+|\b\w{2,}(?=\((?!s\)))|\d+(?:\.\d+)?"
)


def path_of(course: CourseDir, language: str, chapter: str) -> Path:
    """translations/de/06-batch.po in the course's folder."""
    return course.root / FOLDER / language / f"{chapter}.po"


def wording_of(course: CourseDir, chapter: str) -> Wording:
    """What the course says in this chapter, in its own language (LANGUAGE in nbgrader_config.py). BadInput for a file of no use."""
    if course.language == NONE:
        return ENGLISH
    path = path_of(course, course.language, chapter)
    if not path.parent.is_dir():
        raise BadInput(
            f"LANGUAGE is {course.language!r}, and there is no folder {path.parent}. `autograder translate {course.language}` "
            "writes its files."
        )
    try:
        state = path.stat()
    except FileNotFoundError:
        return Wording(course.language)
    return _read(path, course.language, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _read(path: Path, language: str, *_state: int) -> Wording:
    return Wording(language, tuple((one.id, one.string) for one in read_catalog(path) if is_used(one)))


def read_catalog(path: Path) -> Catalog:
    """A file of translations. BadInput if it cannot be read, or if a translation lost or won what has to stay as it is."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        odd = next((number for number, line in enumerate(lines, 1) if not LINE.fullmatch(line.strip())), None)
        if odd:  # Babel would take a text without its last quotes, and a letter off it
            raise BadInput(f"{path}, line {odd}: this is no line of a .po file. Is a quote missing?")
        catalog = read_po(lines, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as why:
        raise BadInput(f"{path} cannot be read: {why}. It has to be a .po file in UTF-8.") from None
    found = [f"{path}, {place_of(one)}: {lost}" for one in catalog if is_used(one) and (lost := difference(one))]
    if found:
        more = f" ({len(found) - 1} more in this file.)" if len(found) > 1 else ""
        raise BadInput(f"{found[0]}{more}")
    return catalog


def is_used(message) -> bool:
    """True for a text with a translation that was made of it as it is."""
    return bool(message.id and message.string) and not message.fuzzy


def place_of(message) -> str:
    """Where the course says it: relu_backward/gate-on-upstream/hint-1."""
    return message.locations[0][0] if message.locations else repr(message.id[:40])


def difference(message) -> str:
    """What a translation lost of code, formulas and numbers, or has more than its original; "" if it is the same."""
    if not isinstance(message.id, str) or not isinstance(message.string, str):
        return "plural forms mean nothing here."
    ours, theirs = set(KEPT.findall(message.id)), set(KEPT.findall(message.string))
    parts = [f"lacks {', '.join(sorted(ours - theirs))}"] if ours - theirs else []
    parts += [f"has {', '.join(sorted(theirs - ours))}, which the original has not"] if theirs - ours else []
    return f"the translation {' and '.join(parts)}. Code, formulas and numbers stay as they are." if parts else ""
