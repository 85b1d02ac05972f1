"""The exception that shows a hint and nothing else."""

from __future__ import annotations

import sys
import textwrap

WIDTH = 78  # `nbgrader validate` wraps at 80 columns
ON_GREEN, PLAIN = "\x1b[38;5;16;48;5;157m", "\x1b[0m"  # black on pale green: readable in light and dark themes


class Hint(Exception):
    """Makes a cell fail with a few readable lines in place of a traceback through the course's own code."""

    def __init__(self, *lines: str):
        super().__init__("\n".join(lines))
        self.lines = lines

    def _render_traceback_(self) -> list[str]:
        """IPython asks for this in place of a traceback."""
        return [part for line in self.lines for part in wrap(line)]


def wrap(line: str) -> list[str]:
    """Long sentences broken at `WIDTH`; lines that are laid out already (they start with two spaces) are kept."""
    if line.startswith("  ") or len(line) <= WIDTH:
        return [line]
    return textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)


def fill(line: str) -> str:
    """One long line as an indented paragraph: what `wrap` leaves alone, laid out."""
    return textwrap.fill(line, WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False)


def good_news(line: str) -> str:
    """A line on green in a notebook, which shows it so; anywhere else as it is."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return f"{ON_GREEN}{line}{PLAIN}" if type(shell).__name__ == "ZMQInteractiveShell" else line
