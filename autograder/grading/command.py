"""`autograder grade` as people see it: a progress bar, a table, and one line for each submission that needs a look."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.course_dir import BadInput, CourseDir
from autograder.grading.sandboxes import close_sandboxes, prepare_sandboxes, stop_sandboxes
from autograder.grading.words import listed
from autograder.sandbox.isolation import BACKENDS, SandboxError, choose_isolation
from autograder.sandbox.limits import Limits

if TYPE_CHECKING:
    from autograder.grading.tasks import Outcome

SPARE = 6  # hand-ins that may be begun while as many others only sleep, or wait for what never comes
COMMON = 9  # hand-ins of which the same is noted before it is said once for all
NOTES_SHOWN = 3  # of one submission; --json has all
# Seconds until a waiting thread gets the interpreter: a sandbox's answer is not to wait for five times that.
SWITCH = 0.001


def run_grade(
    course: CourseDir,
    chapters: list[str] | None,
    workers: int,
    isolation: str,
    force: bool,
    as_json: bool,
    errors: Console,
    limits: Limits,
    students: tuple[str, ...] = (),
    dry_run: bool = False,
    scheduler: str | Path | None = None,
) -> int:
    """Grade, show, and return the exit status.

    0 if everything is in the gradebook that was to be graded, 1 if anything is not, 2 if a chapter could not be graded.

    students : whose work is graded; all if none is named. dry_run : say what would change, and keep nothing.
    scheduler : the address of a Dask scheduler, or the file that it wrote; None for `workers` on this machine.
    """
    if isolation not in ("auto", *BACKENDS):
        raise BadInput(f"--isolation {isolation} is not one of auto, {', '.join(BACKENDS)}.")
    with (
        _cluster(scheduler, isolation, errors)
        if scheduler
        else _pool(course, workers, isolation, limits, errors) as at_work
    ):
        settled = at_work[2]
        gc.disable()  # until everything is imported: what is made in an import stays, and would be looked through again and again
        try:
            done = _grade(course, chapters, (*at_work, limits), force, as_json, errors, students, dry_run)
        except SandboxError as why:
            raise BadInput(f"{why}. What was graded is recorded; `autograder doctor` may say more.") from None
    if as_json:
        print(json.dumps(_as_json(done, settled)))
    else:
        _show(done, settled)
    for line in done.refused:
        print(f"autograder: {_printable(line)}", file=sys.stderr)
    return 2 if done.refused else any(one.state == "not graded" for one in done.outcomes)


@contextmanager
def _pool(course: CourseDir, workers: int, isolation: str, limits: Limits, errors: Console) -> Iterator[tuple]:
    """Workers on this machine: threads that wait for their sandboxes. Executor, jobs ahead, isolation."""
    try:
        settled = choose_isolation(isolation)
    except SandboxError as why:
        raise BadInput(f"{why}. With --isolation process submissions run as you, less protected.") from None
    if why := BACKENDS[settled].exposes(course.root):
        raise BadInput(f"{why}.")
    if BACKENDS[settled].warning:
        errors.print(BACKENDS[settled].warning, highlight=False)
    prepare_sandboxes(settled, limits, workers, SPARE)
    pool = ThreadPoolExecutor(workers + SPARE + 1)  # one more than there are sandboxes mends what comes next meanwhile
    sys.setswitchinterval(SWITCH)
    try:
        yield pool, lambda: 2 * workers + SPARE, settled
    finally:
        stop_sandboxes()  # after Ctrl-C nobody waits until hand-ins are done
        pool.shutdown(cancel_futures=True)
        close_sandboxes()


@contextmanager
def _cluster(scheduler: str | Path, isolation: str, errors: Console) -> Iterator[tuple]:
    """Workers of a Dask cluster. Executor, jobs ahead, isolation."""
    try:
        from autograder.grading.cluster import join_cluster
    except ModuleNotFoundError as missing:
        raise BadInput(
            f"--scheduler needs the Python package {missing.name}: `pip install -c constraints.txt -e '.[cluster]'`."
        ) from None
    address, file = (None, scheduler) if isinstance(scheduler, Path) else (scheduler, None)
    with join_cluster(
        address, file, isolation, lambda text: errors.print(text, highlight=False, markup=False)
    ) as joined:
        cluster, settled = joined
        yield cluster, cluster.ahead, settled


@dataclass(frozen=True)
class _Done:
    """What a run did. less_protected : test cells with asserts of the instructor's own; stale : whose feedback pages are old."""

    outcomes: list[Outcome]
    seed: str
    less_protected: dict[str, list[str]]
    changes: list[str]
    refused: list[str]
    stale: dict[str, list[str]]
    dry_run: bool


def _grade(
    course: CourseDir,
    chapters: list[str] | None,
    workers: tuple,
    force: bool,
    as_json: bool,
    errors: Console,
    students: tuple[str, ...],
    dry_run: bool,
) -> _Done:
    """Grade. nbgrader is imported here, while the sandboxes get ready."""
    from autograder.grading.run import grade, open_run
    from autograder.grading.stale import stale_feedback
    from autograder.grading.tasks import Workers

    outcomes = []
    shown_on = Console(
        file=errors.file
    )  # this very stream: while a worker looks at a mistake, `sys.stderr` is another one
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with (
            open_run(course, chapters, Workers(*workers), force, students, dry_run) as run,
            Progress(*columns, console=shown_on, transient=True, disable=as_json) as progress,
        ):
            gc.freeze()
            gc.enable()
            bar = progress.add_task("grading", total=None)
            for outcome in grade(run, lambda done, total: progress.update(bar, completed=done, total=total)):
                outcomes.append(outcome)
            stale = {} if dry_run else stale_feedback(run.coursedir, outcomes)
            return _Done(outcomes, run.seed, run.less_protected(), run.changes, run.refused, stale, dry_run)
    except OSError as error:
        where = _printable(str(error.filename or "no file named"))
        raise BadInput(
            f"stopped: {error.strerror or error} ({where}). What was graded is recorded; run the command again to go on."
        ) from None


def _as_json(done: _Done, isolation: str) -> dict:
    outcomes = done.outcomes
    return {
        "isolation": isolation,
        "seed": done.seed,
        "dry_run": done.dry_run,
        "graded": sum(one.state == "graded" for one in outcomes),
        "less_protected": done.less_protected,
        "source_changes": done.changes,
        "refused": done.refused,
        "stale_feedback": done.stale,
        "unchanged": sum(one.state == "unchanged" for one in outcomes),
        "not_graded": sum(one.state == "not graded" for one in outcomes),
        "submissions": [
            {
                "student": one.student,
                "assignment": one.assignment,
                "state": one.state,
                "score": one.score,
                "notes": one.notes,
                "needs_a_person": one.needs_a_person,
                "changes": [{"exercise": cell, "from": before, "to": now} for cell, before, now in one.changes],
            }
            for one in outcomes
        ],
    }


def _show(done: _Done, isolation: str) -> None:
    outcomes = done.outcomes
    console = Console(soft_wrap=True, width=None if os.isatty(1) else 100)
    table = Table(title=f"{'dry run, nothing is kept' if done.dry_run else 'graded'}, isolation: {isolation}")
    states = ["graded", "unchanged"] + ["not graded"] * any(one.state == "not graded" for one in outcomes)
    for title in ("assignment", *states, "mean score", "lowest", "highest"):
        table.add_column(title, justify="left" if title == "assignment" else "right")
    by_assignment: dict[str, list] = defaultdict(list)
    for one in outcomes:
        by_assignment[one.assignment].append(one)
    for assignment, group in sorted(by_assignment.items()):
        scores = [one.score for one in group if one.score is not None]
        numbers = [f"{f(scores):.1f}" if scores else "" for f in (lambda s: sum(s) / len(s), min, max)]
        counts = [str(sum(one.state == state for one in group)) for state in states]
        table.add_row(assignment, *counts, *numbers)
    console.print(table)
    for assignment, cells in done.less_protected.items():
        warning = (
            f"less protected, asserts of your own that run beside the submission: {assignment}: {', '.join(cells)}"
        )
        console.print(warning, markup=False, highlight=False)
    for line in [
        *_changes(outcomes, done.dry_run),
        *map(_printable, done.changes),
        *_stale(done.stale),
        *_notes(outcomes),
    ]:
        console.print(line, markup=False, highlight=False)


def _changes(outcomes: list[Outcome], dry_run: bool) -> list[str]:
    """The marks that are others than before: student, exercise, from, to."""
    lines = [
        _printable(f"  {one.student}, {one.assignment}: {cell.removeprefix('test-')}: {before:g} -> {now:g}")
        for one in outcomes
        for cell, before, now in one.changes
    ]
    return [f"these marks {'would change' if dry_run else 'changed'}:", *lines] if lines else []


def _stale(stale: dict[str, list[str]]) -> list[str]:
    return [
        _printable(f"feedback is older than the marks: {assignment}: {listed(students)}. ")
        + f"Run `nbgrader generate_feedback {assignment} --force`."
        for assignment, students in stale.items()
    ]


def _notes(outcomes: list[Outcome]) -> list[str]:
    """A line for each hand-in to look at. What is noted of most hand-ins of an assignment is said once."""
    counts = Counter((one.assignment, note) for one in outcomes for note in one.notes)
    sizes = Counter(one.assignment for one in outcomes)
    common = {key for key, count in counts.items() if count > max(COMMON, sizes[key[0]] / 2)}
    lines = [
        _printable(f"{counts[key]} of {sizes[key[0]]} hand-ins, {key[0]}: {key[1]}") for key in counts if key in common
    ]
    for one in outcomes:
        if own := [note for note in one.notes if (one.assignment, note) not in common]:
            lines.append(_line(one, own))
    return lines


def _line(outcome: Outcome, notes: list[str]) -> str:
    """What a person should look at, in one line. A student's words cannot break it, nor reach the terminal as commands."""
    shown = notes[:NOTES_SHOWN]
    if len(notes) > NOTES_SHOWN:
        shown.append(f"... and {len(notes) - NOTES_SHOWN} more")
    line = f"look at {outcome.student}, {outcome.assignment}: {'; '.join(shown)}"
    return _printable(line)


def _printable(text: str) -> str:
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
