"""A class of 1,000 hand-ins, every attack of `attacks.py` among them, graded in one run: `python tests/class_of_a_thousand.py`.

Not collected by `make test`: it takes some minutes. Exit status 0 if the run ends by itself, every honest hand-in has the marks
that stock nbgrader gives the same notebook, no hostile one gains a point, and each has the point it does not spoil itself.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from autograder.bench.grading import STOCK  # noqa: E402
from autograder.course_dir import CourseDir  # noqa: E402
from autograder.demo.handin import fill_in  # noqa: E402
from autograder.demo.run import hand_in  # noqa: E402
from autograder.demo.students import CLASS  # noqa: E402
from tests.support.attacks import ATTACKS  # noqa: E402
from tests.support.grading import exported_scores, nbgrader, scratch_course  # noqa: E402
from tests.test_attacks import (  # noqa: E402
    CHAPTER,
    ELSEWHERE,
    NOTEBOOK,
    RIGHT,
    SPOILED,
    Class,
    copy_of_the_engine,
    fill,
    orphans,
    places,
)

HOSTILE = len(ATTACKS)
HONEST = 1000 - HOSTILE
EARNED = {0, 1}  # by an attacker who spoils the one function that is right in each hostile hand-in; else it is 1


def honest_class(course: Path) -> dict[str, float]:
    """The made-up class of the demo, handed in; what stock nbgrader gives each of them."""
    nbgrader("generate_assignment", CHAPTER, cwd=course)
    for student in CLASS:
        if student.hands_in(CHAPTER):
            hand_in(student, CHAPTER, CourseDir(course))
    stock = course.with_name("stock")
    shutil.copytree(course, stock)
    (stock / "nbgrader_config.py").write_text(STOCK, encoding="utf-8")
    nbgrader("autograde", CHAPTER, cwd=stock)
    return {
        student: score
        for (student, _), score in exported_scores(stock).items()
        if (stock / "autograded" / student).exists()
    }


def fill_class(class_: Class, marks: dict[str, float]) -> dict[str, set[float]]:
    """Everyone's hand-in; the marks that may come out."""
    submitted = class_.course / "submitted"
    originals = submitted.rename(class_.course / "originals")
    due = {}
    for number, student in enumerate(islice(cycle(sorted(marks)), HONEST)):
        name = f"honest-{number:03d}"
        shutil.copytree(originals / student, submitted / name)
        due[name] = {marks[student]}
    release = nbformat.read(class_.course / f"release/{CHAPTER}/{NOTEBOOK}.ipynb", as_version=4)
    where = places(class_, port=9)
    for number, (attack, code) in enumerate(ATTACKS.items()):
        name = f"honest-{number * HONEST // HOSTILE:03d}-and-then-{attack}"  # in the order of names, among the others
        path = submitted / name / CHAPTER / f"{NOTEBOOK}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(fill_in(release, {**ELSEWHERE, "relu-forward": RIGHT + fill(code, where)}), path)
        due[name] = EARNED if attack in SPOILED else {1}
    return due


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="thousand-") as scratch:
        class_ = Class(scratch_course(Path(scratch) / "course"), copy_of_the_engine(Path(scratch) / "engine"))
        due = fill_class(class_, honest_class(class_.course))
        before = class_.digests()
        start = time.monotonic()
        report = class_.grade("--isolation", "bubblewrap")
        seconds = time.monotonic() - start
        scores = {one["student"]: one["score"] for one in report["submissions"]}
        wrong = {
            name: (scores.get(name), sorted(marks)) for name, marks in due.items() if scores.get(name) not in marks
        }
        print(f"{len(scores)} hand-ins, {HOSTILE} of them hostile, graded in {seconds:.0f} s")
        print(f"marks that are not as they should be: {wrong or 'none'}")
        start = time.monotonic()
        command = [sys.executable, "-m", "autograder", "report", CHAPTER]
        subprocess.run(command, cwd=class_.course, check=True, stdout=subprocess.DEVNULL)
        print(f"the report on them took {time.monotonic() - start:.1f} s")
        touched, left = class_.digests() != before, orphans()
        print(f"files of the course changed: {'yes' if touched else 'none'}; processes left running: {len(left)}")
        good = len(scores) == HONEST + HOSTILE and not wrong and not touched and not left
        return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
