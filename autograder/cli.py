"""The command line: `autograder grade | doctor | release | check-release | student | tidy | selftest | agreement | ...`."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import autograder.lean  # noqa: F401
from autograder.classroom import commands as classroom
from autograder.course_dir import BadInput, chosen_assignments, open_course
from autograder.examination import commands as examination
from autograder.options import chapters_argument, course_option, isolation_option, json_option
from autograder.publish import commands as publish

errors = Console(stderr=True, soft_wrap=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def app():
    """What instructors do with the course: build, check, grade, measure."""


@app.command()
@click.option(
    "--hand-ins",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    help="Hand-ins to grade side by side with stock.",
)
@click.option("--growth", default="10,100,1000", show_default=True, help="Class sizes for the growth table.")
@click.option("--simulate", is_flag=True, help="Instead: reckon from measured times how fast 1 to 1,000 workers are.")
@click.option(
    "--beside",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Instead: another checkout of this course, measured in turns with this one.",
)
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="With --beside: of each thing.")
@course_option
@json_option
def bench(
    hand_ins: int, growth: str, simulate: bool, beside: Path | None, rounds: int, course_dir: Path, as_json: bool
):
    """Measure what a student waits for, and grading side by side with stock nbgrader. Takes about ten minutes."""
    from autograder.bench.command import run_bench, run_beside, run_simulation

    if simulate:
        run_simulation(open_course(course_dir), hand_ins, as_json, errors)
        return

    numbers = [one.strip() for one in growth.split(",") if one.strip()]
    if not all(one.isdecimal() and int(one) > 0 for one in numbers):
        raise BadInput(f"--growth {growth!r} is no list of class sizes, as in 10,100,1000.")
    sizes = tuple(map(int, numbers))
    if beside:
        run_beside(beside, sizes, rounds, as_json, errors)
        return
    run_bench(open_course(course_dir), hand_ins, sizes, as_json, errors)


@app.command()
@click.option(
    "--into", type=click.Path(path_type=Path), help="An empty or new folder to work in; else a temporary one."
)
@course_option
@json_option
def demo(into: Path | None, course_dir: Path, as_json: bool):
    """Let a sample class hand in, grade it, write its feedback, and show the marks."""
    from autograder.demo.run import CommandFailed, run_demo, ticks
    from autograder.demo.show import as_data, marks_table, summary

    columns = (TextColumn("{task.description:<26}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    quiet = as_json or not errors.is_terminal
    with Progress(*columns, console=errors, transient=True, disable=quiet) as progress:
        bar = progress.add_task("making the class", total=ticks())
        try:
            report = run_demo(
                open_course(course_dir), into, lambda doing: progress.update(bar, advance=1, description=doing)
            )
        except CommandFailed as failed:
            print(f"autograder: {failed}", file=sys.stderr)
            sys.exit(1)
    if as_json:
        print(json.dumps(as_data(report)))
        return
    Console(width=None if sys.stdout.isatty() else 120).print(marks_table(report))
    print(summary(report))


@app.command()
@chapters_argument
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Submissions graded at the same time."
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    envvar="DASK_SCHEDULER_ADDRESS",
    help="Grade on the workers of this Dask scheduler (DASK_SCHEDULER_ADDRESS); see autograder/CLUSTER.md.",
)
@click.option(
    "--scheduler-file", type=click.Path(path_type=Path), help="The same, by the file that the scheduler wrote."
)
@isolation_option
@click.option("--force", is_flag=True, help="Grade again what is graded already; manual scores stay.")
@click.option(
    "--student", "students", multiple=True, metavar="NAME", help="Grade this student only; may be given again."
)
@click.option("--dry-run", is_flag=True, help="Grade, say which marks would change, and keep nothing.")
@click.option(
    "--cell-seconds", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Wall time a cell may take."
)
@click.option(
    "--submission-seconds", type=click.FloatRange(1), default=180.0, show_default=True, help="Wall time of a notebook."
)
@course_option
@json_option
def grade(
    chapters: tuple[str, ...],
    workers: int,
    scheduler: str | None,
    scheduler_file: Path | None,
    isolation: str,
    force: bool,
    students: tuple[str, ...],
    dry_run: bool,
    cell_seconds: float,
    submission_seconds: float,
    course_dir: Path,
    as_json: bool,
):
    """Grade what is new or changed under submitted/, with the gradebook nbgrader would leave."""
    from autograder.grading.command import run_grade
    from autograder.sandbox.limits import Limits

    course = open_course(course_dir)
    chosen = chosen_assignments(course, chapters) if chapters else None
    limits = Limits(
        cell_seconds=cell_seconds, probe_seconds=min(10.0, cell_seconds), submission_seconds=submission_seconds
    )
    classroom.follow_extensions(course, dry_run)
    shared = classroom.share_hand_ins(course, chosen, dry_run)
    students = shared.with_partners(students) if shared else students
    where = scheduler_file or scheduler
    status = run_grade(course, chosen, workers, isolation, force, as_json, errors, limits, students, dry_run, where)
    together = classroom.lines_of_pairs(course, shared, dry_run)
    for line in [*together, *classroom.follow_extensions(course, dry_run)]:
        errors.print(line, markup=False, highlight=False)
    sys.exit(status)


@app.command()
@isolation_option
@course_option
@json_option
def doctor(isolation: str, course_dir: Path, as_json: bool):
    """Say what isolation this machine gives to submissions, and prove it by trying."""
    from autograder.sandbox.doctor import report
    from autograder.sandbox.isolation import BACKENDS, SandboxError, choose_isolation

    root = open_course(course_dir).root
    try:
        settled = choose_isolation(isolation)
    except SandboxError as why:
        raise BadInput(f"{why}. Try --isolation process.") from None
    if why := BACKENDS[settled].exposes(root):
        raise BadInput(f"{why}.")
    found = report(root, settled)
    if as_json:
        print(json.dumps(found))
    else:
        facts = {"system": found["system"], "interpreter": found["interpreter"], **found["backends"]}
        for key, value in (facts | {"isolation": found["isolation"]}).items():
            print(f"{key:<12} {value}")
        print("what a submission can do in the sandbox:")
        for one in found["attempts"]:
            print(f"  {one['result']:<8} {one['what']}" + ("" if one["as expected"] else "   <- should be blocked"))
    sys.exit(0 if found["good"] else 1)


for command in (*examination.COMMANDS, *classroom.COMMANDS, *publish.COMMANDS):
    app.add_command(command)


def _terminated(*_) -> None:
    raise SystemExit(128 + signal.SIGTERM)


def main() -> None:
    """Run the command line; bad input is one line on standard error and exit status 2."""
    with contextlib.suppress(ValueError):  # in a thread there are no signals
        signal.signal(signal.SIGTERM, _terminated)  # what clears up runs, as after Ctrl-C
    try:
        app(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        sys.exit(2)
    except click.UsageError as error:
        help_command = f"{error.ctx.command_path} --help" if error.ctx else "autograder --help"
        print(f"autograder: {error.format_message()} See `{help_command}`.", file=sys.stderr)
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except BadInput as error:
        for line in str(error).splitlines():
            print(f"autograder: {line}", file=sys.stderr)
        sys.exit(2)
