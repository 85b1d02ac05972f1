"""Users of this machine who are not root: how a test, as root, runs a command as one of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# Shows this Python, which stands below a folder that only root may enter, to everybody: in mounts of the command's own.
SHOW = """set -e
mount --bind "$1" "$3"; mount -t tmpfs -o mode=755 tmpfs "$2"; mkdir -p "$1"; mount --bind "$3" "$1"
shift 3
"""


def as_user(folder: Path, become: str) -> list[str]:
    """The words before a command that make it somebody else's.

    folder : where a spare folder may be made. become : what `setpriv` is told, such as "--reuid=7 --regid=7 --clear-groups".
    """
    python = Path(sys.base_prefix)
    closed = [str(one) for one in python.parents if not one.stat().st_mode & 0o001]
    command = f'exec setpriv {become} "$@"'
    if not closed:
        return ["sh", "-c", command, "sh"]
    spare = folder / "python"
    spare.mkdir(exist_ok=True)
    return ["unshare", "--mount", "sh", "-c", f"{SHOW}{command}", "sh", str(python), closed[-1], str(spare)]


def in_reach(folder: Path, become: str, root: Path) -> bool:
    """True if somebody else can run this Python, and what grading imports."""
    trial = [*as_user(folder, become), sys.executable, "-c", "import autograder.grading.run, matplotlib"]
    environment = {"PYTHONPATH": str(root), "HOME": str(folder), "PATH": os.environ["PATH"]}
    try:
        return subprocess.run(trial, env=environment, cwd="/").returncode == 0
    except OSError:
        return False
