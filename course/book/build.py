"""Build the book: write its pages to a scratch folder, let Sphinx make HTML of them, and put that where it belongs."""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from course.book.pages import HERE, LESSONS, write_pages

ROOT = HERE.parent.parent
BOOK = ROOT / "build" / "book"
# One file that draws formulas as SVG: it needs no fonts and asks for nothing. A package that pip installs holds it.
MATHJAX = ("sphinx-mathjax-offline", "sphinx-mathjax-offline/static/mathjax/tex-svg-full.js")
# MathJax 3.2.2, as its authors published it.
MATHJAX_SHA512 = (
    "b71c5ae1d2d7beed32d7987626d6f4f78acd292bb5e8f00f9c03413bd0c9c691"
    "ba36efbfd10f653b9e99493cfa21d6d717d73d57a3f68264bea4c35b53a25437"
)
COMPLAINT = re.compile(
    r"^(?P<path>[^\n]*?\.(?:ipynb|md)):(?:(?P<line>\d+):)? (?:WARNING|ERROR|CRITICAL): ", re.MULTILINE
)
LINES_A_CELL = 10_000  # myst-nb numbers lines so that the cell can be told from them


class CannotBuild(Exception):
    """Why there is no book, one line for each reason."""


def build(into: Path) -> None:
    """The book in `into`, which it replaces; CannotBuild, and `into` as it was, if Sphinx has anything to complain about."""
    if into.exists() and not (into / ".buildinfo").is_file():
        raise CannotBuild(f"{into} is there and holds no book: name another folder.")
    formulas = mathjax()
    with tempfile.TemporaryDirectory() as scratch:
        pages, read, book = (Path(scratch, name) for name in ("pages", "read", "book"))
        pages.mkdir()
        write_pages(pages)
        sphinx = [sys.executable, "-m", "sphinx", "-W", "--quiet", "--no-color", "-c", HERE, "-d", read, pages, book]
        done = subprocess.run(sphinx, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")
        if done.returncode:
            raise CannotBuild(readable(done.stderr))
        shutil.copy(formulas, book / "_static" / "mathjax.js")
        try:
            if into.exists():
                shutil.rmtree(into)
            into.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(book, into)
        except OSError as why:
            raise CannotBuild(f"{into} cannot be written: {why}") from None


def mathjax() -> Path:
    """The file that draws the formulas, found among the installed packages and known by its digest."""
    package, name = MATHJAX
    try:
        file = Path(importlib.metadata.distribution(package).locate_file(name))
        digest = hashlib.sha512(file.read_bytes()).hexdigest()
    except (importlib.metadata.PackageNotFoundError, OSError):
        raise CannotBuild("The book needs a few packages: run `make book`, or `pip install -e '.[book]'`.") from None
    if digest != MATHJAX_SHA512:
        raise CannotBuild(
            f"{package} holds another MathJax than the one the book was tested with: see constraints.txt."
        )
    return file


def readable(complaints: str) -> str:
    """What Sphinx said, with the file and cell of the project in the place of a scratch file and a line number."""

    def place(match: re.Match) -> str:
        path = Path(match["path"])
        if path.suffix == ".md":
            return f"{(HERE / path.name).relative_to(ROOT).as_posix()}.jinja: "
        lesson = LESSONS / path.name
        where = lesson.relative_to(ROOT).as_posix()
        cell = int(match["line"] or 0) // LINES_A_CELL
        if cell:
            where += f", cell {nbformat.read(lesson, as_version=4).cells[cell - 1].id}"
        return f"{where}: "

    return COMPLAINT.sub(place, complaints).strip()
