"""The sandboxes of this process, kept from job to job."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.sandbox.fork_server import ForkServer
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox, launch_sandboxes


class _Sandboxes:
    """The sandboxes of this process of one kind; a job takes one that is free, or waits for it."""

    def __init__(self, isolation: str, limits: Limits, count: int):
        self.server: ForkServer
        self.server, self.sandboxes = launch_sandboxes(isolation, limits, count)
        self.free: queue.SimpleQueue[Sandbox] = queue.SimpleQueue()
        for one in self.sandboxes:
            self.free.put(one)

    def close(self) -> None:
        self.server.close()
        for one in self.sandboxes:
            one.close()


_lock = threading.Lock()
_prepared: dict[tuple[str, Limits], _Sandboxes] = {}


def prepare_sandboxes(isolation: str, limits: Limits, count: int) -> None:
    """Start sandboxes for so many jobs at a time; they get ready while the caller does something else."""
    with _lock:
        if (isolation, limits) not in _prepared:
            _prepared[isolation, limits] = _Sandboxes(isolation, limits, count)


@contextmanager
def sandbox(isolation: str, limits: Limits) -> Iterator[Sandbox]:
    """A sandbox for one submission. Where none was prepared there is one, for one job at a time."""
    prepare_sandboxes(isolation, limits, count=1)
    free = _prepared[isolation, limits].free
    one = free.get()
    try:
        yield one
    finally:
        free.put(one)


def stop_sandboxes() -> None:
    """End what runs in them, at once: the jobs under way fail, and none that follows finds a sandbox, until all are closed."""
    with _lock:
        for prepared in _prepared.values():
            for one in prepared.sandboxes:
                one.stop()


def close_sandboxes() -> None:
    """End every sandbox of this process with all that runs in it."""
    with _lock:
        while _prepared:
            _prepared.popitem()[1].close()
