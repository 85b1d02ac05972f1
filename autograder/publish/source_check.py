"""Ordinary slips in `source/`, before anything is built of it: one line each, with the cell, what is wrong and what to do."""

from __future__ import annotations

import ast
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator

from autograder.course_dir import BadInput, CourseDir
from autograder.examination.test_cell import Question, read_test_cell
from autograder.notebooks import read_notebook
from autograder.publish import new_texts
from autograder.publish.new import unfinished
from course.probes import CHAPTERS, exercise_and_part

REGIONS = ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
# What nbgrader takes out only of the cells whose metadata say this.
BELONGS = {"SOLUTION": "solution", "HIDDEN TESTS": "grade"}
MISSPELT = re.compile(
    r"^\W*#\W*(?:begin|end)[\W_]*(?:solution|hidden[\W_]*tests?|mark[\W_]*schemes?)\b.*$", re.I | re.M
)
EXACT = re.compile(rf"(?:BEGIN|END) (?:{'|'.join(REGIONS)})")
NOT_PYTHON = re.compile(r"^\s*[%!?]|\?\s*$", re.MULTILINE)  # a magic, a command or a question to IPython
SCHEMA = MetadataValidator.schema_version
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
    known = [(cell, metadata) for cell, metadata in stated if isinstance(metadata, dict)]
    for name, count in Counter(str(metadata.get("grade_id")) for _, metadata in known).items():
        if count > 1:
            found.append(f"{where}, cell {name}: {count} cells have this grade_id. Give each copy a name of its own.")
    for cell, metadata in stated:
        name = (metadata if isinstance(metadata, dict) else {}).get("grade_id") or cell.get("id", "without an id")
        found += [f"{where}, cell {name}: {what}" for what in _slips_of(cell, metadata)]
    chapter = path.parent.name
    if chapter in CHAPTERS and not found:
        found += [f"{where}{what}" for what in _questions_amiss(cells, chapter)]
    return found


def refuse_slips(course: CourseDir, chapters: list[str]) -> None:
    """BadInput, of as many lines as there are slips."""
    if found := slips(course, chapters):
        raise BadInput("\n".join(found))


def _slips_of(cell: NotebookNode, metadata) -> Iterator[str]:
    if new_texts.MARK in cell.source:
        yield f"{new_texts.MARK} stands in it: that is still to be written."
    if not isinstance(metadata, dict | None):
        yield f"its nbgrader metadata are {json.dumps(metadata)[:40]}, not a table. Take them from a cell like it."
        metadata = None
    yield from _metadata_amiss(cell, metadata or {}) if metadata else ()
    for region in REGIONS:
        yield from _unpaired(cell.source, region)
        known = BELONGS.get(region)
        if known and f"BEGIN {region}" in cell.source and not (metadata or {}).get(known):
            yield f"BEGIN {region} stands in it, which students would get. Set `{known}` to true in its nbgrader metadata."
    for line in MISSPELT.findall(cell.source):
        if not EXACT.search(line):
            yield f"{line.strip()!r} means nothing to nbgrader: it is `### BEGIN SOLUTION`, in capitals, and so on."
    if metadata and cell.cell_type == "code" and not NOT_PYTHON.search(cell.source):
        yield from _not_python(cell.source)
    schemes = re.findall(r"BEGIN MARK SCHEME(.*?)END MARK SCHEME", cell.source, re.DOTALL)
    if any(PICTURE.search(scheme) for scheme in schemes):
        yield "a picture stands in the mark scheme, and would be released with the cell. Describe it in words."
    if cell.get("attachments"):
        yield "a picture is attached to it, which the release does not keep. Put the file beside the notebook, and link to it."


def _metadata_amiss(cell: NotebookNode, metadata: dict) -> Iterator[str]:
    """What of its nbgrader metadata nbgrader would refuse."""
    if not NAME.fullmatch(str(metadata.get("grade_id", ""))):
        yield "its grade_id is not of letters, digits, - and _ only. Rename it."
    if metadata.get("schema_version") != SCHEMA:
        stated = json.dumps(metadata.get("schema_version"))
        yield f"its nbgrader metadata are of version {stated}, not {SCHEMA}. Run `nbgrader update` on the notebook."
    if metadata.get("grade") or metadata.get("task"):
        points = metadata.get("points")
        good = (
            isinstance(points, (int, float)) and not isinstance(points, bool) and math.isfinite(points) and points >= 0
        )
        if not good:
            yield f"its points are {json.dumps(points)}, not a number of 0 or more. Set `points` in its nbgrader metadata."
    if metadata.get("task"):
        if cell.cell_type != "markdown" or metadata.get("grade") or metadata.get("solution"):
            yield "it is a task, and tasks are markdown, neither `grade` nor `solution`. Change one of these."
    elif cell.cell_type != "code" and bool(metadata.get("grade")) != bool(metadata.get("solution")):
        yield f"it is a {cell.cell_type} cell with only one of `grade` and `solution`. Make it a code cell, or set both."


def _not_python(source: str) -> Iterator[str]:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError) as why:
        yield f"it is no Python: {getattr(why, 'msg', why)}, line {getattr(why, 'lineno', '?')}."


def _questions_amiss(cells: list[NotebookNode], chapter: str) -> Iterator[str]:
    """Questions of a chapter's test cells that nobody declared, and what was declared and no test cell asks."""
    from autograder.exercises import chapter_exercises, chapter_predictions

    left = {one.name for one in chapter_exercises(chapter) if one.graded}
    left |= {one.name for one in chapter_predictions(chapter)}
    declared, parts = set(left), {one.name: set(one.probe.results) for one in chapter_exercises(chapter)}
    for cell in cells:
        metadata = cell.metadata.get("nbgrader") or {}
        if not metadata.get("grade") or metadata.get("solution") or cell.cell_type != "code":
            continue
        for question in read_test_cell(metadata["grade_id"], cell.source).questions:
            name, part = _examined(question)
            if name not in declared or (part and part not in parts.get(name, ())):
                what = " ".join(filter(None, (name, part)))
                yield f", cell {metadata['grade_id']}: it examines {what}, which {chapter} does not declare."
            left.discard(name)
    for name in sorted(left):
        yield f": no test cell examines {name}, which {chapter} declares. Add the cell, with its points."


def _examined(question: Question) -> tuple[str, str | None]:
    return (question.prediction, None) if question.prediction else exercise_and_part(question.variable, question.part)


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
