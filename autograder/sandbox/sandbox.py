"""The sandbox where a submission's code runs, seen from outside. It knows no answer and takes in nothing but data.

A `Sandbox` is a place for one submission at a time, kept by a `ForkServer`: no network, no home, no course directory, no
gradebook, a read-only system where there is bubblewrap. A `Session` is one submission in it: a forked child with its own
namespaces, scratch folder and limits, which is killed with everything it started.
"""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

from autograder.sandbox.fork_server import ForkServer
from autograder.sandbox.inside.channel import Channel
from autograder.sandbox.isolation import SandboxError
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Session

ATTEMPTS = 12  # times a fork server that was lost is started again for one submission
GRACE = 2.0  # seconds until its server answers, which does nothing else
PATIENCE = 30.0  # seconds until it says what its child had, where very many others want the processors
START = 120  # seconds until a fork server is warm, at the most


@dataclass
class Sandbox:
    """One place for one submission at a time. isolation: the name of a backend (see `choose_isolation`).

    rests, goes_on : called when the child begins to wait for something that is no processor, and when it is over.
    """

    isolation: str
    limits: Limits = field(default_factory=Limits)
    rests: Callable[[], None] = lambda: None
    goes_on: Callable[[], None] = lambda: None
    _server: ForkServer | None = None
    _control: socket.socket | None = None
    _ready: bool = False
    _stopped: bool = False
    _said: bytes = b""  # by the server, and not read yet
    _ended: bool = False  # the child

    def open(self, figures: bool = False) -> Session:
        """A new session: a clean child. a fork server is started if there is none, or if it was lost.

        figures : what draws them is loaded before, so that the submission need not do that. It may draw in any case.
        """
        why = ""
        for _ in range(ATTEMPTS):
            if self._stopped:
                raise SandboxError("the grader was stopped")
            if self._server is None:
                self._server = ForkServer(self.isolation, self.limits, sandboxes=1)
                self._control = self._server.controls[0]
            ours, theirs = socket.socketpair()
            start = json.dumps({"do": "start", "figures": figures}).encode() + b"\n"
            try:
                self._wait_until_ready()
                self._ended = False
                socket.send_fds(self._control, [start], [theirs.fileno()])
                return Session(self, Channel(ours))
            except OSError as lost:
                ours.close()
                why = str(lost)
                self.close()
            finally:
                theirs.close()
        raise SandboxError(f"the sandbox cannot be kept running here: {why}")

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        self._control.settimeout(START)
        if not self._control.recv(4096):
            lines = self._server.said().strip().splitlines()
            raise ConnectionError(lines[-1] if lines else "it ended without a word")
        self._ready = True

    def tell(self, what: str) -> None:
        """ "interrupt" or "kill" the child that runs now."""
        with contextlib.suppress(OSError):
            self._control.sendall(json.dumps({"do": what}).encode() + b"\n")

    def processor(self) -> tuple[float | None, float]:
        """Processor seconds of the child and what it started; seconds that it, ready to run, has waited for a processor.

        None and 0 where the system does not say.
        """
        self.tell("processor")
        while not self._ended and (message := self._next(PATIENCE)):
            if "ran" in message:
                return message["ran"], message["waited"]
        return None, 0.0

    def wait_for_end(self, seconds: float) -> bool:
        """True once the child is gone with everything it started."""
        while not self._ended and self._next(seconds):
            pass
        return self._ended

    def _next(self, seconds: float) -> dict:
        """The next thing its server says; nothing if that does not come in time, or never."""
        self._control.settimeout(seconds)
        with contextlib.suppress(OSError):
            while b"\n" not in self._said and (more := self._control.recv(4096)):
                self._said += more
        line, _, self._said = self._said.partition(b"\n")
        message = json.loads(line) if line else {}
        self._ended = self._ended or "ended" in message
        return message

    def stop(self) -> None:
        """End what runs in it, from any thread: whoever waits for an answer hears that it died, and no session opens again."""
        self._stopped = True
        if (control := self._control) is not None:
            with contextlib.suppress(OSError):
                control.shutdown(socket.SHUT_RDWR)  # which its server takes for the end, and kills what runs
        if (server := self._server) is not None:
            server.process.kill()

    def close(self) -> None:
        """Give the sandbox up: its server ends with what runs in it. The next `open` starts a warm process of its own."""
        if self._control is not None:
            self._control.close()
        if self._server is not None and len(self._server.controls) == 1:
            self._server.close()
        self._server, self._control, self._ready, self._said = None, None, False, b""


def launch_sandboxes(isolation: str, limits: Limits, count: int) -> tuple[ForkServer, list[Sandbox]]:
    """Sandboxes that share a fork server; they get ready while the caller does something else."""
    server = ForkServer(isolation, limits, count)
    return server, [Sandbox(isolation, limits, _server=server, _control=control) for control in server.controls]
