"""Which chapters are made of others: the clinic has the cases and mistakes of the chapters that it takes up again."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from autograder.grading.digests import modules_of
from course.probes import CHAPTERS


def dependents(chapters: Collection[str]) -> list[str]:
    """The other chapters whose fixtures may change with those of these, in the course's order."""
    return [one for one in CHAPTERS if one not in chapters and _made_of(one) & {*chapters}]


@cache
def _made_of(chapter: str) -> frozenset[str]:
    """The chapters of which a module is imported, by this one's modules or by what these import."""
    folders = {path.removeprefix("autograder/exercises/").partition("/")[0] for path in modules_of(chapter)}
    return frozenset(one for one in CHAPTERS if CHAPTERS[one] in folders)
