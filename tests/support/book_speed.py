"""python -m tests.support.book_speed: from opening a page of the book on disk until its formulas are drawn, page by page."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tests.support.book import built_book
from tests.support.browser import chromium

TIMES = 5
READY = "Promise.resolve(window.MathJax?.startup?.promise).then(() => Math.round(performance.now()))"


def main() -> None:
    """A line for every page: kilobytes, the median and the longest of some openings, each in a browser that knows nothing yet."""
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        pages = sorted(built_book(Path(scratch)).glob("*.html"))
        print(f"{'page':16} {'kB':>5} {'median ms':>10} {'longest ms':>11}")
        for page in pages:
            taken = []
            for _ in range(TIMES):
                context = browser.new_context()
                opened = context.new_page()
                opened.goto(page.as_uri(), wait_until="load")
                taken.append(opened.evaluate(READY))
                context.close()
            size = page.stat().st_size // 1000
            print(f"{page.stem:16} {size:5} {statistics.median(taken):10.0f} {max(taken):11}")


if __name__ == "__main__":
    main()
