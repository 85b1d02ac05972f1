"""What keeps a sandbox apart from the rest of this machine. One object a backend, the strongest first in `BACKENDS`.

A backend says how the fork server is started, and what it promises. `choose_isolation`, `autograder doctor` and the table in
autograder/README.md read it here; one more backend is one more class in this file.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

from autograder.sandbox.imports import withheld

PACKAGE = Path(__file__).parent.parent  # all of the autograder: it holds the answers
INSIDE = Path(__file__).parent / "inside"  # the one part of it that a submission may see
COURSE = PACKAGE.parent / "course"
PR_SET_DUMPABLE = 4
PACKAGES = (
    "lib*/python3*/site-packages",
    "lib*/python3/dist-packages",
    "local/lib/python3*/*-packages",
)  # below a prefix

# What a submission may try, and `autograder doctor` does try. A backend names those that it blocks.
FILES, NETWORK, PROCESSES, NAMESPACES, DISK = "files", "network", "processes", "namespaces", "disk"
SYSTEM, GRADERS_MEMORY, PROCESS_COUNT = "system", "grader's memory", "process count"
MEMORY, FILE_SIZE, LEFT_OVERS = "memory", "file size", "left-overs"
EVERYWHERE = frozenset({MEMORY, FILE_SIZE, LEFT_OVERS})
NOT_ROOT = frozenset({SYSTEM, GRADERS_MEMORY, PROCESS_COUNT})  # what an ordinary user may not do in any case


class SandboxError(Exception):
    """The sandbox itself does not work on this machine."""


class Backend(ABC):
    """A way to keep submissions apart from this machine.

    name : as `--isolation` takes it and reports give it. namespaces : whether each submission gets namespaces of its own (mounts,
    processes, IPC). warning : what the grader says once before it starts; "" for nothing. promises : rows of the table in
    autograder/README.md, what may be tried to what becomes of it.
    """

    name: str
    namespaces: bool
    warning: str = ""
    promises: Mapping[str, str]

    @abstractmethod
    def blocks(self) -> frozenset[str]:
        """What of the doctor's attempts comes to nothing here, for this user."""

    @abstractmethod
    def trouble(self) -> str:
        """Why it cannot be used on this machine; "" if it can."""

    @abstractmethod
    def command(self, settings: str) -> list[str]:
        """The command that starts the fork server with its settings (JSON)."""

    @abstractmethod
    def environment(self, folder: str) -> dict[str, str]:
        """Variables of the fork server's environment. folder: one of the grader's own, for this server alone."""

    @abstractmethod
    def scratch(self, folder: str) -> str:
        """Where submissions find their own folder, as the fork server sees it."""

    def exposes(self, course_root: Path) -> str:
        """Why this course's files would be in a submission's reach though they should not be; "" if they are not."""
        return ""


class Bubblewrap(Backend):
    """Namespaces made by `bwrap`: a read-only system, this Python, the course, and nothing else."""

    name, namespaces = "bubblewrap", True
    promises: ClassVar = {
        "forging a verdict": "no way",
        "reading or changing `source/`, `autograder/`, the gradebook, other submissions": "not there",
        "the network": "none (but a hypervisor's own sockets, AF_VSOCK, which no namespace covers)",
        "other processes of yours": "not visible",
        "mounts, control groups, the keys of your login": "no namespaces within the sandbox's, a keyring of its own",
        "another submission, graded before or at the same time": (
            "not in reach: own processes, files and network each; all else is read-only"
        ),
        "endless loops, memory, disk, output": "limits; killed with everything it started",
        "a fork bomb": "at most 32 processes and threads",
    }

    def blocks(self) -> frozenset[str]:
        return EVERYWHERE | NOT_ROOT | {FILES, NETWORK, PROCESSES, NAMESPACES, DISK}

    def trouble(self) -> str:
        if shutil.which("bwrap") is None:
            return "there is no `bwrap` command (install the package bubblewrap)"
        done = subprocess.run([*self._view(), "/bin/true"], capture_output=True, text=True, cwd="/")
        if done.returncode == 0:
            return ""
        return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "it says nothing"

    def command(self, settings: str) -> list[str]:
        return [*self._view(), sys.executable, "-P", "/sandbox/inside/start.py", settings]

    def environment(self, folder: str) -> dict[str, str]:
        return {"HOME": "/tmp", "PYTHONPATH": "/sandbox", "MPLCONFIGDIR": "/matplotlib", "TMPDIR": "/matplotlib"}

    def scratch(self, folder: str) -> str:
        return "/tmp/hand-in"

    def exposes(self, course_root: Path) -> str:
        root = course_root.resolve()
        for path in _system():
            if root.is_relative_to(Path(path).resolve()):
                return (
                    f"the course folder {root} lies within {path}, which every submission may read: keep it elsewhere"
                )
        return ""

    def _view(self) -> list[str]:
        """The words of `bwrap` up to the command that it runs."""
        arguments = ["bwrap", "--die-with-parent", "--new-session", "--unshare-net", "--unshare-pid", "--unshare-ipc"]
        arguments += ["--unshare-uts", *([] if os.getuid() == 0 else ["--unshare-user"])]
        arguments += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", "/matplotlib"]
        for folder in ("/bin", "/lib", "/lib64", "/sbin"):
            if os.path.islink(folder):
                arguments += ["--symlink", os.readlink(folder), folder]
            elif os.path.isdir(folder):
                arguments += ["--ro-bind", folder, folder]
        bound = {path: path for path in _system()}
        bound |= {str(COURSE): "/sandbox/course", str(INSIDE): "/sandbox/inside"}
        for file in Path(matplotlib_cache()).glob("fontlist*.json"):  # finding all fonts anew takes a second
            bound[str(file)] = f"/matplotlib/{file.name}"
        above = {str(parent) for path in bound.values() for parent in Path(path).parents} - {"/", "/matplotlib"}
        for folder in sorted(above):
            arguments += ["--perms", "0755", "--dir", folder]  # else only root could go through
        for path, there in bound.items():
            arguments += ["--ro-bind", path, there]
        for folder in answers_in(_system()):
            arguments += ["--tmpfs", folder]
        for path in withheld().values():  # a module that is listed and is no file stops `help("modules ...")`
            arguments += ["--tmpfs", path] if os.path.isdir(path) else ["--ro-bind", str(INSIDE / "__init__.py"), path]
        arguments += ["--ro-bind", "/dev/null", "/etc/passwd"]  # each submission gets one with its own line
        for kept in below_tmp():
            arguments += ["--dir", kept]
        for folder in ("/tmp", "/dev", "/"):  # else submissions of one user could leave each other things there
            arguments += ["--remount-ro", folder]
        return [*arguments, "--chdir", "/", "--"]


class PlainProcess(Backend):
    """A process of the grader's own user: limits, and the judge in another process, but nothing that hides this machine."""

    name, namespaces = "process", False
    warning = (
        "warning: no bubblewrap here, so submissions run as you: they can read and write your files. "
        "Verdicts stay out of their reach. See `autograder doctor`."
    )
    promises: ClassVar = {
        "forging a verdict": "no way, unless the instructor's files are used (next line)",
        "reading or changing `source/`, `autograder/`, the gradebook, other submissions": "**possible**: same user",
        "the network": "**possible**",
        "other processes of yours": (
            "**possible** to signal them; the grader's memory is closed to them, unless you are root"
        ),
        "mounts, control groups, the keys of your login": "**possible**",
        "another submission, graded before or at the same time": "**possible**: same user",
        "endless loops, memory, disk, output": (
            "limits (for the disk: on each file); processes that leave their group may stay"
        ),
        "a fork bomb": "limited unless you are root, to what you run already and some more",
    }

    def blocks(self) -> frozenset[str]:
        return EVERYWHERE if os.getuid() == 0 else EVERYWHERE | NOT_ROOT

    def trouble(self) -> str:
        return ""

    def command(self, settings: str) -> list[str]:
        close_memory()
        return [sys.executable, "-P", str(INSIDE / "start.py"), settings]

    def environment(self, folder: str) -> dict[str, str]:
        return {"HOME": folder, "PYTHONPATH": str(COURSE.parent), "MPLCONFIGDIR": matplotlib_cache()}

    def scratch(self, folder: str) -> str:
        return folder


BACKENDS: dict[str, Backend] = {one.name: one for one in (Bubblewrap(), PlainProcess())}


def choose_isolation(wanted: str = "auto") -> str:
    """The name of the first backend that works here; of the wanted one if it works. SandboxError if it does not."""
    if wanted != "auto":
        if wanted not in BACKENDS:
            raise SandboxError(f"{wanted} is not one of auto, {', '.join(BACKENDS)}")
        if why := BACKENDS[wanted].trouble():
            raise SandboxError(f"{wanted} does not work here: {why}")
        return wanted
    return next(name for name, one in BACKENDS.items() if not one.trouble())


def promises_table(backends: Iterable[Backend] = BACKENDS.values()) -> list[str]:
    """What each backend promises, as rows of a table in Markdown."""
    backends = list(backends)
    return [f"| {' | '.join([what, *(one.promises[what] for one in backends)])} |" for what in backends[0].promises]


def below_tmp() -> dict[str, str]:
    """What a submission may read and what lies below /tmp, which each gets anew: where else it is kept, and where it was."""
    paths = sorted(path for path in _system() if Path(path).is_relative_to("/tmp"))
    outer = [one for one in paths if not any(one != other and Path(one).is_relative_to(other) for other in paths)]
    return {f"/kept/{number}": path for number, path in enumerate(outer)}


def answers_in(prefixes: Iterable[str]) -> list[str]:
    """Every installed copy of the autograder below these folders: whichever is imported, all of them hold the answers."""
    copies = {PACKAGE} | {
        copy for prefix in prefixes for packages in PACKAGES for copy in Path(prefix).glob(f"{packages}/autograder")
    }
    return sorted(str(one) for one in copies if any(one.is_relative_to(prefix) for prefix in prefixes) and one.is_dir())


def _system() -> list[str]:
    """What of this machine's files a submission may read: the system, and this Python."""
    found = ["/usr", "/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", sys.base_prefix, sys.prefix]
    return [path for path in dict.fromkeys(found) if os.path.exists(path) and not path.startswith("/usr/")]


def close_memory() -> None:
    """Keep other processes of this user out of this one's memory, where the system can (Linux; not against root)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def matplotlib_cache() -> str:
    """Where matplotlib keeps its list of fonts, made now if there is none."""
    home, xdg, own = Path.home(), os.environ.get("XDG_CACHE_HOME"), os.environ.get("MPLCONFIGDIR")
    usual = Path(own) if own else Path(xdg or home / ".cache") / "matplotlib"
    if list(usual.glob("fontlist*.json")):  # asking matplotlib itself takes longer than starting the sandbox
        return str(usual)
    import matplotlib

    folder = matplotlib.get_cachedir()
    if not list(Path(folder).glob("fontlist*.json")):
        import matplotlib.font_manager
    return folder
