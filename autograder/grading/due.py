"""What a feedback page says about time: when work came in late, what an extension covers, and what lateness costs."""

from __future__ import annotations

import html
from contextlib import closing
from datetime import timedelta

import nbformat
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry


class DueDate(Preprocessor):
    """A line on top of the page, if there was an extension or the work is late. No reason stands in it."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        submission = resources.get("nbgrader", {})
        try:
            with closing(Gradebook(submission["db_url"])) as gradebook:
                found = gradebook.find_submission(submission["assignment"], submission["student"])
                due = found.assignment.duedate
                late = found.timestamp - due if found.timestamp and due else timedelta()
                text = due_text(late, found.extension or timedelta(), found.late_submission_penalty)
        except (KeyError, MissingEntry):
            return nb, resources
        if text:
            source = f"<blockquote>{html.escape(text)}</blockquote>"
            cell = {"cell_type": "markdown", "id": "due-date", "metadata": {}, "source": source}
            nb.cells.insert(0, nbformat.from_dict(cell))
        return nb, resources


def due_text(late: timedelta, extension: timedelta, penalty: float) -> str:
    """One sentence; "" if there is nothing to say. late : after the due date that everybody has."""
    if late <= timedelta() and not extension:
        return ""
    given = f"You had {_length(extension)} more than the due date" if extension else ""
    if late <= timedelta():
        return f"{given}."
    cost = f": {penalty:g} points less" if penalty else ": in time" if late <= extension else ""
    if given:
        return f"{given}; your work came in {_length(late)} after it{cost}."
    return f"Your work came in {_length(late)} after the due date{cost}."


def _length(time: timedelta) -> str:
    """`2 days 3 hours`, `5 hours`, `20 minutes`."""
    minutes = max(1, round(time.total_seconds() / 60))
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [(days, "day"), (hours, "hour"), (rest if not days else 0, "minute")]
    return " ".join(f"{count} {word}{'s' if count > 1 else ''}" for count, word in parts if count)
