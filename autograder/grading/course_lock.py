"""One grader at a time in a course's folder."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from autograder.course_dir import BadInput
from autograder.grading.folders import whose

LOCK_FILE = ".autograder-lock"


@contextlib.contextmanager
def lock_course(root: Path) -> Iterator[None]:
    """The only grader in this folder for as long as this lasts. BadInput if another one is, or if the lock may not be written."""
    lock = FileLock(root / LOCK_FILE, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BadInput(f"another grader is at work in {root}. Wait for it, or stop it.") from None
    except PermissionError:
        raise BadInput(f"{whose(root / LOCK_FILE)}.") from None
    try:
        yield
    finally:
        lock.release()
