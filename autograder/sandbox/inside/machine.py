"""What programs read of a machine, in a submission's own /proc: what it may take; of this machine, how many processors."""

from __future__ import annotations

import os


def write_machine(memory: int, user: str, home: str) -> None:
    """Write memory (bytes), processors, load, and a list of users with one line, which is to be laid over the system's."""
    processors = range(os.cpu_count() or 1)
    sizes = ("MemTotal", "MemFree", "MemAvailable")
    texts = {
        "meminfo": "".join(f"{name + ':':<16}{memory // 1024:>8} kB\n" for name in sizes),
        "cpuinfo": "".join(
            f"processor\t: {number}\nmodel name\t: a processor\ncpu cores\t: 1\n\n" for number in processors
        ),
        "loadavg": "0.00 0.00 0.00 1/1 1\n",
        "passwd": f"{user}:x:{os.getuid()}:{os.getgid()}::{home}:/bin/sh\n",
    }
    for name, text in texts.items():
        with open(f"/proc/{name}", "w") as file:
            file.write(text)
