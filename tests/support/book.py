"""Building the book from a copy of `course/` alone, and reading its pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from nbformat import NotebookNode

from tests.support.grading import ROOT


def copied_course(folder: Path) -> Path:
    """`course/` and nothing else: no source/, no autograder/, no release/."""
    unwanted = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    shutil.copytree(ROOT / "course", folder / "course", ignore=unwanted)
    return folder


def make_book(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """What `make book` runs, in that folder and with its `course/`."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "course.book", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")


def built_book(folder: Path) -> Path:
    """The book of the course as it is now."""
    done = make_book(copied_course(folder))
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return folder / "build" / "book"


def soup(page: Path) -> BeautifulSoup:
    """A page, parsed."""
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def lesson(book: Path, name: str) -> NotebookNode:
    """The stored lesson that a page was made of."""
    return nbformat.read(book.parent.parent / "course" / "lessons" / f"{name}.ipynb", as_version=4)


def lesson_names(root: Path = ROOT) -> list[str]:
    """Every page of course/lessons/, in the order of the book."""
    return sorted(path.stem for path in (root / "course" / "lessons").glob("*.ipynb"))
