"""The command line: `autograder grade | doctor | release | check-release | student | tidy | selftest | agreement | ...`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, track
from rich.table import Table

import autograder.lean  # noqa: F401
from autograder.classroom import commands as classroom
from autograder.course_dir import BadInput, chosen_chapters, open_course
from autograder.options import chapters_argument, course_option, isolation_option, json_option

errors = Console(stderr=True, soft_wrap=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def app():
    """What instructors do with the course: build, check, grade, measure."""


@app.command()
@chapters_argument
@course_option
def tidy(chapters: tuple[str, ...], course_dir: Path):
    """Bring source notebooks and lessons into the form in which they are stored."""
    from autograder.publish.tidy import tidy_course

    course = open_course(course_dir)
    changed = tidy_course(course, chosen_chapters(chapters))
    _say_changed("tidied", changed, course.root)


@app.command()
@chapters_argument
@course_option
def release(chapters: tuple[str, ...], course_dir: Path):
    """Build release/ and course/fixtures/ from source/ and the declarations."""
    from autograder.publish.release import build

    course = open_course(course_dir)
    _say_changed("wrote", build(course, chosen_chapters(chapters)), course.root)


@app.command(name="check-release")
@course_option
@json_option
def check_release(course_dir: Path, as_json: bool):
    """Compare what students get with what the sources give, and search it for answers."""
    from autograder.publish.check_release import problems

    found = problems(open_course(course_dir))
    if as_json:
        print(json.dumps({"problems": found}))
    else:
        for line in found:
            print(line)
        print("release: up to date, no answers in it" if not found else f"release: {len(found)} problems")
    sys.exit(1 if found else 0)


@app.command()
@chapters_argument
@click.option("--with-class", is_flag=True, help="Say how many of the class made each mistake.")
@course_option
def solutions(chapters: tuple[str, ...], with_class: bool, course_dir: Path):
    """Write worked solutions, a notebook and a page a chapter, into solutions/: for after the deadline."""
    from autograder.publish.solutions import write_solutions

    course, counts = open_course(course_dir), None
    if with_class:
        from autograder.classroom.report import make

        _, figures = make(course, None)
        counts = {
            name: {one.name: dict(one.mistakes) for one in chapter.exercises} for name, chapter in figures.items()
        }
    _say_changed("wrote", write_solutions(course, chosen_chapters(chapters), counts), course.root)


@app.command()
@click.option(
    "--output", type=click.Path(path_type=Path), help="The folder for the zip; else dist in the course directory."
)
@course_option
def student(output: Path | None, course_dir: Path):
    """Build the zip that students get, with lessons and exercises and no answers, if check-release finds nothing."""
    from autograder.publish.check_release import problems
    from autograder.publish.student_edition import write_edition

    course = open_course(course_dir)
    if found := problems(course):
        raise BadInput(f"no student edition until `autograder check-release` finds nothing. It finds: {found[0]}")
    print(f"wrote {write_edition(course, output or course.root / 'dist')}")


@app.command()
@chapters_argument
@click.option("--seed", default="selftest", show_default=True, help="Seed of the hidden cases.")
@click.option("--partly", is_flag=True, help="Also try each mistake in one result alone: is the hint true of that?")
@json_option
def selftest(chapters: tuple[str, ...], seed: str, partly: bool, as_json: bool):
    """Try every known mistake and every right solution on the visible check and the hidden examination."""
    from autograder.examination.selftest import Figures, selftest
    from autograder.exercises import chapter_exercises

    chosen = chosen_chapters(chapters)
    count = sum(len(chapter_exercises(chapter)) for chapter in chosen)
    total, rows = Figures(), []
    for name, figures in track(
        selftest(chosen, seed, partly), "selftest", total=count, console=errors, transient=True, disable=as_json
    ):
        total += figures
        rows.append((name, figures))
    if as_json:
        print(json.dumps({key: value for key, value in asdict(total).items() if key != "complaints"}))
    else:
        Console(width=None if sys.stdout.isatty() else 120).print(_selftest_table(rows, total))
        for line in total.complaints:
            print(line)
    sys.exit(0 if total.good else 1)


@app.command()
@chapters_argument
@click.option(
    "--seeds", type=click.IntRange(1), default=100, show_default=True, help="Seeds of the examination to try."
)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes to share the work.")
@json_option
def agreement(chapters: tuple[str, ...], seeds: int, workers: int, as_json: bool):
    """Try every known answer, bent in many ways, on check and examine, and print where the two disagree."""
    from autograder.examination.agreement import agreement
    from autograder.exercises import chapter_exercises

    chosen = chosen_chapters(chapters)
    count = sum(len(chapter_exercises(chapter)) for chapter in chosen)
    done = agreement(chosen, seeds, workers)
    compared = list(track(done, "agreement", total=count, console=errors, transient=True, disable=as_json))
    disagreements = [found for one in compared for found in one.disagreements]
    verdicts = sum(one.verdicts for one in compared)
    if as_json:
        figures = {"exercises": count, "seeds": seeds, "verdicts": verdicts}
        print(json.dumps(figures | {"disagreements": [asdict(found) for found in disagreements]}))
    else:
        for found in disagreements:
            print(found)
        print(f"{count} exercises, {seeds} seeds, {verdicts:,} verdicts: {len(disagreements)} disagreements")
    sys.exit(1 if disagreements else 0)


@app.command()
@click.option(
    "--hand-ins",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    help="Hand-ins to grade side by side with stock.",
)
@click.option("--growth", default="10,100,1000", show_default=True, help="Class sizes for the growth table.")
@course_option
@json_option
def bench(hand_ins: int, growth: str, course_dir: Path, as_json: bool):
    """Measure what a student waits for, and grading side by side with stock nbgrader. Takes about ten minutes."""
    from autograder.bench.command import run_bench

    words = [one.strip() for one in growth.split(",") if one.strip()]
    if not all(one.isdecimal() and int(one) > 0 for one in words):
        raise BadInput(f"--growth {growth!r} is no list of class sizes, as in 10,100,1000.")
    sizes = tuple(map(int, words))
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
    chosen = chosen_chapters(chapters) if chapters else None
    limits = Limits(
        cell_seconds=cell_seconds, probe_seconds=min(10.0, cell_seconds), submission_seconds=submission_seconds
    )
    classroom.follow_extensions(course, dry_run)
    status = run_grade(course, chosen, workers, isolation, force, as_json, errors, limits, students, dry_run)
    for line in classroom.follow_extensions(course, dry_run):
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


def _selftest_table(rows, total) -> Table:
    table = Table(title="selftest", show_footer=True)
    columns = {
        "mistakes": "mistakes",
        "rejected_visible": "rejected by check",
        "rejected_hidden": "by examine",
        "named": "named",
        "solutions": "solutions",
        "accepted_visible": "accepted by check",
        "accepted_hidden": "by examine",
    }
    if total.partly:
        columns |= {"partly": "partly wrong", "misled": "misled"}
    table.add_column("exercise", no_wrap=True, footer=f"{total.exercises} exercises")
    for key, title in columns.items():
        table.add_column(title, justify="right", footer=str(getattr(total, key)))
    for name, figures in rows:
        table.add_row(name, *(str(getattr(figures, key)) for key in columns))
    return table


def _say_changed(verb: str, changed: list[Path], root: Path) -> None:
    for path in changed:
        print(f"{verb} {path.relative_to(root)}")
    if not changed:
        print("nothing to do: everything is up to date")


for command in classroom.COMMANDS:
    app.add_command(command)


def main() -> None:
    """Run the command line; bad input is one line on standard error and exit status 2."""
    try:
        app(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        sys.exit(2)
    except click.UsageError as error:
        asked = f"{error.ctx.command_path} --help" if error.ctx else "autograder --help"
        print(f"autograder: {error.format_message()} See `{asked}`.", file=sys.stderr)
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except BadInput as error:
        for line in str(error).splitlines():
            print(f"autograder: {line}", file=sys.stderr)
        sys.exit(2)
