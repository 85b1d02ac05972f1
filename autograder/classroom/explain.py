"""`autograder explain`: why a test cell got what it got, for a regrade request. The hand-in is run once more, on the hidden inputs
of its recorded seed, in the sandbox; what comes is laid beside what was recorded."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import numpy as np

from autograder.classroom.examples import source_of
from autograder.classroom.records import Chapter, Classroom, HandIn, folders, read_record
from autograder.course_dir import BadInput
from autograder.examination.judge import Verdict
from autograder.examination.test_cell import Question, read_test_cell
from autograder.exercises import all_exercises, find_exercise
from autograder.grading import verdicts
from autograder.grading.digests import hand_in_digest
from autograder.grading.examiner import Examiner
from autograder.grading.hand_in import read, support_files
from autograder.grading.mark import mark
from autograder.notebooks import read_notebook
from autograder.sandbox.inside.observations import as_judged
from autograder.sandbox.isolation import choose_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.translations import wording_of
from autograder.wording import Wording
from course.diagnose import right
from course.observe import Observation
from course.probes import exercise_and_part

SHOWN = 60  # numbers of an array


@dataclass(frozen=True)
class CaseSeen:
    """One hidden case: what kind it is, whether the answer was right, and, for the instructor, the arrays as text."""

    about: str
    right: bool
    inputs: dict[str, str] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)
    came: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True)
class Explained:
    """One test cell: the verdict that is recorded, the one of now, and why these differ ("" if they do not)."""

    cell: str
    recorded: dict
    now: dict
    differs: str
    messages: tuple[str, ...]
    code: str
    cases: tuple[CaseSeen, ...] = ()


class Listening(Examiner):
    """An examiner that keeps what it heard, by question."""

    def __init__(self, seed: str, wording: Wording):
        super().__init__(seed, wording)
        self.heard: dict[Question, tuple[str | list[Observation], Verdict]] = {}

    def judge(self, question: Question, heard: str | list[Observation]) -> Verdict:
        verdict = super().judge(question, heard)
        self.heard[question] = (heard, verdict)
        return verdict


def explain(
    classroom: Classroom, student: str, chapter: str, wanted: str | None, for_student: bool, isolation: str
) -> list[Explained]:
    """Explain the test cells that ask about an exercise or prediction, all of them if none is named. BadInput if there are none."""
    hand_in = _hand_in(classroom, student, chapter)
    questions, asserts = (
        dict(_questions(classroom.chapters[chapter], wanted)),
        _asserts(classroom.chapters[chapter], wanted),
    )
    if not questions and not asserts:
        known = sorted({_name(one) for one in dict(_questions(classroom.chapters[chapter], None)).values()})
        known += _asserts(classroom.chapters[chapter], None)
        raise BadInput(f"{chapter} asks nothing called {wanted!r}. It asks {', '.join(known)}.")
    examiner, found, said = Listening(hand_in.seed, wording_of(classroom.course, chapter)), {}, {}
    sandbox = Sandbox(choose_isolation(isolation), Limits())
    try:
        for path in hand_in.files:
            notebook = read_notebook(path)
            marked = mark(copy.deepcopy(notebook), sandbox, examiner, support_files(path.parent))
            found |= verdicts.of_notebook(marked.notebook, marked.verdicts, marked.notes)["verdicts"]
            said |= _errors(marked.notebook, for_student)
    finally:
        sandbox.close()
    reason = _why_different(classroom, hand_in)
    return [
        _explained(hand_in, cell, question, found, examiner, reason, for_student)
        for cell, question in questions.items()
    ] + [_of_asserts(hand_in, cell, found.get(cell, {}), said.get(cell, ()), reason) for cell in asserts]


def _asserts(chapter: Chapter, wanted: str | None) -> list[str]:
    """The test cells that hold asserts of the instructor's own."""
    cells = [cell for template in chapter.templates for cell in template.cells if cell.is_test]
    plain = [cell.name for cell in cells if read_test_cell(cell.name, cell.source).plain]
    return [name for name in plain if wanted in (None, name, name.removeprefix("test-"))]


def _errors(notebook: nbformat.NotebookNode, for_student: bool) -> dict[str, tuple[str, ...]]:
    """How cells failed, by grade_id; what stands in an error may quote a hidden assert, so students get its kind only."""
    return {
        cell.metadata.nbgrader.grade_id: (one.ename if for_student else f"{one.ename}: {one.evalue}".rstrip(": "),)
        for cell in notebook.cells
        if cell.cell_type == "code" and "nbgrader" in cell.metadata
        for one in cell.outputs
        if one.output_type == "error"
    }


def _of_asserts(hand_in: HandIn, cell: str, now: dict, messages: tuple[str, ...], reason: str) -> Explained:
    recorded = (hand_in.verdicts or {}).get(cell, {})
    differs = "" if recorded == now else reason if recorded else "nothing was recorded when it was graded"
    return Explained(cell, recorded, now, differs, messages, source_of(hand_in, cell.removeprefix("test-")))


def _hand_in(classroom: Classroom, student: str, chapter: str) -> HandIn:
    if student not in classroom.persons:
        raise BadInput(f"the gradebook knows no student {student!r}.")
    hand_in = classroom.hand_ins.get((student, chapter))
    if hand_in is None:
        raise BadInput(f"{student} has no graded hand-in of {chapter}.")
    if not hand_in.seed:
        raise BadInput(
            f"no seed is recorded for {student}, {chapter}, so its hidden inputs cannot be drawn again. Grade it again."
        )
    return hand_in


def _questions(chapter: Chapter, wanted: str | None) -> Iterator[tuple[str, Question]]:
    for template in chapter.templates:
        for cell in template.cells:
            if cell.grade and not cell.solution and cell.cell_type == "code":
                for question in read_test_cell(cell.name, cell.source).questions:
                    if wanted in (None, cell.name, _name(question), question.variable):
                        yield cell.name, question


def _name(question: Question) -> str:
    record = verdicts.question_record(question)
    return str(record.get("prediction") or record["exercise"])


def _explained(
    hand_in: HandIn, cell: str, question: Question, found: dict, examiner: Listening, reason: str, for_student: bool
) -> Explained:
    recorded, now = (hand_in.verdicts or {}).get(cell, {}), found.get(cell, {})
    same = {key: value for key, value in recorded.items() if key != "repaired"} == {
        key: value for key, value in now.items() if key != "repaired"
    }
    messages: tuple[str, ...] = ()
    cases: tuple[CaseSeen, ...] = ()
    if question in examiner.heard:
        heard, verdict = examiner.heard[question]
        messages = verdict.messages
        if not question.prediction:
            cases = tuple(_cases(question, heard, examiner, for_student))
    name = question.prediction or all_exercises()[_name(question)].cell_id
    differs = "" if same else reason if recorded else "nothing was recorded when it was graded"
    return Explained(cell, recorded, now, differs, messages, source_of(hand_in, name), cases)


def _cases(question: Question, heard: list[Observation], examiner: Examiner, for_student: bool) -> Iterator[CaseSeen]:
    name, part = exercise_and_part(question.variable, question.part)
    exercise = find_exercise(name)
    probe = exercise.probe
    parts = (part,) if part else probe.results
    for case, one in zip(examiner.cases(name), heard, strict=True):
        seen = as_judged(probe, case.inputs, one)
        good = right(probe, case, seen, parts, exercise.rtol)
        if for_student:
            yield CaseSeen(case.about, good)
            continue
        trouble = f"{seen.trouble.kind} {seen.trouble.what} {seen.trouble.message}".strip() if seen.trouble else ""
        if not trouble and (changed := seen.changed(case.inputs)):
            trouble = f"changes {', '.join(changed)}"
        yield CaseSeen(
            case.about,
            good,
            {key: _text(value) for key, value in case.inputs.items()},
            {key: _text(case.expected[key]) for key in parts if key in case.expected},
            {key: _text(seen.results[key]) for key in parts if key in seen.results},
            trouble,
        )


def _text(array) -> str:
    array = np.asarray(array)
    if array.size > SHOWN:
        return f"{array.dtype} array of shape {array.shape}"
    return np.array2string(array, precision=8, separator=", ", max_line_width=100)


def _why_different(classroom: Classroom, hand_in: HandIn) -> str:
    """Why a verdict may be another one today."""
    templates = list(classroom.chapters[hand_in.chapter].templates)
    where = folders(classroom.course)
    folder = Path(where.root) / where.submitted_directory / hand_in.student / hand_in.chapter
    recorded = {read_record(path).get("digest") for path in hand_in.files}
    try:
        read_again = read(hand_in.student, folder, hand_in.chapter, templates)
        source = support_files(Path(where.root) / where.source_directory / hand_in.chapter)
    except OSError:
        return "the hand-in is no longer in submitted/"
    if recorded == {None}:
        return "it was graded by nbgrader's autograde, which keeps no digest: the exercises may have changed since"
    if recorded != {hand_in_digest(read_again, templates, source)}:
        return "what the marks depend on has changed since: the hand-in, the tests, the exercises or the grader"
    return "the same hand-in gave another result: does it use random numbers, the time, or more memory than there was?"


def as_text(one: Explained, for_student: bool) -> str:
    """What people read."""
    lines = [f"{one.cell}: {_said(one.recorded)}"]
    lines.append(
        "run again: the same" if not one.differs else f"run again: {_said(one.now)}. It differs: {one.differs}"
    )
    lines += [f"  {line}" for message in one.messages for line in message.splitlines()]
    wrong = [case for case in one.cases if not case.right]
    if one.cases:
        lines.append(
            f"{len(one.cases) - len(wrong)} of {len(one.cases)} hidden cases right" + (". Wrong on:" if wrong else "")
        )
    for case in wrong:
        lines.append(f"  - {case.about}" + (f": {case.trouble}" if case.trouble else ""))
        if not for_student:
            for title, arrays in (("given", case.inputs), ("expected", case.expected), ("came", case.came)):
                lines += [
                    f"      {title} {name} = {text}".replace("\n", "\n" + " " * 12) for name, text in arrays.items()
                ]
    if one.code:
        lines += ["the answer:", *(f"  | {line}" for line in one.code.splitlines())]
    return "\n".join("".join(c if c.isprintable() or c == "\n" else " " for c in line) for line in lines)


def _said(record: dict) -> str:
    if not record:
        return "nothing recorded"
    name = f", {record['name']}" if record.get("name") else ""
    return f"{record['found']}{name}" + (" (repaired)" if record.get("repaired") else "")
