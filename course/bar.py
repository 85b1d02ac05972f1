"""A progress bar that works wherever a notebook shows HTML, with a picture below it if wanted.

It is one output, rewritten as the work goes on: nothing piles up, and what is left at the end is the last state. That one
says no time, so that a notebook run twice holds the same.
"""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Iterator, Sequence

from IPython.display import HTML, display

from course.picture import Picture


def progress_bar(rounds: Sequence, label: str = "training", picture: Callable[[], Picture] | None = None) -> Iterator:
    """Go through `rounds` and show how far one is: `for part in progress_bar(range(40)): ...`.

    picture: drawn anew after every round, below the bar.
    """
    total, began = len(rounds), time.perf_counter()
    handle = display(HTML(""), display_id=True)
    if handle:  # None outside a notebook
        handle.update(HTML(_bar(label, 0, total, ", 0.0 s")))
    for done, one in enumerate(rounds, start=1):
        yield one
        if handle and done < total:
            seconds = time.perf_counter() - began
            handle.update(HTML(_bar(label, done, total, f", {seconds:.1f} s", picture)))
    if handle:
        # The last state is an output of its own: tools that compare or convert notebooks do not all follow updates.
        display(HTML(_bar(label, total, total, "", picture)))
        handle.update(HTML(""))


def _bar(label: str, done: int, total: int, spent: str, picture: Callable[[], Picture] | None = None) -> str:
    text = f"{label}: {done} of {total}{spent}"
    bar = f'<progress value="{done}" max="{total}" aria-label="{html.escape(text)}" style="width:20em"></progress>'
    below = f"<br>{picture().html}" if picture else ""
    return f"<div>{bar} {html.escape(text)}{below}</div>"
