"""Mark one notebook: run its cells in the sandbox, examine its answers from outside. Notebook in, notebook out.

Scores are carried by the outputs of the test cells, read by nbgrader's own rule: an error gives nothing, no error gives all.
Whatever is not known to be right becomes an error: a cell that was not reached, a process that died, an answer that is none.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from nbformat import NotebookNode

from autograder.examination.test_cell import TestCell, read_test_cell
from autograder.grading import verdicts
from autograder.grading.examiner import Examiner
from autograder.grading.nodes import shallow_copy
from autograder.grading.outputs import closed, error, made, read_output
from autograder.sandbox.request import Request
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import Died, Session
from course.hint import Hint
from course.observe import Observation

RERUNS = 3  # times a notebook is run again without the cell that ended its process
LINE = re.compile(r"line \d+: ")  # what stands before a quoted line
OUTPUTS_LIMIT = 32 * 2**20  # characters of outputs that are kept of one notebook
COUNT_LIMIT = 501  # outputs that are kept of one cell: what the sandbox's own recorder leaves, and an error


@dataclass
class Marked:
    """A marked notebook, and what an instructor should know about it."""

    notebook: NotebookNode
    notes: list[str] = field(default_factory=list)
    # Of the test cells, by grade_id, in that attempt.
    verdicts: dict[str, verdicts.Record] = field(default_factory=dict)
    characters: int = 0  # of outputs so far, in the attempt that counts


def mark(notebook: NotebookNode, sandbox: Sandbox, examiner: Examiner, files: dict[str, bytes] | None = None) -> Marked:
    """Run and examine a repaired notebook: a copy of it whose cells have their outputs, all of one attempt."""
    notebook = _copy(notebook)
    marked = Marked(notebook)
    deadline = time.monotonic() + sandbox.limits.submission_seconds
    left_out: dict[int, str] = {}
    suspect = None  # a process can be lost by no fault of the cell that ran: it is tried once more before it is blamed
    careful = False
    # The cell that an attempt came to; the cells before it, and verdicts, as it left them.
    furthest, kept, found = 0, [], {}
    while True:
        asked = time.monotonic()
        session = sandbox.open(figures=_draws(notebook))
        deadline += time.monotonic() - asked  # a sandbox that has to be started is no fault of the submission's
        died = _attempt(marked, session, examiner, left_out, deadline, files or {}, careful)
        if died is None:
            return marked
        number, why = died.cell, str(died.why)
        if number >= furthest:
            furthest, kept, found = number, [cell.copy() for cell in notebook.cells[:number]], marked.verdicts
        if time.monotonic() > deadline:  # a further attempt would come less far
            notebook.cells[:furthest], marked.verdicts = kept, found
            return _given_up(marked, furthest, why)
        if is_test(notebook.cells[number]) and not careful:
            careful = True
            continue
        if died.why.gone and suspect != number:
            suspect = number
            continue
        left_out[number] = why
        if len(left_out) > RERUNS:
            return _given_up(marked, number, why)
        name = notebook.cells[number].get("id", number)
        marked.notes.append(f"{name}: {why}; the notebook was run again without this cell")


def _copy(notebook: NotebookNode) -> NotebookNode:
    """A notebook of its own, with cells of its own; what is not changed in them, is shared."""
    copied = shallow_copy(notebook)
    copied["cells"] = [shallow_copy(cell) for cell in notebook.cells]
    copied["metadata"] = shallow_copy(notebook.metadata)
    return copied


def _given_up(marked: Marked, number: int, why: str) -> Marked:
    """The cells from this one on get no points, and say why; those before it keep their outputs."""
    for later in marked.notebook.cells[number:]:
        if later.cell_type == "code":
            later.outputs = [error("NotRun", f"Not run: {why}.")]
        if is_test(later):
            marked.verdicts[later.metadata.nbgrader.grade_id] = {"found": verdicts.NOT_REACHED}
    name = marked.notebook.cells[number].get("id", number)
    marked.notes.append(f"{name}: {why}; given up here: this cell and later ones were not run")
    return marked


@dataclass(frozen=True)
class _Death:
    """The cell in which a submission's process was lost, and why."""

    cell: int
    why: Died


def _attempt(
    marked: Marked,
    session: Session,
    examiner: Examiner,
    left_out: dict[int, str],
    deadline: float,
    files: dict[str, bytes],
    careful: bool,
) -> _Death | None:
    """Run all cells once, and end the session. None if the process lived."""
    limits = session.sandbox.limits
    files_request = Request.files(files) if files else None
    session.plan = _plan(marked.notebook, examiner, files_request, left_out, careful)
    marked.characters = number = 0
    marked.verdicts = {}
    died = None
    try:
        if files_request:
            session.put_files(files_request, limits.cell_seconds)
        for number, cell in enumerate(marked.notebook.cells):
            if cell.cell_type != "code":
                continue
            if number in left_out:
                cell.outputs = [error("NotRun", f"This cell was left out: {left_out[number]}.")]
                if is_test(cell):
                    marked.verdicts[cell.metadata.nbgrader.grade_id] = {"found": verdicts.INTERRUPTED}
                continue
            left = deadline + session.lent - time.monotonic()
            if left <= 0:
                raise Died(f"the notebook took longer than {limits.submission_seconds:g} s")
            _one_cell(marked, cell, session, examiner, left, careful)
    except Died as why:
        died = _Death(number, why)
    finally:
        session.close(kill=died is not None)
    return died


def _plan(
    notebook: NotebookNode, examiner: Examiner, files_request: Request | None, left_out: dict[int, str], careful: bool
) -> Iterator[Request]:
    """All that an attempt asks the sandbox, in its order."""
    if files_request:
        yield files_request
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or number in left_out:
            continue
        if not is_test(cell):
            yield Request.run(cell.source)
            continue
        test = _test_cell(cell)
        if test.plain:
            yield Request.run(test.plain)
        for question in test.questions:
            yield examiner.request_for(question, careful)


def _draws(notebook: NotebookNode) -> bool:
    """Whether its cells are likely to draw."""
    return any("matplotlib" in cell.source or "course.figures" in cell.source for cell in notebook.cells)


def _test_cell(cell: NotebookNode) -> TestCell:
    return read_test_cell(cell.metadata.nbgrader.grade_id, cell.source)


def _one_cell(
    marked: Marked,
    cell: NotebookNode,
    session: Session,
    examiner: Examiner,
    left: float,
    careful: bool,
):
    limits = session.sandbox.limits
    if not is_test(cell):
        cell.outputs, cell.execution_count = _run(session, cell.source, min(limits.cell_seconds, left), marked)
        return
    test = _test_cell(cell)
    outputs: list[NotebookNode] = []
    if test.plain:
        outputs, cell.execution_count = _run(session, test.plain, min(limits.cell_seconds, left), marked)
    cell.outputs = outputs
    seconds, heard = min(limits.probe_seconds, left), []
    for question in test.questions:
        hear = session.letter if question.prediction else session.probe
        heard.append(_quoting_itself(marked.notebook, hear(examiner.request_for(question, careful), seconds)))
    said, found = _examined(test, heard, examiner)
    cell.outputs = closed(outputs + said, cell.metadata.nbgrader.get("points", 0))
    marked.verdicts[test.grade_id] = _with_own_part(found, cell.outputs)


def _quoting_itself(notebook: NotebookNode, heard: str | list[Observation]) -> str | list[Observation]:
    """What was heard; a line of the student's only if it stands in the notebook, since feedback quotes it as the grader's word."""
    if isinstance(heard, str) or not any(one.trouble and one.trouble.line for one in heard):
        return heard
    lines = {line.strip() for cell in notebook.cells for line in cell.source.splitlines()}
    return [
        replace(one, trouble=replace(one.trouble, line=""))
        if one.trouble and LINE.sub("", one.trouble.line, count=1) not in lines
        else one
        for one in heard
    ]


def _with_own_part(found: verdicts.Record, outputs: list[NotebookNode]) -> verdicts.Record:
    """The verdict on a test cell, in which an error may come from the instructor's own asserts."""
    errors = {one.ename for one in outputs if one.output_type == "error"}
    if found["found"] != verdicts.RIGHT or not errors:
        return found
    return found | {"found": verdicts.INTERRUPTED if "TimeLimit" in errors else verdicts.OWN_ASSERTS}


def _examined(
    test: TestCell, heard: list[str | list[Observation]], examiner: Examiner
) -> tuple[list[NotebookNode], verdicts.Record]:
    """What the judge says, up to the first wrong answer; and the record of that answer, or of the first if all are right."""
    passed, found = [], {"found": verdicts.RIGHT}
    for question, one in zip(test.questions, heard, strict=True):
        verdict = examiner.judge(question, one)
        if not verdict.right:
            return [error(Hint.__name__, *verdict.messages)], verdicts.of_answer(question, one, verdict)
        found = found if passed else verdicts.of_answer(question, one, verdict)
        passed.append(question.prediction or " ".join(filter(None, (question.variable, question.part))))
    text = "".join(f"passed: {name}\n" for name in passed)
    return [made("stream", name="stdout", text=text)] if passed else [], found


def _run(session: Session, source: str, seconds: float, marked: Marked) -> tuple[list[NotebookNode], int | None]:
    outputs, count, timed_out = session.run(source, seconds)
    checked = [output for one in outputs[:COUNT_LIMIT] if (output := read_output(one)) is not None]
    marked.characters += len(str(checked))
    if marked.characters > OUTPUTS_LIMIT:
        checked = [output for output in checked if output.output_type == "error"]
        checked.append(made("stream", name="stdout", text="... outputs left out: this notebook has too many ...\n"))
    if timed_out:
        checked.append(error("TimeLimit", f"Interrupted: this cell did not finish within {seconds:.0f} s."))
        marked.notes.append("a cell was interrupted at its time limit")
    return checked, count


def is_test(cell: NotebookNode) -> bool:
    """A cell whose points nbgrader reads from its outputs."""
    stated = cell.metadata.get("nbgrader", {})
    return bool(stated.get("grade")) and not stated.get("solution") and cell.cell_type == "code"
