"""Processes that a test left behind, found by what only they have on their command line."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path


def those_with(word: str) -> list[int]:
    """The processes, this one aside, whose command line holds a word: the path of a scratch folder, say."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if word.encode() in (path / "cmdline").read_bytes() and int(path.name) != os.getpid():
                found.append(int(path.name))
    return found


def end_those_with(word: str) -> None:
    """End them."""
    for process in those_with(word):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
