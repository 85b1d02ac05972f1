"""Where things are in a course directory, which chapters it has, and the one way to say that something is wrong with it."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.wording import NONE
from course.book.chosen import START, pages_of
from course.probes import CHAPTERS
from course.progress_table import notebook_name

CONFIG, SETTING, LANGUAGE = "nbgrader_config.py", "CHAPTERS", "LANGUAGE"
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,8})*")
EVERY = "all"  # what the setting says by default
LEFT_BY_TOOLS = (".ipynb_checkpoints", "__pycache__", ".DS_Store")
# What editors, systems and browsers leave beside a notebook: never released.
LEFT_OVER = re.compile(
    r".*-Copy\d+(?:\.\w+)?|.* \(\d+\)(?:\.\w+)?|.*~|.*\.(?:bak|orig|rej|swp|swo|tmp|pyc)|#.*#|\..*|Thumbs\.db|desktop\.ini"
)


class BadInput(Exception):
    """What is wrong, where, and what to do about it: one line. The command line turns it into exit status 2."""


@dataclass(frozen=True)
class CourseDir:
    """The folders of a course, as nbgrader has them."""

    root: Path

    @property
    def source(self) -> Path:
        return self.root / "source"

    @property
    def release(self) -> Path:
        return self.root / "release"

    @property
    def lessons(self) -> Path:
        return self.root / "course" / "lessons"

    @property
    def fixtures(self) -> Path:
        return self.root / "course" / "fixtures"

    @cached_property
    def chapters(self) -> tuple[str, ...]:
        """Our chapters that this course has, by the setting CHAPTERS in its nbgrader_config.py. BadInput if it means nothing."""
        return _by_setting(self.root / CONFIG, self.own)

    @cached_property
    def language(self) -> str:
        """The language of hints and predictions, by the setting LANGUAGE in nbgrader_config.py: "en" if it says nothing."""
        path = self.root / CONFIG
        said = _setting(path, LANGUAGE, NONE)
        if not isinstance(said, str) or not LANGUAGE_CODE.fullmatch(said):
            raise BadInput(
                f'{path}: {LANGUAGE} is {said!r}, and not a language\'s code in quotes, as in "de" or "pt_BR".'
            )
        return said

    @property
    def own(self) -> tuple[str, ...]:
        """The instructor's own assignments: the folders in source/ with notebooks in them that are no chapter of ours."""
        folders = sorted(self.source.iterdir()) if self.source.is_dir() else []
        return tuple(
            one.name
            for one in folders
            if one.name not in CHAPTERS and not is_left_over(Path(one.name)) and self.notebooks(one.name)
        )

    @property
    def assignments(self) -> tuple[str, ...]:
        """What students of this course hand in: our chapters, and the instructor's own assignments."""
        return (*self.chapters, *self.own)

    def lesson_notebooks(self, chapter: str, chosen: Collection[str] = tuple(CHAPTERS)) -> list[Path]:
        """A chapter's lesson, and the pages that go with it where these chapters are chosen; none of one's own assignment."""
        if chapter not in CHAPTERS:
            return []
        return [self.lessons / f"{name}.ipynb" for name in (chapter, *pages_of(chapter, chosen))]

    def source_notebook(self, chapter: str) -> Path:
        """source/06-batch/batch.ipynb: the folder's name without its number."""
        return self.source / notebook_name(chapter)

    def notebooks(self, assignment: str) -> list[Path]:
        """The source notebooks of an assignment: the one of a chapter, all in the folder of one's own."""
        if assignment in CHAPTERS:
            return [self.source_notebook(assignment)]
        there = sorted((self.source / assignment).glob("*.ipynb"))
        return [path for path in there if path.is_file() and not is_left_over(Path(path.name))]

    def is_left_out(self, assignment: str) -> bool:
        """True for a chapter of ours that this course does not have."""
        return assignment in CHAPTERS and assignment not in self.chapters


def open_course(root: Path) -> CourseDir:
    """The course in `root`; BadInput if there is none, or if its chapters are not to be told."""
    if not (root / "source").is_dir():
        raise BadInput(f"{root} is no course directory: it has no source/ folder. Name one with --course-dir.")
    course = CourseDir(root.resolve())
    _ = course.chapters
    return course


def is_left_over(path: Path) -> bool:
    """True for a copy, a backup or a system's own file, by its name or by a folder it is in."""
    return any(LEFT_OVER.fullmatch(part) or part == "__pycache__" for part in path.parts)


def files_below(folder: Path) -> set[str]:
    """Relative paths of all files, without what editors and Python leave behind."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not set(LEFT_BY_TOOLS) & set(path.relative_to(folder).parts)
    }


def chosen_chapters(course: CourseDir, names: Collection[str] | None) -> list[str]:
    """Full names of our chapters from what was typed ("06", "batch" and "06-batch" all mean 06-batch); all if nothing was."""
    chosen = chosen_assignments(course, names) if names else list(course.chapters)
    for name in chosen:
        if name not in CHAPTERS:
            raise BadInput(
                f"{name} is an assignment of your own, and this is for the chapters: {', '.join(course.chapters)}."
            )
    return chosen


def chosen_assignments(course: CourseDir, names: Collection[str] | None) -> list[str]:
    """The same, also for assignments of the instructor's own, by their folders' names. BadInput for what is not there."""
    if not names:
        return list(course.assignments)
    chosen = []
    for name in names:
        found = [one for one in course.own if name == one] or meant(name)
        if not found and (course.source / name).is_dir():
            raise BadInput(f"source/{name} has no notebook in it.")
        if not found:
            own = f", and of your own: {', '.join(course.own)}" if course.own else ""
            raise BadInput(f"there is no chapter {name!r}. The chapters are {', '.join(course.chapters)}{own}.")
        for one in filter(course.is_left_out, found):
            raise BadInput(
                f"{one} is not one of this course's chapters: {SETTING} in {CONFIG} has {', '.join(course.chapters)}."
            )
        chosen += found
    return list(dict.fromkeys(chosen))


def declared_chapters(names: Collection[str]) -> list[str]:
    """Full names from what was typed, of all chapters that the project declares, whatever a course chooses; all if nothing was."""
    for name in names:
        if not meant(name):
            raise BadInput(f"there is no chapter {name!r}. The chapters are {', '.join(CHAPTERS)}.")
    return list(dict.fromkeys(one for name in names for one in meant(name))) or list(CHAPTERS)


def meant(name: str, among: Iterable[str] = CHAPTERS) -> list[str]:
    """The chapters that a name means: "06", "batch" and "06-batch" all mean 06-batch."""
    return [chapter for chapter in among if name in (chapter, *chapter.split("-", 1))]


def _setting(path: Path, name: str, default: str) -> object:
    """What a configuration file gives a name, read and not run; None if that is no plain value."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return default
    except (OSError, SyntaxError, ValueError) as error:
        raise BadInput(f"{path} cannot be read: {type(error).__name__}: {error}") from None
    named = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and any(isinstance(one, ast.Name) and one.id == name for one in node.targets)
    ]
    try:
        return ast.literal_eval(named[-1]) if named else default
    except ValueError:
        return None


def _by_setting(path: Path, own: Collection[str]) -> tuple[str, ...]:
    """The chapters that a configuration file chooses, in their order; all if it says nothing."""
    said = _setting(path, SETTING, EVERY)
    if said == EVERY:
        return tuple(CHAPTERS)
    names = f"The chapters are {', '.join(CHAPTERS)}"
    if not isinstance(said, (list, tuple, set)) or not said or not all(isinstance(one, str) for one in said):
        raise BadInput(f'{path}: {SETTING} is neither "{EVERY}" nor a list of names in quotes. {names}.')
    for one in said:
        if one not in own and not meant(one):
            raise BadInput(f"{path}: {SETTING} names {one!r}, and there is no such chapter. {names}.")
    chosen = {chapter for one in said for chapter in meant(one)}
    if START not in chosen:
        raise BadInput(
            f"{path}: {SETTING} lacks {START}: it has the map, the notation and how to hand in, and all lessons lead to it. Add it."
        )
    return tuple(one for one in CHAPTERS if one in chosen)
