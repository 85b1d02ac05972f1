"""The room where a submission's code runs, seen from outside. It knows no answer and takes in nothing but data.

A `Room` is one warm process (`autograder/inside/server.py`), under bubblewrap where there is one: no network, no home, no course
directory, no gradebook, a read-only system. A `Session` is one submission in it: a forked child with its own namespaces, scratch
folder and limits, which is killed with everything it started.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from autograder.sandbox.inside.wire import Arrays, TimeUp, Wire, WireError, pack
from autograder.sandbox.isolation import COURSE, INSIDE, RoomError, bubblewrap, close_memory, matplotlib_cache
from course.observe import Observation, Trouble

ATTEMPTS = 12  # times a room that was lost is started again for one submission
AHEAD = 2**15  # bytes that are asked for before the answers have come: a socket holds more
GRACE = 2.0  # seconds an interrupted cell has to yield
KINDS = ("raised", "stub", "none", "count", "type", "time", "crashed", "missing")  # of trouble: see course/observe.py
WORD_LIMIT = 2000  # characters of a word about trouble
SINGLE_THREADED = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Seconds of wall time; bytes; counts."""

    cell_seconds: float = 30.0
    probe_seconds: float = 10.0
    submission_seconds: float = 180.0
    memory: int = 1024 * 2**20  # address space of each of its processes
    processor_seconds: int = 180
    processes: int = 32  # threads included
    file_size: int = 32 * 2**20
    disk: int = 64 * 2**20
    open_files: int = 128

    def resource_limits(self) -> dict[str, int]:
        return {
            "RLIMIT_AS": self.memory,
            "RLIMIT_CPU": self.processor_seconds,
            "RLIMIT_NPROC": self.processes,
            "RLIMIT_FSIZE": self.file_size,
            "RLIMIT_NOFILE": self.open_files,
            "RLIMIT_CORE": 0,
        }


class Died(Exception):
    """The submission's process is gone, or was ended because it did not yield. The words say why.

    gone: it ended by itself, or was ended by somebody else.
    """

    def __init__(self, why: str, gone: bool = False):
        super().__init__(why)
        self.gone = gone


class Warm:
    """A warm process that serves several rooms: what every submission needs is imported once, before the first one comes."""

    def __init__(self, isolation: str, limits: Limits, rooms: int):
        self._folder = tempfile.TemporaryDirectory(prefix="room-", ignore_cleanup_errors=True)
        pairs = [socket.socketpair() for _ in range(rooms)]
        self.controls = [ours for ours, _ in pairs]
        ends = [theirs.fileno() for _, theirs in pairs]
        inside = isolation == "bubblewrap"
        settings = {
            "controls": ends,
            "namespaces": inside,
            "scratch": "/scratch" if inside else self._folder.name,
            "disk": limits.disk,
            "limits": limits.resource_limits(),
        }
        command = [sys.executable, "-m", "inside.server", json.dumps(settings)]
        environment = {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": "/tmp", **SINGLE_THREADED}
        environment["NBGRADER_EXECUTION"] = "autograde"  # as nbgrader tells what it runs
        environment["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"  # as in a kernel
        if inside:
            environment |= {"PYTHONPATH": "/room", "MPLCONFIGDIR": "/matplotlib", "TMPDIR": "/matplotlib"}
            command = [*bubblewrap(), *command]
        else:
            path = os.pathsep.join([str(INSIDE.parent), str(COURSE.parent)])
            environment |= {"PYTHONPATH": path, "HOME": self._folder.name, "MPLCONFIGDIR": matplotlib_cache()}
            close_memory()
        with open(os.path.join(self._folder.name, "stderr"), "wb") as errors:
            self.process = subprocess.Popen(
                command,
                env=environment,
                cwd="/",
                pass_fds=ends,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        for _, theirs in pairs:
            theirs.close()

    def said(self) -> str:
        """What it wrote on its standard error: for whoever looks into a fault of the room itself."""
        return Path(self._folder.name, "stderr").read_text(errors="replace")

    def close(self) -> None:
        """End it and everything that was started in it."""
        self.process.kill()
        self.process.wait()
        self._folder.cleanup()


@dataclass
class Room:
    """One place for one submission at a time. `isolation` is "bubblewrap" or "process" (see `choose_isolation`)."""

    isolation: str
    limits: Limits = field(default_factory=Limits)
    _warm: Warm | None = None
    _control: socket.socket | None = None
    _ready: bool = False

    def open(self, figures: bool = False) -> Session:
        """A new session: a clean child. A warm process is started if there is none, or if it was lost.

        figures : what draws them is loaded before, so that the submission need not do that. It may draw in any case.
        """
        for _ in range(ATTEMPTS):
            if self._warm is None:
                self._warm = Warm(self.isolation, self.limits, rooms=1)
                self._control = self._warm.controls[0]
            ours, theirs = socket.socketpair()
            start = json.dumps({"do": "start", "figures": figures}).encode() + b"\n"
            try:
                self._wait_until_ready()
                socket.send_fds(self._control, [start], [theirs.fileno()])
                return Session(self, Wire(ours))
            except OSError as lost:
                ours.close()
                why = str(lost)
                self.leave()
            finally:
                theirs.close()
        raise RoomError(f"the room cannot be kept running here: {why}")

    def _wait_until_ready(self) -> None:
        if self._ready:
            return
        self._control.settimeout(120)
        if not self._control.recv(4096):
            words = self._warm.said().strip().splitlines()
            raise ConnectionError(words[-1] if words else "it ended without a word")
        self._ready = True

    def tell(self, what: str) -> None:
        """ "interrupt" or "kill" the child that runs now."""
        with contextlib.suppress(OSError):
            self._control.sendall(json.dumps({"do": what}).encode() + b"\n")

    def wait_for_end(self, seconds: float) -> bool:
        """True once the child is gone with everything it started."""
        self._control.settimeout(seconds)
        try:
            return bool(self._control.recv(4096))
        except OSError:
            return False

    def leave(self) -> None:
        """Give the room up: its server ends with what runs in it. The next `open` starts a warm process of its own."""
        if self._control is not None:
            self._control.close()
        if self._warm is not None and len(self._warm.controls) == 1:
            self._warm.close()
        self._warm, self._control, self._ready = None, None, False


def launch_rooms(isolation: str, limits: Limits, count: int) -> tuple[Warm, list[Room]]:
    """Rooms that share a warm process; they get ready while the caller does something else."""
    warm = Warm(isolation, limits, count)
    return warm, [Room(isolation, limits, warm, control) for control in warm.controls]


@dataclass(frozen=True)
class Request:
    """Something to ask a submission's process, and the arrays that go with it."""

    message: dict
    arrays: Arrays = field(default_factory=dict, compare=False)

    @cached_property
    def packed(self) -> bytes:
        return pack(self.message, self.arrays)

    @classmethod
    def run(cls, source: str) -> Request:
        """Run a cell."""
        return cls({"do": "run", "source": source})

    @classmethod
    def letter(cls, variable: str) -> Request:
        """Say which short text a variable holds."""
        return cls({"do": "letter", "variable": variable})

    @classmethod
    def probe(cls, probe: str, variable: str, cases: list[Arrays], careful: bool) -> Request:
        """Say what the named answer does on each case. careful: in forked copies; slower, and a crash ends only the copy."""
        arrays = {f"{number}/{name}": array for number, case in enumerate(cases) for name, array in case.items()}
        asked = {"do": "probe", "probe": probe, "variable": variable, "cases": len(cases), "careful": careful}
        return cls(asked, arrays)

    @classmethod
    def files(cls, files: dict[str, bytes]) -> Request:
        """Lay files beside the notebook: relative path to contents."""
        return cls({"do": "files"}, {name: np.frombuffer(text, dtype=np.uint8) for name, text in files.items()})


@dataclass
class Session:
    """One submission in the room. Every question has a time limit; `Died` ends the session.

    plan: what will be asked, in this order. It is sent ahead of the answers: a room that waits for the next question, and a grader
    that waits for the room to wake, take longer than most cells.
    """

    room: Room
    wire: Wire
    plan: Iterator[Request] = field(default_factory=lambda: iter(()))
    _sent: deque[Request] = field(default_factory=deque)  # asked for, and not answered
    _next: Request | None = None  # of the plan: what had no room in the socket
    _closed: bool = False

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

    def letter(self, asked: Request, seconds: float) -> str:
        """The text a variable holds, if it is a short text; else ""."""
        answer, _, _ = self._ask(asked, seconds)
        value = answer.get("value")
        return value if isinstance(value, str) else ""

    def probe(self, asked: Request, seconds: float) -> list[Observation]:
        """What the named answer did on each case. Whatever is not a whole observation is an observation of trouble."""
        answer, received, timed_out = self._ask(asked, seconds)
        cases, variable = asked.message["cases"], asked.message["variable"]
        if timed_out or "interrupted" in answer:
            return [Observation(trouble=Trouble("time", f"{seconds:g}"))] * cases
        if "missing" in answer:
            return [Observation(trouble=Trouble("missing", variable))] * cases
        seen = answer.get("observations")
        if not isinstance(seen, list) or len(seen) != cases:
            return [Observation(trouble=Trouble("crashed"))] * cases
        return [read_observation(one, received, number) for number, one in enumerate(seen)]

    def _ask(self, asked: Request, seconds: float) -> tuple[dict, Arrays, bool]:
        """Ask, unless that was done ahead, and hear the answer."""
        self._send_ahead(seconds)
        if not self._sent:
            self._send([asked], seconds)
        if self._sent.popleft() != asked:
            raise ValueError("another thing was asked ahead")
        return self._hear(seconds)

    def _send_ahead(self, seconds: float) -> None:
        """Send of the plan what the socket holds beside what is under way, so that neither side waits for the other to read."""
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
        self._next = one
        if requests:
            self._send(requests, seconds)

    def _send(self, requests: list[Request], seconds: float) -> None:
        try:
            self.wire.send_packed(b"".join(one.packed for one in requests), seconds)
        except TimeUp:
            raise Died(f"it did not listen for {seconds:g} s") from None
        except OSError:
            raise Died("its process ended", gone=True) from None
        self._sent += requests

    def _hear(self, seconds: float) -> tuple[dict, Arrays, bool]:
        """The next answer, and whether it came only when the cell was interrupted."""
        try:
            try:
                return (*self.wire.receive(seconds), False)
            except TimeUp:
                self.room.tell("interrupt")
                return (*self.wire.receive(GRACE), True)
        except TimeUp:
            raise Died(f"it did not stop after {seconds:g} s, nor when it was interrupted") from None
        except WireError:
            raise Died("its process sent something that is no answer") from None
        except (EOFError, OSError):
            raise Died("its process ended", gone=True) from None

    def close(self, kill: bool = False) -> None:
        """End the child and everything it started. (Nobody is left to answer a second call.)"""
        if self._closed:
            return
        self._closed = True
        self.wire.close()
        if kill:
            self.room.tell("kill")
        if not self.room.wait_for_end(GRACE):
            self.room.tell("kill")
            if not self.room.wait_for_end(GRACE):
                self.room.leave()


def read_observation(described, arrays: Arrays, number: int) -> Observation:
    """An observation as the room sent it; anything odd about it is an observation of trouble."""
    try:
        if described["trouble"] is not None:
            kind, what, message, line = (_word(word) for word in described["trouble"])
            return Observation(trouble=Trouble(kind if kind in KINDS else "crashed", what, message, line))
        parts = {
            part: {_word(name): arrays[f"{number}/{part}/{_word(name)}"] for name in described[part]}
            for part in ("results", "again", "after")
        }
        if any(array.dtype.kind not in "iuf" for part in ("results", "again") for array in parts[part].values()):
            return Observation(trouble=Trouble("type", "text"))
        return Observation(**parts)
    except (KeyError, TypeError, ValueError):
        return Observation(trouble=Trouble("crashed"))


def _word(stated) -> str:
    """A short text; TypeError if it is none."""
    if not isinstance(stated, str):
        raise TypeError("text")
    return stated[:WORD_LIMIT].encode("utf-8", "replace").decode()


def complete(seen: Observation, arguments: tuple[str, ...], results: tuple[str, ...]) -> Observation:
    """The observation, or trouble if it lacks an argument or a result: the judge may then index it freely."""
    whole = set(seen.results) == set(seen.again) == set(results) and set(seen.after) == set(arguments)
    return seen if seen.trouble or whole else Observation(trouble=Trouble("crashed"))


def inputs_of(cases) -> list[Arrays]:
    """The inputs alone: what may enter the room."""
    return [{name: np.asarray(array) for name, array in case.inputs.items()} for case in cases]
