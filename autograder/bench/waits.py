"""Run by the Python of any checkout of this course, old or new, in its own process: what a student waits for there.

    python waits.py checks            processor seconds of each exercise's first and later checks, as JSON
    python waits.py kernel            start a kernel, run one empty cell, end it
    python waits.py lesson PATH       run a whole lesson

It uses only what every edition of the course has had: `check`, its probes, and notebooks.
"""

import contextlib
import io
import json
import sys
import time
from pathlib import Path
from statistics import median

LATER = 5  # checks of an exercise after the first


def checks() -> dict[str, tuple[float, float]]:
    """By exercise; the answer is wrong, which is what takes longest: every known mistake is compared with it."""
    from course import check
    from course.probes import all_probes

    found = {}
    for name in all_probes():
        if "." in name or not name.islower():
            continue  # parts, and classes

        def wrong(*arguments):
            return 12345.678

        wrong.__name__ = name
        times = []
        for _ in range(1 + LATER):
            start = time.process_time()
            with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
                check(wrong)
            times.append(time.process_time() - start)
        found[name] = times[0], median(times[1:])
    return found


def kernel() -> None:
    """Until it is idle after its first cell."""
    from jupyter_client.manager import run_kernel

    with run_kernel() as client:
        client.execute_interactive("", timeout=60)


def lesson(path: Path) -> None:
    """All cells, in order."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()


if __name__ == "__main__":
    what, *words = sys.argv[1:]
    if what == "checks":
        print(json.dumps(checks()))
    elif what == "kernel":
        kernel()
    else:
        lesson(Path(*words))
