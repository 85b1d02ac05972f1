"""The marked notebook as a student may see it: verdicts and hints, without hidden tests and mark schemes."""

from __future__ import annotations

import json

import nbformat
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme
from traitlets.config import Config

from autograder.classroom.records import Classroom, HandIn
from autograder.course_dir import BadInput, CourseDir
from autograder.grading.feedback import BeforeGrading, PlainErrors, Safe
from autograder.notebooks import read_notebook
from autograder.settings import nbgrader_settings


def returned_notebook(course: CourseDir, classroom: Classroom, hand_in: HandIn) -> bytes:
    """The first marked notebook of a hand-in, with its mark on top; b"" if it cannot be read."""
    try:
        notebook = read_notebook(hand_in.files[0])
    except (BadInput, IndexError):
        return b""
    settings: Config = nbgrader_settings(course)
    for step in (ClearHiddenTests, ClearMarkScheme, PlainErrors, BeforeGrading, Safe):
        notebook, _ = step(config=settings).preprocess(notebook, {})
    notebook.metadata.pop("autograder", None)
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            output.pop("transient", None)
    maximum = classroom.chapters[hand_in.chapter].maximum
    text = f"**{hand_in.chapter}: {hand_in.mark:g} of {maximum:g} points.**"
    if hand_in.penalty:
        text += f" ({hand_in.score:g}, less {hand_in.penalty:g} for lateness.)"
    lines = [f"- {cell}: {points:g}" for cell, points in hand_in.points.items()]
    top = {"cell_type": "markdown", "id": "the-mark", "metadata": {}, "source": "\n".join([text, "", *lines])}
    notebook.cells.insert(0, nbformat.from_dict(top))
    return json.dumps(notebook, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
