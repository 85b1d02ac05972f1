"""What a student waits for, measured: the import of `check`, the answer of `check`, the run of a lesson."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

from nbclient import NotebookClient

from autograder.course_dir import CourseDir
from autograder.exercises import chapter_exercises
from autograder.notebooks import read_notebook
from course import cases
from course.checking import try_public_cases

REPEATS = 7


def measure(course: CourseDir) -> dict[str, float]:
    """Seconds by name. The machine is noisy, so short things are repeated and the middle one counts."""
    figures = {
        "from course import check, beyond numpy": _import_time("import numpy; from course import check")
        - _import_time("import numpy")
    }
    first, later = zip(
        *(_check_times(one.name) for chapter in course.chapters for one in chapter_exercises(chapter)), strict=True
    )
    figures["check, first call, slowest exercise"] = max(first)
    figures["check, later calls, slowest exercise"] = max(later)
    for path in (path for one in course.chapters for path in course.lesson_notebooks(one, course.chapters)):
        start = time.perf_counter()
        NotebookClient(
            read_notebook(path), timeout=120, resources={"metadata": {"path": str(course.lessons)}}
        ).execute()
        figures[f"lesson {path.stem}, kernel start included"] = time.perf_counter() - start
    return figures


def _import_time(statement: str) -> float:
    script = f"import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    return median(
        float(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout)
        for _ in range(REPEATS)
    )


def _check_times(name: str) -> tuple[float, float]:
    """The first call reads the chapter's fixtures; the wrong answer is the slow one, since every mistake is compared."""
    times = []

    def wrong(*arguments):
        return 12345.678

    cases._chapter.cache_clear()
    for _ in range(REPEATS):
        start = time.perf_counter()
        try_public_cases(name, wrong)
        times.append(time.perf_counter() - start)
    return times[0], median(times[1:])
