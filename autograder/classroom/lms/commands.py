"""`autograder lms roster | collect | marks | feedback`."""

from __future__ import annotations

import json
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from autograder.course_dir import BadInput, CourseDir, open_course
from autograder.options import chapters_argument, course_option, json_option

file_argument = click.argument("file", type=click.Path(path_type=Path))
chapter_option = click.option("--chapter", help="The chapter, for example 06-batch.")


@click.group()
def lms():
    """Files from a learning management system and back into it: class lists, submissions, marks, feedback. No server is asked."""


@lms.command()
@file_argument
@chapter_option
@course_option
@json_option
def roster(file: Path, chapter: str | None, course_dir: Path, as_json: bool):
    """Read a class list: names, e-mails and LMS ids into the gradebook. Keeps the file for `lms marks`."""
    from autograder.classroom.lms.store import keep_roster

    course = open_course(course_dir)
    found, matched = keep_roster(course, file, _one(course, chapter))
    result = {
        "lms": found.lms,
        "students": len(matched.students),
        "new": list(matched.new),
        "not_in_the_list": list(matched.unknown),
        "test_students": [one.key for one in found.test],
    }
    if as_json:
        print(json.dumps(result, ensure_ascii=False))
        return
    print(f"{found.lms}: {len(matched.students)} students")
    _say("new in the gradebook", matched.new)
    _say("in the gradebook, and not in this list", matched.unknown)
    _say("test students, left out", result["test_students"])


@lms.command()
@file_argument
@click.option("--chapter", required=True, help="The chapter that was handed in, for example 06-batch.")
@click.option(
    "--from", "lms_name", default="auto", show_default=True,
    type=click.Choice(["auto", "canvas", "moodle", "brightspace", "blackboard", "house"]), help="Whose download it is.",
)  # fmt: skip
@click.option(
    "--who", multiple=True, metavar="NAME=STUDENT", help="Whose a name, number or group in the zip is. May be repeated."
)
@click.option("--update", is_flag=True, help="Take what is other than what is there; that is moved to lms/replaced/.")
@click.option("--timezone", help="The clock of the LMS's times, for example Europe/Berlin; else this machine's.")
@course_option
@json_option
def collect(
    file: Path,
    chapter: str,
    lms_name: str,
    who: tuple[str, ...],
    update: bool,
    timezone: str | None,
    course_dir: Path,
    as_json: bool,
):
    """Put a download of submissions, a zip or a folder, into submitted/. Nothing is overwritten without --update."""
    from dataclasses import asdict
    from datetime import datetime

    from autograder.classroom.lms import collect as work

    course = open_course(course_dir)
    try:
        zone = ZoneInfo(timezone) if timezone else datetime.now().astimezone().tzinfo
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadInput(f"there is no time zone {timezone!r}. Name one like Europe/Berlin.") from None
    done = work.collect(course, file, _one(course, chapter), lms_name, _whose(who), update, zone)
    if as_json:
        print(json.dumps(asdict(done), ensure_ascii=False))
    else:
        print(f"{done.lms}: {len(done.taken)} taken, {len(done.unchanged)} were there already")
        _say("replaced; the earlier hand-in is in lms/replaced/", done.replaced)
        _say("other than what is there, which stays (--update takes it)", done.kept)
        _say("not in the class list, not taken (--who NAME=STUDENT says whose it is)", done.unknown)
        _say("of a group, not taken (--who GROUP=STUDENT, for each member)", done.groups)
        _say("sent text or a link and no file", done.without_file)
        if not done.times:
            _say("late by the LMS, which gives no time: no penalty is worked out here", done.late)
        if done.anonymous:
            print("anonymous: students are called anon-CODE, and no file can take their marks back")


@lms.command()
@chapters_argument
@click.option(
    "--for",
    "lms_name",
    required=True,
    type=click.Choice(["canvas", "moodle", "brightspace", "blackboard", "edx"]),
    help="Which LMS.",
)
@click.option("--column", help="The LMS's heading, where the chapter's name does not find it.")
@click.option("--scale", is_flag=True, help="Convert to the LMS's maximum.")
@click.option("--zero", is_flag=True, help="0 for who handed nothing in; else they get no row.")
@click.option("--without-feedback", is_flag=True, help="Also chapters whose feedback is not written yet.")
@course_option
@json_option
def marks(
    chapters: tuple[str, ...], lms_name: str, column: str | None, scale: bool, zero: bool, without_feedback: bool, course_dir: Path,
    as_json: bool,
):  # fmt: skip
    """Write a file of marks for each chapter with feedback, as the LMS imports it, into lms/."""
    from autograder.classroom.commands import chapters_of
    from autograder.classroom.lms import marks as work
    from autograder.classroom.records import folders, read_class

    course = open_course(course_dir)
    named = chapters_of(course, chapters)
    classroom = read_class(course, named)
    where = folders(course)
    feedback = Path(where.root) / where.feedback_directory
    graded = [name for name in classroom.chapters if classroom.of_chapter(name)]
    ready = [one for one in graded if without_feedback or work.released(course, feedback, classroom.of_chapter(one))]
    for name in named or ():
        if name not in ready:
            what = (
                "no feedback yet (`nbgrader generate_feedback`; or --without-feedback)"
                if name in graded
                else "no graded hand-in"
            )
            raise BadInput(f"{name} has {what}, so its marks do not go out.")
    if not ready:
        raise BadInput(
            "no chapter has feedback yet: marks go out with `nbgrader generate_feedback` done, or --without-feedback."
        )
    if column and len(ready) > 1:
        raise BadInput("--column names the column of one chapter. Name that chapter, too.")
    rosters = _rosters(course, lms_name, ready)
    for name in ready:
        done = work.write_marks(course, classroom, name, lms_name, rosters[name], column, scale, zero)
        _say_written(course, done, f"{done.marks} marks", as_json)


@lms.command()
@click.argument("chapter")
@click.option(
    "--for", "lms_name", required=True, type=click.Choice(["canvas", "moodle", "brightspace"]), help="Which LMS."
)
@course_option
@json_option
def feedback(chapter: str, lms_name: str, course_dir: Path, as_json: bool):
    """Pack a chapter's feedback into a zip that the LMS's bulk upload takes, into lms/."""
    from autograder.classroom.lms.feedback import write_feedback
    from autograder.classroom.lms.store import find_roster
    from autograder.classroom.records import read_class

    course = open_course(course_dir)
    name = _one(course, chapter)
    classroom = read_class(course, [name])
    done = write_feedback(course, classroom, name, lms_name, find_roster(course, lms_name, name))
    _say_written(course, done, f"feedback for {done.count}", as_json)


def _whose(who: tuple[str, ...]) -> dict[str, list[str]]:
    """NAME=STUDENT, any number of them: name to students."""
    whose: dict[str, list[str]] = {}
    for one in who:
        name, _, student = one.rpartition("=")
        if not name or not student:
            raise BadInput(f"--who {one!r} is not of the form NAME=STUDENT.")
        whose.setdefault(name, []).append(student)
    return whose


def _rosters(course: CourseDir, lms_name: str, chapters: list[str]) -> dict:
    """The class list of the LMS for each chapter."""
    from autograder.classroom.lms.store import find_roster

    rosters = {name: find_roster(course, lms_name, name) for name in chapters}
    if missing := [name for name, found in rosters.items() if found is None]:
        hint = f" --chapter {missing[0]}" if lms_name == "moodle" else ""
        raise BadInput(
            f"there is no class list of {lms_name} for {missing[0]}. Read one: `autograder lms roster FILE{hint}`."
        )
    if wrong := [name for name, found in rosters.items() if found.lms != lms_name]:
        raise BadInput(f"the class list for {wrong[0]} is of {rosters[wrong[0]].lms}, not of {lms_name}.")
    return rosters


def _one(course: CourseDir, chapter: str | None) -> str | None:
    from autograder.classroom.commands import chapters_of

    return chapters_of(course, (chapter,))[0] if chapter else None


def _say_written(course: CourseDir, done, what: str, as_json: bool) -> None:
    path = done.path.relative_to(course.root)
    if as_json:
        print(json.dumps({"file": str(path), "left_out": done.left_out, "notes": done.notes}, ensure_ascii=False))
        return
    print(f"wrote {path}: {what}")
    for why, who in done.left_out.items():
        _say(f"left out, {why}", who)
    for note in done.notes:
        print(note)


def _say(text: str, names) -> None:
    """One line, if there is anybody to name. A name cannot break it."""
    if names:
        plain = ", ".join("".join(one if one.isprintable() else " " for one in name) for name in names)
        print(f"{text} ({len(names)}): {plain}")
