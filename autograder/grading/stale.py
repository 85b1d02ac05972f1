"""Which feedback pages are older than the marks they tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

    from autograder.grading.tasks import Outcome


def stale_feedback(coursedir: CourseDirectory, outcomes: Iterable[Outcome]) -> dict[str, list[str]]:
    """The students whose pages are old, by assignment: graded anew, or with another penalty, since the page was made."""
    root, stale = Path(coursedir.root), defaultdict(list)
    for one in outcomes:
        pages = _files(root / coursedir.feedback_directory / one.student / one.assignment, "*.html")
        graded = _files(root / coursedir.autograded_directory / one.student / one.assignment, "*.ipynb")
        if one.state == "not graded" or not pages:
            continue
        if one.state == "graded" or one.changes or max(graded, default=0) > min(pages):
            stale[one.assignment].append(one.student)
    return dict(stale)


def _files(folder: Path, pattern: str) -> list[float]:
    """When the files of a folder were written."""
    try:
        return [path.stat().st_mtime for path in folder.glob(pattern)]
    except OSError:
        return []
