"""The sandboxes of this process, kept from job to job."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.sandbox.fork_server import ForkServer
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox, launch_sandboxes


class Turns:
    """How many submissions may be at work at a time. One that only waits, for a clock or for nothing, lends its turn to another."""

    def __init__(self, count: int):
        self._free = count
        self._changed = threading.Condition()

    def take(self) -> None:
        """Wait for a turn."""
        with self._changed:
            self._changed.wait_for(lambda: self._free > 0)
            self._free -= 1

    def give(self) -> None:
        with self._changed:
            self._free += 1
            self._changed.notify()

    def take_back(self) -> None:
        """Have one's turn again at once: no limit is to run while one waits. Until another ends, one more is at work."""
        with self._changed:
            self._free -= 1


class _Sandboxes:
    """The sandboxes of this process of one kind; a job waits for its turn, and takes one that is free.

    spare : sandboxes beyond those that are at work, for when some of these only wait.
    """

    def __init__(self, isolation: str, limits: Limits, count: int, spare: int):
        self.server: ForkServer
        self.server, self.sandboxes = launch_sandboxes(isolation, limits, count + spare)
        self.turns = Turns(count)
        self.free: queue.SimpleQueue[Sandbox] = queue.SimpleQueue()
        for one in self.sandboxes:
            one.rests, one.goes_on = self.turns.give, self.turns.take_back
            self.free.put(one)

    def close(self) -> None:
        self.server.close()
        for one in self.sandboxes:
            one.close()


_lock = threading.Lock()
_prepared: dict[tuple[str, Limits], _Sandboxes] = {}


def prepare_sandboxes(isolation: str, limits: Limits, count: int, spare: int = 0) -> None:
    """Start sandboxes for so many jobs at a time; they get ready while the caller does something else.

    spare : how many further ones may be begun while as many of the others only wait.
    """
    with _lock:
        if (isolation, limits) not in _prepared:
            _prepared[isolation, limits] = _Sandboxes(isolation, limits, count, spare)


@contextmanager
def sandbox(isolation: str, limits: Limits) -> Iterator[Sandbox]:
    """A sandbox for one submission. Where none was prepared there is one, for one job at a time."""
    prepare_sandboxes(isolation, limits, count=1)
    prepared = _prepared[isolation, limits]
    prepared.turns.take()
    one = prepared.free.get()
    try:
        yield one
    finally:
        prepared.free.put(one)
        prepared.turns.give()


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
