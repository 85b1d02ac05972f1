"""The files that translators fill in: every hint and prediction of a chapter, with the translations that are there already."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course_dir import LANGUAGE_CODE, BadInput, CourseDir
from autograder.exercises import chapter_exercises, chapter_predictions
from autograder.grading.folders import write_whole
from autograder.translations import CODE, path_of, read_catalog
from autograder.wording import NONE
from course.diagnose import title

if TYPE_CHECKING:
    from babel.messages import Catalog

WORD = re.compile(r"[^\W\d_]{2,}")  # a choice that is code or a number alone needs no translation
ABOUT = """Translations for PROJECT, {chapter}.
Leave code, formulas and numbers as they are. What is marked "fuzzy" was made of an older text and is not used: mend it, and take
the mark away."""


@dataclass(frozen=True)
class Translated:
    """A chapter's file: how many texts there are, and how many lack a translation or have one of an older text."""

    path: Path
    texts: int
    missing: int
    stale: int
    changed: bool

    def __str__(self) -> str:
        done = self.texts - self.missing - self.stale
        old = f", {self.stale} to be looked at again (fuzzy: the original has changed)" if self.stale else ""
        return f"{self.path.name}: {done} of {self.texts} texts translated, {self.missing} missing{old}"


def texts_of(chapter: str) -> dict[str, list[str]]:
    """Every text of a chapter that can be translated, and where it is said; the same text in several places is one."""
    found: dict[str, list[str]] = {}
    for place, text in (*_of_mistakes(chapter), *_of_predictions(chapter)):
        if WORD.search(CODE.sub("", text)):
            found.setdefault(text, []).append(place)
    return found


def _of_mistakes(chapter: str) -> Iterator[tuple[str, str]]:
    for exercise in chapter_exercises(chapter):
        for known in exercise.mistakes:
            place = f"{exercise.name}/{known.name}"
            yield f"{place}/name", title(known.name)
            yield from ((f"{place}/hint-{number}", hint) for number, hint in enumerate(known.hints, 1))


def _of_predictions(chapter: str) -> Iterator[tuple[str, str]]:
    for one in chapter_predictions(chapter):
        yield f"{one.name}/question", one.question
        for letter, (choice, reply, _) in one.choices().items():
            yield f"{one.name}/{letter}", choice
            yield f"{one.name}/{letter}/reply", reply


def update(course: CourseDir, language: str, chapter: str) -> Translated:
    """Write a chapter's file, or bring it up to date: nothing that was translated is lost. BadInput if it cannot be read."""
    if not LANGUAGE_CODE.fullmatch(language) or language == NONE:
        raise BadInput(f"{language!r} is no language to translate into: codes are like de, es or pt_BR.")
    path = path_of(course, language, chapter)
    before = read_catalog(path) if path.exists() else None
    catalog = merged(language, chapter, before)
    text = as_text(catalog)
    changed = not path.exists() or path.read_bytes() != text
    if changed:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text)
        except OSError as why:
            raise BadInput(f"{path} cannot be written: {why.strerror}.") from None
    messages = [one for one in catalog if one.id]
    stale = sum(bool(one.string) and one.fuzzy for one in messages)
    return Translated(path, len(messages), sum(not one.string for one in messages), stale, changed)


def merged(language: str, chapter: str, before: Catalog | None) -> Catalog:
    """The texts of today with the translations of before. One whose original is gone goes to the text that stands in its place
    now, marked as fuzzy; if there is none, it is kept at the end of the file."""
    catalog = _empty(language, chapter, before)
    texts = texts_of(chapter)
    done = {one.id: one for one in (*before, *before.obsolete.values()) if one.id and one.string} if before else {}
    gone = {place: one for one in done.values() if one.id not in texts for place, _ in one.locations}
    left = {text: one for text, one in done.items() if text not in texts}
    for text, places in texts.items():
        known, where = done.get(text), [(place, None) for place in places]
        stale = next((gone[place] for place in places if place in gone), None)
        if known:
            was = known.auto_comments if known.fuzzy else ()
            catalog.add(text, known.string, where, known.flags, was, known.user_comments)
        elif stale:
            catalog.add(text, stale.string, where, ["fuzzy"], [f"It was: {stale.id}"], stale.user_comments)
            left.pop(stale.id, None)
        else:
            catalog.add(text, "", where)
    catalog.obsolete.update(left)
    return catalog


def _empty(language: str, chapter: str, before: Catalog | None) -> Catalog:
    from babel.messages import Catalog

    about = "\n".join(f"# {line}" for line in ABOUT.format(chapter=chapter).splitlines())
    catalog = Catalog(language, header_comment=before.header_comment if before else about, fuzzy=False)
    catalog.project, catalog.version = "backprop-by-doing", chapter
    if before:
        catalog.creation_date, catalog.revision_date = before.creation_date, before.revision_date
        catalog.last_translator, catalog.language_team = before.last_translator, before.language_team
    return catalog


def as_text(catalog: Catalog) -> bytes:
    """The file's bytes: one text a line, as git compares them best."""
    from babel.messages.pofile import write_po

    written = io.BytesIO()
    write_po(written, catalog, width=0)
    return written.getvalue()
