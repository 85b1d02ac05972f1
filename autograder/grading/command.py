"""`autograder grade` as people see it: a progress bar, a table, and one line for each submission that needs a look."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections import defaultdict

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.course_dir import BadInput, CourseDir
from autograder.sandbox.isolation import BACKENDS, SandboxError, choose_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import launch_sandboxes

NOTES_SHOWN = 3  # of one submission; --json has all
SWITCH = (
    0.001  # seconds until a waiting thread gets the interpreter: a sandbox's answer is not to wait for five times that
)


def run_grade(
    course: CourseDir,
    chapters: list[str] | None,
    workers: int,
    isolation: str,
    force: bool,
    as_json: bool,
    errors: Console,
    limits: Limits,
) -> int:
    """Grade, show, and return the exit status."""
    if isolation not in ("auto", *BACKENDS):
        raise BadInput(f"--isolation {isolation} is not one of auto, {', '.join(BACKENDS)}.")
    try:
        settled = choose_isolation(isolation)
    except SandboxError as why:
        raise BadInput(f"{why}. With --isolation process submissions run as you, less protected.") from None
    if why := BACKENDS[settled].exposes(course.root):
        raise BadInput(f"{why}.")
    if BACKENDS[settled].warning:
        errors.print(BACKENDS[settled].warning, highlight=False)
    server, sandboxes = launch_sandboxes(settled, limits, workers)
    sys.setswitchinterval(SWITCH)
    gc.disable()  # until everything is imported: what is made in an import stays, and would be looked through again and again
    try:
        outcomes, seed, less_protected = _grade(course, chapters, sandboxes, force, as_json, errors)
    except SandboxError as why:
        raise BadInput(f"{why}. What was graded is recorded; `autograder doctor` may say more.") from None
    finally:
        server.close()
        for sandbox in sandboxes:
            sandbox.close()
    if as_json:
        print(json.dumps(_as_json(outcomes, seed, settled, less_protected)))
    else:
        _show(outcomes, settled, less_protected)
    return 0


def _grade(course: CourseDir, chapters: list[str] | None, sandboxes: list, force: bool, as_json: bool, errors: Console):
    """The outcomes, the seed, and the test cells that are less protected. nbgrader is imported while the sandboxes get ready."""
    from autograder.grading.run import grade, open_run

    outcomes = []
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with (
            open_run(course, chapters, sandboxes, force) as run,
            Progress(*columns, console=errors, transient=True, disable=as_json) as progress,
        ):
            gc.freeze()
            gc.enable()
            bar = progress.add_task("grading", total=None)
            for outcome in grade(run, lambda done, total: progress.update(bar, completed=done, total=total)):
                outcomes.append(outcome)
            return outcomes, run.seed, run.less_protected()
    except OSError as error:
        where = _printable(str(error.filename or "no file named"))
        raise BadInput(
            f"stopped: {error.strerror or error} ({where}). What was graded is recorded; run the command again to go on."
        ) from None


def _as_json(outcomes: list, seed: str, isolation: str, less_protected: dict) -> dict:
    return {
        "isolation": isolation,
        "seed": seed,
        "graded": sum(one.state == "graded" for one in outcomes),
        "less_protected": less_protected,
        "unchanged": sum(one.state == "unchanged" for one in outcomes),
        "not_graded": sum(one.state == "not graded" for one in outcomes),
        "submissions": [
            {
                "student": one.student,
                "assignment": one.assignment,
                "state": one.state,
                "score": one.score,
                "notes": one.notes,
            }
            for one in outcomes
        ],
    }


def _show(outcomes: list, isolation: str, less_protected: dict) -> None:
    console = Console(soft_wrap=True, width=None if os.isatty(1) else 100)
    table = Table(title=f"graded, isolation: {isolation}")
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
    for assignment, cells in less_protected.items():
        words = f"less protected, asserts of your own that run beside the submission: {assignment}: {', '.join(cells)}"
        console.print(words, markup=False, highlight=False)
    for one in outcomes:
        if one.notes:
            console.print(_line(one), markup=False, highlight=False)


def _line(outcome) -> str:
    """What a person should look at, in one line. A student's words cannot break it, nor reach the terminal as commands."""
    notes = outcome.notes[:NOTES_SHOWN]
    if len(outcome.notes) > NOTES_SHOWN:
        notes.append(f"... and {len(outcome.notes) - NOTES_SHOWN} more")
    line = f"look at {outcome.student}, {outcome.assignment}: {'; '.join(notes)}"
    return _printable(line)


def _printable(text: str) -> str:
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
