"""What keeps a room apart from the rest of this machine: bubblewrap where it works, else a process of its own."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

INSIDE = Path(__file__).parent / "inside"
PACKAGE = Path(__file__).parents[1]  # all of it is hidden: it holds the answers
COURSE = PACKAGE.parent / "course"
PR_SET_DUMPABLE = 4


class RoomError(Exception):
    """The room itself does not work on this machine."""


def close_memory() -> None:
    """Keep other processes of this user out of this one's memory, where the system can (Linux; not against root)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def choose_isolation(wanted: str = "auto") -> str:
    """ "bubblewrap" where it works, else "process"; RoomError if bubblewrap is demanded and does not work."""
    if wanted == "process":
        return wanted
    works, why = bubblewrap_works()
    if works:
        return "bubblewrap"
    if wanted == "bubblewrap":
        raise RoomError(f"bubblewrap does not work here: {why}")
    return "process"


def bubblewrap_works() -> tuple[bool, str]:
    """Try it; if it fails, why."""
    if shutil.which("bwrap") is None:
        return False, "there is no `bwrap` command (install the package bubblewrap)"
    done = subprocess.run([*bubblewrap(), "/bin/true"], capture_output=True, text=True, cwd="/")
    return done.returncode == 0, done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""


def bubblewrap() -> list[str]:
    """The command that makes the room: a read-only system, this Python, the course, and nothing else."""
    words = [
        "bwrap",
        "--die-with-parent",
        "--new-session",
        "--unshare-net",
        "--unshare-pid",
        "--unshare-ipc",
        "--unshare-uts",
    ]
    if os.getuid() != 0:
        words += ["--unshare-user"]
    words += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--tmpfs", "/scratch", "--tmpfs", "/matplotlib"]
    for folder in ("/bin", "/lib", "/lib64", "/sbin"):
        if os.path.islink(folder):
            words += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            words += ["--ro-bind", folder, folder]
    system = ["/usr", "/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", sys.base_prefix, sys.prefix]
    bound = {path: path for path in system if os.path.exists(path) and not path.startswith("/usr/")}
    bound |= {str(COURSE): "/room/course", str(INSIDE): "/room/inside"}
    for file in Path(matplotlib_cache()).glob("fontlist*.json"):  # finding all fonts anew takes a second
        bound[str(file)] = f"/matplotlib/{file.name}"
    for folder in sorted(
        {str(parent) for path in bound.values() for parent in Path(path).parents} - {"/", "/matplotlib"}
    ):
        words += ["--perms", "0755", "--dir", folder]  # else only root could go through
    for path, there in bound.items():
        words += ["--ro-bind", path, there]
    if any(INSIDE.is_relative_to(path) for path in bound if path not in (str(COURSE), str(INSIDE))):
        words += ["--tmpfs", str(PACKAGE)]  # installed among the packages of this Python: it holds the answers
    for folder in ("/tmp", "/scratch", "/dev", "/"):  # else submissions of one user could leave each other things there
        words += ["--remount-ro", folder]
    return [*words, "--chdir", "/", "--"]


def matplotlib_cache() -> str:
    """Where matplotlib keeps its list of fonts, made now if there is none."""
    home, xdg, own = Path.home(), os.environ.get("XDG_CACHE_HOME"), os.environ.get("MPLCONFIGDIR")
    usual = Path(own) if own else Path(xdg or home / ".cache") / "matplotlib"
    if list(usual.glob("fontlist*.json")):  # asking matplotlib itself takes longer than starting the room
        return str(usual)
    import matplotlib

    folder = matplotlib.get_cachedir()
    if not list(Path(folder).glob("fontlist*.json")):
        import matplotlib.font_manager
    return folder
