"""What was found in each test cell, as `autograded/` keeps it: for the class report, and for whoever is asked for a regrade. Pure.

Under `autograder` in the metadata of a marked notebook stand `verdicts`, one record for each graded cell by its `grade_id`, and
`untouched`, true if every solution cell is as the release gave it. A record holds words of the judge's own, none of a submission's:

    found       one of the words below
    name        "mistake": its name; "difference": its kind ("shape", "values", "raised", "missing", ...); "letter": the letter
    exercise    what was asked, and of an exercise with several results which (`part`); or `prediction`
    repaired    true if the cell had to be put back or mended before grading
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from autograder.examination.judge import Verdict
from autograder.examination.test_cell import Question
from autograder.grading.repair import NEEDS_A_PERSON, unanswered
from course.probes import exercise_and_part

if TYPE_CHECKING:
    from nbformat import NotebookNode

RIGHT, MISTAKE, DIFFERENCE, LETTER, EMPTY = "right", "mistake", "difference", "letter", "empty"
NOT_REACHED, INTERRUPTED, WRITTEN = "not reached", "interrupted", "written"
OWN_ASSERTS = "own asserts"  # an error in the instructor's own part of a test cell
Record = dict[str, str | bool]


def question_record(question: Question) -> Record:
    """Which exercise or prediction a question is about."""
    if question.prediction:
        return {"prediction": question.prediction}
    name, part = exercise_and_part(question.variable, question.part)
    return {"exercise": name} | ({"part": part} if part else {})


def of_answer(question: Question, heard: object, verdict: Verdict) -> Record:
    """The record of one judged answer. heard : the letter a variable holds, or what was observed."""
    if verdict.right:
        found: Record = {"found": RIGHT}
    elif question.prediction:
        letter = str(heard).strip().strip("().").lower()
        found = {"found": LETTER, "name": letter} if verdict.kind == "choice" else {"found": EMPTY}
    elif verdict.kind in ("stub", "time"):
        found = {"found": EMPTY if verdict.kind == "stub" else INTERRUPTED}
    else:
        found = {"found": MISTAKE if verdict.mistake else DIFFERENCE, "name": verdict.kind}
    return found | question_record(question)


def of_notebook(notebook: NotebookNode, verdicts: dict[str, Record], notes: Iterable[str]) -> dict:
    """What is added to the notebook's metadata. notes : of repair and of marking, "CELL, CELL: what happened"."""
    named = {name for note in notes for name in note.removeprefix(NEEDS_A_PERSON).partition(":")[0].split(", ")}
    stated = [(cell, cell.metadata.get("nbgrader", {})) for cell in notebook.cells]
    solutions = [cell for cell, one in stated if one.get("solution")]
    records = {}
    for cell, one in stated:
        name = one.get("grade_id")
        if one.get("grade") and one.get("solution"):
            records[name] = {"found": EMPTY if unanswered(cell) else WRITTEN}
        elif one.get("grade"):
            records[name] = dict(verdicts.get(name, {"found": NOT_REACHED}))
        if name in records and name in named:
            records[name]["repaired"] = True
    return {"verdicts": records, "untouched": bool(solutions) and all(unanswered(cell) for cell in solutions)}
