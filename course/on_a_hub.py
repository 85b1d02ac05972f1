"""A student's server on a JupyterHub: `python -m course.on_a_hub` in the place of `jupyterhub-singleuser`.

It runs as the student. The lessons are copied to `~/backprop/course/lessons`, beside `~/backprop/exercises`, where Assignment
List puts what it fetches: so links lead from one to the other. What is there already is never touched.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from course.exchange import EXERCISES, ON_A_HUB

LESSONS = Path(__file__).with_name("lessons")
FIRST = "/lab/tree/course/lessons/00-start-here.ipynb"


def lay_out(folder: Path) -> None:
    """Lessons and an empty `exercises` in a student's folder; only what is missing."""
    (folder / EXERCISES).mkdir(parents=True, exist_ok=True)
    lessons = folder / "course" / LESSONS.name
    lessons.mkdir(parents=True, exist_ok=True)
    for lesson in sorted(LESSONS.glob("*.ipynb")):
        if not os.path.lexists(lessons / lesson.name):
            shutil.copyfile(lesson, lessons / lesson.name)


def main() -> None:
    """Lay the folder out, and become the server that the hub asked for; `nbgrader` is at hand in its terminals."""
    folder = Path.home() / ON_A_HUB
    lay_out(folder)
    os.chdir(folder)
    os.environ["JUPYTERHUB_ROOT_DIR"] = str(folder)
    os.environ["JUPYTERHUB_DEFAULT_URL"] = os.environ.get("JUPYTERHUB_DEFAULT_URL") or FIRST
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *sys.argv[1:]])


if __name__ == "__main__":
    main()
