"""One submission in a sandbox: what is asked of it, in order, and what it answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.sandbox.inside.channel import Arrays, Channel, ChannelError, TimeUp
from autograder.sandbox.inside.observations import read_observations
from autograder.sandbox.request import Request
from course.observe import Observation, Trouble

if TYPE_CHECKING:
    from autograder.sandbox.sandbox import Sandbox

AHEAD = 2**15  # bytes that are asked for before the answers have come: a socket holds more
GRACE = 2.0  # seconds an interrupted cell has to yield
LOOK = 0.5  # seconds between two looks at whether a process that lets one wait does anything
IDLE = 0.02  # of that time, at most, has a process the processor that does nothing
LENT = 3.0  # times its limit that an answer may have more, for what it waited for a processor that others had


class Died(Exception):
    """The submission's process is gone, or was ended because it did not yield. The words say why.

    gone: it ended by itself, or was ended by somebody else.
    """

    def __init__(self, why: str, gone: bool = False):
        super().__init__(why)
        self.gone = gone


@dataclass
class Session:
    """One submission in the sandbox. Every question has a time limit; `Died` ends the session.

    plan: what will be asked, in this order. It is sent ahead of the answers: a sandbox that waits for the next question, and
    a grader that waits for the sandbox to wake, take longer than most cells.
    """

    sandbox: Sandbox
    channel: Channel
    plan: Iterator[Request] = field(default_factory=lambda: iter(()))
    _sent: deque[Request] = field(default_factory=deque)  # asked for, and not answered
    _next: Request | None = None  # of the plan: what did not fit into the socket
    _all_asked: bool = False  # nothing of the plan is left
    _closed: bool = False
    lent: float = 0.0  # seconds that were granted for waiting, so far
    _resting: bool = False

    def run(self, source: str, seconds: float) -> tuple[list[dict], int, bool]:
        """Run a cell: its outputs, its execution count, and whether it had to be interrupted."""
        answer, _, timed_out = self._ask(Request.run(source), seconds)
        outputs, count = answer.get("outputs"), answer.get("count")
        if not isinstance(outputs, list) or type(count) is not int or not 0 <= count < 2**31:
            if not timed_out:
                raise Died("its process gave no account of the cell")
            outputs, count = [], None
        return outputs, count, timed_out

    def put_files(self, files: Request, seconds: float) -> None:
        """Lay files beside the notebook."""
        self._ask(files, seconds)

    def letter(self, request: Request, seconds: float) -> str:
        """The text a variable holds, if it is a short text; else ""."""
        answer, _, _ = self._ask(request, seconds)
        value = answer.get("value")
        return value if isinstance(value, str) else ""

    def probe(self, request: Request, seconds: float) -> list[Observation]:
        """What the named answer did on each case. Whatever is not a whole observation is an observation of trouble."""
        answer, received, timed_out = self._ask(request, seconds)
        cases, variable = request.message["cases"], request.message["variable"]
        if timed_out or "interrupted" in answer:
            return [Observation(trouble=Trouble("time", f"{seconds:g}"))] * cases
        if "missing" in answer:
            return [Observation(trouble=Trouble("missing", variable))] * cases
        return read_observations(answer.get("observations"), received, cases)

    def _ask(self, request: Request, seconds: float) -> tuple[dict, Arrays, bool]:
        """Ask, unless that was done ahead, and hear the answer."""
        self._send_ahead(seconds)
        if not self._sent:
            self._send([request], seconds)
        if self._sent.popleft() != request:
            raise ValueError("another thing was asked ahead")
        return self._hear(seconds)

    def _send_ahead(self, seconds: float) -> None:
        """Send of the plan what the socket holds beside what is under way, so that neither side waits for the other to read."""
        if self._next is None and self._all_asked:
            return
        size = sum(len(one.packed) for one in self._sent)
        if size > AHEAD // 2:
            return
        requests = []
        while (one := self._next or next(self.plan, None)) is not None:
            if size and size + len(one.packed) > AHEAD:
                break
            requests.append(one)
            size += len(one.packed)
            self._next = None
        self._next, self._all_asked = one, one is None
        if requests:
            self._send(requests, seconds)

    def _send(self, requests: list[Request], seconds: float) -> None:
        try:
            self.channel.send_packed(b"".join(one.packed for one in requests), seconds)
        except TimeUp:
            raise Died(f"it did not listen for {seconds:g} s") from None
        except OSError:
            raise Died("its process ended", gone=True) from None
        self._sent += requests

    def _hear(self, seconds: float) -> tuple[dict, Arrays, bool]:
        """The next answer, and whether it came only when the cell was interrupted."""
        try:
            try:
                return (*self._in_time(seconds), False)
            except TimeUp:
                self.sandbox.tell("interrupt")
                return (*self.channel.receive(GRACE), True)
        except TimeUp:
            raise Died(f"it did not stop after {seconds:g} s, nor when it was interrupted") from None
        except ChannelError:
            raise Died("its process sent something that is no answer") from None
        except (EOFError, OSError):
            raise Died("its process ended", gone=True) from None
        finally:
            self._rest(False)

    def _in_time(self, seconds: float) -> tuple[dict, Arrays]:
        """The next answer. What its process could not run, since others had the processor, is not taken off its time."""
        more, left = seconds, LENT * seconds
        while True:
            try:
                return self._receive(more)
            except TimeUp:
                more = min(self.sandbox.processor()[1] - self.lent, left)
                if more < seconds / 100:
                    raise
                self.lent += more
                left -= more

    def _receive(self, seconds: float) -> tuple[dict, Arrays]:
        """The next answer. As long as its process does nothing, such as sleep, another submission may have its turn."""
        before, more = None, min(LOOK, seconds)
        while True:
            try:
                return self.channel.receive(more)
            except TimeUp:
                seconds -= more
                if seconds <= 0:
                    raise
            ran, waited = self.sandbox.processor()
            if ran is not None:
                self._rest(before is not None and ran + waited - before <= IDLE * more)
                before = ran + waited
            more = min(LOOK, seconds)

    def _rest(self, resting: bool) -> None:
        if resting != self._resting:
            self._resting = resting
            (self.sandbox.rests if resting else self.sandbox.goes_on)()

    def close(self, kill: bool = False) -> None:
        """End the child and everything it started. (Nobody is left to answer a second call.)"""
        if self._closed:
            return
        self._closed = True
        self.channel.close()
        if kill:
            self.sandbox.tell("kill")
        if not self.sandbox.wait_for_end(GRACE):
            self.sandbox.tell("kill")
            if not self.sandbox.wait_for_end(GRACE):
                self.sandbox.close()
