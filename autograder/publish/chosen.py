"""A step of nbgrader's `generate_assignment`: exercises speak of no chapter that the course leaves out."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Unicode

from autograder.course_dir import CourseDir
from autograder.notebooks import read_notebook
from course.book.chosen import START, Chosen, chosen_course
from course.book.pages import LESSONS, map_table
from course.probes import CHAPTERS


class OnlyChosen(NbGraderPreprocessor):
    """Takes what leads to chapters that are not chosen out of the texts of a notebook. It comes before checksums are made."""

    course = Unicode("", help="The course's folder; where nbgrader's own is, if empty.").tag(config=True)

    def preprocess(self, notebook: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """The notebook as this course's students get it."""
        root = self.course or self.config.get("CourseDirectory", {}).get("root", "")
        course = CourseDir(Path(root if isinstance(root, str) and root else "."))
        chapter = resources.get("nbgrader", {}).get("assignment", "")
        if chapter in CHAPTERS and len(course.chapters) < len(CHAPTERS):
            chosen = chosen_of(course)
            for cell in notebook.cells:
                if cell.cell_type == "markdown":
                    cell.source = chosen.text(chapter, cell.source)
        return notebook, resources


def chosen_of(course: CourseDir) -> Chosen:
    """The chosen chapters, with the map that lesson 00 has of them."""
    lessons = course.lessons if course.lessons.is_dir() else LESSONS
    return chosen_course(course.chapters, map_table(read_notebook(lessons / f"{START}.ipynb")))
