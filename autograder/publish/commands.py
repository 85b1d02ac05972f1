"""The commands that make what others get: `tidy`, `release`, ... What they need is imported when asked for."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from autograder.course_dir import CONFIG, BadInput, chosen_assignments, chosen_chapters, open_course
from autograder.options import chapters_argument, course_option, json_option


@click.command()
@chapters_argument
@course_option
def tidy(chapters: tuple[str, ...], course_dir: Path):
    """Bring source notebooks and lessons into the form in which they are stored."""
    from autograder.publish.tidy import tidy_course

    course = open_course(course_dir)
    changed = tidy_course(course, chosen_assignments(course, chapters))
    say_changed("tidied", changed, course.root)


@click.command()
@chapters_argument
@course_option
def release(chapters: tuple[str, ...], course_dir: Path):
    """Build release/ and course/fixtures/ from source/ and the declarations."""
    from autograder.publish.release import build

    course = open_course(course_dir)
    say_changed("wrote", build(course, chosen_assignments(course, chapters)), course.root)


@click.command(name="check-release")
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


@click.command()
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


@click.command()
@click.argument("language")
@chapters_argument
@course_option
def translate(language: str, chapters: tuple[str, ...], course_dir: Path):
    """Write the files in translations/ for hints and predictions in another language, or bring them up to date."""
    from autograder.publish.translate import update

    course = open_course(course_dir)
    for chapter in chosen_chapters(course, chapters):
        print(update(course, language, chapter))
    if language != course.language:
        print(f'To use them: LANGUAGE = "{language}" in {CONFIG}, then `autograder release`.')


@click.group()
def new():
    """Write the files that a new exercise or a new chapter needs, ready to fill in."""


@new.command()
@click.argument("chapter")
@click.argument("name")
@click.option("--arguments", default="x", show_default=True, help="Its arguments, with commas between.")
@click.option("--results", default="y", show_default=True, help="What its results are called, with commas between.")
@course_option
def exercise(chapter: str, name: str, arguments: str, results: str, course_dir: Path):
    """An exercise: probe, reference, cases, solutions, mistakes, and its cells in the notebook."""
    from autograder.publish.new import new_exercise

    course = open_course(course_dir)
    (chosen,) = chosen_chapters(course, (chapter,))
    lists = ([one.strip() for one in text.split(",") if one.strip()] for text in (arguments, results))
    made = new_exercise(course, chosen, name, *lists)
    say_changed("wrote", made.write(), course.root)
    print(f"FILL IN stands where you go on; `autograder release {chosen}` says what is left, and where.")


@new.command()
@click.argument("name")
@course_option
def chapter(name: str, course_dir: Path):
    """A chapter, such as 13-arrays: its line in CHAPTERS, its modules, its notebook and its lesson."""
    from autograder.publish.new import left_to_do, new_chapter

    course = open_course(course_dir)
    made = new_chapter(course, name)
    say_changed("wrote", made.write(), course.root)
    print("FILL IN stands where you go on. What is left besides:")
    for line in left_to_do(name):
        print(f"- {line}")


def say_changed(verb: str, changed: list[Path], root: Path) -> None:
    """One line a file, or that there was nothing to do."""
    for path in changed:
        print(f"{verb} {path.relative_to(root)}")
    if not changed:
        print("nothing to do: everything is up to date")


COMMANDS = (tidy, release, check_release, student, translate, new)
