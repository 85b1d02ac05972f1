"""How a student's code is run while it is observed: its words and warnings aside, and no luck in memory never written."""

from __future__ import annotations

import contextlib
import io
import logging
import threading
import warnings

import numpy as np

# What these change belongs to the whole process, and each puts back what it found: of two threads (a grader's, that look at
# known mistakes) the later one would put back what the earlier one had set, for good.
_one_at_a_time = threading.RLock()


@contextlib.contextmanager
def quiet(printed: io.TextIOBase | None = None):
    """Keep the streams, warnings and numpy's floating-point complaints of the student's code to ourselves."""
    sink = printed or io.StringIO()
    with (
        _one_at_a_time,
        contextlib.redirect_stdout(sink),
        contextlib.redirect_stderr(sink),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        disabled = logging.root.manager.disable
        if disabled < logging.CRITICAL:  # each change makes every logger forget what it is to say
            logging.disable(logging.CRITICAL)  # a handler that a cell has set up writes to the stream it was given
        try:
            yield
        finally:
            if logging.root.manager.disable != disabled:
                logging.disable(disabled)


@contextlib.contextmanager
def no_luck():
    """Let `np.empty` show what it is: entries that were never written must not be 0 by chance, here and not in grading."""

    def spoil(array):
        array.fill(np.nan if array.dtype.kind == "f" else 77 if array.dtype.kind in "iu" else 0)
        return array

    with _one_at_a_time:
        empty, empty_like = np.empty, np.empty_like
        np.empty = lambda *a, **k: spoil(empty(*a, **k))
        np.empty_like = lambda *a, **k: spoil(empty_like(*a, **k))
        try:
            yield
        finally:
            np.empty, np.empty_like = empty, empty_like
