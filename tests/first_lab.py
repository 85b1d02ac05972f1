"""The first `make lab` of a newcomer, in both editions: `python tests/first_lab.py [PYTHON ...]`.

Fresh folders, cold caches, no environment. Exit status 0 if JupyterLab answers in each and nothing was silent for longer than
five seconds. Not collected by `make test`: it downloads everything anew for each edition and each PYTHON that is named.
"""

from __future__ import annotations

import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from autograder.course_dir import CourseDir
from autograder.publish.student_edition import write_edition
from tests.support.browser import TOKEN, free_port, lab_arguments, lab_environment, stop
from tests.support.grading import ROOT
from tests.test_environment import project_files

SILENCE = 5  # seconds
PATIENCE = 600


def instructors_edition(folder: Path) -> Path:
    """What a clone holds."""
    for path in project_files():
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder


def students_edition(folder: Path) -> Path:
    """The zip, unpacked."""
    with zipfile.ZipFile(write_edition(CourseDir(ROOT), folder / "dist")) as archive:
        archive.extractall(folder)
    return next(path for path in folder.iterdir() if path.name != "dist")


def first_lab(course: Path, own: Path, python: str) -> tuple[float, float]:
    """Seconds until the server answers, and the longest silence until then. RuntimeError with what was said if it never does."""
    port, said, words = free_port(), queue.Queue(), []
    caches = {"UV_CACHE_DIR": str(own / "uv"), "PIP_CACHE_DIR": str(own / "pip"), "XDG_CACHE_HOME": str(own / "cache")}
    started = last = time.monotonic()
    server = subprocess.Popen(
        ["make", "lab", f"PYTHON={python}", f"LAB_ARGS={lab_arguments(port)}"],
        cwd=course,
        env=lab_environment(own, lent=False) | caches,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    threading.Thread(target=lambda: [said.put((time.monotonic(), line)) for line in server.stdout], daemon=True).start()
    longest = 0.0
    try:
        while not answers(f"http://127.0.0.1:{port}/api/status?token={TOKEN}"):
            while not said.empty():
                when, line = said.get()
                longest, last = max(longest, when - last), when
                words.append(line)
            if server.poll() is not None or time.monotonic() - started > PATIENCE:
                raise RuntimeError("".join(words))
            time.sleep(0.1)
        now = time.monotonic()
        return now - started, max(longest, now - last)
    finally:
        stop(server)


def answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5).close()
    except OSError:
        return False
    return True


def main(pythons: list[str]) -> int:
    good = True
    for python in pythons or ["python3"]:
        for name, made in (("instructors", instructors_edition), ("students", students_edition)):
            with tempfile.TemporaryDirectory(prefix="first-lab-") as folder:
                own = Path(folder, "own")
                own.mkdir()
                seconds, silence = first_lab(made(Path(folder, "course")), own, shutil.which(python) or python)
            good &= silence <= SILENCE
            print(
                f"{name}' edition, {python}: serves after {seconds:.1f} s, longest silence {silence:.1f} s", flush=True
            )
    print("every edition serves" if good else f"silent for longer than {SILENCE} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
