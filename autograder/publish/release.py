"""Build what students get: `release/` through nbgrader's generate_assignment, and `course/fixtures/`."""

from __future__ import annotations

import filecmp
import json
import shutil
import tempfile
from pathlib import Path

from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory

from autograder.course_dir import BadInput, CourseDir, is_left_over
from autograder.publish.dependents import dependents
from autograder.publish.fixtures import fixture_text
from autograder.publish.source_check import refuse_slips
from autograder.publish.tidy import tidy_course
from autograder.settings import nbgrader_settings
from autograder.translations import wording_of
from course.probes import CHAPTERS

CHOSEN = Path("course", "chapters.json")


def build(course: CourseDir, chapters: list[str]) -> list[Path]:
    """Tidy, then write release and fixtures of some chapters, and the fixtures of those that are made of them; the paths that
    changed. On an error nothing is released."""
    refuse_slips(course, [one for one in chapters if all(path.exists() for path in course.notebooks(one))])
    try:
        return _build(course, chapters)
    except OSError as why:
        raise BadInput(
            f"{why.filename or course.root} cannot be written: {why.strerror}. Nothing else was released."
        ) from None


def _build(course: CourseDir, chapters: list[str]) -> list[Path]:
    changed = tidy_course(course, chapters)
    with tempfile.TemporaryDirectory() as scratch:
        built = Path(scratch)
        generate(course, chapters, built)
        _write_fixtures(course, [one for one in dependents(chapters) if one in course.chapters], built)
        for path in sorted(p for p in built.rglob("*") if p.is_file()):
            target = course.root / path.relative_to(built)
            if not target.exists() or not filecmp.cmp(path, target, shallow=False):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
                changed.append(target)
        left_out = course.root / CHOSEN
        if left_out.exists() and not (built / CHOSEN).exists():  # all chapters are chosen again
            left_out.unlink()
            changed.append(left_out)
    return changed


def generate(course: CourseDir, chapters: list[str], into: Path) -> None:
    """Write `release/`, `course/fixtures/` and the choice of chapters, as the sources give them, under another folder."""
    for chapter in chapters:
        for path in course.notebooks(chapter):
            if not path.exists():
                raise BadInput(f"{path} does not exist, so {chapter} cannot be released.")
    refuse_slips(course, chapters)
    with tempfile.TemporaryDirectory(prefix="source-") as staged:
        _stage(course, chapters, Path(staged))
        _convert(course, chapters, Path(staged), into)
    _write_fixtures(course, [one for one in chapters if one in CHAPTERS], into)
    if text := chosen_text(course):
        (into / CHOSEN).write_text(text, encoding="utf-8")


def _write_fixtures(course: CourseDir, chapters: list[str], into: Path) -> None:
    fixtures = into / "course" / "fixtures"
    fixtures.mkdir(parents=True, exist_ok=True)
    for chapter in chapters:
        (fixtures / f"{chapter}.json").write_text(fixture_text(chapter, wording_of(course, chapter)), encoding="utf-8")


def chosen_text(course: CourseDir) -> str:
    """What `course/chapters.json` holds: the chapters that this course has; "" where it has all, and no such file."""
    return "" if len(course.chapters) == len(CHAPTERS) else json.dumps(course.chapters) + "\n"


def _stage(course: CourseDir, chapters: list[str], into: Path) -> None:
    """Copy what is released of `source/`: no copies and backups, and to a path in which nbgrader's search finds files."""
    for chapter in chapters:
        notebooks = course.notebooks(chapter)
        for path in sorted((course.source / chapter).rglob("*")):
            place = path.relative_to(course.source)
            if path.is_file() and not is_left_over(place) and (path.suffix != ".ipynb" or path in notebooks):
                target = into / "source" / place
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


def _convert(course: CourseDir, chapters: list[str], staged: Path, into: Path) -> None:
    config = nbgrader_settings(course)
    config.CourseDirectory.root = str(staged)
    config.CourseDirectory.source_directory = "source"
    config.CourseDirectory.release_directory = str(into / "release")
    config.GenerateAssignment.no_database = True  # what `--no-db` sets
    config.SaveCells.enabled = False
    config.OnlyChosen.course = str(course.root)
    for chapter in chapters:
        config.CourseDirectory.assignment_id = chapter
        converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
        converter.log.setLevel("ERROR")
        try:
            converter.start()
        except Exception as fault:  # of nbgrader, in words that name no cell
            raise BadInput(f"{chapter} cannot be released: {str(fault).strip().splitlines()[0]}") from None
