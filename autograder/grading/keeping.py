"""Keep what was graded: scores in the gradebook, then notebooks in `autograded/`; and know again what is kept already."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator

from autograder.course_dir import BadInput
from autograder.grading.digests import hand_in_digest
from autograder.grading.folders import Closed, Prepared, prepare_folder
from autograder.grading.hand_in import HandIn, merged, read
from autograder.grading.recording import Recorded, Scored
from autograder.grading.repair import NEEDS_A_PERSON
from autograder.grading.tasks import Outcome, Ready, Run, Task, not_graded


def record(run: Run, batch: list[Ready]) -> Iterator[Outcome]:
    """The one writer: scores into the gradebook, then the notebooks into `autograded/`.

    What stops the whole run is what would stop every other submission too: a disk or a database that cannot be written to.
    """
    folders: list[tuple[Ready, Prepared | None]] = []
    for one in batch:
        try:
            folders.append((one, _prepared(run, one)))
        except Closed as why:
            yield not_graded(one.task, str(why), *_notes(one))
    for one, prepared, recorded in _recorded(run, folders):
        if isinstance(recorded, Exception):
            if prepared:
                prepared.drop()
            why = f"could not be recorded, by a fault of the grader ({recorded!r})"
            yield not_graded(one.task, why, *_notes(one))
            continue
        if prepared:
            prepared.put_in_place()
        task = one.task
        yield Outcome(task.student, task.assignment, "graded", recorded.score, _notes(one), recorded.changes)


def _recorded(
    run: Run, folders: list[tuple[Ready, Prepared | None]]
) -> Iterator[tuple[Ready, Prepared | None, Recorded | Exception]]:
    """Each submission with what was written of it, or with the fault of ours that kept it from being recorded, alone."""
    try:
        recorded: list = run.gradebook.record([_scored(one) for one, _ in folders])
    except (BadInput, OSError, MemoryError):
        raise
    except Exception as fault:
        if len(folders) > 1:
            for alone in folders:
                yield from _recorded(run, [alone])
            return
        recorded = [fault]
    for (one, prepared), written in zip(folders, recorded, strict=True):
        yield one, prepared, written


def _scored(one: Ready) -> Scored:
    hand_in, graded = one.hand_in, one.graded
    notebooks = dict.fromkeys(hand_in.notebooks) | graded.notebooks
    needs_person = any(note.startswith(NEEDS_A_PERSON) for note in hand_in.notes)
    return Scored(one.task.student, one.task.assignment, hand_in.timestamp, notebooks, needs_person)


def _prepared(run: Run, one: Ready) -> Prepared | None:
    """The folder in `autograded/`, ready to be put in place; None where nothing is written."""
    contents = one.graded.blank | {name: notebook.content for name, notebook in one.graded.notebooks.items()}
    texts = {f"{name}.ipynb": content for name, content in contents.items()}
    if not texts or run.dry:
        return None
    files = merged(one.hand_in.files, run.source_files[one.task.assignment] | texts)
    return prepare_folder(run.autograded(one.task), files, run.coursedir.groupshared)


def _notes(one: Ready) -> list[str]:
    return [*one.hand_in.notes, *one.graded.notes]


def stored_records(run: Run, task: Task) -> dict[str, dict]:
    """What was noted in each notebook when it was graded."""
    stored: dict[str, dict] = {}
    for template in run.templates[task.assignment]:
        path = run.autograded(task) / f"{template.notebook}.ipynb"
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            record = json.loads(path.read_bytes())["metadata"]["autograder"]
            stored[template.notebook] = {
                "digest": record["digest"],
                "notes": [str(note) for note in record["notes"]],
                "gradebook": record.get("gradebook"),
            }
    return stored


def was_in(run: Run, task: Task, stored: dict[str, dict]) -> bool:
    """True if the student's work was graded into this very gradebook before."""
    return any(one["gradebook"] == run.identities[task.assignment] for one in stored.values())


def finished_notes(run: Run, task: Task, stored: dict[str, dict]) -> list[str] | None:
    """What was noted when this very hand-in was graded with these very tests; None if it was not, or is not in the gradebook."""
    templates = run.templates[task.assignment]
    if not stored:
        return None
    try:
        hand_in = read(task.student, task.folder, task.assignment, templates)
        digest = digest_of(run, hand_in)
    except MemoryError:
        raise
    except Exception:  # `_start` tries once more, and says what is wrong
        return None
    same = set(stored) == set(hand_in.notebooks) and all(one["digest"] == digest for one in stored.values())
    if not same or not run.gradebook.is_recorded(task.assignment, task.student):
        return None
    return list(dict.fromkeys(hand_in.notes + [note for name in hand_in.notebooks for note in stored[name]["notes"]]))


def digest_of(run: Run, hand_in: HandIn) -> str:
    """Changes with anything that could change the marks: the hand-in, the tests, the points, the code that decides."""
    return hand_in_digest(hand_in, run.templates[hand_in.assignment], run.source_files[hand_in.assignment])
