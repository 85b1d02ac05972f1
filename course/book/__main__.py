"""python -m course.book [FOLDER]: build the book there (build/book)."""

from __future__ import annotations

import sys
from pathlib import Path

from course.book.build import BOOK, CannotBuild, build


def main(words: list[str]) -> int:
    """0 and the page to open, or 2 and what is wrong, one line each."""
    into = Path(words[0]).resolve() if words else BOOK
    try:
        build(into)
    except CannotBuild as wrong:
        print(wrong, file=sys.stderr)
        return 2
    print(f"The book is built: open {into / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
