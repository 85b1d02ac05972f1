"""What changed since the last report: marks, hand-ins, mistakes. What was shown is kept in one file of the course directory."""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from autograder.classroom.figures import ChapterFigures

STATE_FILE = ".autograder-report.json"


@dataclass(frozen=True)
class State:
    """What the last report showed. marks : chapter to student to mark. mistakes : chapter to "exercise: mistake" to count.

    salt : what pseudonyms are made with, so that they stay the same from report to report.
    """

    when: str = ""
    marks: dict[str, dict[str, float]] = field(default_factory=dict)
    mistakes: dict[str, dict[str, int]] = field(default_factory=dict)
    salt: str = ""


@dataclass(frozen=True)
class Changes:
    """What is other than in the last report, in one chapter."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    marks: tuple[tuple[str, float, float], ...] = ()
    mistakes: tuple[tuple[str, int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.marks or self.mistakes)


def read_state(root: Path) -> State:
    """The last report's state; an empty one, with a new salt, if there was none or it cannot be read."""
    with suppress(OSError, ValueError, TypeError):
        return State(**json.loads((root / STATE_FILE).read_text(encoding="utf-8")))
    return State(salt=secrets.token_hex(8))


def next_state(last: State, chapters: dict[str, ChapterFigures], now: datetime) -> State:
    """What this report shows, for the next one; chapters that it leaves out stay as they were."""
    return State(
        now.astimezone(UTC).isoformat(timespec="minutes"),
        last.marks | {name: one.marks for name, one in chapters.items()},
        last.mistakes | {name: _mistakes(one) for name, one in chapters.items()},
        last.salt,
    )


def changes(last: State, chapter: ChapterFigures) -> Changes:
    """One chapter against the last report; nothing if it was in none."""
    if chapter.name not in last.marks:
        return Changes()
    before, now = last.marks[chapter.name], chapter.marks
    counts, counts_now = last.mistakes.get(chapter.name, {}), _mistakes(chapter)
    return Changes(
        new=tuple(sorted(set(now) - set(before))),
        gone=tuple(sorted(set(before) - set(now))),
        marks=tuple((one, before[one], now[one]) for one in sorted(set(now) & set(before)) if now[one] != before[one]),
        mistakes=tuple(
            (name, counts.get(name, 0), counts_now.get(name, 0))
            for name in sorted(set(counts) | set(counts_now))
            if counts.get(name, 0) != counts_now.get(name, 0)
        ),
    )


def _mistakes(chapter: ChapterFigures) -> dict[str, int]:
    return {f"{one.name}: {name}": count for one in chapter.exercises for name, count in one.mistakes.items()}
