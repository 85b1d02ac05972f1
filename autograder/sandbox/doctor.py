"""What isolation this machine gives, proved by trying: each attempt is made from inside the sandbox, as a submission would."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox import isolation as tried
from autograder.sandbox.isolation import BACKENDS, choose_isolation
from autograder.sandbox.limits import Limits
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import Session

LIMITS = Limits(cell_seconds=20.0)
BLOCKED = "blocked"


@dataclass(frozen=True)
class Attempt:
    """Something a submission may try. The code prints "open" if it succeeded; anything else is blocked.

    kind: one of those that a backend says it blocks, or not.
    """

    what: str
    code: str
    kind: str


@dataclass(frozen=True)
class Result:
    what: str
    open: bool
    expected: bool


_LIST_FILES = "import os; print('open' if any(entry.is_file() for entry in os.scandir({!r})) else '')"
_CONNECT = """
import socket
end = socket.socket()
end.settimeout(2)
try:
    end.connect(("192.0.2.1", 80))  # an address that nobody has
except TimeoutError:
    print("open")
"""
_FORKS = """
import os, signal, time
pids = []
try:
    for _ in range(1000):
        pid = os.fork()
        if pid == 0:
            time.sleep(60)
            os._exit(0)
        pids.append(pid)
    print("open")
finally:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
"""
_NAMESPACE = """
import ctypes, os
libc = ctypes.CDLL(None)
if os.fork() == 0:
    os._exit(0 if libc.unshare(0x10000000) == 0 else 1)  # CLONE_NEWUSER
print("open" if os.waitstatus_to_exitcode(os.wait()[1]) == 0 else "")
"""
_MEMORY = "open('/proc/{}/mem', 'rb').close(); print('open')"
_DISK = """
for number in range(5):
    with open(f"large-{number}", "wb") as file:
        file.write(bytes(30 * 2**20))
print("open")
"""
_LEFT_OVER = "import os; print('open' if os.path.exists('left-by-another') else '')"


def attempts(course_root: Path) -> list[Attempt]:
    """What is tried. The course's own path goes in, since a submission could guess it."""
    root, home, grader = str(course_root), str(Path.home()), os.getpid()
    append = "import course; open(course.__file__, 'a').close(); print('open')"
    return [
        Attempt("import the reference", "import autograder.reference; print('open')", tried.FILES),
        Attempt("read the answers by path", _LIST_FILES.format(str(tried.PACKAGE)), tried.FILES),
        Attempt("read the course directory", _LIST_FILES.format(root), tried.FILES),
        Attempt("read the instructor's home", _LIST_FILES.format(home), tried.FILES),
        Attempt("write into the system", "open('/usr/attempt', 'w').close(); print('open')", tried.SYSTEM),
        Attempt("write into the course package", append, tried.FILES),
        Attempt("open a connection", _CONNECT, tried.NETWORK),
        Attempt("see the grader's process", f"import os; os.kill({grader}, 0); print('open')", tried.PROCESSES),
        Attempt("read the grader's memory", _MEMORY.format(grader), tried.GRADERS_MEMORY),
        Attempt("make a namespace of its own, where it could mount things", _NAMESPACE, tried.NAMESPACES),
        Attempt("take 4 GB of memory", "x = bytearray(4 * 2**30); print('open')", tried.MEMORY),
        Attempt("start 1000 processes", _FORKS, tried.PROCESS_COUNT),
        Attempt("write a file of 1 GB", "f = open('big', 'wb'); f.write(bytes(2**30)); print('open')", tried.FILE_SIZE),
        Attempt("fill the disk with files of 30 MB", _DISK, tried.DISK),
        Attempt("find what another submission left", _LEFT_OVER, tried.LEFT_OVERS),
    ]


def examine_machine(course_root: Path, wanted: str = "auto") -> tuple[str, list[Result]]:
    """The isolation that is used here, and how each attempt ended."""
    isolation = choose_isolation(wanted)
    sandbox, blocked = Sandbox(isolation, LIMITS), BACKENDS[isolation].blocks()
    try:
        session = sandbox.open()
        session.run("open('left-by-another', 'w').close()", LIMITS.cell_seconds)
        session.close()
        results = []
        for attempt in attempts(course_root):
            is_open = _try(sandbox, attempt)
            results.append(Result(attempt.what, is_open, not is_open or attempt.kind not in blocked))
        return isolation, results
    finally:
        sandbox.close()


def _try(sandbox: Sandbox, attempt: Attempt) -> bool:
    session: Session = sandbox.open()
    try:
        outputs, _, _ = session.run(attempt.code, LIMITS.cell_seconds)
        return any(one.get("text", "").strip() == "open" for one in outputs)
    except Exception:  # its process ended: that is blocked as well
        return False
    finally:
        session.close(kill=True)


def report(course_root: Path, wanted: str = "auto") -> dict:
    """Everything `autograder doctor` says, as plain values."""
    isolation, results = examine_machine(course_root, wanted)
    troubles = {name: one.trouble() for name, one in BACKENDS.items()}
    return {
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        "interpreter": sys.executable,
        "backends": {name: f"not used: {why}" if why else "works" for name, why in troubles.items()},
        "isolation": isolation,
        "attempts": [
            {"what": one.what, "result": "open" if one.open else BLOCKED, "as expected": one.expected}
            for one in results
        ],
        "good": all(one.expected for one in results),
    }
