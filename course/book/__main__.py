"""python -m course.book [FOLDER]: build the book there (build/book)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from course.book.build import BOOK, CannotBuild, build


def main(arguments: list[str]) -> int:
    """0 and the page to open, or 2 and what is wrong, one line each."""
    parser = argparse.ArgumentParser(prog="python -m course.book", description="Build the book.")
    parser.add_argument("folder", nargs="?", type=Path, default=BOOK, help="where to; without it, %(default)s")
    into = parser.parse_args(arguments).folder.resolve()
    try:
        build(into)
    except CannotBuild as wrong:
        print(wrong, file=sys.stderr)
        return 2
    print(f"The book is built: open {into / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
