"""What a submission's processes had of the processors, read from /proc by the server that forked them."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

SESSION, TIMES = 3, slice(11, 15)  # of /proc/N/stat, counted from behind the program's name


def number_in_proc(pid: int, pidfd: int | None) -> int:
    """A process's number as /proc shows it: who is not root has processes of its own, numbered anew, beside the /proc of all."""
    with contextlib.suppress(OSError, ValueError, TypeError):
        for line in Path(f"/proc/self/fdinfo/{int(pidfd)}").read_text().splitlines():
            if line.startswith("Pid:") and (number := int(line.split()[1])) > 0:
                return number
    return pid


def seconds_waited(number: int) -> float:
    """Seconds that a process (its first thread) was ready to run, and others ran. 0 where the system does not count them."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{number}/schedstat").read_text().split()[1]) / 1e9
    return 0.0


def seconds_run(session: int) -> float | None:
    """Processor seconds of all in a session, and of what ended in it. None where the system does not say."""
    ticks, found = 0, False
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if int(fields[SESSION]) == session:
                ticks, found = ticks + sum(map(int, fields[TIMES])), True
    return ticks / os.sysconf("SC_CLK_TCK") if found else None
