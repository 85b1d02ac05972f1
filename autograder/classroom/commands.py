"""The commands about the class: `autograder report`, `explain`, `lms ...`. What they need is imported when asked for."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.classroom.lms.commands import lms
from autograder.course_dir import BadInput, CourseDir, chosen_assignments, chosen_chapters, open_course
from autograder.options import chapters_argument, course_option, isolation_option, json_option

if TYPE_CHECKING:
    from autograder.classroom.partners import Shared


@click.command()
@chapters_argument
@click.option("--anonymous", is_flag=True, help="No names: pseudonyms that stay the same from report to report.")
@click.option("--csv", "as_csv", is_flag=True, help="Print the counts as CSV.")
@course_option
@json_option
def report(chapters: tuple[str, ...], anonymous: bool, as_csv: bool, course_dir: Path, as_json: bool):
    """Write what the class did, as pages in reports/: marks, mistakes by name, who needs a person."""
    from autograder.classroom import report as made
    from autograder.classroom.changes import read_state

    if as_csv and as_json:
        raise BadInput("--csv and --json exclude each other. Choose one.")
    course = open_course(course_dir)
    classroom, figures = made.make(course, chapters_of(course, chapters))
    if as_json:
        print(json.dumps(made.as_data(classroom, figures, anonymous, read_state(course.root).salt), ensure_ascii=False))
    elif as_csv:
        print(made.csv_text(figures), end="")
    else:
        for path in made.write_pages(course, classroom, figures, anonymous):
            print(f"wrote {path.relative_to(course.root)}")


@click.command()
@click.argument("student")
@click.argument("chapter")
@click.argument("exercise", required=False)
@click.option("--for-student", is_flag=True, help="Without hidden inputs and expected values: to be passed on.")
@isolation_option
@course_option
@json_option
def explain(
    student: str,
    chapter: str,
    exercise: str | None,
    for_student: bool,
    isolation: str,
    course_dir: Path,
    as_json: bool,
):
    """Say why a student's test cells got what they got: hidden inputs, what was expected, what came. Runs the hand-in once more."""
    from autograder.classroom import explain as made
    from autograder.classroom.records import read_class
    from autograder.sandbox.isolation import SandboxError

    course = open_course(course_dir)
    (name,) = chapters_of(course, (chapter,))
    try:
        found = made.explain(read_class(course, [name]), student, name, exercise, for_student, isolation)
    except SandboxError as why:
        raise BadInput(f"{why}. Try --isolation process.") from None
    if as_json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        print("\n\n".join(made.as_text(one, for_student) for one in found))


@click.command()
@course_option
@json_option
def extensions(course_dir: Path, as_json: bool):
    """Apply extensions.csv: new due dates and late days, without grading again. `grade` does the same at its end."""
    from autograder.classroom.extensions import FILE, concerned, follow, lines

    course = open_course(course_dir)
    if not concerned(course):
        raise BadInput(f"there is no {FILE} in {course.root}. Its columns are student, chapter, due, days, reason.")
    done = follow(course)
    if as_json:
        extensions = [asdict(one) | {"extension": one.extension.total_seconds()} for one in done.applied]
        print(json.dumps({"extensions": extensions, "penalties": done.penalties}))
        return
    for line in lines(done) or ["no hand-in has an extension"]:
        print(line)


def follow_extensions(course: CourseDir, dry_run: bool = False) -> list[str]:
    """Apply extensions.csv, if there is one: what changed, a line each. BadInput if a row means nothing."""
    if not any((course.root / name).is_file() for name in ("extensions.csv", ".autograder-extensions.json")) or dry_run:
        return []
    from autograder.classroom.extensions import Followed, follow, lines

    return lines(Followed([], follow(course).penalties))


def share_hand_ins(course: CourseDir, chosen: list[str] | None, dry_run: bool = False) -> Shared | None:
    """Apply partners.csv, if there is one: who handed nothing in has what a partner handed in. BadInput if a row means nothing."""
    if not (course.root / "partners.csv").is_file():
        return None
    from autograder.classroom.partners import hand_over

    return hand_over(course, chosen, dry_run)


def lines_of_pairs(course: CourseDir, shared: Shared | None, dry_run: bool = False) -> list[str]:
    """What to say of the pairs once they are graded; marks given by hand to one of two are the other's, too."""
    if shared is None:
        return []
    from autograder.classroom.partners import share_marks_by_hand

    return shared.lines + ([] if dry_run else share_marks_by_hand(course, shared))


def chapters_of(course: CourseDir, names: tuple[str, ...]) -> list[str] | None:
    """The chapters that were named, also assignments of the instructor's own; None if none was."""
    return chosen_assignments(course, names) if names else None


@click.command()
@chapters_argument
@click.option("--with-class", is_flag=True, help="Say how many of the class made each mistake.")
@course_option
def solutions(chapters: tuple[str, ...], with_class: bool, course_dir: Path):
    """Write worked solutions, a notebook and a page a chapter, into solutions/: for after the deadline."""
    from autograder.classroom.solutions import write_solutions

    course, counts = open_course(course_dir), None
    if with_class:
        from autograder.classroom.report import make

        _, figures = make(course, None)
        counts = {
            name: {one.name: dict(one.mistakes) for one in chapter.exercises} for name, chapter in figures.items()
        }
    for path in write_solutions(course, chosen_chapters(course, chapters), counts):
        print(f"wrote {path.relative_to(course.root)}")


COMMANDS = (explain, extensions, lms, report, solutions)
