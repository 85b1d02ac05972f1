"""Where things are in a course directory, and the one way to say that something is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course.probes import CHAPTERS
from course.progress import notebook_name

# What stands in course/lessons/ beside the lessons, without points, by the chapter that leads to it.
PAGES = {
    "00-start-here": ("glossary",),
    "07-relu": ("07b-review",),
    "10-training": ("10b-review",),
    "12-autograd": ("12b-review",),
}
LEFT_BY_TOOLS = (".ipynb_checkpoints", "__pycache__", ".DS_Store")


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

    def lesson_notebooks(self, chapter: str) -> list[Path]:
        """A chapter's lesson, and the pages that go with it."""
        return [self.lessons / f"{name}.ipynb" for name in (chapter, *PAGES.get(chapter, ()))]

    def source_notebook(self, chapter: str) -> Path:
        """source/06-batch/batch.ipynb: the folder's name without its number."""
        return self.source / notebook_name(chapter)


def open_course(root: Path) -> CourseDir:
    """The course in `root`; BadInput if there is none."""
    if not (root / "source").is_dir():
        raise BadInput(f"{root} is no course directory: it has no source/ folder. Name one with --course-dir.")
    return CourseDir(root.resolve())


def files_below(folder: Path) -> set[str]:
    """Relative paths of all files, without what editors and Python leave behind."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not set(LEFT_BY_TOOLS) & set(path.relative_to(folder).parts)
    }


def chosen_chapters(names: list[str] | None) -> list[str]:
    """Full chapter names from what was typed ("06", "batch" and "06-batch" all mean 06-batch); all if nothing was."""
    if not names:
        return list(CHAPTERS)
    chosen = []
    for name in names:
        found = [chapter for chapter in CHAPTERS if name in (chapter, *chapter.split("-", 1))]
        if not found:
            raise BadInput(f"there is no chapter {name!r}. The chapters are {', '.join(CHAPTERS)}.")
        chosen += found
    return list(dict.fromkeys(chosen))
