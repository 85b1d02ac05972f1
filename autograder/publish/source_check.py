"""Ordinary slips in `source/`, before anything is built of it: one line each, with the cell, what is wrong and what to do."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from autograder.course_dir import BadInput, CourseDir
from autograder.notebooks import read_notebook
from autograder.publish import new_texts
from autograder.publish.new import unfinished

REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
PICTURE = re.compile(r"!\[[^\]\n]{0,300}\]\((?:attachment:)?[^)\n]{1,300}\)|<img\b", re.IGNORECASE)
NAME = re.compile(r"[A-Za-z0-9_-]+")


def slips(course: CourseDir, chapters: list[str]) -> list[str]:
    """One line for every slip in the source notebooks of some chapters."""
    found = []
    for chapter in chapters:
        if "+" in chapter:
            found.append(f"source/{chapter}: nbgrader takes no + in the name of an assignment. Rename the folder.")
        found += unfinished(course.root, chapter)
        for path in course.notebooks(chapter):
            found += _slips_in(course, path)
    return found


def _slips_in(course: CourseDir, path: Path) -> list[str]:
    """One line for every slip in a notebook."""
    found = []
    where = path.relative_to(course.root)
    try:
        cells = read_notebook(path).cells
    except BadInput as why:
        return [str(why)]
    stated = [(cell, cell.metadata.get("nbgrader")) for cell in cells]
    known = [(cell, told) for cell, told in stated if isinstance(told, dict)]
    for name, count in Counter(str(told.get("grade_id")) for _, told in known).items():
        if count > 1:
            found.append(f"{where}, cell {name}: {count} cells have this grade_id. Give each copy a name of its own.")
    for cell, told in stated:
        name = (told or {}).get("grade_id") or cell.get("id", "without an id")
        found += [f"{where}, cell {name}: {what}" for what in _slips_of(cell, told if isinstance(told, dict) else {})]
    return found


def refuse_slips(course: CourseDir, chapters: list[str]) -> None:
    """BadInput, of as many lines as there are slips."""
    if found := slips(course, chapters):
        raise BadInput("\n".join(found))


def _slips_of(cell: NotebookNode, told: dict) -> Iterator[str]:
    if new_texts.MARK in cell.source:
        yield f"{new_texts.MARK} stands in it: that is still to be written."
    if told and not NAME.fullmatch(str(told.get("grade_id", ""))):
        yield "its grade_id is not of letters, digits, - and _ only. Rename it."
    if told.get("grade") or told.get("task"):
        points = told.get("points")
        good = (
            isinstance(points, (int, float)) and not isinstance(points, bool) and math.isfinite(points) and points >= 0
        )
        if not good:
            yield f"its points are {json.dumps(points)}, not a number of 0 or more. Set `points` in its nbgrader metadata."
    for region in REGIONS:
        yield from _unpaired(cell.source, region)
    schemes = re.findall(r"BEGIN MARK SCHEME(.*?)END MARK SCHEME", cell.source, re.DOTALL)
    if any(PICTURE.search(scheme) for scheme in schemes):
        yield "a picture stands in the mark scheme, and would be released with the cell. Describe it in words."
    if cell.get("attachments"):
        yield "a picture is attached to it, which the release does not keep. Put the file beside the notebook, and link to it."


def _unpaired(source: str, region: str) -> Iterator[str]:
    """Regions that begin and do not end, or the reverse."""
    opened = False
    for line in source.splitlines():
        if f"BEGIN {region}" in line:
            if opened:
                yield f"a second BEGIN {region} before END {region}. Close the first."
                return
            opened = True
        elif f"END {region}" in line:
            if not opened:
                yield f"an END {region} without its BEGIN. Remove it, or write the other."
                return
            opened = False
    if opened:
        yield f"BEGIN {region} has no END {region}. Write `### END {region}` where it ends."
